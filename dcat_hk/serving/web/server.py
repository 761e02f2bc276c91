"""
The HTTP server: runs until it is interrupted, then lets requests finish.

In: an output folder and an address. Out: nothing; requests are answered.
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
from .host import BuildHost, ServerOptions

#: Seconds for a client to send a request, and to read any part of a response.
_REQUEST_TIMEOUT, _READ_TIMEOUT = 20.0, 30.0
#: Seconds between two checks of a connection.
_CHECK_INTERVAL = 2.0
#: The number of connections at a time, and the seconds for requests to finish when the server stops.
_MAX_CONNECTIONS, _SHUTDOWN_TIMEOUT = 500, 10


class TimeLimitedProtocol(H11Protocol):
    """A connection that is closed when the client neither sends a request nor reads the response in time."""

    def connection_made(self, transport: Any) -> None:
        """Start to check the connection."""
        super().connection_made(transport)
        self._asked_since = self._read_since = self.loop.time()
        self._unread = 0
        self._next_check = self.loop.call_later(_CHECK_INTERVAL, self._check_progress)
        self._make_room()

    @property
    def _is_waiting(self) -> bool:
        """Return whether the connection waits for a request."""
        return self.cycle is None or self.cycle.response_complete

    def _make_room(self) -> None:
        """Close the connection that has waited longest for a request if there are too many connections."""
        if len(self.connections) <= _MAX_CONNECTIONS:
            return
        idle = (
            one
            for one in self.connections
            if isinstance(one, TimeLimitedProtocol) and one is not self and one._is_waiting
        )
        oldest = min(idle, key=lambda one: one._asked_since, default=None)
        if oldest is not None:
            self.connections.discard(oldest)
            oldest.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop to check the connection."""
        self._next_check.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Start the time for the next request."""
        self._asked_since = self.loop.time()
        super().on_response_complete()

    def _check_progress(self) -> None:
        """Close the connection if a time limit was exceeded."""
        now, unread = self.loop.time(), self.transport.get_write_buffer_size()
        if unread == 0 or unread != self._unread:
            self._read_since, self._unread = now, unread
        if now - self._read_since > _READ_TIMEOUT or (
            self._is_waiting and not unread and now - self._asked_since > _REQUEST_TIMEOUT
        ):
            self.transport.abort()
            return
        self._next_check = self.loop.call_later(_CHECK_INTERVAL, self._check_progress)


class GracefulServer(uvicorn.Server):
    """A server that exits with code 0 when it is interrupted, instead of raising the signal again."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop the server on SIGINT and SIGTERM."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


def run_server(
    folder: Path,
    address: tuple[str, int],
    options: ServerOptions,
    *,
    logged: bool = True,
    ready: Callable[[str], None] = lambda _address: None,
) -> None:
    """
    Serve a folder until the process is interrupted.

    Args:
        folder: An output folder.

        address: Host and port; 0 for any free port.

        options: The options of the server.

        logged: Whether every request is logged on standard error.

        ready: Called with the address of the server when it is ready.

    Raises:
        NotReadable: There is no published catalogue in the folder.

        UsageError: The address is not available.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    asyncio.run(_run(folder, address, options, logged, ready))


async def _run(
    folder: Path, address: tuple[str, int], options: ServerOptions, logged: bool, ready: Callable[[str], None]
) -> None:
    """Open the folder and serve it."""
    listener = _open_socket(address)
    host = BuildHost(folder, options)
    try:
        await host.open()
    except BaseException:
        listener.close()
        raise
    config = uvicorn.Config(
        make_app(host, logged=logged),
        http=TimeLimitedProtocol,
        log_config=None,
        access_log=False,
        server_header=False,
        # One more than the limit: while all connections are being answered, uvicorn answers the next one with 503.
        limit_concurrency=_MAX_CONNECTIONS + 1,
        timeout_graceful_shutdown=_SHUTDOWN_TIMEOUT,
    )
    name, port = listener.getsockname()[:2]
    ready(f"http://{f'[{name}]' if ':' in name else name}:{port}/")
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    await GracefulServer(config).serve(sockets=[listener])


def _open_socket(address: tuple[str, int]) -> socket.socket:
    """Return a socket that listens at an address."""
    host, port = address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is given explicitly, because only then does asyncio set TCP_NODELAY.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)
    except OSError as error:
        listener.close()
        raise UsageError(
            f"The address is not available: {error.strerror}.", f"{host}:{port}", "Give another host or port."
        ) from error
    return listener
