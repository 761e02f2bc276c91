"""
The named graphs of `catalogue.nq`, read one after the other, without holding a graph in memory.

In: an output folder. Out: for each graph the position of its lines, its size as N-Triples and the number of its
triples. The file stays open, so a build that replaces the folder in the meantime does not affect the load.
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
from ...core.files import read_at, read_manifest
from ...core.terms import Iri
from ...core.wording.refusals import SystemReason

_NAME = "catalogue.nq"
_BLOCK = 1 << 16
_END = b"> .\n"


@dataclass(slots=True)
class NamedGraph:
    """
    A named graph in a file.

    `pieces` are the byte ranges of its lines in the file. Builds write the lines of a graph together, as one piece, but
    several pieces work, too. `size` is the number of bytes as N-Triples, `triples` the number of distinct lines.
    """

    iri: Iri
    pieces: list[tuple[int, int]] = field(default_factory=list)
    size: int = 0
    triples: int = 0


class QuadsFile:
    """
    The N-Quads file of a published catalogue. A context manager.

    Args:
        folder: An output folder.

    Raises:
        NotReadable: There is no published catalogue in the folder, or it differs from its manifest.
    """

    def __init__(self, folder: Path) -> None:
        """Open the file, scan it once, and compare its digest with the manifest."""
        self.base = base_of(folder)
        self._path = folder / _NAME
        try:
            self._file = os.open(self._path, os.O_RDONLY)
        except OSError as error:
            raise NotReadable.of("stores.catalogue", str(self._path), reason=SystemReason.of(error)) from error
        try:
            graphs, digest = self._scan()
            outputs = read_manifest(folder).get("outputs", {}).get(_NAME)
            stated = outputs.get("sha256") if isinstance(outputs, dict) else outputs
            if stated != digest:
                raise NotReadable.of("stores.other-digest", str(self._path))
        except BaseException:
            os.close(self._file)
            raise
        self.graphs = sorted(graphs.values(), key=lambda graph: self._get_load_order(graph.iri))

    def __enter__(self) -> QuadsFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        os.close(self._file)

    def _get_load_order(self, iri: Iri) -> tuple[int, Iri]:
        """Return the position of a graph in the order of loading: terms first, then plans, the top catalogue last."""
        return (0 if iri == f"{self.base}def/" else 2 if iri == f"{self.base}catalogue" else 1, iri)

    def _scan(self) -> tuple[dict[Iri, NamedGraph], str]:
        """Return the graphs and the digest of the file."""
        graphs: dict[Iri, NamedGraph] = {}
        digest = hashlib.sha256()
        lines: set[bytes] = set()
        name, graph, offset = b"", NamedGraph(""), 0
        with open(self._file, "rb", closefd=False) as file:
            for line in file:
                digest.update(line)
                start = line.rfind(b" <")
                if start < 0 or not line.endswith(_END):
                    raise NotReadable.of("stores.no-quad", f"{self._path}, byte {offset}")
                if line[start + 2 : -len(_END)] != name:
                    name = line[start + 2 : -len(_END)]
                    graph.triples += len(lines)
                    lines = set()
                    graph = graphs.setdefault(name.decode(), NamedGraph(name.decode()))
                    graph.pieces.append((offset, offset))
                # Memory holds 16 bytes for each line of one graph, not the line itself.
                lines.add(hashlib.blake2b(line, digest_size=16).digest())
                offset += len(line)
                graph.pieces[-1] = (graph.pieces[-1][0], offset)
                graph.size += start + 3
        graph.triples += len(lines)
        return graphs, digest.hexdigest()

    def read_lines(self, graph: NamedGraph) -> Iterator[bytes]:
        """Yield the lines of a graph as N-Triples."""
        for start, end in graph.pieces:
            rest = b""
            while start < end:
                block = read_at(self._file, min(_BLOCK, end - start), start)
                if not block:
                    raise NotReadable.of("stores.truncated", str(self._path))
                start += len(block)
                *whole, rest = (rest + block).split(b"\n")
                for line in whole:
                    yield line[: line.rfind(b" <")] + b" .\n"
