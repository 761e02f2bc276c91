"""
Addresses of the portal -> their answers, asked for as a guest does: one at a time, with pauses, and no other host.

In: addresses. Out: bytes. What is busy, broken off or no data is asked for again after growing pauses; how long a
server asks to wait counts. Only hosts of the settings are asked, also where an answer leads elsewhere. Every answer has
limits of size and time.

Spec: RFC 9110, sections 10.1.5 (User-Agent), 10.2.3 (Retry-After) and 15 (status codes).
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import httpx

from .. import __version__
from ..core.answers import AnswerTooLarge, join_blocks, read_http_date, work_within
from ..core.errors import FindingText, InputError, UsageError
from ..core.text import printable
from ..core.wording.refusals import EnglishReason, Phrase
from .contents import NotPortalData

#: Bytes that an answer may have, and seconds that it may take.
SIZE = 200_000_000
TIME = 120.0
#: Seconds that a server may be silent.
_SILENCE = 30.0
#: How often an address is asked for at most.
TRIES = 6
#: Seconds of the longest pause; who is asked to wait longer ends, and can go on another time.
LONGEST = 600.0
_ACCEPT = "application/json, application/xml, */*;q=0.1"
_REDIRECTIONS = {301, 302, 303, 307, 308}
_MOST_REDIRECTIONS = 5
_BUSY = {408, 425, 429, 500, 502, 503, 504}


class PortalFailed(InputError):
    """The portal gave no good answer, however often it was asked; another time it may."""


class _AskAgain(Exception):
    """An answer that may be better the next time: why it is none, and how long the server asks to wait."""

    def __init__(self, reason: Phrase, wait: float = 0.0) -> None:
        super().__init__(reason, wait)
        self.reason, self.wait = reason, wait


class PortalClient:
    """
    Asks the portal. Use it in a `with` block.

    Args:
        hosts: The addresses of the settings, whose hosts may be asked.

        pause: Seconds between two requests.

        contact: How whoever runs this can be reached; empty for nothing.

        sleep: Waits for some seconds.

        told: Called with a reason and the seconds of a pause before an address is asked for again.
    """

    def __init__(
        self,
        hosts: Collection[str],
        pause: float,
        contact: str = "",
        sleep: Callable[[float], None] = time.sleep,
        told: Callable[[Phrase, float], None] = lambda _reason, _pause: None,
    ) -> None:
        """Open no connection yet."""
        self._origins = {_origin(one) for one in hosts if one}
        self._pause, self._sleep, self._told = pause, sleep, told
        self._ended = float("-inf")
        reached = f"; +{contact}" if contact and contact.isascii() else ""
        agent = f"dcat-hk/{__version__} (portal fetch; one request at a time{reached})"
        # No compression: some bytes could become any number of them before they can be counted.
        headers = {"User-Agent": agent, "Accept-Encoding": "identity"}
        self._http = httpx.Client(headers=headers, timeout=_SILENCE, follow_redirects=False)

    def __enter__(self) -> PortalClient:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """Close connections."""
        self._http.close()

    def ask(self, address: str, check: Callable[[bytes], object], tries: int = TRIES) -> bytes:
        """
        Return what an address answers, once that is what it should be.

        Args:
            address: The address.

            check: Looks at an answer, and raises `NotPortalData` for one that is none.

            tries: How often to ask at most.

        Raises:
            PortalFailed: There is no good answer.

            UsageError: The host is none of the settings.
        """
        for number in range(1, tries + 1):
            try:
                data = self._ask_politely(address)
                check(data)
                return data
            except NotPortalData as error:
                # Also a refusal in words: a portal that is busy says so in its own way.
                again = _AskAgain(Phrase("portal.no-data", {"reason": FindingText(error.finding, "message")}))
            except _AskAgain as error:
                again = error
            pause = max(self._pause * 2**number, again.wait)
            if number == tries or pause > LONGEST:
                raise _failed(address, again.reason)
            self._told(again.reason, pause)
            self._sleep(pause)
        raise AssertionError

    def _ask_politely(self, address: str) -> bytes:
        """Return what an address answers, a pause after the last answer."""
        waited = time.monotonic() - self._ended
        if waited < self._pause:
            self._sleep(self._pause - waited)
        try:
            return work_within(lambda: self._follow(address), TIME)
        except TimeoutError as error:
            raise _AskAgain(Phrase("portal.silent")) from error
        finally:
            self._ended = time.monotonic()

    def _follow(self, address: str) -> bytes:
        """Return what stands at the end of the redirections."""
        at = address
        for _step in range(_MOST_REDIRECTIONS + 1):
            if _origin(at) not in self._origins:
                raise UsageError.of("portal.other-host", printable(at))
            answer = self._ask_once(at)
            if isinstance(answer, bytes):
                return answer
            at = answer
        raise _failed(address, Phrase("portal.redirections", {"most": _MOST_REDIRECTIONS}))

    def _ask_once(self, at: str) -> bytes | str:
        """Return an answer, or where it sends us."""
        try:
            request = self._http.build_request("GET", at, headers={"Accept": _ACCEPT})
            with contextlib.closing(self._http.send(request, stream=True)) as response:
                if response.status_code in _REDIRECTIONS and "location" in response.headers:
                    return urljoin(at, response.headers["location"])
                if response.status_code in _BUSY:
                    reason = Phrase("portal.status", {"status": str(response.status_code)})
                    raise _AskAgain(reason, find_wait(response.headers.get("retry-after", "")))
                if response.status_code != 200:
                    raise _failed(at, Phrase("portal.status", {"status": str(response.status_code)}))
                return join_blocks(response.iter_bytes(), SIZE)
        except AnswerTooLarge as error:
            raise _failed(at, Phrase("portal.large", {"most": SIZE})) from error
        except httpx.TimeoutException as error:
            raise _AskAgain(Phrase("portal.silent")) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            values = {"reason": EnglishReason(printable(str(error)).rstrip(".") or type(error).__name__)}
            raise _AskAgain(Phrase("portal.connection", values)) from error


def find_wait(stated: str, now: datetime | None = None) -> float:
    """
    Return how many seconds a server asks to wait; 0 where it does not say so.

    Args:
        stated: The value of Retry-After: seconds, or a date.

        now: The time; None for now.

    >>> find_wait("120"), find_wait("soon"), find_wait("")
    (120.0, 0.0, 0.0)
    >>> find_wait("Fri, 01 Jan 2027 00:00:30 GMT", datetime(2027, 1, 1, tzinfo=UTC))
    30.0

    Spec: RFC 9110, section 10.2.3.
    """
    stated = stated.strip()
    if stated.isdecimal() and stated.isascii():
        return float(stated[:9])
    date = read_http_date(stated)
    return max(0.0, (date - (now or datetime.now(UTC))).total_seconds()) if date else 0.0


def _origin(address: str) -> tuple[str, str, int | None]:
    """Return scheme, host and port of an address; nothing that a setting has if it is none of http."""
    try:
        parts = urlsplit(address)
        return parts.scheme.lower(), (parts.hostname or "").lower(), parts.port
    except ValueError:
        return "", "", None


def _failed(address: str, reason: Phrase) -> PortalFailed:
    """Return what to raise for an address that gives nothing."""
    return PortalFailed.of("portal.failed", printable(address), reason=reason)
