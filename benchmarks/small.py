"""
Measures the fixed cost of a small build: what `dcat-hk build` takes for a plan of a few rows.

    python benchmarks/small.py [--rounds 9] [--imports]

Each figure is the least of some rounds, each a process of its own, as a shell starts it: by the clock, and the
processor time of the process and those that it starts. Modules are compiled before, as those of an installed program
are. *build* has a cache from an earlier run, as a user's second build has; *build, first* begins with an empty one;
*build, no cache* has none. `--imports` lists the modules that take longest to import, by `python -X importtime`.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from measuring import environment_of, run_measured

SEEDS = Path(__file__).parents[1] / "seeds"
#: How many modules are listed.
_MOST_LISTED = 25


def measure(command: list[str], folder: Path, rounds: int, prepare: Callable[[], None] = lambda: None) -> str:
    """Return the least seconds by the clock and of processors that a command takes."""
    best = [float("inf"), float("inf")]
    for _round in range(rounds):
        prepare()
        took = run_measured(command, environment_of(folder), folder)
        if took.exit_code:
            raise SystemExit(f"{command} ended with {took.exit_code}")
        best = [min(pair) for pair in zip(best, (took.seconds, took.spent), strict=True)]
    return f"{best[0]:6.2f} s   {best[1]:6.2f} s"


def list_imports(command: list[str], folder: Path) -> None:
    """Print the modules that take longest to import, themselves alone."""
    words = [command[0], "-X", "importtime", *command[1:]]
    done = subprocess.run(words, cwd=folder, capture_output=True, check=True, text=True, env=environment_of(folder))
    lines = [line.removeprefix("import time:").split("|") for line in done.stderr.splitlines() if "|" in line]
    times = sorted(((int(own), name.strip()) for own, _sum, name in lines if own.strip().isdigit()), reverse=True)
    print(f"\n{sum(own for own, _name in times) / 1000:8.1f} ms for {len(times)} modules")
    for own, name in times[:_MOST_LISTED]:
        print(f"{own / 1000:8.1f} ms {name}")


def main() -> None:
    """Measure all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9, help="how often each is measured")
    parser.add_argument("--imports", action="store_true", help="list what takes longest to import")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plan = folder / "plan.txt"
        shutil.copy(min(SEEDS.glob("*.txt"), key=lambda path: path.stat().st_size), plan)
        program = [sys.executable, "-m", "dcat_hk"]
        build = [*program, "build", str(plan), "-o", "output", "-q"]
        cases: list[tuple[str, list[str], Callable[[], None]]] = [
            ("python alone", [sys.executable, "-c", "pass"], lambda: None),
            ("--help", [*program, "--help"], lambda: None),
            ("lint", [*program, "lint", str(plan)], lambda: None),
            ("build", build, lambda: None),
            ("build, first", build, lambda: shutil.rmtree(folder / "cache", ignore_errors=True)),
            ("build, no cache", [*build, "--no-cache"], lambda: None),
        ]
        print(f"{'':17} by clock   processors")
        for title, command, prepare in cases:
            print(f"{title:17} {measure(command, folder, options.rounds, prepare)}", flush=True)
        if options.imports:
            list_imports(build, folder)


if __name__ == "__main__":
    main()
