"""
Runs a command for benchmarks and measures it: by the clock, and the processor time of all processes that it starts.

Processes that outlive the one that started them count too (Linux only): otherwise nobody would have waited for them.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from build import family, proportional_memory

#: The option of prctl(2) by which orphans of ours become our children.
_SET_CHILD_SUBREAPER = 36
#: Seconds between two looks at the memory.
_PAUSE = 0.5


class Measured(NamedTuple):
    """What a command took: seconds by the clock and of processors, the most megabytes at once; and its exit code."""

    seconds: float
    spent: float
    megabytes: float
    exit_code: int


def run_measured(
    command: Sequence[str], environment: Mapping[str, str], folder: Path, *, looks: bool = False
) -> Measured:
    """
    Run a command to its end.

    Args:
        command: The command.

        environment: Its environment.

        folder: Where it runs.

        looks: Whether its memory is looked at, which takes a little of a processor.
    """
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before, begun, peak = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter(), 0.0
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while looks and process.poll() is None:
            peak = max(peak, sum(map(proportional_memory, family(process.pid))))
            time.sleep(_PAUSE)
        exit_code = process.wait()
        seconds = time.perf_counter() - begun
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Measured(seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak, exit_code)


def environment_of(folder: Path) -> dict[str, str]:
    """
    Return the environment of a command: a cache and compiled modules of its own, and no settings of the user.

    Args:
        folder: Where both lie. An installed program has compiled modules: the first command makes them.
    """
    left_out = {"PYTHONDONTWRITEBYTECODE"}
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("DCAT_HK_") and name not in left_out
    }
    return {**kept, "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPYCACHEPREFIX": str(folder / "modules")}
