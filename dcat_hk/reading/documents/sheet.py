"""
Excel files -> `Document`: the cells of every sheet as a reader sees them.

In: bytes. Out: a `Document` whose lines are the paragraphs of the cells, each with its sheet and row. What is hidden is
not read, because nobody who was given the plan sees it, on the screen or printed: a finding says what. Formulas give
the result that was saved with them, macros and links give nothing.

The parts are read with Python's own XML parser rather than with a package for spreadsheets: those that can say what is
merged or hidden keep a whole sheet in memory, and none lets a document type be refused before it is read.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ...core.errors import Finding, NotAPlan
from ...core.limits import Budget
from ...core.place import Place
from .archive import Package
from .cells import SheetRow, Sheets
from .document import Document, Extent
from .flow import FlowMark
from .sheetattributes import MergedArea, column_letters, is_true, read_areas
from .sheetattributes import number as whole
from .sheetchoices import ListConditions, sheets_of_choices
from .sheetrows import UnseenCells, add_sheet
from .sheetstyles import SheetStyles
from .sheetvalues import format_of, show
from .sheetxml import (
    ElementAttributes,
    ElementHandler,
    SharedStrings,
    SheetCell,
    SheetContent,
    SheetDrawing,
    TextRuns,
    parse,
    unescape,
)

_WORKBOOK = "xl/workbook.xml"
_DAY_ZERO = datetime(1899, 12, 30)
#: A merged area of more rows is looked at for every cell.
_TALL = 1_000


@dataclass(slots=True)
class _Workbook:
    """What the sheets of a file share."""

    package: Package
    budget: Budget
    strings: list[str] = field(default_factory=list)
    runs: dict[int, TextRuns] = field(default_factory=dict)
    styles: SheetStyles = field(default_factory=SheetStyles)
    from_1904: bool = False
    findings: list[Finding] = field(default_factory=list)
    lines: int = 0
    _usual: dict[tuple[int, bool], bool] = field(default_factory=dict)

    def parse(self, part: str, handler: ElementHandler) -> bool:
        """Tell a handler of a part, if the file has it."""
        number = self.package.number_of(part)
        if number is not None:
            parse(self.package.unpack(number), handler, self.budget)
        return number is not None

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the parts that a part is related to, with what kind of part each is; none outside the file."""
        folder, name = posixpath.split(part)
        relations = ElementAttributes({"Relationship"})
        self.parse(f"{folder}/_rels/{name}.rels", relations)
        return {
            one.get("Id", ""): (_resolve(folder, one.get("Target", "")), one.get("Type", "").rpartition("/")[2])
            for _name, one in relations.items
            if one.get("TargetMode") != "External"
        }

    def is_usual(self, style: int, is_text: bool) -> bool:
        """Tell whether a style gives a cell no mark; a sheet has many cells of few styles."""
        key = style, is_text
        if key not in self._usual:
            kinds = self.styles.style(style).kinds(None, True)
            self._usual[key] = not kinds and not self.styles.hides(style, is_text)
        return self._usual[key]

    def find(self, code: str, line: int, place: str, **values: str) -> None:
        """Note a finding; `line` is how many lines came before it, `place` the sheet or one of its cells."""
        self.findings.append(Finding(code, self.budget.name, Place(line + 1, line + 1, place, place), values))


def _resolve(folder: str, target: str) -> str:
    """Return the part that a relation leads to."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def read_xlsx(data: bytes, name: str, budget: Budget) -> Document:
    """
    Return an Excel file as a document.

    Args:
        data: The file's bytes.

        name: What to call it.

        budget: What reading it may still cost.

    Raises:
        NotAPlan: The file is broken, locked or too large, or all its sheets are hidden.

    Spec: ECMA-376 part 1, 18 (SpreadsheetML).
    """
    workbook = _Workbook(Package(io.BytesIO(data), budget), budget)
    elements = ElementAttributes({"sheet", "workbookPr"})
    if not workbook.parse(_WORKBOOK, elements):
        raise NotAPlan.of("documents.excel-without-workbook", name)
    stated = [sheet for kind, sheet in elements.items if kind == "sheet"]
    workbook.from_1904 = any(is_true(one.get("date1904")) for kind, one in elements.items if kind == "workbookPr")
    related = workbook.related(_WORKBOOK)
    _read_shared(workbook, {kind: part for part, kind in related.values()})
    sheets = Sheets(budget)
    shown: list[tuple[str, str]] = []
    hidden: list[str] = []
    for sheet in stated:
        part, kind = related.get(sheet.get("id", ""), ("", ""))
        title = sheet.get("name", "")
        if kind == "worksheet" and sheet.get("state", "visible") != "visible":
            hidden.append(title)
        elif kind == "worksheet":
            shown.append((title, part))
    if hidden:
        _report_hidden(workbook, hidden, [part for _title, part in shown])
    if not shown:
        raise NotAPlan.of("documents.excel-hidden", name)
    for title, part in shown:
        _read_sheet(workbook, sheets, title, part, len(shown) > 1)
    return sheets.document(name, hashlib.sha256(data).hexdigest(), workbook.findings)


def _report_hidden(workbook: _Workbook, titles: Sequence[str], shown: Sequence[str]) -> None:
    """Note the sheets that are hidden, but for those that only hold what can be chosen in cells that are shown."""
    conditions = ListConditions()
    for part in (_WORKBOOK, *shown):
        workbook.parse(part, conditions)
    choices = sheets_of_choices(conditions.formulas, conditions.names)
    for title in titles:
        if title.lower() not in choices:
            workbook.find("hidden-sheet", 0, f"sheet {title}", sheet=title)


def _read_shared(workbook: _Workbook, parts: Mapping[str, str]) -> None:
    """Read the strings that cells share and the formats of numbers."""
    strings = SharedStrings(workbook.budget)
    workbook.parse(parts.get("sharedStrings", ""), strings)
    workbook.parse(parts.get("styles", ""), workbook.styles)
    workbook.strings, workbook.runs = strings.texts, strings.runs


# ---- a sheet


def _read_sheet(workbook: _Workbook, sheets: Sheets, title: str, part: str, several: bool) -> None:
    """Add a sheet's rows, and the text of the boxes that lie on it."""
    sheet = SheetContent(workbook.budget)
    workbook.parse(part, sheet)
    workbook.lines = len(sheets.lines)
    related = workbook.related(part)
    for table in (table for table, kind in related.values() if kind == "table"):
        attributes = ElementAttributes({"table"})
        workbook.parse(table, attributes)
        sheet.painted += [area for _name, one in attributes.items for area in read_areas(one.get("ref", ""))]
    rows = _rows(workbook, sheet, title)
    boxes = [
        (row + 1, text)
        for drawing, kind in related.values()
        if kind == "drawing"
        for row, text in _boxes(workbook, drawing)
    ]
    add_sheet(sheets, title, rows, boxes, several)


def _boxes(workbook: _Workbook, part: str) -> list[tuple[int, str]]:
    """Return the paragraphs of the text boxes of a drawing, with the rows they lie at."""
    drawing = SheetDrawing(workbook.budget)
    workbook.parse(part, drawing)
    return drawing.paragraphs


def _rows(workbook: _Workbook, sheet: SheetContent, title: str) -> list[tuple[int, SheetRow]]:
    """Return the rows that have any filled cell that is shown, with their numbers."""
    areas = _Areas(sheet, workbook.budget)
    rows: dict[int, SheetRow] = {}
    unseen = UnseenCells()
    for cell in sheet.cells:
        row, column, extent = areas.place(cell)
        if not row:
            unseen.cells.add(f"{column_letters(cell.column)}{cell.row}")
        elif row in sheet.hidden.rows:
            unseen.rows.add(row)
        elif sheet.hidden.column(column):
            unseen.columns.add(column)
        else:
            text = _read_text(workbook, cell, f"sheet {title}, cell {column_letters(cell.column)}{cell.row}")
            if text.strip():
                stated = rows.setdefault(row, SheetRow(f"sheet {title}, row {row}", {}, row))
                stated.cells[column] = text
                if extent != Extent():
                    stated.extents[column] = extent
                if marks := _marks(workbook, sheet, cell, text):
                    stated.marks[column] = marks
    workbook.findings += unseen.report(workbook.budget.name, title, workbook.lines)
    return sorted(rows.items())


class _Areas:
    """Finds where a cell is shown: a cell that was merged from several in the first of them that is not hidden."""

    def __init__(self, sheet: SheetContent, budget: Budget) -> None:
        """Sort the merged areas by the rows they cover."""
        self._hidden = sheet.hidden
        self._tall = [area for area in sheet.merged if area.bottom - area.top > _TALL]
        self._by_row: dict[int, list[MergedArea]] = {}
        rows = 0
        for area in sheet.merged:
            if area.bottom - area.top <= _TALL:
                rows += area.bottom - area.top + 1
                budget.check("cells", rows)
                for row in range(area.top, area.bottom + 1):
                    self._by_row.setdefault(row, []).append(area)

    def place(self, cell: SheetCell) -> tuple[int, int, Extent]:
        """Return the row and column, and how many of them it goes over; row 0 for a cell under a merged one."""
        areas = (*self._by_row.get(cell.row, ()), *self._tall)
        area = next((each for each in areas if _covers(each, cell)), None)
        if area is None:
            return cell.row, cell.column, Extent()
        if (cell.row, cell.column) != (area.top, area.left):
            return 0, 0, Extent()
        row, column = area.top, area.left
        while row < area.bottom and row in self._hidden.rows:
            row += 1
        while column < area.right and self._hidden.column(column):
            column += 1
        return row, column, Extent(area.right - column + 1, area.bottom - row + 1)


def _covers(area: MergedArea, cell: SheetCell) -> bool:
    """Tell whether a cell lies in an area."""
    return area.top <= cell.row <= area.bottom and area.left <= cell.column <= area.right


# ---- a cell


def _marks(workbook: _Workbook, sheet: SheetContent, cell: SheetCell, text: str) -> list[FlowMark]:
    """Return how stretches of a cell's text look."""
    runs = workbook.runs.get(whole(cell.value, -1), ()) if cell.kind == "s" else cell.runs
    is_text = cell.kind in {"s", "str", "inlineStr"}
    if not runs and workbook.is_usual(cell.style, is_text):
        return []
    style = workbook.styles.style(cell.style)
    hidden = workbook.styles.hides(cell.style, is_text)
    marks: list[FlowMark] = []
    for start, end, font in runs or ((0, len(text), None),):
        kinds = style.kinds(font, True)
        if "hidden" in kinds and style.fill is None and _is_painted(sheet, cell, workbook.budget):
            kinds = style.kinds(font, False)
        kinds = (*kinds, "hidden") if hidden and "hidden" not in kinds else kinds
        marks += [FlowMark(start, end, kind) for kind in kinds]
    return marks


def _is_painted(sheet: SheetContent, cell: SheetCell, budget: Budget) -> bool:
    """Tell whether something else than its style can give a cell its ground."""
    budget.check_time()
    return any(_covers(area, cell) for area in sheet.painted)


def _read_text(workbook: _Workbook, cell: SheetCell, place: str) -> str:
    """Return what a cell shows."""
    if cell.formula and not cell.value and cell.kind != "str":
        workbook.find("formula-without-value", workbook.lines, place, cell=f"{column_letters(cell.column)}{cell.row}")
        return ""
    if cell.kind == "s":
        index = whole(cell.value, -1)
        if not 0 <= index < len(workbook.strings):
            raise NotAPlan.of("documents.excel-text-missing", workbook.budget.name)
        return workbook.strings[index]
    if cell.kind in {"str", "inlineStr"}:
        return unescape(cell.value)
    if cell.kind == "b":
        return "TRUE" if is_true(cell.value) else "FALSE"
    if cell.kind == "e":
        values = {"cell": f"{column_letters(cell.column)}{cell.row}", "error": cell.value}
        workbook.find("error-in-cell", workbook.lines, place, **values)
        return cell.value
    styles = workbook.styles
    number = styles.style(cell.style).format
    value = _count_days(cell.value) if cell.kind == "d" else cell.value
    return show(value, format_of(number, styles.formats), workbook.from_1904 and cell.kind != "d")


def _count_days(value: str) -> str:
    """Return a date as the number of days that other sheets have for it, anything else as it is."""
    try:
        moment = datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return value
    return repr((moment - _DAY_ZERO).total_seconds() / 86_400)
