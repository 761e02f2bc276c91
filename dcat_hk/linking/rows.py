"""
Plans -> what is looked for on the portal: rows that are one thing there, as one unit.

In: plans as items, and which of their records are known to be one dataset. Out: `LinkUnit`s: a dataset with its parts,
its spatial version and the rows of other years, since one record of the portal is all of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ..core.plan import Entry
from ..core.text import fold
from ..reconciliation.items import Item, PlanItems, without_short_name
from ..reconciliation.lines import find_heirs, plan_order


class PlacedItem(NamedTuple):
    """An item and its plan."""

    plan: PlanItems
    item: Item

    @property
    def entry(self) -> Entry:
        """Return the first row of the item."""
        return self.item.entry


@dataclass(frozen=True)
class LinkUnit:
    """
    Rows that share one record of the portal.

    Args:
        items: The items, the one first that is the record most likely: released, not spatial, of the newest plan.
    """

    items: tuple[PlacedItem, ...]

    @property
    def main(self) -> PlacedItem:
        """Return the item that is the record most likely."""
        return self.items[0]

    @cached_property
    def publishers(self) -> frozenset[str]:
        """Return the codes of the bodies that publish it."""
        return frozenset(placed.item.publisher for placed in self.items)


@dataclass(frozen=True)
class PlanLine:
    """
    The plans of a body, and of those that replaced it or print its other names, and what is looked for of them.

    Args:
        bodies: The codes of the bodies.

        plans: The plans, from the oldest to the newest.

        units: What is looked for.
    """

    bodies: frozenset[str]
    plans: tuple[PlanItems, ...]
    units: tuple[LinkUnit, ...]


def is_due(entry: Entry, month: str) -> bool:
    """
    Tell whether a row can be on the portal: its month is not after another. A promise without a month may be.

    Args:
        entry: The row.

        month: The month of the snapshot.
    """
    first = entry.period[0] if entry.period else entry.date
    return first is None or first <= month


def is_undated_promise(entry: Entry) -> bool:
    """
    Tell whether a row is a promise without a month, of which nobody knows whether it is due.

    Args:
        entry: The row.
    """
    return entry.stage == "planned" and not entry.period and not entry.date


def find_lines(
    plans: Sequence[PlanItems],
    successors: Mapping[str, tuple[str, ...]],
    month: str,
    same: Iterable[tuple[str, str]] = (),
) -> list[PlanLine]:
    """
    Return plans by line of bodies, with what is looked for of each; rows that are not due are not looked for.

    Args:
        plans: Plans in any order.

        successors: The codes of the bodies that replaced a body, by its code.

        month: The month of the snapshot.

        same: Pairs of records that are known to be of one dataset.
    """
    ordered = sorted(plans, key=plan_order)
    links = [
        (plan.body, code) for plan in ordered for code in (*plan.aliases, *sorted(find_heirs([plan.body], successors)))
    ]
    home = _group([plan.body for plan in ordered], links)
    by_line: dict[int, list[PlanItems]] = {}
    for plan in ordered:
        by_line.setdefault(home[plan.body], []).append(plan)
    pairs = tuple(same)
    lines = [
        PlanLine(frozenset(plan.body for plan in own), tuple(own), tuple(_find_units(own, month, pairs)))
        for own in by_line.values()
    ]
    return sorted(lines, key=lambda line: min(line.bodies))


def _find_units(plans: Sequence[PlanItems], month: str, same: Sequence[tuple[str, str]]) -> Iterator[LinkUnit]:
    """Yield what is looked for of the plans of one line."""
    placed = [PlacedItem(plan, item) for plan in plans for item in plan.items if is_due(item.entry, month)]
    names = [("record", one.item.record) for one in placed]
    known = {one.item.record for one in placed}
    links = [(name, key) for name, one in zip(names, placed, strict=True) for key in _keys(one)]
    links += [(("record", one), ("record", other)) for one, other in same if one in known and other in known]
    home = _group(names, links)
    by_unit: dict[int, list[PlacedItem]] = {}
    for name, one in zip(names, placed, strict=True):
        by_unit.setdefault(home[name], []).append(one)
    for own in by_unit.values():
        yield LinkUnit(tuple(sorted(own, key=lambda one: _order(one, plans))))


def _keys(placed: PlacedItem) -> list[tuple[str, ...]]:
    """Return what items of one unit have in common: the dataset; in one plan the title under its heading."""
    entry = placed.entry
    heading = fold(without_short_name(entry.group or ""))
    organisation = fold(without_short_name(entry.organisation or ""))
    return [
        ("dataset", placed.item.kept),
        ("title", placed.plan.iri, fold(entry.title), heading, organisation),
    ]


def _group(names: Sequence[Hashable], links: Sequence[tuple[Hashable, Hashable]]) -> dict[Hashable, int]:
    """Return the number of the group that each name belongs to, where links join groups."""
    from scipy.cluster.hierarchy import DisjointSet

    groups = DisjointSet([*names, *(name for link in links for name in link)])
    for one, other in links:
        groups.merge(one, other)
    numbers: dict[Hashable, int] = {}
    return {name: numbers.setdefault(groups[name], len(numbers)) for name in groups}


def _order(placed: PlacedItem, plans: Sequence[PlanItems]) -> tuple[object, ...]:
    """Return what sorts items: released before planned, not spatial before spatial, the newest plan first."""
    item = placed.item
    return item.stage != "released", bool(item.entry.spatial), -plans.index(placed.plan), item.position
