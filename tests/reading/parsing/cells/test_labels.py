"""Labels that reach over several columns or rows govern what stands below them."""

import pytest
from support.made_documents import Wide, fields, read_table_of_plan
from support.plan_readings import codes, leftovers, read

DATES = ["Target Release Date", "Update Frequency"]


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(
    ("label", "cells", "category"),
    [
        ("Category / Name of Dataset", ["1.", "Transport / Arrivals"], "Transport"),
        ("Name of Dataset", ["1", "Arrivals"], ""),
        ("No. Name of Dataset", ["(1)", "Arrivals"], ""),
        ("Category / Name of Dataset", ["1", "Transport", "Arrivals"], "Transport"),
        ("No. / Category / Name of Dataset", ["1", "Transport", "Arrivals"], "Transport"),
        ("數據種類／數據集名稱", ["1", "Transport: Arrivals"], "Transport"),
        ("Category / Name of Dataset", ["1", "Transport – Arrivals"], "Transport"),
        ("Category / Name of Dataset", ["1", "Transport\n\tArrivals"], "Transport"),
    ],
)
def test_a_label_over_numbers_and_names_governs_both(merged, label, cells, category):
    """Numbers are numbers, and the names of columns are given in order to the rest."""
    over = [Wide(label, columns=len(cells) if merged else 1), *[""] * (len(cells) - 1)]
    rows = [[*cells, "09/2025", "Daily"], [*cells[:-1], "Others", "10/2025", "Daily"]]
    reading = read_table_of_plan(*rows, header=[[*over, *DATES]])
    assert fields(reading, "number", "category", "title")[0] == (1, category, "Arrivals")
    assert set(codes(reading)) <= {"missing-category", "repeated-number"}
    assert leftovers(reading) == []


def test_numbers_without_a_label_are_numbers():
    """A first column of numbers needs no label of its own."""
    rows = [["1", "Arrivals", "09/2025", "Daily"], ["2", "Departures", "09/2025", "Daily"]]
    reading = read_table_of_plan(*rows, header=[["", "Name of Dataset", *DATES]])
    assert fields(reading, "number", "title") == [(1, "Arrivals"), (2, "Departures")]


def test_categories_and_names_under_one_label_without_numbers():
    """Two columns of text under a label that names two things hold one each."""
    header = [[Wide("Category / Name of Dataset", columns=2), "", *DATES]]
    rows = [["Transport", "Arrivals", "09/2025", "Daily"], ["", "Departures", "09/2025", "Daily"]]
    reading = read_table_of_plan(*rows, header=header)
    assert fields(reading, "category", "title") == [("Transport", "Arrivals"), ("", "Departures")]


def test_a_label_over_one_filled_column_and_an_empty_one_stays_as_it_is():
    """A column in which nothing stands takes no part of the label."""
    header = [[Wide("Category / Name of Dataset", columns=2), "", *DATES]]
    reading = read_table_of_plan(["Transport / Arrivals", "", "09/2025", "Daily"], header=header)
    assert fields(reading, "category", "title") == [("Transport", "Arrivals")]


@pytest.mark.parametrize(
    "header",
    [
        [
            [Wide("No.", rows=2), Wide("Dataset", columns=2), "", Wide("Release", columns=2), ""],
            ["", "Category", "Name", *DATES],
        ],
        [
            [Wide("About the datasets", columns=3), "", "", Wide("About their release", columns=2), ""],
            ["No.", "Category", "Name of Dataset", *DATES],
        ],
        [
            ["No.", "Category", "Name of Dataset", *DATES],
            ["", "", "", "(MM/YYYY)", ""],
        ],
        [
            [
                Wide("No.", rows=2),
                Wide("Category", rows=2),
                Wide("Name of Dataset", rows=2),
                Wide("Date", columns=2),
                "",
            ],
            ["", "", "", "Target", "Update Frequency"],
        ],
    ],
)
def test_headers_of_two_rows(header):
    """Labels over several lower ones, merged down, over everything, or with a unit below."""
    row = ["1", "Transport", "Arrivals", "09/2025", "Daily"]
    reading = read_table_of_plan(row, *header, ["2", "Transport", "Departures", "09/2025", "Daily"], header=header)
    assert fields(reading, "number", "category", "title", "date", "frequency") == [
        (1, "Transport", "Arrivals", "2025-09", "DAILY"),
        (2, "Transport", "Departures", "2025-09", "DAILY"),
    ]
    assert codes(reading) == []
    assert leftovers(reading) == []


def test_a_column_of_categories_needs_no_label():
    """Known categories in a column without a label are the categories of their rows, merged or not."""
    rows = [
        [Wide("Transport", rows=2), "1", "Arrivals", "09/2025", "Daily"],
        ["", "2", "Departures", "09/2025", "Daily"],
        ["Environment", "3", "Air", "09/2025", "Daily"],
    ]
    reading = read_table_of_plan(*rows, header=[["", "No.", "Name of Dataset", *DATES]])
    assert fields(reading, "category") == [("Transport",), ("Transport",), ("Environment",)]


def test_other_text_merged_beside_rows_is_their_group():
    """Text in cells merged downwards under no label groups the rows beside it."""
    rows = [
        [Wide("Harbour Fund", rows=2), "1", "Transport", "Arrivals", "09/2025", "Daily"],
        ["", "2", "Transport", "Departures", "09/2025", "Daily"],
        ["", "3", "Environment", "Air", "09/2025", "Daily"],
    ]
    reading = read_table_of_plan(*rows, header=[["", "No.", "Category", "Name of Dataset", *DATES]])
    assert fields(reading, "group") == [("Harbour Fund",), ("Harbour Fund",), (None,)]
    assert codes(reading) == []
    assert leftovers(reading) == []


def test_a_merged_cell_of_an_unknown_column_is_told_once():
    """What nobody reads is a note for all rows it reaches over."""
    header = [["No.", "Category", "Name of Dataset", *DATES, "Officer"]]
    rows = [
        ["1", "Transport", "Arrivals", "09/2025", "Daily", Wide("Ms Chan", rows=2)],
        ["2", "Transport", "Departures", "09/2025", "Daily", ""],
    ]
    reading = read_table_of_plan(*rows, header=header)
    assert len(fields(reading, "title")) == 2
    assert codes(reading) == ["unknown-column"]


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(
    ("label", "cells", "expected"),
    [
        (
            "Name of Dataset",
            ["Arrivals", "Vessels at anchorages (CSV)"],
            ("", "Arrivals", "Vessels at anchorages (CSV)"),
        ),
        ("數據集名稱", ["Arrivals", "Vessels (CSV)"], ("", "Arrivals", "Vessels (CSV)")),
        ("Name and Description of Dataset", ["Arrivals", "Vessels (CSV)"], ("", "Arrivals", "Vessels (CSV)")),
        ("數據集名稱及說明", ["Arrivals", "Vessels (CSV)"], ("", "Arrivals", "Vessels (CSV)")),
        ("Category and Name of Dataset", ["Transport", "Arrivals"], ("Transport", "Arrivals", "")),
        ("Name of Dataset", ["Transport", "Arrivals"], ("Transport", "Arrivals", "")),
        ("Dataset", ["Transport", "Arrivals", "Vessels (CSV)"], ("Transport", "Arrivals", "Vessels (CSV)")),
        ("Name of Dataset", ["(a)", "Arrivals"], ("", "(a) Arrivals", "")),
    ],
)
def test_a_label_over_names_governs_what_belongs_to_them(merged, label, cells, expected):
    """Categories and descriptions that stand under the label for names are none of the names."""
    over = [Wide(label, columns=len(cells) if merged else 1), *[""] * (len(cells) - 1)]
    others = ["Environment" if cell == "Transport" else cell for cell in cells]
    rows = [["1", *cells, "09/2025", "Daily"], ["2", *others, "10/2025", "Daily"]]
    reading = read_table_of_plan(*rows, header=[["No.", *over, *DATES]])
    assert fields(reading, "category", "title", "description")[0] == expected
    assert set(codes(reading)) <= {"missing-category", "repeated-title"}
    assert leftovers(reading) == []


def test_two_labels_over_one_column_part_its_cells():
    """The first line of a cell is the name; where nothing parts the two, the text is the name and this is told once."""
    header = [["No.", "Name and Description of Dataset", *DATES]]
    rows = [["1", "Arrivals\n\tVessels (CSV)", "09/2025", "Daily"], ["2", "Tides: heights", "09/2025", "Daily"]]
    reading = read_table_of_plan(*rows, header=header)
    assert fields(reading, "title", "description") == [("Arrivals", "Vessels (CSV)"), ("Tides: heights", "")]
    assert codes(reading).count("undivided-cells") == 1


def test_an_unknown_label_over_two_columns_is_told_once():
    """All columns below a label that is not known are its columns, and one error says that the rows have no name."""
    rows = [[number, "Arrivals", "Vessels (CSV)", "09/2025", "Daily"] for number in "123"]
    reading = read_table_of_plan(*rows, header=[["No.", Wide("Particulars", columns=2), "", *DATES]])
    assert sorted(codes(reading)) == ["missing-titles", "unknown-column"]
    assert [finding.values for finding in reading.findings if finding.code == "missing-titles"] == [{"count": "3"}]
    assert leftovers(reading) == []


@pytest.mark.parametrize(
    ("labels", "cells"),
    [
        ("目標發放年份|目標發放月份", "2026|3"),
        ("Year of release|Month", "2026|Mar"),
        ("Month of release|Year of release", "03|2026"),
        ("年|月", "2026年|3月"),
    ],
)
def test_year_and_month_may_have_a_column_each(labels, cells):
    """The two are one date, whichever is first; a month that is not given leaves the year."""
    header = ["No.", "Name of Dataset", *labels.split("|"), "Update Frequency"]
    reading = read_table_of_plan(["1", "Arrivals", *cells.split("|"), "Daily"], header=[header])
    assert fields(reading, "title", "date", "frequency_raw") == [("Arrivals", "2026-03", "Daily")]
    assert not leftovers(reading)


@pytest.mark.parametrize("parts", ["年|月", "Year|Month", "(Year)|(Month)"])
def test_year_and_month_may_stand_below_one_label(parts):
    """The second row of a header may hold nothing but the parts of a date."""
    header = [["No.", "Name of Dataset", Wide("Target Release Date", 2), "", "Update Frequency"]]
    header += [["", "", *parts.split("|"), ""]]
    rows = ["1", "Arrivals", "2026", "3", "Daily"], ["2", "Visas", "2026", "-", "Daily"]
    reading = read_table_of_plan(*rows, header=header)
    periods = [(entry.date, entry.period) for entry in reading.require().entries]
    assert periods == [("2026-03", None), (None, ("2026-01", "2026-12"))]


@pytest.mark.parametrize("label", ["Release", "Target release date", "When", "預計發放時間"])
@pytest.mark.parametrize(("parts", "cells"), [(("Month", "Year"), ("4", "2020")), (("年份", "月份"), ("2020", "4"))])
@pytest.mark.parametrize("number", ["<th rowspan=2>No.</th>", ""])
def test_month_and_year_below_one_label_are_a_date_and_no_row_number(label, parts, cells, number):
    """Figures below a label of dates are months and years, whether the rows are numbered or not."""
    upper = f"{number}<th rowspan=2>Dataset</th><th colspan=2>{label}</th><th rowspan=2>Update frequency</th>"
    first = "<td>1</td>" if number else ""
    rows = [upper, "".join(f"<th>{part}</th>" for part in parts)]
    rows.append(f"{first}<td>School bus routes</td>{''.join(f'<td>{cell}</td>' for cell in cells)}<td>Yearly</td>")
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    head = "<meta charset=utf-8><h1>Education Bureau</h1><h2>Annual Open Data Plan (2020)</h2>"
    reading = read(f"{head}<table><caption>Datasets to be released in 2020</caption>{table}</table>", "plan.html")
    assert [(one.number, one.date) for one in reading.require().entries] == [(1 if number else None, "2020-04")]


@pytest.mark.parametrize("label", ["No. and Name of Dataset", "No. / Dataset", "編號及數據集名稱"])
@pytest.mark.parametrize("written", ["{}. {}", "({}) {}", "({}){}", "E{} {}", "DSD/25/0{} {}", "1.{} {}"])
def test_a_number_that_stands_before_a_name_in_its_cell_is_no_part_of_it(label, written):
    """Where the label names both and there is no other column of numbers."""
    names = ["Arrivals", "5 busiest days"]
    rows = [[written.format(number, name), "09/2025", "Daily"] for number, name in enumerate(names, 1)]
    reading = read_table_of_plan(*rows, header=[[label, *DATES]])
    assert fields(reading, "number", "title") == [(1, "Arrivals"), (2, "5 busiest days")]


@pytest.mark.parametrize(
    ("label", "cell", "expected"),
    [
        ("Update frequency / Format", "Monthly / CSV", ("MONTHLY", ("CSV",))),
        ("Format and update frequency", "CSV, XML, monthly", ("MONTHLY", ("CSV", "XML"))),
        ("Update frequency (Format)", "Monthly (CSV)", ("MONTHLY", ("CSV",))),
        ("更新頻率／格式", "每月 CSV", ("MONTHLY", ("CSV",))),
        ("格式／更新頻率", "每月", ("MONTHLY", ())),
        ("更新頻率／格式", "甲／乙", (None, ())),
    ],
)
def test_what_two_labels_govern_is_parted_by_what_it_says(label, cell, expected):
    """In either order, with any sign between the parts; what says neither is told."""
    header = ["No.", "Dataset", "Description", "Target release date", label]
    reading = read_table_of_plan(["1", "Arrivals", "By hour", "09/2025", cell], header=[header])
    assert fields(reading, "frequency", "formats") == [expected]
    assert ("unknown-column" in codes(reading)) == (expected == (None, ()))
    assert leftovers(reading) == []


@pytest.mark.parametrize("label", ["Dataset / Format", "Name (format)", "Dataset and format", "數據集名稱（格式）"])
@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Arrivals / CSV", ("Arrivals", ("CSV",))),
        ("Arrivals (CSV, XML)", ("Arrivals", ("CSV", "XML"))),
        ("Arrivals – CSV", ("Arrivals", ("CSV",))),
        ("Arrivals / Departures (CSV)", ("Arrivals / Departures", ("CSV",))),
        ("Ships, planes and trains, CSV", ("Ships, planes and trains", ("CSV",))),
        ("Arrivals", ("Arrivals", ())),
    ],
)
def test_formats_that_stand_behind_a_name_in_its_cell_are_no_part_of_it(label, cell, expected):
    """Where the label names both and there is no other column of names."""
    header = ["No.", label, "Description", "Target release date", "Update frequency"]
    reading = read_table_of_plan(["1", cell, "By hour", "09/2025", "Daily"], header=[header])
    assert fields(reading, "title", "formats") == [expected]
    assert ("undivided-cells" in codes(reading)) == (not expected[1])
    assert leftovers(reading) == []
