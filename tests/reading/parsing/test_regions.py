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
