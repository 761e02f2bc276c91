"""
Which day and which month it is in Hong Kong.

Plans promise months of Hong Kong, and its days begin eight hours before those of UTC. So everything that asks for
today or for this month asks here: with two answers, a dataset would be due by one page and not by another on the last
night of a month.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

#: Hong Kong has had no summer time since 1979.
HONG_KONG = timezone(timedelta(hours=8))


def find_today(now: datetime | None = None) -> date:
    """
    Return the day that it is in Hong Kong, whatever the time zone of the machine is.

    Args:
        now: A moment, with its time zone, to use in place of this one.

    >>> find_today(datetime(2026, 11, 30, 15, 59, tzinfo=UTC)).isoformat()
    '2026-11-30'
    >>> find_today(datetime(2026, 11, 30, 16, 0, tzinfo=UTC)).isoformat()
    '2026-12-01'
    """
    return (now or datetime.now(UTC)).astimezone(HONG_KONG).date()


def find_current_month(day: date | None = None) -> str:
    """
    Return the month that it is in Hong Kong.

    Args:
        day: A day to use in place of today.

    >>> find_current_month(date(2026, 12, 1))
    '2026-12'
    """
    return f"{day or find_today():%Y-%m}"


def shift_month(month: str, count: int) -> str:
    """
    Return the month so many months later, or earlier if the number is below 0.

    Args:
        month: A month.

        count: How many months.

    >>> shift_month("2026-11", 2), shift_month("2026-01", -1)
    ('2027-01', '2025-12')
    """
    number = int(month[:4]) * 12 + int(month[5:]) - 1 + count
    return f"{number // 12:04}-{number % 12 + 1:02}"
