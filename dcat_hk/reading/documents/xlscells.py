"""
Prints the cells of an old Excel file (.xls) on standard input as JSON, in a process of its own.

The package that reads such files keeps a whole sheet in memory, from its first to its last cell, and knows no limits: a
small file can take all memory. In: a file, and how many cells it may hold. Out: a list of sheets, or `{"error": …}`:
`password`, `cells` or `broken`. It is run as a script by `core.processes.run_confined`, so that it starts fast, and
imports nothing of ours.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, timedelta
from datetime import time as clock
from io import BytesIO
from typing import Any


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
    return sheets


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
