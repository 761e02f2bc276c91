"""
The Reconciliation Service API over HTTP: the manifest, queries, suggestions, previews, data extension.

In: requests. Out: JSON, JavaScript for clients that ask for it with `callback`, the page of a preview. The language is
that of the path (`/reconcile/en`), of `lang`, or of the client. What takes time runs in a few threads.

Spec: Reconciliation Service API 0.2, sections 3 (service manifest), 4 to 7, and 8.1 (cross-origin access, JSONP).
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ...core.languages import LANGUAGES
from ...core.pages import page_templates
from .host import ServedBuild
from .middleware import POLICY
from .reconciling import ReconciliationApi
from .reconciling_queries import BODY, DATASET, TYPES, MatchQuery, last_name, read_batch, read_extension, read_single
from .requests import RequestError, choose_page_language, pack_result, read_body, read_form, read_query

#: Requests that are worked on at a time, and bytes of a body.
_THREADS, _MAX_BODY = 4, 1_000_000
#: Seconds after which no further query of a batch is answered.
_SECONDS = 20.0
#: Properties that are proposed.
_PROPOSED = 100
_CALLBACK = re.compile(r"[A-Za-z_$][A-Za-z0-9_$.]{0,99}")
_HOST = re.compile(r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_FORM = "application/x-www-form-urlencoded"
_HEADERS = {"Vary": "Accept-Encoding, Accept-Language, Host", "Cache-Control": "no-cache"}
#: A preview is shown inside of another program's page.
_PREVIEW_POLICY = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
Parameters = Mapping[str, str]


class ReconciliationEndpoint:
    """The handlers of the service."""

    def __init__(self) -> None:
        """Limit the threads."""
        self._threads = asyncio.Semaphore(_THREADS)

    async def answer(self, request: Request) -> Response:
        """Answer with the manifest, or to queries or a data extension."""
        return await self._answer(request, _answer_service)

    async def answer_suggest(self, request: Request) -> Response:
        """Answer what somebody begins to type."""
        return await self._answer(request, _answer_suggest)

    async def answer_propose(self, request: Request) -> Response:
        """Answer with the properties of a type."""
        return await self._answer(request, _answer_propose)

    async def answer_preview(self, request: Request) -> Response:
        """Answer with a small page about a thing."""
        try:
            parameters, api = await _prepare(request)
        except RequestError as error:
            return await _refuse(request, error, {})
        async with self._threads:
            shown = await run_in_threadpool(api.describe, parameters.get("id", ""))
        if shown is None:
            return await _refuse(request, RequestError.of("reconcile.nothing", 404), {})
        values = {**shown, "language": api.language}
        body = page_templates(__package__).get_template("reconciling.html").render(values).encode()
        headers = {**_HEADERS, "Content-Language": api.language, "Content-Security-Policy": _PREVIEW_POLICY}
        return Response(body, 200, headers, "text/html; charset=utf-8")

    async def _answer(
        self, request: Request, work: Callable[[Request, Parameters, ReconciliationApi], Any]
    ) -> Response:
        """Answer with JSON, or with what is wrong with the request."""
        parameters: Parameters = {}
        try:
            parameters, api = await _prepare(request)
            async with self._threads:
                value = await run_in_threadpool(work, request, parameters, api)
        except RequestError as error:
            return await _refuse(request, error, parameters)
        return await _respond(request, value, parameters)


def _answer_service(request: Request, parameters: Parameters, api: ReconciliationApi) -> Any:
    """Return the answer to queries or to a data extension, else the manifest."""
    if "queries" in parameters:
        return dict(_answer_batch(read_batch(parameters["queries"]), api))
    if "query" in parameters:
        return api.match(read_single(parameters["query"]))
    if "extend" in parameters:
        return api.extend(read_extension(parameters["extend"]))
    if request.method == "POST":
        raise RequestError.of("reconcile.post", 400)
    return api.manifest()


def _answer_batch(batch: Mapping[str, MatchQuery], api: ReconciliationApi) -> Iterator[tuple[str, Any]]:
    """Yield the names of queries with their answers, as long as the time for a request is not used up."""
    end = time.monotonic() + _SECONDS
    for name, query in batch.items():
        if time.monotonic() > end:
            raise RequestError.of("reconcile.slow", 503, seconds=f"{_SECONDS:g}")
        yield name, api.match(query)


def _answer_suggest(request: Request, parameters: Parameters, api: ReconciliationApi) -> Any:
    """Return what is suggested."""
    stated = parameters.get("type") or ""
    kinds = [TYPES.get(last_name(stated), "")] if stated else [DATASET, BODY]
    first = _read_number(parameters, "cursor", 0)
    kind = request.path_params["kind"]
    if kind not in ("entity", "type", "property"):
        raise RequestError.of("reconcile.kind", 404)
    return api.suggest(kind, parameters.get("prefix", ""), first, kinds)


def _answer_propose(_request: Request, parameters: Parameters, api: ReconciliationApi) -> Any:
    """Return the properties of a type."""
    return api.propose(parameters.get("type", ""), _read_number(parameters, "limit", _PROPOSED))


def _read_number(parameters: Parameters, name: str, default: int) -> int:
    """Return a number of a parameter."""
    text = parameters.get(name) or str(default)
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise RequestError.of("reconcile.number", 400, name=name)
    return int(text)


async def _prepare(request: Request) -> tuple[Parameters, ReconciliationApi]:
    """Return the parameters of a request, the first of each name, and the service in its language."""
    query = read_query(request)
    parameters = {name: values[0] for name, values in query.items()}
    if request.method == "POST":
        body = await read_body(request, _MAX_BODY)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in {_FORM, ""}:
            raise RequestError.of("reconcile.media", 415, media=_FORM)
        fields = await run_in_threadpool(read_form, body.decode(errors="replace"))
        parameters |= {name: values[0] for name, values in fields.items()}
    build: ServedBuild = request.scope["build"]
    tag = _find_tag(request.scope["path"])
    language = tag or choose_page_language(request, query)
    path = f"reconcile/{language}" if tag or "lang" in query else "reconcile"
    return parameters, ReconciliationApi(build.site.library, language, _find_root(request, build), path)


def _find_tag(path: str) -> str:
    """Return the tag of the language in a path; empty if it has none."""
    parts = path.strip("/").split("/")
    return next((part for part in parts[parts.index("reconcile") + 1 :][:1] if part in LANGUAGES), "")


def _find_root(request: Request, build: ServedBuild) -> str:
    """
    Return the address of the site as the client sees it: clients build addresses from it that cannot be relative.

    Where the client asks at the host of the base IRI, it is the base IRI, which also knows of a proxy before us.
    """
    host = request.headers.get("host", "")
    base = build.site.library.base
    if base.split("/", 3)[2].lower() == host.lower() or not _HOST.fullmatch(host):
        return base
    raw = (request.scope.get("raw_path") or b"").decode("ascii", "replace").partition("?")[0]
    # A proxy or a client may use the path of the base IRI.
    prefix = "/" + base.split("/", 3)[3]
    return f"{request.scope['scheme']}://{host}{prefix if prefix != '/' and raw.startswith(prefix) else '/'}"


def _tell_problem(request: Request, error: RequestError) -> dict[str, str]:
    """Return what is wrong with a request, in the language that it asks for; in English if it asks for none."""
    query = parse_qs(request.scope["query_string"].decode("latin-1"))
    is_asked = "lang" in query or "accept-language" in request.headers
    language = _find_tag(request.scope["path"])
    language = language or (choose_page_language(request, query) if is_asked else LANGUAGES[-1])
    return {"status": "error", "message": error.texts.get(language, str(error))}


async def _refuse(request: Request, error: RequestError, parameters: Parameters) -> Response:
    """Return a response that tells what is wrong with a request."""
    return await _respond(request, _tell_problem(request, error), parameters, error.status)


async def _respond(request: Request, value: Any, parameters: Parameters, status: int = 200) -> Response:
    """Return a response with JSON, or with a call in JavaScript if the client asks for that with GET."""
    text = await run_in_threadpool(json.dumps, value, ensure_ascii=False)
    body, media = text.encode(), "application/json"
    callback = parameters.get("callback", "")
    if callback and request.method == "GET":
        if not _CALLBACK.fullmatch(callback):
            value, status = _tell_problem(request, RequestError.of("reconcile.callback", 400)), 400
            body = json.dumps(value, ensure_ascii=False).encode()
        else:
            # The comment keeps the answer from being taken for anything but JavaScript.
            body, media = b"/**/" + callback.encode() + b"(" + body + b");", "application/javascript; charset=utf-8"
    body, coded = await pack_result(request, body)
    return Response(body, status, {**_HEADERS, **coded}, media)
