"""
Rows of a table of which text was left out -> the rows that are left, and how far their cells reach.

In: each row of a table as it was and as it is without the text that does not count. Out: the rows that stay, and what
else goes with those that are withdrawn: a row whose number and name are crossed out is not published.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..documents import Document, Row, Span
from ..documents.document import find_reaching
from .ledger import text_of
from .rows import read_number


class LessenedRow(NamedTuple):
    """A row as it was, as it is without what was left out, and the places of cells of which all was crossed out."""

    before: Row
    after: Row
    struck: frozenset[int]


class RemainingRows(NamedTuple):
    """The rows that stay, None for each that goes, and the text that goes with rows besides what was crossed out."""

    rows: list[Row | None]
    withdrawn: list[Span]


def drop_rows(document: Document, rows: Sequence[LessenedRow]) -> RemainingRows:
    """
    Return the rows of a table that stay.

    Args:
        document: Where the rows are.

        rows: All rows of the table, in order.
    """
    stays = [not _is_withdrawn(document, row) for row in rows]
    cells = [list(row.after.cells) for row in rows]
    extents = [[row.after.extent(place) for place in range(len(row.after.cells))] for row in rows]
    withdrawn: list[Span] = []
    for index, row in enumerate(rows):
        for place, extent in enumerate(extents[index][:]):
            reached = [i for i in range(index, min(index + extent.rows, len(rows))) if stays[i]]
            extents[index][place] = extent._replace(rows=max(1, len(reached)))
            if stays[index] or not row.after.cells[place]:
                continue
            if extent.rows > 1 and reached and place < len(cells[reached[0]]):
                cells[reached[0]][place] = row.after.cells[place]
                extents[reached[0]][place] = extent._replace(rows=len(reached))
            else:
                withdrawn += [fragment.span for fragment in row.after.cells[place]]
    remaining: list[Row | None] = []
    apart = False
    for index, row in enumerate(rows):
        apart = apart or row.after.apart
        if stays[index]:
            remaining.append(Row(tuple(cells[index]), apart, find_reaching(extents[index])))
            apart = False
        else:
            remaining.append(None)
    return RemainingRows(remaining, withdrawn)


def _is_withdrawn(document: Document, row: LessenedRow) -> bool:
    """Tell whether nothing is left of a row, only its number, or neither its number nor its name."""
    own = [place for place, cell in enumerate(row.before.cells) if cell and row.before.extent(place).rows == 1]
    left = [place for place in own if row.after.cells[place]]
    if len(left) == len(own):
        return False
    if all(read_number(text_of(document, row.after.cells[place])) is not None for place in left):
        return True
    opening = [place for place in own[:2] if place in row.struck]
    return own[0] in row.struck and (len(opening) == 2 or len(row.struck) * 2 >= len(own))
