"""
Measures how fast documents of each kind are read, beside pdfplumber's table extraction on the same PDFs.

Run ``python benchmarks/reading.py [--pdfplumber PYTHON] [--most 6] [--rows 2000]``. PYTHON is the interpreter of an
environment that has pdfplumber; without it that column says "not measured". Each figure is from a process of its own,
which reads one document to warm up and then reads all of its kind. *documents* is the reading into lines and rows,
*plan* that and what `read_plan` does with it; pdfplumber's is `extract_tables` and `extract_text` of each page (its
text holds what stands outside of tables, which dcat-hk reads too). Pages are a PDF's; for all other kinds the table
counts rows of tables, or lines where a kind has no tables.

The documents of the evaluation have some thirty rows in several tables, so that much of the time goes into headings,
headers and what is done once for each file. So a plan with one table of `--rows` rows follows in four kinds.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from largetables import make_large_tables

DOCUMENTS = Path(__file__).parents[1] / "evaluation" / "documents"

#: The kind of document by the end of its name.
KINDS = {
    "pdf ruled": r"\.(web-)?ruled\.pdf$",
    "pdf unruled": r"\.(web-)?unruled\.pdf$",
    "docx": r"\.docx$",
    "html": r"\.html$",
    "xlsx": r"\.xlsx$",
    "csv": r"\.csv$",
    "tsv": r"\.tsv$",
    "text": r"\.txt$",
}

Figures = dict[str, float]


def read(paths: Sequence[Path]) -> Figures:
    """
    Read documents with dcat-hk.

    Args:
        paths: Documents of one kind.
    """
    from dcat_hk.core.vocabularies import load
    from dcat_hk.reading.documents import Row, read_bytes
    from dcat_hk.reading.parsing import read_plan

    vocabularies = load()
    read_plan(read_bytes(paths[0].read_bytes(), paths[0].name), vocabularies)
    rows = lines = 0
    documents = plan = 0.0
    for path in paths:
        data = path.read_bytes()
        start = time.perf_counter()
        document = read_bytes(data, path.name)
        middle = time.perf_counter()
        read_plan(document, vocabularies)
        plan += time.perf_counter() - start
        documents += middle - start
        rows += sum(isinstance(block, Row) for block in document.blocks)
        lines += len(document.lines)
    return {"rows": rows, "lines": lines, "documents": documents, "plan": plan}


def plumb(paths: Sequence[Path]) -> Figures:
    """
    Extract tables and text of PDFs with pdfplumber.

    Args:
        paths: PDF files.
    """
    pdfplumber = importlib.import_module("pdfplumber")
    _extract(pdfplumber, paths[0])
    start = time.perf_counter()
    pages = sum(_extract(pdfplumber, path) for path in paths)
    return {"seconds": time.perf_counter() - start, "pages": pages}


def _extract(pdfplumber: Any, path: Path) -> int:
    """Extract tables and text of a PDF, and return how many pages it has."""
    with pdfplumber.open(path) as document:
        return len([(page.extract_tables(), page.extract_text()) for page in document.pages])


def count_pages(paths: Sequence[Path]) -> int:
    """
    Return how many pages PDFs have.

    Args:
        paths: PDF files.
    """
    import pypdfium2

    return sum(len(pypdfium2.PdfDocument(path)) for path in paths)


STAGES: dict[str, Callable[[Sequence[Path]], Figures]] = {"read": read, "plumb": plumb}


def run(python: str, stage: str, paths: Sequence[Path]) -> Figures:
    """
    Return what a stage reports, done by a process of its own.

    Args:
        python: The interpreter.

        stage: A name in `STAGES`.

        paths: What it reads.
    """
    command = [python, __file__, "--stage", stage, *map(str, paths)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    figures: Figures = json.loads(done.stdout)
    return figures


def measure(kind: str, paths: Sequence[Path], pdfplumber: str) -> str:
    """
    Return one line of the table.

    Args:
        kind: A kind of document.

        paths: The documents of that kind.

        pdfplumber: The interpreter that has pdfplumber, or nothing.
    """
    figures = run(sys.executable, "read", paths)
    beside = ""
    if kind.startswith("pdf"):
        unit, units = "pages", float(count_pages(paths))
        beside = "not measured"
        if pdfplumber:
            theirs = run(pdfplumber, "plumb", paths)
            speed = theirs["pages"] / theirs["seconds"]
            beside = f"{speed:8.1f}/s  ({units / figures['plan'] / speed:.1f}x)"
    else:
        unit = "rows" if figures["rows"] else "lines"
        units = figures[unit]
    ours = " ".join(f"{units / figures[stage]:12.1f}/s" for stage in ("documents", "plan"))
    return f"{kind:12} {len(paths):5} {units:8.0f} {unit:6} {ours}  {beside}".rstrip()


def main() -> None:
    """Run the benchmark, or one stage of it in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--stage", choices=sorted(STAGES), help=argparse.SUPPRESS)
    parser.add_argument("--pdfplumber", default="", metavar="PYTHON", help="an interpreter that has pdfplumber")
    parser.add_argument("--rows", type=int, default=2000, metavar="N", help="rows of the long tables; 0: none")
    parser.add_argument("--most", type=int, default=0, metavar="N", help="so many documents of each kind; 0: all")
    arguments = parser.parse_args()
    if arguments.stage:
        print(json.dumps(STAGES[arguments.stage](arguments.paths)))
        return
    print(f"{'kind':12} {'files':>5} {'':15} {'documents':>14} {'plan':>14}  pdfplumber (dcat-hk's plan beside it)")
    for kind, pattern in KINDS.items():
        paths = [path for path in sorted(DOCUMENTS.iterdir()) if re.search(pattern, path.name)]
        # Evenly over the set, so that every department and language has its part.
        chosen = paths[:: max(1, len(paths) // arguments.most)][: arguments.most] if arguments.most else paths
        print(measure(kind, chosen, arguments.pdfplumber), flush=True)
    if arguments.rows:
        with tempfile.TemporaryDirectory() as name:
            make_large_tables(Path(name), arguments.rows)
            for path in sorted(Path(name).iterdir()):
                print(measure(f"{path.suffix[1:]}, long", [path], ""), flush=True)


if __name__ == "__main__":
    main()
