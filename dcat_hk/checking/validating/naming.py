"""
Results with blank nodes -> the same results whatever labels, syntax or order the data and the shapes had.

In: results, what is said of blank nodes, the shapes. Out: results in which a blank node has a label made of how it is
reached, with the name that reports show for it. Blank nodes in what a shape requires are written out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from ...core.results import Result
from ..shacl.paths import FIRST, SH, MalformedPath, TermGraph, members, read_path
from ..shacl.shapes import graph_of
from ..shacl.spool import Spool
from ..shacl.triples import strings
from .blank_names import BlankName, Facts, Labels, Said, labels_of_thing, name_blanks

_REST = attrgetter("component", "source_shape", "messages", "parameters")
_PATH = f"<{SH}path>"
_TARGETS = tuple(f"<{SH}target{name}>" for name in ("Class", "Node", "SubjectsOf", "ObjectsOf"))
#: What a shape requires: names of parameters, and values.
Parameters = tuple[tuple[str, str], ...]
#: What a shape requires is written out so deep, with so many members of a list, and so long at most.
_MOST_DEPTH, _MOST_MEMBERS, _MOST_CHARACTERS = 5, 20, 2000


@dataclass(frozen=True, slots=True)
class NamedResults:
    """Results in order, with the names of things and shapes that are blank nodes, and the labels that they had."""

    results: list[Result]
    things: Mapping[str, BlankName]
    shapes: Mapping[str, BlankName]
    #: For each label of the data the new one.
    labels: Mapping[str, str]


def blank_things(results: Iterable[Result]) -> set[str]:
    """
    Return the blank nodes of the data that results name.

    >>> blank_things([Result("Warning", "_:x", "", '"_:y"', "", "_:s", ())])
    {'_:x'}
    """
    return {term for result in results for term in (result.focus_node, result.value) if term.startswith("_:")}


def facts_of(spool: Spool) -> Facts:
    """Return what reads the facts that were set aside, as often as it is called."""

    def facts() -> Iterator[tuple[str, Said]]:
        for bucket in range(spool.count):
            yield from spool.blocks(bucket)

    return facts


def name_results(results: list[Result], facts: Facts, shapes: Iterable[Any], language: str) -> NamedResults:
    """
    Return results with stable labels, in an order that is always the same.

    Args:
        results: The results.

        facts: Reads what is said of blank nodes and by them.

        shapes: The triples of the shapes.

        language: The language of names.

    >>> facts = [("<urn:a>", {"<urn:p>": ["_:x7"]})]
    >>> result = Result("Warning", "_:x7", "", "", "MinCountConstraintComponent", "urn:s", ())
    >>> named = name_results([result], lambda: facts, (), "en")
    >>> named.results[0].focus_node == named.labels["_:x7"] != "_:x7"
    True
    """
    things = blank_things(results)
    named = name_blanks(things, facts, labels_of_thing, language) if things else {}
    in_shapes = {result.source_shape for result in results if result.source_shape.startswith("_:")}
    required = {value for result in results for _name, value in result.parameters if value.startswith("_:")}
    graph = graph_of(strings(shapes)) if in_shapes or required else {}
    shape_names = _name_shapes(in_shapes, graph, language) if in_shapes else {}
    written = {value: write_out(graph, value) for value in sorted(required)}
    labels = {node: name.label for node, name in named.items()}
    shape_labels = {node: name.label for node, name in shape_names.items()}
    # Results of one shape share their parameters, among which a list may be long.
    parameters = {
        id(result.parameters): (result.parameters, _written_out(result.parameters, written)) for result in results
    }
    renamed = [_renamed(result, labels, shape_labels, parameters[id(result.parameters)][1]) for result in results]
    names = {name.label: name for name in named.values()}
    keys = {label: name.sort_key() for label, name in names.items()}

    def order(result: Result) -> tuple[object, ...]:
        focus, value = (keys.get(term, term) for term in (result.focus_node, result.value))
        return result.severity, focus, result.path, value, _REST(result)

    return NamedResults(
        sorted(renamed, key=order),
        names,
        {name.label: name for name in shape_names.values()},
        labels,
    )


def _written_out(parameters: Parameters, written: Mapping[str, str]) -> Parameters:
    """Return parameters with blank nodes written out; the same if there is none."""
    if not any(value.startswith("_:") for _name, value in parameters):
        return parameters
    return tuple((name, written.get(value, value)) for name, value in parameters)


def _renamed(result: Result, labels: Mapping[str, str], shapes: Mapping[str, str], parameters: Parameters) -> Result:
    """Return a result with other labels; the same if it has none."""
    terms = (result.focus_node, result.value, result.source_shape)
    if parameters is result.parameters and not any(term.startswith("_:") for term in terms):
        return result
    return replace(
        result,
        focus_node=labels.get(result.focus_node, result.focus_node),
        value=labels.get(result.value, result.value),
        source_shape=shapes.get(result.source_shape, result.source_shape),
        parameters=parameters,
    )


def _name_shapes(wanted: set[str], graph: TermGraph, language: str) -> dict[str, BlankName]:
    """Return the names of shapes: by the shape that they belong to and their path, else by their target."""

    def labels_of(node: str, _block: Said) -> Labels:
        properties = graph.get(node, {})
        texts = [_path_of(graph, path) for path in properties.get(_PATH, ())]
        texts += [] if texts else [value for target in _TARGETS for value in properties.get(target, ())]
        return tuple(sorted(("", text) for text in texts))

    return name_blanks(wanted, lambda: graph.items(), labels_of, language)


def _path_of(graph: TermGraph, node: str) -> str:
    """Return a path in the notation of SPARQL."""
    try:
        return read_path(graph, node).shown
    except MalformedPath:
        return ""


def write_out(graph: TermGraph, term: str) -> str:
    """
    Return a blank node of the shapes as what it says; any other term as it is.

    >>> write_out({"_:x": {"<urn:p>": ['"a"', "_:x"]}}, "_:x")
    '[ <urn:p> "a", [ … ] ]'
    """
    text = _written(graph, term, ())
    return text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - 1] + "…"


def _written(graph: TermGraph, term: str, above: tuple[str, ...]) -> str:
    """Return a term written out, given the blank nodes that it stands in."""
    if not term.startswith("_:"):
        return term
    if term in above or len(above) >= _MOST_DEPTH:
        return "[ … ]"
    properties, above = graph.get(term, {}), (*above, term)
    if FIRST in properties:
        return _written_list(graph, term, above)
    parts = [
        f"{name} {', '.join(sorted(_written(graph, value, above) for value in values))}"
        for name, values in sorted(properties.items())
    ]
    return f"[ {' ; '.join(parts)} ]" if parts else "[]"


def _written_list(graph: TermGraph, node: str, above: tuple[str, ...]) -> str:
    """Return a list written out."""
    try:
        items = members(graph, node)
    except MalformedPath:
        return "( … )"
    texts = [_written(graph, item, above) for item in items[:_MOST_MEMBERS]]
    return f"( {' '.join((*texts, *['…'] * (len(items) > _MOST_MEMBERS)))} )"
