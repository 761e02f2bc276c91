"""
Paragraphs and tables in one another -> `Document`: what Word files and web pages have in common.

In: a flow, which is paragraphs and tables in reading order; the cells of a table hold flows of their own. Out: a
document. A table that only lays out a page is read as if its cells stood in the page, one after the other.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

from ...core.errors import Finding
from ...core.limits import Budget
from ...core.place import Place
from .document import Aside, Block, Document, Extent, Fragment, Line, Mark, Row, Span, marks_on
from .spans import Grid, count_filled

#: A table of data has as many columns and rows as this.
_FEWEST_COLUMNS, _FEWEST_ROWS = 3, 2
#: As many columns as a picture beside a heading takes.
_COLUMNS_BESIDE_A_PICTURE = 3
#: A blank that stays as it is until a paragraph ends; XML has no such character.
KEPT_BLANK = "\0"
#: The finding on the prompt of a field that is empty; a form may have many.
_PROMPT = "unfilled-field"
#: How much of a text a finding quotes.
_QUOTED = 60
#: What a table can have in each of its cells.
_TOLD_TOGETHER = "hidden-text"


class FlowMark(NamedTuple):
    """How a stretch of a line looks: its first offset, the offset after its last, and a kind (see `Mark`)."""

    start: int
    end: int
    kind: str


class FlowLine(NamedTuple):
    """A line of a paragraph, where it is in words of the file, and which stretches of it look unlike the rest."""

    text: str
    place: str = ""
    marks: tuple[FlowMark, ...] = ()


@dataclass(slots=True)
class Paragraph:
    """
    Text that stands by itself; a forced break ends a line of it.

    `kind` is empty for text of the document, `note` or `furniture` for text beside it (see `Aside`), and `links` for
    what is furniture unless it stands in a table of data. `remarks` are findings: code and the text concerned. `source`
    is the element that it was read from, where that is to be known.
    """

    lines: list[FlowLine] = field(default_factory=list)
    kind: str = ""
    remarks: list[tuple[str, str]] = field(default_factory=list)
    source: object = None


@dataclass(slots=True)
class FlowTable:
    """
    A table: rows of cells of one width, each a flow; None where no cell starts. `places` are those of the rows.

    `extents` has for each row how far the cell at each place reaches, see `Row`; it is empty where none of the table
    reaches over more than its own.
    `filled_columns` is how many columns hold text. `is_data` tells whether the table is wide and high enough to hold
    data, or lays out such tables.
    """

    rows: Sequence[Sequence[Flow | None]]
    places: list[str] = field(default_factory=list)
    extents: Sequence[tuple[Extent, ...]] = ()
    has_text: bool = field(init=False)
    filled_columns: int = field(init=False)
    is_data: bool = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what is in the cells; tables in them have done so before."""
        filled = [[number for number, cell in enumerate(row) if _has_text(cell)] for row in self.rows]
        self.filled_columns = len(set(chain(*filled)))
        self.has_text = self.filled_columns > 0
        wide = sum(1 for columns in filled if len(columns) >= _FEWEST_COLUMNS)
        self.is_data = wide >= _FEWEST_ROWS or any(_holds_table(cell) for row in self.rows for cell in row)

    @classmethod
    def of(cls, grid: Grid[Flow | None], places: list[str]) -> FlowTable:
        """Return the table whose cells have been placed."""
        return cls(grid.rows, places, grid.extents)


Flow: TypeAlias = "list[Paragraph | FlowTable]"


@dataclass(slots=True)
class FlowText:
    """
    The text of a paragraph as far as it has been read, and the text boxes that hang on it.

    >>> text = FlowText()
    >>> text.write("new ")
    >>> text.write(" old", ["struck"])
    >>> text.finish("Sheet1", lambda line: " ".join(line.split()), label="1. ")
    [FlowLine(text='1. new old', place='Sheet1', marks=(FlowMark(start=7, end=10, kind='struck'),))]
    """

    lines: list[str] = field(default_factory=lambda: [""], kw_only=True)
    before: Flow = field(default_factory=list, kw_only=True)
    after: Flow = field(default_factory=list, kw_only=True)
    #: Stretches that look unlike the rest, for each line; offsets count signs and no blanks, as blanks still change.
    _marks: list[list[FlowMark]] = field(default_factory=lambda: [[]], kw_only=True)
    #: How many signs the line has, as far as they have been counted: only the offsets of marks need them.
    _signs: int = field(default=0, kw_only=True)
    _counted: int = field(default=0, kw_only=True)

    def write(self, text: str, kinds: Sequence[str] = ()) -> None:
        """Add text to the line; `kinds` are those of its marks."""
        start = self._count_signs() if kinds else 0
        self.lines[-1] += text
        if kinds and self._count_signs() > start:
            self._marks[-1] += [FlowMark(start, self._signs, kind) for kind in kinds]

    def _count_signs(self) -> int:
        """Return how many signs the line has so far."""
        line = self.lines[-1]
        self._signs += count_signs(line[self._counted :])
        self._counted = len(line)
        return self._signs

    def begin_line(self) -> None:
        """End the line, and begin another."""
        self.lines.append("")
        self._marks.append([])
        self._signs = self._counted = 0

    def finish(
        self, place: str, clean: Callable[[str], str], label: str = "", kinds: Sequence[str] = ()
    ) -> list[FlowLine]:
        """
        Return the lines that hold text.

        Args:
            place: Where they are, in words of the file.

            clean: Returns a line with the blanks that a reader sees.

            label: What a list puts before the first line, with the blank after it.

            kinds: The kinds of the label's marks.
        """
        ready: list[FlowLine] = []
        for number, raw in enumerate(self.lines):
            shift = count_signs(label) if label and not number else 0
            text = clean(raw) if number else (label + clean(raw)).strip()
            marks = [FlowMark(0, shift, kind) for kind in kinds] if shift else []
            marks += [FlowMark(start + shift, end + shift, kind) for start, end, kind in self._marks[number]]
            if text:
                ready.append(FlowLine(text, place, place_marks(text, marks) if marks else ()))
        return ready

    def add_box(self, flow: Flow) -> None:
        """Add a text box: before the paragraph if nothing has been written, else after it."""
        (self.after if any(line.strip() for line in self.lines) else self.before).extend(flow)


def count_signs(text: str) -> int:
    """Return how many characters of a text are no blanks."""
    return len("".join(text.replace(KEPT_BLANK, " ").split()))


def place_marks(text: str, marks: Sequence[FlowMark]) -> tuple[FlowMark, ...]:
    """
    Return marks whose offsets count signs as marks whose offsets count characters, those that touch as one.

    >>> place_marks("a b c", [FlowMark(1, 2, "struck"), FlowMark(2, 3, "struck")])
    (FlowMark(start=2, end=5, kind='struck'),)
    """
    signs = [number for number, sign in enumerate(text) if not sign.isspace()]
    open_marks: dict[str, FlowMark] = {}
    closed: list[FlowMark] = []
    for mark in marks:
        before = open_marks.get(mark.kind)
        if before is not None and before.end == mark.start:
            open_marks[mark.kind] = FlowMark(before.start, mark.end, mark.kind)
        else:
            closed += [before] if before else []
            open_marks[mark.kind] = mark
    closed += open_marks.values()
    return tuple(sorted(FlowMark(signs[start], signs[end - 1] + 1, kind) for start, end, kind in closed))


@dataclass(slots=True)
class FlowReader(ABC):
    """What readers of elements have in common: where in the file they are, and how deep."""

    #: What paragraphs are (see `Paragraph.kind`), and where, if not in the text of the document.
    kind: str = field(default="", kw_only=True)
    place: str = field(default="", kw_only=True)
    depth: int = field(default=0, kw_only=True)
    cells: int = field(default=0, kw_only=True)
    in_cell: int = field(default=0, kw_only=True)

    @abstractmethod
    def flow(self, element: Any) -> Flow:
        """Return the paragraphs and tables in an element."""

    def beside(self, element: Any, kind: str, place: str) -> Flow:
        """Return the paragraphs and tables in an element that stands beside the text."""
        outer = self.kind, self.place
        self.kind, self.place = kind, place
        flow = self.flow(element)
        self.kind, self.place = outer
        return flow


def compose(flow: Flow, data: bytes, budget: Budget, findings: Sequence[Finding] = ()) -> Document:
    """
    Return the document that a flow makes up.

    Args:
        flow: Paragraphs and tables in reading order.

        data: The bytes of the file.

        budget: What the document may still cost; it has the document's name.

        findings: The findings so far.

    >>> from dcat_hk.core.limits import Limits
    >>> cells = [[Paragraph([FlowLine(word)])] for word in ("1", "Traffic", "Monthly")]
    >>> flow = [Paragraph([FlowLine("Plan")]), FlowTable([[*cells]])]
    >>> document = compose(flow, b"", Budget("plan.docx", Limits()))
    >>> document.lines, document.places[-1]
    (('Plan', '1', 'Traffic', 'Monthly'), 'table 1, row 1')
    """
    return compose_located(flow, data, budget, findings)[0]


def compose_located(
    flow: Flow, data: bytes, budget: Budget, findings: Sequence[Finding] = ()
) -> tuple[Document, list[object]]:
    """
    Return the document that a flow makes up, and for each of its lines the source of its paragraph.

    Args:
        flow: Paragraphs and tables in reading order.

        data: The bytes of the file.

        budget: What the document may still cost; it has the document's name.

        findings: The findings so far.
    """
    composer = _Composer(budget)
    composer.add(flow)
    document = Document(
        name=budget.name,
        sha256=hashlib.sha256(data).hexdigest(),
        lines=tuple(composer.lines),
        blocks=tuple(composer.blocks),
        findings=(*findings, *composer.findings()),
        places=tuple(composer.places),
        asides=tuple(composer.asides),
        marks=tuple(sorted(composer.marks)),
        columns=tuple(composer.columns),
    )
    return document, composer.sources


class _Remark(NamedTuple):
    """A remark on a paragraph: the line that the paragraph begins at, and the number of its table, 0 outside of all."""

    line: int
    code: str
    text: str
    table: int


@dataclass(slots=True)
class _Composer:
    """A document as far as it has been composed."""

    budget: Budget
    lines: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    remarks: list[_Remark] = field(default_factory=list)
    #: For each line the column of its cell, 0 outside of tables, and the source of its paragraph.
    columns: list[int] = field(default_factory=list)
    sources: list[object] = field(default_factory=list)
    characters: int = 0
    paragraphs: int = 0
    tables: int = 0

    def add(self, flow: Flow) -> None:
        """Write paragraphs and tables."""
        for part in flow:
            if isinstance(part, Paragraph):
                self._add_paragraph(part)
            elif _lays_out(part):
                for cell in _cells(part):
                    self.add(cell)
            else:
                self._add_table(part)

    def findings(self) -> Iterator[Finding]:
        """Yield the findings on the paragraphs; one on what is hidden in a table, one for prompts that say the same."""
        groups: dict[object, list[_Remark]] = {}
        for number, remark in enumerate(self.remarks if self.lines else ()):
            key: object = ("table", remark.table) if remark.table and remark.code == _TOLD_TOGETHER else number
            if remark.code != _PROMPT:
                groups.setdefault(key, []).append(remark)
            else:
                groups.setdefault(("prompt", remark.text), [remark])
        for remarks in groups.values():
            number = min(remarks[0].line, len(self.lines) - 1)
            text = "; ".join(dict.fromkeys(remark.text for remark in remarks))
            count = {"count": str(len(remarks))} if len(remarks) > 1 else {}
            values = {"text": text if len(text) <= _QUOTED else text[:_QUOTED] + "…", **count}
            place = Place(number + 1, number + 1, self.places[number], self.places[number])
            yield Finding(remarks[0].code, self.budget.name, place, values)

    def _add_paragraph(self, paragraph: Paragraph) -> None:
        """Write a paragraph of running text."""
        self._remark(paragraph)
        if not paragraph.lines:
            return
        self.paragraphs += not paragraph.kind
        kind = "furniture" if paragraph.kind == "links" else paragraph.kind
        for number, text in enumerate(paragraph.lines):
            span = self._write(text, f"paragraph {self.paragraphs}", 0, paragraph.source)
            if kind:
                self.asides.append(Aside(span, kind))
            else:
                self.blocks.append(Line(span, number == 0))

    def _add_table(self, table: FlowTable) -> None:
        """Write a table of data."""
        self.tables += 1
        self.budget.check("cells", sum(map(len, table.rows)))
        rows: list[tuple[tuple[Fragment, ...], ...]] = []
        for number, row in enumerate(table.rows):
            place = table.places[number] if table.places else f"table {self.tables}, row {number + 1}"
            rows.append(tuple(self._write_cell(cell or [], place, column) for column, cell in enumerate(row, 1)))
        filled = [number for number, cells in enumerate(rows) if any(cells)]
        for number in filled:
            extents = table.extents[number] if table.extents else ()
            self.blocks.append(Row(rows[number], number == filled[0], count_filled(extents, number, filled)))

    def _write_cell(self, cell: Flow, place: str, column: int) -> tuple[Fragment, ...]:
        """Write the paragraphs of a cell, those of tables in it too."""
        fragments: list[Fragment] = []
        for paragraph in paragraphs_in(cell):
            self._remark(paragraph, self.tables)
            aside = paragraph.kind in {"note", "furniture"}
            for number, text in enumerate(paragraph.lines):
                span = self._write(text, place, column, paragraph.source)
                if aside:
                    self.asides.append(Aside(span, paragraph.kind))
                else:
                    fragments.append(Fragment(span, number == 0 and bool(fragments)))
        return tuple(fragments)

    def _write(self, text: FlowLine, place: str, column: int, source: object) -> Span:
        """Write a line."""
        self.characters += len(text.text)
        if len(text.text) > self.budget.limits.cell:
            self.budget.check("cell", len(text.text))
        self.budget.check("characters", self.characters)
        self.lines.append(text.text)
        self.places.append(text.place or place)
        self.columns.append(column)
        self.sources.append(source)
        bare = len(text.text.strip())
        left = len(text.text) - len(text.text.lstrip()) if bare < len(text.text) else 0
        span = Span(len(self.lines) - 1, left, left + bare)
        if text.marks:
            self.marks += marks_on(span, text.marks)
        return span

    def _remark(self, paragraph: Paragraph, table: int = 0) -> None:
        """Store the remarks on a paragraph, with the line that it begins at and the table that it stands in."""
        for code, text in paragraph.remarks:
            self.remarks.append(_Remark(len(self.lines), code, text, table))


def _cells(table: FlowTable) -> Iterator[Flow]:
    """Yield the cells of a table in reading order."""
    for row in table.rows:
        yield from (cell for cell in row if cell)


def paragraphs_in(flow: Flow) -> Iterator[Paragraph]:
    """
    Yield the paragraphs of a flow and of the tables in it.

    >>> len(list(paragraphs_in([Paragraph(), FlowTable([[[Paragraph()], None]])])))
    2
    """
    for part in flow:
        if isinstance(part, Paragraph):
            yield part
        else:
            for cell in _cells(part):
                yield from paragraphs_in(cell)


def _has_text(flow: Flow | None) -> bool:
    """Tell whether anything is written in a cell."""
    return any(part.has_text if isinstance(part, FlowTable) else part.lines for part in flow or ())


def _lays_out(table: FlowTable) -> bool:
    """
    Tell whether a table only lays out a page.

    It does if all text is in one column of very few, or if a cell holds a table of data and has too little beside it
    in its row to belong to a row of data.
    """
    width = max(map(len, table.rows), default=0)
    if table.filled_columns <= 1 and width <= _COLUMNS_BESIDE_A_PICTURE:
        return True
    for row in table.rows:
        if any(_holds_table(cell) for cell in row):
            beside = sum(1 for cell in row if _has_text(cell) and not _holds_table(cell))
            if beside < _FEWEST_COLUMNS:
                return True
    return False


def _holds_table(flow: Flow | None) -> bool:
    """Tell whether there is a table of data in a cell, or one that lays out such tables."""
    return any(isinstance(part, FlowTable) and part.is_data for part in flow or ())
