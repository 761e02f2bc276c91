"""Parts of an Excel file are read as their elements come, within limits."""

import pytest

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Budget, Limits
from dcat_hk.reading.documents.sheetattributes import MergedArea
from dcat_hk.reading.documents.sheetxml import (
    SharedStrings,
    SheetContent,
    SheetDrawing,
    parse,
    unescape,
)


def sheet(cells, more="", **limits):
    """Return what a sheet with these cells holds."""
    content = SheetContent(Budget("plan.xlsx", Limits(**limits)))
    parse([f"<worksheet><sheetData>{cells}</sheetData>{more}</worksheet>".encode()], content, content.budget)
    return content


def test_cells_without_references_follow_one_another():
    """A cell or row that does not say where it is stands behind the one before."""
    content = sheet('<row r="3"><c r="B3"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>')
    assert [(cell.row, cell.column, cell.value) for cell in content.cells] == [(3, 2, "1"), (3, 3, "2"), (4, 1, "3")]


def test_a_formula_is_noticed_and_only_its_value_is_read():
    """The text of a formula is no text of the cell; a formula without a saved value is a cell all the same."""
    content = sheet('<row><c r="A1"><f>SUM(B1)</f><v>6</v></c><c r="B1"><f>NOW()</f></c><c r="C1"/></row>')
    assert [(cell.column, cell.value, cell.formula) for cell in content.cells] == [(1, "6", True), (2, "", True)]


def test_merged_areas_are_read_from_their_corners():
    """Corners in any order, with or without dollar signs, are one area; a single cell is none."""
    more = '<mergeCells><mergeCell ref="$C$4:A2"/><mergeCell ref="A9"/></mergeCells>'
    assert sheet("", more).merged == [MergedArea(2, 1, 4, 3)]


def test_hidden_rows_and_columns_are_those_that_are_not_shown():
    """A height or width of nought hides as much as the word does."""
    content = sheet(
        '<row r="1" ht="0"/><row r="2" hidden="1"/><row r="3"/>',
        '<cols><col min="2" max="3" hidden="true"/><col min="5" max="5" width="0"/></cols>',
    )
    assert content.hidden.rows == {1, 2}
    assert [column for column in range(1, 7) if content.hidden.column(column)] == [2, 3, 5]


def test_strings_are_whole_without_reading_aids():
    """Runs of one string are one text, the pronunciation is none, and escaped characters are what they stand for."""
    strings = SharedStrings(Budget("plan.xlsx"))
    parse(
        [b"<sst><si><r><t>one_x000A_</t></r><r><t>two</t></r><rPh><t>wun</t></rPh></si><si/></sst>"],
        strings,
        strings.budget,
    )
    assert strings.texts == ["one\ntwo", ""]
    assert (unescape("_xD800_"), unescape("_x0000_"), unescape("_xyz_")) == ("\ufffd", "\ufffd", "_xyz_")


def test_a_text_box_has_the_row_that_it_begins_in():
    """The row of the upper corner counts, not that of the lower one nor the columns."""
    drawing = SheetDrawing(Budget("plan.xlsx"))
    anchor = b"<d><from><col>1</col><row>3</row></from><to><col>5</col><row>9</row></to>"
    parse([anchor + b"<p><t>One</t></p><p><t> </t></p></d>"], drawing, drawing.budget)
    assert drawing.paragraphs == [(3, "One")]


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (b'<!DOCTYPE s [<!ENTITY e "x">]><s>&e;</s>', "declares a document type"),
        (b"<s><t></s>", "is broken"),
        (b"", "is broken"),
        (b"<s>" + b"<t>" * 6 + b"</t>" * 6 + b"</s>", "more than 5 levels"),
    ],
    ids=["doctype", "mismatched", "empty", "deep"],
)
def test_what_is_not_plain_xml_is_refused(part, message):
    """Entities, broken elements and elements in one another without end are errors in words."""
    strings = SharedStrings(Budget("plan.xlsx", Limits(depth=5)))
    with pytest.raises(NotAPlan, match=message):
        parse([part], strings, strings.budget)


def test_a_cell_outside_of_every_sheet_is_refused():
    """A row or column beyond the last that Excel has is broken; the last ones are read."""
    assert len(sheet('<row><c r="XFD1048576"><v>1</v></c></row>').cells) == 1
    for place in ("XFE1", "A1048577", "A0"):
        with pytest.raises(NotAPlan, match="lies outside its sheet"):
            sheet(f'<row><c r="{place}"><v>1</v></c></row>')
