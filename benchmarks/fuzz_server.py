"""
Sends thousands of damaged requests to a server of our own: none may give 500, a traceback, or silence for the others.

Run ``python benchmarks/fuzz_server.py [--count 10000] [--seed 0] [--clients 8] [FOLDER]``. Each trial is a request over
HTTP or a SPARQL query, made of parts of valid ones and damaged by a seed of its own, on a bare connection; some clients
read the answer, some go away before. Meanwhile ``/health`` is asked again and again. Counted are the statuses; exit
code 1 if there is a 500, a traceback in the log, or an answer of ``/health`` that took more than a second.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from support.hostile_requests import make_trial  # noqa: E402 - what tests share is found beside them
from support.web_servers import serving  # noqa: E402

#: Seconds that a client waits for an answer, which half a request does not get; one of so many does not wait at all.
_PATIENCE, _LEAVES = 1.0, 7
#: Seconds in which /health has to answer.
_PROMPT = 1.0


def send_trial(server: Any, seed: int) -> str:
    """Send a request and return the status of the answer; `closed`, `left` or `waits` if there is none."""
    with server.connect() as connection:
        connection.settimeout(_PATIENCE)
        try:
            connection.sendall(make_trial(seed))
            if seed % _LEAVES == 0:
                return "left"
            reply = connection.recv(4096)
        except TimeoutError:
            return "waits"
        except OSError:
            return "closed"
    return reply[9:12].decode("ascii", "replace") if reply.startswith(b"HTTP/1.1 ") else "closed"


def measure_health(server: Any, stop: threading.Event) -> list[float]:
    """Return how long each answer of /health took."""
    times = []
    while not stop.is_set():
        began = time.monotonic()
        assert server.ask("health").status == 200
        times.append(time.monotonic() - began)
        stop.wait(0.05)
    return times


def run_trials(server: Any, count: int, seed: int, clients: int) -> tuple[Counter[str], list[float]]:
    """Send requests by several clients; return the counts of statuses and the times of /health."""
    stop = threading.Event()
    with ThreadPoolExecutor(clients + 1) as pool:
        health = pool.submit(measure_health, server, stop)
        try:
            counts = Counter(pool.map(lambda number: send_trial(server, number), range(seed, seed + count)))
        finally:
            stop.set()
        return counts, health.result()


def main() -> int:
    """Start a server, send requests, and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "output")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--clients", type=int, default=8)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with serving(options.folder, log, "--query-seconds", "2") as server:
            began = time.monotonic()
            counts, times = run_trials(server, options.count, options.seed, options.clients)
            seconds = time.monotonic() - began
            stopped = server.stop()
        text = log.read_text(encoding="utf-8", errors="replace")
        tracebacks = text.count("Traceback")
        if tracebacks:
            with contextlib.suppress(ValueError):
                print(text[text.index("Traceback") - 300 :][:4000])
    listed = ", ".join(f"{number:,} {status}" for status, number in sorted(counts.items()))
    print(f"{options.count:,} requests in {seconds:.0f} s: {listed}")
    print(f"/health: {len(times):,} answers, the longest after {max(times):.3f} s")
    print(f"tracebacks: {tracebacks}; exit code of the server: {stopped}")
    return int(bool(counts["500"] or tracebacks or stopped or max(times) > _PROMPT))


if __name__ == "__main__":
    raise SystemExit(main())
