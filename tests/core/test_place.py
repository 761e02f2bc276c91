"""Places in documents: how they are printed, read back and joined."""

import pytest

from dcat_hk.core.place import Place

IN_WORDS = Place(8, 9, "table 2, row 7", "table 3, row 1")


@pytest.mark.parametrize("place", [Place(1, 1), Place(73, 77)])
def test_a_place_in_lines_is_read_back_from_its_locator(place):
    """What a record states as its locator gives the place again."""
    assert Place.parse(str(place)) == place


@pytest.mark.parametrize("locator", ["", "lines 3", "lines 3-4 ", "lines 3-4-5", "plan.txt: lines 3-4", str(IN_WORDS)])
def test_other_locators_are_no_lines(locator):
    """A locator in words, or with anything around the lines, is not read as lines."""
    assert Place.parse(locator) is None


def test_a_join_covers_both_whatever_their_order():
    """The join begins where the first begins and ends where the last ends, also if one lies inside the other."""
    outer, inner = Place(2, 9), Place(4, 5)
    assert outer.join(inner) == inner.join(outer) == outer
    assert Place(7, 8).join(Place(1, 2)) == Place(1, 8)


def test_a_join_keeps_the_words_of_both_ends():
    """The first place's beginning and the last one's end are named in the words of the file."""
    first, last = Place(8, 8, "row 7", "row 7"), Place(9, 9, "row 8", "row 9")
    assert last.join(first) == Place(8, 9, "row 7", "row 9")


def test_json_has_either_lines_or_words():
    """Lines of an invented text are not shown for a file that has none."""
    assert IN_WORDS.as_json() == {"from": "table 2, row 7", "to": "table 3, row 1"}
    assert IN_WORDS.short == "table 2, row 7 to table 3, row 1"
