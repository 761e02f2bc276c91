"""What follows a heading: a table, or what stands before one."""

import pytest

from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing.following import FollowingTables, find_known_body

TEXT = """\
D. Datasets already released
No.    Category         Name of Dataset        Description          Release Date    Update Frequency
1      Environment      Stormwater drains      Places, as CSV       05/2019         Annually
Notes
(i) Spatial data
"""


def following(text=TEXT):
    """Return a laid-out text's blocks, and the tables that follow them."""
    document = read_bytes(text.encode(), "plan.txt")
    return document.blocks, FollowingTables(document, document.blocks)


def test_a_header_with_places_follows_a_heading():
    """The header below a heading is a table; a row of it is none."""
    _blocks, tables = following()
    assert [tables.has_table(index) for index in (1, 2)] == [True, False]


def test_a_glance_never_misses_a_table():
    """Wherever a table follows, there may be one at a glance, too; behind the last block there is none."""
    blocks, tables = following()
    indexes = [index for index in range(len(blocks) + 3) if tables.has_table(index)]
    assert indexes
    assert all(tables.can_have_table(index) for index in indexes)
    assert not tables.can_have_table(len(blocks) + 2)


def test_what_stands_behind_the_end_does_not_count():
    """A plan ends before its signature: what is asked for up to an end is not answered from behind it."""
    _blocks, tables = following()
    assert not tables.has_table(1, end=1)
    assert tables.has_table(1, end=2)


@pytest.mark.parametrize(
    ("heading", "name"), [("1. Hong Kong Observatory", "hong kong observatory"), ("1. Stormwater drains", "")]
)
def test_a_known_body_is_found_behind_its_number(heading, name):
    """The name of a body that the vocabulary has is found in a numbered heading; another name is none."""
    assert find_known_body(heading).lower() == name
