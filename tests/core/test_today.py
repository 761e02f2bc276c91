"""The day of Hong Kong."""

import re
import time
from datetime import UTC, datetime

import pytest
from support.paths import ROOT

from dcat_hk.core import today
from dcat_hk.core.today import find_current_month, find_today, shift_month


@pytest.mark.parametrize("zone", ["UTC", "Asia/Hong_Kong", "America/New_York", "Pacific/Kiritimati"])
def test_the_day_is_that_of_hong_kong_on_every_machine(zone, monkeypatch):
    """A new day begins at 16:00 UTC, wherever the machine is."""
    monkeypatch.setenv("TZ", zone)
    if hasattr(time, "tzset"):
        time.tzset()
    try:
        moments = [datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC), datetime(2026, 12, 31, 16, 0, tzinfo=UTC)]
        assert [find_today(moment).isoformat() for moment in moments] == ["2026-12-31", "2027-01-01"]
    finally:
        monkeypatch.undo()
        if hasattr(time, "tzset"):
            time.tzset()


def test_a_month_begins_with_the_day_in_hong_kong(monkeypatch):
    """At the end of a month it is the next one there, while it is still the old one in UTC."""
    monkeypatch.setattr(today, "find_today", lambda: find_today(datetime(2026, 11, 30, 16, 0, tzinfo=UTC)))
    assert today.find_current_month() == "2026-12"


def test_nothing_else_computes_the_month_of_today():
    """Whoever needs it asks here."""
    asking = re.compile(r"find_today\(\)[^\n]*(?:%Y-%m\b|\[:7\])|now\(\S*\)[^\n]*%Y-%m")
    sources = [path for path in (ROOT / "dcat_hk").rglob("*.py") if path.name != "today.py"]
    assert [path.name for path in sources if asking.search(path.read_text(encoding="utf-8"))] == []


def test_months_are_counted_over_the_years():
    """In both directions."""
    assert [shift_month("2026-11", count) for count in (0, 1, 2, -11, -23)] == [
        *("2026-11", "2026-12", "2027-01", "2025-12", "2024-12")
    ]
    assert shift_month(find_current_month(), 0) == find_current_month()
