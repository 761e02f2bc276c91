"""
Datasets -> pages for harvesters, each a self-contained graph.

In: the library and the name of a page. Out: the things on the page. A page begins at an identifier, not at a number:
if a new build replaces this one while a harvester reads the pages, it misses nothing that is in both builds.

Spec: Hydra Core Vocabulary, section 4 (collections); as ckanext-dcat, udata and piveau read it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...core.namespaces import DCAT, RDF, XSD, dataset_of
from ...core.terms import Iri, Literal, Properties, Term, Thing
from .formats import FEED_PREFIXES
from .library import LISTS, Library

#: The name of the first page, and the beginning of the names of the others, without the suffix of the format.
FIRST, OTHERS = "feed/datasets", "feed/datasets/from-"
#: The number of datasets on a page.
PAGE_SIZE = 100

_HYDRA = FEED_PREFIXES["hydra"]


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page of the feed: the position of its first dataset, the size of pages, and the number of all datasets."""

    start: int
    size: int
    total: int


def list_pages(library: Library, size: int = PAGE_SIZE) -> list[str]:
    """Return the names of all pages of a catalogue in order, without the suffix of the format."""
    return [_make_name(library, start) for start in range(0, max(len(library.datasets), 1), size)]


def _make_name(library: Library, start: int) -> str:
    """Return the name of the page that begins at a position among all datasets."""
    if start <= 0 or start >= len(library.datasets):
        return FIRST
    return OTHERS + library.datasets[start].removeprefix(f"{library.base}dataset/")


def gather_contents(library: Library, name: str, size: int = PAGE_SIZE) -> dict[Iri, Thing]:
    """
    Return the things on a page that are the same in every format, by IRI: catalogues, datasets and what they refer to.

    Args:
        library: The library of things.

        name: The name of the page without the suffix of the format.

        size: The number of datasets on a page.
    """
    start = _find_start(library, name)
    return _gather_closure(library, library.datasets[start : start + size])


def _find_start(library: Library, name: str) -> int:
    """Return the position of the first dataset of a page."""
    return 0 if name == FIRST else library.find_dataset_position(name.removeprefix(OTHERS))


def make_page(library: Library, name: str, suffix: str, size: int, contents: Mapping[Iri, Thing]) -> list[Thing]:
    """
    Return the things on a page in the order in which they are written, with the description of the page itself.

    Args:
        library: The library of things.

        name: The name of the page without the suffix of the format.

        suffix: The format; other pages are linked in the same format.

        size: The number of datasets on a page.

        contents: The things from `gather_contents`.
    """
    feed_page = FeedPage(_find_start(library, name), size, len(library.datasets))
    things = dict(contents)
    top = f"{library.base}catalogue"
    view = f"{library.base}{name}.{suffix}"
    collection = things.pop(top, Thing(top, {RDF.type: [DCAT.Catalog]}))
    head = [_describe_collection(collection, view, feed_page), _describe_view(library, view, suffix, feed_page)]
    return head + [things[iri] for iri in sorted(things)]


def _describe_collection(top: Thing, view: Iri, feed_page: FeedPage) -> Thing:
    """Return the top catalogue as a hydra:Collection."""
    properties: Properties = dict(top.properties)
    properties[RDF.type] = [*properties[RDF.type], f"{_HYDRA}Collection"]
    properties[f"{_HYDRA}totalItems"] = [Literal(str(feed_page.total), "", XSD.integer)]
    properties[f"{_HYDRA}view"] = [view]
    return Thing(top.iri, properties)


def _describe_view(library: Library, view: Iri, suffix: str, feed_page: FeedPage) -> Thing:
    """Return the page as a hydra:PartialCollectionView with links to other pages."""

    def link(start: int) -> list[Term]:
        return [f"{library.base}{_make_name(library, start)}.{suffix}"]

    last = (max(feed_page.total, 1) - 1) // feed_page.size * feed_page.size
    properties: Properties = {
        RDF.type: [f"{_HYDRA}PartialCollectionView"],
        f"{_HYDRA}first": link(0),
        f"{_HYDRA}last": link(last),
        f"{_HYDRA}totalItems": [Literal(str(feed_page.total), "", XSD.integer)],
    }
    if feed_page.start > 0:
        properties[f"{_HYDRA}previous"] = link(feed_page.start - feed_page.size)
    if feed_page.start + feed_page.size < feed_page.total:
        properties[f"{_HYDRA}next"] = link(feed_page.start + feed_page.size)
    return Thing(view, properties)


def _gather_closure(library: Library, datasets: Sequence[Iri]) -> dict[Iri, Thing]:
    """Return datasets, their records and catalogues, and the things they refer to, by IRI."""
    things: dict[Iri, Thing] = {}
    records = [record for dataset in datasets for record in library.find_records(dataset)]
    catalogues = _find_catalogues(library, [*datasets, *records])
    pending = [iri for thing in catalogues.values() for iri in _list_targets(thing, library.base)]
    pending += [*datasets, *records]
    unshared = tuple(f"{library.base}{kind}/" for kind in ("dataset", "record"))
    while pending:
        iri = pending.pop()
        if iri in things or iri in catalogues:
            continue
        # Bodies, plans and concepts are on many pages and cached; datasets and records are on one.
        thing = library.find_stated(iri) if iri.startswith(unshared) else library.find_shared(iri)
        if thing is not None:
            things[iri] = thing
            pending += _list_targets(thing, library.base)
    return things | catalogues


def _find_catalogues(library: Library, listed: Sequence[Iri]) -> dict[Iri, Thing]:
    """Return the catalogues that list some things, the top one first; their lists contain only these things."""
    lists: dict[Iri, dict[Iri, list[Term]]] = {f"{library.base}catalogue": {}}
    pending = list(listed)
    while pending:
        iri = pending.pop(0)
        for catalogue, predicate in library.find_listing_catalogues(iri):
            if catalogue not in lists:
                pending.append(catalogue)
            lists.setdefault(catalogue, {}).setdefault(predicate, []).append(iri)
    things = {iri: library.find_without_lists(iri) for iri in lists}
    return {
        iri: Thing(iri, {**thing.properties, **{predicate: sorted(terms) for predicate, terms in lists[iri].items()}})
        for iri, thing in things.items()
        if thing is not None
    }


def _list_targets(thing: Thing, base: Iri) -> list[Iri]:
    """Return the IRIs that a thing refers to, except for lists, classes and other datasets."""
    return [
        term
        for predicate, terms in thing.properties.items()
        if predicate not in LISTS and predicate != RDF.type
        for term in terms
        if isinstance(term, str) and (not term.startswith(f"{base}dataset/") or dataset_of(term) != term)
    ]


__all__ = ["FIRST", "OTHERS", "PAGE_SIZE", "gather_contents", "list_pages", "make_page"]
