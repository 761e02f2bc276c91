"""
Compares the compiled engine with pyshacl, result by result, on every mutant of the test of our shapes.

Run ``python benchmarks/agreement.py [--every N] [--jobs N]``; about an hour for all, with a process for each processor.
Each mutant is validated with our shapes and with every official file by both engines. Two results are the same if
severity, focus node, path, value, constraint component, source shape and messages are. A difference must be listed in
tests/truth/shacl-differences.toml, as `is_listed` in tests/support/shacl_agreement.py reads it; any other one fails.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

from rdflib import SH, Graph

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from support.catalogue_mutants import (  # noqa: E402 - what tests share is found beside them
    BASE,
    DAY,
    DEFECTS,
    WANTED,
    everything,
    mutants,
    triples_of,
)
from support.shacl_agreement import is_listed, of_ours, of_pyshacl  # noqa: E402

from dcat_hk.checking.shacl import compile_shapes  # noqa: E402
from dcat_hk.checking.validating.profiles import load_shapes  # noqa: E402
from dcat_hk.checking.validating.pyshacl_adapter import as_graph  # noqa: E402

OFFICIAL = ROOT.parent / "shared" / "reference" / "dcat-ap-3.0.1"
#: How many mutants a process takes at a time.
GROUP = 10


def main() -> int:
    """Compare, print a table, and fail if anything differs that is not listed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="take every Nth mutant only")
    parser.add_argument("--jobs", type=int, default=None)
    arguments = parser.parse_args()
    work = [
        (name, list(range(count))[:: arguments.every][first : first + GROUP])
        for name, count in WANTED.items()
        for first in range(0, len(range(0, count, arguments.every)), GROUP)
    ]
    totals: dict[str, Counter[str]] = {name: Counter() for name in WANTED}
    unlisted: list[Any] = []
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for done, (name, counts, others) in enumerate(pool.map(compare, work), 1):
            totals[name] += counts
            unlisted += others
            print(f"\r{done} of {len(work)} groups, {len(unlisted)} unlisted", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(f"{'catalogue':<20}{'mutants':>9}{'results of pyshacl':>20}{'agreed':>10}{'listed':>9}{'unlisted':>10}")
    for name, counts in totals.items():
        figures = (counts["mutants"], counts["pyshacl"], counts["agreed"], counts["listed"], counts["unlisted"])
        print(f"{name:<20}" + "".join(f"{n:>{w},}" for n, w in zip(figures, (9, 20, 10, 9, 10), strict=True)))
    for one in unlisted[:20]:
        print(one, file=sys.stderr)
    return int(bool(unlisted))


def compare(part: tuple[str, list[int]]) -> tuple[str, Counter[str], list[Any]]:
    """Return how often the engines agree on some mutants of a catalogue, and results that only one has."""
    name, numbers = part
    counts, others = Counter[str](), []
    for number in numbers:
        counts["mutants"] += 1
        graph = Graph().parse(data=" .\n".join(map(" ".join, made(name)[number])) + " .\n", format="nt")
        for shapes, program in programs().values():
            ours, reference = of_ours(program, graph), of_pyshacl(graph, shapes)
            different = ours ^ reference
            left = [result for result in different if not is_listed(result)]
            counts.update(
                pyshacl=len(reference),
                agreed=len(ours & reference),
                listed=len(different) - len(left),
                unlisted=len(left),
            )
            others += [(name, number, result in ours, result) for result in left]
    return name, counts, others


@lru_cache(maxsize=1)
def made(name: str) -> list[Any]:
    """Return all mutants of a catalogue, as lists of triples."""
    untouched = everything() if name == "everything" else triples_of(ROOT / f"output/plans/{name}.ttl")
    return [triples for _kind, triples in mutants(untouched, WANTED[name], name)]


@lru_cache(maxsize=1)
def programs() -> dict[str, tuple[Graph, Any]]:
    """Return every set of shapes, as a graph and compiled."""
    graphs = {"ours": as_graph(load_shapes("dcat-ap-hk", BASE, DAY))}
    graphs |= {name: without_undescribed(Graph().parse(OFFICIAL / name)) for name in DEFECTS["files"]}
    return {name: (graph, compile_shapes(graph)) for name, graph in graphs.items()}


def without_undescribed(shapes: Graph) -> Graph:
    """Return shapes without names of shapes that nothing describes: pyshacl stops there (defect undescribed-shapes)."""
    for triple in list(shapes.triples((None, SH.property, None))):
        if (triple[2], None, None) not in shapes:
            shapes.remove(triple)
    return shapes


if __name__ == "__main__":
    sys.exit(main())
