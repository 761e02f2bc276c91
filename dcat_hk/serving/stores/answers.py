"""
Query results: read from the response of a store, and written as a table, CSV, JSON or Turtle.

In: a response, or a file that a process of ours wrote. Out: variables and solutions, a truth value, or triples. A
response is not trusted: anything but valid SPARQL results is an error.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph

from ...core.errors import StoreError, UsageError
from ...core.languages import canonical_tag
from ...core.syntaxes.turtle import Turtle
from ...core.terminal import make_table, render
from ...core.terms import PREFIXES, Iri, Literal, Properties, Term, Thing
from ...core.text import guard_formula
from ...core.vocabularies import read_term
from ...core.wording.refusals import EnglishReason, Phrase
from .client import one_line

if TYPE_CHECKING:
    from .client import StoreResponse

Solution = Sequence[Term | None]
_FORMATS = {
    "application/sparql-results+xml": pyoxigraph.QueryResultsFormat.XML,
    "application/sparql-results+json": pyoxigraph.QueryResultsFormat.JSON,
    "text/tab-separated-values": pyoxigraph.QueryResultsFormat.TSV,
}
_SYNTAXES = {
    "application/n-triples": pyoxigraph.RdfFormat.N_TRIPLES,
    "text/plain": pyoxigraph.RdfFormat.N_TRIPLES,
    "text/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/rdf+xml": pyoxigraph.RdfFormat.RDF_XML,
}
_STRING = "http://www.w3.org/2001/XMLSchema#string"


@dataclass(slots=True)
class SelectResult:
    """Results of a SELECT: variables and solutions; `truncation` says why rows may be missing, if they may."""

    variables: list[str]
    rows: Iterable[Solution]
    truncation: str = ""


@dataclass(slots=True)
class AskResult:
    """The result of an ASK."""

    value: bool


@dataclass(slots=True)
class GraphResult:
    """The result of a CONSTRUCT or DESCRIBE: triples of pyoxigraph, sorted by their N-Triples."""

    triples: list[Any]


QueryResult = SelectResult | AskResult | GraphResult


def read_solutions(response: StoreResponse, address: str) -> tuple[list[str], Iterator[Solution]]:
    """
    Return the variables and solutions of a response.

    Raises:
        StoreError: The response is not a table of SPARQL results; this may also happen while rows are read.
    """
    result = read_results(response, address)
    if not isinstance(result, SelectResult):
        raise StoreError.of("stores.no-table", address)
    return result.variables, iter(result.rows)


def read_results(response: StoreResponse, address: str) -> QueryResult:
    """
    Return the query result in a response.

    Raises:
        StoreError: The response is not a SPARQL result.
    """
    if response.media_type in _SYNTAXES:
        try:
            quads = pyoxigraph.parse(response.body, format=_SYNTAXES[response.media_type], base_iri=address)
            return GraphResult(sorted({quad.triple for quad in quads}, key=str))
        except (SyntaxError, ValueError, OSError) as error:
            raise _make_parse_error(error, address) from error
    if response.media_type not in _FORMATS:
        kind = one_line(response.media_type)[:80] or Phrase("stores.no-media-type")
        raise StoreError.of("stores.no-results", address, kind=kind, excerpt=response.excerpt())
    try:
        results = pyoxigraph.parse_query_results(response.body, format=_FORMATS[response.media_type])
    except (SyntaxError, ValueError, OSError) as error:
        raise _make_parse_error(error, address) from error
    if isinstance(results, pyoxigraph.QueryBoolean):
        return AskResult(bool(results))
    variables = [variable.value for variable in results.variables]
    return SelectResult(variables, _read_solutions(results, address), _read_truncation(response))


def convert_results(results: Any) -> QueryResult:
    """
    Return what a query of a store in this process gave.

    Args:
        results: Solutions, a truth value or triples of pyoxigraph.

    >>> convert_results(pyoxigraph.Store().query("ASK { ?s ?p ?o }"))
    AskResult(value=False)
    """
    if isinstance(results, pyoxigraph.QueryBoolean):
        return AskResult(bool(results))
    if isinstance(results, pyoxigraph.QueryTriples):
        return GraphResult(sorted(set(results), key=str))
    variables = [variable.value for variable in results.variables]
    rows = [[None if term is None else _convert_term(term) for term in solution] for solution in results]
    return SelectResult(variables, rows)


def _read_solutions(solutions: Any, address: str) -> Iterator[Solution]:
    """Yield solutions as rows of terms."""
    try:
        for solution in solutions:
            yield [None if term is None else _convert_term(term) for term in solution]
    except (SyntaxError, ValueError, OSError) as error:
        raise _make_parse_error(error, address) from error


def _convert_term(term: Any) -> Term:
    """Return a term; a blank node as its label."""
    if isinstance(term, pyoxigraph.BlankNode):
        return f"_:{term.value}"
    return read_term(term)


def _make_parse_error(error: Exception, address: str) -> StoreError:
    """Return the error for a response that does not match its media type."""
    return StoreError.of("stores.unread-response", address, reason=EnglishReason(one_line(str(error))[:200]))


def _read_truncation(response: StoreResponse) -> str:
    """Return why rows may be missing, from the headers of Virtuoso; empty if there are no such headers."""
    if response.headers.get("x-sql-state", "").startswith("S1TAT"):
        return "the store stopped at its own time limit"
    limit = response.headers.get("x-sparql-maxrows", "")
    return f"the store gives at most {int(limit):,} rows" if limit.isdecimal() else ""


# ---- output formats


def write_csv(result: QueryResult) -> Iterator[str]:
    """Yield CSV; an apostrophe is put before text that a spreadsheet would take for a formula."""
    if not isinstance(result, SelectResult):
        yield from _write_other(result, "csv")
        return
    yield _write_line(result.variables)
    for row in result.rows:
        yield _write_line([_escape_formula(term) for term in row])


def _write_line(values: Sequence[str]) -> str:
    """Return a line of CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(values)
    return out.getvalue()


def _escape_formula(term: Term | None) -> str:
    """Return a term as a CSV cell that is not a formula; numbers may begin with a sign."""
    value = _get_text(term)
    is_number = isinstance(term, Literal) and term.datatype not in {"", _STRING}
    return value if is_number else guard_formula(value)


def _get_text(term: Term | None) -> str:
    """Return a term as text."""
    return "" if term is None else term if isinstance(term, str) else term.value


def write_json(result: QueryResult) -> Iterator[str]:
    """Yield SPARQL results as JSON."""
    if isinstance(result, AskResult):
        yield json.dumps({"head": {}, "boolean": result.value}) + "\n"
        return
    if not isinstance(result, SelectResult):
        yield from _write_other(result, "json")
        return
    yield f'{{"head": {{"vars": {json.dumps(result.variables)}}}, "results": {{"bindings": ['
    between = "\n"
    for row in result.rows:
        bound = {
            name: _make_json_term(term) for name, term in zip(result.variables, row, strict=True) if term is not None
        }
        yield between + json.dumps(bound, ensure_ascii=False)
        between = ",\n"
    yield "\n]}}\n"


def _make_json_term(term: Term) -> dict[str, str]:
    """Return a term as an object of SPARQL 1.1 Query Results JSON Format."""
    if isinstance(term, str):
        blank = term.startswith("_:")
        return {"type": "bnode" if blank else "uri", "value": term[2:] if blank else term}
    json_term = {"type": "literal", "value": term.value}
    if term.language:
        json_term["xml:lang"] = canonical_tag(term.language)
    elif term.datatype and term.datatype != _STRING:
        json_term["datatype"] = term.datatype
    return json_term


def write_turtle(result: QueryResult, base: Iri) -> Iterator[str]:
    """Yield triples as Turtle, subjects in the order of their IRIs."""
    if not isinstance(result, GraphResult):
        yield from _write_other(result, "turtle")
        return
    if any(isinstance(term, pyoxigraph.BlankNode) for triple in result.triples for term in triple):
        data = pyoxigraph.serialize(result.triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes=PREFIXES)
        yield (data or b"").decode()
        return
    things: dict[Iri, Properties] = {}
    for triple in result.triples:
        terms = things.setdefault(triple.subject.value, {}).setdefault(triple.predicate.value, [])
        terms.append(read_term(triple.object))  # type: ignore[attr-defined]
    yield from Turtle(base).write(Thing(iri, properties) for iri, properties in things.items())


def write_table(result: QueryResult, width: int | None) -> Iterator[str]:
    """Yield a table for a terminal; control and direction characters in it are replaced."""
    if isinstance(result, AskResult):
        yield "yes\n" if result.value else "no\n"
        return
    if not isinstance(result, SelectResult):
        yield from _write_other(result, "table")
        return
    rows = ([one_line(_get_text(term)) for term in row] for row in result.rows)
    yield render([make_table(list(map(one_line, result.variables)), rows)], width, None)


def _write_other(result: QueryResult, format_name: str) -> Iterator[str]:
    """Yield a truth value, which every format can show; raise an error for other results."""
    if isinstance(result, AskResult):
        yield f"{str(result.value).lower()}\n"
        return
    fitting = "turtle" if isinstance(result, GraphResult) else Phrase("stores.formats-of-tables")
    raise UsageError.of("stores.format", "--format", format=format_name, formats=fitting)


#: Writers by name of format; each takes a result, the base IRI and the width of the terminal.
WRITERS: dict[str, Callable[[QueryResult, Iri, int | None], Iterator[str]]] = {
    "table": lambda result, _base, width: write_table(result, width),
    "csv": lambda result, _base, _width: write_csv(result),
    "json": lambda result, _base, _width: write_json(result),
    "turtle": lambda result, base, _width: write_turtle(result, base),
}
