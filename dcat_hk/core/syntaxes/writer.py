"""
Things -> all three syntaxes at once, for a build that needs all of them.

In: a thing. Out: its Turtle block, its JSON-LD object, its statements. Properties repeat from thing to thing;
each is put into words once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from ..terms import Iri, Term, Thing, order_of
from . import nquads
from .jsonld import EMBEDDED, JsonLd
from .turtle import Turtle

#: How many properties with their values are remembered.
_REMEMBERED = 1 << 13


class Words(NamedTuple):
    """A thing in three syntaxes; signs stand for the ends of its statements (`nquads.END`)."""

    turtle: str
    node: str
    statements: str


class Writer:
    """
    Puts things into words.

    Args:
        base: The base IRI.

    >>> words = Writer("https://example.org/").write(Thing("https://example.org/a", {"http://a/p": ("http://a/o",)}))
    >>> words.turtle
    '\\n<a> <http://a/p> <http://a/o> .\\n'
    """

    def __init__(self, base: Iri) -> None:
        """Make the writers of the syntaxes."""
        self.turtle, self.jsonld = Turtle(base), JsonLd(base)
        self._property = lru_cache(maxsize=_REMEMBERED)(self._put)

    def _put(self, predicate: Iri, terms: tuple[Term, ...], indent: str) -> tuple[str, str, str]:
        """Return a property in three syntaxes; what JSON-LD embeds is left to the thing."""
        node = "" if predicate in EMBEDDED else self.jsonld.property(predicate, terms, indent)
        return self.turtle.property(predicate, terms), node, nquads.statements(predicate, terms)

    def write(self, thing: Thing, embedded: Mapping[Iri, str] | None = None, indent: str = "    ") -> Words:
        """
        Return a thing in three syntaxes.

        Args:
            thing: The thing.

            embedded: Objects that are written inside its JSON-LD, by IRI, indented four columns deeper.

            indent: What every line of its JSON-LD begins with.
        """
        iri, properties = thing
        inner, put = indent + "  ", self._property
        parts = [put(name, tuple(properties[name]), inner) for name in order_of(tuple(properties))]
        lines, nodes, statements = zip(*parts, strict=True)
        node = self.jsonld.assemble(thing, [line for line in nodes if line], embedded or {}, indent)
        return Words(self.turtle.assemble(iri, lines), node, nquads.assemble(iri, statements))
