"""
Facts and links -> numbers on disk, from which differences and ways between things are found in little memory.

In: texts, and the number of the piece of a file that each stands in. Out: by bucket, digests with numbers of pieces.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ...core.files import read_at

#: Two different texts of a catalogue have the same digest of so many bytes as good as never.
_DIGEST = 16
_NUMBER = 4
_RECORD = _DIGEST + _NUMBER
#: So many bytes of digests wait in memory before they are written, of all buckets together.
_WAITING = 4_000_000
#: A bucket holds the digests of about so many bytes of a file: some ten thousand.
BUCKET = 2_000_000


class DigestDifference(NamedTuple):
    """The digests that only one of two spools holds, and the numbers of the pieces that these stand in."""

    digests: set[bytes]
    pieces: set[int]


def digest(text: str) -> bytes:
    """
    Return the digest of a text.

    >>> len(digest("罪案"))
    16
    """
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST).digest()


class DigestSpool:
    """
    Digests by bucket, on disk beyond a few megabytes. Close it in the end.

    Args:
        buckets: How many buckets there are; those of two spools that are compared must be as many.

    >>> old, new = DigestSpool(4), DigestSpool(4)
    >>> old.add([digest("a"), digest("b")], 0)
    >>> new.add([digest("b")], 7)
    >>> only_old, only_new = find_differences(old, new)
    >>> only_old.digests == {digest("a")}, only_new.digests
    (True, set())
    >>> old.close(), new.close()
    (None, None)
    """

    def __init__(self, buckets: int) -> None:
        """Start empty."""
        self.buckets = buckets
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the spool
        self._places: list[list[tuple[int, int]]] = [[] for _bucket in range(buckets)]
        self._waiting = [bytearray() for _bucket in range(buckets)]
        self._size = 0

    def add(self, values: Sequence[bytes], piece: int) -> None:
        """Add the digests of what stands in a piece."""
        number, waiting, buckets = piece.to_bytes(_NUMBER, "big"), self._waiting, self.buckets
        for value in values:
            waiting[int.from_bytes(value[:4], "big") % buckets] += value + number
        self._size += _RECORD * len(values)
        if self._size >= _WAITING:
            self._write()

    def records(self, bucket: int) -> Iterator[tuple[bytes, int]]:
        """Yield the digests of a bucket, each with the number of a piece."""
        parts = [read_at(self._file.fileno(), length, offset) for offset, length in self._places[bucket]]
        data = b"".join([*parts, bytes(self._waiting[bucket])])
        for at in range(0, len(data), _RECORD):
            yield data[at : at + _DIGEST], int.from_bytes(data[at + _DIGEST : at + _RECORD], "big")

    def pieces_of(self, values: Iterable[bytes]) -> set[int]:
        """Return the numbers of all pieces that hold one of some digests."""
        wanted: dict[int, set[bytes]] = {}
        for value in values:
            wanted.setdefault(int.from_bytes(value[:4], "big") % self.buckets, set()).add(value)
        return {piece for bucket, some in wanted.items() for value, piece in self.records(bucket) if value in some}

    def close(self) -> None:
        """Remove the file."""
        self._file.close()

    def _write(self) -> None:
        """Write what waits in memory."""
        offset = self._file.seek(0, os.SEEK_END)
        for bucket, data in enumerate(self._waiting):
            if data:
                self._places[bucket].append((offset, len(data)))
                offset += self._file.write(data)
                data.clear()
        self._file.flush()
        self._size = 0


def find_differences(old: DigestSpool, new: DigestSpool) -> tuple[DigestDifference, DigestDifference]:
    """Return what only the old one holds, and what only the new one holds."""
    only_old, only_new = DigestDifference(set(), set()), DigestDifference(set(), set())
    for bucket in range(old.buckets):
        before, after = dict(old.records(bucket)), dict(new.records(bucket))
        for one, other, difference in ((before, after, only_old), (after, before, only_new)):
            values = one.keys() - other.keys()
            difference.digests.update(values)
            difference.pieces.update(one[value] for value in values)
    return only_old, only_new


class LinkSpool:
    """
    Links from a thing to what it belongs to, on disk, names as numbers. Close it in the end.

    >>> links = LinkSpool()
    >>> links.add("<urn:row>", "<urn:plan>")
    >>> [(child == hash("<urn:row>"), parent == hash("<urn:plan>")) for child, parent in links.pairs()]
    [(True, True)]
    >>> links.close()
    """

    def __init__(self) -> None:
        """Start empty."""
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the spool
        self._waiting = array("q")

    def add(self, child: str, parent: str) -> None:
        """Add a link."""
        self._waiting.append(hash(child))
        self._waiting.append(hash(parent))
        if len(self._waiting) >= _WAITING // 32:
            self._waiting.tofile(self._file)
            del self._waiting[:]

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the links."""
        self._file.flush()
        size, step = os.fstat(self._file.fileno()).st_size, 1 << 16
        for offset in range(0, size, step):
            part = array("q", read_at(self._file.fileno(), step, offset))
            yield from zip(part[::2], part[1::2], strict=True)
        yield from zip(self._waiting[::2], self._waiting[1::2], strict=True)

    def close(self) -> None:
        """Remove the file."""
        self._file.close()
