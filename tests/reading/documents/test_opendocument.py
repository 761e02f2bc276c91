"""OpenDocument texts and spreadsheets, as packages and as plain XML."""

import pytest
from support.kinds import as_ods, as_odt, fields_of, odf_file, odf_row
from support.paths import SEEDS
from support.plan_texts import english_plan, plan_with
from support.sheet_files import as_xlsx, as_zip, rows_of, texts_of
from support.word_and_web_files import as_word, beside, shown

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Limits
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.documents.kinds import kind_of

PLANS = [plan_with(), english_plan(), next(SEEDS.glob("002*")).read_text(encoding="utf-8")]
DELETION = "<text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region>"
ROWS = 'table:number-rows-repeated="2000000"'
LABELS = ("No.", "Category", "Name")


def text(body, **parts):
    """Return the blocks of an OpenDocument text."""
    return shown(read_bytes(odf_file("text", body, **parts), "plan.odt"))


def cell(content, attributes=""):
    """Return a cell with one paragraph."""
    return f"<table:table-cell {attributes}><text:p>{content}</text:p></table:table-cell>"


def sheet(rows, columns="", **parts):
    """Return an OpenDocument spreadsheet of one sheet."""
    table = f'<table:table table:name="S" table:style-name="ta1">{columns}{rows}</table:table>'
    return odf_file("spreadsheet", table, **parts)


def findings(data):
    """Return the findings on a document, with their values."""
    return [(one.code, one.values) for one in read_bytes(data, "plan.odt").findings]


# ---- texts


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("flat", [False, True])
def test_a_plan_as_odt_says_what_it_says_as_docx(plan, flat):
    """The same plan as an OpenDocument text and as a Word file gives the same entries."""
    data = as_odt(plan, flat)
    assert kind_of(data, "plan.doc") == "opendocument"
    assert fields_of(data, "plan.doc") == fields_of(as_word(plan), "plan.doc")


def test_blanks_breaks_and_fields_are_read_as_they_are_shown():
    """Blanks of the XML are one, those that the file states are as many; a break ends a line; a field is its result."""
    body = "<text:p>Open \n data<text:s text:c='2'/>plan<text:line-break/>for<text:tab/>"
    body += "<text:date>2025</text:date></text:p>"
    assert text(body + "<text:p/>") == ["Open data  plan", "for 2025"]


def test_lists_have_their_numbers():
    """Numbers go on from list to list where the file says so, with the signs around them and those of outer levels."""
    levels = "<text:list-level-style-number text:level='1' style:num-format='A' style:num-suffix='.'/>"
    levels += "<text:list-level-style-number text:level='2' style:num-format='一, 二, 三, ...' style:num-prefix='('"
    levels += " style:num-suffix=')' text:display-levels='1'/>"
    levels += "<text:list-level-style-bullet text:level='3' text:bullet-char='-'/>"
    style = f"<text:list-style style:name='L'>{levels}</text:list-style>"
    item = "<text:list-item{}><text:p>{}</text:p>{}</text:list-item>"
    deepest = "<text:list>" + item.format("", "leaf", "") + "</text:list>"
    inner = "<text:list>" + item.format("", "in", "") + item.format("", "in", deepest) + "</text:list>"
    first = "<text:list text:style-name='L'>" + item.format("", "a", inner) + item.format("", "b", "") + "</text:list>"
    again = first.replace("text:style-name", "text:continue-numbering='true' text:style-name")
    anew = "<text:list text:style-name='L'>" + item.format(" text:start-value='7'", "c", "") + "</text:list>"
    expected = ["A. a", "(一) in", "(二) in", "• leaf", "B. b"]
    assert text(first, styles=style) == expected
    assert text(first + again + anew, styles=style)[5:] == ["C. a", "(一) in", "(二) in", "• leaf", "D. b", "G. c"]


def test_headings_have_the_numbers_of_their_outline():
    """A heading is an item of the file's outline, unless it says that it has no number."""
    outline = "<text:outline-level-style text:level='1' style:num-format='A' style:num-suffix='.'/>"
    more = f"<office:styles><text:outline-style>{outline}</text:outline-style></office:styles>"
    body = "<text:h text:outline-level='1'>One</text:h><text:h text:outline-level='2'>Two</text:h>"
    body += "<text:h text:outline-level='1' text:is-list-header='true'>Three</text:h>"
    body += "<text:h text:outline-level='1'>Four</text:h>"
    assert text(body, more=more) == ["A. One", "Two", "Three", "B. Four"]


def test_a_number_stands_alone_in_a_cell():
    """A row's number that a list gives is the text of its cell."""
    levels = "<text:list-level-style-number text:level='1' style:num-format='1' style:num-suffix='.'/>"
    style = f"<text:list-style style:name='L'>{levels}</text:list-style>"
    number = "<table:table-cell><text:list text:continue-numbering='true' text:style-name='L'><text:list-item><text:p/>"
    number += "</text:list-item></text:list></table:table-cell>"
    rows = odf_row(*LABELS) + odf_row(number, "Sea", "Ships") + odf_row(number, "Air", "Jets")
    expected = [[*LABELS], ["1.", "Sea", "Ships"], ["2.", "Air", "Jets"]]
    assert text(f"<table:table>{rows}</table:table>", styles=style) == expected


def test_cells_stand_in_their_columns():
    """A cell that goes over rows or columns leaves the places it covers empty; groups of rows are rows."""
    tall = '<table:table-cell table:number-rows-spanned="2"><text:p>Sea</text:p></table:table-cell>'
    wide = '<table:table-cell table:number-columns-spanned="2"><text:p>Ships</text:p></table:table-cell>'
    covered = "<table:covered-table-cell/>"
    header = f"<table:table-header-rows>{odf_row(*LABELS, 'Date')}</table:table-header-rows>"
    rows = odf_row("1", tall, wide, covered) + odf_row("2", covered, "Boats", "2025")
    expected = [[*LABELS, "Date"], ["1", "Sea", "Ships", ""], ["2", "", "Boats", "2025"]]
    assert text(f"<table:table>{header}<table:table-rows>{rows}</table:table-rows></table:table>") == expected


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<text:p>a<text:span text:style-name='H'>gone</text:span></text:p>", "hidden-text"),
        ("<text:p>a</text:p><text:p text:style-name='P'>gone</text:p>", "hidden-text"),
        ("<text:p>a</text:p><text:p>gone<text:hidden-paragraph text:is-hidden='true'/></text:p>", "hidden-text"),
        ("<text:p>a<text:hidden-text text:is-hidden='true'>gone</text:hidden-text></text:p>", "hidden-text"),
        ("<text:section text:display='none'><text:p>gone</text:p></text:section><text:p>a</text:p>", "hidden-text"),
        (
            f"<text:tracked-changes>{DELETION}</text:tracked-changes><text:p>a</text:p>",
            "deleted-text",
        ),
    ],
)
def test_what_is_hidden_or_deleted_is_told_and_not_read(body, code):
    """Text that nobody sees is in no block, and a finding quotes it."""
    styles = "<style:style style:name='H' style:family='text' style:parent-style-name='G'/>"
    styles += (
        "<style:style style:name='G' style:family='text'><style:text-properties text:display='none'/></style:style>"
    )
    styles += styles.replace("'text'", "'paragraph'").replace("'H'", "'P'")
    assert text(body, styles=styles) == ["a"]
    assert findings(odf_file("text", body, styles=styles)) == [(code, {"text": "gone"})]


def test_notes_indexes_and_page_heads_stand_beside_the_text():
    """A note is told from the text, with its mark left out; comments and settings are no text."""
    note = (
        "<text:note text:id='1' text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body>"
    )
    body = f"<text:p>Plan{note}<text:p>note</text:p></text:note-body></text:note><office:annotation><text:p>no</text:p>"
    body += "</office:annotation></text:p><text:table-of-content><text:table-of-content-source/><text:index-body>"
    body += "<text:p>Contents</text:p></text:index-body></text:table-of-content>"
    margin = "<office:master-styles><style:master-page><style:header><text:p>Head</text:p></style:header>"
    margin += (
        "<style:header-first><text:p>Head</text:p></style:header-first></style:master-page></office:master-styles>"
    )
    document = read_bytes(odf_file("text", body, more=margin), "plan.odt")
    assert shown(document) == ["Plan"]
    assert beside(document) == [("furniture", "Head"), ("furniture", "Contents"), ("note", "note")]


def test_text_boxes_are_read_and_objects_are_told():
    """A box stands before the paragraph it hangs on; what is kept elsewhere has a finding."""
    box = "<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>"
    shape = "<draw:g><draw:custom-shape><text:p>shape</text:p></draw:custom-shape></draw:g>"
    body = f"<text:p>{box}Plan{shape}<draw:frame><draw:object/></draw:frame></text:p>"
    assert text(body) == ["box", "Plan", "shape"]
    assert findings(odf_file("text", body)) == [("unread-part", {"text": "object"})]


# ---- spreadsheets


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("flat", [False, True])
def test_a_plan_as_ods_says_what_it_says_as_xlsx(plan, flat, tmp_path):
    """The same rows as an OpenDocument spreadsheet and as an Excel file give the same entries."""
    path = tmp_path / "plan.txt"
    path.write_text(plan, encoding="utf-8")
    rows = rows_of(path)
    data = as_ods([[cell.replace("\n", " ") for cell in row] for row in rows], flat)
    assert kind_of(data, "plan.xls") == "opendocument"
    expected = as_xlsx({"S": [[cell.replace("\n", " ") for cell in row] for row in rows]})
    assert fields_of(data, "plan.xls") == fields_of(expected, "plan.xls")


def test_cells_show_their_text_or_else_their_value():
    """A date without its whole year is shown whole; paragraphs of a cell are lines; repeated cells are as many."""
    month = cell("Sep 25", 'office:value-type="date" office:date-value="2025-09-01"')
    whole = month.replace("Sep 25", "9/2025")
    bare = '<table:table-cell office:value-type="float" office:value="1"/>'
    lines = cell("a</text:p><text:p>b", 'table:number-columns-repeated="2"')
    note = cell("x").replace("<text:p>", "<office:annotation><text:p>no</text:p></office:annotation><text:p>")
    data = sheet(odf_row(*LABELS) + odf_row(bare, lines, month, whole, note))
    assert texts_of(data, "plan.ods")[1] == ["1", "a\nb", "a\nb", "2025-09-01", "9/2025", "x"]
    assert read_bytes(data, "plan.ods").places[-1] == "sheet S, row 2"


def test_what_is_hidden_in_a_sheet_is_told_and_not_read():
    """Rows, columns and sheets that nobody sees, and cells under a merged one, have a finding each."""
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    covered = "<table:covered-table-cell><text:p>under</text:p></table:covered-table-cell>"
    rows = odf_row("1", "a", "gone") + odf_row("2", "b", attributes='table:visibility="filter"') + odf_row("3", covered)
    rows += f'<table:table-row-group table:display="false">{odf_row("4", "c")}</table:table-row-group>' + odf_row(
        "5", "d"
    )
    style = "<style:style style:name='ta2' style:family='table'>"
    style += "<style:table-properties table:display='false'/></style:style>"
    hidden = '<table:table table:name="T" table:style-name="ta2"/>'
    table = f'<table:table table:name="S">{columns}{rows}</table:table>{hidden}'
    data = odf_file("spreadsheet", table, styles=style)
    assert texts_of(data, "plan.ods") == [["1", "a"], ["3", ""], ["5", "d"]]
    assert findings(data) == [
        ("hidden-sheet", {"sheet": "T"}),
        ("hidden-rows", {"rows": "2, 4", "sheet": "S"}),
        ("hidden-columns", {"columns": "C", "sheet": "S"}),
        ("covered-cells", {"cells": "B3"}),
    ]
    with pytest.raises(NotAPlan, match="All sheets of the OpenDocument file are hidden"):
        read_bytes(odf_file("spreadsheet", hidden, styles=style), "plan.ods")


def test_boxes_on_a_sheet_are_text():
    """The title of a plan may stand in a box above its table."""
    shapes = (
        "<table:shapes><draw:frame><draw:text-box><text:p>Plan</text:p></draw:text-box></draw:frame></table:shapes>"
    )
    data = odf_file(
        "spreadsheet", f'<table:table table:name="S">{shapes}<table:table-row/>{odf_row("1", "a")}</table:table>'
    )
    assert texts_of(data, "plan.ods") == ["Plan", ["1", "a"]]


# ---- what is refused


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (odf_file("presentation", "<text:p>x</text:p>"), "no text and no spreadsheet"),
        (as_zip({"content.xml": "<a>", "mimetype": ""}), "OpenDocument file is broken"),
        (as_zip({"content.xml": "<!DOCTYPE a><a/>", "mimetype": ""}), "OpenDocument file is broken"),
        (as_zip({"content.xml": "x", "META-INF/manifest.xml": "<encryption-data/>"}), "locked with a password"),
    ],
)
def test_other_files_are_refused(data, message):
    """A presentation, broken XML and a locked file are refused with what to do."""
    with pytest.raises(NotAPlan, match=message):
        read_bytes(data, "plan.odt")


@pytest.mark.parametrize(
    ("data", "limits", "message"),
    [
        (sheet(odf_row(cell("a", 'table:number-columns-repeated="2000000"'))), Limits(), "cells"),
        (sheet(odf_row("a", attributes=ROWS)), Limits(), "cells"),
        (odf_file("text", f"<table:table>{odf_row('a', attributes=ROWS)}</table:table>"), Limits(), "cells"),
        (odf_file("text", "<text:p>long</text:p>"), Limits(cell=3), "characters in one cell"),
        (odf_file("text", "<text:p>" + "<text:a>" * 99 + "</text:a>" * 99 + "</text:p>"), Limits(depth=50), "levels"),
        (odf_file("text", "<text:p/>" * 9), Limits(elements=5), "elements"),
        (odf_file("text", "<text:p/>" * 99), Limits(unpacked=500), "bytes when unpacked"),
    ],
)
def test_limits_hold(data, limits, message):
    """What a file repeats, nests or unpacks to is counted."""
    with pytest.raises(NotAPlan, match=f"more than .* {message}"):
        read_bytes(data, "plan.odt", limits)
