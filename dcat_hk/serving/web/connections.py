"""
Connections: accepted as long as the machine has room for them, closed when clients take too long or send nonsense.

In: a socket that listens. Out: connections, which read requests in small pieces, so that no client holds up the others
for long: between two pieces of one client, those of all the others are read.

The pattern by which h11 reads a header is replaced by one that matches the same in linear time: with blanks before a
NUL its own takes a second for 16 kB. The tests run all patterns of h11 against long runs, so that it is noticed when
this is not enough any more.

Spec: RFC 9112 (HTTP/1.1), section 5; RFC 6585, section 5 (431).
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import re
import socket
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any

import h11
import h11._readers
from uvicorn.protocols.http.h11_impl import H11Protocol

from .requests import RequestError

log = logging.getLogger("dcat_hk.web.requests")

#: Seconds for a client to send a request, and to read the next piece of a response.
_REQUEST_TIMEOUT, _READ_TIMEOUT = 20.0, 30.0
#: Seconds between two checks of a connection.
_CHECK_INTERVAL = 2.0
#: Bytes that are read at a time: as much as the headers of a request may have.
_READ_SIZE = 16_384
#: The pieces that a chunked body may have. Clients send some kilobytes in each; a piece of one byte costs as much.
_MAX_PIECES = 2000
#: A longer body may have a further piece for so many bytes: less than a packet of a network carries.
_PIECE_SIZE = 1000
#: The number of connections at a time; the fewest, however few descriptors there are; descriptors for everything else.
MAX_CONNECTIONS, _MIN_CONNECTIONS, _RESERVED = 500, 8, 16
#: A connection needs a descriptor, and another one for the file that it gets.
_DESCRIPTORS_EACH = 2
#: Connections that are accepted before others are served again, and that are closed at once to make room.
_ACCEPTED_AT_ONCE, _CLOSED_AT_ONCE = 32, 8
#: Seconds until connections are accepted again, and without trouble until trouble is news again.
_PAUSE, _QUIET = 0.5, 10.0
#: What the kernel says when there are no descriptors or no memory left.
NO_RESOURCES = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
#: What is said of what is no request, by status: texts of `core/wording/errors/`.
_REASONS = {400: "web.no-http", 414: "web.long-address", 431: "web.long-headers", 501: "web.coding"}
#: A header: a name, and a value without the blanks around it. Nothing that was matched is tried again (`++`, `*+`).
_HEADER = re.compile(
    rb"(?P<field_name>[-!#$%&'*+.^_`|~0-9a-zA-Z]++):[ \t]*+"
    rb"(?P<field_value>(?:[^\x00\s]++(?:[ \t]++[^\x00\s]++)*+)?)[ \t]*+"
)
h11._readers.header_field_re = _HEADER


def count_connections() -> int:
    """
    Return how many connections this process has descriptors for, besides those that it uses now; at most 500.

    The soft limit is raised as far as needed, if the hard limit permits it. As many descriptors as are used now are
    kept free for the next build, which is opened before the old one is closed.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit.
        return MAX_CONNECTIONS
    used = sum(1 for _ in Path("/dev/fd").iterdir())
    wanted = _DESCRIPTORS_EACH * MAX_CONNECTIONS + 2 * used + _RESERVED
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return MAX_CONNECTIONS
    return max((soft - 2 * used - _RESERVED) // _DESCRIPTORS_EACH, _MIN_CONNECTIONS)


class BoundedConnection(h11.Connection):
    """The state of a connection; a body in too many pieces is an error, and the last error is kept."""

    problem: h11.RemoteProtocolError | None = None
    _pieces = _size = 0

    def next_event(self) -> Any:
        """Return the next event; see h11."""
        try:
            event = super().next_event()
            if isinstance(event, h11.Request):
                self._pieces = self._size = 0
            elif isinstance(event, h11.Data):
                self._pieces += 1
                self._size += len(event.data)
                if self._pieces > max(_MAX_PIECES, self._size // _PIECE_SIZE):
                    raise h11.RemoteProtocolError("The body has too many pieces.")
        except h11.RemoteProtocolError as error:
            self.problem = error
            raise
        return event

    def choose_status(self) -> int:
        """Return the HTTP status for the last error."""
        status = self.problem.error_status_hint if self.problem else 400
        if status == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE and b"\n" not in self.trailing_data[0]:
            return int(HTTPStatus.REQUEST_URI_TOO_LONG)
        return int(status) if status in _REASONS else 400


class TimeLimitedProtocol(H11Protocol):
    """A connection that is closed when the client neither sends a request nor reads the response in time."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Take what uvicorn gives."""
        super().__init__(*arguments, **options)
        self.conn: BoundedConnection = BoundedConnection(h11.SERVER, _READ_SIZE)

    def connection_made(self, transport: Any) -> None:
        """Start to check the connection."""
        super().connection_made(transport)
        transport.max_size = _READ_SIZE
        self._asked_since = self._read_since = self.loop.time()
        self._is_paused = False
        self._next_check = self.loop.call_later(_CHECK_INTERVAL, self._check_progress)
        limit = (self.limit_concurrency or MAX_CONNECTIONS + 1) - 1
        if len(self.connections) > limit:
            close_idle(one for one in self.connections if one is not self)

    @property
    def is_waiting(self) -> bool:
        """Return whether the connection waits for a request."""
        return self.cycle is None or self.cycle.response_complete

    @property
    def asked_since(self) -> float:
        """Return the time since when the connection waits for a request."""
        return self._asked_since

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop to check the connection."""
        self._next_check.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Start the time for the next request, and for reading the rest of this response."""
        self._asked_since = self._read_since = self.loop.time()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Start the time for the client to read."""
        self._is_paused, self._read_since = True, self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        """Stop the time for the client to read."""
        self._is_paused, self._read_since = False, self.loop.time()
        super().resume_writing()

    def _check_progress(self) -> None:
        """Close the connection if a time limit was exceeded."""
        now, unread = self.loop.time(), self.transport.get_write_buffer_size()
        reads_late = (self._is_paused or (self.is_waiting and unread)) and now - self._read_since > _READ_TIMEOUT
        asks_late = self.is_waiting and not unread and now - self._asked_since > _REQUEST_TIMEOUT
        if reads_late or asks_late:
            self.transport.abort()
            return
        self._next_check = self.loop.call_later(_CHECK_INTERVAL, self._check_progress)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn gives it
        """
        Answer what is not a valid request, and close the connection.

        Args:
            msg: What uvicorn would say; the status and the sentence that fit are sent instead.
        """
        if self.cycle is not None:
            # The application may be about to answer; it must not find the connection in another state.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            status = self.conn.choose_status()
            body = RequestError.of(_REASONS[status], status).lines.encode()
            headers = [
                ("Content-Type", "text/plain; charset=utf-8"),
                ("Content-Length", str(len(body))),
                ("Connection", "close"),
            ]
            answer = h11.Response(status_code=status, headers=headers, reason=HTTPStatus(status).phrase.encode())
            for event in (answer, h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def shutdown(self) -> None:
        """Close the connection, or let it finish its response."""
        with contextlib.suppress(h11.LocalProtocolError):
            super().shutdown()
            return
        self.transport.close()

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection that has had no further request for some seconds."""
        with contextlib.suppress(h11.LocalProtocolError):
            super().timeout_keep_alive_handler()
            return
        self.transport.close()


def close_idle(connections: Iterable[Any], count: int = 1) -> None:
    """
    Close the connections that have waited longest for a request.

    Args:
        connections: All connections.

        count: How many to close.
    """
    idle = [one for one in connections if isinstance(one, TimeLimitedProtocol) and one.is_waiting]
    for one in sorted(idle, key=lambda one: one.asked_since)[:count]:
        one.connections.discard(one)
        one.transport.abort()


class Acceptor:
    """
    Accepts connections; without descriptors it waits, says so once, and goes on when there are some again.

    asyncio's own servers answer a lack of descriptors with thousands of tracebacks.

    Args:
        listener: A socket that listens.

        make_protocol: Makes the protocol of a connection.

        connections: All connections; some that are idle are closed when there are no descriptors.
    """

    def __init__(
        self, listener: socket.socket, make_protocol: Callable[[], asyncio.Protocol], connections: Iterable[Any]
    ) -> None:
        """Keep the socket; `start` accepts connections."""
        self._listener, self._make_protocol, self._connections = listener, make_protocol, connections
        self._loop = asyncio.get_running_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._next_try: asyncio.TimerHandle | None = None
        self._failed_at = float("-inf")
        self._is_failing = False

    def start(self) -> None:
        """Accept connections from now on."""
        self._next_try = None
        self._loop.add_reader(self._listener.fileno(), self._accept)

    def stop(self) -> None:
        """Accept no more connections, and close the socket."""
        if self._next_try is not None:
            self._next_try.cancel()
        self._loop.remove_reader(self._listener.fileno())
        self._listener.close()

    def _accept(self) -> None:
        """Accept the connections that are there, up to a number."""
        for _ in range(_ACCEPTED_AT_ONCE):
            try:
                connection, _address = self._listener.accept()
            except (BlockingIOError, InterruptedError):
                return
            except ConnectionAbortedError:
                continue
            except OSError as error:
                self._pause(error)
                return
            if self._is_failing and self._loop.time() - self._failed_at > _QUIET:
                self._is_failing = False
                log.info("connections are accepted again")
            connection.setblocking(False)
            task = self._loop.create_task(self._attach(connection))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _pause(self, error: OSError) -> None:
        """Make room, and accept no connections for a moment."""
        if not self._is_failing:
            log.warning("connections cannot be accepted: %s; trying again every %g s", error.strerror, _PAUSE)
        self._failed_at, self._is_failing = self._loop.time(), True
        self._loop.remove_reader(self._listener.fileno())
        close_idle(self._connections, _CLOSED_AT_ONCE)
        self._next_try = self._loop.call_later(_PAUSE, self.start)

    async def _attach(self, connection: socket.socket) -> None:
        """Serve a connection."""
        try:
            await self._loop.connect_accepted_socket(self._make_protocol, connection)
        except OSError:
            # The client is gone already.
            connection.close()
