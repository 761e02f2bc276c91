"""Dates and frequencies under each other's labels are exchanged."""

from support.plan_readings import read
from support.plan_texts import plan_with


def test_one_row_of_three_is_left_as_it_is():
    """Where most rows are right, the header is, too."""
    rows = "1\t環境\t甲\t讀數\t每月\t3/2024\n2\t環境\t乙\t讀數\t4/2024\t每年\n3\t環境\t丙\t讀數\t5/2024\t每年"
    assert [entry.date for entry in read(plan_with(rows=rows)).require().entries] == [None, "2024-04", "2024-05"]
