"""
Plans on disk -> what their graphs say of the years before, which waits on disk too.

In: indexed plans. Out: for each plan that others precede or follow a file with its `PlanHistory`. Memory holds the
plans of one line of bodies at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..catalogue.mapping.identities import Bodies, IdentifiedPlan, identify
from ..core.caching import NO_CACHE, Cache
from ..core.errors import Finding
from ..core.processes import open_workers
from ..core.reporting import Progress, no_progress
from ..core.terms import Iri
from ..core.waiting import load_value, save_value
from ..reconciliation.continuing import two_identifiers
from ..reconciliation.deciding import decide
from ..reconciliation.histories import PlanHistory, write_histories
from ..reconciliation.lines import find_junctions
from ..reconciliation.linkfiles import LinkFiles
from .index import NO_LINKS, IndexedPlans
from .read import load_plan
from .timeline import find_successors, plan_items

#: How many plans in lines make it worth to use another process: it gives back its memory when it ends.
_PLANS_PER_PROCESS = 24


@dataclass(frozen=True, slots=True)
class HistoryContext:
    """What comparing any line needs: the plans, what people and files say of links, what earlier runs found out."""

    plans: IndexedPlans
    links: LinkFiles
    cache: Cache = NO_CACHE


def compare_plans(
    plans: IndexedPlans,
    links: LinkFiles = NO_LINKS,
    *,
    jobs: int = 0,
    progress: Progress = no_progress,
    cache: Cache = NO_CACHE,
) -> dict[Iri, Finding]:
    """
    Compare the plans of each line of bodies, and let what was found wait on disk, for `load_history`.

    Args:
        plans: The plans.

        links: What people and files say; a row with another title is only linked if they say so.

        jobs: How many processes; 0 for one for each processor.

        progress: Called after each line.

        cache: What earlier runs compared.

    Returns:
        Findings on datasets that have two identifiers, by the IRI of the newer plan.
    """
    # The longest first: the last process to end is not left alone with one.
    lines = sorted((line for line in find_lines(plans) if len(line) > 1), key=len, reverse=True)
    tasks = sum(map(len, lines)) // _PLANS_PER_PROCESS
    context = HistoryContext(plans, links, cache)
    findings: dict[Iri, Finding] = {}
    with open_workers(context, jobs, tasks) as workers:
        for count, own in enumerate(workers.map(_compare_line, lines), 1):
            findings |= own
            progress("comparing", count, len(lines))
    return findings


def find_lines(plans: IndexedPlans) -> list[list[int]]:
    """Return the numbers of plans in groups: those of one line of bodies, or that state the same dataset."""
    number_of = {head.iri: number for number, head in enumerate(plans.heads)}
    joined = [
        [number_of[plan.iri] for plan in (*junction.before, *junction.after)]
        for junction in find_junctions(plans.heads, find_successors(plans.context.vocabularies))
    ]
    return _connect(len(plans.heads), [*joined, *plans.context.index.shared.values()])


def _connect(count: int, joined: Iterable[Sequence[int]]) -> list[list[int]]:
    """Return the numbers below a count in groups, so that joined ones are in one group."""
    group_of = list(range(count))
    groups = {number: [number] for number in range(count)}
    for numbers in joined:
        own, *others = dict.fromkeys(group_of[number] for number in numbers)
        for other in others:
            for number in groups[other]:
                group_of[number] = own
            groups[own] += groups.pop(other)
    return [sorted(group) for group in groups.values()]


def _compare_line(context: HistoryContext, numbers: list[int]) -> dict[Iri, Finding]:
    """Compare the plans of one line, write the history of each, and return findings by the newer plan."""
    # It takes long to import, and most builds of one plan have nothing to compare.
    from ..reconciliation.reconcile import reconcile

    mapping = context.plans.context
    bodies = Bodies(mapping.vocabularies)
    items = [
        plan_items(identify(load_plan(context.plans.paths[number]), bodies, mapping.links), mapping.iris)
        for number in numbers
    ]
    decisions = decide(context.links, items)
    pairs = reconcile(items, find_successors(mapping.vocabularies), decisions, renames=False, kept=context.cache)
    histories = write_histories(items, pairs, context.links.judgements, mapping.links.portal.evidence)
    for number, plan in zip(numbers, items, strict=True):
        save_value(_path_of(context.plans.paths[number]), histories[plan.iri])
    return two_identifiers(pairs, context.links.judgements)


def load_history(plans: IndexedPlans, number: int, identified: IdentifiedPlan) -> PlanHistory:
    """
    Return what a plan's graph says of the years before.

    Args:
        plans: The plans.

        number: The number of the plan.

        identified: The plan.
    """
    history = find_history(plans, number)
    return history if history is not None else history_alone(plans, identified)


def find_history(plans: IndexedPlans, number: int) -> PlanHistory | None:
    """
    Return what comparing a plan with others has given; None if it has no others.

    Args:
        plans: The plans.

        number: The number of the plan.
    """
    path = _path_of(plans.paths[number])
    if not path.exists():
        return None
    history = load_value(path)
    assert isinstance(history, PlanHistory)
    return history


def history_alone(plans: IndexedPlans, identified: IdentifiedPlan) -> PlanHistory:
    """
    Return what the graph says of a plan that no other precedes or follows.

    Args:
        plans: The plans.

        identified: The plan.
    """
    alone = plan_items(identified, plans.context.iris)
    return write_histories([alone], [], evidence=plans.context.links.portal.evidence)[alone.iri]


def _path_of(plan: Path) -> Path:
    """Return the file in which the history of a plan waits that waits in another."""
    return plan.with_suffix(".history")
