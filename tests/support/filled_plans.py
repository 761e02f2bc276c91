"""Fills in the empty plans that the program writes, as officers do with their office programs."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import docx
import openpyxl

from dcat_hk.core.vocabularies import load
from dcat_hk.drafting.template import PlanTemplate
from dcat_hk.drafting.template_sheet import write_excel_template
from dcat_hk.drafting.template_word import write_word_template

WRITERS = {"docx": write_word_template, "xlsx": write_excel_template}
#: Months of the sections of a plan for 2026 to 2028.
_MONTHS = ("03/2026", "05/2027", "06/2028", "02/2020")
_WORDS = {
    "en": ("Tide tables", "Heights of the tide"),
    "zh-Hant": ("潮汐表", "潮汐高度"),
    "zh-Hans": ("潮汐表", "潮汐高度"),
}
_ORGANISATION = "hospital"


def rows_of(template: PlanTemplate, count: int = 2) -> dict[int, list[list[str]]]:
    """Return rows to put into the tables of a template, by the number of the table, every choice in turn."""
    title, description = _WORDS[template.language]
    rows: dict[int, list[list[str]]] = {}
    turn = 0
    for number, table in enumerate(template.tables):
        for position in range(count):
            values = {name: choices[turn % len(choices)] for name, choices in template.choices.items()}
            values |= {"number": str(position + 1), "name": f"{title} {turn}", "description": description}
            values |= dict.fromkeys(("target", "released"), _MONTHS[number // 2])
            values["organisation"] = load().organisations[_ORGANISATION].label(template.language)
            rows.setdefault(number, []).append([values[column] for column in table.columns])
            turn += 1
    return rows


def fill_word(data: bytes, rows: Mapping[int, Sequence[Sequence[str]]]) -> bytes:
    """Return a Word file with rows in its tables, from the row below the header on."""
    document = docx.Document(io.BytesIO(data))
    for number, table_rows in rows.items():
        for row, texts in zip(document.tables[number].rows[1:], table_rows, strict=False):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return _saved(document)


def fill_excel(data: bytes, rows: Mapping[int, Sequence[Sequence[str]]]) -> bytes:
    """Return an Excel file with rows in its tables, from the row below the header on."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    heads = [line for line in range(1, sheet.max_row) if sheet.cell(line, 5).value and not _is_row(sheet, line)]
    for number, table_rows in rows.items():
        for line, texts in enumerate(table_rows, heads[number] + 1):
            for column, text in enumerate(texts, 1):
                sheet.cell(line, column).value = text
    return _saved(book)


def _is_row(sheet: Any, line: int) -> bool:
    """Tell whether a line of a sheet has a number."""
    return str(sheet.cell(line, 1).value).isdecimal()


FILLERS = {"docx": fill_word, "xlsx": fill_excel}


def _saved(file: Any) -> bytes:
    """Return what an office program writes."""
    held = io.BytesIO()
    file.save(held)
    return held.getvalue()
