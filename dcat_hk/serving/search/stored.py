"""
Stores -> the values of a thing by property, and the things that state it, always in the same order.

In: a store of pyoxigraph with a catalogue, and one with its vocabularies. Out: terms and IRIs. What gathers rows for
the index reads the stores through here, and holds nothing that holds it: they are closed with the last that reads them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyoxigraph

from ...core.terms import Iri

Values = Mapping[Iri, Sequence[Any]]


class StoredThings:
    """
    The things of a catalogue and of its vocabularies.

    Args:
        store: The store of the catalogue.

        vocabularies: The store of its vocabularies.
    """

    def __init__(self, store: Any, vocabularies: Any) -> None:
        """Keep the stores."""
        self._store, self._vocabularies = store, vocabularies

    def find_values(self, iri: Iri) -> Values:
        """
        Return the values of a thing by property, in an order that does not depend on the store.

        Args:
            iri: The thing.
        """
        values: dict[Iri, dict[Any, None]] = {}
        for store in (self._store, self._vocabularies):
            for quad in store.quads_for_pattern(pyoxigraph.NamedNode(iri), None, None, None):
                values.setdefault(quad.predicate.value, {})[quad.object] = None
        return {name: sorted(terms, key=_get_order) for name, terms in values.items()}

    def find_subjects(self, predicate: Iri, iri: Iri) -> list[Iri]:
        """
        Return the things that state a thing as a value of a property in the catalogue, sorted.

        Args:
            predicate: The property.

            iri: The thing.
        """
        pattern = (None, pyoxigraph.NamedNode(predicate), pyoxigraph.NamedNode(iri))
        return sorted({quad.subject.value for quad in self._store.quads_for_pattern(*pattern)})


def _get_order(term: Any) -> tuple[bool, str]:
    """Return the sort key of a term: printed texts before converted ones."""
    return "-t-" in (getattr(term, "language", "") or ""), str(term)
