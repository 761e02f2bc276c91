"""
Checks of a query before it is run.

In: a `QueryRequest`. Out: nothing, or an error. Federated queries (SERVICE) are refused here; in addition, the process
that runs queries cannot open connections.

Spec: SPARQL 1.1 Protocol, section 2.1; SPARQL 1.1 Query Language, section 19.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...core.errors import UsageError
from ...core.terms import Iri

#: Tokens of SPARQL. `skip` matches comments, strings, IRIs, variables and prefixed names; `word` matches keywords.
_TOKEN = re.compile(
    r"""(?P<skip>\#[^\n\r]*|'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''|\"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"
    |'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*"|<[^<>"{}|^`\\\x00-\x20]*>
    |[?$@][\w\-]+|[\w.\-]*:[\w.\-%:]*)|(?P<word>[A-Za-z]+)|\s+|.""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
#: Longer queries are refused.
MAX_LENGTH = 100_000


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query request: the query, the preferred format of the results, and the graphs that the request names."""

    text: str
    media: str
    default_graphs: Sequence[Iri] = ()
    named_graphs: Sequence[Iri] = ()

    @property
    def uses_union(self) -> bool:
        """Return whether the default graph is the union of all graphs: neither query nor request name graphs."""
        return not (self.default_graphs or self.named_graphs or "FROM" in find_words(self.text))


@lru_cache(maxsize=64)
def find_words(query: str) -> frozenset[str]:
    """
    Return the keywords of a query in capitals, without names, variables, strings, IRIs and comments.

    >>> sorted(find_words("SELECT ?service { ?s ex:from 'SERVICE' } # FROM"))
    ['SELECT']
    """
    plain = _ESCAPED.sub(_unescape, query)
    return frozenset(match["word"].upper() for match in _TOKEN.finditer(plain) if match["word"])


def _unescape(match: re.Match[str]) -> str:
    """Return the character of a code point escape; U+FFFD for an invalid one."""
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"


def check_request(request: QueryRequest) -> None:
    """
    Check that a query may be run.

    Raises:
        UsageError: The query is empty, too long, or contains SERVICE.
    """
    if not request.text.strip():
        raise UsageError("There is no query.", "", "Give one as the parameter query.")
    if len(request.text) > MAX_LENGTH:
        raise UsageError(f"The query is longer than {MAX_LENGTH:,} characters.", "", "Make it shorter.")
    if "SERVICE" in find_words(request.text):
        raise UsageError("SERVICE (federated query) is not allowed.", "", "Query the other server directly.")
