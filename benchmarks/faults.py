"""
Lets every step of the commands that change files fail, or kills them there, and looks at what is left.

Run ``python benchmarks/faults.py [--every N] [--begin N] [TRIAL …]``: `build`, `feed`, `reconcile`, `review`, `portal`,
`link`, `load`, `kill`. A step is an open, write, fsync, sync, rename, mkdir, unlink or rmdir; of `load`, the store dies
after so many bytes; of `kill`, a build with worker processes is killed at 200 random moments, alone or with them. After
each fault the files must be the old or the new ones, whole; the command ends with a sentence; the next run succeeds and
leaves nothing behind. The exit code is 1 if anything failed.

Each minute tells how far a trial is. Several processes share the work with ``--every 2 --begin 1`` and ``--begin 2``.
The vocabularies are cut down to some concepts, and files are quickest in memory: ``TMPDIR=/dev/shm``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.fault_trials import keep_few_concepts, make_trials
from support.faults import FAULTS, Trial, count_steps
from support.kill_trials import KillTrial
from support.store_trials import LoadTrial

#: After how many numbers of bytes a store dies, and how often a build is killed.
DEATHS, KILLS = 40, 200
#: Seconds between two lines about how far a trial is.
MINUTE = 60.0


class Progress:
    """Tells now and then how far a trial is."""

    def __init__(self) -> None:
        """Begin to wait."""
        self._next = time.monotonic() + MINUTE

    def tell(self, line: str) -> None:
        """
        Print a line, if the last one is a minute ago.

        Args:
            line: How far the trial is.
        """
        if time.monotonic() > self._next:
            print(f"  … {line}", flush=True)
            self._next = time.monotonic() + MINUTE


def try_faults(name: str, trial: Trial, place: Path, begin: int, every: int) -> int:
    """Try every fault at every step of a command, print one line and each failure, and return the failures."""
    began, clock = time.monotonic(), Progress()
    steps, kinds, new = count_steps(trial, place)
    tried = failed = 0
    for number in range(begin, steps + 1, every):
        for fault, code in FAULTS.items():
            problems = trial.problems(place, number, code, new)
            tried, failed = tried + 1, failed + bool(problems)
            for problem in problems:
                print(f"  {name}: {fault} at step {number}, {problem}", flush=True)
        clock.tell(f"{name}: step {number} of {steps}, {tried} faults, {failed} failed")
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    seconds = time.monotonic() - began
    print(f"{name}: {steps} steps ({counts}); {tried} faults, {failed} failed; {seconds:.0f} s", flush=True)
    return failed


def try_store(place: Path, begin: int, every: int) -> int:
    """Let a store die after each of some numbers of bytes; print and return as `try_faults` does."""
    trial = LoadTrial(place)
    return _try_all("load", trial.problems, range(0, trial.bytes, trial.bytes // DEATHS), begin, every)


def try_kills(place: Path, begin: int, every: int) -> int:
    """Kill builds at random moments; print and return as `try_faults` does."""
    return _try_all("kill", KillTrial(place).problems, range(KILLS), begin, every)


def _try_all(name: str, problems: Callable[[int], list[str]], numbers: range, begin: int, every: int) -> int:
    """Try numbers, print one line and each failure, and return the failures."""
    began, clock = time.monotonic(), Progress()
    chosen = numbers[begin - 1 :: every]
    failed = 0
    for number in chosen:
        found = problems(number)
        failed += bool(found)
        for problem in found:
            print(f"  {name} {number}: {problem}", flush=True)
        clock.tell(f"{name}: {number} of {len(numbers)}, {failed} failed")
    print(f"{name}: {len(chosen)} tried, {failed} failed; {time.monotonic() - began:.0f} s", flush=True)
    return failed


#: Trials of another kind, each with a folder of its own.
OTHERS = {"load": try_store, "kill": try_kills}


def main() -> int:
    """Run the trials that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="try only every N-th step")
    parser.add_argument("--begin", type=int, default=1, help="begin at the N-th step")
    parser.add_argument("trials", nargs="*", help="what to try; default all")
    options = parser.parse_args()
    keep_few_concepts()
    with tempfile.TemporaryDirectory() as folder:
        start = Path(folder) / "start"
        start.mkdir()
        trials = make_trials(start)
        steps, failed = (options.begin, options.every), 0
        for name in options.trials or [*trials, *OTHERS]:
            place = Path(folder) / "run" / name
            place.mkdir(parents=True)
            failed += OTHERS[name](place, *steps) if name in OTHERS else try_faults(name, trials[name], place, *steps)
        return min(1, failed)


if __name__ == "__main__":
    sys.exit(main())
