"""Excel files of 2003, which are one XML text."""

import pytest
from support.pdf_files import marked
from support.plan_readings import codes, leftovers

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Limits
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import Row, read_bytes
from dcat_hk.reading.documents.kinds import kind_of
from dcat_hk.reading.parsing import read_plan

SPACES = (
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
STYLES = (
    '<Style ss:ID="struck"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="month"><NumberFormat ss:Format="mm/yyyy"/>'
    '</Style><Style ss:ID="white"><Font ss:Color="#FFFFFF"/></Style><Style ss:ID="head" ss:Parent="white">'
    '<Interior ss:Color="#003366" ss:Pattern="Solid"/></Style>'
)
HEADER = ["No.", "Category", "Name of Dataset", "Description", "Release Date", "Update Frequency"]
VALUES = ["1", "Transport", "Vessel arrivals", "At each anchorage (CSV)", "09/2020", "Daily"]


def cell(text, attributes="", kind="String"):
    """Return a cell."""
    return f'<Cell {attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


def row(*cells, attributes=""):
    """Return a row of cells, which may be mere texts."""
    return f"<Row {attributes}>{''.join(each if each.startswith('<') else cell(each) for each in cells)}</Row>"


def workbook(*rows, after="", options=""):
    """Return a file with a sheet of some rows."""
    sheet = f'<Worksheet ss:Name="Plan"><Table>{"".join(rows)}</Table>{options}</Worksheet>'
    start = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    return f"{start}<Workbook {SPACES}><Styles>{STYLES}</Styles>{sheet}{after}</Workbook>".encode()


def test_a_plan_in_such_a_file_is_read():
    """Merged titles, skipped rows and cells, numbers and months are what Excel shows."""
    data = workbook(
        row(cell("Marine Department", 'ss:MergeAcross="5"')),
        row("Annual Open Data Plan for 2024 to 2026"),
        row("D. Datasets already released", attributes='ss:Index="5"'),
        row(*HEADER),
        row(
            cell("1", kind="Number"),
            *VALUES[1:4],
            cell("2020-09-01T00:00:00.000", 'ss:StyleID="month"', "DateTime"),
            "Daily",
        ),
        row(cell("2", kind="Number"), cell("Berths", 'ss:Index="3"'), "List (CSV)", "01/2021", "Daily"),
        row(
            *(
                cell(text, 'ss:StyleID="struck"')
                for text in ["3", "Transport", "Buoys", "List (CSV)", "01/2021", "Daily"]
            )
        ),
    )
    assert kind_of(data, "plan.xls") == "spreadsheetml"
    reading = read_plan(read_bytes(data, "plan.xls"), load())
    assert [(e.number, e.category, e.title, e.date) for e in reading.require().entries] == [
        (1, "Transport", "Vessel arrivals", "2020-09"),
        (2, "", "Berths", "2021-01"),
    ]
    assert set(codes(reading)) == {"missing-category", "struck-text"}
    assert leftovers(reading) == []


def test_merged_cells_reach_over_others():
    """A cell that was merged downwards and across says how far it reaches."""
    data = workbook(
        row("a", cell("b", 'ss:MergeAcross="1" ss:MergeDown="1"'), "c"),
        row("d", cell("e", 'ss:Index="4"')),
        row(*"fghi"),
    )
    first = next(block for block in read_bytes(data, "plan.xls").blocks if isinstance(block, Row))
    assert first.extent(1) == (2, 2)


def test_what_is_hidden_is_not_read():
    """Hidden sheets, rows and columns are named by findings; comments are none of the text."""
    hidden = (
        f'<Worksheet ss:Name="Old"><Table>{row("secret")}</Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible>'
    )
    data = workbook(
        '<Column ss:Index="2" ss:Hidden="1"/>',
        row("a", "b", "c"),
        row("d", "e", "f", attributes='ss:Hidden="1"'),
        row('<Cell><Data ss:Type="String">g</Data><Comment><Data>note</Data></Comment></Cell>', "h", "i"),
        after=f"{hidden}</x:WorksheetOptions></Worksheet>",
    )
    document = read_bytes(data, "plan.xls")
    assert document.lines == ("a", "c", "g", "i")
    assert [finding.code for finding in document.findings] == ["hidden-sheet", "hidden-rows", "hidden-columns"]


@pytest.mark.parametrize(
    ("made", "options", "marks"),
    [
        (cell("x", 'ss:StyleID="white"'), "", [("hidden", "x")]),
        (cell("x", 'ss:StyleID="white"'), "<x:ConditionalFormatting/>", []),
        (cell("x", 'ss:StyleID="head"'), "", []),
        (cell("x<S>old</S>"), "", [("struck", "old")]),
        (cell("x<Sup>1</Sup>"), "", [("raised", "1")]),
    ],
)
def test_text_looks_as_its_style_says(made, options, marks):
    """White text is hidden where nothing is behind it; parts of a text have looks of their own."""
    assert marked(read_bytes(workbook(row("a", made), row("b", "c"), options=options), "plan.xls")) == marks


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("Number", "1.0", "1"),
        ("Boolean", "1", "TRUE"),
        ("DateTime", "2020-09-01T12:30:00", "2020-09-01 12:30"),
        ("DateTime", "x", "x"),
    ],
)
def test_values_are_shown_as_in_a_sheet(kind, text, shown):
    """Numbers, days and truth values are what a reader of the sheet sees."""
    assert read_bytes(workbook(row("a", cell(text, kind=kind))), "plan.xls").lines == ("a", shown)


def test_broken_and_other_files_are_refused():
    """A file that is cut off, one with a document type, one with too many cells, and one of Word say what to do."""
    with pytest.raises(NotAPlan, match="The Excel file is broken"):
        read_bytes(workbook(row("a"))[:-20], "plan.xls")
    with pytest.raises(NotAPlan, match="more than 2 cells"):
        read_bytes(workbook(row("a", "b", "c")), "plan.xls", Limits(cells=2))
    with pytest.raises(NotAPlan, match="a Word file as one XML text"):
        read_bytes(b'<?xml version="1.0"?><w:wordDocument xmlns:w="x"/>', "plan.doc")
    with pytest.raises(NotAPlan, match="All sheets of the Excel file are hidden"):
        read_bytes(b"<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "plan.xls")


def test_an_error_in_a_cell_is_told():
    """A formula that failed is named by its cell."""
    (finding,) = read_bytes(workbook(row("a", cell("#REF!", kind="Error"))), "plan.xls").findings
    assert (finding.code, finding.values) == ("error-in-cell", {"cell": "B1", "error": "#REF!"})
