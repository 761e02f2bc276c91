"""Rows of laid-out text end where their cells do, also where cells stand in the middle of their rows."""

from support.plan_readings import leftovers, read

HEAD = """Transport Department

Annual Open Data Plan for 2025 to 2027

A. Departmental datasets to be released in 2025

No.   Category     Dataset Name    General Description       Release Date   Update Frequency
"""


def rows(text):
    """Return what the rows of a table say."""
    reading = read(HEAD + text)
    assert leftovers(reading) == []
    return [(entry.number, entry.title, entry.description) for entry in reading.require().entries]


def test_a_row_ends_before_the_next_number():
    """Where numbers stand in first lines, what follows a number is of its row."""
    assert rows(
        "1     Transport    Taxi stands     Names of the stands       03/2025        Monthly\n"
        "                   and ranks       and their places\n"
        "2     Transport    Tunnels         Flows by hour             04/2025        Daily\n"
        "                                   and by lane\n"
    ) == [
        (1, "Taxi stands and ranks", "Names of the stands and their places"),
        (2, "Tunnels", "Flows by hour and by lane"),
    ]


def test_a_line_above_a_number_may_be_of_its_row():
    """Where cells stand in the middle of their rows, a sentence is not cut between two rows."""
    assert rows(
        "                                   Names of the stands,\n"
        "1     Transport    Taxi stands     of the ranks              03/2025        Monthly\n"
        "                                   and their places.\n"
        "                                   Flows by hour,\n"
        "2     Transport    Tunnels         by lane                   04/2025        Daily\n"
        "                                   and by direction.\n"
    ) == [
        (1, "Taxi stands", "Names of the stands, of the ranks and their places."),
        (2, "Tunnels", "Flows by hour, by lane and by direction."),
    ]
