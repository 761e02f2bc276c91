"""
The JSON Schema of our JSON-LD, made from the table of properties.

In: a base IRI. Out: a schema. It holds for every file of a build in JSON-LD, for exports, and for the framed form, in
which things stand where the others have their IRIs. It says what a program that knows no RDF finds under which key.

Spec: JSON Schema 2020-12.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..languages import TEXT_LANGUAGES
from ..properties import ROWS, PropertyRow, label_of
from ..terms import PREFIXES, Iri
from .jsonld import JsonLd

#: What a thing of a class has in every form that we write, by the names of the context; of several names one is enough.
_REQUIRED = {
    "dcat:Catalog": ("title", "description", "publisher"),
    "dcat:CatalogRecord": ("primaryTopic", "modified"),
    "dcat:Dataset": ("title", "description", "identifier", "publisher", "status"),
    "dcat:Distribution": ("title", "accessURL"),
    "foaf:Agent": ("name",),
    "skos:Concept": ("prefLabel",),
    "vcard:Kind": ("fn",),
}
_STRING = {"type": "string", "minLength": 1}
_ITEM = {"$ref": "#/$defs/thingOrIri"}
#: What values of each kind look like.
_KINDS: Mapping[str, Any] = {
    "text": {"$ref": "#/$defs/text"},
    "texts": {"$ref": "#/$defs/texts"},
    "iri": {"anyOf": [_ITEM, {"type": "array", "items": _ITEM, "minItems": 2}]},
    "iris": {"type": "array", "items": _ITEM, "minItems": 1},
    "nested": {"type": "array", "items": _ITEM},
    "plain": {"anyOf": [{"$ref": "#/$defs/plain"}, {"type": "array", "items": {"$ref": "#/$defs/plain"}}]},
}
#: How values of a datatype are written.
_PATTERNS = {"xsd:gYear": "^[0-9]{4}$", "xsd:gYearMonth": "^[0-9]{4}-(0[1-9]|1[0-2])$"}


def make_schema(base: Iri) -> dict[str, Any]:
    """
    Return the JSON Schema of documents under a base IRI.

    Args:
        base: The base IRI.

    >>> make_schema("https://example.org/")["$defs"]["thing"]["properties"]["issued"]["title"]
    'Issued'
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{base}schema.json",
        "title": "A catalogue of open data plans in JSON-LD",
        "description": "Things are objects; one that is only named is its IRI. Texts stand by language tag.",
        "type": "object",
        "required": ["@context", "@graph"],
        "additionalProperties": False,
        "properties": {
            "@context": {"type": "object"},
            "@graph": {"type": "array", "items": {"$ref": "#/$defs/thing"}},
        },
        "$defs": {
            "iri": {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9+.-]*:[!-~]+$"},
            "thingOrIri": {"anyOf": [{"$ref": "#/$defs/iri"}, {"$ref": "#/$defs/thing"}]},
            "text": _texts({"anyOf": [_STRING, {"type": "array", "items": _STRING, "minItems": 2}]}),
            "texts": _texts({"type": "array", "items": _STRING, "minItems": 1}),
            "plain": {"anyOf": [_STRING, {"type": ["integer", "boolean"]}, {"$ref": "#/$defs/value"}]},
            "value": {
                "type": "object",
                "required": ["@value"],
                "additionalProperties": False,
                "properties": {"@value": {"type": "string"}, "@type": _STRING, "@language": _STRING},
            },
            "thing": _thing(base),
        },
    }


def _texts(one: Any) -> dict[str, Any]:
    """Return the schema of texts by language tag."""
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"enum": [*TEXT_LANGUAGES, "@none"]},
        "additionalProperties": one,
    }


def _thing(base: Iri) -> dict[str, Any]:
    """Return the schema of a thing: its keys, and what things of a class have."""
    keys = JsonLd(base).keys
    properties: dict[str, Any] = {
        "@id": {"$ref": "#/$defs/iri"},
        "@type": {"anyOf": [_STRING, {"type": "array", "items": _STRING, "minItems": 1}]},
    }
    for name, row in ROWS.items():
        if row.kind:
            title = {} if name.startswith("plan:") else {"title": label_of(name, "en")}
            properties[keys[name]] = {**title, **_values(row)}
            if row.months:
                properties[row.months] = {**title, **_datatype("xsd:gYearMonth")}
    return {
        "type": "object",
        "required": ["@id"],
        "additionalProperties": False,
        "properties": properties,
        "patternProperties": {f"^(https?:|({'|'.join(PREFIXES)}):[A-Za-z]+$)": True},
        "allOf": [_requirement(name, keys) for name, keys in _REQUIRED.items()],
    }


def _values(row: PropertyRow) -> dict[str, Any]:
    """Return the schema of the values of a property."""
    return dict(_KINDS[row.kind]) if row.kind in _KINDS else _datatype(row.kind)


def _datatype(name: str) -> dict[str, Any]:
    """Return the schema of values of a datatype: texts of its form, or objects that name another one."""
    one = {"type": "string", "pattern": _PATTERNS[name]} if name in _PATTERNS else _STRING
    value = {"$ref": "#/$defs/value"}
    return {"anyOf": [one, value, {"type": "array", "items": {"anyOf": [one, value]}, "minItems": 2}]}


def _requirement(name: str, keys: tuple[str, ...]) -> dict[str, Any]:
    """Return that a thing of a class has some keys."""
    is_one = {"anyOf": [{"const": name}, {"type": "array", "contains": {"const": name}}]}
    return {"if": {"required": ["@type"], "properties": {"@type": is_one}}, "then": {"required": list(keys)}}
