"""Searches over HTTP: pages by language, CSV, the action API by GET and POST."""

import json
from urllib.parse import quote

import pytest
from support.web_servers import serving

WORD = quote("衛生")


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
    """As ckanapi does; what is no object, and what is too long, counts as nothing."""
    found = server.ask(
        "api/3/action/package_search", "POST", json.dumps({"q": "衛生", "rows": 0}), Content_Type="application/json"
    )
    assert (
        json.loads(found.body)["result"]["count"]
        == json.loads(server.ask(f"api/3/action/package_search?q={WORD}").body)["result"]["count"]
    )
    for body in ("[]", "{", "[" * 90_000, "x" * 200_000, "q=%E8", '{"fq": "organization:\\ud800"}'):
        reply = server.ask("api/3/action/package_search", "POST", body, Content_Type="application/json")
        assert json.loads(reply.body)["success"]


def test_hostile_parameters_are_answered(server):
    """Whatever stands in the address, it is a search that finds something or nothing."""
    for query in (
        "q=%00",
        "q=%FF%FE",
        "page=-1",
        "sort=%27",
        "body=" + "a" * 5000,
        "&".join("q=a" for _ in range(500)),
        "q=" + "%E6%80%A5a%20" * 500,
    ):
        assert server.ask(f"search?{query}").status == 200
        assert server.ask(f"search.csv?{query}").status == 200
