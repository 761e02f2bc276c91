"""
A catalogue -> the datasets that violate the shapes of DCAT-AP.

In: a catalogue. Out: IRIs. A dataset is validated together with what it refers to, as a harvester would get it: its
distributions, contact point, publisher and concepts, without other datasets, catalogues and records.

Spec: metadata quality assessment, DCAT-AP compliance.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import tee

from ...core.namespaces import DCAT, DCT, RDF, SKOS
from ...core.results import violations
from ...core.syntaxes.nquads import write_term
from ...core.terms import Iri, Term, Thing
from ...core.vocabularies import DEFAULT_BASE
from ..validating.validator import profile_validator
from .things import Catalogue, is_blank

#: How many steps the description of a dataset reaches: distribution, licence, type of the licence.
_STEPS = 3
#: The most datasets that are validated at once, so that memory does not grow with the catalogue.
_CHUNK = 500
#: How the names of shapes end that the method does not use: it checks cardinalities, node kinds and datatypes. The
#: class of a thing elsewhere, and whether it is in a code list, need not be part of the description of a dataset.
_OTHER_SHAPES = ("-range", "-codelist")
#: A validator changes while it validates, and a worker may have several threads.
_ONE_AT_A_TIME = threading.Lock()
#: A triple, terms as N-Triples has them.
Triple = tuple[str, str, str]
_ENDS = {RDF.type, SKOS.hasTopConcept, SKOS.narrower, DCAT.servesDataset, DCT.hasPart}


def find_failing(
    catalogue: Catalogue,
    datasets: Sequence[Iri],
    progress: Callable[[int], None] = lambda _done: None,
    dask: str = "",
) -> frozenset[Iri]:
    """
    Return the datasets that violate the shapes, or that refer to something that does.

    Args:
        catalogue: The catalogue.

        datasets: The datasets to look at.

        progress: Is called with the number of datasets that are validated.

        dask: The address of a scheduler of Dask whose workers validate; empty for this machine.

    Raises:
        UsageError: The cluster cannot be used.

    Spec: DCAT-AP 3.0.1.
    """
    failing: set[Iri] = set()
    done = 0
    starts = range(0, len(datasets), _CHUNK)
    described = ({iri: _description(catalogue, iri) for iri in datasets[at : at + _CHUNK]} for at in starts)
    # Kept is what was sent and is not answered yet: few chunks, as tasks are made only as fast as results are used.
    kept, sent = tee(described)
    chunks = ([triple for thing in _things(catalogue, chunk.values()) for triple in _triples(thing)] for chunk in sent)
    for descriptions, nodes in zip(kept, _validate_chunks(chunks, dask), strict=True):
        failing |= {iri for iri, things in descriptions.items() if not nodes.isdisjoint(things)}
        done += len(descriptions)
        progress(done)
    return frozenset(failing)


def _validate_chunks(chunks: Iterator[list[Triple]], dask: str) -> Iterator[set[str]]:
    """Yield for each chunk the things that violate the shapes."""
    if not dask:
        yield from (_find_violating(None, chunk) for chunk in chunks)
        return
    from ...core.cluster import open_cluster

    sent, kept = tee(chunks)
    with open_cluster(dask) as cluster:
        for answer, chunk in zip(cluster.map(_find_violating, None, sent), kept, strict=True):
            yield _find_violating(None, chunk) if answer.value is None else answer.value


def _find_violating(_shared: None, triples: list[Triple]) -> set[str]:
    """Return the things that violate the shapes, here or on a worker."""
    with _ONE_AT_A_TIME:
        results = violations(profile_validator("dcat-ap", DEFAULT_BASE).validate(triples))
    return {result.focus_node for result in results if not result.source_shape.endswith(_OTHER_SHAPES)}


def _description(catalogue: Catalogue, dataset: Iri) -> dict[Iri, None]:
    """Return the things that belong to the description of a dataset, the dataset first."""
    description = {dataset: None}
    edge = [dataset]
    for _step in range(_STEPS):
        following: dict[Iri, None] = {}
        for iri in edge:
            for predicate, terms in catalogue.thing(iri).properties.items():
                if predicate not in _ENDS:
                    following |= dict.fromkeys(term for term in terms if isinstance(term, str))
        edge = [iri for iri in following if iri not in description and not catalogue.is_other(iri)]
        description |= dict.fromkeys(edge)
    return description


def _things(catalogue: Catalogue, descriptions: Iterable[Iterable[Iri]]) -> Iterator[Thing]:
    """Yield each thing of some descriptions once, and the types of things outside that they refer to."""
    inside: set[Iri] = {iri for description in descriptions for iri in description}
    outside: set[Iri] = set()
    for iri in sorted(inside):
        thing = catalogue.thing(iri)
        yield thing
        outside |= {term for terms in thing.properties.values() for term in terms if isinstance(term, str)}
    for iri in sorted(outside - inside):
        types = catalogue.thing(iri).properties.get(RDF.type, ())
        # With its type, another dataset would be validated, although the rest of its description is missing.
        if types and not catalogue.is_other(iri):
            yield Thing(iri, {RDF.type: types})


def _triples(thing: Thing) -> Iterator[Triple]:
    """Yield the triples of a thing, terms as N-Triples has them."""
    subject = _as_ntriples(thing.iri)
    for predicate, terms in thing.properties.items():
        for term in terms:
            yield subject, f"<{predicate}>", _as_ntriples(term)


def _as_ntriples(term: Term) -> str:
    """Return a term as N-Triples has it; language tags are in lower case, because they are compared as strings."""
    if isinstance(term, str):
        return term if is_blank(term) else write_term(term)
    return write_term(term._replace(language=term.language.lower()))
