"""
`catalogue.nq` -> its named graphs, one after the other, without holding any of them.

In: an output folder. Out: for each graph where its lines lie, how many bytes of N-Triples and how many triples they
are. The file stays open, so that a build that replaces the folder meanwhile changes nothing.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from ...catalogue.publishing.published import base_of
from ...core.errors import NotReadable
from ...core.files import read_manifest
from ...core.terms import Iri

_NAME = "catalogue.nq"
_BLOCK = 1 << 16
_END = b"> .\n"


@dataclass(slots=True)
class Graph:
    """
    A named graph of a file.

    `pieces` are where its lines begin and end in the file: one piece, since writers keep a graph together, but
    nothing breaks if there are more. `size` counts its bytes as N-Triples, `triples` its different lines.
    """

    iri: Iri
    pieces: list[tuple[int, int]] = field(default_factory=list)
    size: int = 0
    triples: int = 0


class Quads:
    """
    The N-Quads of a published catalogue. A context manager.

    Args:
        folder: An output folder.

    Raises:
        NotReadable: The folder holds no published catalogue, or another one than its manifest says.
    """

    def __init__(self, folder: Path) -> None:
        """Open the file and look through it once."""
        self.base = base_of(folder)
        self._path = folder / _NAME
        try:
            self._file = os.open(self._path, os.O_RDONLY)
        except OSError as error:
            message = f"The catalogue cannot be read: {error.strerror}."
            raise NotReadable(message, str(self._path), "Run dcat-hk build first.") from error
        try:
            found, digest = self._scan()
            outputs = read_manifest(folder).get("outputs", {}).get(_NAME)
            stated = outputs.get("sha256") if isinstance(outputs, dict) else outputs
            if stated != digest:
                advice = "Build it again; nothing was sent."
                raise NotReadable("The file is not the one that the manifest lists.", str(self._path), advice)
        except BaseException:
            os.close(self._file)
            raise
        self.graphs = sorted(found.values(), key=lambda graph: self._rank(graph.iri))

    def __enter__(self) -> Quads:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        os.close(self._file)

    def _rank(self, iri: Iri) -> tuple[int, Iri]:
        """Return the place of a graph in the order of loading: what others point at comes first, the top last."""
        return (0 if iri == f"{self.base}def/" else 2 if iri == f"{self.base}catalogue" else 1, iri)

    def _scan(self) -> tuple[dict[Iri, Graph], str]:
        """Return the graphs, and the digest of the file."""
        found: dict[Iri, Graph] = {}
        digest = hashlib.sha256()
        lines: set[bytes] = set()
        name, graph, offset = b"", Graph(""), 0
        with open(self._file, "rb", closefd=False) as file:
            for line in file:
                digest.update(line)
                start = line.rfind(b" <")
                if start < 0 or not line.endswith(_END):
                    raise NotReadable("A line is no quad.", f"{self._path}, byte {offset}", "Build it again.")
                if line[start + 2 : -len(_END)] != name:
                    name = line[start + 2 : -len(_END)]
                    graph.triples += len(lines)
                    lines = set()
                    graph = found.setdefault(name.decode(), Graph(name.decode()))
                    graph.pieces.append((offset, offset))
                # 16 bytes for each line of one graph at a time, not the lines.
                lines.add(hashlib.blake2b(line, digest_size=16).digest())
                offset += len(line)
                graph.pieces[-1] = (graph.pieces[-1][0], offset)
                graph.size += start + 3
        graph.triples += len(lines)
        return found, digest.hexdigest()

    def lines(self, graph: Graph) -> Iterator[bytes]:
        """Yield a graph's lines as N-Triples."""
        for start, end in graph.pieces:
            rest = b""
            while start < end:
                block = os.pread(self._file, min(_BLOCK, end - start), start)
                if not block:
                    raise NotReadable("The file has become shorter.", str(self._path), "Build it again.")
                start += len(block)
                *whole, rest = (rest + block).split(b"\n")
                for line in whole:
                    yield line[: line.rfind(b" <")] + b" .\n"
