"""
Graph + shapes -> results. The only module that knows pyshacl.

In: RDF and the name of a profile. Out: results as values; nothing is raised for a violation.

Spec: SHACL, section 3 (validation) and 3.6 (validation report).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import DcatHkError, NotReadable
from ..terms import Iri

if TYPE_CHECKING:
    from rdflib import Graph

#: Which files of `shapes/` a profile consists of.
PROFILES = {"dcat-ap": ("dcat-ap",), "dcat-ap-hk": ("dcat-ap", "dcat-ap-hk")}

_BASE = re.compile(r"^@base <[^>]*> \.$", re.MULTILINE)
_SH = "http://www.w3.org/ns/shacl#"


class ShapesError(DcatHkError):
    """Shapes cannot be used as they are."""

    exit_code = 3


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """
    One validation result, with the words of SHACL.

    `messages` are pairs of language and text.
    """

    severity: str
    focus_node: str
    path: str
    value: str
    component: str
    source_shape: str
    messages: tuple[tuple[str, str], ...]

    def message(self, language: str = "en") -> str:
        """Return the message in a language, else the first there is."""
        return dict(self.messages).get(language) or (self.messages[0][1] if self.messages else self.component)


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


def validate(data: Graph, shapes: Graph) -> list[Result]:
    """
    Return the results of validating a graph, sorted.

    Args:
        data: The graph, with everything that it points at described.

        shapes: A graph of shapes; one without a shape is refused, because it would find nothing.

    Raises:
        ShapesError: The shapes are malformed, or there are none.
    """
    import pyshacl
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
    from rdflib import RDF, URIRef

    if (None, RDF.type, URIRef(f"{_SH}NodeShape")) not in shapes:
        raise ShapesError("The graph of shapes has no node shape.", "", "Name a file with SHACL shapes.")
    logging.getLogger("pyshacl").setLevel(logging.ERROR)
    try:
        _conforms, report, _text = pyshacl.validate(data, shacl_graph=shapes, inplace=True, advanced=False)
    except (ReportableRuntimeError, ShapeLoadError) as error:
        raise ShapesError(f"The shapes cannot be used: {error}") from error
    if isinstance(report, Exception) or not hasattr(report, "subjects"):
        raise ShapesError(f"The shapes cannot be used: {report}")
    found = [_result(report, node) for node in report.subjects(RDF.type, URIRef(f"{_SH}ValidationResult"))]
    return sorted(found)


def _result(report: Any, node: Any) -> Result:
    """Return one result of a report graph."""
    from rdflib import URIRef

    def value(name: str) -> Any:
        return report.value(node, URIRef(_SH + name))

    messages = sorted((m.language or "", str(m)) for m in report.objects(node, URIRef(f"{_SH}resultMessage")))
    path = value("resultPath")
    return Result(
        severity=str(value("resultSeverity")).removeprefix(_SH),
        focus_node=str(value("focusNode")),
        path="" if path is None else str(path) if isinstance(path, URIRef) else _complex_path(report, path),
        value="" if value("value") is None else value("value").n3(),
        component=str(value("sourceConstraintComponent")).removeprefix(_SH),
        source_shape=str(value("sourceShape")),
        messages=tuple(messages),
    )


def _complex_path(graph: Any, node: Any) -> str:
    """Return a sequence or inverse path in the notation of SPARQL."""
    from rdflib import RDF, URIRef
    from rdflib.collection import Collection

    inverse = graph.value(node, URIRef(f"{_SH}inversePath"))
    if inverse is not None:
        return f"^<{inverse}>"
    if (node, RDF.first, None) in graph:
        steps = Collection(graph, node)
        return "/".join(f"<{s}>" if isinstance(s, URIRef) else _complex_path(graph, s) for s in steps)
    return "path"


def today() -> str:
    """Return the day that nothing may be later than, in universal time."""
    return datetime.now(tz=UTC).date().isoformat()


def violations(results: Sequence[Result]) -> list[Result]:
    """
    Return the results that stop publication.

    >>> violations([Result("Warning", "a", "", "", "", "", ())])
    []
    """
    return [result for result in results if result.severity == "Violation"]
