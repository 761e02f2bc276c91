"""
Validation by pyshacl, with results as the compiled engine gives them. The only module that knows pyshacl.

In: data and shapes as graphs of rdflib. Out: results.

Spec: SHACL, sections 3.4 (validation) and 3.6 (validation report).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...core.languages import canonical_tag
from ...core.results import Result, name_of, shacl_name, with_canonical_tag
from ...core.terms import expand
from ...core.wording.refusals import EnglishReason
from ..shacl.paths import SH, TermGraph, members, read_path
from ..shacl.shapes import LISTS, graph_of, parameters_of
from ..shacl.triples import read_triples, strings, term
from ..sources import RdfFile
from .profiles import ShapesError

if TYPE_CHECKING:
    from rdflib import Graph


def as_graph(data: Graph | Iterable[Any] | Sequence[Path | RdfFile]) -> Graph:
    """
    Return files or triples as a graph of rdflib.

    Args:
        data: Files or triples as `Validator.validate` takes them; a graph is returned as it is.

    Raises:
        NotReadable: A file cannot be read.

        NotRdf: A file holds no RDF that can be read.

    >>> len(as_graph([("<urn:s>", "<urn:p>", '"o"')]))
    1
    """
    from rdflib import Graph
    from rdflib.util import from_n3

    if isinstance(data, Graph):
        return data
    items = list(data)
    graph = Graph()
    for triple in read_triples(items) if items and isinstance(items[0], Path | RdfFile) else strings(items):
        graph.add(tuple(map(from_n3, triple)))  # type: ignore[arg-type]
    return graph


def validate_with_pyshacl(data: Graph, shapes: Graph) -> list[Result]:
    """
    Return the results of validating a graph, sorted.

    Args:
        data: The data graph.

        shapes: The shapes graph.

    Raises:
        ShapesError: pyshacl rejects the shapes graph, or stops at it.
    """
    import pyshacl
    from rdflib import RDF, URIRef

    logging.getLogger("pyshacl").setLevel(logging.ERROR)
    try:
        # Imports of shapes were fetched before, if the user allows it; pyshacl must not fetch by itself.
        _conforms, report, _text = pyshacl.validate(
            data, shacl_graph=shapes, inplace=True, advanced=_has_queries(shapes), do_owl_imports=False
        )
    except Exception as error:
        # pyshacl raises whatever a malformed shape makes it stumble over: assertions, errors of patterns, recursion.
        text = " ".join(str(error).split()) or "no reason given"
        reason = EnglishReason(f"{type(error).__name__}: {text}")
        raise ShapesError.of("checking.pyshacl-stopped", reason=reason) from error
    if isinstance(report, Exception) or not hasattr(report, "subjects"):
        raise ShapesError.of("checking.pyshacl-refused", reason=EnglishReason(str(report)))
    # The results of an inner shape are details of a result, not results of their own.
    details = set(report.objects(None, URIRef(expand("sh:detail"))))
    path_graph, shape_graph = graph_of(strings(report)), graph_of(strings(shapes))
    return sorted(
        _read_result(report, node, path_graph, shape_graph)
        for node in report.subjects(RDF.type, URIRef(expand("sh:ValidationResult")))
        if node not in details
    )


def _has_queries(shapes: Graph) -> bool:
    """Return whether shapes have targets in SPARQL, which pyshacl passes over without its advanced features."""
    from rdflib import URIRef

    return (None, URIRef(expand("sh:target")), None) in shapes


def _read_result(report: Any, node: Any, path_graph: TermGraph, shape_graph: TermGraph) -> Result:
    """Return one result of a report graph, with what its shape requires."""
    from rdflib import URIRef

    def value(name: str) -> Any:
        return report.value(node, URIRef(expand(f"sh:{name}")))

    path, shape = value("resultPath"), term(value("sourceShape"))
    component = shacl_name(term(value("sourceConstraintComponent")))
    # For a constraint of SHACL Core without a message pyshacl makes one up in English; reports have better ones.
    has_message = f"<{SH}message>" in shape_graph.get(shape, {}) or not parameters_of(component)
    messages = report.objects(node, URIRef(expand("sh:resultMessage"))) if has_message else ()
    return Result(
        severity=shacl_name(term(value("resultSeverity"))),
        focus_node=name_of(term(value("focusNode"))),
        path="" if path is None else str(path) if isinstance(path, URIRef) else read_path(path_graph, term(path)).shown,
        value="" if value("value") is None else with_canonical_tag(term(value("value"))),
        component=component,
        source_shape=name_of(shape),
        messages=tuple(sorted((canonical_tag(text.language or ""), str(text)) for text in messages)),
        parameters=_parameters(shape_graph, shape, component),
    )


def _parameters(graph: TermGraph, shape: str, component: str) -> tuple[tuple[str, str], ...]:
    """Return the parameters of a constraint component at a shape; of one that is there twice, both."""
    properties = graph.get(shape, {})
    return tuple(
        (name, member)
        for name in parameters_of(component)
        for value in properties.get(f"<{SH}{name}>", ())
        for member in (members(graph, value) if name in LISTS else (value,))
    )
