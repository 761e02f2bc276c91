"""A stored number is the text that a reader of the sheet sees."""

import pytest

from dcat_hk.reading.documents.sheetvalues import format_of, show


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("45352", "mmm-yy", "3/2024"),
        ("45352", "mm/yyyy", "03/2024"),
        ("45352", "m-yy", "3-2024"),
        ("45352", "yyyy", "2024"),
        ("45352", 'yyyy"年"m"月"', "2024年3月"),
        ("45352", "[$-404]e年m月d日", "2024年3月1日"),
        ("45352.75", "d/m/yyyy h:mm", "2024-03-01 18:00"),
        ("45352.7499999999", "d/m/yyyy h:mm", "2024-03-01 18:00"),
        ("0.5", "hh:mm:ss", "12:00"),
        ("1.0", "General", "1"),
        ("0.1", "", "0.1"),
        ("7", '0"."', "7."),
        ("7", "(0)", "(7)"),
        ("7", "000", "007"),
        ("1234.5", "#,##0.0", "1,234.5"),
        ("0.125", "0.0%", "12.5%"),
        ("-3", "0;(0)", "-3"),
    ],
)
def test_a_number_is_shown_in_its_format(value, code, text):
    """Months stay months, days are ISO dates, years have four digits, and words of a format are text."""
    assert show(value, code) == text


def test_days_are_counted_from_the_day_of_the_file():
    """The first spreadsheet took 1900 for a leap year: days before March 1900 are one later than counted."""
    assert (show("1", "yyyy-mm-dd"), show("59", "yyyy-mm-dd")) == ("1900-01-01", "1900-02-28")
    assert show("61", "yyyy-mm-dd") == "1900-03-01"
    assert show("0", "yyyy-mm-dd", from_1904=True) == "1904-01-01"
    assert show("43890", "yyyy-mm-dd", from_1904=True) == show("45352", "yyyy-mm-dd")


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "1e300", "text"])
def test_a_number_that_is_no_day_stays_what_it_is(value):
    """A date format on a number that no day has does not fail and does not make up a date."""
    assert show(value, "yyyy-mm-dd") == value


def test_months_and_minutes_are_told_apart():
    """The letter m is a minute behind hours or before seconds, and a month elsewhere."""
    assert show("45352.5", "h:mm") == "12:00"
    assert show("45352.5", "mm:ss") == "12:00"
    assert show("45352.5", "m/d/yy h:mm") == "2024-03-01 12:00"


def test_a_format_of_the_file_goes_before_the_built_in_one():
    """Formats that files name by number only are those of Excel; an unknown number is shown as it is."""
    assert format_of(14, {}) == "yyyy-mm-dd"
    assert format_of(14, {14: "mm/yyyy"}) == "mm/yyyy"
    assert format_of(999, {}) == "General"
