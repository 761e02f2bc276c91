"""Where cells stand in their rows is known of the whole document before a row is read."""

from dataclasses import FrozenInstanceError

import pytest

from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing.ledger import Claims
from dcat_hk.reading.parsing.outline import read_outline
from dcat_hk.reading.parsing.positions.alignment import Alignment, find_alignment
from dcat_hk.reading.parsing.positions.regions import place_regions

HEAD = """Transport Department

Annual Open Data Plan for 2025 to 2027

A. Departmental datasets to be released in 2025

No.   Category     Dataset Name     General Description        Release Date   Update Frequency
"""
MIDDLE = """                                    Names of all the stands
1     Transport    Taxi stands      and of all their places,   03/2025        Monthly
                                    with opening hours (CSV)
                   Tunnels and      Flows by hour, by lane
2     Transport    bridges of the   and by direction, with     04/2025        Daily
                   city             speeds (JSON)
"""
TOP = """1     Transport    Taxi stands      Names of all the stands    03/2025        Monthly
                                    and of all their places,
                                    with opening hours (CSV)
2     Transport    Tunnels and      Flows by hour, by lane     04/2025        Daily
                   bridges          and by direction (JSON)
"""
BOTTOM = """                                    Names of all the stands
                                    and of all their places,
1     Transport    Taxi stands      with opening hours (CSV)   03/2025        Monthly
                                    Flows by hour, by lane
                   Tunnels and      and by direction, with
2     Transport    bridges          speeds (JSON)              04/2025        Daily
"""


def align(text):
    """Return what is known of a plan, looked at twice."""
    document = read_bytes((HEAD + text).encode(), "plan.txt")
    is_category = lambda text: bool(load().find_category(text))  # noqa: E731
    places = place_regions(
        document, read_outline(document, Claims(document)).regions, is_category, frozenset().__contains__
    )
    alignment = find_alignment(places)
    assert find_alignment(places) == alignment
    return alignment


def test_cells_in_the_middle_are_told_from_cells_at_the_top():
    """Looking a second time at the same lines says the same."""
    assert align(MIDDLE).is_middle
    assert not align(TOP).is_middle


def test_cells_of_laid_out_text_are_not_known_to_stand_at_the_bottom():
    """What stood between two lines was written on one of them, which may be the lower one."""
    assert not any(align(text).is_bottom for text in (BOTTOM, MIDDLE, TOP))


def test_texts_of_columns_are_counted():
    """What stands in a column is known by the column's name."""
    assert align(TOP).texts["category",]["Transport"] >= 2


def test_an_alignment_is_frozen():
    """Nothing that reads a table can change it; of no document is anything known."""
    with pytest.raises(FrozenInstanceError):
        align(TOP).middle = 0.0
    assert find_alignment([None]) == Alignment()
