"""
Datasets -> framed JSON-LD: one object for each dataset, with names written beside the codes that it points at.

In: a dataset and the things that it points at, directly or not. Out: objects. They are what framing the whole
catalogue with the published frame gives, so that nobody needs a program for it: of each kind of thing the properties in
`frame.toml`, and nothing else.

Spec: JSON-LD 1.1 Framing; JSON-LD 1.1 API, compaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from ..namespaces import RDF, XSD
from ..properties import ROWS, order_of
from ..terms import PREFIXES, Iri, Literal, Term, Thing, expand, shorten
from ..wording.records import WordingError, read_toml
from .jsonld import JsonLd

#: The kind of thing that a framed document lists.
_ROOT = "Dataset"
#: Kinds of properties whose values are a list even if there is one.
_LISTS = frozenset({"iris", "nested"})
_FLAGS = {"@explicit": True, "@omitDefault": True, "@embed": "@always"}

#: Returns what is known of an IRI, None if nothing is.
FindThing = Callable[[Iri], Thing | None]


class FramedPart(NamedTuple):
    """What is shown of one kind of thing: properties with values, links, and kinds of things that stand inside."""

    shown: Sequence[str]
    linked: Sequence[str]
    nested: Mapping[str, str]


@cache
def framed_parts() -> Mapping[str, FramedPart]:
    """
    Return what is shown of each kind of thing.

    Raises:
        WordingError: The table names a kind that it does not describe, a property without a row, or one with things
            inside that is in no context.

    >>> framed_parts()["Agent"].shown
    ['foaf:name', 'dct:identifier']
    """
    table = read_toml("dcat_hk.core", "frame.toml")
    parts = {
        kind: FramedPart(row.get("shown", []), row.get("linked", []), row.get("nested", {}))
        for kind, row in table.items()
    }
    for kind, part in parts.items():
        for name in (*part.shown, *part.linked, *part.nested):
            if name not in ROWS:
                raise WordingError(f"frame.toml: {kind}: The property {name} has no row.")
        for name in part.nested:
            if not ROWS[name].kind:
                raise WordingError(f"frame.toml: {kind}: The property {name} is in no context.")
        for inner in part.nested.values():
            if inner not in parts:
                raise WordingError(f"frame.toml: {kind}: Nothing is known by the name {inner}.")
    return parts


class FramedJsonLd:
    """
    Writes datasets in their framed form under one base IRI.

    Args:
        base: The base IRI.

    >>> title = {RDF.type: [expand("dcat:Dataset")], expand("dct:title"): [Literal("A", "en")]}
    >>> FramedJsonLd("https://example.org/").tree(Thing("https://example.org/a", title), {}.get)
    {'@id': 'https://example.org/a', '@type': 'dcat:Dataset', 'title': {'en': 'A'}}
    """

    def __init__(self, base: Iri) -> None:
        """Make the context: of the published one the prefixes of standards and the terms that occur here."""
        self._spaces = {space: prefix for prefix, space in PREFIXES.items()}
        self._jsonld = JsonLd(base)
        parts = framed_parts().values()
        names = {name for part in parts for name in (*part.shown, *part.linked, *part.nested)}
        keys = self._jsonld.keys
        self._terms = {keys[name] for name in names if name in keys} | {ROWS[name].months for name in names}
        # Without the prefix of our own terms an IRI in a value stays whole, whatever program frames the catalogue.
        kept = {"@version", *PREFIXES} | self._terms
        self.context = {name: value for name, value in self._jsonld.context.items() if name in kept}

    def frame(self) -> dict[str, Any]:
        """
        Return the frame: what a program for JSON-LD makes the same objects with.

        Properties with values stand in it by prefixed names that are no terms, or by IRIs, because a term for texts by
        language cannot hold a pattern.
        """
        return {"@context": self.context, "@type": f"dcat:{_ROOT}", **self._frame(_ROOT, root=True)}

    def _frame(self, kind: str, root: bool = False) -> dict[str, Any]:
        """Return the frame of a kind of thing; one inside another matches whatever is there."""
        part, terms = framed_parts()[kind], self._terms
        frame: dict[str, Any] = {**({} if root else {"@id": {}}), **_FLAGS}
        frame |= {expand(name) if name in terms else name: {"@omitDefault": True} for name in part.shown}
        frame |= {name: {"@embed": "@never", "@omitDefault": True} for name in part.linked}
        return frame | {name: self._frame(inner) for name, inner in part.nested.items()}

    def tree(self, dataset: Thing, find: FindThing) -> dict[str, Any]:
        """
        Return the object of a dataset.

        Args:
            dataset: The dataset.

            find: Returns the things that it points at.
        """
        return self._node(_ROOT, dataset, find)

    def _node(self, kind: str, thing: Thing, find: FindThing) -> dict[str, Any]:
        """Return the object of a thing of a kind."""
        part, properties = framed_parts()[kind], thing.properties
        node: dict[str, Any] = {"@id": thing.iri}
        types = [self._compact(str(term)) for term in properties.get(RDF.type, ())]
        if types:
            node["@type"] = types[0] if len(types) == 1 else types
        inside = {expand(name): inner for name, inner in part.nested.items()}
        wanted = {*map(expand, (*part.shown, *part.linked)), *inside}
        for predicate in order_of(tuple(name for name in properties if name in wanted)):
            terms = properties[predicate]
            if predicate in inside:
                values = [self._inner(inside[predicate], term, find) for term in terms if isinstance(term, str)]
                self._put(node, predicate, values)
            elif all(isinstance(term, str) for term in terms):
                has_name = self._compact(predicate) in self._jsonld.keys
                # What is in no context stands as an object, as nothing says that its value is an IRI.
                self._put(node, predicate, list(terms) if has_name else [{"@id": term} for term in terms])
            else:
                self._put_literals(node, predicate, terms)
        return node

    def _inner(self, kind: str, iri: Iri, find: FindThing) -> Any:
        """Return a thing that stands inside another; its IRI alone if nothing that is shown is known of it."""
        thing = find(iri)
        node = self._node(kind, thing, find) if thing else {}
        return node if len(node) > 1 else iri

    def _put(self, node: dict[str, Any], predicate: Iri, values: Sequence[Any]) -> None:
        """Put objects and IRIs into a node."""
        is_list = ROWS[self._compact(predicate)].kind in _LISTS or len(values) > 1
        node[self._key(predicate)] = list(values) if is_list else values[0]

    def _put_literals(self, node: dict[str, Any], predicate: Iri, terms: Sequence[Term]) -> None:
        """Put literals into a node: texts by language, values of the property's datatype as they are."""
        row = ROWS[self._compact(predicate)]
        literals = [term for term in terms if isinstance(term, Literal)]
        if row.kind in {"text", "texts"}:
            by_language: dict[str, list[str]] = {}
            for literal in literals:
                by_language.setdefault(literal.language or "@none", []).append(literal.value)
            node[self._key(predicate)] = {
                tag: values if row.kind == "texts" or len(values) > 1 else values[0]
                for tag, values in by_language.items()
            }
            return
        for literal in literals:
            key, value = self._value(predicate, literal, row.kind, row.months)
            node[key] = [*_as_list(node[key]), value] if key in node else value

    def _value(self, predicate: Iri, literal: Literal, kind: str, months: str) -> tuple[str, Any]:
        """Return the key and the value of a literal that is no text in a language."""
        value, language, datatype = literal
        if kind == "plain" and not language and not datatype:
            return self._key(predicate), value
        if ":" in kind and datatype == expand(kind):
            return self._key(predicate), value
        if months and datatype == XSD.gYearMonth:
            return months, value
        tag = {"@language": language} if language else {"@type": self._compact(datatype)} if datatype else {}
        return self._compact(predicate), {**tag, "@value": value} if tag else value

    def _key(self, predicate: Iri) -> str:
        """Return the name of a property in the context; its prefixed name if it is in none."""
        name = self._compact(predicate)
        return self._jsonld.keys.get(name, name)

    def _compact(self, iri: Iri) -> str:
        """Return the prefixed name of a property, class or datatype, its IRI if no prefix fits."""
        return shorten(iri, self._spaces)


def _as_list(value: Any) -> list[Any]:
    """Return a value as a list."""
    return value if isinstance(value, list) else [value]
