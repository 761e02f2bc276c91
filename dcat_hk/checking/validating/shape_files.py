"""
Shapes graphs from files of the user, with what they import if that may be fetched.

In: files and folders. Out: triples, and the addresses of imports that were not followed.

Spec: SHACL, section 1.2 (shapes graphs, owl:imports).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urldefrag

from ...core.errors import NotReadable
from ...core.namespaces import OWL, RDF
from ...core.results import name_of
from ...core.terms import Iri
from ...core.text import list_first
from ..shacl.triples import read_triples
from ..sources import Intake, NamedFile, RdfFile
from ..sources.files import folders_left_out

_TYPE, _IMPORTS, _ONTOLOGY = (f"<{iri}>" for iri in (RDF.type, OWL.imports, OWL.Ontology))
#: The most documents that shapes may import, directly or through imports.
_MOST = 100
#: The most addresses that a note names.
_SHOWN = 3


@dataclass(slots=True)
class ShapesGraph:
    """
    The triples of a shapes graph as N-Triples, and the addresses of imports that were not followed.

    `places` are the files that subjects stand in, the first for each. `left_out` are folders inside the named ones.
    """

    triples: list[tuple[str, str, str]] = field(default_factory=list)
    not_followed: list[Iri] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    @property
    def note(self) -> str:
        """
        Return a note about imports that were not followed and folders that were not read; empty if there are none.

        >>> ShapesGraph([], ["https://a.example/shapes"]).note
        'Not followed, as nothing is fetched without --fetch: the shapes import https://a.example/shapes.'
        """
        web = [address for address in self.not_followed if _is_web(address)]
        other = [address for address in self.not_followed if not _is_web(address)]
        notes = []
        if web:
            named = list_first(web, _SHOWN)
            notes.append(f"Not followed, as nothing is fetched without --fetch: the shapes import {named}.")
        if other:
            notes.append(f"Not followed, as only http and https are: the shapes import {list_first(other, _SHOWN)}.")
        if self.left_out:
            notes.append(f"Not read, as they lie inside a folder of shapes: {list_first(self.left_out, _SHOWN)}.")
        return " ".join(notes)


def read_shapes_graph(sources: Sequence[Path | NamedFile], intake: Intake) -> ShapesGraph:
    """
    Return the shapes graph of files and folders, with their imports if the intake may fetch.

    An import that one of the files describes as an ontology is not fetched again.

    Args:
        sources: Files and folders, as the intake takes them; of a folder with Turtle files, only these.

        intake: Opens and fetches files.

    Raises:
        NotReadable: A file cannot be opened, or an import cannot be fetched.

        NotRdf: A file or an import holds no RDF that can be read.
    """
    shapes = ShapesGraph()
    paths = [source for source in sources if isinstance(source, Path)]
    described: set[Iri] = set()
    imports: dict[Iri, None] = {}
    files, number = intake.files(path for source in sources for path in _shape_files(source)), 0
    #: What files of the user import themselves.
    named: frozenset[Iri] = frozenset()
    while files:
        for file in files:
            file_imports, ontologies = intake.strictly([file], partial(_add_file, shapes, file, number))
            imports |= dict.fromkeys(file_imports)
            # A file that imports an ontology may describe it in passing: that is not the ontology itself.
            described |= ontologies.difference(file_imports) | {file.name, file.base}
            number += 1
        named = named or frozenset(imports)
        files = []
        if intake.fetches:
            missing = [address for address in imports if _is_web(address) and address not in described]
            if number + len(missing) > _MOST:
                raise NotReadable.of("checking.many-imports", "--shapes", most=_MOST)
            files = [intake.imported(address, address in named) for address in missing]
    shapes.left_out = [str(folder) for source in paths for folder in _left_out(source, paths)]
    shapes.not_followed = [address for address in imports if address not in described]
    return shapes


def _shape_files(source: Path | NamedFile) -> Sequence[Path | NamedFile]:
    """Return the files of shapes at a path: published folders of shapes hold contexts and tables beside the Turtle."""
    if isinstance(source, NamedFile):
        return [source]
    return (sorted(source.glob("*.ttl")) if source.is_dir() else []) or [source]


def _left_out(source: Path, sources: Sequence[Path]) -> list[Path]:
    """Return the folders with RDF files inside a folder of shapes that nobody names."""
    named = {path for other in sources for path in (other, other.parent)}
    return [folder for folder in folders_left_out((), source) if folder not in named]


def _add_file(shapes: ShapesGraph, file: RdfFile, number: int) -> tuple[list[Iri], set[Iri]]:
    """Add the triples of a file; return its imports and the ontologies that it describes."""
    imports: dict[Iri, None] = {}
    ontologies: set[Iri] = set()
    for triple in read_triples([file], number):
        shapes.triples.append(triple)
        subject, predicate, value = triple
        shapes.places.setdefault(subject, file.name)
        if predicate == _IMPORTS and value.startswith("<"):
            imports[_address(value)] = None
        elif predicate == _TYPE and value == _ONTOLOGY:
            ontologies.add(_address(subject))
    return list(imports), ontologies


def _address(term: str) -> Iri:
    """Return the address of the document that an IRI names or points into."""
    return urldefrag(name_of(term)).url


def _is_web(address: Iri) -> bool:
    """Return whether an address can be fetched."""
    return address.lower().startswith(("http://", "https://"))
