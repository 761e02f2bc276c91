"""
Answers of stores -> terms, and terms -> table, CSV, JSON, Turtle.

In: an answer, or files that our own process wrote. Out: variables and rows, or triples. What a store answers is a
stranger's word: what is no SPARQL result is an error that says so.
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
from ...core.vocabularies import read_term
from .client import one_line

if TYPE_CHECKING:
    from .client import Answer

Row = Sequence[Term | None]
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
class Solutions:
    """What answers a SELECT: variables and rows; `cut` says that the store may have left rows out, and why."""

    names: list[str]
    rows: Iterable[Row]
    cut: str = ""


@dataclass(slots=True)
class Verdict:
    """What answers an ASK."""

    value: bool


@dataclass(slots=True)
class Triples:
    """What answers a CONSTRUCT or DESCRIBE: triples of pyoxigraph, in the order of their N-Triples."""

    triples: list[Any]


Outcome = Solutions | Verdict | Triples


def read_solutions(answer: Answer, address: str) -> tuple[list[str], Iterator[Row]]:
    """
    Return variables and rows of an answer.

    Raises:
        StoreError: It is no table of SPARQL results; also while rows are read.
    """
    outcome = read_answer(answer, address)
    if not isinstance(outcome, Solutions):
        raise StoreError("The store answers no table.", address)
    return outcome.names, iter(outcome.rows)


def read_answer(answer: Answer, address: str) -> Outcome:
    """
    Return what a store answered to a query.

    Raises:
        StoreError: It is no SPARQL result.
    """
    if answer.kind in _SYNTAXES:
        try:
            found = pyoxigraph.parse(answer.body, format=_SYNTAXES[answer.kind], base_iri=address)
            return Triples(sorted({quad.triple for quad in found}, key=str))
        except (SyntaxError, ValueError, OSError) as error:
            raise _garbage(error, address) from error
    if answer.kind not in _FORMATS:
        kind = one_line(answer.kind)[:80] or "no media type"
        raise StoreError(
            f"The store answers {kind}, no SPARQL results: {answer.excerpt()}", address, "Check the address."
        )
    try:
        results = pyoxigraph.parse_query_results(answer.body, format=_FORMATS[answer.kind])
    except (SyntaxError, ValueError, OSError) as error:
        raise _garbage(error, address) from error
    if isinstance(results, pyoxigraph.QueryBoolean):
        return Verdict(bool(results))
    names = [variable.value for variable in results.variables]
    return Solutions(names, _rows(results, address), _cut(answer))


def _rows(solutions: Any, address: str) -> Iterator[Row]:
    """Yield rows of terms."""
    try:
        for solution in solutions:
            yield [None if term is None else _term(term) for term in solution]
    except (SyntaxError, ValueError, OSError) as error:
        raise _garbage(error, address) from error


def _term(term: Any) -> Term:
    """Return a term; a blank node by its label."""
    if isinstance(term, pyoxigraph.BlankNode):
        return f"_:{term.value}"
    return read_term(term)


def _garbage(error: Exception, address: str) -> StoreError:
    """Return the error for an answer that is not what it says it is."""
    return StoreError(f"The store answers what cannot be read: {one_line(str(error))[:200]}.", address)


def _cut(answer: Answer) -> str:
    """Return why rows may be missing, as Virtuoso says it in headers."""
    if answer.headers.get("x-sql-state", "").startswith("S1TAT"):
        return "the store stopped at its own time limit"
    most = answer.headers.get("x-sparql-maxrows", "")
    return f"the store gives at most {int(most):,} rows" if most.isdecimal() else ""


# ---- forms


def as_csv(outcome: Outcome) -> Iterator[str]:
    """Yield CSV; text that a spreadsheet would take for a formula is quoted."""
    if not isinstance(outcome, Solutions):
        yield from _other(outcome, "csv")
        return
    yield _line(outcome.names)
    for row in outcome.rows:
        yield _line([_guarded(term) for term in row])


def _line(values: Sequence[str]) -> str:
    """Return a line of CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(values)
    return out.getvalue()


def _guarded(term: Term | None) -> str:
    """Return what a CSV cell says of a term; numbers may begin with a sign."""
    value = _value(term)
    is_number = isinstance(term, Literal) and term.datatype not in {"", _STRING}
    return f"'{value}" if value[:1] in {"=", "+", "-", "@", "\t", "\r"} and not is_number else value


def _value(term: Term | None) -> str:
    """Return a term as text."""
    return "" if term is None else term if isinstance(term, str) else term.value


def as_json(outcome: Outcome) -> Iterator[str]:
    """Yield SPARQL results as JSON."""
    if isinstance(outcome, Verdict):
        yield json.dumps({"head": {}, "boolean": outcome.value}) + "\n"
        return
    if not isinstance(outcome, Solutions):
        yield from _other(outcome, "json")
        return
    yield f'{{"head": {{"vars": {json.dumps(outcome.names)}}}, "results": {{"bindings": ['
    between = "\n"
    for row in outcome.rows:
        bound = {name: _as_object(term) for name, term in zip(outcome.names, row, strict=True) if term is not None}
        yield between + json.dumps(bound, ensure_ascii=False)
        between = ",\n"
    yield "\n]}}\n"


def _as_object(term: Term) -> dict[str, str]:
    """Return a term as SPARQL results in JSON have it."""
    if isinstance(term, str):
        blank = term.startswith("_:")
        return {"type": "bnode" if blank else "uri", "value": term[2:] if blank else term}
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = canonical_tag(term.language)
    elif term.datatype and term.datatype != _STRING:
        found["datatype"] = term.datatype
    return found


def as_turtle(outcome: Outcome, base: Iri) -> Iterator[str]:
    """Yield triples as Turtle, things in the order of their IRIs."""
    if not isinstance(outcome, Triples):
        yield from _other(outcome, "turtle")
        return
    if any(isinstance(term, pyoxigraph.BlankNode) for triple in outcome.triples for term in triple):
        data = pyoxigraph.serialize(outcome.triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes=PREFIXES)
        yield (data or b"").decode()
        return
    things: dict[Iri, Properties] = {}
    for triple in outcome.triples:
        terms = things.setdefault(triple.subject.value, {}).setdefault(triple.predicate.value, [])
        terms.append(read_term(triple.object))  # type: ignore[attr-defined]
    yield from Turtle(base).write(Thing(iri, properties) for iri, properties in things.items())


def as_table(outcome: Outcome, width: int | None) -> Iterator[str]:
    """Yield a table for a terminal; nothing in it can move the cursor or turn the direction of writing."""
    if isinstance(outcome, Verdict):
        yield "yes\n" if outcome.value else "no\n"
        return
    if not isinstance(outcome, Solutions):
        yield from _other(outcome, "table")
        return
    rows = ([one_line(_value(term)) for term in row] for row in outcome.rows)
    yield render([make_table(list(map(one_line, outcome.names)), rows)], width, None)


def _other(outcome: Outcome, form: str) -> Iterator[str]:
    """Raise for an answer that a form cannot show; yes and no can be shown by every form."""
    if isinstance(outcome, Verdict):
        yield f"{str(outcome.value).lower()}\n"
        return
    fitting = "turtle" if isinstance(outcome, Triples) else "table, csv or json"
    raise UsageError(f"What answers this query cannot be written as {form}.", "--format", f"Give {fitting}.")


#: Forms by name: each takes an outcome, the base IRI and the width of the terminal.
FORMS: dict[str, Callable[[Outcome, Iri, int | None], Iterator[str]]] = {
    "table": lambda outcome, _base, width: as_table(outcome, width),
    "csv": lambda outcome, _base, _width: as_csv(outcome),
    "json": lambda outcome, _base, _width: as_json(outcome),
    "turtle": lambda outcome, base, _width: as_turtle(outcome, base),
}
