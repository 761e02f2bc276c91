"""Rows with letters below a row with a number."""

import pytest
from support.made_documents import fields, read_table_of_plan
from support.plan_readings import leftovers

NAMES = ("number", "group", "category", "title", "date")


@pytest.mark.parametrize("signs", [("(a)", "(b)"), ("a.", "b."), ("i", "ii"), ("甲、", "乙、")])
def test_a_row_without_date_and_frequency_groups_the_rows_with_letters_below_it(signs):
    """The letters are no part of names, and the group is no dataset; its category is that of its rows."""
    rows = [["1", "Housing", "Waiting list", "", "", ""]]
    rows += [
        [sign, "", name, "CSV", "03/2025", "Monthly"] for sign, name in zip(signs, ("Families", "Elderly"), strict=True)
    ]
    reading = read_table_of_plan(*rows, ["2", "Housing", "Flats", "CSV", "06/2025", "Monthly"])
    assert fields(reading, *NAMES) == [
        (None, "Waiting list", "Housing", "Families", "2025-03"),
        (None, "Waiting list", "Housing", "Elderly", "2025-03"),
        (2, None, "Housing", "Flats", "2025-06"),
    ]
    assert not leftovers(reading)


def test_a_row_with_a_date_of_its_own_is_a_dataset_beside_those_with_letters():
    """Only the letter goes, and the category is the one above."""
    rows = [
        ["1", "Housing", "Waiting list", "CSV", "02/2025", "Monthly"],
        ["(a)", "", "Elderly", "CSV", "03/2025", "Monthly"],
    ]
    assert fields(read_table_of_plan(*rows), *NAMES) == [
        (1, None, "Housing", "Waiting list", "2025-02"),
        (None, None, "Housing", "Elderly", "2025-03"),
    ]
