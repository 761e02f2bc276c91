"""
HTTP to a store: one request at a time, tried again when that is safe, and every failure an error of ours.

In: method, address, body. Out: status, headers, the body in a file of limited size. Redirects are not followed,
because a body and a password should go only where they were sent.
"""

from __future__ import annotations

import email.utils
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any

import httpx

from ... import __version__
from ...core.errors import NoAnswerError, StoreError
from ...core.text import printable
from .access import Access

#: What may be better the next time: too many requests, and failures of server or gateway.
_PASSING = {429, 500, 502, 503, 504}
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 60.0
_LARGEST_ANSWER = 1 << 30
_IN_MEMORY = 1 << 20
_EXCERPT = 160
#: How long until a connection stands; reading and writing have the time that the caller gives.
_CONNECT = 10.0
#: How many times as long as silence a whole answer may last, from when everything was sent: a store may drip.
_DRIPPING = 4


@dataclass(slots=True)
class Answer:
    """What a store answered. A context manager: on leaving, the body is gone."""

    status: int
    headers: Mapping[str, str]
    body: IO[bytes]

    def __enter__(self) -> Answer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.body.close()

    @property
    def is_good(self) -> bool:
        """Return whether the store did what was asked."""
        return 200 <= self.status < 300

    @property
    def kind(self) -> str:
        """Return the media type of the body."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def excerpt(self) -> str:
        """Return the beginning of the body on one line, without what a terminal would obey."""
        self.body.seek(0)
        return one_line(self.body.read(4 * _EXCERPT).decode(errors="replace"))[:_EXCERPT]


def one_line(text: str) -> str:
    """
    Return text of a stranger on one line, without what a terminal would obey.

    >>> one_line("a\\x1b[31m\\n  b\\u202e")
    'a\ufffd[31m b\ufffd'
    """
    return printable(" ".join(text.split()))


class Client:
    """
    Speaks with stores. A context manager.

    Args:
        access: How to be let in.

        timeout: Seconds without anything sent or received after which a request has failed; so has one whose answer is
            not whole four times as long after everything was sent.

        retries: How often a request is tried again.

        deadline: Seconds that a request may take in all, with every try; None for no such limit.

        pause: Waits some seconds.
    """

    def __init__(
        self,
        access: Access,
        timeout: float = 300.0,
        retries: int = 4,
        deadline: float | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Open no connection yet."""
        self._access, self._retries, self._pause, self._deadline = access, retries, pause, deadline
        headers = {"User-Agent": f"dcat-hk/{__version__}"}
        if access.kind == "bearer":
            headers["Authorization"] = f"Bearer {access.token}"
        self._auth = _scheme(access, access.kind)
        self._socket: socket.socket | None = None
        self._late = False
        self._patience, self._watch = _DRIPPING * timeout, threading.Timer(0, self._cut)
        self._http = httpx.Client(
            headers=headers, timeout=httpx.Timeout(timeout, connect=min(_CONNECT, timeout)), follow_redirects=False
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._http.close()

    def send(
        self,
        method: str,
        address: str,
        params: Mapping[str, str] | None = None,
        body: Iterable[bytes] | bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """
        Send a request that can be repeated without harm, and return the answer, good or not.

        Args:
            method: GET, PUT, DELETE, or POST of something that may be said twice.

            address: Where to.

            params: What is put behind the address.

            body: Bytes, or something that gives them as often as it is asked.

            headers: Further headers.

        Raises:
            NoAnswerError: No try brought an answer.

            StoreError: The store does not let us in, or would have us go elsewhere.
        """
        tries, until = 0, None if self._deadline is None else time.monotonic() + self._deadline
        while True:
            pause = _FIRST_PAUSE * 2**tries
            try:
                with self._cut_at(until):
                    answer = self._try(method, address, params, body, headers, until)
            except (httpx.TransportError, httpx.DecodingError) as error:
                if self._late:
                    raise self._too_long(address) from error
                if tries >= self._retries or not _is_time(until, pause):
                    raise NoAnswerError(*_lost(error, address, tries + 1)) from error
            else:
                pause = _asked_pause(answer.headers.get("retry-after", "")) or pause
                if answer.status not in _PASSING or tries >= self._retries or not _is_time(until, pause):
                    _refuse(answer, address)
                    return answer
                answer.body.close()
            self._pause(pause)
            tries += 1

    @contextmanager
    def _cut_at(self, until: float | None) -> Iterator[None]:
        """Cut the connection at a time: a store that sends a byte now and then never lets reading time out."""
        self._late = False
        if until is None:
            yield
            return
        timer = threading.Timer(max(0.0, until - time.monotonic()), self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        """Cut the connection."""
        self._late = True
        with suppress(OSError):
            if self._socket is not None:
                self._socket.shutdown(socket.SHUT_RDWR)

    def _note(self, event: str, info: Mapping[str, Any]) -> None:
        """Remember the connection that was made, so that it can be cut."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._socket = info["return_value"].get_extra_info("socket")
            if self._late:
                self._cut()
        elif event.endswith(".send_request_body.complete"):
            self._watch.cancel()
            self._watch = threading.Timer(self._patience, self._cut)
            self._watch.daemon = True
            self._watch.start()

    def _too_long(self, address: str) -> StoreError:
        """Return the error that time is up: it is not known what the store did."""
        limit = min(self._patience, self._deadline or self._patience)
        return NoAnswerError(f"The answer took longer than {limit:g} seconds.", address, "Ask for less.")

    def _try(self, method: str, address: str, params: Any, body: Any, headers: Any, until: float | None) -> Answer:
        """Send a request once; twice if the store says only then how to be let in."""
        answer = self._receive(method, address, params, body, headers, until)
        if answer.status == 401 and self._auth is None and self._access.kind == "auto":
            asked = answer.headers.get("www-authenticate", "").lower()
            kind = next((kind for kind in ("digest", "basic") if kind in asked), "")
            if kind:
                answer.body.close()
                self._auth = _scheme(self._access, kind)
                answer = self._receive(method, address, params, body, headers, until)
        return answer

    def _receive(self, method: str, address: str, params: Any, body: Any, headers: Any, until: float | None) -> Answer:
        """Send a request and read the answer into a file."""
        auth = self._auth or httpx.USE_CLIENT_DEFAULT
        traced = {"trace": self._note}
        request = self._http.stream(
            method, address, params=params, content=body, headers=headers, auth=auth, extensions=traced
        )
        file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed with the answer
        try:
            with request as response:
                self._copy(response.iter_bytes(), file, address, until)
                return Answer(response.status_code, response.headers, file)
        except BaseException:
            file.close()
            raise
        finally:
            self._watch.cancel()

    def _copy(self, blocks: Iterable[bytes], file: IO[bytes], address: str, until: float | None) -> None:
        """Write a body into a file, within bounds of size and time."""
        size = 0
        for block in blocks:
            size += len(block)
            if size > _LARGEST_ANSWER:
                raise StoreError("The answer is larger than 1 GB.", address, "Ask for less, with LIMIT.")
            if until is not None and time.monotonic() > until:
                raise self._too_long(address)
            file.write(block)
        file.seek(0)


def _is_time(until: float | None, pause: float) -> bool:
    """Tell whether there is time for another try after a pause."""
    return until is None or time.monotonic() + pause < until


def _scheme(access: Access, kind: str) -> httpx.Auth | None:
    """Return what proves to a store who we are."""
    if kind == "basic":
        return httpx.BasicAuth(access.user, access.password)
    if kind == "digest":
        return httpx.DigestAuth(access.user, access.password)
    return None


def _lost(error: httpx.HTTPError, address: str, tries: int) -> tuple[str, str, str]:
    """Return what to say of a connection that failed."""
    said = one_line(str(error)) or type(error).__name__
    times = f" ({tries} tries)" if tries > 1 else ""
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return f"The store cannot be reached: {said}{times}.", address, "Check the address and that the store runs."
    if isinstance(error, httpx.TimeoutException):
        return f"The store did not answer in time{times}.", address, "Try again, or give it more time with --timeout."
    return f"The connection was lost: {said}{times}.", address, "Try again."


def _refuse(answer: Answer, address: str) -> None:
    """Raise if a store does not let us in or sends us elsewhere."""
    if answer.status in {401, 403, 407}:
        answer.body.close()
        raise StoreError(
            f"The store refuses who we are ({answer.status}).",
            address,
            "Check user and password, or token, and what they may do.",
        )
    if 300 <= answer.status < 400:
        answer.body.close()
        target = one_line(answer.headers.get("location", "elsewhere"))[:_EXCERPT]
        raise StoreError(f"The store sends us on to {target}.", address, "Give that address if you trust it.")


def _asked_pause(stated: str) -> float:
    """Return the seconds that a store asks to wait, within bounds; nothing if it does not say."""
    if stated.strip().isdecimal():
        return min(float(stated), _LONGEST_PAUSE)
    try:
        then = email.utils.parsedate_to_datetime(stated)
        return max(0.0, min(then.timestamp() - time.time(), _LONGEST_PAUSE))
    except (TypeError, ValueError):
        return 0.0
