"""
Measures the quality score on catalogues of growing size, without validation.

Run ``python benchmarks/score.py [DATASETS …]``; default 1000 10000 100000. A catalogue is the published one over and
over, under other base IRIs. Each line is from a process of its own: seconds for reading and scoring, seconds for
writing JSON, and the peak of its memory.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dcat_hk.checking.scoring.run import FORMATS, ScoringOptions, score_catalogue

PUBLISHED = Path(__file__).parents[1] / "output/catalogue.nq"
BASE = "https://example.org/dcat-hk/"


def main() -> None:
    """Run the benchmark, or one size of it in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("datasets", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.file:
        print(measure(arguments.file))
        return
    print("datasets     score      JSON    memory", flush=True)
    for datasets in arguments.datasets:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "catalogue.nq"
            write_catalogue(file, datasets)
            subprocess.run([sys.executable, __file__, "--file", str(file)], check=True)


def write_catalogue(file: Path, datasets: int) -> None:
    """Write the published catalogue as often as it takes to have so many datasets."""
    text = PUBLISHED.read_text(encoding="utf-8")
    times = -(-datasets // text.count("<http://www.w3.org/ns/dcat#Dataset>"))
    with file.open("w", encoding="utf-8") as out:
        for number in range(times):
            out.write(text.replace(BASE, f"{BASE}{number}/"))


def measure(file: Path) -> str:
    """Return one line: how many datasets, seconds, megabytes."""
    began = time.perf_counter()
    assessment = score_catalogue([file], ScoringOptions(validated=False))
    scored = time.perf_counter()
    for _piece in FORMATS["json"](assessment):
        pass
    written = time.perf_counter()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    count = len(assessment.datasets)
    return f"{count:>8} {scored - began:>8.1f}s {written - scored:>8.1f}s {megabytes:>7.0f}MB"


if __name__ == "__main__":
    main()
