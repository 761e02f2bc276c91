"""
Query results -> text, row by row, so that a limit can stop a large result early.

In: solutions of pyoxigraph. Out: pieces of JSON, XML, CSV or TSV.

Spec: SPARQL 1.1 Query Results JSON Format; XML Format; CSV and TSV Formats.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ...core.errors import UsageError
from ...core.languages import canonical_tag
from ...core.text import NOT_IN_XML

#: Formats of tables and truth values, the preferred one first; formats of graphs.
TABLE_FORMATS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPH_FORMATS = {
    "text/turtle": "TURTLE",
    "application/n-triples": "N_TRIPLES",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON_LD",
    "application/n-quads": "N_QUADS",
    "application/trig": "TRIG",
}


class NotAcceptable(UsageError):
    """The results of a query are not available in any format that the client accepts."""


#: Short names of formats in the parameter `format`.
SHORT_NAMES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "turtle": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "json-ld": "application/ld+json",
    "rdf+xml": "application/rdf+xml",
    "rdfxml": "application/rdf+xml",
    "n3": "text/turtle",
    "ntriples": "application/n-triples",
    "n-triples": "application/n-triples",
    "nq": "application/n-quads",
    "nquads": "application/n-quads",
    "n-quads": "application/n-quads",
    "trig": "application/trig",
    "sparql-results+json": "application/sparql-results+json",
    "sparql-results+xml": "application/sparql-results+xml",
    "html": "text/html",
}
_KINDS = {"NamedNode": "uri", "BlankNode": "bnode", "Literal": "literal"}
_ENCODER = json.JSONEncoder(ensure_ascii=False)
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_XMLNS = 'xmlns="http://www.w3.org/2005/sparql-results#"'

SolutionTerms = Sequence[Any]


def write_table(media: str, variables: Sequence[str], rows: Iterable[SolutionTerms]) -> Iterator[str]:
    """
    Yield solutions as a table.

    Args:
        media: A media type of `TABLE_FORMATS`.

        variables: The names of the variables.

        rows: The terms of each solution; None for an unbound variable.

    Raises:
        UsageError: A text has a character that XML does not allow.
    """
    return _WRITERS[TABLE_FORMATS[media]](variables, rows)


def write_boolean(media: str, value: bool) -> str:
    """
    Return the result of an ASK query; CSV and TSV do not define it, so there it is a word.

    >>> write_boolean("application/sparql-results+json", True)
    '{"head": {}, "boolean": true}'
    """
    word = "true" if value else "false"
    if TABLE_FORMATS[media] == "json":
        return f'{{"head": {{}}, "boolean": {word}}}'
    if TABLE_FORMATS[media] == "xml":
        return f'<?xml version="1.0"?>\n<sparql {_XMLNS}><head/><boolean>{word}</boolean></sparql>\n'
    return f"{word}\n"


def _get_kind(term: Any) -> str:
    """Return the type of a term: uri, bnode, literal or triple."""
    return _KINDS.get(type(term).__name__, "triple")


def _write_json(variables: Sequence[str], rows: Iterable[SolutionTerms]) -> Iterator[str]:
    """Yield JSON."""
    yield f'{{"head": {{"vars": {json.dumps(list(variables))}}}, "results": {{"bindings": ['
    names = [f"{_ENCODER.encode(name)}: " for name in variables]
    for number, row in enumerate(rows):
        bindings = [name + _encode_term(term) for name, term in zip(names, row, strict=True) if term is not None]
        yield f"{',' if number else ''}\n{{{', '.join(bindings)}}}"
    yield "\n]}}\n"


@lru_cache(maxsize=1 << 12)
def _encode_term(term: Any) -> str:
    """Return a term as JSON; cached, because most terms occur several times in a result."""
    return _ENCODER.encode(_make_binding(term))


def _make_binding(term: Any) -> dict[str, str]:
    """Return a term as an object of the JSON format."""
    kind = _get_kind(term)
    binding = {"type": kind, "value": str(term) if kind == "triple" else term.value}
    if kind == "literal":
        if term.language:
            binding["xml:lang"] = canonical_tag(term.language)
        elif term.datatype.value != _STRING:
            binding["datatype"] = term.datatype.value
    return binding


def _write_xml(variables: Sequence[str], rows: Iterable[SolutionTerms]) -> Iterator[str]:
    """Yield XML."""
    yield f'<?xml version="1.0"?>\n<sparql {_XMLNS}>\n<head>'
    yield "".join(f"<variable name={quoteattr(name)}/>" for name in variables) + "</head>\n<results>\n"
    for row in rows:
        cells = [
            f"<binding name={quoteattr(name)}>{_make_element(term)}</binding>"
            for name, term in zip(variables, row, strict=True)
            if term is not None
        ]
        yield f"<result>{''.join(cells)}</result>\n"
    yield "</results>\n</sparql>\n"


def _make_element(term: Any) -> str:
    """Return a term as an XML element."""
    binding = _make_binding(term)
    if NOT_IN_XML.search(binding["value"]):
        raise UsageError.of("web.control-character")
    attributes = f" xml:lang={quoteattr(binding['xml:lang'])}" if "xml:lang" in binding else ""
    attributes += f" datatype={quoteattr(binding['datatype'])}" if "datatype" in binding else ""
    return f"<{binding['type']}{attributes}>{escape(binding['value'])}</{binding['type']}>"


def _write_csv(variables: Sequence[str], rows: Iterable[SolutionTerms]) -> Iterator[str]:
    """Yield CSV, which has plain values."""
    yield _write_line(variables)
    for row in rows:
        yield _write_line(["" if term is None else _make_binding(term)["value"] for term in row])


def _write_line(values: Sequence[str]) -> str:
    """Return a line of CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(values)
    return out.getvalue()


def _write_tsv(variables: Sequence[str], rows: Iterable[SolutionTerms]) -> Iterator[str]:
    """Yield TSV, which has terms in Turtle syntax."""
    yield "\t".join(f"?{name}" for name in variables) + "\n"
    for row in rows:
        cells = ("" if term is None else str(term).replace("\t", "\\t") for term in row)
        yield "\t".join(cells) + "\n"


_WRITERS: dict[str, Callable[[Sequence[str], Iterable[SolutionTerms]], Iterator[str]]] = {
    "json": _write_json,
    "xml": _write_xml,
    "csv": _write_csv,
    "tsv": _write_tsv,
}
