"""What a date cell says, in every form that departments write."""

import pytest

from dcat_hk.core.text import transform
from dcat_hk.reading.recognisers.values import read_date

MONTHS = {
    "2024-03": [
        "3/2024", "03/2024", "3 / 2024", "03／2024", "3-2024", "3.2024", "2024/3", "2024-03", "2024.03", "2024年3月",
        "2024年03月", "2024 年 3 月", "2024年三月", "二零二四年三月", "二〇二四年三月", "2024年3月份", "2024年3月底",
        "2024年3月初", "2024年3月中", "2024年3月中旬", "2024年3月31日", "3月2024年", "March 2024", "march 2024",
        "MARCH 2024", "Mar 2024",
        "Mar. 2024", "Mar, 2024", "March, 2024", "Mar-2024", "Mar/2024", "Mar-24", "Mar 24", "Mar '24", "Mar’24",
        "2024 March", "31 March 2024",
        "31st March 2024", "March 31, 2024", "31-Mar-2024", "31-Mar-24", "31.3.2024", "31/3/2024", "31/03/2024",
        "2024-03-31",
        "2024-03-01 00:00:00", "2024/03/31", "202403", "20240331", "end of March 2024", "end-March 2024",
        "end March 2024", "mid-March 2024",
        "early March 2024", "late March 2024", "(3/2024)", "3/2024 (tentative)", "3/2024 (首次發放日期)",
        "03/2024（首次發放）", "首次發放日期：03/2024",
        "首次發放：2024年3月", "03/2024 首次發放", "03/2024 (first release)", "03/2024 first release",
        "First release: March 2024", "First released in March 2024", "Since March 2024", "From 3/2024", "2024年3月起",
        "自2024年3月起", "由2024年3月起", "於2024年3月", "2024年3月發放", "2024年3月已發放", "released in March 2024",
        "暫定2024年3月", "預計2024年3月", "預計於2024年3月發放", "約2024年3月", "Tentatively March 2024",
        "March 2024 (TBC)", "In March 2024", "03/2024*", "03/2024 [註1]", "03/2024.", "2024年3月。",
        "Sept 2024".replace("Sept", "Mar"),
    ],
    "2024-09": ["Sept 2024", "Sep-24", "September 2024", "9/2024"],
    "2024-12": ["12/2024", "2024年十二月", "二零二四年十二月", "Dec-24", "2024/12", "2024-12-31"],
    "2015-12": ["12/2015 (first release)", "12/2015（首次发放日期）", "12/2015\n(首次發放日期)"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "month"), [(text, month) for month, texts in MONTHS.items() for text in texts])
def test_a_month_is_read_in_every_form(text, month):
    """A cell that names one month gives it, in either script."""
    for words in (text, transform(text, "Hant")):
        date = read_date(words)
        assert (date.month, date.period, date.problem) == (month, None, None)


PERIODS = {
    ("2025-04", "2025-06"): [
        "Q2 2025", "Q2/2025", "Q2, 2025", "2025 Q2", "2025Q2", "2025-Q2", "2025/Q2", "2Q 2025", "2Q2025", "2Q/2025",
        "2025 2Q", "Q2 of 2025",
        "second quarter of 2025", "2nd quarter of 2025", "2nd Quarter 2025", "Second quarter, 2025",
        "2025 second quarter", "2nd Qtr 2025", "the second quarter of 2025",
        "in the second quarter of 2025", "2025年第二季", "2025年第二季度", "2025年第2季", "2025第二季",
        "二零二五年第二季", "2025年二季度", "2025年次季", "2025年第二季 (暫定)", "2025年第二季內",
        "4/2025 - 6/2025", "4/2025-6/2025", "04/2025 to 06/2025", "04-06/2025", "4至6/2025", "2025年4月至6月",
        "2025年4至6月", "2025年4-6月", "2025年4月至2025年6月", "2025年四月至六月",
        "由2025年4月至6月", "April to June 2025", "Apr - Jun 2025", "Apr-Jun 2025", "April – June 2025",
        "April 2025 to June 2025", "from April to June 2025", "between April and June 2025", "Apr 2025 - Jun 2025",
    ],
    ("2025-01", "2025-03"): ["Q1 2025", "2025年首季", "first quarter of 2025", "1Q2025", "Jan to Mar 2025"],
    ("2025-10", "2025-12"): ["Q4 2025", "2025年第四季", "2025年末季", "2025年最後一季", "last quarter of 2025",
        "fourth quarter 2025", "2025 Q4"],
    ("2025-01", "2025-06"): [
        "first half of 2025", "First Half 2025", "1st half of 2025", "H1 2025", "1H 2025", "1H2025", "2025 H1",
        "2025H1", "2025年上半年", "2025上半年", "2025年首半年", "Q1-Q2 2025", "Q1 to Q2 2025",
        "2025年第一至第二季", "2025年第一至二季", "2025 first half", "first and second quarters of 2025",
    ],
    ("2025-07", "2025-12"): ["second half of 2025", "2nd half 2025", "H2 2025", "2H2025", "2025年下半年",
        "2025年第三季至第四季", "Q3 2025 - Q4 2025", "Q3 – Q4 2025"],
    ("2025-01", "2025-12"): ["2025", "2025年", "2025年度", "2025年內", "2025 年", "within 2025", "in 2025",
        "During 2025", "Year 2025", "於2025年內", "(2025)", "（2025年）",
        "2025年起", "2025年已發放", "Since 2025"],
    ("2024-12", "2025-03"): ["12/2024 - 03/2025", "2024年12月至2025年3月", "December 2024 to March 2025",
        "Dec 2024 – Mar 2025", "12/2024~3/2025"],
    ("2024-01", "2025-12"): ["2024-2025", "2024至2025年", "2024 to 2025", "2024年至2025年", "2024 – 2025"],
    ("2024-04", "2025-03"): ["FY2024-25", "FY 2024/25", "2024/25 financial year", "2024-25財政年度",
        "2024/25財政年度", "financial year 2024-25", "2024-2025財政年度"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "period"), [(text, period) for period, texts in PERIODS.items() for text in texts])
def test_a_period_is_read_in_every_form(text, period):
    """A cell that names a stretch of months gives its two ends and no month."""
    for words in (text, transform(text, "Hant")):
        date = read_date(words)
        assert (date.month, date.period, date.problem) == (None, period, None)


PROBLEMS = {
    "missing-date": ["", " ", "不適用", "N/A", "n.a.", "Nil", "-", "—", "／", "沒有", "無", "--", "暫不適用",
        "Not applicable"],
    "impossible-date": [
        "13/2024", "00/2024", "0/2024", "2024-13", "2024年13月", "32/12/2024", "31/2/2024", "30.2.2024", "2024-02-30",
        "3/202", "03/20244", "202年3月", "20244年3月",
        "March 202", "03/1024", "03/2924", "06/2025 - 03/2025", "2025年6月至3月", "Q5 2025", "2025年第五季", "5Q2025",
        "2025年3月32日",
    ],
    "unread-date": [
        "待定", "有待確定", "待確認", "待公布", "TBC", "tbc", "T.B.C.", "TBD", "TBA", "To be confirmed",
        "to be determined", "To be advised", "To be announced",
        "年底前", "2024年底前", "2024年年底前", "2024年底", "2024年年底", "2024年中", "2024年年中", "2024年初",
        "2024年內完成", "by end-2024", "by end 2024", "By the end of 2024",
        "end-2024", "end of 2024", "mid-2024", "Mid 2024", "early 2025", "late 2025", "by 2024", "2024/25", "2024-25",
        "2024/25 school year", "2024/25學年", "12/24", "3/24", "24/3", "3月", "March",
        "第二季", "Q2", "實時", "每年", "已發放", "Released", "視乎情況", "2024年或之後", "before March 2024",
        "2024年3月前", "2024年3月或之前", "2024年3月底前", "by March 2024", "after March 2024",
        "Not earlier than March 2024",
        "不早於2024年3月", "01/2024, 03/2024", "1/2024及7/2024", "1/2024 and 7/2024", "01/2024 & 07/2024",
        "2024年第一季或第二季", "Summer 2025", "第二季至第三季", "within two years",
        "暫定 (2024)", "首次發放(2024年)", "first release (2024)",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("text", "problem"), [(text, code) for code, texts in PROBLEMS.items() for text in texts])
def test_no_month_is_invented(text, problem):
    """A cell that names no month and no two ends gives neither, and why."""
    for words in (text, transform(text, "Hant")):
        date = read_date(words)
        assert (date.month, date.period, date.problem) == (None, None, problem)


@pytest.mark.parametrize(
    ("text", "month", "period"),
    [
        ("2025 (Q3)", None, ("2025-07", "2025-09")),
        ("2025（第三季）", None, ("2025-07", "2025-09")),
        ("Q3 (2025)", None, ("2025-07", "2025-09")),
        ("2025 (first half)", None, ("2025-01", "2025-06")),
        ("2025 (上半年)", None, ("2025-01", "2025-06")),
        ("2025年(12月)", "2025-12", None),
        ("December (2025)", "2025-12", None),
        ("2025 (first release)", None, ("2025-01", "2025-12")),
        ("2025 (3)", None, ("2025-01", "2025-12")),
        ("Q3 2025 (tentative)", None, ("2025-07", "2025-09")),
        ("Q4 (2025)", None, ("2025-10", "2025-12")),
        ("第一季 (2025年)", None, ("2025-01", "2025-03")),
    ],
)
def test_a_part_of_a_year_may_stand_in_brackets(text, month, period):
    """What brackets say counts if it is part of the year beside them; a note in brackets does not."""
    assert (read_date(text).month, read_date(text).period) == (month, period)


def test_a_range_names_two_ends_one_after_the_other():
    """A range sign at the beginning or end is none; the first that parts two dates counts; both ends must be dates."""
    assert read_date("-12/2024-3/2025").period is None
    assert read_date("12/2024-3/2025-").period is None
    assert read_date("2024-12 - 2025-03").period == ("2024-12", "2025-03")
    assert read_date("3/2025 - 3/2025").problem == "impossible-date"
    assert read_date("3/2025 - 待定").problem == read_date("待定 - 3/2025").problem == "unread-date"


def test_a_long_text_is_no_date():
    """Eighty characters can be a date, eighty-one cannot."""
    for blanks, month in ((74, "2024-03"), (75, None)):
        assert read_date(f"3{' ' * blanks}/2024").month == month
