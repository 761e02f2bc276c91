"""
Measures a whole build, as `dcat-hk build` does it: read, mapped, compared, written and validated.

    python benchmarks/whole.py [ROWS] [--jobs 2]      default 100000

Told are time by the clock, processor time of all processes, and the peak memory of all of them together, pages that
they share counted once (Linux only). There is no cache.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from corpus import make_corpus
from measuring import environment_of, run_measured


def main() -> None:
    """Build once."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="?", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=2, help="how many processes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        plans = Path(name) / "plans"
        rows = make_corpus(plans, options.rows)
        command = [sys.executable, "-m", "dcat_hk", "build", str(plans), "-o", f"{name}/output", "-q", "--no-cache"]
        environment = environment_of(Path(name))
        run_measured([sys.executable, "-m", "dcat_hk", "--help"], environment, Path(name))
        took = run_measured([*command, "-j", str(options.jobs)], environment, Path(name), looks=True)
        count = len(list(plans.iterdir()))
        print(f"{rows:,} rows in {count:,} plans, {options.jobs} processes, exit code {took.exit_code}: ", end="")
        print(f"{took.seconds:.0f} s by the clock, {took.spent:.0f} s of processors, {took.megabytes:.0f} MB")


if __name__ == "__main__":
    main()
