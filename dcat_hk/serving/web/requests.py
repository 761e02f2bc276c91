"""
What handlers of requests have in common: bodies within limits, the language of a page, errors, packed results.

In: a request. Out: bytes, a language, headers; errors that tell in every language why there is no answer.

Spec: RFC 9110, sections 8.4 (content coding), 15.5.9 (request timeout) and 15.5.14 (content too large).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from ...core.errors import DcatHkError, UsageError
from ...core.languages import LANGUAGES
from .addresses import split_page_path
from .coding import MIN_LENGTH, choose_coding, pack_body
from .media import choose_language, choose_media_type, join_headers

#: Seconds to receive a body.
_BODY_TIMEOUT = 10.0
#: Fields of a query string.
_MAX_FIELDS = 100


class RequestError(Exception):
    """A request that cannot be answered, with its HTTP status; the middleware says so where a handler does not."""

    def __init__(self, status: int, message: str, texts: Mapping[str, str] | None = None) -> None:
        """Keep the status, the message in English, and in each language; programs are told in English only."""
        super().__init__(message)
        self.status, self.texts = status, texts or {LANGUAGES[-1]: message}

    @classmethod
    def of(cls, code: str, status: int, /, **values: object) -> RequestError:
        """
        Return an error that is told in every language.

        Args:
            code: The name of a file in `core/wording/errors/`, a dot, and the name of a table in it.

            status: The HTTP status.

            values: What is filled in.

        >>> RequestError.of("web.many-parameters", 400, most=100).texts["zh-Hant"]
        '參數多於100個。'
        """
        return cls.from_refusal(UsageError.of(code, **values), status)

    @classmethod
    def from_refusal(cls, error: DcatHkError, status: int) -> RequestError:
        """
        Return the error of a request that another error makes impossible.

        Args:
            error: The other error.

            status: The HTTP status.
        """
        return cls(status, str(error), {language: error.tell(language) for language in LANGUAGES})

    @property
    def lines(self) -> str:
        """Return what is told, a line for each language, English first; what is the same in two of them once."""
        told = dict.fromkeys(self.texts[tag] for tag in reversed(LANGUAGES) if tag in self.texts)
        return "".join(f"{line}\n" for line in told)


def read_query(request: Request) -> dict[str, list[str]]:
    """
    Return the parameters in the address, all values by name.

    Args:
        request: The request.

    Raises:
        RequestError: They are too many; none is passed over, so that no filter is lost.
    """
    return read_form(request.scope["query_string"].decode("latin-1"))


def read_form(text: str) -> dict[str, list[str]]:
    """
    Return the fields of a form, all values by name.

    Args:
        text: The form, as in an address.

    Raises:
        RequestError: They are too many.

    >>> read_form("a=1&b=&a=2")
    {'a': ['1', '2'], 'b': ['']}
    """
    try:
        return parse_qs(text, keep_blank_values=True, max_num_fields=_MAX_FIELDS, errors="replace")
    except ValueError as error:
        raise RequestError.of("web.many-parameters", 400, most=_MAX_FIELDS) from error


def read_json(text: str | bytes, problem: str) -> Any:
    """
    Return what a client sends as JSON; half a character, which JSON can name and nothing can be found by, is a mark.

    Args:
        text: The JSON.

        problem: The code of what is said where it is none.

    Raises:
        RequestError: It is not valid JSON.

    >>> read_json(r'["a\\ud800"]', "reconcile.json")
    ['a?']
    """
    try:
        value = json.loads(text)
        return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise RequestError.of(problem, 400) from error


def refuse_problems(list_problems: Callable[[str], Sequence[str]]) -> None:
    """
    Refuse what cannot be answered as it was asked.

    Args:
        list_problems: Returns in a language what is wrong; nothing if all is well.

    Raises:
        RequestError: Something is wrong.
    """
    problems = list_problems(LANGUAGES[-1])
    if problems:
        texts = {language: " ".join(list_problems(language)) for language in LANGUAGES}
        raise RequestError(400, " ".join(problems), texts)


async def read_body(request: Request, most: int, seconds: float = _BODY_TIMEOUT) -> bytes:
    """
    Return the body of a request.

    Args:
        request: The request.

        most: The most bytes that it may have.

        seconds: How long it may take to come.

    Raises:
        RequestError: It is longer, or did not come in time.
    """
    body = bytearray()
    length = request.headers.get("content-length", "0")
    # A number with more digits is larger, and may take long to read.
    if len(length) > len(str(most)) or int(length) > most:
        raise RequestError.of("web.body-too-large", 413)
    try:
        async with asyncio.timeout(seconds):
            async for piece in request.stream():
                body += piece
                if len(body) > most:
                    raise RequestError.of("web.body-too-large", 413)
    except TimeoutError as error:
        raise RequestError.of("web.body-too-slow", 408) from error
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


def choose_path_language(request: Request, parameters: Mapping[str, Sequence[str]]) -> str:
    """
    Return the language of a page: that of its path if it is the path of a page, else as `choose_page_language` has it.

    Args:
        request: The request.

        parameters: Its parameters: all values by name.
    """
    path = request.url.path
    return split_page_path(path)[1] if path.endswith(".html") else choose_page_language(request, parameters)


def prefers_page(request: Request) -> bool:
    """
    Return whether a client prefers a page to lines of text.

    Args:
        request: The request.
    """
    return choose_media_type(join_headers(request.headers, "accept"), ("text/plain", "text/html")) == "text/html"


async def pack_result(request: Request, body: bytes) -> tuple[bytes, dict[str, str]]:
    """
    Return a body that is sent only once, packed if the client accepts it, and the header that says so.

    Args:
        request: The request.

        body: The body.
    """
    coding = choose_coding(join_headers(request.headers, "accept-encoding"))
    if len(body) < MIN_LENGTH or not coding:
        return body, {}
    return await run_in_threadpool(pack_body, body, coding, once=True), {"Content-Encoding": coding}
