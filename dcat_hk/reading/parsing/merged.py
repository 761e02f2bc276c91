"""
Cells merged downwards -> what each row below them holds of them.

In: the rows of a table, one after the other, with how far their cells reach. Out: the cells from rows above that reach
over a row, as fragments that are marked as shared, so that the ledger counts their text once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..documents import Document, Row
from .ledger import text_of
from .rows import RawRow, Text


def share(fragments: Text) -> Text:
    """
    Return the text of a cell for another row that it holds for.

    >>> from dcat_hk.reading.documents import Fragment, Span
    >>> share((Fragment(Span(3, 0, 9)),))[0].shared
    True
    """
    return tuple(fragment._replace(shared=True) for fragment in fragments)


class _Reach(NamedTuple):
    """A cell of one of the rows above: its text, over how many more rows it reaches, and whether it is merged."""

    fragments: Text
    rows: int
    merged: bool


@dataclass(slots=True)
class MergedCells:
    """
    The cells above the row of a table that is read next.

    A page that ends inside a merged cell cuts it: its rest on the next page is an empty cell.
    """

    _above: dict[int, _Reach] = field(default_factory=dict)
    #: Whether the next row is the first below a header or on a page.
    _first: bool = True

    def begin_part(self, header: int = 0, other: bool = False) -> None:
        """
        Take note that a page or a table begins.

        Args:
            header: How many rows the header has that is repeated there, and that the cells above reach over.

            other: Whether another table begins, in which no cell of the one before goes on.
        """
        self._above = {} if other else {place: _below_rows(reach, header) for place, reach in self._above.items()}
        self._first = True

    def cover(self, row: Row) -> tuple[Text, ...]:
        """
        Return, for each place of a row, the text of the cell from above that reaches over it; go on to the next row.

        Args:
            row: The next row of the table.
        """
        covers: list[Text] = []
        for place, cell in enumerate(row.cells):
            reach, rows = self._above.get(place), row.extent(place).rows
            if reach and reach.rows and not cell:
                self._above[place] = _Reach(reach.fragments, reach.rows - 1, True)
            elif reach and self._first and not cell and (rows > 1 or reach.merged):
                self._above[place] = _Reach(reach.fragments, rows - 1, True)
            else:
                self._above[place] = _Reach(cell, rows - 1, rows > 1)
                covers.append(())
                continue
            covers.append(share(reach.fragments))
        self._first = False
        return tuple(covers)


def _below_rows(reach: _Reach, count: int) -> _Reach:
    """Return a cell as it is some rows further down the page."""
    return _Reach(reach.fragments, max(0, reach.rows - count), reach.merged)


#: The lines of a category stand beside so many rows at most.
_MOST_BESIDE = 4


def unite_categories(
    document: Document, rows: Sequence[RawRow], is_category: Callable[[str], bool]
) -> tuple[RawRow, ...]:
    """
    Return rows with the category of a cell without borders whose lines stand beside several of them.

    Only together are the lines a known category; then it is that of each of these rows.

    Args:
        document: Where the rows are.

        rows: The rows of a table.

        is_category: Tells whether a text is a known category.
    """
    united = list(rows)
    for first, row in enumerate(rows):
        text = text_of(document, row.cell("category"))
        if not text or is_category(text) or united[first] is not row:
            continue
        whole = row.cell("category")
        for last in range(first + 1, min(first + _MOST_BESIDE, len(rows))):
            rest = rows[last].cell("category")
            if not rest or is_category(text_of(document, rest)):
                break
            whole = (*whole, *rest)
            if is_category(text_of(document, whole)):
                for place in range(first, last + 1):
                    united[place] = rows[place].replace_cells(category=share(whole) if place > first else whole)
                break

    return tuple(united)
