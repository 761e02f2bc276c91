"""Notes of an Excel file: at which cell, beside which others, and what else of the file changes."""

import io
import zipfile

import openpyxl
from openpyxl.comments import Comment as Note
from support.sheet_files import as_xlsx

from dcat_hk.core.errors import Finding
from dcat_hk.core.place import Place
from dcat_hk.core.vocabularies import load
from dcat_hk.drafting.annotate import annotate
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan

ROWS = [
    ["香港天文台"],
    ["2026至2028年度開放數據計劃"],
    ["A. 將於2026年發放的部門數據集"],
    ["編號", "數據種類", "數據集名稱", "一般說明", "目標發放日期", "更新頻率"],
    ["1", "氣象", "潮汐", "潮汐高度 (CSV)", "13/2026", "看心情"],
    ["2", "氣象", "雨量", "雨量 (CVS)", "", "每日"],
    ["2025年12月"],
]


def read(data):
    """Return the findings on an Excel file."""
    return read_plan(read_bytes(data, "plan.xlsx"), load()).findings


def notes_of(data, sheet=0):
    """Return the notes of a sheet by cell, as openpyxl knows them."""
    cells = (cell for row in openpyxl.load_workbook(io.BytesIO(data)).worksheets[sheet].iter_rows() for cell in row)
    return {cell.coordinate: cell.comment.text for cell in cells if cell.comment}


def test_a_note_stands_at_its_cell():
    """On a cell, or at the first filled cell of a row; all other parts keep their bytes."""
    data = as_xlsx({"計劃": ROWS})
    assert [str(one.place) for one in read(data)] == [
        *("sheet 計劃, cell E5", "sheet 計劃, cell F5", "sheet 計劃, row 6", "sheet 計劃, cell D6")
    ]
    commented = annotate(data, "plan.xlsx", read(data), "en")
    notes = notes_of(commented)
    assert set(notes) == {"E5", "F5", "A6", "D6"}
    assert notes["D6"] == (
        "warning: “CVS” is listed as a data format but is not a known one. [unknown-format]\n"
        "Use a format that DATA.GOV.HK lists, such as CSV, JSON or XLSX; the most similar one is “CSV”."
    )
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(commented)) as after:
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        assert changed == {"xl/worksheets/sheet1.xml", "[Content_Types].xml"}
        added = set(after.namelist()) - set(before.namelist())
        assert added == {"xl/comments.xml", "xl/drawings/vmlDrawing.vml", "xl/worksheets/_rels/sheet1.xml.rels"}


def test_notes_that_were_there_stay():
    """A further note goes to the next cell without one; notes of one cell are one."""

    def touch(book):
        book.worksheets[0]["E5"].comment = Note("mine", "me")

    data = as_xlsx({"S": ROWS}, touch)
    findings = [one for one in read(data) if one.place and one.place.start.endswith("5")]
    notes = notes_of(annotate(data, "plan.xlsx", [*findings, findings[1]], "en"))
    assert notes["E5"] == "mine"
    assert [text.partition(":")[0] for text in notes["F5"].splitlines()[::2]] == ["error", "warning", "warning"]


def test_several_sheets_with_names_of_any_kind():
    """Each sheet has its own notes; a hidden one before them does not matter."""

    def touch(book):
        book.worksheets[0].sheet_state = "hidden"

    sheets = {"Old": [["x"]], "A, row 7, B": ROWS, "C'D & <E>": [["x"]]}
    data = as_xlsx(sheets, touch)
    findings = [
        Finding("missing-bureau", "plan.xlsx"),
        Finding("missing-date", "plan.xlsx", Place(1, 1, "sheet A, row 7, B, row 5", "sheet A, row 7, B, row 5")),
        Finding("hidden-sheet", "plan.xlsx", Place(1, 1, "sheet Old", "sheet Old"), {"sheet": "Old"}),
        Finding("missing-date", "plan.xlsx", Place(1, 1, "sheet C'D & <E>, cell B3", "sheet C'D & <E>, cell B3")),
    ]
    commented = annotate(data, "plan.xlsx", findings, "en")
    assert set(notes_of(commented, 1)) == {"A1", "A5"}
    assert notes_of(commented, 1)["A1"].splitlines()[2] == "sheet Old"
    assert set(notes_of(commented, 2)) == {"B3"}
    assert notes_of(commented, 0) == {}


def test_the_reference_to_boxes_stands_where_the_schema_has_it():
    """Before the tables and further extensions of a sheet."""
    made = io.BytesIO()
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active.add_table(openpyxl.worksheet.table.Table(displayName="T", ref="A4:F6"))
    book.save(made)
    commented = annotate(made.getvalue(), "plan.xlsx", read(made.getvalue()), "en")
    with zipfile.ZipFile(io.BytesIO(commented)) as package:
        text = package.read("xl/worksheets/sheet1.xml").decode()
    assert 0 < text.index("<legacyDrawing") < text.index("<tableParts")
    assert notes_of(commented)


def test_boxes_that_are_no_xml_do():
    """Excel writes open tags into the boxes of notes."""

    def touch(book):
        book.worksheets[0]["A1"].comment = Note("mine", "me")

    data = as_xlsx({"S": ROWS}, touch)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        name = next(one for one in package.namelist() if one.endswith(".vml"))
        parts = {one: package.read(one) for one in package.namelist()}
    parts[name] = parts[name].replace(b"</xml>", b"<br></xml>")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for one, content in parts.items():
            package.writestr(one, content)
    commented = annotate(made.getvalue(), "plan.xlsx", read(made.getvalue()), "en")
    with zipfile.ZipFile(io.BytesIO(commented)) as package:
        text = package.read(name).decode()
    assert text.count("<v:shape ") == 4
    assert text.rstrip().endswith("</xml>")
