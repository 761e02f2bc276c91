"""
Things -> RDF/XML, one thing at a time.

In: a thing. Out: text. For harvesters that read nothing else.

Spec: RDF 1.1 XML Syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from ..errors import InputError
from ..properties import order_of
from ..terms import LINK_PREFIXES, PREFIXES, Iri, Term, Thing
from ..text import NOT_IN_XML

_LINK_PREFIXES = {space: prefix for prefix, space in LINK_PREFIXES.items()}
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*$")
#: A reader of XML turns carriage returns that are not escaped into line feeds.
_ESCAPES = {"\r": "&#13;"}


class RdfXml:
    """
    Writes things under one base IRI.

    >>> writer = RdfXml("https://example.org/")
    >>> thing = Thing("https://example.org/a", {"http://purl.org/dc/terms/title": [("A & B", "en", "")]})
    >>> print(writer.element(thing), end="")
      <rdf:Description rdf:about="https://example.org/a">
        <dct:title xml:lang="en">A &amp; B</dct:title>
      </rdf:Description>
    """

    def __init__(self, base: Iri, more: Mapping[str, str] | None = None) -> None:
        """Keep the namespaces, with those that a document needs besides the usual ones."""
        self._spaces = {**PREFIXES, "plan": f"{base}def/plan#", **(more or {})}
        self._prefixes = {space: prefix for prefix, space in self._spaces.items()}

    def write(self, things: Iterable[Thing]) -> Iterator[str]:
        """Yield a whole document piece by piece."""
        spaces = "".join(f"\n    xmlns:{p}={quoteattr(space)}" for p, space in sorted(self._spaces.items()))
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n'
        for thing in things:
            yield self.element(thing)
        yield "</rdf:RDF>\n"

    def element(self, thing: Thing) -> str:
        """Return a thing as an element."""
        lines = [
            f"    {self._property(predicate, term)}\n"
            for predicate in order_of(tuple(thing.properties))
            for term in thing.properties[predicate]
        ]
        about = quoteattr(thing.iri)
        return f"  <rdf:Description rdf:about={about}>\n{''.join(lines)}  </rdf:Description>\n"

    def _property(self, predicate: Iri, term: Term) -> str:
        """Return a property element."""
        name, attribute = self._name(predicate)
        if isinstance(term, str):
            return f"<{name}{attribute} rdf:resource={quoteattr(term)}/>"
        value, language, datatype = term
        if NOT_IN_XML.search(value):
            raise InputError("A text has a control character that XML does not admit.", predicate)
        attribute += f" xml:lang={quoteattr(language)}" if language else ""
        attribute += f" rdf:datatype={quoteattr(datatype)}" if datatype else ""
        return f"<{name}{attribute}>{escape(value, _ESCAPES)}</{name}>"

    def _name(self, predicate: Iri) -> tuple[str, str]:
        """Return a predicate's qualified name, and the declaration of a prefix that only links with the portal need."""
        match = _LOCAL.search(predicate)
        space = predicate[: match.start()] if match else ""
        prefix = self._prefixes.get(space) or _LINK_PREFIXES.get(space)
        if not match or not prefix:
            raise InputError("A property has no name in XML.", predicate)
        declaration = "" if space in self._prefixes else f" xmlns:{prefix}={quoteattr(space)}"
        return f"{prefix}:{match[0]}", declaration
