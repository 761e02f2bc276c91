"""
Published catalogue -> another syntax, whole or in part.

In: an output folder and filters. Out: text, piece by piece. Memory holds one plan's things at a time, and
the concepts.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ...core.errors import UsageError
from ...core.languages import LANGUAGE_OF_SCRIPT, OTHER_SCRIPT
from ...core.namespaces import ADMS, DCAT, DCT, FOAF, RDF, XSD, dataset_of
from ...core.syntaxes.framed import FramedJsonLd
from ...core.syntaxes.jsonld import MARGIN, STEP, JsonLd
from ...core.syntaxes.nquads import write_quads
from ...core.syntaxes.rdfxml import RdfXml
from ...core.syntaxes.turtle import Turtle
from ...core.terms import Iri, Literal, Properties, Term, Thing
from .published import Described, base_of, read_things

#: What harvesters read dates from.
_DATED = {DCT.issued, DCT.modified, DCT.available}
#: What CKAN refuses in a tag, or splits it at.
_NO_TAG = re.compile(r"[^\w .-]+")


@dataclass(frozen=True, slots=True)
class Selection:
    """
    What of a catalogue is wanted; empty for everything.

    `plan` is like hk-hkpf/2024-2026, `organisation` a publisher's code, `stage` planned or released,
    `script` the one Chinese script to keep, `derived` what becomes of derived labels. `dates` is month as printed, or
    full: the first day of the month, for readers that understand no months; records keep the month in our terms.
    `keywords` is text as printed, or tags: what tag systems such as CKAN's take.
    """

    plan: str = ""
    organisation: str = ""
    stage: str = ""
    script: str = ""
    derived: str = "tagged"
    dates: str = "month"
    keywords: str = "text"

    @property
    def is_partial(self) -> bool:
        """Return whether some datasets are left out."""
        return bool(self.plan or self.organisation or self.stage)


def export(folder: Path, syntax: str, selection: Selection) -> Iterator[str]:
    """
    Return a published catalogue in a syntax, piece by piece.

    Args:
        folder: An output folder.

        syntax: A name in `SYNTAXES`.

        selection: What is wanted of it.

    Raises:
        NotReadable: The folder holds no published catalogue.

        UsageError: Nothing is left of the catalogue.
    """
    base = base_of(folder)
    return SYNTAXES[syntax](read_selection(folder, base, selection)(), base)


def export_framed(folder: Path, selection: Selection) -> Iterator[str]:
    """
    Return the datasets of a published catalogue as framed JSON-LD, by IRI, piece by piece.

    What they point at is held in memory; datasets wait in a temporary file until they are sorted.

    Args:
        folder: An output folder.

        selection: What is wanted of it.

    Raises:
        NotReadable: The folder holds no published catalogue.

        UsageError: Nothing is left of the catalogue.
    """
    base = base_of(folder)
    return _framed(read_selection(folder, base, selection), base)


def read_selection(folder: Path, base: Iri, selection: Selection) -> Callable[[], Iterator[Described]]:
    """
    Return a function that reads what is wanted of a catalogue from the start.

    Args:
        folder: An output folder.

        base: Its base IRI.

        selection: What is wanted of it.

    Raises:
        NotReadable: The folder holds no published catalogue.

        UsageError: Nothing is left of the catalogue.
    """
    selected = _select_things(folder, base, selection) if selection.is_partial else None
    if selected is not None and not selected.datasets:
        raise UsageError.of("catalogue.nothing-left")

    def read() -> Iterator[Described]:
        things = read_things(folder) if selected is None else _read_selected(folder, base, selected)
        return (Described(graph, _with_texts(thing, selection)) for graph, thing in things)

    return read


# ---- selection


@dataclass(slots=True)
class _SelectedThings:
    """The datasets that are wanted, with their records and the catalogues of plans that state them."""

    datasets: set[Iri]
    records: set[Iri]
    catalogues: set[Iri]


def _select_things(folder: Path, base: Iri, selection: Selection) -> _SelectedThings:
    """Return what is wanted of a catalogue."""
    publisher = f"{base}organisation/{selection.organisation}"
    status = f"{base}def/plan#{selection.stage}"
    only = f"{base}catalogue/{selection.plan}" if selection.plan else ""
    datasets: set[Iri] = set()
    datasets_of: dict[Iri, list[Iri]] = {}
    topics: dict[Iri, tuple[Iri, Iri]] = {}
    for graph, (iri, properties) in read_things(folder):
        types = properties.get(RDF.type, ())
        if DCAT.Catalog in types and iri == graph and (not only or iri == only):
            datasets_of[iri] = [t for t in properties.get(DCAT.dataset, ()) if isinstance(t, str)]
        elif DCAT.CatalogRecord in types:
            topics[iri] = str(properties[FOAF.primaryTopic][0]), graph
        elif DCAT.Dataset in types:
            of_publisher = not selection.organisation or publisher in properties.get(DCT.publisher, ())
            at_stage = not selection.stage or status in properties.get(ADMS.status, ())
            datasets |= {iri} if of_publisher and at_stage else set()
    datasets_of.pop(f"{base}catalogue", None)
    datasets &= {iri for members in datasets_of.values() for iri in members}
    catalogues = {iri for iri, members in datasets_of.items() if datasets.intersection(members)}
    records = {iri for iri, (topic, graph) in topics.items() if topic in datasets and graph in catalogues}
    return _SelectedThings(datasets, records, catalogues)


def _read_selected(folder: Path, base: Iri, selected: _SelectedThings) -> Iterator[Described]:
    """Yield the things that are wanted, then the concepts and bodies that they point at."""
    pointed_at: set[Iri] = set()
    concepts: dict[Iri, Thing] = {}
    for graph, thing in read_things(folder):
        if graph == f"{base}def/":
            concepts[thing.iri] = thing
        elif _is_selected(thing, graph, base, selected):
            reduced = _without_lost(thing, selected)
            pointed_at.update(t for terms in reduced.properties.values() for t in terms if isinstance(t, str))
            yield Described(graph, reduced)
    for iri in sorted(_reachable(pointed_at, concepts)):
        yield Described(f"{base}def/", concepts[iri])


def _is_selected(thing: Thing, graph: Iri, base: Iri, selected: _SelectedThings) -> bool:
    """Tell whether a thing is a wanted dataset, its period, one of its distributions or records, or of a plan."""
    types = thing.properties.get(RDF.type, ())
    if DCAT.Dataset in types:
        return thing.iri in selected.datasets
    if thing.iri.startswith(f"{base}dataset/"):
        return dataset_of(thing.iri) in selected.datasets
    if DCAT.CatalogRecord in types:
        return thing.iri in selected.records
    return graph in selected.catalogues or graph == f"{base}catalogue"


def _without_lost(thing: Thing, selected: _SelectedThings) -> Thing:
    """Return a thing that points at no dataset, record or catalogue that is left out."""
    lists = {
        DCAT.dataset: selected.datasets,
        DCAT.record: selected.records,
        DCAT.catalog: selected.catalogues,
        DCT.source: selected.records,
    }
    properties = {
        predicate: [t for t in terms if t in lists[predicate]] if predicate in lists else terms
        for predicate, terms in thing.properties.items()
    }
    return Thing(thing.iri, {predicate: terms for predicate, terms in properties.items() if terms})


def _reachable(pointed_at: set[Iri], concepts: dict[Iri, Thing]) -> set[Iri]:
    """Return the concepts that are pointed at, directly or not."""
    iris = pointed_at & set(concepts)
    waiting = list(iris)
    while waiting:
        terms = {t for ts in concepts[waiting.pop()].properties.values() for t in ts if isinstance(t, str)}
        waiting += (terms & set(concepts)) - iris
        iris |= terms & set(concepts)
    return iris


def _with_texts(thing: Thing, selection: Selection) -> Thing:
    """Return a thing with the languages that are wanted."""
    if selection.dates == "full":
        thing = _with_days(thing)
    if selection.keywords == "tags" and DCAT.keyword in thing.properties:
        thing = _with_tags(thing)
    if not selection.script and selection.derived == "tagged":
        return thing
    properties: Properties = {}
    for predicate, terms in thing.properties.items():
        texts = _texts(terms, selection)
        if texts:
            properties[predicate] = texts
    return Thing(thing.iri, properties)


def _with_days(thing: Thing) -> Thing:
    """Return a thing whose months of issue are their first days; a loss, since the day is not known."""
    days = {
        predicate: [
            Literal(f"{term.value}-01", "", XSD.date)
            if isinstance(term, Literal) and term.datatype == XSD.gYearMonth
            else term
            for term in thing.properties[predicate]
        ]
        for predicate in _DATED & set(thing.properties)
    }
    return Thing(thing.iri, {**thing.properties, **days})


def _with_tags(thing: Thing) -> Thing:
    """Return a thing whose keywords are tags: words of letters, digits, hyphens and dots, two characters at least."""
    words = dict.fromkeys(
        Literal(" ".join(_NO_TAG.sub(" ", term.value).split()), term.language)
        for term in thing.properties[DCAT.keyword]
        if isinstance(term, Literal)
    )
    return Thing(thing.iri, {**thing.properties, DCAT.keyword: [word for word in words if len(word.value) > 1]})


def _texts(terms: Sequence[Term], selection: Selection) -> list[Term]:
    """Return terms without texts in unwanted languages; the last text of a script is kept, derived if need be."""
    texts: list[Term] = []
    hidden = LANGUAGE_OF_SCRIPT[OTHER_SCRIPT[selection.script]] if selection.script else "-"
    for term in terms:
        if isinstance(term, str) or not term.language:
            texts.append(term)
            continue
        language, derived, _source = term.language.partition("-t-")
        if language == hidden or (derived and selection.derived == "none" and not selection.script):
            continue
        texts.append(Literal(term.value, language) if selection.derived == "plain" else term)
    return list(dict.fromkeys(texts))


# ---- syntaxes

_Things = Iterable[Described]


def _turtle(things: _Things, base: Iri) -> Iterator[str]:
    """Yield Turtle."""
    yield from Turtle(base).write(described.thing for described in things)


def _ntriples(things: _Things, _base: Iri) -> Iterator[str]:
    """Yield N-Triples."""
    yield from (write_quads(described.thing) for described in things)


def _nquads(things: _Things, _base: Iri) -> Iterator[str]:
    """Yield N-Quads, each plan in its own graph."""
    yield from (write_quads(described.thing, described.graph) for described in things)


def _trig(things: _Things, base: Iri) -> Iterator[str]:
    """Yield TriG, each plan in its own graph."""
    turtle = Turtle(base)
    yield turtle.header()
    for graph, described in groupby(things, lambda one: one.graph):
        yield f"\n<{graph}> {{\n"
        for one in described:
            yield turtle.block(one.thing)
        yield "}\n"


def _jsonld(things: _Things, base: Iri) -> Iterator[str]:
    """Yield JSON-LD, datasets and records nested in their plan's catalogue."""
    jsonld = JsonLd(base)
    yield jsonld.opening
    first = True
    for _graph, described in groupby(things, lambda one: one.graph):
        for node in jsonld.nested([one.thing for one in described]):
            yield node if first else f",\n{node}"
            first = False
    yield jsonld.closing()


#: Classes of things that no dataset shows, or that are read with their dataset.
_NOT_SHOWN = frozenset({DCAT.Catalog, DCAT.CatalogRecord, DCAT.Dataset})


def _framed(read: Callable[[], Iterator[Described]], base: Iri) -> Iterator[str]:
    """Yield framed JSON-LD: the datasets by IRI, each with the names of what it points at."""
    framed = FramedJsonLd(base)
    own = f"{base}dataset/"
    things = (described.thing for described in read())
    shared = {
        thing.iri: thing
        for thing in things
        if not thing.iri.startswith(own) and _NOT_SHOWN.isdisjoint(thing.properties.get(RDF.type, ()))
    }
    places: list[tuple[Iri, int, int]] = []
    with tempfile.TemporaryFile() as file:
        groups = groupby(read(), lambda one: dataset_of(one.thing.iri))
        for iri, described in groups:
            if iri.startswith(own):
                group = {one.thing.iri: one.thing for one in described}
                tree = framed.tree(group[iri], ChainMap(group, shared).get)
                text = json.dumps(tree, ensure_ascii=False, indent=len(STEP)).replace("\n", f"\n{MARGIN}").encode()
                places.append((iri, file.tell(), file.write(text)))
        opening = {"@context": framed.context}
        yield json.dumps(opening, ensure_ascii=False, indent=len(STEP)).removesuffix("\n}") + ',\n  "@graph": ['
        for number, (_iri, start, length) in enumerate(sorted(places)):
            file.seek(start)
            yield f"{',' if number else ''}\n{MARGIN}{file.read(length).decode()}"
        yield "\n  ]\n}\n"


def _rdfxml(things: _Things, base: Iri) -> Iterator[str]:
    """Yield RDF/XML."""
    yield from RdfXml(base).write(described.thing for described in things)


SYNTAXES: dict[str, Callable[[_Things, Iri], Iterator[str]]] = {
    "turtle": _turtle,
    "jsonld": _jsonld,
    "ntriples": _ntriples,
    "nquads": _nquads,
    "trig": _trig,
    "rdfxml": _rdfxml,
}

__all__ = ["SYNTAXES", "Selection", "export", "export_framed", "read_selection"]
