"""What is crossed out, hidden or stamped does not count, and raised signs point to notes."""

import random

import pytest
from support.made_documents import HEADER, Wide, fields, make_document, read_made, read_table_of_plan
from support.plan_readings import codes, leftovers

from dcat_hk.reading.documents import Row
from dcat_hk.reading.parsing.appearance import settle_appearance
from dcat_hk.reading.parsing.ledger import Claims, text_of

ROW = ["1", "Transport", "Arrivals", "By anchorage (CSV)", "09/2025", "Daily"]


def with_cell(place: int, text: str) -> list[str]:
    """Return a row with another text in one cell."""
    return [text if i == place else cell for i, cell in enumerate(ROW)]


def test_struck_text_is_left_out_and_told_once():
    """Old words beside new ones are claimed as notes; one finding for the table names them."""
    row = ["{struck:2}1", "Transport", "Vessel {struck:and boat }arrivals", "CSV", "{struck:03/2025} 09/2025", "Daily"]
    reading = read_table_of_plan(row)
    assert fields(reading, "number", "title", "date") == [(1, "Vessel arrivals", "2025-09")]
    (finding,) = reading.findings
    assert (finding.code, finding.values["count"]) == ("struck-text", "3")
    assert "and boat" in finding.message()
    assert reading.ledger.accounted["note"] == 1 + 7 + 7 + len("December2024")
    assert leftovers(reading) == []


def test_parts_of_a_word_around_struck_letters_are_one_word():
    """What stood directly before and behind it is joined without a blank."""
    assert fields(read_table_of_plan(with_cell(2, "Arr{struck:rr}ivals at {struck:all }piers")), "title") == [
        ("Arrivals at piers",)
    ]
    assert fields(read_table_of_plan(with_cell(2, "各區{struck:漁船}碇泊處")), "title") == [("各區碇泊處",)]


@pytest.mark.parametrize(
    "row",
    [
        [f"{{struck:{cell}}}" for cell in ROW],
        ["2", *(f"{{struck:{cell}}}" for cell in ROW[1:])],
        ["{struck:2}", "{struck:Transport}", "{struck:Gone}", "", "09/2025", "Daily"],
        [f"{{hidden:{cell}}}" for cell in ROW],
        ["2", *(f"{{hidden:{cell}}}" for cell in ROW[1:])],
        ["{struck:2}", "{hidden:Transport}", "{struck:Gone}", "{struck:CSV}", "{struck:09/2025}", "{struck:Daily}"],
    ],
)
def test_a_row_that_is_withdrawn_is_not_published(row):
    """All cells, all but the number, or number and name crossed out: the row goes, and nothing of it joins another."""
    reading = read_table_of_plan(ROW, row)
    assert fields(reading, "number", "title", "date") == [(1, "Arrivals", "2025-09")]
    assert set(codes(reading)) <= {"struck-text", "hidden-text"}
    assert codes(reading)
    assert leftovers(reading) == []


def test_a_merged_cell_of_a_withdrawn_row_holds_for_the_others():
    """Where the first of three merged rows goes, the category stays with the other two."""
    gone = [f"{{struck:{cell}}}" for cell in ROW]
    rows = [
        [gone[0], Wide("Transport", rows=3), *gone[2:]],
        ["2", "", "Departures", "CSV", "10/2025", "Daily"],
        ["3", "", "In port", "CSV", "11/2025", "Daily"],
        ["4", "Environment", "Buoys", "CSV", "11/2025", "Daily"],
    ]
    assert fields(read_table_of_plan(*rows), "number", "category") == [
        (2, "Transport"),
        (3, "Transport"),
        (4, "Environment"),
    ]


def test_a_merged_cell_over_a_withdrawn_row_ends_where_it_ended():
    """A row that goes is not counted among those that a cell reaches over."""
    rows = [
        ["1", Wide("Transport", rows=2), "Arrivals", "CSV", "10/2025", "Daily"],
        ["{struck:2}", "", *(f"{{struck:{cell}}}" for cell in ROW[2:])],
        ["3", "", "Buoys", "CSV", "11/2025", "Daily"],
    ]
    assert fields(read_table_of_plan(*rows), "number", "category") == [(1, "Transport"), (3, "")]


def test_stamps_and_hidden_lines_are_left_out():
    """A stamp between the rows and a hidden line above them are told; neither joins a row or a heading."""
    reading = read_made(
        "{stamp:DRAFT}",
        "Marine Department",
        "Annual Open Data Plan for {hidden:2019 to }2025 to 2027",
        "A. Departmental datasets to be released in 2025",
        [HEADER, ROW],
        "{stamp:DRAFT}",
        [HEADER, ["2", *ROW[1:]]],
        "December 2024",
    )
    assert reading.require().years == (2025, 2027)
    assert fields(reading, "number", "description") == [(1, "By anchorage (CSV)"), (2, "By anchorage (CSV)")]
    assert set(codes(reading)) == {"stamped-text", "hidden-text", "repeated-title"}
    assert leftovers(reading) == []


@pytest.mark.parametrize("sign", ["1", "12", "*", "#", "†", "‡", "(1)", "[2]", "註1", "註", "a", "1,2", "*#", "Note 3"])
def test_raised_signs_are_no_part_of_values(sign):
    """On names, categories, dates, frequencies and labels a raised sign points to a note."""
    raised = f"{{raised:{sign}}}"
    header = [[*HEADER[:2], f"Name of Dataset{raised}", *HEADER[3:]]]
    row = [ROW[0], *(cell + raised for cell in ROW[1:])]
    reading = read_table_of_plan(row, header=header)
    assert fields(reading, "category", "title", "description", "date", "frequency", "formats") == [
        ("Transport", "Arrivals", "By anchorage (CSV)", "2025-09", "DAILY", ("CSV",))
    ]
    assert codes(reading) == ["raised-mark"]
    assert leftovers(reading) == []


def test_a_raised_sign_on_a_number_is_not_a_digit_of_it():
    """Row 2 with the sign 2 is row 2, not row 22."""
    assert fields(read_table_of_plan(ROW, ["2{raised:2}", *ROW[1:2], "Departures", *ROW[3:]]), "number") == [(1,), (2,)]


def test_raised_signs_on_headings_are_left_out():
    """Title and section headings are read as without them."""
    reading = read_made(
        "Marine Department{raised:*}",
        "Annual Open Data Plan for 2025 to 2027{raised:1}",
        "A. Departmental datasets to be released in 2025{raised:2}",
        [HEADER, ROW],
        "December 2024",
    )
    plan = reading.require()
    assert (plan.bureau, plan.plan_title, plan.years) == (
        "Marine Department",
        "Annual Open Data Plan for 2025 to 2027",
        (2025, 2027),
    )
    assert fields(reading, "section") == [("A",)]


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("Area in km{raised:2} (CSV)", "Area in km2 (CSV)"),
        ("Area in m{raised:2}", "Area in m2"),
        ("Volume in 立方米 or m{raised:3}", "Volume in 立方米 or m3"),
        ("面積（平方公里{raised:2}）", "面積（平方公里2）"),
        ("The 1{raised:st} and 12{raised:th} floor", "The 1st and 12th floor"),
        ("10 x 10{raised:6} calls", "10 x 106 calls"),
        ("Ions of SO{lowered:4}{raised:2-}", "Ions of SO42-"),
        ("PM{lowered:2.5} and CO{lowered:2}", "PM2.5 and CO2"),
        ("Water at 25{raised:o}C", "Water at 25oC"),
        ("Fit R{raised:2}", "Fit R2"),
        ("Wi-Fi{raised:TM}", "Wi-FiTM"),
        ("typed {typed:in} and {turned:turned}", "typed in and turned"),
        ("Area in km²", "Area in km²"),
        ("Area in km{raised:2} of slopes{raised:1}", "Area in km2 of slopes"),
    ],
)
def test_raised_text_of_units_and_formulas_is_part_of_the_value(marked, text):
    """Squares, powers, ordinals, charges, degrees and names stay, as does lowered text."""
    for place, name in ((2, "title"), (3, "description")):
        assert fields(read_table_of_plan(with_cell(place, marked)), name) == [(text,)]


def test_raised_digits_that_are_characters_of_their_own_are_signs_too():
    """¹ and ² are signs of notes like raised figures."""
    reading = read_table_of_plan(
        with_cell(2, "Arrivals¹"), ["2²", "Transport", "Departures", "", "09/2025⁽¹⁾", "Daily"]
    )
    assert fields(reading, "number", "title", "date") == [(1, "Arrivals", "2025-09"), (2, "Departures", "2025-09")]


def test_a_line_that_begins_with_a_raised_sign_is_a_note():
    """Below the table it explains the sign, and no row goes on in it."""
    reading = read_made(
        "Marine Department",
        "Annual Open Data Plan for 2025 to 2027",
        "A. Departmental datasets to be released in 2025",
        [
            HEADER,
            with_cell(2, "Arrivals{raised:1}"),
            [Wide("{raised:2} Figures are provisional.", columns=6), *[""] * 5],
        ],
        "{raised:1} Without pleasure craft.",
        "December 2024",
    )
    assert fields(reading, "title", "frequency") == [("Arrivals", "DAILY")]
    assert reading.require().dated == "2024-12"
    assert leftovers(reading) == []


def test_a_cell_that_is_nothing_but_raised_stays():
    """A number printed small and high is the number of its row."""
    assert fields(read_table_of_plan(["{raised:1}", *ROW[1:]]), "number") == [(1,)]


def test_a_sign_on_a_line_of_its_own_belongs_to_the_line_above():
    """A reader of pages may give raised figures lines of their own: those of units stay, those of notes go."""
    row = with_cell(3, "Area in km\n{raised:2}\nof slopes\n{raised:1}")
    assert fields(read_table_of_plan(row), "description") == [("Area in km 2 of slopes",)]


def test_text_that_another_program_recognised_is_marked():
    """The text counts, and one finding asks to check it."""
    reading = read_table_of_plan([f"{{recognised:{cell}}}" for cell in ROW])
    assert fields(reading, "title") == [("Arrivals",)]
    assert codes(reading) == ["recognised-text"]


def test_a_document_without_marks_stays_as_it_is():
    """Nothing is copied where there is nothing to decide."""
    document = make_document("a", [["b", "c"]])
    assert settle_appearance(document, Claims(document)) == (document, [])


def test_positions_stay_valid():
    """What is left out is blank in the lines, and cells have fragments around it."""
    document = make_document([["a{struck:bc}d", "e"]])
    seen, _findings = settle_appearance(document, Claims(document))
    assert seen.lines[0] == "a  d"
    (row,) = seen.blocks
    assert isinstance(row, Row)
    assert [text_of(seen, cell) for cell in row.cells] == ["ad", "e"]


CELLS = [*ROW, *HEADER, "", "", "2", "Harbour Fund", "Transport / Departures", "N/A", "Note: x", "(MM/YYYY)", "Ms Chan"]
KINDS = ["struck", "raised", "hidden", "stamp", "lowered", "turned", "typed", "recognised"]


@pytest.mark.parametrize("seed", range(40))
def test_documents_with_any_marks_and_merged_cells_are_accounted_for(seed):
    """Cells that reach anywhere, marks on any stretch and rows in any order balance and stop nothing."""
    chance = random.Random(seed)

    def cell(text: str) -> str | Wide:
        if text and chance.random() < 0.3:
            start = chance.randrange(len(text))
            end = chance.randrange(start, len(text)) + 1
            text = f"{text[:start]}{{{chance.choice(KINDS)}:{text[start:end]}}}{text[end:]}"
        wide = chance.random() < 0.3
        return Wide(text, chance.randrange(1, 7), chance.randrange(1, 5)) if wide else text

    def table() -> list[list[str | Wide]]:
        header = [HEADER] if chance.random() < 0.8 else []
        rows = [chance.choices(CELLS, k=6) if chance.random() < 0.6 else [*ROW] for _ in range(chance.randrange(1, 9))]
        rows = [["" if chance.random() < 0.3 else text for text in row] for row in rows]
        return [[cell(text) for text in row] for row in [*header, *rows, *header, *rows]]

    reading = read_made(
        "Marine {struck:Dept }Department",
        "Annual Open Data Plan for 2025 to 2027",
        "A. Departmental datasets to be released in 2025",
        table(),
        chance.choice(["{raised:1} Note", "Transport", "Others", "{struck:Gone}"]),
        table(),
        "D. Datasets already released",
        table(),
        "December 2024",
    )
    assert reading.ledger.characters == sum(reading.ledger.accounted.values())
