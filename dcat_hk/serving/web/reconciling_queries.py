"""
Reconciliation queries as JSON -> values that were checked.

In: the text of `queries`, of `query` or of `extend`. Out: `MatchQuery` and `ExtendQuery`. What is no query of the
standard is refused, with the name of the query and what is wrong with it.

Spec: Reconciliation Service API 0.2, sections 4 (reconciliation queries) and 7 (data extension).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .requests import RequestError, read_json

#: Queries of one request, values of one query, entities and properties of one extension.
MOST_QUERIES, MOST_VALUES, MOST_IDS = 100, 50, 500
#: Candidates of a query where none are asked for, and the most.
LIMIT, MOST_CANDIDATES = 10, 100
#: Characters of a text in a query.
_LONGEST = 2000
_LAST = re.compile(r"[^#/:]*$")
#: What properties and types may be called besides their own names, in small letters.
PROPERTIES = {
    "publisher": "publisher",
    "organization": "publisher",
    "subject": "category",
    "category": "category",
    "status": "stage",
    "stage": "stage",
    "accrualperiodicity": "frequency",
    "frequency": "frequency",
    "format": "format",
    "issued": "issued",
    "available": "available",
    "identifier": "identifier",
    "title": "title",
    "name": "title",
    "landingpage": "page",
    "page": "page",
}
DATASET, BODY = "dataset", "body"
TYPES = {
    "dataset": DATASET,
    "organization": BODY,
    "organisation": BODY,
    "agent": BODY,
    "body": BODY,
}


@dataclass(frozen=True, slots=True)
class MatchQuery:
    """
    One query.

    Args:
        text: What is looked for; may be empty if there are properties.

        kinds: Which kinds of things may match; none at all where a type is asked for that there is not.

        limit: How many candidates are wanted.

        properties: Names of properties and the values that they should have.
    """

    text: str
    kinds: frozenset[str]
    limit: int
    properties: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class ExtendQuery:
    """Of which things which properties are wanted."""

    ids: tuple[str, ...]
    properties: tuple[str, ...]


def last_name(name: str) -> str:
    """
    Return the last part of an IRI or of a prefixed name, in small letters.

    >>> last_name("http://purl.org/dc/terms/publisher"), last_name("dct:publisher"), last_name("publisher")
    ('publisher', 'publisher', 'publisher')
    """
    match = _LAST.search(name.rstrip("/#"))
    return match[0].lower() if match else ""


def read_batch(text: str) -> dict[str, MatchQuery]:
    """
    Return the queries of a batch by their names.

    Args:
        text: The value of `queries`.

    Raises:
        RequestError: It is no batch, or a query in it is none.

    >>> read_batch('{"q0": {"query": "Piers"}}')["q0"].text
    'Piers'
    """
    batch = _parse(text)
    if not isinstance(batch, dict):
        raise RequestError.of("reconcile.batch", 400)
    if len(batch) > MOST_QUERIES:
        raise RequestError.of("reconcile.many-queries", 413, most=MOST_QUERIES)
    return {name: read_one(query, name) for name, query in batch.items()}


def read_single(text: str) -> MatchQuery:
    """
    Return the query of a request that has one: an object, or the text alone.

    Args:
        text: The value of `query`.

    Raises:
        RequestError: It is no query.

    >>> read_single("Piers").text, read_single('{"query": "Piers"}').text
    ('Piers', 'Piers')
    """
    query = _parse(text) if text.lstrip().startswith("{") else {"query": text}
    return read_one(query, "query")


def read_one(query: Any, name: str) -> MatchQuery:
    """
    Return one query.

    Args:
        query: The query as JSON.

        name: What it is called.

    Raises:
        RequestError: It is none.
    """
    if not isinstance(query, dict):
        raise RequestError.of("reconcile.query", 400, name=name)
    text, properties = query.get("query", ""), query.get("properties", [])
    if not isinstance(text, str):
        raise RequestError.of("reconcile.text", 400, name=name)
    if not isinstance(properties, list) or not all(isinstance(one, dict) for one in properties):
        raise RequestError.of("reconcile.properties", 400, name=name)
    if "query" not in query and not properties:
        raise RequestError.of("reconcile.nothing-asked", 400, name=name)
    if len(properties) > MOST_VALUES:
        raise RequestError.of("reconcile.many-properties", 413, name=name, most=MOST_VALUES)
    return MatchQuery(
        text[:_LONGEST].strip(),
        _read_kinds(query, name),
        _read_limit(query, name),
        tuple(_read_property(one, name) for one in properties),
    )


def read_extension(text: str) -> ExtendQuery:
    """
    Return of which things which properties are wanted.

    Args:
        text: The value of `extend`.

    Raises:
        RequestError: It is no query of data extension.

    >>> read_extension('{"ids": ["dataset/a"], "properties": [{"id": "dct:publisher"}]}').properties
    ('dct:publisher',)
    """
    query = _parse(text)
    ids, properties = (query.get("ids"), query.get("properties")) if isinstance(query, dict) else (None, None)
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise RequestError.of("reconcile.ids", 400)
    named = isinstance(properties, list) and all(isinstance(one, dict) for one in properties)
    if not named or not all(isinstance(one.get("id"), str) for one in properties or ()):
        raise RequestError.of("reconcile.extended", 400)
    if len(ids) > MOST_IDS or len(properties or ()) > MOST_VALUES:
        raise RequestError.of("reconcile.many-things", 413, things=MOST_IDS, values=MOST_VALUES)
    return ExtendQuery(tuple(ids), tuple(dict.fromkeys(one["id"] for one in properties or ())))


def _parse(text: str) -> Any:
    """Return the JSON of a parameter."""
    return read_json(text, "reconcile.json")


def _read_kinds(query: Mapping[str, Any], name: str) -> frozenset[str]:
    """Return which kinds of things may match."""
    stated = query.get("type")
    names = stated if isinstance(stated, list) else [] if stated in (None, "") else [stated]
    if not all(isinstance(one, str) for one in names):
        raise RequestError.of("reconcile.type", 400, name=name)
    strict = query.get("type_strict", "any")
    if strict not in ("any", "should", "all"):
        raise RequestError.of("reconcile.type-strict", 400, name=name)
    kinds = frozenset(TYPES.get(last_name(one), "") for one in names)
    if not names or strict == "should":
        return frozenset({DATASET, BODY})
    # Nothing is a dataset and a body.
    return frozenset() if strict == "all" and len(kinds) > 1 else kinds - {""}


def _read_limit(query: Mapping[str, Any], name: str) -> int:
    """Return how many candidates are wanted."""
    limit = query.get("limit", LIMIT)
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not 0 < limit < 10**9:
        if limit in (None, 0):
            return LIMIT
        raise RequestError.of("reconcile.limit", 400, name=name)
    return min(int(limit) or 1, MOST_CANDIDATES)


def _read_property(one: Mapping[str, Any], name: str) -> tuple[str, tuple[str, ...]]:
    """Return the name of a property, as we call it if we know it, and the values that it should have."""
    if not isinstance(one.get("pid"), str) or "v" not in one:
        raise RequestError.of("reconcile.property", 400, name=name)
    values = one["v"] if isinstance(one["v"], list) else [one["v"]]
    if len(values) > MOST_VALUES:
        raise RequestError.of("reconcile.many-values", 413, name=name, most=MOST_VALUES)
    return PROPERTIES.get(last_name(one["pid"]), ""), tuple(_read_value(value, name) for value in values)


def _read_value(value: Any, name: str) -> str:
    """Return a value as text; of a thing, the last part of its name."""
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        return str(value["id"]).rstrip("/").rpartition("/")[2]
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise RequestError.of("reconcile.value", 400, name=name)
    return str(value)[:_LONGEST]
