"""How plans are shown: JSON, CSV, tables."""

from support.commands import run
from support.entries import make_entry
from support.paths import SEEDS

from dcat_hk.commands.plan_views import alignment_as_json, ledgers_as_json, plan_table
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


def test_formulas_are_not_written_into_spreadsheets(tmp_path):
    """A title that a spreadsheet would run as a formula is quoted in CSV."""
    text = POLICE.read_text(encoding="utf-8").replace("\t員額\t", "\t=HYPERLINK(1)\t")
    plan = tmp_path / "plan.txt"
    plan.write_text(text, encoding="utf-8")
    assert "'=HYPERLINK(1)" in run("parse", "--format", "csv", plan).stdout


def test_ledgers_are_added_up():
    """The characters of two documents are counted together, and what is left over names its document."""
    readings = [read_plan(read_bytes(text.encode(), name), load()) for name, text in (("a", "Dear Sir"), ("b", "x"))]
    account = ledgers_as_json([(reading.document.name, reading.ledger) for reading in readings])
    assert account["characters"] == sum(account["accounted"].values()) == sum(r.ledger.characters for r in readings)
    assert [left["doc"] for left in account["leftovers"]] == ["a", "b"]


def test_a_table_shows_words_where_no_code_is_known():
    """A date and a frequency that were not understood are shown as printed."""
    entry = make_entry(part=1, date=None, date_raw="待定", frequency=None, frequency_raw="視情況")
    table = plan_table(plan(entry), width=120)
    assert all(text in table for text in ("D.ii.1.1", "待定", "視情況", "2024–2026", "a.txt, 1 row)"))


def test_a_row_that_an_edition_lacks_is_null():
    """The entries of aligned rows stand in the order of the editions, null where one has none."""
    quality = Quality(False, False, False, 0, 0, 0, 0, 0, 0, "", False)
    copies = [Copy(plan(make_entry()), quality), Copy(plan(), quality)]
    rows = [AlignedRow((copies[0].plan.entries[0], None), ("edition-lacks-row",))]
    as_json = alignment_as_json(copies, rows)
    assert [edition["rows"] for edition in as_json["editions"]] == [1, 0]
    assert [entry and entry["title"] for entry in as_json["rows"][0]["entries"]] == ["雨量", None]
