"""
Prints the cells of an old Excel file (.xls) on standard input as JSON, in a process of its own.

The package that reads such files keeps a whole sheet in memory, from its first to its last cell, and knows no limits: a
small file can take all memory. Another one tells how cells look and which rows and columns are hidden; if it cannot,
that is not known. In: a file, and how many cells it may hold. Out: a list of sheets, or `{"error": …}`: `password`,
`cells` or `broken`. A sheet whose looks are known has `looks`. It is run as a script by `core.processes.run_confined`,
so that it starts fast, and imports nothing of ours.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import date, datetime, timedelta
from datetime import time as clock
from io import BytesIO, StringIO
from typing import Any

#: The number of the colour that letters have if nobody gave them one.
_USUAL_COLOUR = 0x7FFF
#: A record of cells that are painted by conditions.
_CONDITIONS = re.compile(rb"\xb0\x01[\x0e-\xff]\x00[\x01-\x03]\x00[\x00\x01]\x00")


def main(cells: int) -> None:
    """
    Print the cells of the file on standard input.

    Args:
        cells: The most cells to print.
    """
    print(json.dumps(_read(sys.stdin.buffer.read(), cells)))  # noqa: T201 - the answer


def _read(data: bytes, cells: int) -> list[dict[str, Any]] | dict[str, str]:
    """Return the sheets of a file, or the error that there is."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = []
        for stated in book.sheets_metadata:
            sheet: dict[str, Any] = {"name": stated.name, "kind": str(stated.typ), "shown": str(stated.visible)}
            sheets.append(sheet | {"start": [0, 0], "rows": [], "merged": []})
            content = book.get_sheet_by_name(stated.name) if str(stated.typ).endswith("WorkSheet") else None
            if content is None or content.start is None or content.end is None:
                continue
            cells -= (content.end[0] - content.start[0] + 1) * (content.end[1] - content.start[1] + 1)
            if cells < 0:
                return {"error": "cells"}
            rows = [[_text_of(value) for value in row] for row in content.to_python(skip_empty_area=True)]
            sheets[-1] |= {"start": content.start, "rows": rows, "merged": content.merged_cell_ranges or []}
    except PasswordError:
        return {"error": "password"}
    except (CalamineError, ValueError):
        return {"error": "broken"}
    looks = _read_looks(data)
    return [sheet | {"looks": looks[sheet["name"]]} if sheet["name"] in looks else sheet for sheet in sheets]


def _read_looks(data: bytes) -> dict[str, dict[str, Any]]:
    """Return how the cells of each sheet look, by its name; nothing if the file is too unlike what Excel writes."""
    from xlrd import open_workbook

    try:
        book = open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=StringIO())
        fonts = [_look_of_font(font, book.colour_map) for font in book.font_list]
        styles = [_look_of_style(style, book) for style in book.xf_list]
        looks = {sheet.name: _looks_of_sheet(sheet) for sheet in book.sheets()}
    except Exception:  # noqa: BLE001 - it raises whatever its code meets in a file that it does not expect
        return {}
    painted = bool(_CONDITIONS.search(data))
    return {name: look | {"fonts": fonts, "styles": styles, "painted": painted} for name, look in looks.items()}


def _look_of_font(font: Any, colours: Any) -> dict[str, Any]:
    """Return what a font looks like; the usual colour has no number."""
    usual = font.colour_index == _USUAL_COLOUR
    return {
        "struck": bool(font.struck_out),
        "shift": font.escapement,
        "size": font.height,
        "colour": None if usual else [font.colour_index, colours.get(font.colour_index)],
    }


def _look_of_style(style: Any, book: Any) -> dict[str, Any]:
    """Return what the style of a cell looks like: its font, what it is filled with, how it is turned, its format."""
    ground = style.background
    number = ground.pattern_colour_index
    form = book.format_map.get(style.format_key)
    return {
        "font": style.font_index,
        "fill": [number, book.colour_map.get(number)] if ground.fill_pattern == 1 else None,
        "pattern": ground.fill_pattern > 1,
        "turned": style.alignment.rotation,
        "format": form.format_str if form else "",
    }


def _looks_of_sheet(sheet: Any) -> dict[str, Any]:
    """Return the style of each cell by row, the fonts of parts of texts, and the rows and columns that are hidden."""
    return {
        "cells": [[cell.xf_index for cell in sheet.row(row)] for row in range(sheet.nrows)],
        "runs": [[*place, runs] for place, runs in sheet.rich_text_runlist_map.items()],
        "rows": [row for row, info in sheet.rowinfo_map.items() if info.hidden],
        "columns": [column for column, info in sheet.colinfo_map.items() if info.hidden],
    }


def _text_of(value: Any) -> str | float:
    """Return a cell's value as it is shown, numbers as they are."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == clock() else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, clock):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return str(value)
    return value if isinstance(value, (int, float)) else str(value)


if __name__ == "__main__":
    main(int(sys.argv[1]))
