"""Connections are accepted as long as there is room, read in small pieces, and closed when clients take too long."""

from __future__ import annotations

import asyncio
import errno
import re
import resource
import socket

import h11
import h11._abnf
import h11._readers
import pytest
import uvicorn
from uvicorn.server import ServerState

from dcat_hk.serving.web import connections
from dcat_hk.serving.web.connections import MAX_CONNECTIONS, Acceptor, BoundedConnection, count_connections

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"


def read_all(connection, data):
    """Give data to a connection in pieces, and return the number of events."""
    events = 0
    for first in range(0, len(data), 16_384):
        connection.receive_data(data[first : first + 16_384])
        while connection.next_event() is not h11.NEED_DATA:
            events += 1
    return events


def test_a_body_of_many_tiny_pieces_is_an_error():
    """2,000 pieces are accepted, one more is not: each costs as much as one of some kilobytes."""
    assert read_all(BoundedConnection(h11.SERVER, 16_384), HEAD + b"1\r\nx\r\n" * 2000) == 2001
    connection = BoundedConnection(h11.SERVER, 16_384)
    with pytest.raises(h11.RemoteProtocolError, match="too many pieces"):
        read_all(connection, HEAD + b"1\r\nx\r\n" * 2001)
    assert connection.choose_status() == 400


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"GET /" + b"a" * 40_000, 414),
        (b"GET / HTTP/1.1\r\nA: " + b"a" * 40_000, 431),
        (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 10_000, 431),
        (b"GET  HTTP/1.1\r\n\r\n", 400),
        (b"\x16\x03\x01\x00\xa5\x01\x00\x00\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
    ],
)
def test_what_is_no_request_has_a_status(data, status):
    """Too long an address is 414, too long headers are 431, everything else is 400 or 501."""
    connection = BoundedConnection(h11.SERVER, 16_384)
    with pytest.raises(h11.RemoteProtocolError):
        read_all(connection, data)
    assert connection.choose_status() == status


def test_connections_are_as_many_as_there_are_descriptors(monkeypatch):
    """At most 500; with fewer descriptors fewer, but some; the soft limit is raised as far as it may be."""
    asked = []
    monkeypatch.setattr(resource, "setrlimit", lambda _what, limits: asked.append(limits))
    for limits, count in (
        ((1_000_000, 1_000_000), MAX_CONNECTIONS),
        ((resource.RLIM_INFINITY, resource.RLIM_INFINITY), MAX_CONNECTIONS),
        ((1024, 1_000_000), MAX_CONNECTIONS),
        ((20, 20), 8),
    ):
        monkeypatch.setattr(resource, "getrlimit", lambda _what, limits=limits: limits)
        assert count_connections() == count
    assert [soft > 1024 for soft, hard in asked if hard == 1_000_000] == [True]
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (500, 500))
    assert 8 < count_connections() < 250


class FailingListener:
    """A socket whose `accept` fails some times."""

    def __init__(self, listener, failures):
        """Keep the socket and the number of failures to come."""
        self._listener, self.failures, self.tries = listener, failures, 0

    def fileno(self):
        """Return the descriptor of the socket."""
        return self._listener.fileno()

    def close(self):
        """Close the socket."""
        self._listener.close()

    def accept(self):
        """Fail, or accept a connection."""
        self.tries += 1
        if self.failures:
            self.failures -= 1
            raise OSError(errno.EMFILE, "Too many open files")
        return self._listener.accept()


def test_without_descriptors_it_is_said_once_and_tried_again(monkeypatch, caplog):
    """Each try is followed by a pause; the connection is served when there are descriptors again."""
    monkeypatch.setattr(connections, "_PAUSE", 0.02)
    monkeypatch.setattr(connections, "_QUIET", 0.0)

    class Greeting(asyncio.Protocol):
        def connection_made(self, transport):
            transport.write(b"hello")
            transport.close()

    async def main():
        listener = socket.create_server(("127.0.0.1", 0))
        listener.setblocking(False)
        failing = FailingListener(listener, 5)
        acceptor = Acceptor(failing, Greeting, [])
        acceptor.start()
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        answer = await reader.read()
        writer.close()
        acceptor.stop()
        return answer, failing.tries

    with caplog.at_level("INFO"):
        answer, tries = asyncio.run(asyncio.wait_for(main(), 60))
    assert answer == b"hello"
    assert tries < 20
    assert [caplog.text.count(words) for words in ("cannot be accepted", "accepted again")] == [1, 1]


@pytest.mark.parametrize(
    "value", ["", " ", "a", " a ", "\ta b\t", "a\x01b", "a\x00", " \x00", "a  b \t c", "\xe9", "\x0b", "a\x0bb"]
)
@pytest.mark.parametrize("name", ["A", "a-b", "", " A", "A ", "\xe9", "A:B"])
def test_headers_are_read_as_h11_reads_them(name, value):
    """The pattern that replaces h11's matches what that matches, with the same name and value."""
    original = re.compile(h11._abnf.header_field.encode("ascii"))
    line = f"{name}:{value}".encode("latin-1")
    found, expected = connections._HEADER.fullmatch(line), original.fullmatch(line)
    assert (found and found.groupdict()) == (expected and expected.groupdict())
    assert h11._readers.header_field_re is connections._HEADER


@pytest.mark.parametrize("reads", [True, False])
def test_a_client_that_does_not_read_is_disconnected(monkeypatch, reads):
    """A client that reads each piece in time gets all of a response; the other one is not waited for."""
    monkeypatch.setattr(connections, "_READ_TIMEOUT", 0.5)
    monkeypatch.setattr(connections, "_CHECK_INTERVAL", 0.1)
    sent = []

    async def answer(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for number in range(300):
            await send({"type": "http.response.body", "body": bytes(1 << 16), "more_body": number < 299})
            sent.append(number)

    async def main():
        config = uvicorn.Config(answer, http=connections.TimeLimitedProtocol, log_config=None)
        config.load()
        state = ServerState()
        make = lambda: connections.TimeLimitedProtocol(config=config, server_state=state, app_state={})  # noqa: E731
        server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname(), limit=1000)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        size = 0
        while reads and (data := await reader.read(1 << 16)):
            size += len(data)
        while state.connections:
            await asyncio.sleep(0.05)
        writer.close()
        server.close()
        return size

    size = asyncio.run(asyncio.wait_for(main(), 120))
    assert (size > 300 << 16) == reads
    assert len(sent) == 300
