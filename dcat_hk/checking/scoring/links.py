"""
Addresses -> HTTP codes, asked politely.

In: addresses. Out: codes by address, and a file that keeps them. One request at a time to a host, with a pause
between two; HEAD first, and where that is refused GET of the first byte; redirections are followed a few times. Nothing
that is not public on the internet is asked unless that is wanted, whatever name or redirection leads there.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
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

_AGENT = f"dcat-hk/{__version__} (metadata quality; asks each address once)"
_REDIRECTIONS = {301, 302, 303, 307, 308}
_MOST_REDIRECTIONS = 5
#: Codes by which servers say that they do not serve HEAD.
_NO_HEAD = {400, 403, 404, 405, 406, 500, 501, 503}
_HOSTS_AT_ONCE = 8
#: What may stand in a path or query as it is; everything else is percent-encoded.
_SAFE = "/%:@!$&'()*+,;=~-._"
#: What an answer is when there is none.
NO_ANSWER = 0


class NotPublic(Exception):
    """An address leads to a place that is not on the public internet."""


class _TimeIsOverError(Exception):
    """There is no time left for another request."""


@dataclass(frozen=True, slots=True)
class Manners:
    """
    How addresses are asked.

    `pause` seconds lie between two requests to a host, an answer may take `patience` seconds, all together
    `limit`; what was asked less than `age` days ago is not asked again; `private` allows addresses
    that are not public.
    """

    pause: float = 1.0
    patience: float = 10.0
    limit: float = 600.0
    age: float = 7.0
    private: bool = False


class Memory:
    """Codes by address with the time they are from, kept in a file."""

    def __init__(self, path: Path | None, age: float) -> None:
        """
        Read the file, if there is one.

        Raises:
            NotReadable: The file is there but is none of ours.
        """
        self._path = path
        self._kept: dict[Iri, tuple[int, float]] = {}
        oldest = time.time() - age * 86400
        if path and path.exists():
            try:
                rows = json.loads(path.read_text(encoding="utf-8"))["answers"]
                kept = {url: (int(row["code"]), float(row["asked"])) for url, row in rows.items()}
            except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
                raise NotReadable("The file of answers cannot be read.", str(path), "Remove it.") from error
            self._kept = {url: row for url, row in kept.items() if row[1] >= oldest}

    def known(self, urls: Iterable[Iri]) -> dict[Iri, int]:
        """Return the codes of addresses that were asked lately."""
        return {url: self._kept[url][0] for url in urls if url in self._kept}

    def keep(self, codes: Mapping[Iri, int]) -> None:
        """Add codes of just now and write the file."""
        now = float(int(time.time()))
        self._kept |= {url: (code, now) for url, code in codes.items()}
        if self._path:
            rows = {url: {"code": code, "asked": asked} for url, (code, asked) in sorted(self._kept.items())}
            write_file(self._path, [json.dumps({"answers": rows}, indent=1) + "\n"])


def ask(
    urls: Iterable[Iri], manners: Manners, memory: Memory, progress: Callable[[int], None] = lambda _done: None
) -> dict[Iri, int]:
    """
    Return the HTTP codes of addresses, 0 where there is no answer.

    Addresses for which time did not suffice, that are not public or not of the web are left out: they were not
    measured.

    Args:
        urls: The addresses.

        manners: How they are asked.

        memory: What was asked before; new answers are kept in it.

        progress: Is told how many addresses are done with.
    """
    wanted = sorted({url for url in urls if url.startswith(("http://", "https://"))})
    answers = memory.known(wanted)
    by_host: dict[str, list[Iri]] = {}
    for url in wanted:
        if url not in answers:
            by_host.setdefault(_host(url), []).append(url)
    asker = _Asker(manners, time.monotonic() + manners.limit)
    fresh: dict[Iri, int] = {}

    def visit(host: str) -> None:
        for url in by_host[host]:
            code = asker.code(url)
            if code is not None:
                fresh[url] = code
            progress(len(answers) + len(fresh))

    try:
        with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
            list(pool.map(visit, by_host))
    finally:
        memory.keep(fresh)
    return answers | fresh


def _host(url: Iri) -> str:
    """Return the host that an address names; addresses that name none share one place in the queue."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


class _Gate:
    """Lets one request at a time through to a host, with a pause between two."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.free_at = 0.0


class _Asker:
    """Asks addresses until a time."""

    def __init__(self, manners: Manners, deadline: float) -> None:
        self._manners = manners
        self._deadline = deadline
        self._gates: dict[str, _Gate] = {}
        self._lock = threading.Lock()

    def code(self, url: Iri) -> int | None:
        """Return the code of one address, 0 without an answer, None if it may not be asked or time is over."""
        try:
            code = self._follow("HEAD", url)
            return self._follow("GET", url) if code in _NO_HEAD else code
        except (NotPublic, _TimeIsOverError):
            return None
        except (OSError, ValueError, http.client.HTTPException):
            # ValueError: an address or redirection that is none. What the end of time cut off was not measured.
            return None if time.monotonic() >= self._deadline else NO_ANSWER

    def _follow(self, method: str, url: Iri) -> int:
        """Return the code at the end of the redirections."""
        for _step in range(_MOST_REDIRECTIONS + 1):
            code, target = self._request(method, urlsplit(url))
            if code not in _REDIRECTIONS or not target:
                return code
            url = urljoin(url, target)
            if not url.startswith(("http://", "https://")):
                return NO_ANSWER
        return NO_ANSWER

    def _request(self, method: str, parts: SplitResult) -> tuple[int, str]:
        """Return the code and the redirection of one request, when it is the host's turn."""
        with self._lock:
            gate = self._gates.setdefault((parts.hostname or "").lower(), _Gate())
        with gate.lock:
            wait = max(0.0, gate.free_at - time.monotonic())
            if time.monotonic() + wait >= self._deadline:
                raise _TimeIsOverError
            time.sleep(wait)
            try:
                return self._send(method, parts)
            finally:
                gate.free_at = time.monotonic() + self._manners.pause

    def _send(self, method: str, parts: SplitResult) -> tuple[int, str]:
        """Return the code and the redirection of one request."""
        patience = min(self._manners.patience, max(0.1, self._deadline - time.monotonic()))
        connection = _connection(parts, patience, self._manners.private)
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
    """End a connection from outside."""
    with contextlib.suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)


def _connection(parts: SplitResult, patience: float, private: bool) -> http.client.HTTPConnection:
    """Return a connection to the very address that was looked at, so that a name cannot lead elsewhere meanwhile."""
    if not parts.hostname:
        raise ValueError("no host")
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    found = _look_up(parts.hostname, port)
    if not private and not all(_is_public(place[0]) for place in found):
        raise NotPublic(parts.hostname)
    connection = http.client.HTTPConnection(parts.hostname, port, timeout=patience)
    connection.default_port = 443 if secure else 80
    wire = socket.create_connection(found[0][:2], timeout=patience)
    try:
        connection.sock = _encrypt(wire, parts.hostname) if secure else wire
    except OSError:
        wire.close()
        raise
    return connection


def _encrypt(wire: socket.socket, host: str) -> ssl.SSLSocket:
    """Return a connection behind TLS, with the host's certificate checked."""
    return ssl.create_default_context().wrap_socket(wire, server_hostname=host)


def _look_up(host: str, port: int) -> Sequence[tuple[Any, ...]]:
    """Return the internet addresses of a host."""
    return [found[4] for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _is_public(address: str) -> bool:
    """
    Return whether an internet address is on the public internet.

    >>> _is_public("8.8.8.8"), _is_public("127.0.0.1"), _is_public("::ffff:10.0.0.1"), _is_public("169.254.169.254")
    (True, False, False, False)
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    return found.is_global and not found.is_multicast
