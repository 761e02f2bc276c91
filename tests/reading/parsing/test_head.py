"""The head and foot of a plan say whose it is, for which years, and when it was issued."""

import pytest
from support.plan_readings import leftovers, read
from support.plan_texts import english_plan, plan_with


def head_of(reading):
    """Return the bureau, the years and the month of a plan."""
    plan = reading.require()
    return plan.bureau, plan.years, plan.dated


@pytest.mark.parametrize(
    ("head", "foot", "expected"),
    [
        ("環境保護署\n2024-2026年度整合開放數據計劃", "", ("環境保護署", (2024, 2026), None)),
        (
            "環境保護署\n2024至2026年的開放數據計劃",
            "\n環境保護署\n2023年12月\n",
            ("環境保護署", (2024, 2026), "2023-12"),
        ),
        ("2024-2026年度開放數據計劃\n環境保護署\n(2023年12月)", "", ("環境保護署", (2024, 2026), "2023-12")),
        ("環境保護署\n2024-2026年度整合開放數據計劃（2023年12月）", "", ("環境保護署", (2024, 2026), "2023-12")),
        ("環境保護署\n2024-2026年度整合開放數據計劃 (更新於2024年3月)", "", ("環境保護署", (2024, 2026), "2024-03")),
        ("環境保護署2024至26年度開放數據計劃", "", ("環境保護署", (2024, 2026), None)),
        ("環境保護署\n2024年至26年的開放數據計劃", "", ("環境保護署", (2024, 2026), None)),
        ("環境保護署\n2024-26年度開放數據計劃", "", ("環境保護署", (2024, 2026), None)),
        ("環境保護署\n2024/25年度開放數據計劃", "", ("環境保護署", (2024, 2025), None)),
        (
            "Hawker Control Department - Consolidated Annual\nOpen Data Plan for 2024-2026",
            "\nHawker Control Department\nDecember 2023\n",
            ("Hawker Control Department", (2024, 2026), "2023-12"),
        ),
        (
            "DRAFT\nHawker Control Department\nOpen Data Plan for 2024-2026",
            "",
            ("Hawker Control Department", (2024, 2026), None),
        ),
        ("環境保護署\n2024 2026至 年的開放數據計劃", "", ("環境保護署", (2024, 2026), None)),
    ],
    ids=[
        "above",
        "signed",
        "below",
        "behind",
        "changed",
        "in-the-title",
        "short-year",
        "dash",
        "financial-year",
        "wrapped",
        "stamped",
        "laid-out",
    ],
)
def test_a_plan_names_its_body_its_years_and_its_month(head, foot, expected):
    """The name stands above, below or in the title, the month below it or at the plan's end."""
    reading = read(plan_with(head=head, foot=foot))
    assert head_of(reading) == expected
    assert leftovers(reading) == []


def test_an_english_plan_is_read_alike():
    """A name with an article or a possessive is the same body."""
    assert head_of(read(english_plan())) == ("Environmental Protection Department", (2024, 2026), "2023-12")


def test_the_date_of_a_web_page_does_not_date_the_plan():
    """A date of last review below the plan is part of the page around it."""
    reading = read(plan_with(foot="\n修訂日期：2025年3月1日\n"))
    assert reading.require().dated is None
    assert leftovers(reading) == []


@pytest.mark.parametrize(
    "name", ["Census and Statistics Department 政府統計處", "政府統計處 Census and Statistics Department"]
)
def test_a_body_named_in_two_languages_on_one_line_is_known(name):
    """Either name identifies it."""
    reading = read(english_plan().replace("Environmental Protection Department", name))
    assert reading.require().bureau in {"Census and Statistics Department", "政府統計處"}


def test_an_english_plan_that_quotes_ideographs_is_in_latin_script():
    """A few Chinese words in names and descriptions do not make a document Chinese."""
    rows = "1\tEnvironment\tStreet names\tNames of streets in Chinese (街道名稱) (CSV)\t3/2024\tMonthly"
    assert read(english_plan(rows=rows)).require().script == "Latn"
    assert read(plan_with(rows="1\t環境\tAir Quality Index\t各區讀數 (CSV)\t3/2024\t每月")).require().script == "Hant"


def test_a_menu_beside_the_name_is_no_part_of_it():
    """On a page that was laid out with blanks, a word of the menu may stand on the line of the name."""
    rows = [f"{number}      環境         空氣質素{number}      03/2021     每日" for number in (1, 2, 3)]
    header = "編號    數據種類     數據集名稱     發放日期     更新頻率"
    head = ["主頁          環境保護署", "2024-2026年度整合開放數據計劃", "D. 進度：已上載的數據集"]
    reading = read("\n".join([*head, header, *rows]))
    assert head_of(reading) == ("環境保護署", (2024, 2026), None)
    assert len(reading.require().entries) == len(rows)


@pytest.mark.parametrize(
    "lines",
    [
        ("Open Data Plan (Spatial Data Plan included) for 2024 to", "2026"),
        ("Open Data Plan (Spatial Data Plan included) for 2024", "to 2026"),
        ("Open Data Plan (Spatial Data Plan included)", "for the years 2024 –", "2026"),
        ("年度開放數據計劃（2024至", "2026）"),
    ],
)
def test_the_last_year_of_a_title_may_stand_on_the_next_line(lines):
    """A title in large letters is wrapped anywhere; its years are those of all its lines."""
    plan = english_plan().split("\n")
    first = next(number for number, line in enumerate(plan) if "Open Data Plan" in line)
    reading = read("\n".join([*plan[:first], *lines, *plan[first + 1 :]]))
    assert reading.require().years == (2024, 2026)
    assert not leftovers(reading)


def test_a_year_below_a_whole_title_is_no_part_of_it():
    """A line that is nothing but a year says when the plan was made."""
    plan = english_plan().replace("for 2024 to 2026", "for 2024 to 2026\n2027")
    assert read(plan).require().years == (2024, 2026)


@pytest.mark.parametrize("label", ["計劃涵蓋期", "涵蓋年份", "適用年度", "Period covered"])
def test_years_below_a_title_with_a_label_of_their_own_are_its_years(label):
    """The title is what stands before the label."""
    title = "Annual Open Data Plan" if label.isascii() else "年度開放數據計劃"
    lines = [
        "環境保護署",
        title,
        f"{label}：2026年至2028年".replace("年", "" if label.isascii() else "年"),
        "",
        "A. 將於2026年發放的數據集",
        "",
        "無",
    ]
    plan = read("\n".join(lines)).require()
    assert plan.years == (2026, 2028)
    assert plan.plan_title.startswith(title)
    assert label.isascii() or plan.plan_title == title


@pytest.mark.parametrize(
    ("title", "years"),
    [("開放數據年度計劃（二零二六至二零二八年）", (2026, 2028)), ("年度開放數據計劃（二〇二六年）", (2026, 2026))],
)
def test_years_of_a_title_may_be_in_chinese_digits(title, years):
    """Both years of a range may be, of which only the last has the word for year."""
    plan = read("\n".join(["社會福利署", title, "", "壹、將於2026年發放的數據集", "", "無"])).require()
    assert (plan.bureau, plan.years) == ("社會福利署", years)


def test_a_body_named_in_the_title_beside_the_years_is_whose_plan_it_is():
    """Title, body and years may stand on lines of their own that are one title together."""
    lines = [
        "Annual Open Data Plan",
        "Rating and Valuation Department | 2026-2028",
        "",
        "A. Datasets to be released in 2026",
    ]
    assert read("\n".join([*lines, "", "Nil"])).require().bureau == "Rating and Valuation Department"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Hong Kong Observatory\nOpen Data Plan for FY2018-19 to FY2020-21", ("Hong Kong Observatory", (2018, 2021))),
        ("Open Data Plan 2024-2026\nDepartment: Hong Kong Observatory", ("Hong Kong Observatory", (2024, 2026))),
        ("2024至2026年度開放數據計劃\n擬備日期：2023年11月\n部門：香港天文台", ("香港天文台", (2024, 2026))),
        ("檔號：HKO/1\n日期：2023年12月\n香港天文台\n2024至2026年度開放數據計劃", ("香港天文台", (2024, 2026))),
        ("香港天文台\n2024至2026年度開放數據推行計劃", ("香港天文台", (2024, 2026))),
        ("Hong Kong Observatory\nOpen Data Programme for 2024-2026", ("Hong Kong Observatory", (2024, 2026))),
        ("Open Data Plan 2024-2026\nDate of preparation: November 2023", ("", (2024, 2026))),
        ("2024至2026年度開放數據計劃\n文件編號：12", ("", (2024, 2026))),
    ],
)
def test_labels_at_the_head_name_the_body_and_dates_do_not(head, expected):
    """A label such as "Department" names the body; when a plan was made, or how it is filed, is no name."""
    plan = read(plan_with(head=head)).require()
    assert (plan.bureau, plan.years) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ("年度開放數據計劃", "部門：香港天文台", "計劃年度：2023年至2025年", "擬備日期：2022年11月"),
            ("年度開放數據計劃", (2023, 2025)),
        ),
        (("部門：香港天文台", "開放數據計劃", "年度：2023-2025", "日期：2022年11月"), ("開放數據計劃", (2023, 2025))),
        (
            (
                "Annual Open Data Plan",
                "Department: Hong Kong Observatory",
                "Years covered: 2023 to 2025",
                "Issued in November 2022",
            ),
            ("Annual Open Data Plan", (2023, 2025)),
        ),
        (
            (
                "Open Data Plan",
                "Bureau/Department: Hong Kong Observatory",
                "Period: 2023",
                "Date of preparation: November 2022",
            ),
            ("Open Data Plan", (2023, 2023)),
        ),
    ],
)
def test_years_may_have_a_label_of_their_own_below_the_title(lines, expected):
    """The title is its line alone; the date behind a label is when the plan was made."""
    text = (
        "\n".join(lines)
        + "\n\nA. Datasets to be released in 2023\nNo.\tName of dataset\tRelease date\n1\tRainfall\t03/2023"
    )
    plan = read(text).require()
    assert (plan.plan_title, plan.years) == expected
    assert plan.dated == "2022-11"
    assert plan.bureau in {"香港天文台", "Hong Kong Observatory"}


@pytest.mark.parametrize("is_title_first", [True, False])
def test_a_table_of_labels_may_head_a_plan(is_title_first):
    """Body, years and date stand beside their labels in cells; the title is a line above or below the table."""
    rows = [("部門", "民航處"), ("年度", "2026至2028年"), ("日期", "2025年12月")]
    table = "<table>" + "".join(f"<tr><td>{label}<td>{value}" for label, value in rows) + "</table>"
    title = "<h1>開放數據計劃</h1>"
    text = f"{title}{table}" if is_title_first else f"{table}{title}"
    text += "<h2>A. 於2026年發放的數據集</h2><table><tr><th>編號<th>數據集名稱<th>目標發放日期"
    text += "<tr><td>1<td>航班<td>2026年4月</table>"
    reading = read(text, "plan.html")
    plan = reading.require()
    assert (*head_of(reading), plan.plan_title) == ("民航處", (2026, 2028), "2025-12", "開放數據計劃")
    assert not leftovers(reading)


@pytest.mark.parametrize(
    "title",
    [
        "2024年至2026年公開數據計劃",
        "Open Government Data Plan 2024-2026",
        "Open Data Annual Plan 2024-2026",
        "2024-2026開放數據發放計劃",
    ],
)
def test_a_plan_may_be_called_otherwise(title):
    """Other words for open data, and for what kind of plan it is."""
    assert read(plan_with(f"海事處\n{title}\n")).require().years == (2024, 2026)


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("二千零二十六至二千零二十八年度開放數據計劃", (2026, 2028)),
        ("貳零貳陸至貳零貳捌年度開放數據計劃", (2026, 2028)),
        ("貳○貳陸至貳○貳捌年度開放數據計劃", (2026, 2028)),
        ("二○二六至二○二八年度開放數據計劃", (2026, 2028)),
        ("二〇二六至二〇二八年度開放數據計劃", (2026, 2028)),
        ("二Ｏ二六至二Ｏ二八年度開放數據計劃", (2026, 2028)),
        ("Open Data Plan ’26 to ’28", (2026, 2028)),
        ("Open Data Plan '26-'28", (2026, 2028)),
        ("Annual Open Data Plan (Jan 2026 - Dec 2028)", (2026, 2028)),
        ("Annual Open Data Plan January 2026 to December 2028", (2026, 2028)),
        ("Three-year Open Data Plan from 2026", (2026, 2028)),
        ("Open Data Plan: a three-year plan from 2026", (2026, 2028)),
        ("Open Data Plan FY 2026-27", (2026, 2027)),
        ("Open Data Plan FY2026/27 to FY2028/29", (2026, 2029)),
        ("二六年至二八年開放數據計劃", (2026, 2028)),
        ("26至28年度開放數據計劃", (2026, 2028)),
        ("開放數據計劃（2026年1月至2028年12月）", (2026, 2028)),
        ("2026年起三年開放數據計劃", (2026, 2028)),
        ("由2026年起計的三年開放數據計劃", (2026, 2028)),
        ("二零二六/二七年度開放數據計劃", (2026, 2027)),
        ("二零二六至二八年度開放數據計劃", (2026, 2028)),
        ("Open data plan for the triennium 2026-2028", (2026, 2028)),
        ("Annual Open Data Plan, 1 April 2026 to 31 March 2029", (2026, 2029)),
        ("開放數據計劃 二零二六年四月至二零二九年三月", (2026, 2029)),
        ("公元二零二六至二零二八年開放數據計劃", (2026, 2028)),
        ("2026至2028 Annual Open Data Plan / 年度開放數據計劃", (2026, 2028)),
        ("二千〇二十六至二千〇二十八年度開放數據計劃", (2026, 2028)),
        ("Open Data Plan 2026, 2027 and 2028", (2026, 2028)),
        ("Open Data Plan 2026–28", (2026, 2028)),
        ("开放数据计划（二零二六－二零二八）", (2026, 2028)),
        ("廿六年至廿八年開放數據計劃", (2026, 2028)),
        ("開放數據計劃2026-2028（2025年12月）", (2026, 2028)),
        ("Open Data Plan 2026-2028 (December 2025)", (2026, 2028)),
        ("Three-year Open Data Plan 2026-2028", (2026, 2028)),
        ("Annual Open Data Plan 2026", (2026, 2026)),
        ("Open Data Plan for the triennium beginning 2026", (2026, 2028)),
        ("Open data plan for the biennium starting 2026", (2026, 2027)),
        ("Open Data Plan for 2026 and the two following years", (2026, 2028)),
        ("Open Data Plan 2026 and the following two years", (2026, 2028)),
        ("Open Data Plan 2026 (and next two years)", (2026, 2028)),
        ("Open Data Plan for the Year 2026 and the Two Years After", (2026, 2028)),
        ("Open Data Plan 2026, 2026-28", (2026, 2028)),
        ("Open Data Plan 2026 (version 2026-01)", (2026, 2026)),
        ("Open Data Plan 2026 — covering 2026, 2027 and 2028", (2026, 2028)),
        ("Open Data Plan 2026/27 (2026/27 - 2028/29)", (2026, 2029)),
        ("Open Data Plan 2026 (for the years 2026/27, 2027/28 and 2028/29)", (2026, 2029)),
        ("2026年度開放數據計劃（涵蓋2026、2027、2028年）", (2026, 2028)),
        ("2026年及其後兩年開放數據計劃", (2026, 2028)),
        ("2026年度及隨後兩個年度開放數據計劃", (2026, 2028)),
        ("2026年及未來兩年開放數據計劃", (2026, 2028)),
        ("开放数据计划（2026年起计三年）", (2026, 2028)),
    ],
)
def test_years_of_titles_are_read_in_any_wording(title, years):
    """Figures of any kind, short years, months beside them, a number of years; never the month below the title."""
    is_chinese = (not title.isascii() and "數據" in title) or "数据" in title
    body, month = ("海事處", "2025年12月") if is_chinese else ("Marine Department", "December 2025")
    heading = "A. 將於2026年發放的數據集" if is_chinese else "A. Datasets to be released in 2026"
    header = "編號\t數據種類\t數據集名稱\t一般說明\t目標發放日期\t更新頻率"
    reading = read("\n".join([body, title, month, heading, header, "1\t運輸\t渡輪\t(CSV)\t03/2026\t每月"]))
    plan = reading.require()
    assert (plan.years, plan.dated) == (years, "2025-12")
    assert not plan.plan_title.endswith(month)


def test_years_that_nobody_understands_are_told():
    """They are taken from the headings, and no month becomes part of the title."""
    lines = ["Marine Department", "Annual Open Data Plan", "December 2025", "A. Datasets to be released in 2026"]
    lines += ["No.\tCategory\tName of dataset\tDescription\tTarget release date\tUpdate frequency"]
    reading = read("\n".join([*lines, "1\tTransport\tFerry\t(CSV)\t03/2026\tMonthly"]))
    assert [f.values["text"] for f in reading.findings if f.code == "years-from-headings"] == ["Annual Open Data Plan"]
    assert (reading.require().plan_title, reading.require().years) == ("", (2026, 2026))


@pytest.mark.parametrize(
    "line",
    [
        *("附件甲", "附錄 1", "附表二", "第一部分", "（草擬本）", "修訂版", "機密", "目錄"),
        *(
            "Annex A",
            "ANNEX II",
            "Appendix No. 3",
            "Enclosure",
            "Part 1 of 2",
            "DRAFT",
            "Draft as at 1 May 2023",
            "Final",
        ),
    ],
)
def test_what_says_the_kind_of_document_names_no_body(line):
    """An annex that does not name its body is told to have none; no body is called "Annex A"."""
    title = "2024-2026年度整合開放數據計劃"
    assert read(plan_with(head=f"{line}\n{title}")).require().bureau == ""
    assert read(plan_with(head=f"{line}\n環境保護署\n{title}")).require().bureau == "環境保護署"
    assert read(plan_with(head=f"{line}\n{title}", foot="\n運輸署\n2023年12月\n")).require().bureau == "運輸署"


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("2024/25年度開放數據計劃（2024至2026年）", (2024, 2026)),
        ("2026年度開放數據計劃（2026至2028年）", (2026, 2028)),
        ("Annual Open Data Plan 2025/26 (covering 2025 to 2027)", (2025, 2027)),
        ("Annual Open Data Plan 2025/26 (data of 2019 to 2027)", (2025, 2026)),
        ("2026年度開放數據計劃（2025至2026年）", (2026, 2026)),
    ],
)
def test_all_years_behind_the_first_one_count(title, years):
    """A title may say its first year and then all of them; a range from another year is about other things."""
    table = "<table><tr><th>編號<th>數據集名稱<th>目標發放日期<th>更新頻率<tr><td>1<td>雨量<td>03/2025<td>每月</table>"
    html = f"<h1>香港天文台</h1><h1>{title}</h1><h2>A. 將於2025年發放的數據集</h2>{table}"
    assert read(html, "plan.html").require().years == years
