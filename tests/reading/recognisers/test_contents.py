"""Columns with labels that nobody knows are told by what stands in them, and only where nothing else is likely."""

import pytest
from support.plan_readings import codes, leftovers, read
from support.plan_texts import plan_with

from dcat_hk.reading.recognisers.contents import is_header_by_contents, name_by_contents
from dcat_hk.reading.recognisers.headers import ColumnBelow

LABELS = ["編號", "數據類別", "數據集名稱", "一般說明", "格式", "目標發放日期", "更新頻率"]
ROWS = [
    ["1", "衞生", "診所輪候時間", "各診所每月平均輪候時間", "CSV", "06/2025", "每月"],
    ["2", "環境", "空氣質素讀數", "各監測站的每小時讀數", "JSON、XML", "09/2025", "每小時"],
    ["3", "衞生", "疫苗接種中心", "地址及開放時間", "CSV", "12/2025", "有需要時"],
]


def read_with(labels, rows=ROWS):
    """Return the reading of a plan whose table has some labels."""
    return read(plan_with(header="\t".join(labels), rows="\n".join("\t".join(row) for row in rows)))


def said(reading):
    """Return what the rows of a reading say."""
    return [
        (e.number, e.category, e.title, e.description, e.formats, e.date, e.frequency)
        for e in reading.require().entries
    ]


@pytest.mark.parametrize(
    "labels",
    [
        {1: "領域"},
        {2: "開放項目"},
        {3: "要點"},
        {3: "數據欄位"},
        {4: "可供下載的東西"},
        {5: "幾時放出來"},
        {6: "多久換一次"},
        {1: "領域", 2: "擬公開者", 3: "內容提要", 4: "取得方式", 5: "幾時", 6: "多久一次"},
    ],
)
def test_a_label_in_other_words_loses_nothing(labels):
    """Contents tell what a column is, in part of a header or in all of it; a finding names each such label."""
    reading = read_with([labels.get(place, label) for place, label in enumerate(LABELS)])
    assert said(reading) == said(read_with(LABELS))
    assert len([code for code in codes(reading) if code == "column-by-contents"]) == len(labels)
    assert leftovers(reading) == []


@pytest.mark.parametrize(
    ("place", "label", "cells", "field"),
    [
        (6, "收集數據的頻率", ["每月", "每月", "每年"], "frequency"),
        (5, "最近更新", ["03/2024", "04/2024", "05/2024"], "date"),
        (5, "數據起始年月", ["03/2014", "04/2014", "05/2014"], "date"),
        (4, "現存格式", ["CSV", "XLSX", "CSV"], "formats"),
        (3, "聯絡資訊內容", ["甲", "乙", "丙"], "description"),
    ],
)
def test_a_label_that_says_something_else_is_believed(place, label, cells, field):
    """What looks like a field but is called something else stays a note, and the field stays empty."""
    rows = [[*row[:place], cell, *row[place + 1 :]] for row, cell in zip(ROWS, cells, strict=True)]
    reading = read_with([*LABELS[:place], label, *LABELS[place + 1 :]], rows)
    assert not any(getattr(entry, field) for entry in reading.require().entries)
    assert "unknown-column" in codes(reading)


def test_a_known_label_is_preferred():
    """A column beside the known one of its kind fills nothing."""
    often = ColumnBelow(filled=True, frequencies=True)
    assert name_by_contents([("frequency",), ()], ["更新頻率", "檢視密度"], [often, often], "") == [("frequency",), ()]


def test_the_section_says_what_dates_are():
    """Dates without a usual label are targets or releases as the section has it."""
    dates = ColumnBelow(filled=True, dates=True)
    assert name_by_contents([()], ["幾時"], [dates], "target") == [("date_target",)]
    assert name_by_contents([()], ["幾時"], [dates], "released") == [("date_released",)]


def test_persons_and_offices_are_no_titles():
    """Where no column can be the names, rows are lost with a finding rather than named after an office."""
    rows = [[*row[:2], name, *row[3:]] for row, name in zip(ROWS, ["策劃組", "資訊組", "行政組"], strict=True)]
    reading = read_with([*LABELS[:2], "負責組別", *LABELS[3:]], rows)
    assert "missing-titles" in codes(reading)


@pytest.mark.parametrize(
    ("often", "is_label"),
    [("隔多久更新一次", True), ("How often, as in monthly", True), ("On a monthly basis", False), ("每月一次", False)],
)
def test_a_label_that_asks_how_often_is_no_frequency(often, is_label):
    """A first row without a date is no header because of it."""
    below = [ColumnBelow(True, distinct=True), ColumnBelow(True, dates=True), ColumnBelow(True, frequencies=True)]
    assert is_header_by_contents(["What", "When", often], below) is is_label


@pytest.mark.parametrize(
    ("label", "look", "column"),
    [
        ("Released", ColumnBelow(True, dates=True), "date_released"),
        ("Released?", ColumnBelow(True, dates=True), "date_released"),
        ("Released?", ColumnBelow(True), "status"),
        ("Released", ColumnBelow(True, statuses=True), "status"),
        ("Released", ColumnBelow(True), "date_released"),
    ],
)
def test_released_stands_over_dates_or_over_what_became_of_datasets(label, look, column):
    """One word is the label of two columns: what stands below it, or that it asks, tells which."""
    labels = ["Dataset", "Target date", label]
    header = [("title",), ("date_target",), ("date_released",)]
    below = [ColumnBelow(True, distinct=True), ColumnBelow(True, dates=True), look]
    assert name_by_contents(header, labels, below, "target") == [*header[:2], (column,)]
