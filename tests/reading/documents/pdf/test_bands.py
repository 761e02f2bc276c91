"""Things of a page are found by how far down they are."""

from dcat_hk.reading.documents.pdf.bands import Bands


def test_only_what_may_stand_at_a_place_is_found():
    """Of a thousand lines those near the place are given, in order."""
    bands = Bands((10 * number, 10 * number + 8) for number in range(1000))
    near = list(bands.between(5003, 5006))
    assert 500 in near
    assert len(near) < 5
    assert near == sorted(near)


def test_what_reaches_over_the_page_is_found_anywhere():
    """A thing that is very high is among those at every place, and a very high place has all things."""
    bands = Bands([(0, 5), (-1e9, 1e9), (700, 705)])
    assert list(bands.between(350, 351)) == [1]
    assert list(bands.between(-1e9, 1e9)) == [0, 1, 2]


def test_heights_without_a_number_are_borne():
    """A box of a broken file may reach to infinity, or be at no number."""
    bands = Bands([(float("-inf"), float("inf")), (float("nan"), 5), (1, 5)])
    assert 0 in bands.between(2, 3)
    assert list(bands.between(float("nan"), float("inf"))) == [0, 1, 2]
