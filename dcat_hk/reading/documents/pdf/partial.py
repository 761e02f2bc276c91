"""
Pages -> the same pages, with tables of which rules or coloured boxes show only a part given back as lines.

In: the tables and lines of all pages. Out: nothing; pages are changed. A grid that holds the header alone, every second
row, or all rows in one cell says less than where the words stand, so what it holds is read by its positions instead.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .assembly import PdfPage
from .lattice import REACH, Lattice
from .textlines import Cells, TextLine, lines_of, runs_of

#: A line with so many stretches that clear gaps part is no line of one cell; of fewer there must be two.
_MOST_RUNS = 4
_RUNS = 3
#: A cell with so many numbers that follow one another holds so many rows.
_NUMBERS = 3
#: Gaps of one line that differ by less than this, in sizes of the font, are as wide.
_EVEN = 0.15
#: A line is flush on both sides if the blank space beside it differs by less than so many points.
_FLUSH = 1.5
#: If this share of the cells of a column has a gap at one place, they are cells of two.
_MOST_PARTED = 0.8
#: A line of the same table is no farther from its grid than so many sizes of the font, from edge to baseline.
_NEAR = 3.0
#: So many lines above or below a grid are looked at.
_LINES = 8
#: In so many columns there must be words for lines to be rows.
_COLUMNS = 3


def give_back_partial(pages: Sequence[PdfPage]) -> None:
    """
    Turn tables that are drawn only in part into lines, with what goes on from them on other pages.

    Args:
        pages: All pages, which are changed.
    """
    partial = [[_is_partial(page, table) for table in page.tables] for page in pages]
    if not any(map(any, partial)):
        return
    # What is on the page and on its neighbours between the same edges is of the same table.
    for number in [*range(len(pages)), *reversed(range(len(pages)))]:
        near = [
            table.lattice
            for index in (number - 1, number, number + 1)
            if 0 <= index < len(pages)
            for table, is_partial in zip(pages[index].tables, partial[index], strict=True)
            if is_partial
        ]
        for index, table in enumerate(pages[number].tables):
            partial[number][index] |= any(_has_same_edges(table.lattice, other) for other in near)
    for page, own in zip(pages, partial, strict=True):
        if any(own):
            give_back(page, own)


def give_back(page: PdfPage, partial: Sequence[bool]) -> None:
    """
    Make the text of some tables lines of the page.

    Args:
        page: The page, which is changed.

        partial: Which of its tables, in order.
    """
    stretches = [stretch for line in page.lines for stretch in line.stretches]
    for table, is_partial in zip(page.tables, partial, strict=True):
        if is_partial:
            stretches += [s for lines in table.lines.values() for line in lines for s in line.stretches]
    page.tables = [table for table, is_partial in zip(page.tables, partial, strict=True) if not is_partial]
    page.lines = lines_of(stretches)


def _has_same_edges(one: Lattice, other: Lattice) -> bool:
    """Tell whether two grids begin and end at the same places from left to right."""
    return abs(one.xs[0] - other.xs[0]) <= 2 * REACH and abs(one.xs[-1] - other.xs[-1]) <= 2 * REACH


def _is_partial(page: PdfPage, table: Cells) -> bool:
    """Tell whether a grid shows only a part of its table's cells."""
    return (
        any(map(_holds_several, table.lines.values()))
        or any(
            _is_parted(cells, *edges) for cells, edges in zip(_columns(table), pairwise(table.lattice.xs), strict=True)
        )
        or _goes_on_outside(page, table)
        or _is_beside(page, table)
    )


def _holds_several(lines: Sequence[TextLine]) -> bool:
    """Tell whether one cell of the grid holds several: words side by side in columns, or row numbers."""
    counts = [len(_clear_runs(line)) for line in lines if len(line.stretches) >= _RUNS]
    if max(counts, default=0) >= _MOST_RUNS or sum(count >= _RUNS for count in counts) > 1:
        return True
    if len(lines) < _NUMBERS or any(len(line.stretches) > 1 for line in lines):
        return False
    texts = ["".join(line.stretches[0].text).rstrip(".") for line in lines]
    if not all(text.isdecimal() and len(text) <= _NUMBERS for text in texts):
        return False
    return all(int(after) == int(before) + 1 for before, after in pairwise(texts))


def _clear_runs(line: TextLine) -> list[tuple[str, float, float]]:
    """
    Return the stretches of a line that clear gaps part, without letters that were set wide apart.

    The words of a line that is set flush on both sides are one stretch: all its gaps are as wide.
    """
    runs = runs_of(line)
    gaps = [after[1] - before[2] for before, after in pairwise(runs)]
    if len(gaps) > 1 and max(gaps) - min(gaps) < _EVEN * line.em:
        return [(" ".join(words for words, _left, _right in runs), runs[0][1], runs[-1][2])]
    return [run for run in runs if len(run[0]) > 1 or run[0].isdecimal()]


def _columns(table: Cells) -> Iterator[list[list[TextLine]]]:
    """Yield the cells of each column that have text, but for those merged over columns."""
    owner, last = table.lattice.owner, table.lattice.columns - 1
    for column in range(last + 1):
        squares = [square for square in table.lines if square[1] == column]
        yield [
            table.lines[row, column]
            for row, _column in squares
            if column == last or owner[row][column + 1] != (row, column)
        ]


def _is_parted(cells: Sequence[Sequence[TextLine]], left: float, right: float) -> bool:
    """
    Tell whether a gap goes through nearly all cells of a column, at one place, between words on both sides.

    It does not if all the lines with a gap go on and are set flush on both sides of the column.

    Args:
        cells: The lines of each cell.

        left: Where the column begins.

        right: Where it ends.
    """
    gaps: list[tuple[float, float]] | None = None
    count = flush = 0
    for lines in cells:
        line = next((line for line in lines if len(line.stretches) > 1), None)
        runs = _clear_runs(line) if line else []
        if len(runs) < 2:
            continue
        count += 1
        flush += line is not lines[-1] and abs((right - runs[-1][2]) - (runs[0][1] - left)) < _FLUSH
        own = [(before[2], after[1]) for before, after in pairwise(runs)]
        gaps = (
            own if gaps is None else [(max(a, c), min(b, d)) for a, b in gaps for c, d in own if max(a, c) < min(b, d)]
        )
    return bool(gaps) and count > flush and count >= _NUMBERS and count >= _MOST_PARTED * len(cells)


def _goes_on_outside(page: PdfPage, table: Cells) -> bool:
    """Tell whether the lines next to a grid are rows of its table: words under one another in its columns."""
    lattice = table.lattice
    above = [line for line in page.lines if line.baseline <= lattice.top]
    below = [line for line in page.lines if line.baseline - line.em >= lattice.ys[-1] - REACH]
    least = min(_COLUMNS, lattice.columns)
    return any(
        len({column for line in _adjacent(lattice, lines, edge) for column in _columns_of(lattice, line)}) >= least
        for lines, edge in ((above[::-1], lattice.top), (below, lattice.ys[-1]))
    )


def _adjacent(lattice: Lattice, lines: Sequence[TextLine], edge: float) -> Iterator[TextLine]:
    """Yield the lines next to an edge, to the first that a gap parts from it or that runs over the grid's columns."""
    for line in lines[:_LINES]:
        if abs(line.baseline - edge) > _NEAR * line.em or not _columns_of(lattice, line):
            return
        yield line
        edge = line.baseline


def _columns_of(lattice: Lattice, line: TextLine) -> list[int]:
    """Return the columns of a grid in which the words of a line stand, none if some stand in two or outside."""
    columns: list[int] = []
    for stretch in line.stretches:
        column = min(max(bisect_right(lattice.xs, (stretch.left + stretch.right) / 2) - 1, 0), lattice.columns - 1)
        if stretch.left < lattice.xs[column] - REACH or stretch.right > lattice.xs[column + 1] + REACH:
            return []
        columns.append(column)
    return columns


def _is_beside(page: PdfPage, table: Cells) -> bool:
    """Tell whether a column of the table stands beside the grid: words at the height of those of most of its rows."""
    rows = len(table.lattice.owner)
    if rows < _COLUMNS or not page.lines:
        return False
    outside = {line.number for line in page.lines}
    beside = {row for (row, _column), lines in table.lines.items() if any(line.number in outside for line in lines)}
    return 2 * len(beside) > rows
