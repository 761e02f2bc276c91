"""Cells that follow one another in lines end by what they say."""

from support.plan_readings import leftovers, read

HEAD = "香港天文台\n2019至2021年的開放數據計劃\nD. 進度：部門已上載「資料一線通」網站的數據集\n"


def rows(*lines, header="# 數據種類／數據集名稱 發放日期 更新頻率 備註"):
    """Return what the rows of a table say."""
    reading = read("\n".join([HEAD + header, *lines]) + "\n")
    assert leftovers(reading) == []
    return [(e.number, e.title, e.date_raw, e.frequency_raw, e.description) for e in reading.require().entries]


def test_cells_on_one_line_are_told_apart():
    """A date and a frequency show what they are, what stands before them is the name, and what follows the remark."""
    assert rows("1 氣象／雨量 02/2020 每小時 各區雨量 (CSV)") == [(1, "雨量", "02/2020", "每小時", "各區雨量 (CSV)")]


def test_a_row_without_a_frequency_keeps_its_remark():
    """What is no frequency is not taken for one because a cell is missing."""
    assert rows("1 氣象／雨量 02/2020 各區的雨量，以毫米計") == [(1, "雨量", "02/2020", "", "各區的雨量，以毫米計")]
