"""Tables with merged cells, and tables that borders and colours show only in part, are read from printed pages."""

import shutil
import subprocess
from html import escape

import pytest

from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
LABELS = ["No.", "Category", "Name of Dataset", "Description", "Target Release Date", "Update Frequency"]
CATEGORIES = ["Transport", "Environment", "Development", "Education"]
#: How the cells of a table are told apart; all of them have the same text.
STYLES = {
    "header-only": "th { border: 1px solid }",
    "upright": "table { border: 1px solid } td, th { border-left: 1px solid } th { border-bottom: 1px solid }",
    "level": "td, th { border-bottom: 1px solid #888 }",
    "every-second": "tbody tr:nth-child(even) { background: #dde } thead { background: #446; color: #fff }",
    "middle": "tbody tr:nth-child(odd) { background: #dde } td { vertical-align: middle }",
    "dashed": "td, th { border: 1px dashed }",
    "double": "td, th { border: 3px double }",
    "apart": "table { border-collapse: separate; border-spacing: 3px } td, th { border: 1px solid }",
    "white": "td, th { border: 1px solid #fff; background: #eee }",
}


def rows(count, group):
    """Return the rows of a table; category, date and frequency are the same for some rows each."""
    return [
        [
            str(number + 1),
            CATEGORIES[number // group % 4],
            f"Vessels and slopes of district {number + 1}",
            f"Number of {'registered ' * (number % 5)}vessels (CSV)",
            f"{number // group % 12 + 1:02}/2025",
            ["Daily", "Monthly", "Yearly"][number // group % 3],
        ]
        for number in range(count)
    ]


def table(shown, merged=()):
    """Return a table as HTML; in some columns, equal cells below one another are one."""
    lines = []
    for index, row in enumerate(shown):
        cells = ""
        for column, cell in enumerate(row):
            if column in merged and index and shown[index - 1][column] == cell:
                continue
            below = [other[column] == cell for other in shown[index:]] + [False]
            span = below.index(False) if column in merged else 1
            cells += f"<td rowspan={span}>{escape(cell)}</td>"
        lines.append(f"<tr>{cells}</tr>")
    header = "".join(f"<th>{label}</th>" for label in LABELS)
    return f"<table><thead><tr>{header}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def printed(folder, body, style, page):
    """Return what is read from the page that a browser prints."""
    sheet = (
        f"@page {{ size: A4 {page}; margin: 15mm }} body {{ font: 10pt 'Liberation Sans' }} td, th {{ padding: 3px }}"
    )
    head = [
        "Marine Department",
        "Annual Open Data Plan for 2025 to 2027",
        "A. Departmental datasets to be released in 2025",
    ]
    foot = ["B. Departmental datasets to be released in 2026 and 2027", "Not applicable", "December 2024"]
    paragraphs = ["".join(f"<p>{line}</p>" for line in lines) for lines in (head, foot)]
    usual = "table { border-collapse: collapse; width: 100% } td, th { padding: 3px } td { vertical-align: top }"
    css = f"{sheet} {usual} {style}"
    html = f"<!DOCTYPE html><meta charset=utf-8><style>{css}</style>{paragraphs[0]}{body}{paragraphs[1]}"
    (folder / "plan.html").write_text(html, encoding="utf-8")
    command = [BROWSER, "--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={folder / 'plan.pdf'}"]
    subprocess.run([*command, (folder / "plan.html").as_uri()], check=True, capture_output=True, timeout=600)
    return read_plan(read_bytes((folder / "plan.pdf").read_bytes(), "plan.pdf"), load())


def cells(reading):
    """Return the rows that were read, as they stand in the table."""
    return [
        [str(e.number), e.category, e.title, e.description, e.date_raw, e.frequency_raw]
        for e in reading.require().entries
    ]


@pytest.mark.skipif(not BROWSER, reason="no browser to print with")
@pytest.mark.parametrize(
    ("style", "page"), [(style, ("portrait", "landscape")[i % 2]) for i, style in enumerate(STYLES)]
)
def test_a_table_that_is_drawn_in_part_is_read(style, page, tmp_path):
    """Whatever is drawn of a table, its rows are read, and no text is left over."""
    shown = rows(24, 5)
    reading = printed(tmp_path, table(shown), STYLES[style], page)
    assert cells(reading) == shown
    assert reading.ledger.accounted["leftover"] == 0


@pytest.mark.skipif(not BROWSER, reason="no browser to print with")
@pytest.mark.parametrize(("group", "page"), [(3, "portrait"), (9, "landscape"), (25, "portrait")])
def test_cells_merged_downwards_over_pages_hold_for_all_their_rows(group, page, tmp_path):
    """Category, date and frequency of a merged cell are those of each of its rows, also on the pages behind."""
    shown = rows(50, group)
    reading = printed(tmp_path, table(shown, (1, 4, 5)), "td, th { border: 1px solid }", page)
    assert cells(reading) == shown
    assert reading.ledger.accounted["leftover"] == 0
