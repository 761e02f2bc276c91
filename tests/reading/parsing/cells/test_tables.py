"""Tables of cells become rows by their header, and nothing of them is lost."""

import pytest
from support.made_documents import HEADER, Wide, fields, read_table_of_plan
from support.plan_readings import codes, leftovers, read
from support.plan_texts import plan_with

from dcat_hk.reading.parsing.cells import tables

LABELS = ("編號", "數據種類", "數據集名稱", "一般說明", "目標發放日期", "更新頻率")


def test_cells_mean_what_their_labels_say():
    """Columns may stand in any order; one that is not known is a note, with a finding."""
    reading = read(
        plan_with(header="更新頻率\t編號\t數據集名稱\t負責人\t數據種類", rows="每月\t1\t空氣質素\t陳先生\t環境")
    )
    (entry,) = reading.require().entries
    assert (entry.number, entry.category, entry.title, entry.frequency) == (1, "環境", "空氣質素", "MONTHLY")
    assert "unknown-column" in codes(reading)
    assert leftovers(reading) == []


def test_a_number_may_stand_behind_the_category():
    """Where no column holds numbers, the one before the name of the dataset is the row's, in one cell or in two."""
    for header, rows in (
        ("數據種類／數據集名稱\t發放日期\t更新頻率", "環境／1. 空氣質素\t3/2024\t每月\n食物／2. 漁獲\t4/2024\t每年"),
        (
            "數據種類\t編號及數據集名稱\t發放日期\t更新頻率",
            "環境\t1. 空氣質素\t3/2024\t每月\n食物\t2. 漁獲\t4/2024\t每年",
        ),
        (
            "Type\tNo. and Name of Dataset\t發放日期\t更新頻率",
            "環境\t1) 空氣質素\t3/2024\t每月\n食物\t2) 漁獲\t4/2024\t每年",
        ),
    ):
        reading = read(plan_with(header=header, rows=rows))
        entries = [(entry.number, entry.category, entry.title) for entry in reading.require().entries]
        assert entries == [(1, "環境", "空氣質素"), (2, "食物", "漁獲")]
        assert leftovers(reading) == []


def test_rows_without_a_number_go_on_the_row_above():
    """A date of its own makes a further part; other text is the rest of a cell; a lone name heads the rows below."""
    reading = read(
        plan_with(
            rows="1\t環境\t空氣質素\t各區\t3/2024\t每月\n\t\t\t讀數\t\t\n\t\t\t指數\t5/2024\t每年\n"
            "\t\t防疫基金\t\t\t\n2\t環境\t噪音\t讀數\t3/2024\t每月"
        )
    )
    entries = reading.require().entries
    assert [(entry.number, entry.part, entry.description.replace(" ", "")) for entry in entries] == [
        (1, 0, "各區讀數"),
        (1, 1, "指數"),
        (2, 0, "讀數"),
    ]
    assert [entry.group for entry in entries] == [None, None, "防疫基金"]


def test_dates_and_frequencies_under_each_others_labels_are_exchanged():
    """Where most rows have them the wrong way round, the header is wrong, and a finding says so."""
    reading = read(plan_with(rows="1\t環境\t空氣質素\t讀數\t每月\t3/2024\n2\t環境\t噪音\t讀數\t每年\t4/2024"))
    assert [(entry.date, entry.frequency) for entry in reading.require().entries] == [
        ("2024-03", "MONTHLY"),
        ("2024-04", "ANNUAL"),
    ]
    assert "swapped-columns" in codes(reading)


def test_a_band_that_ends_a_page_is_no_part_of_the_header_below_it():
    """Where a header is repeated on the next page, the band above it heads the rows below."""
    band = [Wide("Marine Parks Fund (MPF)", 6), "", "", "", "", ""]
    row = ["1", "Environment", "Corals", "Sites (CSV)", "10/2025", "Yearly"]
    reading = read_table_of_plan(band, HEADER, row)
    assert fields(reading, "number", "group") == [(1, "Marine Parks Fund (MPF)")]
    assert leftovers(reading) == []


def test_a_header_row_that_a_page_cuts_is_put_together():
    """The lines of a label above and below the end of a page are one label, and no row."""
    lines = [
        "No.\tType of\tName of\tGeneral Description\tData\tRelease\tUpdate",
        "\tData\tDataset\t\tFormat\tDate (mm/yyyy)\tFrequency",
        "1\tFood\tMarket stalls\tStalls of each market\tKML, GeoJSON\t01/2018\tMonthly",
    ]
    reading = read(plan_with(header="\n".join(lines[:2]), rows=lines[2]))
    (entry,) = reading.require().entries
    assert (entry.number, entry.category, entry.title) == (1, "Food", "Market stalls")
    assert (entry.date, entry.frequency, entry.formats) == ("2018-01", "MONTHLY", ("KML", "GEOJSON"))
    assert leftovers(reading) == []


@pytest.mark.parametrize("signs", ["({})", "{}", "[{}]"])
@pytest.mark.parametrize("first", ["1", "a", "A"])
def test_a_row_that_counts_columns_is_part_of_the_header(signs, first):
    """Below labels, figures or letters in turn are no dataset, wherever the table goes on."""
    numbers = "\t".join(signs.format(chr(ord(first) + place)) for place in range(6))
    rows = [f"{number}\t環境\t{title}\t讀數\t3/2024\t每月" for number, title in ((1, "空氣質素"), (2, "噪音"))]
    reading = read(plan_with(rows="\n".join([numbers, rows[0], "\t".join(LABELS), numbers, rows[1]])))
    assert [(entry.number, entry.title) for entry in reading.require().entries] == [(1, "空氣質素"), (2, "噪音")]
    assert leftovers(reading) == []


@pytest.mark.parametrize("caption", ["表1：數據集清單", "Table 2: List of datasets", "Table 3", "列表一 - 資料集一覽"])
def test_a_caption_above_a_table_is_no_group(caption):
    """What only counts tables stands between a heading and its table and says nothing of rows."""
    reading = read(
        plan_with(rows="1\t環境\t空氣質素\t讀數\t3/2024\t每月").replace("\n\n編號", f"\n\n{caption}\n\n編號")
    )
    (entry,) = reading.require().entries
    assert (entry.group, entry.title) == (None, "空氣質素")
    assert leftovers(reading) == []


def test_a_row_with_the_total_is_a_note():
    """How many datasets a table has is no dataset and no group."""
    rows = "1\t環境\t空氣質素\t讀數\t3/2024\t每月\n合共：1個數據集\t\t\t\t\t\n"
    reading = read(plan_with(rows=rows))
    assert [(entry.number, entry.group) for entry in reading.require().entries] == [(1, None)]
    assert leftovers(reading) == []


@pytest.mark.parametrize("title", ["Particulars of datasets", "數據集資料"])
def test_a_title_over_the_header_of_each_table_is_no_group(title):
    """A row over all columns directly above a header that speaks of data says nothing of the rows below."""
    head = f"<tr><td colspan=6>{title}</td></tr><tr>" + "".join(f"<th>{label}</th>" for label in LABELS) + "</tr>"
    rows = (
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in ("1", "環境", "空氣質素", "讀數", "3/2024", "每月")) + "</tr>"
    )
    section = "<h3>{}</h3><table>" + head + rows + "</table>"
    page = "<h1>環境保護署</h1><h2>2024至2026年度開放數據計劃</h2>"
    page += section.format("A. 將於2024年發放的部門數據集") + section.format("B. 將於2025年及2026年發放的部門數據集")
    assert [(entry.section, entry.group) for entry in read(page, "plan.html").require().entries] == [
        ("A", None),
        ("B", None),
    ]


def test_an_address_below_a_table_is_no_dataset():
    """Words where numbers stand, with neither date nor frequency nor format, are a note, or left over and told."""
    labels = "編號\t數據集名稱\t一般說明\t類別\t發放日期\t更新頻率"
    rows = [
        "1\t水質\t各區\t環境\t3/2020\t每月",
        "查詢\t2123 4567\topendata@example.hk\t\t\t",
        "傳真\t2123 4568\t\t\t\t",
        "熱線\t2123 4569\t\t\t\t",
    ]
    reading = read("\n".join(["政府化驗所", "2026至2028年度開放數據計劃", "", "D. 已發放的數據集", "", labels, *rows]))
    assert [entry.title for entry in reading.require().entries] == ["水質"]
    assert leftovers(reading) == ["熱線 2123 4569"]


def test_words_where_numbers_stand_are_looked_at_once(monkeypatch):
    """Whether numbers stand below a row is known of the whole table: twice as many rows cost twice as much."""
    asked = []
    usual = tables.read_code
    monkeypatch.setattr(tables, "read_code", lambda text: asked.append(text) or usual(text))
    counts = []
    for count in (20, 40):
        asked.clear()
        rows = "\n".join(f"查詢\t\t2123 {number:04}\topendata@example.hk\t\t" for number in range(count))
        assert not read(plan_with(rows=rows)).require().entries
        counts.append(len(asked))
    assert counts[1] <= 2 * counts[0]


def test_a_header_of_unknown_labels_is_one_in_each_section():
    """What is a header by what stands below it is one where it is repeated, also with another word for the date."""
    date, others = "擬於何時發放", "多久更新一次\t以何種格式提供"
    parts = [
        ("A. 在2024年發放的數據集", date, ["甲統計\t環境\t3/2024\t每年\tCSV", "乙統計\t環境\t6/2024\t每月\tCSV"]),
        ("B. 在2025年及2026年發放的數據集", date, ["丙統計\t環境\t6/2025\t每年\tCSV"]),
        ("D. 已發放的數據集", "何時已發放", ["丁統計\t環境\t1/2018\t每日\tCSV"]),
    ]
    lines = ["政府化驗所", "2024至2026年度開放數據計劃", ""]
    for heading, label, rows in parts:
        lines += [
            heading,
            "",
            f"記號\t名稱\t範疇\t{label}\t{others}",
            *(f"{i}\t{row}" for i, row in enumerate(rows, 1)),
            "",
        ]
    entries = read("\n".join(lines)).require().entries
    assert [(entry.section, entry.number, entry.title, entry.date) for entry in entries] == [
        ("A", 1, "甲統計", "2024-03"),
        ("A", 2, "乙統計", "2024-06"),
        ("B", 1, "丙統計", "2025-06"),
        ("D", 1, "丁統計", "2018-01"),
    ]


def test_a_row_without_date_and_frequency_is_no_header():
    """The first row of a section goes on with the columns of the section before, whatever it lacks."""
    lines = ["政府化驗所", "2024至2026年度開放數據計劃", "", "A. 在2024年發放的數據集", ""]
    lines += [
        "編號\t名稱\t範疇\t目標發放日期\t更新頻率",
        "1\t甲統計\t環境\t3/2024\t每年",
        "",
        "B. 在2025年發放的數據集",
        "",
    ]
    lines += ["2\t乙統計\t環境\t待定\t待定", "3\t丙統計\t環境\t6/2025\t每月", "4\t丁統計\t環境\t7/2025\t每月"]
    assert [entry.title for entry in read("\n".join(lines)).require().entries] == [
        "甲統計",
        "乙統計",
        "丙統計",
        "丁統計",
    ]


def dates_beside(label, other, section="planned", second="06/2024"):
    """Return the dates and roles of two rows with two columns of dates; the second one has none in the other column."""
    heading = {"planned": "Datasets to be released in 2024", "released": "Datasets released"}[section]
    rows = f"1\tCourt waiting time\t03/2024\t{second}\tYearly\n2\tCaseload\t09/2024\t–\tYearly"
    header = f"No.\tDataset\t{label}\t{other}\tUpdate frequency"
    reading = read(f"Judiciary\nOpen Data Plan 2024\n{heading}\n{header}\n{rows}\n")
    assert leftovers(reading) == []
    return [(one.date, one.date_role) for one in reading.require().entries], codes(reading)


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("Original target date", "Revised target date"),
        ("Original target date", "New target date"),
        ("Target release date", "Revised release date"),
        ("Previous target date", "Updated target date"),
        ("Original", "Revised"),
        ("Target date", "Deferred to"),
        ("Original release date", "New release date"),
        ("原定日期", "修訂日期"),
        ("原定目標日期", "修訂後的目標發放日期"),
        ("目標發放日期", "新定日期"),
        ("原目標日期", "最新目標日期"),
        ("原定", "延至"),
    ],
)
def test_a_revised_date_counts_and_not_the_one_before(label, other):
    """The date that a row was put off to is its date; where none is given, the first one holds."""
    dates, found = dates_beside(label, other)
    assert dates == [("2024-06", "target"), ("2024-09", "target")]
    assert found.count("deferred-row") == 1
    assert "unknown-column" not in found


def test_a_revised_date_that_is_open_takes_the_one_before_away():
    """To be confirmed is no month; the same month again is no news; words that nobody knows are told."""
    dates, found = dates_beside("Original target date", "Revised target date", second="To be confirmed")
    assert (dates[0], found.count("deferred-row")) == ((None, "target"), 1)
    dates, found = dates_beside("Original target date", "Revised target date", second="03/2024")
    assert (dates[0], found.count("deferred-row")) == (("2024-03", "target"), 0)
    dates, found = dates_beside("Original target date", "Revised target date", second="As before")
    assert (dates[0], "unknown-status" in found) == (("2024-03", "target"), True)


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("Target date", "Actual release date"),
        ("Target", "Actual"),
        ("Planned date", "Released on"),
        ("目標發放日期", "實際發放日期"),
        ("預計發放日期", "已發放日期"),
        ("目標日期", "實際日期"),
    ],
)
def test_a_planned_row_with_an_actual_date_has_come(label, other):
    """An actual date beside a target date says that the dataset was released, and when."""
    dates, found = dates_beside(label, other)
    assert dates == [("2024-06", "released"), ("2024-09", "target")]
    assert found.count("stage-by-row") == 1
    dates, _found = dates_beside(label, other, second="Not yet released")
    assert dates[0] == ("2024-03", "target")


def test_a_revised_date_alone_is_the_date():
    """A table that gives only the new dates has them as its dates."""
    reading = read(
        "Judiciary\nOpen Data Plan 2024\nDatasets to be released in 2024\n"
        "No.\tDataset\tRevised target date\tUpdate frequency\n1\tCaseload\t06/2024\tYearly\n"
    )
    assert [(one.date, one.date_raw) for one in reading.require().entries] == [("2024-06", "06/2024")]
    assert "deferred-row" not in codes(reading)


def test_target_dates_of_released_rows_are_told_and_not_used():
    """Below a heading of released datasets the actual dates count; the others are told."""
    dates, found = dates_beside("Actual release date", "Revised target date", section="released")
    assert dates == [("2024-03", "released"), ("2024-09", "released")]
    assert "second-date-column" in found


@pytest.mark.parametrize(
    ("code", "number"), [("甲1", 1), ("DSD/25/01", 1), ("E2(a)", 2), ("D3*", 3), ("第四項", 4), ("GIS/7b", None)]
)
def test_a_code_in_the_column_of_numbers_is_no_part_of_the_name(code, number):
    """It counts by its last number; one that has none is kept as a note, and told."""
    rows = f"{code}\t環境\t空氣質素\t各區讀數\t3/2024\t每月"
    reading = read(plan_with(header="\t".join(LABELS), rows=rows))
    assert [(entry.number, entry.title) for entry in reading.require().entries] == [(number, "空氣質素")]
    assert leftovers(reading) == []
    assert ("unread-number" in codes(reading)) == (number is None)
