"""Cells and rows that an author left open end where browsers end them."""

import pytest

from dcat_hk.reading.documents.webtags import close_cells


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>1</td><td>2</td></tr></table>",
        "<p>a < b and <td> c",
        "<table><tr><td>1</td></tr></table><tr><td>",
        "<!-- <table><tr><td> --><td>",
        "<script>'<table><tr><td>'</script><td>",
        '<table><tr><td title="<td>">1</td></tr></table>',
        "<TEXTAREA><table><td></textarea>",
        "",
        "<",
        "<table",
    ],
)
def test_what_is_closed_or_no_table_stays_as_it_is(page):
    """Comments, scripts, attributes and text outside of tables are not touched."""
    assert close_cells(page) == page


@pytest.mark.parametrize(
    ("page", "closed"),
    [
        ("<table><tr><td>1<th>2</table>", "<table><tr><td>1</td><th>2</th></tr></table>"),
        (
            "<table><tr><td>1<tbody><tr><td>2</table>",
            "<table><tr><td>1</td></tr><tbody><tr><td>2</td></tr></table>",
        ),
        (
            "<table><tr><td><table><tr><td>1</table><td>2</table>",
            "<table><tr><td><table><tr><td>1</td></tr></table></td><td>2</td></tr></table>",
        ),
        ("<TABLE><TR><TD>1<TD>2</TABLE>", "<TABLE><TR><TD>1</td><TD>2</td></tr></TABLE>"),
    ],
    ids=["cells", "groups", "nested", "capitals"],
)
def test_a_cell_ends_with_the_next_one_the_row_and_the_table(page, closed):
    """End tags are added before the tag that ends a cell or row, in the table that it stands in."""
    assert close_cells(page) == closed


def test_lines_keep_their_numbers():
    """Only tags are added, so that what a finding says of a line is true of the file."""
    page = "<table>\n<tr>\n<td>1\n<td>2\n</table>\n"
    assert close_cells(page).count("\n") == page.count("\n")


def test_a_quote_left_open_does_not_swallow_the_page():
    """A tag with a lost quotation mark ends at the next sign that can end it."""
    page = '<table><tr><td title="x>1<td>2</table>' + "x" * 20_000
    assert close_cells(page).count("</td>") == 2
