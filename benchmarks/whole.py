"""
Measures a whole build, as `dcat-hk build` does it: read, mapped, compared, written and validated.

    python benchmarks/whole.py [ROWS] [--jobs 2]      default 100000

Told are time by the clock, processor time of all processes, and the peak memory of all of them together, pages that
they share counted once (Linux only). There is no cache.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from build import family, proportional_memory
from corpus import make_corpus

#: Seconds between two looks at the memory.
_PAUSE = 0.5


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
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        peak = 0.0
        with subprocess.Popen([*command, "-j", str(options.jobs)], stderr=subprocess.DEVNULL) as process:
            while process.poll() is None:
                peak = max(peak, sum(map(proportional_memory, family(process.pid))))
                time.sleep(_PAUSE)
        seconds, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        count = len(list(plans.iterdir()))
        print(f"{rows:,} rows in {count:,} plans, {options.jobs} processes, exit code {process.returncode}: ", end="")
        print(f"{seconds:.0f} s by the clock, {spent:.0f} s of processors, {peak:.0f} MB")


if __name__ == "__main__":
    main()
