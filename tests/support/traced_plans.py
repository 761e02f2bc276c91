"""Small plans whose reading is shown step by step: a web page with cells, and a PDF with and without rules."""

from dcat_hk.core.limits import Budget, Limits
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.documents.pdf import read_pages
from dcat_hk.reading.parsing import read_plan
from support.editions import CHINESE
from support.pdf_files import grid, lines, pdf, text
from support.plan_texts import as_tabs
from support.word_and_web_files import as_page

PAGE = as_page(as_tabs(CHINESE))
#: A plan whose second table is under a heading that says no section.
UNTOLD = """渠務署
2024至2026年度開放數據計劃

A. 將於2024年發放的部門數據集

編號\t數據種類\t數據集名稱\t一般說明\t目標發放日期\t更新頻率
1\t環境\t雨水渠\t位置 (CSV)\t03/2024\t每年

數據甲類

編號\t數據種類\t數據集名稱\t一般說明\t發放日期\t更新頻率
1\t環境\t污水渠\t位置 (CSV)\t03/2024\t每年"""
_XS = (40, 80, 240, 330, 430)
_HEADER = ("No.", "Dataset name", "Target date", "Update frequency")
_RELEASED = ("No.", "Dataset name", "Release date", "Update frequency")


def _table(top, *rows):
    """Return the commands that write rows of cells, each 20 points high."""
    return "".join(
        text(x + 4, top - 14 - 20 * place, words)
        for place, row in enumerate(rows)
        for x, words in zip(_XS, row, strict=False)
    )


PDF = pdf(
    text(40, 370, "Hong Kong Observatory", 14)
    + text(40, 350, "Annual Open Data Plan for 2024-2026", 12)
    + text(40, 325, "A. Datasets to be released in 2024")
    + lines(*grid(list(_XS), [250, 270, 290, 310]))
    + _table(
        310,
        _HEADER,
        ("1", "Tide prediction (CSV)", "03/2024", "Daily"),
        ("2", "Lightning & rain (JSON)", "06/2024", "Hourly"),
    ),
    text(40, 370, "D. Datasets already released")
    + _table(
        350,
        _RELEASED,
        ("1", "Rainfall by district (CSV)", "02/2020", "Hourly"),
        ("2", "UV index (CSV)", "05/2021", "Daily"),
        ("3", "Wind at all stations (CSV)", "07/2022", "Monthly"),
    ),
)


def read(data, name):
    """Return the reading of a file's bytes."""
    return read_plan(read_bytes(data, name), load())


def pages(data, name="plan.pdf"):
    """Return the pages of a PDF."""
    return read_pages(data, name, Budget(name, Limits()))
