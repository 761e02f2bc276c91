"""Lists and figures are the same in every format."""

import csv
import io
import json

import openpyxl
import pytest

from dcat_hk.core.tables import table_layouts
from dcat_hk.serving.web.promise_months import PromiseMonths
from dcat_hk.serving.web.promise_tables import TABLE_OF_LIST, RowMaker, write_table
from dcat_hk.serving.web.view_files import ViewFiles

PATHS = (
    "overdue",
    "bodies",
    "years",
    "months",
    "categories",
    "promises",
    "new/2018-01",
    "entry-changes",
    "body/hk-hhb",
)


@pytest.fixture(scope="module")
def views(library):
    """Return the files of the seeds."""
    return ViewFiles(library, PromiseMonths(library.snapshot, lambda: "2026-11"))


@pytest.mark.parametrize("stem", PATHS)
def test_formats_say_the_same(views, stem):
    """CSV with a byte order mark, Excel and JSON have the same rows and columns."""
    text = views.write(stem, "csv", "").decode()
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    told = json.loads(views.write(stem, "json", ""))
    sheet = openpyxl.load_workbook(io.BytesIO(views.write(stem, "xlsx", ""))).active
    assert len(rows) == told["count"] == len(told["rows"]) == sheet.max_row - 1
    assert [cell.value for cell in sheet[1]] == (list(rows[0]) if rows else [cell.value for cell in sheet[1]])
    assert all(list(row) == [cell.value for cell in sheet[1]] for row in told["rows"])
    assert told["as_of"] == "2026-11"


def test_bodies_and_titles_have_their_names(views):
    """In three languages."""
    row = json.loads(views.write("overdue", "json", ""))["rows"][0]
    assert (row["body_en"], row["body_zh_hant"], row["state"]) == ("Health Bureau", "醫務衞生局", "overdue")
    assert row["confirmed"] is False
    assert row["title_zh_hans"]


def test_a_title_of_another_language_is_no_title(followed):
    """A plan in Chinese gives no English title, whatever the index shows in its place."""
    views = ViewFiles(followed, PromiseMonths(followed.snapshot, lambda: "2023-06"))
    rows = json.loads(views.write("promises", "json", ""))["rows"]
    assert rows
    assert all(row["title_en"] is None and row["title_zh_hant"] and row["title_zh_hans"] for row in rows)
    assert all(row["title"] for row in rows)


def test_every_list_has_a_table_of_its_columns(views):
    """No value of a row is lost because a column is missing."""
    month = views.months.get("2026-11")
    maker = RowMaker(views._library, month)
    from dcat_hk.serving.promises.asking import ListQuestion

    for name, table in TABLE_OF_LIST.items():
        rows = list(maker.make_list_rows(name, month.ask(ListQuestion(name)).rows))
        for row in rows:
            assert set(table_layouts()[table].names) <= set(row), name


def test_a_formula_is_text():
    """A title that begins like one is harmless."""
    assert b"'=1+1" in write_table("listed", [{"title": "=1+1"}], "csv", {})
