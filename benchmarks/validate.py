"""
Measures validation: the compiled engine beside pyshacl and, if they are there, pyrudof and shacl-engine.

Run ``python benchmarks/validate.py [DATASETS …]``; default 1000 10000. Other engines are looked for where the options
say: ``--pyrudof PYTHON`` is an interpreter that has pyrudof, ``--shacl-engine FOLDER`` a folder in which npm has
installed shacl-engine, n3 and rdf-ext. The data are the datasets and distributions of `output/catalogue.ttl` again
and again under other names, one in ten with a fault, in Turtle (`broken.py`).

Every figure is from a process of its own: seconds to read shapes and data and to validate, without starting the
interpreter and importing; how often that is what *compiled* needs; the seconds that processors worked for the process
and its children, start and all, which other work on the machine hardly changes; the peak of their memory, looked at
from outside; the number of results. *compiled* uses every processor, *alone* one. A figure of less than ten seconds
is the least of three. Which results differ from pyshacl's, and why, is in docs/reference/shacl.md.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from broken import make_catalogue
from build import family, proportional_memory

ROOT = Path(__file__).parents[1]
OFFICIAL = ROOT.parent / "shared" / "reference" / "dcat-ap-3.0.1"
ALL = ("shapes", "range", "shapes_recommended", "mdr-vocabularies.shape", "deprecateduris")
SETS = {
    "base": [OFFICIAL / "shapes.ttl"],
    "all": [OFFICIAL / f"{name}.ttl" for name in ALL],
    "hk": [ROOT / "shapes/dcat-ap.ttl", ROOT / "shapes/dcat-ap-hk.ttl"],
}
#: Characters of a column.
WIDTH = 37
#: pyshacl and pyrudof need minutes and gigabytes for more.
LIMITS = {"pyshacl": 10_000, "pyrudof": 10_000, "shacl-engine": 10_000}

_NODE = """
import fs from 'fs'
import { Parser } from 'n3'
import rdf from 'rdf-ext'
import { Validator } from 'shacl-engine'
const [data, ...shapes] = process.argv.slice(2)
const began = performance.now()
const read = (names) => {
  const dataset = rdf.dataset()
  for (const name of names) {
    const quads = new Parser({ baseIRI: 'file://' + name }).parse(fs.readFileSync(name, 'utf8'))
    for (const quad of quads) dataset.add(quad)
  }
  return dataset
}
const validator = new Validator(read(shapes), { factory: rdf })
const report = await validator.validate({ dataset: read([data]) })
console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, results: report.results.length }))
"""


def main() -> None:
    """Run the benchmark, or one engine in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("datasets", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--sets", nargs="*", choices=SETS, default=["base", "all"])
    parser.add_argument("--pyrudof", default="", help="a Python that has pyrudof")
    parser.add_argument("--shacl-engine", default="", help="a folder with node_modules")
    parser.add_argument("--without", nargs="*", default=[], help="engines to leave out")
    parser.add_argument("--engine", help=argparse.SUPPRESS)
    parser.add_argument("--files", nargs="*", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.engine:
        print(json.dumps(ENGINES[arguments.engine](arguments.files[0], arguments.files[1:])))
        return
    engines = commands(arguments)
    print(f"{'datasets':>8} {'shapes':>6} " + " ".join(f"{name:>{WIDTH}}" for name in engines), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(arguments.shacl_engine or folder) / "validate-benchmark.mjs"
        script.write_text(_NODE, encoding="utf-8")
        for datasets in arguments.datasets:
            data = Path(folder) / "catalogue.ttl"
            make_catalogue(data, datasets)
            for name in arguments.sets:
                measure(engines, datasets, name, data)
        script.unlink()


def commands(arguments: argparse.Namespace) -> dict[str, list[str]]:
    """Return the commands of the engines that are there."""
    here = [sys.executable, __file__, "--engine"]
    found = {"compiled": [*here, "compiled"], "alone": [*here, "alone"], "pyshacl": [*here, "pyshacl"]}
    if arguments.pyrudof:
        found["pyrudof"] = [arguments.pyrudof, "-c", _RUDOF]
    if arguments.shacl_engine:
        script = Path(arguments.shacl_engine) / "validate-benchmark.mjs"
        found["shacl-engine"] = ["node", "--max-old-space-size=12000", str(script)]
    return {name: command for name, command in found.items() if name not in arguments.without}


def measure(engines: dict[str, list[str]], datasets: int, name: str, data: Path) -> None:
    """Print one line: seconds, how often that is what the compiled engine needs, peak megabytes, results."""
    cells, ours = [], 0.0
    for engine, command in engines.items():
        if datasets > LIMITS.get(engine, datasets):
            cells.append("not run".rjust(WIDTH))
            continue
        files = [str(data), *map(str, SETS[name])]
        full = [*command, "--files", *files] if engine in ENGINES else [*command, *files]
        figures = run(full)
        if figures["seconds"] < 10:
            figures = min([figures, run(full), run(full)], key=lambda found: found["seconds"])
        ours = ours or figures["seconds"]
        times = f"{figures['seconds'] / ours:4.0f}x" if ours else ""
        cells.append(
            f"{figures['seconds']:6.2f}s{times}{figures['processor']:7.2f}s {figures['megabytes']:5.0f}MB"
            f"{figures['results']:8.0f}"
        )
    print(f"{datasets:>8} {name:>6} " + " ".join(f"{cell:>{WIDTH}}" for cell in cells), flush=True)


def run(command: list[str]) -> dict[str, float]:
    """Return what a process reports of itself, and its and its children's peak of memory and work, from outside."""
    peak, before = 0.0, worked()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        while process.poll() is None:
            looked = time.perf_counter()
            peak = max(peak, sum(map(proportional_memory, family(process.pid))))
            # Looking at a large process takes long and holds it up: it must not cost more than a twentieth.
            time.sleep(max(0.02, 20 * (time.perf_counter() - looked)))
        if process.returncode:
            assert process.stderr
            raise SystemExit(f"{command[:3]} failed: {process.stderr.read()[-2000:]}")
        figures: dict[str, float] = json.loads(process.stdout.read().strip().splitlines()[-1])
    return figures | {"megabytes": peak, "processor": worked() - before}


def worked() -> float:
    """Return the seconds that processors worked for processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# ---- engines: each returns seconds and results


def compiled(data: Path, shapes: list[Path], jobs: int = 0) -> dict[str, float]:
    """Validate with compiled shapes, on every processor."""
    from dcat_hk.checking.shacl import compile_shapes
    from dcat_hk.checking.shacl.triples import read_triples

    began = time.perf_counter()
    program = compile_shapes(read_triples(shapes))
    results = program.validate(data, jobs)
    return {"seconds": time.perf_counter() - began, "results": len(results)}


def alone(data: Path, shapes: list[Path]) -> dict[str, float]:
    """Validate with compiled shapes, on one processor."""
    return compiled(data, shapes, 1)


def pyshacl(data: Path, shapes: list[Path]) -> dict[str, float]:
    """Validate with pyshacl."""
    import logging

    import pyshacl as engine
    from rdflib import RDF, SH, Graph

    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    began = time.perf_counter()
    graph = Graph()
    for path in shapes:
        graph.parse(path)
    report: Any = engine.validate(Graph().parse(data), shacl_graph=graph, inplace=True, advanced=False)[1]
    nested = set(report.objects(None, SH.detail))
    results = set(report.subjects(RDF.type, SH.ValidationResult)) - nested
    return {"seconds": time.perf_counter() - began, "results": len(results)}


ENGINES: dict[str, Callable[[Path, list[Path]], dict[str, float]]] = {
    "compiled": compiled,
    "alone": alone,
    "pyshacl": pyshacl,
}

_RUDOF = """
import json, sys, time
from pyrudof import Rudof, RudofConfig
data, *shapes = sys.argv[1:]
began = time.perf_counter()
rudof = Rudof(RudofConfig())
text = "".join(open(name, encoding="utf-8").read() + chr(10) for name in shapes)
rudof.read_shacl(text)
rudof.read_data(data)
report = rudof.validate_shacl()
print(json.dumps({"seconds": time.perf_counter() - began, "results": len(report)}))
"""

if __name__ == "__main__":
    main()
