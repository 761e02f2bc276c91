"""
Reading inputs and writing plans on a cluster: what is sent there, what comes back, and what it becomes here.

In: inputs, indexed plans. Out: the same as of `read` and `write`, byte for byte. Workers get bytes and give bytes: they
need not see any folder of ours. Where they see the files to read, only names are sent.
"""

from __future__ import annotations

import hashlib
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from ..catalogue.mapping.context import MappingContext
from ..catalogue.publishing.report import InputOutcome
from ..core.cluster import Cluster, open_cluster, open_cluster_again
from ..core.errors import DcatHkError, NotAPlan, TookTooMuch
from ..core.plan import Plan
from ..core.reporting import Progress
from ..reading.documents import Input
from ..reading.documents.rowfiles import has_rows
from ..reconciliation.histories import PlanHistory
from .history import find_history
from .index import IndexedPlans
from .read import InputResult, Reader, ReadTask, finish_reading, load_plan, read_data, read_files
from .readings import KeptReading, ReadingOptions, dump_reading, keep_reading, key_of_reading, load_reading, refuse
from .write import PlanResult, Segment, WriteContext, write_one_segment

#: Libraries that read files are not made for several threads of one worker.
_ONE_AT_A_TIME = threading.Lock()


class SentInput(NamedTuple):
    """One input for a worker: where it may find the bytes, what they must be, or the bytes themselves."""

    source: Input
    sha256: str
    data: bytes | None


@dataclass(frozen=True, slots=True)
class SentSegment:
    """The plans of one segment, and those that they share datasets with, by their numbers, with their histories."""

    numbers: list[int]
    plans: dict[int, tuple[Plan, PlanHistory | None]]


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """What a worker wrote for one segment: the results for each plan, and files by their names below the folder."""

    results: list[PlanResult]
    files: dict[str, bytes] = field(default_factory=dict)


def read_on_cluster(
    inputs: Sequence[Input], spool: Path, reader: Reader, address: str, progress: Progress
) -> list[InputResult]:
    """
    Read inputs on a cluster, each plan into a file of its own here.

    Args:
        inputs: What to read.

        spool: The folder in which plans wait.

        reader: What reading depends on, and what earlier runs have read.

        address: The scheduler.

        progress: Called after each input.

    Returns:
        What became of each input, in their order.

    Raises:
        UsageError: The cluster cannot be used.
    """
    with open_cluster(address) as cluster:
        reading = _ClusterReading(inputs, spool, reader, cluster)
        missing = reading.read(progress)
    results = reading.results
    if missing:
        # What no worker could read is read here as it is without a cluster: by a process that may not survive it.
        folder = spool / "rest"
        folder.mkdir()
        rest = read_files([inputs[number] for number in missing], folder, reader, 1, progress)
        results |= dict(zip(missing, rest, strict=True))
    reader.cache.trim()
    return [results[number] for number in range(len(inputs))]


class _ClusterReading:
    """Sends inputs to a cluster, and takes what comes back; `results` are by the number of the input."""

    def __init__(self, inputs: Sequence[Input], spool: Path, reader: Reader, cluster: Cluster) -> None:
        """Read nothing yet."""
        self.results: dict[int, InputResult] = {}
        self._inputs, self._spool, self._reader, self._cluster = inputs, spool, reader, cluster
        self._sent: list[tuple[int, str]] = []
        self._missing: list[int] = []
        self._is_shared: bool | None = None

    def read(self, progress: Progress) -> list[int]:
        """Read the inputs, and return the numbers of those that no worker could or should read."""
        for count, answer in enumerate(self._cluster.map(_read_there, self._reader.options, self._send())):
            number, key = self._sent[count]
            name = self._inputs[number].name
            kept = load_reading(answer.value, name)
            if kept is None:
                self._missing.append(number)
            else:
                self._reader.cache.put(key, dump_reading(kept))
                self._finish(number, kept)
            progress("reading", len(self.results), len(self._inputs), name)
        return sorted(self._missing)

    def _finish(self, number: int, kept: KeptReading) -> None:
        """Let the plan of an input wait on disk."""
        task = ReadTask(self._inputs[number], self._spool / f"{number}.plan")
        self.results[number] = finish_reading(kept, task)

    def _send(self) -> Iterator[SentInput]:
        """Yield what is not known from earlier runs."""
        options, cache = self._reader.options, self._reader.cache
        for number, source in enumerate(self._inputs):
            try:
                data = source.read(options.limits)
            except DcatHkError as error:
                outcome = InputOutcome(source.name)
                outcome.refuse(error)
                self.results[number] = InputResult(outcome)
                continue
            if has_rows(data):
                # Rows that people went through are few, and what was read before has no part in them.
                self._missing.append(number)
                continue
            key = key_of_reading(data, source.name, options)
            kept = load_reading(cache.get(key), source.name)
            if kept is None:
                self._sent.append((number, key))
                yield self._pack(source, data)
            else:
                self._finish(number, kept)

    def _pack(self, source: Input, data: bytes) -> SentInput:
        """Return an input by its place if all workers find the first one at its place; otherwise with its bytes."""
        digest = hashlib.sha256(data).hexdigest()
        if source.content is not None:
            return SentInput(source, digest, data)
        place = replace(source, path=source.path.absolute())
        if self._is_shared is None:
            found = self._cluster.everywhere(_digest_there, place, self._reader.options)
            self._is_shared = all(one == digest for one in found)
        return SentInput(place, digest, None) if self._is_shared else SentInput(source, digest, data)


def _digest_there(source: Input, options: ReadingOptions) -> str:
    """Return the digest of the bytes that a worker finds at a place; empty if it finds none."""
    try:
        return hashlib.sha256(source.read(options.limits)).hexdigest()
    except DcatHkError:
        return ""


def _read_there(options: ReadingOptions, sent: SentInput) -> bytes | None:
    """Return the reading of an input as bytes, on a worker; None if it takes too much here."""
    try:
        data = sent.data if sent.data is not None else sent.source.read(options.limits)
    except DcatHkError:
        return None
    if hashlib.sha256(data).hexdigest() != sent.sha256:
        return None
    with _ONE_AT_A_TIME:
        try:
            reading = read_data(data, sent.source.name, options.limits, options.decisions)
            return dump_reading(keep_reading(reading, len(data)))
        except (TookTooMuch, MemoryError):
            return None
        except NotAPlan as error:
            return dump_reading(refuse(sent.source.name, len(data), error))
        except DcatHkError:
            return None


def write_on_cluster(context: WriteContext, address: str, segments: Sequence[Segment]) -> Iterator[list[PlanResult]]:
    """
    Write segments on a cluster, and yield the results of each when its files are here.

    Args:
        context: The plans and where they go.

        address: The scheduler.

        segments: The parts of the catalogue.

    Raises:
        UsageError: The cluster cannot be used.
    """
    shared = _SentContext(context.plans.context, context.validated)
    companions = _companions(context.plans)
    with open_cluster_again(address) as cluster:
        tasks = (_send_segment(context.plans, segment, companions) for segment in segments)
        for segment, answer in zip(segments, cluster.map(_write_there, shared, tasks), strict=True):
            written = answer.value
            if written is None:
                yield write_one_segment(context, segment)
                continue
            for name, data in written.files.items():
                path = context.folder / name if name.startswith("plans/") else segment.path.with_suffix(name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            yield written.results


@dataclass(frozen=True, slots=True)
class _SentContext:
    """What writing any segment needs."""

    context: MappingContext
    validated: bool


def _companions(plans: IndexedPlans) -> dict[int, set[int]]:
    """Return the numbers of plans that describe datasets of a plan, or are named by its records, by its number."""
    companions: dict[int, set[int]] = {}
    for numbers in plans.context.index.shared.values():
        for number in numbers:
            companions.setdefault(number, set()).update(numbers)
    return companions


def _send_segment(plans: IndexedPlans, segment: Segment, companions: dict[int, set[int]]) -> SentSegment:
    """Return the plans that writing a segment needs."""
    needed = {other for number in segment.numbers for other in companions.get(number, set())} | set(segment.numbers)
    return SentSegment(
        segment.numbers, {number: (load_plan(plans.paths[number]), find_history(plans, number)) for number in needed}
    )


def _write_there(shared: _SentContext, segment: SentSegment) -> WrittenFiles:
    """Return the files of a segment, written on a worker."""
    with tempfile.TemporaryDirectory() as name, _ONE_AT_A_TIME:
        folder = Path(name)
        plans = IndexedPlans(shared.context, [], [])
        context = WriteContext(plans, folder, shared.validated, sent=segment.plans)
        path = folder / "segment" / "part"
        path.parent.mkdir()
        results = write_one_segment(context, Segment(path, segment.numbers))
        files = {
            one.relative_to(folder).as_posix() if one.parent != path.parent else one.suffix: one.read_bytes()
            for one in sorted(folder.rglob("*"))
            if one.is_file()
        }
        return WrittenFiles(results, files)
