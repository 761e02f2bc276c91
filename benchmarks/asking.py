"""
Asks a server for many things at once and says how long each took: the client of `serving.py`, a process of its own.

In: on standard input, JSON: where the server is, requests with the status that each should have, how many at a time,
how many in all, for how long. Out: on standard output, JSON: how many were answered, in which times, with what.

It speaks as much of HTTP/1.1 as answers of servers need (a length, chunks, no body) over connections that stay open,
and looks at nothing else, so that it costs little; ``--parrot`` starts a server that always says the same, to measure
how little.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count

#: How long answers are waited for after the last request was sent, in seconds.
PATIENCE = 20.0
_NO_BODY = {204, 304}


@dataclass(slots=True)
class Work:
    """What is asked, and what came of it so far."""

    requests: list[tuple[bytes, int]]
    most: int
    until: float
    turn: count[int] = field(default_factory=count)
    times: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: int = 0
    size: int = 0
    last: float = 0.0

    def next(self) -> tuple[bytes, int] | None:
        """Return the next request, None if there are no more or time is over."""
        number = next(self.turn)
        if number >= self.most or time.perf_counter() >= self.until:
            return None
        return self.requests[number % len(self.requests)]

    def note(self, seconds: float, status: int, expected: int, size: int) -> None:
        """Note an answer."""
        self.times.append(seconds)
        self.statuses[status] += 1
        self.wrong += status != expected
        self.size += size
        self.last = time.perf_counter()


class Connection(asyncio.Protocol):
    """One connection, which asks again as soon as it has an answer."""

    def __init__(self, work: Work) -> None:
        """Keep the work."""
        self._work, self.done = work, asyncio.get_running_loop().create_future()
        self._buffer, self._expected, self._began = bytearray(), 0, 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def _ask(self) -> None:
        """Send the next request, or end."""
        asked = self._work.next()
        if asked is None:
            self._transport.close()
            return
        self._buffer.clear()
        self._expected, self._began = asked[1], time.perf_counter()
        self._transport.write(asked[0])

    def data_received(self, data: bytes) -> None:
        """Take a part of an answer."""
        self._buffer += data
        whole = measure(self._buffer)
        if whole is not None:
            seconds = time.perf_counter() - self._began
            self._work.note(seconds, int(self._buffer[9:12]), self._expected, whole)
            self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        """Say that there is nothing more to come."""
        if not self.done.done():
            self.done.set_result(exc)


def measure(answer: bytearray) -> int | None:
    """Return the length of an answer, None as long as it is not whole."""
    end = answer.find(b"\r\n\r\n") + 4
    if end < 4:
        return None
    head = answer[:end].lower()
    if int(head[9:12]) in _NO_BODY:
        return end
    place = head.find(b"\r\ncontent-length:")
    if place >= 0:
        size = end + int(head[place + 17 : head.index(b"\r\n", place + 17)])
        return size if len(answer) >= size else None
    # In chunks: the last one is empty, and what comes before it is not looked at.
    return len(answer) if answer.endswith(b"\r\n0\r\n\r\n") else None


async def ask(port: int, work: Work, at_once: int) -> int:
    """Ask until all is asked; return how many requests were never answered."""
    loop = asyncio.get_running_loop()
    connections = [
        (await loop.create_connection(lambda: Connection(work), "127.0.0.1", port))[1] for _ in range(at_once)
    ]
    waiting = [connection.done for connection in connections]
    left = max(0.0, work.until - time.perf_counter())
    _done, late = await asyncio.wait(waiting, timeout=left + PATIENCE)
    return len(late) + sum(1 for one in waiting if one.done() and one.result() is not None)


def request(method: str, path: str, headers: dict[str, str]) -> bytes:
    """Return a request as it is sent."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def run(wanted: dict[str, object]) -> dict[str, object]:
    """Ask what is wanted and return figures."""
    requests = [(request("GET", path, headers), status) for path, headers, status in wanted["requests"]]  # type: ignore[attr-defined]
    began = time.perf_counter()
    seconds = float(wanted["seconds"])  # type: ignore[arg-type]
    work = Work(requests, int(wanted["most"]), began + seconds, last=began)  # type: ignore[call-overload]
    lost = asyncio.run(ask(int(wanted["port"]), work, int(wanted["at_once"])))  # type: ignore[call-overload]
    used = resource.getrusage(resource.RUSAGE_SELF)
    times = sorted(work.times) or [0.0]
    return {
        "answers": len(work.times),
        "seconds": max(work.last - began, 1e-9),
        "p50": times[len(times) // 2],
        "p99": times[min(len(times) - 1, len(times) * 99 // 100)],
        "longest": times[-1],
        "bytes": work.size,
        "wrong": work.wrong,
        "lost": lost,
        "statuses": dict(work.statuses),
        "processor": used.ru_utime + used.ru_stime,
    }


class Parrot(asyncio.Protocol):
    """A server that says the same to everything: what the client itself needs shows here."""

    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2000\r\n\r\n" + b"x" * 2000

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, _data: bytes) -> None:
        """Answer; the client sends each request in one piece."""
        self._transport.write(self.answer)


async def parrot() -> None:
    """Serve until killed, and say at which port."""
    server = await asyncio.get_running_loop().create_server(Parrot, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        if "--parrot" in sys.argv:
            asyncio.run(parrot())
        else:
            print(json.dumps(run(json.load(sys.stdin))))
