"""Why a request cannot be answered is said to people on a page in their language, and to others in three languages."""

from types import SimpleNamespace

import pytest

from dcat_hk.serving.web.refusals import answer_refusal, write_refusal
from dcat_hk.serving.web.requests import RequestError


def test_lines_are_in_three_languages():
    """English first; a time to try again where that may help."""
    reply = write_refusal(RequestError.of("web.busy", 503))
    assert reply.body.decode().splitlines() == [
        *("The server is busy. Try again in a moment.", "服务器繁忙，请稍候再试。", "伺服器繁忙，請稍候再試。")
    ]
    assert (reply.status_code, reply.headers["retry-after"]) == (503, "5")
    assert "retry-after" not in write_refusal(RequestError.of("web.update", 403)).headers


def test_what_programs_are_told_is_one_line():
    """An error without texts in other languages."""
    assert write_refusal(RequestError(400, "Bad request.")).body == b"Bad request.\n"


@pytest.mark.parametrize(
    ("path", "accept_language", "wanted"),
    [("/overdue.en.html", "zh-HK", "en"), ("/overdue.csv", "zh-CN", "zh-Hans"), ("/sparql", "fr", "zh-Hant")],
)
def test_people_get_a_page(path, accept_language, wanted):
    """In the language of the page that they asked for, else in that of their browser."""
    written = []

    def write_page(path, language, texts):
        written.append((path, language, texts[language]))
        return b"page"

    headers = [(b"accept", b"text/html"), (b"accept-language", accept_language.encode())]
    build = SimpleNamespace(site=SimpleNamespace(pages=SimpleNamespace(write_refusal_page=write_page)))
    scope = {"type": "http", "path": path, "headers": headers, "build": build}
    error = RequestError.of("web.many-parameters", 400, most=100)
    reply = answer_refusal(scope, error)
    assert written == [(path[1:], wanted, error.texts[wanted])]
    assert (reply.status_code, reply.headers["content-language"]) == (400, wanted)
    assert answer_refusal({**scope, "headers": []}, error).headers["content-type"].startswith("text/plain")
    assert answer_refusal({**scope, "build": None}, error).headers["content-type"].startswith("text/plain")
