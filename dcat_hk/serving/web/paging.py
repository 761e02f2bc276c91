"""
Datasets -> pages for harvesters, each a graph that is complete in itself.

In: the library and where a page begins. Out: the things of the page. A page begins at an identifier, not at a
number: when another build takes the place of this one while pages are read, nothing that is in both is missed.

Spec: Hydra Core Vocabulary, section 4 (collections); as ckanext-dcat, udata and piveau read it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...core.namespaces import DCAT, RDF, XSD
from ...core.terms import Iri, Literal, Properties, Term, Thing
from .forms import FEED_PREFIXES
from .library import LISTS, Library

#: Where the first page is, and what others are called, without the ending of their form.
FIRST, OTHERS = "feed/datasets", "feed/datasets/from-"
#: How many datasets a page has.
SIZE = 100

_HYDRA = FEED_PREFIXES["hydra"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is among all: the number of its first dataset, how many there are on a page, and in all."""

    start: int
    size: int
    total: int


def starts(library: Library, size: int = SIZE) -> list[str]:
    """Return the names of all pages of a catalogue, in order, without the ending of their form."""
    return [_name(library, start) for start in range(0, max(len(library.datasets), 1), size)]


def _name(library: Library, start: int) -> str:
    """Return the name of the page that begins with a dataset."""
    if start <= 0 or start >= len(library.datasets):
        return FIRST
    return OTHERS + library.datasets[start].removeprefix(f"{library.base}dataset/")


def contents(library: Library, name: str, size: int = SIZE) -> dict[Iri, Thing]:
    """
    Return what is on a page whatever its form: catalogues, datasets and all that these point at, by IRI.

    Args:
        library: Where things are looked up.

        name: The page's name without the ending of its form.

        size: How many datasets a page has.
    """
    start = _start(library, name)
    return _closure(library, library.datasets[start : start + size])


def _start(library: Library, name: str) -> int:
    """Return the number of the first dataset of a page."""
    return 0 if name == FIRST else library.dataset_from(name.removeprefix(OTHERS))


def page(library: Library, name: str, form: str, size: int, found: Mapping[Iri, Thing]) -> list[Thing]:
    """
    Return the things of a page in the order in which they are written, the page itself among them.

    Args:
        library: Where things are looked up.

        name: The page's name without the ending of its form.

        form: That ending: neighbouring pages are linked in the same form.

        size: How many datasets a page has.

        found: Its contents.
    """
    place = Place(_start(library, name), size, len(library.datasets))
    around = dict(found)
    top = f"{library.base}catalogue"
    view = f"{library.base}{name}.{form}"
    collection = around.pop(top, Thing(top, {RDF.type: [DCAT.Catalog]}))
    head = [_collection(collection, view, place), _view(library, view, form, place)]
    return head + [around[iri] for iri in sorted(around)]


def _collection(top: Thing, view: Iri, place: Place) -> Thing:
    """Return the top catalogue as the collection that pages are of."""
    properties: Properties = dict(top.properties)
    properties[RDF.type] = [*properties[RDF.type], f"{_HYDRA}Collection"]
    properties[f"{_HYDRA}totalItems"] = [Literal(str(place.total), "", XSD.integer)]
    properties[f"{_HYDRA}view"] = [view]
    return Thing(top.iri, properties)


def _view(library: Library, view: Iri, form: str, place: Place) -> Thing:
    """Return the page with its neighbours."""

    def link(start: int) -> list[Term]:
        return [f"{library.base}{_name(library, start)}.{form}"]

    last = (max(place.total, 1) - 1) // place.size * place.size
    properties: Properties = {
        RDF.type: [f"{_HYDRA}PartialCollectionView"],
        f"{_HYDRA}first": link(0),
        f"{_HYDRA}last": link(last),
        f"{_HYDRA}totalItems": [Literal(str(place.total), "", XSD.integer)],
    }
    if place.start > 0:
        properties[f"{_HYDRA}previous"] = link(place.start - place.size)
    if place.start + place.size < place.total:
        properties[f"{_HYDRA}next"] = link(place.start + place.size)
    return Thing(view, properties)


def _closure(library: Library, datasets: Sequence[Iri]) -> dict[Iri, Thing]:
    """Return datasets, their records and catalogues, and whatever these point at, by IRI."""
    found: dict[Iri, Thing] = {}
    records = [record for dataset in datasets for record in library.records(dataset)]
    catalogues = _catalogues(library, [*datasets, *records])
    waiting = [iri for thing in catalogues.values() for iri in _pointed_at(thing, library.base)]
    waiting += [*datasets, *records]
    own = tuple(f"{library.base}{kind}/" for kind in ("dataset", "record"))
    while waiting:
        iri = waiting.pop()
        if iri in found or iri in catalogues:
            continue
        # Bodies, plans and concepts are on many pages; datasets and records are on one.
        thing = library.stated(iri) if iri.startswith(own) else library.shared(iri)
        if thing is not None:
            found[iri] = thing
            waiting += _pointed_at(thing, library.base)
    return found | catalogues


def _catalogues(library: Library, listed: Sequence[Iri]) -> dict[Iri, Thing]:
    """Return the catalogues that list some things, the top one first, with lists of nothing but these."""
    lists: dict[Iri, dict[Iri, list[Term]]] = {f"{library.base}catalogue": {}}
    waiting = list(listed)
    while waiting:
        iri = waiting.pop(0)
        for catalogue, predicate in library.listed_in(iri):
            if catalogue not in lists:
                waiting.append(catalogue)
            lists.setdefault(catalogue, {}).setdefault(predicate, []).append(iri)
    things = {iri: library.bare(iri) for iri in lists}
    return {
        iri: Thing(iri, {**thing.properties, **{predicate: sorted(terms) for predicate, terms in lists[iri].items()}})
        for iri, thing in things.items()
        if thing is not None
    }


def _pointed_at(thing: Thing, base: Iri) -> list[Iri]:
    """Return what a thing points at, but for lists, classes and other datasets."""
    return [
        term
        for predicate, terms in thing.properties.items()
        if predicate not in LISTS and predicate != RDF.type
        for term in terms
        if isinstance(term, str) and (not term.startswith(f"{base}dataset/") or "/distribution/" in term)
    ]


__all__ = ["FIRST", "OTHERS", "SIZE", "contents", "page", "starts"]
