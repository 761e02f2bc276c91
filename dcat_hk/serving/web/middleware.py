"""
What goes around every request: the build it is answered from, the path it means, headers that protect, the log.

In: requests as they come in. Out: the same to the application, and its responses with more headers.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...core.errors import DcatHkError
from .host import Host

log = logging.getLogger("dcat_hk.web.access")

#: Nothing but our own style sheet and forms: whatever a text says, it cannot load or run anything.
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_PROTECTING = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Content-Language, Last-Modified, Retry-After",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match, Range",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, POST, OPTIONS",
}
#: Longer paths name nothing.
_LONGEST = 2000


class Shell:
    """
    Goes around the application.

    Args:
        app: The application.

        host: The builds.

        logged: Whether every request is noted.
    """

    def __init__(self, app: ASGIApp, host: Host, logged: bool) -> None:
        """Keep them."""
        self._app, self._host, self._logged = app, host, logged

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        noted = _Noted(send)
        began = time.monotonic()
        try:
            async with self._host.current() as build:
                scope["build"] = build
                answer = _outside(scope, build.snapshot.base)
                await (answer or self._app)(scope, receive, noted.send)
        except DcatHkError as error:
            if not noted.status:
                await PlainTextResponse(f"{error}\n", 500)(scope, receive, noted.send)
        finally:
            if self._logged:
                _note(scope, noted, time.monotonic() - began)


def _outside(scope: Scope, base: str) -> ASGIApp | None:
    """
    Return what is answered without looking into the catalogue, if anything; take the base IRI's path off.

    A proxy may strip that path or leave it: both mean the same, since all links are relative.

    Spec: RFC 9112 (HTTP/1.1), section 3.2.2: a server accepts the absolute form of a target.
    """
    path, prefix = scope["path"], "/" + base.split("/", 3)[3]
    if len(path) > _LONGEST:
        return PlainTextResponse("The path is too long.\n", 414)
    if path.startswith(("http://", "https://")):
        # What clients send to proxies. Which host it names decides about nothing, as with Host.
        scope["path"] = path = "/" + path.split("/", 3)[3] if path.count("/") > 2 else "/"
    if scope["method"] == "OPTIONS":
        return Response(status_code=204, headers=_PREFLIGHT)
    if prefix != "/" and path == prefix.rstrip("/"):
        return Response(status_code=308, headers={"Location": f"./{prefix.rstrip('/').rpartition('/')[2]}/"})
    if prefix != "/" and path.startswith(prefix):
        scope["path"] = path[len(prefix) - 1 :]
    return None


class _Noted:
    """Sends what the application says, with more headers, and counts it."""

    def __init__(self, send: Send) -> None:
        """Begin with nothing."""
        self._send, self.status, self.size = send, 0, 0

    async def send(self, message: Message) -> None:
        """Pass a message on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            known = {name.lower() for name, _value in message["headers"]}
            more = [(name.lower().encode(), value.encode()) for name, value in _PROTECTING.items()]
            message["headers"] = [*message["headers"], *(item for item in more if item[0] not in known)]
        elif message["type"] == "http.response.body":
            self.size += len(message.get("body", b""))
        await self._send(message)


def _note(scope: Scope, noted: _Noted, seconds: float) -> None:
    """Note a request; what a client sent cannot begin a new line."""
    client: Any = scope.get("client") or ("-", 0)
    raw = scope.get("raw_path") or b""
    query = scope.get("query_string") or b""
    target = (raw + (b"?" + query if query else b""))[:500].decode("ascii", "backslashreplace")
    plain = "".join(sign if " " < sign <= "~" else f"\\x{ord(sign):02x}" for sign in target)
    log.info("%s %s %s %d %d %.1fms", client[0], scope["method"], plain, noted.status, noted.size, seconds * 1000)
