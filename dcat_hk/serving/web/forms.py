"""
Things -> the bytes of a document, in any form that holds one graph, or several.

In: things in the order in which they are to be written. Out: bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ...core.syntaxes.jsonld import JsonLd
from ...core.syntaxes.nquads import write_quads
from ...core.syntaxes.rdfxml import RdfXml
from ...core.syntaxes.turtle import Turtle
from ...core.terms import Iri, Thing

#: Namespaces of what feeds are made of, besides those of the catalogue.
FEED_PREFIXES = {
    "as": "https://www.w3.org/ns/activitystreams#",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "ldes": "https://w3id.org/ldes#",
    "tree": "https://w3id.org/tree#",
}


def write(things: Sequence[Thing], form: str, base: Iri, more: Mapping[str, str] | None = None) -> bytes:
    """
    Return things as a document.

    Args:
        things: The things, each once.

        form: An ending among `media.FORMS`, without html.

        base: The base IRI of the catalogue.

        more: Prefixes of namespaces besides the usual ones.

    >>> thing = Thing("https://example.org/a", {"http://purl.org/dc/terms/identifier": ["a"]})
    >>> write([thing], "nt", "https://example.org/").decode()
    '<https://example.org/a> <http://purl.org/dc/terms/identifier> <a> .\\n'
    """
    return "".join(_WRITERS[form](things, base, more or {})).encode()


def write_graphs(graphs: Iterable[tuple[Iri, Sequence[Thing]]], form: str, base: Iri) -> bytes:
    """
    Return things by graph as a document; the graph without a name is the default one.

    Args:
        graphs: Graphs with their things, each graph once.

        form: trig or nq.

        base: The base IRI of the catalogue.
    """
    if form == "nq":
        return "".join(write_quads(thing, graph) for graph, things in graphs for thing in things).encode()
    return "".join(_trig(graphs, base)).encode()


def _trig(graphs: Iterable[tuple[Iri, Sequence[Thing]]], base: Iri) -> Iterator[str]:
    """Yield TriG."""
    turtle = Turtle(base, FEED_PREFIXES)
    yield turtle.header()
    for graph, things in graphs:
        yield f"\n<{graph}> {{\n" if graph else ""
        for thing in things:
            yield turtle.block(thing)
        yield "}\n" if graph else ""


def _turtle(things: Sequence[Thing], base: Iri, more: Mapping[str, str]) -> Iterator[str]:
    """Yield Turtle."""
    return Turtle(base, more).write(things)


def _jsonld(things: Sequence[Thing], base: Iri, _more: Mapping[str, str]) -> Iterator[str]:
    """Yield JSON-LD, things inside the ones that list them."""
    jsonld = JsonLd(base)
    yield jsonld.opening
    yield ",\n".join(jsonld.nested(things))
    yield jsonld.closing()


def _rdfxml(things: Sequence[Thing], base: Iri, more: Mapping[str, str]) -> Iterator[str]:
    """Yield RDF/XML."""
    return RdfXml(base, more).write(things)


def _ntriples(things: Sequence[Thing], _base: Iri, _more: Mapping[str, str]) -> Iterator[str]:
    """Yield N-Triples."""
    return (write_quads(thing) for thing in things)


_WRITERS: dict[str, Callable[[Sequence[Thing], Iri, Mapping[str, str]], Iterator[str]]] = {
    "ttl": _turtle,
    "jsonld": _jsonld,
    "rdf": _rdfxml,
    "nt": _ntriples,
}
