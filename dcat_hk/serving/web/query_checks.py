"""
What a query may be: a request's text -> the same, or why it is refused.

In: SPARQL as clients send it. Out: a `Question`. A query may not send anybody anywhere: SERVICE is refused here, and
the process that runs queries cannot open a connection at all.

Spec: SPARQL 1.1 Protocol, section 2.1; SPARQL 1.1 Query Language, section 19.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...core.errors import UsageError
from ...core.terms import Iri

#: What is not looked at when words of a query are: comments, strings, IRIs; then names, then words.
_TOKEN = re.compile(
    r"""(?P<skip>\#[^\n\r]*|'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''|\"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"
    |'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*"|<[^<>"{}|^`\\\x00-\x20]*>
    |[?$@][\w\-]+|[\w.\-]*:[\w.\-%:]*)|(?P<word>[A-Za-z]+)|\s+|.""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
#: Longer queries are not read.
LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Question:
    """A query with the graphs that the request names, and the form of the answer."""

    query: str
    media: str
    default_graphs: Sequence[Iri] = ()
    named_graphs: Sequence[Iri] = ()

    @property
    def asks_union(self) -> bool:
        """Tell whether the default graph is the union of all: it is if neither query nor request name graphs."""
        return not (self.default_graphs or self.named_graphs or "FROM" in words(self.query))


@lru_cache(maxsize=64)
def words(query: str) -> frozenset[str]:
    """
    Return the bare words of a query in capitals: neither names nor variables, strings, IRIs or comments.

    >>> sorted(words("SELECT ?service { ?s ex:from 'SERVICE' } # FROM"))
    ['SELECT']
    """
    plain = _ESCAPED.sub(_unescape, query)
    return frozenset(match["word"].upper() for match in _TOKEN.finditer(plain) if match["word"])


def _unescape(match: re.Match[str]) -> str:
    """Return the character that an escape stands for."""
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"


def check(question: Question) -> None:
    """
    Let a query pass that may be run.

    Raises:
        UsageError: It is empty, too long, or asks other servers.
    """
    if not question.query.strip():
        raise UsageError("There is no query.", "", "Give one as the parameter query.")
    if len(question.query) > LONGEST:
        raise UsageError(f"The query is longer than {LONGEST:,} characters.", "", "Make it shorter.")
    if "SERVICE" in words(question.query):
        raise UsageError("SERVICE is not allowed: this server asks no other.", "", "Ask the other server yourself.")
