"""What a cell merged downwards says holds for each row that it stands beside."""

import pytest
from support.made_documents import HEADER, Wide, fields, make_document, read_made, read_table_of_plan
from support.plan_readings import codes, leftovers

from dcat_hk.core.place import Place
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import Fragment, Row, Span, read_bytes
from dcat_hk.reading.parsing.ledger import text_of
from dcat_hk.reading.parsing.merged import MergedCells, unite_categories
from dcat_hk.reading.parsing.rows import RawRow

TALL = [
    ["1", Wide("Transport", rows=3), "Arrivals", "CSV", Wide("09/2025", rows=3), Wide("Daily", rows=3)],
    ["2", "", "Departures", "CSV", "", ""],
    ["3", "", "In port", "JSON", "", ""],
    ["4", "Environment", "Buoys", "CSV", "11/2025", "Yearly"],
]


def test_a_merged_cell_holds_for_each_row_beside_it():
    """Category, date and frequency are those of all numbered rows, and the next row has its own."""
    reading = read_table_of_plan(*TALL)
    assert fields(reading, "number", "category", "date", "frequency") == [
        (1, "Transport", "2025-09", "DAILY"),
        (2, "Transport", "2025-09", "DAILY"),
        (3, "Transport", "2025-09", "DAILY"),
        (4, "Environment", "2025-11", "ANNUAL"),
    ]
    assert codes(reading) == []
    assert leftovers(reading) == []


def test_the_ledger_says_where_shared_text_stands_and_for_which_rows_it_holds():
    """Its characters are counted once; the rows below are named with the place it comes from."""
    shared = {one.text: one for one in read_table_of_plan(*TALL).ledger.shared}
    assert set(shared) == {"Transport", "09/2025", "Daily"}
    assert len(shared["Transport"].rows) == 2
    assert shared["Transport"].place.first < shared["Transport"].rows[0].first


def test_names_of_rows_without_numbers_are_enough():
    """In a table without numbers, each row with a name of its own is a dataset that the merged cells hold for."""
    header = ["Category", "Name of Dataset", "Target Release Date", "Update Frequency"]
    rows = [
        [Wide("Transport", rows=2), "Arrivals", Wide("09/2025", rows=2), Wide("Daily", rows=2)],
        ["", "Departures", "", ""],
    ]
    reading = read_table_of_plan(*rows, header=[header])
    assert fields(reading, "title", "category", "date", "group") == [
        ("Arrivals", "Transport", "2025-09", None),
        ("Departures", "Transport", "2025-09", None),
    ]


def test_a_merged_name_with_several_dates_is_one_dataset_in_parts():
    """The parts have the number and name of the first, dates of their own and what is merged over them."""
    rows = [
        [
            Wide("1", rows=2),
            Wide("Transport", rows=2),
            Wide("Arrivals", rows=2),
            "2023 figures",
            "03/2025",
            Wide("Daily", rows=2),
        ],
        ["", "", "", "2024 figures", "09/2025", ""],
    ]
    reading = read_table_of_plan(*rows)
    assert fields(reading, "number", "part", "title", "description", "date", "frequency") == [
        (1, 0, "Arrivals", "2023 figures", "2025-03", "DAILY"),
        (1, 1, "Arrivals", "2024 figures", "2025-09", "DAILY"),
    ]


def test_lines_of_a_description_beside_a_merged_row_stay_one_dataset():
    """Without a date or frequency of its own a row below goes on with the description."""
    rows = [
        [
            Wide("1", rows=2),
            Wide("Transport", rows=2),
            Wide("Arrivals", rows=2),
            "By anchorage",
            Wide("03/2025", rows=2),
            Wide("Daily", rows=2),
        ],
        ["", "", "", "By day (CSV)", "", ""],
    ]
    reading = read_table_of_plan(*rows)
    assert fields(reading, "part", "description", "formats") == [(0, "By anchorage By day (CSV)", ("CSV",))]


def test_numbered_rows_share_a_merged_name():
    """Rows with numbers of their own beside one name are datasets of that name."""
    rows = [
        ["1", "Transport", Wide("Arrivals", rows=2), "By anchorage", "03/2025", "Daily"],
        ["2", "Transport", "", "By day", "04/2025", "Daily"],
    ]
    assert fields(read_table_of_plan(*rows), "number", "title") == [(1, "Arrivals"), (2, "Arrivals")]


def test_rows_under_a_merged_number_have_it():
    """A number merged over names is the number of each, and no row is taken for a heading."""
    rows = [
        [Wide("1", rows=2), Wide("Transport", rows=2), "Arrivals", "", Wide("03/2025", rows=2), Wide("Daily", rows=2)],
        ["", "", "Departures", "", "", ""],
    ]
    reading = read_table_of_plan(*rows)
    assert fields(reading, "number", "title", "date", "group") == [
        (1, "Arrivals", "2025-03", None),
        (1, "Departures", "2025-03", None),
    ]


@pytest.mark.parametrize("rest", [Wide("", rows=2), ""])
def test_a_merged_cell_goes_on_below_a_repeated_header(rest):
    """A page that ends inside a merged cell leaves an empty cell on the next; it holds there, too."""
    rest = rest or Wide("")
    rows = [
        ["1", Wide("Transport", rows=2), "Arrivals", "CSV", "09/2025", "Daily"],
        ["2", "", "Departures", "CSV", "09/2025", "Daily"],
        [*HEADER],
        ["3", rest, "In port", "CSV", "09/2025", "Daily"],
        ["4", "" if rest.rows > 1 else "Environment", "Buoys", "CSV", "09/2025", "Daily"],
    ]
    last = "Transport" if rest.rows > 1 else "Environment"
    assert fields(read_table_of_plan(*rows), "category") == [("Transport",), ("Transport",), ("Transport",), (last,)]


@pytest.mark.parametrize("is_first", [True, False], ids=["below both headers", "below the repeated header"])
def test_a_merged_cell_reaches_over_a_row_that_counts_columns(is_first):
    """A header with a row of letters below it, which are of the header, may be repeated inside of a merged cell."""
    letters = [f"({letter})" for letter in "abcdef"]
    rows = [
        ["1", Wide("Transport", rows=4), "Arrivals", "CSV", "09/2025", "Daily"],
        [*HEADER],
        letters,
        ["2", "", "Departures", "CSV", "09/2025", "Daily"],
        ["3", "Environment", "Buoys", "CSV", "09/2025", "Daily"],
    ]
    reading = read_table_of_plan(*([letters] if is_first else []), *rows)
    assert fields(reading, "category") == [("Transport",), ("Transport",), ("Environment",)]
    assert not codes(reading)


def test_an_empty_cell_that_is_not_merged_stays_empty():
    """Without a merged cell nobody knows what an empty one means."""
    rows = [
        ["1", "Transport", "Arrivals", "CSV", Wide("09/2025", rows=2), "Daily"],
        ["2", "", "Departures", "CSV", "", "Daily"],
    ]
    reading = read_table_of_plan(*rows)
    assert fields(reading, "category", "date") == [("Transport", "2025-09"), ("", "2025-09")]
    assert codes(reading) == ["missing-category"]


def test_nothing_goes_on_in_another_table():
    """A table after a line of text begins anew, even with an empty merged cell at its top."""
    first = [[*HEADER], ["1", "Transport", "Arrivals", "CSV", "09/2025", "Daily"]]
    second = [
        ["No.", "Category", "Name of Dataset", "Target Release Date", "Update Frequency"],
        ["2", Wide("", rows=2), "Departures", "09/2025", "Daily"],
        ["3", "", "In port", "09/2025", "Daily"],
    ]
    reading = read_made(
        "Marine Department",
        "Annual Open Data Plan for 2025 to 2027",
        "A. Departmental datasets to be released in 2025",
        first,
        second,
    )
    assert fields(reading, "category") == [("Transport",), ("",), ("",)]


def test_each_row_is_covered_as_far_as_the_cell_above_reaches():
    """A cell over two rows covers one more; a filled cell ends what is above it."""
    document = make_document([[Wide("a", rows=2), "b"], ["", "c"], ["", "d"]])
    merged = MergedCells()
    covers = [merged.cover(block) for block in document.blocks if isinstance(block, Row)]
    assert [[len(text) for text in row] for row in covers] == [[0, 0], [1, 0], [0, 0]]
    assert covers[1][0][0].shared


def test_a_cell_may_reach_over_a_repeated_header():
    """A reader that puts pages together counts the header of each page among the rows that a cell reaches over."""
    rows = [
        ["1", Wide("Transport", rows=4), "Arrivals", "CSV", "09/2025", "Daily"],
        [*HEADER],
        ["2", "", "Departures", "CSV", "09/2025", "Daily"],
        ["3", "", "In port", "CSV", "09/2025", "Daily"],
        ["4", "", "Buoys", "CSV", "09/2025", "Daily"],
    ]
    assert fields(read_table_of_plan(*rows), "category") == [("Transport",), ("Transport",), ("Transport",), ("",)]


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        (("Community and Social", "Welfare", ""), ["Community and Social Welfare"] * 2 + [""]),
        (("Recreation,", "Sports and", "Culture"), ["Recreation, Sports and Culture"] * 3),
        (("Community and Social", "Transport", ""), ["Community and Social", "Transport", ""]),
        (("Local matters", "of districts", ""), ["Local matters", "of districts", ""]),
    ],
)
def test_lines_of_one_category_beside_several_rows_are_the_category_of_each(beside, expected):
    """Where no borders tell, lines that are a known category only together stand in one cell."""
    text = "\n".join(beside)
    document = read_bytes(text.encode(), "a.txt")
    spans = [Span(number, 0, len(line)) for number, line in enumerate(beside)]
    rows = [
        RawRow(number, 0, None, Place(number, number), {"category": (Fragment(span),) if span.end else ()})
        for number, span in enumerate(spans, 1)
    ]
    vocabularies = load()
    united = unite_categories(document, rows, lambda words: bool(vocabularies.find_category(words)))
    assert [text_of(document, row.cell("category")) for row in united] == expected
