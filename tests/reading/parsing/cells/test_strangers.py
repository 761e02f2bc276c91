"""Rows of cells that are no datasets: sums, signatures, addresses, tables of other things."""

import pytest
from support.plan_readings import codes, read

LABELS = ("編號", "數據種類", "數據集名稱", "一般說明", "發放日期", "更新頻率")
ROWS = [("1", "氣象", "雨量", "甲", "2020年3月", "每日"), ("2", "氣象", "潮汐", "乙", "2021年5月", "每月")]
HEAD = "<h1>香港天文台</h1><h1>2026年度開放數據計劃</h1><h2>D. 已發放的數據集</h2>"


def table(*rows):
    """Return a table of HTML."""
    return "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows) + "</table>"


def titles(html):
    """Return the titles of a plan's rows."""
    return [entry.title for entry in read(html, "plan.html").require().entries]


@pytest.mark.parametrize(
    "row",
    [
        ("總數", "2", "", "", "", ""),
        ("小計", "", "2個數據集", "", "", ""),
        ("", "", "合計", "2", "", ""),
        ("Total", "2", "", "", "", ""),
        ("Sub-total", "", "2 datasets", "", "", ""),
        ("Total number of datasets", "", "2", "", "", ""),
        ("總數", "2", "2024年發放的數據集", "2", "12/2024", "每年"),
        ("", "氣象", "總數", "2", "12/2024", ""),
        ("3", "氣象", "Sub-total", "2", "", ""),
        ("Subtotal (Climate)", "", "", "", "2", ""),
        ("氣象小計：", "", "2", "", "", ""),
        ("", "", "小計：2", "", "", ""),
        ("", "", "Number of datasets: 2", "", "", ""),
        ("", "", "Number of datasets in 2026", "2", "", ""),
        ("Overall", "", "2 datasets", "", "", ""),
        ("共2個數據集。", "", "", "", "", ""),
        ("3", "氣象", "Nil", "N/A", "N/A", "不適用"),
        ("製表人：黃志強", "", "", "", "", ""),
        ("覆核：林美玲", "日期：2026年1月3日", "", "", "", ""),
        ("擬備人", "陳大文", "系統經理", "簽署", "15/01/2026", ""),
        ("Approved by:", "C M Ho", "", "", "", ""),
        ("編制", "李四", "", "", "", ""),
        ("備註：以上數據集以JSON格式開放。",) * 6,
        ("電話", "2926 8200", "", "", "", ""),
    ],
)
def test_a_row_that_sums_up_signs_or_gives_an_address_is_no_dataset(row):
    """Nothing of the foot of a table is published as a dataset, and nothing of it is text nobody understood."""
    reading = read(HEAD + table(LABELS, *ROWS, row), "plan.html")
    assert [entry.title for entry in reading.require().entries] == ["雨量", "潮汐"]
    assert reading.ledger.leftovers == ()


@pytest.mark.parametrize(
    "rows",
    [
        [("職位", "姓名", "電話", "電郵"), ("系統經理", "陳大文", "2829 4500", "chan@example.hk")],
        [("Name", "Post", "Tel"), ("K. Y. Lam", "Systems Manager", "3759 0000")],
        [("Enquiries", "24/F, Wu Chung House"), ("Tel", "2961 6901")],
        [("Version", "Date", "Change"), ("1.0", "12/2024", "First issue"), ("1.1", "01/2025", "Corrected")],
        [("檔案", "大小"), ("plan.pdf", "2 MB")],
    ],
)
def test_a_table_of_other_things_goes_on_with_none(rows):
    """Contacts and versions below the last table are no rows of it; they are told."""
    reading = read(HEAD + table(LABELS, *ROWS) + "<p></p>" + table(*rows), "plan.html")
    assert [entry.title for entry in reading.require().entries] == ["雨量", "潮汐"]
    assert {"unassigned-text", "unassigned-texts"} & set(codes(reading))


def test_a_table_without_a_header_goes_on_where_its_rows_are_datasets():
    """A page break may leave a table without its header, or with numbers alone."""
    assert (
        titles(HEAD + table(LABELS, *ROWS) + "<p></p>" + table(("3", "氣象", "風速", "", "2022年1月", "每日")))[-1]
        == "風速"
    )
    assert titles(HEAD + table(LABELS, *ROWS) + "<p></p>" + table(("3", "", "風速", "", "", "")))[-1] == "風速"


def test_a_line_below_a_signature_is_no_part_of_the_last_row():
    """What follows something that is no row is none, either: the frequency of the last row stays what it is."""
    html = HEAD + table(LABELS, *ROWS) + "<p>(Signed) Ms Leung<br>for Director<br>January 2026</p>"
    reading = read(html, "plan.html")
    assert reading.require().entries[-1].frequency_raw == "每月"
    assert reading.require().dated == "2026-01"


@pytest.mark.parametrize("label", ["涵蓋期", "數據覆蓋時段", "起訖年份", "Years covered"])
def test_what_data_cover_is_no_date_of_release(label):
    """The years that a dataset is about are not when it was released."""
    labels = ("編號", "數據種類", "數據集名稱", label, "發布日", "更新頻率")
    rows = [("1", "氣象", "雨量", "2010年至2015年", "2015年4月", "每日")]
    assert [entry.date for entry in read(HEAD + table(labels, *rows), "plan.html").require().entries] == ["2015-04"]


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("No.", "Officer", "Name", "Telephone", "Date", "Frequency of duty"),
            ("1", "SSM", "Chan", "28", "12/24", "Daily"),
        ],
        [("版本", "修訂", "名稱", "說明", "日期", "頻率"), ("1", "初版", "陳大文", "擬備", "12/2024", "每年")],
        [
            ("No.", "Category", "Number of datasets", "Remarks", "Month", "Frequency"),
            ("1", "氣象", "2", "", "03/2026", "每月"),
        ],
        [("Category", "No. of datasets"), ("氣象", "2")],
        [("Status", "Count"), ("Planned", "3"), ("Released", "1")],
        [("Version", "Date", "Description"), ("1.0", "12/2024", "First issue")],
    ],
)
@pytest.mark.parametrize("between", ["", "<p>Summary by category:</p>", "<h3>Annex</h3>"])
def test_a_table_whose_labels_are_of_other_things_is_none_of_datasets(rows, between):
    """Officers, versions and figures are published by nobody, and are told once; nothing above them opens a section."""
    html = HEAD.replace("<h2>", "<p></p><h2>") + table(LABELS, *ROWS) + between + table(*rows)
    reading = read(html, "plan.html")
    assert [entry.title for entry in reading.require().entries] == ["雨量", "潮汐"]
    assert "unassigned-texts" in codes(reading)
    assert not any(finding.loses_rows for finding in reading.findings)


@pytest.mark.parametrize(
    "labels",
    [
        ("No.", "Name", "Officer", "Telephone", "Release date", "Update frequency"),
        ("編號", "數據集名稱", "聯絡人", "電話", "電郵", "發放日期"),
        ("編號", "類別", "名稱", "數量", "發放日期", "更新頻率"),
    ],
)
def test_a_dataset_may_have_a_contact_or_a_number_beside_it(labels):
    """Such a column is none of ours; its table is one of datasets."""
    values = {"No.": "1", "編號": "1", "類別": "氣象", "Officer": "SSM", "聯絡人": "陳大文", "數量": "12"}
    dates = {"Release date": "12/2019", "發放日期": "12/2019", "Update frequency": "Daily", "更新頻率": "每日"}
    row = tuple((values | dates).get(label, "Rainfall") for label in labels)
    assert len(titles(HEAD + table(labels, row))) == 1


@pytest.mark.parametrize("name", ["plan.html", "plan.csv"])
def test_the_month_above_a_table_of_contacts_is_the_plans(name):
    """Who can be asked stands below the month under a plan; a note above the month does not go on with it."""
    rows = [LABELS, *ROWS]
    contacts = [("姓名", "職位", "電話", "電郵"), ("陳大文", "經理", "28294500", "chan@example.hk")]
    lines = ["註：日期或會更改。", "2025年12月"]
    if name == "plan.html":
        text = HEAD + table(*rows) + "".join(f"<p>{line}</p>" for line in lines) + table(*contacts)
    else:
        head = ["香港天文台", "2026年度開放數據計劃", "D. 已發放的數據集"]
        text = "\n".join([*head, *map(",".join, rows), "", *lines, *map(",".join, contacts)])
    reading = read(text, name)
    assert reading.require().dated == "2025-12"
    assert len(reading.require().entries) == 2
