"""Pieces of cells."""

from dcat_hk.reading.documents import Document, Fragment, Line, Row, Span
from dcat_hk.reading.parsing.shapes.pieces import cut_cell, spans_of, tables_of, text_of_cell

DOCUMENT = Document("a.txt", "", ("Name: Vessel", "arrivals"), ())
CELL = (Fragment(Span(0, 0, 12), True), Fragment(Span(1, 0, 8)))


def test_a_cell_is_cut_across_its_fragments():
    """A stretch of a cell's text is the fragments it covers, in the lines where they stand."""
    assert text_of_cell(DOCUMENT, CELL) == "Name: Vessel\narrivals"
    assert cut_cell(DOCUMENT, CELL, [(5, 21)]) == (Fragment(Span(0, 5, 12)), Fragment(Span(1, 0, 8)))
    assert cut_cell(DOCUMENT, CELL, [(0, 5)]) == (Fragment(Span(0, 0, 5), True),)


def test_blank_pieces_are_left_out():
    """A stretch of blanks makes no fragment."""
    assert cut_cell(DOCUMENT, CELL, [(5, 6)]) == ()


def test_rows_that_stand_together_are_a_table():
    """A gap or a line ends a table."""
    row = Row((CELL,), False)
    blocks = (row, row, row._replace(apart=True), Line(Span(0, 0, 4), True), row)
    assert list(tables_of(Document("a.txt", "", DOCUMENT.lines, blocks))) == [(0, 2), (2, 3), (4, 5)]
    assert list(spans_of([CELL])) == [Span(0, 0, 12), Span(1, 0, 8)]
