"""Numbers and names of rows, however they are printed."""

import pytest
from support.plan_readings import leftovers, read
from support.plan_texts import plan_with

from dcat_hk.reading.parsing.rows import read_code, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("7.", 7), ("(7)", 7), ("A.7", 7), ("七", 7), ("二十", 20), ("九十九、", 99), ("⑦", 7), ("Ⅶ", 7)],
)
def test_a_row_number_is_read_however_it_is_printed(text, number):
    """Figures, Chinese numerals and single signs are numbers."""
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["", "2024年", "7/2024", "十十", "甲", "1234"])
def test_other_words_are_no_row_number(text):
    """A year, a date and a letter are not the number of a row."""
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "number"), [("HD-001", 1), ("EPD/AQ/12", 12), ("MTR07", 7), ("A.7", 7), ("TD – 3", 3), ("MT R0 1", 1)]
)
def test_a_code_in_a_column_of_numbers_has_a_number(text, number):
    """The letters of a body before a number are not part of the name beside it."""
    assert read_code(text) == number
    row = f"{text}\t環境\t空氣質素\t讀數\t3/2024\t每月"
    (entry,) = read(plan_with(rows=row)).require().entries
    assert (entry.number, entry.title) == (number, "空氣質素")


@pytest.mark.parametrize("text", ["2024年", "COVID", "戊-1", "Departments 1", ""])
def test_other_words_are_no_code(text):
    """A year, a word alone, and a long word with a number are no codes of rows."""
    assert read_code(text) is None


def test_category_and_title_in_one_cell_are_parted_at_the_slash():
    """A slash behind a known category parts the cell; other slashes are part of the title."""
    reading = read(
        plan_with(
            header="編號\t數據種類／數據集名稱\t一般說明\t目標發放日期 (月/年)\t更新頻率",
            rows="1\t氣象／風速/風向\t各區讀數\t3/2024\t每月\n2\t雨量\t各區讀數\t3/2024\t每月",
        )
    )
    first, second = reading.require().entries
    assert (first.category, first.title) == ("氣象", "風速/風向")
    assert (second.category, second.title) == ("", "雨量")
    assert leftovers(reading) == []


@pytest.mark.parametrize("cell", ["氣象 –<br>雨量", "氣象<br>– 雨量", "氣象 – 雨量", "氣象：<br>雨量"])
def test_a_dash_at_the_end_of_a_line_parts_category_and_title(cell):
    """The line may end before or behind the sign, as it does in narrow columns."""
    html = (
        "<h1>香港天文台</h1><h1>2024年至2026年開放數據計劃</h1><h2>A. 在2024年發放的數據集</h2><table><tr><th>編號"
        f"<th>數據種類／數據集名稱<th>目標發放日期<th>更新頻率<th>備註<tr><td>1<td>{cell}<td>03/2024<td>每年<td>讀數</table>"
    )
    (entry,) = read(html, "plan.html").require().entries
    assert (entry.category, entry.title) == ("氣象", "雨量")
