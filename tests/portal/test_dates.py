"""Dates of snapshots."""

import pytest

from dcat_hk.portal.dates import day_of, find_date, find_newest, is_date, join_dates
from dcat_hk.portal.records import PortalRecord, PortalResource


@pytest.mark.parametrize("text", ["2025-9", "2025-13", "2025-02-29", "2025-09-13T00:00", "1825-09", "", "２０２５-09"])
def test_dates_that_are_none(text):
    """Only a month or a day of the calendar is a date."""
    assert not is_date(text)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2025-09-13.jsonl.gz", "2025-09-13"),
        ("derived_catalogue_en_2025-09.tsv", "2025-09"),
        ("2024-07-to-2025-09.tsv", "2025-09"),
        ("page-500-2025.json", ""),
        ("hk-2025-1312.json", ""),
        ("list-2025-02-30.json", ""),
    ],
)
def test_the_date_in_a_name(name, expected):
    """The last date in a name is that of the file; what only looks like one is none."""
    assert find_date(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("2025-08-25 16:31:17", "2025-08-25"), ("20250825", ""), ("25/08/2025", "")]
)
def test_days_with_times(text, expected):
    """The day is taken as it stands: of which zone the portal's clock is, it does not say."""
    assert day_of(text) == expected


def test_dates_that_agree_are_one():
    """A month and a day in it are one date; two months are two."""
    assert join_dates(["2025-09-13", "2025-09", "2025-09-13"]) == ["2025-09-13"]
    assert join_dates(["2025-10", "2025-09-13", "2025-09"]) == ["2025-09-13", "2025-10"]


def test_the_newest_day_is_of_any_field():
    """Records and resources state days."""
    resource = PortalResource("https://files.example/a", issued="2025-03-01", modified="2025-09-02")
    records = [PortalRecord("a", created="2024-01-01", resources=(resource,)), PortalRecord("b", modified="2025-08-30")]
    assert find_newest(records) == "2025-09-02"
    assert find_newest([]) == ""


def test_a_day_years_after_all_others_is_a_slip():
    """One record of the year 2099 does not make everything due."""
    records = [PortalRecord(f"a{number}", modified=f"2025-0{number}-01") for number in range(1, 6)]
    assert find_newest([*records, PortalRecord("z", modified="2099-01-01")]) == "2025-05-01"
    assert (
        find_newest([PortalRecord("a", modified="2021-01-01"), PortalRecord("b", modified="2025-01-01")])
        == "2025-01-01"
    )
