"""
Old Excel file (.xls) -> `Document`: the cells of every sheet.

In: bytes. Out: a `Document` whose lines are the paragraphs of the cells, each with its sheet and row. Hidden sheets,
rows and columns are not read. Where a file does not say how its cells look as Excel writes it, what is hidden or struck
out is not told apart from other text, which a finding says.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from ...core.errors import Finding, NotAPlan
from ...core.limits import Budget
from ...core.place import Place
from ...core.processes import run_confined
from ...core.wording.refusals import Phrase
from .cells import SheetRow, Sheets
from .document import Document, Extent
from .sheetrows import NumberedRow, UnseenCells, add_sheet
from .sheetvalues import show
from .xlslooks import SheetLooks

_SCRIPT = Path(__file__).with_name("xlscells.py")


def read_xls(data: bytes, name: str, budget: Budget) -> Document:
    """
    Return an old Excel file as a document.

    Args:
        data: The file's bytes.

        name: What to call it.

        budget: What reading it may still cost.

    Raises:
        NotAPlan: The file is broken, locked or too large, or all its sheets are hidden.

        NotReadable: The process that reads the cells did nothing.
    """
    stated = _read_sheets(data, budget)
    findings: list[Finding] = []
    shown: list[dict[str, Any]] = []
    for sheet in (sheet for sheet in stated if sheet["kind"].endswith("WorkSheet")):
        if sheet["shown"].endswith("Visible"):
            shown.append(sheet)
        else:
            findings.append(_find("hidden-sheet", name, sheet["name"], sheet=sheet["name"]))
    if not shown:
        raise NotAPlan.of("documents.excel-hidden", name)
    if not all("looks" in sheet for sheet in shown):
        findings.append(_find("hidden-not-known", name, shown[0]["name"]))
    sheets = Sheets(budget)
    for sheet in shown:
        looks = SheetLooks.of(sheet.get("looks"))
        unseen, lines = UnseenCells(), len(sheets.lines)
        add_sheet(sheets, sheet["name"], _rows(sheet, looks, unseen, budget), [], len(shown) > 1)
        findings += unseen.report(name, sheet["name"], lines)
    return sheets.document(name, hashlib.sha256(data).hexdigest(), findings)


def _find(code: str, name: str, title: str, **values: str) -> Finding:
    """Return a finding on a sheet."""
    return Finding(code, name, Place(1, 1, f"sheet {title}", f"sheet {title}"), values)


def _read_sheets(data: bytes, budget: Budget) -> list[dict[str, Any]]:
    """Return the sheets of a file as the process prints them."""
    result = run_confined(
        _SCRIPT,
        str(int(budget.limits.cells)),
        data=data,
        seconds=budget.limits.seconds,
        task=Phrase("processes.reading-xls"),
        name=budget.name,
    )
    answer = json.loads(result.stdout) if result.returncode == 0 else {"error": "broken"}
    if isinstance(answer, list):
        return answer
    if answer["error"] == "cells":
        budget.check("cells", float("inf"))
    if answer["error"] == "password":
        raise NotAPlan.of("documents.locked", budget.name)
    raise NotAPlan.of("documents.xls-broken", budget.name)


def _rows(sheet: dict[str, Any], looks: SheetLooks, unseen: UnseenCells, budget: Budget) -> list[NumberedRow]:
    """Return the rows that have any filled cell that is shown, with their numbers; note what is hidden."""
    top, left = sheet["start"]
    merged = {tuple(first): Extent(last[1] - first[1] + 1, last[0] - first[0] + 1) for first, last in sheet["merged"]}
    rows: list[NumberedRow] = []
    for number, values in enumerate(sheet["rows"], top):
        row = SheetRow(f"sheet {sheet['name']}, row {number + 1}", {}, number + 1)
        for column, value in enumerate(values, left):
            text = value if isinstance(value, str) else show(repr(value), "General")
            budget.check("cell", len(text))
            if not text.strip():
                continue
            extent = merged.get((number, column), Extent())
            if looks.hides_row(number, extent.rows):
                unseen.rows.add(number + 1)
            elif looks.hides_column(column, extent.columns):
                unseen.columns.add(column + 1)
            else:
                row.cells[column + 1] = text
                if extent != Extent():
                    row.extents[column + 1] = extent
                if marks := looks.marks(number, column, text, isinstance(value, str)):
                    row.marks[column + 1] = marks
        if row.cells:
            rows.append((number + 1, row))
    return rows
