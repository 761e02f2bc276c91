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


def test_each_status_that_nobody_knows_is_told_once():
    """One finding for each text, with the number of cells that have it."""
    rows = [("03/2025", "甲級"), ("04/2025", "乙級"), ("05/2025", "已發放"), ("06/2025", "甲級")]
    reading = read(*rows, label="狀態")
    assert told(reading) == ["unknown-status", "unknown-status", "stage-by-row"]
    found = [(f.values["text"], f.values["count"]) for f in reading.findings if f.code == "unknown-status"]
    assert found == [("甲級", "2"), ("乙級", "1")]


def test_a_dash_beside_a_date_is_none():
    """What stands in place of an original date is no date that was changed, nor the target of what was released."""
    texts = {"date": "N/A", "revised": "06/2025"}
    assert settle_row(texts, "target", None).findings == ()
    [(_code, values)] = settle_row({"date": "不適用", "actual": "06/2025"}, "target", None).findings
    assert values["before"] == "–"


def test_released_rows_of_the_released_section_say_nothing_new():
    """A status that says what the section says, or speaks of updates, is no finding; another one is."""
    reading = read(("03/2019", "已發放"), ("03/2020", "下次更新為2026年1月"), heading="D. 已發放的數據集", label="狀態")
    assert told(reading) == []
    reading = read(("03/2019", "尚未發放"), ("03/2020", "已發放"), heading="D. 已發放的數據集", label="狀態")
    assert told(reading) == ["target-by-row"]
    assert [e.date_role for e in reading.require().entries] == ["target", "released"]


def test_a_report_on_progress_has_what_its_rows_say():
    """Below a heading that only reports, what is under way has not been released; elsewhere that says nothing."""
    rows = (("03/2024", "已如期發放"), ("06/2024", "進行中"), ("09/2024", "延至2025年3月"))
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
    stage = settle_row({"date": "03/2025", "status": "Released"}, "target", "2025-12", labelled="released")
    assert (stage.role, stage.date.month, stage.date_raw) == ("released", "2025-03", "03/2025")
    stage = settle_row({"date": "03/2026", "status": "Released"}, "target", "2025-12", labelled="released")
    assert stage.date.month is None


@pytest.mark.parametrize(
    ("status", "month"),
    [
        ("Released", None),
        ("已發放", None),
        ("已完成", None),
        ("Done", None),
        ("Released by the Department", None),
        ("Released with errors, to be re-released 12/2025", None),
        ("已發放，但有錯漏，將於2025年12月重新發放", None),
        ("Released as scheduled", "2025-03"),
        ("已如期發放", "2025-03"),
        ("已按時完成", "2025-03"),
        ("2025年6月前已發放", None),
        ("Published by HKO", None),
        ("Published a month before the target date, in 05/2025", "2025-05"),
        ("因應市民要求，已於2025年2月發放", "2025-02"),
        ("Completed - on DATA.GOV.HK since 05/2025", "2025-05"),
        ("2025年5月起於資料一線通提供", "2025-05"),
    ],
)
def test_a_target_is_no_month_of_a_release(status, month):
    """A row that was released has the month that its words state, its target only if it came as planned; it is told."""
    stage = settle_row({"date": "03/2025", "status": status}, "target", "2025-12", labelled="target")
    assert (stage.role, stage.date.month) == ("released", month)
    [(code, values)] = stage.findings
    assert (code, values["before"], values["date"]) == ("stage-by-row", "03/2025", month or "–")


def test_a_release_by_its_row_is_not_told_to_go_back():
    """Moving a row to the released ones and back are not advised at once."""
    assert told(read(("已於2026年1月推出", ""), ("06/2025", ""))) == ["stage-by-row"]


@pytest.mark.parametrize(
    ("remark", "date"),
    [
        ("Release deferred to second quarter of 2026", ("2026-04", "2026-06")),
        ("Target date moved to Q1 2026 due to a new system", ("2026-01", "2026-03")),
        ("Delayed. New target: 03/2026", "2026-03"),
        ("Now to be released in March 2026", "2026-03"),
        ("Release brought forward to 02/2025", "2025-02"),
        ("改於2026年3月推出", "2026-03"),
        ("发放时间调整为2026年2月", "2026-02"),
        ("提前至2025年2月發放", "2025-02"),
        ("將推遲一年", None),
        ("推迟半年发放", None),
        ("因人手不足，須延至2026年年中發放", None),
        ("Postponed until after 2026", None),
        ("Release delayed by six months", None),
        ("To be released one year later than planned", None),
        ("Release moved to 2026 (Q2)", ("2026-04", "2026-06")),
        ("Not to be released until March 2026", "2026-03"),
        ("Will not be released before 03/2026", None),
        ("2026年前不會發放", None),
        ("現改為2026年首季推出", ("2026-01", "2026-03")),
        ("預計最快2026年5月才能發放", "2026-05"),
        ("因系統更新而押後", None),
        ("由於資源所限，押後至2026年3月", "2026-03"),
        ("受疫情影響，須延期", None),
        ("因疫情押後", None),
        ("Owing to a system upgrade, deferred to 03/2026", "2026-03"),
        ("Slipping into 2026", ("2026-01", "2026-12")),
        ("Slipped into March 2026", "2026-03"),
        ("Suspended since March 2025", None),
        ("Temporarily on hold pending migration", None),
    ],
)
def test_a_remark_may_replace_the_target(remark, date):
    """By another month or by none; the finding has the month that it was, so that it is not lost."""
    stage = settle_row({"date": "06/2025", "description": remark}, "target", "2025-12")
    assert (stage.role, stage.date.month or stage.date.period) == ("target", date)
    [(code, values)] = stage.findings
    assert (code, values["before"]) == ("deferred-row", "06/2025")


@pytest.mark.parametrize(
    "remark",
    [
        "與第1項合並，不再單獨發放",
        "与第3项合并，不再另行发放",
        "已併入第3項數據集",
        "曾上架其後撤下",
        "項目已終止，不會發放",
        "因資料敏感，決定撤回",
        "This dataset will not now be opened",
        "Merged with item 1 and will not be released separately",
        "It has been decided not to open this dataset",
        "Once published but since taken down",
        "Withdrawn at the request of the data owner",
        "The Department will not proceed with this dataset",
        "This item has been struck from the plan",
        "Taken over by another department and no longer part of this plan",
        "決定不開放此數據集",
    ],
)
def test_a_remark_may_give_a_dataset_up(remark):
    """Whatever its section says."""
    for role in ("target", "released"):
        assert settle_row({"date": "06/2025", "description": remark}, role, "2025-12").is_given_up


@pytest.mark.parametrize(
    "remark",
    [
        "數據集已在3月上線",
        "四月已開放予公眾",
        "市民已可於資料一線通下載",
        "數據集已於二月份上載至資料一線通",
        "Put online in March",
        "Data now available for download at data.gov.hk",
    ],
)
def test_a_month_without_its_year_is_no_month(remark):
    """The dataset has been released; when is not guessed."""
    stage = settle_row({"date": "03/2025", "description": remark}, "target", "2025-12")
    assert (stage.role, stage.date.is_stated) == ("released", False)


@pytest.mark.parametrize(
    "remark",
    [
        "No longer only weekly figures but daily ones",
        "The data will be updated in 2027.",
        "Flights cancelled, delayed or diverted",
        "List of publications released by the Department",
        "Sites opened in 04/2025 and facilities available",
        "Statistics merged with those of other districts",
        "Postponed hearings and new dates of hearing",
        "Roads that will not be opened to traffic",
        "Figures are no longer seasonally adjusted since 01/2026",
        "Cancelled licences, by reason",
        "Open from 9 am to 5 pm",
        "Data not available until 2020",
        "最新數字將於2027年公布",
        "每年3月公布",
        "經濟援助計劃",
        "Data before 2015 were removed from the file",
        "2025年3月開放予公眾的泳灘",
        "不再只按年公布，改為每月更新",
        "合併醫院聯網後的數字",
        "推遲退休的公務員人數",
        "已取消註冊的車輛",
        "延期繳稅的個案",
        "2026年3月的數據將於2027年提供",
        "2019年以前的數據已刪除",
        "下一次更新延至2027年1月",
        "受疫情影響而延期的活動",
        "因天氣取消的航班",
        "因應市民需要而更新的名單",
        "Licences suspended since 2020",
        "Owing to rounding, figures may not add up to the total",
        "Converted into 2020 prices",
    ],
)
def test_words_about_other_things_say_nothing(remark):
    """Neither is anything changed nor anything told."""
    for role in ("target", "released"):
        stage = settle_row({"date": "03/2025", "description": remark}, role, "2025-12")
        assert (stage.role, stage.date.month, stage.is_given_up, stage.findings) == (role, "2025-03", False, ())


@pytest.mark.parametrize(
    "remark",
    [
        "經評估，暫不開放",
        "Reviewed; not released for now",
        "Launched elsewhere",
        "已暫停開放，另行通知",
        "取消，改由其他部門發放",
        "Published by HKO",
        "Delay in minutes",
        "Withdrawn until further notice",
        "Service ended in 2025 and the dataset was removed",
        "Online since mid-May 2025",
    ],
)
def test_what_may_be_about_the_dataset_is_told(remark):
    """Words that nobody knows leave the row what its section says, or put it off; never silently."""
    assert settle_row({"date": "03/2025", "description": remark}, "target", "2025-12").findings


@pytest.mark.parametrize(
    ("status", "month"),
    [
        ("Not released yet - now expected 02/2026", "2026-02"),
        ("Will be released in 01/2026", "2026-01"),
        ("Behind schedule; expected in 02/2026", "2026-02"),
        ("進行中，預計2026年1月完成", "2026-01"),
        ("延期，新目標日期為2026年3月", "2026-03"),
        ("Planned for 06/2025", "2025-06"),
        ("Available from 02/2026", "2026-02"),
        ("Pushed to 01/2026", "2026-01"),
    ],
)
def test_the_month_of_a_status_counts(status, month):
    """What a planned row's status names is newer than its date; in a remark it is unclear."""
    stage = settle_row({"date": "06/2025", "status": status}, "target", "2025-12")
    assert (stage.role, stage.date.month) == ("target", month)
    assert [code for code, _values in stage.findings] == ["deferred-row"] * (month != "2025-06")


@pytest.mark.parametrize(
    "cell",
    [
        "06/2025 (orig.) / 09/2025 (new)",
        "06/2025 (original) 09/2025 (revised)",
        "06/2025 → 09/2025",
        "09/2025 (originally 06/2025)",
        "Revised 09/2025 (was 06/2025)",
        "2025年6月（原定）2025年9月（修訂）",
        "原定2025年6月，改為2025年9月",
        "2025年9月（原为2025年6月）",
    ],
)
def test_of_two_dates_in_a_cell_the_new_one_counts(cell):
    """In a section of released datasets, too, where none is planned by it."""
    for role in ("target", "released"):
        stage = settle_row({"date": cell}, role, "2025-12")
        assert stage.date.month == "2025-09"
    assert settle_row({"date": "06/2025 / 09/2025"}, "target", "2025-12").date.month is None


@pytest.mark.parametrize("words", ["Suspended since March 2025", "On hold", "現已暫停", "Paused until further notice"])
@pytest.mark.parametrize("field", ["status", "description"])
def test_a_released_dataset_that_was_stopped_for_a_time_stays_released(field, words):
    """It may have been stopped before or after its release: that is told, and its month stands."""
    stage = settle_row({"date": "03/2024", field: words}, "released", "2025-12")
    assert (stage.role, stage.date.month) == ("released", "2024-03")
    assert [code for code, _values in stage.findings] == ["unclear-row"]


def test_two_statements_that_disagree_settle_nothing():
    """The section stays and it is told."""
    texts = {"date": "03/2025", "description": "Cancelled", "status": "Released"}
    stage = settle_row(texts, "target", None)
    assert (stage.role, stage.date.month, stage.is_given_up) == ("target", "2025-03", False)
    assert [code for code, _values in stage.findings] == ["unclear-row"]


@pytest.mark.parametrize(
    ("remark", "month"),
    [
        ("Deferred from 2024", "2026-08"),
        ("Target changed from Jan 2026", "2026-08"),
        ("由原定2025年10月延後", "2026-08"),
        ("原定2026年3月，現延期", "2026-08"),
        ("由原定2026年8月延後", None),
        ("Postponed from 2026", None),
        ("Deferred", None),
        ("Deferred from 2024 to 10/2026", "2026-10"),
    ],
)
def test_the_date_of_a_row_stands_where_a_remark_names_only_the_one_before(remark, month):
    """A date from which a dataset was put off is no new date, and takes the row's away only if it is the same."""
    stage = settle_row({"date": "08/2026", "description": remark}, "target", "2026-01")
    assert (stage.role, stage.date.month) == ("target", month)


def test_an_early_release_to_come_is_no_release():
    """Without a word that it was done, 提早發放 may be a plan, too: nothing is called released by it."""
    assert settle_row({"date": "03/2027", "description": "提早發放"}, "target", "2026-01").role == "target"
    assert settle_row({"date": "03/2026", "description": "已提早發放"}, "target", "2026-05").role == "released"
