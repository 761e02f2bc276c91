"""Plans as JSON and as rows of a table."""

import csv
import io
import json

import pytest
from support.entries import make_entry
from support.paths import ROOT
from support.plan_texts import plan_with

from dcat_hk.core.place import Place
from dcat_hk.core.plan import Plan
from dcat_hk.core.plan_values import plan_as_json, rows_of_plans
from dcat_hk.core.rowdigests import ENTRY_FIELDS
from dcat_hk.core.tables import table_layouts, write_csv
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan


def plan(*entries):
    """Return a plan with these entries."""
    return Plan("a.txt", "0" * 64, "香港天文台", "", (2024, 2026), "Hant", None, entries)


def lines(*plans):
    """Return the lines of plans as CSV."""
    text = "".join(write_csv(table_layouts()["rows"], rows_of_plans(plans)))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_rows_have_the_columns_of_the_table():
    """What a row holds is what the table of columns says, in its order."""
    (row,) = rows_of_plans([plan(make_entry())])
    assert set(row) == set(table_layouts()["rows"].names)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x"])
def test_only_text_that_begins_a_formula_is_quoted(text):
    """A number below zero in a column of numbers is no formula; the same in a title is one."""
    (line,) = lines(plan(make_entry(title=text, group=f"x{text}")))
    assert (line["title"], line["group"]) == (f"'{text}", f"x{text}")


def test_csv_has_years_formats_and_nothing_for_what_is_not_known():
    """Years are two columns, formats are separated by blanks, truth values are as in JSON, None is empty."""
    (line,) = lines(plan(make_entry(formats=("CSV", "JSON"), date=None, spatial=None), *()))
    assert (line["first_year"], line["last_year"], line["formats"]) == ("2024", "2026", "CSV JSON")
    assert (line["date"], line["spatial"], line["place"]) == ("", "", "lines 3-3")
    assert lines(plan(make_entry(spatial=True)))[0]["spatial"] == "true"


def test_text_of_several_lines_stays_in_its_cell():
    """Line ends, commas and quotes in a remark are read back as they are."""
    text = 'a, "b"\nc'
    assert lines(plan(make_entry(description=text)))[0]["description"] == text


def test_json_has_the_fields_of_the_schema():
    """Plan and entries have exactly the properties that the published schema requires."""
    schema = json.loads((ROOT / "dcat_hk/core/schemas/plan.schema.json").read_text(encoding="utf-8"))
    as_json = plan_as_json(plan(make_entry(place=Place(8, 8, "row 7", "row 7"))))
    text = json.dumps(schema)
    assert list(as_json["entries"][0]) == [*ENTRY_FIELDS, "read_as"]
    assert all(f'"{name}"' in text for name in (*as_json, *ENTRY_FIELDS))
    assert as_json["entries"][0]["place"] == {"from": "row 7", "to": "row 7"}


def test_a_period_and_a_publisher_are_shown():
    """A quarter is its first and last month, and the body that owns the dataset is named, in JSON and in CSV."""
    text = plan_with(rows="1\t環境\t空氣質素\t各區讀數(此數據集由醫院管理局擁有及發放。)\t2025年第二季\t每月")
    read = read_plan(read_bytes(text.encode(), "plan.txt"), load()).require()
    (entry,) = plan_as_json(read)["entries"]
    (line,) = lines(read)
    assert (entry["date"], entry["period"], entry["publisher"]) == (None, ["2025-04", "2025-06"], "醫院管理局")
    assert (line["date"], line["period"], line["publisher"]) == ("", "2025-04 2025-06", "醫院管理局")
