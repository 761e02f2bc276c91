"""
Measures how well rows of plans are found again a year later.

In: the seeds and the documents of the evaluation set. Out: figures of simulated next plans, and how often two different
rows of one plan are linked; exit code 1 if a threshold is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dcat_hk.build.timeline import plan_items
from dcat_hk.catalogue.mapping.identities import Bodies, identify, load_links
from dcat_hk.catalogue.mapping.iris import Iris
from dcat_hk.core.plan import Plan
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_file
from dcat_hk.reading.parsing import read_plan
from dcat_hk.reconciliation.items import PlanItems
from dcat_hk.reconciliation.reconcile import reconcile

sys.path.insert(0, str(Path(__file__).parent))

from nextplans import NextPlan, make_next_plan

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"
#: How many next plans are made of each plan.
SEEDED = 10


@dataclass
class Found:
    """What was said of simulated plans, as counts."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def share(self, part: str, whole: str) -> float:
        """Return the share of one count in another, 1 for nothing of nothing."""
        return self.counts[part] / self.counts[whole] if self.counts[whole] else 1.0


def read_plans() -> list[Plan]:
    """Return the seeds, and each plan of the evaluation set in each language."""
    documents = sorted(SEEDS.glob("*.txt")) + sorted((HERE / "documents").glob("*.tabs.tsv"))
    return [read_plan(read_file(path), load()).require() for path in documents]


def as_items(plan: Plan) -> PlanItems:
    """Return a plan as items."""
    vocabularies = load()
    return plan_items(identify(plan, Bodies(vocabularies), load_links()), Iris(vocabularies.base))


def simulate(plans: Sequence[Plan], seeds: int) -> Iterator[NextPlan]:
    """
    Yield next plans of each plan.

    Args:
        plans: The plans.

        seeds: How many of each.
    """
    for plan in plans:
        others = [other for other in plans if other.script == plan.script and other.bureau != plan.bureau]
        for seed in range(seeds):
            yield make_next_plan(plan, seed, others)


def measure(cases: Iterator[NextPlan]) -> Found:
    """
    Return what comparing says of next plans, beside what is true.

    Args:
        cases: The plans.
    """
    found = Found()
    for case in cases:
        before, after = as_items(case.before), as_items(case.after)
        (pair,) = reconcile([before, after], {})
        for outcome in pair.outcomes:
            if outcome.before is None:
                place = outcome.after[0].position
                is_new = not any(place in own for own in case.same.values())
                found.counts["new rows"] += is_new
                found.counts["new rows said new"] += is_new and outcome.fate == "new"
                continue
            _count(found, case, outcome, after)
    return found


def _count(found: Found, case: NextPlan, outcome, after: PlanItems) -> None:
    """Count what is said of one item of the older plan."""
    counts, place = found.counts, outcome.before.position
    truth = case.same.get(place, ())
    counts["items"] += 1
    linked = {item.position for item in outcome.after}
    candidates = {one.after.position for one in outcome.candidates}
    kind = outcome.link_class
    if linked:
        counts[f"{kind} links"] += 1
        right = bool(linked & set(truth)) and linked <= set(truth)
        counts[f"{kind} links right"] += right
        if not right:
            _tell(found, case, outcome, after, f"wrong {kind}")
    if truth:
        counts["items there"] += 1
        counts["there, linked or candidate"] += bool(set(truth) & (linked | candidates))
        if outcome.fate == "no-longer-listed":
            counts["there, said no longer listed"] += 1
            _tell(found, case, outcome, after, "missed")
        if place in case.renamed:
            counts["renamed"] += 1
            counts["renamed, linked"] += bool(linked & set(truth))
            counts["renamed, linked or candidate"] += bool(set(truth) & (linked | candidates))
    else:
        counts["items gone"] += 1
        counts["gone, said no longer listed"] += outcome.fate == "no-longer-listed"
        if outcome.fate == "open":
            _tell(found, case, outcome, after, "gone but open")


def _tell(found: Found, case: NextPlan, outcome, after: PlanItems, what: str) -> None:
    """Note what went wrong."""
    truth = [after.items[place].entry.title for place in case.same.get(outcome.before.position, ())]
    said = [item.entry.title for item in outcome.after] or [
        f"{one.after.entry.title} {one.score} {dict(one.evidence)}" for one in outcome.candidates
    ]
    found.wrong.append(f"{what}: {case.before.doc[:8]} {outcome.before.entry.title} | {truth} | {said}")


def count_strange_links(plan: Plan, step: int = 1) -> tuple[int, int, list[str]]:
    """
    Return how many pairs of different rows were tried, how many were linked, and which.

    Of each pair one row is left out of the older copy of the plan and the other out of the newer one.

    Args:
        plan: The plan.

        step: Every how many pairs one is tried.
    """
    older = as_items(plan)
    newer = as_items(replace(plan, years=tuple(year + 1 for year in plan.years), dated=None))
    pairs = [(one, other) for one in older.items for other in older.items if one is not other]
    names: list[str] = []
    for one, other in pairs[::step]:
        olds = tuple(item for item in older.items if item is not other)
        news = tuple(item for item in newer.items if item.position != one.position)
        (pair,) = reconcile([replace(older, items=olds), replace(newer, items=news)], {})
        outcome = next(outcome for outcome in pair.outcomes if outcome.before is one)
        if other.position in {item.position for item in outcome.after}:
            names.append(f"{one.entry.title} {one.key} -> {other.entry.title} {other.key} {outcome.link_class}")
    return len(pairs[::step]), len(names), names


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", "-v", action="store_true")
    parser.add_argument("--seeds", type=int, default=SEEDED)
    parser.add_argument("--strange", type=int, default=0)
    options = parser.parse_args()
    plans = read_plans()
    found = measure(simulate(plans, options.seeds))
    if options.verbose:
        print(*sorted(set(found.wrong)), sep="\n")
    c = found.counts
    print(json.dumps(dict(sorted(c.items())), indent=0))
    for a, b in (("same links right", "same links"), ("renamed links right", "renamed links"), ("renamed, linked", "renamed"), ("renamed, linked or candidate", "renamed"), ("there, linked or candidate","items there"), ("there, said no longer listed", "items"), ("gone, said no longer listed", "items gone"), ("new rows said new", "new rows")):
        print(f"{a} / {b}: {found.share(a, b):.4f}")
    if options.strange:
        for plan in plans[:5]:
            print(plan.doc, *count_strange_links(plan, options.strange), sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
