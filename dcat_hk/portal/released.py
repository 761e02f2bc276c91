"""
When the portal had a dataset first: the month of release that a record tells, and the month by which it was there.

In: a record of a snapshot. Out: a `Release`. The day on which a resource was published counts before the day on which
the record was made, which counts only where it means something. No month is made up: where nothing tells it, only
bounds are known.
"""

from __future__ import annotations

from typing import NamedTuple

from .dates import day_of
from .records import PortalRecord


class Release(NamedTuple):
    """
    What one snapshot tells of when a record was there.

    Args:
        seen: The month of the snapshot.

        month: The month of release; empty if it is not known.

        by: The month by which the record was there, which may be before a resource that it has now.

        is_sure: Whether nothing in the record speaks against the month.
    """

    seen: str
    month: str
    by: str
    is_sure: bool = True


def find_release(record: PortalRecord, created: str, seen: str) -> Release:
    """
    Return what a snapshot tells of when a record was there.

    A day after that of the snapshot is a slip and counts for nothing.

    Args:
        record: The record.

        created: The day on which it was made if that means something; empty if not.

        seen: The date of the snapshot.

    >>> from .records import PortalResource
    >>> files = (PortalResource("https://a.example/1", issued="2023-04-02"), PortalResource("https://a.example/2"))
    >>> find_release(PortalRecord("a", resources=files, created="2023-03-30"), "2023-03-30", "2025-09-13")
    Release(seen='2025-09', month='2023-04', by='2023-03', is_sure=True)
    >>> find_release(PortalRecord("a", created="2021-07-02"), "", "2025-09")
    Release(seen='2025-09', month='', by='2021-07', is_sure=True)
    """
    last = seen[:7]
    days = (day_of(one.issued)[:7] for one in record.resources)
    published = min((month for month in days if month and month <= last), default="")
    made = day_of(record.created)[:7]
    known = created[:7] if created and created[:7] <= last else ""
    by = min(month for month in (published, made, last) if month and month <= last)
    # What was made on a day that means nothing was there on that day: files of later months have replaced others.
    is_sure = not published or published <= by or bool(known)
    return Release(last, published or known, by, is_sure)
