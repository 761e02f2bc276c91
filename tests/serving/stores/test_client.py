"""HTTP to stores: retries, time limits, authentication, redirects."""

from __future__ import annotations

import contextlib
import io
import socket
import threading
import time

import pytest
from click.testing import CliRunner
from support.stores import ScriptedServer

from dcat_hk.commands.cli import main
from dcat_hk.core.errors import NoAnswerError, StoreError
from dcat_hk.serving.stores.access import Credentials
from dcat_hk.serving.stores.client import StoreClient, StoreResponse
from dcat_hk.serving.stores.graphs import QuadsFile
from dcat_hk.serving.stores.loading import load_graphs
from dcat_hk.serving.stores.querying import query_store
from dcat_hk.serving.stores.target import StoreAddresses, TargetStore, send_query


def test_a_server_that_never_responds_is_an_error():
    """A store that sends nothing within the timeout is an error."""
    with (
        ScriptedServer(lambda *_asked: time.sleep(3) or (200, {}, b"")) as fake,
        StoreClient(Credentials(), 0.2, 0) as client,
        pytest.raises(StoreError, match="did not respond in time"),
    ):
        send_query(client, fake.address, "ASK {}", "*/*")


@contextlib.contextmanager
def dripping():
    """Give the address of a server that sends its headers byte by byte, and the requests it gets."""
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip():
            connection, _peer = listening.accept()
            with connection, contextlib.suppress(OSError):
                asked.append(connection.recv(65536))
                for sign in b"HTTP/1.1 200 OK\r\nX: " + b"a" * 1000:
                    connection.sendall(bytes([sign]))
                    time.sleep(0.05)

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", asked
        thread.join(10)


def test_a_slow_response_ends_at_the_deadline():
    """The deadline ends a response that never completes, and the request is not retried."""
    with (
        dripping() as (address, asked),
        pytest.raises(StoreError, match="longer than 2 seconds"),
        query_store(address, "ASK {}", Credentials(), 2),
    ):
        pass
    assert len(asked) == 1


def test_a_slow_response_without_a_deadline():
    """Without a deadline a response may take four times the timeout; then it is unknown what the store did."""
    with (
        dripping() as (address, asked),
        StoreClient(Credentials(), 1.0) as client,
        pytest.raises(NoAnswerError, match="longer than 4 seconds"),
    ):
        client.send("PUT", address, {"graph": "urn:x"}, b"<urn:a> <urn:b> <urn:c> .")
    assert len(asked) == 1


def test_a_pause_does_not_exceed_the_deadline():
    """A Retry-After that is longer than the deadline ends the retries."""
    start = time.monotonic()
    with (
        ScriptedServer(lambda *_asked: (503, {"Retry-After": "60"}, b"busy")) as fake,
        pytest.raises(StoreError, match="503: busy"),
        query_store(fake.address, "ASK {}", Credentials(), 2),
    ):
        pass
    assert time.monotonic() - start < 40


def test_bearer_tokens_are_sent(catalogue, monkeypatch):
    """The token in the environment is sent with every request, and not printed."""
    monkeypatch.setenv("DCAT_HK_TOKEN", "t0ken")
    with ScriptedServer(lambda method, *_asked: (204, {}, b"") if method == "PUT" else (404, {}, b"")) as fake:
        done = CliRunner().invoke(main, ["load", "--endpoint", fake.address, "--no-check", str(catalogue)])
    assert done.exit_code == 0, done.output
    assert {headers["Authorization"] for _method, _path, headers, _body in fake.asked} == {"Bearer t0ken"}
    assert "t0ken" not in done.output


def test_basic_is_sent_only_on_request(catalogue):
    """With auto, user name and password are sent only after the store requests them."""

    class Store:
        def reply(self, method, _path, _body):
            headers = self.fake.asked[-1][2]
            if "Authorization" not in headers:
                return 401, {"WWW-Authenticate": 'Basic realm="x"'}, b""
            return (204, {}, b"") if method == "PUT" else (404, {}, b"")

    store = Store()
    with (
        ScriptedServer(store.reply) as store.fake,
        QuadsFile(catalogue) as quads,
        StoreClient(Credentials("auto", "me", "pw")) as client,
    ):
        outcome = load_graphs(quads, TargetStore(client, StoreAddresses(store.fake.address)), check=False)
        assert "Authorization" not in store.fake.asked[0][2]
    assert outcome.is_complete


def test_a_redirect_is_an_error_and_not_followed():
    """The body and the credentials are sent to the given address only."""
    with (
        ScriptedServer(lambda *_asked: (307, {"Location": "http://elsewhere.example/"}, b"")) as server,
        StoreClient(Credentials("basic", "me", "pw"), 5) as client,
        pytest.raises(StoreError, match=r"redirects to http://elsewhere\.example/"),
    ):
        client.send("PUT", server.address, {"graph": "urn:x"}, b"x")
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [401, 403, 407])
def test_refused_credentials_are_an_error_without_retries(status):
    """A wrong password is not tried again, which could lock the account."""
    with (
        ScriptedServer(lambda *_asked: (status, {}, b"")) as server,
        StoreClient(Credentials("basic", "me", "s3cret"), 5) as client,
        pytest.raises(StoreError, match=f"refuses the credentials .{status}.") as caught,
    ):
        client.send("GET", server.address)
    assert len(server.asked) == 1
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("stated", "pause"),
    [
        ("3", 3.0),
        ("9999", 60.0),
        ("soon", 0.5),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.5),
        ("Fri, 01 Jan 99999999999 00:00:30 GMT", 0.5),
        ("-1", 0.5),
        ("", 0.5),
    ],
)
def test_retry_after_is_followed_within_limits(stated, pause):
    """The pause is what the store requests, at most a minute; an invalid or past time gives the usual pause."""
    replies, pauses = iter([(503, {"Retry-After": stated}, b"")]), []
    with (
        ScriptedServer(lambda *_asked: next(replies, (204, {}, b""))) as server,
        StoreClient(Credentials(), 5, 1, pause=pauses.append) as client,
        client.send("GET", server.address) as response,
    ):
        assert response.is_success
    assert pauses == [pause]


def test_a_body_is_sent_again_from_its_beginning():
    """A retry iterates the body anew, so the second request has the same content."""

    class Body:
        def __iter__(self):
            yield from (b"one", b"two")

    replies = iter([None])
    with (
        ScriptedServer(lambda *_asked: next(replies, (204, {}, b""))) as server,
        StoreClient(Credentials(), 5, 1, pause=lambda _seconds: None) as client,
        client.send("PUT", server.address, None, Body(), {"Content-Length": "6"}),
    ):
        pass
    assert [body for *_rest, body in server.asked] == [b"onetwo", b"onetwo"]


def test_an_excerpt_is_one_printable_line():
    """Control characters, line breaks and invalid UTF-8 of a response cannot reach the terminal."""
    response = StoreResponse(500, {"content-type": "Text/Plain; charset=x"}, io.BytesIO(b"a\n\x1b[2J\xff" + b"b" * 999))
    assert response.media_type == "text/plain"
    assert response.excerpt().startswith("a \ufffd[2J\ufffd")
    assert len(response.excerpt()) == 160
