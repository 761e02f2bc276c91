"""
Plans on disk -> files: each plan alone and as part of the whole catalogue, by several processes if that is faster.

In: indexed plans. Out: the files of plans in the output folder, and segments that are appended to the catalogue. Plans
of one publisher, which share datasets, make one segment and are written by one process.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..catalogue.mapping.context import PlanMapping
from ..catalogue.mapping.identities import Bodies, identify
from ..catalogue.publishing.report import InputOutcome
from ..catalogue.publishing.writing import CatalogueWriter, Digests, PlanSummary, PlanWriter, WrittenPlan, write_segment
from ..core.caching import NO_CACHE, Cache, dump_value, load_value
from ..core.plan import Plan
from ..core.processes import open_workers, process_count
from ..core.reporting import Progress
from ..core.results import Result, violations
from ..core.terms import Iri
from ..core.today import find_today
from ..reconciliation.histories import PlanHistory
from .history import history_alone, load_history
from .index import IndexedPlans
from .keptplans import KeptPlans
from .read import load_plan

if TYPE_CHECKING:
    from ..checking.validating.validator import Validator

#: The profile that a build's catalogue must conform to.
PROFILE = "dcat-ap-hk"
#: How many mappings of plans are kept for datasets that several plans state.
_CACHED_MAPPINGS = 16
#: How many plans, if they are not validated, make it worth to use another process.
_PLANS_PER_PROCESS = 8
#: How many objects are made between two runs of the garbage collector while plans are written.
_ALLOCATIONS = 100_000


@dataclass
class WriteContext:
    """
    What writing any plan needs. Every process has one, with a writer and mappings of its own.

    Args:
        plans: The plans.

        folder: The output folder.

        validated: Whether each plan is validated when it is written.

        cache: What earlier runs found out.

        stated: What all plans depend on besides their context, as text: the digests of links and decisions.

        sent: On another machine: plans by their numbers, with what comparing them has given; None if they wait on disk.
    """

    plans: IndexedPlans
    folder: Path
    validated: bool
    cache: Cache = NO_CACHE
    stated: str = ""
    sent: Mapping[int, tuple[Plan, PlanHistory | None]] | None = None

    @property
    def base(self) -> Iri:
        """Return the base IRI."""
        return self.plans.context.settings.base_iri

    @cached_property
    def bodies(self) -> Bodies:
        """Return the finder of bodies."""
        return Bodies(self.plans.context.vocabularies)

    @cached_property
    def writer(self) -> PlanWriter:
        """Return the writer of plans; it asks for the mappings of other plans, of which some are kept."""
        return PlanWriter(self.plans.context, self.folder, lru_cache(_CACHED_MAPPINGS)(self.mapping))

    @cached_property
    def kept(self) -> KeptPlans:
        """Return what earlier runs have written."""
        return KeptPlans(self.plans, self.folder, self.cache, self.stated)

    def write(self, number: int) -> WrittenPlan:
        """Write the files of a plan, or those of an earlier run, and return its part of the whole catalogue."""
        plan = self.kept.restore(number)
        if plan is None:
            plan = self.writer.write(self.mapping(number))
            self.kept.keep(number, plan)
        return plan

    def mapping(self, number: int) -> PlanMapping:
        """Return a new mapping of a plan."""
        context = self.plans.context
        if self.sent is None:
            identified = identify(load_plan(self.plans.paths[number]), self.bodies, context.links)
            history = load_history(self.plans, number, identified)
        else:
            plan, sent = self.sent[number]
            identified = identify(plan, self.bodies, context.links)
            history = sent if sent is not None else history_alone(self.plans, identified)
        return PlanMapping(context, identified, number, history)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the whole catalogue: the files it is written to, without ending, and the numbers of its plans."""

    path: Path
    numbers: list[int]


class _KeptResults(NamedTuple):
    """Results of validating a plan, and the day of which they hold."""

    day: str
    results: list[Result]

    def hold_on(self, day: str) -> bool:
        """Tell whether they hold on a day: the shapes refuse dates after the day, and time makes only these right."""
        return day == self.day or (day > self.day and not violations(self.results))


class PlanResult(NamedTuple):
    """A plan that was written: what is left to know of it, and the results of validating it."""

    summary: PlanSummary
    results: list[Result]


#: Writes segments, and yields the results of each when its files are there.
Elsewhere = Callable[[Sequence[Segment]], Iterator[list[PlanResult]]]


def write_plans(
    context: WriteContext,
    catalogue: CatalogueWriter,
    outcomes: Sequence[InputOutcome],
    spool: Path,
    jobs: int,
    progress: Progress,
    elsewhere: Elsewhere | None = None,
) -> Digests:
    """
    Write every plan, alone and as part of the catalogue.

    Args:
        context: The plans and where they go.

        catalogue: The whole catalogue.

        outcomes: The outcomes of inputs; those of plans are completed.

        spool: The folder in which segments wait.

        jobs: How many processes; 0 for one for each processor.

        progress: Called after each plan.

        elsewhere: Writes segments on other machines; None for processes of this one.

    Returns:
        The digests of the plans' own files.
    """
    by_path = {outcome.path: outcome for outcome in outcomes if outcome.path and not outcome.edition_of}
    stage = "mapping, writing, validating" if context.validated else "mapping, writing"
    total = len(context.plans.paths)
    digests: Digests = {}
    for count, result in enumerate(_write_segments(context, catalogue, spool, elsewhere or _Here(context, jobs)), 1):
        outcome = by_path[result.summary.path]
        outcome.datasets, outcome.results = result.summary.datasets, result.results
        digests |= result.summary.digests
        progress(stage, count, total, result.summary.path)
    return digests


def _write_segments(
    context: WriteContext, catalogue: CatalogueWriter, spool: Path, write: Elsewhere
) -> Iterator[PlanResult]:
    """Write plans segment by segment, append each to the catalogue, and yield the result of each plan."""
    groups = context.plans.by_publisher()
    segments = [Segment(spool / f"segment-{number}", numbers) for number, numbers in enumerate(groups)]
    for segment, results in zip(segments, write(segments), strict=True):
        catalogue.add_segment(segment.path, [result.summary for result in results])
        yield from results


@dataclass(frozen=True, slots=True)
class _Here:
    """Writes segments by processes of this machine."""

    context: WriteContext
    jobs: int

    def __call__(self, segments: Sequence[Segment]) -> Iterator[list[PlanResult]]:
        """Yield the results of each segment when its files are there."""
        context = self.context
        useful = len(segments) if context.validated else len(context.plans.paths) // _PLANS_PER_PROCESS
        # Who keeps shapes keeps results, too: then a process makes a validator only if it needs one.
        is_kept = context.cache.get(_key_of_shapes(context.base, find_today().isoformat())) is not None
        if context.validated and not is_kept and process_count(self.jobs, useful) > 1:
            # Made before processes are forked, so that all of them have it.
            _find_validator(context.base, find_today().isoformat(), context.cache)
        with _rare_collection(), open_workers(context, self.jobs, useful) as workers:
            yield from workers.map(write_one_segment, segments)


def write_one_segment(context: WriteContext, segment: Segment) -> list[PlanResult]:
    """
    Write the plans of one segment, and return the result of each.

    Args:
        context: What writing any plan needs.

        segment: The plans, and where their part of the catalogue goes.
    """
    results: list[list[Result]] = []

    def plans() -> Iterator[WrittenPlan]:
        for number in segment.numbers:
            plan = context.write(number)
            results.append(_validate_plan(context, plan.summary.path) if context.validated else [])
            yield plan

    return [PlanResult(*pair) for pair in zip(write_segment(segment.path, plans()), results, strict=True)]


def _validate_plan(context: WriteContext, path: str) -> list[Result]:
    """Return the results of validating the file of a plan."""
    return validate_kept((context.folder / f"{path}.ttl").read_bytes(), context.base, context.cache)


def validate_kept(data: bytes, base: Iri, cache: Cache = NO_CACHE, only: Set[Iri] | None = None) -> list[Result]:
    """
    Return the results of validating a Turtle document by the profile of a build, now or in an earlier run.

    Args:
        data: The document.

        base: The base IRI of the catalogue.

        cache: What earlier runs found out.

        only: The IRIs of the subjects whose results are wanted; None for all.
    """
    day = find_today().isoformat()
    stated = f"{PROFILE}\n{base}\n{'' if only is None else sorted(only)}\n"
    key = "results-" + hashlib.sha256(stated.encode() + data).hexdigest()
    kept = load_value(cache.get(key), _KeptResults)
    if kept is not None and kept.hold_on(day):
        return kept.results
    results = _find_validator(base, day, cache).validate_text(data, only)
    cache.put(key, dump_value(_KeptResults(day, results)))
    return results


def _find_validator(base: Iri, day: str, cache: Cache) -> Validator:
    """Return the validator of a build; where shapes are kept as triples, their files need not be parsed again."""
    if not cache.is_open:
        from ..checking.validating.validator import profile_validator

        return profile_validator(PROFILE, base, day)
    return _make_validator(base, day, cache)


def _key_of_shapes(base: Iri, day: str) -> str:
    """Return the key under which the shapes of a build are kept."""
    return "shapes-" + hashlib.sha256(f"{PROFILE}\n{base}\n{day}".encode()).hexdigest()


@lru_cache(maxsize=2)
def _make_validator(base: Iri, day: str, cache: Cache) -> Validator:
    """Return the validator of a build, made of what is kept of its shapes."""
    from ..checking.validating.validator import make_validator, profile_validator

    key = _key_of_shapes(base, day)
    triples = load_value(cache.get(key), list[tuple[str, str, str]])
    if triples is not None:
        return make_validator(triples)
    validator = profile_validator(PROFILE, base, day)
    cache.put(key, dump_value(list(validator.shapes)))
    return validator


@contextmanager
def _rare_collection() -> Iterator[None]:
    """Run the garbage collector rarely, and never over the objects that are there already: these stay anyway."""
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()
