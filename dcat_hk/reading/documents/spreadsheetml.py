"""
Excel file of 2003 as one XML text -> `Document`: the cells of every sheet that is shown.

In: bytes. Out: a `Document`. Such files are often called .xls. Elements are read as they come; nothing is evaluated or
fetched, and a document type is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from ...core.errors import Finding, NotAPlan
from ...core.limits import Budget
from ...core.place import Place
from .cells import SheetRow, Sheets
from .document import Document, Extent
from .flow import FlowMark
from .looks import SHIFTS, read_colour
from .sheetattributes import column_letters
from .sheetfonts import SheetColour, SheetFont
from .sheetrows import NumberedRow, UnseenCells, add_sheet
from .sheetstyles import SheetStyle, hides
from .sheetvalues import show
from .sheetxml import MOST_COLUMNS, MOST_ROWS, Attributes, ElementHandler, local, parse

_DAY_ZERO = datetime(1899, 12, 30)
#: Number formats that such files have by name, by what they show; other names show a number as it is.
_FORMATS = {
    "General Date": "yyyy-mm-dd hh:mm",
    "Long Date": "yyyy-mm-dd",
    "Medium Date": "yyyy-mm-dd",
    "Short Date": "yyyy-mm-dd",
    "Short Time": "hh:mm",
    "Percent": "0.00%",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
}
_TURNED = {"90", "-90"}
#: The marks of text in elements of a value that has parts.
_LOOKS = {"S": ("struck",), "Sup": ("raised",), "Sub": ("lowered",)}


@dataclass(slots=True)
class _XmlCell:
    """A cell: where it is, how far it reaches, its style, the type and the text of its value, how stretches look."""

    row: int
    column: int
    extent: Extent
    style: str
    kind: str = ""
    text: str = ""
    marks: list[FlowMark] = field(default_factory=list)


@dataclass(slots=True)
class _Sheet:
    """
    A sheet: its name, its cells, the rows and columns that are hidden.

    It may be hidden itself, or have cells that are painted by conditions.
    """

    name: str
    cells: list[_XmlCell] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    shown: bool = True
    painted: bool = False


def read_spreadsheetml(data: bytes, name: str, budget: Budget) -> Document:
    """
    Return an Excel file of 2003 as a document.

    Args:
        data: The file's bytes.

        name: What to call it.

        budget: What reading it may still cost.

    Raises:
        NotAPlan: The file is broken or too large, or all its sheets are hidden.

    >>> table = b"<Table><Row><Cell><Data Type='String'>Plan</Data></Cell></Row></Table>"
    >>> data = b"<Workbook><Worksheet Name='S'>" + table + b"</Worksheet></Workbook>"
    >>> read_spreadsheetml(data, "plan.xls", Budget("plan.xls")).lines
    ('Plan',)
    """
    workbook = _XmlWorkbook(budget)
    parse([data], workbook, budget)
    findings = [_find("hidden-sheet", name, one.name, sheet=one.name) for one in workbook.sheets if not one.shown]
    shown = [sheet for sheet in workbook.sheets if sheet.shown]
    if not shown:
        raise NotAPlan.of("documents.excel-hidden", name)
    sheets = Sheets(budget)
    for sheet in shown:
        unseen, lines = UnseenCells(), len(sheets.lines)
        rows = _rows(workbook, sheet, unseen, findings)
        add_sheet(sheets, sheet.name, rows, [], len(shown) > 1)
        findings += unseen.report(name, sheet.name, lines)
    return sheets.document(name, hashlib.sha256(data).hexdigest(), findings)


def _find(code: str, name: str, title: str, place: str = "", **values: str) -> Finding:
    """Return a finding on a sheet."""
    where = f"sheet {title}{place}"
    return Finding(code, name, Place(1, 1, where, where), values)


def _number(attributes: Attributes, name: str, default: int, most: int) -> int:
    """Return an attribute that is a whole number, no more than a sheet can have."""
    stated = attributes.get(name, "")
    return min(int(stated), most) if stated.isdecimal() and len(stated) < 9 else default


class _XmlWorkbook(ElementHandler):
    """The styles and sheets of a file."""

    def __init__(self, budget: Budget) -> None:
        """Begin with none."""
        self.sheets: list[_Sheet] = []
        self.styles: dict[str, tuple[SheetStyle, str]] = {}
        self.budget = budget
        self._path: list[str] = []
        self._style, self._row, self._column, self._next_column, self._filled = "", 0, 0, 1, 0
        self._cell: _XmlCell | None = None
        self._looks: list[tuple[str, ...]] = []
        self._visible = ""

    def start(self, name: str, attributes: Attributes) -> None:
        """Take a style, a sheet, a row, a column, a cell or its value."""
        own = {local(key): value for key, value in attributes.items()}
        outer = self._path[-1] if self._path else ""
        self._path.append(name)
        if name == "Style":
            self._style = own.get("ID", "")
            self.styles[self._style] = self.styles.get(own.get("Parent", "Default"), (SheetStyle(), "General"))
        elif outer == "Style":
            self.styles[self._style] = _change_style(*self.styles[self._style], name, own)
        elif name == "Worksheet":
            self.sheets.append(_Sheet(own.get("Name", "")))
            self._row, self._next_column = 0, 1
        elif name == "ConditionalFormatting" and self.sheets:
            self.sheets[-1].painted = True
        elif self.sheets and outer == "Table":
            self._take_part(self.sheets[-1], name, own)
        elif name == "Cell" and outer == "Row" and self.sheets:
            self._take_cell(self.sheets[-1], own)
        elif name == "Data" and outer == "Cell" and self._cell:
            self._cell.kind = own.get("Type", "String")
            self._looks = [()]
        elif self._looks:
            self._looks.append((*self._looks[-1], *_LOOKS.get(name, ())))

    def _take_part(self, sheet: _Sheet, name: str, own: Attributes) -> None:
        """Take a column or the beginning of a row."""
        self.budget.check_time()
        if name == "Column":
            first = _number(own, "Index", self._next_column, MOST_COLUMNS)
            self._next_column = min(first + _number(own, "Span", 0, MOST_COLUMNS), MOST_COLUMNS) + 1
            if own.get("Hidden") == "1":
                sheet.columns.update(range(first, self._next_column))
        elif name == "Row":
            self._row = _number(own, "Index", self._row + 1, MOST_ROWS)
            last = min(self._row + _number(own, "Span", 0, MOST_ROWS), MOST_ROWS)
            if own.get("Hidden") == "1":
                sheet.rows.update(range(self._row, last + 1))
            self._column, self._filled = 0, last

    def _take_cell(self, sheet: _Sheet, own: Attributes) -> None:
        """Take the beginning of a cell."""
        self._column = _number(own, "Index", self._column + 1, MOST_COLUMNS)
        extent = Extent(_number(own, "MergeAcross", 0, MOST_COLUMNS) + 1, _number(own, "MergeDown", 0, MOST_ROWS) + 1)
        self._cell = _XmlCell(self._row, self._column, extent, own.get("StyleID", "Default"))
        sheet.cells.append(self._cell)
        self.budget.check("cells", len(sheet.cells))
        self._column += extent.columns - 1

    def end(self, name: str) -> None:
        """Leave an element."""
        self._path.pop()
        if name == "Row":
            self._row = max(self._row, self._filled)
        elif name == "Cell":
            self._cell = None
        elif name == "Visible" and self.sheets:
            self.sheets[-1].shown = self._visible.strip() in {"", "SheetVisible"}
            self._visible = ""
        if self._looks:
            self._looks.pop()

    def text(self, text: str) -> None:
        """Take text of a cell's value, or whether a sheet is shown."""
        if self._path and self._path[-1] == "Visible":
            self._visible += text
        elif self._looks and self._cell:
            start = len(self._cell.text)
            self._cell.text += text
            self.budget.check("cell", len(self._cell.text))
            self._cell.marks += [FlowMark(start, start + len(text), kind) for kind in self._looks[-1]]


def _change_style(style: SheetStyle, form: str, name: str, own: Attributes) -> tuple[SheetStyle, str]:
    """Return a style with what one of its elements states."""
    if name == "Font":
        shift = SHIFTS.get(own.get("VerticalAlign", "").lower(), "")
        colour = read_colour(own.get("Color", ""))
        stated = SheetColour(colour, own["Color"]) if "Color" in own else style.font.colour
        style = style._replace(font=SheetFont(own.get("StrikeThrough") == "1", shift, stated))
    elif name == "Interior" and own.get("Pattern", "None") != "None":
        colour = read_colour(own.get("Color", "")) if own["Pattern"] == "Solid" else None
        style = style._replace(fill=SheetColour(colour, own.get("Color", "")))
    elif name == "Alignment":
        style = style._replace(turned=own.get("Rotate") in _TURNED or own.get("VerticalText") == "1")
    elif name == "NumberFormat":
        form = own.get("Format", "General")
    return style, form


def _rows(workbook: _XmlWorkbook, sheet: _Sheet, unseen: UnseenCells, findings: list[Finding]) -> list[NumberedRow]:
    """Return the rows that have any filled cell that is shown; note what is hidden, and errors in cells."""
    rows: dict[int, SheetRow] = {}
    for cell in sheet.cells:
        style, form = workbook.styles.get(cell.style, (SheetStyle(), "General"))
        text = _show(cell, form)
        if not text.strip():
            continue
        if all(row in sheet.rows for row in range(cell.row, cell.row + cell.extent.rows)):
            unseen.rows.add(cell.row)
        elif all(column in sheet.columns for column in range(cell.column, cell.column + cell.extent.columns)):
            unseen.columns.add(cell.column)
        else:
            row = rows.setdefault(cell.row, SheetRow(f"sheet {sheet.name}, row {cell.row}", {}, cell.row))
            row.cells[cell.column] = text
            if cell.extent != Extent():
                row.extents[cell.column] = cell.extent
            if marks := [*cell.marks, *_marks_of(style, form, cell, len(text), not sheet.painted)]:
                row.marks[cell.column] = marks
        if cell.kind == "Error":
            values = {"cell": f"{column_letters(cell.column)}{cell.row}", "error": text}
            findings.append(_find("error-in-cell", workbook.budget.name, sheet.name, f", row {cell.row}", **values))
    return sorted(rows.items())


def _marks_of(style: SheetStyle, form: str, cell: _XmlCell, length: int, on_known_ground: bool) -> Iterator[FlowMark]:
    """Yield the marks of all of a cell's text."""
    kinds = style.kinds(None, on_known_ground)
    if hides(form, cell.kind == "String") and "hidden" not in kinds:
        kinds = (*kinds, "hidden")
    yield from (FlowMark(0, length, kind) for kind in kinds)


def _show(cell: _XmlCell, form: str) -> str:
    """Return what a cell shows."""
    if cell.kind == "Number":
        return show(cell.text.strip(), _FORMATS.get(form, form))
    if cell.kind == "DateTime":
        try:
            moment = datetime.fromisoformat(cell.text.strip()).replace(tzinfo=None)
        except ValueError:
            return cell.text
        usual = "yyyy-mm-dd hh:mm" if moment.hour or moment.minute else "yyyy-mm-dd"
        code = usual if form == "General" else _FORMATS.get(form, form)
        return show(repr((moment - _DAY_ZERO).total_seconds() / 86_400), code)
    if cell.kind == "Boolean":
        return "TRUE" if cell.text.strip() == "1" else "FALSE"
    return cell.text
