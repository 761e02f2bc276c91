"""Plans as other departments may write them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.plan_texts import PlanText, Row, as_layout, as_tabs

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.text import fold, transform
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan

CATEGORIES = sorted({label for concept in load().categories.values() for label in [concept.label("zh-Hant")]})
BUREAUX = sorted(concept.label("zh-Hant") for concept in load().organisations.values())


def read(text, name="plan.txt"):
    """Return the reading of a text."""
    return read_plan(read_bytes(text.encode(), name), load())


def codes(reading):
    """Return the codes of findings."""
    return [finding.code for finding in reading.findings]


TAB_HEADER = "編號\t數據種類\t數據集名稱\t一般說明\t發放日期 (月/年)\t更新頻率"


def tabs(*rows, section="D. 進度：已經上載的數據集", header=TAB_HEADER, after=""):
    """Return a small plan with one table of cells."""
    head = f"香港天文台\n2024-2026年度整合開放數據計劃\n{section}\nii. 非空間數據\n"
    return head + "\n".join([header, *rows]) + "\n" + after


def layout(
    *lines,
    section="D. 進度： 部門已上載「資料一線通」網站的數據集",
    header=("數據種類／", "數據集名稱", "發放日期 更新頻率 備註"),
):
    """Return a small plan with one table without cell borders."""
    return "\n".join(["香港天文台", "2019至2021年的開放數據計劃", section, *header, *lines]) + "\n"


# ---- both families, from the same rows

texts = st.text(
    alphabet="天文氣象潮汐雨量風暴警告路線車站巴士牌照統計數字名單位置概覽年度測量地圖", min_size=2, max_size=30
)
remarks = st.lists(texts, min_size=1, max_size=3).map("，".join)
frequencies = st.sampled_from(
    ["每月", "每季", "每年", "有需要時", "實時", "每15分鐘", "每三個月及有需要時", "當有更新數據時"]
)
endings = st.sampled_from(["", " (JSON)", " (CSV, XML)", "，數據以 CSV 格式提供"])
months = st.tuples(st.integers(1, 12), st.integers(2012, 2026)).map(lambda m: f"{m[0]:02}/{m[1]}")
rows = st.builds(
    lambda c, t, d, f, r, e: Row(c, t, d, f, r + e),
    st.sampled_from(CATEGORIES),
    texts,
    months,
    frequencies,
    remarks,
    endings,
)


def plans(keys):
    """Return a strategy for plans with rows in some sections."""
    return st.builds(
        PlanText,
        st.sampled_from(BUREAUX),
        st.integers(2018, 2027),
        st.fixed_dictionaries({}, optional={key: st.lists(rows, min_size=1, max_size=6) for key in keys}),
        st.sampled_from(["", "2023年12月"]),
    )


def check(plan, reading):
    """Compare what was read with what was written."""
    read_plan_ = reading.require()
    expected = [(key[0], n, row) for key, listed in plan.rows.items() for n, row in enumerate(listed, 1)]
    assert (read_plan_.bureau, read_plan_.years) == (plan.bureau, (plan.first, plan.first + 2))
    assert read_plan_.dated == ("2023-12" if plan.dated else None)
    assert len(read_plan_.entries) == len(expected)
    for (section, number, row), entry in zip(sorted(expected, key=lambda e: e[0]), read_plan_.entries, strict=True):
        assert (entry.section, entry.number) == (section, number)
        assert (entry.category, entry.title) == (row.category, row.title)
        assert (entry.date_raw, entry.frequency_raw) == (row.date, row.frequency)
        assert re.sub(r"\s", "", entry.description) == re.sub(r"\s", "", row.remark)
    assert reading.ledger.leftovers == ()


@settings(deadline=None)
@given(plans([(s, sub) for s in "ABD" for sub in ("i", "ii")]), st.integers(0, 4))
def test_tables_of_cells_come_back_as_written(plan, rows_on_a_page):
    """A plan as tab-separated tables, its header repeated on every page, gives its rows."""
    ordered = PlanText(plan.bureau, plan.first, dict(sorted(plan.rows.items())), plan.dated)
    check(ordered, read(as_tabs(ordered, rows_on_a_page)))


@settings(deadline=None)
@given(plans([(s, "ii") for s in "ABD"]))
def test_rows_cut_by_a_page_come_back_whole(plan):
    """A row whose remark goes on behind a repeated header is one entry."""
    reading = read(as_tabs(plan, cut=True))
    assert [e.number for e in reading.plan.entries] == [
        n for key in sorted(plan.rows) for n in range(1, len(plan.rows[key]) + 1)
    ]
    for entry in reading.plan.entries:
        row = plan.rows[entry.section, "ii"][entry.number - 1]
        assert fold(entry.description) == fold(row.remark)


@settings(deadline=None)
@given(plans([(s, "") for s in "ABD"]), st.booleans(), st.integers(20, 34), st.integers(28, 60))
def test_text_without_borders_comes_back_as_written(plan, dot, title_width, remark_width):
    """A plan as text from a PDF, its cells wrapped at any width, gives its rows."""
    ordered = PlanText(plan.bureau, plan.first, dict(sorted(plan.rows.items())), plan.dated)
    check(ordered, read(as_layout(ordered, title_width, remark_width, dot)))


@pytest.mark.parametrize("make", [as_tabs, as_layout])
def test_simplified_editions_read_alike(make):
    """The same plan in Simplified characters gives the same dates, codes and folded titles."""
    key = ("D", "ii") if make is as_tabs else ("D", "")
    plan = PlanText(
        "香港天文台",
        2024,
        {key: [Row("氣象", "過去24小時雨量", "03/2023", "每小時", "各區雨量 (JSON)")] * 3},
        "2023年12月",
    )
    traditional, simplified = (read(text).plan for text in (make(plan), transform(make(plan), "Hant")))
    assert (traditional.script, simplified.script) == ("Hant", "Hans")
    for one, other in zip(traditional.entries, simplified.entries, strict=True):
        assert (fold(one.title), one.date, one.frequency, one.formats) == (
            fold(other.title),
            other.date,
            other.frequency,
            other.formats,
        )


# ---- tables of cells


def test_parts_have_dates_and_frequencies_of_their_own():
    """Rows without number and title but with a date or frequency are parts; others belong to the row above."""
    reading = read(
        tabs(
            "1\t氣象\t雨量\t甲\t01/2020\t每年",
            "\t\t\t乙\t\t",
            "\t\t\t丙\t02/2021\t",
            "\t\t\t丁\t\t每月",
            "2\t氣象\t潮汐\t戊\t03/2020\t每季",
        )
    )
    found = [(e.number, e.part, e.title, e.description, e.date, e.frequency) for e in reading.plan.entries]
    assert found == [
        (1, 0, "雨量", "甲 乙", "2020-01", "ANNUAL"),
        (1, 1, "雨量", "丙", "2021-02", None),
        (1, 2, "雨量", "丁", None, "MONTHLY"),
        (2, 0, "潮汐", "戊", "2020-03", "QUARTERLY"),
    ]


def test_group_headings_govern_the_rows_below():
    """A row with nothing but a name is a heading until the next one or the end of the table."""
    reading = read(
        tabs(
            "香港電台 (RTHK)\t\t\t\t\t",
            "1\t其他\t節目表\t甲\t01/2020\t每日",
            "其他\t\t\t\t\t",
            "2\t其他\t名單\t乙\t01/2020\t每日",
        )
    )
    assert [entry.group for entry in reading.plan.entries] == ["香港電台 (RTHK)", "其他"]


def test_columns_are_found_by_their_names():
    """Columns may stand in another order, be called otherwise, and have a format of their own."""
    header = "項目\t更新頻次\t數據集\t數據格式\t備註\t資料類別\t發布日期"
    reading = read(tabs("1.\t每月\t雨量\tJSON、XML\t各區雨量\t氣象\t1/2020", header=header))
    (entry,) = reading.plan.entries
    assert (entry.title, entry.category, entry.date, entry.frequency) == ("雨量", "氣象", "2020-01", "MONTHLY")
    assert (entry.formats, entry.description) == (("JSON", "XML"), "各區雨量")


def test_category_and_title_in_one_cell():
    """A combined column is parted at the slash behind a known category, a slash in the title kept."""
    header = "#\t數據種類／數據集名稱\t發放日期\t更新頻率\t備註"
    reading = read(tabs("1\t運輸／公路／橋樑名單\t1/2020\t每年\t名單 (CSV)", header=header))
    (entry,) = reading.plan.entries
    assert (entry.category, entry.title) == ("運輸", "公路／橋樑名單")


def test_a_cell_wrapped_over_lines_is_one_cell():
    """A line break inside a cell does not end the row."""
    reading = read(
        tabs("1\t氣象\t過去一年\n各區雨量\t雨量\n統計\t1/2020\t每年", "2\t氣象\t潮汐\t潮汐\t1/2020\t每年\n及有需要時")
    )
    assert [(e.title, e.description) for e in reading.plan.entries] == [
        ("過去一年各區雨量", "雨量統計"),
        ("潮汐", "潮汐"),
    ]
    assert reading.plan.entries[1].frequency_raw == "每年及有需要時"
    assert reading.ledger.leftovers == ()


@pytest.mark.parametrize(
    "row",
    [
        "1\t不適用\t\t\t\t",
        "\t不適用\t\t\t\t",
        "不適用\t不適用\t不適用\t不適用\t不適用\t不適用",
        "／\t／\t／\t／\t／\t／",
        "\tN/A\t\t\t\t",
        "1\t\tN/A\t\t\t",
        "\t1\t不適用\t\t\t",
        "沒有\t\t\t\t\t",
    ],
)
def test_empty_tables_have_no_rows(row):
    """A table that says that there is nothing has no entry, and nothing of it is lost."""
    reading = read(tabs(row))
    assert reading.plan.entries == ()
    assert reading.ledger.leftovers == ()


def test_a_table_without_header_is_told_and_left_over():
    """Rows under no header are not guessed at."""
    reading = read(tabs("1\t氣象\t雨量\t甲\t01/2020\t每年", header=""))
    assert reading.plan.entries == ()
    assert "table-without-header" in codes(reading)
    assert reading.ledger.accounted["leftover"] > 0


def test_a_table_that_goes_on_without_its_header_keeps_its_columns():
    """After a page break without a repeated header the columns of the table before hold."""
    reading = read(tabs("1\t氣象\t雨量\t甲\t01/2020\t每年", "", "2\t氣象\t潮汐\t乙\t01/2020\t每年"))
    assert [entry.title for entry in reading.plan.entries] == ["雨量", "潮汐"]


def test_a_row_with_too_many_cells_is_told():
    """Cells beyond the header are left over, with a finding; the row is read."""
    reading = read(tabs("1\t氣象\t雨量\t甲\t01/2020\t每年\t多餘"))
    assert reading.plan.entries[0].title == "雨量"
    assert {"row-does-not-fit", "unassigned-text"} <= set(codes(reading))
    assert [left.text for left in reading.ledger.leftovers] == ["多餘"]


def test_numbers_that_repeat_or_are_skipped_are_told():
    """Two rows of one number, and a number left out, are findings; every row is read."""
    row = "\t氣象\t{}\t甲\t01/2020\t每年"
    reading = read(tabs("1" + row.format("甲"), "1" + row.format("乙"), "4" + row.format("丙"), row.format("丁")))
    assert [entry.number for entry in reading.plan.entries] == [1, 1, 4, None]
    assert {"repeated-number", "skipped-number", "missing-number"} <= set(codes(reading))


def test_the_section_and_not_the_label_says_whether_a_date_is_a_target():
    """A section on progress whose date column is headed as a target has released rows, and a finding."""
    header = TAB_HEADER.replace("發放日期", "目標發放日期")
    reading = read(tabs("1\t氣象\t雨量\t甲\t01/2020\t每年", header=header))
    assert reading.plan.entries[0].date_role == "released"
    assert "header-contradicts-section" in codes(reading)


def test_what_is_odd_about_a_row_is_told():
    """Unknown words, impossible dates and dates that contradict the plan are findings at the row's place."""
    reading = read(
        tabs(
            "1\t占星\t星座\t(JSON, QQQ)\t13/2024\t視情況",
            "2\t氣象\t雨量\t甲\t待定\t每年",
            "3\t\t潮汐\t乙\t03/2024\t",
            "4\t氣象\t雨量\t丙\t第二季\t每年",
            after="\n香港天文台\n2023年12月\n",
        )
    )
    told = {(f.code, f.place.first) for f in reading.findings if f.place}
    assert told >= {
        ("unknown-category", 6),
        ("unknown-format", 6),
        ("impossible-date", 6),
        ("unknown-frequency", 6),
        ("unread-date", 7),
        ("missing-category", 8),
        ("missing-frequency", 8),
        ("release-after-plan", 8),
        ("unread-date", 9),
        ("repeated-title", 9),
    }
    assert reading.plan.dated == "2023-12"


def test_html_left_in_cells_is_no_text():
    """Tags are dropped, other angle brackets kept."""
    reading = read(tabs('1\t氣象\t雨量\t<ul style="x"><li>甲</li><li>乙 < 5</li></ul>\t01/2020\t每年'))
    assert reading.plan.entries[0].description == "甲 乙 < 5"


def test_page_numbers_and_running_heads_are_furniture():
    """Page numbers and a repeated title between rows are not part of any row."""
    reading = read(
        tabs(
            "1\t氣象\t雨量\t甲\t01/2020\t每年",
            "",
            "- 2 -",
            "第 2 頁，共 3 頁",
            "2024-2026年度整合開放數據計劃",
            TAB_HEADER,
            "2\t氣象\t潮汐\t乙\t01/2020\t每年",
        )
    )
    assert [entry.title for entry in reading.plan.entries] == ["雨量", "潮汐"]
    assert reading.ledger.leftovers == ()
    assert reading.ledger.accounted["furniture"] > 20


# ---- text without cell borders


def test_group_headings_between_rows_of_text():
    """A short line with a short name in brackets before a row is a heading; one with a format is not."""
    reading = read(
        layout(
            "創新及科技基金 (ITF)",
            "1  資訊科技／甲統計數字",
            "12/2015 每年 某些很長很長很長很長很長的說明文字佔滿整行",
            "統計數字 (JSON)",
            "2  資訊科技／乙統計數字",
            "12/2015 每年 某些很長很長很長很長很長的說明文字佔滿整行",
            "短句",
            "香港認可處 (HKAS)",
            "3  資訊科技／丙統計數字",
            "12/2015 每年 說明",
        )
    )
    assert [e.group for e in reading.plan.entries] == ["創新及科技基金 (ITF)"] * 2 + ["香港認可處 (HKAS)"]
    assert reading.plan.entries[0].description.endswith("統計數字 (JSON)")


def test_a_frequency_wrapped_beside_its_remark():
    """Narrow lines are the frequency until it is stated; the wide line after them is the remark."""
    reading = read(
        layout(
            "1. 運輸／",
            "到站時間",
            "12/2019 到站時間數據",
            "一分鐘內更",
            "新。其他數據",
            "每日更新。",
            "這是一段比較闊的說明文字，佔去備註一欄的整行，並且繼續到下一行",
            "為止 (JSON)",
        )
    )
    (entry,) = reading.plan.entries
    assert entry.frequency_raw == "到站時間數據一分鐘內更新。其他數據每日更新。"
    assert (entry.frequency, entry.formats) == ("OTHER", ("JSON",))


def test_notes_in_brackets_belong_to_the_cell_they_follow():
    """A bracket after the date is the date's, one after the frequency the frequency's, formats the remark's."""
    reading = read(
        layout(
            "1  財經／甲",
            "10/2015",
            "(首次發放日期)",
            "每月 [註：系統維修中]",
            "數據以 XML 格式輸出",
            "2  財經／乙",
            "10/2015 每月",
            "[註：系統維修中]",
            "數據",
            "3  財經／丙",
            "10/2015 每月 (JSON)",
        )
    )
    found = [(e.date_raw, e.frequency_raw, e.description) for e in reading.plan.entries]
    assert found == [
        ("10/2015 (首次發放日期)", "每月 [註：系統維修中]", "數據以 XML 格式輸出"),
        ("10/2015", "每月 [註：系統維修中]", "數據"),
        ("10/2015", "每月", "(JSON)"),
    ]


def test_numbered_items_inside_a_remark_are_no_rows():
    """A list in a remark is part of the remark, even if its numbers come in turn."""
    reading = read(
        layout(
            "1. 環境／空氣質素",
            "12/2015 每月 包括：",
            "1. 一般監測站的讀數",
            "2. 路邊監測站的讀數",
            "2. 環境／水質",
            "12/2015 每年 泳灘水質",
        )
    )
    assert [(e.number, e.title) for e in reading.plan.entries] == [(1, "空氣質素"), (2, "水質")]
    assert reading.plan.entries[0].description == "包括： 1. 一般監測站的讀數 2. 路邊監測站的讀數"


def test_a_row_whose_number_stands_alone():
    """A number on a line of its own opens a row."""
    reading = read(
        layout(
            "1", "", "運輸 / 停車場使用情況", "02/2023 每日 統計 (JSON)", "2", "運輸 / 空置車位", "02/2023 實時 資訊"
        )
    )
    assert [(e.number, e.category, e.title) for e in reading.plan.entries] == [
        (1, "運輸", "停車場使用情況"),
        (2, "運輸", "空置車位"),
    ]


def test_skipped_numbers_in_text_are_told():
    """A row out of turn is read if its category is known, and the gap is told."""
    reading = read(layout("1. 環境／甲", "12/2015 每月 甲", "3. 環境／丙", "12/2015 每月 丙"))
    assert [e.number for e in reading.plan.entries] == [1, 3]
    assert "skipped-number" in codes(reading)


def test_a_row_without_date_keeps_its_words():
    """A row whose date is to be announced, or left out, is read with a finding."""
    reading = read(layout("1. 環境／甲", "待定 每月 說明", "2. 環境／乙", "每季 說明"))
    assert [(e.title, e.date_raw, e.date, e.frequency) for e in reading.plan.entries] == [
        ("甲", "待定", None, "MONTHLY"),
        ("乙", "", None, "QUARTERLY"),
    ]
    assert {"unread-date", "missing-date"} <= set(codes(reading))


def test_other_organisations_are_numbered_in_section_c():
    """Each numbered organisation of section C governs the table after it; its short name is no part of it."""
    text = (
        "香港天文台\n2019至2021年的開放數據計劃\nC. 其他機構計劃開放的數據集\n"
        "(1) 機構名稱 : 香港科技園公司（下稱「科技園」）\n數據種類／數據集名稱 目標發放日期 更新頻率 備註\n"
        "1. 運輸／甲\n02/2023 每日 統計，由\n(2) 某部門提供\n"
        "(2) 醫院管理局\n數據種類／數據集名稱 目標發放日期 更新頻率 備註\n1. 衞生／乙\n02/2023 每日 統計\n"
    )
    reading = read(text)
    assert [(e.organisation, e.title) for e in reading.plan.entries] == [("香港科技園公司", "甲"), ("醫院管理局", "乙")]
    assert fold(reading.plan.entries[0].description) == fold("統計，由(2) 某部門提供")


def test_headings_wrapped_or_without_letter():
    """A section heading may be wrapped, or have no letter if a table follows."""
    text = (
        "香港天文台\n2019至2021年的開放數據計劃\n在 2019 年發放的部門數據集\n"
        "數據種類／數據集名稱 目標發放日期 更新頻率 備註\n1. 環境／甲\n02/2019 每日 統計\n"
        "D. 進度：局／部門及其他機構已經上載「資料一線通」網站\n的數據集\n"
        "數據種類／數據集名稱 發放日期 更新頻率 備註\n1. 環境／乙\n02/2018 每日 統計\n"
    )
    assert [(e.section, e.title) for e in read(text).plan.entries] == [("A", "甲"), ("D", "乙")]


def test_years_come_from_the_sections_if_the_title_has_none():
    """A plan without a title line takes its years from its sections."""
    text = "香港天文台\nA. 在 2023 年發放的數據集\n／\nB. 在 2024 年及 2025 年發放的數據集\n／\n"
    reading = read(text)
    assert (reading.plan.bureau, reading.plan.years, reading.plan.plan_title) == ("香港天文台", (2023, 2025), "")


def test_bullets_and_compatibility_ideographs():
    """Symbol glyphs are dropped, compatibility ideographs and radicals become ordinary ones."""
    reading = read(
        layout("1. 運輸／交通\uf9ca量", "12/2015 每月 包括：", "\uf06c 甲 (JSON)", "\uf06c \u2f64戶 (XML)\ufffd")
    )
    (entry,) = reading.plan.entries
    assert (entry.title, entry.description) == ("交通流量", "包括： 甲 (JSON) 用戶 (XML)")
    assert "unreadable-character" in codes(reading)


def test_an_unknown_category_is_told_once_for_each_spelling():
    """One finding counts the rows of a spelling and names the category that is most like it."""
    reading = read(
        tabs("1\t氣像\t雨量\t甲\t01/2020\t每年", "2\t氣像\t潮汐\t甲\t01/2020\t每年", "3\t占星\t星\t甲\t01/2020\t每年")
    )
    told = [finding for finding in reading.findings if finding.code == "unknown-category"]
    assert tuple(told[0].values[name] for name in ("category", "count", "nearest")) == (
        "氣像",
        "2",
        "氣象",
    )
    assert told[1].message("en") == "“占星” is not a category of DATA.GOV.HK (1 row)."


@pytest.mark.parametrize(("title", "years"), [("2025-2024", (2024, 2025)), ("2026至2024", (2024, 2026))])
def test_years_that_run_backwards_are_told(title, years):
    """The plan is read as one for the years in order, and it is said so."""
    reading = read(tabs("1\t氣象\t雨量\t甲\t01/2020\t每年").replace("2024-2026", title))
    assert reading.plan.years == years
    assert "years-backwards" in codes(reading)
    assert "years-backwards" not in codes(read(tabs("1\t氣象\t雨量\t甲\t01/2020\t每年")))


def test_a_plan_may_count_on_from_table_to_table():
    """Rows that are numbered through all sections skip nothing; a table that leaves numbers out does."""
    tables = [
        (f"{section}. {words}", "\n".join(f"{number}\t氣象\t雨量{number}\t甲\t{date}\t每年" for number in numbers))
        for section, words, date, numbers in [
            ("A", "在2024年發放的數據集", "03/2024", (1, 2)),
            ("D", "進度：已上載的數據集", "03/2020", (3, 4)),
        ]
    ]
    text = "香港天文台\n2024年至2026年開放數據計劃\n" + "\n".join(
        f"{heading}\n編號\t數據種類\t數據集名稱\t備註\t發放日期\t更新頻率\n{rows}" for heading, rows in tables
    )
    reading = read(text)
    assert [entry.number for entry in reading.require().entries] == [1, 2, 3, 4]
    assert "skipped-number" not in codes(reading)
    assert "skipped-number" in codes(read(text.replace("\n3\t", "\n5\t").replace("\n4\t", "\n6\t")))


def test_a_table_or_a_file_that_runs_backwards_is_told():
    """Rows numbered from the last to the first, and sections from D to A, stand perhaps below another heading."""
    rows = [f"{number}\t氣象\t雨量{number}\t甲\t01/2020\t每年" for number in (3, 2, 1)]
    found = codes(read(tabs(*rows)))
    assert "numbers-backwards" in found
    assert "skipped-number" not in found
    assert "numbers-backwards" not in codes(read(tabs(*rows[::-1])))
    plan = PlanText(
        "香港天文台", 2024, {(section, "ii"): [Row("氣象", section, "3/2024", "每月", "甲")] for section in "AD"}
    )
    text = as_tabs(plan)
    assert "sections-backwards" not in codes(read(text))
    assert "sections-backwards" in codes(read("\n".join(text.split("\n")[::-1])))


@pytest.mark.parametrize("title", ["抵港船次 運輸2026年3月", "Vessels 03/2026", "船次 https://example.hk/vessels"])
def test_cells_that_were_not_told_apart_are_no_name(title):
    """A name that ends with the month of its row, or holds an address, is told and not published."""
    reading = read(tabs(f"1\t運輸\t{title}\t說明\t\t每月", "2\t運輸\t船次\t說明\t3/2024\t每月"))
    assert [entry.title for entry in reading.plan.entries] == ["船次"]
    assert "unlikely-title" in codes(reading)


def test_a_title_without_sections_is_told_as_one():
    """Who reads the refusal is not told that there is no title where there is one."""
    with pytest.raises(NotAPlan, match="open data plan for 2023 to 2025"):
        read("# 水務署\n\n## 2023–2025 開放數據計劃\n\n- 食水水質\n- 爆水管\n", "plan.md").require()
    with pytest.raises(NotAPlan, match="no title with years"):
        read("# 水務署\n\n食水水質\n", "plan.md").require()


def test_a_plan_may_list_first_what_was_released():
    """Below its title such a plan stands in its order."""
    sections = [("D. 已發放的數據集", "01/2020"), ("A. 於2024年發放的數據集", "03/2024")]
    head = ["香港天文台", "2024年至2026年開放數據計劃"]
    header = "編號,數據種類,數據集名稱,備註,發放日期,更新頻率"
    lines = [f"{heading}\n{header}\n1,氣象,雨量{date[:2]},甲,{date},每年" for heading, date in sections]
    reading = read("\n".join([*head, *lines]), "plan.csv")
    assert [entry.section for entry in reading.require().entries] == ["D", "A"]
    assert "sections-backwards" not in codes(reading)


def test_a_finding_on_a_cell_names_its_column_as_people_count():
    """The first column of a file of commas is column 1."""
    lines = ["香港天文台", "2024年至2026年開放數據計劃", "A. 於2024年發放的數據集"]
    lines += ["編號,數據種類,數據集名稱,備註,目標發放日期,更新頻率", "1,氣象,雨量,甲,13/2024,每年"]
    findings = read("\n".join(lines), "plan.csv").findings
    assert [str(f.place) for f in findings if f.code == "impossible-date"] == ["line 5, column 5"]


def test_of_two_columns_with_one_label_the_date_counts():
    """A dash in one of them is passed over, whichever comes first."""
    lines = ["香港天文台", "2024年至2026年開放數據計劃", "D. 已發放的數據集"]
    lines += ["編號,數據種類,數據集名稱,發放日期,發放日期,更新頻率"]
    lines += ["1,氣象,雨量,01/2020,不適用,每年", "2,氣象,濕度,不適用,02/2020,每年"]
    reading = read("\n".join(lines), "plan.csv")
    assert [entry.date for entry in reading.require().entries] == ["2020-01", "2020-02"]
