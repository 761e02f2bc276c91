"""
Things -> N-Quads and N-Triples, one thing at a time.

In: a thing and the graph it belongs to. Out: lines. The order is that of the properties.

Spec: RDF 1.1 N-Quads; strings are escaped as JSON does, which N-Quads admits.
"""

from __future__ import annotations

from collections.abc import Sequence
from json.encoder import encode_basestring

from ..terms import Iri, Term, Thing, order_of


def write_term(term: Term) -> str:
    """
    Return a term as N-Quads writes it.

    >>> from dcat_hk.terms import Literal
    >>> write_term(Literal('罪案 "數字"', "zh-Hant"))
    '"罪案 \\\\"數字\\\\""@zh-Hant'
    """
    if isinstance(term, str):
        return f"<{term}>"
    value, language, datatype = term
    if language:
        return f"{encode_basestring(value)}@{language}"
    return f"{encode_basestring(value)}^^<{datatype}>" if datatype else encode_basestring(value)


#: Stands for the subject while statements are put together; it cannot stand in a term, where it is escaped.
_SUBJECT = "\0"
#: Stands for the end of a statement until the graph is known.
END = "\1"


def statements(predicate: Iri, terms: tuple[Term, ...]) -> str:
    """Return the statements of one property with signs for subject and end."""
    return "".join([f"{_SUBJECT} <{predicate}> {write_term(term)}{END}" for term in terms])


def assemble(iri: Iri, parts: Sequence[str]) -> str:
    """Return the statements of all properties of a thing, with signs for their ends."""
    return "".join(parts).replace(_SUBJECT, f"<{iri}>")


def end_of(graph: Iri) -> str:
    """
    Return how statements in a graph end; without a graph, as N-Triples do.

    >>> end_of("http://a/g")
    ' <http://a/g> .\\n'
    """
    return f" <{graph}> .\n" if graph else " .\n"


def write_quads(thing: Thing, graph: Iri = "") -> str:
    """
    Return a thing's statements, each on a line, in the order of the other syntaxes.

    Args:
        thing: The thing.

        graph: The IRI of the graph; nothing gives N-Triples.

    >>> print(write_quads(Thing("http://a/s", {"http://a/p": ["http://a/o"]}), "http://a/g"), end="")
    <http://a/s> <http://a/p> <http://a/o> <http://a/g> .
    """
    properties = thing.properties
    parts = [statements(name, tuple(properties[name])) for name in order_of(tuple(properties))]
    return assemble(thing.iri, parts).replace(END, end_of(graph))
