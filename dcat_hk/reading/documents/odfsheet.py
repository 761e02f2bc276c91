"""
Sheets of an OpenDocument file as XML -> rows of cells as a reader sees them.

In: the tables of a spreadsheet. Out: lines and blocks, and findings on what is hidden, which is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ...core.errors import Finding, NotAPlan
from ...core.limits import Budget
from ...core.place import Place
from .cells import SheetRow, Sheets
from .document import Extent
from .flow import Flow, FlowLine, FlowMark, paragraphs_in
from .numbering import Element, local, value, whole
from .odfstyles import OdfStyles
from .odftext import OdfText, rows_in
from .sheetattributes import column_letters
from .sheetchoices import sheets_of_odf_choices
from .sheetrows import NumberedRow, UnseenCells, add_sheet

_YEAR = re.compile(r"\d{4}")
_SHOWN = {"", "visible"}
#: What a cell has without text that is shown: the attribute of its value, by the type of value.
_VALUES = {"date": "date-value", "time": "time-value", "boolean": "boolean-value", "string": "string-value"}
_DRAWN = {"frame", "custom-shape", "rect", "g", "caption", "ellipse", "text-box"}


@dataclass(slots=True)
class OdfSheets:
    """The sheets of one file as far as they have been read."""

    styles: OdfStyles
    budget: Budget
    sheets: Sheets
    findings: list[Finding] = field(default_factory=list)
    _cells: int = 0
    _reader: OdfText = field(init=False)

    def __post_init__(self) -> None:
        """Begin to read texts of cells."""
        self._reader = OdfText(self.styles, self.budget)

    def read(self, tables: Sequence[Element]) -> None:
        """
        Add the sheets that are shown.

        Args:
            tables: The sheets of the file.

        Raises:
            NotAPlan: All of them are hidden, or they have too many cells.
        """
        shown: list[Element] = []
        choices = _sheets_of_choices(tables)
        for table in tables:
            title = value(table, "name")
            if self.styles.hides("table", value(table, "style-name")):
                if title.lower() in choices:
                    continue
                place = Place(1, 1, f"sheet {title}", f"sheet {title}")
                self.findings.append(Finding("hidden-sheet", self.budget.name, place, {"sheet": title}))
            else:
                shown.append(table)
        if not shown:
            raise NotAPlan.of("documents.opendocument-hidden", self.budget.name)
        for table in shown:
            title = value(table, "name")
            unseen = UnseenCells()
            lines = len(self.sheets.lines)
            boxes: list[tuple[int, str]] = []
            rows = list(self._rows(table, title, unseen, boxes))
            add_sheet(self.sheets, title, rows, boxes, len(shown) > 1)
            self.findings += unseen.report(self.budget.name, title, lines)

    def _rows(
        self, table: Element, title: str, unseen: UnseenCells, boxes: list[tuple[int, str]]
    ) -> Iterator[NumberedRow]:
        """Yield the rows that have any filled cell that is shown, with their numbers."""
        hidden = list(_hidden_columns(table))
        number = 1
        for shapes in (part for part in table if local(part) == "shapes"):
            boxes += [(number, text) for text in self._texts(shapes)]
        for row in rows_in(table):
            times = max(1, whole(row, "number-rows-repeated", 1))
            cells: dict[int, str] = {}
            extents: dict[int, Extent] = {}
            marks: dict[int, Sequence[FlowMark]] = {}
            is_hidden = value(row, "visibility") not in _SHOWN or value(row.getparent(), "display") == "false"
            for column, cell, line in self._cells_in(row, table, number, boxes):
                if local(cell) == "covered-table-cell":
                    unseen.cells.add(f"{column_letters(column)}{number}")
                elif is_hidden:
                    unseen.rows.add(number)
                elif any(first <= column <= last for first, last in hidden):
                    unseen.columns.add(column)
                else:
                    cells[column] = line.text
                    if line.marks:
                        marks[column] = line.marks
                    extent = Extent(whole(cell, "number-columns-spanned", 1), whole(cell, "number-rows-spanned", 1))
                    if extent != Extent():
                        extents[column] = extent
            for again in range(number, number + times) if cells else ():
                self._count(len(cells))
                yield again, SheetRow(f"sheet {title}, row {again}", cells, again, extents, marks)
            number += times

    def _cells_in(
        self, row: Element, table: Element, number: int, boxes: list[tuple[int, str]]
    ) -> Iterator[tuple[int, Element, FlowLine]]:
        """Yield the cells of a row that show text, with their columns, and put the text of boxes aside."""
        column = 1
        for cell in row:
            if local(cell) not in {"table-cell", "covered-table-cell"}:
                continue
            times = max(1, whole(cell, "number-columns-repeated", 1))
            if len(cell) or value(cell, "value-type"):
                boxes += [(number, text) for text in self._texts(cell)]
                line = self._text(cell, row, table)
                for again in range(column, column + times) if line.text.strip() else ():
                    self._count(1)
                    yield again, cell, line
            column += times

    def _count(self, cells: int) -> None:
        """Count cells."""
        self._cells += cells
        self.budget.check("cells", self._cells)

    # ---- a cell

    def _text(self, cell: Element, row: Element, table: Element) -> FlowLine:
        """Return what a cell shows: a date with its whole year, whatever of it the sheet shows."""
        line = _joined(self._reader.cell_paragraphs(cell, row, table))
        kind = value(cell, "value-type")
        stated = value(cell, _VALUES.get(kind, "value"))
        if stated and (not line.text.strip() or (kind == "date" and not _YEAR.search(line.text))):
            kinds = {mark.kind for mark in line.marks}
            line = FlowLine(stated, "", tuple(FlowMark(0, len(stated), kind) for kind in sorted(kinds)))
        self.budget.check("cell", len(line.text))
        return line

    def _texts(self, element: Element) -> Iterator[str]:
        """Yield the paragraphs of the text boxes in an element."""
        flow = self._reader.flow([part for part in element if local(part) in _DRAWN])
        yield from (line.text for paragraph in paragraphs_in(flow) for line in paragraph.lines)


def _joined(flow: Flow) -> FlowLine:
    """Return the paragraphs of a cell as one text, each on a line."""
    text, marks = "", list[FlowMark]()
    for line in (line for paragraph in paragraphs_in(flow) for line in paragraph.lines):
        text += "\n" if text else ""
        marks += [FlowMark(mark.start + len(text), mark.end + len(text), mark.kind) for mark in line.marks]
        text += line.text
    return FlowLine(text, "", tuple(marks))


def _sheets_of_choices(tables: Sequence[Element]) -> set[str]:
    """Return the names of the sheets that only hold what can be chosen in cells of others, in lower case."""
    found = tables[0].getroottree().iter("{*}content-validation") if tables else ()
    return sheets_of_odf_choices(value(one, "condition") for one in found)


def _hidden_columns(table: Element) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of hidden columns that stand together."""
    column = 1
    for part in table.iter("{*}table-column"):
        if any(local(outer) == "table" and outer is not table for outer in part.iterancestors("{*}table")):
            continue
        last = column + max(1, whole(part, "number-columns-repeated", 1)) - 1
        if value(part, "visibility") not in _SHOWN or value(part.getparent(), "display") == "false":
            yield column, last
        column = last + 1
