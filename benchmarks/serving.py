"""
Measures `dcat-hk serve`: things, feeds and SPARQL, memory over time; SPARQL beside the plain `oxigraph` server.

Run ``python benchmarks/serving.py [ROWS …]``; without rows, or for 0, it serves `output/` as it is, else a catalogue
of so many rows of the seeds again and again (`corpus.py`); ``--folder`` serves an output folder that is there.
Everything is on the loopback address of one machine, so server, query processes, client and what else runs share its
processors: figures say what one machine does with both sides of the work.

The client (`asking.py`) is a process of its own with 1, 8 or 32 connections that stay open, each of which asks again
as soon as it has an answer, for a bounded number of requests and of seconds. What it costs itself shows in the first
line: *client* asks a server that always says the same. It cycles over up to 5,000 things or pages, which are more
than the server remembers (but in a small catalogue, where all pages of the feed are remembered). *wrong* are answers
with another status than expected, and requests that were not answered at all.

*ready* is the time from the start of the process until /health answers: by then the build is copied, verified, put
into a store. *cpu ms* is what processors worked for one request in the server and the processes that it started,
which other work on the machine changes less than it changes the rest. Memory is that of the server and all processes
that it started, shared pages divided among those that share them (Linux only). The log of requests is written, to a
file. For queries as many may wait as the client sends, or else some would be told to come back, as is the default
beyond 18 at a time.

Beside it: the program of the package oxigraph on the same quads and queries, its default graph the union too. It has
no limits and runs queries in threads of one process. *ratio* is its requests a second by ours: 2x means that it is
twice as fast. *same* tells whether both gave the same rows.

*busy* is things and feeds while as many queries that never end are running as may run at a time; what processors
work then is mostly for these, so there is no figure (nan). *soak* asks for a
mixture of everything for a while; the megabytes of memory, second by second, follow.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import importlib.metadata
import json
import os
import platform
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from build import family, proportional_memory
from corpus import make_corpus

from dcat_hk.build import build
from dcat_hk.core.settings import Settings
from dcat_hk.serving.queries import bind_parameters, load_named_queries

ROOT = Path(__file__).parents[1]
CLIENT = Path(__file__).with_name("asking.py")
AT_ONCE = [1, 8, 32]
#: How many different things are asked for, and how many queries of each kind.
MOST_THINGS, MOST_QUERIES = 5_000, 200
#: How many datasets a page of the feed has, as the server has it.
PAGE = 100
#: How many ticks of a processor a second has.
TICKS = float(os.sysconf("SC_CLK_TCK"))
#: Starting a server takes as long as filling its store.
TO_START = 900.0
JSON = "application/sparql-results+json"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
WORDS = ("交通", "health", "空氣", "map", "人口", "water")
_DATASET = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> "

#: Path, headers, expected status.
Request = tuple[str, dict[str, str], int]
Figures = dict[str, Any]


@dataclass(slots=True)
class Catalogue:
    """What can be asked for: all documents and datasets by their paths under the base IRI."""

    base: str
    folder: Path
    documents: list[str]
    datasets: list[str]
    quads: int


@dataclass(slots=True)
class Running:
    """A server's process, its port and its memory, second by second."""

    process: subprocess.Popen[Any]
    port: int
    ready: float = 0.0
    memory: list[float] = field(default_factory=list)

    def look(self) -> float:
        """Return the megabytes that it uses now."""
        return sum(map(proportional_memory, family(self.process.pid)))

    def worked(self) -> float:
        """Return the seconds that processors have worked for it and those that it started and that still run."""
        used = 0
        for number in family(self.process.pid):
            with contextlib.suppress(OSError):
                parts = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                used += int(parts[11]) + int(parts[12])
        return used / TICKS

    def watch(self) -> None:
        """Look once a second, as long as it runs."""
        while self.process.poll() is None:
            looked = time.perf_counter()
            self.memory.append(self.look())
            # Looking at a large process holds it up: it must not cost more than a twentieth.
            time.sleep(max(1.0, 20 * (time.perf_counter() - looked)))


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", type=int, default=[0])
    parser.add_argument("--folder", type=Path, help="an output folder to serve instead")
    parser.add_argument("--seconds", type=float, default=4.0, help="how long each kind is asked for; default 4")
    parser.add_argument("--most", type=int, default=20_000, help="how many requests of a kind at most; default 20000")
    parser.add_argument("--at-once", nargs="*", type=int, default=[1, 8, 32], help="connections; default 1 8 32")
    parser.add_argument("--soak", type=float, default=20.0, help="how long everything is asked for; default 20")
    arguments = parser.parse_args()
    AT_ONCE[:] = arguments.at_once
    names = ("dcat-hk", "starlette", "uvicorn", "pyoxigraph", "oxigraph")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)
    print(f"{os.cpu_count()} processors, Python {platform.python_version()}, {versions}; load {os.getloadavg()[0]:.1f}")
    bounds = (arguments.seconds, arguments.most)
    print(f"\n{HEAD}")
    client(bounds)
    with tempfile.TemporaryDirectory() as scratch:
        if arguments.folder:
            measure(arguments.folder, Path(scratch), bounds, arguments.soak)
            return
        for rows in arguments.rows:
            folder = made(Path(scratch) / str(rows), rows) if rows else ROOT / "output"
            measure(folder, Path(scratch), bounds, arguments.soak)


def made(folder: Path, rows: int) -> Path:
    """Publish a catalogue of so many rows and return where it is."""
    make_corpus(folder / "plans", rows)
    assert build([folder / "plans"], folder / "output", Settings(), validated=False).published
    return folder / "output"


def survey(folder: Path) -> Catalogue:
    """Return what there is in an output folder."""
    base = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["settings"]["base_iri"]
    documents, datasets, quads = set(), set(), 0
    with (folder / "catalogue.nq").open(encoding="utf-8") as file:
        for quads, line in enumerate(file, 1):  # noqa: B007 - counted
            subject, _, rest = line.partition(" ")
            if subject.startswith("<" + base) and "#" not in subject:
                documents.add(subject[1 + len(base) : -1])
                if rest.startswith(_DATASET):
                    datasets.add(subject[1 + len(base) : -1])
    return Catalogue(base, folder, sorted(documents - {"catalogue"}), sorted(datasets), quads)


def some(items: list[str], most: int) -> list[str]:
    """Return no more than so many, evenly spread."""
    return items[:: -(-len(items) // most)]


# ---- servers


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def started(command: list[str], port: int, path: str, log: Path) -> Iterator[Running]:
    """Start a server, wait until it answers, watch its memory, and stop it when the block ends."""
    began = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
    try:
        while get(port, path, {})[0] != 200:
            if process.poll() is not None or time.perf_counter() - began > TO_START:
                raise SystemExit(f"{command[:4]} does not answer: {log.read_text(encoding='utf-8')[-2000:]}")
            time.sleep(0.02)
        running = Running(process, port, ready=time.perf_counter() - began)
        threading.Thread(target=running.watch, daemon=True).start()
        yield running
    finally:
        process.terminate()
        process.wait(60)


def get(port: int, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
    """Ask for a path once; status 0 says that nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", path, headers=headers)
        reply = connection.getresponse()
        return reply.status, reply.read()
    except OSError:
        return 0, b""
    finally:
        connection.close()


def ours(folder: Path, scratch: Path, *options: str) -> contextlib.AbstractContextManager[Running]:
    """Start `dcat-hk serve`."""
    port = free_port()
    command = [sys.executable, "-m", "dcat_hk", "serve", str(folder), "--port", str(port), "--keep-in", str(scratch)]
    return started([*command, *options], port, "/health", scratch / "serve.log")


@contextlib.contextmanager
def plain(folder: Path, scratch: Path) -> Iterator[tuple[Running, float]]:
    """Load the same quads into the plain server's store and start it; give how long loading took, too."""
    program, port = str(Path(sys.executable).with_name("oxigraph")), free_port()
    with tempfile.TemporaryDirectory(dir=scratch) as store:
        began = time.perf_counter()
        load = [program, "load", "--location", store, "--file", str(folder / "catalogue.nq")]
        subprocess.run(load, check=True, capture_output=True)
        seconds = time.perf_counter() - began
        bind = ["--bind", f"127.0.0.1:{port}", "--union-default-graph"]
        path = f"/query?query={quote('ASK {}')}"
        with started([program, "serve", "--location", store, *bind], port, path, scratch / "plain.log") as running:
            yield running, seconds


# ---- asking

HEAD = (
    f"{'what':<16} {'at once':>7} {'a second':>9} {'p50 ms':>8} {'p99 ms':>8} {'longest':>8} {'MB/s':>6} {'wrong':>5}"
    f" {'cpu ms':>7}"
)


def ask(server: Running, requests: list[Request], at_once: int, bounds: tuple[float, int]) -> Figures:
    """Let the client ask, and return its figures, with the milliseconds that processors worked for a request."""
    before = server.worked()
    wanted = {"port": server.port, "requests": requests, "at_once": at_once, "seconds": bounds[0], "most": bounds[1]}
    done = subprocess.run(
        [sys.executable, str(CLIENT)], input=json.dumps(wanted), capture_output=True, text=True, check=True
    )
    found: Figures = json.loads(done.stdout)
    each = (server.worked() - before) / max(found["answers"], 1)
    return found | {
        "rate": found["answers"] / found["seconds"],
        "wrong": found["wrong"] + found["lost"],
        "each": each * 1000,
    }


def cells(name: str, at_once: int, found: Figures) -> str:
    """Return a line of figures."""
    times = " ".join(f"{found[key] * 1000:8.1f}" for key in ("p50", "p99", "longest"))
    size = found["bytes"] / found["seconds"] / 1e6
    return f"{name:<16} {at_once:>7} {found['rate']:9.1f} {times} {size:6.1f} {found['wrong']:5} {found['each']:7.2f}"


def client(bounds: tuple[float, int]) -> None:
    """Print what the client itself can do."""
    command = [sys.executable, str(CLIENT), "--parrot"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parrot:
        assert parrot.stdout
        server = Running(parrot, int(parrot.stdout.readline()))
        for at_once in AT_ONCE:
            found = ask(server, [("/", {}, 200)], at_once, (bounds[0] / 2, 1_000_000))
            print(cells("client", at_once, found), flush=True)
        parrot.terminate()


def pages(catalogue: Catalogue) -> dict[str, list[Request]]:
    """Return requests for everything but queries, by kind."""
    things = some(catalogue.documents, MOST_THINGS)
    endings = (".html", ".en.html", ".zh-Hans.html")
    starts = [
        f"/from-{path.removeprefix('dataset/')}" if n else "" for n, path in enumerate(catalogue.datasets[::PAGE])
    ]
    return {
        "Turtle": [(f"/{quote(thing)}.ttl", {}, 200) for thing in things],
        "HTML": [(f"/{quote(thing)}{endings[n % 3]}", {}, 200) for n, thing in enumerate(things)],
        "303": [(f"/{quote(thing)}", {"Accept": "text/turtle"}, 303) for thing in things],
        "feed": [(f"/feed/datasets{start}.ttl", {}, 200) for start in starts],
    }


def queries(catalogue: Catalogue) -> dict[str, list[str]]:
    """Return queries by kind."""
    iris = [catalogue.base + path for path in some(catalogue.datasets, MOST_QUERIES)]
    known = load_named_queries()
    return {
        "ASK": [f"ASK {{ <{iri}> a <http://www.w3.org/ns/dcat#Dataset> }}" for iri in iris],
        "one thing": [f"SELECT ?p ?o {{ <{iri}> ?p ?o }}" for iri in iris],
        "search": [bind_parameters(known["search"], {"word": word}, catalogue.base) for word in WORDS],
        "planned-by-month": [bind_parameters(known["planned-by-month"], {}, catalogue.base)],
        "1,000 rows": ["SELECT ?s ?p ?o { ?s a <http://www.w3.org/ns/dcat#Distribution> ; ?p ?o } LIMIT 1000"],
    }


def as_requests(path: str, asked: list[str]) -> list[Request]:
    """Return queries as requests."""
    return [(f"{path}?query={quote(query)}", {"Accept": JSON}, 200) for query in asked]


def rows(port: int, path: str, query: str) -> Any:
    """Return the answer to a query, in an order of its own."""
    status, body = get(port, f"{path}?query={quote(query)}", {"Accept": JSON})
    if status != 200:
        return status
    found = json.loads(body)
    if "boolean" in found:
        return found["boolean"]
    plain = [
        {name: {key: part.lower() if key == "xml:lang" else part for key, part in term.items()}
         for name, term in row.items()} for row in found["results"]["bindings"]
    ]  # fmt: skip
    return sorted(json.dumps(row, sort_keys=True) for row in plain)


# ---- what is measured


def measure(folder: Path, scratch: Path, bounds: tuple[float, int], soak: float) -> None:
    """Print everything about one catalogue."""
    catalogue = survey(folder)
    print(f"\n{len(catalogue.datasets):,} datasets, {len(catalogue.documents):,} documents, {catalogue.quads:,} quads")
    options = ("--query-waiting", str(max(AT_ONCE)), "--query-seconds", "30")
    with ours(folder, scratch, *options) as server:
        print(f"ready after {server.ready:.1f} s with {server.look():.0f} MB\n\n{HEAD}", flush=True)
        for name, requests in pages(catalogue).items():
            for at_once in AT_ONCE:
                print(cells(name, at_once, ask(server, requests, at_once, bounds)), flush=True)
        with plain(folder, scratch) as (other, loading):
            print(f"\noxigraph: loaded in {loading:.1f} s, ready after {other.ready:.1f} s with {other.look():.0f} MB")
            compare(server, other, queries(catalogue), bounds)
            print(f"memory of oxigraph: {series(other.memory)}")
        print(f"memory of serve:    {series(server.memory)}", flush=True)
    with ours(folder, scratch) as server:
        busy(server, pages(catalogue), bounds)
        soaked(server, catalogue, soak)


def compare(server: Running, other: Running, asked: dict[str, list[str]], bounds: tuple[float, int]) -> None:
    """Print figures of queries beside the other server's."""
    print(f"\n{HEAD}   oxigraph   p50 ms   p99 ms  wrong  cpu ms  ratio  same", flush=True)
    for name, texts in asked.items():
        pairs = [(rows(server.port, "/sparql", text), rows(other.port, "/query", text)) for text in texts[:20]]
        same = sum(mine == theirs for mine, theirs in pairs)
        for at_once in AT_ONCE:
            mine = ask(server, as_requests("/sparql", texts), at_once, bounds)
            theirs = ask(other, as_requests("/query", texts), at_once, bounds)
            ratio = theirs["rate"] / mine["rate"] if mine["rate"] else float("nan")
            times = " ".join(f"{theirs[key] * 1000:8.1f}" for key in ("p50", "p99"))
            beside = f"{theirs['rate']:10.1f} {times} {theirs['wrong']:6} {theirs['each']:7.2f}"
            print(f"{cells(name, at_once, mine)} {beside} {ratio:5.1f}x  {same}/{len(pairs)}", flush=True)


def busy(server: Running, asked: dict[str, list[Request]], bounds: tuple[float, int]) -> None:
    """Print figures of things and feeds while all query processes run queries that never end."""
    stop = threading.Event()

    def insist() -> None:
        while not stop.is_set():
            get(server.port, f"/sparql?query={quote(ENDLESS)}", {"Accept": JSON})

    threads = [threading.Thread(target=insist, daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    print(f"\n{HEAD}")
    for name, requests in asked.items():
        found = ask(server, requests, 8, bounds)
        # What processors worked is that of the queries that never end: their processes come and go.
        print(cells(f"busy, {name}", 8, found | {"each": float("nan")}), flush=True)
    stop.set()
    for thread in threads:
        thread.join()


def soaked(server: Running, catalogue: Catalogue, seconds: float) -> None:
    """Print figures and memory of a mixture of everything."""
    kinds = [*pages(catalogue).values(), *(as_requests("/sparql", some) for some in queries(catalogue).values())]
    longest = max(map(len, kinds))
    mixed = [kind[number % len(kind)] for number in range(longest) for kind in kinds]
    first = len(server.memory)
    print(cells("soak", 8, ask(server, mixed, 8, (seconds, 10_000_000))))
    print(f"memory of serve:    {series(server.memory[first:])}", flush=True)


def series(memory: list[float]) -> str:
    """Return megabytes over time: first, most, last, and about thirty in between."""
    step = max(1, -(-len(memory) // 30))
    shown = " ".join(f"{one:.0f}" for one in memory[::step])
    return f"first {memory[0]:.0f}, most {max(memory):.0f}, last {memory[-1]:.0f} MB; every {step} s: {shown}"


if __name__ == "__main__":
    main()
