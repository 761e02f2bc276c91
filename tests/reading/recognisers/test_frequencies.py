"""What a frequency cell says, in every form that departments write."""

from dataclasses import replace

import pytest

from dcat_hk.core.text import transform
from dcat_hk.core.vocabularies import load, using_vocabularies
from dcat_hk.reading.recognisers.values import frequencies_in, read_frequency

WORDINGS = {
    "1MIN": ["每分鐘", "每1分鐘", "每一分鐘", "Every minute", "every 1 minute", "per minute", "1-minute interval",
        "at 1-minute intervals", "每分鐘更新一次", "1分鐘內更新", "每隔一分鐘"],
    "5MIN": ["每5分鐘", "every five minutes", "Every 5 mins", "Every 5 min.", "5-minute intervals", "5分鐘一次",
        "at five-minute interval"],
    "10MIN": ["every 10 minutes", "every ten minutes", "Updated every 10 minutes", "每10分鐘更新", "每十分鐘一次",
        "每隔10分鐘", "10-minute", "10 minutes"],
    "15MIN": ["every 15 minutes", "15 minutes", "每15分鐘", "每刻鐘", "Every quarter of an hour", "four times an hour"],
    "30MIN": ["half-hourly", "Half hourly", "every half hour", "every half an hour", "every 30 minutes", "每半小時",
        "每半個小時", "每半個鐘", "每三十分鐘", "twice an hour"],
    "HOURLY": ["hourly", "Hourly.", "every hour", "once an hour", "on an hourly basis", "every 60 minutes", "每小時",
        "每個小時", "每小時更新", "每隔一小時", "each hour", "每一小時", "per hour"],
    "BIHOURLY": ["bihourly", "every two hours", "every 2 hours", "2-hourly", "每兩小時", "每2小時", "每隔兩小時",
        "every 2 hrs", "兩小時一次"],
    "TRIHOURLY": ["every 3 hours", "three-hourly", "3-hourly", "每三小時", "trihourly"],
    "12HRS": ["every 12 hours", "every twelve hours", "12-hourly", "每12小時", "每半天"],
    "DAILY": ["daily", "Daily", "every day", "Everyday", "each day", "once a day", "once daily", "on a daily basis",
        "per day", "each working day", "every working day", "on working days", "Working days", "On weekdays",
        "Monday to Friday", "Mondays to Fridays", "Daily (except public holidays)", "Daily except Sundays",
        "every business day", "Every 24 hours", "每日", "每天", "每日一次", "每個工作日", "每個工作天",
        "於工作天更新", "逢工作天", "星期一至五", "每逢星期一至星期五", "逐日", "一日一次", "每24小時",
        "Updated daily", "day-to-day".replace("day-to-day", "daily update")],
    "DAILY_2": ["twice a day", "twice daily", "2 times a day", "two times per day", "每日兩次", "每天2次", "一日兩次",
        "twice per day", "每日更新兩次"],
    "WEEKLY": ["weekly", "Weekly", "every week", "each week", "once a week", "per week", "weekly basis",
        "every Monday", "Every Friday", "on Mondays", "every 7 days", "每星期", "每週", "每周", "每個星期",
        "每星期一次", "逢星期一", "每逢星期三", "每星期五", "每週更新", "一星期一次", "每周更新一次", "每7天"],
    "WEEKLY_2": ["twice a week", "twice weekly", "semiweekly", "semi-weekly", "2 times per week", "每星期兩次",
        "每週兩次", "一週兩次", "every Monday and Thursday", "逢星期一及四", "每逢星期二、五",
        "Tuesdays and Fridays"],
    "WEEKLY_3": ["three times a week", "thrice a week", "3 times per week", "每星期三次", "逢星期一、三及五",
        "每周3次"],
    "BIWEEKLY": ["biweekly", "bi-weekly", "fortnightly", "every two weeks", "every fortnight", "every 2 weeks",
        "every other week", "once every two weeks", "每兩星期", "每兩週", "每隔兩星期", "隔週", "兩星期一次",
        "每隔一星期", "two-weekly", "every 14 days"],
    "MONTHLY": ["monthly", "Monthly.", "Monthly basis", "on a monthly basis", "every month", "each month",
        "once a month", "once per month", "per month", "every 1 month", "Updated monthly", "Monthly update",
        "monthly (by 15th of each month)", "on the 5th day of every month", "每月", "每個月", "每月一次", "按月",
        "每月更新", "每月15日", "每月首個工作天", "每月第一個星期", "一個月一次", "月度更新", "Every calendar month",
        "every one month"],
    "MONTHLY_2": ["twice a month", "semimonthly", "semi-monthly", "half-monthly", "每月兩次", "每半月", "每半個月",
        "twice monthly", "2 times a month", "一個月兩次"],
    "MONTHLY_3": ["three times a month", "每月三次", "每旬"],
    "BIMONTHLY": ["bimonthly", "bi-monthly", "every two months", "every 2 months", "every other month", "每兩個月",
        "每2個月", "隔月", "每隔兩個月", "每隔一個月", "two-monthly", "兩個月一次"],
    "QUARTERLY": ["quarterly", "Quarterly", "every quarter", "each quarter", "per quarter", "once a quarter",
        "every 3 months", "every three months", "3-monthly", "three-monthly", "four times a year",
        "every calendar quarter", "on a quarterly basis", "每季", "每季度", "每個季度", "每三個月", "每3個月",
        "每季一次", "按季", "一季一次", "季度更新", "每年四次", "Every 3 months and as needed", "每隔三個月"],
    "ANNUAL_3": ["three times a year", "thrice a year", "every four months", "every 4 months", "每四個月", "每年三次",
        "3 times per year"],
    "ANNUAL_2": ["half-yearly", "Half yearly", "half-year", "semiannual", "semi-annually", "Semi annually",
        "bi-annually", "biannual", "Biannually", "twice a year", "twice yearly", "twice per annum",
        "two times a year", "every six months", "every 6 months", "6-monthly", "six-monthly", "every half year",
        "every half-year", "每半年", "每半年一次", "每六個月", "每年兩次", "一年兩次", "半年一次", "每年1月及7月",
        "every January and July", "in June and December every year", "January and July each year", "每年的6月和12月",
        "每隔半年"],
    "ANNUAL": ["annual", "annually", "Annual update", "yearly", "Yearly basis", "every year", "each year",
        "once a year", "once per year", "per year", "per annum", "p.a.", "every 12 months", "every financial year",
        "per school year", "every school year", "each academic year", "every academic year", "each financial year",
        "on an annual basis", "Every March", "in March every year", "March each year", "annually (in March)",
        "Annually in April", "每年", "每年一次", "每年更新", "按年", "每年三月", "每年3月更新", "每學年", "每個學年",
        "每財政年度", "每個財政年度", "一年一次", "年度更新", "每年度", "每年約5月", "at least once a year",
        "至少每年一次"],
    "BIENNIAL": ["biennial", "biennially", "every two years", "every 2 years", "every other year", "two-yearly",
        "once every two years", "once in two years", "每兩年", "每2年", "每隔兩年", "每隔一年", "隔年", "兩年一次",
        "每兩年一次", "2-yearly"],
    "TRIENNIAL": ["triennial", "every three years", "every 3 years", "once every 3 years", "每三年", "每隔三年",
        "三年一次", "3-yearly"],
    "QUADRENNIAL": ["quadrennial", "every four years", "every 4 years", "每四年", "四年一次"],
    "QUINQUENNIAL": ["quinquennial", "every five years", "every 5 years", "five-yearly", "每五年", "每5年", "每隔五年"],
    "DECENNIAL": ["decennial", "every ten years", "every 10 years", "ten-yearly", "每十年", "每10年", "十年一次"],
    "BIDECENNIAL": ["bidecennial", "every twenty years", "every 20 years", "每二十年"],
    "TRIDECENNIAL": ["tridecennial", "every thirty years", "every 30 years", "每三十年"],
    "UPDATE_CONT": ["real time", "real-time", "Real-time update", "Realtime", "near real-time", "Near real time",
        "near-real-time", "continuously updated", "continuous update", "live", "on a real-time basis", "實時",
        "實時更新", "即時", "即時更新", "持續更新", "不斷更新", "接近實時", "近實時", "準實時",
        "Real-time (every 5 minutes)"],
    "CONT": ["continuous", "continuously", "持續"],
    "IRREG": ["irregular", "irregularly", "不定期", "不定期更新", "不定時", "from time to time", "不時更新",
        "Irregular basis"],
    "AS_NEEDED": ["as changes occur", "Event-driven", "隨時更新", "as needed", "as and when necessary",
        "as and when needed", "As and when required",
        "As and when there are updates", "as and when appropriate", "when necessary", "When required",
        "when there is change", "when there are changes", "when there is any update", "when there is new data",
        "when new data is available", "upon change", "upon changes", "upon update", "Upon updating",
        "when data is updated", "whenever there is an update", "If necessary", "where necessary", "ad hoc",
        "Ad-hoc basis", "on an ad hoc basis", "on a need basis", "on an as-needed basis", "as necessary", "有需要時",
        "如有需要", "當有需要時", "按需要更新", "視乎需要", "有更新時", "當有更新時", "當有更新數據時",
        "當數據有更新時", "如有更新", "有變更時", "如有變更時更新", "資料有變更時", "有改動時", "當資料有改動時",
        "因應需要", "適時", "適時更新", "有新資料時", "當有最新資料時", "資料更新時", "如有任何更新", "有修訂時",
        "在有需要時更新", "當有新增資料時"],
    "NEVER": ["never", "one-off", "One off", "once only", "one-time", "no update", "Not updated",
        "will not be updated", "No further update", "no longer updated", "Static", "static data", "一次性", "一次過",
        "不會更新", "不更新", "不再更新", "無須更新", "只發放一次", "一次性發放", "毋須更新", "不作更新"],
    "NOT_PLANNED": ["not planned", "未有更新計劃", "暫無更新計劃", "no plan to update"],
    "UNKNOWN": ["unknown", "不詳"],
    "OTHER": ["every 20 minutes", "every 2 minutes", "每2分鐘", "every two days", "every other day", "每兩天", "隔日",
        "隔天", "每隔一日", "every 18 months", "每18個月", "每年一至兩次", "每年一至二次", "once or twice a year",
        "1-2 times a year", "每1至2年", "every 2-3 years", "every two to three years", "每兩至三年",
        "four times a week", "每星期四次", "several times a day", "每日多次", "每天數次", "monthly and annually",
        "每月及每年", "Daily / Weekly", "每日或每星期", "Quarterly or annually", "每六年", "every six years",
        "每4小時", "every 6 hours", "每學期", "every school term", "10 times a year"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "code"), [(text, code) for code, texts in WORDINGS.items() for text in texts])
def test_a_wording_gives_its_code(text, code):
    """A wording gives the EU code, in either script."""
    assert [read_frequency(words) for words in (text, transform(text, "Hant"))] == [code, code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Annualy", "ANNUAL"),
        ("Anually", "ANNUAL"),
        ("Monthy", "MONTHLY"),
        ("Montly", "MONTHLY"),
        ("Quaterly", "QUARTERLY"),
        ("Quartely", "QUARTERLY"),
        ("Weeky", "WEEKLY"),
        ("Dialy", "DAILY"),
        ("Every 3 mouths", "QUARTERLY"),
        ("Half-yealy", "ANNUAL_2"),
        ("As and when neccessary", "AS_NEEDED"),
        ("Fornightly", "BIWEEKLY"),
    ],
)
def test_a_slip_of_the_pen_is_read(text, code):
    """A word one letter away from one known word, and from no other, is read as that word."""
    assert read_frequency(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Monthly and as needed", "MONTHLY"),
        ("Monthly and as and when necessary", "MONTHLY"),
        ("As needed and monthly", "MONTHLY"),
        ("Annually or as and when there are updates", "ANNUAL"),
        ("每月或有需要時", "MONTHLY"),
        ("每年及當有更新數據時", "ANNUAL"),
        ("每季更新，並在有需要時更新", "QUARTERLY"),
        ("每年；如有需要會另行更新", "ANNUAL"),
        ("Daily, with ad hoc updates when necessary", "DAILY"),
        ("每月 (如有更新)", "MONTHLY"),
        ("Monthly [Note: suspended]", "MONTHLY"),
        ("Annual (from 2020)", "ANNUAL"),
        ("每年*", "ANNUAL"),
        ("每年#註1", "ANNUAL"),
        ("Monthly.", "MONTHLY"),
        ("- Monthly", "MONTHLY"),
        ("MONTHLY", "MONTHLY"),
        ("M onthly", "MONTHLY"),
        # How long after a period it comes is no interval.
        ("3 months after the end of each year", "ANNUAL"),
        ("Annually, within 3 months", "ANNUAL"),
        ("Monthly, two weeks in arrears", "MONTHLY"),
        ("Within two weeks of each quarter", "QUARTERLY"),
        ("every 3 months after release", "QUARTERLY"),
        ("每年年底後三個月內", "ANNUAL"),
        ("每季完結後六星期", "QUARTERLY"),
    ],
)
def test_what_stands_around_an_interval(text, code):
    """An interval with "as needed" or a note is that interval."""
    assert read_frequency(text) == code


@pytest.mark.parametrize(
    "text",
    ["視情況而定", "see remarks", "年度", "星期一", "定期", "regularly", "periodically", "不適用", "N/A", "待定",
        "TBC", "2024年", "03/2024", "", "Biennually", "Nearly", "每次選舉後",
        "Within 3 months after year end", "年結後三個月內", "Two weeks after month end"],
)  # fmt: skip
def test_words_without_an_interval_give_no_code(text):
    """What states no interval gives none."""
    assert read_frequency(text) is None


def test_frequencies_are_found_alike_in_short_and_long_texts():
    """Where a text goes on, and how much stands before, changes nothing about the frequencies in it."""
    stated = "每月及每年更新，as and when necessary, every two months (每逢星期一至五)"
    places = frequencies_in(stated)
    assert len(places) == 5
    for before in ("讀數", "讀數" * 100):
        assert frequencies_in(before + stated) == [(a + len(before), b + len(before)) for a, b in places]
    assert frequencies_in(stated + "讀數" * 100) == places


def test_added_words_count_only_as_a_whole_cell():
    """Words that people add are a frequency with or without a note in brackets, but not inside other words."""
    with using_vocabularies(replace(load(), frequency_words={"逢季": "QUARTERLY"})):
        assert [read_frequency(text) for text in ("逢季", "逢季 (註)", "逢季節更新", "每月")] == [
            "QUARTERLY",
            "QUARTERLY",
            None,
            "MONTHLY",
        ]
    assert read_frequency("逢季") is None
