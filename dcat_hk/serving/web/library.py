"""
A snapshot -> things: looked up one by one, in a store on disk, so that memory does not grow with the catalogue.

In: IRIs. Out: things with all that is said of them in any graph, their labels, what points at them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

import pyoxigraph

from ...core.errors import NotReadable
from ...core.languages import LANGUAGES
from ...core.namespaces import DCAT, DCT, FOAF, RDF, RDFS, SKOS, VCARD
from ...core.processes import run_python
from ...core.terms import Iri, Literal, Properties, Term, Thing
from ...core.vocabularies import read_term
from .snapshot import Snapshot

_DATASET = pyoxigraph.NamedNode(DCAT.Dataset)
_TYPED = pyoxigraph.NamedNode(RDF.type)
#: Properties that name a thing, the best first.
_NAMING = (DCT.title, FOAF.name, SKOS.prefLabel, VCARD.fn, RDFS.label)
_ORDER = {tag: position for position, tag in enumerate(LANGUAGES)}
#: Properties that list what a catalogue holds; looking at one thing does not mean all of these.
LISTS = frozenset({DCAT.dataset, DCAT.record, DCAT.catalog})


def fill(snapshot: Snapshot) -> None:
    """
    Put a snapshot's quads into its store on disk, where any number of processes can read them.

    Raises:
        NotReadable: The quads cannot be read.
    """
    quads = str(snapshot.output / "catalogue.nq")
    ended = run_python(f"{__package__}.fill_store", str(snapshot.store), quads)
    if ended is None or ended.returncode:
        lines = ended.stderr.decode(errors="replace").strip().splitlines() if ended else []
        problem = (lines or ["the process was ended"])[-1]
        raise NotReadable(f"The quads cannot be read: {problem}.", "catalogue.nq", "Build the catalogue again.")


class Library:
    """
    The things of a snapshot.

    Args:
        snapshot: A snapshot whose store was filled.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        """Open the store, and read the vocabularies, all of their terms, into memory."""
        self.snapshot, self.base = snapshot, snapshot.base
        self._store = pyoxigraph.Store.read_only(str(snapshot.store))
        self._more = pyoxigraph.Store()
        for name in sorted(snapshot.files):
            if name.startswith("vocabularies/") and name.endswith(".ttl"):
                self._more.load(
                    path=str(snapshot.output / name),
                    format=pyoxigraph.RdfFormat.TURTLE,
                    base_iri=self.base,
                )
        found = {_iri(q.subject) for q in self._store.quads_for_pattern(None, _TYPED, _DATASET)}
        self.datasets = sorted(found)
        self.label = lru_cache(maxsize=1 << 14)(self._label)
        self.shared = lru_cache(maxsize=1 << 12)(self.stated)
        self.bare = lru_cache(maxsize=1 << 6)(self._bare)
        # What is asked for in one form or language is often asked for in the next, too.
        self.document = lru_cache(maxsize=1 << 8)(self._document)
        self.thing = lru_cache(maxsize=1 << 8)(self._thing)
        self.has = lru_cache(maxsize=1 << 8)(self._has)
        self.records = lru_cache(maxsize=1 << 8)(self._records)
        self.pointing_at = lru_cache(maxsize=1 << 4)(self._pointing_at)

    # ---- one thing

    def _thing(self, iri: Iri) -> Thing | None:
        """Return a thing with everything that any graph or vocabulary says of it, None if nothing does."""
        return self._described(iri, (self._store, self._more))

    def stated(self, iri: Iri) -> Thing | None:
        """Return a thing with what the catalogue itself says of it, None if it says nothing."""
        return self._described(iri, (self._store,))

    def _described(self, iri: Iri, stores: Sequence[pyoxigraph.Store]) -> Thing | None:
        """Return a thing with what some stores say of it."""
        node = _node(iri)
        if node is None:
            return None
        found: dict[Iri, set[Term]] = {}
        for store in stores:
            for quad in store.quads_for_pattern(node, None, None, None):
                found.setdefault(quad.predicate.value, set()).add(_term(quad.object))
        return Thing(iri, _ordered(found)) if found else None

    def _bare(self, iri: Iri) -> Thing | None:
        """Return a catalogue without its lists, which may be as long as everything else together."""
        thing = self.stated(iri)
        return thing and Thing(iri, {p: terms for p, terms in thing.properties.items() if p not in LISTS})

    def _document(self, iri: Iri) -> Sequence[Thing]:
        """
        Return the things that a document describes.

        These are the one it is named for, those named by a fragment of it, and of a dataset its distributions.

        Args:
            iri: An IRI without fragment.
        """
        main = self.thing(iri)
        found = [main] if main else []
        for distribution in main.properties.get(DCAT.distribution, ()) if main else ():
            inner = self.thing(str(distribution))
            found += [inner] if inner else []
        return found + [thing for thing in map(self.thing, self.fragments(iri)) if thing]

    def _has(self, iri: Iri) -> bool:
        """Tell whether there is a document of this IRI."""
        node = _node(iri)
        if node is None:
            return False
        stores = (self._store, self._more)
        return any(next(iter(s.quads_for_pattern(node, None, None, None)), None) for s in stores) or bool(
            self.fragments(iri)
        )

    def fragments(self, iri: Iri) -> Sequence[Iri]:
        """Return the IRIs of things named by a fragment of a document, sorted."""
        return self._fragments.get(iri, ())

    @cached_property
    def _fragments(self) -> dict[Iri, list[Iri]]:
        """Return all IRIs with fragments by their documents."""
        found: dict[Iri, list[Iri]] = {}
        for iri in sorted(set(self._subjects('FILTER(CONTAINS(STR(?thing), "#"))'))):
            found.setdefault(iri.partition("#")[0], []).append(iri)
        return found

    def _subjects(self, condition: str = "") -> Iterator[Iri]:
        """Yield the IRIs of all things under the base IRI, some of them twice."""
        # A query: the store then leaves out what it has seen before it makes objects of it.
        query = f"SELECT DISTINCT ?thing {{ ?thing a ?class {condition} }}"
        for store in (self._store, self._more):
            rows: Any = store.query(query, use_default_graph_as_union=True)
            yield from (iri for row in rows if (iri := _iri(row[0])).startswith(self.base))

    def documents(self) -> list[Iri]:
        """Return the IRIs of all documents under the base IRI, sorted."""
        return sorted({iri.partition("#")[0] for iri in self._subjects()})

    def of_type(self, kind: Iri) -> list[Iri]:
        """Return the IRIs of all things of a class under the base IRI, sorted."""
        wanted = pyoxigraph.NamedNode(kind)
        stores = (self._store, self._more)
        found = {_iri(q.subject) for s in stores for q in s.quads_for_pattern(None, _TYPED, wanted, None)}
        return sorted(iri for iri in found if iri.startswith(self.base))

    # ---- around a thing

    def values(self, iri: Iri, predicate: Iri) -> list[Term]:
        """Return the values of one property."""
        node = _node(iri)
        if node is None:
            return []
        name = pyoxigraph.NamedNode(predicate)
        stores = (self._store, self._more)
        return sorted({_term(q.object) for s in stores for q in s.quads_for_pattern(node, name, None, None)}, key=_rank)

    def _label(self, iri: Iri) -> tuple[Literal, ...]:
        """Return what a thing is called, in all languages; nothing if nothing names it."""
        for predicate in _NAMING:
            found = [term for term in self.values(iri, predicate) if isinstance(term, Literal)]
            if found:
                return tuple(found)
        return ()

    def _pointing_at(self, iri: Iri, most: int) -> Sequence[tuple[Iri, Iri]]:
        """
        Return what points at a thing: predicates and subjects, sorted.

        Args:
            iri: The thing.

            most: How many are looked at; one more than that says that there are more.
        """
        node = _node(iri)
        if node is None:
            return []
        stores = (self._store, self._more)
        quads = (q for s in stores for q in s.quads_for_pattern(None, None, node, None))
        return sorted({(q.predicate.value, _iri(q.subject)) for q in islice(quads, most + 1)})

    def _records(self, dataset: Iri) -> Sequence[Iri]:
        """Return the records that state a dataset, sorted."""
        node, topic = _node(dataset), pyoxigraph.NamedNode(FOAF.primaryTopic)
        if node is None:
            return []
        return sorted({_iri(q.subject) for q in self._store.quads_for_pattern(None, topic, node, None)})

    def listed_in(self, iri: Iri) -> list[tuple[Iri, Iri]]:
        """Return the catalogues that list a thing, with the property that does, sorted."""
        node = _node(iri)
        if node is None:
            return []
        names = [pyoxigraph.NamedNode(name) for name in LISTS]
        quads = (q for name in names for q in self._store.quads_for_pattern(None, name, node))
        return sorted({(_iri(q.subject), q.predicate.value) for q in quads})

    def dataset_from(self, identifier: str) -> int:
        """Return the place among all datasets of the first one that is not before an identifier."""
        return bisect_left(self.datasets, f"{self.base}dataset/{identifier}")


def _node(iri: Iri) -> Any:
    """Return an IRI as the store takes it, None if it cannot be one."""
    try:
        return pyoxigraph.NamedNode(iri)
    except ValueError:
        return None


#: Many things have the same values: bodies, classes, states, licences, months.
_term = lru_cache(maxsize=1 << 13)(read_term)


def _iri(term: Any) -> Iri:
    """Return the IRI of a subject; the catalogue has no others."""
    return str(term.value)


def _ordered(found: dict[Iri, set[Term]]) -> Properties:
    """Return properties with their values in an order that does not depend on the store."""
    return {predicate: sorted(found[predicate], key=_rank) for predicate in sorted(found)}


def _rank(term: Term) -> tuple[bool, int, str, str]:
    """Return the place of a term among others: printed words before derived ones, Traditional Chinese first."""
    if isinstance(term, str):
        return (False, 0, "", term)
    return ("-t-" in term.language, _ORDER.get(term.language.partition("-t-")[0], 3), term.language, term.value)
