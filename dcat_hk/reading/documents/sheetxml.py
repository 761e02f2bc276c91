"""
The parts of an Excel file -> sheets, strings, formats and cells, as the file states them.

In: XML in pieces. Out: what the elements say. Nothing is evaluated, expanded or fetched: a document type, which
entities need, is refused; formulas are only noticed; links out of the file are not looked at. Elements are read as they
come and never kept as a tree, so that a sheet that claims to be large costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from ...core.errors import NotAPlan
from ...core.limits import Budget
from .sheetattributes import REFERENCE, MergedArea, column_number, is_flat, is_true, number, read_areas
from .sheetfonts import SheetFont

Attributes = dict[str, str]
#: Where runs of a text begin and end, with their fonts; None for the font of the cell.
TextRuns = tuple[tuple[int, int, SheetFont | None], ...]

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: The elements of a sheet that hold text of a cell.
_TEXTS = {"v", "t"}
#: After so many elements the budget is asked whether time is left.
_LOOK_AT_TIME = 64
#: Columns and rows that a sheet has at most.
MOST_COLUMNS, MOST_ROWS = 16_384, 1_048_576


def parse(pieces: Iterable[bytes], handler: ElementHandler, budget: Budget) -> None:
    """
    Tell a handler of the elements of an XML part.

    Args:
        pieces: The part.

        handler: Told where elements begin and end, and of text.

        budget: How deep elements may be, and how long it may take.

    Raises:
        NotAPlan: The part is no XML, has a document type, or is too deep.

    >>> from dcat_hk.core.limits import Limits
    >>> handler = SharedStrings(Budget("plan.xlsx"))
    >>> parse([b"<sst><si><t>Cri", b"me</t></si></sst>"], handler, handler.budget)
    >>> handler.texts
    ['Crime']
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = elements = 0
    limits = budget.limits

    def refuse(*_declaration: object) -> None:
        raise NotAPlan.of("documents.excel-doctype", budget.name)

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > limits.depth or elements > limits.elements or not elements % _LOOK_AT_TIME:
            budget.check("depth", depth)
            budget.check("elements", elements)
        handler.start(local(name), attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(local(name))

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = handler.text
    try:
        for piece in pieces:
            budget.check_time()
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise NotAPlan.of("documents.excel-broken", budget.name) from error


def local(name: str) -> str:
    """
    Return a name without its prefix.

    >>> local("x:row"), local("row")
    ('row', 'row')
    """
    return name.rpartition(":")[2] if ":" in name else name


def unescape(text: str) -> str:
    """
    Return a string of an Excel file with the characters that XML has no signs for.

    >>> unescape("one_x000A_two"), unescape("_x005F_x000A_")
    ('one\\ntwo', '_x000A_')

    Spec: ECMA-376 part 1, 22.9.2.19.
    """
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    """Return the character of a code; half a pair of surrogates, and nothing at all, are none."""
    character = chr(int(match[1], 16))
    return "\ufffd" if character == "\0" or "\ud800" <= character <= "\udfff" else character


class ElementHandler:
    """Told of the elements of a part; does nothing with them."""

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the start of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, text: str) -> None:
        """Take a piece of text."""


class ElementAttributes(ElementHandler):
    """
    Keeps the attributes of some elements in order.

    Args:
        names: Which elements.

    >>> elements = ElementAttributes({"sheet"})
    >>> parse([b'<w><s:sheet xmlns:s="s" name="A"/></w>'], elements, Budget("plan.xlsx"))
    >>> [(name, attributes["name"]) for name, attributes in elements.items]
    [('sheet', 'A')]
    """

    def __init__(self, names: set[str]) -> None:
        """Begin with none."""
        self._names = names
        self.items: list[tuple[str, Attributes]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """Keep an element's attributes."""
        if name in self._names:
            self.items.append((name, {local(key): value for key, value in attributes.items() if key[:5] != "xmlns"}))


class TextHandler(ElementHandler):
    """
    Puts together the text of a string, without what only says how it is pronounced.

    Args:
        budget: How long a text may be.
    """

    def __init__(self, budget: Budget) -> None:
        """Begin with no text."""
        self.budget = budget
        self._pieces: list[str] = []
        self._length = 0
        self._taking = False
        self._aside = 0
        #: Where runs of the text begin, with their fonts; None for the font of the cell.
        self._runs: list[tuple[int, SheetFont | None]] = []
        self._in_font = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Begin to take text or a run of it, or stop for a reading aid."""
        self._aside += name == "rPh"
        self._taking = name in _TEXTS and not self._aside
        if name == "r":
            self._runs.append((self._length, None))
        elif name == "rPr" and self._runs:
            self._runs[-1] = (self._length, SheetFont())
            self._in_font = True
        elif self._in_font:
            start, font = self._runs[-1]
            self._runs[-1] = (start, font and font.changed(name, attributes))

    def end(self, name: str) -> None:
        """Stop taking text, or what a font states."""
        self._aside -= name == "rPh"
        self._taking = False
        self._in_font = self._in_font and name != "rPr"

    def text(self, text: str) -> None:
        """Take a piece of text."""
        if self._taking:
            self._length += len(text)
            self.budget.check("cell", self._length)
            self._pieces.append(text)

    def taken(self) -> str:
        """Return the text that was taken, and begin anew."""
        text = "".join(self._pieces)
        self._pieces, self._length, self._runs = [], 0, []
        return text

    def taken_runs(self) -> TextRuns:
        """Return where runs of the text that was taken begin and end, none if all of it has the font of the cell."""
        if all(font is None for _start, font in self._runs):
            return ()
        raw = "".join(self._pieces)
        starts = [len(unescape(raw[:start])) for start, _font in self._runs]
        ends = [*starts[1:], len(unescape(raw))]
        return tuple((start, end, font) for start, end, (_at, font) in zip(starts, ends, self._runs, strict=True))


class SharedStrings(TextHandler):
    """The strings that cells share, in order."""

    def __init__(self, budget: Budget) -> None:
        """Begin with none."""
        super().__init__(budget)
        self.texts: list[str] = []
        #: The runs of those strings whose parts do not look alike.
        self.runs: dict[int, TextRuns] = {}
        self._characters = 0

    def end(self, name: str) -> None:
        """Keep a string that has ended."""
        super().end(name)
        if name == "si":
            if runs := self.taken_runs():
                self.runs[len(self.texts)] = runs
            self.texts.append(unescape(self.taken()))
            self._characters += len(self.texts[-1])
            self.budget.check("characters", self._characters)
            self.budget.check("cells", len(self.texts))


class SheetCell(NamedTuple):
    """A cell as the file has it: where, of which type and style, the stored value, and whether a formula gave it."""

    row: int
    column: int
    kind: str
    style: int
    value: str
    formula: bool
    runs: TextRuns = ()


@dataclass(slots=True)
class HiddenCells:
    """Rows and ranges of columns that are not shown."""

    rows: set[int] = field(default_factory=set)
    columns: list[tuple[int, int]] = field(default_factory=list)

    def column(self, column: int) -> bool:
        """Tell whether a column is hidden."""
        return any(first <= column <= last for first, last in self.columns)


class SheetContent(TextHandler):
    """
    The filled cells of a sheet, what is merged and what is hidden.

    Args:
        budget: How many cells there may be.

    >>> sheet = SheetContent(Budget("plan.xlsx"))
    >>> part = b'<worksheet><row r="2" hidden="1"><c r="B2" t="s"><v>0</v></c></row></worksheet>'
    >>> parse([part], sheet, sheet.budget)
    >>> sheet.cells, sheet.hidden.rows
    ([SheetCell(row=2, column=2, kind='s', style=0, value='0', formula=False, runs=())], {2})
    """

    def __init__(self, budget: Budget) -> None:
        """Begin with an empty sheet."""
        super().__init__(budget)
        self.cells: list[SheetCell] = []
        self.merged: list[MergedArea] = []
        #: Cells that a format with conditions, or the style of a table, can give another ground.
        self.painted: list[MergedArea] = []
        self.hidden = HiddenCells()
        self._row = self._column = self._count = 0
        self._formula = False
        self._attributes: Attributes = {}
        #: What takes the elements of each name.
        self._takers: Mapping[str, Callable[[Attributes], None]] = {
            "row": self._start_row,
            "c": self._start_c,
            "f": self._start_formula,
            "col": self._start_column,
            "mergeCell": self._start_merged,
            "conditionalFormatting": self._start_conditions,
        }

    def start(self, name: str, attributes: Attributes) -> None:
        """Take a row, a cell, a formula, a column or a merged area."""
        super().start(name, attributes)
        take = self._takers.get(name)
        if take:
            take(attributes)

    def _start_row(self, attributes: Attributes) -> None:
        self._row = number(attributes.get("r"), self._row + 1)
        self._column = 0
        if not 0 < self._row <= MOST_ROWS:
            raise self._broken()
        if is_true(attributes.get("hidden")) or is_flat(attributes.get("ht")):
            self.hidden.rows.add(self._row)
            self.budget.check("cells", len(self.hidden.rows))

    def _start_c(self, attributes: Attributes) -> None:
        place = REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = column_number(place[1]) if place else self._column + 1
        self._row = int(place[2]) if place else self._row
        if not 0 < self._column <= MOST_COLUMNS or not 0 < self._row <= MOST_ROWS:
            raise self._broken()
        self._attributes, self._formula = attributes, False
        self._count += 1
        self.budget.check("cells", self._count)
        self.taken()

    def _start_formula(self, _attributes: Attributes) -> None:
        self._formula = True

    def _start_column(self, attributes: Attributes) -> None:
        if is_true(attributes.get("hidden")) or is_flat(attributes.get("width")):
            self.hidden.columns.append((number(attributes.get("min"), 1), number(attributes.get("max"), 1)))
            self.budget.check("cells", len(self.hidden.columns))

    def _start_merged(self, attributes: Attributes) -> None:
        self.merged += [area for area in read_areas(attributes.get("ref", "")) if area[:2] != area[2:]]
        self.budget.check("cells", len(self.merged))

    def _start_conditions(self, attributes: Attributes) -> None:
        self.painted += read_areas(attributes.get("sqref", ""))
        self.budget.check("cells", len(self.painted))

    def end(self, name: str) -> None:
        """Keep a cell that holds anything."""
        super().end(name)
        if name == "c":
            runs = self.taken_runs()
            value, stated = self.taken(), self._attributes
            if value or self._formula:
                style, kind = number(stated.get("s")), stated.get("t", "n")
                self.cells.append(SheetCell(self._row, self._column, kind, style, value, self._formula, runs))

    def _broken(self) -> NotAPlan:
        """Return the error for a cell outside every sheet."""
        return NotAPlan.of("documents.excel-cell-outside", self.budget.name)


class SheetDrawing(TextHandler):
    """
    The paragraphs of text boxes, and the row, counted from 0, at which each box begins.

    >>> drawing = SheetDrawing(Budget("plan.xlsx"))
    >>> part = b"<d><anchor><from><row>3</row></from><txBody><p><r><t>Note</t></r></p></txBody></anchor></d>"
    >>> parse([part], drawing, drawing.budget)
    >>> drawing.paragraphs
    [(3, 'Note')]
    """

    def __init__(self, budget: Budget) -> None:
        """Begin with none."""
        super().__init__(budget)
        self.paragraphs: list[tuple[int, str]] = []
        self._row = 0
        self._from = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Begin to take text, or the row of an anchor."""
        super().start(name, attributes)
        self._from = name == "from" or (self._from and name in {"col", "colOff", "row", "rowOff"})
        self._taking = self._taking or (self._from and name == "row")
        if name == "from":
            self.taken()

    def end(self, name: str) -> None:
        """Keep a paragraph, or the row of an anchor."""
        super().end(name)
        if name == "row" and self._from:
            self._row = number(self.taken())
        elif name == "p":
            text = self.taken().strip()
            if text:
                self.paragraphs.append((self._row, text))
                self.budget.check("cells", len(self.paragraphs))
