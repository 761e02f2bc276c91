"""Files of rows are told from other tables by their first line, and may hold the rows of several plans."""

from pathlib import Path

import pytest
from support.decided_plans import PLAN

from dcat_hk.core.plan_values import rows_of_plans
from dcat_hk.core.tables import table_layouts, write_csv
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import find_inputs, read_bytes
from dcat_hk.reading.documents.rowfiles import has_rows, read_rows
from dcat_hk.reading.parsing import read_plan


def plans_as_csv(plans):
    """Return rows as `parse --format csv` prints them."""
    return "".join(write_csv(table_layouts()["rows"], rows_of_plans(plans)))


def plan(name):
    """Return the plan under a name."""
    return read_plan(read_bytes(PLAN.encode(), name), load()).require()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"doc,bureau,section,title,date_role\r\n", True),
        (b'"doc";"bureau";"section";"title";"date_role"', True),
        ("doc\tbureau\tsection\ttitle\tdate_role".encode("utf-16"), True),
        (b'[{"doc": "a", "bureau": "b", "plan_title": "", "entries": []}]', True),
        (b'[{"bureau": "b", "doc": "a", "entries": [' + b" " * 20_000, True),
        (b"doc,title\r\n", False),
        ("編號,數據種類,數據集名稱".encode(), False),
        (b"[1, 2]", False),
        (b"%PDF-1.7", False),
        (b"", False),
        (b"\xff\xfe", False),
    ],
)
def test_rows_are_told_from_other_files(data, expected):
    """What a file is called does not count."""
    assert has_rows(data) == expected


def test_a_file_with_the_rows_of_several_plans_is_several_inputs(tmp_path):
    """Each goes by the name of the file that its rows were read from."""
    path = tmp_path / "rows.csv"
    path.write_text(plans_as_csv([plan("a.txt"), plan("b.txt")]), encoding="utf-8", newline="")
    assert [(one.name, one.part) for one in find_inputs([path])] == [("rows.csv/a.txt", 0), ("rows.csv/b.txt", 1)]
    path.write_text(plans_as_csv([plan("a.txt")]), encoding="utf-8", newline="")
    assert [(one.name, one.part) for one in find_inputs([Path(path)])] == [("rows.csv", None)]
    path.write_text("doc,bureau,section,title,date_role,colour\r\n", encoding="utf-8")
    assert [one.name for one in find_inputs([path])] == ["rows.csv"]


def test_rows_know_their_lines():
    """A cell with line ends moves the lines behind it."""
    text = plans_as_csv([plan("a.txt")]).replace("以CVS格式列出", '"以CVS\n格式列出"')
    (cells,) = read_rows(text.encode(), "rows.csv")
    assert [row.where for row in cells.rows] == ["line 2", "line 4", "line 5"]
