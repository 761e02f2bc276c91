"""
Things -> the plans that they belong to, and so why something about them differs.

In: links from things to what they belong to, on disk, and the plans of two builds with the digests of their files. Out:
which plans changed, and which of them a thing depends on. Memory grows with the things that are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ...core.terms import Iri
from .digests import LinkSpool
from .model import PlanFate, PlanState

#: Plans by what became of them, the strongest reason first.
_ORDER: Sequence[PlanFate] = ("gone", "changed", "added")


def compare_plans(old: Mapping[Iri, frozenset[str]], new: Mapping[Iri, frozenset[str]]) -> dict[Iri, PlanFate]:
    """
    Return the plans that are new, gone, or have files with other digests.

    >>> compare_plans({"urn:a": frozenset("1"), "urn:b": frozenset("2")}, {"urn:b": frozenset("3")})
    {'urn:a': 'gone', 'urn:b': 'changed'}
    """
    fates: dict[Iri, PlanFate] = {}
    for plan in sorted(old.keys() | new.keys()):
        if plan not in new:
            fates[plan] = "gone"
        elif plan not in old:
            fates[plan] = "added"
        elif old[plan] != new[plan]:
            fates[plan] = "changed"
    return fates


class PlansOfThings:
    """
    The plans that things belong to, in either build.

    Args:
        links: The links of both builds.

        plans: All plans of both builds.

        fates: What became of those that are not the same.

        things: The things that will be asked for.
    """

    def __init__(
        self, links: Sequence[LinkSpool], plans: Iterable[Iri], fates: Mapping[Iri, PlanFate], things: Iterable[Iri]
    ) -> None:
        """Follow the links from all things at once, one step at each reading."""
        self._state_of: dict[int, PlanState] = {_number(plan): fates.get(plan, "same") for plan in plans}
        self._parents: dict[int, set[int]] = {}
        frontier = {_number(iri) for iri in things} - self._state_of.keys()
        while frontier:
            steps: dict[int, set[int]] = {child: set() for child in frontier}
            for spool in links:
                for child, parent in spool.pairs():
                    if child in steps:
                        steps[child].add(parent)
            self._parents |= steps
            frontier = set().union(*steps.values()) - self._parents.keys() - self._state_of.keys()

    def state(self, iri: Iri) -> PlanState:
        """Return what became of the plans of a thing, the strongest reason if several; nothing if it has none."""
        states = self._states(_number(iri))
        return next((fate for fate in _ORDER if fate in states), "same" if states else "")

    def _states(self, start: int) -> set[PlanState]:
        """Return what became of each plan that links lead to."""
        states: set[PlanState] = set()
        reached, waiting = {start}, [start]
        while waiting:
            thing = waiting.pop()
            if thing in self._state_of:
                states.add(self._state_of[thing])
                continue
            parents = self._parents.get(thing, set()) - reached
            reached |= parents
            waiting += parents
        return states


def _number(iri: Iri) -> int:
    """Return what links know a thing by."""
    return hash(f"<{iri}>")
