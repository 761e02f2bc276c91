"""
HTTP client for stores: one request at a time, retried when that is safe; every failure is a `StoreError`.

In: method, address, body. Out: status, headers, and the body in a file of limited size. Redirects are not followed,
so that data and credentials reach only the address that the user gave.
"""

from __future__ import annotations

import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from ... import __version__
from ...core.answers import read_http_date
from ...core.errors import NoAnswerError, StoreError
from ...core.text import printable
from ...core.wording.refusals import EnglishReason, Phrase
from .access import Credentials

if TYPE_CHECKING:
    # It takes long to import, and folders are asked without it.
    import httpx

#: Statuses after which a retry may succeed: too many requests, and failures of the server or a gateway.
_TRANSIENT_STATUSES = {429, 500, 502, 503, 504}
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 60.0
_MAX_RESPONSE = 1 << 30
_IN_MEMORY = 1 << 20
_EXCERPT = 160
#: Seconds to establish a connection; the caller gives the timeout for reading and writing.
_CONNECT_TIMEOUT = 10.0
#: A whole response may take this many times the timeout after the request was sent; without this limit a store that
#: sends a byte now and then would never time out.
_RESPONSE_FACTOR = 4


@dataclass(slots=True)
class StoreResponse:
    """A response of a store. A context manager that closes the body on exit."""

    status: int
    headers: Mapping[str, str]
    body: IO[bytes]

    def __enter__(self) -> StoreResponse:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.body.close()

    @property
    def is_success(self) -> bool:
        """Return whether the request succeeded."""
        return 200 <= self.status < 300

    @property
    def media_type(self) -> str:
        """Return the media type of the body."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def excerpt(self) -> str:
        """Return the beginning of the body on one line, without control characters."""
        self.body.seek(0)
        return one_line(self.body.read(4 * _EXCERPT).decode(errors="replace"))[:_EXCERPT]


def one_line(text: str) -> str:
    """
    Return untrusted text on one line, without control and direction characters.

    >>> one_line("a\\x1b[31m\\n  b\\u202e")
    'a\ufffd[31m b\ufffd'
    """
    return printable(" ".join(text.split()))


class StoreClient:
    """
    An HTTP client for stores. A context manager.

    Args:
        credentials: Credentials for the store.

        timeout: Seconds without any data sent or received after which a request fails. A request also fails if the
            response is not complete within four times this timeout after the request was sent.

        retries: How often a request is retried.

        deadline: Seconds that a request may take in all, with retries; None for no limit.

        pause: Function that waits for a number of seconds.
    """

    def __init__(
        self,
        credentials: Credentials,
        timeout: float = 300.0,
        retries: int = 4,
        deadline: float | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Prepare the client; connections are opened by `send`."""
        import httpx

        self._credentials, self._retries, self._pause, self._deadline = credentials, retries, pause, deadline
        headers = {"User-Agent": f"dcat-hk/{__version__}"}
        if credentials.scheme == "bearer":
            headers["Authorization"] = f"Bearer {credentials.token}"
        self._auth = _make_auth(credentials, credentials.scheme)
        self._socket: socket.socket | None = None
        self._timed_out = False
        self._response_timeout, self._response_timer = (
            _RESPONSE_FACTOR * timeout,
            threading.Timer(0, self._close_connection),
        )
        self._http = httpx.Client(
            headers=headers,
            timeout=httpx.Timeout(timeout, connect=min(_CONNECT_TIMEOUT, timeout)),
            follow_redirects=False,
        )

    def __enter__(self) -> StoreClient:
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
    ) -> StoreResponse:
        """
        Send an idempotent request and return the response, whether it succeeded or not.

        Args:
            method: GET, PUT, DELETE, or POST if the request is idempotent.

            address: The address.

            params: Query parameters.

            body: Bytes, or an iterable that yields them each time it is iterated.

            headers: Additional headers.

        Raises:
            NoAnswerError: There was no response to any attempt.

            StoreError: The store refuses the credentials, or redirects.
        """
        import httpx

        tries, until = 0, None if self._deadline is None else time.monotonic() + self._deadline
        while True:
            pause = _FIRST_PAUSE * 2**tries
            try:
                with self._limit_time(until):
                    response = self._send_once(method, address, params, body, headers, until)
            except (httpx.TransportError, httpx.DecodingError) as error:
                if self._timed_out:
                    raise self._make_timeout_error(address) from error
                if tries >= self._retries or not _has_time(until, pause):
                    raise _describe_failure(error, address, tries + 1) from error
            else:
                pause = _read_retry_after(response.headers.get("retry-after", "")) or pause
                if response.status not in _TRANSIENT_STATUSES or tries >= self._retries or not _has_time(until, pause):
                    _check_refusal(response, address)
                    return response
                response.body.close()
            self._pause(pause)
            tries += 1

    @contextmanager
    def _limit_time(self, until: float | None) -> Iterator[None]:
        """Close the connection at a given time, even if the store keeps sending a byte now and then."""
        self._timed_out = False
        if until is None:
            yield
            return
        timer = threading.Timer(max(0.0, until - time.monotonic()), self._close_connection)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _close_connection(self) -> None:
        """Close the connection, so that a blocked read or write fails."""
        self._timed_out = True
        with suppress(OSError):
            if self._socket is not None:
                self._socket.shutdown(socket.SHUT_RDWR)

    def _trace_connection(self, event: str, info: Mapping[str, Any]) -> None:
        """Note the socket of a new connection; start the response timer when the request has been sent."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._socket = info["return_value"].get_extra_info("socket")
            if self._timed_out:
                self._close_connection()
        elif event.endswith(".send_request_body.complete"):
            self._response_timer.cancel()
            self._response_timer = threading.Timer(self._response_timeout, self._close_connection)
            self._response_timer.daemon = True
            self._response_timer.start()

    def _make_timeout_error(self, address: str) -> StoreError:
        """Return the error for a response that took too long; what the store did is not known."""
        limit = min(self._response_timeout, self._deadline or self._response_timeout)
        return NoAnswerError.of("stores.slow-response", address, seconds=float(limit))

    def _send_once(
        self, method: str, address: str, params: Any, body: Any, headers: Any, until: float | None
    ) -> StoreResponse:
        """Send a request once, and again with credentials if the response names the authentication scheme."""
        response = self._receive(method, address, params, body, headers, until)
        if response.status == 401 and self._auth is None and self._credentials.scheme == "auto":
            challenge = response.headers.get("www-authenticate", "").lower()
            scheme = next((scheme for scheme in ("digest", "basic") if scheme in challenge), "")
            if scheme:
                response.body.close()
                self._auth = _make_auth(self._credentials, scheme)
                response = self._receive(method, address, params, body, headers, until)
        return response

    def _receive(
        self, method: str, address: str, params: Any, body: Any, headers: Any, until: float | None
    ) -> StoreResponse:
        """Send a request and read the response into a file."""
        import httpx

        auth = self._auth or httpx.USE_CLIENT_DEFAULT
        traced = {"trace": self._trace_connection}
        request = self._http.stream(
            method, address, params=params, content=body, headers=headers, auth=auth, extensions=traced
        )
        file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed with the response
        try:
            with request as response:
                self._copy_body(response.iter_bytes(), file, address, until)
                return StoreResponse(response.status_code, response.headers, file)
        except BaseException:
            file.close()
            raise
        finally:
            self._response_timer.cancel()

    def _copy_body(self, blocks: Iterable[bytes], file: IO[bytes], address: str, until: float | None) -> None:
        """Write a body into a file, within limits of size and time."""
        size = 0
        for block in blocks:
            size += len(block)
            if size > _MAX_RESPONSE:
                raise StoreError.of("stores.too-large", address)
            if until is not None and time.monotonic() > until:
                raise self._make_timeout_error(address)
            file.write(block)
        file.seek(0)


def _has_time(until: float | None, pause: float) -> bool:
    """Return whether there is time for another attempt after a pause."""
    return until is None or time.monotonic() + pause < until


def _make_auth(credentials: Credentials, scheme: str) -> httpx.Auth | None:
    """Return the HTTP authentication for a scheme, None if there is none."""
    import httpx

    if scheme == "basic":
        return httpx.BasicAuth(credentials.user, credentials.password)
    if scheme == "digest":
        return httpx.DigestAuth(credentials.user, credentials.password)
    return None


def _describe_failure(error: httpx.HTTPError, address: str, tries: int) -> NoAnswerError:
    """Return the error for a connection that failed."""
    import httpx

    reason = EnglishReason(one_line(str(error)).rstrip(".") or type(error).__name__)
    times = Phrase("stores.attempts", {"count": tries}) if tries > 1 else ""
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return NoAnswerError.of("stores.unreached", address, reason=reason, times=times)
    if isinstance(error, httpx.TimeoutException):
        return NoAnswerError.of("stores.no-response", address, times=times)
    return NoAnswerError.of("stores.connection-lost", address, reason=reason, times=times)


def _check_refusal(response: StoreResponse, address: str) -> None:
    """Raise an error if a store refuses the credentials or redirects."""
    if response.status in {401, 403, 407}:
        response.body.close()
        raise StoreError.of("stores.refused", address, status=response.status)
    if 300 <= response.status < 400:
        response.body.close()
        target = one_line(response.headers.get("location", ""))[:_EXCERPT]
        raise StoreError.of("stores.redirects", address, target=target or Phrase("stores.elsewhere"))


def _read_retry_after(stated: str) -> float:
    """Return the seconds in a Retry-After header, within limits; 0 if there are none."""
    if stated.strip().isdecimal():
        return min(float(stated), _LONGEST_PAUSE)
    then = read_http_date(stated)
    return max(0.0, min(then.timestamp() - time.time(), _LONGEST_PAUSE)) if then else 0.0
