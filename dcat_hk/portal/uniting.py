"""
One record in several snapshots -> what they say of it together.

In: the record as each snapshot has it. Out: a record, and the snapshots that it is from.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from .records import PortalRecord

_BY_LANGUAGE = ("titles", "notes", "dictionary", "maintainer")


def unite_records(records: Sequence[tuple[str, PortalRecord]]) -> tuple[PortalRecord, tuple[str, ...]]:
    """
    Return what several snapshots say of a record, and the dates of those that are needed to say so.

    The newest counts. Languages that it was not read in, and resources that it lists formats of but not, come from the
    newest of the others that has them.

    Args:
        records: The dates of snapshots and the record in each, the newest last; at least one.

    >>> old, new = PortalRecord("a", titles={"en": "A", "zh-Hant": "甲"}), PortalRecord("a", titles={"en": "B"})
    >>> record, dates = unite_records([("2025-01", old), ("2025-09", new)])
    >>> record.titles, dates
    ({'en': 'B', 'zh-Hant': '甲'}, ('2025-01', '2025-09'))
    """
    *older, (date, newest) = records
    united, dates = newest, {date}
    for other, record in reversed(older):
        more = {
            name: getattr(united, name) | missing
            for name in _BY_LANGUAGE
            if (missing := {k: v for k, v in getattr(record, name).items() if k not in getattr(united, name)})
        }
        if record.resources and not united.resources and united.formats:
            more["resources"] = record.resources
        if record.email and not united.email and not united.resources:
            more["email"] = record.email
        if more:
            united = msgspec.structs.replace(united, **more)
            dates.add(other)
    return united, tuple(sorted(dates))
