"""A region is lines in parts: under a header each, or on a page of its own."""

import pytest
from support.plan_readings import read

from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing.ledger import Claims
from dcat_hk.reading.parsing.outline import read_outline
from dcat_hk.reading.parsing.positions.regions import place_regions

HEAD = (
    "Transport Department\n\nAnnual Open Data Plan for 2025 to 2027\n\n"
    "A. Departmental datasets to be released in 2025\n\n"
)
HEADER = "No.   Category     Dataset Name    General Description       Release Date   Update Frequency\n"
ROW = "1     Transport    Taxi stands     Names of stands           03/2025        Monthly\n"


def place(text):
    """Return the regions of a plan in their places."""
    document = read_bytes((HEAD + text).encode(), "plan.txt")
    outline = read_outline(document, Claims(document))
    vocabularies = load()
    return place_regions(
        document, outline.regions, lambda text: bool(vocabularies.find_category(text)), frozenset().__contains__
    )


def test_each_header_and_each_page_begins_a_part():
    """A page without a header has a part of its own."""
    (region,) = place(HEADER + ROW + "\f" + HEADER + ROW + "\f" + ROW + ROW)
    assert [(bool(part.header), len(part.lines)) for part in region.parts] == [(True, 1), (True, 1), (False, 2)]
    assert region.is_laid_out


def test_a_line_of_too_many_words_is_left_over():
    """No table has such a line; it is told of, and the rows around it are read."""
    reading = read(
        HEAD + HEADER + ROW + "                                   " + "word " * 700 + "\n" + ROW.replace("1", "2", 1)
    )
    assert [entry.number for entry in reading.require().entries] == [1, 2]
    assert reading.ledger.accounted["leftover"] == 2800
    assert "unassigned-text" in [finding.code for finding in reading.findings]


@pytest.mark.parametrize(
    ("rest", "description", "formats"),
    [
        ("(CSV, JSON)", "Names of stands (CSV, JSON)", ("CSV", "JSON")),
        ("(e.g. urban taxis)", "Names of stands (e.g. urban taxis)", ()),
    ],
)
def test_below_a_header_that_a_page_repeats_goes_on_the_row_that_the_page_cut(rest, description, formats):
    """Also a line that would be part of the first header, such as formats or an example in brackets."""
    cut = " " * HEADER.index("General") + rest + "\n"
    next_row = ROW.replace("1", "2", 1).replace("Taxi stands", "Piers      ")
    reading = read(HEAD + HEADER + ROW + "\f" + HEADER + "\n" + cut + "\n" + next_row)
    first, second = reading.require().entries
    assert (first.title, first.description, first.formats) == ("Taxi stands", description, formats)
    assert second.title == "Piers"
    assert not reading.ledger.accounted["leftover"]
