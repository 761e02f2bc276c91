"""
Constraints in SPARQL -> checks, and the data that they ask.

In: queries and triples. Out: functions as those of `constraints`, and a store in memory.

Spec: SHACL, sections 5.3 (validation with SPARQL-based constraints) and 6.2 (validators).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pyoxigraph

from ...core.errors import InputError
from ...core.languages import canonical_tag
from ...core.results import name_of
from ...core.wording.refusals import EnglishReason
from .literals import parts_of, text_of
from .queries import QueryConstraint, ShapeQuery, as_named, as_term

if TYPE_CHECKING:
    from .constraints import Check, RawResult, Values
    from .neighbourhood import Block, Neighbourhood
    from .paths import TermGraph

#: The named graph that holds the shapes.
SHAPES_GRAPH = "urn:x-dcat-hk:shapes"
#: So many triples are put into the store together.
_CHUNK = 100_000
_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")

Messages = tuple[tuple[str, str], ...]


class QueryFailed(InputError):
    """A query of a shape says itself that it has failed, or cannot be answered."""


class QueryStore:
    """
    Data that queries of shapes ask: the triples as the default graph, the shapes as a named one.

    >>> store = QueryStore()
    >>> store.add("<urn:a>", {"<urn:p>": ["_:b"]})
    >>> store.finish()
    >>> len(store.store)
    1
    """

    def __init__(self) -> None:
        """Start empty."""
        self.store = pyoxigraph.Store()
        self.triples = 0
        self._lines: list[str] = []

    def add(self, subject: str, block: Block) -> None:
        """Add the triples of a subject: objects by predicate, as N-Triples has them."""
        name, before = as_named(subject), len(self._lines)
        for predicate, values in block.items():
            self._lines.extend(f"{name} {predicate} {as_named(value)} .\n" for value in values)
        self.triples += len(self._lines) - before
        if len(self._lines) > _CHUNK:
            self.finish()

    def add_shapes(self, graph: TermGraph) -> None:
        """Add the shapes."""
        lines = (
            f"{as_named(subject)} {predicate} {as_named(value)} <{SHAPES_GRAPH}> .\n"
            for subject, properties in graph.items()
            for predicate, values in properties.items()
            for value in values
        )
        self.store.load("".join(lines), format=pyoxigraph.RdfFormat.N_QUADS, lenient=True)

    def finish(self) -> None:
        """Put what was added into the store."""
        self.store.load("".join(self._lines), format=pyoxigraph.RdfFormat.N_TRIPLES, lenient=True)
        self._lines.clear()

    def select(self, query: ShapeQuery, values: Mapping[str, str]) -> set[str]:
        """
        Return what a query of a target returns as ?this.

        Raises:
            QueryFailed: It cannot be answered.
        """
        named = {name: as_named(value) for name, value in values.items()}
        return {solution["this"] for solution in _ask(query, self.store, named) if "this" in solution}


def _ask(query: ShapeQuery, store: pyoxigraph.Store, values: Mapping[str, str]) -> Any:
    """Return the answer to a query: true or false, or solutions as terms by variable."""
    try:
        answer = query.ask(store, values)
        if query.is_ask:
            return answer
        names = [variable.value for variable in answer.variables]
        return [
            {name: as_term(value) for name, value in zip(names, solution, strict=True) if value is not None}
            for solution in answer
        ]
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        raise QueryFailed.of("checking.query-unanswered", reason=EnglishReason(str(error))) from error


def make_query_check(
    constraint: QueryConstraint, is_node_shape: bool, source_of: Callable[[Messages], int], default: Messages
) -> Check:
    """
    Return the check of a constraint in SPARQL.

    Args:
        constraint: The query and its values.

        is_node_shape: Whether the focus node is the value of results for which the query names none.

        source_of: Returns the number of the source of results with some messages.

        default: The messages of the shape, for constraints that have none.
    """
    query, texts = constraint.query, constraint.messages or default
    fixed = {name: as_named(value) for name, value in constraint.values.items()} | {"shapesGraph": f"<{SHAPES_GRAPH}>"}
    asked = {name: value for name, value in fixed.items() if name in query.variables}

    def messages(found: Mapping[str, str]) -> Messages:
        values = {**constraint.values, **found}
        own = found.get("message", "")
        if own.startswith('"'):
            text, language, _type = parts_of(own)
            return ((canonical_tag(language), text),)
        return tuple((language, _filled(text, values)) for language, text in texts)

    def ask(focus: str, values: Values, neighbourhood: Neighbourhood, out: list[RawResult]) -> None:
        pre = {**asked, "this": as_named(focus)}
        out.extend(
            (source_of(messages({"this": focus, "value": value})), focus, value, "")
            for value in values
            if not _ask(query, neighbourhood.store, {**pre, "value": as_named(value)})
        )

    def select(focus: str, _values: Values, neighbourhood: Neighbourhood, out: list[RawResult]) -> None:
        # Solutions that state the same are one result.
        results: dict[RawResult, None] = {}
        for found in _ask(query, neighbourhood.store, {**asked, "this": as_named(focus)}):
            if "failure" in found and text_of(found["failure"]) == "true":
                raise QueryFailed.of("checking.query-says-failed", name_of(focus))
            path = name_of(found["path"]) if found.get("path", "").startswith("<") else ""
            value = found.get("value", focus if is_node_shape else "")
            source = source_of(messages({"this": focus, "value": value} | found))
            results[source, focus, value, path] = None
        out.extend(results)

    return ask if query.is_ask else select


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Return a message with the values of its placeholders; one that has none stays."""
    return _PLACEHOLDER.sub(lambda match: _plain(values.get(match[1], "")) or match[0], text)


def _plain(term: str) -> str:
    """Return a term as a message shows it."""
    return text_of(term) if term.startswith('"') else name_of(term)
