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
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from .documents import read_bytes, read_file
from .errors import DcatHkError, Finding, NotAPlan, UsageError
from .parsing import Reading, read_plan
from .plan import Plan
from .publication.folder import read_manifest, replace_folder
from .publication.report import Outcome, write_manifest, write_report
from .publication.writing import (
    CatalogueWriter,
    Digests,
    PlanWriter,
    Summary,
    Written,
    stub_types,
    write_segment,
    write_vocabularies,
)
from .rdf.identities import Bodies, IdentifiedPlan, identify, load_links
from .rdf.index import Index, chronological
from .rdf.iris import Iris
from .rdf.mapping import PlanMapping, PlanTerms, Shelf
from .rdf.turtle import Turtle
from .rdf.validation import Result, load_shapes, today, validate, violations
from .settings import Settings
from .terms import Iri, Thing
from .vocabularies import Vocabularies, load

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


def find_inputs(sources: Sequence[Path]) -> list[tuple[Path, str]]:
    """
    Return the files to read, each with the name it goes by.

    A folder stands for the files in it, at any depth, but hidden ones, notes (.md) and tables (.toml); a
    file in a folder goes by its path below it. Files of one name are told apart by their folders.

    Args:
        sources: Files and folders.

    Raises:
        UsageError: There is no source, or a folder has no file in it.

    >>> find_inputs([Path("no/such.txt")])
    [(PosixPath('no/such.txt'), 'such.txt')]
    """
    found: dict[Path, Path] = {}
    for source in sources:
        if not source.is_dir():
            found.setdefault(source, Path(source.name))
            continue
        inside = [path for path in sorted(source.rglob("*")) if path.is_file() and _is_candidate(path, source)]
        if not inside:
            raise UsageError("There is no file in this folder.", str(source), "Put plans in it, or name another.")
        for path in inside:
            found.setdefault(path, path.relative_to(source))
    if not found:
        raise UsageError("No input was named.", "", "Name the files or folders with plans.")
    return _told_apart(found)


def _told_apart(found: Mapping[Path, Path]) -> list[tuple[Path, str]]:
    """Return files with their names, with as many of their folders as it takes to tell them apart."""
    names = dict(found)
    while True:
        counts = Counter(names.values())
        same = [path for path, name in names.items() if counts[name] > 1]
        longer = {path: Path(*path.absolute().parts[-len(names[path].parts) - 1 :]) for path in same}
        if not same or longer == {path: names[path] for path in same}:
            return [(path, name.as_posix()) for path, name in names.items()]
        names |= longer


def _is_candidate(path: Path, folder: Path) -> bool:
    """Tell whether a file in a folder can be a plan."""
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.suffix.lower() not in _BESIDE


def read_input(path: Path, name: str) -> Reading:
    """
    Return the reading of one input.

    Args:
        path: A file; `-` is standard input.

        name: What the document is called.

    Raises:
        InputError: The input cannot be read at all.
    """
    if str(path) == "-":
        import sys

        return read_plan(read_bytes(sys.stdin.buffer.read(), "-"), load())
    document = read_file(path)
    if document.name != name:
        document = read_bytes(path.read_bytes(), name)
    return read_plan(document, load())


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
        sources: Files and folders.

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
        return _publish(find_inputs(sources), output, settings, jobs, validated, progress)
    except _NotPublished as stopped:
        return stopped.result


class _NotPublished(Exception):
    """Leaves the block that would replace the output folder; carries the outcome."""

    def __init__(self, result: Build) -> None:
        """Keep the outcome."""
        super().__init__(result.reason)
        self.result = result


def _publish(
    inputs: list[tuple[Path, str]], output: Path, settings: Settings, jobs: int, validated: bool, progress: Progress
) -> Build:
    """Publish inputs and return the outcome, or raise it if it must not be published."""
    vocabularies = load(settings.base_iri)
    with replace_folder(output) as folder:
        spool = folder.parent / "spool"
        spool.mkdir()
        outcomes, waiting = _read_all(inputs, spool, jobs, progress)
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
    for outcome in result.outcomes:
        before = held.get(outcome.name)
        if outcome.refused and isinstance(before, dict) and before.get("plan"):
            return f"{before['plan']} would vanish because {outcome.name} cannot be read; nothing was published."
    return ""


# ---- reading


def _read_all(
    inputs: Sequence[tuple[Path, str]], spool: Path, jobs: int, progress: Progress
) -> tuple[list[Outcome], list[tuple[Plan, Path, Outcome]]]:
    """Return the outcome of each input, and the plans with the files they wait in."""
    tasks = [(path, name, spool / f"{number}.plan") for number, (path, name) in enumerate(inputs)]
    outcomes: list[Outcome] = []
    waiting: list[tuple[Plan, Path, Outcome]] = []
    for done, (outcome, head, path) in enumerate(_map(_read_one, tasks, jobs), 1):
        outcomes.append(outcome)
        if head:
            waiting.append((head, path, outcome))
        progress("reading", done, len(tasks))
    return sorted(outcomes, key=lambda outcome: (outcome.name, outcome.sha256)), waiting


def _read_one(task: tuple[Path, str, Path]) -> tuple[Outcome, Plan | None, Path]:
    """Read one input; its plan waits in a file, and only its head comes back."""
    path, name, spooled = task
    outcome = Outcome(name)
    try:
        reading = read_input(path, name)
        plan = reading.require()
    except DcatHkError as error:
        outcome.refused = str(error)
        return outcome, None, spooled
    outcome.sha256, outcome.size = plan.sha256, path.stat().st_size
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


# ---- index


def _index(
    waiting: Sequence[tuple[Plan, Path, Outcome]],
    settings: Settings,
    vocabularies: Vocabularies,
) -> tuple[Shelf, list[Path]]:
    """Return what all plans share, and the files of the plans from oldest to newest."""
    bodies, links = Bodies(vocabularies), load_links()
    codes = {id(head): bodies.find(head.bureau).code for head, _path, _outcome in waiting}
    ordered = sorted(waiting, key=lambda one: (*chronological(one[0], codes[id(one[0])]), one[0].doc, one[0].sha256))
    index = Index(Iris(vocabularies.base))
    chosen: dict[tuple[str, tuple[int, int]], Outcome] = {}
    order: list[Path] = []
    for head, path, outcome in ordered:
        key = codes[id(head)], head.years
        if key in chosen:
            told = Finding("repeated-plan", outcome.name, None, {"other": chosen[key].name})
            outcome.findings = (told, *outcome.findings)
            continue
        chosen[key] = outcome
        index.add(identify(_load(path), bodies, links))
        outcome.path = f"plans/{key[0]}/{head.years[0]}-{head.years[1]}"
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
    by_path = {outcome.path: outcome for outcome in outcomes if outcome.path}
    digests: Digests = {}
    stage = "mapping, writing, validating" if work.validated else "mapping, writing"
    thresholds = gc.get_threshold()
    try:
        if work.validated:
            load_shapes(PROFILE, work.shelf.settings.base_iri, today())
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
    from rdflib import Graph

    return validate(Graph().parse(data=text, format="turtle"), load_shapes(PROFILE, base, today()))


def _validate_top(things: Sequence[Thing], shelf: Shelf) -> list[Result]:
    """Return the results that are about the top catalogue and its publisher."""
    base = shelf.settings.base_iri
    described = {thing.iri for thing in things}
    text = "".join(Turtle(base).write([*things, *stub_types(shelf.index)]))
    return [result for result in _validate(text, base) if result.focus_node in described]


__all__ = ["Build", "build", "find_inputs", "no_progress", "read_input"]
