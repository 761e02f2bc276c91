"""A scheduler of Dask and its workers, as processes of their own on this machine."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from dcat_hk.core.errors import NotAPlan

_PATIENCE = 120


def need_dask():
    """Skip the test where Dask is not installed; CI must have it."""
    if find_spec("distributed") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no distributed: CI must have it")
        pytest.skip("needs the package distributed (dcat-hk[dask])")


class Processes:
    """The scheduler's address, and the processes of workers, which can be killed."""

    def __init__(self, address, workers):
        """Keep them."""
        self.address, self.workers = address, workers


@contextmanager
def dask_cluster(folder, workers=2):
    """Run a scheduler and workers without a nanny, so that a killed one stays away; end them afterwards."""
    need_dask()
    # Workers find the functions of tests where tests find them.
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    file, log = folder / "scheduler.json", folder / "dask.log"
    own = ["--scheduler-file", str(file), "--host", "127.0.0.1"]
    ports = ["--port", "0", "--dashboard-address", "127.0.0.1:0"]
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    started = []
    try:
        with log.open("wb") as out:
            started.append(
                subprocess.Popen([*command, *own, *ports], stdout=out, stderr=out, cwd=folder, env=environment)
            )
            wait_for(lambda: read_address(file))
            address = read_address(file)
            words = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
            for _worker in range(workers):
                command = [sys.executable, "-m", "distributed.cli.dask_worker", address, *words]
                started.append(subprocess.Popen(command, stdout=out, stderr=out, cwd=folder, env=environment))
        wait_for(lambda: log.read_text(encoding="utf-8").count("Register worker") >= workers)
        yield Processes(address, started[1:])
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def read_address(file):
    """Return the address that a scheduler has written into a file, nothing while it is being written."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))["address"]
    except (OSError, ValueError):
        return ""


def wait_for(condition):
    """Wait until something is true."""
    end = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def see_nothing(_source, _options):
    """Return what a worker says that finds no file."""
    return ""


def fail(*_given):
    """Fail as a library may on another machine."""
    raise RuntimeError("no")


def refuse(_shared, _task):
    """Raise an error of ours."""
    raise NotAPlan("No.", "a")


def name_process():
    """Return another version in each process."""
    return f"version {os.getpid()}"


def time_out(_shared, _task):
    """Raise what also says that a result did not come in time."""
    raise TimeoutError("of the task")


def wait_and_multiply(shared, task):
    """Multiply, slowly."""
    time.sleep(0.1)
    return shared * task
