"""Columns of a sheet that are printed on pages of their own stand beside their rows."""

import pytest
from support.pdf_files import lines, pdf, running, text

from dcat_hk.core.limits import Limits
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import Row, read_bytes
from dcat_hk.reading.parsing import read_plan

LABELS = ("No.", "Category", "Name of Dataset", "Description", "Target Release Date", "Update Frequency")
#: How wide columns are, and how many of them are on a page.
WIDTHS = (30, 90, 160, 240, 110, 110)
HEIGHT, ROWS = 14, 25
HEAD = [
    "Marine Department",
    "Annual Open Data Plan for 2025 to 2027",
    "A. Departmental datasets to be released in 2025",
]
FOOT = ["B. Departmental datasets to be released in 2026 and 2027", "Not applicable", "December 2024"]


def sheet(count):
    """Return the rows of a sheet with a plan of so many datasets."""
    rows = [
        (str(n), "Transport", f"Vessels {n}", f"Ships of berth {n} (CSV)", f"{n % 12 + 1:02}/2025", "Daily")
        for n in range(1, count + 1)
    ]
    return [*([line] for line in HEAD), LABELS, *rows, *([line] for line in FOOT)]


def printed(rows, parts, down_first=True, ruled=True):
    """
    Return the PDF of a sheet.

    Args:
        rows: The rows of the sheet.

        parts: The first and the last column of each page from left to right.

        down_first: Whether all pages with the first columns come first.

        ruled: Whether cells of the table have borders.
    """
    pages = {}
    for start in range(0, len(rows), ROWS):
        for across, (first, last) in enumerate(parts):
            commands = "".join(
                _cells(cells, first, last, 380 - HEIGHT * number, ruled)
                for number, cells in enumerate(rows[start : start + ROWS])
            )
            pages[(across, start) if down_first else (start, across)] = commands
    return pdf(*(pages[place] for place in sorted(pages)))


def _cells(cells, first, last, y, ruled):
    """Return the commands that draw what a page shows of a row; numbers stand at the right of their cells."""
    commands, x = "", 30
    for column in range(first, min(last, len(cells))):
        width = WIDTHS[column]
        own = cells[column]
        at = x + width - 3 - 5.56 * len(own) if own.isdecimal() else x + 2
        commands += text(at, y - 11, own)
        if ruled and len(cells) > 1:
            edges = (x, y, x + width, y), (x, y - HEIGHT, x + width, y - HEIGHT)
            commands += lines(*edges, (x, y, x, y - HEIGHT), (x + width, y, x + width, y - HEIGHT))
        x += width
    return commands


def read(data):
    """Return the document of a PDF."""
    return read_bytes(data, "plan.pdf", Limits())


@pytest.mark.parametrize(
    ("parts", "count", "down_first", "ruled"),
    [
        (((0, 3), (3, 6)), 8, True, True),
        (((0, 3), (3, 6)), 30, True, False),
        (((0, 4), (4, 6)), 30, False, True),
        (((0, 4), (4, 6)), 8, False, False),
        (((0, 2), (2, 3), (3, 4), (4, 6)), 8, True, True),
        (((0, 2), (2, 3), (3, 4), (4, 6)), 30, True, True),
        (((0, 2), (2, 4), (4, 6)), 30, False, False),
    ],
)
def test_columns_on_pages_of_their_own_are_those_of_their_rows(parts, count, down_first, ruled):
    """A sheet over two and four pages from left to right, in either order of pages, is read row by row."""
    reading = read_plan(read(printed(sheet(count), parts, down_first, ruled)), load())
    assert [
        (str(e.number), e.category, e.title, e.description, e.date_raw, e.frequency_raw)
        for e in reading.require().entries
    ] == sheet(count)[4:-3]
    assert reading.ledger.accounted["leftover"] == 0


def test_what_was_joined_is_on_its_own_page():
    """Places name the page on which a text is printed."""
    document = read(printed(sheet(3), ((0, 3), (3, 6))))
    row = [block for block in document.blocks if isinstance(block, Row)][1]
    places = [document.places[cell[0].span.line] for cell in row.cells]
    assert places == ["page 1, line 5"] * 3 + ["page 2, line 2"] * 3


def test_pages_with_rows_of_their_own_are_left_alone():
    """Pages with lines at the same heights stay pages if each has numbers or lines that no other has."""
    rows = sheet(70)[3:-3]
    assert len(running(read(printed(rows, ((0, 4),), ruled=False)))) == 71
    above, below = (printed(sheet(3), part, ruled=False) for part in (((0, 3),), ((3, 6),)))
    assert len(running(read(above))) + len(running(read(below))) == 10 + 4
    shifted = text(30, 366, "1") + text(60, 366, "Transport"), text(30, 364, "Ships (CSV)") + text(30, 200, "Daily")
    assert len(running(read(pdf(*shifted)))) == 3
