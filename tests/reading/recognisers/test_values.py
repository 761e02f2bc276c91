"""What the words in a cell mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dcat_hk.core.text import transform
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.recognisers.values import (
    date_at,
    ends_with_frequency,
    find_formats,
    frequency_at,
    read_date,
    read_frequency,
)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("10/2016", "2016-10"),
        ("5/2016", "2016-05"),
        ("03／2024", "2024-03"),
        ("2024-03", "2024-03"),
        ("2024/3", "2024-03"),
        ("2024年3月", "2024-03"),
        ("2024 年 十二 月", "2024-12"),
        ("2024年3月31日", "2024-03"),
        ("31/12/2024", "2024-12"),
        ("March 2024", "2024-03"),
        ("Mar. 2024", "2024-03"),
        ("31 December, 2024", "2024-12"),
        ("10/2015 (首次發放日期)", "2015-10"),
        ("12/2015（首次发放日期）", "2015-12"),
    ],
)
def test_a_month_is_read_however_it_is_written(text, month):
    """A date cell with one month gives that month."""
    assert read_date(text).month == month


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Q2 2025", ("2025-04", "2025-06")),
        ("2025年第二季", ("2025-04", "2025-06")),
        ("second quarter of 2025", ("2025-04", "2025-06")),
        ("2025年上半年", ("2025-01", "2025-06")),
        ("2025", ("2025-01", "2025-12")),
        ("2025年", ("2025-01", "2025-12")),
        ("01/2025 - 03/2025", ("2025-01", "2025-03")),
        ("2024年12月至2025年3月", ("2024-12", "2025-03")),
        ("2025年1月至3月", ("2025-01", "2025-03")),
        ("January 2025 to March 2025", ("2025-01", "2025-03")),
    ],
)
def test_a_period_keeps_both_ends(text, period):
    """A quarter, half-year, year or range gives no month but its first and last one."""
    date = read_date(text)
    assert (date.month, date.period) == (None, period)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "missing-date"),
        ("不適用", "missing-date"),
        ("／", "missing-date"),
        ("13/2024", "impossible-date"),
        ("0/2024", "impossible-date"),
        ("32/12/2024", "impossible-date"),
        ("03/2025 - 01/2025", "impossible-date"),
        ("待定", "unread-date"),
        ("TBC", "unread-date"),
        ("2025年底前", "unread-date"),
        ("12/24", "unread-date"),
        ("01/2024, 03/2024", "unread-date"),
        ("實時", "unread-date"),
    ],
)
def test_what_is_no_date_says_why(text, problem):
    """A cell without a month or period gives neither, and the reason."""
    date = read_date(text)
    assert (date.month, date.period, date.problem) == (None, None, problem)


FREQUENCIES = {
    "1MIN": ["每分鐘", "every minute", "1分钟内更新"],
    "5MIN": ["每5分鐘", "每五分鐘", "every 5 minutes"],
    "10MIN": ["每10分鐘一次"],
    "15MIN": ["每15分鐘", "每十五分鐘", "Every 15 minutes"],
    "30MIN": ["每半小時", "每30分鐘", "half-hourly"],
    "HOURLY": ["每小時", "每60分鐘", "hourly", "每個小時"],
    "BIHOURLY": ["每兩小時", "every two hours"],
    "TRIHOURLY": ["每3小時"],
    "12HRS": ["每12小時", "every 12 hours"],
    "DAILY": ["每日", "每天", "每個工作天", "daily", "每24小時", "每日 (於高峰期間)"],
    "DAILY_2": ["每日兩次", "twice a day", "每天2次"],
    "WEEKLY": ["每周", "每週", "每星期", "每个星期", "weekly", "every week", "每7天", "逢星期一更新，每星期一次"],
    "WEEKLY_2": ["每星期兩次", "twice a week"],
    "WEEKLY_3": ["每周三次", "3 times a week"],
    "BIWEEKLY": ["每兩星期", "每两周", "fortnightly", "every 2 weeks", "隔周"],
    "MONTHLY": ["每月", "每個月", "monthly", "once a month", "每月 [註:系統維修中]", "每月更新一次"],
    "MONTHLY_2": ["每月兩次", "每半個月", "twice a month"],
    "MONTHLY_3": ["每月三次"],
    "BIMONTHLY": ["每兩個月", "隔月", "every two months"],
    "QUARTERLY": ["每季", "每季度", "每三個月", "每3個月及有需要時", "quarterly", "every quarter", "每年四次"],
    "ANNUAL_3": ["每四個月", "每年三次"],
    "ANNUAL_2": ["每半年", "每年兩次", "每六個月", "half-yearly", "twice a year", "每年6月及12月"],
    "ANNUAL": ["每年", "每年一次", "annually", "Yearly", "每年 (自2020年起為每年二月)", "每年及有需要時", "per annum"],
    "BIENNIAL": ["每兩年", "every 2 years", "隔年"],
    "TRIENNIAL": ["每三年"],
    "QUADRENNIAL": ["每四年一次"],
    "QUINQUENNIAL": ["每五年"],
    "DECENNIAL": ["每十年"],
    "BIDECENNIAL": ["每20年"],
    "TRIDECENNIAL": ["每三十年"],
    "AS_NEEDED": ["有需要時", "當有更新時", "當有更新數據時", "有需要时", "As and when necessary", "when necessary"],
    "UPDATE_CONT": ["實時", "實時更新", "real-time", "Real time"],
    "IRREG": ["不定期", "irregular"],
    "NEVER": ["一次性", "one-off"],
    "NOT_PLANNED": ["not planned"],
    "OTHER": ["每20分鐘", "每年及每月", "有需要時；食物環境衞生署：每日兩次", "每18個月", "每星期四次"],
}


@pytest.mark.parametrize(("text", "code"), [(text, code) for code, texts in FREQUENCIES.items() for text in texts])
def test_a_frequency_is_read_however_it_is_written(text, code):
    """A frequency cell gives the EU code, in either script."""
    assert read_frequency(text) == code
    assert read_frequency(transform(text, "Hant")) == code


def test_every_label_of_a_frequency_means_it():
    """Each label and wording in the table is read as the concept it stands at."""
    frequencies = load().frequencies
    wrong = {
        words: c.notation for c in frequencies.values() for words in c.wordings if read_frequency(words) != c.notation
    }
    assert wrong == {}


@pytest.mark.parametrize("text", ["視情況而定", "see remarks", "年度", "星期一"])
def test_unknown_words_are_no_frequency(text):
    """Words that state no interval give no code rather than a guess."""
    assert read_frequency(text) is None


def test_cells_end_where_words_can():
    """A date or frequency at the start of a line ends before a blank or a bracket, not inside a word."""
    assert date_at("12/2015 有需要时") == 7
    assert date_at("2019年12月的統計") == 0
    assert frequency_at("每月(首周)") == 2
    assert frequency_at("每月統計") == 0
    assert ends_with_frequency("其他数据每天或有需要时更新。")


@given(st.text(max_size=60))
def test_any_text_is_read_without_failing(text):
    """No cell makes reading fail."""
    read_date(text)
    code = read_frequency(text)
    assert code is None or code in load().frequencies
    assert set(find_formats(text)[0]) <= set(load().formats)


@given(
    st.integers(1900, 2100), st.integers(1, 12), st.sampled_from(["{m}/{y}", "{m:02}/{y}", "{y}年{m}月", "{y}-{m:02}"])
)
def test_every_month_is_read(year, month, form):
    """Any month in any common form gives YYYY-MM."""
    assert read_date(form.format(y=year, m=month)).month == f"{year}-{month:02}"
