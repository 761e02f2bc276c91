"""
Things -> the datasets that violate the shapes of DCAT-AP.

In: a catalogue. Out: IRIs. A dataset is validated with what it leads to, as a harvester would get it: its
distributions, contact, publisher, concepts; without other datasets, catalogues and records.

Spec: metadata quality assessment, DCAT-AP compliance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ...core.namespaces import DCAT, DCT, RDF, SKOS
from ...core.results import violations
from ...core.terms import Iri, Term, Thing
from ...core.vocabularies import DEFAULT_BASE
from ..validating.validator import Validator, profile_validator
from .things import Catalogue, is_blank

#: How many steps from a dataset its description reaches: distribution, licence, the licence's type.
_STEPS = 3
#: How many datasets are validated at once: memory does not grow with the catalogue.
_CHUNK = 500
#: Shapes by the end of their names that the method does not ask: its file of shapes has cardinalities, kinds of nodes
#: and datatypes. What class a thing elsewhere is, and whether it is in a list, no dataset needs to say of itself.
_NOT_ASKED = ("-range", "-codelist")
_ENDS = {RDF.type, SKOS.hasTopConcept, SKOS.narrower, DCAT.servesDataset, DCT.hasPart}


def find_failing(
    catalogue: Catalogue, datasets: Sequence[Iri], progress: Callable[[int], None] = lambda _done: None
) -> frozenset[Iri]:
    """
    Return the datasets that violate the shapes, by themselves or by something they lead to.

    Args:
        catalogue: The catalogue.

        datasets: The datasets to look at.

        progress: Is told how many datasets are validated.

    Spec: DCAT-AP 3.0.1.
    """
    shapes = profile_validator("dcat-ap", DEFAULT_BASE)
    failing: set[Iri] = set()
    for start in range(0, len(datasets), _CHUNK):
        chunk = datasets[start : start + _CHUNK]
        failing |= _failing(catalogue, chunk, shapes)
        progress(start + len(chunk))
    return frozenset(failing)


def _failing(catalogue: Catalogue, datasets: Sequence[Iri], shapes: Validator) -> set[Iri]:
    """Return which of some datasets violate the shapes."""
    reached = {iri: _described(catalogue, iri) for iri in datasets}
    statements = [said for thing in _once(catalogue, reached.values()) for said in _statements(thing)]
    found = violations(shapes.validate(statements))
    wrong = {result.focus_node for result in found if not result.source_shape.endswith(_NOT_ASKED)}
    return {iri for iri, things in reached.items() if wrong.intersection(things)}


def _described(catalogue: Catalogue, dataset: Iri) -> dict[Iri, None]:
    """Return the things that belong to a dataset's description, the dataset first."""
    found = {dataset: None}
    edge = [dataset]
    for _step in range(_STEPS):
        following: dict[Iri, None] = {}
        for iri in edge:
            for predicate, terms in catalogue.thing(iri).properties.items():
                if predicate not in _ENDS:
                    following |= dict.fromkeys(term for term in terms if isinstance(term, str))
        edge = [iri for iri in following if iri not in found and not catalogue.is_other(iri)]
        found |= dict.fromkeys(edge)
    return found


def _once(catalogue: Catalogue, groups: Any) -> Iterator[Thing]:
    """Yield each thing of several groups once, and of what they point at the types."""
    seen: set[Iri] = {iri for group in groups for iri in group}
    outside: set[Iri] = set()
    for iri in sorted(seen):
        thing = catalogue.thing(iri)
        yield thing
        outside |= {term for terms in thing.properties.values() for term in terms if isinstance(term, str)}
    for iri in sorted(outside - seen):
        types = catalogue.thing(iri).properties.get(RDF.type, ())
        # The type of another dataset would make it a thing to be validated, of which nothing else is told.
        if types and not catalogue.is_other(iri):
            yield Thing(iri, {RDF.type: types})


def _statements(thing: Thing) -> Iterator[tuple[Any, Any, Any]]:
    """Yield what is said of a thing as rdflib has it."""
    from rdflib import URIRef

    subject = _node(thing.iri)
    for predicate, terms in thing.properties.items():
        for term in terms:
            yield subject, URIRef(predicate), _node(term)


def _node(term: Term) -> Any:
    """Return a term as rdflib has it."""
    from rdflib import BNode, Literal, URIRef

    if isinstance(term, str):
        return BNode(term.removeprefix("_:")) if is_blank(term) else URIRef(term)
    value, language, datatype = term
    return Literal(
        value,
        lang=language or None,
        datatype=None if language or not datatype else URIRef(datatype),
        normalize=False,
    )
