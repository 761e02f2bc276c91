"""
What people and programs find datasets with, over HTTP: the page of a search, its list as CSV, the action API of CKAN.

In: requests. Out: pages, CSV, JSON. What takes time runs in a few threads.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from .addresses import split_page_path
from .ckan import ApiAnswer, CkanApi
from .find_pages import FindPages, read_question
from .host import ServedBuild
from .requests import RequestError, choose_page_language, pack_result, read_body

#: Searches at a time; more would only take time from each other.
_THREADS = 4
#: Fields of a query string, and bytes of a request body in JSON.
_MAX_FIELDS, _MAX_BODY = 100, 100_000
_HEADERS = {"Vary": "Accept-Encoding, Accept-Language", "Cache-Control": "no-cache"}


class FindEndpoint:
    """The handlers of searches."""

    def __init__(self) -> None:
        """Limit the threads."""
        self._threads = asyncio.Semaphore(_THREADS)

    async def answer_page(self, request: Request) -> Response:
        """Answer with the page of a search; its language is that of the path, of `lang`, or of the client."""
        parameters = _read_query(request)
        path = request.url.path
        chosen = split_page_path(path)[1] if path.endswith(".html") else ""
        language = chosen or choose_page_language(request, parameters)
        body = await self._run(_write_page, request, parameters, language)
        return await _respond(request, body, "text/html; charset=utf-8", language)

    async def answer_csv(self, request: Request) -> Response:
        """Answer with all that a search finds as CSV."""
        parameters = _read_query(request)
        language = choose_page_language(request, parameters)
        body = await self._run(_write_csv, request, parameters, language)
        return await _respond(request, body, "text/csv; charset=utf-8", language)

    async def answer_action(self, request: Request) -> Response:
        """Answer a request to the action API of CKAN."""
        query = _read_query(request)
        parameters: dict[str, Any] = {
            name: values if name == "fq_list" else values[0] for name, values in query.items()
        }
        if request.method == "POST":
            parameters |= await _read_parameters(request)
        language = choose_page_language(request, query)
        answer: ApiAnswer = await self._run(_answer_action, request, parameters, language)
        body = json.dumps(answer.body, ensure_ascii=False).encode()
        return await _respond(request, body, "application/json", "", answer.status)

    async def _run(self, work: Any, request: Request, parameters: Any, language: str) -> Any:
        """Return what a function makes of a request, in a thread."""
        async with self._threads:
            return await run_in_threadpool(work, request, parameters, language)


def _write_page(request: Request, parameters: dict[str, list[str]], language: str) -> bytes:
    """Return the page of a search."""
    library = _get_build(request).site.library
    return FindPages(library, library.index).write_page(read_question(parameters, language))


def _write_csv(request: Request, parameters: dict[str, list[str]], language: str) -> bytes:
    """Return the list of a search as CSV."""
    library = _get_build(request).site.library
    return FindPages(library, library.index).write_csv(read_question(parameters, language))


def _answer_action(request: Request, parameters: dict[str, Any], language: str) -> ApiAnswer:
    """Return the answer of the action API."""
    library = _get_build(request).site.library
    return CkanApi(library, library.index).answer(request.path_params["name"], parameters, language)


def _get_build(request: Request) -> ServedBuild:
    """Return the build that answers a request."""
    build: ServedBuild = request.scope["build"]
    return build


def _read_query(request: Request) -> dict[str, list[str]]:
    """Return the parameters in the address; none if they are no valid form."""
    try:
        text = request.scope["query_string"].decode("latin-1")
        return parse_qs(text, keep_blank_values=True, max_num_fields=_MAX_FIELDS, errors="replace")
    except ValueError:
        return {}


async def _read_parameters(request: Request) -> dict[str, Any]:
    """Return the parameters in a body, as JSON or as a form; none if it is neither, or too long, or too slow."""
    try:
        body = await read_body(request, _MAX_BODY)
    except RequestError:
        return {}
    try:
        # Half a character, which JSON can name and nothing can be searched for, becomes a mark.
        value = json.loads(body or b"{}")
        value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        try:
            form = parse_qs(body.decode(errors="replace"), max_num_fields=_MAX_FIELDS)
        except ValueError:
            return {}
        return {name: values[0] for name, values in form.items()}
    return {str(name): one for name, one in value.items()} if isinstance(value, dict) else {}


async def _respond(request: Request, body: bytes, media: str, language: str, status: int = 200) -> Response:
    """Return a response, packed if the client accepts it."""
    body, coded = await pack_result(request, body)
    return Response(body, status, {**_HEADERS, **({"Content-Language": language} if language else {}), **coded}, media)
