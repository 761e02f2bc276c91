"""
The parts of an Excel file -> sheets, strings, formats and cells, as the file states them.

In: XML in pieces. Out: what the elements say. Nothing is evaluated, expanded or fetched: a document type, which
entities need, is refused; formulas are only noticed; links out of the file are not looked at. Elements are read as they
come and never kept as a tree, so that a sheet that claims to be large costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from ...core.errors import NotAPlan
from ...core.limits import Budget
from .sheetattributes import column_number, is_flat, is_true, number

Attributes = dict[str, str]

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
#: The elements of a sheet that hold text of a cell.
_TEXTS = {"v", "t"}
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

    def refuse(*_declaration: object) -> None:
        raise NotAPlan(
            "The Excel file declares a document type, which is not allowed.",
            budget.name,
            "Save the file again in Excel.",
        )

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
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
        raise NotAPlan(
            "The Excel file is broken.", budget.name, "Save the file again, or ask its author for a new copy."
        ) from error


def local(name: str) -> str:
    """
    Return a name without its prefix.

    >>> local("x:row"), local("row")
    ('row', 'row')
    """
    return name.rpartition(":")[2]


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

    def start(self, name: str, attributes: Attributes) -> None:  # noqa: ARG002 - one signature for all
        """Begin to take text, or stop for a reading aid."""
        self._aside += name == "rPh"
        self._taking = name in _TEXTS and not self._aside

    def end(self, name: str) -> None:
        """Stop taking text."""
        self._aside -= name == "rPh"
        self._taking = False

    def text(self, text: str) -> None:
        """Take a piece of text."""
        if self._taking:
            self._length += len(text)
            self.budget.check("cell", self._length)
            self._pieces.append(text)

    def taken(self) -> str:
        """Return the text that was taken, and begin anew."""
        text = "".join(self._pieces)
        self._pieces, self._length = [], 0
        return text


class SharedStrings(TextHandler):
    """The strings that cells share, in order."""

    def __init__(self, budget: Budget) -> None:
        """Begin with none."""
        super().__init__(budget)
        self.texts: list[str] = []
        self._characters = 0

    def end(self, name: str) -> None:
        """Keep a string that has ended."""
        super().end(name)
        if name == "si":
            self.texts.append(unescape(self.taken()))
            self._characters += len(self.texts[-1])
            self.budget.check("characters", self._characters)
            self.budget.check("cells", len(self.texts))


class SheetStyles(ElementHandler):
    """
    The number format of each cell style.

    >>> styles = SheetStyles()
    >>> part = b'<s><cellXfs><xf numFmtId="17"/></cellXfs><numFmt numFmtId="164" formatCode="m/yyyy"/></s>'
    >>> parse([part], styles, Budget("plan.xlsx"))
    >>> styles.cells, styles.formats
    ([17], {164: 'm/yyyy'})
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.formats: dict[int, str] = {}
        self.cells: list[int] = []
        self._within = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Take a number format, or the one that a cell style has."""
        if name == "numFmt":
            self.formats.setdefault(number(attributes.get("numFmtId")), attributes.get("formatCode", ""))
        elif name == "cellXfs":
            self._within = True
        elif name == "xf" and self._within:
            self.cells.append(number(attributes.get("numFmtId")))

    def end(self, name: str) -> None:
        """Leave the list of cell styles."""
        if name == "cellXfs":
            self._within = False


class SheetCell(NamedTuple):
    """A cell as the file has it: where, of which type and style, the stored value, and whether a formula gave it."""

    row: int
    column: int
    kind: str
    style: int
    value: str
    formula: bool


class MergedArea(NamedTuple):
    """Cells that were merged into one: first row and column, last row and column, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


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
    ([SheetCell(row=2, column=2, kind='s', style=0, value='0', formula=False)], {2})
    """

    def __init__(self, budget: Budget) -> None:
        """Begin with an empty sheet."""
        super().__init__(budget)
        self.cells: list[SheetCell] = []
        self.merged: list[MergedArea] = []
        self.hidden = HiddenCells()
        self._row = self._column = self._count = 0
        self._formula = False
        self._attributes: Attributes = {}

    def start(self, name: str, attributes: Attributes) -> None:
        """Take a row, a cell, a formula, a column or a merged area."""
        super().start(name, attributes)
        take: Callable[[Attributes], None] | None = getattr(self, f"_start_{name}", None) if len(name) < 10 else None
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
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = column_number(place[1]) if place else self._column + 1
        self._row = int(place[2]) if place else self._row
        if not 0 < self._column <= MOST_COLUMNS or not 0 < self._row <= MOST_ROWS:
            raise self._broken()
        self._attributes, self._formula = attributes, False
        self._count += 1
        self.budget.check("cells", self._count)
        self.taken()

    def _start_f(self, _attributes: Attributes) -> None:
        self._formula = True

    def _start_col(self, attributes: Attributes) -> None:
        if is_true(attributes.get("hidden")) or is_flat(attributes.get("width")):
            self.hidden.columns.append((number(attributes.get("min"), 1), number(attributes.get("max"), 1)))
            self.budget.check("cells", len(self.hidden.columns))

    def _start_mergeCell(self, attributes: Attributes) -> None:  # noqa: N802 - the element's name
        ends = [_REFERENCE.fullmatch(end) for end in attributes.get("ref", "").partition(":")[::2]]
        if ends[0] and ends[1]:
            (left, top), (right, bottom) = ((column_number(end[1]), int(end[2])) for end in ends if end)
            self.merged.append(MergedArea(min(top, bottom), min(left, right), max(top, bottom), max(left, right)))
            self.budget.check("cells", len(self.merged))

    def end(self, name: str) -> None:
        """Keep a cell that holds anything."""
        super().end(name)
        if name == "c":
            value, stated = self.taken(), self._attributes
            if value or self._formula:
                style, kind = number(stated.get("s")), stated.get("t", "n")
                self.cells.append(SheetCell(self._row, self._column, kind, style, value, self._formula))

    def _broken(self) -> NotAPlan:
        """Return the error for a cell outside every sheet."""
        return NotAPlan(
            "The Excel file is broken: a cell lies outside its sheet.",
            self.budget.name,
            "Save the file again in Excel.",
        )


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
