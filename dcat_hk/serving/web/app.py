"""
Requests -> responses: the site over HTTP.

In: requests. Out: redirects to the format that a client prefers, documents with validators for caches, query results.
The site is read only.

Spec: RFC 9110 (HTTP Semantics), RFC 8288 (Link), SPARQL 1.1 Protocol.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from email.utils import formatdate
from functools import partial
from importlib.resources import files
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp

from ... import __version__
from ...core.answers import read_http_date
from ...core.languages import LANGUAGES
from ...core.wording.refusals import load_wording
from .addresses import SPOKEN_SUFFIXES, get_page_suffix, make_sibling_link, split_page_path, split_view_path
from .check_pages import CheckEndpoint
from .coding import MIN_LENGTH, choose_coding, is_packable
from .endpoint import SparqlEndpoint
from .find_pages import LIST_FORMATS
from .finding import FindEndpoint
from .host import BuildHost, ServedBuild
from .media import ALL_FORMATS, choose_language, choose_media_type, join_headers
from .middleware import RequestMiddleware
from .reconciling_endpoint import ReconciliationEndpoint
from .refusals import write_refusal
from .requests import RequestError, choose_path_language, prefers_page, read_query, refuse_problems
from .site import NegotiableResource, Representation, Site

_READ_METHODS = ["GET"]
#: The files of wording that refusals of requests are in.
_REFUSALS = ("web", "queries", "system")
_SLASHES = re.compile("/{2,}")
_PAGE_ENDINGS = tuple(get_page_suffix(tag) for tag in LANGUAGES)
#: The suffixes of what a search finds as a file; feeds have a language in their name, too.
_SEARCH_SUFFIXES = (*LIST_FORMATS, *(f"{tag}.atom" for tag in LANGUAGES))
#: Paths with handlers of their own.
_ROUTED = frozenset(
    [
        "cite",
        "health",
        "openapi.json",
        "sparql",
        "search",
        "reconcile",
        *(f"search.{suffix}" for suffix in _SEARCH_SUFFIXES),
    ]
)
#: Threads that write documents, and that write dumps. More threads would only take time from the event loop.
_PAGE_THREADS, _DUMP_THREADS = 8, 2
#: Longer files are sent as they are: to pack them would take longer than a client waits.
_MAX_PACKED = 256_000_000
#: Cache-Control of what may change with the next build, and of what never changes.
_SHORT_LIFETIME, _LONG_LIFETIME = "public, max-age=60", "public, max-age=31536000, immutable"


def make_app(host: BuildHost, *, logged: bool = True) -> ASGIApp:
    """
    Return the ASGI application.

    Args:
        host: The host of the current build.

        logged: Whether every request is logged.
    """

    @asynccontextmanager
    async def lifespan(_app: Router) -> AsyncIterator[None]:
        """Watch the folder for new builds while the server runs."""
        watching = asyncio.create_task(host.watch())
        try:
            yield
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
            await host.close()

    # What refusals say is read now: a server that can open no file any more must still tell so.
    for name in _REFUSALS:
        load_wording(name)
    endpoint, finding = SparqlEndpoint(host.limits), FindEndpoint()
    checking = CheckEndpoint(host.checks) if host.checks else None
    routes = [
        Route("/health", _answer_health, methods=_READ_METHODS),
        Route("/openapi.json", _answer_openapi, methods=_READ_METHODS),
        Route("/sparql", endpoint.answer_request, methods=["GET", "POST"]),
        *(Route(f"/sparql{get_page_suffix(tag)}", endpoint.answer_page, methods=_READ_METHODS) for tag in LANGUAGES),
        Route("/search", finding.answer_page, methods=_READ_METHODS),
        *(Route(f"/search.{suffix}", finding.answer_list, methods=_READ_METHODS) for suffix in _SEARCH_SUFFIXES),
        *(Route(f"/search{get_page_suffix(tag)}", finding.answer_page, methods=_READ_METHODS) for tag in LANGUAGES),
        *(
            Route(f"/check{end}", checking.answer, methods=["GET", "POST"])
            for end in ("", *_PAGE_ENDINGS)
            if checking is not None
        ),
        *(Route(f"/cite{end}", finding.answer_cite, methods=_READ_METHODS) for end in ("", *_PAGE_ENDINGS)),
        Route("/api/3/action/{name:str}", finding.answer_action, methods=["GET", "POST"]),
        Route("/api/action/{name:str}", finding.answer_action, methods=["GET", "POST"]),
        *_make_reconciliation_routes(ReconciliationEndpoint()),
        Route("/{path:path}", PathEndpoint().answer, methods=_READ_METHODS),
    ]
    # Not an application of Starlette: errors are answered by the middleware.
    return RequestMiddleware(Router(routes, redirect_slashes=False, lifespan=lifespan), host, logged)


def _make_reconciliation_routes(endpoint: ReconciliationEndpoint) -> list[Route]:
    """Return the routes of the reconciliation service: at an address for each language, and at one for all."""
    parts = {
        "": endpoint.answer,
        "/suggest/{kind:str}": endpoint.answer_suggest,
        "/propose": endpoint.answer_propose,
        "/preview": endpoint.answer_preview,
    }
    roots = ["/reconcile", *(f"/reconcile/{tag}" for tag in LANGUAGES)]
    return [
        Route(f"{root}{path}", answer, methods=["GET", "POST"] if path == "" else _READ_METHODS)
        for root in roots
        for path, answer in parts.items()
    ]


def _get_build(request: Request) -> ServedBuild:
    """Return the build that answers a request."""
    build: ServedBuild = request.scope["build"]
    return build


async def _answer_health(request: Request) -> Response:
    """Answer the health check with the build that is served."""
    build = _get_build(request)
    published = datetime.fromtimestamp(build.snapshot.published, UTC).isoformat().replace("+00:00", "Z")
    datasets = len(build.site.library.datasets)
    body = {"status": "ok", "build": build.snapshot.digest, "published": published, "datasets": datasets}
    return Response(json.dumps(body), media_type="application/json", headers={"Cache-Control": "no-store"})


async def _answer_openapi(request: Request) -> Response:
    """Answer with the OpenAPI description of the interface."""
    text = files(__package__).joinpath("openapi.json").read_text(encoding="utf-8").replace("VERSION", __version__)
    described = Representation("application/json", f"openapi-{__version__}", text.encode(), packs=True)
    return await _respond(request, described)


class PathEndpoint:
    """The handler of all paths of the site. What takes time is done in a few threads; dumps keep none from others."""

    def __init__(self) -> None:
        """Limit the threads."""
        self._pages, self._dumps = asyncio.Semaphore(_PAGE_THREADS), asyncio.Semaphore(_DUMP_THREADS)

    async def answer(self, request: Request) -> Response:
        """Answer with the resource at a path."""
        path, site = request.path_params["path"], _get_build(request).site
        if request.url.query and site.has_view(path):
            return await self._answer_view(request, path)
        # A resource that needs no work is returned from the event loop: handing over to a thread takes longer.
        resource = site.find_ready(path)
        if resource is None:
            async with self._dumps if site.is_dump(path) else self._pages:
                resource = await run_in_threadpool(site.find, path)
        if isinstance(resource, NegotiableResource):
            return negotiate(request, resource)
        if resource is not None:
            links = _make_links(path, resource)
            if _is_packed_file(request, resource) and (coding := _choose_coding(request)):
                async with self._dumps:
                    packed = await run_in_threadpool(site.pack_file, path, resource, coding)
                return make_response(request, packed, links, coding)
            return await _respond(request, resource, links)
        plain = _SLASHES.sub("/", f"/{path}").strip("/")
        if plain != path and (_is_route(plain) or site.has(plain)):
            return _redirect_to_plain(request, path, plain)
        return await self._answer_missing(request, path)

    async def _answer_view(self, request: Request, path: str) -> Response:
        """Answer with a page or a list about promises, as the parameters of the request ask for it."""
        site = _get_build(request).site
        parameters = read_query(request)
        async with self._pages:
            resource = await run_in_threadpool(_find_view, site, path, parameters)
        if isinstance(resource, NegotiableResource):
            return negotiate(request, resource, request.url.query)
        return await _respond(request, resource) if resource else await self._answer_missing(request, path)

    async def _answer_missing(self, request: Request, path: str) -> Response:
        """Answer that there is no resource at a path, as a page or as text."""
        if not prefers_page(request):
            return write_refusal(RequestError.of("web.no-such-page", 404), {"Vary": "Accept, Accept-Language"})
        tag = choose_path_language(request, {})
        pages = _get_build(request).site.pages
        body = await run_in_threadpool(pages.write_missing_page, path, tag)
        headers = {"Vary": "Accept, Accept-Language", "Content-Language": tag}
        return Response(body, 404, headers, "text/html; charset=utf-8")


def _find_view(
    site: Site, path: str, parameters: Mapping[str, Sequence[str]]
) -> Representation | NegotiableResource | None:
    """Return what a request asks for; in a file nobody would see that a part of it cannot be understood."""
    stem, suffix, _language = split_view_path(path)
    if suffix and suffix != "html":
        refuse_problems(partial(site.views.list_problems, stem, parameters))
    return site.find_view(path, parameters)


def _is_route(path: str) -> bool:
    """Return whether there is a handler at a path, which is not among the things of the site."""
    return path in _ROUTED or path.startswith(("api/3/action/", "api/action/"))


def _redirect_to_plain(request: Request, path: str, plain: str) -> Response:
    """Return the redirect from a path with slashes too many to the path without, with the same parameters."""
    # Slashes at the end leave the folder as it is; those inside are programs' way to put addresses together.
    start = plain.rfind("/") + 1 if path.startswith(plain) else 0
    query = request.scope["query_string"].decode("latin-1")
    location = f"{'../' * path.count('/', start)}{quote(plain[start:])}{'?' if query else ''}{query}"
    return Response(status_code=308, headers={"Location": location})


def negotiate(request: Request, resource: NegotiableResource, query: str = "") -> Response:
    """
    Return a redirect to the format that a client prefers; the first if it has no preference: for things that is Turtle.

    Args:
        request: The request.

        resource: The resource with its formats.

        query: The parameters that the redirect keeps.
    """
    headers = {
        "Vary": "Accept, Accept-Language",
        "Link": ", ".join(_make_alternate_links(resource.path, resource.formats)),
    }
    media = choose_media_type(join_headers(request.headers, "accept"), tuple(resource.formats.values()))
    if media is None:
        listed = "".join(
            f"{name}  {make_sibling_link(resource.path, f'.{suffix}')}\n" for suffix, name in resource.formats.items()
        )
        return PlainTextResponse(RequestError.of("web.no-format", 406).lines + listed, 406, headers)
    suffix = next(suffix for suffix, name in resource.formats.items() if name == media)
    language = choose_language(join_headers(request.headers, "accept-language"))
    last = f".{language}.{suffix}" if suffix in SPOKEN_SUFFIXES else f".{suffix}"
    last = get_page_suffix(language) if suffix == "html" else last
    path = resource.pages if suffix == "html" and resource.pages else resource.path
    location = make_sibling_link(path, last) + (f"?{query}" if query else "")
    return Response(status_code=303, headers={**headers, "Location": location})


def _make_alternate_links(path: str, formats: Mapping[str, str]) -> list[str]:
    """Return the value of a Link header for each format of a thing."""
    return [
        f'<{make_sibling_link(path, f".{suffix}")}>; rel="alternate"; type="{media}"'
        for suffix, media in formats.items()
    ]


def _make_links(path: str, representation: Representation) -> Sequence[str]:
    """Return the values of the Link header of a document: the thing that it describes, its other formats."""
    suffix = path.rpartition(".")[2]
    if representation.file is not None or suffix not in ALL_FORMATS or path.startswith("feed/"):
        return ()
    stem = split_page_path(path)[0] if suffix == "html" else path.removesuffix(f".{suffix}")
    return [
        f'<{make_sibling_link(stem, "")}>; rel="describes"',
        *_make_alternate_links(stem, {other: media for other, media in ALL_FORMATS.items() if other != suffix}),
    ]


def _is_packed_file(request: Request, representation: Representation) -> bool:
    """Return whether a file is sent packed: not if a range is asked for, or if that would take very long."""
    return (
        representation.file is not None
        and is_packable(representation.media)
        and "range" not in request.headers
        and MIN_LENGTH <= representation.file.stat().st_size <= _MAX_PACKED
    )


async def _respond(request: Request, representation: Representation, links: Sequence[str] = ()) -> Response:
    """Return the response with a representation, which is packed in a thread where that was not done before."""
    coding = _choose_coding(request) if representation.packs else ""
    if not representation.is_ready(coding):
        await run_in_threadpool(representation.get_body, coding)
    return make_response(request, representation, links, coding)


def _choose_coding(request: Request) -> str:
    """Return the content coding that a client prefers; empty if it wants none."""
    return choose_coding(join_headers(request.headers, "accept-encoding"))


def make_response(
    request: Request, representation: Representation, links: Sequence[str] = (), coding: str = ""
) -> Response:
    """
    Return the response with a representation, or 304 if the client has it already.

    The ETag is derived from the content. Last-Modified is the time when the build was published, and later than that of
    the build before: a later build may change any representation, and only the ETag can tell that it did not.

    Args:
        request: The request.

        representation: The representation.

        links: The values of the Link header.

        coding: The content coding in which it is sent; a file has it already.

    Spec: RFC 9110, section 8.8.3: representations that differ in their coding have different ETags.
    """
    published = _get_build(request).modified
    headers = {
        "ETag": f'"{representation.etag}{"-" if coding else ""}{coding}"',
        "Vary": "Accept-Encoding",
        "Last-Modified": formatdate(published, usegmt=True),
        "Cache-Control": _LONG_LIFETIME if representation.is_immutable else _SHORT_LIFETIME,
    }
    if links:
        headers["Link"] = ", ".join(links)
    if representation.language:
        headers["Content-Language"] = representation.language
    if coding:
        headers["Content-Encoding"] = coding
    if _is_current(request, headers["ETag"], published):
        return Response(status_code=304, headers=headers)
    if representation.file is not None:
        return FileResponse(representation.file, headers=headers, media_type=representation.media)
    return Response(representation.get_body(coding), 200, headers, representation.media)


def _is_current(request: Request, tag: str, published: int) -> bool:
    """Return whether the copy of the client is current, by If-None-Match or If-Modified-Since."""
    tags = join_headers(request.headers, "if-none-match")
    if tags:
        return any(one.strip().removeprefix("W/") in {tag, "*"} for one in tags.split(","))
    since = read_http_date(request.headers.get("if-modified-since", ""))
    return since is not None and published <= since.timestamp()
