"""
Plans -> which plan follows which, along bodies and their successors.

In: plans as items, and the successors of bodies. Out: junctions: older plans with the plans that follow them. Most have
one of each; where bodies split or merged they have several.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .items import PlanItems


@dataclass(frozen=True, slots=True)
class PairOfPlans:
    """Two plans of which the newer one follows the older; by their places in the junction."""

    before: int
    after: int
    skipped: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Junction:
    """
    Older plans and the plans that follow them.

    Args:
        before: The older plans.

        after: The newer plans.

        pairs: Which follows which, in the order of the newer plan's date.

        partly_unknown: The older plans of whose body a successor has no plan that was read.
    """

    before: tuple[PlanItems, ...]
    after: tuple[PlanItems, ...]
    pairs: tuple[PairOfPlans, ...]
    partly_unknown: frozenset[int] = frozenset()


def plan_order(plan: PlanItems) -> tuple[tuple[int, int], str, str, str]:
    """Return what sorts plans from the oldest to the newest: their period, then their date."""
    return plan.head.years, plan.month, plan.body, plan.head.sha256


def find_junctions(plans: Sequence[PlanItems], successors: Mapping[str, tuple[str, ...]]) -> list[Junction]:
    """
    Return which plans follow which.

    A plan is followed by the next plan of its body. The last plan of a body that others replaced is followed by the
    first plan after it of each successor.

    Args:
        plans: Plans in any order.

        successors: The codes of the bodies that replaced a body, by its code.
    """
    ordered = sorted(plans, key=plan_order)
    by_body: dict[str, list[int]] = {}
    for number, plan in enumerate(ordered):
        by_body.setdefault(plan.body, []).append(number)
    edges: list[tuple[int, int]] = []
    partly_unknown: set[int] = set()
    for body, numbers in by_body.items():
        edges += pairwise(numbers)
        following = _follow(ordered, by_body, successors, numbers[-1], body)
        edges += [(numbers[-1], number) for number in following if number is not None]
        if None in following:
            partly_unknown.add(numbers[-1])
    groups = _connect(edges)
    return sorted(
        (_make_junction(ordered, group, partly_unknown) for group in groups),
        key=lambda junction: (min(plan.body for plan in junction.before), plan_order(junction.before[0])),
    )


def _follow(
    ordered: Sequence[PlanItems],
    by_body: Mapping[str, list[int]],
    successors: Mapping[str, tuple[str, ...]],
    last: int,
    body: str,
    passed: frozenset[str] = frozenset(),
) -> list[int | None]:
    """
    Return the first plan of each successor after the last plan of a body; None for one that has none.

    A successor without plans that was replaced in turn is passed over.
    """
    plans: list[int | None] = []
    for heir in successors.get(body, ()):
        if heir in passed or heir == body:
            continue
        number = _first_after(ordered, by_body.get(heir, []), last)
        further = [] if number is not None else _follow(ordered, by_body, successors, last, heir, passed | {body})
        plans += further or [number]
    return list(dict.fromkeys(plans))


def _first_after(ordered: Sequence[PlanItems], numbers: Sequence[int], last: int) -> int | None:
    """Return the first plan of a body whose period begins after that of another plan; None if there is none."""
    return next((number for number in numbers if ordered[number].head.years > ordered[last].head.years), None)


def _connect(edges: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Return edges in groups that share an older or a newer plan."""
    groups: dict[int, list[tuple[int, int]]] = {}
    home: dict[tuple[str, int], int] = {}
    for place, edge in enumerate(dict.fromkeys(edges)):
        ends = (("before", edge[0]), ("after", edge[1]))
        joined = [groups.pop(number) for number in dict.fromkeys(home[end] for end in ends if end in home)]
        groups[place] = [edge, *(one for group in joined for one in group)]
        home |= {end: place for older, newer in groups[place] for end in (("before", older), ("after", newer))}
    return list(groups.values())


def _make_junction(
    ordered: Sequence[PlanItems], edges: Sequence[tuple[int, int]], partly_unknown: set[int]
) -> Junction:
    """Return the junction of edges that belong together."""
    before = sorted({edge[0] for edge in edges})
    after = sorted({edge[1] for edge in edges})
    pairs = tuple(
        PairOfPlans(before.index(older), after.index(newer), _find_skipped(ordered[older], ordered[newer]))
        for older, newer in sorted(edges, key=lambda edge: (edge[1], edge[0]))
    )
    return Junction(
        tuple(ordered[number] for number in before),
        tuple(ordered[number] for number in after),
        pairs,
        frozenset(before.index(number) for number in before if number in partly_unknown),
    )


def _find_skipped(older: PlanItems, newer: PlanItems) -> tuple[int, ...]:
    """Return the years in which a plan would begin that was not read."""
    return tuple(range(older.head.years[0] + 1, newer.head.years[0]))
