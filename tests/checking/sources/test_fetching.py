"""Fetching: redirections, limits of size and time, each address once."""

import functools
import socket
import threading

import pytest
from support.web_documents import CONTEXT, DATA, command, triples

from dcat_hk.checking.sources import fetching
from dcat_hk.checking.sources.fetching import Fetcher
from dcat_hk.core.errors import NotReadable


def test_redirections_and_links_are_followed(web, make_file):
    """A context may have moved, and a page may name its JSON-LD; addresses are relative to where it was found."""
    link = {"Content-Type": "text/html", "Link": '</style>; rel=x, <v1/c>; rel="alternate"; type="application/ld+json"'}
    moved = {"a": (303, {"Location": "/page"}, ""), "page": (200, link, "<html>")}
    server = web(**moved, **{"v1/c": {"@context": "d"}, "v1/d": CONTEXT})
    assert triples(make_file("x.jsonld", DATA | {"@context": "HOST/a"}, server), fetch=True) == [
        '<urn:ex:a> <urn:ex:p> "1"'
    ]
    assert server.paths == ["/a", "/page", "/v1/c", "/v1/d"]


def test_answers_have_limits_of_size_and_time(web, make_file, monkeypatch):
    """What is too large, silent, or sends a byte now and then, is given up in time."""
    server = web(c={"@context": {"p": "urn:" + "x" * 3000}})
    path = make_file("x.jsonld", DATA, server)
    monkeypatch.setattr(fetching, "Fetcher", functools.partial(Fetcher, size=2000))
    assert "the answer is larger than 2,000 bytes" in command("validate", "--fetch", path).stderr
    monkeypatch.setattr(fetching, "Fetcher", functools.partial(Fetcher, limit=0.3))
    for address in (silent(), dripping()):
        with address as host:
            done = command("validate", "--fetch", make_file("x.jsonld", DATA | {"@context": host}))
            assert (done.exit_code, host in done.stderr) == (3, True)
            assert "in time" in done.stderr or "it takes longer than 0.3 seconds" in done.stderr
    monkeypatch.setattr(fetching, "Fetcher", Fetcher)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        assert "refused" in command("validate", "--fetch", make_file("x.jsonld", DATA | {"@context": nobody})).stderr


class dripping:  # noqa: N801 - used like a function
    """A server that sends a byte of its answer now and then, without end."""

    beginning = b"HTTP/1.1 200 OK\r\n"

    def __enter__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}/"

    def serve(self):
        """Answer one request."""
        connection, _address = self.socket.accept()
        with connection:
            connection.sendall(self.beginning)
            while not self.ended.wait(0.05):
                if self.beginning:
                    connection.sendall(b"x")

    def __exit__(self, *_error):
        self.ended.set()
        self.thread.join()
        self.socket.close()


class silent(dripping):  # noqa: N801 - used like a function
    """A server that takes a request and never answers."""

    beginning = b""


def test_an_address_is_asked_once_and_without_its_fragment(web):
    """Two parts of one document are one request; where it was found in the end is told."""
    server = web(a=(302, {"Location": "HOST/b#x"}, ""), b=(200, {"Content-Type": "Text/Turtle; charset=utf-8"}, "b"))
    with Fetcher() as fetcher:
        first, again = (fetcher.fetch(f"{server.host}/a#{part}", "text/turtle") for part in "xy")
    assert first == again
    assert (first.address, first.kind, first.data) == (f"{server.host}/b", "text/turtle", b"b")
    assert server.paths == ["/a", "/b"]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://a.example/x", "data:,x"])
def test_only_http_and_https_are_fetched(address):
    """An address of another scheme is refused before anything is opened."""
    with Fetcher() as fetcher, pytest.raises(NotReadable, match="only http and https are"):
        fetcher.fetch(address, "*/*")


@pytest.mark.parametrize(
    ("link", "alternate"),
    [
        ('<c>; rel=alternate; type="application/ld+json"', "/v1/c"),
        ('<c>; rel="alternate"; type="text/turtle"', ""),
        ('<c>; rel="stylesheet"; type="application/ld+json"', ""),
        ('</c,d>; rel="x", </e>; type="application/ld+json"; rel="alternate"', "/e"),
    ],
)
def test_only_an_alternate_of_json_ld_is_an_alternate(web, link, alternate):
    """A link counts if it is an alternate and of the media type of JSON-LD; it is relative to the page."""
    server = web(**{"v1/page": (200, {"Link": link}, "")})
    with Fetcher() as fetcher:
        answer = fetcher.fetch(f"{server.host}/v1/page", "*/*")
    assert answer.alternate == (f"{server.host}{alternate}" if alternate else "")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.2", "[::1]", "10.1.2.3", "169.254.169.254", "0x7f000001"])
@pytest.mark.parametrize("way", ["redirection", "alternate", "context"])
def test_nothing_that_is_fetched_leads_into_the_network_of_the_user(web, make_file, host, way):
    """A host that only a server or a fetched document names must be public; the user may name any."""
    private, kind = f"http://{host}:9/c", "application/ld+json"
    documents = {
        "redirection": (302, {"Location": private}, ""),
        "alternate": (200, {"Content-Type": "text/html", "Link": f'<{private}>; rel="alternate"; type="{kind}"'}, ""),
        "context": {"@context": private},
    }
    server = web(c=documents[way])
    done = command("validate", "--fetch", make_file("a.jsonld", DATA, server))
    assert (done.exit_code, "not on the public internet" in done.stderr) == (3, True)


def test_a_public_host_is_asked_by_the_ip_address_that_was_checked(web, make_file, monkeypatch):
    """The name is not looked up a second time, and the server still learns it."""
    server = web(d=CONTEXT)
    port = server.host.rpartition(":")[2]
    first = web(c=(302, {"Location": f"http://a.example:{port}/d"}, ""))
    monkeypatch.setattr("dcat_hk.checking.sources.fetching.look_up", lambda _host, port: [("127.0.0.1", port)])
    monkeypatch.setattr("dcat_hk.checking.sources.fetching.is_public", lambda _address: True)
    done = command("validate", "--fetch", "--allow-empty", make_file("a.jsonld", DATA, first))
    assert done.exit_code == 0
    assert server.asked[0][2]["Host"] == f"a.example:{port}"
