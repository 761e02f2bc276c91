"""
Addresses of JSON-LD contexts that are known -> contexts, restated from `contexts.toml`.

In: an address, or the beginning of JSON without a context that says which schema it follows. Out: a context.

Spec: Project Open Data metadata schema 1.1; DCAT-AP 3, JSON-LD context.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from ...core.terms import Iri
from ...core.wording.records import read_toml

_CONFORMS = re.compile(rb'"conformsTo"\s*:\s*"https?://project-open-data\.cio\.gov/v1\.1/schema/?"')
_POD = "project-open-data"


def known_context(address: Iri) -> Any:
    """
    Return the context that an address stands for; None if it is not known.

    >>> known_context("https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld")["keyword"]
    'http://www.w3.org/ns/dcat#keyword'
    """
    name = _addresses().get(address.removeprefix("https://").removeprefix("http://"))
    return _context(name) if name else None


def context_without_address(start: bytes) -> str:
    """
    Return the context of a file that names none but says that it follows a known schema; empty for any other.

    >>> context_without_address(b'{"conformsTo": "https://project-open-data.cio.gov/v1.1/schema", "x": 1}')[:1]
    '{'
    """
    return json.dumps(_context(_POD)) if _CONFORMS.search(start) and b"@context" not in start else ""


@cache
def _addresses() -> dict[str, str]:
    """Return the names of contexts by their addresses without a scheme."""
    table = read_toml(__package__, "contexts.toml")
    return {address: name for name, entry in table.items() for address in entry.get("addresses", ())}


@cache
def _context(name: str) -> dict[str, Any]:
    """Return a context by its name."""
    table = read_toml(__package__, "contexts.toml")
    entry = table[name]
    entry = table[entry["like"]] | entry if "like" in entry else entry
    prefixes = entry["prefixes"]
    kinds, bases = table["kinds"], entry.get("bases", {})
    terms = {
        term: _definition(_full(iri, prefixes), coercion, bases.get(term, ""))
        for kind, coercion in kinds.items()
        for term, iri in entry.get(kind, {}).items()
    }
    context: dict[str, Any] = {"@version": 1.1} | prefixes
    context |= {"@vocab": entry["vocabulary"]} if "vocabulary" in entry else {}
    classes, scopes = entry.get("classes", {}), entry.get("scopes", {})
    for term, iri in classes.items():
        scope = {inner: terms[inner] for inner in scopes.get(term, ())}
        for inner, (kind, other) in entry.get("others", {}).get(term, {}).items():
            scope[inner] = _definition(_full(other, prefixes), kinds[kind])
        if entry.get("dotted"):
            context |= {f"{term}.{inner}": definition for inner, definition in scope.items()}
            scope = {}
        context[term] = {"@id": _full(iri, prefixes)} | ({"@context": scope} if scope else {})
    return context | ({} if scopes else terms)


def _definition(iri: Iri, coercion: str, base: Iri = "") -> Any:
    """Return the definition of a term."""
    if base:
        return {"@id": iri, "@type": coercion, "@context": {"@base": base}}
    if coercion == "@language":
        return {"@id": iri, "@container": ["@language", "@set"]}
    return {"@id": iri, "@type": coercion} if coercion else iri


def _full(iri: Iri, prefixes: Mapping[str, Iri]) -> Iri:
    """Return a compact IRI as an IRI."""
    prefix, _colon, local = iri.partition(":")
    return prefixes.get(prefix, f"{prefix}:") + local
