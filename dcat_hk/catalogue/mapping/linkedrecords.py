"""
What links say of datasets: which record of the portal each one is, and what the snapshots say of that record.

In: links that hold, and snapshots. Out: a `PortalLinks`, which the mapping of every plan has. It holds the records that
are linked and no others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ...core.terms import Iri
from ...portal.records import PortalRecord, Texts
from ...reconciliation.evidence import PortalEvidence
from ...reconciliation.sssom import BROAD, EXACT, SssomMapping


@dataclass(frozen=True, slots=True)
class SnapshotFacts:
    """What is published of a snapshot: its date, and the digests of its files."""

    date: str
    digests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkedRecord:
    """
    A record of the portal that a dataset is linked with.

    Args:
        link: The link.

        record: What snapshots say of the record; nothing but its name if none has it.

        dates: The dates of the snapshots that say so, the newest last.

        evidence: What snapshots tell of when the record was there; None if none has it.
    """

    link: SssomMapping
    record: PortalRecord
    dates: tuple[str, ...] = ()
    evidence: PortalEvidence | None = None

    @property
    def is_exact(self) -> bool:
        """Return whether the dataset and the record are one to one."""
        return self.link.predicate == EXACT

    @property
    def released(self) -> str:
        """Return the month in which the portal had the dataset first; empty if it is not known."""
        return self.evidence.month if self.evidence else ""

    @property
    def is_seen(self) -> bool:
        """Return whether a snapshot has the record."""
        return bool(self.dates)


@dataclass(frozen=True)
class PortalLinks:
    """
    Links from datasets to records.

    Args:
        by_dataset: The records that each dataset is linked with, by its identifier; one to one first.

        snapshots: What is published of the snapshots, by date.

        providers: What the portal calls bodies, by code and language.

        candidates: What the portal tells of records that datasets may be, as a person has to say, by identifier.

    >>> PortalLinks().find_exact("hk-hko-0000000000") is None
    True
    """

    by_dataset: Mapping[str, tuple[LinkedRecord, ...]] = field(default_factory=dict)
    snapshots: Mapping[str, SnapshotFacts] = field(default_factory=dict)
    providers: Mapping[str, Texts] = field(default_factory=dict)
    candidates: Mapping[str, PortalEvidence] = field(default_factory=dict)

    @cached_property
    def evidence(self) -> Mapping[str, PortalEvidence]:
        """
        Return what the portal tells of datasets that it has, or may have, by identifier.

        A record that covers more than a dataset shows that the dataset is there only if a person says so: what a plan
        promises anew is often a version of something that is there already.
        """
        deliveries: dict[str, PortalEvidence] = {}
        for identifier, one in self.linked():
            is_told = one.link.predicate != BROAD or bool(one.link.author)
            if one.evidence and is_told:
                deliveries.setdefault(identifier, one.evidence)
        return {**self.candidates, **deliveries}

    def find_exact(self, identifier: str) -> LinkedRecord | None:
        """Return the record that a dataset is; None if it is not known, or if there is only a part of one."""
        return next((one for one in self.by_dataset.get(identifier, ()) if one.is_exact), None)

    def linked(self) -> Iterator[tuple[str, LinkedRecord]]:
        """Yield each link with the identifier of its dataset."""
        for identifier, records in self.by_dataset.items():
            for one in records:
                yield identifier, one


def page_of_record(record: PortalRecord) -> Iri:
    """
    Return the address that stands for a record in the catalogue: that of its page in English.

    Args:
        record: The record.

    >>> page_of_record(PortalRecord("hk-xyz-piers"))
    'https://data.gov.hk/en-data/dataset/hk-xyz-piers'
    """
    return record.page("en")
