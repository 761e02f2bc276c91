"""Pages that are printed side by side on a sheet are read one after the other."""

import pypdfium2
import pytest
from pypdfium2 import raw
from support.pdf_files import grid, lines, pdf, running, text

from dcat_hk.core.limits import Limits
from dcat_hk.reading.documents import Row, read_bytes

XS = (40, 90, 200, 400, 560)
HEADER = ("No.", "Category", "Title", "Date")


def page(first, count, ruled=True):
    """Return the commands that draw a page with a table of numbered rows under its header."""
    rows = [HEADER, *((str(first + row), "Transport", f"Vessels {first + row}", "9/2025") for row in range(count))]
    words = "".join(
        text(x + 4, 346 - 20 * row, cell) for row, cells in enumerate(rows) for x, cell in zip(XS, cells, strict=False)
    )
    ends = grid(XS, [360 - 20 * row for row in range(len(rows) + 1)])
    return words + (lines(*ends) if ruled else "")


def printed(across, down, *pages, size=(1200, 400)):
    """Return the document read from a PDF with several pages on each sheet."""
    source = pypdfium2.PdfDocument(pdf(*pages))
    sheets = raw.FPDF_ImportNPagesToOne(source.raw, *size, across, down)
    target = pypdfium2.PdfDocument(sheets)
    chunks = []
    target.save(type("Buffer", (), {"write": lambda _self, data: chunks.append(bytes(data)) or len(data)})())
    target.close()
    source.close()
    return read_bytes(b"".join(chunks), "plan.pdf", Limits())


def numbers(document):
    """Return the first cells of a document's rows."""
    rows = [block for block in document.blocks if isinstance(block, Row)]
    return [document.slice(row.cells[0][0].span) for row in rows]


@pytest.mark.parametrize(("across", "down", "size"), [(2, 1, (1200, 400)), (2, 2, (600, 400)), (2, 2, (1200, 800))])
def test_pages_on_a_sheet_are_read_one_after_the_other(across, down, size):
    """Two and four pages on a sheet, with rules, come in the order of their numbers."""
    document = printed(across, down, page(1, 12), page(13, 12), page(25, 12), page(37, 3), size=size)
    assert [number for number in numbers(document) if number != "No."] == [str(number) for number in range(1, 40)]


@pytest.mark.parametrize("down", [1, 2])
def test_pages_without_rules_are_read_one_after_the_other(down):
    """Where no rules are, columns that begin at the same places of both halves tell the pages."""
    document = printed(2, down, *(page(first, 12, ruled=False) for first in (1, 13, 25, 37)))
    firsts = [line.split("|")[0] for line in running(document)]
    assert [number for number in firsts if number != "No."] == [str(number) for number in range(1, 49)]


def test_a_row_that_goes_on_on_the_other_half_of_a_sheet_is_whole():
    """A merged cell and the columns of a table go on from the left half to the right one."""
    document = printed(2, 1, page(1, 12), page(13, 5))
    widths = {len(block.cells) for block in document.blocks if isinstance(block, Row)}
    assert widths == {4}
    lines = [block.cells[0][0].span.line for block in document.blocks if isinstance(block, Row)]
    assert lines == sorted(lines)
    assert document.places[lines[0]] == "page 1, line 1"
    assert document.places[lines[-1]] == "page 1, line 19"


def test_a_table_over_the_middle_of_a_sheet_is_one_page():
    """A table whose columns stand on both sides of an empty middle, but not at the same places, is one."""
    xs = (40, 150, 240, 310, 400, 500)
    shown = [[f"{column}{row}" for column in "abcdef"] for row in range(8)]
    words = "".join(
        text(x, 350 - 20 * row, cell) for row, cells in enumerate(shown) for x, cell in zip(xs, cells, strict=True)
    )
    assert [line.split("|") for line in running(read_bytes(pdf(words), "plan.pdf", Limits()))] == shown


def test_words_on_the_middle_of_a_sheet_make_it_one_page():
    """What is written over the middle shows that the sheet holds one page, though its sides are alike."""
    sheet = page(1, 3, ruled=False).replace("560", "260")
    title = text(250, 390, "A title in the middle of the page")
    document = read_bytes(pdf(title + sheet), "plan.pdf", Limits())
    assert running(document)[1] == "No.|Category|Title|Date"
