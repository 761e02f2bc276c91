"""
Days of creation that mean something: when a record of the portal was made because its dataset was released.

In: a snapshot, and earlier ones. Out: days by slug. Many records were made on one day when the portal moved, when
bodies were reorganised, or when a list was loaded: such a day says nothing of the dataset. Neither does one that an
earlier snapshot contradicts. Where no day is given, the month of release is not known from the record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from ..core.wording.records import read_toml
from .dates import day_of
from .snapshots import PortalSnapshot

#: So many records made on one day are made by the portal, not by their bodies.
MASS = 20


def find_created(snapshot: PortalSnapshot, earlier: Sequence[PortalSnapshot] = ()) -> Mapping[str, str]:
    """
    Return the day of creation of each record whose day means something.

    Args:
        snapshot: The records.

        earlier: Snapshots of earlier days, in any order. Where one of them states another day for a record, the first
            one that it was said to have counts.

    >>> from .records import PortalRecord
    >>> from .snapshots import SnapshotHead, make_snapshot
    >>> records = [PortalRecord("hk-xyz-a", created="2025-03-04"), PortalRecord("hk-xyz-b", created="2021-07-02")]
    >>> find_created(make_snapshot(SnapshotHead(date="2025-09"), records))
    {'hk-xyz-a': '2025-03-04'}
    """
    ordered = sorted((*earlier, snapshot), key=lambda one: one.head.date)
    masses = _known_masses() | {day for one in ordered for day in _masses_of(one)}
    days = {}
    for slug in snapshot.records:
        day = _first_day(slug, ordered)
        if day and day not in masses and not _is_contradicted(slug, day, ordered):
            days[slug] = day
    return days


def _first_day(slug: str, ordered: Sequence[PortalSnapshot]) -> str:
    """Return the day that the first snapshot with the record states."""
    first = next(one for one in ordered if slug in one.records)
    return day_of(first.records[slug].created)


def _is_contradicted(slug: str, day: str, ordered: Sequence[PortalSnapshot]) -> bool:
    """Return whether a record was seen before it was made, or was not there in all records after it was made."""
    for one in ordered:
        seen = one.head.date
        if slug in one.records:
            return day[: len(seen)] > seen
        if one.head.complete and day[: len(seen)] < seen:
            return True
    return False


def _masses_of(snapshot: PortalSnapshot) -> set[str]:
    """Return the days on which many records were made."""
    counts = Counter(day_of(one.created) for one in snapshot.records.values())
    return {day for day, count in counts.items() if count >= MASS}


@cache
def _known_masses() -> frozenset[str]:
    """Return the days on which many records were made in all, whatever part of them a snapshot has."""
    return frozenset(read_toml(__package__, "massdays.toml")["days"])
