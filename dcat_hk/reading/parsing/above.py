"""
Cells that say what the cell above them does: ditto marks, and categories that stand only where one begins.

In: the raw rows of all regions. Out: the rows with the text of the cells above, shared, so that the ledger counts it
once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ...core.errors import Finding
from ..documents import Document
from ..recognisers.columns import TEXT_FIELDS
from ..recognisers.values import is_ditto
from .ledger import text_of
from .merged import share
from .rows import RawRow
from .steps import RegionReading

#: So many rows without a category, and so many with one, show that a category stands only where it begins.
_FEWEST = 2


def fill_from_above(document: Document, readings: Sequence[RegionReading]) -> tuple[list[RegionReading], list[Finding]]:
    """
    Return the readings of regions with the text of the cells above where a cell says so, and a finding if none does.

    A category that is printed once above the rows that it holds for is told: in all tables the first row has one, some
    rows have none, and no two rows in turn have the same.

    Args:
        document: Where the rows are.

        readings: All regions, in order.
    """
    filled = [replace(reading, rows=tuple(_repeat(document, reading.rows))) for reading in readings]
    tables = [reading.rows for reading in filled if reading.way == "cells" and reading.rows]
    bare = [row for rows in tables for row in rows if not row.cell("category")]
    if not bare or not _stand_where_they_begin(document, tables):
        return filled, []
    filled = [
        replace(reading, rows=tuple(_carry_category(reading.rows))) if reading.way == "cells" else reading
        for reading in filled
    ]
    return filled, [Finding("category-above", document.name, bare[0].place, {"count": str(len(bare))})]


def _repeat(document: Document, rows: Sequence[RawRow]) -> list[RawRow]:
    """Return rows in which each cell with a ditto mark has the text of the one above."""
    repeated: list[RawRow] = []
    for row in rows:
        above = repeated[-1] if repeated else None
        marked = [name for name in TEXT_FIELDS if above and is_ditto(text_of(document, row.cell(name)))]
        repeated.append(row.replace_cells(**{name: share(above.cell(name)) for name in marked}) if above else row)
    return repeated


def _stand_where_they_begin(document: Document, tables: Sequence[Sequence[RawRow]]) -> bool:
    """Tell whether the categories of all tables are printed where one begins, and nowhere else."""
    rows = [row for table in tables for row in table]
    named = sum(1 for row in rows if row.cell("category"))
    again = any(
        row.cell("category") and text_of(document, row.cell("category")) == text_of(document, above.cell("category"))
        for table in tables
        for above, row in pairwise(table)
    )
    starts = all(table[0].cell("category") for table in tables)
    return starts and not again and named >= _FEWEST and len(rows) - named >= _FEWEST


def _carry_category(rows: Sequence[RawRow]) -> list[RawRow]:
    """Return rows in which each one without a category has that of the row above."""
    carried: list[RawRow] = []
    for row in rows:
        above = carried[-1].cell("category") if carried else ()
        carried.append(row if row.cell("category") else row.replace_cells(category=share(above)))
    return carried
