"""Periods that titles state: only where nothing else can be meant."""

import csv
import json
import re

import pytest
from support.paths import ROOT

from dcat_hk.catalogue.mapping.periods import Period, find_period, period_literal
from dcat_hk.core.namespaces import XSD

STATED = {
    "2019年罪案數字": ("2019", "2019"),
    "2016年中期人口統計": ("2016", "2016"),
    "二○一九年區議會一般選舉結果": ("2019", "2019"),
    "香港2021年人口普查結果": ("2021", "2021"),
    "2016 Population By-census": ("2016", "2016"),
    "2021 Population Census - Hong Kong 2021 Population Census - Main Results [Report]": ("2021", "2021"),
    "Applications for Outside Work by Civil Servants in 2018": ("2018", "2018"),
    "Road Traffic Accident Statistics Year 2017": ("2017", "2017"),
    "2016至2019年行人路維修工程統計數字": ("2016", "2019"),
    "2016至2019年行人路维修工程统计数字": ("2016", "2019"),
    "1963年至2018年的海岸線": ("1963", "2018"),
    "2018-2022年空氣質素統計": ("2018", "2022"),
    "Trade with China in 1864-1940": ("1864", "1940"),
    "Statistics on footpath maintenance works from 2016 to 2019": ("2016", "2019"),
    "Food Consumption Survey in the Younger Population (2021-2022)": ("2021", "2022"),
    "Annual Complaint Statistics for 2017 - 2018": ("2017", "2018"),
    "Key Performance Indicators 2018-19": ("2018", "2019"),
    "2010年至今泳灘年度水質等級": ("2010", ""),
    "自1983年以來癌症統計": ("1983", ""),
    "Annual water quality ranking of beaches since 2010": ("2010", ""),
    "2018-19財政年度開支": ("2018-04", "2019-03"),
    "2018-19年度部門開支": ("2018-04", "2019-03"),
    "2016-17至2018-19財政年度撥款": ("2016-04", "2019-03"),
    "Expenditure of Head 33 for financial year 2023-24": ("2023-04", "2024-03"),
    "2018/19學年學校名單": ("2018", "2019"),
    "2018-19年度獎學金名單": ("2018", "2019"),
    "2019-20年度疫苗接種數目": ("2019", "2020"),
    "2018/19年度撥款": ("2018", "2019"),
    "2018/19 school year enrolment": ("2018", "2019"),
    "2025年第二季統計": ("2025-04", "2025-06"),
    "Second quarter of 2025 unemployment figures": ("2025-04", "2025-06"),
    "Unemployment rates, Q4 2025": ("2025-10", "2025-12"),
    "2025年上半年訪港旅客人次": ("2025-01", "2025-06"),
    "2025年下半年訪港旅客人次": ("2025-07", "2025-12"),
}
NOT_STATED = """
按年齡組別劃分的2019冠狀病毒病疫苗接種數目
2019年冠狀病毒病個案數字
2019 novel coronavirus statistics
《2018年最低工資條例》統計數字
2018年最低工資條例統計數字
2023年施政報告
Highlights of the Chief Executive's 2020 Policy Address
2046年人口推算
Projections of Population Distribution 2023-2031
2030年目標數字
香港2030+規劃
2021-based Territorial Population and Employment Data Matrix
截至2019年3月的編制
Passengers as at 31 December 2019
Statistics up to 2019
香港能源最終用途數據 (2004年)
Hong Kong Energy End-use Data 2004
2019年香港統計年刊
Annual Report 2018 to the Chief Executive - Statutory Tables
3D Visualisation Map (2017)
2018年版統計數字
2019年或以前的個案數字
2019年以前落成樓宇數目
Register of the Scheme for Buildings (before 2018)
2006年、2011年及2016年的家庭收入統計
2015年及2016年統計數字
Gini Coefficient by household size, 2006, 2011 and 2016
按2018年價格計算的本地生產總值數字
消費物價指數(2019年10月至2020年9月=100)
Labour Productivity Index (Year 2015 = 100)
2019年3月統計數字
2008年四川地震捐款統計數字
Tree survey 2009-10
1823 Service Requests and Performance Data
Table 110-02001 : Land area
2019年區議會選舉選區分界
2024-2026年度開放數據計劃
上一個財政年度籌募所得的直接投資金額
按專科及醫院劃分的醫院病床數目(截至各年度的三月三十一日)
2018-16財政年度開支
""".strip().split("\n")


@pytest.mark.parametrize(("title", "period"), STATED.items())
def test_a_period_that_is_stated_is_found(title, period):
    """Years, financial years from April, quarters and half-years; of years of schools only the years are known."""
    assert find_period(title) == Period(*period)


@pytest.mark.parametrize("title", NOT_STATED)
def test_a_year_that_may_be_another_thing_is_no_period(title):
    """The year of a disease, law, issue, price, aim or boundary, a day, two periods: nothing is stated."""
    assert find_period(title) is None


def titles_in(value):
    """Yield the titles of rows in the JSON of plans."""
    if isinstance(value, dict):
        yield from [value["title"]] if isinstance(value.get("title"), str) else []
        value = list(value.values())
    for each in value if isinstance(value, list) else []:
        yield from titles_in(each)


def titles_of(folder):
    """Return the titles of the rows of all plans in a folder of truths."""
    paths = (ROOT / folder).glob("*.json")
    return {title for path in paths for title in titles_in(json.loads(path.read_text(encoding="utf-8")))}


def test_of_all_titles_of_the_evaluation_set_two_state_a_period():
    """In every language the same two titles, and the same period of each."""
    found = {title: find_period(title) for title in titles_of("evaluation/truth")}
    stated = {title: period for title, period in found.items() if period}
    assert len(found) > 300
    assert set(stated.values()) == {Period("2010"), Period("2016", "2019")}
    assert len(stated) == 6


def test_of_all_titles_of_the_seeds_none_states_a_period():
    """No title there names one; a disease that has a year in its name is none."""
    titles = titles_of("tests/truth")
    assert len(titles) > 180
    assert any("2019" in title for title in titles)
    assert {find_period(title) for title in titles} == {None}


def test_titles_of_the_portal_state_what_they_say(shared):
    """Of 3,651 titles of DATA.GOV.HK each stated period has its years printed, in the order of the title."""
    path = shared / "reference/portal/derived_catalogue_en_2025-09.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        titles = {row["title_en"] for row in csv.DictReader(file, delimiter="\t")}
    stated = {title: period for title in titles if (period := find_period(title))}
    assert len(stated) > 120
    for title, period in stated.items():
        first, last = period.years
        assert str(first) in title
        assert re.search(rf"{last}|{first}\s*[-–/]\s*{last % 100:02}\b", title), title
        assert not re.search(r"boundar.*census|end-use|=\s*100|policy address", title, re.IGNORECASE), title


def test_a_year_and_a_month_have_their_datatypes():
    """Years are xsd:gYear, months xsd:gYearMonth."""
    assert [period_literal(text).datatype for text in ("2019", "2019-04")] == [XSD.gYear, XSD.gYearMonth]
