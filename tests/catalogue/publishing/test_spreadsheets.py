"""Tables as an Excel file."""

import datetime
import io

import openpyxl
import pytest

from dcat_hk.catalogue.publishing import spreadsheets
from dcat_hk.catalogue.publishing.spreadsheets import write_workbook
from dcat_hk.core.errors import UsageError
from dcat_hk.core.tables import TableColumn, TableLayout

KINDS = {"title": "text", "page": "iri", "number": "integer", "spatial": "boolean", "date": "month", "formats": "list"}
LAYOUT = TableLayout("rows", "", tuple(TableColumn(name, kind, "") for name, kind in KINDS.items()), (), ())
ROWS = [
    {"title": "=HYPERLINK(1)", "page": "https://a.example/", "number": -3, "spatial": False, "date": "2026-02",
     "formats": ["CSV", "JSON"]},
    {"title": "罪案", "number": None, "formats": []},
]  # fmt: skip


def opened(data):
    """Return the sheet of a workbook."""
    return openpyxl.load_workbook(io.BytesIO(data))["rows"]


def test_cells_have_the_types_of_their_columns():
    """A month is a date that is shown as a month; a text is never a formula."""
    sheet = opened(write_workbook([(LAYOUT, ROWS)]))
    head, first, second = sheet.iter_rows()
    assert [cell.value for cell in head] == list(KINDS)
    assert [cell.value for cell in first] == [
        "=HYPERLINK(1)", "https://a.example/", -3, False, datetime.datetime(2026, 2, 1), "CSV JSON",
    ]  # fmt: skip
    assert (first[0].data_type, first[4].is_date, first[4].number_format) == ("s", True, "yyyy-mm")
    assert [cell.value for cell in second] == ["罪案", None, None, None, None, None]


def test_the_head_stays_and_filters():
    """Also where there is no row."""
    for rows, area in ((ROWS, "A1:F3"), ([], "A1:F1")):
        sheet = opened(write_workbook([(LAYOUT, rows)]))
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", area)


def test_the_same_rows_give_the_same_bytes():
    """Nothing in the file depends on the day."""
    assert write_workbook([(LAYOUT, ROWS)]) == write_workbook([(LAYOUT, iter(ROWS))])


def test_each_table_has_its_sheet():
    """In their order."""
    other = TableLayout("others", "", LAYOUT.columns, (), ())
    assert openpyxl.load_workbook(io.BytesIO(write_workbook([(LAYOUT, ROWS), (other, [])]))).sheetnames == [
        "rows", "others",
    ]  # fmt: skip


def test_a_sheet_that_would_be_too_long_is_refused(monkeypatch):
    """Rows are not left out silently."""
    monkeypatch.setattr(spreadsheets, "_MOST_ROWS", 1)
    with pytest.raises(UsageError, match="and there are more"):
        write_workbook([(LAYOUT, ROWS)])
