"""
Lets every step of the commands that change files fail, or kills them there, and looks at what is left.

Run ``python benchmarks/faults.py [--every N] [--begin N] [COMMAND …]``: `build`, `feed`, `reconcile`, `review`. A step is an open,
write, fsync, rename, mkdir, unlink or rmdir. After each fault the files must be the old or the new ones, whole; the
command ends with a sentence; the next run succeeds and leaves nothing behind. The exit code is 1 if anything failed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.fault_trials import make_trials
from support.faults import FAULTS, Trial, count_steps


def try_faults(name: str, trial: Trial, place: Path, begin: int, every: int) -> int:
    """Try every fault at every step of a command, print one line and each failure, and return the failures."""
    began = time.monotonic()
    steps, kinds, new = count_steps(trial, place)
    tried = failed = 0
    for number in range(begin, steps + 1, every):
        for fault, code in FAULTS.items():
            problems = trial.problems(place, number, code, new)
            tried, failed = tried + 1, failed + bool(problems)
            for problem in problems:
                print(f"  {name}: {fault} at step {number}, {problem}", flush=True)
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    seconds = time.monotonic() - began
    print(f"{name}: {steps} steps ({counts}); {tried} faults, {failed} failed; {seconds:.0f} s", flush=True)
    return failed


def main() -> int:
    """Run the trials that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="try only every N-th step")
    parser.add_argument("--begin", type=int, default=1, help="begin at the N-th step")
    parser.add_argument("commands", nargs="*", help="commands to try; default all")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        start = Path(folder) / "start"
        start.mkdir()
        trials = make_trials(start)
        chosen = options.commands or list(trials)
        run, steps = Path(folder) / "run", (options.begin, options.every)
        return min(1, sum(try_faults(name, trials[name], run, *steps) for name in chosen))


if __name__ == "__main__":
    sys.exit(main())
