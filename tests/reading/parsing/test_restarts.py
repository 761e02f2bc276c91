"""Rows that count from 1 again, with dates of another stage, are not of the section above them."""

import pytest
from support.made_documents import HEADER, read_made
from support.plan_readings import codes, read

HEAD = ("Marine Department", "Annual Open Data Plan for 2025 to 2027")


def row(number, title, date):
    """Return a row of a table."""
    return [str(number), "Transport", title, "By month (CSV)", date, "Monthly"]


def told(reading):
    """Return the headings that are said not to be known, with how many rows stand below them."""
    return [(f.values["text"], f.values["count"]) for f in reading.findings if f.code == "unread-heading"]


@pytest.mark.parametrize(
    ("section", "above", "below", "kept"),
    [
        ("A. Datasets to be released in 2025", "03/2025", "04/2016", 2),
        ("D. Datasets already released", "03/2016", "04/2026", 2),
        ("D. Datasets already released", "03/2016", "04/2018", 4),
        ("A. Datasets to be released in 2025", "03/2025", "04/2025", 4),
    ],
)
def test_rows_of_another_stage_below_a_band_are_left_out(section, above, below, kept):
    """A band in words that nobody knows may be a group or a section: where dates are of the other stage it is that."""
    rows = [row(1, "Ferries", above), row(2, "Piers", above), ["Looking around", *[""] * 5]]
    reading = read_made(*HEAD, section, [list(HEADER), *rows, row(1, "Tides", below), row(2, "Buoys", below)])
    assert len(reading.require().entries) == kept
    assert told(reading) == ([("Looking around", "2")] if kept == 2 else [])


TABLE = (
    "Marine Department\n\nAnnual Open Data Plan for 2025 to 2027\n\nA. Datasets to be released in 2025\n\n"
    "No.   Category     Name of Dataset     Description           Target Release Date   Update Frequency\n"
    "1     Transport    Ferries             By month (CSV)        03/2025               Monthly\n"
    "2     Transport    Piers               By month (CSV)        04/2025               Monthly\n\n"
)
LATER = (
    "1     Transport    Tides               By month (CSV)        03/2016               Monthly\n"
    "2     Transport    Buoys               By month (CSV)        04/2016               Monthly\n"
)


@pytest.mark.parametrize("left", [25, 30, 49])
def test_a_heading_that_is_centred_by_hand_is_no_part_of_the_row_above(left):
    """It stands apart, over the edge of columns or where none begins; the name and remark above stay as they are."""
    reading = read(TABLE + " " * left + "Looking back\n\n" + LATER)
    assert [(e.title, e.description) for e in reading.require().entries] == [
        ("Ferries", "By month (CSV)"),
        ("Piers", "By month (CSV)"),
    ]
    assert told(reading) == [("Looking back", "2")]


def test_the_last_line_of_a_row_above_is_no_heading():
    """It stands where the lines of its column begin."""
    reading = read(TABLE + " " * 39 + "and by pier\n\n" + LATER.replace("2016", "2025"))
    assert reading.require().entries[1].description == "By month (CSV) and by pier"
    assert "unread-heading" not in codes(reading)


def test_rows_of_running_text_below_a_strange_heading_are_left_out():
    """A dump of a table without places: the header may come again."""
    header = "No. Category Name of Dataset Target Release Date Update Frequency\n"
    text = "".join(TABLE.splitlines(keepends=True)[:5]) + header
    rows = "1 Transport Ferries 03/2025 Monthly\n2 Transport Piers 04/2025 Monthly\n"
    reading = read(text + rows + "Our first steps\n" + header + rows.replace("2025", "2015"))
    assert [entry.title for entry in reading.require().entries] == ["Ferries", "Piers"]
    assert told(reading) == [("Our first steps", "2")]
