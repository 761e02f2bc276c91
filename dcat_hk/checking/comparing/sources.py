"""
Files of plans, whose IRIs have the digests of their content: a plan that was issued again has a file with another IRI.

In: what only one build says. Out: the same, but a file in the place of another is one thing whose digest changed: its
old IRI is not gone for anybody, and what was read from it is not read from somewhere else.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...core.terms import expand
from .model import DifferingFacts

_TITLE = f"<{expand('dct:title')}>"


def replace_sources(
    removed: DifferingFacts, added: DifferingFacts, old_plans: Mapping[str, str], new_plans: Mapping[str, str]
) -> None:
    """
    Put files of plans in the place of those that they replace.

    Args:
        removed: What only the old build says; its files get the IRIs of those that replace them.

        added: What only the new build says.

        old_plans: For each file of the old build its plan.

        new_plans: For each file of the new build its plan.
    """
    old_files, new_files = _by_plan(removed, old_plans), _by_plan(added, new_plans)
    new_of: dict[str, str] = {}
    for plan in sorted(old_files.keys() & new_files.keys()):
        new_of |= _pair(old_files[plan], new_files[plan], removed, added)
    for one, other in new_of.items():
        removed.own.discard(one)
        added.own.discard(other)
        removed.facts[other] = removed.facts.pop(one, set())
    for subject, pairs in removed.facts.items():
        facts = {(predicate, new_of.get(value, value)) for predicate, value in pairs}
        same = facts & added.facts.get(subject, set())
        removed.facts[subject] = facts - same
        if same:
            added.facts[subject] -= same
    for differing in (removed, added):
        differing.facts = {one: pairs for one, pairs in differing.facts.items() if pairs and one not in differing.own}


def _by_plan(differing: DifferingFacts, plans: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the files that only one build has, by plan."""
    files: dict[str, list[str]] = {}
    for one in sorted(differing.own & plans.keys()):
        files.setdefault(plans[one], []).append(one)
    return files


def _pair(old: list[str], new: list[str], removed: DifferingFacts, added: DifferingFacts) -> dict[str, str]:
    """Return which file of a plan replaces which: one of the same name, else the next that is left."""

    def title(one: str, differing: DifferingFacts) -> str:
        return next((value for predicate, value in differing.facts.get(one, ()) if predicate == _TITLE), "")

    pairs: dict[str, str] = {}
    by_title = {title(other, added): other for other in new}
    for one in old:
        other = by_title.get(title(one, removed))
        if other and other not in pairs.values():
            pairs[one] = other
    left_old, left_new = sorted(set(old) - pairs.keys()), sorted(set(new) - set(pairs.values()))
    return pairs | dict(zip(left_old, left_new, strict=False))
