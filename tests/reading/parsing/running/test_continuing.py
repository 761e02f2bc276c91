"""A row that a page end cuts goes on behind it, if its words show that it does."""

from support.plan_readings import leftovers, read

HEAD = (
    "Care Department\nAnnual Open Data Plan for 2024 to 2026\nD. Departmental datasets already released\n"
    "Item Category Dataset Name Description Data Format Release Date Update Frequency\n"
)
NEXT = ("(2) Health", "Day centres", "Names and hours.", "CSV 08/2016 Monthly")


def rows(*lines):
    """Return what the rows of a table say, and what is left over."""
    reading = read(HEAD + "\n".join(lines) + "\n")
    entries = reading.require().entries
    return [(e.number, e.category, e.title, e.description, e.formats) for e in entries], leftovers(reading)


def test_category_and_description_go_on():
    """What stands behind the page number is put to the cells that are not whole, in their order."""
    above = (
        "(1) Communit",
        "y and",
        "Allocations to",
        "organisations",
        "Names of organisations,",
        "types of services and",
    )
    below = ("Social", "Welfare", "amounts by year.")
    found, left = rows(*above, "CSV 07/2016 Annually", "Page 1", *below, *NEXT)
    assert found[0] == (
        *(1, "Community and Social Welfare", "Allocations to organisations"),
        *("Names of organisations, types of services and amounts by year.", ("CSV",)),
    )
    assert (found[1][2], left) == ("Day centres", [])


def test_formats_and_a_sentence_go_on():
    """A line of formats goes on a column of formats, and a sentence that is not ended goes on a description."""
    found, left = rows("(1) Health", "Clinics", "Names.", "CSV 07/2016 Monthly", "Page 1", "JSON", *NEXT)
    assert (found[0][4], left) == (("CSV", "JSON"), [])
    found, left = rows("(1) Health", "Clinics", "Names, and", "CSV 07/2016 Monthly", "Page 1", "all places.", *NEXT)
    assert (found[0][3], left) == ("Names, and all places.", [])


def test_words_that_may_be_a_heading_are_left_over():
    """Behind a row that is whole a line at the top of a page is no part of it, and not taken for a group."""
    lines = ("(1) Health", "Clinics", "Names and places.", "CSV 07/2016 Monthly", "Page 1", "Residential services")
    found, left = rows(*lines, *NEXT)
    assert [row[3] for row in found] == ["Names and places.", "Names and hours."]
    assert left == ["Residential services"]


def test_the_rest_of_a_category_and_of_a_description_stand_on_one_line():
    """Cells that end beside each other on the next page are parted where the category is known."""
    above = ("(1) Community and", "Social", "Allocations", "Names of organisations, with", "CSV 07/2016 Annually")
    found, left = rows(*above, "Page 1", "Welfare types of services, and", "amounts by year.", *NEXT)
    assert found[0][1:4] == (
        *("Community and Social Welfare", "Allocations"),
        "Names of organisations, with types of services, and amounts by year.",
    )
    assert (found[1][2], left) == ("Day centres", [])
