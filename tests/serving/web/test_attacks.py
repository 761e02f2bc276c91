"""What is sent to harm the web server harms nobody: others are still served, nothing leaks, text stays text."""

from __future__ import annotations

import concurrent.futures
import contextlib
import json
import re
import shutil
import threading
import time
from html import unescape
from pathlib import Path

import pytest
from support.web_servers import BASE, DATASET, children, memory, republish, serving, wait, worked

TITLE = '"罪案數字比較"@zh-Hant'
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202egnp.exe\u202c&\u2066\u0027\u0022{{7*7}}"
ODD = f"{BASE}dataset/o'd(d)&amp;x;y=1"


def evil(quads):
    """Return quads with a title that would like to be markup, and a dataset whose IRI would like to be a string."""
    quads = quads.replace(TITLE, f"{json.dumps(EVIL, ensure_ascii=False)}@zh-Hant")
    graph = f"<{BASE}catalogue/hk-hkpf/2024-2026> .\n"
    title, page = "http://purl.org/dc/terms/title", "http://www.w3.org/ns/dcat#landingPage"
    more = [
        f"<{ODD}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> {graph}",
        f'<{ODD}> <{title}> "odd"@en {graph}',
        f"<{ODD}> <{page}> <javascript:alert(3)> {graph}",
        f"<{ODD}> <{page}> <data:text/html,hello> {graph}",
        f"<{ODD}> <http://purl.org/dc/terms/relation> <{BASE}../../etc/passwd> {graph}",
        f"<{BASE}dataset/hk-hkpf-u3djbhogev> <http://purl.org/dc/terms/relation> <{ODD}> {graph}",
    ]
    return quads + "".join(more)


@pytest.fixture(scope="module")
def server(built, tmp_path_factory):
    """Serve a catalogue of bad intentions."""
    folder = tmp_path_factory.mktemp("attack")
    republish(built[0], folder / "output", evil)
    with serving(folder / "output", folder / "log") as found:
        yield found


# ---- text and IRIs


@pytest.mark.parametrize("path", [f"{DATASET}.html", "catalogue/hk-hkpf/2024-2026.en.html"])
def test_text_of_plans_is_never_markup(server, path):
    """Titles with script, attributes, template signs: all of it is shown as it is."""
    text = server.ask(path).text
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "{{7*7}}" in text
    assert EVIL in unescape(text)


def test_data_for_search_engines_cannot_end_its_element(server):
    """The JSON in the page is whole, and holds the title as it is."""
    text = server.ask(f"{DATASET}.html").text
    inside = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert len(inside) == 1
    assert json.loads(inside[0])["name"] == EVIL


def test_signs_that_turn_text_turn_nothing_around_it(server):
    """Values are isolated; the title of the window, where nothing can be, has none of these signs."""
    text = server.ask(f"{DATASET}.html").text
    window = re.search("<title>(.*?)</title>", text)[1]
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", window)
    assert re.search(r"<h1><bdi[^>]*>&lt;/script", text)


def test_iris_with_quotes_and_markup(server):
    """A thing with an odd IRI is found by its address; addresses that are none are not links."""
    from urllib.parse import quote

    page = server.ask(f"{DATASET}.html").text
    (href,) = re.findall(r'href="(\.\./dataset/o[^"]*)"', page)
    found = server.ask(unescape(href).removeprefix("../"))
    assert found.status == 200
    assert not re.search(r'href="(javascript|data):', found.text)
    assert "javascript:alert(3)" in found.text
    reply = server.ask("dataset/" + quote("o'd(d)&amp;x;y=1", safe=""), Accept="text/turtle")
    assert reply.status == 303
    assert server.ask("dataset/" + reply.headers["Location"].removeprefix("./")).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "../../../../etc/passwd",
        "%2e%2e/%2e%2e/etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "plans/../../../etc/passwd",
        "plans/..%5c..%5cetc",
        "//etc/passwd",
        "/etc/passwd",
        "catalogue.nq%00.ttl",
        "dataset/%3Cscript%3E",
        "dataset/%22%20onload=%22",
        "dataset/%ff%fe",
        "dataset/\\..\\x",
        "dataset/a%0d%0aSet-Cookie:%20a=b",
        "assets/../app.py",
        "state.jsonl",
        "changes/../state.jsonl",
        "feed/datasets/from-../../x.ttl",
        "sitemap-99999.xml",
        "a" * 3000,
        ".",
        "..",
        "%",
    ],
)
def test_paths_lead_nowhere_else(server, path):
    """Every trick is answered with an error of ours, on one line, without a header of theirs."""
    for accept in ("text/html", "*/*"):
        reply = server.ask(path, Accept=accept)
        assert reply.status in {400, 404, 414}, reply
        assert b"root:" not in reply.body
        assert "Set-Cookie" not in reply.headers
        assert b"<script>" not in reply.body


@pytest.mark.parametrize(
    "lines",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\nAccept: " + b"text/html;q=0.1," * 4000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 10000 + b"\r\n",
        b"GET  HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x00\xa5\x01\x00\x00",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nRange: bytes=" + b"0-1," * 5000 + b"\r\n\r\n",
    ],
)
def test_headers_that_are_none(server, lines):
    """Whatever comes, the connection is answered or closed, names no other host, and the next one is served."""
    with server.connect() as connection:
        try:
            connection.sendall(lines)
            reply = connection.recv(65536)
        except ConnectionError:
            reply = b""
    assert reply[9:10] in {b"", b"3", b"4"} or reply.startswith(b"HTTP/1.1 200")
    assert b"evil.example" not in reply
    assert b"Traceback" not in reply
    assert server.ask("health").status == 200


# ---- slow and many


def test_slow_clients_are_given_up_and_hold_up_nobody(server):
    """Some send a request for ever, some never read what they asked for: pages come as before."""
    slow = [server.connect() for _ in range(60)]
    for number, connection in enumerate(slow):
        connection.sendall(b"GET /catalogue.nq HTTP/1.1\r\nHost: x\r\n" + (b"\r\n" if number % 2 else b"X-A: "))
    began = time.monotonic()
    assert server.ask("catalogue.html").status == 200
    assert time.monotonic() - began < 15  # slow clients are given up after twenty
    body = [server.connect() for _ in range(3)]
    for connection in body:
        connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
                           b"Content-Length: 100\r\n\r\nASK")  # fmt: skip
    half = slow[0]
    with contextlib.suppress(ConnectionError):
        assert half.recv(10) == b""
    assert body[0].recv(100).startswith(b"HTTP/1.1 408")
    for connection in (*slow, *body):
        connection.close()
    assert server.ask("health").status == 200


def test_connections_that_ask_nothing_lock_nobody_out(server):
    """More than there may be, half of them with half a request: the longest idle ones make room for who asks."""
    idle = []
    try:
        for number in range(900):
            connection = server.connect()
            if number % 2:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
            idle.append(connection)
        assert [server.ask("health").status for _ in range(5)] == [200] * 5
        with contextlib.suppress(ConnectionError):
            assert idle[0].recv(10) == b""
    finally:
        for connection in idle:
            connection.close()


def test_a_target_may_be_a_whole_address(server):
    """RFC 9112 has servers accept it; the host in it decides about nothing."""
    host = "http://evil.example"
    found = {"/health": b"200", "": b"303", "/dcat-hk/def/": b"303", "/no": b"404"}
    for target, status in ((host + path, status) for path, status in found.items()):
        with server.connect() as connection:
            connection.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            reply = connection.recv(65536)
        assert reply[9:12] == status, target
        assert b"evil.example" not in reply


def test_many_requests_at_once_leave_memory_as_it_was(server):
    """A few thousand requests of all kinds by eight clients; the server answers all and does not grow."""
    paths = [f"{DATASET}.html", DATASET, "nothing", "sparql?query=ASK%7B%7D", "catalogue.ttl", "feed/datasets.ttl"]

    def run(number):
        return [server.ask(paths[(number + turn) % len(paths)]).status for turn in range(40)]

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(run, range(8)))
        before = memory(server.process)
        found = [status for statuses in pool.map(run, range(24)) for status in statuses]
    assert set(found) <= {200, 303, 404}
    assert memory(server.process) - before < 40_000_000


# ---- builds that change


def test_a_build_is_replaced_while_pages_are_read(built, tmp_path):
    """No request fails, no answer mixes two builds, pages of the feed miss nothing that is in both."""
    republish(built[0], tmp_path / "output", lambda quads: quads)
    gone = f"<{BASE}dataset/hk-hhb-25a4iohltt"
    with serving(tmp_path / "output", tmp_path / "log", "--watch", "0.2", "--page-size", "20",
                 "--history", str(tmp_path / "history")) as server:  # fmt: skip
        first = json.loads(server.ask("health").body)["build"]
        stop, wrong, seen = threading.Event(), [], set()

        def read():
            while not stop.is_set():
                for path in (f"{DATASET}.ttl", "catalogue.nq", "feed/datasets.ttl", f"{DATASET}.en.html"):
                    reply = server.ask(path)
                    if reply.status != 200:
                        wrong.append((path, reply.status))
                if b"ANOTHER" in server.ask(f"{DATASET}.ttl").body:
                    seen.add("new")

        threads = [threading.Thread(target=read) for _ in range(3)]
        for thread in threads:
            thread.start()
        start = server.ask("feed/datasets.nt").text
        listed = set(
            re.findall(r"^<(\S+/dataset/[^/>]+)> <\S+#type> <http://www.w3.org/ns/dcat#Dataset>", start, re.MULTILINE)
        )

        def change(quads):
            kept = [
                line for line in quads.splitlines(keepends=True) if not line.startswith(gone) and f" {gone}" not in line
            ]
            return "".join(kept).replace("罪案數字比較", "ANOTHER")

        republish(built[0], tmp_path / "output", change)
        wait(lambda: json.loads(server.ask("health").body)["build"] != first)
        address = re.search(r"core#next> <(\S+)>", start)[1]
        while address:
            text = server.ask(address.removeprefix(BASE)).text
            listed |= set(
                re.findall(
                    r"^<(\S+/dataset/[^/>]+)> <\S+#type> <http://www.w3.org/ns/dcat#Dataset>", text, re.MULTILINE
                )
            )
            following = re.search(r"core#next> <(\S+)>", text)
            address = following[1] if following else ""
        wait(lambda: seen)
        stop.set()
        for thread in threads:
            thread.join()
        assert wrong == []
        assert seen == {"new"}
        now = {row["d"] for row in server.rows("SELECT ?d { ?d a <http://www.w3.org/ns/dcat#Dataset> }")}
        assert now <= listed
        assert b"#Update>" in server.ask("changes/3.nq").body
        assert server.stop() == 0
    assert list(tmp_path.glob("dcat-hk-*")) == []


def test_a_build_that_is_not_what_its_manifest_says_is_not_taken_up(built, tmp_path):
    """Half-copied files, a folder that is gone: the old build stays."""
    republish(built[0], tmp_path / "output", lambda quads: quads)
    with serving(tmp_path / "output", tmp_path / "log", "--watch", "0.2", "--keep-in", str(tmp_path)) as server:
        first = server.ask("health").body
        (tmp_path / "output" / "catalogue.nq").write_text("half a line", encoding="utf-8")
        manifest = tmp_path / "output" / "manifest.json"
        manifest.write_text(manifest.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        wait(lambda: "cannot be opened" in server.log.read_text(encoding="utf-8"))
        assert server.ask("health").body == first
        assert server.ask("catalogue.nq").status == 200
        shutil.rmtree(tmp_path / "output")
        time.sleep(0.5)
        assert server.ask("health").body == first
        assert len(list(tmp_path.glob("dcat-hk-*"))) == 1
        assert server.stop() == 0
    assert list(tmp_path.glob("dcat-hk-*")) == []


def test_a_server_that_is_stopped_lets_requests_finish(built, tmp_path):
    """A query that runs when the server is told to stop is still answered; no process stays behind."""
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with serving(built[0], tmp_path / "log", "--query-seconds", "5") as server:
        replies, workers = [], children(server.process)
        before = sum(map(worked, workers))
        thread = threading.Thread(target=lambda: replies.append(server.query(query)))
        thread.start()
        wait(lambda: sum(map(worked, workers)) > before + 10)
        assert server.stop() == 0
        thread.join()
        assert replies[0].status == 504
        assert workers
        assert not any(Path(f"/proc/{number}").exists() for number in workers)


def test_a_folder_without_a_catalogue_is_refused(tmp_path):
    """One line and an exit code; so is an address that cannot be had."""
    from click.testing import CliRunner

    from dcat_hk.commands.cli import main

    done = CliRunner().invoke(main, ["serve", str(tmp_path), "--port", "0"])
    assert done.exit_code == 3
    assert "no published catalogue" in done.output
    done = CliRunner().invoke(main, ["serve", str(tmp_path), "--host", "192.0.2.1", "--port", "8000"])
    assert done.exit_code == 2
