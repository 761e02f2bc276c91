"""Loads into a store that dies when so many bytes have come: graphs are the old or the new ones, and the next works."""

import contextlib
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pyoxigraph

from support.fault_trials import write_plan
from support.stores import free_port, oxigraph


class DyingStore:
    """
    A store behind a gate that lets so many bytes in; with the next one the store is killed.

    Args:
        folder: Where the store keeps its data.

        allowed: How many bytes come in; None for all.
    """

    def __init__(self, folder: Path, allowed: int | None = None) -> None:
        """Start the store and its gate."""
        self.server = oxigraph(folder).start()
        self.inner = int(self.server.query.split(":")[2].split("/")[0])
        self.allowed, self.count = allowed, 0
        self.lock = threading.Lock()
        self.port = free_port()
        self.gate = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        """Connect each client to the store."""
        while True:
            try:
                client = self.gate.accept()[0]
                store = socket.create_connection(("127.0.0.1", self.inner))
            except OSError:
                return
            threading.Thread(target=self._pass, args=(client, store, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(store, client, False), daemon=True).start()

    def _pass(self, source, target, is_inward):
        """Pass bytes on until one side ends, or the store has had enough."""
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 12):
                if is_inward:
                    with self.lock:
                        rest = len(data) if self.allowed is None else max(0, self.allowed - self.count)
                        self.count += min(rest, len(data))
                    if rest < len(data):
                        target.sendall(data[:rest])
                        self.die()
                        return
                target.sendall(data)
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def die(self):
        """Kill the store."""
        self.server.kill()
        self.gate.close()

    def __enter__(self):
        """Return itself."""
        return self

    def __exit__(self, *_error):
        """End the store and the gate."""
        self.gate.close()
        self.server.stop()


class LoadTrial:
    """
    A load of a catalogue of two plans, one of them changed, into a store that has the old one.

    Args:
        folder: Where it works.
    """

    def __init__(self, folder: Path) -> None:
        """Build both catalogues and load the old one."""
        self.folder = folder
        (folder / "plans").mkdir(parents=True)
        write_plan(folder / "plans" / "a.txt", 2024)
        self._run("build", folder / "plans", "-o", folder / "output", "-q", "--skip-validation", "-j", "1")
        with DyingStore(folder / "old") as store:
            assert self.load(store)[0] == 0
        self.old = read_graphs(folder / "old")
        write_plan(folder / "plans" / "b.txt", 2025)
        self._run("build", folder / "plans", "-o", folder / "output", "-q", "--skip-validation", "-j", "1")
        shutil.copytree(folder / "old", folder / "new")
        with DyingStore(folder / "new") as store:
            assert self.load(store)[0] == 0
            self.bytes = store.count
        self.new = read_graphs(folder / "new")
        assert self.old != self.new

    @staticmethod
    def _run(*arguments):
        """Run a command; return its exit code and what it says."""
        command = [sys.executable, "-m", "dcat_hk", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    def load(self, store):
        """Load the catalogue into a store, without trying again."""
        endpoint = f"http://127.0.0.1:{store.port}/store"
        return self._run("load", self.folder / "output", "--endpoint", endpoint, "--retries", "0", "--timeout", "20")

    def problems(self, allowed: int) -> list[str]:
        """Let the store die after so many bytes, and return what is wrong afterwards."""
        data = self.folder / "data"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(self.folder / "old", data)
        with DyingStore(data, allowed) as store:
            code, told = self.load(store)
        found = []
        if "Traceback" in told or code not in {3, 5} or "Error: " not in told:
            found.append(f"exit code {code}: {told[-300:]}")
        now = read_graphs(data)
        mixed = [name for name in now | self.old if now.get(name) not in (self.old.get(name), self.new.get(name))]
        found += [f"{name} is neither old nor new" for name in mixed]
        with DyingStore(data) as store:
            code, told = self.load(store)
        if code != 0 or read_graphs(data) != self.new:
            found.append(f"the next load: exit code {code}: {told[-300:]}")
        return found


def read_graphs(folder: Path) -> dict[str, set[str]]:
    """Return the triples of each graph that a store keeps in a folder, while nobody serves it."""
    graphs: dict[str, set[str]] = {}
    for quad in pyoxigraph.Store.read_only(str(folder)):
        graphs.setdefault(str(quad.graph_name), set()).add(f"{quad.subject} {quad.predicate} {quad.object}")
    return graphs
