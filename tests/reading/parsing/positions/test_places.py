"""Where columns of laid-out text stand is known by their header, and shown by what stands below it."""

from support.plan_readings import leftovers, read

HEAD = """Transport Department

Annual Open Data Plan for 2025 to 2027

A. Departmental datasets to be released in 2025

"""


def rows(text):
    """Return what the rows of a table say."""
    reading = read(HEAD + text)
    assert leftovers(reading) == []
    return [
        (entry.number, entry.category, entry.title, entry.description, entry.date, entry.frequency)
        for entry in reading.require().entries
    ]


FIRST = (1, "Transport", "Taxi stands", "Names and places", "2025-03", "MONTHLY")
SECOND = (2, "Transport", "Tunnels", "Flows", "2025-04", "DAILY")


def test_labels_tell_what_stands_below_them_in_any_order():
    """The frequency is what stands below its label, wherever the label is."""
    assert rows(
        "Release Date   Update Frequency   No.   Category     Dataset Name    General Description\n"
        "03/2025        Monthly            1     Transport    Taxi stands     Names and places\n"
        "04/2025        Daily              2     Transport    Tunnels         Flows\n"
    ) == [FIRST, SECOND]


def test_cells_may_begin_beside_their_labels():
    """A label in the middle of its column, over text at its left, is still the label of that text."""
    assert rows(
        "No.    Category       Dataset Name         General Description      Release Date     Update Frequency\n"
        "1    Transport      Taxi stands          Names and places           03/2025            Monthly\n"
        "2    Transport      Tunnels              Flows                      04/2025            Daily\n"
    ) == [FIRST, SECOND]
