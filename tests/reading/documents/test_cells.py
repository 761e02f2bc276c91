"""Rows of a sheet become running text or rows of a table."""

import pytest

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Budget, Limits
from dcat_hk.reading.documents import Line
from dcat_hk.reading.documents.cells import SheetRow, Sheets, count_labels, is_heading
from dcat_hk.reading.documents.document import Extent, Mark, Span
from dcat_hk.reading.documents.flow import FlowMark

HEADER = ["編號", "數據集名稱", "更新頻率"]


def sheets(*rows, label="", wide=(), **limits):
    """Return sheets with one of rows; a row is its cells, an empty text is an empty cell."""
    made = Sheets(Budget("plan.csv", Limits(**limits)))
    made.add(
        [
            SheetRow(
                f"row {number}",
                {column: text for column, text in enumerate(row) if text},
                number,
                {1: Extent(2, 1)} if number in wide else {},
            )
            for number, row in enumerate(rows, 1)
        ],
        label,
        "name of the sheet",
    )
    return made


def shown(made):
    """Return each block: a line as text, a row as the texts of its cells."""
    document = made.document("plan.csv", "", ())
    return [
        document.slice(block.span)
        if isinstance(block, Line)
        else ["|".join(document.slice(fragment.span) for fragment in cell) for cell in block.cells]
        for block in document.blocks
    ]


def test_titles_stand_above_the_header_and_rows_below():
    """Even two cells above the header are running text; the columns are those that the table fills."""
    made = sheets(["計劃", "2024"], [], ["", *HEADER], ["", "1", "罪案", "每年"])
    assert shown(made) == ["計劃", "2024", HEADER, ["1", "罪案", "每年"]]
    assert [block.apart for block in made.blocks] == [True, True, True, False]


def test_a_lone_cell_between_rows_belongs_to_the_table():
    """The rest of a cell, a number and a group heading are rows; a section's heading and a last note are lines."""
    rows = [HEADER, ["1", "罪案", "每年"], ["", "數字", ""], ["防疫基金"], ["2", "火警", "每年"]]
    assert shown(sheets(*rows))[2:4] == [["", "數字", ""], ["防疫基金", "", ""]]
    rows[3] = ["B. 在 2025 年及 2026 年發放的局／部門數據集"]
    assert shown(sheets(*rows))[3] == rows[3][0]
    assert shown(sheets(*rows[:2], [], ["註：每年更新"]))[2] == "註：每年更新"
    assert shown(sheets(*rows[:2], [], ["2"]))[2] == ["2", "", ""]


def test_a_last_lone_cell_is_a_row_only_where_it_can_be_the_rest_of_one():
    """A cell further right goes on the row above; over several columns, or behind a gap, it is a note."""
    rows = [HEADER, ["1", "罪案", "每年"]]
    assert shown(sheets(*rows, ["", "數字"]))[2] == ["", "數字", ""]
    assert shown(sheets(*rows, ["", "數字"], wide={3}))[2] == "數字"
    assert shown(sheets(*rows, [], ["", "數字"]))[2] == "數字"


def test_a_line_before_the_next_header_is_a_line():
    """What stands alone above a repeated header heads the next table."""
    made = sheets(HEADER, ["1", "罪案", "每年"], [], ["火警統計"], HEADER, ["1", "火警", "每年"])
    assert shown(made)[2] == "火警統計"


def test_paragraphs_of_a_cell_are_fragments():
    """A line break within a cell begins a fragment that stands apart; blank lines are none."""
    made = sheets(HEADER, ["1", "罪案\r\n\n數字", "每年"])
    assert shown(made)[1] == ["1", "罪案|數字", "每年"]
    assert [fragment.apart for fragment in made.blocks[1].cells[1]] == [False, True]


def test_a_sheet_is_named_where_nothing_on_it_is_its_heading():
    """The sheet's name stands before its first row; without rows it is beside the text."""
    assert shown(sheets(HEADER, ["1", "罪案", "每年"], label="A. 2024"))[0] == "A. 2024"
    made = sheets(["說明"], label="Sheet1")
    assert shown(made) == ["說明"]
    assert [made.lines[aside.span.line] for aside in made.asides] == ["Sheet1"]


def test_a_header_has_two_labels_and_a_heading_opens_a_section():
    """One label, or labels among more other words, make no header; a long text is no heading."""
    assert count_labels(["編號", "罪案", "數字"]) == 0
    assert count_labels(["更新頻率", ""]) == 0
    assert count_labels(["編號", "更新頻率", "罪案", "數字", "每年"]) == 0
    assert count_labels(["No.", "Dataset Name (in English)"]) == 2
    assert is_heading("A. 在 2024 年發放的局／部門數據集")
    assert not is_heading("A. 在 2024 年發放的局／部門數據集" + "x" * 300)


def test_limits_hold_for_sheets():
    """Cells count as the table is wide, not as they are filled; characters count as often as they stand."""
    with pytest.raises(NotAPlan, match="more than 5 cells"):
        sheets(HEADER, ["1", "罪案"], cells=5)
    with pytest.raises(NotAPlan, match="more than 9 characters"):
        sheets(HEADER, cells=100, characters=9)


def test_merged_cells_reach_over_the_columns_and_rows_of_the_table():
    """Columns that no row fills and rows that are no part of a table do not count; a lone cell under one is a row."""
    made = Sheets(Budget("plan.csv"))
    made.add(
        [
            SheetRow("row 1", {1: "no.", 2: "dataset", 6: "date"}, 1, {2: Extent(3, 1)}),
            SheetRow("row 2", {1: "1", 2: "Crime", 3: "CSV", 6: "Daily"}, 2, {3: Extent(2, 1), 6: Extent(1, 3)}),
            SheetRow("row 3", {1: "Traffic"}, 3),
            SheetRow("row 4", {1: "3", 2: "Fires"}, 4),
        ]
    )
    rows = made.document("plan.csv", "", ()).blocks
    assert [row.extents for row in rows] == [
        (Extent(), Extent(2, 1), Extent(), Extent()),
        (Extent(), Extent(), Extent(), Extent(1, 3)),
        (),
        (),
    ]


def test_marks_follow_the_paragraphs_of_a_cell():
    """A mark over a line break is one for each paragraph, without the white space around it."""
    made = Sheets(Budget("plan.csv"))
    made.add(
        [SheetRow("row 1", {0: " ab\n cd ", 1: "x"}, 1, {}, {0: [FlowMark(2, 6, "struck"), FlowMark(7, 8, "raised")]})]
    )
    assert made.document("plan.csv", "", ()).marks == (Mark(Span(0, 1, 2), "struck"), Mark(Span(1, 0, 1), "struck"))


def test_a_mark_on_no_letter_is_none():
    """An empty stretch of a cell that looks otherwise, as some programs write them, leaves nothing."""
    made = Sheets(Budget("plan.csv"))
    made.add([SheetRow("row 1", {0: "ab", 1: "x"}, 1, {}, {0: [FlowMark(1, 1, "struck")]})])
    assert made.document("plan.csv", "", ()).marks == ()
