"""
A snapshot -> things, looked up one by one in a store on disk, so that memory does not grow with the catalogue.

In: IRIs. Out: things with their statements in all graphs, their labels, and the things that refer to them.
"""

from __future__ import annotations

import json
import os
import subprocess
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph

from ...core.errors import NotReadable
from ...core.languages import LANGUAGES
from ...core.namespaces import DCAT, DCT, FOAF, ORG, RDF, RDFS, SKOS, VCARD
from ...core.processes import python_command
from ...core.terms import Iri, Literal, Properties, Term, Thing
from ...core.text import fold
from ...core.vocabularies import read_term
from ..search.searching import SearchIndex
from .media import FORMATS
from .snapshot import Snapshot

_DATASET = pyoxigraph.NamedNode(DCAT.Dataset)
_TYPED = pyoxigraph.NamedNode(RDF.type)
#: Properties for the label of a thing, the preferred one first.
_NAMING = (DCT.title, FOAF.name, SKOS.prefLabel, VCARD.fn, RDFS.label)
#: What bodies are called, their names of today first.
_BODY_NAMES = (SKOS.prefLabel, FOAF.name, SKOS.altLabel)
#: The code of the finding that a plan has no date.
_UNDATED = "undated-plan"
_ORDER = {tag: position for position, tag in enumerate(LANGUAGES)}
#: Properties that list the contents of a catalogue; their values may be very many.
LISTS = frozenset({DCAT.dataset, DCAT.record, DCAT.catalog})


def fill_store(snapshot: Snapshot, started: Callable[[subprocess.Popen[bytes]], None] = lambda _process: None) -> None:
    """
    Load the quads of a snapshot into its store on disk, which any number of processes can read.

    Args:
        snapshot: The snapshot.

        started: Called with the process that loads them, which may be killed.

    Raises:
        NotReadable: The quads cannot be read.
    """
    quads = str(snapshot.output / "catalogue.nq")
    own = (str(snapshot.store), quads, str(snapshot.index), str(snapshot.history), snapshot.base)
    command = python_command(f"{__package__}.fill_store", *own, str(os.getpid()))
    process = subprocess.Popen(  # noqa: S603 - a module of ours
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    started(process)
    errors = process.communicate()[1]
    if process.returncode:
        problem = (errors.decode(errors="replace").strip().splitlines() or ["the process was ended"])[-1]
        raise NotReadable(f"The quads cannot be read: {problem}.", "catalogue.nq", "Build the catalogue again.")


def read_vocabularies(folder: Path, base: Iri) -> Any:
    """
    Return the vocabularies of a build as a store in memory.

    Args:
        folder: The folder with the files of the build.

        base: The base IRI of the catalogue.
    """
    store = pyoxigraph.Store()
    for path in sorted((folder / "vocabularies").glob("*.ttl")):
        store.load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE, base_iri=base)
    return store


def read_undated(folder: Path) -> Iterator[str]:
    """
    Yield the paths of the plans of which no file says when it was issued, as the report of a build has them.

    Args:
        folder: The folder with the files of the build; a report that is not there, or is not one, says nothing.
    """
    try:
        read = json.loads((folder / "report.json").read_bytes())["plans"]
        undated: dict[str, bool] = {}
        for one in read:
            is_undated = any(found["code"] == _UNDATED for found in one["findings"])
            for name in one["files"]:
                path = f"plan/{name.removeprefix('plans/').rpartition('.')[0]}"
                undated[path] = is_undated and undated.get(path, True)
        yield from (path for path, is_undated in undated.items() if is_undated)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A body: its IRI, its code, what it is called, and all that in folded texts."""

    iri: Iri
    code: str
    names: tuple[Literal, ...]
    folded: frozenset[str]


class Library:
    """
    The things of a snapshot.

    Args:
        snapshot: A snapshot with a filled store.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        """Open the store, and read the vocabularies into memory."""
        self.snapshot, self.base = snapshot, snapshot.base
        #: The languages that the site has pages in; a static site may have fewer, and links to no others.
        self.languages: Sequence[str] = LANGUAGES
        #: The formats of things that the site has besides pages.
        self.formats: Sequence[str] = tuple(suffix for suffix in FORMATS if suffix != "html")
        self._store = pyoxigraph.Store.read_only(str(snapshot.store))
        self._vocabularies = read_vocabularies(snapshot.output, self.base)
        datasets = {_get_iri(q.subject) for q in self._store.quads_for_pattern(None, _TYPED, _DATASET)}
        self.datasets = sorted(datasets)
        self.find_labels = lru_cache(maxsize=1 << 14)(self._find_labels)
        self.find_shared = lru_cache(maxsize=1 << 12)(self.find_stated)
        self.find_without_lists = lru_cache(maxsize=1 << 6)(self._find_without_lists)
        # A thing that is requested in one format or language is often requested in another soon after.
        self.find_document = lru_cache(maxsize=1 << 8)(self._find_document)
        self.find_thing = lru_cache(maxsize=1 << 8)(self._find_thing)
        self.has_document = lru_cache(maxsize=1 << 8)(self._has_document)
        self.find_records = lru_cache(maxsize=1 << 8)(self._find_records)
        self.find_links_to = lru_cache(maxsize=1 << 4)(self._find_links_to)

    @cached_property
    def index(self) -> SearchIndex:
        """Return the index of the datasets."""
        return SearchIndex(self.snapshot.index)

    @cached_property
    def bodies(self) -> list[NamedBody]:
        """Return the bodies with all their names."""
        bodies = []
        for iri in self.list_instances(ORG.Organization):
            terms = [term for name in _BODY_NAMES for term in self.find_values(iri, name)]
            names = tuple(term for term in dict.fromkeys(terms) if isinstance(term, Literal))
            code = iri.rpartition("/")[2]
            bodies.append(
                NamedBody(iri, code, names, frozenset(fold(text) for text in (code, *(one.value for one in names))))
            )
        return bodies

    @cached_property
    def contact(self) -> str:
        """Return the address of the contact point of the catalogue: mailto: or https:; empty without one."""
        for point in self.find_values(f"{self.base}catalogue", DCAT.contactPoint):
            for name in (VCARD.hasEmail, VCARD.hasURL):
                for address in self.find_values(str(point), name):
                    return str(address)
        return ""

    @cached_property
    def undated_plans(self) -> frozenset[Iri]:
        """Return the plans that do not say when they were issued: by the report, their month is the first one."""
        return frozenset(f"{self.base}{name}" for name in read_undated(self.snapshot.output))

    # ---- one thing

    def _find_thing(self, iri: Iri) -> Thing | None:
        """Return a thing with its statements in all graphs and vocabularies; None if there are none."""
        return self._describe(iri, (self._store, self._vocabularies))

    def find_stated(self, iri: Iri) -> Thing | None:
        """Return a thing with its statements in the catalogue, without vocabularies; None if there are none."""
        return self._describe(iri, (self._store,))

    def _describe(self, iri: Iri, stores: Sequence[pyoxigraph.Store]) -> Thing | None:
        """Return a thing with its statements in some stores; None if there are none."""
        node = _make_node(iri)
        if node is None:
            return None
        values: dict[Iri, set[Term]] = {}
        for store in stores:
            for quad in store.quads_for_pattern(node, None, None, None):
                values.setdefault(quad.predicate.value, set()).add(_convert_term(quad.object))
        return Thing(iri, _order_values(values)) if values else None

    def _find_without_lists(self, iri: Iri) -> Thing | None:
        """Return a catalogue without the lists of its contents."""
        thing = self.find_stated(iri)
        return thing and Thing(iri, {p: terms for p, terms in thing.properties.items() if p not in LISTS})

    def _find_document(self, iri: Iri) -> Sequence[Thing]:
        """
        Return the things that a document describes.

        They are the thing with the IRI of the document, its distributions if it is a dataset, and the things whose IRI
        is that of the document with a fragment.

        Args:
            iri: An IRI without fragment.
        """
        main = self.find_thing(iri)
        things = [main] if main else []
        for distribution in main.properties.get(DCAT.distribution, ()) if main else ():
            inner = self.find_thing(str(distribution))
            things += [inner] if inner else []
        return things + [thing for thing in map(self.find_thing, self.find_fragments(iri)) if thing]

    def _has_document(self, iri: Iri) -> bool:
        """Return whether there is a document with this IRI."""
        node = _make_node(iri)
        if node is None:
            return False
        stores = (self._store, self._vocabularies)
        return any(next(iter(s.quads_for_pattern(node, None, None, None)), None) for s in stores) or bool(
            self.find_fragments(iri)
        )

    def find_fragments(self, iri: Iri) -> Sequence[Iri]:
        """Return the IRIs that consist of the IRI of a document and a fragment, sorted."""
        return self._fragments.get(iri, ())

    @cached_property
    def _fragments(self) -> dict[Iri, list[Iri]]:
        """Return all IRIs with a fragment by IRI of the document."""
        fragments: dict[Iri, list[Iri]] = {}
        for iri in sorted(set(self._list_subjects('FILTER(CONTAINS(STR(?thing), "#"))'))):
            fragments.setdefault(iri.partition("#")[0], []).append(iri)
        return fragments

    def _list_subjects(self, condition: str = "") -> Iterator[Iri]:
        """Yield the IRIs of all things under the base IRI; some occur twice."""
        # A query, because the store then removes duplicates before it creates Python objects.
        query = f"SELECT DISTINCT ?thing {{ ?thing a ?class {condition} }}"
        for store in (self._store, self._vocabularies):
            rows: Any = store.query(query, use_default_graph_as_union=True)
            yield from (iri for row in rows if (iri := _get_iri(row[0])).startswith(self.base))

    def list_documents(self) -> list[Iri]:
        """Return the IRIs of all documents under the base IRI, sorted."""
        return sorted({iri.partition("#")[0] for iri in self._list_subjects()})

    def list_instances(self, class_iri: Iri) -> list[Iri]:
        """Return the IRIs of all instances of a class under the base IRI, sorted."""
        class_node = pyoxigraph.NamedNode(class_iri)
        stores = (self._store, self._vocabularies)
        iris = {_get_iri(q.subject) for s in stores for q in s.quads_for_pattern(None, _TYPED, class_node, None)}
        return sorted(iri for iri in iris if iri.startswith(self.base))

    # ---- around a thing

    def find_values(self, iri: Iri, predicate: Iri) -> list[Term]:
        """Return the values of one property."""
        node = _make_node(iri)
        if node is None:
            return []
        name = pyoxigraph.NamedNode(predicate)
        stores = (self._store, self._vocabularies)
        return sorted(
            {_convert_term(q.object) for s in stores for q in s.quads_for_pattern(node, name, None, None)},
            key=_get_rank,
        )

    def _find_labels(self, iri: Iri) -> tuple[Literal, ...]:
        """Return the labels of a thing in all languages; empty if there are none."""
        for predicate in _NAMING:
            literals = [term for term in self.find_values(iri, predicate) if isinstance(term, Literal)]
            if literals:
                return tuple(literals)
        return ()

    def _find_links_to(self, iri: Iri, limit: int) -> Sequence[tuple[Iri, Iri]]:
        """
        Return the predicates and subjects of statements whose object is a thing, sorted.

        Args:
            iri: The thing.

            limit: The number of statements to return; one more is returned if there are more.
        """
        node = _make_node(iri)
        if node is None:
            return []
        stores = (self._store, self._vocabularies)
        quads = (q for s in stores for q in s.quads_for_pattern(None, None, node, None))
        return sorted({(q.predicate.value, _get_iri(q.subject)) for q in islice(quads, limit + 1)})

    def _find_records(self, dataset: Iri) -> Sequence[Iri]:
        """Return the catalogue records of a dataset, sorted."""
        return self.find_subjects(FOAF.primaryTopic, dataset)

    def find_subjects(self, predicate: Iri, iri: Iri) -> list[Iri]:
        """
        Return the things that state a thing as a value of a property, sorted.

        Args:
            predicate: The property.

            iri: The thing.
        """
        node = _make_node(iri)
        if node is None:
            return []
        return sorted(
            {_get_iri(q.subject) for q in self._store.quads_for_pattern(None, pyoxigraph.NamedNode(predicate), node)}
        )

    def find_listing_catalogues(self, iri: Iri) -> list[tuple[Iri, Iri]]:
        """Return the catalogues that list a thing, each with the property, sorted."""
        node = _make_node(iri)
        if node is None:
            return []
        names = [pyoxigraph.NamedNode(name) for name in LISTS]
        quads = (q for name in names for q in self._store.quads_for_pattern(None, name, node))
        return sorted({(_get_iri(q.subject), q.predicate.value) for q in quads})

    def find_dataset_position(self, identifier: str) -> int:
        """Return the position of the first dataset whose identifier is not less than a given one."""
        return bisect_left(self.datasets, f"{self.base}dataset/{identifier}")


def _make_node(iri: Iri) -> Any:
    """Return an IRI as a node of the store; None if it is not a valid IRI."""
    try:
        return pyoxigraph.NamedNode(iri)
    except ValueError:
        return None


#: Cached, because many things share values such as bodies, classes, licences and months.
_convert_term = lru_cache(maxsize=1 << 13)(read_term)


def _get_iri(term: Any) -> Iri:
    """Return the IRI of a subject; a catalogue has no blank nodes."""
    return str(term.value)


def _order_values(values: dict[Iri, set[Term]]) -> Properties:
    """Return properties and values in an order that does not depend on the store."""
    return {predicate: sorted(values[predicate], key=_get_rank) for predicate in sorted(values)}


def _get_rank(term: Term) -> tuple[bool, int, str, str]:
    """Return the sort key of a term: printed texts before converted ones, Traditional Chinese first."""
    if isinstance(term, str):
        return (False, 0, "", term)
    return ("-t-" in term.language, _ORDER.get(term.language.partition("-t-")[0], 3), term.language, term.value)
