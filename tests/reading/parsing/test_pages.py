"""Heads, feet and numbers of pages belong to no row."""

from support.plan_readings import leftovers, read

COLUMNS = "No.   Category     Dataset Name    General Description       Release Date   Update Frequency\n"


def plan(*pages):
    """Return a plan whose table goes over pages."""
    head = "Transport Department\n\nAnnual Open Data Plan for 2025 to 2027\n\n"
    return head + "A. Departmental datasets to be released in 2025\n\n" + COLUMNS + "\f".join(pages)


def row(number, title):
    """Return a row of the table."""
    return f"{number}     Transport    {title:<16}Names                     03/2025        Monthly\n"


def test_a_running_head_and_page_numbers_are_furniture():
    """A line at the top of several pages and the number at their foot are no part of the rows around them."""
    pages = [row(n, f"Stands {n}") + f"\n{' ' * 40}Page {n}\n" for n in (1, 2, 3)]
    pages[1:] = ["Transport Department plan\n\n" + COLUMNS + page for page in pages[1:]]
    reading = read(plan(*pages))
    assert [(entry.title, entry.description) for entry in reading.require().entries] == [
        (f"Stands {n}", "Names") for n in (1, 2, 3)
    ]
    assert leftovers(reading) == []
    assert reading.ledger.accounted["furniture"] >= len("Page1") * 3


def test_a_line_on_one_page_is_text():
    """What stands at the top of one page only goes on the row above it."""
    last = row(2, "Tunnels") + " " * 35 + "and hours\n"
    (first, second) = read(plan(row(1, "Stands"), last)).require().entries
    assert (first.description, second.description) == ("Names", "Names and hours")


def test_a_cell_can_end_in_the_number_of_its_page():
    """A number inside of a page is text of its cell, though it is that of the page."""
    pages = [
        row(n, "Stands of area") + f"{' ' * 19}{n}\n" + row(n + 4, "Tunnels") + f"\n{' ' * 40}{n}\n" for n in (1, 2)
    ]
    reading = read(plan(*pages))
    titles = [(entry.number, entry.title) for entry in reading.require().entries]
    assert titles == [(1, "Stands of area 1"), (5, "Tunnels"), (2, "Stands of area 2"), (6, "Tunnels")]
    assert reading.ledger.accounted["furniture"] == 2


def test_page_numbers_in_text_without_pages_are_known_by_the_running_head_behind_them():
    """Numbers that count from one on, each before one of the text's first lines, are no rows; nor is the last one."""
    head = "Transport Department\nTransport Department\nAnnual Open Data Plan for 2025 to 2027\n"
    rows = [f"{n} Transport\nStands {n}\nNames\n0{n}/2025 Monthly\n" for n in (1, 2, 3)]
    turns = [f"{n}\nTransport Department\n{COLUMNS}" for n in (1, 2)]
    text = head + "A. Departmental datasets to be released in 2025\n" + COLUMNS
    reading = read(text + rows[0] + turns[0] + rows[1] + turns[1] + rows[2] + "December 2024\n3\n")
    assert [entry.number for entry in reading.require().entries] == [1, 2, 3]
    assert reading.require().dated == "2024-12"
    assert leftovers(reading) == []
