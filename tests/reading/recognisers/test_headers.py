"""What a column holds is known by what it is called."""

import pytest
from support.plan_readings import read
from support.plan_texts import plan_with

from dcat_hk.reading.recognisers.headers import columns_of_cell, header_of_row


@pytest.mark.parametrize(
    ("label", "columns"),
    [
        ("更新頻率（例如：每月）", ("frequency",)),
        ("更新频率", ("frequency",)),
        ("Category / Dataset Name", ("category", "title")),
        ("Target Release Date (mm/yyyy)", ("date_target",)),
        ("發放日期*", ("date_released",)),
        ("罪案數字", ()),
    ],
)
def test_a_label_means_its_column(label, columns):
    """Scripts, units, examples and marks of notes make no difference; words of a row are no label."""
    assert columns_of_cell(label) == columns


def test_everyday_words_alone_are_no_header():
    """A row of a number and a category is data; a header names at least one column that nothing else is called."""
    assert header_of_row(["編號", "數據種類"]) is None
    assert header_of_row(["編號", "數據集名稱"]) == [("number",), ("title",)]


def test_a_header_over_two_rows_names_the_columns_below():
    """A label merged over two columns goes with each of the labels under it."""
    reading = read(
        plan_with(
            header="編號\t數據種類\t數據集名稱\t一般說明\t發放日期\t\t更新頻率\n\t\t\t\t目標\t實際\t",
            rows="1\t環境\t空氣質素\t各區讀數\t3/2024\t4/2024\t每月",
        )
    )
    (entry,) = reading.require().entries
    assert (entry.date, entry.frequency) == ("2024-03", "MONTHLY")
