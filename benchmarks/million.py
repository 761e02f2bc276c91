"""
Measures validation of very large catalogues: up to a million datasets, 40 million triples, as N-Quads.

Run ``python benchmarks/million.py [DATASETS …]``; default 10000 100000 1000000. The data are those of `validate.py`
(the datasets of `output/catalogue.ttl` again and again, one in ten with a fault), each in the named graph of the
catalogue. A million datasets need about 7 GB on the disk for the file and as much again while it is validated;
``--folder`` says where. ``--jobs`` is the number of processes, ``--sets`` which official shapes, as in `validate.py`;
``--command`` measures ``dcat-hk validate --summary`` as a whole instead of the engine.

Every figure is from a process of its own: seconds to read shapes and data and to validate, the seconds that
processors worked, the peak of the memory of the process and its children together, looked at from outside, the number
of results, and microseconds of elapsed time for each triple, which stay the same if time grows with the data.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph
from broken import CATALOGUE, EVERY, FAULTS, groups
from validate import SETS, run

#: Stands for the number of a copy in a template.
_NUMBER = "-0number0"


def main() -> None:
    """Run the benchmark, or one validation in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("datasets", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--sets", nargs="*", choices=SETS, default=["base", "all"])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--command", action="store_true", help="measure the command as a whole")
    parser.add_argument("--folder", type=Path, help="where the data is written; default the folder for temporary files")
    parser.add_argument("--files", nargs="*", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.files:
        measure = command if arguments.command else validate
        print(json.dumps(measure(arguments.files[0], arguments.files[1:], arguments.jobs)))
        return
    options = ["--jobs", str(arguments.jobs), *["--command"] * arguments.command]
    print(" datasets    triples shapes   elapsed    worked   memory   results us/triple", flush=True)
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        data = Path(folder) / "catalogue.nq"
        for datasets in arguments.datasets:
            triples = make_quads(data, datasets)
            for name in arguments.sets:
                files = [str(data), *map(str, SETS[name])]
                figures = run([sys.executable, __file__, *options, "--files", *files])
                times = f"{figures['seconds']:8.2f}s {figures['processor']:8.2f}s {figures['megabytes']:6.0f}MB"
                each = figures["seconds"] / triples * 1e6
                line = f"{datasets:>9} {triples:>10} {name:>6} {times} {figures['results']:>9.0f} {each:9.2f}"
                print(line, flush=True)


def validate(data: Path, shapes: list[Path], jobs: int) -> dict[str, float]:
    """Validate with compiled shapes; the results are counted as they come."""
    from dcat_hk.checking.shacl import compile_shapes
    from dcat_hk.checking.shacl.triples import read_triples

    began = time.perf_counter()
    program = compile_shapes(read_triples(shapes))
    results = sum(1 for _result in program.validate(data, jobs))
    return {"seconds": time.perf_counter() - began, "results": results}


def command(data: Path, shapes: list[Path], _jobs: int) -> dict[str, float]:
    """Validate as the command does, with causes, origins and the summary."""
    from dcat_hk.checking.validating import ValidationOptions, validate_files
    from dcat_hk.checking.validating.report_text import as_summary

    began = time.perf_counter()
    outcome = validate_files([data], ValidationOptions(shapes=tuple(shapes)))
    as_summary(outcome)
    return {"seconds": time.perf_counter() - began, "results": len(outcome.results)}


def make_quads(path: Path, datasets: int) -> int:
    """
    Write a catalogue with so many datasets as N-Quads, and return how many triples it has.

    Args:
        path: A file that is written.

        datasets: How many there should be.
    """
    head, *blocks = CATALOGUE.read_text(encoding="utf-8").split("\n\n")
    things = re.compile(r"<(dataset|record)/")
    shared = _quads(head, "\n\n".join(block for block in blocks if not things.match(block)))
    templates = [_templates(head, group) for group in groups(blocks)]
    count = shared.count(" .\n")
    with path.open("w", encoding="utf-8", buffering=1 << 20) as file:
        file.write(shared)
        for number in range(datasets):
            sound, broken = templates[number % len(templates)]
            template = broken[number // EVERY % len(FAULTS)] if number % EVERY == 0 else sound
            file.write(template[0].replace(_NUMBER, f"-{number}"))
            count += template[1]
    return count


def _templates(head: str, group: str) -> tuple[tuple[str, int], list[tuple[str, int]]]:
    """Return a dataset as N-Quads with a mark for a number, sound and with each fault, each with its triples."""
    marked = re.sub(r"<(dataset/[^/>#]+)", rf"<\1{_NUMBER}", group)
    versions = [marked, *(re.sub(pattern, instead, marked) for pattern, instead in FAULTS)]
    texts = [_quads(head, version) for version in versions]
    sound, *broken = [(text, text.count(" .\n")) for text in texts]
    return sound, broken


def _quads(head: str, text: str) -> str:
    """Return Turtle as N-Quads, in the graph that the catalogue is published in."""
    base = re.search(r"@base <([^>]*)>", head)
    graph = pyoxigraph.NamedNode(f"{base[1] if base else 'https://example.org/'}catalogue")
    triples = pyoxigraph.parse(f"{head}\n{text}", format=pyoxigraph.RdfFormat.TURTLE)
    return "".join(f"{pyoxigraph.Quad(t.subject, t.predicate, t.object, graph)} .\n" for t in triples)


if __name__ == "__main__":
    main()
