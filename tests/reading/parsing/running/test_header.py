"""The header of a table without cell borders tells the order of the columns."""

import pytest
from support.plan_readings import leftovers, read

from dcat_hk.reading.parsing.running.header import find_header

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


@pytest.mark.parametrize(
    "header",
    [
        "項目 數據集資料 發放資料\n數據種類 數據集名稱 簡介 檔案格式 目標日期 更新頻率\n(a) (b) (c) (d) (e) (f) (g)",
        "Item\nParticulars of datasets\nCategory Name Brief description\nFile format Target date\nUpdate frequency",
    ],
    ids=["zh", "en"],
)
def test_labels_over_several_columns_are_no_columns(header):
    """Words around a label of datasets that stand over others are no column of their own."""
    header_lines = header.split("\n")
    found = find_header([*header_lines, "1"], [False] * len(header_lines) + [True])
    assert found.columns == ("number", "category", "title", "description", "format", "date", "frequency")
    assert len(found.lines) == len(header_lines)


def test_two_labels_that_are_one_of_something_else():
    """'Dataset' and 'Content' are two labels where no other label is one of titles."""
    header_lines = ["S/N Dataset Content Type of data Planned month", "of release", "Frequency of", "update"]
    found = find_header([*header_lines, "1 Stands"], [False] * 4 + [True])
    assert found.columns == ("number", "title", "description", "category", "date", "frequency")


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (
            "No. Category Name of Dataset Description Release Date Update Frequency",
            ["category", "title", "description"],
        ),
        ("No. Category Name Description Release Date Update Frequency", ["category", "title", "description"]),
        ("No. Category Name Dataset Name Remarks Release Date Frequency", ["category", "title", "description"]),
        ("No. Dataset Category Name Remarks Release Date Frequency", ["title", "category", "description"]),
    ],
)
def test_labels_that_could_be_cut_in_two_ways(header, columns):
    """'Category Name' is a label, but 'Category' and 'Name of Dataset' are two: no words are left over."""
    found = find_header([header, "1 Stands"], [False, True])
    assert list(found.columns) == ["number", *columns, "date", "frequency"]
