"""Cells of Word tables say how many columns and rows they reach over, however the file states it."""

import pytest

from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import Extent, read_bytes
from dcat_hk.reading.parsing import read_plan
from tests.support.word_and_web_files import cell, paragraph, table, word_file

RESTART, GO_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
ACROSS, GO_ACROSS = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'


def extents(*rows, widths=()):
    """Return how far each cell with text reaches, for each row."""
    document = read_bytes(word_file(table(*rows, widths=widths)), "plan.docx")
    return [
        {
            document.slice(fragments[0].span): tuple(row.extent(place))
            for place, fragments in enumerate(row.cells)
            if fragments
        }
        for row in document.blocks
    ]


def plain(*texts, **properties):
    """Return cells with the same properties."""
    return "".join(cell(text, **properties) for text in texts)


def test_a_row_without_merged_cells_states_nothing():
    """Rows of plain cells have no extents."""
    document = read_bytes(word_file(table(plain("1", "甲", "乙"), plain("2", "丙", "丁"))), "plan.docx")
    assert [row.extents for row in document.blocks] == [(), ()]
    assert document.blocks[0].extent(2) == Extent()


def test_a_cell_merged_downwards_reaches_over_the_rows_below():
    """It ends where another begins anew, and where the merging stops."""
    rows = [
        cell("運輸", RESTART) + plain("1", "甲"),
        cell("", GO_ON) + plain("2", "乙"),
        cell("環境", RESTART) + plain("3", "丙"),
        cell("", '<w:vMerge w:val="continue"/>') + plain("4", "丁"),
        cell("雜項") + plain("5", "戊"),
    ]
    assert [next(iter(row.values())) for row in extents(*rows)] == [(1, 2), (1, 1), (1, 2), (1, 1), (1, 1)]


def test_a_cell_that_goes_on_from_nowhere_is_a_cell_of_its_own():
    """A cell that continues where nothing began is read, and may reach down itself."""
    rows = [cell("甲", GO_ON) + plain("1", "x"), cell("", GO_ON) + plain("2", "y")]
    assert extents(*rows)[0] == {"甲": (1, 2), "1": (1, 1), "x": (1, 1)}


def test_a_deleted_row_is_not_counted():
    """A row that tracked changes deleted does not make a merged cell longer or shorter."""
    deleted = f"<w:trPr><w:del/></w:trPr>{cell('', GO_ON)}{plain('2', '乙')}"
    rows = [cell("運輸", RESTART) + plain("1", "甲"), deleted, cell("", GO_ON) + plain("3", "丙")]
    assert extents(*rows) == [{"運輸": (1, 2), "1": (1, 1), "甲": (1, 1)}, {"3": (1, 1), "丙": (1, 1)}]


def test_a_cell_over_two_columns_counts_columns_of_the_grid():
    """A label over two columns reaches over both; a band over the whole table reaches over all."""
    wide = cell("類別及名稱", '<w:gridSpan w:val="2"/>') + plain("日期")
    band = cell("運輸", '<w:gridSpan w:val="3"/>')
    assert extents(wide, band, plain("1", "甲", "1/2025")) == [
        {"類別及名稱": (2, 1), "日期": (1, 1)},
        {"運輸": (3, 1)},
        {"1": (1, 1), "甲": (1, 1), "1/2025": (1, 1)},
    ]


def test_columns_in_which_no_cell_begins_do_not_count():
    """A span over columns that nothing else uses is a cell of one column."""
    two = '<w:gridSpan w:val="2"/>'
    rows = [cell("a", two) + cell("b", two) + plain("c"), cell("d", two) + cell("e", two) + plain("f")]
    assert extents(*rows) == [dict.fromkeys("abc", (1, 1)), dict.fromkeys("def", (1, 1))]


def test_cells_merged_across_in_the_old_way_are_one():
    """`hMerge` is what `gridSpan` is, in a block of both directions too."""
    rows = [
        cell("block", ACROSS + RESTART) + cell("", GO_ACROSS + RESTART) + plain("x"),
        cell("", ACROSS + GO_ON) + cell("", GO_ACROSS + GO_ON) + plain("y"),
        plain("1", "2", "z"),
    ]
    assert extents(*rows) == [
        {"block": (2, 2), "x": (1, 1)},
        {"y": (1, 1)},
        {"1": (1, 1), "2": (1, 1), "z": (1, 1)},
    ]


@pytest.mark.parametrize("slip", [0, 30])
def test_borders_that_were_dragged_do_not_stretch_cells(slip):
    """A band whose last border is off by a hair ends where the table does; a header's end is the column's."""

    def width(number):
        """Return the property of a cell that says how wide it is."""
        return f'<w:tcW w:w="{number}" w:type="dxa"/>'

    rows = [
        cell("Name", width(2000 + slip)) + cell("Dates", width(2000)),
        cell("n", width(2000)) + cell("from", width(1000 + slip)) + cell("to", width(1000)),
        cell("m", width(2000)) + cell("1", width(1000)) + cell("2", width(1000)),
        cell("band", width(4000 - slip)),
    ]
    assert extents(*rows, widths=(2000, 1000, 1000)) == [
        {"Name": (1, 1), "Dates": (2, 1)},
        {"n": (1, 1), "from": (1, 1), "to": (1, 1)},
        {"m": (1, 1), "1": (1, 1), "2": (1, 1)},
        {"band": (3, 1)},
    ]


def test_a_row_that_begins_late_leaves_the_places_before_it_alone():
    """Grid columns before a row's first cell belong to no cell."""
    wide = cell("wide", '<w:gridSpan w:val="2"/>')
    late = f'<w:trPr><w:gridBefore w:val="1"/></w:trPr>{wide}'
    assert extents(plain("a", "b", "c"), late, plain("d", "e", "f"))[1] == {"wide": (2, 1)}


# ---- plans

LABELS = ["No.", "Category", "Name of Dataset", "Description", "Target Release Date", "Update Frequency"]
DATA = [
    ["1", "Transport", "Vessel arrivals", "Vessels that arrived (CSV)", "09/2025", "Daily"],
    ["2", "Transport", "Vessel departures", "Vessels that left (CSV)", "09/2025", "Daily"],
    ["3", "Environment", "Air quality", "Index of air quality (JSON)", "11/2025", "Yearly"],
]
TURNED = '<w:textDirection w:val="btLr"/>'
STRUCK, WHITE = "<w:strike/>", '<w:color w:val="FFFFFF"/>'


def row(*cells):
    """Return a row of cells, those that are no cells yet as plain ones."""
    return "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)


def wide(text, columns):
    """Return a cell over columns."""
    return cell(text, f'<w:gridSpan w:val="{columns}"/>')


def merged(text, more=""):
    """Return a cell that goes on below."""
    return cell(text, RESTART + more)


def looking(properties, *texts, shade=""):
    """Return a row of cells whose text looks alike."""
    runs = (f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    return "".join(cell(run, shade) for run in runs)


def control(inner, around="<w:text/>"):
    """Return a content control."""
    return f"<w:sdt><w:sdtPr>{around}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


COVERED = cell("", GO_ON)
HEAD, PLAIN = row(*LABELS), [row(*texts) for texts in DATA]
DARK = '<w:shd w:val="clear" w:fill="1F3864"/>'
OLD = ["9", "Transport", "Old", "Old data (CSV)", "01/2025", "Daily"]
TABLES = {
    "plain": table(HEAD, *PLAIN),
    "category, date and frequency": table(
        HEAD,
        row("1", merged("Transport"), *DATA[0][2:4], merged("09/2025"), merged("Daily")),
        row("2", COVERED, *DATA[1][2:4], COVERED, COVERED),
        PLAIN[2],
    ),
    "turned category": table(
        HEAD, row("1", merged("Transport", TURNED), *DATA[0][2:]), row("2", COVERED, *DATA[1][2:]), PLAIN[2]
    ),
    "bands": table(
        row(LABELS[0], *LABELS[2:]),
        wide("Transport", 5),
        *(row(texts[0], *texts[2:]) for texts in DATA[:2]),
        wide("Environment", 5),
        row("3", *DATA[2][2:]),
    ),
    "bands in the old way": table(
        row(LABELS[0], *LABELS[2:]),
        cell("Transport", ACROSS) + cell("", GO_ACROSS) * 4,
        *(row(texts[0], *texts[2:]) for texts in DATA[:2]),
        cell("Environment", ACROSS) + cell("", GO_ACROSS) * 4,
        row("3", *DATA[2][2:]),
    ),
    "labels in two rows": table(
        row(merged("No."), wide("Dataset", 3), merged(LABELS[4]), merged(LABELS[5])),
        row(COVERED, "Category", "Name", "Description", COVERED, COVERED),
        *PLAIN,
    ),
    "a label over two columns": table(
        row(wide("Name of Dataset", 2), LABELS[1], *LABELS[3:]),
        *(row(number, name, category, *rest) for number, category, name, *rest in DATA),
    ),
    "controls around rows": table(HEAD, *PLAIN[:1]) + control(table(PLAIN[1], PLAIN[2]), '<w:tag w:val="goog_rdk_0"/>'),
    "controls around cells": table(HEAD, *("".join(control(cell(text)) for text in texts) for texts in DATA)),
    "a row that was withdrawn": table(HEAD, *PLAIN[:2], looking(STRUCK, *OLD), PLAIN[2]),
    "a row that nobody sees": table(HEAD, *PLAIN[:2], looking(WHITE, *OLD), PLAIN[2]),
    "white labels": table(looking(WHITE, *LABELS, shade=DARK), *PLAIN),
    "formats in a table of their own": table(
        HEAD,
        row(*DATA[0][:3], cell(paragraph("Vessels that arrived") + table(row("CSV"))), *DATA[0][4:]),
        *PLAIN[1:],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_plan_reads_the_same_however_its_table_is_built(name):
    """Three rows with category, date and frequency come out, whatever is merged, turned, struck or in controls."""
    lines = ["Marine Department", "Annual Open Data Plan for 2025 to 2027"]
    body = "".join(map(paragraph, [*lines, "A. Departmental datasets to be released in 2025"])) + TABLES[name]
    reading = read_plan(read_bytes(word_file(body), "plan.docx"), load())
    assert [
        (str(entry.number), entry.category, entry.title, entry.date, entry.frequency) for entry in reading.plan.entries
    ] == [
        ("1", "Transport", "Vessel arrivals", "2025-09", "DAILY"),
        ("2", "Transport", "Vessel departures", "2025-09", "DAILY"),
        ("3", "Environment", "Air quality", "2025-11", "ANNUAL"),
    ]
