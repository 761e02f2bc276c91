"""
Writes plans as XLSX, CSV, TSV: tools of people who keep plans in a spreadsheet.

In: the blocks of a plan. Out: bytes that depend on nothing else.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from inline import is_marked, runs, typed
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, Side
from source import BULLET, Cell, Cells, Plan, Table, Text, blocks

_FIXED = datetime.datetime(2020, 1, 1)
_THIN = Side(style="thin")


def write_xlsx(plan: Plan, path: Path, one_sheet: bool = True) -> None:
    """
    Write a workbook with everything on one sheet, or one sheet for each section.

    Args:
        plan: What to write.

        path: Where to.

        one_sheet: Whether sections share a sheet; if not, dates are real dates and cells are ruled.
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Plan" if plan.language == "en" else plan.say(["計劃", ""])
    row = 1
    for block in blocks(plan):
        if isinstance(block, Text) and block.kind == "section" and not one_sheet:
            sheet = book.create_sheet(re.sub(r"\W.*", "", block.text) or "D")
            row = 1
        row = _write_block(sheet, row, block, dates=not one_sheet)
    book.properties.created = book.properties.modified = _FIXED
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(repack(buffer.getvalue()))


def _write_block(sheet: Any, row: int, block: Text | Table, dates: bool) -> int:
    """Write one block and return the next free row."""
    if isinstance(block, Text):
        cell = sheet.cell(row, 1, _marked(block.text))
        cell.font = Font(bold=block.kind in {"bureau", "title", "section", "split"})
        return row + (2 if block.kind in {"bureau", "title", "section"} else 1)
    for position, width in enumerate(block.widths):
        sheet.column_dimensions["ABCDEFGH"[position]].width = width * 1.2
    for cells in [*block.headers, *block.rows]:
        _write_cells(sheet, row, cells, dates)
        row += 1
    return row + 1


def _write_cells(sheet: Any, row: int, cells: Cells, dates: bool) -> None:
    """Write one row of a table, merging cells."""
    for column, cell in enumerate(cells, 1):
        place = sheet.cell(row, column)
        place.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
        if cell is None:
            continue
        text = "\n".join(_bulleted(cell))
        place.alignment = Alignment(wrap_text=True, vertical="top")
        month = re.fullmatch(r"(\d{1,2})/(\d{4})", text)
        if month and dates:
            place.value = datetime.date(int(month[2]), int(month[1]), 1)
            place.number_format = "mm/yyyy" if len(month[1]) == 2 else "m/yyyy"
        elif text:
            place.value = int(text) if text.isdecimal() else _marked(text)
        if cell.across > 1 or cell.down > 1:
            last = (row + cell.down - 1, column + cell.across - 1)
            sheet.merge_cells(start_row=row, start_column=column, end_row=last[0], end_column=last[1])


def _marked(text: str) -> str | CellRichText:
    """Return what a cell holds: text, or stretches of it that are crossed out or raised."""
    if not is_marked(text):
        return text
    fonts = {"struck": InlineFont(strike=True), "raised": InlineFont(vertAlign="superscript")}
    return CellRichText(*(TextBlock(fonts[kind], part) if kind else part for part, kind in runs(text)))


def _bulleted(cell: Cell) -> Iterator[str]:
    """Yield a cell's paragraphs with a typed bullet before items of a list."""
    for text in cell.paragraphs:
        yield "• " + text.removeprefix(BULLET) if text.startswith(BULLET) else text


def _unbulleted(cell: Cell) -> Iterator[str]:
    """Yield a cell's paragraphs as they are copied out of a document, which leaves bullets behind."""
    yield from (text.removeprefix(BULLET) for text in cell.paragraphs)


def repack(data: bytes) -> bytes:
    """Return an Office file with fixed times of its members, packed small, without a preview picture."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, True, 9) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2020-01-01T00:00:00Z", content)
            if name == "_rels/.rels":
                content = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", content)
            if name != "docProps/thumbnail.jpeg":
                new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def write_csv(plan: Plan, path: Path) -> None:
    """
    Write what a spreadsheet program saves as CSV: UTF-8 with a mark, CRLF, cells with several lines quoted.

    Args:
        plan: What to write.

        path: Where to.
    """
    buffer = io.StringIO()
    csv.writer(buffer).writerows(_grid(plan, "\n"))
    path.write_bytes(b"\xef\xbb\xbf" + buffer.getvalue().encode())


def write_tsv(plan: Plan, path: Path) -> None:
    """
    Write tables as tab-separated lines; paragraphs of a cell stand on one line.

    Args:
        plan: What to write.

        path: Where to.
    """
    lines = ["\t".join(row) for row in _grid(plan, " ", pad=False)]
    path.write_bytes(("\n".join(lines) + "\n").encode())


def _grid(plan: Plan, between: str, pad: bool = True) -> Iterable[list[str]]:
    """
    Yield the rows of the sheet; without padding, text outside tables stands alone and lists lose their bullets.

    Such a file can neither merge cells nor mark text: values are filled down, what is crossed out is not in it, and
    raised digits are characters of their own.
    """
    width = len(plan.columns) if pad else 1
    texts = _bulleted if pad else _unbulleted
    for block in blocks(plan, merge=False):
        if isinstance(block, Text):
            yield [typed(block.text), *[""] * (width - 1)]
            if block.kind in {"bureau", "title", "section"}:
                yield [""] * width
            continue
        for cells in [*block.headers, *block.rows]:
            row = [between.join(map(typed, texts(cell))) if cell else "" for cell in cells]
            if any(row):
                yield row
        yield [""] * width
