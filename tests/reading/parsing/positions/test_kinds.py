"""A line of a table is part of a row, a heading of rows, a note or page furniture."""

from support.pdf_files import plan_in_columns
from support.plan_readings import leftovers, read

HEAD = """Transport Department

Annual Open Data Plan for 2025 to 2027

A. Departmental datasets to be released in 2025

No.   Category     Dataset Name    General Description       Release Date   Update Frequency
"""
ROW = "1     Transport    Taxi stands     Names of stands           03/2025        Monthly\n"
OTHER = ROW.replace("1", "2", 1)


def read_rows(words):
    """Return the groups of the rows of a table, and what its characters were read as."""
    reading = read(HEAD + words)
    assert leftovers(reading) == []
    return [entry.group for entry in reading.require().entries], reading.ledger.accounted


def test_a_line_at_the_left_that_is_no_number_heads_the_rows_below():
    """It is a group, and never the rest of the row above."""
    groups, _accounted = read_rows(ROW + "\nInnovation and Technology Fund (ITF)\n" + OTHER)
    assert groups == [None, "Innovation and Technology Fund (ITF)"]


def test_a_note_goes_on_over_lines():
    """A line below a note with few stretches is of the note."""
    groups, accounted = read_rows(ROW + OTHER + "Note: All dates may change\nwithout notice.\n")
    assert groups == [None, None]
    assert accounted["note"] > 30


def test_a_line_that_states_nothing_in_most_columns_is_a_note():
    """Such a row says that there are no more datasets."""
    _groups, accounted = read_rows(
        ROW + "      N/A          N/A             N/A                       N/A            N/A\n"
    )
    assert accounted["note"] == 15


def test_a_line_of_a_description_may_be_the_name_of_a_body():
    """It stands right below another line, where descriptions begin: the rows below it are no group."""
    row = "3     Transport    Car parks       Car parks of the          03/2025        Monthly\n"
    rest = " " * 35 + "Housing Department\n"
    groups, _accounted = read_rows(ROW + OTHER + row + rest + ROW.replace("1", "4", 1))
    assert groups == [None] * 4


def test_the_controls_of_a_web_page_are_no_rows():
    """What searches and turns the pages of a table is furniture; a word of a cell that reads like it is not."""
    row = "1     Transport    Results of a    Names                     03/2025        Monthly\n"
    words = "Search:\n" + row + " " * 19 + "Search\n" + OTHER + ROW.replace("1", "3") + "Showing 1 to 3 of 3 entries\n"
    groups, accounted = read_rows(words)
    assert groups == [None] * 3
    assert accounted["furniture"] == len("Search:Showing1to3of3entries")
    assert read(HEAD + words).require().entries[0].title == "Results of a Search"


def test_the_rest_of_a_name_heads_no_rows():
    """A name that ends with a word in brackets, or with a body, on a line of its own is not the heading of the next."""
    xs = (40, 70, 150, 300, 420, 490)
    rows = (
        (330, ("No.", "Category", "Dataset Name", "Description", "Date", "Frequency")),
        (314, ("1", "Transport", "Census of Vehicles: Detailed", "Numbers by district", "03/2025", "Monthly")),
        (302, ("", "", "Report: Lorries [Report]", "", "", "")),
        (284, ("2", "Transport", "Works done for the", "Works by month", "04/2025", "Daily")),
        (272, ("", "", "Highways Department", "", "", "")),
        (254, ("3", "Transport", "Ferries", "Times of sailings", "05/2025", "Daily")),
    )
    entries = read(plan_in_columns(xs, rows), "plan.pdf").require().entries
    assert [(entry.title, entry.group) for entry in entries] == [
        ("Census of Vehicles: Detailed Report: Lorries [Report]", None),
        ("Works done for the Highways Department", None),
        ("Ferries", None),
    ]
