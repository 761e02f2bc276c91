"""Tables whose last columns stand in a table of their own."""

import pytest
from support.plan_readings import codes, leftovers, read
from support.shaped_plans import LANGUAGES, expected_rows, plan_of, rows_of


def below(*columns):
    """Return a shape with the first three columns in a table, and others in one below it."""

    def shape(labels, rows):
        halves = [(0, 1, 2), columns]
        tables = [["\t".join(row[i] for i in half) for row in (labels, *rows)] for half in halves]
        return [*tables[0], "", *tables[1]]

    return shape


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("columns", [(3, 4, 5), (0, 3, 4, 5), (0, 2, 3, 4, 5), (2, 3, 4, 5)])
def test_columns_below_are_joined(columns, language):
    """A second table with the same rows, with or without their numbers and names, has the other columns."""
    reading = read(plan_of(language, below(*columns)))
    assert rows_of(reading) == expected_rows(language)
    assert not codes(reading)
    assert not leftovers(reading)


def halves_of_all(language, last=None):
    """Return a plan whose tables all end after the third column, with the other columns after all of them."""
    others = []

    def shape(labels, rows):
        others.extend(["", *("\t".join(row[3:]) for row in (labels, *rows))])
        return ["\t".join(row[:3]) for row in (labels, *rows)]

    text = plan_of(language, shape)
    return "\n".join([text, *others[:last]])


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_after_all_tables_are_joined(language):
    """Tables that go on after the last one, as pages printed downwards and then across, are joined in order."""
    reading = read(halves_of_all(language))
    assert rows_of(reading) == expected_rows(language)
    assert reading.plan.dated == "2024-12"
    assert not codes(reading)


def test_rows_that_may_belong_to_others_are_told_once_and_left_out():
    """Where a table has fewer rows on its other page, no value is taken, and one finding says so."""
    lines = halves_of_all("en").split("\n")
    lines.remove("By district (CSV, JSON)\t11/2025\tMonthly")
    reading = read("\n".join(lines))
    assert [row[:4] for row in rows_of(reading)] == [row[:4] for row in expected_rows("en")]
    assert all(row[4:] == (None, None, ()) for row in rows_of(reading))
    assert codes(reading).count("columns-elsewhere") == 1
    assert not leftovers(reading)


def test_a_table_without_names_is_left_alone_where_none_lacks_columns():
    """A table without a column of names beside whole tables is no part of one."""
    text = plan_of("en", lambda labels, rows: ["\t".join(labels), *map("\t".join, rows)])
    extra = "No.\tUpdate Frequency\tDescription\n1\tDaily\tSomething else"
    assert "columns-elsewhere" not in codes(read(f"{text}\n\n{extra}"))


def test_a_list_of_values_is_no_part_of_a_dataset():
    """Categories and frequencies to choose from, on a sheet of their own, are left out and told once."""
    text = plan_of("en", lambda labels, rows: ["\t".join(labels), *map("\t".join, rows)])
    values = "Category\tUpdate Frequency\tData Owner\nTransport\tDaily\tPort\nEnvironment\tMonthly\tAir"
    reading = read(text.replace("\n\nDecember 2024", f"\n\n{values}\n"))
    assert rows_of(reading) == expected_rows("en")
    assert codes(reading) == ["table-without-names"]


#: A plan whose header is over two rows: a heading over date and frequency, and the labels of both below.
_TWO_ROWS = """<p>Marine Department</p><p>Annual Open Data Plan for 2025 to 2027</p>
<p>A. Datasets to be released in 2025</p>{0}<p>D. Datasets already released</p>{1}<p>December 2024</p>"""


def two_row_table(heading, label, *rows):
    """Return a table of HTML with a header over two rows, in which the second one alone looks like a header."""
    whole = "".join(f"<th rowspan=2>{text}</th>" for text in ("No.", "Category", "Name of Dataset", "Description"))
    cells = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    upper = f"<tr>{whole}<th colspan=2>{heading}</th></tr>"
    return f"<table>{upper}<tr><th>{label}</th><th>Update Frequency</th></tr>{cells}</table>"


@pytest.mark.parametrize("heading", ["Release arrangements", "Schedule", "Date and frequency"])
def test_the_second_row_of_a_header_is_no_table_of_its_own(heading):
    """Labels below a heading over several columns begin no further columns of the table before."""
    planned = two_row_table(
        heading,
        "Target Release Date",
        ("1", "Transport", "Vessel arrivals", "Vessels at each anchorage (CSV)", "09/2025", "Daily"),
        ("2", "Environment", "Marine refuse collected", "By district (CSV, JSON)", "11/2025", "Monthly"),
    )
    released = two_row_table(
        heading,
        "Release Date",
        ("1", "Transport", "Port statistics", "Cargo throughput (CSV, XLSX)", "03/2019", "Quarterly"),
    )
    reading = read(_TWO_ROWS.format(planned, released), "plan.html")
    assert rows_of(reading) == expected_rows("en")
    assert not codes(reading)
