"""Findings and results as lines of text."""

from support.mappings import TABS
from support.plan_texts import as_tabs

from dcat_hk.build.readings import keep_reading
from dcat_hk.catalogue.publishing.report import InputOutcome
from dcat_hk.commands.remarks import finding_line, lint_lines, print_findings, print_outcomes, result_lines
from dcat_hk.core.errors import Finding
from dcat_hk.core.place import Place
from dcat_hk.core.results import Result
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan

WARNING = Finding("unread-date", "a.txt", Place(3, 3), {"date": "TBC"})
INFO = Finding("other-script", "a.txt", Place(4, 4), {"text": "x", "script": "Hans"})


def result(severity, number, text):
    """Return a result about a thing."""
    return Result(severity, f"https://a.example/{number}", "", "", "c", "s", (("en", text),))


def test_a_finding_is_one_line_with_place_severity_advice_and_code():
    """Editors and scripts can split the line at colons."""
    line = finding_line(WARNING)
    assert line.startswith("a.txt: line 3: warning: “TBC” ")
    assert line.endswith(" [unread-date]")
    assert "\n" not in line


def test_info_is_printed_only_if_verbose_and_nothing_if_quiet(capsys):
    """Findings go to standard error, and quiet wins over verbose."""
    for quiet, verbose, codes in ((False, False, ["unread-date"]), (False, True, ["unread-date", "other-script"])):
        print_findings([WARNING, INFO], quiet, verbose, "en")
        out, err = capsys.readouterr()
        assert out == ""
        assert [line.rsplit("[", 1)[1].rstrip("]") for line in err.splitlines()] == codes
    print_findings([WARNING, INFO], True, True, "en")
    assert capsys.readouterr() == ("", "")


def test_findings_stand_with_their_document():
    """Each document has its findings, with advice below each, and then its summary."""
    readings = [
        keep_reading(read_plan(read_bytes(as_tabs(TABS).encode(), name), load()), 1) for name in ("a.txt", "b.txt")
    ]
    lines = lint_lines(readings, [WARNING]).splitlines()
    assert lines[0].startswith("a.txt: line 3: warning: ")
    assert lines[1].startswith("    → ")
    assert lines[2:] == ["a.txt: 4 rows, 0 errors, 1 warning.", "b.txt: 4 rows, 0 errors, 0 warnings."]
    assert lint_lines(readings, [], quiet=True) == ""


def test_lines_are_in_the_language_that_is_asked_for():
    """Places, severities and the summary are in Chinese where the messages are; codes are not."""
    again = Finding("repeated-title", "a.txt", Place(8, 9, "page 1, line 8", "page 2, line 1"), {"other": "lines 3-4"})
    readings = [keep_reading(read_plan(read_bytes(as_tabs(TABS).encode(), "a.txt"), load()), 1)]
    lines = lint_lines(readings, [WARNING, again], "zh-Hant").splitlines()
    assert lines[0] == "a.txt: 第3行: 警告: 「TBC」沒有指明月份。 [unread-date]"
    assert lines[2] == "a.txt: 第1頁，第8行至第2頁，第1行: 提示: 計劃多次列出此數據集；見第3至4行。 [repeated-title]"
    assert lines[4] == "a.txt: 4行，0個錯誤，1個警告。"
    assert finding_line(WARNING, "zh-Hans").startswith("a.txt: 第3行: 警告: “TBC”没有指明月份。")


def test_results_are_grouped_by_cause_violations_first():
    """Each cause has its count; of many things the first are named and the others counted."""
    results = [result("Warning", 0, "A."), *(result("Violation", number, "B.") for number in range(5))]
    assert result_lines(results, most=2).splitlines() == [
        "Violation × 5: B.",
        "    https://a.example/0",
        "    https://a.example/1",
        "    … and 3 more",
        "Warning × 1: A.",
        "    https://a.example/0",
    ]
    assert result_lines([]) == ""


def test_files_that_are_missing_in_an_answer_are_told_with_their_exit_code(capsys):
    """Even quietly; what only limits the answer is told otherwise, and changes no exit code."""
    rival, dateless = (
        Finding("other-plan", "b.txt", None, {"other": "a.txt"}),
        Finding("undated-plan", "a.txt", None, {"month": "2024-01"}),
    )
    outcomes = [InputOutcome("a.txt", findings=(dateless,)), InputOutcome("b.txt", findings=(rival,))]
    assert print_outcomes(outcomes[:1], True, False, "en") == 0
    assert capsys.readouterr().err == ""
    assert print_outcomes(outcomes, True, False, "en") == 4
    assert [line.rsplit("[", 1)[1] for line in capsys.readouterr().err.splitlines()] == ["other-plan]"]
    assert print_outcomes([*outcomes, InputOutcome("c.txt", refused="c.txt: no plan")], False, False, "en") == 3
    assert [line.rsplit("[", 1)[1] for line in capsys.readouterr().err.splitlines() if "[" in line] == [
        *("undated-plan]", "other-plan]")
    ]
