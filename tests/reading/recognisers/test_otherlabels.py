"""Rows at the head of tables that are no header of datasets."""

import pytest

from dcat_hk.reading.recognisers.headers import header_of_row, is_other_header
from dcat_hk.reading.recognisers.otherlabels import are_column_numbers, is_label_of_others, is_part_of_unit


@pytest.mark.parametrize(
    "labels",
    [
        ["Category", "Number of datasets"],
        ["類別", "數據集數目", "備註"],
        ["Post", "Name", "Telephone", "E-mail"],
        ["姓名", "職位", "電話"],
        ["Version", "Date", "Description"],
        ["修訂編號", "日期", "說明"],
    ],
)
def test_labels_of_other_things_are_no_header(labels):
    """Figures, persons and versions are told by their labels, though some of these are labels of datasets, too."""
    assert is_other_header(labels)
    assert header_of_row(labels) is None


@pytest.mark.parametrize(
    "labels",
    [
        ["No.", "Dataset", "Officer", "Telephone", "E-mail"],
        ["編號", "名稱", "負責人", "更新頻率"],
        ["No.", "Name", "Description", "Contact person"],
        ["序", "門類", "資料名", "數量", "時間"],
        ["Total", "3"],
        ["總數", "4", "", ""],
        ["1", "Staff", "03/2026"],
    ],
)
def test_a_table_of_datasets_may_have_such_a_label_and_sums_are_no_labels(labels):
    """One label of a person or a number among those of datasets says nothing of the table; a figure is no label."""
    assert not is_other_header(labels)


@pytest.mark.parametrize(
    ("text", "other"), [("電話", True), ("Fax no.", True), ("Rev. no.", False), ("Dataset", False)]
)
def test_a_label_of_others_is_known_by_itself(text, other):
    """It is the whole label, not a part of one."""
    assert is_label_of_others(text) is other


def test_parts_of_units_and_numbers_of_columns_are_no_labels():
    """They stand in rows of their own below labels."""
    assert [is_part_of_unit(text) for text in ("月份", "mm", "(Year)", "March")] == [True, True, True, False]
    assert are_column_numbers(["1", "2", "3"])
    assert not are_column_numbers(["1", "3", "5"])
