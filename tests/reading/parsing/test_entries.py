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
