"""
Measures how long it takes to link plans with the portal, vectors of titles being known, and the memory it takes.

    python benchmarks/linking.py SNAPSHOT [--rows 11349] [--model use+e5]

SNAPSHOT is what `dcat-hk portal read` or `fetch` writes, here one of 3,651 records: with as many rows of plans as are
the default there are 15,000 titles. The plans are the seeds' rows under all bodies. The first run keeps what the models
say of each title; the second is the one that counts. It reads the plans, too (kept readings are used).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from corpus import make_corpus
from measuring import environment_of, run_measured


def main() -> None:
    """Link twice."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("snapshot", type=Path, help="a snapshot of the portal")
    parser.add_argument("--rows", type=int, default=11_349, help="rows of plans")
    parser.add_argument("--model", default="use+e5", help="none, use or use+e5")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        rows = make_corpus(Path(name) / "plans", options.rows)
        snapshot, found = str(options.snapshot.resolve()), Path(name) / "links.json"
        command = [sys.executable, "-m", "dcat_hk", "link", f"{name}/plans", "--portal", snapshot, "--model"]
        command += [options.model, "--cache", f"{name}/cache", "--format", "json", "-o", str(found), "-q"]
        for run in ("first", "vectors known"):
            took = run_measured(command, environment_of(Path(name)), Path(name), looks=True)
            found.unlink(missing_ok=True)
            print(f"{rows:,} rows, {options.model}, {run}, exit code {took.exit_code}: ", end="")
            print(f"{took.seconds:.0f} s by the clock, {took.spent:.0f} s of processors, {took.megabytes:.0f} MB")


if __name__ == "__main__":
    main()
