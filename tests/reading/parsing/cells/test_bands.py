"""A band over rows is their category or a group."""

import pytest
from support.made_documents import Wide, fields, read_made, read_table_of_plan
from support.plan_readings import codes, leftovers, read
from support.plan_texts import plan_with

BARE = [["No.", "Name of Dataset", "Description", "Target Release Date", "Update Frequency"]]


def band(text: str, columns: int = 5) -> list[str | Wide]:
    """Return a row of one merged cell."""
    return [Wide(text, columns=columns), *[""] * (columns - 1)]


def row(number: int) -> list[str]:
    """Return a row without a category."""
    return [str(number), f"Dataset {number}", "CSV", "09/2025", "Daily"]


@pytest.mark.parametrize(
    "text",
    [
        "Transport",
        "Transport:",
        "(a) Transport",
        "1. Transport",
        "Category: Transport",
        "III. Category: Transport",
        "(Transport)",
        "【Transport】",
        "[Transport]:",
    ],
)
def test_a_band_that_names_a_category_is_the_category_of_the_rows_below(text):
    """With or without a number, a label and a colon, until the next band."""
    reading = read_table_of_plan(band(text), row(1), row(2), band("Environment"), row(3), header=BARE)
    assert fields(reading, "category", "group") == [("Transport", None), ("Transport", None), ("Environment", None)]
    assert codes(reading) == []
    assert leftovers(reading) == []


def test_a_band_need_not_be_merged():
    """A row with a category alone is a band, whichever cell it stands in."""
    reading = read_table_of_plan(
        ["", "Transport", "", "", ""], row(1), ["Environment", "", "", "", ""], row(2), header=BARE
    )
    assert fields(reading, "category", "group") == [("Transport", None), ("Environment", None)]


def test_the_letter_of_a_band_may_have_a_cell_of_its_own():
    """A letter in the column of numbers is not part of the category."""
    reading = read_table_of_plan(
        ["A", "Transport", "", "", ""], row(1), ["B.", "Environment", "", "", ""], row(2), header=BARE
    )
    assert fields(reading, "category", "group") == [("Transport", None), ("Environment", None)]
    assert leftovers(reading) == []


def test_another_band_is_a_group():
    """What is none of the categories is a group of the rows below; one that follows rows ends the category."""
    reading = read_table_of_plan(band("Transport"), row(1), band("Harbour Fund"), row(2), header=BARE)
    assert fields(reading, "category", "group") == [("Transport", None), ("", "Harbour Fund")]


def test_groups_directly_below_a_category_stand_inside_of_it():
    """The category holds for all of them; another category ends both."""
    reading = read_table_of_plan(
        band("Transport"),
        band("Harbour Fund"),
        row(1),
        band("Pier Fund"),
        row(2),
        band("Environment"),
        row(3),
        header=BARE,
    )
    assert fields(reading, "category", "group") == [
        ("Transport", "Harbour Fund"),
        ("Transport", "Pier Fund"),
        ("Environment", None),
    ]


def test_rows_with_categories_of_their_own_are_only_grouped_by_a_band():
    """Where the column of categories is filled, the band is a group even if it is named like a category."""
    rows = [band("Transport", 6), ["1", "Environment", "Air", "CSV", "09/2025", "Daily"]]
    assert fields(read_table_of_plan(*rows), "category", "group") == [("Environment", "Transport")]


def test_a_band_fills_a_column_of_categories_that_is_empty():
    """The column is there, but nothing stands in it below the band."""
    rows = [band("Transport", 6), ["1", "", "Arrivals", "CSV", "09/2025", "Daily"]]
    reading = read_table_of_plan(*rows)
    assert fields(reading, "category", "group") == [("Transport", None)]
    assert codes(reading) == []


def test_a_band_under_names_with_categories_is_a_group():
    """Where names carry their category before a slash, the band does not."""
    header = [["No.", "Category / Name of Dataset", "Target Release Date", "Update Frequency"]]
    rows = [band("Transport", 4), ["1", "Environment / Air", "09/2025", "Daily"]]
    assert fields(read_table_of_plan(*rows, header=header), "category", "group") == [("Environment", "Transport")]


def test_a_repeated_header_does_not_end_a_band():
    """The header of the next page is that of the same table."""
    reading = read_table_of_plan(band("Transport"), row(1), *BARE, row(2), header=BARE)
    assert fields(reading, "category") == [("Transport",), ("Transport",)]


def test_a_band_ends_with_its_table():
    """The rows of a table with other columns have no category from it."""
    reading = read_table_of_plan(
        band("Transport"), row(1), BARE[0][::-1], ["Daily", "09/2025", "CSV", "Dataset 2", "2"], header=BARE
    )
    assert fields(reading, "category") == [("Transport",), ("",)]


def test_a_merged_band_is_never_the_rest_of_a_name():
    """Below a row without date and frequency, too, it is a band."""
    reading = read_table_of_plan(["1", "Dataset 1", "", "", ""], band("Harbour Fund"), row(2), header=BARE)
    assert fields(reading, "title", "group") == [("Dataset 1", None), ("Dataset 2", "Harbour Fund")]


def test_a_band_at_the_end_of_a_page_heads_the_rows_of_the_next():
    """Between a band and its rows the header is repeated, and the band is no part of it."""
    reading = read_table_of_plan(
        row(1), band("Harbour Fund"), *BARE, row(2), band("Transport"), *BARE, row(3), header=BARE
    )
    assert fields(reading, "group", "category") == [(None, ""), ("Harbour Fund", ""), (None, "Transport")]


@pytest.mark.parametrize(("text", "group"), [("Transport", None), ("Harbour Fund", "Harbour Fund")])
def test_a_band_may_stand_above_the_header(text, group):
    """A caption that is merged over the whole table heads its rows, also in a section without a table before."""
    reading = read_made(
        "Marine Department",
        "Annual Open Data Plan for 2025 to 2027",
        "A. Departmental datasets to be released in 2025",
        [*BARE, row(1)],
        "B. Departmental datasets to be released in 2026 and 2027",
        [band(text), *BARE, row(2)],
    )
    assert fields(reading, "section", "group", "category") == [("A", None, ""), ("B", group, "" if group else text)]
    assert "table-without-header" not in codes(reading)


def test_a_line_that_names_a_category_heads_the_table_below():
    """A table for each category has the category above it."""
    reading = read_made(
        "Marine Department",
        "Annual Open Data Plan for 2025 to 2027",
        "A. Departmental datasets to be released in 2025",
        "Transport",
        [*BARE, row(1)],
        "Environment",
        [*BARE, row(2)],
    )
    assert fields(reading, "section", "category") == [("A", "Transport"), ("A", "Environment")]
    assert leftovers(reading) == []


def test_a_band_may_stand_beside_a_merged_category():
    """It heads the rows that the category reaches over, ends with it, and is no row itself."""
    header = [["Category", "No.", "Name of Dataset", "Target Release Date", "Update Frequency"]]
    rows = [
        [Wide("Transport", rows=3), Wide("Harbour Fund", columns=4), "", "", ""],
        ["", "1", "Arrivals", "09/2025", "Daily"],
        ["", "2", "Departures", "09/2025", "Daily"],
        ["Environment", "3", "Air", "09/2025", "Daily"],
    ]
    reading = read_table_of_plan(*rows, header=header)
    assert fields(reading, "category", "group", "title") == [
        ("Transport", "Harbour Fund", "Arrivals"),
        ("Transport", "Harbour Fund", "Departures"),
        ("Environment", None, "Air"),
    ]
    assert codes(reading) == []
    assert leftovers(reading) == []


def test_a_group_above_a_category_has_the_categories_in_it():
    """Of two bands over rows the upper one is kept: it holds until the next group."""
    reading = read_table_of_plan(
        band("Sewerage Branch"),
        band("Environment"),
        row(1),
        band("Transport"),
        row(2),
        band("Roads Branch"),
        row(3),
        header=BARE,
    )
    assert fields(reading, "category", "group") == [
        ("Environment", "Sewerage Branch"),
        ("Transport", "Sewerage Branch"),
        ("", "Roads Branch"),
    ]
    assert leftovers(reading) == []


@pytest.mark.parametrize("caption", ["Table 2", "Table 2:", "表二", "附表3", "(List 4)"])
def test_a_caption_that_only_counts_tables_is_no_group(caption):
    """What says which table it is says nothing about the rows."""
    reading = read_table_of_plan(band(caption), row(1), row(2), header=BARE)
    assert fields(reading, "number", "group") == [(1, None), (2, None)]
    assert leftovers(reading) == []


def test_a_category_above_a_group_is_no_address():
    """A band that stands in the column of numbers has rows below it, though the next one is another band."""
    rows = "環境\t\t\t\t\t\n檔案大樓\t\t\t\t\t\n1\t\t雨量\t讀數\t03/2024\t每月\n2\t\t風速\t讀數\t03/2024\t每月"
    entries = read(plan_with(rows=rows)).require().entries
    assert [(entry.category, entry.group) for entry in entries] == [("環境", "檔案大樓")] * 2
