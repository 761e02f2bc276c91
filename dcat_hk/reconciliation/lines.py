"""
Plans -> which plan follows which, along bodies and their successors.

In: plans as items, and the successors of bodies. Out: junctions: older plans with the plans that follow them. Most have
one of each; where bodies split or merged they have several.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

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


def find_heirs(codes: Iterable[str], successors: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """
    Return bodies with all bodies that replaced them, directly or not.

    Args:
        codes: The codes of the bodies.

        successors: The codes of the bodies that replaced a body, by its code.

    >>> sorted(find_heirs(["a"], {"a": ("b",), "b": ("c", "d"), "e": ("a",)}))
    ['a', 'b', 'c', 'd']
    """
    found: set[str] = set()
    waiting = list(codes)
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting += successors.get(code, ())
    return frozenset(found)


def find_junctions(plans: Sequence[PlanItems], successors: Mapping[str, tuple[str, ...]]) -> list[Junction]:
    """
    Return which plans follow which.

    A plan is followed by the next plan of its body, also where one of them is named in another language and an older
    plan has both names. The last plan of a body that others replaced is followed by the first plan after it of each
    successor.

    Args:
        plans: Plans in any order.

        successors: The codes of the bodies that replaced a body, by its code.
    """
    ordered = sorted(plans, key=plan_order)
    by_body: dict[str, list[int]] = {}
    for number, plan in enumerate(ordered):
        by_body.setdefault(plan.body, []).append(number)
    edges = _follow_bodies(ordered)
    partly_unknown: set[int] = set()
    for body, numbers in by_body.items():
        following = _follow(ordered, by_body, successors, numbers[-1], body)
        edges += [(numbers[-1], number) for number in following if number is not None]
        if None in following:
            partly_unknown.add(numbers[-1])
    groups = _connect(edges)
    return sorted(
        (_make_junction(ordered, group, partly_unknown) for group in groups),
        key=lambda junction: (min(plan.body for plan in junction.before), plan_order(junction.before[0])),
    )


@dataclass(slots=True)
class _BodyLine:
    """The plans of one body so far: the codes of its names, its newest plans, and the plans that those follow."""

    codes: set[str] = field(default_factory=set)
    newest: list[int] = field(default_factory=list)
    before: list[int] = field(default_factory=list)


def _follow_bodies(ordered: Sequence[PlanItems]) -> list[tuple[int, int]]:
    """
    Return which plan is followed by the next one of its body.

    Two names are of one body from the first plan on whose editions print both, and not before: what is known of an
    older plan does not change with the names that a newer one prints. Plans for the same years that print different
    names stand beside each other.
    """
    lines: dict[str, _BodyLine] = {}
    edges: list[tuple[int, int]] = []
    for number, plan in enumerate(ordered):
        codes = {plan.body, *plan.aliases}
        joined = list({id(lines[code]): lines[code] for code in sorted(codes) if code in lines}.values())
        newest = [each for line in joined for each in line.newest]
        beside = [each for each in newest if _are_beside(ordered[each], plan)]
        before = {each for each in newest if each not in beside}
        before |= {each for line in joined for each in line.before} if beside else set()
        edges += [(each, number) for each in sorted(before)]
        line = _BodyLine(codes.union(*(line.codes for line in joined)), [*beside, number], sorted(before))
        lines |= dict.fromkeys(line.codes, line)
    return edges


def _are_beside(one: PlanItems, other: PlanItems) -> bool:
    """Tell whether two plans are for the same years, under different names."""
    return one.head.years == other.head.years and one.body != other.body


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
