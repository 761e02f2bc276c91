"""A row of text without cells that shows that lines of two columns were mixed is told."""

import pytest
from support.made_documents import HEADER, read_made
from support.plan_readings import codes, read

HEAD = "Marine Department\nAnnual Open Data Plan for 2025 to 2027\nA. Datasets to be released in 2025\n"
LABELS = (
    "No.   Category     Name of Dataset               Description              Target Release Date   Update Frequency\n"
)


def read_columns(category, title, remark):
    """Return the reading of a text laid out with blanks whose second row has these cells."""
    rows = [("1", "Transport", "Ferries", "Trips by month (CSV)"), ("2", category, title, remark)]
    lines = [f"{n:6}{one:13}{two:30}{three:25}0{n}/2025               Monthly\n" for n, one, two, three in rows]
    return read(HEAD + LABELS + "".join(lines))


@pytest.mark.parametrize(
    "cells",
    [
        ("Transport", "Old trees (by", "Kinds and places"),
        ("Transport", "Street names (CSV)", "Names in both languages"),
        ("Transport,", "Street names", "Names in both languages"),
        ("Transport", "Lists of", "Names of ships"),
    ],
)
def test_a_name_or_category_that_is_cut_is_told(cells):
    """One end of a bracket, formats of the remark beside the name, a comma or a preposition at the end."""
    reading = read_columns(*cells)
    assert reading.require().entries[1].title == cells[1]
    assert [f.place for f in reading.findings if f.code == "unclear-columns"] == [reading.require().entries[1].place]


@pytest.mark.parametrize("name", ["Old trees (by district)", "Trees and parks", "Trees (3D)"])
def test_a_whole_name_is_not_told(name):
    """Brackets with both ends, and words that are not formats."""
    reading = read_columns("Transport", name, "Names in both languages")
    assert reading.require().entries[1].title == name
    assert "unclear-columns" not in codes(reading)


def test_rows_beside_one_without_a_name_are_told():
    """The name that it lacks may have been taken for part of another row."""
    assert told_of([(1, "Ferries"), (2, "Piers"), (3, ""), (4, "Buoys of the harbour")]) == [2, 4]


def test_a_name_that_begins_small_is_told_with_the_row_above():
    """It may go on the name there; names that are written small throughout, or like this, are names."""
    assert told_of([(1, "Ferries"), (2, "Piers"), (3, "licences of boats"), (4, "Buoys")]) == [2, 3]
    assert told_of([(1, "ferries"), (2, "piers"), (3, "boats")]) == []
    assert told_of([(1, "Ferries"), (2, "eHealth"), (3, "e-bikes"), (4, "iAM Smart")]) == []


def told_of(rows):
    """Return which rows of a text laid out with blanks are told to be unclear, by number."""
    lines = [f"{n:<6}Transport    {name:30}{'By month (CSV)':25}03/2025               Monthly\n" for n, name in rows]
    reading = read(HEAD + LABELS + "".join(lines))
    places = {entry.place: entry.number for entry in reading.require().entries}
    return [places[f.place] for f in reading.findings if f.code == "unclear-columns"]


def test_cells_of_a_table_are_what_they_are():
    """Where cells have borders, nothing came between, whatever they say."""
    rows = [list(HEADER), ["1", "Transport", "Old trees (by", "Kinds", "03/2025", "Monthly"]]
    reading = read_made(*HEAD.splitlines(), rows)
    assert "unclear-columns" not in codes(reading)


def test_a_line_with_formats_is_no_group():
    """The rest of two cells that stand on one line between rows, such as in a text that was pulled from a PDF."""
    cells = [f"{n} Health Clinics {n} (CSV) 07/2025 Monthly" for n in range(1, 7)]
    text = "No. Category Name of Dataset Description Target Release Date Update Frequency\n"
    reading = read(HEAD + text + "\n".join([*cells[:3], "Public services by district (XLSX)", *cells[3:]]) + "\n")
    assert not any(entry.group for entry in reading.require().entries)


@pytest.mark.parametrize(
    ("name", "remark", "is_told"),
    [
        ("Ferry piers", "Names and years (CSV)", False),
        ("Marine Department staff", "Numbers by rank (CSV)", True),
        ("Part A examinations", "Numbers by rank (CSV)", True),
        ("December 2024 storms", "Numbers by rank (CSV)", True),
    ],
)
def test_a_name_that_may_end_before_several_words_is_told(name, remark, is_told):
    """In lines in which cells follow one another only a capital tells where the remark begins, if there is just one."""
    labels = "No. Category Name of Dataset Description Target Release Date Update Frequency\n"
    rows = (
        f"1 Transport Ferry trips Trips by month (CSV) 03/2025 Monthly\n2 Transport {name} {remark} 04/2025 Monthly\n"
    )
    reading = read(HEAD + labels + rows)
    assert ("unclear-columns" in codes(reading)) == is_told
