"""
Things -> N-Quads and N-Triples, one thing at a time.

In: a thing and the graph it belongs to. Out: lines. The order is that of the properties.

Spec: RDF 1.1 N-Quads; strings are escaped as JSON does, which N-Quads admits.
"""

from __future__ import annotations

from functools import lru_cache
from json.encoder import encode_basestring

from ..terms import Iri, Term, Thing


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


@lru_cache(maxsize=1 << 12)
def _middle(predicate: Iri) -> str:
    """Return a predicate with the blanks around it."""
    return f" <{predicate}> "


def write_quads(thing: Thing, graph: Iri = "") -> str:
    """
    Return a thing's statements, each on a line.

    Args:
        thing: The thing.

        graph: The IRI of the graph; nothing gives N-Triples.

    >>> print(write_quads(Thing("http://a/s", {"http://a/p": ["http://a/o"]}), "http://a/g"), end="")
    <http://a/s> <http://a/p> <http://a/o> <http://a/g> .
    """
    end = f" <{graph}> .\n" if graph else " .\n"
    subject = f"<{thing.iri}>"
    lines: list[str] = []
    for predicate, terms in thing.properties.items():
        start = subject + _middle(predicate)
        for term in terms:
            if isinstance(term, str):
                lines.append(f"{start}<{term}>{end}")
            else:
                lines.append(f"{start}{write_term(term)}{end}")
    return "".join(lines)
