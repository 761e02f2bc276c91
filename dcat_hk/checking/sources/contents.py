"""
A file that holds no RDF -> what it is instead, and what to do.

In: how it begins; of JSON, what it says. Out: an error that calls it by its name. `contents.toml` has what to do.
"""

from __future__ import annotations

import contextlib
import re
from functools import cache
from typing import Any
from xml.parsers import expat

from ...core.errors import NotRdf
from ...core.terms import PREFIXES
from ...core.text import printable
from ...core.wording.records import read_toml
from ...core.wording.refusals import Phrase

#: How files of other kinds begin.
_BEGINNINGS = (
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-office"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BZh", "packed"),
    (b"\xfd7zXZ\x00", "packed"),
    (b"\x28\xb5\x2f\xfd", "packed"),
    (b"7z\xbc\xaf\x27\x1c", "packed"),
    (b"\x1f\x8b", "packed"),
    (b"SQLite format 3\x00", "database"),
    (b"PAR1", "database"),
    (b"$HDT", "hdt"),
)
_TAR = (257, b"ustar")
_OFFICE = (b"word/", b"xl/", b"ppt/", b"[Content_Types].xml")
_DOCTYPE = re.compile(
    r"(?:<\?xml[^>]*\?>)?(?:\s++|<!--.*?-->)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_SPARQL = re.compile(
    r"(?:\s*+(?:PREFIX|BASE)\b[^\n]*+\n)*+\s*+(?:SELECT|CONSTRUCT|ASK|DESCRIBE|INSERT|DELETE)\b", re.IGNORECASE
)
_SHEX = re.compile(
    r"^[ \t]*+(?:start\s{0,9}=|(?:<[^>\n]*+>|[\w-]*+:[\w-]++)[ \t]++(?:EXTRA\b[^{\n]*+|CLOSED[ \t]*+)?\{)", re.MULTILINE
)
_STATEMENT = re.compile(r"^[ \t]*+(?:@prefix|@base|prefix\b|base\b|graph\b|<|_:|[\[({])", re.IGNORECASE | re.MULTILINE)
#: Stands between the namespace and the name of an element; no XML may have it.
_BETWEEN = "\x1f"
_DELIMITERS = ",;\t|"
_RDF = PREFIXES["rdf"]


def refusal_by_beginning(start: bytes, name: str) -> NotRdf | None:
    """
    Return what to raise for a file that is no text, by how it begins; None if it may be RDF.

    >>> print(refusal_by_beginning(b"%PDF-1.7", "a.ttl"))
    a.ttl: The file holds no RDF: it is a PDF. Ask its publisher for RDF, such as catalog.ttl or catalog.rdf.
    >>> refusal_by_beginning(b"<urn:a>", "a.ttl")
    """
    if start.startswith(b"PK\x03\x04"):
        kind = "opendocument" if b"application/vnd.oasis.opendocument" in start[:200] else "zip"
        return refused("office" if kind == "zip" and any(part in start for part in _OFFICE) else kind, name)
    for beginning, kind in _BEGINNINGS:
        if start.startswith(beginning):
            return refused(kind, name)
    if start[_TAR[0] :].startswith(_TAR[1]):
        return refused("packed", name)
    return refused("binary", name) if b"\x00" in start[:1024] else None


def refusal_of_text(start: bytes, name: str) -> NotRdf | None:
    """
    Return what to raise for a text that could not be read as Turtle or the like; None if it may be meant as that.

    >>> print(refusal_of_text(b"id,title\\n1,A\\n2,B\\n", "a.csv"))
    a.csv: The file holds no RDF: it is a table (CSV). Ask its publisher for RDF, such as catalog.ttl or catalog.rdf.
    """
    text = start.decode("utf-8", errors="replace")
    if _SPARQL.match(text):
        return refused("sparql", name)
    if _STATEMENT.search(text):
        return refused("shex", name) if _SHEX.search(text) and "@prefix" not in text.lower() else None
    # The last line of these may be cut off; a table has a head and at least a row.
    lines = [line for line in text.splitlines() if line.strip()][:10]
    for delimiter in _DELIMITERS:
        counts = {line.count(delimiter) for line in lines}
        if len(lines) > 1 and min(counts) > 0 and (len(counts) == 1 or '"' in text):
            return refused("csv", name)
    return refused("text", name)


def is_web_page(start: bytes) -> bool:
    """
    Return whether a file begins like a web page.

    >>> is_web_page(b"<!DOCTYPE html><title>x</title>"), is_web_page(b"<rdf:RDF/>")
    (True, False)
    """
    return bool(_DOCTYPE.match(start.decode("utf-8", errors="replace").lstrip("\ufeff \t\r\n")))


def refusal_of_json(document: Any, name: str) -> NotRdf:
    """
    Return what to raise for JSON in which nothing is RDF.

    Args:
        document: What it says.

        name: The name for the error.

    >>> print(refusal_of_json({"help": "", "success": True, "result": ["a", "b"]}, "a.json"))  # doctest: +ELLIPSIS
    a.json: The file holds no RDF: it is an answer of CKAN's interface (package_list). Ask the portal for DCAT: ...
    """
    if not isinstance(document, dict):
        return refused("json", name)
    keys = document.keys()
    if {"success", "result"} <= keys or {"help", "result"} <= keys or keys == {"result"}:
        return refused("ckan", name, _ckan_action(document))
    if {"resources", "name"} <= keys and keys & {"owner_org", "license_id", "extras", "metadata_created"}:
        return refused("ckan", name, Phrase("contents.a-dataset"))
    if document.get("type") in {"FeatureCollection", "Feature"}:
        return refused("geojson", name)
    if "$schema" in keys and keys & {"properties", "definitions", "$defs", "$id", "type", "items"}:
        return refused("json-schema", name)
    if keys & {"openapi", "swagger"}:
        return refused("openapi", name)
    if {"results", "resultSetSize"} <= keys:
        return refused("socrata", name)
    return refused("context" if keys == {"@context"} else "json", name)


def _ckan_action(document: dict[str, Any]) -> str | Phrase:
    """Return the name of the action of CKAN that gives such an answer."""
    result, about = document.get("result"), str(document.get("help", ""))
    named = re.search(r"name=(\w+)", about)
    if named:
        return printable(named[1][:40])
    if isinstance(result, list):
        return "package_list" if all(isinstance(item, str) for item in result) else Phrase("contents.a-list")
    if isinstance(result, dict) and "results" in result:
        return "package_search"
    return "package_show"


def refusal_of_xml(start: bytes, name: str) -> NotRdf | None:
    """
    Return what to raise for XML that is no RDF/XML, by its root; None if it may be RDF/XML.

    >>> print(refusal_of_xml(b"<rss version='2.0'>", "a.xml"))
    a.xml: The file holds no RDF: it is a feed (RSS). Fetch the RDF that the feed is about.
    """
    namespace, local, attributes = root_of(start)
    if not local or namespace == _RDF or any(key.startswith(f"{_RDF}{_BETWEEN}") for key in attributes):
        return None
    if is_web_page(start):
        return refused("web-page", name)
    table = _table()["xml"]
    # A root in another namespace may be a node of RDF/XML, but none of those that are known not to be.
    entry = table.get(namespace) if namespace else table.get(local.lower(), table["other"])
    if entry is None and local in {"Catalog", "Dataset", "Catalogue"}:
        return None
    return refused(entry or table["other"], name, printable(local[:40]))


def root_of(start: bytes) -> tuple[str, str, dict[str, str]]:
    """
    Return the namespace and the name of the root of XML, and its attributes; empty if it has none so far.

    >>> root_of(b'<a xmlns="urn:x"/>')
    ('urn:x', 'a', {})
    """
    roots: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate(namespace_separator=_BETWEEN)
    parser.StartElementHandler = lambda tag, attributes: roots.append((tag, attributes))
    # An encoding that it does not know is a LookupError, or a ValueError.
    with contextlib.suppress(expat.ExpatError, LookupError, ValueError):
        parser.Parse(start, False)
    if not roots:
        return "", "", {}
    namespace, _between, local = roots[0][0].rpartition(_BETWEEN)
    return namespace, local, roots[0][1]


def refused(kind: str, name: str, what: str | Phrase = "") -> NotRdf:
    """
    Return what to raise for a file of a kind that is no RDF.

    Args:
        kind: A name in `contents.toml`.

        name: The file's name.

        what: More about it.
    """
    called = Phrase(f"contents.{kind}", {"what": what})
    advice = Phrase(f"contents.advice-{_table()['kinds'][kind]}")
    return NotRdf.of("contents.no-rdf", name, kind=called, advice=advice)


@cache
def _table() -> dict[str, Any]:
    """Return the tables of `contents.toml`."""
    return read_toml(__package__, "contents.toml")
