"""
Shapes that the user names, with what they import, as far as that may be fetched.

In: files and folders. Out: triples, and the addresses of what was left out. Spec: SHACL, section 1.2 (owl:imports).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urldefrag

from ...core.errors import NotReadable
from ...core.namespaces import OWL, RDF
from ...core.results import name_of
from ...core.terms import Iri
from ..shacl.triples import read_triples
from ..sources import Intake, RdfFile

_TYPE, _IMPORTS, _ONTOLOGY = (f"<{iri}>" for iri in (RDF.type, OWL.imports, OWL.Ontology))
#: Shapes may import so many documents, each with its own imports.
_MOST = 100
#: How many addresses a remark names.
_SHOWN = 3


@dataclass(slots=True)
class Shapes:
    """Triples of shapes as N-Triples has them, and what they import but was not read."""

    triples: list[tuple[str, str, str]] = field(default_factory=list)
    left_out: list[Iri] = field(default_factory=list)

    @property
    def note(self) -> str:
        """
        Return what to say of what was left out; nothing if nothing was.

        >>> Shapes([], ["https://a.example/shapes"]).note
        'Not followed, as nothing is fetched without --fetch: the shapes import https://a.example/shapes.'
        """
        web = [address for address in self.left_out if _is_web(address)]
        other = [address for address in self.left_out if not _is_web(address)]
        said = [f"Not followed, as nothing is fetched without --fetch: the shapes import {_listed(web)}."] * bool(web)
        said += [f"Not followed, as only http and https are: the shapes import {_listed(other)}."] * bool(other)
        return " ".join(said)


def _listed(addresses: Sequence[Iri]) -> str:
    """Return addresses in words, of many the first few."""
    shown, more = addresses[:_SHOWN], len(addresses) - _SHOWN
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def read_shapes(sources: Sequence[Path], intake: Intake) -> Shapes:
    """
    Return the shapes of files and folders, and of what they import if the intake fetches.

    An import that another of the files describes as an ontology is there already.

    Args:
        sources: Whatever the intake takes in; of a folder with Turtle in it, its Turtle files.

        intake: Takes them in.

    Raises:
        NotReadable: A file cannot be opened, or an import not fetched.

        NotRdf: A file or an import holds no RDF that can be read.
    """
    shapes = Shapes()
    described: set[Iri] = set()
    imports: dict[Iri, None] = {}
    files, number = intake.files(one for source in sources for one in _meant(source)), 0
    while files:
        for file in files:
            found, ontologies = _read(file, number, shapes)
            imports |= dict.fromkeys(found)
            # What a file both imports and describes, it describes in passing.
            described |= ontologies.difference(found) | {file.name, file.base}
            number += 1
        files = []
        if intake.fetches:
            wanted = [address for address in imports if _is_web(address) and address not in described]
            if number + len(wanted) > _MOST:
                raise NotReadable(f"The shapes import more than {_MOST} documents.", "--shapes", "Name files instead.")
            files = [intake.imported(address) for address in wanted]
    shapes.left_out = [address for address in imports if address not in described]
    return shapes


def _meant(source: Path) -> list[Path]:
    """Return the files of a path: folders in which shapes are published hold contexts and tables beside the Turtle."""
    return (sorted(source.glob("*.ttl")) if source.is_dir() else []) or [source]


def _read(file: RdfFile, number: int, shapes: Shapes) -> tuple[list[Iri], set[Iri]]:
    """Add a file's triples; return what it imports and which ontologies it describes."""
    imports: dict[Iri, None] = {}
    ontologies: set[Iri] = set()
    for triple in read_triples([file], number):
        shapes.triples.append(triple)
        subject, predicate, value = triple
        if predicate == _IMPORTS and value.startswith("<"):
            imports[_address(value)] = None
        elif predicate == _TYPE and value == _ONTOLOGY:
            ontologies.add(_address(subject))
    return list(imports), ontologies


def _address(term: str) -> Iri:
    """Return the address of the document that an IRI leads to."""
    return urldefrag(name_of(term)).url


def _is_web(address: Iri) -> bool:
    """Return whether an address can be fetched."""
    return address.lower().startswith(("http://", "https://"))
