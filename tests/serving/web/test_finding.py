"""Searches over HTTP: pages by language, CSV, the action API by GET and POST."""

import csv
import io
import json
from urllib.parse import quote

import feedparser
import openpyxl
import pytest
from support.web_servers import DATASET, serving

WORD = quote("衛生")
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def server(built, tmp_path_factory):
    """Serve the seeds' catalogue."""
    with serving(built[0], tmp_path_factory.mktemp("finding") / "log") as found:
        yield found


def test_the_page_is_in_the_language_of_the_path_the_parameter_or_the_client(send):
    """In this order."""
    assert send("search.en.html", Accept_Language="zh-HK").headers["content-language"] == "en"
    assert send("search?lang=zh-Hans", Accept_Language="en").headers["content-language"] == "zh-Hans"
    assert send(f"search?q={WORD}", Accept_Language="en").headers["content-language"] == "en"
    assert send("search.html").headers["content-language"] == "zh-Hant"


def test_the_list_is_csv(send):
    """With its media type, packed for those who accept it."""
    reply = send(f"search.csv?q={WORD}&lang=en", Accept_Encoding="gzip")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.headers["content-encoding"] == "gzip"
    assert reply.content.startswith(b"\xef\xbb\xbfdataset,")


@pytest.mark.parametrize(
    ("suffix", "media"),
    [
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("json", "application/json"),
        ("atom", "application/atom+xml; charset=utf-8"),
    ],
)
def test_the_list_has_an_address_in_every_format(send, suffix, media):
    """The page leads to it, with the words and filters of the question."""
    address = f"search.{suffix}?q={WORD}&amp;stage=released&amp;lang=en"
    if suffix == "atom":
        address = f"search.en.atom?q={WORD}&amp;stage=released"
    assert address in send(f"search.en.html?q={WORD}&stage=released").text
    reply = send(address.replace("&amp;", "&"))
    assert (reply.status_code, reply.headers["content-type"]) == (200, media)


def test_formats_of_a_search_say_the_same(send):
    """As many rows as the page counts; the feed has an entry for each, with its month and a page in its language."""
    rows = list(csv.DictReader(io.StringIO(send(f"search.csv?q={WORD}&lang=en").content.decode("utf-8-sig"))))
    told = send(f"search.json?q={WORD}&lang=en").json()
    sheet = openpyxl.load_workbook(io.BytesIO(send(f"search.xlsx?q={WORD}&lang=en").content)).active
    feed = feedparser.parse(send(f"search.atom?q={WORD}&lang=en").content)
    assert rows
    assert len(rows) == told["count"] == sheet.max_row - 1 == len(feed.entries)
    assert [row["dataset"] for row in rows] == [row["dataset"] for row in told["rows"]]
    assert [row["dataset"] for row in rows] == [entry.id for entry in feed.entries]
    assert not feed.bozo
    assert all(entry.link == f"{entry.id}.en.html" for entry in feed.entries)
    assert all("2018" < entry.updated < "2026-02" for entry in feed.entries), "plans of the seeds, not promised months"


def test_actions_are_answered_at_both_addresses(send):
    """With and without the number of the version; as JSON."""
    replies = [
        send(f"{path}/package_search?q={WORD}&rows=100&lang=en").json() for path in ("api/3/action", "api/action")
    ]
    assert replies[0] == replies[1]
    assert replies[0]["result"]["count"] == len(replies[0]["result"]["results"])


def test_a_missing_package_is_404_in_json(send):
    """CKAN's clients read the error."""
    reply = send("api/3/action/package_show?id=nothing")
    assert (reply.status_code, reply.headers["content-type"]) == (404, "application/json")
    assert reply.json()["error"]["__type"] == "Not Found Error"


def test_parameters_may_be_sent_as_json(server):
    """As ckanapi does, or as a form, also under the type that programs send without being asked."""
    found = server.ask(
        "api/3/action/package_search", "POST", json.dumps({"q": "衛生", "rows": 0}), Content_Type="application/json"
    )
    assert (
        json.loads(found.body)["result"]["count"]
        == json.loads(server.ask(f"api/3/action/package_search?q={WORD}").body)["result"]["count"]
    )
    for body in ("q=%E8%A1%9B%E7%94%9F&rows=0", '{"q": "衛生"}'.encode()):
        reply = server.ask("api/3/action/package_search", "POST", body, Content_Type=FORM)
        assert json.loads(reply.body)["result"]["count"] == json.loads(found.body)["result"]["count"]
    for body in ("", '{"fq": "organization:\\ud800"}'):
        reply = server.ask("api/3/action/package_search", "POST", body, Content_Type="application/json")
        assert json.loads(reply.body)["success"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ('"a"', "application/json", 400),
        ("[" * 90_000, "application/json", 400),
        ("q=%E8", "application/json", 400),
        ('{"q": "a=b"', FORM, 400),
        ("&".join("q=a" for _ in range(200)), FORM, 400),
        ("x" * 200_000, "application/json", 413),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_as_ckan_does(server, body, kind, status):
    """It would be a question for everything, which nobody asked."""
    reply = server.ask("api/3/action/package_search", "POST", body, Content_Type=kind)
    assert (reply.status, reply.headers["content-type"]) == (status, "application/json")
    assert json.loads(reply.body).startswith("Bad request - ")


@pytest.mark.parametrize("path", ["search", "search.csv", "search.atom", "cite", "api/3/action/package_search"])
def test_too_many_parameters_are_refused(send, path):
    """A filter among them would be lost, and more be found than was asked for."""
    assert send(f"{path}?" + "&".join("q=a" for _ in range(500))).status_code == 400


def test_filters_in_an_address_may_come_several_times(send):
    """All of them count."""

    def count(query):
        return send(f"api/3/action/package_search?rows=0&{query}").json()["result"]["count"]

    assert count("fq=organization:hk-hhb&fq=res_format:CSV") == count("fq=organization:hk-hhb%20res_format:CSV")
    assert count("fq=organization:hk-hhb&fq=res_format:CSV") < count("fq=organization:hk-hhb")


def test_what_is_shown_of_a_dataset_is_in_its_language(send):
    """Titles and descriptions in lists say in which language they are."""
    page = send(f"search?q={WORD}&lang=en").text
    assert '<p><bdi lang="zh-Hant">' in page


def test_citations_have_the_digest_of_the_build(send):
    """As a page in the language of the reader, as text, BibTeX and CSL-JSON."""
    digest = send("health").json()["build"]
    name = DATASET.rpartition("/")[2]
    page = send(f"cite.en.html?dataset={name}")
    assert (page.status_code, page.headers["content-language"]) == (200, "en")
    assert digest in page.text
    assert "format=bibtex&amp;lang=en" in page.text
    text = send(f"cite?dataset={name}&format=text&lang=en").text
    assert text.startswith("Hong Kong Police Force. ")
    assert digest in text
    item = send(f"cite?dataset={name}&format=csl&lang=en").json()[0]
    assert (item["version"], item["URL"]) == (digest, f"https://example.org/dcat-hk/{DATASET}")
    assert send(f"cite?dataset={name}&format=bibtex").text.startswith(f"@misc{{{name},")
    assert send("cite?dataset=nothing&format=text").status_code == 404
    assert send(f"cite?dataset={name}&format=docx").status_code == 404
    assert digest in send("cite?dataset=<b>").text


def test_the_client_of_ckan_reads_it(server):
    """Searches, shows and lists by ckanapi, which sends JSON; errors become its exceptions."""
    ckanapi = pytest.importorskip("ckanapi")
    with ckanapi.RemoteCKAN(server.address.rstrip("/")) as portal:
        found = portal.action.package_search(
            q="衛生", fq=["organization:hk-hhb"], rows=3, **{"facet.field": ["groups"]}
        )
        names = [one["name"] for one in found["results"]]
        assert found["count"] >= len(names) == 3
        assert portal.action.package_show(id=names[0])["name"] == names[0]
        assert set(names) <= set(portal.action.package_list())
        assert portal.action.organization_show(id="hk-hhb")["package_count"] >= found["count"]
        assert portal.action.status_show()["site_url"]
        with pytest.raises(ckanapi.errors.NotFound):
            portal.action.package_show(id="nothing")
        with pytest.raises(ckanapi.errors.ValidationError):
            portal.action.package_search(rows="many")


def test_hostile_parameters_are_answered(server):
    """Whatever stands in the address, it is a search that finds something or nothing."""
    for query in (
        "q=%00",
        "q=%FF%FE",
        "page=-1",
        "sort=%27",
        "body=" + "a" * 5000,
        "q=" + "%E6%80%A5a%20" * 500,
    ):
        assert server.ask(f"search?{query}").status == 200
        assert server.ask(f"search.csv?{query}").status == (400 if query.startswith(("sort", "body")) else 200)


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json", "atom", "en.atom"])
def test_a_file_of_what_is_not_there_is_refused(send, suffix):
    """Nobody would see in a file that a filter means nothing; on a page it is told beside the results."""
    reply = send(f"search.{suffix}?state=gone", Accept="*/*")
    assert reply.status_code == 400
    assert reply.text.splitlines()[0] == "State: there is no “gone” here."
    assert send(f"search.{suffix}?state=").status_code == 200
    page = send("search.en.html?state=gone")
    assert page.status_code == 200
    assert '<p role="alert" class="problem">State: there is no “gone” here.</p>' in page.text


def test_the_feed_of_a_search_says_what_it_is_of(send):
    """Words and filters are its title; it leads to the page of the same search."""
    feed = feedparser.parse(send("search.zh-Hans.atom?q=%E5%81%A5%E5%BA%B7&body=hk-hhb").content)
    assert feed.feed.title == "搜索数据集：健康、医务卫生局"
    links = {one.rel: one.href.rpartition("/")[2] for one in feed.feed.links}
    assert links["self"].startswith("search.zh-Hans.atom?q=")
    assert links["alternate"].startswith("search.zh-Hans.html?q=")
