"""What a line says as the heading of a section, and which section it opens."""

import pytest

from dcat_hk.core.text import plain
from dcat_hk.reading.recognisers.headings import (
    choose_section,
    drop_tail,
    nearest_heading,
    read_section_heading,
    read_signs,
    read_spatial,
    read_years,
)

ALL = frozenset("ABCD")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("D. 進度：已經上載的數據集", "D"),
        ("C. 其他機構將開放的數據集", "C"),
        ("A. Datasets to be released in 2024", "A"),
    ],
)
def test_a_usual_heading_has_its_letter(text, code):
    """The letter before usual words is the section's code, and it is certain."""
    heading = read_section_heading(plain(text))
    assert (heading.code, heading.lettered) == (code, True)


def test_a_name_of_a_dataset_is_no_heading():
    """Text without the words of a heading opens no section."""
    assert read_section_heading(plain("1. 交通統計數字")) is None


def test_years_of_a_heading_are_all_from_first_to_last():
    """A range of years holds those between, and a pair such as 2024/25 is one year of two."""
    assert read_years("2025至2027年") == ((2025, 2026, 2027), True)
    assert read_years("2024/25") == ((2024, 2025), False)


def test_a_section_that_nothing_tells_is_not_guessed():
    """Without letter and words the order and the date label must leave one section, else there is none."""
    signs = read_signs(plain("雨量"))
    assert choose_section(signs, (2024, 2026), ("C", ""), ALL) == "D"
    assert choose_section(signs, (2024, 2026), ("A", ""), ALL) == ""


def test_the_nearest_heading_of_a_slip_is_the_usual_one():
    """A finding names the heading that a text with a slip is most like."""
    assert nearest_heading("D. Datasets alredy released").startswith("D. ")


@pytest.mark.parametrize("count", [200, 20_000])
@pytest.mark.parametrize("text", ["Datasets to be released in{}2025{}$", "A.{}將於2025年{}發放的數據集{}x", "{}"])
def test_runs_of_blanks_in_a_heading_cost_no_more_than_their_length(text, count):
    """Where a pattern could go back over blanks, this test would not end."""
    blanks = " " * count
    assert read_section_heading(text.format(blanks, blanks, blanks)) is None
    assert drop_tail(text.format(blanks, blanks, blanks)) is not None


@pytest.mark.parametrize("mark", ["", "i", "i ", "I ", "ii", "ii ", "ⅰ. ", "ⅱ. ", "Ⅱ ", "(iii) "])
@pytest.mark.parametrize(("text", "spatial"), [("空間數據", True), ("非空間數據集", False), ("Spatial data", True)])
def test_a_roman_number_needs_no_mark_behind_it(mark, text, spatial):
    """Spatial and other data are headed whether a mark, a blank or nothing stands between number and words."""
    assert read_spatial(plain(mark + text)) is spatial


@pytest.mark.parametrize("text", ["i 空間數據站", "ii 雨量", "iv 空間數據", "1 空間數據"])
def test_other_words_after_a_roman_number_head_nothing(text):
    """A name, and a number that a row could have, are no heading of spatial data."""
    assert read_spatial(plain(text)) is None
