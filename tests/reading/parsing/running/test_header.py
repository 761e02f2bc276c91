"""The header of a table without cell borders tells the order of the columns."""

import pytest
from support.plan_readings import leftovers, read

HEAD = "香港天文台\n2019至2021年的開放數據計劃\nD. 進度：部門已上載「資料一線通」網站的數據集\n"


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("# 數據種類／數據集名稱 發放日期 更新頻率 備註", "1 氣象／雨量 02/2020 每小時 各區讀數"),
        ("# 數據種類／數據集名稱 更新頻率 發放日期 備註", "1 氣象／雨量 每小時 02/2020 各區讀數"),
        ("# 數據種類／\n數據集名稱\n發放日期\n(月/年)\n更新頻率 備註", "1 氣象／雨量 02/2020 每小時 各區讀數"),
    ],
    ids=["usual", "exchanged", "wrapped"],
)
def test_the_header_tells_the_order(header, row):
    """Labels may stand in another order and over several lines."""
    reading = read(f"{HEAD}{header}\n{row}\n")
    (entry,) = reading.require().entries
    assert (entry.category, entry.title) == ("氣象", "雨量")
    assert (entry.date, entry.frequency, entry.description) == ("2020-02", "HOURLY", "各區讀數")
    assert leftovers(reading) == []


def test_a_header_that_is_repeated_is_no_row():
    """The header on top of the next page belongs to no cell."""
    header = "# 數據種類／數據集名稱 發放日期 更新頻率 備註"
    lines = ["1 氣象／雨量 02/2020 每小時 各區讀數", header, "2 氣象／潮汐 03/2020 每日 各站讀數"]
    reading = read(HEAD + "\n".join([header, *lines]) + "\n")
    assert [entry.description for entry in reading.require().entries] == ["各區讀數", "各站讀數"]


def test_lines_of_a_wrapped_header_are_no_record_of_a_dataset():
    """Labels one below the other are a header where rows follow, and not labels with values under a title."""
    text = (
        "Care Department\nAnnual Open Data Plan for 2024 to 2026\nD. Departmental datasets already released\n"
        "Item Data\nCategory\nDataset Name Description Data\nFormat\nDate of\nRelease\nFrequenc\ny of\nUpdate\n"
        "(1) Health\nClinics\nNames.\nCSV 11/2019 Monthly\n(2) Health\nHomes\nPlaces.\nCSV 11/2019 Monthly\n"
    )
    assert [(entry.number, entry.title) for entry in read(text).require().entries] == [(1, "Clinics"), (2, "Homes")]
