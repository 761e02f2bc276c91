"""Old Excel files, whose cells a process of its own reads."""

from datetime import datetime

import pytest
from support.kinds import XlsLook, as_ole, as_xls, fields_of
from support.paths import SEEDS
from support.plan_readings import codes
from support.plan_texts import english_plan, plan_with
from support.sheet_files import as_xlsx, rows_of, texts_of

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Limits
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.documents.kinds import kind_of
from dcat_hk.reading.parsing import read_plan

SHEET = [
    ["Marine Department"],
    ["Annual Open Data Plan for 2024 to 2026"],
    ["D. Datasets already released"],
    ["No.", "Category", "Name of Dataset", "Description", "Release Date", "Update Frequency"],
    ["1", "Transport", "Vessel arrivals", "At each anchorage (CSV)", "09/2020", "Daily"],
]


@pytest.mark.parametrize("plan", [plan_with(), english_plan(), next(SEEDS.glob("002*")).read_text(encoding="utf-8")])
def test_a_plan_in_an_old_file_says_what_it_says_in_a_new_one(plan, tmp_path):
    """The same rows as .xls and as .xlsx give the same entries."""
    path = tmp_path / "plan.txt"
    path.write_text(plan, encoding="utf-8")
    rows = rows_of(path)
    data = as_xls({"S": rows})
    assert kind_of(data, "plan.doc") == "xls"
    assert fields_of(data, "plan.xls") == fields_of(as_xlsx({"S": rows}), "plan.xls")


def test_values_are_shown_as_in_a_sheet():
    """Whole numbers have no point, days are dates, and places are sheets and rows."""
    data = as_xls({"S": [[], ["a", 1, 2.5, datetime(2025, 9, 1), datetime(2025, 9, 1, 12)], ["b"]]})
    assert texts_of(data, "plan.xls") == [["a", "1", "2.5", "2025-09-01", "2025-09-01 12:00"], "b"]
    assert read_bytes(data, "plan.xls").places[0] == "sheet S, row 2"


def test_hidden_sheets_rows_and_columns_are_not_read():
    """A finding names each hidden sheet, and the rows and columns of others that are hidden."""
    rows = [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]]
    document = read_bytes(as_xls({"S": rows, "T": [["b"]]}, hidden=("T",), unseen=([1], [2])), "plan.xls")
    assert document.lines == ("a", "b", "g", "h")
    assert [(one.code, one.values) for one in document.findings] == [
        ("hidden-sheet", {"sheet": "T"}),
        ("hidden-rows", {"rows": "2", "sheet": "S"}),
        ("hidden-columns", {"columns": "C", "sheet": "S"}),
    ]
    with pytest.raises(NotAPlan, match="All sheets of the Excel file are hidden"):
        read_bytes(as_xls({"S": [["a"]]}, hidden=("S",)), "plan.xls")


def test_a_row_that_is_crossed_out_is_withdrawn():
    """What is crossed out in an old file is not published, as in a new one."""
    rows = [[*row] for row in SHEET]
    rows.append([XlsLook(text, struck=True) for text in ("2", "Transport", "Berths", "List (CSV)", "01/2021", "Daily")])
    reading = read_plan(read_bytes(as_xls({"S": rows}), "plan.xls"), load())
    assert [entry.title for entry in reading.require().entries] == ["Vessel arrivals"]
    assert "struck-text" in codes(reading)
    assert "hidden-not-known" not in codes(reading)


def test_looks_that_are_not_known_are_a_warning():
    """Where the looks of cells cannot be read, all text is, and a warning says so."""
    document = read_bytes(as_xls({"S": [["a", XlsLook("b", struck=True)]]}, broken=True), "plan.xls")
    assert document.lines == ("a", "b")
    assert [(finding.code, finding.severity) for finding in document.findings] == [("hidden-not-known", "warning")]


def test_several_sheets_have_their_names():
    """The name of a sheet stands before its rows if there are others."""
    rows = [["No.", "Category", "Name"], ["1", "Sea", "Ships"]]
    assert texts_of(as_xls({"One": rows, "Two": rows}), "plan.xls")[0] == "One"


def test_a_file_that_would_take_all_memory_is_refused():
    """Two cells far apart make a sheet of millions of cells, which no limit allows."""
    far = [["a"], *[[]] * 60_000, [*[""] * 200, "b"]]
    with pytest.raises(NotAPlan, match="more than 1,000,000 cells"):
        read_bytes(as_xls({"S": far}), "plan.xls")
    with pytest.raises(NotAPlan, match="more than 3 cells"):
        read_bytes(as_xls({"S": [["a", "b"], ["c", "d"]]}), "plan.xls", Limits(cells=3))
    with pytest.raises(NotAPlan, match="more than 3 characters in one cell"):
        read_bytes(as_xls({"S": [["long", "b"]]}), "plan.xls", Limits(cell=3))


def test_a_broken_file_is_refused():
    """The package's error, or the end of its process, says what to do instead."""
    with pytest.raises(NotAPlan, match=r"\.xls\) is broken.*save it as \.xlsx"):
        read_bytes(as_ole({"Workbook": b"\xff" * 5000}), "plan.xls")


@pytest.mark.parametrize(
    ("streams", "kind"),
    [
        (("WordDocument", "Workbook"), "old-word"),
        (("Workbook", "WordDocument"), "xls"),
        (("Book",), "xls"),
        (("PowerPoint Document",), "presentation"),
        (("__properties_version1.0",), "old-office"),
    ],
)
def test_old_files_are_told_by_their_streams(streams, kind):
    """What a file holds beside its own text, such as a sheet in a letter, does not count."""
    assert kind_of(as_ole(dict.fromkeys(streams, b"x")), "plan.bin") == kind


def test_an_old_word_file_is_refused_with_advice():
    """The kind is named, and what to save the plan as."""
    with pytest.raises(NotAPlan, match=r"an old Word file \(\.doc\)\. Save it as \.docx or PDF"):
        read_bytes(as_ole({"WordDocument": b"x"}), "plan.doc")
