"""Tests of `dcat_hk.reading.parsing.rowstages`: what rows say of their own dataset."""

import pytest

from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan
from dcat_hk.reading.parsing.rowstages import settle_row

HEAD = """海事處
2025至2027年度開放數據計劃
{heading}
編號,數據種類,數據集名稱,一般說明,目標發放日期,更新頻率,{label}
"""


def read(*rows, heading="A. 於2025年發放的數據集", label="最新情況", end="2025年12月"):
    """Return the reading of a plan with rows of number, date and status."""
    lines = [f"{n},運輸,泊位{n},(CSV),{date},每月,{status}" for n, (date, status) in enumerate(rows, 1)]
    text = HEAD.format(heading=heading, label=label) + "\n".join([*lines, end])
    return read_plan(read_bytes(text.encode(), "plan.csv"), load())


def told(reading):
    """Return the codes of findings on rows."""
    codes = {
        "stage-by-row",
        "deferred-row",
        "cancelled-row",
        "target-by-row",
        "unclear-row",
        "unknown-status",
        "release-after-plan",
    }
    return [finding.code for finding in reading.findings if finding.code in codes | {"skipped-number"}]


@pytest.mark.parametrize("label", ["狀態", "進度", "跟進情況", "最新情況", "現時怎樣"])
def test_rows_are_what_their_status_says(label):
    """Whatever the column is called; a row that was given up leaves no gap in the numbers."""
    reading = read(
        ("03/2025", "已於2025年2月發放"),
        ("09/2025", "延至2026年12月"),
        ("12/2025", "取消發放"),
        ("10/2025", "進行中"),
        label=label,
    )
    assert [(e.number, e.date, e.date_role) for e in reading.require().entries] == [
        (1, "2025-02", "released"),
        (2, "2026-12", "target"),
        (4, "2025-10", "target"),
    ]
    assert told(reading) == ["stage-by-row", "deferred-row", "cancelled-row"]


def test_a_status_that_nobody_knows_is_told_once():
    """One finding for the column."""
    reading = read(("03/2025", "甲級"), ("04/2025", "乙級"), ("05/2025", "已發放"), label="狀態")
    assert told(reading) == ["unknown-status", "stage-by-row"]
    assert [f.values["count"] for f in reading.findings if f.code == "unknown-status"] == ["2"]


def test_released_rows_of_the_released_section_say_nothing_new():
    """A status that says what the section says, or speaks of updates, is no finding; another one is."""
    reading = read(("03/2019", "已發放"), ("03/2020", "下次更新為2026年1月"), heading="D. 已發放的數據集", label="狀態")
    assert told(reading) == []
    reading = read(("03/2019", "尚未發放"), ("03/2020", "已發放"), heading="D. 已發放的數據集", label="狀態")
    assert told(reading) == ["target-by-row"]
    assert [e.date_role for e in reading.require().entries] == ["target", "released"]


def test_a_report_on_progress_has_what_its_rows_say():
    """Below a heading that only reports, what is under way has not been released; elsewhere that says nothing."""
    rows = (("03/2024", "已發放"), ("06/2024", "進行中"), ("09/2024", "延至2025年3月"))
    reading = read(*rows, heading="D. 計劃數據集的進度")
    assert [(e.date, e.date_role) for e in reading.require().entries] == [
        ("2024-03", "released"),
        ("2024-06", "target"),
        ("2025-03", "target"),
    ]
    reading = read(*rows[:2], heading="D. 已發放的數據集")
    assert {e.date_role for e in reading.require().entries} == {"released"}


def test_a_target_after_the_plan_is_no_month_of_a_release():
    """What was released early without saying when has no date."""
    stage = settle_row({"date": "03/2026", "status": "Released"}, "target", "2025-12")
    assert (stage.role, stage.date.month, stage.date_raw) == ("released", None, "Released")
    stage = settle_row({"date": "03/2025", "status": "Released"}, "target", "2025-12")
    assert (stage.role, stage.date.month, stage.date_raw) == ("released", "2025-03", "03/2025")


def test_a_release_by_its_row_is_not_told_to_go_back():
    """Moving a row to the released ones and back are not advised at once."""
    assert told(read(("已於2026年1月推出", ""), ("06/2025", ""))) == ["stage-by-row"]


def test_two_statements_that_disagree_settle_nothing():
    """The section stays and it is told."""
    texts = {"date": "03/2025", "description": "Cancelled", "status": "Released"}
    stage = settle_row(texts, "target", None)
    assert (stage.role, stage.date.month, stage.is_given_up) == ("target", "2025-03", False)
    assert [code for code, _values in stage.findings] == ["unclear-row"]
