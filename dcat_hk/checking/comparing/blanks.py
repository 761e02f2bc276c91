"""
Blank nodes -> what they stand for: two builds call the same one by different names.

In: the facts of blank nodes, and facts that point at them. Out: facts in whose terms a blank node is written as
everything that is said of it, so that two are equal if the same is said of them. All of them are in memory: a build of
this program has none.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..shacl.neighbourhood import Block

#: A fact: subject, predicate, object.
Fact = tuple[str, str, str]
#: So deep is what a blank node says written out; what lies deeper, or leads back, is only counted.
_DEEPEST = 8


class BlankNodes:
    """
    The blank nodes of a build.

    >>> blanks = BlankNodes()
    >>> blanks.add("_:b7", {"<urn:month>": ['"5"']})
    >>> blanks.point("<urn:a>", "<urn:when>", "_:b7")
    >>> list(blanks.facts())
    [('<urn:a>', '<urn:when>', '[ <urn:month> "5" ]')]
    """

    def __init__(self) -> None:
        """Start empty."""
        self._pairs: dict[str, set[tuple[str, str]]] = {}
        self._pointers: list[Fact] = []

    def add(self, subject: str, block: Block) -> None:
        """Add what is said of a blank node: objects by predicate."""
        pairs = ((predicate, value) for predicate, values in block.items() for value in values)
        self._pairs.setdefault(subject, set()).update(pairs)

    def point(self, subject: str, predicate: str, blank: str) -> None:
        """Add a fact of a thing with an IRI whose value is a blank node."""
        self._pointers.append((subject, predicate, blank))

    def facts(self) -> Iterator[Fact]:
        """Yield the facts that have blank nodes in them; one that nothing points at is the subject of its own."""
        pointed_at = {blank for _subject, _predicate, blank in self._pointers}
        pointed_at |= {value for pairs in self._pairs.values() for _predicate, value in pairs}
        for subject, predicate, blank in self._pointers:
            yield subject, predicate, self._content(blank)
        for subject, pairs in self._pairs.items():
            if subject not in pointed_at:
                for predicate, value in pairs:
                    yield self._content(subject), predicate, self._content(value)

    def _content(self, term: str, above: tuple[str, ...] = ()) -> str:
        """Return what a blank node stands for; any other term as it is."""
        if not term.startswith("_:"):
            return term
        if term in above or len(above) >= _DEEPEST:
            return f"[ … {len(self._pairs.get(term, ()))} ]"
        inside = sorted(
            f"{predicate} {self._content(value, (*above, term))}" for predicate, value in self._pairs.get(term, ())
        )
        return f"[ {' ; '.join(inside)} ]" if inside else "[]"
