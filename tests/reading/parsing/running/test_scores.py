"""What a stretch of text says shows which column it can be of."""

import pytest

from dcat_hk.reading.parsing.running.scores import (
    KNOWN,
    NEVER,
    balanced,
    category_score,
    date_score,
    format_score,
    frequency_score,
    joint_score,
    name_score,
)


@pytest.mark.parametrize(
    ("text", "date", "frequency", "formats"),
    [
        ("10/2016", True, False, False),
        ("2021 年第二季", True, False, False),
        ("每季 (在季度完結後)", False, True, False),
        ("CSV、JSON", False, False, True),
        ("各區雨量讀數", False, False, False),
    ],
)
def test_a_text_fits_the_column_that_it_speaks_for(text, date, frequency, formats):
    """A date is no frequency, a frequency no format, and a sentence none of them."""
    fits = [mark(text) > 0 for mark in (date_score, frequency_score, format_score)]
    assert fits == [date, frequency, formats]


def test_a_known_category_fits_best():
    """A text with an open bracket is no category; an unknown word may be one."""
    marks = [category_score(text, {"氣象"}.__contains__) for text in ("氣象", "雨量", "氣象 (")]
    assert marks[0] == KNOWN > marks[1] > marks[2] == NEVER


def test_a_cell_does_not_begin_in_the_middle_of_a_sentence():
    """A comma, an open bracket and a small letter show that a text goes on."""
    assert all(joint_score(above, below) < 0 for above, below in (("包括、", "水深"), ("(自", "起)"), ("open", "data")))
    assert joint_score("水位", "水深") == 0
    assert not balanced("起)")


def test_a_slash_counts_only_where_the_label_names_categories():
    """In a column of names alone a slash is no better than none."""
    assert name_score("升降機／自動梯", {"氣象"}.__contains__) > name_score(
        "升降機／自動梯", {"氣象"}.__contains__, False
    )
    assert name_score("氣象：雨量", {"氣象"}.__contains__, False) == KNOWN


def test_a_text_of_nothing_but_colons_is_not_looked_at_for_each():
    """A category that stands before a name is found, however long the name is; time grows with the text alone."""
    asked = []

    def is_category(text):
        asked.append(len(text))
        return text == "氣象"

    assert name_score("氣象：雨量" + "：雨量" * 20_000, is_category) == KNOWN
    assert name_score("http://" * 20_000, is_category) < KNOWN
    assert (max(asked) <= 500, len(asked) < 2_000) == (True, True)
