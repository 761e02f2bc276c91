"""
Graph + shapes -> results. The only module that knows pyshacl.

In: RDF and the name of a profile, or shapes. Out: results as values; nothing is raised for a violation. Shapes are
compiled; if they hold what is not compiled, pyshacl validates, and a note says why.

Spec: SHACL, section 3 (validation) and 3.6 (validation report).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...core.errors import InputError, NotReadable
from ...core.languages import canonical_tag
from ...core.results import name_of, shacl_name, with_canonical_tag
from ...core.terms import Iri
from ..shacl import Program, Result, Unsupported, compile_shapes
from ..shacl.paths import read_path
from ..shacl.shapes import graph_of
from ..shacl.triples import read_text, read_triples, strings, term
from ..sources import RdfFile

if TYPE_CHECKING:
    from rdflib import Graph

#: Which files of `shapes/` a profile consists of.
PROFILES = {"dcat-ap": ("dcat-ap",), "dcat-ap-hk": ("dcat-ap", "dcat-ap-hk")}
#: How shapes are used: compiled, by pyshacl, or compiled if that can be.
ENGINES = ("auto", "compiled", "pyshacl")

_BASE = re.compile(r"^@base <[^>]*> \.$", re.MULTILINE)
_SH = "http://www.w3.org/ns/shacl#"
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")


class ShapesError(InputError):
    """Shapes cannot be used as they are."""


def shapes_folder() -> Path:
    """Return the folder of the shapes: in the installed package, or beside it in a checkout."""
    installed = Path(str(files("dcat_hk"))) / "shapes"
    return installed if installed.is_dir() else installed.parent.parent / "shapes"


@lru_cache(maxsize=8)
def load_shapes(profile: str, base: Iri, day: str = "") -> Graph:
    """
    Return the shapes of a profile, with our own terms under a base IRI.

    Args:
        profile: A name in `PROFILES`.

        base: The catalogue's base IRI.

        day: YYYY-MM-DD. If given, the SPARQL constraints that compare a date with the present, which
            pyshacl parses anew for every thing, are replaced by patterns that say the same of that day.

    Raises:
        ShapesError: A file of shapes is missing or broken.
    """
    from rdflib import Graph

    graph = Graph()
    for name in PROFILES[profile]:
        path = shapes_folder() / f"{name}.ttl"
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise NotReadable(f"The shapes cannot be read: {error.strerror}.", str(path)) from error
        graph.parse(data=_BASE.sub(f"@base <{base}> .", text), format="turtle")
    if day:
        _fix_present(graph, day)
    return graph


def _rdflib_term(text: str) -> Any:
    """Return a term of N-Triples as rdflib has it."""
    from rdflib.util import from_n3

    return from_n3(text)


def _fix_present(graph: Graph, day: str) -> None:
    """Replace constraints that ask for the present by patterns for a day."""
    from rdflib import Literal, URIRef

    for shape, query in list(graph.subject_objects(URIRef(f"{_SH}sparql"))):
        if "NOW()" in str(graph.value(query, URIRef(f"{_SH}select"))):
            graph.remove((shape, URIRef(f"{_SH}sparql"), query))
            graph.add((shape, URIRef(f"{_SH}pattern"), Literal(not_after(day))))


def not_after(day: str) -> str:
    """
    Return a pattern for years, months and days that are not after a day.

    Args:
        day: YYYY-MM-DD.

    >>> pattern = not_after("2026-11-20")
    >>> [bool(re.search(pattern, d)) for d in ("2026-11", "2025", "2026-11-20", "2026-12", "2026-11-21", "2027")]
    [True, True, True, False, False, False]
    """
    year, month, date = day.split("-")
    return f"^(?:{_below(year)}|{year}(?:$|-(?:{_below(month)}|{month}(?:$|-(?:{_below(date)}|{date})))))"


def _below(number: str) -> str:
    """Return a pattern for numbers of the same length that are smaller."""
    choices = [
        number[:i] + f"[0-{int(digit) - 1}]" + r"[0-9]" * (len(number) - i - 1)
        for i, digit in enumerate(number)
        if digit != "0"
    ]
    return "|".join(choices) or "(?!)"


# ---- validating


@dataclass(frozen=True)
class Validator:
    """Shapes ready for use: compiled, or as they are for pyshacl; `note` says why they are not compiled."""

    shapes: Graph
    program: Program | None
    note: str = ""

    @property
    def engine(self) -> str:
        """Return which engine validates."""
        return "compiled" if self.program else "pyshacl"

    @property
    def links(self) -> dict[Iri, Iri]:
        """Return by shape the first address that it says one should see also."""
        from rdflib import RDFS, BNode

        found: dict[Iri, Iri] = {}
        for shape, address in sorted(self.shapes.subject_objects(RDFS.seeAlso)):
            if not isinstance(shape, BNode):
                found.setdefault(str(shape), str(address))
        return found

    def validate(self, data: Graph | Iterable[Any] | Sequence[Path | RdfFile], jobs: int = 0) -> list[Result]:
        """
        Return the results of validating data, sorted.

        Args:
            data: Files, or triples: a graph of rdflib or what the compiled engine takes.

            jobs: How many processes the compiled engine uses; 0 is as many as there are processors.

        Raises:
            ShapesError: pyshacl finds the shapes malformed.

            NotRdf: A file holds no RDF that can be read.
        """
        if self.program:
            return self.program.validate(data, jobs)
        return _by_pyshacl(as_graph(data), self.shapes)


def validator(shapes: Graph, engine: str = "auto") -> Validator:
    """
    Return shapes ready for use.

    Args:
        shapes: A graph of shapes; one without a shape is refused, because it would find nothing.

        engine: A name in `ENGINES`.

    Raises:
        ShapesError: There are no shapes, or `compiled` is wanted and they cannot be compiled.
    """
    from rdflib import RDF, URIRef

    kinds = {(RDF.type, URIRef(f"{_SH}{name}")) for name in ("NodeShape", "PropertyShape")}
    if not any((None, *kind) in shapes for kind in kinds) and not any(
        (None, URIRef(_SH + name), None) in shapes for name in _TARGETS
    ):
        raise ShapesError("The graph of shapes has no node shape.", "", "Name a file with SHACL shapes.")
    if engine == "pyshacl":
        return Validator(shapes, None)
    try:
        return Validator(shapes, compile_shapes(shapes))
    except Unsupported as error:
        named = ", ".join(sorted({construct for construct, _shape in error.constructs}))
        if engine == "compiled":
            raise ShapesError(f"The shapes cannot be compiled: {named}.", "", "Use --engine pyshacl.") from error
        return Validator(shapes, None, f"pyshacl validates, for the compiled engine has not: {named}.")


@lru_cache(maxsize=8)
def profile_validator(profile: str, base: Iri, day: str = "", engine: str = "auto") -> Validator:
    """
    Return the shapes of a profile ready for use, made once.

    Args:
        profile: A name in `PROFILES`.

        base: The catalogue's base IRI.

        day: The day that nothing may be later than, as `load_shapes` takes it.

        engine: A name in `ENGINES`.
    """
    return validator(load_shapes(profile, base, day), engine)


def validate(data: Graph | Iterable[Any], shapes: Graph, engine: str = "auto") -> list[Result]:
    """
    Return the results of validating a graph, sorted.

    Args:
        data: The graph, with everything that it points at described.

        shapes: A graph of shapes; one without a shape is refused, because it would find nothing.

        engine: A name in `ENGINES`.

    Raises:
        ShapesError: The shapes are malformed, or there are none.
    """
    return validator(shapes, engine).validate(data)


def validate_turtle(text: str, profile: str, base: Iri) -> list[Result]:
    """
    Return the results of validating a Turtle document by a profile as of today.

    Args:
        text: The document.

        profile: A name in `PROFILES`.

        base: The catalogue's base IRI.
    """
    return profile_validator(profile, base, today()).validate(read_text(text))


def as_graph(data: Graph | Iterable[Any] | Sequence[Path | RdfFile]) -> Graph:
    """
    Return files or triples as a graph of rdflib.

    Args:
        data: What `Validator.validate` takes; a graph is given back as it is.

    Raises:
        NotReadable: A file cannot be read.

        NotRdf: A file holds no RDF that can be read.

    >>> len(as_graph([("<urn:s>", "<urn:p>", '"o"')]))
    1
    """
    from rdflib import Graph

    if isinstance(data, Graph):
        return data
    given = list(data)
    graph = Graph()
    for triple in read_triples(given) if given and isinstance(given[0], Path | RdfFile) else strings(given):
        graph.add(tuple(map(_rdflib_term, triple)))
    return graph


# ---- pyshacl


def _by_pyshacl(data: Graph, shapes: Graph) -> list[Result]:
    """Return what pyshacl finds, in the form of the compiled engine."""
    import pyshacl
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
    from rdflib import RDF, URIRef

    logging.getLogger("pyshacl").setLevel(logging.ERROR)
    try:
        # What shapes import was fetched before, if the user wants that; pyshacl must not do so by itself.
        _conforms, report, _text = pyshacl.validate(
            data, shacl_graph=shapes, inplace=True, advanced=False, do_owl_imports=False
        )
    except (ReportableRuntimeError, ShapeLoadError) as error:
        raise ShapesError(f"The shapes cannot be used: {error}") from error
    if isinstance(report, Exception) or not hasattr(report, "subjects"):
        raise ShapesError(f"The shapes cannot be used: {report}")
    # What an inner shape found is no result of its own.
    nested = set(report.objects(None, URIRef(f"{_SH}detail")))
    triples = graph_of(strings(report))
    found = [
        _result(report, node, triples)
        for node in report.subjects(RDF.type, URIRef(f"{_SH}ValidationResult"))
        if node not in nested
    ]
    return sorted(found)


def _result(report: Any, node: Any, triples: Any) -> Result:
    """Return one result of a report graph."""
    from rdflib import URIRef

    def value(name: str) -> Any:
        return report.value(node, URIRef(_SH + name))

    messages = sorted(
        (canonical_tag(m.language or ""), str(m)) for m in report.objects(node, URIRef(f"{_SH}resultMessage"))
    )
    path = value("resultPath")
    return Result(
        severity=shacl_name(term(value("resultSeverity"))),
        focus_node=name_of(term(value("focusNode"))),
        path="" if path is None else str(path) if isinstance(path, URIRef) else read_path(triples, term(path)).shown,
        value="" if value("value") is None else with_canonical_tag(term(value("value"))),
        component=shacl_name(term(value("sourceConstraintComponent"))),
        source_shape=name_of(term(value("sourceShape"))),
        messages=tuple(messages),
    )


def today() -> str:
    """Return the day that nothing may be later than, in universal time."""
    return datetime.now(tz=UTC).date().isoformat()
