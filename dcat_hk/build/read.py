"""
Inputs -> plans that wait on disk, so that memory holds one plan at a time.

In: files, files in archives, standard input. Out: the outcome of each input, and a `ReadFile` for each plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from ..catalogue.publishing.report import InputOutcome
from ..core.errors import DcatHkError, NotAPlan, contain_faults, exit_code_of, rules
from ..core.forked import ConfinedProcess, run_within
from ..core.limits import Budget
from ..core.plan import Plan
from ..core.processes import open_workers
from ..core.reporting import Progress
from ..core.settings import Settings
from ..core.vocabularies import load
from ..core.waiting import load_value, save_value
from ..reading.documents import Input, Limits, read_bytes
from ..reading.parsing import Reading, read_plan
from ..reading.quality import Quality, copy_of

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


def read_input(
    source: Input,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    process: ConfinedProcess | None = None,
) -> Reading:
    """
    Return the reading of one input.

    Args:
        source: A file, a file in an archive, or standard input.

        limits: The limits on reading it.

        process: The process that reads it, for those who read many inputs; None for one of its own.

    Raises:
        InputError: The input cannot be read at all.
    """
    if process:
        return process.run(_read_source, source, limits, name=source.name, limits=limits, budgets=_BUDGETS)
    # Known before a process is forked, so that the next one need not find it out anew.
    load()
    return run_within(_read_source, source, limits, name=source.name, limits=limits, budgets=_BUDGETS)


def _read_source(source: Input, limits: Limits) -> Reading:
    """Return the reading of one input, in the process that reads it."""
    return _read_data(source.read(limits), source.name, limits)


def _read_data(data: bytes, name: str, limits: Limits) -> Reading:
    """Return the reading of bytes, each step within the limits."""
    with contain_faults(name):
        return read_plan(read_bytes(data, name, limits), load(), Budget(name, limits))


def limits_of(settings: Settings) -> Limits:
    """
    Return the limits on reading that the settings state.

    >>> limits_of(Settings(limits={"pages": 900})).pages
    900
    """
    return Limits(**settings.limits)  # type: ignore[arg-type]


def read_files(
    inputs: Sequence[Input], spool: Path, limits: Limits, jobs: int, progress: Progress
) -> list[InputResult]:
    """
    Read inputs, each plan into a file of its own.

    Args:
        inputs: What to read.

        spool: The folder in which plans wait.

        limits: The limits on reading one input.

        jobs: How many processes; 0 for one for each processor.

        progress: Called after each input.

    Returns:
        What became of each input, in their order.
    """
    tasks = [ReadTask(source, spool / f"{number}.plan") for number, source in enumerate(inputs)]
    results: list[InputResult] = []
    with closing(ConfinedProcess()) as process, open_workers((limits, process), jobs, len(tasks)) as workers:
        for result in workers.map(_read_task, tasks):
            results.append(result)
            progress("reading", len(results), len(tasks))
    return results


def _read_task(shared: tuple[Limits, ConfinedProcess], task: ReadTask) -> InputResult:
    """Read one input in a process that may not survive it; only the head of its plan comes back."""
    limits, process = shared
    try:
        return process.run(_read_and_save, task, limits, name=task.source.name, limits=limits, budgets=_BUDGETS)
    except DcatHkError as error:
        return InputResult(InputOutcome(task.source.name, refused=str(error)))


def _read_and_save(task: ReadTask, limits: Limits) -> InputResult:
    """Read one input, and let its plan wait on disk."""
    outcome = InputOutcome(task.source.name)
    try:
        data = task.source.read(limits)
        reading = _read_data(data, task.source.name, limits)
        plan = reading.require()
        if not plan.bureau:
            rule = rules()["missing-bureau"]
            raise NotAPlan(rule.message["en"], task.source.name, rule.advice["en"])
        _check_rows(reading)
    except DcatHkError as error:
        outcome.refused = str(error)
        return InputResult(outcome)
    outcome.sha256, outcome.size = plan.sha256, len(data)
    outcome.findings = reading.findings
    outcome.count(plan)
    save_plan(task.path, plan)
    return InputResult(outcome, ReadFile(replace(plan, entries=()), task.path, outcome, copy_of(reading).quality))


def _check_rows(reading: Reading) -> None:
    """Raise for a plan of which no row was read: published, it would replace one that has rows."""
    if exit_code_of(len(reading.require().entries), reading.findings) == NotAPlan.exit_code:
        lost = next((one for one in reading.findings if one.loses_rows), reading.findings[0])
        raise NotAPlan(f"No row of the plan was read. {lost.message()}", lost.where, lost.advice())


def save_plan(path: Path, plan: Plan) -> None:
    """Write a plan to a file, for `load_plan`."""
    save_value(path, plan)


def load_plan(path: Path) -> Plan:
    """Return the plan that waits in a file."""
    plan = load_value(path)
    assert isinstance(plan, Plan)
    return plan
