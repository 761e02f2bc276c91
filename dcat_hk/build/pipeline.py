"""
Files -> published catalogue: the only module that knows both halves.

In: files and settings. Out: an output folder and what became of each input. Plans wait on disk between
reading and writing, so that memory holds one of them and the index of what they share.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from ..catalogue.mapping.identities import Bodies, IdentifiedPlan, identify, load_links
from ..catalogue.mapping.index import Index, chronological
from ..catalogue.mapping.iris import Iris
from ..catalogue.mapping.plans import PlanMapping, PlanTerms, Shelf
from ..catalogue.publishing.report import Outcome, write_manifest, write_report
from ..catalogue.publishing.writing import (
    CatalogueWriter,
    Digests,
    PlanWriter,
    Summary,
    Written,
    stub_types,
    write_segment,
    write_vocabularies,
)
from ..checking.validating.profiles import today
from ..checking.validating.validator import profile_validator, validate_turtle
from ..core.errors import DcatHkError, Finding, NotAPlan, rules
from ..core.files import read_manifest, replace_folder
from ..core.limits import Budget
from ..core.plan import Plan
from ..core.results import Result, violations
from ..core.settings import Settings
from ..core.syntaxes.turtle import Turtle
from ..core.terms import Iri, Thing
from ..core.vocabularies import Vocabularies, load
from ..reading.documents import Input, Limits, find_inputs, read_bytes
from ..reading.editions import are_editions, leading, merge
from ..reading.parsing import Reading, read_plan

#: The profile that a build's catalogue must conform to.
PROFILE = "dcat-ap-hk"
#: Files beside plans in a folder that are no plans.
_BESIDE = {".md", ".toml"}
#: How many plans are kept at hand for datasets that several plans state.
_AT_HAND = 16
#: How many tasks each process may be ahead of what is written.
_AHEAD = 4
#: How many plans it takes, if they are only written, until another process is faster than none.
_WORTH_A_PROCESS = 8
#: How many objects are made between two searches for garbage while things are written.
_ALLOCATIONS = 100_000

#: Told about progress: what is being done, how many of how many are done.
Progress = Callable[[str, int, int], None]


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Build:
    """What a build did: the outcome of each input, results on the top catalogue, whether it was published."""

    outcomes: list[Outcome]
    top: list[Result] = field(default_factory=list)
    published: bool = False
    reason: str = ""

    @property
    def violations(self) -> list[Result]:
        """Return every violation once."""
        found = {result for outcome in self.outcomes for result in violations(outcome.results)}
        return sorted(found | set(violations(self.top)))


# ---- inputs


def read_input(source: Input, limits: Limits = Limits()) -> Reading:  # noqa: B008 - frozen
    """
    Return the reading of one input.

    Args:
        source: A file, a file in an archive, or standard input.

        limits: How much reading it may cost.

    Raises:
        InputError: The input cannot be read at all.
    """
    return _read_data(source.read(limits), source.name, limits)


def _read_data(data: bytes, name: str, limits: Limits) -> Reading:
    """Return the reading of bytes, each step within the limits."""
    return read_plan(read_bytes(data, name, limits), load(), Budget(name, limits))


def limits_of(settings: Settings) -> Limits:
    """
    Return the limits on reading that the settings state.

    >>> limits_of(Settings(limits={"pages": 900})).pages
    900
    """
    return Limits(**settings.limits)  # type: ignore[arg-type]


# ---- build


@dataclass(slots=True)
class _Work:
    """What worker processes share with their parent: set before they start, read only."""

    shelf: Shelf
    order: list[Path]
    folder: Path
    spool: Path
    validated: bool


_WORK: _Work | None = None


def build(
    sources: Sequence[Path],
    output: Path,
    settings: Settings,
    *,
    jobs: int = 0,
    validated: bool = True,
    progress: Progress = no_progress,
) -> Build:
    """
    Read plans and publish them as a catalogue in a folder, all or nothing.

    Args:
        sources: Files, folders and ZIP files; `-` is standard input.

        output: The folder, replaced as a whole. It stays as it was if anything violates the shapes, or if
            a plan that it holds would vanish because its file cannot be read any more.

        settings: Base IRI, titles and the like.

        jobs: How many processes; 0 for one for each processor.

        validated: Whether the catalogue is validated before it is published.

        progress: Told what is being done.

    Returns:
        What became of each input, and whether it was published; if not, why.

    Raises:
        UsageError: No input, or an output folder with other people's files.

        NotAPlan: None of the inputs is a plan.
    """
    try:
        return _publish(find_inputs(sources, limits_of(settings)), output, settings, jobs, validated, progress)
    except _NotPublished as stopped:
        return stopped.result


class _NotPublished(Exception):
    """Leaves the block that would replace the output folder; carries the outcome."""

    def __init__(self, result: Build) -> None:
        """Keep the outcome."""
        super().__init__(result.reason)
        self.result = result


def _publish(
    inputs: list[Input], output: Path, settings: Settings, jobs: int, validated: bool, progress: Progress
) -> Build:
    """Publish inputs and return the outcome, or raise it if it must not be published."""
    vocabularies = load(settings.base_iri)
    with replace_folder(output) as folder:
        spool = folder.parent / "spool"
        spool.mkdir()
        outcomes, waiting = _read_all(inputs, spool, jobs, progress, limits_of(settings))
        if not waiting:
            raise NotAPlan(_why_nothing(outcomes), "", "")
        shelf, order = _index(waiting, settings, vocabularies)
        work = _Work(shelf, order, folder, spool, validated)
        with CatalogueWriter(folder, settings, shelf.index, vocabularies) as catalogue:
            digests = _write_all(work, catalogue, outcomes, jobs, progress)
            top = catalogue.finish()
        digests |= catalogue.digests | write_vocabularies(folder, vocabularies)
        result = Build(outcomes, _validate_top(top, shelf) if validated else [])
        digests |= write_report(folder, outcomes, result.top, settings.base_iri, validated)
        write_manifest(folder, outcomes, settings, digests)
        result.reason = _reason_not_to(result, output)
        if result.reason:
            raise _NotPublished(result)
        result.published = True
    return result


def _why_nothing(outcomes: Sequence[Outcome]) -> str:
    """Return one message for inputs of which none is a plan."""
    if len(outcomes) == 1:
        return outcomes[0].refused
    return "\n".join(["None of the inputs is a plan:", *(f"  {outcome.refused}" for outcome in outcomes)])


def _reason_not_to(result: Build, output: Path) -> str:
    """Return why a catalogue must not be published, nothing if it may."""
    if result.violations:
        return f"{len(result.violations)} violations of the shapes; nothing was published."
    held = read_manifest(output).get("inputs", {})
    for outcome in (one for one in result.outcomes if one.refused):
        for name, before in held.items():
            # An archive that cannot be read takes with it whatever was in it.
            gone = name == outcome.name or name.startswith(f"{outcome.name}/")
            if gone and isinstance(before, dict) and before.get("plan"):
                return f"{before['plan']} would vanish because {outcome.name} cannot be read; nothing was published."
    return ""


# ---- reading


def _read_all(
    inputs: Sequence[Input], spool: Path, jobs: int, progress: Progress, limits: Limits
) -> tuple[list[Outcome], list[tuple[Plan, Path, Outcome]]]:
    """Return the outcome of each input, and the plans with the files they wait in."""
    tasks = [(source, spool / f"{number}.plan", limits) for number, source in enumerate(inputs)]
    outcomes: list[Outcome] = []
    waiting: list[tuple[Plan, Path, Outcome]] = []
    for done, (outcome, head, path) in enumerate(_map(_read_one, tasks, jobs), 1):
        outcomes.append(outcome)
        if head:
            waiting.append((head, path, outcome))
        progress("reading", done, len(tasks))
    return sorted(outcomes, key=lambda outcome: (outcome.name, outcome.sha256)), waiting


def _read_one(task: tuple[Input, Path, Limits]) -> tuple[Outcome, Plan | None, Path]:
    """Read one input; its plan waits in a file, and only its head comes back."""
    source, spooled, limits = task
    outcome = Outcome(source.name)
    try:
        data = source.read(limits)
        reading = _read_data(data, source.name, limits)
        plan = reading.require()
        if not plan.bureau:
            rule = rules()["missing-bureau"]
            raise NotAPlan(rule.message["en"], source.name, rule.advice["en"])
    except DcatHkError as error:
        outcome.refused = str(error)
        return outcome, None, spooled
    outcome.sha256, outcome.size = plan.sha256, len(data)
    outcome.findings = reading.findings
    outcome.count(plan)
    spooled.write_bytes(pickle.dumps(plan, protocol=5))
    head = Plan(plan.doc, plan.sha256, plan.bureau, plan.plan_title, plan.years, plan.script, plan.dated, ())
    return outcome, head, spooled


def _load(path: Path) -> Plan:
    """Return a plan that waits in a file."""
    plan = pickle.loads(path.read_bytes())  # noqa: S301 - written by this process a moment ago
    assert isinstance(plan, Plan)
    return plan


# ---- editions and index

_File = tuple[Plan, Path, Outcome]


def _editions(files: Sequence[_File], codes: Mapping[int, str], vocabularies: Vocabularies) -> list[list[_File]]:
    """
    Return the files of each plan, the one that leads first, from the oldest plan to the newest.

    The plan that waits in the leading file becomes one with what the other editions say. A file of the same body and
    period that is no edition is left out with a finding.
    """
    plans: dict[tuple[str, tuple[int, int]], list[_File]] = {}
    # Only bodies that no vocabulary has are looked at: each file against each plan would take time by the square.
    strange: dict[tuple[int, int], list[tuple[str, tuple[int, int]]]] = {}
    for file in files:
        head = file[0]
        known = vocabularies.find_organisation(head.bureau)
        others = [] if known else strange.setdefault(head.years, [])
        own = codes[id(head)], head.years
        key = next((k for k in others if _is_translation(file, plans[k][0], vocabularies)), own)
        if key not in plans:
            plans[key] = []
            others.append(key)
        plans[key].append(file)
    groups = [_merged(same, vocabularies) if len(same) > 1 else same for same in plans.values()]
    return sorted(groups, key=lambda group: _age(group, codes))


def _age(files: Sequence[_File], codes: Mapping[int, str]) -> tuple[object, ...]:
    """Return what sorts plans from oldest to newest; any of a plan's files may state its date."""
    head = files[0][0]
    dated = next((file[0].dated for file in files if file[0].dated), None)
    return (*chronological(replace(head, dated=dated), codes[id(head)]), head.doc, head.sha256)


def _is_translation(one: _File, other: _File, vocabularies: Vocabularies) -> bool:
    """Tell whether of two files of unknown bodies and one period one says in English what the other says."""
    latin = (one[0].script == "Latn") != (other[0].script == "Latn")
    return latin and are_editions(_load(other[1]), _load(one[1]), vocabularies)


def _merged(files: Sequence[_File], vocabularies: Vocabularies) -> list[_File]:
    """Return the files that are editions of one plan, having made one plan of them."""
    loaded = {file[1]: _load(file[1]) for file in files}
    by_plan = {id(loaded[file[1]]): file for file in files}
    leader, *others = leading(list(loaded.values()))
    kept = [leader]
    first = by_plan[id(leader)][2]
    for other in others:
        outcome = by_plan[id(other)][2]
        if other.sha256 not in {plan.sha256 for plan in kept} and are_editions(leader, other, vocabularies):
            kept.append(other)
            outcome.edition_of = first.name
        else:
            told = Finding("repeated-plan", outcome.name, None, {"other": first.name})
            outcome.findings = (told, *outcome.findings)
    chosen = [by_plan[id(plan)] for plan in kept]
    if len(kept) > 1:
        merged = merge(kept, vocabularies)
        first.count(merged.plan)
        chosen[0][1].write_bytes(pickle.dumps(merged.plan, protocol=5))
        for _head, _path, outcome in chosen[1:]:
            outcome.findings += merged.findings[outcome.name]
    return chosen


def _index(
    waiting: Sequence[tuple[Plan, Path, Outcome]],
    settings: Settings,
    vocabularies: Vocabularies,
) -> tuple[Shelf, list[Path]]:
    """Return what all plans share, and the files of the plans from oldest to newest."""
    bodies, links = Bodies(vocabularies), load_links()
    codes = {id(head): bodies.find(head.bureau).code for head, _path, _outcome in waiting}
    ordered = sorted(waiting, key=lambda one: _age([one], codes))
    index = Index(Iris(vocabularies.base))
    order: list[Path] = []
    for files in _editions(ordered, codes, vocabularies):
        head, path, _outcome = files[0]
        index.add(identify(_load(path), bodies, links))
        for _head, _path, other in files:
            other.path = f"plans/{codes[id(head)]}/{head.years[0]}-{head.years[1]}"
        order.append(path)
    for number, path in enumerate(order):
        if index.shared:
            index.add_records(number, identify(_load(path), bodies, links))
    return Shelf(settings, vocabularies, index, links, PlanTerms(vocabularies.base)), order


def _by_file_order(index: Index) -> list[int]:
    """Return the numbers of plans by IRI, as the files list them."""
    return sorted(range(len(index.plans)), key=lambda number: index.plans[number][0])


# ---- writing


_Task = TypeVar("_Task")
_Done = TypeVar("_Done")


def _processes(jobs: int, tasks: int) -> int:
    """Return how many processes to use; more than one only where they can be forked."""
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    return max(1, min(jobs or os.cpu_count() or 1, tasks)) if can_fork else 1


def _map(function: Callable[[_Task], _Done], tasks: Sequence[_Task], jobs: int) -> Iterator[_Done]:
    """
    Yield what a function makes of tasks, in order, worked on by several processes if there are enough.

    Only so many tasks are handed out that the results that wait for their turn are few.
    """
    count = _processes(jobs, len(tasks))
    if count == 1:
        yield from map(function, tasks)
        return
    with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("fork")) as executor:
        waiting: deque[Future[_Done]] = deque()
        for task in tasks:
            waiting.append(executor.submit(function, task))
            if len(waiting) > _AHEAD * count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _write_all(
    work: _Work, catalogue: CatalogueWriter, outcomes: Sequence[Outcome], jobs: int, progress: Progress
) -> Digests:
    """Write every plan, alone and as part of the catalogue, and return the digests of the plans' own files."""
    global _WORK
    _WORK = work
    by_path = {outcome.path: outcome for outcome in outcomes if outcome.path and not outcome.edition_of}
    digests: Digests = {}
    stage = "mapping, writing, validating" if work.validated else "mapping, writing"
    thresholds = gc.get_threshold()
    try:
        if work.validated:
            profile_validator(PROFILE, work.shelf.settings.base_iri, today())
        # What is here now stays: looking through it for garbage again and again would take a tenth of the time.
        gc.freeze()
        gc.set_threshold(_ALLOCATIONS, *thresholds[1:])
        for done, (summary, results) in enumerate(_written(work, catalogue, jobs), 1):
            outcome = by_path[summary.path]
            outcome.datasets, outcome.results = summary.datasets, results
            digests |= summary.digests
            progress(stage, done, len(work.order))
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()
        _WORK = None
        _writer.cache_clear()
        _mapping.cache_clear()
    return digests


def _written(work: _Work, catalogue: CatalogueWriter, jobs: int) -> Iterator[tuple[Summary, list[Result]]]:
    """
    Yield what was written of every plan, in the order of the files.

    Plans of one publisher, which share datasets, are written by one process.
    """
    index = work.shelf.index
    ordered = _by_file_order(index)
    groups = [list(group) for _code, group in groupby(ordered, lambda n: index.plans[n][0].rpartition("/")[0])]
    worth = len(groups) if work.validated else len(ordered) // _WORTH_A_PROCESS
    if _processes(jobs, worth) == 1:
        for number in ordered:
            plan, results = _write_one(number)
            catalogue.add(plan)
            yield plan.summary, results
        return
    tasks = [(work.spool / f"segment-{number}", group) for number, group in enumerate(groups)]
    for (segment, _group), written in zip(tasks, _map(_write_group, tasks, jobs), strict=True):
        catalogue.add_segment(segment, [summary for summary, _results in written])
        yield from written


def _work() -> _Work:
    """Return what this process works on."""
    assert _WORK is not None
    return _WORK


@lru_cache(maxsize=1)
def _writer() -> PlanWriter:
    """Return this process's writer."""
    work = _work()
    return PlanWriter(work.shelf, work.folder, _mapping)


@lru_cache(maxsize=_AT_HAND)
def _mapping(number: int) -> PlanMapping:
    """Return the mapping of a plan by its number."""
    work = _work()
    plan = _load(work.order[number])
    return PlanMapping(work.shelf, _identified(plan), number)


def _identified(plan: Plan) -> IdentifiedPlan:
    """Return a plan with its identities."""
    work = _work()
    return identify(plan, _bodies(work.shelf.vocabularies.base), work.shelf.links)


@lru_cache(maxsize=1)
def _bodies(base: Iri) -> Bodies:
    """Return the finder of bodies."""
    return Bodies(load(base))


def _write_one(number: int) -> tuple[Written, list[Result]]:
    """Write one plan and validate what was written."""
    work = _work()
    plan = _load(work.order[number])
    written = _writer().write(PlanMapping(work.shelf, _identified(plan), number))
    if not work.validated:
        return written, []
    text = (work.folder / f"{written.summary.path}.ttl").read_text(encoding="utf-8")
    return written, _validate(text, work.shelf.settings.base_iri)


def _write_group(task: tuple[Path, list[int]]) -> list[tuple[Summary, list[Result]]]:
    """Write some plans into a segment of the catalogue."""
    segment, numbers = task
    results: list[list[Result]] = []

    def plans() -> Iterator[Written]:
        for number in numbers:
            plan, found = _write_one(number)
            results.append(found)
            yield plan

    return list(zip(write_segment(segment, plans()), results, strict=True))


def _validate(text: str, base: Iri) -> list[Result]:
    """Return the results of validating a Turtle document."""
    return validate_turtle(text, PROFILE, base)


def _validate_top(things: Sequence[Thing], shelf: Shelf) -> list[Result]:
    """Return the results that are about the top catalogue and its publisher."""
    base = shelf.settings.base_iri
    described = {thing.iri for thing in things}
    text = "".join(Turtle(base).write([*things, *stub_types(shelf.index)]))
    return [result for result in _validate(text, base) if result.focus_node in described]


__all__ = ["Build", "build", "find_inputs", "limits_of", "no_progress", "read_input"]
