"""What cannot be the name of a dataset is told before it is published."""

import pytest
from support.plan_readings import codes, read
from support.plan_texts import plan_with

from dcat_hk.reading.recognisers.titles import can_be_title, is_one_letter


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("泳灘水質", True),
        ("Monthly statistics", True),
        ("2024 Population Census", True),
        ("CSV files of tides", True),
        ("雨", True),
        ("數據集名稱", False),
        ("Update Frequency", False),
        ("更新頻率：", False),
        ("12/2025", False),
        ("2024", False),
        ("每月", False),
        ("As and when necessary", False),
        ("CSV, JSON", False),
        ("- - -", False),
    ],
)
def test_labels_dates_frequencies_and_formats_are_no_names(title, expected):
    """A text that is wholly something else is no name; one that only begins with it is."""
    assert can_be_title(title) is expected


def test_parts_may_be_named_by_years_and_formats():
    """A part of a dataset is named more shortly; a label of a column is no name of one either."""
    assert [can_be_title(text, is_part=True) for text in ("2024", "CSV", "數據集名稱")] == [True, True, False]


def test_a_row_with_an_impossible_name_is_told_and_not_published():
    """Rows of a table that was cut at wrong places are never published in silence."""
    reading = read(plan_with(rows="1\t環境\t每月\t讀數\t4/2024\t每年\n2\t環境\t雨量\t讀數\t4/2024\t每年"))
    assert [entry.title for entry in reading.require().entries] == ["雨量"]
    told = [finding for finding in reading.findings if finding.code == "unlikely-title"]
    assert [(finding.values["title"], finding.severity, finding.loses_rows) for finding in told] == [
        ("每月", "error", True)
    ]


def test_a_name_of_one_letter_is_told():
    """A whole row with a name of one letter is published with a warning, one that is little else is not."""
    assert (is_one_letter("字"), is_one_letter("字 2"), is_one_letter("文字")) == (True, True, False)
    reading = read(plan_with(rows="1\t環境\t字\t讀數\t4/2024\t每年\n2\t\t項\t讀數\t4/2024\t"))
    assert [entry.title for entry in reading.require().entries] == ["字"]
    assert {"short-title", "unlikely-title"} <= set(codes(reading))
