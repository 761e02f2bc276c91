"""Tests of `dcat_hk.reading.parsing.datedtables`."""

import pytest

from dcat_hk.reading.parsing.datedtables import read_code_of_dates

PLANNED = ["No.", "Category", "Dataset", "Target release date", "Update frequency"]
RELEASED = ["No.", "Category", "Dataset", "Release date", "Update frequency"]


def rows(*dates):
    """Return rows with these dates."""
    return [[str(number), "Transport", f"Stands {number}", date, "Monthly"] for number, date in enumerate(dates, 1)]


@pytest.mark.parametrize(
    ("labels", "dates", "code"),
    [
        (PLANNED, ["03/2025", "12/2025"], "A"),
        (PLANNED, ["03/2026", "12/2027"], "B"),
        (PLANNED, ["12/2025", "01/2026"], ""),
        (PLANNED, ["03/2025", "TBC"], ""),
        (PLANNED, ["03/2028"], ""),
        (RELEASED, ["06/2018", "12/2024"], "D"),
        (RELEASED, ["06/2018", "01/2025"], ""),
        ([*PLANNED[:3], "Organisation", *PLANNED[3:]], ["03/2025"], ""),
        (PLANNED, [], ""),
    ],
)
def test_all_dates_must_say_it(labels, dates, code):
    """One that does not, or that is of another section, leaves the table to a person."""
    assert read_code_of_dates(labels, rows(*dates), (2025, 2026, 2027)) == code
