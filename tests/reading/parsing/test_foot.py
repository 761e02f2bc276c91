"""The foot of a plan."""

import pytest
from support.plan_readings import leftovers, read
from support.shaped_plans import expected_rows, plan_of, rows_of

from dcat_hk.reading.parsing.foot import is_end_mark

FEET = (
    ["海事處", "2024年12月"],
    ["海事處　2024年12月"],
    ["- 完 -", "2024年12月"],
    ["2024年12月", "- 3 -"],
    ["海事處", "二零二四年十二月二十日"],
    ["*** End ***", "Marine Department", "December 2024"],
    ["註：日期或會更改。", "海事處", "2024年12月"],
    ["(2024年12月)"],
    ["第 3 頁", "2024年12月"],
    ["December 2024", "- END -"],
    ["編製日期：2024年12月"],
    ["擬備日期：2024年12月3日"],
    ["Date of preparation: December 2024"],
)


def cells(labels, rows):
    """Return a table with cells."""
    return ["\t".join(row) for row in (labels, *rows)]


def lines(labels, rows):
    """Return a table as a dump of text has it, a line for each cell."""
    return [text for row in (labels, *rows) for text in row]


@pytest.mark.parametrize("foot", FEET, ids=" / ".join)
@pytest.mark.parametrize("shape", [cells, lines], ids=lambda shape: shape.__name__)
@pytest.mark.parametrize("gap", ["", "\n"], ids=["directly below", "apart"])
def test_what_stands_below_the_last_row_is_the_plans(foot, shape, gap):
    """Signature, month, end mark and page number date the plan and are no part of the last row."""
    body, _month = plan_of("zh-Hant", shape).rsplit("\n\n", 1)
    reading = read(f"{body}\n{gap}" + "\n".join(foot))
    if foot == ["(2024年12月)"] and shape is lines and not gap:
        pytest.skip("a bracket directly below a cell may be its note")
    assert rows_of(reading) == expected_rows("zh-Hant")
    assert reading.plan.dated == "2024-12"
    assert not leftovers(reading)


def test_a_month_directly_below_a_remark_dates_the_plan():
    """In a dump without blank lines, a month that is written as no other date is the signature."""
    rows = [
        "數據種類／",
        "數據集名稱",
        "發放日期 更新頻率 備註",
        "1. 交通／",
        "港口統計",
        "03/2019 每季 貨物吞吐量 (CSV)",
    ]
    head = ["海事處", "2025至2027年度開放數據計劃", "D. 進度：已上載「資料一線通」網站的數據集"]
    reading = read("\n".join([*head, *rows, "2024 年 12 月"]))
    assert [entry.description for entry in reading.require().entries] == ["貨物吞吐量 (CSV)"]
    assert reading.plan.dated == "2024-12"


@pytest.mark.parametrize("mark", ["完", "- 完 -", "全文完", "End", "--- END ---", "End of document", "（完）"])
def test_a_mark_of_the_end_is_a_note(mark):
    """A line that only says that the plan ends is a note and leaves nothing over."""
    body, _month = plan_of("en", cells).rsplit("\n\n", 1)
    reading = read(f"{body}\n\n{mark}")
    assert rows_of(reading) == expected_rows("en")
    assert not leftovers(reading)


def test_words_that_begin_like_a_mark_are_none():
    """A title that begins with the word for the end is no mark of it."""
    assert not any(map(is_end_mark, ["End date", "完成的工程", "Weekend traffic", ""]))


def test_the_controls_of_a_sorted_table_are_furniture():
    """What a web page prints around a table to search and turn it is no part of a row."""
    body, month = plan_of("en", cells).rsplit("\n\n", 1)
    below = "Showing 1 to 1 of 1 entries\n\nPrevious1Next"
    reading = read(f"{body}\n\n{below}\n\n{month}".replace("\nNo.\t", "\nShow 10 25 entries\n\nSearch:\n\nNo.\t"))
    assert rows_of(reading) == expected_rows("en")
    assert not leftovers(reading)


@pytest.mark.parametrize(
    "foot", ["(2024年12月修訂)", "2024年12月編製", "最後更新：2024年12月", "Last updated: December 2024"]
)
def test_a_month_with_a_word_around_it_dates_the_plan(foot):
    """A month that says what was done in it is the plan's; a day on which a page was last changed is not."""
    html = (
        "<h1>香港天文台</h1><h1>2025年至2027年開放數據計劃</h1><h2>D. 進度：已上載的數據集</h2><table>"
        "<tr><th>編號<th>數據種類<th>數據集名稱<th>備註<th>發放日期<th>更新頻率<tr><td>1<td>氣象<td>雨量<td>甲<td>03/2020<td>每年</table><p>"
    )
    assert read(f"{html}{foot}", "plan.html").require().dated == "2024-12"
    assert read(f"{html}Last updated: 14 February 2025</p>", "plan.html").require().dated is None


def test_a_month_inside_a_remark_is_no_other_signature():
    """A remark may speak of a month; the last line alone stands as no cell of a row does."""
    reading = read(
        "香港郵政\n2024至2026年度開放數據計劃\nA. 在2024年發放的部門數據集\n"
        "# 數據種類／數據集名稱 目標發放日期 更新頻率 備註\n"
        "1 工商業／郵費表 01/2024 每兩年 由2024年1月1日起生效的郵費\n"
        "2 其他／投訴個案 02/2024 每年 個案數目\n2023年12月\n"
    )
    assert reading.require().dated == "2023-12"
    assert [entry.description for entry in reading.plan.entries][-1] == "個案數目"
    assert leftovers(reading) == []


@pytest.mark.parametrize(
    "foot",
    [
        "擬備人：陳大文 核准人：李小明\n二級程序編製主任 高級主任\n日期：2024 年 12 月 3 日 日期：2024 年 12 月 9 日",
        "Prepared by: CHAN Tai Man   Approved by: LEE Siu Ming\nDate: 3 December 2024   Date: 9 December 2024",
    ],
    ids=["zh", "en"],
)
def test_persons_who_sign_belong_to_no_row(foot):
    """Names, posts and dates under a plan are its own, and one month of all dates is the plan's."""
    reading = read(
        "香港郵政\n2024至2026年度開放數據計劃\nA. 在2024年發放的部門數據集\n"
        "# 數據種類／數據集名稱 目標發放日期 更新頻率 備註\n"
        f"1 其他／投訴個案 02/2024 每年 個案數目\n{foot}\n"
    )
    assert reading.require().dated == "2024-12"
    assert [entry.description for entry in reading.plan.entries] == ["個案數目"]
    assert leftovers(reading) == []


def test_the_last_word_of_a_name_is_not_the_body_that_signs():
    """A word in the columns that begins the body's name belongs to the last row; below the table it is a signature."""
    table = [
        "Companies Registry",
        "Annual Open Data Plan for 2026 to 2028",
        "",
        "D. Datasets already released",
        "",
        "No.  Name of Dataset              Category    Release Date   Update Frequency",
        "1    Register of charges          Commerce    11/2020        Weekly",
        "2    List of newly incorporated   Commerce    12/2013        Weekly",
    ]
    wrapped = read("\n".join([*table, "     companies", "", "December 2025"])).require()
    assert [entry.title for entry in wrapped.entries] == ["Register of charges", "List of newly incorporated companies"]
    signed = read("\n".join([*table, "", "Companies Registry", "December 2025"])).require()
    assert [entry.title for entry in signed.entries] == ["Register of charges", "List of newly incorporated"]
    assert {wrapped.dated, signed.dated} == {"2025-12"}


def test_a_last_row_that_speaks_of_a_review_is_no_foot():
    """Its words beside its date are those of a page's own date, but it has cells."""
    table = (
        "No.   Category     Dataset Name    General Description       Release Date   Update Frequency\n"
        "1     Transport    Taxi stands     Names of the stands       03/2025        Monthly\n\n"
        "                                   Spaces, hours and\n"
        "2     Transport    Car parks       last review (CSV)         04/2025        Daily\n"
    )
    head = "Transport Department\n\nAnnual Open Data Plan for 2025 to 2027\n\nA. Datasets to be released in 2025\n\n"
    entries = read(head + table).require().entries
    assert [entry.title for entry in entries] == ["Taxi stands", "Car parks"]
    assert entries[1].formats == ("CSV",)
