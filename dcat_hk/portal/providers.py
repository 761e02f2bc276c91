"""
Records whose body was not known when they were read -> the same with the bodies that are known now.

In: a snapshot, and vocabularies with what people added to them. Out: a `PortalSnapshot`. A body that is stated stays.
"""

from __future__ import annotations

import msgspec

from ..core.vocabularies import Vocabularies
from .packages import find_provider
from .snapshots import PortalSnapshot


def fill_providers(snapshot: PortalSnapshot, vocabularies: Vocabularies) -> PortalSnapshot:
    """
    Return a snapshot whose records have the bodies that their names begin with, where none was known.

    Args:
        snapshot: The snapshot.

        vocabularies: The known bodies.

    >>> from ..core.vocabularies import load
    >>> from .records import PortalRecord
    >>> from .snapshots import SnapshotHead, make_snapshot
    >>> snapshot = make_snapshot(SnapshotHead(date="2025-09"), [PortalRecord("hk-hkpf-a"), PortalRecord("xyz-b")])
    >>> [one.provider for one in fill_providers(snapshot, load()).records.values()]
    ['hk-hkpf', '']
    """
    found = {slug: find_provider(slug, vocabularies) for slug, one in snapshot.records.items() if not one.provider}
    if not any(found.values()):
        return snapshot
    records = {
        slug: msgspec.structs.replace(one, provider=found[slug]) if found.get(slug) else one
        for slug, one in snapshot.records.items()
    }
    return PortalSnapshot(snapshot.head, records)
