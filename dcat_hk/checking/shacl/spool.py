"""
Triples set aside, in memory while they are few and in a file beyond: by subject, so that a subject's come together.

In: blocks in any order. Out: for each of a number of buckets, all blocks of its subjects.
"""

from __future__ import annotations

import marshal
import os
import tempfile
from collections.abc import Iterator
from typing import IO

from .neighbourhood import Block

#: So many strings are held in memory before they are written.
HELD = 400_000

#: Subject and its predicates and objects in turn.
Said = tuple[str, list[str]]
#: Where a bucket's blocks lie in a file: bucket, offset, length.
Place = tuple[int, int, int]


class Spool:
    """
    Blocks by bucket.

    >>> spool = Spool(2, held=0)
    >>> for subject in ("<urn:a>", "<urn:b>", "<urn:a>"):
    ...     spool.add(subject, ["<urn:p>", "<urn:o>"])
    >>> sorted(subject for bucket in range(2) for subject, _block in spool.blocks(bucket))
    ['<urn:a>', '<urn:b>']
    >>> spool.close()
    """

    def __init__(self, buckets: int, held: int = HELD) -> None:
        """Start empty; the file is only made if it is needed."""
        self.count, self.held = buckets, held
        self.places: list[tuple[int, Place]] = []
        self._files: list[IO[bytes]] = []
        self._said: list[list[Said]] = [[] for _bucket in range(buckets)]
        self._waiting = 0

    def add(self, subject: str, said: list[str]) -> None:
        """Set a block aside."""
        self._said[hash(subject) % self.count].append((subject, said))
        self._waiting += len(said)
        if self._waiting > self.held:
            self.write()

    def write(self) -> None:
        """Write what is in memory to the file."""
        if not self._files:
            self.open()
        file = self._files[-1]
        offset = file.seek(0, os.SEEK_END)
        for bucket, said in enumerate(self._said):
            if said:
                length = file.write(marshal.dumps(said))
                self.places.append((len(self._files) - 1, (bucket, offset, length)))
                offset += length
                said.clear()
        file.flush()
        self._waiting = 0

    def open(self) -> None:
        """Make a file; a process that is started later can write it for this one to read."""
        self._files.append(tempfile.TemporaryFile())  # noqa: SIM115 - closed with the spool

    def close(self) -> None:
        """Remove the files."""
        for file in self._files:
            file.close()

    def only(self, number: int) -> Spool:
        """Return an empty spool that writes to one of the files that are there."""
        spool = Spool(self.count, self.held)
        spool._files = [self._files[number]]
        return spool

    def blocks(self, bucket: int) -> Iterator[tuple[str, Block]]:
        """Yield each subject of a bucket with all its triples, each once."""
        merged: dict[str, list[str]] = {}
        for number, (of, offset, length) in self.places:
            if of == bucket:
                _merge(merged, marshal.loads(os.pread(self._files[number].fileno(), length, offset)))  # noqa: S302 - our own
        _merge(merged, self._said[bucket])
        while merged:
            subject, said = merged.popitem()
            yield subject, _block(said)


def _merge(merged: dict[str, list[str]], blocks: list[Said]) -> None:
    """Put blocks to those of the same subjects."""
    for subject, said in blocks:
        known = merged.get(subject)
        merged[subject] = said if known is None else known + said


def _block(said: list[str]) -> Block:
    """Return predicates and objects in turn as lists of objects by predicate, each object once."""
    block: dict[str, list[str]] = {}
    for number in range(0, len(said), 2):
        predicate = said[number]
        values = block.get(predicate)
        if values is None:
            block[predicate] = [said[number + 1]]
        else:
            values.append(said[number + 1])
    for predicate, values in block.items():
        if len(values) > 1:
            block[predicate] = list(dict.fromkeys(values))
    return block  # type: ignore[return-value]
