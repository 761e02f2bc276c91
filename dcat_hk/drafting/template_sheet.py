"""
An empty plan -> an Excel file, with drop-down lists in the cells where there is something to choose.

In: a `PlanTemplate`. Out: the bytes of an .xlsx file. The choices stand in a sheet of their own, which is hidden: Excel
takes no longer lists in another place.
"""

from __future__ import annotations

import datetime
import io
from typing import Any

from .template import OPEN_COLUMNS, PlanTemplate, TemplateTable

#: What a workbook says of when it was made: nothing that changes.
_CREATED = datetime.datetime(2000, 1, 1)
#: How wide columns are, by their names.
_WIDTHS = {
    "number": 6,
    "organisation": 22,
    "category": 26,
    "name": 38,
    "description": 48,
    "format": 16,
    "target": 18,
    "released": 18,
    "frequency": 22,
}
#: How long a title and a text beside a cell can be.
_LONGEST_TITLE, _LONGEST_TEXT = 32, 255


def write_excel_template(template: PlanTemplate) -> bytes:
    """
    Return an empty plan as an Excel file.

    Args:
        template: What it says.

    >>> from dcat_hk.drafting.template import make_template
    >>> write_excel_template(make_template("en", (2026, 2028)))[:2]
    b'PK'
    """
    import xlsxwriter

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": _CREATED})
        sheet = _PlanSheet(template, book, book.add_worksheet(template.text("plan")))
        sheet.add_choices(book.add_worksheet(template.text("choices")))
        sheet.write()
    return file.getvalue()


class _PlanSheet:
    """Writes the sheet of a plan."""

    def __init__(self, template: PlanTemplate, book: Any, sheet: Any) -> None:
        """Begin an empty sheet."""
        self._template, self._sheet = template, sheet
        wrapped = {"text_wrap": True, "valign": "top", "border": 1}
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._heading = book.add_format({"bold": True, "font_size": 12})
        self._label = book.add_format({"bold": True, "bg_color": "#DDE7F0", **wrapped})
        # As text, so that no program makes another date of a month that is written.
        self._cell = book.add_format({"num_format": "@", **wrapped})
        self._ranges: dict[str, str] = {}
        self._row = 0

    def add_choices(self, sheet: Any) -> None:
        """Write the choices into a sheet of their own, a column for each list."""
        for position, (column, choices) in enumerate(self._template.choices.items()):
            sheet.write_column(0, position, choices)
            letter = chr(ord("A") + position)
            self._ranges[column] = f"='{sheet.get_name()}'!${letter}$1:${letter}${len(choices)}"
        sheet.hide()

    def write(self) -> None:
        """Write the plan."""
        template, sheet = self._template, self._sheet
        for table in template.tables:
            for position, column in enumerate(table.columns):
                sheet.set_column(position, position, _WIDTHS[column])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for text in (template.bureau, template.title):
            self._write_line(text, self._title)
        for table in template.tables:
            self._row += 1
            for heading in table.headings:
                self._write_line(heading, self._heading)
            self._write_table(table)
        self._row += 1
        self._write_line(template.month, None)

    def _write_line(self, text: str, form: Any) -> None:
        """Write a line of text."""
        self._sheet.write_string(self._row, 0, text, form)
        self._row += 1

    def _write_table(self, table: TemplateTable) -> None:
        """Write a table: its header, the example, and empty rows."""
        sheet, template = self._sheet, self._template
        for position, label in enumerate(table.labels):
            sheet.write_string(self._row, position, label, self._label)
        first = self._row + 1
        for position, text in enumerate(table.example):
            sheet.write_string(first, position, text, self._cell)
        empty = first + bool(table.example)
        self._row = empty + template.rows
        for row in range(empty, self._row):
            for position in range(len(table.columns)):
                sheet.write_blank(row, position, None, self._cell)
        for position, (column, label) in enumerate(zip(table.columns, table.labels, strict=True)):
            if rule := self._find_rule(column, label):
                sheet.data_validation(first, position, max(self._row - 1, first), position, rule)

    def _find_rule(self, column: str, label: str) -> dict[str, Any]:
        """Return what can be written in a column, nothing if that is anything."""
        template = self._template
        title = label[:_LONGEST_TITLE]
        if column in self._ranges:
            hint = template.text(OPEN_COLUMNS.get(column, "choose"))
            return {
                "validate": "list",
                "source": self._ranges[column],
                "input_title": title,
                "input_message": hint[:_LONGEST_TEXT],
                "show_error": column not in OPEN_COLUMNS,
                "error_type": "warning",
                "error_message": template.text("not-in-list")[:_LONGEST_TEXT],
            }
        if column in {"target", "released"}:
            return {"validate": "any", "input_title": title, "input_message": template.text("write-month")}
        return {}
