"""
Middleware for every request: the build that answers it, its path below the base IRI, security headers, errors, the log.

In: requests. Out: the requests for the application, and its responses with additional headers. Long responses are
handed on in pieces, each when the client has read the one before: so a client that reads slowly needs little memory.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...core.errors import DcatHkError
from .connections import NO_RESOURCES
from .host import BuildHost
from .refusals import answer_refusal, write_refusal
from .requests import RequestError

log = logging.getLogger("dcat_hk.web.requests")
access_log = logging.getLogger("dcat_hk.web.access")

#: Only the style sheet and forms of the site itself: text of a plan can neither load nor run anything.
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_SECURITY_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Accept-Ranges, Allow, Content-Encoding, Content-Language, Content-Length, Content-Range, ETag, Last-Modified, "
        "Link, Location, Retry-After, Vary"
    ),
}
_PREFLIGHT_HEADERS = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Cache-Control, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Range, "
        "If-Unmodified-Since, Range"
    ),
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, POST, OPTIONS",
}
#: Longer paths are refused.
_MAX_PATH = 2000
#: Bytes of a response that are handed on at a time.
_PIECE_SIZE = 1 << 16


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
        except asyncio.CancelledError:
            if recorder.is_started:
                raise
            await write_refusal(RequestError.of("web.stopping", 503))(scope, receive, recorder.send)
        except ClientDisconnect:
            # Before the request was complete: nobody waits for an answer.
            pass
        except Exception as error:
            failure = answer_refusal(scope, _explain_failure(error))
            if recorder.is_started:
                # Half an answer cannot be taken back: the connection is closed, so that it looks like what it is.
                raise
            recorder.reset()
            await failure(scope, receive, recorder.send)
        finally:
            if self._logged:
                _log_request(scope, recorder, time.monotonic() - started)


def _explain_failure(error: Exception) -> RequestError:
    """Return what is told of a request that failed, and log why, if we failed; only a bug has a traceback."""
    if isinstance(error, RequestError):
        return error
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, (OSError, DcatHkError)):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, OSError) and cause.errno in NO_RESOURCES:
        log.warning("a request cannot be answered: %s", cause.strerror)
        return RequestError.of("web.busy", 503)
    if isinstance(cause, DcatHkError):
        log.warning("a request cannot be answered: %s", cause)
        return RequestError.from_refusal(cause, 500)
    log.error("a request cannot be answered; this is a bug: please report it", exc_info=error)
    return RequestError.of("web.failed", 500)


def _answer_early(scope: Scope, base: str) -> ASGIApp | None:
    """
    Return the response to a request that does not need the catalogue, if any; else remove the path of the base IRI.

    A proxy may strip that path or leave it: both work, because all links are relative.

    Spec: RFC 9112 (HTTP/1.1), section 3.2.2: a server accepts the absolute form of a request target; RFC 9110, section
    14.2: it ignores ranges of a unit that it does not know.
    """
    path, prefix = scope["path"], "/" + base.split("/", 3)[3]
    if len(path) > _MAX_PATH:
        return write_refusal(RequestError.of("web.long-path", 414))
    if path.startswith(("http://", "https://")):
        # Clients send the absolute form to proxies. Its host is ignored, like the Host header.
        scope["path"] = path = "/" + path.split("/", 3)[3] if path.count("/") > 2 else "/"
    # A unit that is not known is none: the whole is sent. The file responses would refuse it.
    scope["headers"] = [one for one in scope["headers"] if one[0] != b"range" or one[1].lower().startswith(b"bytes=")]
    if scope["method"] == "OPTIONS":
        return Response(status_code=204, headers=_PREFLIGHT_HEADERS)
    if prefix != "/" and path == prefix.rstrip("/"):
        return Response(status_code=308, headers={"Location": f"./{prefix.rstrip('/').rpartition('/')[2]}/"})
    if prefix != "/" and path.startswith(prefix):
        scope["path"] = path[len(prefix) - 1 :]
    return None


class _ResponseRecorder:
    """
    Sends the messages of the application with additional headers, and records status and size for the log.

    The head of a response waits for the first piece of its body: until then another response can take its place.
    """

    def __init__(self, send: Send) -> None:
        """Keep the function that sends messages."""
        self._send, self.status, self.size = send, 0, 0
        self._head: Message | None = None
        self.is_started = False

    def reset(self) -> None:
        """Forget a response that was not started."""
        self._head, self.status = None, 0

    async def send(self, message: Message) -> None:
        """Send a message, a long body in pieces."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            present = {name.lower() for name, _value in message["headers"]}
            added = [(name.lower().encode(), value.encode()) for name, value in _SECURITY_HEADERS.items()]
            message["headers"] = [*message["headers"], *(item for item in added if item[0] not in present)]
            self._head = message
            return
        head, self._head = self._head, None
        if head is not None:
            self.is_started = True
            await self._send(head)
        body = message.get("body", b"")
        self.size += len(body)
        for first in range(_PIECE_SIZE, len(body), _PIECE_SIZE):
            await self._send({**message, "body": body[first - _PIECE_SIZE : first], "more_body": True})
        rest = (len(body) - 1) // _PIECE_SIZE * _PIECE_SIZE if body else 0
        await self._send({**message, "body": body[rest:]})


def _log_request(scope: Scope, recorder: _ResponseRecorder, seconds: float) -> None:
    """Log a request on one line; control characters in the request target are escaped."""
    client: Any = scope.get("client") or ("-", 0)
    raw = scope.get("raw_path") or b""
    query = scope.get("query_string") or b""
    target = (raw + (b"?" + query if query else b""))[:500].decode("ascii", "backslashreplace")
    plain = "".join(sign if " " < sign <= "~" else f"\\x{ord(sign):02x}" for sign in target)
    access_log.info(
        "%s %s %s %d %d %.1fms", client[0], scope["method"], plain, recorder.status, recorder.size, seconds * 1000
    )
