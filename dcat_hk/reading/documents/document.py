"""
The model of a document: lines of text, and blocks that say which of them are rows of cells.

A position is a `Span`: a line, counted from 0, and two offsets in it. Every text that is read later is a
list of spans, so that what was read can be compared with what there was, character by character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ...core.errors import Finding
from ...core.place import Place
from .sheetattributes import column_letters

#: Where a row of a sheet is, in words of the file.
_ROW_OF_SHEET = re.compile(r"(sheet .*), row ([0-9]+)", re.DOTALL)


class Span(NamedTuple):
    """A stretch of one line: line counted from 0, first offset, offset after the last."""

    line: int
    start: int
    end: int


class Fragment(NamedTuple):
    """
    A stretch of a cell's or a field's text.

    `apart` if it begins a paragraph of its own; `torn` if it begins with the rest of a word that was broken; `shared`
    if it is text of a cell that holds for other rows, too, and is accounted for with the first of them.
    """

    span: Span
    apart: bool = False
    torn: bool = False
    shared: bool = False


class Run(NamedTuple):
    """
    A stretch of a line that stands by itself, with blank space before and after it, and where on the page it is.

    Left and right are in points, or in widths of half an ideograph for text that was laid out with blanks.
    """

    span: Span
    left: float
    right: float


class Line(NamedTuple):
    """
    A line of running text, without the white space around it.

    `runs` are its stretches where it is known where they stand; `top` is how far down the page the line is, in the
    same unit, growing downwards; `page` counts from 1, 0 where there are no pages.
    """

    span: Span
    #: Whether a blank line or the start of the document stands before it.
    apart: bool
    runs: tuple[Run, ...] = ()
    top: float = 0.0
    page: int = 0
    #: Whether a rule over most of the page stands between it and the line above it on its page.
    ruled: bool = False


class Extent(NamedTuple):
    """How many columns and rows a cell reaches over, counted from its own."""

    columns: int = 1
    rows: int = 1


#: How far a cell reaches that is not merged with others.
_OWN_PLACE = Extent()


def find_reaching(extents: Iterable[Extent]) -> tuple[Extent, ...]:
    """
    Return extents as a row has them: none where no cell reaches over more than its own place.

    >>> find_reaching([Extent(), Extent()]), find_reaching([Extent(2), Extent()])
    ((), (Extent(columns=2, rows=1), Extent(columns=1, rows=1)))
    """
    stated = tuple(extents)
    return stated if stated.count(_OWN_PLACE) < len(stated) else ()


class Row(NamedTuple):
    """
    A row of a table; a cell that was wrapped over lines has a fragment in each.

    All rows of a table have the same number of cells. A cell stands where it begins; the other places that it reaches
    over are empty. `extents` says of every place how far the cell that begins there reaches; it is empty where none
    reaches over more than its own.
    """

    cells: tuple[tuple[Fragment, ...], ...]
    apart: bool
    extents: tuple[Extent, ...] = ()

    def extent(self, place: int) -> Extent:
        """Return how far the cell at a place reaches, places counted from 0."""
        return self.extents[place] if place < len(self.extents) else _OWN_PLACE


Block = Line | Row


def spans_of_block(block: Block) -> list[Span]:
    """
    Return where the text of a block is, cell by cell.

    >>> spans_of_block(Line(Span(3, 0, 9), True))
    [Span(line=3, start=0, end=9)]
    """
    return [block.span] if isinstance(block, Line) else [each.span for cell in block.cells for each in cell]


class Aside(NamedTuple):
    """Text that stands beside the document's own: a `note` at its foot, or `furniture` such as menus and page heads."""

    span: Span
    kind: str


#: What a mark can be.
MARKS = ("struck", "raised", "lowered", "hidden", "stamp", "turned", "typed", "recognised")


class Mark(NamedTuple):
    """
    How a stretch of text looks, where that can change what it means; what it means is decided in parsing.

    `struck` is crossed out; `raised` and `lowered` stand above and below the line; `hidden` is there but nobody sees
    it, such as white letters on white paper; a `stamp` is drawn over the page; `turned` text does not run as the text
    of the page does; `typed` was put into a form; `recognised` was read from a picture by another program.
    """

    span: Span
    kind: str


def marks_on(span: Span, marks: Iterable[tuple[int, int, str]], shift: int = 0) -> Iterator[Mark]:
    """
    Yield the marks that lie on a span, as far as they do.

    Args:
        span: A stretch of a line.

        marks: First offset, offset after the last, and kind, in the text that the line is cut from.

        shift: How far into that text the line begins.

    >>> list(marks_on(Span(0, 0, 3), [(1, 9, "struck"), (2, 2, "raised")]))
    [Mark(span=Span(line=0, start=1, end=3), kind='struck')]
    """
    for start, end, kind in marks:
        stretch = Span(span.line, max(start - shift, span.start), min(end - shift, span.end))
        if stretch.start < stretch.end:
            yield Mark(stretch, kind)


@dataclass(frozen=True, slots=True)
class Document:
    """
    A document: its name, the SHA-256 of its bytes, its lines as decoded, and its blocks in order.

    Blank lines have no block. `places` says of each line where it is in words of the file (`page 3, line 40`); it is
    empty where the lines are those of the file. `asides` are what no block holds but the file shows beside its text.
    `marks` are stretches of the text that look unlike the rest, in order. `kind` is the kind of file, as the
    table of readers names it. `columns` says of each line in which column of its table or sheet it stands, counted from
    1, 0 for a line outside of cells; it is empty where that is not known.
    """

    name: str
    sha256: str
    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()
    places: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    marks: tuple[Mark, ...] = ()
    kind: str = ""
    columns: tuple[int, ...] = ()
    #: The texts of rows as far as they are known: every pass over the blocks asks for them. They follow from the rest.
    texts: dict[Row, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def is_recognised(self) -> bool:
        """Tell whether another program read text of it from a picture."""
        return any(mark.kind == "recognised" for mark in self.marks)

    def slice(self, span: Span) -> str:
        """Return the characters at a position."""
        return self.lines[span.line][span.start : span.end]

    def place(self, spans: Iterable[Span]) -> Place:
        """Return where the first to the last of some spans, of which there is at least one, are."""
        lines = [span.line for span in spans]
        return self.place_of_lines(min(lines), max(lines))

    def place_in_cell(self, spans: Iterable[Span]) -> Place | None:
        """
        Return the cell that some spans stand in, None if there are none, or if it is not known or not one alone.

        >>> sheet = Document("a.xlsx", "", ("x",), (), places=("sheet A, row 7",), columns=(4,))
        >>> str(sheet.place_in_cell([Span(0, 0, 1)]))
        'sheet A, cell D7'
        """
        lines = sorted({span.line for span in spans}) if self.columns else []
        cells = {(self.places[line], self.columns[line]) for line in lines}
        if len(cells) != 1:
            return None
        ((place, column),) = cells
        if not column:
            return None
        row = _ROW_OF_SHEET.fullmatch(place)
        words = f"{row[1]}, cell {column_letters(column)}{row[2]}" if row else f"{place}, column {column}"
        return Place(lines[0] + 1, lines[-1] + 1, words, words)

    def lines_at(self, locator: str) -> tuple[str, ...]:
        """
        Return the lines, without blank ones, of a place as a record states it.

        >>> Document("a.txt", "", ("one", "", "two"), ()).lines_at("lines 1-3")
        ('one', 'two')
        """
        place = Place.parse(locator)
        first, last = (place.first - 1, place.last) if place else self._between(*locator.partition(" to ")[::2])
        return tuple(line.strip() for line in self.lines[first:last] if line.strip())

    def _between(self, start: str, end: str) -> tuple[int, int]:
        """Return the first line of one place in words and the line after the last of another."""
        wanted = [number for number, place in enumerate(self.places) if place in {start, end or start}]
        return (wanted[0], wanted[-1] + 1) if wanted else (0, 0)

    def place_of_lines(self, first: int, last: int) -> Place:
        """Return where lines, counted from 0, are."""
        words = (self.places[first], self.places[last]) if self.places else ("", "")
        return Place(first + 1, last + 1, *words)
