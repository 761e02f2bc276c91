"""
A program over data: gather what is known of neighbours, then judge one subject after another, on all processors.

First every piece of the data is read once: triples are set aside by subject, and what paths ask of other nodes goes
into the index. Then each bucket of subjects is judged. Both are shared among forked processes, which write and read
files that this process has opened; where processes cannot be forked, or there is little to do, this one does it alone.
"""

from __future__ import annotations

import contextlib
import gc
import marshal
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

from ...core.processes import open_workers, process_count
from ...core.results import Result
from ..sources import Intake, RdfFile
from . import triples as reading
from .constraints import Raw
from .neighbourhood import Column, Hood, Index
from .program import Compiler
from .shapes import graph_of, read_shapes
from .spool import Place, Spool

#: Data from a path, from several, or as triples of pyoxigraph, rdflib or strings of N-Triples.
Data = str | Path | Iterable[Any]
#: Below so many bytes a single process is faster.
SMALL = 1_500_000
_MOST_BUCKETS = 512
_ORDER = attrgetter("severity", "focus_node", "path", "value", "component", "source_shape", "messages")


class Program:
    """Compiled shapes."""

    def __init__(self, compiler: Compiler) -> None:
        """Ask once which predicates must be known of every node."""
        self.compiler = compiler
        self._forward, self._inverse, self._all = compiler.needed()

    @property
    def shapes(self) -> int:
        """Return how many shapes have a target."""
        return len(self.compiler.shapes.targeted)

    def validate(self, source: Data, jobs: int = 0) -> list[Result]:
        """
        Return the results of validating data, sorted.

        Args:
            source: A file, several files, or triples; named graphs count as one graph. Files are whatever `Intake`
                takes in, or what it gave.

            jobs: How many processes to use; 0 is as many as there are processors.

        Raises:
            NotReadable: A file cannot be opened.

            NotRdf: A file holds no RDF that can be read.

        >>> count = '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
        >>> sh = "<http://www.w3.org/ns/shacl#{}>".format
        >>> program = compile_shapes([("<urn:s>", sh("targetNode"), "<urn:a>"), ("<urn:s>", sh("path"), "<urn:p>"),
        ...                           ("<urn:s>", sh("minCount"), count)])
        >>> [(result.focus_node, result.component) for result in program.validate([])]
        [('urn:a', 'MinCountConstraintComponent')]
        """
        jobs = process_count(jobs)
        with _no_collection():
            paths = _paths(source)
            if paths is None:
                return self._alone([strings_to_blocks(source)], 16)
            with Intake() as intake:
                files = intake.files(paths)
                size = sum(file.path.stat().st_size for file in files)
                jobs = 1 if size < SMALL else jobs
                pieces = reading.divide(files, jobs * 4 if jobs > 1 else 1)
                buckets = min(max(jobs, size // reading.PIECE), _MOST_BUCKETS)
                if jobs == 1:
                    return self._alone(map(reading.blocks, pieces), buckets)
                return self._together(pieces, jobs, buckets)

    # ---- one process

    def _alone(self, pieces: Iterable[Iterator[tuple[str, list[str]]]], buckets: int) -> list[Result]:
        """Return results without other processes."""
        spool = Spool(buckets)
        try:
            index = self._empty()
            for piece in pieces:
                self._gather(piece, spool, index)
            self._use(index)
            return self._finish(self._judge(spool, range(buckets)))
        finally:
            spool.close()

    # ---- many

    def _together(self, pieces: list[reading.Piece], jobs: int, buckets: int) -> list[Result]:
        """Return results, with the work shared by processes."""
        spool = Spool(buckets)
        try:
            for _job in range(jobs):
                spool.open()

            shares = range(jobs)
            index = self._empty()
            with open_workers(_Shares(self, spool, jobs, pieces), jobs, jobs) as workers:
                for number, share in enumerate(workers.map(_gather_share, shares)):
                    merge(index.forward, share.forward)
                    merge(index.inverse, share.inverse)
                    spool.places += [(number, place) for place in share.places]
            self._use(index)
            with open_workers(_Shares(self, spool, jobs), jobs, jobs) as workers:
                return self._finish([raw for part in workers.map(_judge_share, shares) for raw in part])
        finally:
            spool.close()

    # ---- steps

    def _empty(self) -> Index:
        """Return an index with the columns that are wanted."""
        return Index({name: {} for name in self._forward}, {name: {} for name in self._inverse})

    def _gather(self, blocks: Iterable[tuple[str, list[str]]], spool: Spool, index: Index) -> None:
        """Set blocks aside and note what is wanted of them."""
        forward, inverse, everything = index.forward, index.inverse, self._all
        wanted = frozenset((*forward, *inverse))
        for subject, said in blocks:
            spool.add(subject, said)
            if everything or not wanted.isdisjoint(said[::2]):
                for number in range(0, len(said), 2):
                    predicate = said[number]
                    if predicate in forward or everything:
                        _put(forward.setdefault(predicate, {}), subject, said[number + 1])
                    if predicate in inverse:
                        _put(inverse[predicate], said[number + 1], subject)

    def _use(self, index: Index) -> None:
        """Give the program what was gathered."""
        self.compiler.use(index)

    def _judge(self, spool: Spool, buckets: Iterable[int]) -> list[Raw]:
        """Return the raw results of some buckets."""
        hood, out, judge = Hood(self.compiler.index), list[Raw](), self.compiler.judge
        extra = self.compiler.extra_focus_nodes()
        waiting: dict[int, set[str]] = {}
        for node in extra:
            waiting.setdefault(hash(node) % spool.count, set()).add(node)
        for bucket in buckets:
            left = waiting.get(bucket, set())
            for subject, block in spool.blocks(bucket):
                judge(subject, block, hood, out)
                left.discard(subject)
            for node in left:
                judge(node, {}, hood, out)
        return out

    def _finish(self, found: list[Raw]) -> list[Result]:
        """Return results in the order that never changes."""
        return sorted(map(self.compiler.result, found), key=_ORDER)


# ---- what each process does


@dataclass(frozen=True, slots=True)
class _Shares:
    """What the processes share: the program, the files that subjects are set aside in, and pieces of data to read."""

    program: Program
    spool: Spool
    count: int
    pieces: Sequence[reading.Piece] = ()


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What one process has read: packed columns of the index, and where its blocks lie in its file."""

    forward: bytes
    inverse: bytes
    places: list[Place]


def _gather_share(shares: _Shares, number: int) -> _Gathered:
    """Read every so many pieces, setting their triples aside in the file of this number."""
    program, spool = shares.program, shares.spool.only(number)
    index = program._empty()
    for piece in shares.pieces[number :: shares.count]:
        program._gather(reading.blocks(piece), spool, index)
    spool.write()
    return _Gathered(_plain(index.forward), _plain(index.inverse), [place for _file, place in spool.places])


def _judge_share(shares: _Shares, number: int) -> list[Raw]:
    """Return the raw results of every so many buckets."""
    return shares.program._judge(shares.spool, range(number, shares.spool.count, shares.count))


def compile_shapes(triples: Iterable[Any] | str | Path) -> Program:
    """
    Return a program for shapes.

    Args:
        triples: Triples of rdflib (a graph), of pyoxigraph or strings of N-Triples, or the path of a file.

    Raises:
        Unsupported: The shapes use what is not compiled; the error names it.

    Spec: SHACL, section 3.4.
    """
    paths = _paths(triples)
    read = reading.strings(triples) if paths is None else reading.read_triples(paths)  # type: ignore[arg-type]
    return Program(Compiler(read_shapes(graph_of(read))))


def _paths(source: Data) -> list[Path | RdfFile] | None:
    """Return the files that data is in; nothing if it is triples."""
    if isinstance(source, str | Path):
        return [Path(source)]
    if isinstance(source, list | tuple) and source and all(isinstance(item, Path | RdfFile) for item in source):
        return list(source)
    return None


def strings_to_blocks(triples: Any) -> Iterator[tuple[str, list[str]]]:
    """Yield triples that come in any order as blocks of one."""
    for subject, predicate, object_ in reading.strings(triples):
        yield subject, [predicate, object_]


def _put(column: Column, key: str, value: str) -> None:
    """Add a value to a column; most nodes have one."""
    known = column.get(key)
    column[key] = (value,) if known is None else known if value in known else (*known, value)


def _plain(columns: dict[str, Column]) -> bytes:
    """Return columns in a form that another process reads fast."""
    return marshal.dumps(columns)


def merge(columns: dict[str, Column], packed: bytes) -> None:
    """
    Add columns that another process gathered.

    >>> columns = {"<urn:p>": {"<urn:a>": ("<urn:b>",)}}
    >>> merge(columns, marshal.dumps({"<urn:p>": {"<urn:a>": ("<urn:c>",)}}))
    >>> columns
    {'<urn:p>': {'<urn:a>': ('<urn:b>', '<urn:c>')}}
    """
    for predicate, column in marshal.loads(packed).items():  # noqa: S302 - written by a copy of this process
        known = columns.setdefault(predicate, {})
        if not known:
            known.update(column)
            continue
        for key, values in column.items():
            if key in known:
                known[key] = tuple(dict.fromkeys((*known[key], *values)))
            else:
                known[key] = values


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Hold the collector of reference cycles: strings and tuples make none, and it looks at all of them."""
    held = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if held:
            gc.enable()
