"""What a build says: findings by cause, departments, refused files, and nothing that is copied cut."""

import pytest

from dcat_hk.build import BuildResult
from dcat_hk.catalogue.publishing.report import InputOutcome
from dcat_hk.commands.build_summary import (
    cause_lines,
    count_files,
    department_table,
    findings_of,
    group_findings,
    plan_table,
    refused_lines,
)
from dcat_hk.core.errors import Finding
from dcat_hk.core.place import Place

BASE = "https://data.example.hk/a-path-that-is-longer-than-the-terminal-is-wide/plans/"


def late(document, line):
    """Return a finding on a date."""
    return Finding("unread-date", document, Place(line, line), {"date": "TBC"})


def result():
    """Return a build of a plan with an edition and a copy, a plan of an unknown body, and two refused files."""
    police = "plans/hk-hkpf/2024-2026"
    counted = {"rows": 9, "released": 7, "path": police, "bureau": "香港警務處"}
    return BuildResult(
        [
            InputOutcome("a.pdf", "1", findings=(late("a.pdf", 3), late("a.pdf", 4)), **counted),
            InputOutcome("a.txt", "2", edition_of="a.pdf", findings=(late("a.txt", 3),), **counted),
            InputOutcome("b/a.pdf", "1", findings=(repeated("b/a.pdf"), late("b/a.pdf", 3), late("b/a.pdf", 4))),
            InputOutcome("c.txt", "3", rows=2, path="plans/x-abc/2024-2026", bureau="Lighthouse Board"),
            InputOutcome("d.txt", refused="d.txt: This is a picture."),
            InputOutcome("e.txt", refused="e.txt: The file is empty."),
        ],
        remarks=[Finding("default-base-iri", BASE)],
        published=True,
    )


def repeated(document):
    """Return the finding on a copy."""
    return Finding("repeated-plan", document, None, {"other": "a.pdf"})


def test_a_file_with_the_same_bytes_is_told_once():
    """Of a copy only that it is one is told; what another edition lacks is told of itself."""
    told = [(one.document, one.code) for one in findings_of(result())]
    assert told == [
        (BASE, "default-base-iri"),
        ("a.pdf", "unread-date"),
        ("a.pdf", "unread-date"),
        ("a.txt", "unread-date"),
        ("b/a.pdf", "repeated-plan"),
    ]


def test_causes_have_counts_and_first_places_of_as_many_files_as_possible():
    """The worst and most frequent come first; three places are named, and how many more there are; IRIs are whole."""
    findings = [*findings_of(result()), late("z.txt", 1), Finding("missing-title", "z.txt", Place(9, 9))]
    lines = cause_lines(group_findings(findings), "en").splitlines()
    assert lines[0] == "error × 1 in 1 file [missing-title]"
    start = lines.index("warning × 4 in 3 files [unread-date]")
    assert lines[start + 1 : start + 6] == [
        "    a.pdf: line 3: “TBC” does not state a month.",
        "    a.txt: line 3: “TBC” does not state a month.",
        "    z.txt: line 1: “TBC” does not state a month.",
        "    … and 1 more",
        "    → Write the month and year, for example 03/2024.",
    ]
    assert any(BASE in line for line in lines)
    chinese = cause_lines(group_findings(findings), "zh-Hant").splitlines()
    assert "警告 × 4，見於3個檔案 [unread-date]" in chinese
    assert "    a.pdf: 第3行: “TBC”" not in "\n".join(chinese)


def test_refused_files_are_one_list():
    """One is an error on one line, several have a heading, none is nothing."""
    outcomes = result().outcomes
    assert refused_lines(outcomes, "en").splitlines() == [
        "Error: 2 of 6 files were refused:",
        "  d.txt: This is a picture.",
        "  e.txt: The file is empty.",
    ]
    assert refused_lines(outcomes[:-1], "en") == "Error: d.txt: This is a picture.\n"
    assert refused_lines(outcomes[:-2], "en") == ""


def test_departments_are_counted_with_each_file_once():
    """Editions are files but no rows; copies and refused files are in the sentence below."""
    text = department_table(result(), "en", 100)
    rows = [line.split() for line in text.splitlines()]
    assert ["Hong", "Kong", "Police", "Force", "1", "2", "9", "7", "2", "3", "0"] in rows
    assert ["Lighthouse", "Board", "1", "1", "2", "0", "2", "0", "0"] in rows
    assert ["all", "2", "3", "11", "7", "4", "3", "0"] in rows
    assert count_files(result(), "en") == "6 files: 3 read, 1 copies of others, 2 refused."
    assert text.endswith(f"{count_files(result(), 'en')}\n")


def test_a_narrow_terminal_gets_lines():
    """Where there is no room for a table each row is a line, with its names whole."""
    text = department_table(result(), "zh-Hant", 50)
    assert "香港警務處\n    計劃 1, 檔案 2, 行 9, 已發放 7, 計劃中 2, 提示 3\n" in text
    text = plan_table(result(), width=50)
    assert "hk-hkpf/2024-2026, a.pdf\n    rows 9, released 7, planned 2, findings 2\n" in text
    assert "repeated, b/a.pdf" in text
    assert "all, 6 inputs\n    rows 11, released 7, planned 4, findings 6\n" in text


@pytest.mark.parametrize(
    ("code", "path", "kinds"),
    [
        ("plan-in-parts", "plans/hk-hko/2024-2026", ("(part)", "（部分）", "（部分）")),
        ("plan-issued-again", "plans/hk-hko/2024-2026", ("(older issue)", "（較舊版本）", "（较旧版本）")),
        ("edition-lacks-row", "plans/hk-hko/2024-2026", ("(edition)", "（另一版本）", "（另一版本）")),
        ("other-plan", "", ("left out", "未採用", "未采用")),
        ("repeated-plan", "", ("repeated", "重複", "重复")),
    ],
)
def test_the_table_says_what_a_file_is_that_leads_no_plan(code, path, kinds):
    """A part, an older issue, an edition, one that is left out with rows of its own, or the same plan again."""
    outcome = InputOutcome("a.txt", path=path, edition_of="b.txt" if path else "", findings=(Finding(code, "a.txt"),))
    for language, kind in zip(("en", "zh-Hant", "zh-Hans"), kinds, strict=True):
        assert kind in plan_table(BuildResult([outcome]), language, 200)
