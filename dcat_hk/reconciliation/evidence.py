"""
What the portal tells of promises: since when it has the record that a dataset is.

In: what snapshots tell, by month. Out: a `PortalEvidence` for a dataset, as of any month: only snapshots up to it
count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..core.terms import Iri


class Sighting(NamedTuple):
    """
    What one snapshot tells of a record.

    Args:
        seen: The month from which on this is known: that of the snapshot, or of the judgement that links the record.

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

        is_candidate: Whether a person still has to say if the dataset is the record: then it tells no delivery.
    """

    record: Iri
    sightings: tuple[Sighting, ...]
    after: str = ""
    is_candidate: bool = False

    @classmethod
    def of_candidate(cls, record: Iri, month: str) -> PortalEvidence:
        """
        Return what is told of a record that a dataset may be.

        Args:
            record: The address of the record's page.

            month: The month since which it is known that it may be that.

        >>> evidence = PortalEvidence.of_candidate("a", "2025-09")
        >>> evidence.seen, evidence.month, evidence.is_candidate
        ('2025-09', '', True)
        """
        return cls(record, (Sighting(month, "", month),), is_candidate=True)

    @property
    def by(self) -> str:
        """Return the month by which the record was there."""
        return min(one.by for one in self.sightings)

    @property
    def seen(self) -> str:
        """Return the month from which on it is known that the record is there."""
        return self.sightings[0].seen

    @property
    def told(self) -> Sighting | None:
        """
        Return the sighting that tells the earliest month of release; None if none tells one that can be right.

        >>> PortalEvidence("a", (Sighting("2025-09", "2023-04", "2023-04"),)).told.month
        '2023-04'
        """
        with_month = (one for one in self.sightings if one.month)
        earliest = min(with_month, key=lambda one: one.month, default=None)
        # A snapshot that had the record before, or that still lacked it, says that the month is of something else.
        if earliest is None or not self.after <= earliest.month <= min(one.seen for one in self.sightings):
            return None
        return earliest

    @property
    def month(self) -> str:
        """Return the month of release, empty if it is not known for sure."""
        told = self.told
        return told.month if told and told.is_sure else ""

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


def known_evidence(evidence: Mapping[str, PortalEvidence], month: str) -> dict[str, PortalEvidence]:
    """
    Return what was known of datasets at the end of a month, by their identifiers.

    Args:
        evidence: What is known in all.

        month: The month.

    >>> known_evidence({"a": PortalEvidence("a", (Sighting("2025-09", "", "2025-09"),))}, "2025-08")
    {}
    """
    known = ((identifier, one.known_in(month)) for identifier, one in evidence.items())
    return {identifier: one for identifier, one in known if one is not None}


def judge_month(evidence: PortalEvidence, first_told: str, targets: Iterable[str]) -> str:
    """
    Return the month of delivery that may be told; empty if telling it could be wrong.

    A month before the plan that promised is of something else. A month after a target is a reproach: nothing that is
    known may speak against it.

    Args:
        evidence: What the portal tells.

        first_told: The month of the plan that promised first.

        targets: The months that were promised.

    >>> evidence = PortalEvidence("a", (Sighting("2025-09", "2023-04", "2023-03"),))
    >>> judge_month(evidence, "2022-12", ["2023-02"]), judge_month(evidence, "2022-12", ["2023-03"])
    ('2023-04', '')
    """
    told = evidence.told
    if told is None or told.month < first_told:
        return ""
    missed = [target for target in targets if target < told.month]
    is_in_doubt = not told.is_sure or any(evidence.by <= target for target in missed)
    return "" if missed and is_in_doubt else told.month


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
