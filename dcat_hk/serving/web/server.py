"""
The HTTP server: runs until it is interrupted, then lets requests finish.

In: an output folder and an address. Out: nothing; requests are answered.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import uvicorn

from ...core.errors import UsageError
from ...core.signals import ENDING
from .app import make_app
from .connections import MAX_CONNECTIONS, Acceptor, TimeLimitedProtocol, count_connections
from .host import BuildHost, ServerOptions
from .quiet_logs import RepetitionFilter

log = logging.getLogger("dcat_hk.web")

#: Seconds for requests to finish when the server stops; if other work has not ended so many seconds later, it is ended.
_SHUTDOWN_TIMEOUT, _LAST_TIMEOUT = 10, 5
#: The signals that stop the server: Ctrl-C, `kill`, and a terminal that is closed.
_STOPPING = (signal.SIGINT, *ENDING)


class StopSignals:
    """
    The signals that stop the server, from its start to its end.

    The first one stops it in order, a second one without waiting for requests. A signal that is ignored stays so:
    `nohup` has a terminal that is closed stop nothing.
    """

    def __init__(self) -> None:
        """Handle the signals from now on; only in the main thread of a process."""
        self.received = asyncio.Event()
        self._server: uvicorn.Server | None = None
        self._loop = asyncio.get_running_loop()
        if threading.current_thread() is threading.main_thread():
            for number in _STOPPING:
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._loop.add_signal_handler(number, self._stop)

    def _stop(self) -> None:
        """Stop what there is to stop."""
        if self.received.is_set():
            if self._server is not None:
                self._server.force_exit = True
            return
        self.received.set()
        if self._server is not None:
            self._server.should_exit = True
        # Threads cannot be stopped. Whatever they do then, the process ends, and its children with it.
        last = threading.Timer(_SHUTDOWN_TIMEOUT + _LAST_TIMEOUT, os._exit, (1,))
        last.daemon = True
        last.start()

    def direct_to(self, server: uvicorn.Server) -> None:
        """Have the signals stop a server."""
        self._server = server
        if self.received.is_set():
            server.should_exit = True


class GracefulServer(uvicorn.Server):
    """
    A server that accepts connections as long as there is room for them, and leaves signals to `StopSignals`.

    Args:
        config: The configuration of uvicorn.

        listener: A socket that listens.
    """

    def __init__(self, config: uvicorn.Config, listener: socket.socket) -> None:
        """Keep the socket."""
        super().__init__(config)
        self._listener = listener
        self._acceptor: Acceptor | None = None

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture no signals."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002 - ours instead
        """Start the application and accept connections."""
        await super().startup(sockets=[])
        loop = asyncio.get_running_loop()

        def make_protocol() -> asyncio.Protocol:
            protocol: asyncio.Protocol = TimeLimitedProtocol(
                config=self.config, server_state=self.server_state, app_state=self.lifespan.state, _loop=loop
            )
            return protocol

        self._acceptor = Acceptor(self._listener, make_protocol, self.server_state.connections)
        self._acceptor.start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002 - ours instead
        """Accept no more connections, let requests finish, and stop the application."""
        if self._acceptor is not None:
            self._acceptor.stop()
        await super().shutdown(sockets=[])


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
    for name in ("asyncio", "uvicorn.error", "dcat_hk.web.requests"):
        logging.getLogger(name).addFilter(RepetitionFilter())
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    asyncio.run(_run(folder, address, options, logged, ready))


async def _run(
    folder: Path, address: tuple[str, int], options: ServerOptions, logged: bool, ready: Callable[[str], None]
) -> None:
    """Open the folder and serve it until a signal comes."""
    signals = StopSignals()
    listener = _open_socket(address)
    host = BuildHost(folder, options)
    try:
        if await _finish_first(host.open(), signals.received):
            await _serve(host, listener, signals, logged, ready)
    finally:
        listener.close()
        await host.close()


async def _finish_first(work: Coroutine[Any, Any, None], interruption: asyncio.Event) -> bool:
    """Return whether some work finished before an interruption; else it is cancelled."""
    task, waiting = asyncio.ensure_future(work), asyncio.ensure_future(interruption.wait())
    try:
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            await task
        return task.done()
    finally:
        task.cancel()
        waiting.cancel()


async def _serve(
    host: BuildHost, listener: socket.socket, signals: StopSignals, logged: bool, ready: Callable[[str], None]
) -> None:
    """Answer requests until a signal comes."""
    limit = count_connections()
    if limit < MAX_CONNECTIONS:
        log.warning("there are descriptors for %d connections only; see ulimit -n", limit)
    config = uvicorn.Config(
        make_app(host, logged=logged),
        http=TimeLimitedProtocol,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        # One more than the limit: while all connections are being answered, uvicorn answers the next one with 503.
        limit_concurrency=limit + 1,
        timeout_graceful_shutdown=_SHUTDOWN_TIMEOUT,
    )
    server = GracefulServer(config, listener)
    signals.direct_to(server)
    name, port = listener.getsockname()[:2]
    ready(f"http://{f'[{name}]' if ':' in name else name}:{port}/")
    await server.serve()


def _open_socket(address: tuple[str, int]) -> socket.socket:
    """Return a socket that listens at an address."""
    host, port = address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is given explicitly, because only then does asyncio set TCP_NODELAY.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setblocking(False)
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
