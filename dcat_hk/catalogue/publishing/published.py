"""
Published catalogue -> things: what export and explain look at.

In: an output folder. Out: things in the order of the file. Nothing is ever fetched from the network.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ...core.errors import NotReadable
from ...core.files import read_manifest
from ...core.terms import Iri, Term, Thing
from ...core.vocabularies import read_term
from ...core.wording.refusals import EnglishReason


class Described(NamedTuple):
    """A thing and the graph it is described in."""

    graph: Iri
    thing: Thing


def base_of(folder: Path) -> Iri:
    """
    Return the base IRI of a published catalogue.

    Raises:
        NotReadable: The folder holds no published catalogue.
    """
    settings = read_manifest(folder).get("settings")
    base = settings.get("base_iri") if isinstance(settings, dict) else None
    if not isinstance(base, str):
        raise NotReadable.of("catalogue.none", str(folder))
    return base


def read_things(folder: Path) -> Iterator[Described]:
    """
    Yield the things of a published catalogue, in the order of its N-Quads.

    Args:
        folder: An output folder.

    Raises:
        NotReadable: The folder holds no published catalogue, or one that is broken.
    """
    path = folder / "catalogue.nq"
    if not path.is_file():
        raise NotReadable.of("catalogue.none", str(folder))
    graph, iri = "", ""
    properties: dict[Iri, list[Term]] = {}
    for quad in _read_quads(path):
        subject, graph_name = quad.subject.value, quad.graph_name.value
        if subject != iri or graph_name != graph:
            if iri:
                yield Described(graph, Thing(iri, dict(properties)))
            graph, iri, properties = graph_name, subject, {}
        properties.setdefault(quad.predicate.value, []).append(read_term(quad.object))
    if iri:
        yield Described(graph, Thing(iri, dict(properties)))


def _read_quads(path: Path) -> Iterator[Any]:
    """Yield the statements of a file in N-Quads."""
    import pyoxigraph

    with path.open("rb") as file:
        try:
            yield from pyoxigraph.parse(file, format=pyoxigraph.RdfFormat.N_QUADS)
        except SyntaxError as error:
            raise NotReadable.of("catalogue.broken", str(path), reason=EnglishReason(str(error))) from error
