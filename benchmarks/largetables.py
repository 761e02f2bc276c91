"""Makes a plan with one long table for benchmarks, as a web page, an Excel, a Word and a delimited file."""

from __future__ import annotations

import csv
import html
from pathlib import Path

_HEAD = ("Marine Department", "Annual Open Data Plan 2026-2028", "December 2025", "A. Datasets to be released in 2026")
_LABELS = ("No.", "Category", "Name of dataset", "Description", "Target release date", "Update frequency")
_CATEGORIES = ("Transport", "Environment", "Health", "Education", "Housing")
_PLACES = ("piers", "anchorages", "typhoon shelters", "fairways", "buoys", "slipways", "landings", "moorings")
_THINGS = ("Position", "Use", "Depth", "Upkeep", "Inspections", "Fees", "Charts")
_FREQUENCIES = ("Monthly", "Quarterly", "Annually", "As and when necessary")


def make_large_tables(folder: Path, rows: int) -> None:
    """
    Write a plan with so many rows into a folder, in four kinds of document.

    Args:
        folder: Where the files are written.

        rows: How many rows the table has.
    """
    import docx
    import openpyxl

    table = [_LABELS, *(_make_row(number) for number in range(1, rows + 1))]
    with (folder / "large.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*([line] for line in _HEAD), *table])
    lines = "".join(f"<p>{html.escape(line)}</p>\n" for line in _HEAD)
    cells = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>\n" for row in table)
    page = f"<!DOCTYPE html>\n<html lang=en><title>Plan</title>\n{lines}<table>\n{cells}</table>\n</html>\n"
    (folder / "large.html").write_text(page, encoding="utf-8")
    book = openpyxl.Workbook()
    for row in [*((line,) for line in _HEAD), *table]:
        book.active.append(row)
    book.save(folder / "large.xlsx")
    document = docx.Document()
    for line in _HEAD:
        document.add_paragraph(line)
    made = document.add_table(rows=len(table), cols=len(_LABELS))
    for row, place in zip(table, made._tbl.tr_lst, strict=True):
        for text, cell in zip(row, place.tc_lst, strict=True):
            cell.p_lst[0].add_r().text = text
    document.save(str(folder / "large.docx"))


def _make_row(number: int) -> tuple[str, ...]:
    """Return one row; no two have the same name."""
    district = f"district {number // 56 + 1}"
    name = f"{_THINGS[number % 7]} of {_PLACES[number % 8]} in {district}"
    return (
        str(number),
        _CATEGORIES[number % 5],
        name,
        f"Numbers and places of {_PLACES[number % 8]} by month and {district} (CSV, JSON)",
        f"{number % 12 + 1:02}/2026",
        _FREQUENCIES[number % 4],
    )
