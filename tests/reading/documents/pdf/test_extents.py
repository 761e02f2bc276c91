"""Cells that reach over columns and rows say so, also where the end of a page cuts them."""

import pytest
from support.pdf_files import lines, pdf, text

from dcat_hk.core.limits import Limits
from dcat_hk.reading.documents import Row, read_bytes

XS = (40, 90, 200, 400, 560)


def drawn(top, rows, cells, xs=XS, height=25):
    """
    Return the commands that draw a table of one page.

    Args:
        top: Where it begins.

        rows: How many rows it has.

        cells: Row, column, words, and how many rows and columns a cell reaches over, counted from 0 where it begins.

        xs: The edges of its columns.

        height: How high a row is.
    """
    owner = {(row, column): (row, column) for row in range(rows) for column in range(len(xs) - 1)}
    for row, column, _words, down, across in cells:
        owner |= {(row + y, column + x): (row, column) for y in range(down) for x in range(across)}
    ends = []
    for (row, column), cell in owner.items():
        y, left, right = top - height * row, xs[column], xs[column + 1]
        if owner.get((row - 1, column)) != cell:
            ends.append((left, y, right, y))
        if owner.get((row, column - 1)) != cell:
            ends.append((left, y, left, y - height))
    bottom = top - height * rows
    ends += [(xs[0], bottom, xs[-1], bottom), (xs[-1], top, xs[-1], bottom)]
    words = "".join(
        text(xs[column] + 4, top - height * row - 15, words) for row, column, words, _down, _across in cells if words
    )
    return lines(*ends) + words


def cell(row, column, words, down=1, across=1):
    """Return a cell as `drawn` takes it."""
    return row, column, words, down, across


def extents(*pages):
    """Return the cells of a PDF's rows that reach over more than one place: row, text, columns and rows."""
    document = read_bytes(pdf(*pages), "plan.pdf", Limits())
    rows = [block for block in document.blocks if isinstance(block, Row)]
    return [
        (number, " ".join(document.slice(part.span) for part in row.cells[place]), *row.extent(place))
        for number, row in enumerate(rows)
        for place in range(len(row.cells))
        if row.extent(place) != (1, 1)
    ]


HEADER = [cell(0, column, words) for column, words in enumerate(("No.", "Category", "Title", "Date"))]


def numbered(first, rows, *others):
    """Return cells of rows with a number and a title."""
    own = [cell(row, 0, str(first + number)) for number, row in enumerate(rows)]
    return [*HEADER, *own, *(cell(row, 2, f"Name {row}") for row in rows), *others]


def test_a_cell_says_over_how_many_rows_and_columns_it_reaches():
    """A category over three rows, a label over two columns and a band over all of them are told by the row's cells."""
    shown = numbered(1, [1, 2, 3], cell(1, 1, "Transport", 3), cell(1, 3, "9/2025"), cell(4, 0, "Harbour", 1, 4))
    assert extents(drawn(380, 5, shown)) == [(1, "Transport", 1, 3), (4, "Harbour", 4, 1)]
    label = [cell(0, 0, "Category and name", 1, 2), cell(0, 2, "Date"), cell(0, 3, "Frequency")]
    assert extents(drawn(380, 2, [*label, cell(1, 0, "1"), cell(1, 1, "Name")])) == [(0, "Category and name", 2, 1)]


def test_rows_without_text_do_not_count():
    """Lines of the grid between which nothing begins are no rows."""
    shown = [*HEADER, cell(1, 0, "1", 2), cell(1, 1, "Transport", 4), cell(1, 2, "Name", 2), cell(3, 2, "Other", 2)]
    assert extents(drawn(380, 5, shown)) == [(1, "Transport", 1, 2)]


@pytest.mark.parametrize(("above", "below"), [(3, 2), (3, 1), (1, 2)])
def test_a_merged_cell_goes_on_over_the_end_of_a_page(above, below):
    """What a page cuts off a merged cell, under the repeated header, is no cell of its own."""
    first = numbered(1, range(1, above + 1), cell(1, 1, "Transport", above))
    second = numbered(above + 1, range(1, below + 2), cell(1, 1, "", below), cell(below + 1, 1, "Education"))
    assert extents(drawn(200, above + 1, first), drawn(380, below + 2, second)) == [
        (1, "Transport", 1, above + 1 + below)
    ]


def test_a_merged_cell_can_go_on_over_a_whole_page():
    """A cell that begins on the first page and ends on the third is one cell."""
    pages = [
        numbered(1, [1, 2], cell(1, 1, "Transport", 2)),
        numbered(3, [1, 2], cell(1, 1, "", 2)),
        numbered(5, [1, 2], cell(1, 1, ""), cell(2, 1, "Education")),
    ]
    assert extents(*(drawn(380, 3, page) for page in pages)) == [(1, "Transport", 1, 7)]


def test_an_empty_cell_at_the_top_of_a_page_can_be_empty():
    """Where no cell of a column is merged, an empty cell of one row is one; so it is behind a cell with text."""
    first = numbered(1, [1, 2], cell(1, 1, "Transport"), cell(2, 1, "Transport"))
    second = numbered(3, [1, 2], cell(1, 1, ""), cell(2, 1, "Education"))
    assert extents(drawn(200, 3, first), drawn(380, 3, second)) == []
    third = numbered(3, [1, 2], cell(1, 1, "Education"), cell(2, 1, ""))
    assert extents(drawn(200, 3, first), drawn(380, 3, third)) == []
