"""
Errors of requests -> responses: a page for people, in their language; lines in three languages for everybody else.

In: an error and what the client accepts. Out: responses.

Spec: RFC 9110, section 15.5: a response to a request that cannot be answered explains why.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

from .host import ServedBuild
from .requests import RequestError, choose_path_language, prefers_page

_VARY = {"Vary": "Accept, Accept-Language"}


def write_refusal(error: RequestError, headers: Mapping[str, str] | None = None) -> Response:
    """
    Return the response with what is told of an error, a line for each language, English first.

    Args:
        error: The error.

        headers: More headers.
    """
    return PlainTextResponse(error.lines, error.status, {**_retry(error.status), **(headers or {})})


def answer_refusal(scope: Scope, error: RequestError) -> Response:
    """
    Return the response to a request that cannot be answered: a page where the client prefers one.

    Args:
        scope: The request; with the build that answers it, if there is one.

        error: The error.
    """
    build: ServedBuild | None = scope.get("build")
    request = Request(scope)
    if build is None or not prefers_page(request):
        return write_refusal(error, _VARY)
    path, language = scope["path"].removeprefix("/"), choose_path_language(request, {})
    body = build.site.pages.write_refusal_page(path, language, error.texts)
    kept = {**_retry(error.status), **_VARY, "Content-Language": language, "Cache-Control": "no-store"}
    return Response(body, error.status, kept, "text/html; charset=utf-8")


def _retry(status: int) -> dict[str, str]:
    """Return when to try again, where that may help."""
    return {"Retry-After": "5"} if status == 503 else {}
