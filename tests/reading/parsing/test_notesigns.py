"""Signs of notes in plain text are no part of names and values where a line below explains them."""

import pytest
from support.plan_readings import codes, leftovers, read

HEAD = ["Marine Department", "Annual Open Data Plan for 2024 to 2026", "", "D. Datasets already released"]
HEADER = ["No.", "Category", "Name of Dataset", "Description", "Release Date", "Update Frequency"]
ROW = {
    "number": "1",
    "category": "Transport",
    "title": "Vessel arrivals",
    "description": "Vessels (CSV)",
    "date_raw": "09/2020",
    "frequency_raw": "Daily",
}
OTHER = "2\tTransport\tBerths\tList (CSV)\t01/2021\tMonthly"
SIGNS = [
    ("*", "* Note: only in harbours"),
    ("#", "# 只限海港"),
    ("^", "^Only in harbours"),
    ("**", "** Only in harbours"),
    ("[3]", "[3] Only in harbours"),
    (" [3]", "[3]: Only in harbours"),
    ("(註1)", "註1：只限海港"),
    (" (Note 1)", "Note 1: Only in harbours"),
    ("*", "Note *: only in harbours"),
    (" [*]", "[*] Only in harbours"),
    (" (Note 1)", "(Note 1) Only in harbours"),
    ("（註1）", "（註1）只限海港"),
    (" *", "*Only in harbours"),
]


def with_tabs(note, **cells):
    """Return a plan whose first row has some cells as given, with a note below its table."""
    return "\n".join([*HEAD, "", "\t".join(HEADER), "\t".join((ROW | cells).values()), OTHER, "", note])


@pytest.mark.parametrize(("sign", "note"), SIGNS)
@pytest.mark.parametrize("field", ["category", "title", "description", "date_raw", "frequency_raw"])
def test_a_sign_that_is_explained_below_is_no_part_of_a_cell(sign, note, field):
    """Values are published without the sign; note and sign are kept as notes, and the sign is told."""
    reading = read(with_tabs(note, **{field: ROW[field] + sign}))
    assert getattr(reading.plan.entries[0], field) == ROW[field]
    assert codes(reading) == ["note-sign"]
    assert leftovers(reading) == []


@pytest.mark.parametrize(("sign", "note"), SIGNS[:-1])
def test_a_sign_is_a_note_in_running_text(sign, note):
    """Text without cells loses no letter but the sign, and the note is none of the last row's."""
    lines = [*HEAD, "No. Category / Name of Dataset Release Date Update Frequency Remarks"]
    lines += [
        f"1. Transport / Vessel arrivals{sign} 09/2020 Daily Vessels (CSV)",
        "2. Transport / Berths 01/2021 Daily",
        note,
    ]
    reading = read("\n".join(line for line in lines if line))
    assert [entry.title for entry in reading.plan.entries] == ["Vessel arrivals", "Berths"]
    assert reading.plan.entries[0].description == "Vessels (CSV)"
    assert "note-sign" in codes(reading)


@pytest.mark.parametrize(
    ("title", "note"),
    [
        ("Vessel arrivals*", "† Only in harbours"),
        ("Vessel arrivals*", ""),
        ("Programs in C#", "Note: only in harbours"),
        ("Results at level 5**", "** Only in harbours"),
        ("Vessels *and* boats", "* Only in harbours"),
        ("Vessel arrivals [3]", "3. Only in harbours"),
    ],
)
def test_a_sign_without_an_explanation_stays_as_printed(title, note):
    """A sign that no line below begins with, and one that is part of a name, is text."""
    reading = read(with_tabs(note, title=title))
    assert reading.plan.entries[0].title == title
    assert "note-sign" not in codes(reading)


def test_a_note_over_all_columns_explains_signs_in_cells():
    """A note that is a row of the table, as in sheets and web pages, explains signs like a line does."""
    cells = "".join(f"<td>{cell}</td>" for cell in (ROW | {"title": "Vessel arrivals*"}).values())
    header = "".join(f"<th>{label}</th>" for label in HEADER)
    others = "".join(f"<td>{cell}</td>" for cell in OTHER.split("\t"))
    page = "".join(f"<p>{line}</p>" for line in HEAD)
    page += f"<table><tr>{header}<tr>{cells}<tr>{others}<tr><td colspan=6>* Only in harbours</table>"
    reading = read(f"<html><body>{page}", "plan.html")
    assert [entry.title for entry in reading.plan.entries] == ["Vessel arrivals", "Berths"]
    assert (codes(reading), leftovers(reading)) == (["note-sign"], [])


@pytest.mark.parametrize("note", ["Note 1: Only in harbours", "註1：只限海港", "(Note 1) Only in harbours"])
@pytest.mark.parametrize("title", ["Vessel arrivals", "Berths of ferries", "船隻抵港資料"])
def test_a_figure_behind_a_word_is_a_sign_where_nothing_is_raised(title, note):
    """Text that lost its raised figures has them behind words; a line below explains them."""
    assert read(with_tabs(note, title=f"{title}1")).require().entries[0].title == title


@pytest.mark.parametrize(
    ("title", "note"),
    [
        ("COVID1", "Note 1: Only in harbours"),
        ("Vessels of type H1", "Note 1: Only in harbours"),
        ("Phase 1", "Note 1: Only in harbours"),
        ("附件1", "註1：只限海港"),
        ("Vessel arrivals2", "Note 1: Only in harbours"),
        ("Vessel arrivals1", "Only in harbours"),
    ],
)
def test_other_figures_are_part_of_names(title, note):
    """Behind capitals, short words, blanks and ideographs that figures count, and without a note, a figure stays."""
    assert read(with_tabs(note, title=title)).require().entries[0].title == title
