"""Attributes of Excel files are read as the file means them, or as nothing."""

import pytest

from dcat_hk.reading.documents.sheetattributes import column_letters, column_number, is_flat, is_true, number, ranges


@pytest.mark.parametrize("text", ["", "-1", "1.5", "1e9", "9999999999", " 7", None])
def test_what_is_no_sensible_whole_number_is_the_default(text):
    """A number that could not be one of a row, a column or a style is none."""
    assert number(text, 3) == 3


def test_letters_and_numbers_of_columns_are_one_another():
    """Every column of a sheet has letters of its own, in order."""
    letters = [column_letters(column) for column in range(1, 16_385)]
    assert [column_number(each) for each in letters] == list(range(1, 16_385))
    assert letters[25:28] == ["Z", "AA", "AB"]
    assert letters[701:703] == ["ZZ", "AAA"]


@pytest.mark.parametrize(("text", "flat"), [("0", True), ("0.00", True), ("0.01", False), ("10", False), (None, False)])
def test_a_height_of_nought_is_flat(text, flat):
    """A row without a stated height is shown; one of height nought is hidden."""
    assert is_flat(text) is flat


def test_yes_is_said_in_three_ways():
    """Whatever is none of them is no."""
    assert [is_true(text) for text in ("1", "true", "on", "0", "", None)] == [True] * 3 + [False] * 3


def test_ranges_cover_numbers_once():
    """Numbers in any order are ranges from the first to the last of those that follow one another."""
    assert list(ranges([5, 3, 4, 9, 1])) == [(1, 1), (3, 5), (9, 9)]
    assert list(ranges([])) == []
