"""Questions on a screen, as a page and in a spreadsheet; answers from a spreadsheet."""

import csv
import io

import pytest
from support.compared_plans import make_plan, planned, released

from dcat_hk.commands.review_views import COLUMNS, question_as_text, questions_as_csv, questions_as_page, read_answers
from dcat_hk.core.errors import NotReadable
from dcat_hk.reconciliation.outcomes import Candidate, PlanPair
from dcat_hk.reconciliation.questions import Question

BASE = "https://example.org/dcat-hk/"
OLD = make_plan(2020, planned("=風速讀數", "2021-03", date_raw="3/2021", group="觀測網絡"), dated="2019-12")
NEW = make_plan(2021, released("風力讀數<b>", date_raw="5/2019"), released("風速、\x1b[31m風向"), dated="2020-12")
PAIR = PlanPair(OLD, NEW, ())
OPEN = Question(
    PAIR,
    OLD.items[0],
    "open",
    tuple(Candidate(item, 5.25, "renamed", {"title": 2.5, "date": -1.0}) for item in NEW.items),
)
GONE = Question(PAIR, OLD.items[0], "no-longer-listed")


def test_both_sides_stand_beside_one_another():
    """The screen has the printed words, month, place, plan and file of each row, and every signal."""
    text = question_as_text(OPEN, 2, 7, "en", 200)
    for words in ("2 of 7", "=風速讀數", "風力讀數<b>", "3/2021", "5/2019", "觀測網絡", "line 3", "2020-12", "5.25"):
        assert words in text
    assert "date -1.00" in text
    assert "\x1b" not in text
    assert "之前" in question_as_text(GONE, 1, 1, "zh-Hant", 200)


def test_a_page_has_the_lines_to_append():
    """Each answer has its line, every value is escaped, and nothing is loaded."""
    page = questions_as_page([OPEN, GONE], BASE, "en")
    assert "風力讀數&lt;b&gt;" in page
    assert "<script" not in page
    assert "src=" not in page
    assert "record/hk-xyz/2020/0\t&#39;=風速讀數\tskos:exactMatch\t\trecord/hk-xyz/2021/0\t風力讀數&lt;b&gt;\t" in page
    assert page.count("plan:dropped") == 2
    assert page.count("AUTHOR\tDATE") == page.count("semapv:ManualMappingCuration")
    assert "Nothing waits" in questions_as_page([], BASE, "en")


def test_a_spreadsheet_has_a_line_for_each_candidate():
    """No cell is a formula, and there are two empty columns to fill in."""
    text = questions_as_csv([OPEN, GONE])
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [row[COLUMNS.index("object_id")] for row in rows[1:]] == [*(item.record for item in NEW.items), ""]
    assert rows[1][COLUMNS.index("subject_title")] == "'=風速讀數"
    assert all(row[:2] == ["", ""] for row in rows[1:])


def fill(folder, *answers, delimiter=",", ending="\r\n"):
    """Fill the spreadsheet of an open question and one that is gone with answers and comments; return the path."""
    rows = [
        dict(row)
        for row in csv.DictReader(io.StringIO(questions_as_csv([OPEN, GONE]).removeprefix("\ufeff"), newline=""))
    ]
    for row in rows:
        row["subject_id"] = f"{BASE}{row['subject_id']}"
        row["object_id"] = row["object_id"] and f"{BASE}{row['object_id']}"
    for row, (answer, comment) in zip(rows, answers, strict=False):
        row["answer"], row["comment"] = answer, comment
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, delimiter=delimiter, lineterminator=ending)
    writer.writeheader()
    writer.writerows(rows)
    path = folder / "filled.csv"
    path.write_text("\ufeff" + out.getvalue(), encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_answers_are_read_as_spreadsheets_save_them(tmp_path, delimiter):
    """Commas, semicolons and tabs are known; a line without an answer says nothing."""
    path = fill(tmp_path, ("Same", "sure"), ("", ""), ("已取消", ""), delimiter=delimiter)
    lines = read_answers(path, "me", "2021-05-01")
    assert [(one.judgement.verdict, one.judgement.object, one.judgement.comment) for one in lines] == [
        ("same", f"{BASE}{NEW.items[0].record}", "sure"),
        ("dropped", "", ""),
    ]
    assert lines[0].labels == ("=風速讀數", "風力讀數<b>")


@pytest.mark.parametrize(
    ("answers", "line", "message"),
    [
        ([("perhaps", "")], 2, "“perhaps” is no answer"),
        ([("", ""), ("cannot tell", "")], 3, "say why"),
        ([("", ""), ("", ""), ("same", "")], 4, "said of two rows"),
    ],
)
def test_an_answer_that_cannot_be_used_is_named(tmp_path, answers, line, message):
    """A word that is no answer, and one that lacks something, are errors that name file and line."""
    path = fill(tmp_path, *answers)
    with pytest.raises(NotReadable, match=message) as raised:
        read_answers(path, "me", "2021-05-01")
    assert raised.value.where == f"{path}: line {line}"


def test_a_file_that_is_no_spreadsheet_of_ours_is_named(tmp_path):
    """Columns that are missing, IRIs that were changed and broken quotes are errors."""
    path = tmp_path / "filled.csv"
    for text, message in (
        ("a,b\n1,2\n", "no column “answer”"),
        ("answer,subject_id,object_id\nsame,D.1,A.1\n", "no IRI of a record"),
        ('answer,subject_id,object_id\n"same,D.1,A.1\n', "no line of a table"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(NotReadable, match=message):
            read_answers(path, "me", "2021-05-01")
