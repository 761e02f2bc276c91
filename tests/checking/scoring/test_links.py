"""Status codes of addresses: requested politely, only in public, within limits, and cached."""

import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest
from support.scored_catalogues import WHOLE, command

from dcat_hk.checking.scoring import links
from dcat_hk.checking.scoring.links import AnswerCache, RequestPolicy, check_addresses
from dcat_hk.core.errors import NotReadable


class Handler(BaseHTTPRequestHandler):
    """Answers by what the path asks for, and notes who asked when."""

    def _answer(self):
        self.server.seen.append((self.command, self.path, dict(self.headers), time.monotonic()))
        name = self.path.strip("/").partition("?")[0]
        code = int(name) if name.isdecimal() else 200
        if name == "nohead" and self.command == "HEAD":
            code = 405
        target = {"moved": "/200", "loop": "/loop", "away": "http://10.0.0.1/", "file": "file:///etc/passwd"}.get(name)
        if name == "slow":
            time.sleep(1)
        self.send_response(302 if target else code)
        if target:
            self.send_header("Location", target)
        self.end_headers()

    do_HEAD = do_GET = _answer  # noqa: N815 - names that http.server asks for

    def log_message(self, *_arguments):
        """Say nothing."""


@pytest.fixture
def server():
    """Give a server on this machine that notes requests."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        httpd.seen = []
        httpd.daemon_threads = True
        thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield httpd
        httpd.shutdown()
        thread.join()


def asked(server, *names, cache=None, **policy):
    """Return the codes of paths of the server, by path."""
    host = f"http://127.0.0.1:{server.server_address[1]}/"
    settings = {"pause": 0.0, "patience": 10.0, "private": True} | policy
    codes = check_addresses([host + name for name in names], RequestPolicy(**settings), cache or AnswerCache(None, 7))
    return {url.removeprefix(host): code for url, code in codes.items()}


def test_codes_are_found_politely(server):
    """HEAD comes first, GET of one byte only where it is refused; redirections are followed; the agent has a name."""
    codes = asked(server, "200", "404", "nohead", "moved", "loop", "file", "a b?q=ü")
    assert codes == {"200": 200, "404": 404, "nohead": 200, "moved": 200, "loop": 0, "file": 0, "a b?q=ü": 200}
    assert all(headers["User-Agent"].startswith("dcat-hk/") for _m, _p, headers, _t in server.seen)
    gets = [(path, headers["Range"]) for method, path, headers, _t in server.seen if method == "GET"]
    assert sorted(gets) == [("/404", "bytes=0-0"), ("/nohead", "bytes=0-0")]


def test_there_is_a_pause_between_two_requests(server):
    """Requests to one host never overlap and keep their distance."""
    asked(server, "1", "2", "3", "moved", pause=0.1)
    times = [moment for _m, _p, _h, moment in server.seen]
    assert len(times) >= 5
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.09


def test_private_addresses_are_not_asked(server):
    """Without leave nothing private is asked, and with leave for none a redirection does not lead there."""
    assert asked(server, "200", private=False) == {}
    assert server.seen == []


def test_a_redirection_does_not_lead_to_private_addresses(server, monkeypatch):
    """A public host that redirects to a private one is not followed: the address counts as not measured."""
    public = links.is_public
    monkeypatch.setattr(links, "is_public", lambda address: address == "127.0.0.1" or public(address))
    assert asked(server, "away", "200", private=False) == {"200": 200}


def test_every_ip_address_of_a_host_is_tried(server, monkeypatch):
    """A host whose first IP address does not answer is reached at its second one."""
    port = server.server_address[1]
    entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("127.0.0.2", "127.0.0.1")]
    look_up = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *a, **k: entries if host == "two.example" else look_up(host, *a, **k)
    )
    url = f"http://two.example:{port}/200"
    assert check_addresses([url], RequestPolicy(pause=0, private=True), AnswerCache(None, 7)) == {url: 200}


def test_slow_and_silent_hosts_do_not_hold_up(server):
    """A host that is too slow has no answer; when time is over the rest is not measured."""
    assert asked(server, "slow", patience=0.2) == {"slow": 0}
    began = time.monotonic()
    assert len(asked(server, *map(str, range(200, 230)), pause=2.0, limit=0.5)) < 5
    assert time.monotonic() - began < 30  # asking all of them takes twice as long
    assert asked(server, "200", limit=0.0) == {}
    gone = f"http://127.0.0.1:{server.server_address[1]}"
    urls = ["ftp://far.example/", "http://", gone + "/200"]
    assert check_addresses(urls, RequestPolicy(private=True), AnswerCache(None, 7)) == {
        "http://": 0, gone + "/200": 200,
    }  # fmt: skip


def test_answers_of_tomorrow_are_not_kept(server, tmp_path):
    """They are from before the clock was set back, and would count for ever."""
    path, address = tmp_path / "answers.json", f"http://127.0.0.1:{server.server_address[1]}/200"
    answers = {address: {"code": 404, "asked": time.time() + 86400}}
    path.write_text(json.dumps({"answers": answers}), encoding="utf-8")
    assert asked(server, "200", cache=AnswerCache(path, 7)) == {"200": 200}


def test_answers_are_kept_for_a_while(server, tmp_path):
    """A kept answer is not asked for again until it is too old; a broken file of answers is told of."""
    path = tmp_path / "answers.json"
    assert asked(server, "200", cache=AnswerCache(path, 7)) == {"200": 200}
    assert asked(server, "200", cache=AnswerCache(path, 7)) == {"200": 200}
    assert len(server.seen) == 1
    assert asked(server, "200", cache=AnswerCache(path, -1)) == {"200": 200}
    assert len(server.seen) == 2
    path.write_text("[]", encoding="utf-8")
    made = tmp_path / "x.ttl"
    made.write_text(WHOLE, encoding="utf-8")
    assert command(made, "--check-urls", "--url-cache", path, "--skip-validation").exit_code == 3


def test_all_405_points_can_be_had(server, tmp_path):
    """A dataset that has everything, with addresses that answer, has 405 points; without asking 80 are not measured."""
    path = tmp_path / "x.ttl"
    path.write_text(WHOLE.replace("HOST", f"127.0.0.1:{server.server_address[1]}"), encoding="utf-8")
    options = ("--format", "json", "--check-urls", "--allow-private", "--url-pause", "0")
    (dataset,) = json.loads(command(path, *options).stdout)["datasets"]
    assert (dataset["points"], dataset["not_measured"], dataset["losses"]) == (405, 0, [])
    (unasked,) = json.loads(command(path, "--format", "json").stdout)["datasets"]
    assert (unasked["points"], unasked["not_measured"]) == (325, 80)
    assert "405" in command(path, *options[2:]).stdout


def test_a_broken_file_of_answers_is_refused(tmp_path):
    """A file that is no cache of answers is an error of the input that names the file."""
    path = tmp_path / "answers.json"
    for text in ("no JSON", "[]", '{"answers": {"http://a.example/": {"code": "x", "asked": 0}}}'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(NotReadable) as caught:
            AnswerCache(path, 7)
        assert caught.value.where == str(path)


def test_the_cache_adds_to_what_it_knows(tmp_path):
    """New status codes are written beside the earlier ones, and only addresses that are asked for are returned."""
    path = tmp_path / "answers.json"
    AnswerCache(path, 7).add({"http://a.example/": 200})
    AnswerCache(path, 7).add({"http://b.example/": 0})
    cache = AnswerCache(path, 7)
    assert cache.known(["http://a.example/", "http://b.example/"]) == {"http://a.example/": 200, "http://b.example/": 0}
    assert cache.known(["http://c.example/"]) == {}
