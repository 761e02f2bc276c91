"""
What handlers of requests have in common: bodies within limits, the language of a page, results in gzip.

In: a request. Out: bytes, a language, headers.

Spec: RFC 9110, sections 8.4 (content coding), 15.5.9 (request timeout) and 15.5.14 (content too large).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from ...core.languages import LANGUAGES
from .coding import GZIP, MIN_LENGTH, choose_coding, pack_body
from .media import choose_language, join_headers

#: Seconds to receive a body.
_BODY_TIMEOUT = 10.0


class RequestError(Exception):
    """A request that cannot be answered, with its HTTP status."""

    def __init__(self, status: int, message: str) -> None:
        """Keep the status and the message."""
        super().__init__(message)
        self.status = status


async def read_body(request: Request, most: int) -> bytes:
    """
    Return the body of a request.

    Args:
        request: The request.

        most: The most bytes that it may have.

    Raises:
        RequestError: It is longer, or did not come in time.
    """
    body = bytearray()
    length = request.headers.get("content-length", "0")
    # A number with more digits is larger, and may take long to read.
    if len(length) > len(str(most)) or int(length) > most:
        raise RequestError(413, "The request body is too large.")
    try:
        async with asyncio.timeout(_BODY_TIMEOUT):
            async for piece in request.stream():
                body += piece
                if len(body) > most:
                    raise RequestError(413, "The request body is too large.")
    except TimeoutError as error:
        raise RequestError(408, "The request took too long.") from error
    return bytes(body)


def choose_page_language(request: Request, parameters: Mapping[str, Sequence[str]]) -> str:
    """
    Return the language of a page: by the parameter `lang`, else by Accept-Language.

    Args:
        request: The request.

        parameters: Its parameters: all values by name.
    """
    tag = parameters.get("lang", [""])[0]
    return tag if tag in LANGUAGES else choose_language(join_headers(request.headers, "accept-language"))


async def pack_result(request: Request, body: bytes) -> tuple[bytes, dict[str, str]]:
    """
    Return a body that is sent only once, in gzip if the client accepts it, and the header that says so.

    Args:
        request: The request.

        body: The body.
    """
    if len(body) < MIN_LENGTH or not choose_coding(join_headers(request.headers, "accept-encoding")):
        return body, {}
    return await run_in_threadpool(pack_body, body, once=True), {"Content-Encoding": GZIP}
