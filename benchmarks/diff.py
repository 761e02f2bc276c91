"""
Measures `dcat-hk diff` of two builds: seconds and memory, as the builds grow and as the difference grows.

Run ``python benchmarks/diff.py [ROWS …]``; default 2000 20000 100000. The older build is made of as many rows as
`build.py` makes it of; the newer one is a copy of its N-Quads in which every month of some plans is another, with
other digests of their files: of no plan, of one, and of one in ten. Each figure is from a process of its own, which
writes JSON. Memory is the peak of the process, looked at from outside (Linux only); an interpreter with pyoxigraph
alone has about 30 MB.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from build import family, proportional_memory
from corpus import make_corpus

from dcat_hk.build import build
from dcat_hk.core.settings import Settings

#: One in so many plans is changed; 0 for none, a large number for the first alone.
SHARES = {"equal": 0, "one plan": 10**9, "every tenth": 10}


def main() -> None:
    """Print a line for each size and each difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", type=int, default=[2_000, 20_000, 100_000])
    arguments = parser.parse_args()
    print(f"{'rows':>7} {'statements':>10} {'megabytes':>9} {'changed':>12} {'facts':>9} {'time':>9} {'memory':>7}")
    for rows in arguments.rows:
        with tempfile.TemporaryDirectory() as name:
            measure(Path(name), rows)


def measure(folder: Path, rows: int) -> None:
    """Build once, and print a line for each difference."""
    made = make_corpus(folder / "plans", rows)
    assert build([folder / "plans"], folder / "output", Settings(), validated=False).published
    old, new = folder / "output" / "catalogue.nq", folder / "new.nq"
    for label, share in SHARES.items():
        statements = change_plans(old, new, share)
        seconds, megabytes, facts = run(old, new, folder / "diff.json")
        size = old.stat().st_size / 1e6
        print(
            f"{made:>7} {statements:>10} {size:>9.0f} {label:>12} {facts:>9} {seconds:>8.1f}s {megabytes:>5.0f}MB",
            flush=True,
        )


def change_plans(old: Path, new: Path, share: int) -> int:
    """Write a build in which one in so many plans has other months and digests; return the number of statements."""
    graphs: dict[str, bool] = {}
    number = 0
    with old.open(encoding="utf-8") as lines, new.open("w", encoding="utf-8") as out:
        for number, line in enumerate(lines, 1):  # noqa: B007 - the last number is what is returned
            graph = line.rsplit(" ", 2)[1]
            if graph not in graphs:
                count = sum("/catalogue/" in one for one in graphs)
                graphs[graph] = "/catalogue/" in graph and bool(share) and count % share == 0
            if graphs[graph]:
                line = line.replace('"20', '"19').replace('"sha256:', '"sha256:0')
            out.write(line)
    return number


def run(old: Path, new: Path, report: Path) -> tuple[float, float, int]:
    """Return seconds and peak megabytes of a comparison, and how many facts changed."""
    command = [sys.executable, "-m", "dcat_hk", "diff", str(old), str(new), "--format", "json", "-q", "-o", str(report)]
    peak, began = 0.0, time.perf_counter()
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(proportional_memory, family(process.pid))))
            time.sleep(0.05)
    seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit("diff failed")
    return seconds, peak, len(json.loads(report.read_text(encoding="utf-8"))["changed"])


if __name__ == "__main__":
    main()
