"""How plans are shown: JSON, CSV, tables."""

import csv
import io
import json

import pytest
from support.commands import run
from support.entries import make_entry
from support.paths import ROOT, SEEDS
from support.plan_texts import plan_with

from dcat_hk.commands.plan_views import (
    ENTRY_FIELDS,
    alignment_as_json,
    ledgers_as_json,
    plan_as_json,
    plan_table,
    plans_as_csv,
)
from dcat_hk.core.place import Place
from dcat_hk.core.plan import Plan
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.editions import AlignedRow
from dcat_hk.reading.parsing import read_plan
from dcat_hk.reading.quality import Copy, Quality

POLICE = next(SEEDS.glob("004*"))


def plan(*entries):
    """Return a plan with these entries."""
    return Plan("a.txt", "0" * 64, "香港天文台", "", (2024, 2026), "Hant", None, entries)


def lines(*plans):
    """Return the lines of plans as CSV."""
    return list(csv.DictReader(io.StringIO(plans_as_csv(plans), newline="")))


def test_formulas_are_not_written_into_spreadsheets(tmp_path):
    """A title that a spreadsheet would run as a formula is quoted in CSV."""
    text = POLICE.read_text(encoding="utf-8").replace("\t員額\t", "\t=HYPERLINK(1)\t")
    plan = tmp_path / "plan.txt"
    plan.write_text(text, encoding="utf-8")
    assert "'=HYPERLINK(1)" in run("parse", "--format", "csv", plan).stdout


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
    assert list(as_json["entries"][0]) == list(ENTRY_FIELDS)
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


def test_ledgers_are_added_up():
    """The characters of two documents are counted together, and what is left over names its document."""
    readings = [read_plan(read_bytes(text.encode(), name), load()) for name, text in (("a", "Dear Sir"), ("b", "x"))]
    account = ledgers_as_json([(reading.document.name, reading.ledger) for reading in readings])
    assert account["characters"] == sum(account["accounted"].values()) == sum(r.ledger.characters for r in readings)
    assert [left["doc"] for left in account["leftovers"]] == ["a", "b"]


def test_a_table_shows_words_where_no_code_is_known():
    """A date and a frequency that were not understood are shown as printed."""
    entry = make_entry(part=1, date=None, date_raw="待定", frequency=None, frequency_raw="視情況")
    table = plan_table(plan(entry), 120)
    assert all(text in table for text in ("D.ii.1.1", "待定", "視情況", "2024–2026", "a.txt, 1 row)"))


def test_a_row_that_an_edition_lacks_is_null():
    """The entries of aligned rows stand in the order of the editions, null where one has none."""
    quality = Quality(False, False, False, 0, 0, 0, 0, 0, 0, "", False)
    copies = [Copy(plan(make_entry()), quality), Copy(plan(), quality)]
    rows = [AlignedRow((copies[0].plan.entries[0], None), ("edition-lacks-row",))]
    as_json = alignment_as_json(copies, rows)
    assert [edition["rows"] for edition in as_json["editions"]] == [1, 0]
    assert [entry and entry["title"] for entry in as_json["rows"][0]["entries"]] == ["雨量", None]
