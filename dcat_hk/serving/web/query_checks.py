"""
Checks of a query before it is run.

In: a `QueryRequest`, or its text. Out: nothing, or an error.

Only the length is looked at here, in the server: `query_parsing` looks at the text, in the process that runs the query.

Spec: SPARQL 1.1 Protocol, section 2.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...core.errors import UsageError
from ...core.terms import Iri

#: Longer queries are refused.
MAX_LENGTH = 100_000


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query request: the query, the preferred format of the results, and the graphs that the request names."""

    text: str
    media: str
    default_graphs: Sequence[Iri] = ()
    named_graphs: Sequence[Iri] = ()


def check_request(request: QueryRequest) -> None:
    """
    Check the length of a query.

    Args:
        request: The request.

    Raises:
        UsageError: The query is empty or too long.

    >>> check_request(QueryRequest("ASK {}", "text/csv"))
    """
    if len(request.text) > MAX_LENGTH:
        raise UsageError.of("web.long-query", most=MAX_LENGTH)
    if not request.text.strip():
        raise UsageError.of("web.no-query")
