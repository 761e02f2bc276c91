"""
Tables -> an Excel file: a sheet for each table, with a head that stays, filters, and months as dates.

In: tables with their rows. Out: the bytes of a file, the same for the same rows.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable
from typing import Any

from ...core.errors import UsageError
from ...core.tables import Row, TableColumn, TableLayout, as_text

#: What a workbook says of when it was made: nothing that changes.
_CREATED = datetime.datetime(2000, 1, 1)
#: How many rows a sheet can have, its head aside.
_MOST_ROWS = 1_048_575
#: How many characters a cell can have.
_MOST_CHARACTERS = 32_767
#: How wide columns are, by what they hold.
_WIDTHS = {"month": 10, "integer": 8, "number": 8, "boolean": 8, "code": 14, "iri": 30, "list": 24, "text": 28}


def write_workbook(tables: Iterable[tuple[TableLayout, Iterable[Row]]]) -> bytes:
    """
    Return tables as an Excel file.

    A month is a date, its first day, and is shown as a month. No text is taken for a formula or a link.

    Args:
        tables: The tables, each with its rows.

    Raises:
        UsageError: A table has more rows than a sheet can hold.
    """
    import xlsxwriter

    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": _CREATED})
        head = book.add_format({"bold": True, "bottom": 1})
        month = book.add_format({"num_format": "yyyy-mm", "align": "left"})
        for layout, rows in tables:
            sheet = book.add_worksheet(layout.name)
            sheet.freeze_panes(1, 1)
            for position, column in enumerate(layout.columns):
                sheet.set_column(position, position, _WIDTHS[column.kind])
                sheet.write_string(0, position, column.name, head)
            count = 0
            for count, row in enumerate(rows, 1):
                if count > _MOST_ROWS:
                    raise UsageError.of("tables.too-many-rows", layout.name, most=f"{_MOST_ROWS:,}")
                for position, column in enumerate(layout.columns):
                    _write_cell(sheet, count, position, column, row.get(column.name), month)
            sheet.autofilter(0, 0, count, len(layout.columns) - 1)
    return file.getvalue()


def _write_cell(sheet: Any, line: int, position: int, column: TableColumn, value: Any, month: Any) -> None:
    """Write a value into a cell, in the type of its column; nothing for what is not known."""
    if value is None or value in ("", [], ()):
        return
    if column.kind in {"integer", "number"}:
        sheet.write_number(line, position, value)
    elif column.kind == "boolean":
        sheet.write_boolean(line, position, value)
    elif column.kind == "month":
        year, number = map(int, value.split("-"))
        sheet.write_datetime(line, position, datetime.datetime(year, number, 1), month)
    else:
        sheet.write_string(line, position, as_text(value)[:_MOST_CHARACTERS])
