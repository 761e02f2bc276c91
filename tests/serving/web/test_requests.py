"""What handlers of requests share: bodies within limits, languages of pages, results in gzip."""

import asyncio
import gzip

import brotli
import pytest
from starlette.requests import Request

from dcat_hk.serving.web import requests
from dcat_hk.serving.web.requests import (
    RequestError,
    choose_page_language,
    choose_path_language,
    pack_result,
    read_body,
)


def make_request(*pieces, **headers):
    """Return a request with a body in pieces; None stands for a client that sends nothing more."""
    messages = iter(pieces)

    async def receive():
        piece = next(messages, b"")
        if piece is None:
            await asyncio.sleep(60)
        return {"type": "http.request", "body": piece, "more_body": piece != b""}

    lines = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "POST", "headers": lines}, receive)


def test_a_body_is_read_within_limits(monkeypatch):
    """A longer one is refused before it is read, or where it becomes too long; one that does not come in time, too."""
    assert asyncio.run(read_body(make_request(b"ab", b"c"), 3)) == b"abc"
    for request, status in (
        (make_request(b"ab", b"cd"), 413),
        (make_request(None, content_length="4"), 413),
        (make_request(None, content_length="9" * 5000), 413),
        (make_request(b"a", None), 408),
    ):
        monkeypatch.setattr(requests, "_BODY_TIMEOUT", 0.1)
        with pytest.raises(RequestError) as caught:
            asyncio.run(read_body(request, 3))
        assert caught.value.status == status


def test_the_parameter_chooses_the_language_before_the_client():
    """A language that pages do not have chooses nothing."""
    request = make_request(accept_language="en")
    assert choose_page_language(request, {"lang": ["zh-Hans"]}) == "zh-Hans"
    assert choose_page_language(request, {"lang": ["fr"]}) == choose_page_language(request, {}) == "en"


@pytest.mark.parametrize(
    ("path", "language"), [("/cite.zh-Hans.html", "zh-Hans"), ("/cite.html", "zh-Hant"), ("/cite", "en")]
)
def test_the_path_of_a_page_chooses_its_language_first(path, language):
    """At any other path the parameter and the client choose."""
    request = make_request(accept_language="en")
    request.scope.update({"path": path, "query_string": b"", "server": ("h", 80), "scheme": "http"})
    assert choose_path_language(request, {}) == language
    assert choose_path_language(request, {"lang": ["zh-Hans"]}) == (language if path != "/cite" else "zh-Hans")


def test_results_are_packed_for_those_who_accept_it():
    """Short ones never."""
    long, packing = b"a" * 1000, make_request(accept_encoding="gzip")
    packed, headers = asyncio.run(pack_result(packing, long))
    assert (gzip.decompress(packed), headers) == (long, {"Content-Encoding": "gzip"})
    packed, headers = asyncio.run(pack_result(make_request(accept_encoding="gzip, br"), long))
    assert (brotli.decompress(packed), headers) == (long, {"Content-Encoding": "br"})
    assert asyncio.run(pack_result(make_request(), long)) == (long, {})
    assert asyncio.run(pack_result(packing, b"a")) == (b"a", {})
