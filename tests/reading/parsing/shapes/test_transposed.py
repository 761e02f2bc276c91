"""A table with labels in the first column and a column for each dataset."""

import pytest
from support.plan_readings import leftovers, read
from support.shaped_plans import LANGUAGES, WORDS, expected_rows, plan_of, rows_of

HEAD = "<h1>Marine Department</h1><h2>Annual Open Data Plan for 2025 to 2027</h2>"


def turned(labels, rows):
    """Return a table whose columns are datasets; one of a single dataset is an ordinary table."""
    if len(rows) < 2:
        return ["\t".join(labels), *map("\t".join, rows)]
    return ["\t".join(cells) for cells in zip(labels, *rows, strict=True)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_that_are_datasets_become_rows(language):
    """Columns that are datasets become rows."""
    reading = read(plan_of(language, turned))
    assert rows_of(reading) == expected_rows(language)
    assert leftovers(reading) == []


def page(rows):
    """Return a page with one table in section A."""
    return f"{HEAD}<h3>A. Datasets to be released in 2025</h3><table>{''.join(rows)}</table>"


def test_a_value_merged_over_columns_holds_for_each_of_them():
    """A value merged over columns holds for each of them."""
    _head, labels, planned, *_rest = WORDS["en"]
    one, two = planned
    rows = [f"<tr><th>{label}</th><td>{a}</td><td>{b}</td></tr>" for label, a, b in zip(labels, one, two, strict=True)]
    rows[4] = f"<tr><th>{labels[4]}</th><td colspan=2>10/2025</td></tr>"
    reading = read(page(rows), "plan.html")
    assert [(entry.title, entry.date) for entry in reading.require().entries] == [
        (one[2], "2025-10"),
        (two[2], "2025-10"),
    ]


def test_a_record_with_several_formats_in_cells_of_their_own_is_no_turned_table():
    """A record with several formats in cells of their own is no turned table."""
    _head, labels, planned, *_rest = WORDS["en"]
    rows = [
        f"<tr><th>{label}</th><td>{value}</td><td></td></tr>" for label, value in zip(labels, planned[0], strict=True)
    ]
    rows.append("<tr><th>Format</th><td>CSV</td><td>JSON</td></tr>")
    entries = read(page(rows), "plan.html").require().entries
    assert [(entry.title, entry.date, entry.formats) for entry in entries] == [
        ("Vessel arrivals", "2025-09", ("CSV", "JSON"))
    ]
