"""
Published catalogue -> things: what export, explain and validate look at.

In: an output folder, or any RDF file. Out: things in the order of the file, or an rdflib graph. Nothing is
ever fetched from the network.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import NotRdf, NotReadable
from ..terms import Iri, Term, Thing
from ..text import canonical_tag
from ..vocabularies import read_term
from .folder import read_manifest

if TYPE_CHECKING:
    from rdflib import Graph


class Described(NamedTuple):
    """A thing and the graph it is described in."""

    graph: Iri
    thing: Thing


def base_of(folder: Path) -> Iri:
    """
    Return the base IRI of a published catalogue.

    Raises:
        NotReadable: The folder holds no published catalogue.
    """
    base = read_manifest(folder).get("settings", {}).get("base_iri")
    if not isinstance(base, str):
        raise NotReadable("There is no published catalogue in this folder.", str(folder), "Run dcat-hk build first.")
    return base


def read_things(folder: Path) -> Iterator[Described]:
    """
    Yield the things of a published catalogue, in the order of its N-Quads.

    Args:
        folder: An output folder.

    Raises:
        NotReadable: The folder holds no published catalogue.
    """
    import pyoxigraph

    path = folder / "catalogue.nq"
    if not path.is_file():
        raise NotReadable("There is no published catalogue in this folder.", str(folder), "Run dcat-hk build first.")
    graph, iri = "", ""
    properties: dict[Iri, list[Term]] = {}
    with path.open("rb") as file:
        for quad in pyoxigraph.parse(file, format=pyoxigraph.RdfFormat.N_QUADS):
            subject, named = quad.subject.value, quad.graph_name.value
            if subject != iri or named != graph:
                if iri:
                    yield Described(graph, Thing(iri, dict(properties)))
                graph, iri, properties = named, subject, {}
            properties.setdefault(quad.predicate.value, []).append(read_term(quad.object))
    if iri:
        yield Described(graph, Thing(iri, dict(properties)))


# ---- any RDF file

#: Endings of files by format; the content decides where the ending says nothing.
_ENDINGS = {
    ".ttl": "TURTLE",
    ".nt": "N_TRIPLES",
    ".nq": "N_QUADS",
    ".trig": "TRIG",
    ".jsonld": "JSON_LD",
    ".json": "JSON_LD",
    ".rdf": "RDF_XML",
    ".xml": "RDF_XML",
    ".owl": "RDF_XML",
}


def read_graph(path: Path, base: Iri) -> Graph:
    """
    Return an RDF file of any syntax as one graph.

    Args:
        path: Turtle, N-Triples, N-Quads, TriG, JSON-LD or RDF/XML, also gzipped; `-` is standard input.

        base: What relative IRIs are relative to.

    Raises:
        NotReadable: The file cannot be read.

        NotRdf: It holds no RDF, or JSON-LD with a context that would have to be fetched.
    """
    data = _read_bytes(path)
    name = path.name.removesuffix(".gz")
    choices = _formats(Path(name).suffix.lower(), data)
    problems: list[str] = []
    for choice in choices:
        try:
            return _graph(data, choice, base)
        except (SyntaxError, ValueError) as error:
            problems.append(f"{choice.replace('_', '-')}: {error}")
    raise NotRdf(f"The file holds no RDF that can be read ({problems[0]}).", str(path), "Check its syntax.")


def _read_bytes(path: Path) -> bytes:
    """Return a file's content, unzipped."""
    import sys

    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    except OSError as error:
        raise NotReadable(
            f"The file cannot be read: {error.strerror or error}.", str(path), "Check the name."
        ) from error


def _formats(ending: str, data: bytes) -> Iterable[str]:
    """Return the formats that a file may be in, the likeliest first."""
    if ending in _ENDINGS:
        return [_ENDINGS[ending]]
    start = data.lstrip()[:200]
    if start[:1] in {b"{", b"["}:
        return ["JSON_LD"]
    if start.startswith((b"<?xml", b"<rdf:", b"<!DOCTYPE")):
        return ["RDF_XML"]
    return ["TURTLE", "N_QUADS", "TRIG"]


def _graph(data: bytes, choice: str, base: Iri) -> Graph:
    """Return the graph of a document in one syntax, all named graphs together."""
    import pyoxigraph
    from rdflib import Graph

    graph = Graph()
    options: dict[str, Any] = {} if choice in {"N_TRIPLES", "N_QUADS"} else {"base_iri": base}
    for quad in pyoxigraph.parse(data, format=getattr(pyoxigraph.RdfFormat, choice), **options):
        graph.add((_node(quad.subject), _node(quad.predicate), _node(quad.object)))
    return graph


def _node(term: Any) -> Any:
    """Return a pyoxigraph term as one of rdflib."""
    import pyoxigraph
    import rdflib

    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=canonical_tag(term.language))
    datatype = term.datatype.value
    plain = datatype == "http://www.w3.org/2001/XMLSchema#string"
    return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(datatype), normalize=False)


def base_in(graph: Graph) -> Iri:
    """Return the base IRI of a catalogue of ours, nothing if the graph holds none."""
    from rdflib import RDF, URIRef

    tops = [str(iri) for iri in graph.subjects(RDF.type, URIRef("http://www.w3.org/ns/dcat#Catalog"))]
    ours = [iri.removesuffix("catalogue") for iri in tops if iri.endswith("/catalogue")]
    ours += [iri.partition("catalogue/")[0] for iri in tops if "/catalogue/" in iri]
    return min(ours, default="")
