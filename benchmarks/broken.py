"""Makes catalogues with faults for benchmarks: the seeds' datasets again and again under other names, as Turtle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

CATALOGUE = Path(__file__).parents[1] / "output" / "catalogue.ttl"

#: Every so many datasets one has a fault; which fault it is goes round.
EVERY = 10

#: What is wrong: a pattern in a block of Turtle and what stands there instead.
FAULTS = (
    (r"\n  dct:title[\s\S]*? ;(?=\n)", ""),
    (r"\n  dct:description[\s\S]*? ;(?=\n)", ""),
    (r'dct:(issued|available) "[^"]*"\^\^xsd:gYearMonth', r'dct:\1 "banana", "2024-02-30"^^xsd:date'),
    (r"dct:publisher <[^>]*>", 'dct:publisher "Somebody"'),
    (r"dcat:theme [^;]*;", 'dcat:theme "health", <nothing> ;'),
    (r"dcat:contactPoint <[^>]*>", "dcat:contactPoint <organisation/nobody#contact>"),
    (r"dcat:accessURL <[^>]*>", 'dcat:accessURL "https://example.org/"'),
    (r"dct:license <[^>]*>", "dct:license <http://example.org/a>, <http://example.org/b>"),
    (r"dct:accrualPeriodicity [^;]*;", "dct:accrualPeriodicity frequency:DAILY, frequency:WEEKLY ;"),
    (r"dct:format [^;]*;", 'dct:format "CSV" ;'),
)


def make_catalogue(path: Path, datasets: int) -> int:
    """
    Write a catalogue with so many datasets and their distributions, and return how many of them have a fault.

    Args:
        path: A file that is written.

        datasets: How many there should be.
    """
    head, *blocks = CATALOGUE.read_text(encoding="utf-8").split("\n\n")
    things = re.compile(r"<(dataset|record)/")
    shared = [block for block in blocks if not things.match(block)]
    copied = list(groups(blocks))
    faults = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("\n\n".join([head, *shared]) + "\n")
        for number in range(datasets):
            block = re.sub(r"<(dataset/[^/>#]+)", rf"<\1-{number}", copied[number % len(copied)])
            if number % EVERY == 0:
                pattern, instead = FAULTS[number // EVERY % len(FAULTS)]
                block = re.sub(pattern, instead, block)
                faults += 1
            file.write(f"\n{block}\n")
    return faults


def groups(blocks: list[str]) -> Iterator[str]:
    """Yield each dataset's block with those of its distributions."""
    group: list[str] = []
    for block in blocks:
        if block.startswith("<dataset/"):
            if group and " a dcat:Dataset" in block.split("\n", 1)[0]:
                yield "\n\n".join(group)
                group = []
            group.append(block.rstrip())
    yield "\n\n".join(group)
