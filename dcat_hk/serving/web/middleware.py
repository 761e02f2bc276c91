"""
Middleware for every request: the build that answers it, its path below the base IRI, security headers, the log.

In: requests. Out: the requests for the application, and its responses with additional headers.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...core.errors import DcatHkError
from .host import BuildHost

log = logging.getLogger("dcat_hk.web.access")

#: Only the style sheet and forms of the site itself: text of a plan can neither load nor run anything.
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_SECURITY_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Content-Language, Last-Modified, Retry-After",
}
_PREFLIGHT_HEADERS = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match, Range",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, POST, OPTIONS",
}
#: Longer paths are refused.
_MAX_PATH = 2000


class RequestMiddleware:
    """
    ASGI middleware around the application.

    Args:
        app: The application.

        host: The host of the current build.

        logged: Whether every request is logged.
    """

    def __init__(self, app: ASGIApp, host: BuildHost, logged: bool) -> None:
        """Keep the application, the host and the option."""
        self._app, self._host, self._logged = app, host, logged

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        recorder = _ResponseRecorder(send)
        started = time.monotonic()
        try:
            async with self._host.use_build() as build:
                scope["build"] = build
                answer = _answer_early(scope, build.snapshot.base)
                await (answer or self._app)(scope, receive, recorder.send)
        except DcatHkError as error:
            if not recorder.status:
                await PlainTextResponse(f"{error}\n", 500)(scope, receive, recorder.send)
        finally:
            if self._logged:
                _log_request(scope, recorder, time.monotonic() - started)


def _answer_early(scope: Scope, base: str) -> ASGIApp | None:
    """
    Return the response to a request that does not need the catalogue, if any; else remove the path of the base IRI.

    A proxy may strip that path or leave it: both work, because all links are relative.

    Spec: RFC 9112 (HTTP/1.1), section 3.2.2: a server accepts the absolute form of a request target.
    """
    path, prefix = scope["path"], "/" + base.split("/", 3)[3]
    if len(path) > _MAX_PATH:
        return PlainTextResponse("The path is too long.\n", 414)
    if path.startswith(("http://", "https://")):
        # Clients send the absolute form to proxies. Its host is ignored, like the Host header.
        scope["path"] = path = "/" + path.split("/", 3)[3] if path.count("/") > 2 else "/"
    if scope["method"] == "OPTIONS":
        return Response(status_code=204, headers=_PREFLIGHT_HEADERS)
    if prefix != "/" and path == prefix.rstrip("/"):
        return Response(status_code=308, headers={"Location": f"./{prefix.rstrip('/').rpartition('/')[2]}/"})
    if prefix != "/" and path.startswith(prefix):
        scope["path"] = path[len(prefix) - 1 :]
    return None


class _ResponseRecorder:
    """Sends the messages of the application with additional headers, and records status and size for the log."""

    def __init__(self, send: Send) -> None:
        """Keep the function that sends messages."""
        self._send, self.status, self.size = send, 0, 0

    async def send(self, message: Message) -> None:
        """Send a message."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            present = {name.lower() for name, _value in message["headers"]}
            added = [(name.lower().encode(), value.encode()) for name, value in _SECURITY_HEADERS.items()]
            message["headers"] = [*message["headers"], *(item for item in added if item[0] not in present)]
        elif message["type"] == "http.response.body":
            self.size += len(message.get("body", b""))
        await self._send(message)


def _log_request(scope: Scope, recorder: _ResponseRecorder, seconds: float) -> None:
    """Log a request on one line; control characters in the request target are escaped."""
    client: Any = scope.get("client") or ("-", 0)
    raw = scope.get("raw_path") or b""
    query = scope.get("query_string") or b""
    target = (raw + (b"?" + query if query else b""))[:500].decode("ascii", "backslashreplace")
    plain = "".join(sign if " " < sign <= "~" else f"\\x{ord(sign):02x}" for sign in target)
    log.info("%s %s %s %d %d %.1fms", client[0], scope["method"], plain, recorder.status, recorder.size, seconds * 1000)
