"""The rows of a sheet among those of its file, and what of it is hidden."""

from dcat_hk.core.limits import Budget
from dcat_hk.reading.documents.cells import SheetRow, Sheets
from dcat_hk.reading.documents.sheetrows import UnseenCells, add_sheet

TABLE = [(2, SheetRow("row 2", {1: "No.", 2: "Name"})), (3, SheetRow("row 3", {1: "1", 2: "Ships"}))]


def added(rows, boxes=(), several=False):
    """Return the file's sheets after one has been added."""
    sheets = Sheets(Budget("plan.xlsx"))
    add_sheet(sheets, "S", rows, boxes, several)
    return sheets


def test_boxes_stand_before_or_after_the_table():
    """A box above the table's first row comes before it, any other after all rows."""
    sheets = added(TABLE, [(1, "Plan"), (9, "End")])
    assert sheets.lines == ["Plan", "No.", "Name", "1", "Ships", "End"]
    assert (sheets.places[0], sheets.places[-1]) == ("sheet S, text box", "sheet S, text box")


def test_the_name_of_one_of_several_sheets_is_a_line():
    """A lone sheet's name says nothing; among others it heads the rows, or stands beside a sheet with a heading."""
    assert added(TABLE).lines == ["No.", "Name", "1", "Ships"]
    assert added(TABLE, several=True).lines == ["S", "No.", "Name", "1", "Ships"]
    headed = added([(1, SheetRow("row 1", {1: "i. 空間數據"})), *TABLE], several=True)
    assert headed.lines == ["S", "i. 空間數據", "No.", "Name", "1", "Ships"]
    assert [aside.span.line for aside in headed.asides] == [0]
    assert added([]).asides == []


def test_unseen_cells_are_listed_by_name():
    """Neighbours are one range, columns have letters, and of many cells the first eight are named."""
    cells = {f"A{number}" for number in range(1, 10)}
    unseen = UnseenCells({2, 3, 7}, {1, 26, 27}, cells)
    findings = list(unseen.report("plan.ods", "S", 4))
    assert [(one.code, one.values) for one in findings] == [
        ("hidden-rows", {"rows": "2–3, 7", "sheet": "S"}),
        ("hidden-columns", {"columns": "A, Z–AA", "sheet": "S"}),
        ("covered-cells", {"cells": "A1, A2, A3, A4, A5, A6, A7, A8, …"}),
    ]
    assert {one.place.first for one in findings} == {5}
    assert list(UnseenCells().report("plan.ods", "S", 0)) == []


def test_the_name_of_an_empty_sheet_is_there_once():
    """A sheet without rows, among several, leaves its name beside the text, and leaves it once."""
    sheets = Sheets(Budget("plan.xlsx"))
    add_sheet(sheets, "Notes", [], [], True)
    assert sheets.lines == ["Notes"]
    assert len(sheets.asides) == 1
