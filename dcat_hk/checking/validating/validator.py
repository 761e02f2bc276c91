"""
Data + shapes -> results. Shapes are compiled; if a shape cannot be compiled, pyshacl validates, and a note says why.

In: RDF, and the name of a profile or a shapes graph. Out: results as values; a violation raises nothing.

Spec: SHACL, section 3 (validation).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...core.results import Result
from ...core.terms import Iri, expand
from ..shacl import CompiledShapes, Unsupported, compile_shapes
from ..shacl.triples import read_text
from ..sources import RdfFile
from .profiles import ShapesError, load_shapes, today
from .pyshacl_adapter import as_graph, validate_with_pyshacl

if TYPE_CHECKING:
    from rdflib import Graph

#: The engines that can validate: the compiled one, pyshacl, or the compiled one where it can.
ENGINES = ("auto", "compiled", "pyshacl")

_SHAPE_CLASSES = ("NodeShape", "PropertyShape")
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")


@dataclass(frozen=True)
class Validator:
    """A shapes graph ready for use. `compiled` is None if pyshacl validates; `note` says why, unless it was wanted."""

    shapes: Graph
    compiled: CompiledShapes | None
    note: str = ""

    @property
    def engine(self) -> str:
        """Return the name of the engine that validates."""
        return "compiled" if self.compiled else "pyshacl"

    @property
    def links(self) -> dict[Iri, Iri]:
        """Return for each shape the first address that its rdfs:seeAlso gives."""
        from rdflib import RDFS, BNode

        links: dict[Iri, Iri] = {}
        for shape, address in sorted(self.shapes.subject_objects(RDFS.seeAlso)):
            if not isinstance(shape, BNode):
                links.setdefault(str(shape), str(address))
        return links

    def validate(self, data: Graph | Iterable[Any] | Sequence[Path | RdfFile], jobs: int = 0) -> list[Result]:
        """
        Return the results of validating data, sorted.

        Args:
            data: Files, or triples: a graph of rdflib or whatever the compiled engine takes.

            jobs: How many processes the compiled engine uses; 0 for one per processor.

        Raises:
            ShapesError: pyshacl rejects the shapes graph.

            NotRdf: A file holds no RDF that can be read.
        """
        if self.compiled:
            return self.compiled.validate(data, jobs)
        return validate_with_pyshacl(as_graph(data), self.shapes)


def make_validator(shapes: Graph, engine: str = "auto") -> Validator:
    """
    Return a validator for a shapes graph.

    Args:
        shapes: The shapes graph; one without a shape is rejected, because nothing could violate it.

        engine: A name in `ENGINES`.

    Raises:
        ShapesError: There is no shape, or `compiled` is wanted and a shape cannot be compiled.
    """
    if not _has_shape(shapes):
        raise ShapesError("The graph of shapes has no node shape.", "", "Name a file with SHACL shapes.")
    if engine == "pyshacl":
        return Validator(shapes, None)
    try:
        return Validator(shapes, compile_shapes(shapes))
    except Unsupported as error:
        names = ", ".join(sorted({construct for construct, _shape in error.constructs}))
        if engine == "compiled":
            raise ShapesError(f"The shapes cannot be compiled: {names}.", "", "Use --engine pyshacl.") from error
        return Validator(shapes, None, f"pyshacl validates, because the compiled engine does not support: {names}.")


def _has_shape(shapes: Graph) -> bool:
    """Return whether a graph has a node of a class of shapes, or a target."""
    from rdflib import RDF, URIRef

    return any((None, RDF.type, URIRef(expand(f"sh:{name}"))) in shapes for name in _SHAPE_CLASSES) or any(
        (None, URIRef(expand(f"sh:{name}")), None) in shapes for name in _TARGETS
    )


@lru_cache(maxsize=8)
def profile_validator(profile: str, base: Iri, day: str = "", engine: str = "auto") -> Validator:
    """
    Return the validator of a profile, made once.

    Args:
        profile: A name in `PROFILES`.

        base: The base IRI of the catalogue.

        day: The day that dates must not be later than, as `load_shapes` takes it.

        engine: A name in `ENGINES`.
    """
    return make_validator(load_shapes(profile, base, day), engine)


def validate(data: Graph | Iterable[Any], shapes: Graph, engine: str = "auto") -> list[Result]:
    """
    Return the results of validating a graph, sorted.

    Args:
        data: The data graph, with descriptions of everything that it refers to.

        shapes: The shapes graph; one without a shape is rejected, because nothing could violate it.

        engine: A name in `ENGINES`.

    Raises:
        ShapesError: The shapes are malformed, or there are none.
    """
    return make_validator(shapes, engine).validate(data)


def validate_turtle(text: str, profile: str, base: Iri) -> list[Result]:
    """
    Return the results of validating a Turtle document against a profile as of today.

    Args:
        text: The document.

        profile: A name in `PROFILES`.

        base: The base IRI of the catalogue.
    """
    return profile_validator(profile, base, today()).validate(read_text(text))
