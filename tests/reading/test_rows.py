"""Rows that were printed, edited and read again: edits are told, spreadsheets are undone, wrong cells are refused."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.decided_plans import PLAN, SHA256

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.plan_values import plan_as_json, rows_of_plans
from dcat_hk.core.tables import table_layouts, write_csv
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan
from dcat_hk.reading.rows import read_row_plan


def plans_as_csv(plans):
    """Return rows as `parse --format csv` prints them."""
    return "".join(write_csv(table_layouts()["rows"], rows_of_plans(plans)))


READ = read_plan(read_bytes(PLAN.encode(), "kite.txt"), load()).require()
TEXT = plans_as_csv([READ])
JSON = json.dumps([plan_as_json(READ)], ensure_ascii=False, default=list)


def read(text, name="rows.csv"):
    """Return the reading of rows."""
    return read_row_plan(text if isinstance(text, bytes) else text.encode(), name, load())


def edit(line, **cells):
    """Return the rows with other cells in one line, counted from 2."""
    table = list(csv.reader(io.StringIO(TEXT)))
    for column, value in cells.items():
        table[line - 1][table[0].index(column)] = value
    out = io.StringIO()
    csv.writer(out).writerows(table)
    return out.getvalue()


def told(reading):
    """Return the codes of findings on what was changed."""
    return [one.code for one in reading.findings if one.code.startswith("row")]


@pytest.mark.parametrize("text", [TEXT, JSON, JSON.replace("\\n", "\\r\\n")])
def test_rows_that_nobody_edited_are_the_plan(text):
    """Every field of every row comes back, and the file that they were read from is named."""
    reading = read(text)
    assert [entry._replace(place=None) for entry in reading.plan.entries] == [
        entry._replace(place=None) for entry in READ.entries
    ]
    assert [str(entry.place) for entry in reading.plan.entries] == [str(entry.place) for entry in READ.entries]
    assert (reading.plan.bureau, reading.plan.years, reading.plan.dated) == (READ.bureau, READ.years, READ.dated)
    assert reading.plan.origin == ("kite.txt", SHA256, False)
    assert told(reading) == []


def test_edits_are_told_by_field():
    """What a person changed, added and removed since the file was read is told, each row by itself."""
    reading = read(edit(3, title="線軸位置", formats="CSV JSON"))
    (edited,) = [one for one in reading.findings if one.code == "row-edited"]
    assert (str(edited.place), edited.values["fields"]) == ("line 3", "title, formats")
    assert reading.plan.origin.edited
    lines = TEXT.splitlines(keepends=True)
    removed = read("".join([lines[0], lines[2]]))
    assert [(one.code, one.values["rows"]) for one in removed.findings if one.code == "rows-removed"] == [
        ("rows-removed", "1, 3")
    ]
    # Read as the second of nine: more are missing than are named, which is told without a word of any language.
    many = read("".join([lines[0], lines[2].replace(",2/3 ", ",2/9 ")])).findings
    assert [one.values["rows"] for one in many if one.code == "rows-removed"] == ["1, 3, 4, 5, 6, …"]
    assert told(read(edit(4, read_as=""))) == ["row-added", "rows-removed"]


def test_edited_words_are_read_anew():
    """A date or frequency whose words were mended gets its meaning from them, unless that was edited too."""
    first = read(edit(2, date_raw="12/2023", frequency_raw="每季")).plan.entries[0]
    assert (first.date, first.frequency) == ("2023-12", "QUARTERLY")
    assert read(edit(2, date_raw="12/2023", date="2023-11")).plan.entries[0].date == "2023-11"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace(",", ";"),
        lambda text: "sep=;\r\n" + text.replace(",", ";"),
        lambda text: text.replace(",", "\t").replace("\r\n", "\n"),
        lambda text: text.replace("\r\n", "\r\n\r\n") + ",,,\r\n",
        lambda text: text.replace(",false,", ",FALSE,").replace(",2024,2026,", ",2024.0,2026,"),
        lambda text: ("\ufeff" + text.replace(",", "\t")).encode("utf-16-le"),
        lambda text: text.replace("\r\n", ",,\r\n"),
    ],
)
def test_what_spreadsheets_do_to_a_file_is_undone(change):
    """Marks, separators, line ends, empty lines and capitals change nothing."""
    reading = read(change(TEXT))
    assert [entry.title for entry in reading.plan.entries] == [entry.title for entry in READ.entries]
    assert told(reading) == []


@pytest.mark.parametrize("date", ["Mar-22", "2022/3/1", "1/3/2022", "3/1/2022", "44621", "2022-03-01 00:00:00"])
def test_months_that_a_spreadsheet_made_days_are_months_again(date):
    """The month is that of the first day; the words as printed come back as the digest of the row says."""
    entry = read(edit(3, date=date, date_raw=date)).plan.entries[1]
    assert (entry.date, entry.date_raw) == ("2022-03", "03/2022")
    assert told(read(edit(3, date=date, date_raw=date))) == []


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("section", "E", "A, B, C or D"),
        ("spatial", "maybe", "true, false or nothing"),
        ("number", "one", "a whole number"),
        ("title", " ", "the name of the dataset"),
        ("title", "#NAME?", "shows an error"),
        ("title", "#####", "shows an error"),
        ("title", "a\x07", "without control characters"),
        ("date", "5/3/2022", "a month such as 2024-03"),
        ("date", "45360", "a month such as 2024-03"),
        ("date", "soon", "a month such as 2024-03"),
        ("date_raw", "May-22", "changed it"),
        ("period", "2024-03 2024-01", "a first and a last month"),
        ("date_role", "done", "target or released"),
        ("frequency", "OFTEN", "a code of the EU table"),
        ("formats", "CVS", "“CVS” is none"),
    ],
)
def test_a_cell_that_cannot_be_used_is_refused_with_its_place(column, value, expected):
    """The error has the line, the column, the value and what was expected."""
    with pytest.raises(NotAPlan) as raised:
        read(edit(3, **{column: value}))
    assert f"rows.csv: line 3, column “{column}”" in raised.value.where
    assert expected in raised.value.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TEXT.replace("spatial", "spacial", 1), "“spacial” is no column of rows"),
        (TEXT.replace("spatial", "section", 1), "“section” is there twice"),
        (TEXT.replace(",place", "", 1), "“place” is missing"),
        (TEXT + "kite.txt,1\r\n", "2 cells"),
        (TEXT.replace("Hant", "Hang"), "Hant, Hans or Latn"),
        (TEXT.replace("Hant", "Hans", 1), "differs from"),
        (TEXT.replace(SHA256, "ab"), "SHA-256"),
        (TEXT.partition("\r\n")[0], "rows of 0 plans"),
        (TEXT.encode().replace("風箏".encode(), "風箏".encode("big5")), "not in UTF-8"),
        (JSON[:-1], "not valid JSON"),
        (JSON.replace('"title"', '"titel"'), "“titel” is no key"),
        (JSON.replace("[2024, 2026]", "[2024]"), "no list of two numbers"),
        (JSON.replace("[2024, 2026]", "[2026, 2024]"), "a year from 2026 on"),
        (JSON.replace("[2024, 2026]", "[2024.5, 2026]"), "expected a text"),
        (JSON.replace('"D"', '["D", 1]'), "expected a text"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(text, message):
    """The error says what is wrong with the file."""
    with pytest.raises(NotAPlan) as raised:
        read(text)
    assert message in str(raised.value)
    assert str(raised.value).startswith("rows.csv")


def test_text_that_was_guarded_from_spreadsheets_comes_back():
    """The apostrophe that `parse` writes before a formula is none of the title."""
    formula = READ.entries[0]._replace(title="=A1+B2")
    from dataclasses import replace

    assert read(plans_as_csv([replace(READ, entries=(formula,))])).plan.entries[0].title == "=A1+B2"


@given(st.data())
def test_no_content_of_cells_gives_a_traceback(data):
    """Whatever stands in two cells, the rows are read or refused."""
    columns = TEXT.partition("\r\n")[0].split(",")
    cells = st.sampled_from(
        ["", "Mar-22", "1/1/2022", "99999", "2024-99", "'=1", "1e9", "TRUE", "lines 1-2"]
    ) | st.text(st.characters(codec="utf-8"), max_size=6)
    changed = data.draw(st.dictionaries(st.sampled_from(columns), cells, min_size=1, max_size=2))
    try:
        reading = read(edit(2, **changed))
    except NotAPlan as error:
        assert error.where.startswith("rows.csv")  # noqa: PT017 - either is right
    else:
        assert reading.plan.entries


@given(st.recursive(st.none() | st.integers() | st.floats() | st.text(max_size=3), st.lists, max_leaves=4), st.data())
def test_no_value_of_json_gives_a_traceback(value, data):
    """Whatever a key holds, the rows are read or refused."""
    (plan,) = json.loads(JSON)
    target = data.draw(st.sampled_from([plan, plan["entries"][0]]))
    target[data.draw(st.sampled_from(sorted(target)))] = value
    try:
        read(json.dumps([plan]))
    except NotAPlan as error:
        assert error.where.startswith("rows.csv")  # noqa: PT017 - either is right
