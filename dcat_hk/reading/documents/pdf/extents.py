"""
Squares of lattices -> how far each cell of the rows that were written reaches, also over the ends of pages.

In: a table's lattice on each page and which rows of it were written where. Out: the extents of rows. It knows no
wording.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..document import Block, Extent, Row
from .lattice import Lattice, Square
from .textlines import Cells

_ONE = Extent()


class _OpenCell(NamedTuple):
    """A cell that reaches the end of its page: its row among the table's, its block, its columns and its rows there."""

    order: int
    block: int
    columns: int
    rows: int


class _ReachingCell(NamedTuple):
    """A cell that begins in a row that was written: where, in which column of the table, and over how many of both."""

    square: Square
    column: int
    columns: int
    #: From its own to its last row, as numbers among the rows of the table.
    first: int
    last: int
    reaches_end: bool


@dataclass(slots=True)
class TableExtents:
    """
    Writes the extents of one table, part by part.

    Args:
        blocks: Where the rows were written; those with merged cells are replaced.
    """

    blocks: list[Block]
    #: The block of each row of the table, in order.
    _rows: list[int] = field(default_factory=list)
    _open: dict[int, _OpenCell] = field(default_factory=dict)
    #: Columns in which cells reach over several rows, and those in which a cell of one row is empty.
    _merged: set[int] = field(default_factory=set)
    _empty: set[int] = field(default_factory=set)

    def part(self, table: Cells, numbers: Sequence[int], written: Mapping[int, int], first: int | None) -> None:
        """
        Write the extents of a table's part on one page.

        Args:
            table: The part.

            numbers: Which column of the whole table each of the part's columns is.

            written: The block in which each row of the lattice was written.

            first: The first row that is no repeated header, if the table goes on from the page before.
        """
        for block in written.values():
            if not self._rows or block > self._rows[-1]:
                self._rows.append(block)
        reached = _reached(table.lattice)
        if not reached and first is None:
            self._open = {place.column: self._opened(place) for place in self._ending(table, numbers, written)}
            return
        places = list(self._places(table, numbers, written, reached))
        going_on = {place.square for place in places if first is not None and self._goes_on(table, place, first)}
        for place in places:
            if place.square in going_on:
                opened = self._open[place.column]
                self._reach(opened.block, place.column, place.columns, place.last - opened.order + 1)
            elif place.columns > 1 or place.last > place.first:
                self._reach(self._rows[place.first], place.column, place.columns, place.last - place.first + 1)
        self._learn(table, places, going_on)
        self._open = {
            place.column: self._open[place.column] if place.square in going_on else self._opened(place)
            for place in places
            if place.reaches_end
        }

    def _opened(self, place: _ReachingCell) -> _OpenCell:
        """Return a cell that may go on on the next page."""
        return _OpenCell(place.first, self._rows[place.first], place.columns, place.last - place.first + 1)

    def _ending(self, table: Cells, numbers: Sequence[int], written: Mapping[int, int]) -> Iterator[_ReachingCell]:
        """Yield the cells of the last row, of a table in which none reaches over more than its square."""
        last = len(table.lattice.owner) - 1
        if last in written:
            yield from self._places(table, numbers, {last: written[last]}, {})

    def _places(
        self, table: Cells, numbers: Sequence[int], written: Mapping[int, int], reached: Mapping[Square, Extent]
    ) -> Iterator[_ReachingCell]:
        """Yield the cells that begin in rows that were written."""
        order = {block: number for number, block in enumerate(self._rows)}
        count = len(table.lattice.owner)
        for row, block in written.items():
            for column, square in enumerate(table.lattice.owner[row]):
                if square != (row, column):
                    continue
                extent = reached.get(square, _ONE)
                columns = numbers[column + extent.columns - 1] - numbers[column] + 1
                last = max(order[written[below]] for below in range(row, row + extent.rows) if below in written)
                yield _ReachingCell(square, numbers[column], columns, order[block], last, row + extent.rows == count)

    def _goes_on(self, table: Cells, place: _ReachingCell, first: int) -> bool:
        """Tell whether an empty cell at the top of a page is the rest of the one at the end of the page before."""
        above = self._open.get(place.column)
        if place.square[0] != first or place.square in table.lines or not above or above.columns != place.columns:
            return False
        is_usual = place.column in self._merged and place.column not in self._empty
        return above.rows > 1 or place.last > place.first or is_usual

    def _learn(self, table: Cells, places: Sequence[_ReachingCell], going_on: set[Square]) -> None:
        """Note in which columns cells reach over rows, and in which there are empty ones."""
        for place in places:
            if place.last > place.first:
                self._merged.add(place.column)
            elif place.square not in table.lines and place.square not in going_on:
                self._empty.add(place.column)

    def _reach(self, block: int, column: int, columns: int, rows: int) -> None:
        """Write how far a cell reaches."""
        row = self.blocks[block]
        assert isinstance(row, Row), "the blocks of a table are rows"
        extents = list(row.extents or (_ONE,) * len(row.cells))
        before = extents[column]
        extents[column] = Extent(max(columns, before.columns), max(rows, before.rows))
        self.blocks[block] = row._replace(extents=tuple(extents))


def _reached(lattice: Lattice) -> dict[Square, Extent]:
    """Return the extent of each cell that is more than one square, by its first."""
    extents: dict[Square, Extent] = {}
    for row, owners in enumerate(lattice.owner):
        for column, square in enumerate(owners):
            if square[1] != column or square[0] != row:
                extent = extents.get(square, _ONE)
                # A cell that is no rectangle reaches as far as its first row and column do.
                if square[0] == row:
                    extent = extent._replace(columns=column - square[1] + 1)
                elif square[1] == column:
                    extent = extent._replace(rows=row - square[0] + 1)
                extents[square] = extent
    return extents
