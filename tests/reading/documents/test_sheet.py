"""Excel files: what a reader sees is read, what is hidden is told of, and nothing is calculated or fetched."""

import datetime
import io
import time
import tracemalloc
import zipfile

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.table import Table, TableStyleInfo
from support.bounds import is_within
from support.paths import SEEDS
from support.seed_truth import says_what_is_true
from support.sheet_files import as_xlsx, as_zip, bare_xlsx, rows_of, texts_of

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import Limits, Row, read_bytes
from dcat_hk.reading.parsing import read_plan

HEADER = ["編號", "數據種類", "數據集名稱", "一般說明", "目標發放日期 (月/年)", "更新頻率"]
FIRST = [1, "衛生", "藥房名單", "列出註冊藥房", "3/2024", "每年"]
TOP = [
    ["衞生署"],
    [],
    ["2024-2026年度整合開放數據計劃（包含空間數據計劃）"],
    [],
    ["A. 在 2024 年發放的局／部門數據集"],
    [],
]
SHEET = [*TOP, HEADER, FIRST]


def codes(data):
    """Return the codes of a document's own findings."""
    return [finding.code for finding in read_bytes(data, "plan.xlsx").findings]


def changed(value, number_format="General"):
    """Return what a cell shows that holds a value in a number format."""

    def touch(book):
        cell = book.active["B1"]
        cell.value, cell.number_format = value, number_format

    return texts_of(as_xlsx({"S": [["a", "", "b"]]}, touch))[0][1]


# ---- whole plans


@pytest.mark.parametrize("seed", ["002", "003", "004"])
def test_a_seed_as_one_sheet_says_what_is_true(seed):
    """A seed as an Excel file gives every row and field that a reader wrote down of it."""
    path = next(SEEDS.glob(f"{seed}*"))
    says_what_is_true(as_xlsx({"計劃": rows_of(path)}), path.name, seed)


@pytest.mark.parametrize("gaps", [True, False])
@pytest.mark.parametrize("seed", ["002", "003", "004"])
def test_a_seed_with_merged_titles_says_what_is_true(seed, gaps):
    """Titles and headings over the width of the table are running text, with blank rows around them and without."""
    path = next(SEEDS.glob(f"{seed}*"))
    rows = [row for row in rows_of(path) if row or gaps]

    def touch(book):
        for number, row in enumerate(rows, 1):
            if len(row) == 1:
                book.active.merge_cells(start_row=number, end_row=number, start_column=1, end_column=6)

    says_what_is_true(as_xlsx({"計劃": rows}, touch), path.name, seed)


@pytest.mark.parametrize("seed", ["002", "003", "004"])
def test_a_seed_with_a_sheet_for_each_section_says_what_is_true(seed):
    """Sections on sheets of their own follow one another as on one."""
    path = next(SEEDS.glob(f"{seed}*"))
    sheets, name = {}, "A"
    for row in rows_of(path):
        if row and row[0][:2] in {"A.", "B.", "C.", "D."}:
            name = row[0][0]
        sheets.setdefault(name, []).append(row)
    assert list(sheets) == ["A", "B", "C", "D"]
    says_what_is_true(as_xlsx(sheets), path.name, seed)


def test_a_sheet_whose_name_is_its_heading():
    """The name of one of several sheets heads its rows if nothing on the sheet does."""
    rows = {
        "A. 2024年發放的數據集": [*TOP[:4], HEADER, FIRST],
        "B. 2025年及2026年發放的數據集": [HEADER, [1, "衛生", "診所名單", "", "5/2025", "每年"]],
    }
    reading = read_plan(read_bytes(as_xlsx(rows), "plan.xlsx"), load())
    assert [(entry.section, entry.title) for entry in reading.require().entries] == [
        ("A", "藥房名單"),
        ("B", "診所名單"),
    ]
    assert reading.plan.bureau == "衞生署"
    assert reading.ledger.leftovers == ()


def test_the_name_of_a_lone_sheet_is_no_text():
    """A name that heads nothing is in the places of the rows, not among the lines."""
    document = read_bytes(as_xlsx({"Sheet1": SHEET}), "plan.xlsx")
    assert "Sheet1" not in document.lines
    assert document.places[0] == "sheet Sheet1, row 1"


def test_places_name_sheet_and_row():
    """An entry is found by the name of its sheet and the number of its row."""
    reading = read_plan(read_bytes(as_xlsx({"計劃": SHEET}), "plan.xlsx"), load())
    (entry,) = reading.require().entries
    assert str(entry.place) == "sheet 計劃, row 8"
    assert reading.document.lines_at("sheet 計劃, row 8") == ("1", "衛生", "藥房名單", "列出註冊藥房", "3/2024", "每年")


# ---- lines and rows


def test_a_table_that_begins_in_another_column():
    """Empty columns before and behind a table are no columns of it."""
    rows = [["", "", *row, ""] if len(row) > 1 else ["", "", *row] for row in SHEET]
    blocks = texts_of(as_xlsx({"S": rows}))
    assert blocks[-1] == ["1", "衛生", "藥房名單", "列出註冊藥房", "3/2024", "每年"]


def test_a_group_heading_inside_a_table_is_a_row():
    """A row with one filled cell between rows of a table is a row; with a header after it, it is a line."""
    rows = [*SHEET, ["防疫抗疫基金 (AEF)"], [2, *FIRST[1:]], [], ["註：以上均為暫定。"], [], ["其他"], HEADER, FIRST]
    blocks = texts_of(as_xlsx({"S": rows}))
    assert ["防疫抗疫基金 (AEF)", "", "", "", "", ""] in blocks
    assert "註：以上均為暫定。" in blocks
    assert "其他" in blocks


def test_the_rest_of_a_cell_stays_in_its_column():
    """A row that goes on with one cell only is a row, even as the last."""
    blocks = texts_of(as_xlsx({"S": [*SHEET, ["", "", "", "及其地址"]]}))
    assert blocks[-1] == ["", "", "", "及其地址", "", ""]


def test_labels_and_values_above_the_table_are_lines():
    """Above the header of a table even two cells beside one another are running text."""
    rows = [["部門", "衞生署"], ["2024-2026年度整合開放數據計劃"], ["A. 在 2024 年發放的數據集"], HEADER, FIRST]
    assert texts_of(as_xlsx({"S": rows}))[:2] == ["部門", "衞生署"]


def test_line_breaks_in_a_cell_are_paragraphs():
    """Each line of a cell is a fragment of its own that begins a paragraph."""
    document = read_bytes(as_xlsx({"S": [["a", "one\ntwo"], ["b", "c"]]}), "plan.xlsx")
    row = document.blocks[0]
    assert isinstance(row, Row)
    assert [(document.slice(part.span), part.apart) for part in row.cells[1]] == [("one", False), ("two", True)]
    assert row.apart


def test_merged_cells_stand_in_their_first_row_and_column():
    """A cell over columns or rows leaves the others empty; what lies under it is told of."""

    def touch(book):
        sheet = book.active
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("B1:C1")

    data = as_xlsx({"S": [["no.", "name", "", "x"], [1, "a", "b", "c"], ["", "d", "e", "f"]]}, touch)
    assert texts_of(data) == [["no.", "name", "", "x"], ["1", "a", "b", "c"], ["", "d", "e", "f"]]
    assert codes(data) == []
    under = bare_xlsx(
        '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c><c r="C1" t="str"><v>c</v></c></row>',
        more='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
    )
    assert texts_of(under) == [["a", "c"]]
    assert codes(under) == ["covered-cells"]


# ---- hidden


def test_hidden_rows_columns_and_sheets_are_not_read_and_told_of():
    """What nobody sees is not published, and a finding says what it was."""

    def touch(book):
        sheet = book["S"]
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True
        book["Draft"].sheet_state = "hidden"

    rows = [["a", "b", "secret", "c"], ["x", "y", "z", "w"], ["d", "e", "secret", "f"]]
    data = as_xlsx({"S": rows, "Draft": [["draft"]]}, touch)
    document = read_bytes(data, "plan.xlsx")
    assert texts_of(data) == [["a", "b", "c"], ["d", "e", "f"]]
    told = {finding.code: finding.values for finding in document.findings}
    assert told == {
        "hidden-sheet": {"sheet": "Draft"},
        "hidden-rows": {"rows": "2", "sheet": "S"},
        "hidden-columns": {"columns": "C", "sheet": "S"},
    }


def test_a_file_that_shows_nothing():
    """A file whose sheets are all hidden is refused with what to do; an empty sheet is no error of reading."""
    hidden = bare_xlsx("", state="veryHidden")
    with pytest.raises(NotAPlan, match=r"All sheets of the Excel file are hidden\. Unhide the sheets"):
        read_bytes(hidden, "plan.xlsx")
    assert read_bytes(bare_xlsx(""), "plan.xlsx").lines == ()


def test_a_merged_cell_that_begins_in_a_hidden_row_is_still_seen():
    """A merged cell is read where the first of its rows that is shown is."""

    def touch(book):
        sheet = book.active
        sheet.merge_cells("A1:A2")
        sheet.row_dimensions[1].hidden = True

    assert texts_of(as_xlsx({"S": [["a", "b"], ["", "c"]]}, touch)) == [["a", "c"]]


# ---- values


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("mmm-yy", "3/2024"),
        ("m/yyyy", "3/2024"),
        ("mm/yyyy", "03/2024"),
        ("[$-409]mmmm\\ yyyy;@", "3/2024"),
        ('yyyy"年"m"月"', "2024年3月"),
        ('[$-404]yyyy"年"mm"月";@', "2024年03月"),
        ("yyyy-mm-dd", "2024-03-01"),
        ("d/m/yyyy", "2024-03-01"),
        ("mm-dd-yy", "2024-03-01"),
        ("yyyy", "2024"),
    ],
)
def test_real_dates_read_as_they_are_shown(number_format, shown):
    """A date shown as a month is a month, one shown as a day an ISO date; years have four digits."""
    assert changed(datetime.date(2024, 3, 1), number_format) == shown


def test_a_plan_with_real_dates_has_the_months_that_text_would_give():
    """Months that a spreadsheet made dates of are the same months."""

    def touch(book):
        for cell in book.active["E"]:
            cell.number_format = "mmm-yy"

    data = as_xlsx({"S": [*TOP, HEADER, [*FIRST[:4], datetime.date(2024, 3, 1), "每年"]]}, touch)
    (entry,) = read_plan(read_bytes(data, "plan.xlsx"), load()).require().entries
    assert (entry.date_raw, entry.date) == ("3/2024", "2024-03")


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (1, "General", "1"),
        (1.0, "General", "1"),
        (0.1 + 0.2, "General", "0.3"),
        (1, '0"."', "1."),
        (1, "0.", "1."),
        (3, '"("0")"', "(3)"),
        (1234.5, "#,##0.00", "1,234.50"),
        (0.25, "0%", "25%"),
        (7, "000", "007"),
        (1234567, "0.00E+00", "1234567"),
        (True, "General", "TRUE"),
        (False, "General", "FALSE"),
    ],
)
def test_numbers_read_as_they_are_shown(value, number_format, shown):
    """A row's number is 1 and not 1.0, with the point or the brackets that its format gives it."""
    assert changed(value, number_format) == shown


def test_days_counted_from_1904():
    """Old files of the Macintosh count days from another one."""

    def touch(book):
        book.epoch = datetime.datetime(1904, 1, 1)
        book.active["B1"] = datetime.date(2024, 3, 1)
        book.active["B1"].number_format = "m/yyyy"

    assert texts_of(as_xlsx({"S": [["a", "", "b"]]}, touch)) == [["a", "3/2024", "b"]]


def test_strings_of_every_kind():
    """Shared, inline and rich strings are text; how they are pronounced is not."""
    strings = "<si><t>醫院</t></si><si><r><t>甲</t></r><r><rPr><b/></rPr><t xml:space='preserve'> 乙</t></r></si>"
    strings += "<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh><phoneticPr fontId='1'/></si>"
    cells = "".join(f'<c r="{column}1" t="s"><v>{n}</v></c>' for n, column in enumerate("ABC"))
    cells += '<c r="D1" t="inlineStr"><is><t>one_x000A_two</t></is></c><c r="E1" t="d"><v>2024-03-01</v></c>'
    data = bare_xlsx(f'<row r="1">{cells}</row>', strings=strings)
    assert texts_of(data)[0] == ["醫院", "甲 乙", "東京", "one\ntwo", "45352"]


def test_formulas_give_the_value_that_was_saved():
    """A formula is never calculated: its saved value is read, and one without is told of."""
    cells = '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"x"&amp;"y"</f><v>xy</v></c>'
    cells += '<c r="C1"><f>HYPERLINK("https://example.org")</f></c><c r="D1" t="e"><f>A0</f><v>#REF!</v></c>'
    data = bare_xlsx(f'<row r="1">{cells}</row>')
    assert texts_of(data) == [["2", "xy", "#REF!"]]
    assert codes(data) == ["formula-without-value", "error-in-cell"]
    places = [str(finding.place) for finding in read_bytes(data, "plan.xlsx").findings]
    assert places == ["sheet S, cell C1", "sheet S, cell D1"]


def test_comments_and_struck_text():
    """A comment on a cell is no text of the plan; text that is struck through still is."""

    def touch(book):
        book.active["A1"].comment = Comment("ask the minister", "me")
        book.active["B1"].font = Font(strike=True)

    assert read_bytes(as_xlsx({"S": [["a", "b"]]}, touch), "plan.xlsx").lines == ("a", "b")


def test_text_boxes_are_read():
    """Text in a box above the table is running text above it."""
    data = bare_xlsx('<row r="5"><c r="A5"><v>1</v></c><c r="B5"><v>2</v></c></row>', more='<drawing r:id="d"/>')
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        '<Relationships><Relationship Id="d" Type="x/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    )
    box = "<sp><txBody><p><r><t>衞生</t></r><r><t>署</t></r></p></txBody></sp>"
    parts["xl/drawings/drawing1.xml"] = f"<d><a><from><col>0</col><row>1</row></from>{box}</a></d>"
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b' r:id="d"', b"")
    data = as_zip(parts)
    assert texts_of(data) == ["衞生署", ["1", "2"]]
    assert read_bytes(data, "plan.xlsx").places[0] == "sheet S, text box"


# ---- hostile files


def test_a_document_type_is_refused():
    """Entities cannot be declared, so that none can multiply or fetch anything."""
    laughs = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    outside = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    for declared in (laughs, outside):
        data = bare_xlsx('<row r="1"><c r="A1" t="str"><v>x</v></c></row>', declared=declared)
        with pytest.raises(NotAPlan, match="declares a document type"):
            read_bytes(data, "plan.xlsx")


def test_a_sheet_that_claims_to_be_large_costs_nothing():
    """Two cells at the ends of the largest sheet there can be, merged areas over all of it, are two cells."""
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    cells += '<row r="1048576"><c r="XFD1048576"><v>3</v></c></row>'
    more = '<mergeCells><mergeCell ref="C1:XFD1048575"/></mergeCells>'
    start = time.process_time()
    tracemalloc.start()
    document = read_bytes(bare_xlsx(cells, more=more), "plan.xlsx")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert document.lines == ("1", "2", "3")
    assert is_within(time.process_time() - start, 5)
    assert peak < 20_000_000


@pytest.mark.parametrize(
    ("cells", "more"),
    [
        ('<row r="1"><c r="ZZZ1"><v>1</v></c></row>', ""),
        ('<row r="9999999"><c><v>1</v></c></row>', ""),
        ('<row r="1"><c r="A1" t="s"><v>5</v></c></row>', ""),
        ('<row r="1"><c r="A1"><v>1</v>', ""),
    ],
)
def test_a_broken_sheet_is_refused(cells, more):
    """Cells outside the sheet, texts that are missing and cut XML are told of."""
    with pytest.raises(NotAPlan, match="broken"):
        read_bytes(bare_xlsx(cells, more=more), "plan.xlsx")


def test_limits_on_cells_texts_and_depth():
    """More cells, longer texts and deeper elements than the limits allow are refused by the limit's name."""
    many = bare_xlsx("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 102)))
    with pytest.raises(NotAPlan, match="limit “cells”"):
        read_bytes(many, "plan.xlsx", Limits(cells=100))
    long = bare_xlsx(f'<row r="1"><c r="A1" t="str"><v>{"x" * 101}</v></c></row>')
    with pytest.raises(NotAPlan, match="limit “cell”"):
        read_bytes(long, "plan.xlsx", Limits(cell=100))
    deep = bare_xlsx("<x>" * 300 + "</x>" * 300)
    with pytest.raises(NotAPlan, match="limit “depth”"):
        read_bytes(deep, "plan.xlsx")


def test_one_text_in_many_cells_counts_as_often_as_it_stands():
    """A long text that many cells share cannot fill the memory."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 1001))
    data = bare_xlsx(cells, strings=f"<si><t>{'x' * 50_000}</t></si>")
    with pytest.raises(NotAPlan, match="limit “characters”"):
        read_bytes(data, "plan.xlsx")


def test_a_sheet_that_unpacks_to_too_much_is_refused():
    """A part much larger than its packed form is no sheet."""
    data = bare_xlsx("<row></row>" * 1_000_000)
    with pytest.raises(NotAPlan, match="limit “ratio”"):
        read_bytes(data, "plan.xlsx")
    with pytest.raises(NotAPlan, match="limit “unpacked”"):
        read_bytes(data, "plan.xlsx", Limits(unpacked=500_000))


def test_macros_are_only_a_part():
    """A file with macros is read like one without; nothing in it runs."""
    held = io.BytesIO(as_xlsx({"S": SHEET}))
    with zipfile.ZipFile(held, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Auto_Open")
    assert len(read_plan(read_bytes(held.getvalue(), "plan.xlsm"), load()).require().entries) == 1


# ---- how text looks


def marked(data):
    """Return the text and the kind of each mark of a file."""
    document = read_bytes(data, "plan.xlsx")
    return [(document.slice(mark.span), mark.kind) for mark in document.marks]


def rich(*runs):
    """Return a text with fonts of its own."""
    return CellRichText(*(TextBlock(InlineFont(**run), text) if run else text for text, run in runs))


def test_struck_and_raised_text_is_marked():
    """The font of a cell holds for its text, but for runs with a font of their own."""

    def touch(book):
        sheet = book.active
        for column in "ABC":
            sheet[f"{column}3"].font = Font(strike=True)
        sheet["C2"] = rich(("03/2025", {"strike": True}), (" 09/2025", {}))
        sheet["B2"] = rich(("Crime", None), ("1", {"vertAlign": "superscript"}), (" by km", {}))
        sheet["A1"].alignment = Alignment(textRotation=90)
        sheet["B3"] = rich(("New", {"b": True}), (" old", None))
        sheet["D2"] = 5
        sheet["D2"].number_format = ";;;"

    data = as_xlsx({"S": [["No.", "Dataset", "Date"], ["1", "", ""], ["2", "", "10/2025"]]}, touch)
    assert marked(data) == [
        ("No.", "turned"),
        ("1", "raised"),
        ("03/2025", "struck"),
        ("5", "hidden"),
        ("2", "struck"),
        (" old", "struck"),
        ("10/2025", "struck"),
    ]


def test_white_text_is_hidden_where_nothing_paints_its_cell():
    """White letters are seen on a filled cell, in a table with a style, and where a format with conditions holds."""

    def touch(book):
        sheet = book.active
        for row in sheet["A1:C5"]:
            for cell in row:
                cell.font = Font(color="FFFFFFFF")
        for cell in sheet[1]:
            cell.fill = PatternFill("solid", fgColor="FF1F3864")
        sheet.add_table(Table(displayName="T", ref="A2:C3", tableStyleInfo=TableStyleInfo("TableStyleMedium2")))
        sheet.conditional_formatting.add("A4:C4", CellIsRule("equal", ["1"], fill=PatternFill(bgColor="FF000000")))

    data = as_xlsx({"S": [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"], ["j", "k", "l"], ["m", "n", "o"]]}, touch)
    assert marked(data) == [("m", "hidden"), ("n", "hidden"), ("o", "hidden")]


def test_merged_areas_say_how_far_they_reach():
    """A merged cell reaches over the rows of the table that are shown."""

    def touch(book):
        sheet = book.active
        sheet.merge_cells("B2:B5")
        sheet.merge_cells("C1:D1")
        sheet.row_dimensions[4].hidden = True

    rows = [["No.", "Category", "Dataset", None], *([str(n), "Law" if n == 1 else None, "a", "b"] for n in range(1, 5))]
    document = read_bytes(as_xlsx({"S": rows}, touch), "plan.xlsx")
    assert [tuple(map(tuple, row.extents)) for row in document.blocks] == [
        ((1, 1), (1, 1), (2, 1), (1, 1)),
        ((1, 1), (1, 3), (1, 1), (1, 1)),
        (),
        (),
    ]
