"""Findings on what was not read: one for each table, not one for each word."""

import pytest
from support.plan_readings import codes, read

HEADER = "編號\t數據種類\t數據集名稱\t一般說明\t目標發放日期\t更新頻率"
PLAN = ["渠務署", "2024至2026年度開放數據計劃", "", "A. 將於2024年發放的部門數據集", "", HEADER]
ROW = "1\t環境\t雨水渠\t位置 (CSV)\t03/2024\t每年"


def test_a_plan_that_was_read_whole_has_no_such_finding():
    """Nothing is left over of a plan whose every row is understood."""
    assert not set(codes(read("\n".join([*PLAN, ROW])))) & {"unread-heading", "unassigned-text", "unassigned-texts"}


def test_a_table_under_an_unknown_heading_is_told_once_with_its_rows():
    """Two rows of a section that cannot be told are one error, which counts them and quotes the heading."""
    rows = [HEADER.replace("目標發放日期", "發放日期"), ROW, ROW.replace("1", "2", 1)]
    reading = read("\n".join([*PLAN, ROW, "", "數據甲類", "", *rows]))
    findings = [finding for finding in reading.findings if finding.code == "unread-heading"]
    assert [(finding.values["text"], finding.values["count"]) for finding in findings] == [("數據甲類", "2")]


def test_a_plan_of_mere_headings_is_an_error():
    """Sections with nothing below them are told; "Not applicable" below one says that there is nothing."""
    head = "海事處\n2025至2027年度開放數據計劃\n"
    headings = ["A. 在2025年發放的部門數據集", "D. 進度：已上載的數據集"]
    assert codes(read(head + "\n\n".join(headings))) == ["plan-without-rows"]
    assert "plan-without-rows" not in codes(read(head + "\n\n不適用\n\n".join([*headings, ""])))


HEAD = "Drainage Services Department\nOpen Data Plan for 2024 to 2026\n"
LABELS = "No. Category Dataset Description {} Frequency"
LINES = ["1 Environment", "Drains", "Positions (CSV)", "03/2024 Yearly"]


def test_rows_in_lines_above_all_headings_are_told_once():
    """A table of text without cells whose section nothing says is an error that counts its rows."""
    lines = [LABELS.format("Release Date"), *LINES, *LINES, "D. Datasets already released", "Nil"]
    reading = read(HEAD + "\n".join(lines))
    findings = [finding for finding in reading.findings if finding.code == "unread-heading"]
    assert [finding.values["count"] for finding in findings] == ["2"]
    assert not reading.require().entries


def test_rows_in_lines_above_the_second_heading_belong_to_the_first_section():
    """Only one section can stand above section B."""
    lines = [LABELS.format("Target Release Date"), *LINES, "B. Datasets to be released in 2025 and 2026", "Nil"]
    assert [(entry.section, entry.title) for entry in read(HEAD + "\n".join(lines)).require().entries] == [
        ("A", "Drains")
    ]


def test_a_header_in_lines_above_the_first_heading_is_that_of_all_sections():
    """One table with headings in it has its labels once; its columns hold for each section."""
    released = [line.replace("2024", "2020") for line in LINES]
    lines = [LABELS.format("Release Date"), "A. Datasets to be released in 2024", *LINES]
    reading = read(HEAD + "\n".join([*lines, "D. Datasets already released", *released]))
    assert [
        (entry.section, entry.category, entry.title, entry.description, entry.date)
        for entry in reading.require().entries
    ] == [
        ("A", "Environment", "Drains", "Positions (CSV)", "2024-03"),
        ("D", "Environment", "Drains", "Positions (CSV)", "2020-03"),
    ]


def test_datasets_in_a_section_without_rows_are_an_error():
    """Text that looks like datasets and of which no row was read is no mere remark."""
    text = "\n".join([*PLAN, ROW, "", "D. 已發放的數據集", "", "渠務統計 (2024年5月發放，每月更新，JSON)"])
    findings = [finding for finding in read(text).findings if finding.code == "unread-section"]
    assert [(each.severity, each.loses_rows, each.values["heading"]) for each in findings] == [
        ("error", True, "D. 已發放的數據集")
    ]
    remark = text.replace("渠務統計 (2024年5月發放，每月更新，JSON)", "本署樂意聽取意見")
    assert "unread-section" not in codes(read(remark))


def test_tables_outside_of_all_sections_are_told_once_each():
    """Cells that stand in no section are rows that are lost: one error for each table, not one for each word."""
    rows = [("數據集甲", "安老院舍"), ("簡介", "地址"), ("格式", "CSV")]
    table = "".join(f"<tr><td>{label}</td><td>{text}</td></tr>" for label, text in rows)
    body = (
        f"<h1>社會福利署</h1><h2>2026至2028年度開放數據計劃</h2><table>{table}</table><p>餘下</p><table>{table}</table>"
    )
    reading = read(f"{body}<h3>D. 已發放的數據集</h3><p>無</p>", "plan.html")
    found = [(each.code, each.values["count"]) for each in reading.findings if each.loses_rows]
    assert found == [("unread-heading", "3"), ("unread-heading", "3")]
    assert "unassigned-text" not in codes(reading)


def test_rows_in_lines_below_the_title_are_no_notes():
    """A table of laid-out text whose heading nobody knows is told as rows that are lost, not taken for remarks."""
    rows = [f"{n}.      統計{n}      0{n}/2026      每月      CSV" for n in (1, 2, 3)]
    lines = [
        "屋宇署",
        "2026至2028年度開放數據計劃",
        "",
        "本署樂意聽取意見。",
        "第一篇",
        *rows,
        "",
        "D. 已發放的數據集",
        "無",
    ]
    findings = [finding for finding in read("\n".join(lines)).findings if finding.loses_rows]
    assert [(finding.code, finding.values["count"]) for finding in findings] == [("unread-heading", "3")]


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        ("Year,Planned,Released", ["2026,5,3", "2027,4,-"]),
        ("年份,計劃發放,已發放", ["2026,✓,✓", "2027,✓,"]),
        ("Category,Planned,Released,Total", ["Transport,5,3,8"]),
        ("年度,计划发放,已发放,总数", ["2026,5,3,8"]),
    ],
)
@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_table_of_figures_holds_no_datasets(labels, rows, gap):
    """How many were planned and released is no row of a section, and a table before the sections has no heading."""
    section = [
        "A. Datasets to be released in 2026",
        "No.,Category,Name of Dataset,Target Release Date,Update Frequency",
    ]
    section += ["1,Transport,Berths,06/2026,Monthly"]
    head = ["Marine Department", "Open Data Plan for 2026 to 2028"]
    for parts in ([*head, *section, gap, labels, *rows], [*head, gap, labels, *rows, gap, *section]):
        reading = read("\n".join(parts), "plan.csv")
        assert [entry.title for entry in reading.require().entries] == ["Berths"]
        assert "unread-heading" not in codes(reading)
