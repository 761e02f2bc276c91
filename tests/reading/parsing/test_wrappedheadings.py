"""Usual headings of sections over one line or some."""

import pytest

from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing.following import FollowingTables
from dcat_hk.reading.parsing.wrappedheadings import match_section

_HEADER = "No.    Category         Name of Dataset        Description          Release Date    Update Frequency"
_ROW = "1      Environment      Stormwater drains      Places, as CSV       05/2019         Annually"


@pytest.mark.parametrize(
    ("lines", "code", "count"),
    [
        (("D. Datasets already released",), "D", 1),
        (("A. Datasets to be released in", "2025"), "A", 2),
        (("B. 在2026及2027年發放", "的部門數據集"), "B", 2),
        (("C. Datasets which will not be released",), "", 1),
        (("Stormwater drains",), None, 0),
    ],
)
def test_a_heading_goes_over_as_many_lines_as_say_it(lines, code, count):
    """The first lines that are a usual heading open a section; what is given up has no code; a title opens nothing."""
    document = read_bytes("\n".join([*lines, _HEADER, _ROW]).encode(), "plan.txt")
    heading = match_section(document, document.blocks, 0, FollowingTables(document, document.blocks))
    assert (heading.code, heading.lines) == (code, count) if code is not None else heading is None
