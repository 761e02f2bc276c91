"""Tests of `dcat_hk.reading.recognisers.statements`: what cells and remarks say of one dataset."""

import pytest

from dcat_hk.reading.recognisers.statements import read_date_statement, read_remark, read_status

#: Words, and what they say: (R)eleased, (F) put off, (W) given up, to come (P), nothing clear (U).
STATUSES = [
    ("R", "Released"),
    ("R", "Published on DATA.GOV.HK"),
    ("R", "Completed in June 2025"),
    ("R", "Done"),
    ("R", "Launched"),
    ("R", "Dataset is now available"),
    ("R", "Released as scheduled"),
    ("R", "Uploaded to the portal"),
    ("R", "Opened up in 3/2025"),
    ("R", "Completed"),
    ("R", "已發放"),
    ("R", "已完成"),
    ("R", "已於2025年6月發放"),
    ("R", "已上載至資料一線通"),
    ("R", "已推出"),
    ("U", "提早發放"),
    ("R", "已开放"),
    ("R", "已按计划发布"),
    ("R", "已如期上线"),
    ("P", "In progress"),
    ("P", "On track"),
    ("P", "Not started"),
    ("P", "Pending approval"),
    ("P", "To be released"),
    ("P", "Not yet released"),
    ("P", "Not released"),
    ("P", "Not yet launched"),
    ("P", "未推出"),
    ("P", "Planned"),
    ("P", "Data cleansing in progress"),
    ("P", "Awaiting legal advice"),
    ("P", "Under preparation"),
    ("P", "進行中"),
    ("P", "準備中"),
    ("P", "尚未發放"),
    ("P", "待批准"),
    ("P", "計劃中"),
    ("P", "按計劃進行"),
    ("P", "未开始"),
    ("P", "筹备中"),
    ("P", "待上线"),
    ("F", "Deferred"),
    ("F", "Postponed to 2026"),
    ("F", "Delayed due to system revamp"),
    ("F", "Release date changed to 06/2026"),
    ("F", "Rescheduled for Q1 2026"),
    ("F", "Slipped"),
    ("F", "延期"),
    ("F", "延至2026年6月"),
    ("F", "押後發放"),
    ("F", "因系統更新延遲"),
    ("F", "推遲至下年度"),
    ("F", "改期"),
    ("F", "未能如期發放"),
    ("F", "延后至2026年"),
    ("F", "顺延"),
    ("W", "Cancelled"),
    ("W", "Withdrawn by the bureau"),
    ("W", "Will not be released"),
    ("W", "Dropped from plan"),
    ("W", "No longer pursued"),
    ("W", "Removed"),
    ("W", "取消"),
    ("W", "已撤回"),
    ("W", "不再發放"),
    ("W", "擱置"),
    ("W", "已取消发放"),
    ("W", "不予发放"),
    ("U", "Partly released"),
    ("U", "First batch released; rest to follow"),
    ("U", "Amber"),
    ("U", "80%"),
    ("U", "部分已發放"),
    ("U", "首批已上載"),
    ("U", "綠燈"),
    ("R", "Yes"),
    ("U", "See remarks"),
]
#: Words, and what they say: (R)eleased, (F) put off, (W) given up, to come (P), nothing clear (U).
REMARKS = [
    ("R", "Daily rainfall (CSV). Released in May 2025."),
    ("R", "Already published."),
    ("R", "雨量數據（CSV），已於2025年5月發放。"),
    ("R", "已提前開放"),
    ("F", "Ferry berths (CSV). Deferred to 06/2026."),
    ("F", "Release postponed until 2026"),
    ("F", "渡輪（CSV）；延期至2026年6月發放"),
    ("W", "Moorings list. Cancelled."),
    ("W", "繫泊位名單（CSV）。已取消發放。"),
    ("P", "Cancelled flights by airline (CSV)"),
    ("P", "List of publications released for sale (CSV)"),
    ("P", "Withdrawn vehicles by class"),
    ("U", "已取消航班數目（CSV）"),
    ("P", "公開發售物業名單"),
    ("P", "Records of delayed trains. Updated daily."),
    ("P", "Number of opened files and closed files (CSV)"),
    ("P", "延誤航班統計"),
    ("P", "Data will be released in CSV format"),
    ("P", "Papers to be published, by title"),
    ("U", "Available online"),
    ("P", "Landscape map of Hong Kong (completed in 2005), by district (CSV)"),
    ("U", "Cancelled, delayed and diverted flights"),
    ("P", "Flights: scheduled, delayed, cancelled (CSV)"),
    ("P", "Books printed, published (XLSX)"),
    ("P", "Licences issued, suspended and cancelled. By district."),
    ("P", "航班（取消及延誤）統計"),
    ("P", "取消、延誤及改道航班（CSV）"),
    ("P", "Cases opened"),
    ("P", "已撤回的申請數目"),
    ("P", "Air quality data published by the department in 2019"),
    ("R", "Ferry berths (CSV) – already released in 05/2025"),
    ("R", "渡輪泊位（CSV，JSON）已於2025年5月開放"),
    ("F", "List of berths, deferred to 06/2026"),
    ("W", "List (XLSX); no longer to be released"),
    ("R", "Went live earlier than planned (Feb 2025)"),
    ("R", "Launched 2 months ahead of schedule in 02/2025"),
    ("R", "Early release: 03/2025"),
    ("R", "比預期早推出（2025年2月）"),
    ("R", "较原定日期提前上线（2025年2月）"),
    ("U", "提早兩個月於2月發放"),
    ("F", "推遲至年底"),
    ("F", "押後至另行通知"),
    ("F", "須延至第四季"),
    ("F", "延至較後日期發放"),
    ("F", "Held over to next year"),
    ("F", "Put on hold"),
    ("U", "待系統升級後才推出"),
    ("P", "Early warning system"),
    ("P", "年底結算數字"),
    ("P", "第四季數字"),
    ("P", "Number of stalled vehicles"),
    ("P", "提前預約人數"),
]
#: Words, and what they say: (R)eleased, (F) put off, (W) given up, to come (P), nothing clear (U).
DATES = [
    ("R", "Released 05/2025"),
    ("R", "05/2025 (released)"),
    ("R", "2025年5月已發放"),
    ("R", "Available from 05/2025"),
    ("R", "Published: 05/2025"),
    ("F", "Deferred to 05/2026"),
    ("F", "05/2025 → 05/2026 (deferred)"),
    ("F", "2025年5月（延至2026年5月）"),
    ("W", "Cancelled"),
    ("W", "取消"),
    ("W", "05/2025 (cancelled)"),
    ("U", "05/2026 (subject to being released by HKO)"),
    ("U", "05/2026 (after the register is released)"),
    ("U", "05/2026 (partly released)"),
    ("U", "05/2026（前身已發放）"),
    ("U", "05/2026 (replaces one published in 2019)"),
    ("P", "To be released 05/2026"),
    ("P", "05/2026 (target)"),
    ("P", "預計2026年5月發放"),
    ("P", "05/2026 (first release)"),
    ("P", "不遲於2026年5月"),
    ("P", "By end of 2026"),
]

SAID = {"released": "R", "deferred": "F", "withdrawn": "W", "unclear": "U", "unknown": "U", "changed": "F"}


@pytest.mark.parametrize(("said", "text"), STATUSES)
def test_a_status_is_heard_in_any_wording(said, text):
    """What nobody knows is `unknown` and never taken for something else."""
    assert SAID.get(read_status(text).kind, "P") == said


@pytest.mark.parametrize(("said", "text"), REMARKS)
def test_only_whole_sentences_of_a_remark_count(said, text):
    """Data about what was cancelled or published are not themselves cancelled or published."""
    assert SAID.get(read_remark(text).kind, "P") == said


@pytest.mark.parametrize(("said", "text"), DATES)
def test_a_word_about_another_thing_or_a_condition_is_no_stage(said, text):
    """A cell of dates says that a dataset was released only in whole sentences."""
    assert SAID.get(read_date_statement(text).kind, "P") == said


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Release deferred to 04/2026", "2026-04"),
        ("原定2025年12月，現改為2026年6月", "2026-06"),
        ("由2025年12月延至2026年5月", "2026-05"),
        ("未能於2026年3月發放", None),
        ("Deferred from 03/2025", None),
        ("Released in May 2025", "2025-05"),
    ],
)
def test_the_month_to_which_something_was_put_off_counts(text, month):
    """The month that was not kept is none; a month of a release is."""
    assert read_status(text).date.month == month
