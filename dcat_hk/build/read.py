"""
Inputs -> plans that wait on disk, so that memory holds one plan at a time.

In: files, files in archives, standard input. Out: the outcome of each input, and a `ReadFile` for each plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar

from ..catalogue.publishing.report import InputOutcome
from ..core.caching import NO_CACHE, Cache
from ..core.decisions import NO_DECISIONS, Decisions
from ..core.errors import DcatHkError, Finding, FindingText, NotAPlan, TookTooMuch, contain_faults, exit_code_of
from ..core.forked import ConfinedProcess, run_within
from ..core.limits import Budget
from ..core.plan import Plan
from ..core.processes import open_workers
from ..core.reporting import FileSteps, Progress, writing_steps
from ..core.settings import Settings
from ..core.vocabularies import load, using_vocabularies
from ..core.vocabularies.additions import extend
from ..core.waiting import load_value, save_value
from ..reading.documents import Input, Limits, read_bytes
from ..reading.documents.rowfiles import has_rows
from ..reading.quality import Quality
from .readings import (
    KeptReading,
    ReadingOptions,
    dump_reading,
    keep_reading,
    key_of_reading,
    load_reading,
    refuse,
)

if TYPE_CHECKING:
    from ..reading.parsing import Reading

Output = TypeVar("Output")


#: Reading a file has one budget, and finding its plan another.
_BUDGETS = 2


@dataclass(frozen=True, slots=True)
class ReadFile:
    """
    A file that was read as a plan: its plan waits at `path`; `head` is that plan without its entries.

    `quality` says how well it was read.
    """

    head: Plan
    path: Path
    outcome: InputOutcome
    quality: Quality

    def load(self) -> Plan:
        """Return the plan with its entries."""
        return load_plan(self.path)

    def save(self, plan: Plan) -> None:
        """Let a plan wait in place of the one that was read."""
        save_plan(self.path, plan)


class InputResult(NamedTuple):
    """What became of one input: its outcome, and the file if it is a plan."""

    outcome: InputOutcome
    file: ReadFile | None = None


@dataclass(frozen=True, slots=True)
class ReadTask:
    """One input, and where its plan is to wait."""

    source: Input
    path: Path

    @property
    def step(self) -> Path:
        """Return the file that says how far it is."""
        return self.path.with_suffix(".step")


@dataclass(frozen=True, slots=True)
class Reader:
    """
    What reads inputs: what it depends on, and what earlier runs have read.

    Args:
        options: What a reading depends on besides the bytes.

        cache: What earlier runs have read.
    """

    options: ReadingOptions = field(default_factory=ReadingOptions)
    cache: Cache = field(default_factory=Cache)


def read_input(
    source: Input,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    process: ConfinedProcess | None = None,
    decisions: Decisions = NO_DECISIONS,
) -> Reading:
    """
    Return the reading of one input, with its document and what was made of every character of it.

    Args:
        source: A file, a file in an archive, or standard input.

        limits: The limits on reading it.

        process: The process that reads it, for those who read many inputs; None for one of its own.

        decisions: What people add to the vocabularies.

    Raises:
        InputError: The input cannot be read at all.
    """
    _prepare(decisions)
    return _run(process, _read_source, source, limits, decisions, name=source.name, limits=limits)


def read_kept(source: Input, reader: Reader, process: ConfinedProcess | None = None) -> KeptReading:
    """
    Return what is left of reading one input, now or in an earlier run.

    Args:
        source: A file, a file in an archive, or standard input.

        reader: What the reading depends on, and what earlier runs have read.

        process: The process that reads it, for those who read many inputs; None for one of its own.

    Raises:
        InputError: The input cannot be read at all, now; a file that is no plan is a reading that says so.
    """
    _prepare(reader.options.decisions, reader.cache)
    return _run(process, read_or_restore, source, reader, name=source.name, limits=reader.options.limits)


def _prepare(decisions: Decisions, cache: Cache = NO_CACHE) -> None:
    """Find out and import what reading needs before a process is forked, so that not each of them must do so."""
    extend(load(), decisions)
    if not cache.is_open:
        # Where earlier runs may have read everything, who reads imports it.
        from ..reading import parsing, rows  # noqa: F401


def _run(
    process: ConfinedProcess | None, function: Callable[..., Output], *arguments: Any, name: str, limits: Limits
) -> Output:
    """Run a function that reads an input in a process that may not survive it."""
    if process:
        return process.run(function, *arguments, name=name, limits=limits, budgets=_BUDGETS)
    return run_within(function, *arguments, name=name, limits=limits, budgets=_BUDGETS)


def _read_source(source: Input, limits: Limits, decisions: Decisions) -> Reading:
    """Return the reading of one input, in the process that reads it."""
    return read_data(source.read(limits), source.name, limits, decisions)


def read_data(
    data: bytes,
    name: str,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    decisions: Decisions = NO_DECISIONS,
) -> Reading:
    """
    Return the reading of bytes in this process, each step within the limits.

    Args:
        data: The content of a file.

        name: What it is called.

        limits: The limits on reading it. Those on time and memory are kept by the reader alone, not by the kernel.

        decisions: What people add to the vocabularies.

    Raises:
        InputError: The bytes cannot be read at all.

    >>> read_data(b"Dear Sir", "letter.txt", Limits()).plan is None
    True
    """
    from ..reading.parsing import read_plan

    vocabularies = extend(load(), decisions)
    with contain_faults(name), using_vocabularies(vocabularies):
        return read_plan(read_bytes(data, name, limits), vocabularies, Budget(name, limits))


def read_or_restore(source: Input, reader: Reader) -> KeptReading:
    """
    Return what is left of reading one input, in this process.

    Args:
        source: A file, a file in an archive, or standard input.

        reader: What the reading depends on, and what earlier runs have read.

    Raises:
        InputError: The input cannot be read at all, now.
    """
    data = source.read(reader.options.limits)
    if has_rows(data):
        return read_row_data(data, source.name, reader.options.decisions, source.part)
    key = key_of_reading(data, source.name, reader.options) if reader.cache.is_open else ""
    kept = load_reading(reader.cache.get(key), source.name)
    if kept is not None:
        return kept
    try:
        kept = keep_reading(read_data(data, source.name, reader.options.limits, reader.options.decisions), len(data))
    except TookTooMuch:
        # On another machine, or on another day, it may do.
        raise
    except NotAPlan as error:
        kept = refuse(source.name, len(data), error)
    reader.cache.put(key, dump_reading(kept))
    return kept


def read_row_data(data: bytes, name: str, decisions: Decisions = NO_DECISIONS, part: int | None = None) -> KeptReading:
    """
    Return the reading of rows that were printed and perhaps edited.

    Args:
        data: The content of a file.

        name: What it is called.

        decisions: What people add to the vocabularies.

        part: Which plan of the file, from 0; None if it has one.

    Raises:
        NotAPlan: A cell cannot be used; the error has line and column.
    """
    from ..reading.rows import read_row_plan

    with contain_faults(name):
        rows = read_row_plan(data, name, extend(load(), decisions), part)
    return KeptReading(name, len(data), rows.plan, rows.findings, rows.quality)


def limits_of(settings: Settings) -> Limits:
    """
    Return the limits on reading that the settings state.

    >>> limits_of(Settings(limits={"pages": 900})).pages
    900
    """
    return Limits(**settings.limits)  # type: ignore[arg-type]


def read_files(
    inputs: Sequence[Input], spool: Path, reader: Reader, jobs: int, progress: Progress
) -> list[InputResult]:
    """
    Read inputs, each plan into a file of its own.

    Args:
        inputs: What to read.

        spool: The folder in which plans wait.

        reader: What reading depends on, and what earlier runs have read.

        jobs: How many processes; 0 for one for each processor.

        progress: Called after each input.

    Returns:
        What became of each input, in their order.
    """
    _prepare(reader.options.decisions, reader.cache)
    tasks = [ReadTask(source, spool / f"{number}.plan") for number, source in enumerate(inputs)]
    results: list[InputResult] = []
    steps = FileSteps(spool, [source.name for source in inputs])
    progress("reading", 0, len(tasks), steps)
    with closing(ConfinedProcess()) as process, open_workers((reader, process), jobs, len(tasks)) as workers:
        for result in workers.map(_read_task, tasks):
            results.append(result)
            progress("reading", len(results), len(tasks), steps)
    reader.cache.trim()
    return results


def prefer_rows(results: Sequence[InputResult]) -> list[ReadFile]:
    """
    Return the files that are plans, without those whose rows a person went through in another one.

    Args:
        results: What became of each input; a file that is left out is told to be an edition of the other.
    """
    files = [result.file for result in results if result.file]
    rows = {file.head.origin.sha256: file for file in files if file.head.origin}
    kept: list[ReadFile] = []
    for file in files:
        other = rows.get(file.head.sha256)
        if other is None or file.head.origin:
            kept.append(file)
            continue
        outcome = file.outcome
        outcome.edition_of = other.outcome.name
        taken = Finding("taken-from-rows", outcome.name, None, {"other": other.outcome.name})
        outcome.findings = (taken, *outcome.findings)
    return kept


def _read_task(shared: tuple[Reader, ConfinedProcess], task: ReadTask) -> InputResult:
    """Read one input in a process that may not survive it; only the head of its plan comes back."""
    reader, process = shared
    try:
        return _run(process, _read_and_save, task, reader, name=task.source.name, limits=reader.options.limits)
    except DcatHkError as error:
        outcome = InputOutcome(task.source.name)
        outcome.refuse(error)
        return InputResult(outcome)
    finally:
        # Of a process that was ended it is still there.
        with suppress(OSError):
            task.step.unlink()


def _read_and_save(task: ReadTask, reader: Reader) -> InputResult:
    """Read one input, and let its plan wait on disk."""
    with writing_steps(task.step):
        return _read_outcome(task, reader)


def _read_outcome(task: ReadTask, reader: Reader) -> InputResult:
    """Return what became of one input; its plan waits on disk."""
    try:
        kept = read_or_restore(task.source, reader)
    except DcatHkError as error:
        outcome = InputOutcome(task.source.name)
        outcome.refuse(error)
        return InputResult(outcome)
    return finish_reading(kept, task)


def finish_reading(kept: KeptReading, task: ReadTask) -> InputResult:
    """
    Return what became of an input that was read; its plan waits on disk then.

    Args:
        kept: What is left of the reading.

        task: The input, and where its plan is to wait.
    """
    outcome = InputOutcome(task.source.name)
    try:
        plan, quality = kept.copy
        check_publishable(plan, kept.findings)
    except DcatHkError as error:
        outcome.refuse(error)
        return InputResult(outcome)
    outcome.sha256, outcome.size = plan.sha256, kept.size
    outcome.findings = kept.findings
    outcome.count(plan)
    save_plan(task.path, plan)
    return InputResult(outcome, ReadFile(replace(plan, entries=()), task.path, outcome, quality))


def check_publishable(plan: Plan, findings: Sequence[Finding]) -> None:
    """
    Check that a plan can be published: it names a body, and rows of it were read if there are any.

    One without a row would replace a published one that has rows.

    Args:
        plan: The plan.

        findings: The findings on it.

    Raises:
        NotAPlan: It cannot.
    """
    if not plan.bureau:
        _refuse("plans.finding", Finding("missing-bureau", plan.doc))
    if exit_code_of(len(plan.entries), findings) == NotAPlan.exit_code:
        lost = next(one for one in findings if exit_code_of(0, [one]) == NotAPlan.exit_code)
        _refuse("plans.no-rows", lost)


def _refuse(code: str, finding: Finding) -> NoReturn:
    """Raise for a finding with which nothing can be published."""
    message, advice = FindingText(finding, "message"), FindingText(finding, "advice")
    raise NotAPlan.of(code, finding.where, message=message, advice=advice)


def save_plan(path: Path, plan: Plan) -> None:
    """Write a plan to a file, for `load_plan`."""
    save_value(path, plan)


def load_plan(path: Path) -> Plan:
    """Return the plan that waits in a file."""
    plan = load_value(path)
    assert isinstance(plan, Plan)
    return plan
