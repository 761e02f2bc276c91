"""
What people and programs find datasets with, over HTTP: the page of a search, its list, the action API of CKAN.

In: requests. Out: pages, files, JSON. What takes time runs in a few threads.
"""

from __future__ import annotations

import asyncio
import json
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from .addresses import split_view_path
from .cite import FORMATS
from .ckan import CkanApi
from .feeds import MEDIA_TYPES
from .find_pages import FindPages, read_question
from .host import ServedBuild
from .media import get_media_type
from .requests import (
    RequestError,
    choose_page_language,
    choose_path_language,
    pack_result,
    read_body,
    read_form,
    read_json,
    read_query,
    refuse_problems,
)

#: Searches at a time; more would only take time from each other.
_THREADS = 4
#: Bytes of a request body in JSON.
_MAX_BODY = 100_000
#: Parameters that may be given several times.
_LISTS = frozenset(["fq", "fq_list", "facet.field"])
_HEADERS = {"Vary": "Accept-Encoding, Accept-Language", "Cache-Control": "no-cache"}


class FindEndpoint:
    """The handlers of searches."""

    def __init__(self) -> None:
        """Limit the threads."""
        self._threads = asyncio.Semaphore(_THREADS)

    async def answer_page(self, request: Request) -> Response:
        """Answer with the page of a search; its language is that of the path, of `lang`, or of the client."""
        parameters = read_query(request)
        language = choose_path_language(request, parameters)
        body = await self._run(_write_page, request, parameters, language)
        return await _respond(request, body, "text/html; charset=utf-8", language)

    async def answer_list(self, request: Request) -> Response:
        """Answer with all that a search finds as a file, by the suffix of the path."""
        parameters, path = read_query(request), request.url.path
        _stem, _suffix, named = split_view_path(path)
        language = named if path.endswith(f".{named}.atom") else choose_page_language(request, parameters)
        body = await self._run(_write_list, request, parameters, language)
        media = MEDIA_TYPES["atom"] if path.endswith(".atom") else get_media_type(path)
        return await _respond(request, body, media, language)

    async def answer_cite(self, request: Request) -> Response:
        """Answer with how to cite a dataset, or the build: the page, or one of the formats of citations."""
        parameters = read_query(request)
        language = choose_path_language(request, parameters)
        dataset, form = (parameters.get(name, [""])[0] for name in ("dataset", "format"))
        site = _get_build(request).site
        if not form:
            body = await run_in_threadpool(site.cite.write_page, dataset, language)
            return await _respond(request, body, "text/html; charset=utf-8", language)
        found = await run_in_threadpool(site.cite.write, dataset, language, form)
        if found is None:
            raise RequestError.of("web.no-citation", 404, formats=list(FORMATS))
        return await _respond(request, *found, language)

    async def answer_action(self, request: Request) -> Response:
        """Answer a request to the action API of CKAN."""
        try:
            query = read_query(request)
            parameters = _take_first(query)
            if request.method == "POST":
                parameters |= await _read_parameters(request)
        except RequestError as error:
            # As CKAN does: a text in JSON.
            return await _respond(
                request, json.dumps(f"Bad request - {error}").encode(), "application/json", "", error.status
            )
        language = choose_page_language(request, query)
        body, status = await self._run(_answer_action, request, parameters, language)
        return await _respond(request, body, "application/json", "", status)

    async def _run(self, work: Any, request: Request, parameters: Any, language: str) -> Any:
        """Return what a function makes of a request, in a thread."""
        async with self._threads:
            return await run_in_threadpool(work, request, parameters, language)


def _write_page(request: Request, parameters: dict[str, list[str]], language: str) -> bytes:
    """Return the page of a search."""
    pages, question = _open_pages(request), read_question(parameters, language)
    order = parameters.get("sort", [""])[0]
    return pages.write_page(question, pages.list_problems(question, order, language))


def _write_list(request: Request, parameters: dict[str, list[str]], language: str) -> bytes:
    """Return the list of a search as a file; what cannot be understood is refused: nobody would see it in a file."""
    pages, question = _open_pages(request), read_question(parameters, language)
    order = parameters.get("sort", [""])[0]
    refuse_problems(partial(pages.list_problems, question, order))
    return pages.write_list(question, request.url.path.rpartition(".")[2])


def _open_pages(request: Request) -> FindPages:
    """Return what writes the lists of the build that answers a request."""
    site = _get_build(request).site
    return FindPages(site.library, site.library.index, site.views.months.get(site.views.months.usual))


def _answer_action(request: Request, parameters: dict[str, Any], language: str) -> tuple[bytes, int]:
    """Return the answer of the action API as JSON, and its status."""
    library = _get_build(request).site.library
    answer = CkanApi(library, library.index).answer(request.path_params["name"], parameters, language)
    return json.dumps(answer.body, ensure_ascii=False).encode(), answer.status


def _get_build(request: Request) -> ServedBuild:
    """Return the build that answers a request."""
    build: ServedBuild = request.scope["build"]
    return build


def _take_first(fields: dict[str, list[str]]) -> dict[str, Any]:
    """Return the parameters in the fields of a form: lists of what may be given several times, else the first."""
    return {name: values if name in _LISTS else values[0] for name, values in fields.items()}


async def _read_parameters(request: Request) -> dict[str, Any]:
    """Return the parameters in a body, as JSON or as a form; raise RequestError if it is neither."""
    body = await read_body(request, _MAX_BODY)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    # Programs send JSON under the type of forms, too.
    if kind == "application/x-www-form-urlencoded" and not body.lstrip().startswith((b"{", b"[")):
        return _take_first(read_form(body.decode(errors="replace")))
    if not body.strip():
        return {}
    value = read_json(body, "ckan.json")
    if not isinstance(value, dict):
        raise RequestError.of("ckan.object", 400)
    return {str(name): one for name, one in value.items()}


async def _respond(request: Request, body: bytes, media: str, language: str, status: int = 200) -> Response:
    """Return a response, packed if the client accepts it."""
    body, coded = await pack_result(request, body)
    return Response(body, status, {**_HEADERS, **({"Content-Language": language} if language else {}), **coded}, media)
