"""
Compiled shapes over data: index what paths need, then validate one subject after another, on all processors.

First every piece of the data is read once: triples are set aside by subject, and what paths ask of other nodes goes
into the index. Then each bucket of subjects is judged. Both are shared among forked processes, which write and read
files that this process has opened; where processes cannot be forked, or there is little to do, this one does it alone.
"""

from __future__ import annotations

import contextlib
import marshal
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, cast

from ...core.allowance import limits_within
from ...core.collecting import without_collection
from ...core.errors import NotAPlan, ReadingFault
from ...core.forked import ConfinedProcess
from ...core.processes import Workers, open_workers, process_count
from ...core.results import RESULT_ORDER, Result
from ...core.wording.refusals import EnglishReason
from ..sources import Intake, RdfFile
from . import triples as reading
from .constraints import RawResult
from .neighbourhood import Block, Column, Neighbourhood, PropertyIndex, list_values
from .packing import PackedColumn
from .paths import TermGraph
from .program import Compiler
from .query_checks import QueryFailed, QueryStore
from .shapes import graph_of, read_shapes
from .spool import BlockPosition, Spool, SubjectBlock

#: Data from a path, from several, or as triples of pyoxigraph, rdflib or strings of N-Triples.
Data = str | Path | Iterable[Any]
#: Below this number of bytes a single process is faster.
SMALL = 1_500_000
_MOST_BUCKETS = 512
#: Queries of shapes may take so many seconds of processor time, and one more for so many triples.
_QUERY_SECONDS, _TRIPLES_A_SECOND = 120, 5_000
#: So many shapes are named in a message.
_MOST_NAMED = 3


class CompiledShapes:
    """
    Compiled shapes, ready to validate data.

    After each validation, `focus_nodes` is how many nodes any shape looked at, and `unchecked` lists what took too
    long: pattern, name of its shape, and how many values were not checked.
    """

    def __init__(self, compiler: Compiler, graph: TermGraph) -> None:
        """Find out which predicates must be indexed for every node; `graph` is the graph of shapes, for queries."""
        self.compiler = compiler
        self.graph = graph
        self.focus_nodes = 0
        self.unchecked: list[tuple[str, str, int]] = []
        self._forward, self._inverse, self._all = compiler.needed()
        self._store: QueryStore | None = None

    @property
    def shapes(self) -> int:
        """Return how many shapes have a target."""
        return len(self.compiler.shapes.targeted)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return remarks on terms that nobody defined or that have no effect, and on shapes that nobody described."""
        return self.compiler.shapes.warnings

    def validate(self, source: Data, jobs: int = 0) -> list[Result]:
        """
        Return the results of validating data, sorted.

        Args:
            source: A file, several files, or triples; named graphs are merged into one graph. Files are paths that
                `Intake` takes, or files that it returned.

            jobs: How many processes to use; 0 for one per processor.

        Raises:
            NotReadable: A file cannot be opened.

            NotRdf: A file holds no RDF that can be read.

            QueryFailed: A query of a shape cannot be answered.

        >>> count = '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
        >>> sh = "<http://www.w3.org/ns/shacl#{}>".format
        >>> compiled = compile_shapes([("<urn:s>", sh("targetNode"), "<urn:a>"), ("<urn:s>", sh("path"), "<urn:p>"),
        ...                           ("<urn:s>", sh("minCount"), count)])
        >>> [(result.focus_node, result.component) for result in compiled.validate([])]
        [('urn:a', 'MinCountConstraintComponent')]
        """
        # Queries ask a store in memory, which processes do not share.
        jobs = 1 if self.has_queries else process_count(jobs)
        with without_collection():
            paths = paths_of(source)
            if paths is None:
                return self._alone([strings_to_blocks(source)], 16)
            with Intake() as intake:
                files = intake.files(paths)
                size = sum(file.path.stat().st_size for file in files)
                jobs = 1 if size < SMALL else jobs
                buckets = min(max(jobs, size // reading.PIECE), _MOST_BUCKETS)
                return reading.in_pieces(files, lambda pieces: self._of_pieces(pieces, jobs, buckets))

    def validate_text(self, text: str | bytes, only: Set[str] | None = None) -> list[Result]:
        """
        Return the results of validating a Turtle document that is at hand, sorted; it is read and judged in one go.

        Args:
            text: The document.

            only: The IRIs of the subjects that are judged, while paths may lead to all others; None for all.

        Raises:
            SyntaxError: It is no Turtle.

            QueryFailed: A query of a shape cannot be answered.

        >>> sh = "<http://www.w3.org/ns/shacl#{}>".format
        >>> compiled = compile_shapes([("<urn:s>", sh("targetSubjectsOf"), "<urn:p>"),
        ...                            ("<urn:s>", sh("nodeKind"), sh("Literal"))])
        >>> [result.focus_node for result in compiled.validate_text("<urn:a> <urn:p> 1 .")]
        ['urn:a']
        """
        with without_collection():
            return self._alone(
                [reading.blocks_of_text(text)], 1, None if only is None else {f"<{iri}>" for iri in only}
            )

    @property
    def has_queries(self) -> bool:
        """Return whether shapes have queries."""
        return self.compiler.asks or self.compiler.selects

    def _of_pieces(self, pieces: list[reading.FilePiece], jobs: int, buckets: int) -> list[Result]:
        """Return the results for the pieces of files."""
        if jobs == 1:
            return self._alone(map(reading.blocks, pieces), buckets)
        return self._together(pieces, jobs, buckets)

    # ---- one process

    def _alone(
        self, pieces: Iterable[Iterator[tuple[str, Block]]], buckets: int, only: Set[str] | None = None
    ) -> list[Result]:
        """Return the results for all subjects, or only for some, computed in this process."""
        self._store = QueryStore() if self.has_queries else None
        spool = Spool(buckets)
        try:
            index = self.empty_index()
            for piece in pieces:
                self.gather(piece, spool, index)
            if self._store is not None:
                return self._ask(spool, index, only)
            self.use_index(index)
            return self.finish([self._judge(spool, range(buckets), only)])
        finally:
            spool.close()
            self._store = None

    def _ask(self, spool: Spool, index: PropertyIndex, only: Set[str] | None) -> list[Result]:
        """
        Return the results where shapes have queries, computed in a process that the kernel ends.

        Raises:
            QueryFailed: A query cannot be answered, or takes too much time or memory: nothing can interrupt one.
        """
        assert self._store
        limits = limits_within(_QUERY_SECONDS + self._store.triples / _TRIPLES_A_SECOND)
        shapes = ", ".join(self.compiler.querying[:_MOST_NAMED])
        try:
            with contextlib.closing(ConfinedProcess(self, spool, index)) as process:
                answer = process.run(_judge_apart, only, name="", limits=limits)
        except ReadingFault as error:
            raise QueryFailed.of("checking.queries-failed", shapes, reason=EnglishReason(error.message)) from error
        except NotAPlan as error:
            raise QueryFailed.of("checking.queries-too-long", shapes, seconds=round(limits.seconds)) from error
        results, self.focus_nodes, self.unchecked = answer
        return results

    # ---- many

    def _together(self, pieces: list[reading.FilePiece], jobs: int, buckets: int) -> list[Result]:
        """Return the results, computed in several processes."""
        spool = Spool(buckets)
        try:
            for _job in range(jobs):
                spool.open()
            shares = range(jobs)
            with open_workers(_Shares(self, spool, jobs, pieces), jobs, jobs) as workers:
                if workers.count < jobs:
                    # Threads may have been started meanwhile: then no process can be copied.
                    return self._alone(map(reading.blocks, pieces), buckets)
                answers = workers.each(_gather_share, shares)
                gathered = [share for share in answers if share is not None]
                if len(gathered) == jobs:
                    index = self._merged(gathered)
                    if index.is_small and all(share.subjects is not None for share in gathered):
                        return self._where_they_are(workers, gathered, index)
                    for number, positions in sorted(workers.each(_set_aside, shares)):
                        spool.positions += [(number, position) for position in positions]
            if len(gathered) < jobs:
                raise reading.WronglyCut
            self.use_index(index)
            with open_workers(_Shares(self, spool, jobs), jobs, jobs) as workers:
                return self.finish(list(workers.map(_judge_share, shares)))
        finally:
            spool.close()

    def _merged(self, gathered: Iterable[_Gathered]) -> PropertyIndex:
        """Return one index of what all processes have read."""
        index = self.empty_index()
        for share in gathered:
            merge(index.forward, share.forward)
            merge(index.inverse, share.inverse)
            for predicate, packed in share.packed.items():
                index.packed.setdefault(predicate, PackedColumn()).load(packed)
        return index

    def _where_they_are(
        self, workers: Workers[_Shares], gathered: Sequence[_Gathered], index: PropertyIndex
    ) -> list[Result]:
        """Return the results where each process has in memory what it has read, and judges that itself."""
        subjects = Counter(subject for share in gathered for subject in set(share.subjects or ()))
        scattered = frozenset(subject for subject, count in subjects.items() if count > 1)
        self.use_index(index)
        task = as_bytes(index.forward), as_bytes(index.inverse), scattered
        answers = workers.each(_judge_own, [task] * workers.count)
        spool = Spool(1)
        for answer in answers:
            for subject, block in answer.scattered:
                spool.add(subject, block)
        extra = self.compiler.extra_focus_nodes() - (subjects.keys() - scattered)
        rest = self.judge_blocks(spool.blocks(0), extra)
        return self.finish([*(answer.judged for answer in answers), rest])

    # ---- steps

    def empty_index(self) -> PropertyIndex:
        """Return an empty index with the columns that shapes need."""
        return PropertyIndex({name: {} for name in self._forward}, {name: {} for name in self._inverse})

    def gather(
        self, blocks: Iterable[tuple[str, Block]], spool: Spool, index: PropertyIndex, *, packed: bool = True
    ) -> None:
        """
        Spool blocks and index the properties that shapes need.

        Args:
            blocks: The triples of subjects.

            spool: Where they are set aside.

            index: Its columns grow.

            packed: Whether columns that grow large are packed, which no other machine can read.
        """
        forward, inverse, everything = index.forward, index.inverse, self._all
        columns = list(forward.items())
        for subject, block in blocks:
            spool.add(subject, block)
            if self._store is not None:
                self._store.add(subject, block)
            if everything:
                columns = [(predicate, forward.setdefault(predicate, {})) for predicate in block]
            for predicate, column in columns:
                values = block.get(predicate)
                if values is not None:
                    _put(column, subject, values)
            for predicate, column in inverse.items():
                for value in block.get(predicate, ()):
                    # Some values have very many subjects: a list grows without being copied.
                    cast(list[str], column.setdefault(value, [])).append(subject)
        if packed:
            index.settle()

    def use_index(self, index: PropertyIndex) -> None:
        """
        Hand the index, and what queries ask, to the compiler.

        Args:
            index: What paths need of all data.
        """
        index.finish()
        self.compiler.use(index)
        if self._store is not None:
            self._store.finish()
            self._store.add_shapes(self.graph)
            self.compiler.select(self._store)

    def _judge(self, spool: Spool, buckets: Iterable[int], only: Set[str] | None = None) -> Judged:
        """Return what judging the subjects in some buckets gives, all of them or only some."""
        mine = list(buckets)
        wanted = frozenset(mine)
        extra = {node for node in self.compiler.extra_focus_nodes() if hash(node) % spool.count in wanted}
        blocks: Iterator[SubjectBlock] = chain.from_iterable(map(spool.blocks, mine))
        if only is not None:
            blocks, extra = (pair for pair in blocks if pair[0] in only), extra & only
        return self.judge_blocks(blocks, extra)

    def judge_blocks(self, blocks: Iterable[tuple[str, Block]], extra: set[str]) -> Judged:
        """
        Return what judging subjects gives, and further nodes if they are not among them.

        Args:
            blocks: The subjects, each once with all its triples.

            extra: The further nodes.
        """
        store = self._store.store if self._store else None
        neighbourhood, out, judge = Neighbourhood(self.compiler.index, store), list[RawResult](), self.compiler.judge
        focus_nodes = 0
        for subject, block in blocks:
            focus_nodes += judge(subject, block, neighbourhood, out)
            extra.discard(subject)
        for node in extra:
            focus_nodes += judge(node, {}, neighbourhood, out)
        return Judged(out, focus_nodes, neighbourhood.unchecked)

    def finish(self, parts: Sequence[Judged]) -> list[Result]:
        """
        Return the results of all parts, sorted so that their order is always the same.

        Args:
            parts: What was judged.
        """
        self.focus_nodes = sum(part.focus_nodes for part in parts)
        names = self.compiler.shapes.names
        self.unchecked = add_up(
            (pattern, names.of(shape), count) for part in parts for (pattern, shape), count in part.unchecked.items()
        )
        return sorted((self.compiler.result(raw) for part in parts for raw in part.results), key=RESULT_ORDER)


# ---- what each process does


def _judge_apart(
    compiled: CompiledShapes, spool: Spool, index: PropertyIndex, only: Set[str] | None
) -> tuple[list[Result], int, list[tuple[str, str, int]]]:
    """Return the results of all subjects or some, how many focus nodes there were, and what was not checked."""
    compiled.use_index(index)
    results = compiled.finish([compiled._judge(spool, range(spool.count), only)])
    return results, compiled.focus_nodes, compiled.unchecked


@dataclass(slots=True)
class _Shares:
    """
    What the processes share: the program, the files that subjects are set aside in, and pieces of data to read.

    `own` is what this process has read, and which share that is.
    """

    compiled: CompiledShapes
    spool: Spool
    count: int
    pieces: Sequence[reading.FilePiece] = ()
    own: tuple[int, Spool] | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What one process has judged: raw results, how many focus nodes there were, and how many values went unchecked."""

    results: list[RawResult]
    focus_nodes: int
    unchecked: dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What one process has read: columns of the index as bytes, and the subjects if all blocks are in its memory."""

    forward: bytes
    inverse: bytes
    packed: dict[str, bytes]
    subjects: list[str] | None


@dataclass(frozen=True, slots=True)
class _JudgedOwn:
    """What one process has judged of what it has read itself, and the blocks of subjects that others have read, too."""

    judged: Judged
    scattered: list[SubjectBlock]


def _gather_share(shares: _Shares, number: int) -> _Gathered | None:
    """
    Read every so many pieces, setting their triples aside in memory or in the file of this number.

    Returns None if a file was wrongly cut: an error would end the other processes and leave a thread waiting for them.
    """
    compiled, spool = shares.compiled, shares.spool.only(number)
    index = compiled.empty_index()
    try:
        for piece in shares.pieces[number :: shares.count]:
            compiled.gather(reading.blocks(piece), spool, index)
    except reading.WronglyCut:
        return None
    shares.own = number, spool
    packed = {predicate: column.dump() for predicate, column in index.packed.items()}
    subjects = spool.subjects() if spool.is_in_memory else None
    return _Gathered(as_bytes(index.forward), as_bytes(index.inverse), packed, subjects)


def _judge_own(shares: _Shares, task: tuple[bytes, bytes, frozenset[str]]) -> _JudgedOwn:
    """Return what judging the blocks in the memory of this process gives; the index is that of all processes."""
    forward, inverse, elsewhere = task
    assert shares.own
    compiled, (_number, spool) = shares.compiled, shares.own
    index = compiled.empty_index()
    merge(index.forward, forward)
    merge(index.inverse, inverse)
    compiled.use_index(index)
    scattered = spool.take(elsewhere)
    blocks = chain.from_iterable(map(spool.blocks, range(spool.count)))
    return _JudgedOwn(compiled.judge_blocks(blocks, set()), scattered)


def _set_aside(shares: _Shares, _task: int) -> tuple[int, list[BlockPosition]]:
    """Write what is in the memory of this process to its file; return its number, and where all its blocks lie."""
    assert shares.own
    (number, spool), shares.own = shares.own, None
    spool.write()
    return number, [position for _file, position in spool.positions]


def _judge_share(shares: _Shares, number: int) -> Judged:
    """Return what judging every so many buckets gives."""
    return shares.compiled._judge(shares.spool, range(number, shares.spool.count, shares.count))


def compile_shapes(triples: Iterable[Any] | str | Path) -> CompiledShapes:
    """
    Compile a shapes graph.

    Args:
        triples: Triples of rdflib (a graph), of pyoxigraph or strings of N-Triples, or the path of a file.

    Raises:
        Unsupported: A shape has what is not checked, or is malformed; the error names both.

    Spec: SHACL, section 3.4.
    """
    paths = paths_of(triples)
    strings = reading.strings(triples) if paths is None else reading.read_triples(paths)  # type: ignore[arg-type]
    graph = graph_of(strings)
    return CompiledShapes(Compiler(read_shapes(graph)), graph)


def paths_of(source: Data) -> list[Path | RdfFile] | None:
    """
    Return the files of data; None if data is triples.

    >>> paths_of("catalogue.ttl"), paths_of([("<urn:s>", "<urn:p>", "<urn:o>")])
    ([PosixPath('catalogue.ttl')], None)
    """
    if isinstance(source, str | Path):
        return [Path(source)]
    if isinstance(source, list | tuple) and source and all(isinstance(item, Path | RdfFile) for item in source):
        return list(source)
    return None


def strings_to_blocks(triples: Any) -> Iterator[tuple[str, Block]]:
    """Yield triples in any order as blocks of one triple."""
    for subject, predicate, object_ in reading.strings(triples):
        yield subject, {predicate: [object_]}


def _put(column: Column, key: str, values: Sequence[str]) -> None:
    """Add values to a column, each once; most nodes have one. Those of one that comes again are keys until then."""
    known = column.get(key)
    if known is None:
        column[key] = tuple(values)
    elif isinstance(known, dict):
        known.update(dict.fromkeys(values))
    else:
        column[key] = cast("Sequence[str]", dict.fromkeys((*known, *values)))


def add_up(unchecked: Iterable[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """
    Return how many values went unchecked by pattern and shape, sorted.

    Args:
        unchecked: The same of several parts.

    >>> add_up([("a+", "<urn:s>", 1), ("a", "<urn:s>", 1), ("a+", "<urn:s>", 2)])
    [('a', '<urn:s>', 1), ('a+', '<urn:s>', 3)]
    """
    counts: dict[tuple[str, str], int] = {}
    for pattern, shape, count in unchecked:
        counts[pattern, shape] = counts.get((pattern, shape), 0) + count
    return [(pattern, shape, count) for (pattern, shape), count in sorted(counts.items())]


def as_bytes(columns: dict[str, Column]) -> bytes:
    """
    Return columns as bytes that another process reads fast.

    >>> marshal.loads(as_bytes({"<urn:p>": {"<urn:a>": ("<urn:b>",)}}))
    {'<urn:p>': {'<urn:a>': ('<urn:b>',)}}
    """
    list_values(columns)
    return marshal.dumps(columns)


def merge(columns: dict[str, Column], packed: bytes) -> None:
    """
    Add the columns that another process indexed.

    >>> columns = {"<urn:p>": {"<urn:a>": ("<urn:b>",)}}
    >>> merge(columns, marshal.dumps({"<urn:p>": {"<urn:a>": ("<urn:c>",)}}))
    >>> columns
    {'<urn:p>': {'<urn:a>': ('<urn:b>', '<urn:c>')}}
    """
    for predicate, column in marshal.loads(packed).items():  # nosec B302 # noqa: S302 - by a copy of this process
        target = columns.setdefault(predicate, {})
        if not target:
            target.update(column)
            continue
        for key, values in column.items():
            if key in target:
                target[key] = tuple(dict.fromkeys((*target[key], *values)))
            else:
                target[key] = values
