"""
Measures a second build of many files of which one has changed, beside the first.

    python benchmarks/again.py [--files 438] [--jobs 2]

The files are those of the evaluation set, in all kinds, and made plans. Told are processor time of all processes and
time by the clock: of the first build, with an empty cache; of a second one, before which a date of one plan was
changed; and of a third one, before which nothing was.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from corpus import make_corpus
from measuring import Measured, environment_of, run_measured

ROOT = Path(__file__).parents[1]
#: About how many rows a made plan has.
_ROWS = 40


def copy_files(folder: Path, count: int) -> int:
    """Put so many files into a folder, and return how many there are."""
    documents = sorted(path for path in (ROOT / "evaluation" / "documents").rglob("*") if path.is_file())[:count]
    folder.mkdir()
    for number, path in enumerate(documents):
        shutil.copy(path, folder / f"{number:03}-{path.name}")
    made = folder.parent / "made"
    make_corpus(made, max(1, count - len(documents)) * _ROWS * 2)
    for path in sorted(made.iterdir())[: count - len(documents)]:
        shutil.copy(path, folder / f"made-{path.name}")
    return len(list(folder.iterdir()))


def measure(name: str, plans: Path, jobs: int) -> Measured:
    """Build, print how long it took, and return it."""
    command = [sys.executable, "-m", "dcat_hk", "build", str(plans), "-o", str(plans.parent / "output"), "-q"]
    took = run_measured([*command, "-j", str(jobs)], environment_of(plans.parent), plans.parent)
    print(
        f"{name:28} {took.spent:8.1f} s of processors {took.seconds:8.1f} s by the clock, exit code {took.exit_code}",
        flush=True,
    )
    return took


def main() -> None:
    """Measure all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=438, help="how many files")
    parser.add_argument("--jobs", type=int, default=2, help="how many processes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        plans = Path(name) / "plans"
        print(f"{copy_files(plans, options.files)} files")
        run_measured([sys.executable, "-m", "dcat_hk", "--help"], environment_of(plans.parent), plans.parent)
        first = measure("first build", plans, options.jobs)
        changed = max(plans.glob("made-*"))
        text = changed.read_text(encoding="utf-8")
        changed.write_text(text.replace("每月", "每季", 1), encoding="utf-8")
        second = measure("second, one file changed", plans, options.jobs)
        third = measure("third, nothing changed", plans, options.jobs)
        for title, later in (("second", second), ("third", third)):
            spent, seconds = later.spent / first.spent, later.seconds / first.seconds
            print(f"the {title} takes {spent:.1%} of the processor time of the first, {seconds:.1%} by the clock")


if __name__ == "__main__":
    main()
