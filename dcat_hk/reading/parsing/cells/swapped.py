"""
Dates and frequencies that stand under each other's labels.

In: the raw rows of a table. Out: the rows with both exchanged, where most are the wrong way round.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...documents import Document
from ...recognisers.values import read_date, read_frequency
from ..ledger import text_of
from ..rows import RawRow


def swap_columns(document: Document, rows: Sequence[RawRow]) -> tuple[list[RawRow], list[RawRow]]:
    """
    Return the rows of a table, and which of them have date and frequency exchanged; these are few or most.

    Args:
        document: Where the rows are.

        rows: All rows of the table.
    """
    filled = [row for row in rows if row.cell("date") and row.cell("frequency")]
    swapped = [row for row in filled if _is_swapped(document, row)]
    if not swapped or len(swapped) * 2 <= len(filled):
        return list(rows), []
    mended = [_swap(row) if row in swapped else row for row in rows]
    return mended, swapped


def _swap(row: RawRow) -> RawRow:
    """Return a row with date and frequency exchanged."""
    return row.replace_cells(date=row.cell("frequency"), frequency=row.cell("date"))


def _is_swapped(document: Document, row: RawRow) -> bool:
    """Tell whether a row's date is a frequency and its frequency a date."""
    date, frequency = text_of(document, row.cell("date")), text_of(document, row.cell("frequency"))
    if not read_date(date).problem or not read_frequency(date):
        return False
    return read_date(frequency).is_stated
