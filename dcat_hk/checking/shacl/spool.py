"""
Triples grouped by subject: in memory while they are few, in temporary files beyond that.

In: blocks in any order. Out: for each of a number of buckets, all blocks of its subjects.
"""

from __future__ import annotations

import marshal
import os
import tempfile
from collections.abc import Iterator, Sequence, Set
from itertools import chain
from typing import IO

from ...core.files import read_at
from .neighbourhood import Block

#: The most strings that stay in memory before they are written.
MOST_IN_MEMORY = 400_000

#: Subject and its objects by predicate.
SubjectBlock = tuple[str, Block]
#: Where a bucket's blocks lie in a file: bucket, offset, length.
BlockPosition = tuple[int, int, int]


class Spool:
    """
    Blocks by bucket.

    >>> spool = Spool(2, limit=0)
    >>> for subject in ("<urn:a>", "<urn:b>", "<urn:a>"):
    ...     spool.add(subject, {"<urn:p>": ["<urn:o>"]})
    >>> sorted(subject for bucket in range(2) for subject, _block in spool.blocks(bucket))
    ['<urn:a>', '<urn:b>']
    >>> spool.close()
    """

    def __init__(self, buckets: int, limit: int = MOST_IN_MEMORY) -> None:
        """Start empty; the file is only made if it is needed."""
        self.count, self.limit = buckets, limit
        self.positions: list[tuple[int, BlockPosition]] = []
        self._files: list[IO[bytes]] = []
        self._blocks: list[list[SubjectBlock]] = [[] for _bucket in range(buckets)]
        self._in_memory = 0
        self._sorted = 0
        self._by_bucket: list[list[tuple[int, int, int]]] = [[] for _bucket in range(buckets)]

    def add(self, subject: str, block: Block) -> None:
        """Add a block, which has each object of a predicate once."""
        self._blocks[hash(subject) % self.count].append((subject, block))
        self._in_memory += len(block) + sum(map(len, block.values()))
        if self._in_memory > self.limit:
            self.write()

    @property
    def is_in_memory(self) -> bool:
        """Return whether no block has been written."""
        return not self.positions

    def subjects(self) -> list[str]:
        """Return the subject of each block in memory."""
        return [subject for blocks in self._blocks for subject, _block in blocks]

    def take(self, subjects: Set[str]) -> list[SubjectBlock]:
        """Return the blocks in memory of some subjects, and forget them."""
        taken = [pair for blocks in self._blocks for pair in blocks if pair[0] in subjects]
        if taken:
            self._blocks = [[pair for pair in blocks if pair[0] not in subjects] for blocks in self._blocks]
        return taken

    def forget(self) -> None:
        """Forget all blocks; files stay open."""
        self.positions.clear()
        self._blocks = [[] for _bucket in range(self.count)]
        self._in_memory = 0

    def write(self) -> None:
        """Write the blocks in memory to the file."""
        if not self._files:
            self.open()
        file = self._files[-1]
        offset = file.seek(0, os.SEEK_END)
        for bucket, blocks in enumerate(self._blocks):
            if blocks:
                length = file.write(marshal.dumps(blocks))
                self.positions.append((len(self._files) - 1, (bucket, offset, length)))
                offset += length
                blocks.clear()
        file.flush()
        self._in_memory = 0

    def open(self) -> None:
        """Make a file that a process forked later can write and this one can read."""
        self._files.append(tempfile.TemporaryFile())  # noqa: SIM115 - closed with the spool

    def close(self) -> None:
        """Remove the files."""
        for file in self._files:
            file.close()

    def only(self, number: int) -> Spool:
        """Return an empty spool that writes to one of the files that are there."""
        spool = Spool(self.count, self.limit)
        spool._files = [self._files[number]]
        return spool

    def _places(self, bucket: int) -> list[tuple[int, int, int]]:
        """Return file, offset and length of each part of a bucket; all are sorted by bucket when one is asked for."""
        if self._sorted != len(self.positions):
            self._by_bucket = [[] for _bucket in range(self.count)]
            for number, (in_bucket, offset, length) in self.positions:
                self._by_bucket[in_bucket].append((number, offset, length))
            self._sorted = len(self.positions)
        return self._by_bucket[bucket]

    def blocks(self, bucket: int) -> Iterator[tuple[str, Block]]:
        """Yield each subject of a bucket with all its triples, each once."""
        parts: dict[str, list[Block]] = {}
        for number, offset, length in self._places(bucket):
            packed = read_at(self._files[number].fileno(), length, offset)
            _sort_in(parts, marshal.loads(packed))  # nosec B302 # noqa: S302 - our own file
        _sort_in(parts, self._blocks[bucket])
        while parts:
            subject, blocks = parts.popitem()
            yield subject, _joined(blocks) if len(blocks) > 1 else blocks[0]


def _sort_in(parts: dict[str, list[Block]], blocks: list[SubjectBlock]) -> None:
    """Add blocks to those of the same subjects."""
    for subject, block in blocks:
        parts.setdefault(subject, []).append(block)


def _joined(blocks: list[Block]) -> Block:
    """Return blocks of a subject as one, all at once, since one that is split may have very many; none is changed."""
    found: dict[str, list[Sequence[str]]] = {}
    for block in blocks:
        for predicate, values in block.items():
            found.setdefault(predicate, []).append(values)
    return {
        predicate: values[0] if len(values) == 1 else list(dict.fromkeys(chain.from_iterable(values)))
        for predicate, values in found.items()
    }
