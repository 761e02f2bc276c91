"""
Answers of a store -> the bytes of a result, row by row, so that a limit stops it early.

In: what pyoxigraph gives. Out: pieces of JSON, XML, CSV, TSV or of a graph.

Spec: SPARQL 1.1 Query Results JSON Format; XML Format; CSV and TSV Formats.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ...core.errors import UsageError
from ...core.languages import canonical_tag

#: Forms of tables and truth values, the best first; forms of graphs.
TABLES = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPHS = {
    "text/turtle": "TURTLE",
    "application/n-triples": "N_TRIPLES",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON_LD",
}


class NotOffered(UsageError):
    """An answer has none of the forms that were asked for."""


#: What clients say for short in the parameter `format`, and what they also say in Accept.
SHORT = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "turtle": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "html": "text/html",
}
_KINDS = {"NamedNode": "uri", "BlankNode": "bnode", "Literal": "literal"}
_ENCODER = json.JSONEncoder(ensure_ascii=False)
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SPACE = 'xmlns="http://www.w3.org/2005/sparql-results#"'

Row = Sequence[Any]


def write_table(media: str, variables: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """
    Yield a table of solutions.

    Args:
        media: A form among `TABLES`.

        variables: The names of the columns.

        rows: For each solution its terms, None where a variable is not bound.

    Raises:
        UsageError: A text cannot stand in XML.
    """
    return _WRITERS[TABLES[media]](variables, rows)


def write_truth(media: str, truth: bool) -> str:
    """
    Return the answer of an ASK query; in CSV and TSV, which have no form for it, a word.

    >>> write_truth("application/sparql-results+json", True)
    '{"head": {}, "boolean": true}'
    """
    word = "true" if truth else "false"
    if TABLES[media] == "json":
        return f'{{"head": {{}}, "boolean": {word}}}'
    if TABLES[media] == "xml":
        return f'<?xml version="1.0"?>\n<sparql {_SPACE}><head/><boolean>{word}</boolean></sparql>\n'
    return f"{word}\n"


def _kind(term: Any) -> str:
    """Return uri, bnode, literal or triple."""
    return _KINDS.get(type(term).__name__, "triple")


def _json(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Yield JSON."""
    yield f'{{"head": {{"vars": {json.dumps(list(variables))}}}, "results": {{"bindings": ['
    names = [f"{_ENCODER.encode(name)}: " for name in variables]
    for number, row in enumerate(rows):
        found = [name + _json_term(term) for name, term in zip(names, row, strict=True) if term is not None]
        yield f"{',' if number else ''}\n{{{', '.join(found)}}}"
    yield "\n]}}\n"


@lru_cache(maxsize=1 << 12)
def _json_term(term: Any) -> str:
    """Return a term as JSON; most come more than once in an answer."""
    return _ENCODER.encode(_binding(term))


def _binding(term: Any) -> dict[str, str]:
    """Return a term as the JSON format has it."""
    kind = _kind(term)
    found = {"type": kind, "value": str(term) if kind == "triple" else term.value}
    if kind == "literal":
        if term.language:
            found["xml:lang"] = canonical_tag(term.language)
        elif term.datatype.value != _STRING:
            found["datatype"] = term.datatype.value
    return found


def _xml(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Yield XML."""
    yield f'<?xml version="1.0"?>\n<sparql {_SPACE}>\n<head>'
    yield "".join(f"<variable name={quoteattr(name)}/>" for name in variables) + "</head>\n<results>\n"
    for row in rows:
        cells = [
            f"<binding name={quoteattr(name)}>{_element(term)}</binding>"
            for name, term in zip(variables, row, strict=True)
            if term is not None
        ]
        yield f"<result>{''.join(cells)}</result>\n"
    yield "</results>\n</sparql>\n"


def _element(term: Any) -> str:
    """Return a term as an element."""
    found = _binding(term)
    if _ILLEGAL.search(found["value"]):
        raise UsageError("A text has a control character that XML does not admit.", "", "Ask for JSON.")
    attributes = f" xml:lang={quoteattr(found['xml:lang'])}" if "xml:lang" in found else ""
    attributes += f" datatype={quoteattr(found['datatype'])}" if "datatype" in found else ""
    return f"<{found['type']}{attributes}>{escape(found['value'])}</{found['type']}>"


def _csv(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Yield CSV: the values alone."""
    yield _line(variables)
    for row in rows:
        yield _line(["" if term is None else _binding(term)["value"] for term in row])


def _line(values: Sequence[str]) -> str:
    """Return a line of CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(values)
    return out.getvalue()


def _tsv(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Yield TSV: terms as Turtle writes them."""
    yield "\t".join(f"?{name}" for name in variables) + "\n"
    for row in rows:
        cells = ("" if term is None else str(term).replace("\t", "\\t") for term in row)
        yield "\t".join(cells) + "\n"


_WRITERS: dict[str, Callable[[Sequence[str], Iterable[Row]], Iterator[str]]] = {
    "json": _json,
    "xml": _xml,
    "csv": _csv,
    "tsv": _tsv,
}
