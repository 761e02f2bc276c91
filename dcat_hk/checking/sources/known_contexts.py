"""
Addresses of JSON-LD contexts that are known -> contexts, restated from `contexts.toml`.

In: an address, or the beginning of JSON without a context that says which schema it follows. Out: a context.

Spec: Project Open Data metadata schema 1.1; DCAT-AP 3, JSON-LD context.
"""

from __future__ import annotations

import json
import re
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
    return {address: name for name, entry in table.items() for address in entry["addresses"]}


@cache
def _context(name: str) -> dict[str, Any]:
    """Return a context by its name."""
    entry = read_toml(__package__, "contexts.toml")[name]
    prefixes = entry["prefixes"]
    context: dict[str, Any] = {"@vocab": entry["vocabulary"]} | prefixes
    for kind, coercion in entry["types"].items():
        for term, iri in entry[kind].items():
            prefix, _colon, local = iri.partition(":")
            full = prefixes.get(prefix, f"{prefix}:") + local
            context[term] = {"@id": full, "@type": coercion} if coercion else full
    return context
