"""
Measures comparing plans: bodies x years x rows, as items in memory.

Run ``python benchmarks/reconcile.py [BODIES YEARS ROWS]``; default 100 8 60. Each body's first plan is made of rows of
the seeds, each later one by the simulation in evaluation/, so that rows are dropped, renamed and put off. Time is that
of the processor; memory is the most that the process had.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dcat_hk.build.timeline import find_successors, plan_items
from dcat_hk.catalogue.mapping.identities import Bodies, Links, identify
from dcat_hk.catalogue.mapping.iris import Iris
from dcat_hk.core.plan import Entry, Plan
from dcat_hk.core.vocabularies import load
from dcat_hk.reconciliation.items import PlanItems
from dcat_hk.reconciliation.reconcile import reconcile

sys.path.insert(0, str(Path(__file__).parents[1] / "evaluation"))

from evaluate_timeline import read_seeds
from nextplans import make_next_plan


def make_plans(bodies: int, years: int, rows: int) -> Iterator[Plan]:
    """
    Yield plans of bodies that do not exist, year by year.

    Args:
        bodies: How many bodies.

        years: How many plans of each.

        rows: About how many rows a plan has.
    """
    seeds = [plan for plan in read_seeds() if plan.script == "Hant"]
    pool = [entry for plan in seeds for entry in plan.entries if not entry.part]
    for body in range(bodies):
        chance = random.Random(body)  # noqa: S311 - the same plans on every run
        entries = [_vary(entry, number, chance) for number, entry in enumerate(chance.choices(pool, k=rows), 1)]
        plan = replace(
            seeds[0],
            sha256=f"{body:064}",
            bureau=f"第{body}署",
            years=(2018, 2020),
            dated="2017-12",
            entries=tuple(entries),
        )
        for year in range(years):
            yield plan
            plan = replace(make_next_plan(plan, year, seeds).after, sha256=f"{body:032}{year:032}")


def _vary(entry: Entry, number: int, chance: random.Random) -> Entry:
    """Return a row with a title of its own."""
    words = "".join(chance.choices("天地玄黃宇宙洪荒日月盈昃辰宿列張寒來暑往秋收冬藏", k=4))
    return entry._replace(title=f"{words}{entry.title}", number=number, organisation=None, group=None, publisher=None)


def as_items(plans: Iterator[Plan]) -> list[PlanItems]:
    """Return plans as items."""
    vocabularies = load()
    bodies, iris, links = Bodies(vocabularies), Iris(vocabularies.base), Links()
    return [plan_items(identify(plan, bodies, links), iris) for plan in plans]


def main() -> None:
    """Make plans, compare them and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bodies", nargs="?", type=int, default=100)
    parser.add_argument("years", nargs="?", type=int, default=8)
    parser.add_argument("rows", nargs="?", type=int, default=60)
    options = parser.parse_args()
    plans = as_items(make_plans(options.bodies, options.years, options.rows))
    rows = sum(len(plan.items) for plan in plans)
    before = _peak()
    start, wall = time.process_time(), time.perf_counter()
    pairs = reconcile(plans, find_successors(load()))
    seconds, elapsed = time.process_time() - start, time.perf_counter() - wall
    classes = Counter(outcome.link_class for pair in pairs for outcome in pair.outcomes if outcome.before)
    print(f"{len(plans)} plans, {rows:,} rows, {len(pairs)} pairs: {dict(classes)}")
    print(f"{seconds:.1f} s of processor, {elapsed:.1f} s; peak {_peak()} MB, of which the plans {before} MB")


def _peak() -> int:
    """Return the most memory that this process had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
