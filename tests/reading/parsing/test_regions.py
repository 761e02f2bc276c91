"""Regions are read in the order of the document, each in its way."""

from support.plan_readings import read

TEXT = """海事處
2025至2027年度開放數據計劃
A. 將於2025年發放的數據集
編號\t數據種類\t數據集名稱\t數據集說明\t目標發放日期\t更新頻率
1\t交通\t船隻抵港資料\t各碇泊處的抵港船隻 (CSV)\t09/2025\t每日
C. 其他機構數據集
不適用
D. 已發放的數據集
2\t交通\t港口統計\t貨物吞吐量 (CSV, XLSX)\t03/2019\t每季
2024年12月
"""


def test_a_table_without_header_has_the_columns_of_the_one_before():
    """Every region is there, in order, and the last table's columns are those of the first."""
    reading = read(TEXT)
    assert [(each.region.section, each.way, len(each.rows)) for each in reading.regions] == [
        ("A", "cells", 1),
        ("C", "running text", 0),
        ("D", "cells", 1),
    ]
    first, _empty, last = reading.regions
    assert [column.names for column in last.columns] == [column.names for column in first.columns]
    assert [entry.title for entry in reading.require().entries] == ["船隻抵港資料", "港口統計"]


LAID_OUT = """香港天文台
2025-2027年度開放數據計劃

A. 2025年將會發放的數據集

  編號 數據種類 數據集名稱        一般說明 目標發放日期 (月/年) 更新頻率
  1      {} 各區雨量    雨量 (CSV) 06/2025  每月
  2      {} 各區風速    風速 (CSV) 07/2025  每月
"""


def test_a_category_a_blank_before_the_names_of_all_rows_is_theirs():
    """As a text has it whose columns are a blank apart; of a row alone it may be a word of the name."""
    reading = read(LAID_OUT.format("氣候及天氣", "人口"))
    assert [(entry.category, entry.title) for entry in reading.require().entries] == [
        ("氣候及天氣", "各區雨量"),
        ("人口", "各區風速"),
    ]
    reading = read(LAID_OUT.format("氣候及天氣", "人類"))
    assert [entry.category for entry in reading.require().entries] == ["", ""]


def test_a_category_in_place_of_a_name_is_told():
    """A row of a text whose cells were not told apart is not published; what stands in a cell of names is a name."""
    reading = read(
        "香港天文台\n2025-2027年度開放數據計劃\n\nA. 2025年將會發放的數據集\n\n"
        "  編號 數據種類 數據集名稱 一般說明 目標發放日期 (月/年) 更新頻率\n  2025年\n"
        "  1       氣候及天氣 各區雨量 雨量 (CSV) 6月  每月\n  2       氣候及天氣 各區風速 雨量 (CSV) 9月  每月\n"
    )
    assert "氣候及天氣" not in {entry.title for entry in reading.require().entries}
    assert "unlikely-title" in {finding.code for finding in reading.findings}
    reading = read(TEXT.replace("交通\t船隻抵港資料", "\t氣候及天氣"))
    assert [entry.title for entry in reading.require().entries] == ["氣候及天氣", "港口統計"]
