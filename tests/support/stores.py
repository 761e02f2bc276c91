"""Servers that tests start and stop: Oxigraph, Virtuoso, and one that says what a test has it say."""

from __future__ import annotations

import contextlib
import http.server
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pyoxigraph
import pytest

#: Seconds; a busy machine needs many times as long as an idle one.
_PATIENCE = 300
_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = {folder}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
CaseMode = 2
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 10
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 100000
MaxQueryExecutionTime = 60
"""


def missing(what):
    """Skip a test for want of a program; in CI it fails, because there it must run."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is not there: CI must have it")
    pytest.skip(f"needs {what}")


def free_port():
    """Return a port of this machine that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(address, process):
    """Wait until a server answers anything at all."""
    until = time.monotonic() + _PATIENCE
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < until:
        if process.poll() is not None:
            pytest.fail(f"the server ended with {process.returncode}")
        with contextlib.suppress(OSError):
            try:
                opener.open(address, timeout=5).close()
            except urllib.error.HTTPError as error:
                error.close()
            return
        time.sleep(0.05)
    pytest.fail("the server did not start")


class Server:
    """A store's process and addresses."""

    def __init__(self, name, command, root, probe, graphs, update, query):
        """Start nothing yet."""
        self.name, self.command, self.probe = name, command, root + probe
        self.graphs, self.update, self.query = root + graphs, root + update, root + query
        self.process = None

    def start(self):
        """Start the server and wait until it answers."""
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self.probe, self.process)
        return self

    def kill(self):
        """Kill the server at once, as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Stop the server."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()


def oxigraph(folder: Path):
    """Return an Oxigraph server that keeps its data in a folder."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        missing("the program of the package oxigraph")
    port = free_port()
    command = [program, "serve", "--location", folder, "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    return Server("oxigraph", command, f"http://127.0.0.1:{port}", "/query", "/store", "/update", "/query")


def virtuoso(folder: Path):
    """Return a Virtuoso server that keeps its data in a folder; user and password are dba."""
    program = shutil.which("virtuoso-t")
    if not program:
        missing("virtuoso-t (Debian: virtuoso-opensource-7)")
    port = free_port()
    (folder / "virtuoso.ini").write_text(_INI.format(folder=folder, sql=free_port(), port=port), encoding="utf-8")
    command = [program, "+configfile", str(folder / "virtuoso.ini"), "+foreground"]
    paths = ("/sparql", "/sparql-graph-crud-auth", "/sparql-auth", "/sparql")
    return Server("virtuoso", command, f"http://127.0.0.1:{port}", *paths)


class ScriptedServer:
    """
    A server that answers as a test says.

    Args:
        reply: Is given method, path and body, and returns status, headers and body; None cuts the connection.
    """

    def __init__(self, reply):
        """Start the server."""
        self.asked = []
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                server.asked.append((self.command, self.path, dict(self.headers), body))
                answer = reply(self.command, self.path, body)
                if answer is None:
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                status, headers, data = answer
                self.send_response(status)
                for name, value in {"Content-Length": str(len(data)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_PUT = do_POST = do_DELETE = _serve  # noqa: N815 - the names that http.server looks for

            def log_message(self, *_args):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_args: None
        self.address = f"http://127.0.0.1:{self._server.server_port}/store"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_args):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def read_graphs(folder):
    """Return the triples of each graph of a catalogue, as sets of lines with tags in lower case."""
    graphs = {}
    for quad in pyoxigraph.parse(path=folder / "catalogue.nq", format=pyoxigraph.RdfFormat.N_QUADS):
        graphs.setdefault(quad.graph_name.value, set()).add(str(quad.triple))
    return graphs
