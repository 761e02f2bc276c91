"""
Rows of tables as they stand on pages, and whether one is the rest of a row that the end of a page cut.

In: the cells of a table. Out: the cells of each row with their text and width. It knows no wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from ..brokenwords import is_one_name, is_one_number, is_one_word, is_surely_one, words_in
from .glyphs import Stretch, is_narrow
from .lattice import Square
from .textlines import Cells, TextLine, leaves_room, runs_of

#: Blank space at the side of a cell is no wider than this.
_WIDEST_SIDE = 8.0
#: After these signs a text goes on.
_OPEN = frozenset("/(-,:;／（、，：；－「《")
#: These may not begin a line.
_CLOSING = frozenset("、，。；：）」》")
#: After these a line can be wrapped though there is no blank.
_BREAKS = frozenset("-\u2010\u2013\u2014/")
#: If this share of the lines of cells that end in Latin letters has a blank at the end, their maker keeps blanks.
_SHARE_WITH_BLANKS = 0.2
#: How much room there is at the end of a line is known to within this share of the font's size.
_EXACT = 0.04
#: These never stand behind a blank, but a cell may be too narrow for them and the word before.
_ENDINGS = frozenset(",.;)]")
#: A word is broken into no more pieces than this after the first.
_MOST_PIECES = 3
#: Letters that fonts draw by one glyph, within which no line ends.
_LIGATURES = ("ff", "ffi", "ffl", "fi", "fl", "ft", "ti", "tf", "tt", "tti")
#: A number of more figures counts no rows; one of thousands would not even be read.
_MOST_FIGURES = 9
#: What a number of a row that has no room can begin and end with, as "(11" and "8)".
_NUMBER_BEGINS = re.compile(r"[(\[（]?(?:[A-Za-z]{1,2}[.\-]?)?\d{0,4}")
_NUMBER_ENDS = re.compile(r"\d{1,4}[.)\]）、:]{0,2}|[.)\]）、:]{1,2}")
#: Lines of one item of a list begin within so many points; it is indented by so much of the font's size.
_SAME_INDENT, _LEAST_INDENT = 0.5, 0.4
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

    It has nothing in the first column, where rows have their numbers, but the last signs of one that had no room; nor
    has it the next number in another column. Each of its cells goes on a line above that was full, or that ends in a
    sign after which more must come.

    Args:
        above: The last row of the page before.

        below: The first row of the page.
    """
    if 0 in below and not (0 in above and _is_cut_number(above[0], below[0])):
        return False
    if len(below) == 1 and 0 in below:
        return True
    shared_columns = [column for column in below if column in above and column]
    if any(_counts_on(above[column], below[column]) for column in shared_columns):
        return False
    return bool(shared_columns) and all(_goes_on(above[column], below[column]) for column in shared_columns)


def _is_cut_number(above: Cell, below: Cell) -> bool:
    """Tell whether a cell has the last signs of the number above it, behind whose first ones there was no room."""
    one, other = "".join(_words(above)), "".join(_words(below))
    if not (_NUMBER_BEGINS.fullmatch(one) and _NUMBER_ENDS.fullmatch(other)) or _counts_on(above, below):
        return False
    if one.isdecimal() and len(one) < len(other.rstrip(".")):
        return False
    return _is_full(above.lines[-1], below.lines[0].stretches[0], 0, above.width)


def _counts_on(above: Cell, below: Cell) -> bool:
    """Tell whether a cell is a number and the one below it the next."""
    one, other = "".join(_words(above)).rstrip("."), "".join(_words(below)).rstrip(".")
    are_numbers = one.isdecimal() and other.isdecimal() and max(len(one), len(other)) <= _MOST_FIGURES
    return are_numbers and int(other) == int(one) + 1


def _goes_on(above: Cell, below: Cell) -> bool:
    """Tell whether a cell goes on the one above it."""
    last = above.lines[-1]
    return last.stretches[-1].text[-1] in _OPEN or not leaves_room(last, below.lines[0], above.width)


@dataclass(frozen=True, slots=True)
class LineEnds:
    """
    What a document's lines prove about words at their ends.

    `blank` is how wide the blank is that its maker keeps where a line is wrapped, in sizes of the font, 0 if it keeps
    none; it leaves it out where it does not fit. `words` are the Latin words, in small letters, that stand whole
    inside of lines.
    """

    blank: float = 0.0
    words: Set[str] = frozenset()

    def joint(
        self,
        above: TextLine,
        below: TextLine,
        width: float,
        before: Sequence[TextLine] = (),
        behind: Sequence[TextLine] = (),
    ) -> str | None:
        """
        Return what stands between two lines of a cell, None where only the end of the line parts them.

        It is nothing inside a word that was too wide for the cell, and after a hyphen or stroke inside of a word; it
        is a blank where the file has one after a hyphen.

        Args:
            above: A line of a cell.

            below: The next one, perhaps on the next page.

            width: How wide a line in the cell can be.

            before: Lines before that end inside of the word with which the first line begins.

            behind: The lines behind.
        """
        last, first = above.stretches[-1], below.stretches[0]
        if first.text[0] in _ENDINGS and _is_letter(last.text[-1]):
            # A stop before letters begins a name, as in ".csv".
            is_name = first.text[0] == "." and len(first.text) > 1 and _is_letter(first.text[1])
            return "" if not is_name and not last.blank_after and _is_full(above, first, 0, width) else None
        if last.text[-1] == "=" and len(last.text) > 1 and last.text[-2] != " " and not last.blank_after:
            return ""
        if not _is_letter(first.text[0]):
            return None
        if last.text[-1] in _BREAKS and len(last.text) > 1 and _is_letter(last.text[-2]):
            if last.blank_after:
                return " "
            return None if leaves_room(above, below, width) else ""
        if last.blank_after:
            return None
        if not fills(above, below, width):
            return "" if self._is_broken_in_room(above, below, width) else None
        is_kept = self.blank and _room(above, width) > (self.blank + _EXACT) * above.em
        return "" if is_kept or self._is_one([*before, above], [below, *behind], width) else None

    def _is_broken_in_room(self, above: TextLine, below: TextLine, width: float) -> bool:
        """Tell whether a name or a word is broken at the end of a line that had no need to break it."""
        is_full = _is_full(above, below.stretches[0], 0, width)
        # A program that may not begin a line with a sign can break the word before it anywhere.
        if _is_name(above, below, is_full):
            return True
        # Some programs fill a line that has room for whole words with the first letters of the next.
        if not is_full or self.blank or not _is_letter(above.stretches[-1].text[-1]):
            return False
        return is_surely_one(words_in(_last_unit(above))[-1], words_in(_first_unit(below))[0])

    def _is_one(self, above: Sequence[TextLine], below: Sequence[TextLine], width: float) -> bool:
        """
        Tell whether signs at the end of a full line and at the start of the next can only be one word or number.

        That the line is full to the last letter can be chance.
        """
        start = "".join(_last_unit(line) for line in above)
        head = words_in(start)[-1]
        behind_sign = start[: -len(head)][-1:] in _BREAKS
        for rest in _beginnings(below, width):
            if is_one_number(start.lstrip("("), rest):
                return True
            word = words_in(rest)[0]
            if len(start) > len(head) == len(word) == 1 and (head + word).isupper():
                return True
            # A letter before a hyphen is a word, as in "e-mail".
            is_prefix = len(word) == 1 and rest[1:2] in _BREAKS
            if is_one_word(head, word, self.words, is_full=not is_prefix, behind_sign=behind_sign):
                return True
        return False


def _is_name(above: TextLine, below: TextLine, is_full: bool) -> bool:
    """
    Tell whether the last letters of a line and the first of the next are one name.

    The line is known to be full, or a sign that may not begin a line stands behind the letters.
    """
    head, rest = words_in(_last_unit(above)), words_in(_first_unit(below))
    stretch = below.stretches[0].text
    signed = bool(rest) and len(stretch) > len(rest[0]) and stretch[len(rest[0])] in _CLOSING
    return (signed or is_full) and bool(head) and bool(rest) and is_one_name(head[-1], rest[0])


def _last_unit(line: TextLine) -> str:
    """Return the signs at the end of a line behind which there is no blank."""
    return runs_of(line)[-1][0].rsplit(" ", 1)[-1]


def _first_unit(line: TextLine) -> str:
    """Return the signs at the start of a line up to a blank, or to letters that look otherwise."""
    stretch = line.stretches[0]
    if len(line.stretches) > 1 and line.stretches[1].looks != stretch.looks:
        return "".join(stretch.text).split(" ", 1)[0]
    return runs_of(line)[0][0].split(" ", 1)[0]


def _beginnings(lines: Sequence[TextLine], width: float) -> Iterator[str]:
    """Yield what a broken word can go on with, the longest first: the rest may be broken as well."""
    starts = [_first_unit(lines[0])]
    for above, below in pairwise(lines):
        if above.stretches[-1].blank_after or not fills(above, below, width):
            break
        starts.append(starts[-1] + _first_unit(below))
    yield from reversed(starts)


def line_ends_of(tables: Iterable[Cells], others: Iterable[TextLine]) -> LineEnds:
    """
    Return what the lines of a document prove about words at the ends of lines.

    Args:
        tables: Its tables, page by page.

        others: The lines outside of tables.
    """
    words: set[str] = set()
    blanks: list[float] = []
    ends = 0
    for table in tables:
        words |= _whole_words(table)
        for above, below in (pair for lines in table.lines.values() for pair in pairwise(lines)):
            last, first = above.stretches[-1], below.stretches[0]
            if above.number != below.number and is_narrow(last.text[-1]) and is_narrow(first.text[0]):
                ends += 1
                if last.blank_after:
                    blanks.append(last.blank_after / last.em)
    for line in others:
        words.update(_tokens(line)[1:-1])
    blank = sorted(blanks)[len(blanks) // 2] if len(blanks) > _SHARE_WITH_BLANKS * ends else 0.0
    # A letter alone may be the rest of a word that a page cut.
    return LineEnds(blank, frozenset(word.lower() for word in words if len(word) > 1))


def _whole_words(table: Cells) -> set[str]:
    """Return the Latin words of a table that no end of a line and no end of the page can have broken."""
    words: set[str] = set()
    first_row, last_row = min(table.lines)[0], max(table.lines)[0]
    for (row, _column), lines in table.lines.items():
        for index, line in enumerate(lines):
            begins = index == 0 and row != first_row
            ends = index == len(lines) - 1 and row != last_row
            words.update(_tokens(line)[0 if begins else 1 : None if ends else -1])
    return words


def _tokens(line: TextLine) -> list[str]:
    """Return the Latin words of a line."""
    return words_in(" ".join(words for words, _left, _right in runs_of(line)))


def _room(line: TextLine, width: float) -> float:
    """Return how much room there is behind a line of a cell."""
    return width - (line.stretches[-1].right - line.stretches[0].left)


def _is_full(line: TextLine, next_stretch: Stretch, end: int, width: float) -> bool:
    """Tell whether a line of a cell has no room for the first characters of the next, up to the one at an index."""
    return _room(line, width) < next_stretch.rights[end] - next_stretch.lefts[0] + _SLACK * line.em


def _is_letter(character: str) -> bool:
    """Tell whether a character is a letter or digit of a script that separates words."""
    return is_narrow(character) and character.isalnum()


def pieces_of(cell: Cell, ends: LineEnds) -> list[tuple[list[TextLine], str]]:
    """
    Return the text of a cell line by line, and the lines it is from; a word that was broken is whole.

    Args:
        cell: The cell.

        ends: What is known of the ends of the document's lines.
    """
    pieces: list[tuple[list[TextLine], str]] = []
    broken = 1
    for index, line in enumerate(cell.lines):
        text = " ".join(words for words, _left, _right in runs_of(line))
        joint = None
        if pieces and line.number != pieces[-1][0][-1].number:
            above, before = pieces[-1][0][-1], pieces[-1][0][-broken:-1]
            width = cell.width - _indent(cell, above, line)
            joint = ends.joint(above, line, width, before, cell.lines[index + 1 : index + _MOST_PIECES])
        broken = broken + 1 if joint == "" and " " not in text else 1
        if joint is None:
            pieces.append(([line], text))
        else:
            lines, start = pieces[-1]
            pieces[-1] = ([*lines, line], start + joint + text)
    return pieces


def _indent(cell: Cell, above: TextLine, below: TextLine) -> float:
    """Return how far two lines of a list begin to the right of its signs, which stand at the edge of the cell."""
    left, other = above.stretches[0].left, below.stretches[0].left
    indent = left - min(line.stretches[0].left for line in cell.lines)
    return indent if abs(left - other) < _SAME_INDENT and indent > above.em * _LEAST_INDENT else 0.0


def fills(above: TextLine, below: TextLine, width: float) -> bool:
    """
    Tell whether a line without a blank ends in a Latin letter and has no room for the first letter of the next line.

    A sign that may not begin a line takes the letter before it along.

    Args:
        above: A line of a cell.

        below: The next one, perhaps on the next page.

        width: How wide a line in the cell can be.
    """
    last, first = above.stretches[-1], below.stretches[0]
    if not (_is_letter(last.text[-1]) and _is_letter(first.text[0])):
        return False
    runs = runs_of(above)
    if len(runs) > 1 or " " in runs[0][0]:
        return False
    last_of_unit = 1 if len(first.text) > 1 and first.text[1] in _CLOSING else 0
    return _is_full(above, first, max(last_of_unit, _last_of_glyph(first)), width)


def _last_of_glyph(stretch: Stretch) -> int:
    """Return which is the last character of those that the first glyph may draw together."""
    start = "".join(stretch.text[:3])
    return max((len(letters) - 1 for letters in _LIGATURES if start.startswith(letters)), default=0)


def _side(table: Cells) -> float:
    """
    Return how much blank space there is beside text in the cells of a table: on the left of most lines of some column.

    The boxes of some letters, as of a J, begin farther to the left than the text does.
    """
    xs = table.lattice.xs
    columns: dict[int, list[float]] = {}
    for (_row, column), lines in table.lines.items():
        columns.setdefault(column, []).extend(line.stretches[0].left - xs[column] for line in lines)
    sides = [sorted(spaces)[len(spaces) // 4] for spaces in columns.values()]
    return min(max(min(sides, default=0.0), 0.0), _WIDEST_SIDE)


def _width(table: Cells, square: Square) -> float:
    """Return how wide a cell is."""
    row, column = square
    owners = table.lattice.owner[row]
    end = column
    while end < len(owners) and owners[end] == square:
        end += 1
    return table.lattice.xs[end] - table.lattice.xs[column]
