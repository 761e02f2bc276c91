"""
Things -> JSON-LD: nested catalogue, dataset, distribution, with an inline context and language maps.

In: things. Out: text, piece by piece. Expanding it gives exactly the things' statements.

Spec: JSON-LD 1.1, sections 4.6 (language maps) and 4.9 (nested nodes).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from json.encoder import encode_basestring
from typing import Any

from ..terms import PREFIXES, Iri, Literal, Term, Thing, expand, order_of

#: Kinds of values: text by language (one or a set), IRIs (one or a set), a datatype, plain strings and numbers.
_KINDS = {
    "text": """dct:title dct:description foaf:name vcard:fn skos:prefLabel skos:definition rdfs:label rdfs:comment
        plan:group plan:statedCategory plan:statedFrequency plan:statedDate""",
    "texts": "dcat:keyword skos:altLabel",
    "iri": """foaf:primaryTopic dct:publisher dct:accrualPeriodicity dct:temporal dct:accessRights adms:status
        dcatap:availability dct:format dcat:mediaType dct:license dct:rights foaf:homepage dct:isReplacedBy dct:source
        prov:wasDerivedFrom prov:specializationOf vcard:hasURL vcard:hasEmail foaf:page skos:inScheme skos:topConceptOf
        plan:stage plan:frequency rdfs:isDefinedBy rdfs:domain rdfs:range rdfs:subClassOf""",
    "iris": """dct:creator dcat:contactPoint dct:subject dcat:theme dct:type dct:language dct:spatial
        dcat:landingPage dcat:accessURL dct:conformsTo dcat:themeTaxonomy skos:broadMatch dct:isReferencedBy
        dcat:catalog dcat:distribution dcat:dataset dcat:record plan:statedFormat""",
    "xsd:gYearMonth": """dct:issued dct:modified dct:available plan:targetDate plan:targetStart plan:targetEnd
        plan:releaseDate plan:releaseStart plan:releaseEnd""",
    "xsd:gYear": "dcat:startDate dcat:endDate",
    "geo:wktLiteral": "dcat:bbox dcat:centroid",
    "plain": """dct:identifier skos:notation plan:section plan:spatial plan:number plan:part plan:locator plan:every
        plan:times plan:needsContext""",
}
#: Properties whose objects are written inside the thing.
EMBEDDED = {expand(name) for name in ("dcat:catalog", "dcat:dataset", "dcat:distribution", "dcat:record")}
_TYPE = expand("rdf:type")
_STEP, _MARGIN = "  ", "    "
_INTEGER, _BOOLEAN = expand("xsd:integer"), expand("xsd:boolean")
#: Whole numbers that every JSON reader keeps: longer ones become floating-point numbers in some.
_CANONICAL_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
#: Local names that mean something else or something different in two vocabularies keep their prefix.
_AMBIGUOUS = {"type", "language", "source", "format", "comment", "label"}


class JsonLd:
    """Writes things under one base IRI."""

    def __init__(self, base: Iri) -> None:
        """Make the context of this base IRI."""
        spaces = {**PREFIXES, "plan": f"{base}def/plan#"}
        self._names: dict[Iri, tuple[str, str]] = {}
        self._context: dict[str, Any] = {"@version": 1.1}
        used: dict[str, Any] = {}
        for kind, names in _KINDS.items():
            for name in names.split():
                prefix, local = name.split(":")
                key = name if prefix == "plan" or local in _AMBIGUOUS else local
                self._names[spaces[prefix] + local] = (json.dumps(key), kind)
                used[key] = _definition(name, kind)
        self._spaces = {space: prefix for prefix, space in spaces.items()}
        self._context |= dict(sorted(spaces.items())) | dict(sorted(used.items()))

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
        Yield things as objects, those that another one embeds inside it and not again.

        Args:
            things: The things of one graph.
        """
        by_iri = {thing.iri: thing for thing in things}
        inside = {
            term
            for thing in things
            for predicate in EMBEDDED.intersection(thing.properties)
            for term in thing.properties[predicate]
            if term in by_iri
        }
        for thing in things:
            if thing.iri not in inside:
                yield self._deep(thing, by_iri, _MARGIN)

    def _deep(self, thing: Thing, by_iri: Mapping[Iri, Thing], indent: str) -> str:
        """Return a thing with what it embeds, however deep."""
        embedded = [t for p in EMBEDDED.intersection(thing.properties) for t in thing.properties[p]]
        inner = indent + _STEP + _STEP
        texts = {t: self._deep(by_iri[t], by_iri, inner) for t in embedded if isinstance(t, str) and t in by_iri}
        return self.node(thing, texts, indent)

    def node(self, thing: Thing, embedded: Mapping[Iri, str] | None = None, indent: str = "    ") -> str:
        """
        Return a thing as an object.

        Args:
            thing: The thing.

            embedded: Objects that are written inside the thing, by IRI, indented four columns deeper.

            indent: What every line begins with.
        """
        inner, properties = indent + _STEP, thing.properties
        names = order_of(tuple(properties))
        lines = [self.property(p, tuple(properties[p]), inner) for p in names if p not in EMBEDDED]
        return self.assemble(thing, lines, embedded or {}, indent)

    def assemble(self, thing: Thing, lines: list[str], embedded: Mapping[Iri, str], indent: str) -> str:
        """
        Return the object of a thing from its properties, adding what it embeds.

        Nothing that is embedded comes before anything that is not: see the order of properties.
        """
        inner, properties = indent + _STEP, thing.properties
        if not EMBEDDED.isdisjoint(properties):
            names = [p for p in order_of(tuple(properties)) if p in EMBEDDED]
            lines = lines + [self._embedding(p, properties[p], embedded, inner) for p in names]
        body = ",\n".join(lines)
        return f'{indent}{{\n{inner}"@id": "{thing.iri}",\n{body}\n{indent}}}'

    def tree(self, catalogue: Thing, embedded: Mapping[Iri, bytes]) -> bytes:
        """
        Return a catalogue with what it embeds, which may be long, as UTF-8.

        Args:
            catalogue: The catalogue.

            embedded: Its datasets and records as objects, by IRI, indented four columns deeper.
        """
        names = [p for p in order_of(tuple(catalogue.properties)) if p in EMBEDDED]
        bare = {p: terms for p, terms in catalogue.properties.items() if p not in EMBEDDED}
        inner = f"{_MARGIN}{_STEP}{_STEP}"
        pieces = [self.node(Thing(catalogue.iri, bare)).removesuffix(f"\n{_MARGIN}}}").encode()]
        for name in names:
            listed = [
                embedded.get(term) or f'{inner}"{term}"'.encode()
                for term in catalogue.properties[name]
                if isinstance(term, str)
            ]
            key = f"{_MARGIN}{_STEP}{self._names[name][0]}: [\n".encode()
            pieces.append(key + b",\n".join(listed) + f"\n{_MARGIN}{_STEP}]".encode())
        return b",\n".join(pieces) + f"\n{_MARGIN}}}".encode()

    def _embedding(self, predicate: Iri, terms: Sequence[Term], embedded: Mapping[Iri, str], indent: str) -> str:
        """Return a key whose value lists objects, or IRIs of things that are described elsewhere."""
        inner = indent + _STEP
        nodes = [embedded.get(term) or f'{inner}"{term}"' for term in terms if isinstance(term, str)]
        return f"{indent}{self._names[predicate][0]}: [\n" + ",\n".join(nodes) + f"\n{indent}]"

    def property(self, predicate: Iri, terms: tuple[Term, ...], indent: str) -> str:
        """Return a line with a key and its value."""
        if predicate == _TYPE:
            return f'{indent}"@type": [{", ".join(self._class(term) for term in terms)}]'
        key, kind = self._names.get(predicate) or (f'"{predicate}"', "")
        if kind in {"iri", "iris"} and all(isinstance(term, str) for term in terms):
            if kind == "iri" and len(terms) == 1:
                return f'{indent}{key}: "{terms[0]}"'
            return f"{indent}{key}: [" + ", ".join(f'"{term}"' for term in terms) + "]"
        if kind in {"text", "texts"}:
            if all(not isinstance(term, str) and not term[2] for term in terms):
                return f"{indent}{key}: {_language_map(terms, kind == 'texts', indent)}"
            # A language map holds nothing but text: anything else stands under the property's own IRI.
            key, kind = f'"{predicate}"', ""
        values = [self._value(term, kind) for term in terms]
        return f"{indent}{key}: {values[0] if len(values) == 1 else '[' + ', '.join(values) + ']'}"

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
        if kind == "plain" and datatype == _BOOLEAN and value in {"true", "false"}:
            return value
        if kind == "plain" and datatype == _INTEGER and _CANONICAL_INTEGER.fullmatch(value):
            return value
        if ":" in kind and datatype == expand(kind):
            return quoted
        return f'{{"@type": "{datatype}", "@value": {quoted}}}' if datatype else f'{{"@value": {quoted}}}'

    def _class(self, term: Term) -> str:
        """Return the quoted prefixed name of a class."""
        iri = str(term)
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self._spaces.get(iri[:cut])
        return f'"{prefix}:{iri[cut:]}"' if prefix else f'"{iri}"'


def _definition(name: str, kind: str) -> dict[str, Any]:
    """Return the definition of a term."""
    definition: dict[str, Any] = {"@id": name}
    if kind in {"text", "texts"}:
        return definition | {"@container": "@language" if kind == "text" else ["@language", "@set"]}
    if kind in {"iri", "iris"}:
        return definition | {"@type": "@id"} | ({"@container": "@set"} if kind == "iris" else {})
    return definition if kind == "plain" else definition | {"@type": kind}


def _language_map(terms: tuple[Term, ...], as_sets: bool, indent: str) -> str:
    """Return texts by language tag, in the order given; text without a tag is under @none."""
    by_language: dict[str, list[str]] = {}
    for term in terms:
        assert isinstance(term, Literal)
        by_language.setdefault(term.language or "@none", []).append(encode_basestring(term.value))
    parts = [
        f'"{language}": ' + (values[0] if len(values) == 1 and not as_sets else "[" + ", ".join(values) + "]")
        for language, values in by_language.items()
    ]
    if sum(map(len, parts)) < 90:
        return "{" + ", ".join(parts) + "}"
    return "{\n" + ",\n".join(f"{indent}  {part}" for part in parts) + f"\n{indent}}}"
