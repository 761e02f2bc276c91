"""
A new snapshot against the one before: how many records are gone.

In: a snapshot and where it is to be written. Out: the snapshot before, and the slugs that the new one lacks. The one
before is what is replaced, or the newest of an earlier day beside it: of a series of names that differ in their date,
or of mostly the same bodies. A snapshot of other bodies in the same folder is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..core.errors import InputError
from .dates import find_date
from .snapshots import NotASnapshot, PortalSnapshot, SnapshotHead, read_head, read_records, snapshot_paths, stem_of

#: The share of records that may be gone.
MOST = 0.1


class SnapshotLoss(NamedTuple):
    """The name of the snapshot before, how many records it has, and the slugs of those that are gone."""

    name: str
    before: int
    gone: tuple[str, ...]

    @property
    def is_too_large(self) -> bool:
        """
        Return whether more is gone than a portal loses in its daily work.

        >>> [SnapshotLoss("2025-09", 100, ("a",) * gone).is_too_large for gone in (10, 11)]
        [False, True]
        """
        return len(self.gone) > MOST * self.before


def find_loss(snapshot: PortalSnapshot, path: Path) -> SnapshotLoss | None:
    """
    Return what a snapshot lacks of the one before; None if there is none before.

    Args:
        snapshot: The new snapshot.

        path: Where it is to be written.

    Raises:
        NotASnapshot: The snapshot before is damaged.

        NotReadable: It cannot be read.
    """
    before_path = _find_before(snapshot, path)
    if before_path is None:
        return None
    # Whoever was killed when the one before was replaced has left its lines with another head.
    before, _digest = read_records(before_path)
    gone = tuple(slug for slug in sorted(before) if slug not in snapshot.records)
    return SnapshotLoss(stem_of(before_path), len(before), gone)


def count_lost(snapshot: PortalSnapshot, path: Path, loss: SnapshotLoss | None) -> int:
    """
    Return how many records of the one before are gone; of a snapshot that is written again, what it said itself.

    Args:
        snapshot: The new snapshot.

        path: Where it is to be written.

        loss: What it lacks of what is there.
    """
    if loss and loss.gone:
        return len(loss.gone)
    head = snapshot_paths(path)[1]
    try:
        before = read_head(head) if head.is_file() else snapshot.head
    except NotASnapshot:
        return 0
    return before.lost if before.sha256 == snapshot.head.sha256 else 0


def refuse_loss(loss: SnapshotLoss) -> InputError:
    """
    Return what to raise for a snapshot that lost too much.

    Args:
        loss: What it lost.

    >>> print(refuse_loss(SnapshotLoss("2025-09", 10, ("a", "b"))))  # doctest: +ELLIPSIS
    2025-09: 2 of the 10 records of 2025-09 are missing. Nothing was written. ...
    """
    return InputError.of("portal.lost", loss.name, lost=len(loss.gone), before=loss.before, name=loss.name)


def refuse_unknown_loss(error: NotASnapshot) -> InputError:
    """
    Return what to raise for a snapshot of which nobody can say what it lost, as the one before is damaged.

    Args:
        error: What is wrong with the one before.

    >>> print(refuse_unknown_loss(NotASnapshot.of("portal.packed", "2025-09.jsonl.gz")))  # doctest: +ELLIPSIS
    2025-09.jsonl.gz: The snapshot that is there is damaged, so that what is missing cannot be counted. ...
    """
    return InputError.of("portal.lost-unknown", error.where)


def _find_before(snapshot: PortalSnapshot, path: Path) -> Path | None:
    """Return the path of the snapshot before, if there is one."""
    lines, head = snapshot_paths(path)
    if head.is_file() and lines.is_file():
        return lines
    heads = [(read.date, other) for other, read in _heads_beside(head) if _is_before(snapshot, head, other, read.date)]
    return snapshot_paths(max(heads)[1])[0] if heads else None


def _heads_beside(head: Path) -> Iterator[tuple[Path, SnapshotHead]]:
    """Yield the heads of the snapshots in a folder; other files are passed over."""
    for other in sorted(head.parent.glob("*.json")):
        if any(other.with_name(f"{other.stem}{ending}").is_file() for ending in (".jsonl.gz", ".jsonl")):
            try:
                yield other, read_head(other)
            except NotASnapshot:
                continue


def _is_before(snapshot: PortalSnapshot, head: Path, other: Path, date: str) -> bool:
    """Return whether a snapshot is of an earlier day, and of the same series or the same bodies."""
    if date >= snapshot.head.date[: len(date)]:
        return False
    if find_date(head.stem) and find_date(other.stem):
        return _series(head) == _series(other)
    bodies = {record.provider for record in read_records(snapshot_paths(other)[0])[0].values()}
    own = {record.provider for record in snapshot.records.values()}
    return 2 * len(bodies & own) >= len(bodies)


def _series(head: Path) -> str:
    """Return the name of a snapshot without its date."""
    return head.stem.replace(find_date(head.stem), "")
