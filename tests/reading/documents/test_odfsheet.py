"""Sheets of OpenDocument files, from their XML."""

import pytest
from lxml.etree import fromstring

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Budget, Limits
from dcat_hk.reading.documents.cells import Sheets
from dcat_hk.reading.documents.odfsheet import OdfSheets
from dcat_hk.reading.documents.odfstyles import OdfStyles
from dcat_hk.reading.documents.opendocument import read_opendocument

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


def test_cells_of_a_sheet_say_how_they_look_and_reach():
    """Styles of cells and of stretches of text give marks; merged cells give extents; a date has its cell's marks."""
    styles = (
        "<automatic-styles>"
        '<style name="s" family="table-cell"><text-properties text-line-through-style="solid"/></style>'
        '<style name="w" family="table-cell"><text-properties color="#ffffff"/></style>'
        '<style name="d" family="table-cell"><table-cell-properties background-color="#000080"/>'
        '<text-properties color="#ffffff"/></style>'
        '<style name="t" family="table-cell"><table-cell-properties rotation-angle="90"/></style>'
        '<style name="r" family="text"><text-properties text-position="super 58%"/></style></automatic-styles>'
    )
    cells = (
        '<table-row><table-cell style-name="t" number-rows-spanned="2"><p>A</p></table-cell>'
        '<table-cell style-name="s"><p>old</p><p>er</p></table-cell><table-cell><p>b<span style-name="r">2</span></p>'
        '</table-cell></table-row><table-row><covered-table-cell/><table-cell style-name="w"><p>c</p></table-cell>'
        '<table-cell style-name="d"><p>d</p></table-cell></table-row><table-row><table-cell/>'
        '<table-cell style-name="s" value-type="date" date-value="2025-09-01"><p>Sept</p></table-cell>'
        "<table-cell><p>e</p></table-cell></table-row>"
    )
    body = f'<body><spreadsheet><table name="S">{cells}</table></spreadsheet></body>'
    document = read_opendocument(f"<document>{styles}{body}</document>".encode(), "plan.fods", Budget("plan.fods"))
    assert [(document.slice(mark.span), mark.kind) for mark in document.marks] == [
        ("A", "turned"),
        ("old", "struck"),
        ("er", "struck"),
        ("2", "raised"),
        ("c", "hidden"),
        ("2025-09-01", "struck"),
    ]
    assert [tuple(row.extent(0)) for row in document.blocks] == [(1, 2), (1, 1), (1, 1)]
