"""
Things -> N-Quads and N-Triples, one thing at a time.

In: a thing and the graph it belongs to. Out: lines. The order is that of the properties.

Spec: RDF 1.1 N-Quads; strings are escaped as JSON does, which N-Quads admits.
"""

from __future__ import annotations

from collections.abc import Iterable
from json.encoder import encode_basestring

from ..properties import order_of
from ..terms import Iri, Term, Thing


def write_term(term: Term) -> str:
    """
    Return a term as N-Quads writes it.

    >>> from dcat_hk.core.terms import Literal
    >>> write_term(Literal('罪案 "數字"', "zh-Hant"))
    '"罪案 \\\\"數字\\\\""@zh-Hant'
    """
    if isinstance(term, str):
        return f"<{term}>"
    value, language, datatype = term
    if language:
        return f"{encode_basestring(value)}@{language}"
    return f"{encode_basestring(value)}^^<{datatype}>" if datatype else encode_basestring(value)


def statements(predicate: Iri, terms: tuple[Term, ...]) -> list[str]:
    """Return predicate and object of each statement of one property."""
    return [f"<{predicate}> {write_term(term)}" for term in terms]


def assemble(iri: Iri, parts: Iterable[str], graph: Iri) -> str:
    """
    Return the statements of a thing in a graph, each on a line, from their predicates and objects.

    >>> assemble("http://a/s", ["<http://a/p> <http://a/o>"], "")
    '<http://a/s> <http://a/p> <http://a/o> .\\n'
    """
    subject, end = f"<{iri}> ", end_of(graph)
    text = f"{end}{subject}".join(parts)
    return f"{subject}{text}{end}" if text else ""


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
    names = order_of(tuple(properties))
    return assemble(thing.iri, [part for name in names for part in statements(name, tuple(properties[name]))], graph)
