"""
The date of a snapshot: which day or month the records of files are from.

In: names of files, records. Out: `YYYY-MM-DD` or `YYYY-MM`. No clock is asked: the same files give the same date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from .records import PortalRecord

_DATE = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?")
_IN_NAME = re.compile(rf"(?<!\d){_DATE.pattern}(?![\d])")
#: Days after the newest date of all other records from which on one is not believed: of few records, and of many.
_GAPS = ((3, 5 * 366), (10, 2 * 366))


def is_date(text: str) -> bool:
    """
    Return whether a text is the date that a snapshot can have: a day or a month.

    Args:
        text: The text.

    >>> is_date("2025-09"), is_date("2025-09-13"), is_date("2025-02-30"), is_date("2025")
    (True, True, False, False)
    """
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError:
        return False
    return True


def day_of(text: str) -> str:
    """
    Return the day of a date with or without a time, as the portal's clock has it; empty if there is none.

    Args:
        text: What the portal says.

    >>> day_of("2025-08-25T16:31:17.210961"), day_of("2025-02-30"), day_of("soon")
    ('2025-08-25', '', '')
    """
    day = text.strip()[:10]
    return day if len(day) == 10 and is_date(day) else ""


def states_date(text: str) -> bool:
    """
    Return whether a text is a day, with or without a time, or a month.

    Args:
        text: What the portal says.

    >>> states_date("2025-08-25T16:31:17"), states_date(" 2025-08 "), states_date("13/9/2025")
    (True, True, False)
    """
    return bool(day_of(text)) or is_date(text.strip())


def find_date(name: str) -> str:
    """
    Return the date in the name of a file, the last if there are several; empty if there is none.

    Args:
        name: The name.

    >>> find_date("hsd-2023-01.jsonl.gz"), find_date("list_2025-10-24_en.json"), find_date("plan-2021-2023.tsv")
    ('2023-01', '2025-10-24', '')
    """
    return next((found for found in reversed(_IN_NAME.findall(name)) if is_date(found)), "")


def join_dates(dates: Iterable[str]) -> list[str]:
    """
    Return dates that differ, the newest last; a month is left out beside a day of it.

    Args:
        dates: Dates, or empty texts.

    >>> join_dates(["2025-09", "2025-09-13", ""]), join_dates(["2025-09", "2025-08"])
    (['2025-09-13'], ['2025-08', '2025-09'])
    """
    distinct = {one for one in dates if one}
    return sorted(one for one in distinct if not any(other != one and other.startswith(one) for other in distinct))


def find_newest(records: Iterable[PortalRecord]) -> str:
    """
    Return the newest day that records state; empty if they state none.

    A record whose day is years later than all others does not count: it is a slip, and a date too late would hold
    promises due that are not.

    Args:
        records: The records.

    >>> find_newest([PortalRecord("a", created="2021-07-02", modified="2025-09-01"), PortalRecord("b")])
    '2025-09-01'
    """
    days = sorted(filter(None, (_newest_of(one) for one in records)))
    while len(days) > 1 and _is_slip(days):
        days.pop()
    return days[-1] if days else ""


def _newest_of(record: PortalRecord) -> str:
    """Return the newest day that a record states."""
    resources = (day for one in record.resources for day in (one.created, one.issued, one.modified))
    return max(map(day_of, (record.created, record.modified, *resources)))


def _is_slip(days: list[str]) -> bool:
    """Return whether the last of sorted days is too far from the one before it."""
    gap = (date.fromisoformat(days[-1]) - date.fromisoformat(days[-2])).days
    return any(len(days) >= count and gap > most for count, most in _GAPS)
