"""
Things -> Turtle that a person can read: a block for each thing, prefixes, properties in a fixed order.

In: a thing. Out: text. Nothing is kept between two things but how IRIs and properties are written.

Spec: RDF 1.1 Turtle.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring

from ..namespaces import RDF, XSD
from ..properties import order_of
from ..terms import CONCEPT_PREFIXES, PREFIXES, Iri, Term, Thing

_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_\-]*|[0-9][A-Za-z0-9_\-]*")
#: What can follow the base IRI in a relative reference without being read as something else.
_RELATIVE = re.compile(r"[A-Za-z0-9._~\-]+(?:/[A-Za-z0-9._~\-]+)*(?:#[A-Za-z0-9._~\-]+)?")
#: Datatypes whose values stand without quotes, and the values that can.
_BARE = {XSD.integer: re.compile(r"[+-]?[0-9]+"), XSD.boolean: re.compile("true|false")}

#: How many properties with their values are remembered.
_CACHED_PROPERTIES = 1 << 10


def _abbreviator(base: Iri, spaces: Mapping[str, str]) -> Callable[[Iri], str]:
    """Return a function that writes IRIs as briefly as the prefixes allow."""
    by_space = {space: prefix for prefix, space in spaces.items()}

    @lru_cache(maxsize=1 << 13)
    def abbreviate(iri: Iri) -> str:
        position = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = by_space.get(iri[:position])
        if prefix and _LOCAL.fullmatch(iri[position:]):
            return f"{prefix}:{iri[position:]}"
        if iri.startswith(base) and _RELATIVE.fullmatch(iri[len(base) :]):
            return f"<{iri[len(base) :]}>"
        return f"<{iri}>"

    return abbreviate


class Turtle:
    """
    Writes things under one base IRI.

    >>> from dcat_hk.core.namespaces import DCT
    >>> turtle = Turtle("https://example.org/")
    >>> title = {DCT.title: [("罪案", "zh-Hant", "")]}
    >>> print(turtle.block(Thing("https://example.org/dataset/a", title)), end="")
    <BLANKLINE>
    <dataset/a> dct:title "罪案"@zh-Hant .
    """

    def __init__(self, base: Iri, more: Mapping[str, str] | None = None) -> None:
        """Keep the base IRI and the prefixes, with those that a document needs besides the usual ones."""
        self._base = base
        self._spaces = {**PREFIXES, **CONCEPT_PREFIXES, "plan": f"{base}def/plan#", **(more or {})}
        self._iri = _abbreviator(base, self._spaces)
        # Things of a kind have most of their properties in common.
        self._property = lru_cache(maxsize=_CACHED_PROPERTIES)(self.property)

    def header(self) -> str:
        """Return the declarations that every block relies on."""
        lines = [f"@base <{self._base}> ."]
        lines += [f"@prefix {prefix}: <{space}> ." for prefix, space in sorted(self._spaces.items())]
        return "\n".join(lines) + "\n"

    def block(self, thing: Thing) -> str:
        """Return a thing with all its properties, behind a blank line."""
        properties, write = thing.properties, self._property
        return self.assemble(thing.iri, [write(name, tuple(properties[name])) for name in order_of(tuple(properties))])

    def assemble(self, iri: Iri, lines: Sequence[str]) -> str:
        """Return the block of a thing from its properties."""
        opening = "\n  " if len(lines) > 1 and lines[0][:2] != "a " else " "
        return f"\n{self._iri(iri)}{opening}" + " ;\n  ".join(lines) + " .\n"

    def write(self, things: Iterable[Thing]) -> Iterator[str]:
        """Yield a whole document piece by piece."""
        yield self.header()
        for thing in things:
            yield self.block(thing)

    def property(self, predicate: Iri, terms: tuple[Term, ...]) -> str:
        """Return a predicate with its objects; many of them stand on lines of their own."""
        name = "a" if predicate == RDF.type else self._iri(predicate)
        if len(terms) == 1:
            return f"{name} {self._term(terms[0])}"
        objects = [self._term(term) for term in terms]
        if sum(map(len, objects)) < 90:
            return f"{name} {', '.join(objects)}"
        return f"{name}\n    " + ",\n    ".join(objects)

    def _term(self, term: Term) -> str:
        """Return an object."""
        if isinstance(term, str):
            return self._iri(term)
        value, language, datatype = term
        if language:
            return f"{encode_basestring(value)}@{language}"
        if datatype in _BARE and _BARE[datatype].fullmatch(value):
            return value
        return f"{encode_basestring(value)}^^{self._iri(datatype)}" if datatype else encode_basestring(value)
