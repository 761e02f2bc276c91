"""Makes plans for benchmarks: the seeds' rows under other organisations and periods, as text files."""

from __future__ import annotations

import re
from pathlib import Path

from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_file
from dcat_hk.reading.parsing import read_plan

SEEDS = Path(__file__).parents[1] / "seeds"
_YEAR = re.compile(r"(?<!\d)(20[12]\d)(?!\d)")


def make_corpus(folder: Path, rows: int) -> int:
    """
    Write plans with about so many rows into a folder and return how many rows there are.

    Args:
        folder: A folder that is made; it must not be there.

        rows: How many rows there should be, at least.
    """
    folder.mkdir(parents=True)
    vocabularies = load()
    names = sorted(concept.label("zh-Hant") for concept in vocabularies.organisations.values())
    seeds = [read_plan(read_file(path), vocabularies).require() for path in sorted(SEEDS.glob("*.txt"))]
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    made = number = 0
    while made < rows:
        back, body = divmod(number, len(names))
        seed = number % len(seeds)
        # Every body has one plan for each year; five years back it states the same datasets again.
        shift = 2026 - back - seeds[seed].years[0]
        text = _YEAR.sub(lambda match, by=shift: str(int(match[1]) + by), texts[seed])  # type: ignore[misc]
        text = text.replace(seeds[seed].bureau, names[body])
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
        made += len(seeds[seed].entries)
        number += 1
    return made
