"""
The text of a query -> what its clauses are, by the parser of pyoxigraph.

In: the text. Out: whether the query names graphs (FROM), or an error if it asks another server (SERVICE). This runs in
the process that runs queries, within its limits of time and memory: what reads the text of a stranger may take long.

No other reading of the text can tell. That parser needs no space after a keyword, so that `SERVICEp:x` is a clause
unless there is a prefix `SERVICEp`; and it reads the escape in `'x\\u0027 SERVICE …'` as part of the text.

Spec: SPARQL 1.1 Query Language, section 19.
"""

from __future__ import annotations

import re
import string

import pyoxigraph

from ...core.errors import UsageError
from ...core.terms import Iri

#: Queries with more brackets in each other are refused.
MAX_NESTING = 100
_BRACKET = re.compile(r"[()\[\]{}]")
_OPENING = frozenset("([{")
#: In group graph patterns GRAPH may stand wherever SERVICE may.
_SERVICE = re.compile(r"SERVICE(\s*SILENT)?", re.IGNORECASE)
#: Queries are parsed by running them here, where they find nothing.
_EMPTY_STORE = pyoxigraph.Store()


def check_text(query: str, base: Iri) -> bool:
    """
    Check that a query may be run, and return whether it names graphs itself (FROM).

    Args:
        query: The text of the query.

        base: The base IRI of the catalogue, against which relative IRIs are resolved.

    Raises:
        UsageError: Brackets are nested too deeply, or the query has a SERVICE clause.

        SyntaxError: The query is not valid, and has the word SERVICE somewhere.

    >>> check_text("SELECT ?service { ?service ?p 'from' }", "https://example.org/")
    False
    >>> check_text("ASK FROM <a> {}", "https://example.org/")
    True
    >>> check_text("ASK { SERVICE <a> {} }", "https://example.org/")
    Traceback (most recent call last):
    ...
    dcat_hk.core.errors.UsageError: SERVICE (federated query) is not allowed. Query the other server directly.
    """
    if _measure_nesting(query) > MAX_NESTING:
        raise UsageError.of("web.nested-query", most=MAX_NESTING)
    problem = _find_clause(query, "SERVICE", base)
    if problem is not None:
        if _parse(_SERVICE.sub("GRAPH", query), base) is None:
            raise UsageError.of("web.service")
        raise problem
    return _find_clause(query, "FROM", base) is not None


def count_statements(turtle: str) -> int:
    """
    Return the number of statements in a graph; declarations of prefixes are none.

    Args:
        turtle: The graph in Turtle.

    >>> count_statements("@prefix a: <urn:a#> . a:b a:c a:d ; a:e a:f , a:g .")
    3
    """
    return sum(1 for _triple in pyoxigraph.parse(turtle.encode(), format=pyoxigraph.RdfFormat.TURTLE))


def _measure_nesting(query: str) -> int:
    """Return how deeply brackets are nested; those in texts, IRIs and comments count as well."""
    depth = deepest = 0
    for match in _BRACKET.finditer(query):
        depth = depth + 1 if match[0] in _OPENING else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def _find_clause(query: str, word: str, base: Iri) -> SyntaxError | None:
    """
    Return None if there is no clause with a keyword, else what is wrong with the query without that keyword.

    The last letter of the word is replaced wherever the word stands. In names, texts, IRIs and comments this only
    gives others of these; a clause is not one any longer. So a query that is still valid has no such clause.
    """
    lowered, stem = query.lower(), word[:-1].lower()
    if word.lower() not in lowered:
        return None
    letter = next((one for one in string.ascii_lowercase if stem + one not in lowered), "")
    if not letter:
        return SyntaxError(f"too many words that are similar to {word}")

    def rename(match: re.Match[str]) -> str:
        # The case is kept: names that differ must not become the same.
        return match[0][:-1] + (letter.upper() if match[0][-1].isupper() else letter)

    return _parse(re.sub(word, rename, query, flags=re.IGNORECASE | re.ASCII), base)


def _parse(query: str, base: Iri) -> SyntaxError | None:
    """Return why a query is not valid; None if it is."""
    try:
        _EMPTY_STORE.query(query, base_iri=base)
    except SyntaxError as error:
        return error
    except (ValueError, OSError, RuntimeError) as error:
        # It is valid and cannot be run. Whoever asks whether it lacks a clause is told no.
        return SyntaxError(str(error))
    return None
