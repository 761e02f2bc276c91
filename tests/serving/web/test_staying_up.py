"""The server stays up for the others: builds that are bad for a moment, few descriptors, clients that go, signals."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import resource
import shutil
import signal
import socket
import struct
import threading
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from support.web_servers import DATASET, children, republish, serving, start, wait

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def read_log(server):
    """Return the log of a server."""
    return server.log.read_text(encoding="utf-8", errors="replace")


def exists(number):
    """Return whether there is a process that has not ended."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    return False


# ---- builds


def swap(source, target, change):
    """Put a changed copy of a build in the place of another."""
    fresh, old = target.with_name("fresh"), target.with_name("old")
    shutil.copytree(source, fresh)
    change(fresh)
    target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old)


def change_manifest(change):
    """Return a function that changes the manifest of a build."""

    def change_folder(folder):
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        change(manifest)
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    return change_folder


def write_manifest(text):
    """Return a function that writes a text in the place of the manifest of a build."""
    return lambda folder: (folder / "manifest.json").write_text(text, encoding="utf-8")


def replace_by_pipe(folder):
    """Put a pipe in the place of a file: nobody ever writes into it."""
    (folder / "catalogue.ttl").unlink()
    os.mkfifo(folder / "catalogue.ttl")


def damage_quads(folder):
    """Publish quads that are none, with their digest in the manifest."""
    import hashlib

    (folder / "catalogue.nq").write_text("no quads\n", encoding="utf-8")
    digest = hashlib.sha256(b"no quads\n").hexdigest()
    change_manifest(lambda manifest: manifest["outputs"]["catalogue.nq"].update(sha256=digest))(folder)


BAD_BUILDS = {
    "half a manifest": write_manifest('{"outputs": {'),
    "an empty manifest": write_manifest(""),
    "a manifest that is a list": write_manifest("[1, 2]"),
    "a manifest that is nested deeply": write_manifest("[" * 100_000),
    "a manifest without files": change_manifest(lambda manifest: manifest.pop("outputs")),
    "files that are a list": change_manifest(lambda manifest: manifest.update(outputs=["a"])),
    "files without digests": change_manifest(lambda manifest: manifest["outputs"].update({"catalogue.nq": 1})),
    "a base IRI without a path": change_manifest(lambda manifest: manifest["settings"].update(base_iri="x:y")),
    "a name with NUL": change_manifest(lambda manifest: manifest["outputs"].update({"a\0": {"sha256": ""}})),
    "an empty name": change_manifest(lambda manifest: manifest["outputs"].update({"": {"sha256": ""}})),
    "a file that is missing": lambda folder: (folder / "catalogue.jsonld").unlink(),
    "a file that differs": lambda folder: (folder / "catalogue.ttl").write_text("", encoding="utf-8"),
    "a folder in the place of a file": lambda folder: (
        (folder / "catalogue.ttl").unlink(),
        (folder / "catalogue.ttl").mkdir(),
    ),
    "a pipe in the place of a file": replace_by_pipe,
    "quads that are none": damage_quads,
}


def test_a_bad_build_is_told_once_and_the_next_one_is_taken(built, tmp_path):
    """Whatever is bad about a build, the old one is served on; after all of them, a good one is noticed."""
    target, good = tmp_path / "output", tmp_path / "good"
    copies = tmp_path / "copies"
    copies.mkdir()
    republish(built[0], target, lambda quads: quads)
    shutil.copytree(target, good)
    with serving(target, tmp_path / "log", "--watch", "0.1", "--keep-in", str(copies)) as server:
        first = server.ask("health").body
        for told, (name, change) in enumerate(BAD_BUILDS.items()):
            swap(good, target, change)
            wait(lambda told=told: read_log(server).count("the new build cannot be opened") > told)
            time.sleep(0.5)
            assert read_log(server).count("the new build cannot be opened") == told + 1, name
            assert server.ask("health").body == first, name
            assert len(list(copies.iterdir())) == 1, name
        shutil.rmtree(target)
        wait(lambda: "is no build" in read_log(server))
        assert server.ask("health").body == first
        republish(good, target, lambda quads: quads.replace("罪案數字比較", "ANOTHER"))
        wait(lambda: server.ask("health").body != first)
        assert b"ANOTHER" in server.ask(f"{DATASET}.ttl").body
        assert "Traceback" not in read_log(server)
        assert server.stop() == 0
    assert list(copies.iterdir()) == []


def test_a_history_that_cannot_be_read_ends_no_watching(built, tmp_path):
    """The feed of changes is damaged: new builds wait until it is repaired."""
    target, history = tmp_path / "output", tmp_path / "history"
    republish(built[0], target, lambda quads: quads)
    with serving(target, tmp_path / "log", "--watch", "0.1", "--history", str(history)) as server:
        first = server.ask("health").body
        state = (history / "state.jsonl").read_bytes()
        (history / "state.jsonl").write_bytes(b"\xff\xfe{")
        republish(built[0], target, lambda quads: quads.replace("罪案數字比較", "ANOTHER"))
        wait(lambda: "the new build cannot be opened" in read_log(server))
        assert server.ask("health").body == first
        assert server.ask("changes.trig").status == 500
        assert server.ask("catalogue.ttl").status == 200
        (history / "state.jsonl").write_bytes(state)
        republish(built[0], target, lambda quads: quads.replace("罪案數字比較", "YET ANOTHER"))
        wait(lambda: server.ask("health").body != first)
        assert server.ask("changes.trig").status == 200


# ---- descriptors


def open_many(server, count):
    """Return connections, half of them with half a request."""
    opened = []
    for number in range(count):
        with contextlib.suppress(OSError):
            connection = socket.create_connection((server.host, server.port), timeout=5)
            opened.append(connection)
            if number % 2:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
    return opened


def test_few_descriptors_are_enough_for_some(built, tmp_path):
    """With 200 descriptors (ulimit -n) 400 clients come: requests are answered, and the log stays short."""

    def limit():
        resource.setrlimit(resource.RLIMIT_NOFILE, (200, 200))

    with serving(built[0], tmp_path / "log", before=limit) as server:
        opened = open_many(server, 400)
        try:
            assert [server.ask(path).status for path in ("health", "catalogue.ttl", f"{DATASET}.ttl")] == [200] * 3
            assert server.query("ASK {}").status == 200
        finally:
            for connection in opened:
                connection.close()
        assert "descriptors for" in read_log(server)
        assert "Traceback" not in read_log(server)
        assert server.log.stat().st_size < 20_000


def test_no_descriptors_at_all_are_told_once_until_there_are_some(built, tmp_path):
    """While the limit is below what is open already, no connection is accepted; afterwards all is as before."""
    with serving(built[0], tmp_path / "log") as server:
        assert server.ask("health").status == 200
        limits = resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)
        with contextlib.closing(http.client.HTTPConnection(server.host, server.port, timeout=30)) as kept:
            statuses = []
            for path in ("/health", "/catalogue.ttl"):
                kept.request("GET", path)
                reply = kept.getresponse()
                statuses.append(reply.status)
                assert reply.read()
                # From now on no file can be opened. That is said, and the connection stays usable.
                resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (3, limits[1]))
            assert statuses == [200, 503]
            opened = open_many(server, 50)
            wait(lambda: "cannot be accepted" in read_log(server))
            time.sleep(3)
            resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, limits)
            for connection in opened:
                connection.close()
        assert server.ask("catalogue.ttl").status == 200
        assert server.query("ASK {}").status == 200
        assert read_log(server).count("cannot be accepted") == 1
        assert "Traceback" not in read_log(server)
        assert server.log.stat().st_size < 20_000


# ---- clients that go away


def reset(connection):
    """Close a connection so that the other side gets an error instead of an end."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
QUERY = f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
LARGE = b"GET /catalogue.nq HTTP/1.1\r\nHost: x\r\n\r\n"
LEFT = {
    "nothing": b"",
    "half a line": b"GET /cata",
    "half the headers": b"GET / HTTP/1.1\r\nHost: x\r\nAcc",
    "half a body": POST + b"Content-Length: 100\r\n\r\nASK",
    "half a chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n64\r\nASK",
    "a bad chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n3\r\nASK\r\nXYZ\r\n",
    "a query": QUERY,
    "a large file": LARGE,
    "many large files": LARGE * 20,
    "a large file and nonsense": LARGE + b"\x00\xff\x00\xff\r\n\r\n",
    "a query and nonsense": QUERY + b"\x00\xff\x00\xff\r\n\r\n",
    "a page": f"GET /{DATASET}.html HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
    "a promise of a body": POST + b"Expect: 100-continue\r\nContent-Length: 10\r\n\r\n",
    "HTTP/1.0": b"GET /catalogue.nq HTTP/1.0\r\n\r\n",
    "a range": b"GET /catalogue.nq HTTP/1.1\r\nHost: x\r\nRange: bytes=0-1,5-7,100-\r\n\r\n",
    "an upgrade": b"GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
    "no HTTP at all": b"\x16\x03\x01\x00\xa5\x01\x00\x00\r\n\r\n",
}


def test_clients_that_go_away_leave_no_traceback(built, tmp_path):
    """In the middle of a request or a response, by an end, half an end, or an error."""
    with serving(built[0], tmp_path / "log", "--query-seconds", "2") as server:
        for data in LEFT.values():
            for leave in (socket.socket.close, reset, lambda one: (one.shutdown(socket.SHUT_WR), one.recv(10))):
                connection = server.connect()
                connection.settimeout(10)
                with contextlib.suppress(OSError):
                    connection.sendall(data)
                    time.sleep(0.02)
                    leave(connection)
                connection.close()
        wait(lambda: server.query("ASK {}").status == 200)
        assert server.ask("catalogue.nq").status == 200
        assert server.stop() == 0
        log = read_log(server)
        assert "Traceback" not in log
        assert "Exception" not in log
        assert len(log) < 60_000


# ---- the end of the server


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("is_busy", [False, True])
def test_a_signal_ends_the_server_and_all_that_it_started(built, tmp_path, number, is_busy):
    """In order and in time, also when a query would run for an hour; no process and no copy stays."""
    copies = tmp_path / "copies"
    copies.mkdir()
    options = ("--keep-in", str(copies), "--query-seconds", "3600", "--query-processes", "1")
    with serving(built[0], tmp_path / "log", *options) as server:
        workers = children(server.process)
        replies = []
        thread = threading.Thread(target=lambda: replies.append(server.query(ENDLESS).status))
        if is_busy:
            thread.start()
            time.sleep(1)
        server.process.send_signal(number)
        assert server.process.wait(60) == 0
        assert workers
        wait(lambda: not any(map(exists, workers)))
        if is_busy:
            thread.join()
            assert replies == [503]
        assert "Traceback" not in read_log(server)
    assert list(copies.iterdir()) == []


@pytest.mark.parametrize("delay", [0.0, 0.7, 1.0, 1.3])
def test_a_signal_while_the_first_build_is_opened(built, tmp_path, delay):
    """Before anything is served, the server can be ended as well."""
    copies = tmp_path / "copies"
    copies.mkdir()
    process = start(built[0], tmp_path / "log", "--keep-in", str(copies))
    wait(lambda: list(copies.iterdir()))
    time.sleep(delay)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")
    assert list(copies.iterdir()) == []


def test_a_terminal_that_is_closed_does_not_end_a_server_under_nohup(built, tmp_path):
    """A signal that is ignored when the server starts stays ignored."""
    ignore = lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)  # noqa: E731
    with serving(built[0], tmp_path / "log", before=ignore) as server:
        server.process.send_signal(signal.SIGHUP)
        time.sleep(0.5)
        assert server.ask("health").status == 200
        assert server.stop() == 0


def test_what_a_killed_server_leaves_is_removed_by_the_next(built, tmp_path):
    """Its processes end at once, also those with a query; its copy goes, those of the living and of strangers stay."""
    copies = tmp_path / "copies"
    stranger = copies / "dcat-hk-stranger"
    stranger.mkdir(parents=True)
    (stranger / "file").write_text("mine", encoding="utf-8")
    options = ("--keep-in", str(copies), "--query-seconds", "3600")
    with serving(built[0], tmp_path / "living-log", *options) as living:
        with serving(built[0], tmp_path / "log", *options) as killed:
            workers = children(killed.process)
            connection = killed.connect()
            connection.sendall(QUERY)
            time.sleep(1)
            killed.process.kill()
            killed.process.wait()
            wait(lambda: not any(map(exists, workers)))
            connection.close()
        assert len(list(copies.iterdir())) == 3
        with serving(built[0], tmp_path / "following-log", *options) as following:
            assert len(list(copies.iterdir())) == 3
            assert [server.ask(f"{DATASET}.ttl").status for server in (living, following)] == [200] * 2
            assert [server.query("ASK {}").status for server in (living, following)] == [200] * 2
    assert list(copies.iterdir()) == [stranger]
    assert (stranger / "file").read_text(encoding="utf-8") == "mine"


def test_a_server_that_is_killed_while_it_opens_a_build(built, tmp_path):
    """The process that fills the store ends with it, and the next server removes what there is."""
    copies = tmp_path / "copies"
    copies.mkdir()
    process = start(built[0], tmp_path / "log", "--keep-in", str(copies))
    wait(lambda: list(copies.glob("*/store")))
    found = children(process)
    process.kill()
    process.wait()
    wait(lambda: not any(map(exists, found)))
    with serving(built[0], tmp_path / "log", "--keep-in", str(copies)) as server:
        assert len(list(copies.iterdir())) == 1
        assert server.ask("health").status == 200
