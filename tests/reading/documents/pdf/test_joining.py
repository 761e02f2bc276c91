"""Rows of tables as they stand on pages, and which of them the end of a page cut."""

import pytest
from support.pdf_text import line, table

from dcat_hk.reading.documents.pdf.joining import Cell, cells_of_row, is_broken, is_rest, pieces_of, rows_of, words_of

XS = [50, 90, 170, 290]


def row(*cells, xs=XS):
    """Return the cells of a row by column; a stroke parts lines."""
    made = table(xs, [60, 120], [list(cells)])
    return cells_of_row(made, rows_of(made)[0], range(len(xs) - 1))


def test_cells_of_a_row_stand_in_the_columns_of_the_whole_table():
    """Squares of the page that are one column of the table are one cell, with the lines of all."""
    made = table([50, 90, 98, 170], [60, 90, 120], [["1", "", "甲"], ["2", "", ""]])
    first, second = rows_of(made)
    assert words_of(cells_of_row(made, first, [0, 1, 1])) == ((0, "1"), (1, "甲"))
    assert second == [(1, 0)]
    assert words_of(row("N o.", "數據|集", "")) == ((0, "No."), (1, "數據集"))


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        (["2", "法律及保安統計", ""], ["", "數字", ""], True),
        (["2", "法律", ""], ["", "保安", ""], False),
        (["2", "環境／", ""], ["", "水質", ""], True),
        (["2", "法律及保安統計", ""], ["3", "數字", ""], False),
        (["2", "法律及保安統計", ""], ["", "", "4/2020"], False),
        (["2", "法律及保安統計", "2/2020"], ["", "數字", "3/2020"], False),
    ],
    ids=["full", "short", "open-sign", "number", "other-column", "new-date"],
)
def test_a_row_is_the_rest_of_the_one_above_if_all_its_cells_go_on(above, below, expected):
    """A row with a number, or with a cell that goes on nothing, is a row of its own."""
    assert is_rest(row(*above), row(*below)) is expected


def test_a_word_that_fills_its_cell_to_the_last_letter_is_broken():
    """A Latin word goes on without a blank; wrapped words, lines with room and ideographs do not."""
    full, rest = line("GeoJSO", 0, 10), line("N", 0, 22)
    assert is_broken(full, rest, 33)
    assert not is_broken(full, rest, 60)
    assert not is_broken(line("to the", 0, 10), rest, 33)
    assert not is_broken(line("數據集", 0, 10), line("甲", 0, 22), 33)


def test_pieces_of_a_cell_are_its_lines_with_broken_words_whole():
    """The letters of a broken word are one piece, which knows the lines that it is from."""
    lines = [line("GeoJSO", 0, 10), line("N", 0, 22), line("CSV", 0, 34)]
    for number, one in enumerate(lines):
        one.stretches[0].line = number
    pieces = pieces_of(Cell(lines, 33))
    assert [text for _lines, text in pieces] == ["GeoJSON", "CSV"]
    assert [len(own) for own, _text in pieces] == [2, 1]
