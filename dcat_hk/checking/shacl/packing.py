"""
Columns of the index with very many nodes, packed: for each node two hashes and a number instead of its IRI.

A catalogue has millions of nodes and few sets of classes. A column keeps each set once, and finds the number of a
node's set by 128 bits of hash, so that a million nodes need 20 megabytes. Hashes are those of this process and of the
copies forked from it; they are never written to a result.
"""

from __future__ import annotations

import marshal
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence

#: What is put behind a node for its second hash; no term of N-Triples ends with it.
_MARK = "\0"


class PackedColumn:
    """
    One predicate of many nodes: node to objects. Nothing can be found before `sort`.

    >>> column = PackedColumn()
    >>> column.add({"<urn:a>": ("<urn:C>",), "<urn:b>": ("<urn:C>",)})
    >>> other = PackedColumn()
    >>> other.add({"<urn:b>": ("<urn:D>",)})
    >>> column.load(other.dump())
    >>> column.sort()
    >>> column["<urn:a>"], column["<urn:b>"], column.get("<urn:c>"), "<urn:a>" in column
    (('<urn:C>',), ('<urn:C>', '<urn:D>'), (), True)
    """

    __slots__ = ("_first", "_known", "_numbers", "_second", "_values")

    def __init__(self) -> None:
        """Start empty."""
        self._first, self._second, self._numbers = array("q"), array("q"), array("I")
        self._values: list[Sequence[str]] = []
        self._known: dict[tuple[str, ...], int] = {}

    def add(self, column: Mapping[str, Sequence[str]]) -> None:
        """Add the nodes of a column."""
        for node, objects in column.items():
            self._first.append(hash(node))
            self._second.append(hash(node + _MARK))
            self._numbers.append(self._number(tuple(objects)))

    def dump(self) -> bytes:
        """Return the column as bytes for `load` in a process forked from the same one."""
        arrays = self._first.tobytes(), self._second.tobytes(), self._numbers.tobytes()
        return marshal.dumps((*arrays, [tuple(objects) for objects in self._values]))

    def load(self, packed: bytes) -> None:
        """Add what another process packed."""
        first, second, numbers, values = marshal.loads(packed)  # nosec B302 # noqa: S302 - by a copy of this process
        self._first.frombytes(first)
        self._second.frombytes(second)
        mine = [self._number(objects) for objects in values]
        self._numbers.extend(map(mine.__getitem__, array("I", numbers)))

    def sort(self) -> None:
        """Order the nodes, so that they can be found; the objects of a node that was added twice are put together."""
        import numpy

        first, second, numbers = map(numpy.asarray, (self._first, self._second, self._numbers))
        order = numpy.lexsort((second, first))
        first, second, numbers = first[order], second[order], numbers[order]
        again = numpy.flatnonzero((first[1:] == first[:-1]) & (second[1:] == second[:-1])) + 1
        for at in map(int, again):
            both = (*self._values[numbers[at - 1]], *self._values[numbers[at]])
            numbers[at] = self._number(tuple(dict.fromkeys(both)))
        # The last of several is the one that has all objects.
        kept = numpy.ones(len(first), bool)
        kept[again - 1] = False
        self._first, self._second = array("q", first[kept].tobytes()), array("q", second[kept].tobytes())
        self._numbers = array("I", numbers[kept].tobytes())

    def get(self, node: str, default: Sequence[str] = ()) -> Sequence[str]:
        """Return the objects of a node."""
        first, wanted = self._first, hash(node)
        at = bisect_left(first, wanted)
        while at < len(first) and first[at] == wanted:
            if self._second[at] == hash(node + _MARK):
                return self._values[self._numbers[at]]
            at += 1
        return default

    def __contains__(self, node: str) -> bool:
        """Return whether a node has objects."""
        return bool(self.get(node))

    def __getitem__(self, node: str) -> Sequence[str]:
        """Return the objects of a node that has some."""
        return self.get(node)

    def __len__(self) -> int:
        """Return how many nodes there are."""
        return len(self._first)

    def _number(self, objects: tuple[str, ...]) -> int:
        """Return the number of a set of objects."""
        number = self._known.get(objects)
        if number is None:
            number = self._known[objects] = len(self._values)
            self._values.append(objects)
        return number
