"""Makes Excel and delimited files from text, and Excel files from bare XML, for tests of how they are read."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import openpyxl

from dcat_hk.core.limits import Budget
from dcat_hk.reading.documents import Line, read_bytes
from dcat_hk.reading.documents.plaintext import read_text

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"


def rows_of(path: Path) -> list[list[str]]:
    """Return a text file as rows of a sheet: a cell for a line, and a blank row for a gap."""
    document = read_text(path.read_bytes(), path.name, Budget(path.name))
    rows: list[list[str]] = []
    for block in document.blocks:
        if block.apart:
            rows.append([])
        if isinstance(block, Line):
            rows.append([document.slice(block.span)])
        else:
            rows.append(["\n".join(document.slice(fragment.span) for fragment in cell) for cell in block.cells])
    return rows


def as_xlsx(sheets: dict[str, list[list[object]]], touch=None) -> bytes:
    """Return rows by the names of sheets as an Excel file."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if touch:
        touch(book)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def as_delimited(rows: list[list[str]], sign: str = ",", padded: bool = False, end: str = "\r\n") -> str:
    """Return rows as a spreadsheet exports them; padded rows all have as many cells."""
    width = max(map(len, rows)) if padded else 0
    held = io.StringIO()
    writer = csv.writer(held, delimiter=sign, lineterminator=end)
    writer.writerows(row + [""] * (width - len(row)) for row in rows)
    return held.getvalue()


def as_zip(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return parts as a ZIP file."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return held.getvalue()


def bare_xlsx(
    cells: str, *, strings: str = "", styles: str = "", more: str = "", declared: str = "", state: str = "visible"
) -> bytes:
    """Return an Excel file of one sheet from the XML of its parts."""
    sheet = (
        f'<?xml version="1.0"?>{declared}<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData>{more}</worksheet>'
    )
    kinds = ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")
    related = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{part}"/>'
        for number, (kind, part) in enumerate(kinds)
    )
    return as_zip(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="S" r:id="r0" '
            f'state="{state}"/>'
            "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATED}">{related}</Relationships>',
            "xl/worksheets/sheet1.xml": sheet,
            "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>',
        }
    )


def texts_of(data: bytes, name: str = "plan.xlsx") -> list[object]:
    """Return a document's blocks as texts: a string for a line, a list of cells for a row."""
    document = read_bytes(data, name)
    found: list[object] = []
    for block in document.blocks:
        if isinstance(block, Line):
            found.append(document.slice(block.span))
        else:
            found.append(["\n".join(document.slice(part.span) for part in cell) for cell in block.cells])
    return found
