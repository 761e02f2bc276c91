"""
Requests -> responses: HTTP around what a site has.

In: requests. Out: redirects to the form that a client wants, documents with what caches need, answers to queries.
Nothing can be written.

Spec: RFC 9110 (HTTP Semantics), RFC 8288 (Link), SPARQL 1.1 Protocol.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from email.utils import formatdate, parsedate_to_datetime
from importlib.resources import files

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from ... import __version__
from ...core.languages import LANGUAGES
from .addresses import beside, ending, page_language
from .endpoint import Endpoint
from .host import Build, Host
from .media import FORMS, choose, language
from .middleware import Shell
from .site import Answer, Choice

_METHODS = ["GET"]
#: How long caches may keep what can change with the next build, and what never changes.
_SHORT, _LONG = "public, max-age=60", "public, max-age=31536000, immutable"


def make_app(host: Host, *, logged: bool = True) -> ASGIApp:
    """
    Return the application.

    Args:
        host: The builds.

        logged: Whether every request is noted in the log.
    """

    @asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[None]:
        """Watch the folder while the server runs."""
        watching = asyncio.create_task(host.watch())
        try:
            yield
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
            await host.close()

    endpoint = Endpoint(host.limits)
    routes = [
        Route("/health", _health, methods=_METHODS),
        Route("/openapi.json", _openapi, methods=_METHODS),
        Route("/sparql", endpoint.protocol, methods=["GET", "POST"]),
        *(Route(f"/sparql{ending(tag)}", endpoint.page, methods=_METHODS) for tag in LANGUAGES),
        Route("/{path:path}", _path, methods=_METHODS),
    ]
    app = Starlette(routes=routes, lifespan=life)
    app.router.redirect_slashes = False
    return Shell(app, host, logged)


def _build(request: Request) -> Build:
    """Return the build that answers a request."""
    found: Build = request.scope["build"]
    return found


async def _health(request: Request) -> Response:
    """Say that all is well, and which build is served."""
    build = _build(request)
    published = datetime.fromtimestamp(build.snapshot.published, UTC).isoformat().replace("+00:00", "Z")
    datasets = len(build.site.library.datasets)
    body = {"status": "ok", "build": build.snapshot.digest, "published": published, "datasets": datasets}
    return Response(json.dumps(body), media_type="application/json", headers={"Cache-Control": "no-store"})


async def _openapi(request: Request) -> Response:
    """Return the description of the interface."""
    text = files(__package__).joinpath("openapi.json").read_text(encoding="utf-8").replace("VERSION", __version__)
    return conditional(request, Answer("application/json", f"openapi-{__version__}", text.encode()))


async def _path(request: Request) -> Response:
    """Return whatever is at a path."""
    path, site = request.path_params["path"], _build(request).site
    # What needs no work is answered here: a thread would take longer to come by.
    found = site.ready(path) or await run_in_threadpool(site.at, path)
    if isinstance(found, Choice):
        return negotiated(request, found)
    if found is not None:
        return conditional(request, found, _links(path, found))
    return await _missing(request, path)


async def _missing(request: Request, path: str) -> Response:
    """Say that there is nothing, in the form that the client reads."""
    if choose(request.headers.get("accept", ""), ("text/plain", "text/html")) != "text/html":
        return PlainTextResponse("There is no such thing here.\n", 404, headers={"Vary": "Accept, Accept-Language"})
    tag = language(request.headers.get("accept-language", ""))
    pages = _build(request).site.pages
    body = await run_in_threadpool(pages.problem, path, tag, "")
    headers = {"Vary": "Accept, Accept-Language", "Content-Language": tag}
    return Response(body, 404, headers, "text/html; charset=utf-8")


def negotiated(request: Request, found: Choice) -> Response:
    """
    Return the way to the form of a thing that a client wants; without a wish that is Turtle.

    Args:
        request: The request.

        found: The forms.
    """
    headers = {"Vary": "Accept, Accept-Language", "Link": ", ".join(_alternates(found.path, found.forms))}
    media = choose(request.headers.get("accept", ""), tuple(found.forms.values()))
    if media is None:
        listed = "".join(f"{name}  {beside(found.path, f'.{form}')}\n" for form, name in found.forms.items())
        return PlainTextResponse(f"None of the forms that you accept; there are:\n{listed}", 406, headers)
    form = next(form for form, name in found.forms.items() if name == media)
    last = f".{form}" if form != "html" else ending(language(request.headers.get("accept-language", "")))
    return Response(status_code=303, headers={**headers, "Location": beside(found.path, last)})


def _alternates(path: str, forms: object) -> list[str]:
    """Return a Link for each form of a thing."""
    assert hasattr(forms, "items")
    return [f'<{beside(path, f".{form}")}>; rel="alternate"; type="{media}"' for form, media in forms.items()]


def _links(path: str, found: Answer) -> Sequence[str]:
    """Return the Links of a document: the thing it is about, its other forms."""
    form = path.rpartition(".")[2]
    if found.file is not None or form not in FORMS or path.startswith("feed/"):
        return ()
    stem = page_language(path)[0] if form == "html" else path.removesuffix(f".{form}")
    return [f'<{beside(stem, "")}>; rel="describes"', *_alternates(stem, {f: FORMS[f] for f in FORMS if f != form})]


def conditional(request: Request, found: Answer, links: Sequence[str] = ()) -> Response:
    """
    Return a document, or that the client has it already.

    Its tag comes from its content. When it was last modified is when the build was published: any later build may
    have changed it, and only the tag can say that it did not.

    Args:
        request: The request.

        found: The document.

        links: What its Link header says.
    """
    published = _build(request).snapshot.published
    headers = {
        "ETag": f'"{found.tag}"',
        "Last-Modified": formatdate(published, usegmt=True),
        "Cache-Control": _LONG if found.lasting else _SHORT,
    }
    if links:
        headers["Link"] = ", ".join(links)
    if found.language:
        headers["Content-Language"] = found.language
    if _is_known(request, headers["ETag"], published):
        return Response(status_code=304, headers=headers)
    if found.file is not None:
        return FileResponse(found.file, headers=headers, media_type=found.media)
    return Response(found.body, 200, headers, found.media)


def _is_known(request: Request, tag: str, published: int) -> bool:
    """Tell whether the client has what it asks for."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return any(one.strip().removeprefix("W/") in {tag, "*"} for one in tags.split(","))
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    with suppress(ValueError, OverflowError, TypeError):
        return published <= parsedate_to_datetime(since).timestamp()
    return False
