"""
Makes the evaluation set again: documents/ and truth/ from plans/, with the tools that departments use.

Run `python evaluation/make.py` with the packages of requirements.txt; README.md says which programs it needs. Names of
documents or parts of them as arguments make only those.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from itertools import accumulate
from pathlib import Path

from forms import make_form
from paper import print_documents, print_page, pull_texts
from pipetables import write_markdown
from source import Plan, Table, blocks, departments, languages, truth, truth_of_both
from tables import write_csv, write_tsv, write_xlsx
from web import write_old_page, write_page, write_print
from word import write_framed, write_plain

HERE = Path(__file__).parent
DOCUMENTS = HERE / "documents"
TRUTH = HERE / "truth"

#: What writes each kind that needs no other program.
WRITERS: dict[str, Callable[[Plan, Path], None]] = {
    "plain.docx": write_plain,
    "framed.docx": write_framed,
    "page.html": write_page,
    "old.html": write_old_page,
    "sheet.xlsx": write_xlsx,
    "sheets.xlsx": partial(write_xlsx, one_sheet=False),
    "excel.csv": write_csv,
    "tabs.tsv": write_tsv,
    "pipes.md": write_markdown,
}


def make(department: str, language: str) -> None:
    """
    Write all documents of a department in one language, and the truth about them.

    Args:
        department: The name of a file in plans/.

        language: tc, sc, en, or both.
    """
    plan = Plan(department, language)
    name = f"{department}-{language}"
    stated = truth_of_both(department) if language == "both" else truth(plan)
    text = json.dumps(stated, ensure_ascii=False, indent=1)
    (TRUTH / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    for suffix, write in WRITERS.items():
        write(plan, DOCUMENTS / f"{name}.{suffix}")


def make_paper(department: str, language: str) -> None:
    """
    Write the PDF files of a department in one language, and the texts pulled out of them.

    Every department has a ruled PDF of LibreOffice; its data says which others it has, to keep the set small.

    Args:
        department: The name of a file in plans/.

        language: tc, sc, en, or both.
    """
    plan = Plan(department, language)
    name, data = f"{department}-{language}", plan.data
    others = data["papers"][language] if "papers" in data else data.get("paper", [])
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        sources = [folder / f"{name}.ruled.docx"]
        write_plain(plan, sources[0])
        if "unruled" in others:
            sources.append(folder / f"{name}.unruled.docx")
            write_plain(plan, sources[1], ruled=False)
        print_documents(sources, DOCUMENTS)
        if "form-ruled" in others:
            make_form(DOCUMENTS / f"{name}.ruled.pdf", DOCUMENTS / f"{name}.form-ruled.pdf", _columns_of_form(plan))
        for kind in {"web-ruled", "web-unruled"} & set(others):
            page = folder / f"{kind}.html"
            write_print(plan, page, kind == "web-ruled")
            print_page(page, DOCUMENTS / f"{name}.{kind}.pdf")
    if not data.get("texts", True):
        return
    pull_texts(DOCUMENTS / f"{name}.ruled.pdf")
    if "web-ruled" in others:
        pull_texts(DOCUMENTS / f"{name}.web-ruled.pdf")


def _columns_of_form(plan: Plan) -> list[tuple[float, float, list[str]]]:
    """Return the columns that are filled in: from where to where on the page of `write_plain`, and their texts."""
    tables = [block for block in blocks(plan) if isinstance(block, Table)]
    columns, edges = [], [2.0 + 17.0 * share / 100 for share in (0, *accumulate(tables[0].widths))]
    for position in map(plan.columns.index, plan.data["fields"]):
        cells = [cell for table in tables for row in table.rows if (cell := row[position])]
        left, right = (edge * 72 / 2.54 for edge in edges[position : position + 2])
        columns.append((left - 6, right, [" ".join(cell.paragraphs) for cell in cells]))
    return columns


def main(wanted: list[str]) -> None:
    """
    Make every document, or those whose names contain one of the words.

    Args:
        wanted: Parts of names such as `walkways-tc`; none for everything.
    """
    DOCUMENTS.mkdir(exist_ok=True)
    TRUTH.mkdir(exist_ok=True)
    for department in departments():
        for language in languages(department):
            if not wanted or any(word in f"{department}-{language}" for word in wanted):
                make(department, language)
                make_paper(department, language)


if __name__ == "__main__":
    main(sys.argv[1:])
