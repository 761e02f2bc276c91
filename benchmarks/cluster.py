"""
Measures a build of so many rows by this machine alone, and by one and by two workers of Dask.

    python benchmarks/cluster.py [ROWS]      default 100000

Scheduler and workers are processes of this machine, so that no network is measured, and two workers have no more
processors than two processes. What is told: time by the clock, processor time of all processes, whether the bytes are
those of one process, and what one of two workers that is killed after a third of the plans costs.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus import make_corpus

from dcat_hk.build import build
from dcat_hk.core.reporting import FileSteps, no_progress
from dcat_hk.core.settings import Settings

_PATIENCE = 120
_QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Run a scheduler and workers, and give its address and them."""
    file = folder / f"scheduler-{workers}.json"
    started: list[subprocess.Popen[bytes]] = []
    try:
        words = ["--scheduler-file", str(file), "--host", "127.0.0.1", "--port", "0", "--dashboard-address", ":0"]
        started.append(_start("scheduler", *words))
        _wait_for(lambda: file.exists() and file.stat().st_size > 0)
        words = ["--scheduler-file", str(file), "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        started += [_start("worker", *words, "--local-directory", str(folder)) for _worker in range(workers)]
        from distributed import Client

        with Client(scheduler_file=str(file), set_as_default=False, timeout=_PATIENCE) as client:
            client.wait_for_workers(workers, timeout=_PATIENCE)
            address = client.scheduler.address
        yield address, started[1:]
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def _start(kind: str, *words: str) -> subprocess.Popen[bytes]:
    """Start a scheduler or a worker."""
    return subprocess.Popen([sys.executable, "-m", f"distributed.cli.dask_{kind}", *words], **_QUIET)  # type: ignore[call-overload,no-any-return]


def _wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something is true."""
    end = time.monotonic() + _PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)


def digest(folder: Path) -> str:
    """Return the digest of all files of a folder with their names."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(path.relative_to(folder).as_posix().encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:12]


def measure(name: str, plans: Path, output: Path, *, dask: str = "", jobs: int = 0, kill: int = 0) -> None:
    """Build, and print how long it took; the process with a number is killed after a third of the plans."""
    killed: list[int] = []

    def progress(_stage: str, done: int, total: int, _detail: str | FileSteps = "", /) -> None:
        if kill and not killed and done > total // 3:
            killed.append(kill)
            os.kill(kill, signal.SIGKILL)

    begun = time.perf_counter()
    result = build([plans], output, Settings(), jobs=jobs, dask=dask, progress=progress if kill else no_progress)
    seconds = time.perf_counter() - begun
    state = digest(output) if result.published else result.reason
    print(f"{name:34} {seconds:8.1f}s  {state}", flush=True)


def main() -> None:
    """Measure all."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = make_corpus(folder / "plans", rows)
        print(f"{made:,} rows, {len(list((folder / 'plans').iterdir())):,} plans, {os.cpu_count()} processors")
        plans, output = folder / "plans", folder / "output"
        measure("this process", plans, output, jobs=1)
        measure("2 processes", plans, output, jobs=2)
        for workers in (1, 2):
            with cluster(folder, workers) as (address, _processes):
                measure(f"Dask, {workers} worker{'s' * (workers > 1)}", plans, output, dask=address)
        with cluster(folder, 2) as (address, processes):
            measure("Dask, 2 workers, one is killed", plans, output, dask=address, kill=processes[0].pid)


if __name__ == "__main__":
    main()
