"""Rows whose text is crossed out go, and the reach of cells is counted in rows that stay."""

from support.made_documents import Wide, make_document

from dcat_hk.reading.documents import Extent, Row
from dcat_hk.reading.parsing.withdrawn import LessenedRow, drop_rows


def lessened(row: Row, *gone: int) -> LessenedRow:
    """Return a row of which some cells are crossed out."""
    cells = tuple(() if place in gone else cell for place, cell in enumerate(row.cells))
    return LessenedRow(row, row._replace(cells=cells), frozenset(gone))


def test_rows_stay_unless_number_and_name_are_gone():
    """One crossed-out cell of three is no withdrawal; number and name are, and what is left of the row goes along."""
    document = make_document([["1", "Arrivals", "Daily"]])
    (row,) = document.blocks
    assert isinstance(row, Row)
    assert drop_rows(document, [lessened(row, 2)]).rows != [None]
    kept = drop_rows(document, [lessened(row, 0, 1)])
    assert kept.rows == [None]
    assert [document.slice(span) for span in kept.withdrawn] == ["Daily"]
    assert drop_rows(document, [lessened(row, 1, 2)]).rows == [None]


def test_a_merged_cell_moves_to_the_next_row_that_stays():
    """It reaches over one row less, and the row that begins the table now is apart."""
    document = make_document([["1", Wide("Transport", rows=3)], ["2", ""], ["3", ""]])
    rows = [block for block in document.blocks if isinstance(block, Row)]
    first, second, third = drop_rows(document, [lessened(rows[0], 0), lessened(rows[1]), lessened(rows[2])]).rows
    assert first is None
    assert second is not None
    assert third is not None
    assert second.extents == (Extent(), Extent(1, 2))
    assert second.apart
    assert third.cells[1] == ()
