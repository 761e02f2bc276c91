"""
Rows of tables as they stand on pages, and whether one is the rest of a row that the end of a page cut.

In: the cells of a table. Out: the cells of each row with their text and width. It knows no wording.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .glyphs import is_narrow
from .lattice import Square
from .textlines import Cells, TextLine, leaves_room, runs_of

#: Blank space at the side of a cell is no wider than this.
_WIDEST_SIDE = 8.0
#: After these signs a text goes on.
_OPEN = frozenset("/(-,:;／（、，：；－「《")
#: These may not begin a line.
_CLOSING = frozenset("、，。；：）」》")
#: How wide a cell is, is known to within this share of the font's size.
_SLACK = 0.15


@dataclass(slots=True)
class Cell:
    """The lines of a cell, and how wide a line in it can be."""

    lines: list[TextLine]
    width: float


RowCells = Mapping[int, Cell]


def rows_of(table: Cells) -> list[list[Square]]:
    """Return the cells of each row that have text, row by row."""
    rows: dict[int, list[Square]] = {}
    for square in sorted(table.lines):
        rows.setdefault(square[0], []).append(square)
    return list(rows.values())


def cells_of_row(table: Cells, squares: Sequence[Square], numbers: Sequence[int]) -> dict[int, Cell]:
    """
    Return the cells of a row by column.

    Args:
        table: The table on its page.

        squares: The cells of the row that have text.

        numbers: Which column of the whole table each of the page's columns is.
    """
    side = _side(table)
    cells: dict[int, Cell] = {}
    for square in squares:
        lines, width = table.lines[square], _width(table, square) - 2 * side
        above = cells.get(numbers[square[1]])
        cells[numbers[square[1]]] = Cell([*above.lines, *lines] if above else lines, width)
    return cells


def words_of(row: RowCells) -> tuple[tuple[int, str], ...]:
    """Return the text of a row without blanks, by column."""
    return tuple((column, "".join(_words(cell))) for column, cell in row.items())


def _words(cell: Cell) -> Iterator[str]:
    """Yield the words of a cell."""
    for line in cell.lines:
        for words, _left, _right in runs_of(line):
            yield words.replace(" ", "")


def is_rest(above: RowCells, below: RowCells) -> bool:
    """
    Tell whether the first row of a page is the rest of the last one of the page before.

    It has nothing in the first column, where rows have their numbers, and each of its cells goes on a line above that
    was full, or that ends in a sign after which more must come.

    Args:
        above: The last row of the page before.

        below: The first row of the page.
    """
    if 0 in below:
        return False
    shared_columns = [column for column in below if column in above]
    return bool(shared_columns) and all(_goes_on(above[column], below[column]) for column in shared_columns)


def _goes_on(above: Cell, below: Cell) -> bool:
    """Tell whether a cell goes on the one above it."""
    last = above.lines[-1]
    return last.stretches[-1].text[-1] in _OPEN or not leaves_room(last, below.lines[0], above.width)


def pieces_of(cell: Cell) -> list[tuple[list[TextLine], str]]:
    """
    Return the text of a cell line by line, and the lines it is from; a word broken because it is too wide is whole.

    Args:
        cell: The cell.
    """
    pieces: list[tuple[list[TextLine], str]] = []
    for line in cell.lines:
        text = " ".join(words for words, _left, _right in runs_of(line))
        if pieces and line.number != pieces[-1][0][-1].number and is_broken(pieces[-1][0][-1], line, cell.width):
            lines, before = pieces[-1]
            pieces[-1] = ([*lines, line], before + text)
        else:
            pieces.append(([line], text))
    return pieces


def is_broken(above: TextLine, below: TextLine, width: float) -> bool:
    """
    Tell whether a Latin word was broken at the end of a line: the line has no blank and is full to the last letter.

    A sign that may not begin a line takes the letter before it along.

    Args:
        above: A line of a cell.

        below: The next one, perhaps on the next page.

        width: How wide a line in the cell can be.
    """
    last, first = above.stretches[-1], below.stretches[0]
    if not all(is_narrow(end) and end.isalnum() for end in (last.text[-1], first.text[0])):
        return False
    if any(" " in words for words, _left, _right in runs_of(above)):
        return False
    last_of_unit = 1 if len(first.text) > 1 and first.text[1] in _CLOSING else 0
    room = width - (last.right - above.stretches[0].left)
    return room < first.rights[last_of_unit] - first.lefts[0] + _SLACK * above.em


def _side(table: Cells) -> float:
    """Return how much blank space there is beside text in the cells of a table."""
    xs = table.lattice.xs
    sides = [line.stretches[0].left - xs[column] for (_row, column), lines in table.lines.items() for line in lines]
    return min(max(min(sides, default=0.0), 0.0), _WIDEST_SIDE)


def _width(table: Cells, square: Square) -> float:
    """Return how wide a cell is."""
    row, column = square
    owners = table.lattice.owner[row]
    end = column
    while end < len(owners) and owners[end] == square:
        end += 1
    return table.lattice.xs[end] - table.lattice.xs[column]
