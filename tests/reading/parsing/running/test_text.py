"""Text pulled from a PDF whose cells follow one another: rows and cells are found by what they say."""

import pytest
from support.plan_texts import PlanText, Row, as_layout

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Budget
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import Limits, read_bytes
from dcat_hk.reading.parsing import read_plan

OLD = ("# 數據種類／數據集名稱 發放日", "期", "(月/年)", "更新頻率 備註")
CONSOLIDATED = ("編號 數據種類 數據集名稱", "負責", "組別", "一般說明", "發放日期", "(月/年)", "更新頻率")


def read(*lines, header=OLD, section="D. 進度：部門已上載「資料一線通」網站的數據集"):
    """Return the reading of a plan with one table, as text."""
    text = "\n".join(["香港天文台", "2019至2021年的開放數據計劃", section, *header, *lines]) + "\n"
    reading = read_plan(read_bytes(text.encode(), "plan.txt"), load())
    assert reading.ledger.characters == sum(reading.ledger.accounted.values())
    return reading


def cells(reading):
    """Return what the rows say."""
    return [(e.number, e.title, e.date_raw, e.frequency_raw, e.description) for e in reading.plan.entries]


def test_the_last_line_of_a_cell_beside_the_next_cells_first():
    """Date, frequency and the remark's first line stand on one line; the remark goes on below."""
    reading = read(
        *("1 運輸／行人天橋及行人隧", "道升降機位置", "03/2021 每季 數據將以 CSV 及 GeoJSON 格式提", "供"),
        *("2 運輸／行人天橋名單", "06/2021 每年 (CSV)"),
    )
    assert cells(reading) == [
        (1, "行人天橋及行人隧道升降機位置", "03/2021", "每季", "數據將以 CSV 及 GeoJSON 格式提供"),
        (2, "行人天橋名單", "06/2021", "每年", "(CSV)"),
    ]
    assert reading.ledger.leftovers == ()


@pytest.mark.parametrize(
    ("lines", "date"),
    [(("2021 年第", "二季", "每日 說明"), "2021 年第二季"), (("2020 年 11", "月", "每日 說明"), "2020 年 11 月")],
)
def test_a_date_over_two_lines(lines, date):
    """A date is put together again, wherever it was wrapped."""
    reading = read("1 運輸／自動單車流量計數", "站的每小時流量", *lines)
    assert cells(reading) == [(1, "自動單車流量計數站的每小時流量", date.replace(" 11 月", " 11月"), "每日", "說明")]


def test_a_frequency_with_a_note_over_lines_beside_a_remark():
    """The note in brackets is the frequency's up to where it closes."""
    reading = read(
        *("1 運輸／違例停泊單車清理", "03/2021 每季 (在季", "度完結後六", "個星期內)", "數據將以 XLSX 格式提供"),
    )
    ((_number, _title, _date, frequency, description),) = cells(reading)
    assert frequency.replace(" ", "") == "每季(在季度完結後六個星期內)"
    assert description == "數據將以 XLSX 格式提供"


def test_several_frequencies_in_one_cell():
    """A second frequency behind a slash is no remark."""
    assert cells(read("1 運輸／單車徑", "03/2021 每月 / 每年 說明"))[0][3:] == ("每月 / 每年", "說明")


def test_items_of_a_list_in_a_remark_are_no_rows():
    """Numbers in a remark open no row, even in turn; a line of the form of one is the remark's."""
    reading = read(
        *("1 運輸／單車徑", "03/2021 每月 資料分為以下兩部分：", "1. 單車徑路線、闊度；", "2. 停泊處的位置。"),
        *("2 運輸／升降機", "12/2019 每星期 檢驗結果", "2. 所載的結果以檢驗當日為準"),
        *("3 運輸／扶梯", "12/2019 每年 說明"),
    )
    assert [row[0] for row in cells(reading)] == [1, 2, 3]
    assert "2. 所載的結果" in cells(reading)[1][4]


def test_further_parts_of_a_row():
    """A date and frequency of its own make a part under the same number and name."""
    reading = read(
        *("1 運輸／行人流量調查結果", "10/2016 (首", "次發放日期)", "每兩年 按調查地點劃分"),
        *(
            "11/2018 每兩年 按年齡劃分",
            "02/2020 每年 輪椅使用者的流量",
        ),
    )
    found = [(e.part, e.title, e.date, e.frequency, e.description) for e in reading.plan.entries]
    assert found == [
        (0, "行人流量調查結果", "2016-10", "BIENNIAL", "按調查地點劃分"),
        (1, "行人流量調查結果", "2018-11", "BIENNIAL", "按年齡劃分"),
        (2, "行人流量調查結果", "2020-02", "ANNUAL", "輪椅使用者的流量"),
    ]


def test_many_parts_are_read_in_time():
    """A row with hundreds of parts is read, or left over, without an end of the stack."""
    reading = read("1 運輸／行人流量", *("11/2018 每兩年 說明" for _ in range(300)))
    assert reading.plan.entries[0].title == "行人流量"


def test_a_header_with_an_unknown_label_and_the_order_of_columns():
    """The header tells the order; a column that is not known is a note, and its cells are not taken for others."""
    reading = read(
        *("1", "城市管理及", "公共設施", "雨水排放系統的主", "渠位置", "繪圖組"),
        *("主渠的走線、管徑、物料、", "鋪設年份及集水區，以", "GeoJSON 及 GML 格式開放", "03/2024 每半年"),
        header=CONSOLIDATED,
    )
    (entry,) = reading.plan.entries
    assert (entry.number, entry.category) == (1, "城市管理及公共設施")
    assert (entry.date, entry.frequency) == ("2024-03", "ANNUAL_2")
    assert "繪圖組" not in entry.description + entry.title


def test_columns_one_after_the_other_are_not_guessed():
    """Where whole columns follow one another, nothing is made up: the text is left over, and a finding says so."""
    reading = read(
        *("1", "2", "3", "運輸／甲名單", "運輸／乙名單", "運輸／丙名單"),
        *("03/2021", "04/2021", "05/2021", "每季", "每年", "每月", "說明甲", "說明乙", "說明丙"),
    )
    assert reading.plan.entries == ()
    assert {"columns-out-of-order", "unassigned-text"} <= {finding.code for finding in reading.findings}


def test_a_text_that_takes_too_long_is_refused():
    """Reading stops at the limit of time with an error that names it, however long the text is."""
    rows = [Row("氣象", "雨量", "02/2020", "每小時", "各區雨量 " * 8)] * 400
    document = read_bytes(as_layout(PlanText("香港天文台", 2024, {("D", ""): rows})).encode(), "long.txt")
    with pytest.raises(NotAPlan, match=r"0\.2 seconds of processor time"):
        read_plan(document, load(), Budget("long.txt", Limits(seconds=0.2)))


def test_a_row_in_a_table_out_of_order_has_no_further_parts():
    """Where cells stand above the first row, what stands behind a row can be cells of other rows."""
    row = ("3 運輸", "的士站", "繪圖組", "位置", "02/2020 每月", "收費", "03/2020 每年")
    reading = read("位置甲", "位置乙", "位置丙", "位置丁", "位置戊", *row, header=CONSOLIDATED)
    assert "columns-out-of-order" in [finding.code for finding in reading.findings]
    assert cells(reading) == []


def test_a_line_that_names_a_category_is_that_of_the_rows_below():
    """Where no column holds categories, bands above rows do; a group in a band stands inside of it."""
    reading = read(
        *("科技及廣播", "1 查詢及投訴統計 按途徑劃分 (CSV,", "XLSX)", "12/2019 每季"),
        *("衞生", "2 長者中心名單 中心名稱及地址", "(KML)", "07/2020 每月"),
        *("3 幼兒中心名單 中心名稱", "(KML)", "08/2020 每月"),
        header=("編號 數據集名稱 一般說明 發放日期", "(月/年)", "更新頻率"),
    )
    assert [(e.number, e.category, e.group, e.title) for e in reading.plan.entries] == [
        (1, "科技及廣播", None, "查詢及投訴統計"),
        (2, "衞生", None, "長者中心名單"),
        (3, "衞生", None, "幼兒中心名單"),
    ]
    assert reading.ledger.leftovers == ()


def test_a_name_is_no_category_where_other_rows_have_known_ones():
    """The cell of a category goes down over rows: those below it state none, and their names stay whole."""
    header = ("No. Type of Data Name of Dataset General Description Release", "Date", "Update", "Frequency")
    reading = read(
        *("1 Education Kindergarten places Places by district", "(CSV)", "09/2020 Every two", "years"),
        *("2 List of elderly centres Names of centres and operators", "(GeoJSON)", "10/2020 Monthly"),
        *("3 Housing Waiting time Average by household size", "(CSV)", "11/2020 Monthly"),
        header=header,
    )
    assert [entry.category for entry in reading.plan.entries] == ["Education", "", "Housing"]
    assert reading.plan.entries[1].title.startswith("List of elderly centres")
    assert "missing-category" in [finding.code for finding in reading.findings]


def test_a_blank_between_ideographs_parts_two_cells():
    """Nothing in a Chinese name makes a blank but the border of its cell; what follows is the description."""
    header = ("編號 數據種類 數據集名稱 一般說明", "發放日期", "(月/年)", "更新頻率")
    reading = read(
        *("1 教育 堆填區氣體監測結果 各堆填區每月錄得的甲烷及二氧化碳", "濃度。以 JSON 格式開放。", "08/2020 每年"),
        *("2 教育 郊野公園雀鳥 品種及數目。以", "CSV 格式開放。", "09/2020 每月"),
        header=header,
    )
    assert [entry.title for entry in reading.plan.entries] == ["堆填區氣體監測結果", "郊野公園雀鳥"]
    assert reading.plan.entries[0].description == "各堆填區每月錄得的甲烷及二氧化碳濃度。以 JSON 格式開放。"


def test_rows_without_a_header_are_read_only_where_they_state_what_they_are():
    """Without labels a category and a slash show which columns rows have; other columns are not guessed."""
    reading = read("1 運輸／行人天橋名單 06/2021 每年 (CSV)", header=())
    assert cells(reading) == [(1, "行人天橋名單", "06/2021", "每年", "(CSV)")]
    other = read("1 運輸 行人天橋名單 各區的行人天橋 06/2021 每年", header=())
    assert other.plan.entries == ()
    assert "unread-row" in {finding.code for finding in other.findings}


def test_a_header_in_another_order_than_its_labels_gives_no_rows():
    """Lines across all columns tear labels and names: what is left over shows that a row was not read."""
    header = ("No. Category / Name of Dataset Target Release Update Remarks", "Date (mm/yyyy) Frequency")
    reading = read(
        "1 Environment / Production and quality 06/2026 Monthly Monthly production, number of users",
        "of reclaimed water supplied and the following water",
        "quality parameters: pH and turbidity",
        "2 Finance / Approved estimates and 07/2025 Annually Listed by project number. Opened up in",
        "actual expenditure of flood prevention XLSX format.",
        header=header,
        section="B. Datasets to be released in 2025 and 2026",
    )
    assert reading.plan.entries == ()


def test_a_slash_parts_no_title_where_no_label_names_categories():
    """A column of names alone has names with slashes."""
    reading = read(
        "1 甲級／乙級樓宇名單 各區的樓宇 06/2021 每年",
        "2 升降機／自動梯名單 各區的升降機 06/2021 每年",
        header=("編號 數據集名稱 簡介 發放日期 更新頻率",),
    )
    assert [(entry.category, entry.title) for entry in reading.plan.entries] == [
        ("", "甲級／乙級樓宇名單"),
        ("", "升降機／自動梯名單"),
    ]


@pytest.mark.parametrize("sign", [" – ", "：", " - "])
def test_a_dash_or_colon_ends_a_known_category(sign):
    """Some plans write no slash between category and title."""
    reading = read(f"1 運輸{sign}行人天橋", "名單 06/2021 每年 (CSV)")
    assert [(entry.category, entry.title) for entry in reading.plan.entries] == [("運輸", "行人天橋名單")]


def test_a_title_goes_on_with_a_word_that_begins_no_cell():
    """A line that begins with 'and' belongs to the cell before, and so does a letter before a bracket."""
    header = ("編號 數據種類 數據集名稱 一般說明 發放日期 更新頻率",)
    reading = read(
        *("1 財經 部門開支預算", "及實際開支", "按綱領劃分的", "預算及實際開", "支", "06/2021 每年"),
        *("2 運輸 行人天橋及隧", "道（第二期）", "各區天橋的位", "置及長度", "06/2021 每年"),
        header=header,
    )
    assert [(entry.title, entry.description) for entry in reading.plan.entries] == [
        ("部門開支預算及實際開支", "按綱領劃分的預算及實際開支"),
        ("行人天橋及隧道（第二期）", "各區天橋的位置及長度"),
    ]
