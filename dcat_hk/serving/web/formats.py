"""
Things -> the bytes of a document, in any format for a graph or for several graphs.

In: things in the order in which they are to be written. Out: bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ...core.syntaxes.jsonld import JsonLd
from ...core.syntaxes.nquads import write_quads
from ...core.syntaxes.rdfxml import RdfXml
from ...core.syntaxes.turtle import Turtle
from ...core.terms import Iri, Thing

#: Prefixes of the vocabularies of feeds, in addition to those of the catalogue.
FEED_PREFIXES = {
    "as": "https://www.w3.org/ns/activitystreams#",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "ldes": "https://w3id.org/ldes#",
    "tree": "https://w3id.org/tree#",
}


def write_document(things: Sequence[Thing], suffix: str, base: Iri, prefixes: Mapping[str, str] | None = None) -> bytes:
    """
    Return things as a document.

    Args:
        things: The things, each once.

        suffix: A format of `media.ALL_FORMATS` other than html.

        base: The base IRI of the catalogue.

        prefixes: Additional prefixes.

    >>> thing = Thing("https://example.org/a", {"http://purl.org/dc/terms/identifier": ["a"]})
    >>> write_document([thing], "nt", "https://example.org/").decode()
    '<https://example.org/a> <http://purl.org/dc/terms/identifier> <a> .\\n'
    """
    return "".join(_WRITERS[suffix](things, base, prefixes or {})).encode()


def write_graphs(graphs: Iterable[tuple[Iri, Sequence[Thing]]], suffix: str, base: Iri) -> bytes:
    """
    Return graphs as a document; the graph with an empty IRI is the default graph.

    Args:
        graphs: Graphs with their things, each graph once.

        suffix: The format: trig or nq.

        base: The base IRI of the catalogue.
    """
    if suffix == "nq":
        return "".join(write_quads(thing, graph) for graph, things in graphs for thing in things).encode()
    return "".join(_write_trig(graphs, base)).encode()


def _write_trig(graphs: Iterable[tuple[Iri, Sequence[Thing]]], base: Iri) -> Iterator[str]:
    """Yield TriG."""
    turtle = Turtle(base, FEED_PREFIXES)
    yield turtle.header()
    for graph, things in graphs:
        yield f"\n<{graph}> {{\n" if graph else ""
        for thing in things:
            yield turtle.block(thing)
        yield "}\n" if graph else ""


def _write_turtle(things: Sequence[Thing], base: Iri, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield Turtle."""
    return Turtle(base, prefixes).write(things)


def _write_jsonld(things: Sequence[Thing], base: Iri, _prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield JSON-LD, each thing nested in the one that lists it."""
    jsonld = JsonLd(base)
    yield jsonld.opening
    yield ",\n".join(jsonld.nested(things))
    yield jsonld.closing()


def _write_rdfxml(things: Sequence[Thing], base: Iri, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield RDF/XML."""
    return RdfXml(base, prefixes).write(things)


def _write_ntriples(things: Sequence[Thing], _base: Iri, _prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield N-Triples."""
    return (write_quads(thing) for thing in things)


_WRITERS: dict[str, Callable[[Sequence[Thing], Iri, Mapping[str, str]], Iterator[str]]] = {
    "ttl": _write_turtle,
    "jsonld": _write_jsonld,
    "rdf": _write_rdfxml,
    "nt": _write_ntriples,
    # A document describes things in the default graph: there N-Triples are N-Quads, and Turtle is TriG.
    "nq": _write_ntriples,
    "trig": _write_turtle,
}
