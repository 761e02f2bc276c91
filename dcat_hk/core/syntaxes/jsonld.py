"""
Things -> JSON-LD: nested catalogue, dataset, distribution, with an inline context and language maps.

In: things. Out: blocks, which are text once it is known how deep they stand. Expanding the text gives exactly the
things' statements.

Spec: JSON-LD 1.1, sections 4.6 (language maps) and 4.9 (nested nodes).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from ..namespaces import RDF, XSD
from ..properties import ROWS, order_of
from ..terms import PREFIXES, Iri, Literal, Term, Thing, expand, shorten

#: Properties whose objects are written inside the thing.
NESTED = frozenset(expand(name) for name, row in ROWS.items() if row.kind == "nested")
#: What things of a document are indented by, and what each level inside them adds.
MARGIN, STEP = "    ", "  "
#: Whole numbers that every JSON reader keeps: longer ones become floating-point numbers in some.
_CANONICAL_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
#: Local names that mean something else or something different in two vocabularies keep their prefix.
_AMBIGUOUS = {"type", "language", "source", "format", "comment", "label"}


class JsonBlock(NamedTuple):
    """
    JSON on several lines: an object or a list, perhaps behind its key, with what stands inside.

    >>> inner = JsonBlock('"b": [', ("1", "2"), "]")
    >>> print(JsonBlock("{", ('"a": 0', inner), "}").text(""))
    {
      "a": 0,
      "b": [
        1,
        2
      ]
    }
    """

    opening: str
    items: tuple[str | JsonBlock, ...]
    closing: str

    def text(self, indent: str) -> str:
        """
        Return the text, whose first line is not indented.

        Args:
            indent: What the line that closes the block begins with.
        """
        opening, items, closing = self
        inner = f"{indent}{STEP}"
        separator = f",\n{inner}"
        texts = [item if isinstance(item, str) else item.text(inner) for item in items]
        return f"{opening}\n{inner}{separator.join(texts)}\n{indent}{closing}"

    def unclosed(self, indent: str) -> str:
        """
        Return the text up to the last item, for a block to which more is written.

        Args:
            indent: What the line that is to close the block begins with.
        """
        inner = f"{indent}{STEP}"
        texts = (item if isinstance(item, str) else item.text(inner) for item in self.items)
        return f"{self.opening}\n{inner}" + f",\n{inner}".join(texts)


class JsonLd:
    """Writes things under one base IRI."""

    def __init__(self, base: Iri) -> None:
        """Make the context of this base IRI."""
        spaces = {**PREFIXES, "plan": f"{base}def/plan#"}
        #: Names in the context by prefixed names of properties.
        self.keys: dict[str, str] = {}
        self._names: dict[Iri, tuple[str, str]] = {}
        #: Names of properties where their values are months.
        self._months: dict[Iri, str] = {}
        self._context: dict[str, Any] = {"@version": 1.1}
        definitions: dict[str, Any] = {}
        for name, row in ROWS.items():
            if row.kind:
                prefix, local = name.split(":")
                key = self.keys[name] = name if prefix == "plan" or local in _AMBIGUOUS else local
                self._names[spaces[prefix] + local] = (json.dumps(key), row.kind)
                definitions[key] = _definition(name, row.kind)
                if row.months:
                    self._months[spaces[prefix] + local] = json.dumps(row.months)
                    definitions[row.months] = _definition(name, "xsd:gYearMonth")
        self._spaces = {space: prefix for prefix, space in spaces.items()}
        self._context |= dict(sorted(spaces.items())) | dict(sorted(definitions.items()))

    @property
    def context(self) -> Mapping[str, Any]:
        """Return the context that stands in every file."""
        return self._context

    @cached_property
    def opening(self) -> str:
        """Return the beginning of a document, up to its first thing."""
        lines = [f"    {json.dumps(key)}: {json.dumps(value)}" for key, value in self._context.items()]
        return '{\n  "@context": {\n' + ",\n".join(lines) + '\n  },\n  "@graph": [\n'

    @staticmethod
    def closing() -> str:
        """Return the end of a document."""
        return "\n  ]\n}\n"

    def nested(self, things: Sequence[Thing]) -> Iterator[str]:
        """
        Yield things as objects, those that another one nests inside it and not again.

        Args:
            things: The things of one graph.
        """
        by_iri = {thing.iri: thing for thing in things}
        inside = {
            term
            for thing in things
            for predicate in NESTED.intersection(thing.properties)
            for term in thing.properties[predicate]
            if term in by_iri
        }
        for thing in things:
            if thing.iri not in inside:
                yield MARGIN + self._deep(thing, by_iri).text(MARGIN)

    def _deep(self, thing: Thing, by_iri: Mapping[Iri, Thing]) -> JsonBlock:
        """Return a thing with what it nests, however deep."""
        terms = [t for p in NESTED.intersection(thing.properties) for t in thing.properties[p]]
        return self.node(thing, {t: self._deep(by_iri[t], by_iri) for t in terms if isinstance(t, str) and t in by_iri})

    def node(self, thing: Thing, nested: Mapping[Iri, JsonBlock] | None = None) -> JsonBlock:
        """
        Return a thing as an object.

        Args:
            thing: The thing.

            nested: Objects that are written inside the thing, by IRI.
        """
        properties = thing.properties
        names = order_of(tuple(properties))
        return self.assemble(thing, [self.property(p, tuple(properties[p])) for p in names if p not in NESTED], nested)

    def assemble(
        self, thing: Thing, members: Sequence[str | JsonBlock], nested: Mapping[Iri, JsonBlock] | None = None
    ) -> JsonBlock:
        """
        Return the object of a thing from its properties, adding what it nests.

        Nothing that is nested comes before anything that is not: see the order of properties.
        """
        properties = thing.properties
        lists: list[JsonBlock] = []
        if not NESTED.isdisjoint(properties):
            names = [p for p in order_of(tuple(properties)) if p in NESTED]
            lists = [self.list_of(p, properties[p], nested or {}) for p in names]
        return JsonBlock("{", (f'"@id": "{thing.iri}"', *members, *lists), "}")

    def list_of(self, predicate: Iri, terms: Sequence[Term], nested: Mapping[Iri, JsonBlock]) -> JsonBlock:
        """
        Return a property that lists objects, or IRIs of things that are described elsewhere.

        Args:
            predicate: The property.

            terms: Its objects.

            nested: Things that are written here, by IRI.
        """
        items = tuple([nested.get(term) or f'"{term}"' for term in terms if isinstance(term, str)])
        return JsonBlock(f"{self.key(predicate)}: [", items, "]")

    def key(self, predicate: Iri) -> str:
        """Return the quoted key of a property: its name in the context, else its IRI."""
        name_and_kind = self._names.get(predicate)
        return name_and_kind[0] if name_and_kind else f'"{predicate}"'

    def property(self, predicate: Iri, terms: tuple[Term, ...]) -> str | JsonBlock:
        """Return a key and its value, for any property but those whose objects are nested."""
        if predicate == RDF.type:
            return f'"@type": [{", ".join(self._class(term) for term in terms)}]'
        key, kind = self._names.get(predicate) or (f'"{predicate}"', "")
        if kind in {"iri", "iris"} and all(isinstance(term, str) for term in terms):
            if kind == "iri" and len(terms) == 1:
                return f'{key}: "{terms[0]}"'
            return f"{key}: [" + ", ".join(f'"{term}"' for term in terms) + "]"
        if kind in {"text", "texts"}:
            if all(not isinstance(term, str) and not term[2] for term in terms):
                return _language_map(key, terms, kind == "texts")
            # A language map holds nothing but text: anything else stands under the property's own IRI.
            key, kind = f'"{predicate}"', ""
        if predicate in self._months and all(not isinstance(term, str) and term[2] == XSD.gYearMonth for term in terms):
            key, kind = self._months[predicate], "xsd:gYearMonth"
        values = [self._value(term, kind) for term in terms]
        return f"{key}: {values[0] if len(values) == 1 else '[' + ', '.join(values) + ']'}"

    def _value(self, term: Term, kind: str) -> str:
        """Return one value that is no language map and no list of IRIs."""
        if isinstance(term, str):
            return f'{{"@id": "{term}"}}'
        value, language, datatype = term
        quoted = encode_basestring(value)
        if language:
            return f'{{"@language": "{language}", "@value": {quoted}}}'
        if kind == "plain" and not datatype:
            return quoted
        if kind == "plain" and datatype == XSD.boolean and value in {"true", "false"}:
            return value
        if kind == "plain" and datatype == XSD.integer and _CANONICAL_INTEGER.fullmatch(value):
            return value
        if ":" in kind and datatype == expand(kind):
            return quoted
        return f'{{"@type": "{datatype}", "@value": {quoted}}}' if datatype else f'{{"@value": {quoted}}}'

    def _class(self, term: Term) -> str:
        """Return the quoted prefixed name of a class."""
        return f'"{shorten(str(term), self._spaces)}"'


def _definition(name: str, kind: str) -> dict[str, Any]:
    """Return the definition of a term."""
    definition: dict[str, Any] = {"@id": name}
    if kind in {"text", "texts"}:
        return definition | {"@container": "@language" if kind == "text" else ["@language", "@set"]}
    if kind in {"iri", "iris", "nested"}:
        return definition | {"@type": "@id"} | ({} if kind == "iri" else {"@container": "@set"})
    return definition if kind == "plain" else definition | {"@type": kind}


def _language_map(key: str, terms: tuple[Term, ...], as_sets: bool) -> str | JsonBlock:
    """Return a key with texts by language tag, in the order given; text without a tag is under @none."""
    by_language: dict[str, list[str]] = {}
    for term in terms:
        assert isinstance(term, Literal)
        by_language.setdefault(term.language or "@none", []).append(encode_basestring(term.value))
    parts = [
        f'"{language}": ' + (values[0] if len(values) == 1 and not as_sets else "[" + ", ".join(values) + "]")
        for language, values in by_language.items()
    ]
    if sum(map(len, parts)) < 90:
        return f"{key}: {{{', '.join(parts)}}}"
    return JsonBlock(f"{key}: {{", tuple(parts), "}")
