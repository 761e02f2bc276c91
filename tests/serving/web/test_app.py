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
    assert "There is no such page here." in page.text
    assert "這裏沒有這個頁面" in send("nothing", Accept="text/html", Accept_Language="zh-HK").text
    assert send("nothing").headers["content-type"].startswith("text/plain")


def test_a_redirect_varies_by_the_headers_it_depends_on(send):
    """Caches must keep redirects apart by Accept and Accept-Language, also for 404 and 406."""
    replies = [send(DATASET), send("nothing"), send(DATASET, Accept="image/png")]
    assert [reply.status_code for reply in replies] == [303, 404, 406]
    assert {reply.headers["vary"] for reply in replies} == {"Accept, Accept-Language"}


def test_the_interface_description_has_the_version(send):
    """The OpenAPI description is JSON with the version of the program."""
    assert send("openapi.json").json()["info"]["version"] == __version__
    assert send("health").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", [f"{DATASET}.ttl", f"{DATASET}.en.html"])
def test_a_document_links_to_its_thing_and_other_formats(send, path):
    """Link headers have rel=describes, and rel=alternate for every format but the document's own."""
    links = send(path).headers["link"].split(", ")
    assert links[0] == f'<./{DATASET.rpartition("/")[2]}>; rel="describes"'
    assert len(links) == 5
    assert not any(path.rpartition(".")[2] in link.partition(">")[0].rpartition(".")[2] for link in links)
