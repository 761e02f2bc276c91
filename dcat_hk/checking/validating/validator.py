"""
Data + shapes -> results. What a shape has that is not checked is refused, whichever engine validates.

In: RDF, and the name of a profile or a shapes graph. Out: results as values; a violation raises nothing.

Spec: SHACL, section 3 (validation).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...core.namespaces import RDF, RDFS
from ...core.results import Result, name_of
from ...core.terms import Iri, expand
from ...core.today import find_today
from ..shacl import CompiledShapes, Unsupported, compile_shapes
from ..shacl.engine import paths_of
from ..shacl.triples import read_text, strings
from ..sources import RdfFile
from .profiles import ShapesError, load_shapes
from .pyshacl_adapter import as_graph, validate_with_pyshacl

if TYPE_CHECKING:
    from rdflib import Graph

#: The engines that can validate: the compiled one, or pyshacl; `auto` is the compiled one.
ENGINES = ("auto", "compiled", "pyshacl")

_TYPE, _SEE_ALSO = f"<{RDF.type}>", f"<{RDFS.seeAlso}>"
_SHAPE_CLASSES = {f"<{expand(f'sh:{name}')}>" for name in ("NodeShape", "PropertyShape", "ShapeClass")}
_TARGETS = {
    f"<{expand(f'sh:{name}')}>"
    for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target", "targetWhere")
}
#: So many remarks on shapes are shown.
_MOST_REMARKS = 20


@dataclass(frozen=True)
class Validator:
    """
    A shapes graph ready for use, as triples of N-Triples, and the engine that validates.

    `dask` is the address of a scheduler of Dask whose workers validate files; empty for this machine. Triples that are
    no files, and shapes with queries, are always for this machine.
    """

    shapes: Sequence[tuple[str, str, str]]
    compiled: CompiledShapes
    engine: str = "compiled"
    dask: str = ""

    @property
    def note(self) -> str:
        """Return remarks on what in the shapes has no effect, a line for each; empty if there are none."""
        remarks = self.compiled.warnings
        more = len(remarks) - _MOST_REMARKS
        last = [f"{more} more such remarks are left out."] if more > 0 else []
        return "\n".join([*(f"The shapes: {remark}" for remark in remarks[:_MOST_REMARKS]), *last])

    @property
    def focus_nodes(self) -> int:
        """Return how many nodes any shape looked at when data was last validated."""
        return self.compiled.focus_nodes

    @property
    def unchecked(self) -> list[tuple[str, str, int]]:
        """Return what took too long when data was last validated: pattern, shape, how many values were not checked."""
        return self.compiled.unchecked

    @cached_property
    def links(self) -> dict[Iri, Iri]:
        """Return for each shape the first address that its rdfs:seeAlso gives."""
        links: dict[Iri, Iri] = {}
        for shape, predicate, address in sorted(self.shapes):
            if predicate == _SEE_ALSO and not shape.startswith("_:"):
                links.setdefault(name_of(shape), name_of(address))
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

            QueryFailed: A query of a shape cannot be answered.

            UsageError: The cluster cannot be used.
        """
        if self.engine != "pyshacl":
            paths = paths_of(data) if self.dask and not self.compiled.has_queries else None
            if paths is None:
                return self.compiled.validate(data, jobs)
            from ..shacl.distributing import validate_on_cluster

            return validate_on_cluster(self.compiled, paths, self.dask)
        graph = as_graph(data)
        # pyshacl does not tell how many focus nodes there were.
        self.compiled.validate(graph, 1)
        return validate_with_pyshacl(graph, as_graph(self.shapes))

    def validate_text(self, text: str | bytes, only: Set[Iri] | None = None) -> list[Result]:
        """
        Return the results of validating a Turtle document that is at hand, sorted.

        Args:
            text: The document.

            only: The IRIs of the subjects whose results are wanted; None for all.

        Raises:
            SyntaxError: It is no Turtle.

            QueryFailed: A query of a shape cannot be answered.
        """
        if self.engine == "pyshacl":
            results = self.validate(read_text(text if isinstance(text, str) else text.decode()))
            return [result for result in results if only is None or result.focus_node in only]
        return self.compiled.validate_text(text, only)


def make_validator(shapes: Iterable[Any], engine: str = "auto", places: Mapping[str, str] | None = None) -> Validator:
    """
    Return a validator for a shapes graph.

    Args:
        shapes: The shapes graph, of rdflib or as triples; one without a shape is rejected, because nothing could
            violate it.

        engine: A name in `ENGINES`.

        places: For subjects of the graph the file that each stands in, for errors.

    Raises:
        ShapesError: There is no shape, or a shape has what is not checked, or is malformed.
    """
    triples = list(strings(shapes))
    if not any((p == _TYPE and o in _SHAPE_CLASSES) or p in _TARGETS for _s, p, o in triples):
        raise ShapesError.of("checking.no-shapes", _files(places or {}))
    try:
        compiled = compile_shapes(triples)
    except Unsupported as error:
        where = _files({node: (places or {}).get(node, "") for node in error.nodes})
        raise ShapesError(error.message, where, error.advice) from error
    return Validator(triples, compiled, "pyshacl" if engine == "pyshacl" else "compiled")


def _files(places: Mapping[str, str]) -> str:
    """Return the files that nodes stand in as one text."""
    return ", ".join(sorted({place for place in places.values() if place}))


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


def validate(data: Graph | Iterable[Any], shapes: Iterable[Any], engine: str = "auto") -> list[Result]:
    """
    Return the results of validating a graph, sorted.

    Args:
        data: The data graph, with descriptions of everything that it refers to.

        shapes: The shapes graph; one without a shape is rejected, because nothing could violate it.

        engine: A name in `ENGINES`.

    Raises:
        ShapesError: A shape has what is not checked, or is malformed, or there are none.
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
    return profile_validator(profile, base, find_today().isoformat()).validate_text(text)
