"""Sheets of OpenDocument files, from their XML."""

import pytest
from lxml.etree import fromstring

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Budget, Limits
from dcat_hk.reading.documents.cells import Sheets
from dcat_hk.reading.documents.odfsheet import OdfSheets
from dcat_hk.reading.documents.odfstyles import OdfStyles

STYLES = '<a><styles><style name="H" family="table"><table-properties display="false"/></style></styles></a>'
CELL = "<table-cell {}><p>{}</p></table-cell>"


def book(*tables, limits=None):
    """Return the sheets of a file after they have been read."""
    budget = Budget("plan.ods", limits or Limits())
    sheets = OdfSheets(OdfStyles.read([fromstring(STYLES)]), budget, Sheets(budget))
    sheets.read([fromstring(table) for table in tables])
    return sheets


def test_repeated_rows_and_cells_have_their_places():
    """Empty rows count, and a repeated row or cell is read as often as it stands."""
    rows = '<table-row number-rows-repeated="3"><table-cell/></table-row>'
    rows += f'<table-row number-rows-repeated="2">{CELL.format("", "1")}'
    rows += CELL.format('number-columns-repeated="2"', "Sea") + "</table-row>"
    read = book(f'<table name="S">{rows}</table>')
    assert read.sheets.lines == ["1", "Sea", "Sea"] * 2
    assert read.sheets.places == ["sheet S, row 4"] * 3 + ["sheet S, row 5"] * 3


@pytest.mark.parametrize(
    ("attributes", "text", "expected"),
    [
        ('value-type="date" date-value="2025-09-01"', "Sep 25", "2025-09-01"),
        ('value-type="date" date-value="2025-09-01"', "9/2025", "9/2025"),
        ('value-type="float" value="7"', "", "7"),
        ('value-type="float" value="7.0"', "7", "7"),
    ],
)
def test_a_value_stands_in_for_text_that_says_less(attributes, text, expected):
    """A cell without text shows its value, and a date without its year the whole date."""
    row = f"<table-row>{CELL.format(attributes, text)}</table-row>"
    assert book(f'<table name="S">{row}</table>').sheets.lines == [expected]


def test_hidden_sheets_columns_and_rows_are_told():
    """What is hidden is not read; a finding names each."""
    columns = '<table-column/><table-column visibility="collapse"/>'
    rows = f"<table-row>{CELL.format('', 'a')}{CELL.format('', 'gone')}</table-row>"
    rows += f'<table-row visibility="filter">{CELL.format("", "gone")}</table-row>'
    hidden = '<table name="T" style-name="H"/>'
    read = book(f'<table name="S">{columns}{rows}</table>', hidden)
    assert read.sheets.lines == ["a"]
    assert [(one.code, one.values) for one in read.findings] == [
        ("hidden-sheet", {"sheet": "T"}),
        ("hidden-rows", {"rows": "2", "sheet": "S"}),
        ("hidden-columns", {"columns": "B", "sheet": "S"}),
    ]
    with pytest.raises(NotAPlan, match="All sheets of the OpenDocument file are hidden"):
        book(hidden)


def test_repeated_cells_are_counted():
    """A cell that is repeated too often is refused by the limit."""
    row = "<table-row>" + CELL.format('number-columns-repeated="9"', "a") + "</table-row>"
    with pytest.raises(NotAPlan, match="more than 8 cells"):
        book(f'<table name="S">{row}</table>', limits=Limits(cells=8))
