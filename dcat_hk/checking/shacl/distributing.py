"""
Validating on a cluster: pieces of data are sent there twice, first to be indexed and then to be judged.

In: compiled shapes and pieces of files. Out: the results of one process, in its order. Workers get bytes, and need see
no file of ours. What no worker can do is done here, and so is what is wrong with a piece told.
"""

from __future__ import annotations

import sys
import threading
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

from ...core.cluster import open_cluster
from ...core.errors import DcatHkError
from ...core.results import RESULT_ORDER, Result
from ..sources import Intake, RdfFile
from . import triples as reading
from .engine import CompiledShapes, add_up, as_bytes, merge
from .paths import TermGraph
from .program import Compiler
from .shapes import read_shapes
from .spool import Spool, SubjectBlock

#: What is remembered of shapes is changed while data is validated: one task of a worker at a time.
_ONE_AT_A_TIME = threading.Lock()
#: A subject is known by so many bytes. Two that are taken for one are judged here, which is right all the same.
_DIGEST_SIZE = 8


@dataclass(frozen=True, eq=False)
class SentShapes:
    """Shapes for workers, as triples."""

    graph: TermGraph


@dataclass(frozen=True, eq=False)
class SentIndex:
    """Shapes for workers, with the index of all data, and the subjects that stand in several pieces."""

    graph: TermGraph
    forward: bytes
    inverse: bytes
    scattered: frozenset[int]


class IndexedPiece(NamedTuple):
    """What a worker has read of a piece: columns of the index as bytes, and the digests of its subjects as bytes."""

    forward: bytes
    inverse: bytes
    subjects: bytes


class JudgedPiece(NamedTuple):
    """What judging a piece gives: results, focus nodes, what was not checked, blocks of subjects in several pieces."""

    results: list[Result]
    focus_nodes: int
    unchecked: list[tuple[str, str, int]]
    scattered: list[SubjectBlock]


def validate_on_cluster(compiled: CompiledShapes, sources: Sequence[Path | RdfFile], address: str) -> list[Result]:
    """
    Return the results of validating files, sorted.

    Args:
        compiled: The shapes; none of them has a query.

        sources: Paths that `Intake` takes, or files that it returned.

        address: The scheduler.

    Raises:
        UsageError: The cluster cannot be used.

        NotReadable: A file cannot be opened.

        NotRdf: A file holds no RDF that can be read.
    """
    with Intake() as intake:
        return reading.in_pieces(intake.files(sources), lambda pieces: _validate_pieces(compiled, pieces, address))


def _validate_pieces(compiled: CompiledShapes, pieces: Sequence[reading.FilePiece], address: str) -> list[Result]:
    """Return the results of validating pieces of files, sorted."""
    index = compiled.empty_index()
    subjects = array("Q")
    with open_cluster(address) as cluster:
        shapes = SentShapes(compiled.graph)
        answers = cluster.map(_index_there, shapes, map(reading.FilePiece.with_bytes, pieces))
        for piece, answer in zip(pieces, answers, strict=True):
            indexed = answer.value or index_piece(compiled, piece)
            merge(index.forward, indexed.forward)
            merge(index.inverse, indexed.inverse)
            subjects.frombytes(indexed.subjects)
        ordered = array("Q", sorted(subjects))
        scattered = frozenset(one for one, other in pairwise(ordered) if one == other)
        sent = SentIndex(compiled.graph, as_bytes(index.forward), as_bytes(index.inverse), scattered)
        compiled.use_index(index)
        extra = compiled.compiler.extra_focus_nodes()
        known = set(ordered) if extra else set[int]()
        spool = Spool(1)
        try:
            parts: list[JudgedPiece] = []
            answers_again = cluster.map(_judge_there, sent, map(reading.FilePiece.with_bytes, pieces))
            for piece, judged in zip(pieces, answers_again, strict=True):
                part = judged.value or judge_piece(compiled, scattered, piece)
                for subject, block in part.scattered:
                    spool.add(subject, block)
                parts.append(part._replace(scattered=[]))
            # Of several pieces, or of none.
            left = {node for node in extra if (one := _digest(node)) not in known or one in scattered}
            parts.append(_told(compiled, spool.blocks(0), left, []))
        finally:
            spool.close()
    return _put_together(compiled, parts)


def _put_together(compiled: CompiledShapes, parts: Sequence[JudgedPiece]) -> list[Result]:
    """Return the results of all parts, sorted, and let the shapes know what was looked at and what was not."""
    compiled.focus_nodes = sum(part.focus_nodes for part in parts)
    compiled.unchecked = add_up(chain.from_iterable(part.unchecked for part in parts))
    return sorted(chain.from_iterable(part.results for part in parts), key=RESULT_ORDER)


def _digest(subject: str) -> int:
    """Return a number that is the same for a subject on every machine."""
    return int.from_bytes(
        blake2b(subject.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_SIZE).digest(), "little"
    )


# ---- what is done for each piece


def index_piece(compiled: CompiledShapes, piece: reading.FilePiece) -> IndexedPiece:
    """
    Return what paths need of a piece.

    Args:
        compiled: The shapes.

        piece: The piece.
    """
    index, spool = compiled.empty_index(), _spool()
    compiled.gather(reading.blocks(piece), spool, index, packed=False)
    digests = array("Q", {_digest(subject) for subject in spool.subjects()})
    if sys.byteorder == "big":
        digests.byteswap()
    return IndexedPiece(as_bytes(index.forward), as_bytes(index.inverse), digests.tobytes())


def judge_piece(compiled: CompiledShapes, scattered: frozenset[int], piece: reading.FilePiece) -> JudgedPiece:
    """
    Return what judging a piece gives.

    Args:
        compiled: The shapes, which have the index of all data.

        scattered: The subjects that stand in several pieces: these are not judged.

        piece: The piece.
    """
    spool = _spool()
    for subject, block in reading.blocks(piece):
        spool.add(subject, block)
    taken = spool.take({subject for subject in spool.subjects() if _digest(subject) in scattered})
    return _told(compiled, spool.blocks(0), set(), taken)


def _spool() -> Spool:
    """Return a spool for one piece, which memory has room for."""
    return Spool(1, sys.maxsize)


def _told(
    compiled: CompiledShapes, blocks: Iterator[SubjectBlock], extra: set[str], scattered: list[SubjectBlock]
) -> JudgedPiece:
    """Return what judging blocks gives, in words that mean the same on every machine."""
    results = compiled.finish([compiled.judge_blocks(blocks, extra)])
    return JudgedPiece(results, compiled.focus_nodes, compiled.unchecked, scattered)


# ---- what a worker does


@lru_cache(maxsize=2)
def _compile(shapes: SentShapes | SentIndex) -> CompiledShapes:
    """Return the shapes, compiled once for all tasks of a worker."""
    compiled = CompiledShapes(Compiler(read_shapes(shapes.graph)), shapes.graph)
    if isinstance(shapes, SentIndex):
        index = compiled.empty_index()
        merge(index.forward, shapes.forward)
        merge(index.inverse, shapes.inverse)
        compiled.use_index(index)
    return compiled


def _index_there(shapes: SentShapes, piece: reading.FilePiece) -> IndexedPiece | None:
    """Return what paths need of a piece, on a worker; None if it cannot be read, which is told elsewhere."""
    with _ONE_AT_A_TIME:
        try:
            return index_piece(_compile(shapes), piece)
        except (DcatHkError, reading.WronglyCut):
            return None


def _judge_there(sent: SentIndex, piece: reading.FilePiece) -> JudgedPiece | None:
    """Return what judging a piece gives, on a worker."""
    with _ONE_AT_A_TIME:
        try:
            return judge_piece(_compile(sent), sent.scattered, piece)
        except (DcatHkError, reading.WronglyCut):
            return None
