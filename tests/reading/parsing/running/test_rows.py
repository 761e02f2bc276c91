"""Rows of lines begin with their numbers, and the items of a list in a remark are no rows."""

import pytest
from support.plan_readings import codes, leftovers, read

from dcat_hk.reading.parsing.running import rows as rows_module

HEAD = (
    "香港天文台\n2019至2021年的開放數據計劃\nD. 進度：部門已上載「資料一線通」網站的數據集\n"
    "# 數據種類／數據集名稱 發放日期 更新頻率 備註\n"
)


def rows(*lines):
    """Return number, group and title of the rows, and the reading."""
    reading = read(HEAD + "\n".join(lines) + "\n")
    return [(entry.number, entry.group, entry.title) for entry in reading.require().entries], reading


def test_numbers_in_a_remark_open_no_row():
    """A numbered item has neither a category nor a date, whatever its number is."""
    found, reading = rows(
        "1 氣象／雨量 02/2020 每小時 包括：", "1. 各區讀數", "2. 各站讀數", "2 氣象／潮汐 03/2020 每日 水位 (CSV)"
    )
    assert found == [(1, None, "雨量"), (2, None, "潮汐")]
    assert leftovers(reading) == []


def test_a_heading_between_rows_is_the_group_of_those_below():
    """A name with its short name in brackets behind a whole row heads the next rows."""
    found, _reading = rows(
        "1 氣象／雨量 02/2020 每小時 各區讀數 (CSV)", "防疫抗疫基金 (AEF)", "2 氣象／潮汐 03/2020 每日 水位 (CSV)"
    )
    assert found == [(1, None, "雨量"), (2, "防疫抗疫基金 (AEF)", "潮汐")]


def test_a_heading_behind_a_sentence_that_fills_its_line_is_no_part_of_it():
    """A line that is full but ends its sentence does not go on with the heading below it."""
    found, reading = rows(
        "1 氣象／雨量 02/2020 每小時 各區讀數，包括",
        "所有自動氣象站的讀數",
        "和各區雨量站的讀數。",
        "防疫抗疫基金 (AEF)",
        "2 氣象／潮汐 03/2020 每日 水位 (CSV)",
    )
    assert found == [(1, None, "雨量"), (2, "防疫抗疫基金 (AEF)", "潮汐")]
    assert reading.require().entries[0].description.endswith("和各區雨量站的讀數。")


def test_a_number_out_of_turn_is_read_with_a_finding():
    """A gap in the numbers is told of, and the row behind it is read."""
    found, reading = rows("1 氣象／雨量 02/2020 每小時 各區讀數", "4 氣象／潮汐 03/2020 每日 水位 (CSV)")
    assert [number for number, *_ in found] == [1, 4]
    assert "skipped-number" in codes(reading)


def test_hundreds_of_numbers_without_a_date_are_no_rows():
    """In a region of more numbered lines than a table has rows, the row with a date is read, and the others are not."""
    numbers = [f"{number % 9 + 2} {number % 7}" for number in range(400)]
    found, reading = rows("1 氣象／雨量 02/2020 每小時 各區讀數 (CSV)", *numbers)
    assert (1, None, "雨量") in found
    assert "unread-row" in codes(reading)


def test_a_number_inside_a_word_opens_no_row():
    """A line that begins with "3D models" goes on a cell; only a known category behind such a number opens a row."""
    found, reading = rows(
        "1 氣象／雨量 02/2020 每小時 各區讀數，另有", "3D models (CSV)", "2 氣象／潮汐 03/2020 每日 水位 (CSV)"
    )
    assert [number for number, *_ in found] == [1, 2]
    assert reading.require().entries[0].description.endswith("3D models (CSV)")


ENGLISH = (
    "Care Department\nAnnual Open Data Plan for 2024 to 2026\nD. Departmental datasets already released\n"
    "Item Category Dataset Name Description Data Format Release Date Update Frequency\n"
)
CARE = ("(1) Health", "Clinics", "Names and places.", "CSV 07/2016 Monthly")
DAYS = ("(2) Health", "Day centres", "Names and hours.", "CSV 08/2016 Monthly")


def groups(*lines):
    """Return number and group of the rows of an English table, and what is left over."""
    reading = read(ENGLISH + "\n".join(lines) + "\n")
    return [(entry.number, entry.group) for entry in reading.require().entries], leftovers(reading)


def test_words_between_whole_rows_are_a_heading_where_frequencies_come_last():
    """A line wider than the frequencies heads the rows below it, and so does one above the first row then."""
    found = groups("Residential services", *CARE, "Community services", *DAYS)
    assert found == ([(1, "Residential services"), (2, "Community services")], [])


def test_words_that_may_be_the_rest_of_a_cell_are_no_heading():
    """A narrow line, a sentence, small letters and formats are left over, which is told of."""
    for line in ("Fees", "Names of all clinics, too", "and other places", "GeoJSON"):
        found, left = groups(*CARE, line, *DAYS)
        assert found == [(1, None), (2, None)], line
        assert left, line


@pytest.mark.parametrize("on_lines", [1, 6])
def test_a_narrow_line_is_a_heading_where_no_cell_of_many_goes_over_lines(on_lines):
    """A dump of whole cells, on a line each or together: a line too much is no rest of a cell."""
    cells = [(f"({number})", "Health", f"Clinics {number}", "CSV", "07/2016", "Monthly") for number in range(1, 7)]
    lines = [" ".join(row) if on_lines == 1 else "\n".join(row) for row in cells]
    header = "Item Category Dataset Name Data Format Release Date Update Frequency\n"
    head = "".join(ENGLISH.splitlines(keepends=True)[:3])
    reading = read(head + header + "\n".join(["Old", *lines[:3], "Fees", *lines[3:]]) + "\n")
    assert [entry.group for entry in reading.require().entries] == ["Old"] * 3 + ["Fees"] * 3
    assert not leftovers(reading)


def test_a_frequency_with_a_note_is_no_heading():
    """A line whose note in brackets looks like the short name of a body is read as a frequency first."""
    found = groups(*CARE[:-1], "CSV 07/2016", "Annually", "(in June)", *DAYS)
    assert found == ([(1, None), (2, None)], [])


def test_codes_stand_in_place_of_numbers():
    """Codes of capitals that come in turn open rows; a name in capitals with a figure does not."""
    found, reading = rows(
        "HKO-001 氣象／雨量 02/2020 每小時 各區讀數，以及",
        "CO2 濃度 (CSV)",
        "HKO-002 氣象／潮汐 03/2020 每日 水位 (CSV)",
    )
    assert found == [(1, None, "雨量"), (2, None, "潮汐")]
    assert leftovers(reading) == []


def test_words_with_figures_are_no_codes_beside_numbers():
    """Where rows have numbers, what looks like codes in turn belongs to their cells."""
    found, _reading = rows(
        "1 氣象／雨量 02/2020 每小時 各區讀數，包括",
        "AWS-1 站 (CSV) 及",
        "AWS-2 站",
        "2 氣象／潮汐 03/2020 每日 水位 (CSV)",
    )
    assert found == [(1, None, "雨量"), (2, None, "潮汐")]


def test_rows_that_are_sure_are_looked_at_once(monkeypatch):
    """Twice as many rows cost twice as much: behind a whole row, where the next is whole, no other end is looked at."""
    looked = []
    usual = rows_module._row
    monkeypatch.setattr(rows_module, "_row", lambda *args: looked.append(args) or usual(*args))
    counts = []
    for count in (20, 40):
        looked.clear()
        texts = [f"{number} 氣象／第{number}區雨量 02/2020 每小時 各區讀數" for number in range(1, count + 1)]
        found, _reading = rows(*texts)
        assert len(found) == count
        counts.append(len(looked))
    assert counts[1] <= 2 * counts[0] <= 2 * 2 * 20


def test_a_row_whose_date_is_not_understood_ends_before_two_whole_rows():
    """Rows that are whole are not joined to one that is not."""
    found, _reading = rows(
        "1 氣象／雨量 02/2020 每小時 讀數",
        "2 氣象／潮汐 稍後公布 每日 水位",
        "3 氣象／風速 03/2020 每日 讀數",
        "4 氣象／氣溫 03/2020 每日 讀數",
    )
    assert [number for number, _group, _title in found if number != 2] == [1, 3, 4]
