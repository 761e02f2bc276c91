"""
A folder -> a server on this machine: runs until it is told to stop, then lets requests finish.

In: a folder, an address. Out: nothing; it serves.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from ...core.errors import UsageError
from .app import make_app
from .host import Host, Options

#: How long a client may take to send a request, and to read any part of an answer, in seconds.
_TO_ASK, _TO_READ = 20.0, 30.0
#: How often connections are looked at.
_PERIOD = 2.0
#: How many connections there may be at a time, and how long requests may take to finish when the server stops.
_CONNECTIONS, _TO_FINISH = 500, 10


class Patient(H11Protocol):
    """A connection that is given up when the client neither asks nor reads."""

    def connection_made(self, transport: Any) -> None:
        """Begin to look at the connection."""
        super().connection_made(transport)
        self._asked_since = self._read_since = self.loop.time()
        self._unread = 0
        self._look_again = self.loop.call_later(_PERIOD, self._look)
        self._make_room()

    @property
    def _is_waiting(self) -> bool:
        """Tell whether no request is being answered."""
        return self.cycle is None or self.cycle.response_complete

    def _make_room(self) -> None:
        """Give up the connection that has waited longest for a request if there are too many: others want to ask."""
        if len(self.connections) <= _CONNECTIONS:
            return
        waiting = (one for one in self.connections if isinstance(one, Patient) and one is not self and one._is_waiting)
        longest = min(waiting, key=lambda one: one._asked_since, default=None)
        if longest is not None:
            self.connections.discard(longest)
            longest.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        self._look_again.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Let the time for the next request begin."""
        self._asked_since = self.loop.time()
        super().on_response_complete()

    def _look(self) -> None:
        """Give the connection up if nothing moves."""
        now, unread = self.loop.time(), self.transport.get_write_buffer_size()
        if unread == 0 or unread != self._unread:
            self._read_since, self._unread = now, unread
        if now - self._read_since > _TO_READ or (self._is_waiting and not unread and now - self._asked_since > _TO_ASK):
            self.transport.abort()
            return
        self._look_again = self.loop.call_later(_PERIOD, self._look)


class Stoppable(uvicorn.Server):
    """A server for which being told to stop is no failure: the process ends with 0, not by the signal."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Let signals stop the server while it runs."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


def serve(
    folder: Path,
    address: tuple[str, int],
    options: Options,
    *,
    logged: bool = True,
    ready: Callable[[str], None] = lambda _address: None,
) -> None:
    """
    Serve a folder until the process is told to stop.

    Args:
        folder: An output folder.

        address: Host and port; port 0 takes any that is free.

        options: How it is served.

        logged: Whether every request is noted on standard error.

        ready: Is told the address once requests are answered.

    Raises:
        NotReadable: The folder holds no published catalogue.

        UsageError: The address cannot be had.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    asyncio.run(_serve(folder, address, options, logged, ready))


async def _serve(
    folder: Path, address: tuple[str, int], options: Options, logged: bool, ready: Callable[[str], None]
) -> None:
    """Open the folder and serve it."""
    opened = _socket(address)
    host = Host(folder, options)
    try:
        await host.open()
    except BaseException:
        opened.close()
        raise
    config = uvicorn.Config(
        make_app(host, logged=logged),
        http=Patient,
        log_config=None,
        access_log=False,
        server_header=False,
        # One more than there may be: if all are being answered, the next is told to come back.
        limit_concurrency=_CONNECTIONS + 1,
        timeout_graceful_shutdown=_TO_FINISH,
    )
    name, port = opened.getsockname()[:2]
    ready(f"http://{f'[{name}]' if ':' in name else name}:{port}/")
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    await Stoppable(config).serve(sockets=[opened])


def _socket(address: tuple[str, int]) -> socket.socket:
    """Return a socket at an address."""
    host, port = address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP: only then does asyncio send small answers at once.
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
        opened.listen(1024)
    except OSError as error:
        opened.close()
        raise UsageError(f"The address cannot be had: {error.strerror}.", f"{host}:{port}", "Give another.") from error
    return opened
