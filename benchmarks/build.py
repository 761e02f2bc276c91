"""
Measures a build by stage, beside rdflib and beside writing the same triples as plain strings.

Run ``python benchmarks/build.py [ROWS …]``; default 200 2000 20000 100000. Every figure is from a process of
its own, which does nothing else; all figures of a line are from one run on one machine.

Stages: *read* reads the plans; *map* makes the triples and drops them; *write* maps and writes every file of
the output folder, as `dcat-hk build` does, with a process for each processor; *alone* does the same in one
process; *plain* writes the triples of the catalogue once, as N-Triples, by Python's own string formatting,
from terms that lie ready in memory one plan at a time; *rdflib* puts the triples of the catalogue into a graph
and serialises it as Turtle, JSON-LD and N-Quads, as the files of the whole catalogue are (not those of each
plan); *validate* validates every plan that was written. Memory is the peak of the process and those it starts, looked
at from outside, at most fifty times a second (Linux only). *start* is what a process loads once before any of this,
interpreter, imports and vocabularies; the other stages begin after it. Up to 2,500 rows each figure but that of
*validate* is the least of three rounds, since a fraction of a second is at the mercy of whatever else runs.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus import make_corpus

from dcat_hk.build import build, find_inputs, read_input
from dcat_hk.build.index import index_plans
from dcat_hk.build.read import Reader, read_files
from dcat_hk.build.write import WriteContext, validate_kept
from dcat_hk.catalogue.mapping.context import PlanMapping
from dcat_hk.catalogue.mapping.plans import map_plan
from dcat_hk.catalogue.mapping.shared import Describer, top_catalogue, top_references
from dcat_hk.core.reporting import no_progress
from dcat_hk.core.settings import Settings
from dcat_hk.core.terms import Thing
from dcat_hk.core.text import transform
from dcat_hk.core.vocabularies import load

#: rdflib needs twenty minutes and 2.6 gigabytes for 20,000 rows.
RDFLIB_LIMIT = 2_500
#: Up to so many rows a stage is measured three times.
ROUNDS_LIMIT = 2_500


def main() -> None:
    """Run the benchmark, or one stage of it in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", type=int, default=[200, 2_000, 20_000, 100_000])
    parser.add_argument("--stage", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=1, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.stage:
        stage = STAGES[arguments.stage]
        if stage is not start:
            start(arguments.folder)
        seconds, triples = min(stage(arguments.folder) for _round in range(arguments.rounds))
        print(json.dumps({"seconds": seconds, "triples": triples}))
        return
    print(f"{'rows':>7} {'triples':>9} " + " ".join(f"{name:>16}" for name in STAGES) + "  write/plain  rdflib/write")
    for rows in arguments.rows:
        measure(rows)


def measure(rows: int) -> None:
    """Print one line: seconds and peak megabytes of each stage, and how writing compares."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = make_corpus(folder / "plans", rows)
        figures: dict[str, dict[str, float]] = {}
        for stage in STAGES:
            if stage != "rdflib" or made <= RDFLIB_LIMIT:
                repeated = made <= ROUNDS_LIMIT and stage not in {"start", "validate"}
                figures[stage] = run(stage, name, 3 if repeated else 1)
    cells = [
        f"{figures[s]['seconds']:8.2f}s {figures[s]['megabytes']:4.0f}MB" if s in figures else "not run".rjust(16)
        for s in STAGES
    ]
    writing = figures["write"]["seconds"]
    slower = f"{figures['rdflib']['seconds'] / writing:11.1f}x" if "rdflib" in figures else "not run".rjust(12)
    ratio = f"{writing / figures['plain']['seconds']:10.1f}x"
    print(f"{made:>7} {figures['map']['triples']:>9.0f} " + " ".join(cells), ratio, slower, flush=True)


def run(stage: str, folder: str, rounds: int) -> dict[str, float]:
    """Return what a stage reports of itself, and the peak memory of its processes, seen from outside."""
    command = [sys.executable, __file__, "--stage", stage, "--folder", folder, "--rounds", str(rounds)]
    peak = 0.0
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        while process.poll() is None:
            looked = time.perf_counter()
            peak = max(peak, sum(map(proportional_memory, family(process.pid))))
            # Looking at a large process takes long and holds it up: it must not cost more than a twentieth.
            time.sleep(max(0.02, 20 * (time.perf_counter() - looked)))
        if process.returncode:
            raise SystemExit(f"{stage} failed")
        figures: dict[str, float] = json.loads(process.stdout.read())
    if stage == "start":
        figures["seconds"] = time.perf_counter() - began
    return figures | {"megabytes": peak}


def family(process: int) -> list[int]:
    """Return a process and those it started, directly or not."""
    found = [process]
    for one in found:
        with contextlib.suppress(OSError):
            tasks = Path(f"/proc/{one}/task").glob("*/children")
            found += [int(child) for task in tasks for child in task.read_text().split()]
    return found


def proportional_memory(process: int) -> float:
    """Return the megabytes of a process, pages that it shares divided among those that share them."""
    with contextlib.suppress(OSError, IndexError):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return 0.0


# ---- stages: each returns seconds and triples


def start(_folder: Path) -> tuple[float, int]:
    """Load what a process loads once; what that takes is measured from outside, interpreter and imports included."""
    load(Settings().base_iri)
    for script in ("Hant", "Hans"):
        transform("發展", script)
    return 0.0, 0


def read(folder: Path) -> tuple[float, int]:
    """Read every plan."""
    start = time.perf_counter()
    for source in find_inputs([folder / "plans"]):
        read_input(source)
    return time.perf_counter() - start, 0


def _mappings(folder: Path) -> Iterator[PlanMapping]:
    """Yield the mapping of every plan, with everything read beforehand."""
    settings = Settings()
    spool = folder / "spool"
    shutil.rmtree(spool, ignore_errors=True)
    spool.mkdir()
    vocabularies = load(settings.base_iri)
    inputs = find_inputs([folder / "plans"])
    results = read_files(inputs, spool, Reader(), 0, no_progress)
    plans = index_plans([result.file for result in results if result.file], settings, vocabularies)
    work = WriteContext(plans, folder, False)
    for number in plans.in_file_order():
        yield work.mapping(number)


def _things(folder: Path) -> Iterator[tuple[float, list[Thing]]]:
    """Yield the things of the whole catalogue, plan by plan, with the seconds that mapping them took."""
    pointed_at: set[str] = set()
    minted: dict[str, tuple[str, str]] = {}
    context = None
    for mapping in _mappings(folder):
        start = time.perf_counter()
        things = list(map_plan(mapping))
        yield time.perf_counter() - start, things
        pointed_at |= mapping.pointed_at
        minted |= mapping.minted
        context = mapping.context
    assert context is not None
    start = time.perf_counter()
    base = context.vocabularies.base
    top = top_catalogue(context.settings, context.index, base)
    pointed_at |= top_references(context.settings)
    shared = Describer(context.settings, context.vocabularies).describe(pointed_at, minted)
    yield time.perf_counter() - start, [top, *shared]


def map_(folder: Path) -> tuple[float, int]:
    """Make every triple of the catalogue and drop it."""
    seconds, triples = 0.0, 0
    for taken, things in _things(folder):
        seconds += taken
        triples += sum(len(terms) for thing in things for terms in thing.properties.values())
    return seconds, triples


def write(folder: Path, jobs: int = 0) -> tuple[float, int]:
    """Map and write every file: a build without reading and without validation."""
    marks: dict[str, float] = {}

    def progress(stage: str, _done: int, _total: int, _detail: object = "", /) -> None:
        marks[stage] = time.perf_counter()

    result = build([folder / "plans"], folder / "output", Settings(), jobs=jobs, validated=False, progress=progress)
    assert result.published
    return time.perf_counter() - marks["reading"], 0


def alone(folder: Path) -> tuple[float, int]:
    """Map and write every file in one process."""
    return write(folder, 1)


def plain(folder: Path) -> tuple[float, int]:
    """Write the catalogue's triples as N-Triples by string formatting, without mapping them."""
    seconds, triples = 0.0, 0
    with (folder / "plain.nt").open("w", encoding="utf-8") as file:
        for _taken, things in _things(folder):
            flat = [(t.iri, p, o) for t in things for p, objects in t.properties.items() for o in objects]
            start = time.perf_counter()
            for subject, predicate, term in flat:
                if isinstance(term, str):
                    file.write(f"<{subject}> <{predicate}> <{term}> .\n")
                    continue
                value, language, datatype = term
                text = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
                tail = f"@{language}" if language else f"^^<{datatype}>" if datatype else ""
                file.write(f'<{subject}> <{predicate}> "{text}"{tail} .\n')
            seconds += time.perf_counter() - start
            triples += len(flat)
    return seconds, triples


def rdflib(folder: Path) -> tuple[float, int]:
    """Build an rdflib graph of the catalogue's triples and serialise it as the catalogue's files are."""
    from rdflib import Dataset, Literal, URIRef

    dataset = Dataset()
    graph = dataset.graph("https://example.org/graph")
    seconds = 0.0
    for _taken, things in _things(folder):
        start = time.perf_counter()
        for thing in things:
            for predicate, terms in thing.properties.items():
                for term in terms:
                    node = (
                        URIRef(term)
                        if isinstance(term, str)
                        else Literal(term[0], lang=term[1] or None, datatype=URIRef(term[2]) if term[2] else None)
                    )
                    graph.add((URIRef(thing.iri), URIRef(predicate), node))
        seconds += time.perf_counter() - start
    start = time.perf_counter()
    graph.serialize(folder / "rdflib.ttl", format="turtle")
    graph.serialize(folder / "rdflib.jsonld", format="json-ld")
    dataset.serialize(folder / "rdflib.nq", format="nquads")
    return seconds + time.perf_counter() - start, len(graph)


def validate(folder: Path) -> tuple[float, int]:
    """Validate every plan that was written, in one process."""
    start = time.perf_counter()
    for path in sorted((folder / "output" / "plans").rglob("*.ttl")):
        validate_kept(path.read_bytes(), Settings().base_iri)
    return time.perf_counter() - start, 0


STAGES: dict[str, Callable[[Path], tuple[float, int]]] = {
    "start": start,
    "read": read,
    "map": map_,
    "write": write,
    "alone": alone,
    "plain": plain,
    "rdflib": rdflib,
    "validate": validate,
}

if __name__ == "__main__":
    main()
