"""The day of Hong Kong."""

import time
from datetime import UTC, datetime

import pytest

from dcat_hk.core.today import find_today


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
