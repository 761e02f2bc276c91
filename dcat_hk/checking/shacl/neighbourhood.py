"""
What is known while a focus node is validated: its own triples, and of other nodes the properties that paths follow.

Terms are strings as N-Triples has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from ...core.terms import PREFIXES
from .packing import PackedColumn

TYPE = f"<{PREFIXES['rdf']}type>"
SUBCLASS = f"<{PREFIXES['rdfs']}subClassOf>"

#: A forward column with more nodes is packed.
MOST_IN_COLUMN = 100_000

#: One predicate: subject to objects, or the other way round.
Column = dict[str, Sequence[str]]
#: The triples of one subject: predicate to objects, each once.
Block = dict[str, Sequence[str]]


@dataclass(slots=True)
class PropertyIndex:
    """
    The properties of all nodes that paths follow: a column for each predicate, forward and inverse.

    While data is read, forward columns that grow large move to `packed`, and what was read twice is twice in inverse
    ones; `finish` puts both right.
    """

    forward: dict[str, Column] = field(default_factory=dict)
    inverse: dict[str, Column] = field(default_factory=dict)
    packed: dict[str, PackedColumn] = field(default_factory=dict)

    @property
    def is_small(self) -> bool:
        """Return whether no column has been packed."""
        return not self.packed

    def settle(self) -> None:
        """Pack the forward columns that have grown large."""
        for predicate, column in self.forward.items():
            # The classes above a class are asked for all at once; there are never many.
            if len(column) > MOST_IN_COLUMN and predicate != SUBCLASS:
                self.packed.setdefault(predicate, PackedColumn()).add(column)
                column.clear()

    def finish(self) -> None:
        """Make packed columns ready: nothing is added after this."""
        list_values(self.forward)
        for predicate, packed in self.packed.items():
            packed.add(self.forward.get(predicate, {}))
            packed.sort()
            self.forward[predicate] = cast(Column, packed)
        for column in self.inverse.values():
            for node, subjects in column.items():
                if len(subjects) > 1:
                    column[node] = tuple(dict.fromkeys(subjects))
        self.packed = {}

    def close(self, class_: str) -> frozenset[str]:
        """
        Return a class and all its subclasses.

        >>> index = PropertyIndex({SUBCLASS: {"<urn:b>": ["<urn:a>"], "<urn:c>": ["<urn:b>"]}})
        >>> sorted(index.close("<urn:a>"))
        ['<urn:a>', '<urn:b>', '<urn:c>']
        """
        below: dict[str, list[str]] = {}
        for low, above in self.forward.get(SUBCLASS, {}).items():
            for high in above:
                below.setdefault(high, []).append(low)
        classes, waiting = {class_}, [class_]
        while waiting:
            found = [low for low in below.get(waiting.pop(), ()) if low not in classes]
            classes.update(found)
            waiting += found
        return frozenset(classes)


def list_values(columns: dict[str, Column]) -> None:
    """
    Turn values that were collected as keys, so that each is there once, into tuples.

    >>> columns = {"<urn:p>": {"<urn:a>": {"<urn:b>": None}}}
    >>> list_values(columns)
    >>> columns
    {'<urn:p>': {'<urn:a>': ('<urn:b>',)}}
    """
    for column in columns.values():
        for node, values in column.items():
            if isinstance(values, dict):
                column[node] = tuple(values)


class Neighbourhood:
    """
    A focus node, its triples, and the index.

    >>> neighbourhood = Neighbourhood(PropertyIndex({"<urn:q>": {"<urn:b>": ["<urn:c>"]}}, {}))
    >>> neighbourhood.look("<urn:a>", {"<urn:p>": ["<urn:b>"]})
    >>> neighbourhood.objects("<urn:a>", "<urn:p>"), neighbourhood.objects("<urn:b>", "<urn:q>")
    (['<urn:b>'], ['<urn:c>'])
    """

    __slots__ = ("block", "focus", "forward", "inverse", "store", "types", "unchecked")

    def __init__(self, index: PropertyIndex, store: Any = None) -> None:
        """Start without a focus node; `store` is what queries of shapes ask, if there are any."""
        self.store = store
        #: How many values were not checked, by what was not checked: a pattern and its shape.
        self.unchecked: dict[tuple[str, str], int] = {}
        self.forward, self.inverse = index.forward, index.inverse
        self.types: Column = index.forward.get(TYPE, {})
        self.focus, self.block = "", dict[str, Sequence[str]]()

    def look(self, focus: str, block: Block) -> None:
        """Move to another focus node."""
        self.focus, self.block = focus, block

    def pass_over(self, pattern: str, shape: str) -> None:
        """Count a value that was not checked."""
        self.unchecked[pattern, shape] = self.unchecked.get((pattern, shape), 0) + 1

    def objects(self, node: str, predicate: str) -> Sequence[str]:
        """Return the objects of a node's triples with a predicate."""
        if node == self.focus:
            return self.block.get(predicate, ())
        column = self.forward.get(predicate)
        return () if column is None else column.get(node, ())

    def subjects(self, node: str, predicate: str) -> Sequence[str]:
        """Return the subjects of triples with a predicate whose object is a node."""
        return self.inverse[predicate].get(node, ())

    def triples(self, node: str) -> Iterable[tuple[str, Sequence[str]]]:
        """Return the predicates and objects of a node; of other nodes than the focus only those that are indexed."""
        if node == self.focus:
            return self.block.items()
        return [(predicate, column[node]) for predicate, column in self.forward.items() if node in column]
