"""The application answers over HTTP: redirects by format, validators for caches, explanations of 404 and 406."""

from __future__ import annotations

import pytest
from support.web_servers import DATASET

from dcat_hk import __version__


def test_head_of_a_thing_redirects_as_get(send):
    """HEAD has the same status and headers as GET."""
    get, head = send(DATASET, Accept="text/html"), send(DATASET, "HEAD", Accept="text/html")
    assert (get.status_code, get.headers["location"]) == (303, head.headers["location"])


@pytest.mark.parametrize("tags", ["{tag}", "W/{tag}", '"x", {tag}', "*"])
def test_a_current_copy_is_not_sent_again(send, tags):
    """If-None-Match with the ETag, weak or in a list, or with an asterisk, gives 304 without a body."""
    first = send(f"{DATASET}.ttl")
    again = send(f"{DATASET}.ttl", If_None_Match=tags.format(tag=first.headers["etag"]))
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_tags_may_stand_on_several_lines(send):
    """They are one list."""
    first = send(f"{DATASET}.ttl")
    lines = [("If-None-Match", '"x"'), ("If-None-Match", first.headers["etag"]), ("Accept", "*/*")]
    assert send(f"{DATASET}.ttl", lines=lines).status_code == 304


@pytest.mark.parametrize(
    ("path", "goal"),
    [
        (f"{DATASET}/", f"../{DATASET.rpartition('/')[2]}"),
        (f"{DATASET}.en.html/", f"../{DATASET.rpartition('/')[2]}.en.html"),
        (f"{DATASET}//", f"../../{DATASET.rpartition('/')[2]}"),
        ("sparql/?query=ASK%7B%7D", "../sparql?query=ASK%7B%7D"),
        ("search/", "../search"),
        ("catalogue.ttl/", "../catalogue.ttl"),
        ("api/3/action/status_show/", "../status_show"),
        ("api//3/action/package_search?q=a", "../../../../api/3/action/package_search?q=a"),
    ],
)
def test_a_slash_too_many_is_taken_away(send, path, goal):
    """A redirect that keeps the parameters; only where there is something without the slash."""
    reply = send(path)
    assert (reply.status_code, reply.headers["location"]) == (308, goal)
    assert send("nothing/").status_code == 404


def test_an_etag_takes_precedence_over_a_date(send):
    """If-None-Match with another tag gives the document although If-Modified-Since would give 304."""
    first = send(f"{DATASET}.ttl")
    newer = {"If_Modified_Since": first.headers["last-modified"]}
    assert send(f"{DATASET}.ttl", **newer).status_code == 304
    assert send(f"{DATASET}.ttl", If_None_Match='"other"', **newer).status_code == 200


def test_a_missing_page_explains_itself_in_the_language_of_the_reader(send):
    """A browser gets a page with the message, another client a line of text."""
    page = send("nothing", Accept="text/html", Accept_Language="en")
    assert page.status_code == 404
    sentences = ("There is no such thing here.", "這裏沒有這個項目。", "这里没有这个项目。")
    assert all(sentence in page.text for sentence in sentences)
    assert f"<h1>{sentences[0]}</h1>" in page.text
    assert "<h1>這裏沒有這個項目" in send("nothing", Accept="text/html", Accept_Language="zh-HK").text
    assert "<h1>这里没有这个项目" in send("nothing.zh-Hans.html", Accept="text/html", Accept_Language="en").text
    plain = send("nothing")
    assert plain.headers["content-type"].startswith("text/plain")
    assert plain.text.splitlines() == [sentences[0], sentences[2], sentences[1]]


def test_a_missing_page_leads_on(send):
    """It names the address, links to its other languages, to a search, and to the catalogue."""
    page = send("dataset/<b>", Accept="text/html", Accept_Language="en").text
    assert "https://example.org/dcat-hk/dataset/&lt;b&gt;" in page
    assert page.count("hreflang=") == 3
    assert 'action="../search.en.html"' in page
    assert 'href="../catalogue.en.html"' in page


@pytest.mark.parametrize(("accepted", "coding"), [("gzip", "gzip"), ("gzip, deflate, br", "br")])
@pytest.mark.parametrize(
    "path", ["catalogue.ttl", f"{DATASET}.ttl", f"{DATASET}.en.html", "feed/datasets.nt", "overdue.en.html?sort=name"]
)
def test_a_body_is_packed_for_those_who_accept_it(send, path, accepted, coding):
    """Each coding has an ETag of its own, and all answers vary by Accept-Encoding; unpacked they are the same."""
    plain, packed = send(path, Accept_Encoding="identity"), send(path, Accept_Encoding=accepted)
    assert (plain.headers.get("content-encoding"), packed.headers["content-encoding"]) == (None, coding)
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"
    assert packed.headers["etag"] == plain.headers["etag"][:-1] + f'-{coding}"'
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert packed.content == plain.content
    again = send(path, Accept_Encoding=accepted, If_None_Match=packed.headers["etag"])
    assert (again.status_code, again.headers["etag"]) == (304, packed.headers["etag"])
    assert send(path, Accept_Encoding=accepted, If_None_Match=plain.headers["etag"]).status_code == 200


def test_a_part_of_a_file_is_never_packed(send):
    """Range counts the bytes of the file as it is; what is packed already is not packed again."""
    part = send("catalogue.nq", Accept_Encoding="gzip", Range="bytes=0-9")
    assert (part.status_code, len(part.content), "content-encoding" in part.headers) == (206, 10, False)
    assert "content-encoding" not in send("catalogue.ttl.gz", Accept_Encoding="gzip").headers


def test_a_comma_in_quotes_ends_no_media_type(send):
    """The weight behind it belongs to the media type before it; several Accept lines are one list."""
    accept = 'application/ld+json;profile="http://a.example/x,y";q=0.1, text/html;q=0.5'
    assert send(DATASET, Accept=accept).headers["location"].endswith(".html")


@pytest.mark.parametrize(("media", "suffix"), [("application/n-quads", "nq"), ("application/trig", "trig")])
def test_things_are_available_in_formats_for_several_graphs(send, media, suffix):
    """N-Triples are N-Quads, Turtle is TriG."""
    location = send(DATASET, Accept=media).headers["location"]
    reply = send(f"dataset/{location.removeprefix('./')}")
    assert (location.rpartition(".")[2], reply.status_code, reply.headers["content-type"]) == (suffix, 200, media)
    assert reply.text == send(f"{DATASET}.{ {'nq': 'nt', 'trig': 'ttl'}[suffix] }").text


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("zh-CN", "zh-Hans"), ("fr", "zh-Hant")])
def test_readers_of_feeds_are_led_to_the_feed_of_a_list(send, language, tag):
    """By their Accept header, in their language, with what was asked; without a language it is the first."""
    reply = send("overdue?sort=name", Accept="application/atom+xml", Accept_Language=language)
    assert (reply.status_code, reply.headers["location"]) == (303, f"./overdue.{tag}.atom?sort=name")
    reply = send(reply.headers["location"].removeprefix("./"))
    assert (reply.status_code, reply.headers["content-type"]) == (200, "application/atom+xml")
    assert (reply.headers["content-language"], send("overdue.atom").headers["content-language"]) == (tag, "zh-Hant")


def test_a_redirect_varies_by_the_headers_it_depends_on(send):
    """Caches must keep redirects apart by Accept and Accept-Language, also for 404 and 406."""
    replies = [send(DATASET), send("nothing"), send(DATASET, Accept="image/png")]
    assert [reply.status_code for reply in replies] == [303, 404, 406]
    assert {reply.headers["vary"] for reply in replies} == {"Accept, Accept-Language"}


def test_the_interface_description_has_the_version(send):
    """The OpenAPI description is JSON with the version of the program."""
    described = send("openapi.json", Accept_Encoding="gzip")
    assert (described.json()["info"]["version"], described.headers["content-encoding"]) == (__version__, "gzip")
    assert send("health").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", [f"{DATASET}.ttl", f"{DATASET}.en.html"])
def test_a_document_links_to_its_thing_and_other_formats(send, path):
    """Link headers have rel=describes, and rel=alternate for every format but the document's own."""
    links = send(path).headers["link"].split(", ")
    assert links[0] == f'<./{DATASET.rpartition("/")[2]}>; rel="describes"'
    assert len(links) == 7
    assert not any(path.rpartition(".")[2] in link.partition(">")[0].rpartition(".")[2] for link in links)
