"""
Pages -> the lines, blocks and places of a `Document`.

In: what is on each page. Out: text line by line, tables row by row, each piece once. It decides nothing about what
is a table.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from ....core.limits import Budget
from ..document import Aside, Block, Fragment, Line, Mark, Row, Run, Span
from .extents import TableExtents
from .glyphs import Stretch
from .joining import Cell, LineEnds, RowCells, cells_of_row, is_rest, pieces_of, rows_of, words_of
from .lattice import Square
from .marks import marks_in, moved
from .rules import RuledLine
from .textlines import Cells, TextLine, paragraphs, runs_of

#: A line stands apart if it is so many times further down than wrapped lines are.
_APART = 1.3
#: A cell over the whole width with more lines than this is no row but running text in a frame.
_MOST_LINES = 3
#: A rule that is longer than this share of the page parts rows of a table.
_LONG = 0.5
#: A header has no more rows than this.
_MOST_ROWS_OF_HEADER = 3


@dataclass(slots=True)
class PdfPage:
    """What a page holds, before tables that go on from page to page are put together."""

    number: int
    #: Where the page begins and ends, in the frame of its text.
    top: float
    bottom: float
    tables: list[Cells]
    lines: list[TextLine]
    #: Text that runs another way, or outside the page.
    strays: list[Stretch]
    rules: list[RuledLine]
    #: How many characters there are but blanks, and how many of them have no Unicode value.
    letters: int = 0
    unmapped: int = 0
    #: From where to where it goes across, and its upright rules.
    left: float = 0.0
    right: float = 0.0
    upright: list[RuledLine] = field(default_factory=list)
    #: On which sheet of paper it is, if there are several pages on one; 0 if there are not.
    sheet: int = 0
    #: Where the lines of pages begin that were beside it, and which pages these are.
    beside: tuple[tuple[int, int], ...] = ()

    def place(self, line: TextLine) -> str:
        """Return where a line of the page is, in words."""
        for first, number in reversed(self.beside):
            if line.number >= first:
                return f"page {number}, line {line.number - first + 1}"
        return f"page {self.sheet or self.number}, line {line.number + 1}"

    def stretches(self) -> list[Stretch]:
        """Return the text of the page, but for what runs another way."""
        in_cells = [line for table in self.tables for cell in table.lines.values() for line in cell]
        return [stretch for line in [*self.lines, *in_cells] for stretch in line.stretches]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of the whole table each column of a page's part is, and how many there are."""

    numbers: list[int]
    count: int
    #: Whether the table began on a page before.
    goes_on: bool


@dataclass(slots=True)
class PageWriter:
    """
    Collects lines, blocks and places.

    Args:
        pitch: From baseline to baseline of wrapped lines, in sizes of the font.

        budget: What reading may still cost.

        ends: What is known of the ends of the document's lines.
    """

    pitch: float
    budget: Budget
    ends: LineEnds = field(default_factory=LineEnds)
    lines: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    #: Of the table that is being written: the rows on its first page, the last row, which block that is, and whether
    #: rows after the first have something in the first column.
    _heads: list[tuple[tuple[int, str], ...]] = field(default_factory=list)
    _last: RowCells = field(default_factory=dict)
    _index: int = 0
    _numbered: bool = False
    _extents: TableExtents = field(init=False)

    def page(self, page: PdfPage, columns: dict[int, Columns], running: Set[int]) -> None:
        """
        Write a page from top to bottom, then what stands outside of it or runs another way.

        Args:
            page: The page.

            columns: The columns of each table, by identity.

            running: The lines that are heads and feet of pages, by identity.
        """
        lines = [line for line in page.lines if id(line) not in running]
        items: list[tuple[float, TextLine | Cells]] = [(line.baseline - line.em, line) for line in lines]
        items += [(table.lattice.top, table) for table in page.tables]
        rules = sorted(rule.at for rule in page.rules)
        long = sorted(rule.at for rule in page.rules if rule.end - rule.start > _LONG * (page.right - page.left))
        above: TextLine | None = None
        for _top, item in sorted(items, key=lambda item: item[0]):
            if isinstance(item, Cells):
                self._table(page, item, columns[id(item)])
                above = None
            else:
                is_ruled = above is not None and _is_between(above, item, long)
                self._line(page, item, above is None or self._is_apart(above, item, rules), is_ruled)
                above = item
        for line in page.lines:
            if id(line) in running:
                text = "  ".join(words for words, _left, _right in runs_of(line))
                self.asides.append(Aside(Span(len(self.lines), 0, len(text)), "furniture"))
                self._write(text, page, line)
        last = max((line.number for line in page.lines), default=0)
        for number, stray in enumerate(page.strays, last + 1):
            stray.line = number
            self._line(page, TextLine([stray]), True)

    def _is_apart(self, above: TextLine, line: TextLine, rules: Sequence[float]) -> bool:
        """Tell whether a gap or a rule stands between two lines of running text."""
        if line.baseline - above.baseline > _APART * self.pitch * max(above.em, line.em):
            return True
        return _is_between(above, line, rules)

    def _line(self, page: PdfPage, line: TextLine, apart: bool, is_ruled: bool = False) -> None:
        """Write a line of running text."""
        index, runs, text = len(self.lines), list[Run](), ""
        for words, left, right in runs_of(line):
            text += "  " if text else ""
            runs.append(Run(Span(index, len(text), len(text) + len(words)), left, right))
            text += words
        self.marks += marks_in([line], text, index)
        self._write(text, page, line)
        span = Span(index, 0, len(text))
        self.blocks.append(Line(span, apart, tuple(runs), line.baseline - page.top, page.number, is_ruled))

    def _write(self, text: str, page: PdfPage, line: TextLine) -> None:
        """Add a line's text and its place."""
        self.budget.check("cell", len(text))
        self.lines.append(text)
        self.places.append(page.place(line))

    def _table(self, page: PdfPage, table: Cells, columns: Columns) -> None:
        """Write a table, row by row; rows without text are left out."""
        apart = not columns.goes_on
        if apart:
            self._heads, self._last, self._numbered = [], {}, False
            self._extents = TableExtents(self.blocks)
        begins, first = True, None
        written: dict[int, int] = {}
        for squares in rows_of(table):
            if _is_running_text(table, squares):
                self._running_text(page, table.lines[squares[0]])
                apart, self._last = True, {}
                continue
            row, number = cells_of_row(table, squares, columns.numbers), squares[0][0]
            repeated = begins and columns.goes_on and words_of(row) in self._heads
            is_cut = begins and columns.goes_on and not repeated
            if is_cut and ((self._can_be_cut() and is_rest(self._last, row)) or self._completes(row)):
                self._extend(page, row)
                written[number] = self._index
            else:
                self._row(page, row, columns.count, apart)
                written[number] = len(self.blocks) - 1
                if not repeated:
                    self._numbered |= 0 in row and (0 in self._last or self._has_high_label())
                    # A head that is repeated in the middle of a page is not what a page cuts.
                    self._last = {} if self._heads and words_of(row) == self._heads[0] else row
                    self._index = len(self.blocks) - 1
            if not columns.goes_on:
                self._heads.append(words_of(row))
            if columns.goes_on and first is None and not repeated:
                first = number
            begins, apart = begins and repeated, False
        self._extents.part(table, columns.numbers, written, first)

    def _completes(self, row: RowCells) -> bool:
        """
        Tell whether a row has no number and just the cells that the last one with a number lacks.

        Some programs move cells that they cannot cut to the next page, and leave the others of the row.
        """
        every = {column for column, _words in self._heads[0]} if self._heads else set()
        if not self._numbered or 0 not in self._last or 0 in row or self._last.keys() & row.keys():
            return False
        # A cell merged downwards begins in another row.
        missing = every - {*self._last, *row}
        return not missing or (len(missing) == 1 and len(row) > 1)

    def _can_be_cut(self) -> bool:
        """Tell whether the end of a page may have cut the last row: rows have numbers, or it is the header alone."""
        return self._numbered or len(self._heads) == 1

    def _has_high_label(self) -> bool:
        """Tell whether the rows so far are a header whose first label reaches down beside its last row."""
        return 1 < len(self._heads) <= _MOST_ROWS_OF_HEADER and any(column == 0 for column, _words in self._heads[-2])

    def _row(self, page: PdfPage, row: RowCells, count: int, apart: bool) -> None:
        """Write a row."""
        cells: list[tuple[Fragment, ...]] = [()] * count
        for column, cell in row.items():
            cells[column] = self._cell(page, cell)
        self.blocks.append(Row(tuple(cells), apart))

    def _running_text(self, page: PdfPage, lines: Sequence[TextLine]) -> None:
        """Write the text of a frame as lines."""
        above: TextLine | None = None
        for line in lines:
            self._line(page, line, above is None or self._is_apart(above, line, ()))
            above = line

    def _extend(self, page: PdfPage, row: RowCells) -> None:
        """Write the rest of the last row."""
        block = self.blocks[self._index]
        assert isinstance(block, Row), "the last row is a row"
        cells = list(block.cells)
        whole = dict(self._last)
        for column, cell in row.items():
            above = whole.get(column)
            more = self._cell(page, cell)
            joint = self.ends.joint(above.lines[-1], cell.lines[0], above.width, (), cell.lines[1:]) if above else None
            if joint is not None:
                more = self._mended(cells[column][-1], joint, more)
                cells[column] = cells[column][:-1]
            cells[column] += more
            whole[column] = Cell([*above.lines, *cell.lines], cell.width) if above else cell
        self.blocks[self._index] = block._replace(cells=tuple(cells))
        self._last = whole

    def _mended(self, last: Fragment, joint: str, more: tuple[Fragment, ...]) -> tuple[Fragment, ...]:
        """Return fragments of which the first goes on in the middle of a word, which is now whole in its line."""
        line, rest = last.span.line, more[0].span.line
        self.marks = moved(self.marks, rest, line, len(self.lines[line] + joint))
        self.lines[line] += joint + self.lines[rest]
        self.lines[rest] = ""
        return (Fragment(Span(line, 0, len(self.lines[line])), last.apart), *more[1:])

    def _cell(self, page: PdfPage, cell: Cell) -> tuple[Fragment, ...]:
        """Write the lines of a cell and return its fragments."""
        fragments: list[Fragment] = []
        apart = {id(cell.lines[number]) for number in paragraphs(cell.lines, cell.width)}
        for lines, text in pieces_of(cell, self.ends):
            fragments.append(Fragment(Span(len(self.lines), 0, len(text)), id(lines[0]) in apart))
            self.marks += marks_in(lines, text, len(self.lines))
            self._write(text, page, lines[0])
        return tuple(fragments)


def _is_between(above: TextLine, line: TextLine, rules: Sequence[float]) -> bool:
    """Tell whether a rule stands between two lines."""
    return bisect_right(rules, line.baseline - 0.5 * line.em) > bisect_left(rules, above.baseline)


def _is_running_text(table: Cells, squares: Sequence[Square]) -> bool:
    """Tell whether a row is one cell over the whole width with many lines: a frame around text."""
    if len(squares) > 1 or len(table.lines[squares[0]]) <= _MOST_LINES:
        return False
    return all(owner == squares[0] for owner in table.lattice.owner[squares[0][0]])
