"""Cells that span columns and rows stand in a grid, whatever the spans, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Budget, Limits
from dcat_hk.reading.documents.document import Extent
from dcat_hk.reading.documents.spans import SpanningCell, merge_columns, place_cells

spans = st.one_of(st.integers(-2, 5), st.sampled_from([1000, 65534, 10**9]))
rows = st.lists(st.lists(st.tuples(spans, spans), max_size=6), max_size=8)


def budget(**limits):
    """Return a budget with some limits."""
    return Budget("plan", Limits(**limits))


@given(rows)
def test_any_spans_give_rows_of_one_width_and_lose_nothing(shape):
    """Every cell stands in the grid once, in its row, in order, whatever it spans."""
    cells = [[SpanningCell((r, c), *span) for c, span in enumerate(row)] for r, row in enumerate(shape)]
    grid = place_cells(cells, budget()).rows
    assert len(grid) == len(shape)
    assert len({len(row) for row in grid}) <= 1
    assert [[c for c in row if c is not None] for row in grid] == [[one.content for one in row] for row in cells]
    assert all(any(row[i] is not None for row in grid) for i in range(len(grid[0]) if grid else 0))


@given(rows)
def test_a_cell_below_a_tall_one_moves_aside(shape):
    """No cell starts in a place that a cell from a row above covers, unless both were forced there."""
    cells = [[SpanningCell((r, c), 1, span[1]) for c, span in enumerate(row)] for r, row in enumerate(shape)]
    grid = place_cells(cells, budget()).rows
    where = {cell: (r, c) for r, row in enumerate(grid) for c, cell in enumerate(row) if cell is not None}
    for r, row in enumerate(cells):
        for one in row:
            top, column = where[one.content]
            for below in range(top + 1, min(top + one.rows, len(grid))):
                assert grid[below][column] is None, (r, one)


def test_spans_of_columns_and_rows():
    """A header over two columns and a cell over two rows leave the places they cover empty."""
    head = [SpanningCell("no", rows=2), SpanningCell("dataset", columns=2), SpanningCell("date", rows=2)]
    assert place_cells(
        [head, [SpanningCell("category"), SpanningCell("name")], [SpanningCell(x) for x in "abcd"]], budget()
    ).rows == [
        ["no", "dataset", None, "date"],
        [None, "category", "name", None],
        ["a", "b", "c", "d"],
    ]


def test_extents_count_places_of_the_grid():
    """A cell reaches over as many columns as begin below it, and no further than the next cell or the last row."""
    wide, tall = SpanningCell("wide", columns=900), SpanningCell("tall", rows=70)
    grid = place_cells([[SpanningCell("a"), wide], [tall, SpanningCell("b"), SpanningCell("c")], [], []], budget())
    assert grid.extents == [(Extent(), Extent(2, 1), Extent()), (Extent(1, 3), Extent(), Extent()), (), ()]
    over = [SpanningCell("d", columns=3, column=0), SpanningCell("e", column=1)]
    assert place_cells([over], budget()).extents == [()]


@given(rows)
def test_cells_of_a_row_never_reach_over_one_another(shape):
    """Whatever the spans, a cell ends before the next of its row and within the table."""
    cells = [[SpanningCell((r, c), *span) for c, span in enumerate(row)] for r, row in enumerate(shape)]
    grid = place_cells(cells, budget())
    for number, (row, extents) in enumerate(zip(grid.rows, grid.extents, strict=True)):
        for place, extent in enumerate(extents):
            assert 1 <= extent.columns <= len(row) - place
            assert 1 <= extent.rows <= len(grid.rows) - number
            assert all(cell is None for cell in row[place + 1 : place + extent.columns])


def test_a_table_of_too_many_cells_is_refused():
    """The cells of the grid count, not those that are written."""
    wide = [[SpanningCell("x", columns=2) for _ in range(50)] for _ in range(50)]
    with pytest.raises(NotAPlan, match="more than 100 cells"):
        place_cells(wide, budget(cells=100))


def test_columns_that_nearly_line_up_are_one():
    """Edges a little apart are one column, but never where a row has cells in both."""
    assert merge_columns([[0, 1, 3], [0, 2, 3]], [0, 100, 104, 300], 10) == {0: 0, 1: 1, 2: 1, 3: 3}
    assert merge_columns([[0, 1, 2]], [0, 100, 104], 10) == {0: 0, 1: 1, 2: 2}
    assert merge_columns([], [0], 10) == {}
