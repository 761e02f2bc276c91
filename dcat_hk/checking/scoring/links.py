"""
Addresses -> HTTP status codes, requested politely.

In: addresses. Out: status codes by address, and a file that caches them. A host gets one request at a time, with a
pause between two: HEAD first, and GET of the first byte where HEAD is refused; a few redirections are followed. An
address that is not public is not requested unless that is allowed, whatever name or redirection leads there.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from ... import __version__
from ...core.errors import NotReadable
from ...core.files import write_file
from ...core.terms import Iri
from ..sources.hosts import is_public, look_up

_AGENT = f"dcat-hk/{__version__} (metadata quality; asks each address once)"
_REDIRECTIONS = {301, 302, 303, 307, 308}
_MOST_REDIRECTIONS = 5
#: Status codes of servers that do not serve HEAD.
_NO_HEAD = {400, 403, 404, 405, 406, 500, 501, 503}
_HOSTS_AT_ONCE = 8
#: Characters that need no percent-encoding in a path or query.
_SAFE = "/%:@!$&'()*+,;=~-._"
#: Stands for the status code of a server that does not answer.
NO_ANSWER = 0


class NotPublic(Exception):
    """The host of an address is not on the public internet."""


class _TimeIsOverError(Exception):
    """The time for all requests has run out."""


@dataclass(frozen=True, slots=True)
class RequestPolicy:
    """
    How often and how long addresses are requested.

    `pause` is the number of seconds between two requests to a host, `patience` the seconds that an answer may take,
    `limit` the seconds for all requests together. An answer is used again for `age` days. `private` allows
    addresses that are not public.
    """

    pause: float = 1.0
    patience: float = 10.0
    limit: float = 600.0
    age: float = 7.0
    private: bool = False


class AnswerCache:
    """Status codes by address with the time of each, cached in a file."""

    def __init__(self, path: Path | None, age: float) -> None:
        """
        Read the file if it exists.

        Raises:
            NotReadable: The file exists but is not a cache.
        """
        self._path = path
        self._answers: dict[Iri, tuple[int, float]] = {}
        now = time.time()
        if path and path.exists():
            try:
                rows = json.loads(path.read_text(encoding="utf-8"))["answers"]
                answers = {url: (int(row["code"]), float(row["asked"])) for url, row in rows.items()}
            except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
                raise NotReadable.of("checking.answers", str(path)) from error
            # An answer of tomorrow is from before the clock was set back: nobody knows how old it is.
            self._answers = {url: row for url, row in answers.items() if now - age * 86400 <= row[1] <= now}

    def known(self, urls: Iterable[Iri]) -> dict[Iri, int]:
        """Return the cached status codes of addresses."""
        return {url: self._answers[url][0] for url in urls if url in self._answers}

    def add(self, codes: Mapping[Iri, int]) -> None:
        """Add status codes of this moment and write the file."""
        now = float(int(time.time()))
        self._answers |= {url: (code, now) for url, code in codes.items()}
        if self._path:
            rows = {url: {"code": code, "asked": asked} for url, (code, asked) in sorted(self._answers.items())}
            write_file(self._path, [json.dumps({"answers": rows}, indent=1) + "\n"])


def check_addresses(
    urls: Iterable[Iri], policy: RequestPolicy, cache: AnswerCache, progress: Callable[[int], None] = lambda _done: None
) -> dict[Iri, int]:
    """
    Return the HTTP status codes of addresses, 0 where there is no answer.

    Addresses are left out, because they were not measured, if the time ran out, if they are not public, or if they
    are not http or https.

    Args:
        urls: The addresses.

        policy: Pauses and limits.

        cache: The answers of earlier runs; new ones are added to it.

        progress: Is called with the number of addresses that are done.
    """
    addresses = sorted({url for url in urls if url.startswith(("http://", "https://"))})
    answers = cache.known(addresses)
    by_host: dict[str, list[Iri]] = {}
    for url in addresses:
        if url not in answers:
            by_host.setdefault(_host(url), []).append(url)
    checker = _AddressChecker(policy, time.monotonic() + policy.limit)
    fresh: dict[Iri, int] = {}

    def visit(host: str) -> None:
        for url in by_host[host]:
            code = checker.code(url)
            if code is not None:
                fresh[url] = code
            progress(len(answers) + len(fresh))

    try:
        with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
            list(pool.map(visit, by_host))
    finally:
        cache.add(fresh)
    return answers | fresh


def _host(url: Iri) -> str:
    """Return the host of an address; addresses without one share a queue."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


class _HostQueue:
    """The requests to one host: one at a time, with a pause between two."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.free_at = 0.0


class _AddressChecker:
    """Requests addresses until a deadline."""

    def __init__(self, policy: RequestPolicy, deadline: float) -> None:
        self._policy = policy
        self._deadline = deadline
        self._queues: dict[str, _HostQueue] = {}
        self._lock = threading.Lock()

    def code(self, url: Iri) -> int | None:
        """Return the status code of an address, 0 without an answer, None if it was not measured."""
        try:
            code = self._follow("HEAD", url)
            return self._follow("GET", url) if code in _NO_HEAD else code
        except (NotPublic, _TimeIsOverError):
            return None
        except (OSError, ValueError, http.client.HTTPException):
            # ValueError: an address or redirection that is none. What the end of time cut off was not measured.
            return None if time.monotonic() >= self._deadline else NO_ANSWER

    def _follow(self, method: str, url: Iri) -> int:
        """Return the status code after the redirections."""
        for _step in range(_MOST_REDIRECTIONS + 1):
            code, target = self._request(method, urlsplit(url))
            if code not in _REDIRECTIONS or not target:
                return code
            url = urljoin(url, target)
            if not url.startswith(("http://", "https://")):
                return NO_ANSWER
        return NO_ANSWER

    def _request(self, method: str, parts: SplitResult) -> tuple[int, str]:
        """Send a request when its host is free again; return the status code and the redirection."""
        with self._lock:
            queue = self._queues.setdefault((parts.hostname or "").lower(), _HostQueue())
        with queue.lock:
            wait = max(0.0, queue.free_at - time.monotonic())
            if time.monotonic() + wait >= self._deadline:
                raise _TimeIsOverError
            time.sleep(wait)
            try:
                return self._send(method, parts)
            finally:
                queue.free_at = time.monotonic() + self._policy.pause

    def _send(self, method: str, parts: SplitResult) -> tuple[int, str]:
        """Send a request; return the status code and the redirection."""
        patience = min(self._policy.patience, max(0.1, self._deadline - time.monotonic()))
        connection = _connection(parts, patience, self._policy.private)
        path = quote(parts.path or "/", safe=_SAFE) + (
            f"?{quote(parts.query, safe=_SAFE + '?[]')}" if parts.query else ""
        )
        headers = {"User-Agent": _AGENT, "Accept": "*/*", "Connection": "close"}
        if method == "GET":
            headers["Range"] = "bytes=0-0"
        # A server that sends a byte now and then would never exceed the time that is allowed between two.
        guard = threading.Timer(patience, _cut, [connection.sock])
        guard.start()
        try:
            connection.request(method, path, headers=headers)
            # The body is never read: a server that ignores the range could send any amount.
            with connection.getresponse() as response:
                return response.status, response.getheader("Location") or ""
        finally:
            guard.cancel()
            connection.close()


def _cut(wire: socket.socket) -> None:
    """Shut a connection down while another thread waits for it."""
    with contextlib.suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)


def _connection(parts: SplitResult, patience: float, private: bool) -> http.client.HTTPConnection:
    """Return a connection to the IP address that was checked, so that the name cannot resolve to another one."""
    if not parts.hostname:
        raise ValueError("no host")
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    endpoints = look_up(parts.hostname, port)
    if not private and not all(is_public(endpoint[0]) for endpoint in endpoints):
        raise NotPublic(parts.hostname)
    connection = http.client.HTTPConnection(parts.hostname, port, timeout=patience)
    connection.default_port = 443 if secure else 80
    wire = _open_socket(endpoints, patience)
    try:
        connection.sock = _encrypt(wire, parts.hostname) if secure else wire
    except OSError:
        wire.close()
        raise
    return connection


def _open_socket(endpoints: Sequence[tuple[Any, ...]], patience: float) -> socket.socket:
    """Return a connection to the first of several IP addresses that accepts one: not every machine has IPv6."""
    problem = OSError("no IP address")
    for endpoint in endpoints:
        try:
            wire = socket.create_connection(endpoint[:2], timeout=patience / len(endpoints))
        except OSError as error:
            problem = error
        else:
            wire.settimeout(patience)
            return wire
    raise problem


def _encrypt(wire: socket.socket, host: str) -> ssl.SSLSocket:
    """Return a connection over TLS with the certificate of the host verified."""
    return ssl.create_default_context().wrap_socket(wire, server_hostname=host)
