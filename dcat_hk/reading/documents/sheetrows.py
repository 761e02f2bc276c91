"""
The rows of one sheet -> its part of a document, and findings on what of it is hidden: the same for every kind of file.

In: the rows that have text, with their numbers, and the cells that are not shown. Out: lines and blocks; findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ...core.errors import Finding
from ...core.place import Place
from .cells import SheetRow, Sheets, is_heading
from .sheetattributes import column_letters, ranges

#: How many hidden things a finding names.
_MOST_LISTED = 8

NumberedRow = tuple[int, SheetRow]


def add_sheet(
    sheets: Sheets, title: str, rows: Sequence[NumberedRow], boxes: Sequence[tuple[int, str]], several: bool
) -> None:
    """
    Add a sheet to the others of its file.

    Args:
        sheets: The sheets so far.

        title: The sheet's name.

        rows: The rows with any text, with their numbers.

        boxes: The texts of boxes that lie on the sheet, with the rows they lie at.

        several: Whether the file shows more sheets than this one, so that its name says something.

    >>> from dcat_hk.core.limits import Budget
    >>> sheets = Sheets(Budget("plan.xlsx"))
    >>> add_sheet(sheets, "S", [(2, SheetRow("row 2", {1: "1", 2: "Crime"}))], [(1, "Plan")], False)
    >>> sheets.lines, sheets.places[0]
    (['Plan', '1', 'Crime'], 'sheet S, text box')
    """
    place = f"sheet {title}"
    first = next((row for row, cells in rows if len(cells.cells) > 1), 0)
    for _row, text in (box for box in boxes if box[0] < first):
        sheets.add_text(text, f"{place}, text box")
    own = any(is_heading(text) for _row, cells in rows for text in cells.cells.values() if len(cells.cells) == 1)
    if several and (own or not rows):
        sheets.add_aside(title, place)
    sheets.add(list(_with_gaps(rows)), title if several and rows and not own else "", place)
    for _row, text in (box for box in boxes if box[0] >= first):
        sheets.add_text(text, f"{place}, text box")


def _with_gaps(rows: Sequence[NumberedRow]) -> Iterator[SheetRow]:
    """Yield rows with one blank row where any were left out."""
    before = 0
    for number, row in rows:
        if number > before + 1:
            yield SheetRow(row.place, {})
        yield row
        before = number


@dataclass(frozen=True, slots=True)
class UnseenCells:
    """Filled rows and columns that are hidden, and filled cells under a merged one, by their names."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    cells: set[str] = field(default_factory=set)

    def report(self, name: str, title: str, lines: int) -> Iterator[Finding]:
        """
        Yield findings on what of a sheet is not read.

        Args:
            name: The document's name.

            title: The sheet's name.

            lines: How many lines of the document come before the sheet.

        >>> [finding.values for finding in UnseenCells(rows={4, 5, 9}).report("plan.ods", "S", 0)]
        [{'rows': '4–5, 9', 'sheet': 'S'}]
        """
        place = Place(lines + 1, lines + 1, f"sheet {title}", f"sheet {title}")
        if self.rows:
            listed = _list_names(f"{first}–{last}" if last > first else str(first) for first, last in ranges(self.rows))
            yield Finding("hidden-rows", name, place, {"rows": listed, "sheet": title})
        if self.columns:
            ends = ((column_letters(first), column_letters(last)) for first, last in ranges(self.columns))
            listed = _list_names(f"{first}–{last}" if last != first else first for first, last in ends)
            yield Finding("hidden-columns", name, place, {"columns": listed, "sheet": title})
        if self.cells:
            yield Finding("covered-cells", name, place, {"cells": _list_names(sorted(self.cells))})


def _list_names(names: Iterable[str]) -> str:
    """Return names as a list, the first of them if there are many."""
    listed = list(names)
    return ", ".join(listed[:_MOST_LISTED]) + (", …" if len(listed) > _MOST_LISTED else "")
