"""
Rows of a sheet as texts -> the lines and blocks of a `Document`.

In: rows of cells by column, of sheets and of delimited files. Out: blocks. A row with one filled cell is running text
where nothing but a heading, a note or a title can be meant, and a row of its table elsewhere: what it says there, a
heading of the rows below or the rest of a cell, is not decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ...core.errors import Finding
from ...core.limits import Budget
from ...core.text import fold, plain
from ...core.wording.plans import load_plan_wording
from ..recognisers.columns import COLUMNS
from .document import Aside, Block, Document, Extent, Fragment, Line, Mark, Row, Span, find_reaching, marks_on
from .flow import FlowMark

_WORDING = load_plan_wording()
_BLANKS = re.compile(r"\s+")
_LINE_END = re.compile(r"\r\n|\r|\n|\v|\f|\u2028|\u2029|\x85")
_NUMBER = re.compile(r"\s*+\(?\d++[.)]?\s*+")
_BRACKETS = re.compile(r"\([^()]*\)")
#: A longer text is no label of a column.
_LONGEST_LABEL = 100
#: A row that names so many columns is a header, whatever else is in it.
_SURELY = 3
#: A longer text is no heading.
_LONGEST_HEADING = 300


@dataclass(frozen=True, slots=True)
class SheetRow:
    """
    A row: where it is, the texts of its filled cells by column, and its number in the sheet.

    `extents` has, by column, how many columns and rows of the sheet a merged cell goes over; `marks` has, by column,
    how stretches of a cell's text look.
    """

    place: str
    cells: dict[int, str]
    number: int = 0
    extents: dict[int, Extent] = field(default_factory=dict)
    marks: dict[int, Sequence[FlowMark]] = field(default_factory=dict)

    def is_wide(self, column: int) -> bool:
        """Tell whether a cell goes over several columns."""
        return self.extents.get(column, Extent()).columns > 1


def count_labels(cells: Iterable[str]) -> int:
    """
    Return how many cells of a row are labels of a plan's columns, 0 if it is no header.

    Two cells at least, and half of those that are filled, or three, must be labels; what stands in brackets does not
    count.

    >>> count_labels(["編號", "數據集名稱", "目標發放日期 (月/年)", ""]), count_labels(["1", "罪案數字", "10/2016"])
    (3, 0)
    """
    filled = [cell for cell in cells if cell.strip()]
    named = sum(1 for cell in filled if len(cell) < _LONGEST_LABEL and _folded_label(cell) in _LABELS)
    return named if named > 1 and (named * 2 >= len(filled) or named >= _SURELY) else 0


@lru_cache(maxsize=4096)
def _folded_label(cell: str) -> str:
    """Return a cell as labels are compared; nothing is left of a mere sign."""
    bare = plain(cell)
    return bare.strip() if bare.strip() == "#" else fold(_BRACKETS.sub("", bare))


def _folded_labels() -> frozenset[str]:
    """Return every label of a column as labels are compared, with two labels in one cell."""
    single = {_folded_label(label) for column in COLUMNS.values() for label in column.labels + column.cell_labels}
    category, title = COLUMNS["category"].labels, COLUMNS["title"].labels
    double = {fold(one) + fold(other) for one in category for other in title}
    return frozenset((single | double) - {""})


_LABELS = _folded_labels()
#: The headings of sections and of their spatial and other parts.
_HEADINGS = (
    *(pattern for section in _WORDING.sections for pattern in section.patterns),
    *(
        re.compile(f"(?:{part.pattern}){_WORDING.headings.tail.pattern}")
        for part in (_WORDING.headings.spatial, _WORDING.headings.nonspatial)
    ),
)


@lru_cache(maxsize=4096)
def is_heading(text: str) -> bool:
    """
    Tell whether a text is the heading of a section of a plan, or of its spatial or other part.

    >>> is_heading("i. 空間數據"), is_heading("防疫抗疫基金 (AEF)")
    (True, False)
    """
    if len(text) > _LONGEST_HEADING:
        return False
    bare = _BLANKS.sub(" ", plain(text)).strip()
    return any(heading.fullmatch(bare) for heading in _HEADINGS)


@dataclass(slots=True)
class Sheets:
    """
    The lines and blocks of sheets that follow one another.

    >>> sheets = Sheets(Budget("plan.csv"))
    >>> sheets.add([SheetRow("line 1", {0: "Plan"}), SheetRow("line 2", {0: "no.", 1: "title"})])
    >>> [type(block).__name__ for block in sheets.blocks], sheets.lines
    (['Line', 'Row'], ['Plan', 'no.', 'title'])
    """

    budget: Budget
    lines: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    _headers: list[frozenset[str]] = field(default_factory=list)
    _characters: int = 0

    def add(self, rows: Sequence[SheetRow], label: str = "", place: str = "") -> None:
        """
        Add the rows of a sheet.

        Args:
            rows: All rows in order; those between without a filled cell are gaps.

            label: The sheet's name, where it stands for a heading.

            place: Where the name is.
        """
        kinds = self._kinds(rows)
        tables = [row for row, kind in zip(rows, kinds, strict=True) if kind == "row"]
        columns = _columns(tables)
        numbers = [row.number for row in tables]
        self.budget.check("cells", len(tables) * len(columns))
        apart = True
        for row, kind in zip(rows, kinds, strict=True):
            if label and (kind == "row" or is_heading(" ".join(row.cells.values()))):
                self._add_line(label, place)
                label = ""
            if kind == "row":
                extents = _extents(row, columns, numbers)
                self.blocks.append(Row(self._cells(row, columns), apart or isinstance(self.blocks[-1], Line), extents))
            elif kind == "line":
                for column in sorted(row.cells):
                    self._add_line(row.cells[column], row.place, row.marks.get(column, ()), column)
            apart = kind == "gap"
        if label:
            self.add_aside(label, place)

    def add_text(self, text: str, place: str) -> None:
        """Add running text that stands by itself."""
        self._add_line(text, place)

    def add_aside(self, text: str, place: str) -> None:
        """Add a text that stands beside the sheet, such as its name."""
        self.asides += [Aside(span, "furniture") for span in self._spans(text, place)]

    def document(self, name: str, sha256: str, findings: Iterable[Finding]) -> Document:
        """Return the document of all sheets."""
        blocks, asides = tuple(self.blocks), tuple(self.asides)
        lines, places, marks = tuple(self.lines), tuple(self.places), tuple(sorted(self.marks))
        columns = tuple(self.columns)
        return Document(name, sha256, lines, blocks, tuple(findings), places, asides, marks, columns=columns)

    # ---- lines or rows

    def _kinds(self, rows: Sequence[SheetRow]) -> list[str]:
        """Return whether each row is a line, a row or a gap."""
        headers = [len(row.cells) > 1 and self._is_header(row) for row in rows]
        # Above the first header of a sheet stand titles, even over several cells; without one every row is a row.
        start = next((n for n, row in enumerate(rows) if len(row.cells) > 1), len(rows))
        start = headers.index(True) if True in headers else start
        first = min((column for row in rows if len(row.cells) > 1 for column in row.cells), default=0)
        covered = _covered(rows)
        kinds: list[str] = []
        after = "end"
        for number in range(len(rows) - 1, -1, -1):
            row = rows[number]
            if len(row.cells) > 1:
                kind = "row" if number >= start else "line"
                after = "header" if headers[number] else kind
            elif not row.cells:
                kind = "gap"
            elif number in covered and number > start:
                kind = "row"
            else:
                kind = (
                    "line"
                    if number < start
                    else _kind_of_lone(row, first, after, number > 0 and not rows[number - 1].cells)
                )
            kinds.append(kind)
        return kinds[::-1]

    def _is_header(self, row: SheetRow) -> bool:
        """Tell whether a row names columns, by known labels or as a header before it did."""
        self.budget.check_time()
        texts = frozenset(fold(text) for text in row.cells.values())
        if count_labels(row.cells.values()):
            self._headers.append(texts)
            return True
        return any(len(texts & header) * 2 > len(texts) for header in self._headers[-4:])

    # ---- text

    def _add_line(self, text: str, place: str, marks: Sequence[FlowMark] = (), column: int = 0) -> None:
        """Add a cell's paragraphs as running text; what stands in a cell of its own is never the rest of another."""
        apart = True
        for span in self._spans(text, place, marks, column):
            self.blocks.append(Line(span, apart))
            apart = False

    def _cells(self, row: SheetRow, columns: Sequence[int]) -> tuple[tuple[Fragment, ...], ...]:
        """Return the cells of a row in as many columns as the tables of the sheet have."""
        cells: list[tuple[Fragment, ...]] = [()] * len(columns)
        for column in sorted(row.cells):
            spans = self._spans(row.cells[column], row.place, row.marks.get(column, ()), column)
            place = min(bisect_left(columns, column), len(columns) - 1)
            cells[place] += tuple([Fragment(span, number > 0) for number, span in enumerate(spans)])
        return tuple(cells)

    def _spans(self, text: str, place: str, marks: Sequence[FlowMark] = (), column: int = 0) -> list[Span]:
        """Add the paragraphs of a text as lines and return where they are."""
        self._characters += len(text)
        self.budget.check("characters", self._characters)
        spans: list[Span] = []
        for start, paragraph in _paragraphs(text):
            bare = paragraph.strip()
            if bare:
                span = Span(len(self.lines), 0, len(bare))
                spans.append(span)
                self.lines.append(bare)
                self.places.append(place)
                self.columns.append(column)
                if marks:
                    self.marks += marks_on(span, marks, start + len(paragraph) - len(paragraph.lstrip()))
        return spans


def _paragraphs(text: str) -> list[tuple[int, str]]:
    """Return the paragraphs of a text with where they begin; nearly all cells have one."""
    if text.isprintable():
        return [(0, text)]
    ends = [match.span() for match in _LINE_END.finditer(text)]
    starts, lasts = [0, *(end for _start, end in ends)], [*(start for start, _end in ends), len(text)]
    return [(start, text[start:last]) for start, last in zip(starts, lasts, strict=True)]


def _columns(rows: Sequence[SheetRow]) -> list[int]:
    """Return the columns of the tables of a sheet: those that a row with several filled cells fills."""
    several = [row for row in rows if len(row.cells) > 1] or rows
    return sorted({column for row in several for column in row.cells})


def _covered(rows: Sequence[SheetRow]) -> set[int]:
    """Return which rows lie under a cell of a row above that has other cells beside it."""
    covered: set[int] = set()
    last = 0
    for place, row in enumerate(rows):
        if row.number and row.number <= last:
            covered.add(place)
        if len(row.cells) > 1:
            last = max(last, *(row.number + extent.rows - 1 for extent in row.extents.values()), 0)
    return covered


def _extents(row: SheetRow, columns: Sequence[int], numbers: Sequence[int]) -> tuple[Extent, ...]:
    """
    Return how far the cells of a row reach in the columns and rows of a table, nothing where none reaches further.

    Args:
        row: The row.

        columns: The columns of the sheet's tables.

        numbers: The numbers of the rows of the tables, in order.
    """
    if not row.extents:
        return ()
    extents = [Extent()] * len(columns)
    above = bisect_left(numbers, row.number)
    for column, (wide, tall) in row.extents.items():
        place = min(bisect_left(columns, column), len(columns) - 1)
        beyond = bisect_left(columns, column + wide)
        below = bisect_left(numbers, row.number + tall)
        extents[place] = Extent(max(1, beyond - place), max(1, below - above))
    return find_reaching(extents)


def _kind_of_lone(row: SheetRow, first: int, after: str, gap: bool) -> str:
    """
    Return whether a row with one filled cell, below the first header, is a line or a row of the table.

    Args:
        row: The row.

        first: The first column of the sheet's tables.

        after: What the next row with several filled cells is: a header, another row, or that there is none.

        gap: Whether a blank row stands before it.
    """
    ((column, text),) = row.cells.items()
    if _NUMBER.fullmatch(text):
        return "row"
    if is_heading(text):
        return "line"
    within = column > first and not row.is_wide(column)
    if within and not gap:
        return "row"
    return "row" if after == "row" else "line"
