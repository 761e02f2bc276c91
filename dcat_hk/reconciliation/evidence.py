"""
What the portal tells of promises: since when it has the record that a dataset is.

In: what snapshots tell, by month. Out: a `PortalEvidence` for a dataset, as of any month: only snapshots up to it
count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..core.terms import Iri


class Sighting(NamedTuple):
    """
    What one snapshot tells of a record.

    Args:
        seen: The month of the snapshot.

        month: The month of release that it tells; empty if it tells none.

        by: The month by which the record was there.

        is_sure: Whether nothing in the record speaks against the month.
    """

    seen: str
    month: str
    by: str
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class PortalEvidence:
    """
    What snapshots tell of the record that a dataset is.

    Args:
        record: The address of the record's page.

        sightings: What each snapshot with the record tells, the oldest first; at least one.

        after: The month of the last complete snapshot before, which had no such record; empty without one.

        is_whole: Whether the dataset and the record are one to one; the month of a part or of several is not known.
    """

    record: Iri
    sightings: tuple[Sighting, ...]
    after: str = ""
    is_whole: bool = True

    @property
    def by(self) -> str:
        """Return the month by which the record was there."""
        return min(min(one.by, one.seen) for one in self.sightings)

    @property
    def seen(self) -> str:
        """Return the month of the first snapshot that has the record."""
        return self.sightings[0].seen

    @property
    def month(self) -> str:
        """
        Return the month of release, as the newest snapshot with one tells it; empty if it is not known.

        >>> PortalEvidence("a", (Sighting("2025-09", "2023-04", "2023-04"),)).month
        '2023-04'
        """
        told = [one for one in self.sightings if one.month]
        if not (self.is_whole and told):
            return ""
        newest = told[-1]
        # A snapshot that had the record before that month says that the month is of something else.
        return newest.month if newest.is_sure and newest.month <= self.seen and newest.month >= self.after else ""

    @property
    def bounds(self) -> str:
        """
        Return what is known of the month in short.

        >>> PortalEvidence("a", (Sighting("2025-09", "", "2025-09"),), "2025-03").bounds
        '> 2025-03, ≤ 2025-09'
        """
        return f"> {self.after}, ≤ {self.by}" if self.after and self.after < self.by else f"≤ {self.by}"

    def known_in(self, month: str) -> PortalEvidence | None:
        """
        Return what was known at the end of a month; None if no snapshot had the record then.

        Args:
            month: The month.
        """
        sightings = tuple(one for one in self.sightings if one.seen <= month)
        return replace(self, sightings=sightings) if sightings else None


def judge_month(evidence: PortalEvidence, first_told: str, target: str | None) -> str:
    """
    Return the month of delivery that may be told; empty if telling it could be wrong.

    A month before the plan that promised is of something else. A month after the target is a reproach: nothing that is
    known may speak against it.

    Args:
        evidence: What the portal tells.

        first_told: The month of the plan that promised first.

        target: The month that was promised.

    >>> evidence = PortalEvidence("a", (Sighting("2025-09", "2023-04", "2023-03"),))
    >>> judge_month(evidence, "2022-12", "2023-02"), judge_month(evidence, "2022-12", "2023-03")
    ('2023-04', '')
    """
    month = evidence.month
    if not month or month < first_told:
        return ""
    return "" if target and month > target >= evidence.by else month


def first_sightings(sightings: Sequence[Sighting]) -> tuple[Sighting, ...]:
    """
    Return what tells something that no earlier snapshot told: enough to answer for any month.

    Args:
        sightings: What each snapshot tells, the oldest first.

    >>> first_sightings([Sighting("2025-03", "", "2021-07"), Sighting("2025-09", "", "2021-07")])
    (Sighting(seen='2025-03', month='', by='2021-07', is_sure=True),)
    """
    kept: list[Sighting] = []
    for one in sightings:
        if not kept or one[1:] != kept[-1][1:]:
            kept.append(one)
    return tuple(kept)
