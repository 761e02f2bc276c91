"""What tests of the web server share: a server that is started and stopped, a client, builds that are made for it."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

#: Seconds; a busy machine needs many times as long as an idle one.
_PATIENCE = 300
BASE = "https://example.org/dcat-hk/"
DATASET = "dataset/hk-hkpf-u3djbhogev"
PLANNED = "SELECT ?d { ?d <http://purl.org/dc/terms/available> ?m } LIMIT 1"


class Reply(NamedTuple):
    """What a server said."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self):
        """Return the body as text."""
        return self.body.decode()


class Server:
    """A server of our own on the loopback address."""

    def __init__(self, process, address, log):
        """Keep the process and where it answers."""
        self.process, self.address, self.log = process, address, log
        self.host, self.port = urlsplit(address).hostname, urlsplit(address).port

    def ask(self, path, method="GET", body=None, **headers):
        """Ask for a path as it stands and return the reply, following nothing."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=_PATIENCE)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, "/" + path, body, named)
            reply = connection.getresponse()
            return Reply(reply.status, reply.headers, reply.read())
        finally:
            connection.close()

    def follow(self, path, **headers):
        """Ask for a path and go where the reply sends us, once."""
        first = self.ask(path, **headers)
        assert first.status == 303, first
        return self.ask(urlsplit(urljoin(f"http://x/{path}", first.headers["Location"])).path[1:], **headers)

    def query(self, text, media="application/sparql-results+json", **headers):
        """Ask a query."""
        return self.ask(f"sparql?query={quote(text)}", Accept=media, **headers)

    def rows(self, text):
        """Return the rows of a query as plain values."""
        found = json.loads(self.query(text).body)
        return [{name: term["value"] for name, term in row.items()} for row in found["results"]["bindings"]]

    def connect(self):
        """Return a bare connection."""
        return socket.create_connection((self.host, self.port), timeout=_PATIENCE)

    def stop(self):
        """Tell the server to stop and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(_PATIENCE)


def start(folder, log, *options, before=None):
    """Start a server on any free port and return its process; `before` is called in it first."""
    with log.open("wb") as errors:
        command = [sys.executable, "-m", "dcat_hk", "serve", str(folder), "--port", "0", *options]
        return subprocess.Popen(
            command, stderr=errors, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=before
        )


@contextlib.contextmanager
def serving(folder, log, *options, before=None):
    """Start a server on any free port and stop it when the block ends."""
    process = start(folder, log, *options, before=before)
    try:
        yield Server(process, _address(process, log), log)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _address(process, log):
    """Return where a server answers, once it does."""

    def address():
        assert process.poll() is None, log.read_text(encoding="utf-8")
        return re.search(r"Serving .* at (http://\S+)", log.read_text(encoding="utf-8"))

    return wait(address)[1]


def wait(until):
    """Wait until something is so and return it; only what never comes to be so takes all the time there is."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if found := until():
            return found
        time.sleep(0.1)
    raise AssertionError("it did not happen")


def republish(source: Path, target: Path, change):
    """Publish a copy of a build whose quads were changed, and swap it into the target."""
    fresh = target.with_name(target.name + ".fresh")
    shutil.copytree(source, fresh)
    quads = fresh / "catalogue.nq"
    quads.write_text(change(quads.read_text(encoding="utf-8")), encoding="utf-8")
    manifest = json.loads((fresh / "manifest.json").read_text(encoding="utf-8"))
    data = quads.read_bytes()
    manifest["outputs"]["catalogue.nq"] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    (fresh / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    if target.exists():
        old = target.with_name(target.name + ".gone")
        target.rename(old)
        fresh.rename(target)
        shutil.rmtree(old)
    else:
        fresh.rename(target)


def children(process):
    """Return the numbers of the processes that a process has started."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                parent = int((entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
                found += [int(entry.name)] if parent == process.pid else []
    return found


def worked(number):
    """Return how long a process has worked, in ticks of the processor's clock; 0 if it has ended."""
    with contextlib.suppress(OSError):
        spent = (Path("/proc") / str(number) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return int(spent[11]) + int(spent[12])
    return 0


def memory(process):
    """Return the bytes of memory that a process has in use."""
    pages = int((Path("/proc") / str(process.pid) / "statm").read_text(encoding="utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
