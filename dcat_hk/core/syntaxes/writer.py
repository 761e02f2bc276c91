"""
Things -> all three syntaxes at once, for a build that needs all of them.

In: a thing and its graph. Out: its Turtle block, its JSON-LD object, its statements. Properties repeat from thing to
thing; each is written once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from ..properties import order_of
from ..terms import Iri, Term, Thing
from . import nquads
from .jsonld import NESTED, JsonBlock, JsonLd
from .turtle import Turtle

#: How many properties with their values are remembered.
_CACHED_PROPERTIES = 1 << 11


class Serialised(NamedTuple):
    """A thing in three syntaxes."""

    turtle: str
    node: JsonBlock
    statements: str


class ThingWriter:
    """
    Writes things in three syntaxes.

    Args:
        base: The base IRI.

        more: Prefixes that Turtle declares besides the usual ones.

    >>> thing = Thing("https://example.org/a", {"http://a/p": ("http://a/o",)})
    >>> ThingWriter("https://example.org/").write(thing, "").turtle
    '\\n<a> <http://a/p> <http://a/o> .\\n'
    """

    def __init__(self, base: Iri, more: Mapping[str, str] | None = None) -> None:
        """Make the writers of the syntaxes."""
        self.turtle, self.jsonld = Turtle(base, more), JsonLd(base)
        self._property = lru_cache(maxsize=_CACHED_PROPERTIES)(self._write_property)

    def _write_property(self, predicate: Iri, terms: tuple[Term, ...]) -> tuple[str, str | JsonBlock, list[str]]:
        """Return a property in three syntaxes; what JSON-LD nests is left to the thing."""
        member = "" if predicate in NESTED else self.jsonld.property(predicate, terms)
        return self.turtle.property(predicate, terms), member, nquads.statements(predicate, terms)

    def write(self, thing: Thing, graph: Iri, nested: Mapping[Iri, JsonBlock] | None = None) -> Serialised:
        """
        Return a thing in three syntaxes.

        Args:
            thing: The thing.

            graph: The graph that its statements are in.

            nested: Objects that are written inside its JSON-LD, by IRI.
        """
        iri, properties = thing
        write_property = self._property
        parts = [write_property(name, tuple(properties[name])) for name in order_of(tuple(properties))]
        lines, members, statements = zip(*parts, strict=True)
        node = self.jsonld.assemble(thing, [member for member in members if member], nested)
        flat = [statement for group in statements for statement in group]
        return Serialised(self.turtle.assemble(iri, lines), node, nquads.assemble(iri, flat, graph))
