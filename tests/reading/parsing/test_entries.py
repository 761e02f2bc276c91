"""A row understood: its words have meanings, and what is not understood is a finding."""

import pytest
from support.plan_readings import codes, read
from support.plan_texts import plan_with

ROW = "1\t環境保護\t空氣質素\t{description}\t{date}\t{frequency}"


def entry_of(description="各區讀數 (CSV)", date="3/2024", frequency="每月"):
    """Return the one entry of a plan, and the codes of the findings."""
    reading = read(plan_with(rows=ROW.format(description=description, date=date, frequency=frequency)))
    (entry,) = reading.require().entries
    return entry, set(codes(reading)) - {"unknown-category"}


def test_a_row_that_is_understood_has_no_finding():
    """Date, frequency and formats have meanings beside the words that are printed."""
    entry, findings = entry_of()
    assert (entry.date, entry.date_role, entry.frequency, entry.formats) == ("2024-03", "target", "MONTHLY", ("CSV",))
    assert (entry.date_raw, entry.frequency_raw) == ("3/2024", "每月")
    assert findings == set()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"date": "13/2024"}, "impossible-date"),
        ({"date": "3/2031"}, "target-outside-section"),
        ({"date": "2024年第二季"}, "date-is-a-period"),
        ({"frequency": "隨緣"}, "unknown-frequency"),
        ({"frequency": ""}, "missing-frequency"),
        ({"description": "讀數 (CSV, QQQ)"}, "unknown-format"),
    ],
)
def test_what_is_not_understood_is_a_finding(changes, code):
    """The words are kept as they are printed, and nothing is made up."""
    entry, findings = entry_of(**changes)
    assert code in findings
    printed = {"date": entry.date_raw, "frequency": entry.frequency_raw, "description": entry.description}
    assert all(printed[name] == text for name, text in changes.items())


def test_a_character_that_cannot_be_read_is_told_of():
    """It is no text of the entry, and a finding gives its code."""
    entry, findings = entry_of("讀\ufffd數")
    assert (entry.description, findings) == ("讀數", {"unreadable-character"})


def test_a_remark_can_name_another_publisher():
    """A body that owns and releases the dataset is its publisher, not that of the plan."""
    entry, _findings = entry_of("讀數。(此數據集由醫院管理局擁有及發放。)")
    assert entry.publisher == "醫院管理局"


@pytest.mark.parametrize(
    ("remark", "formats"),
    [("JSON is not available", ("CSV",)), ("XML version to follow", ("CSV",)), ("(JSON)", ("JSON", "CSV"))],
)
def test_a_column_of_formats_says_which_there_are(remark, formats):
    """A sentence about another format, which may not be there, adds none; a remark that is only a format does."""
    html = (
        "<h1>香港天文台</h1><h1>2025至2027年度開放數據計劃</h1><h2>A. 在2025年發放的數據集</h2><table>"
        "<tr><th>編號<th>數據集名稱<th>格式<th>目標發放日期<th>更新頻率<th>備註"
        f"<tr><td>1<td>雨量<td>CSV<td>03/2025<td>每年<td>{remark}</table>"
    )
    reading = read(html, "plan.html")
    assert [entry.formats for entry in reading.require().entries] == [formats]


@pytest.mark.parametrize(
    ("remark", "formats"),
    [
        ("XML版本將會取消", ("CSV",)),
        ("XML格式將不再提供", ("CSV",)),
        ("不設CSV，只有XML", ("XML",)),
        ("No CSV, XML only", ("XML",)),
        ("XML only, no CSV", ("XML",)),
        ("CSV no longer offered", ("XML",)),
        ("XML version to follow", ("CSV",)),
        ("Data in CSV instead of XML", ("CSV",)),
        ("XML format will be discontinued", ("CSV",)),
    ],
)
@pytest.mark.parametrize("column", [True, False])
def test_a_format_that_is_stated_and_denied_is_left_out_and_told(column, remark, formats):
    """Wherever it is stated: in a column of formats, or in brackets before the remark."""
    if remark.isascii():
        html = (
            "<h1>Hong Kong Observatory</h1><h1>Annual Open Data Plan 2025-2027</h1><h2>A. Datasets for release in 2025"
            f"</h2><table><tr><th>No.<th>Dataset<th>{'Format' if column else 'Description'}<th>Target release date"
            "<th>Update frequency<th>Remarks"
            f"<tr><td>1<td>Rainfall<td>{'CSV, XML' if column else 'Readings (CSV, XML)'}<td>03/2025<td>Daily"
            f"<td>{remark}"
        )
    else:
        html = (
            "<h1>香港天文台</h1><h1>2025至2027年度開放數據計劃</h1><h2>A. 在2025年發放的數據集</h2><table>"
            f"<tr><th>編號<th>數據集名稱<th>{'格式' if column else '一般說明'}<th>目標發放日期<th>更新頻率<th>備註"
            f"<tr><td>1<td>各區雨量<td>{'CSV, XML' if column else '讀數 (CSV, XML)'}<td>03/2025<td>每年<td>{remark}"
        )
    reading = read(f"{html}</table>", "plan.html")
    assert [entry.formats for entry in reading.require().entries] == [formats]
    [denied] = [each.values["formats"] for each in reading.findings if each.code == "denied-format"]
    assert {denied, *formats} == {"CSV", "XML"}


def test_a_name_may_end_with_its_formats():
    """They are formats where the row names no other; the name is what is printed."""
    reading = read(plan_with(rows="1\t環境保護\t空氣質素 (CSV, XML)\t各區讀數\t3/2024\t每月"))
    assert [(entry.title, entry.formats) for entry in reading.require().entries] == [
        ("空氣質素 (CSV, XML)", ("CSV", "XML"))
    ]


DATED = (
    "<h1>香港天文台</h1><h1>2025至2027年度開放數據計劃</h1><h2>{heading}</h2><table>"
    "<tr><th>編號<th>數據集名稱<th>一般說明<th>目標發放日期<th>更新頻率"
    "{band}<tr><td>1<td>各區雨量<td>讀數 (CSV)<td>{date}<td>每年</table>"
)


@pytest.mark.parametrize(
    ("heading", "band", "date", "expected"),
    [
        ("A. 在2025年發放的數據集", "", "6月", "2025-06"),
        ("A. 在2025年發放的數據集", "", "第三季", ("2025-07", "2025-09")),
        ("A. Datasets to be released in 2025", "", "Sep", "2025-09"),
        ("A. 將會發放的數據集", "<tr><td colspan=5>2025年", "9月", "2025-09"),
        ("A. 將會發放的數據集", "<tr><td colspan=5>2025", "June", "2025-06"),
        # No heading tells, or the heading tells something else.
        ("A. 將會發放的數據集", "", "9月", None),
        ("A. 將會發放的數據集", "<tr><td colspan=5>2021年人口普查", "9月", None),
        ("A. 在2025年及2026年發放的數據集", "", "9月", None),
        ("A. 在2025年發放的數據集", "", "9", None),
        ("A. 在2025年發放的數據集", "", "待定", None),
    ],
)
def test_a_month_without_its_year_is_of_the_year_in_the_heading_above(heading, band, date, expected):
    """Of the rows or of the section, where there is just one; it is told."""
    reading = read(DATED.format(heading=heading, band=band, date=date), "plan.html")
    [entry] = reading.require().entries
    assert (entry.date or entry.period, entry.date_raw) == (expected, date)
    assert ("year-from-heading" in codes(reading)) == bool(expected)
    assert ("unread-date" in codes(reading)) == (not expected)


def test_rows_without_a_category_are_told_together():
    """Where no row of the plan has one; else each is told."""
    table = (
        "<h1>香港天文台</h1><h1>2025至2027年度開放數據計劃</h1><h2>A. 在2025年發放的數據集</h2><table>"
        "<tr><th>編號<th>數據種類<th>數據集名稱<th>一般說明<th>目標發放日期<th>更新頻率"
    )
    rows = [f"<tr><td>{n}<td>{{}}<td>各區{name}<td>(CSV)<td>03/2025<td>每年" for n, name in enumerate("雨風潮霧", 1)]
    none = read(table + "".join(row.format("") for row in rows) + "</table>", "plan.html")
    some = read(
        table + rows[0].format("氣候及天氣") + "".join(row.format("") for row in rows[1:]) + "</table>", "plan.html"
    )
    assert codes(none) == ["missing-categories"]
    assert none.findings[-1].values == {"count": "4"}
    assert codes(some) == ["missing-category"] * 3
