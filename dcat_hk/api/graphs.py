"""
Graphs of rdflib and pyoxigraph, texts, open files -> files of RDF, and back.

In: whatever a Python program has RDF in. Out: files that validation and scoring take, which last as long as a block;
graphs of rdflib.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ..build.arguments import checked_path, read_open_file
from ..checking.sources import NamedFile
from ..core.errors import UsageError
from ..core.scratch import ScratchFolder

if TYPE_CHECKING:
    from rdflib import Graph

#: RDF: the name of a file or folder, its text or bytes, an open file, a graph or dataset of rdflib, a store of
#: pyoxigraph, statements of pyoxigraph, or several of these.
RdfSource: TypeAlias = Any

#: What data that is no file goes by.
_NAME = "data"


def parse_turtle(text: str) -> Graph:
    """
    Return a Turtle document as a graph of rdflib.

    Args:
        text: The document.

    >>> len(parse_turtle("<https://example.org/a> <https://example.org/b> 1 ."))
    1
    """
    from rdflib import Graph

    return Graph().parse(data=text, format="turtle")


def parse_triples(triples: Iterable[Any]) -> Graph:
    """
    Return triples of pyoxigraph as a graph of rdflib.

    Args:
        triples: The triples.
    """
    from rdflib import Graph

    return Graph().parse(data="".join(f"{triple} .\n" for triple in triples), format="nt")


@contextmanager
def rdf_files(data: RdfSource, name: str = _NAME) -> Iterator[list[Path | NamedFile]]:
    """
    Give files that hold RDF; those that are written here go with the block.

    Args:
        data: A source of RDF, or several.

        name: What data that is no file goes by in reports.

    Raises:
        UsageError: It is no source of RDF.

    >>> with rdf_files("@prefix a: <https://a.example/> . a:b a a:C .") as (file,):
    ...     file.name
    'data'
    """
    with ScratchFolder() as scratch:
        sources = list(data) if _is_several(data) else [data]
        yield [_file_of(source, scratch / str(number), name) for number, source in enumerate(sources)]


def _is_several(data: RdfSource) -> bool:
    """Tell whether data is several sources, and not one."""
    return isinstance(data, list | tuple | set | frozenset) and not (data and _is_statement(next(iter(data))))


def _is_statement(value: Any) -> bool:
    """Tell whether a value is a statement of pyoxigraph."""
    return all(hasattr(value, part) for part in ("subject", "predicate", "object"))


def _file_of(source: RdfSource, path: Path, name: str) -> Path | NamedFile:
    """Return a file that holds a source: the file that it names, or one at a path."""
    if isinstance(source, os.PathLike) or (isinstance(source, str) and not _is_text(source)):
        return checked_path(source, "data")
    if isinstance(source, NamedFile):
        return source
    data, ending = _serialise(source)
    path = path.with_suffix(ending)
    path.write_bytes(data)
    return NamedFile(path, name)


def _is_text(source: str) -> bool:
    """
    Tell whether a text is RDF, and not the name of a file.

    >>> _is_text("@prefix a: <b> ."), _is_text("<a> <b> <c> ."), _is_text('{"@id": "a"}'), _is_text("plans/a b.ttl")
    (True, True, True, False)
    """
    return "\n" in source or source.lstrip()[:1] in {"@", "<", "{", "["}


def _serialise(source: RdfSource) -> tuple[bytes, str]:
    """Return a source that is no file as bytes, and the ending that says their syntax; empty if it is not known."""
    if isinstance(source, str):
        return source.encode(), ""
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source), ""
    if hasattr(source, "read"):
        return read_open_file(source), ""
    if hasattr(source, "serialize") and hasattr(source, "triples"):
        # A dataset says what its graphs say, as files that are validated together do.
        graphs = list(source.graphs()) if hasattr(source, "graphs") else [source]
        lines = {line for graph in graphs for line in graph.serialize(format="nt", encoding="utf-8").splitlines(True)}
        # In the order of their text: that of a graph depends on the seed of hashes.
        return b"".join(sorted(lines)), ".nt"
    if isinstance(source, Iterable):
        return _serialise_statements(source), ".nq"
    raise UsageError.of("api.no-rdf-source", kind=type(source).__name__)


def _serialise_statements(statements: Iterable[Any]) -> bytes:
    """Return statements of pyoxigraph as N-Quads."""
    lines: list[str] = []
    for statement in statements:
        if not _is_statement(statement):
            raise UsageError.of("api.no-statement", kind=type(statement).__name__)
        lines.append(f"{statement} .\n")
    return "".join(sorted(lines)).encode()
