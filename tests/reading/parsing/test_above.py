"""Ditto marks, and categories that are printed only where they begin."""

import pytest
from support.plan_readings import codes, leftovers, read
from support.plan_texts import plan_with


def categories(*cells):
    """Return the reading of a plan whose rows have some text in the column of categories."""
    rows = "\n".join(
        f"{number}\t{cell}\t雨量{number}\t讀數\t0{number}/2024\t每月" for number, cell in enumerate(cells, 1)
    )
    return read(plan_with(rows=rows))


@pytest.mark.parametrize("mark", ["同上", "（同上）", "如上", "〃", "″", "Ditto", "- ditto -", "do.", "As above"])
def test_a_ditto_mark_is_the_text_above(mark):
    """A mark holds for the row above it, which may have a mark, too; no text is left over."""
    reading = categories("環境", mark, mark, "食物", mark)
    assert [entry.category for entry in reading.require().entries] == ["環境", "環境", "環境", "食物", "食物"]
    assert "unknown-category" not in codes(reading)
    assert leftovers(reading) == []


def test_ditto_marks_stand_for_any_field():
    """Dates, frequencies and descriptions are repeated as categories are; the first row has nothing above it."""
    rows = "1\t環境\t雨量\t讀數\t03/2024\t每月\n2\t同上\t風速\t同上\t同上\t同上"
    first, second = read(plan_with(rows=rows)).require().entries
    assert (second.category, second.description, second.date, second.frequency) == (
        first.category,
        first.description,
        first.date,
        first.frequency,
    )
    assert categories("同上", "環境").require().entries[0].category == "同上"


def test_a_category_printed_where_it_begins_holds_for_the_rows_below():
    """One finding says so; no row is said to have none."""
    reading = categories("環境", "", "食物", "", "")
    assert [entry.category for entry in reading.require().entries] == ["環境", "環境", "食物", "食物", "食物"]
    assert "missing-category" not in codes(reading)
    (finding,) = [finding for finding in reading.findings if finding.code == "category-above"]
    assert dict(finding.values) == {"count": "3"}


@pytest.mark.parametrize(
    "cells", [("環境", "環境", "", ""), ("", "環境", "", ""), ("環境", "食物", ""), ("環境", "", "", "")]
)
def test_a_category_that_was_forgotten_is_missing(cells):
    """Where rows repeat their category, or the first has none, or too few speak for it, a gap stays a gap."""
    reading = categories(*cells)
    assert [entry.category for entry in reading.require().entries] == list(cells)
    assert "category-above" not in codes(reading)
