"""Bodies of a web table whose cells reach over one another."""

import pytest

from dcat_hk.core.limits import Budget
from dcat_hk.reading.documents.document import Extent, Row
from dcat_hk.reading.documents.html import read_html


def rows_of(*bodies):
    """Return the texts and extents of the rows of a table with bodies."""
    table = "".join(f"<tbody>{body}</tbody>" for body in bodies)
    document = read_html(f"<html><body><table>{table}</table></body></html>".encode(), "a.html", Budget("a.html"))
    rows = [block for block in document.blocks if isinstance(block, Row)]
    return [(["".join(document.slice(each.span) for each in cell) for cell in row.cells], row.extents) for row in rows]


HEAD = "<tr><td>no</td><td>kind</td><td>name</td></tr>"
TALL = "<tr><td>1</td><td rowspan=3>kind</td><td>one</td></tr><tr><td>2</td><td>two</td></tr>"


def test_a_cell_goes_on_over_a_body_whose_row_lacks_its_column():
    """As LibreOffice writes merged cells: the row of the next body is one cell short."""
    _head, first, second, third = rows_of(HEAD, TALL, "<tr><td>3</td><td>three</td></tr>")
    assert [texts for texts, _extents in (first, second, third)] == [
        ["1", "kind", "one"],
        ["2", "", "two"],
        ["3", "", "three"],
    ]
    assert first[1][1] == Extent(1, 3)


@pytest.mark.parametrize("row", ["<tr><td>3</td><td>other</td><td>three</td></tr>", "<tr><td colspan=3>band</td></tr>"])
def test_a_cell_ends_with_its_body_where_the_next_row_is_whole(row):
    """As the standard has it, a cell does not reach into the next body."""
    *_rows, first, _second, third = rows_of(HEAD, TALL, row)
    assert "" not in third[0][:1]
    assert first[1][1].rows == 2


def test_thousands_of_bodies_are_joined_in_time():
    """The work grows with the rows, however many bodies they stand in."""
    bodies = ["<tr><td>1</td><td rowspan=65000>kind</td><td>one</td></tr>"] + ["<tr><td>2</td><td>two</td></tr>"] * 3000
    rows = rows_of(*bodies)
    assert len(rows) == 3001
    assert rows[-1][0] == ["2", "", "two"]
