"""
Cells that span columns and rows -> rows of one width, each cell in the column where it starts.

In: the cells of each row in order, with their spans. Out: rows that all have the same number of places, and how far
the cell at each place reaches. It knows no kind of file: pages, Word files and sheets use it alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from ...core.limits import Budget
from .document import Extent, find_reaching

Content = TypeVar("Content")

#: More columns than a cell of a web page can span.
MOST_COLUMNS = 1000


class SpanningCell(NamedTuple, Generic[Content]):
    """
    A cell that may span columns and rows.

    `column` is where it starts, if that is known; without it the cell stands in the next free column.
    """

    content: Content
    columns: int = 1
    rows: int = 1
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Grid(Generic[Content]):
    """
    The rows of a table, all of one width: a cell stands in its first column and row, elsewhere is None.

    `extents` has for each row how far the cell at each place reaches, nothing where none reaches over more than its
    own place (see `Row.extents`).
    """

    rows: list[list[Content | None]]
    extents: list[tuple[Extent, ...]]


def place_cells(rows: Sequence[Sequence[SpanningCell[Content]]], budget: Budget) -> Grid[Content]:
    """
    Return rows of one width; a cell stands in its first column and row, and the other places it covers are None.

    Columns in which no cell starts are left out, so a span of a thousand columns costs nothing; no cell reaches over
    the next of its row or over the table's last row.

    Args:
        rows: The cells of each row, in order.

        budget: What the table may still cost.

    Raises:
        NotAPlan: The table has too many cells.

    >>> from dcat_hk.core.limits import Limits
    >>> tall, wide = SpanningCell("a", rows=2), SpanningCell("b", columns=2)
    >>> grid = place_cells([[tall, wide], [SpanningCell("c"), SpanningCell("d")]], Budget("x", Limits()))
    >>> grid.rows
    [['a', 'b', None], [None, 'c', 'd']]
    >>> [tuple(extent) for extent in grid.extents[0]], grid.extents[1]
    ([(1, 2), (2, 1), (1, 1)], ())

    Spec: HTML, forming a table.
    """
    placed = _positions(rows, budget)
    starts = sorted({start for row in placed for start in row})
    columns = {start: number for number, start in enumerate(starts)}
    budget.check("cells", len(rows) * len(columns))
    grid: Grid[Content] = Grid([], [])
    for number, row in enumerate(placed):
        cells: list[Content | None] = [None] * len(starts)
        extents = [Extent()] * len(starts)
        following = len(starts)
        for start in sorted(row, reverse=True):
            cell = row[start]
            cells[columns[start]] = cell.content
            end = min(bisect_left(starts, cell.end), following)
            if end > columns[start] + 1 or cell.rows > 1:
                extents[columns[start]] = Extent(end - columns[start], min(max(cell.rows, 1), len(rows) - number))
            following = columns[start]
        grid.rows.append(cells)
        grid.extents.append(find_reaching(extents))
    return grid


class _CellInGrid(NamedTuple, Generic[Content]):
    """What is in a cell, the column after its last, and how many rows it spans."""

    content: Content
    end: int
    rows: int


def _positions(
    rows: Sequence[Sequence[SpanningCell[Content]]], budget: Budget
) -> list[dict[int, _CellInGrid[Content]]]:
    """Return the cells of each row by the column that they start in."""
    placed: list[dict[int, _CellInGrid[Content]]] = []
    hanging: list[tuple[int, int, int]] = []
    for number, row in enumerate(rows):
        hanging = [one for one in hanging if one[2] > number]
        covered = sorted((start, end) for start, end, _last in hanging)
        cells: dict[int, _CellInGrid[Content]] = {}
        column = 0
        budget.check_time()
        for cell in row:
            column = _free(covered, column) if cell.column is None else cell.column
            while column in cells:
                column += 1
            end = column + max(1, min(cell.columns, MOST_COLUMNS))
            cells[column] = _CellInGrid(cell.content, end, cell.rows)
            if cell.rows > 1:
                hanging.append((column, end, number + cell.rows))
            column = end
        placed.append(cells)
    return placed


def _free(covered: Iterable[tuple[int, int]], column: int) -> int:
    """Return the first column from one on that no cell from a row above covers."""
    for start, end in covered:
        if start <= column < end:
            column = end
    return column


def count_filled(extents: tuple[Extent, ...], number: int, filled: Sequence[int]) -> tuple[Extent, ...]:
    """
    Return how far the cells of a row reach where only rows with text count.

    Args:
        extents: How far they reach, all rows counted.

        number: The number of their row.

        filled: The numbers of the rows with text.

    >>> count_filled((Extent(1, 3),), 0, [0, 2])[0].rows
    2
    """
    if not extents:
        return ()
    above = bisect_left(filled, number)
    return find_reaching(
        Extent(extent.columns, max(1, bisect_left(filled, number + extent.rows) - above)) for extent in extents
    )


def merge_columns(rows: Sequence[Iterable[int]], edges: Sequence[float], slack: float) -> Mapping[int, int]:
    """
    Return for every column the one it belongs to, where cells that nearly line up are meant to stand in one column.

    Two columns are one if their left edges are no further apart than the slack and no row has a cell in both.

    Args:
        rows: The columns in which each row's cells start.

        edges: Where the left edge of each column is.

        slack: How far apart edges may be.

    >>> merge_columns([[0, 1, 3], [0, 2, 3]], [0, 100, 104, 300], 10)
    {0: 0, 1: 1, 2: 1, 3: 3}
    """
    starts = [set(row) for row in rows]
    merged: dict[int, int] = {}
    first, members = -1, set[int]()
    for column in sorted(set().union(*starts)) if starts else []:
        near = first >= 0 and edges[column] - edges[first] <= slack
        if near and not any(column in row and row & members for row in starts):
            members.add(column)
        else:
            first, members = column, {column}
        merged[column] = first
    return merged
