"""
Measures how well the rows of plans are found again a year later.

In: the seeds and the plans of the evaluation set. Out: a table of figures on simulated next plans, and how often two
different rows of one plan are linked; exit code 1 if a threshold is missed. With --write-readme the table also goes
into README.md.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dcat_hk.build.timeline import plan_items
from dcat_hk.catalogue.mapping.identities import Bodies, Links, identify
from dcat_hk.catalogue.mapping.iris import Iris
from dcat_hk.core.plan import Plan
from dcat_hk.core.text import fold
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_file
from dcat_hk.reading.parsing import read_plan
from dcat_hk.reconciliation.items import PlanItems
from dcat_hk.reconciliation.outcomes import Outcome
from dcat_hk.reconciliation.reconcile import reconcile

sys.path.insert(0, str(Path(__file__).parent))

from nextplans import NextPlan, make_next_plan

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"
#: How many next plans are made of each plan.
NEXT_PLANS = 10
#: Every how many pairs of different rows one is tried.
STEP = 3


@dataclass(frozen=True)
class Measure:
    """A share that is measured: what is counted, of what, and the least or most that is required."""

    name: str
    part: str
    whole: str
    least: float = 0.0
    most: float = 1.0


MEASURES = (
    Measure("links of equal titles that are right", "same links right", "same links", least=0.997),
    Measure("links of renamed rows that are right", "renamed links right", "renamed links", least=0.99),
    Measure("renamed rows that are linked", "renamed, linked", "renamed", least=0.2),
    Measure("renamed rows that are linked or a candidate", "renamed, linked or candidate", "renamed", least=0.93),
    Measure("rows said to be no longer listed that are there", "there, said no longer listed", "items", most=0.01),
    Measure("rows that are gone and said to be no longer listed", "gone, said no longer listed", "gone", least=0.8),
    Measure("rows that are new and said to be new", "new, said new", "new", least=0.85),
)


@dataclass
class Tally:
    """What was said of simulated plans, as counts, and each thing that was wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def share(self, measure: Measure) -> float:
        """Return a share that is measured; all of nothing is 1, and nothing of nothing 0 where less is better."""
        if not self.counts[measure.whole]:
            return measure.least and 1.0
        return self.counts[measure.part] / self.counts[measure.whole]

    def missed(self) -> list[str]:
        """Return the names of the shares that are not as required."""
        return [one.name for one in MEASURES if not one.least <= self.share(one) <= one.most]


def read_seeds() -> list[Plan]:
    """Return the plans of the seeds."""
    return [_read(path) for path in sorted(SEEDS.glob("*.txt"))]


def read_evaluation_plans() -> list[Plan]:
    """Return the plans of the evaluation set in each language."""
    return [_read(path) for path in sorted((HERE / "documents").glob("*.tabs.tsv"))]


def _read(path: Path) -> Plan:
    """Return the plan of a file."""
    return read_plan(read_file(path), load()).require()


def as_items(plan: Plan) -> PlanItems:
    """Return a plan as items that can be compared."""
    vocabularies = load()
    return plan_items(identify(plan, Bodies(vocabularies), Links()), Iris(vocabularies.base))


def simulate(plans: Sequence[Plan], count: int) -> Iterator[NextPlan]:
    """
    Yield next plans of each plan.

    Args:
        plans: The plans.

        count: How many of each.
    """
    for plan in plans:
        others = [other for other in plans if other.script == plan.script and other.bureau != plan.bureau]
        for seed in range(count):
            yield make_next_plan(plan, seed, others)


def measure(cases: Iterable[NextPlan]) -> Tally:
    """
    Return what is said of next plans, beside what is true.

    Args:
        cases: The plans.
    """
    tally = Tally()
    for case in cases:
        (pair,) = reconcile([as_items(case.before), as_items(case.after)], {})
        later = {place for own in case.same.values() for place in own}
        for outcome in pair.outcomes:
            if outcome.before:
                _count(tally, case, outcome)
            elif outcome.after[0].position not in later:
                tally.counts["new"] += 1
                tally.counts["new, said new"] += outcome.fate == "new"
    return tally


def _count(tally: Tally, case: NextPlan, outcome: Outcome) -> None:
    """Count what is said of one item of the older plan."""
    assert outcome.before
    counts, place = tally.counts, outcome.before.position
    truth = set(case.same.get(place, ()))
    linked = {item.position for item in outcome.after}
    known = linked | {one.after.position for one in outcome.candidates}
    counts["items"] += 1
    if linked:
        counts[f"{outcome.link_class} links"] += 1
        is_right = bool(linked & truth) and linked <= truth
        counts[f"{outcome.link_class} links right"] += is_right
        if not is_right:
            _tell(tally, case, outcome, f"wrong: {outcome.link_class}")
    if not truth:
        counts["gone"] += 1
        counts["gone, said no longer listed"] += outcome.fate == "no-longer-listed"
    elif outcome.fate == "no-longer-listed":
        counts["there, said no longer listed"] += 1
        _tell(tally, case, outcome, "missed")
    if truth and place in case.renamed:
        counts["renamed"] += 1
        counts["renamed, linked"] += bool(linked & truth)
        counts["renamed, linked or candidate"] += bool(known & truth)


def _tell(tally: Tally, case: NextPlan, outcome: Outcome, what: str) -> None:
    """Note what was wrong."""
    assert outcome.before
    said = " + ".join(item.entry.title for item in outcome.after)
    tally.wrong.append(f"{what}: {case.before.doc}: {outcome.before.entry.title} -> {said or 'nothing'}")


def find_strange_links(plan: Plan, step: int = 1) -> tuple[int, list[str]]:
    """
    Return how many pairs of different rows of a plan were tried, and those that were linked.

    Of each pair the one row is taken out of the newer copy of the plan and the other out of the older one. The spatial
    and the other version of a dataset, which have one title, are no such pair.

    Args:
        plan: The plan.

        step: Every how many pairs one is tried.
    """
    first, last = plan.years
    older, newer = as_items(plan), as_items(replace(plan, years=(first + 1, last + 1), dated=None))
    pairs = [
        (one, other)
        for one in older.items
        for other in newer.items
        if one.position != other.position and fold(one.entry.title) != fold(other.entry.title)
    ]
    linked: list[str] = []
    for one, other in pairs[::step]:
        olds = tuple(item for item in older.items if item.position != other.position)
        news = tuple(item for item in newer.items if item.position != one.position)
        (pair,) = reconcile([replace(older, items=olds), replace(newer, items=news)], {})
        outcome = next(outcome for outcome in pair.outcomes if outcome.before is one)
        if any(item is other for item in outcome.after):
            linked.append(f"{one.entry.title} -> {other.entry.title} ({outcome.link_class})")
    return len(pairs[::step]), linked


# ---- figures


def as_table(tallies: Sequence[tuple[str, Tally]], tried: int, strange: Sequence[str]) -> str:
    """
    Return the figures as a table in Markdown.

    Args:
        tallies: What was counted, by the name of a set of plans.

        tried: How many pairs of different rows were tried.

        strange: Those that were linked.
    """
    names = [name for name, _tally in tallies]
    lines = ["| share | required | " + " | ".join(names) + " |", "|---" * (len(names) + 2) + "|"]
    for one in MEASURES:
        required = f"≤ {one.most:g}" if one.most < 1 else f"≥ {one.least:g}"
        cells = [
            f"{tally.share(one):.4f} ({tally.counts[one.part]} of {tally.counts[one.whole]})"
            for _name, tally in tallies
        ]
        lines.append(f"| {one.name} | {required} | {' | '.join(cells)} |")
    lines.append(
        f"| links between different rows of one plan | 0 | {len(strange)} of {tried} |" + " |" * (len(names) - 1)
    )
    return "\n".join(lines) + "\n"


def write_readme(table: str, section: str = "timeline") -> None:
    """
    Put a table between the marks of its section in README.md.

    Args:
        table: The table in Markdown.

        section: What the marks call the section.
    """
    path = HERE / "README.md"
    text = path.read_text(encoding="utf-8")
    begin, end = f"<!-- --8<-- [start:{section}] -->\n", f"<!-- --8<-- [end:{section}] -->"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    path.write_text(pattern.sub(lambda _match: begin + table + end, text), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Print the figures and return the exit code.

    Args:
        arguments: As on the command line.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", "-v", action="store_true", help="list everything that is wrong")
    parser.add_argument("--write-readme", action="store_true", help="write the table into README.md")
    options = parser.parse_args(arguments)
    seeds = read_seeds()
    tallies = [
        ("seeds", measure(simulate(seeds, NEXT_PLANS))),
        ("evaluation set", measure(simulate(read_evaluation_plans(), NEXT_PLANS))),
    ]
    tried, strange = 0, list[str]()
    for plan in seeds:
        count, linked = find_strange_links(plan, STEP)
        tried, strange = tried + count, strange + linked
    table = as_table(tallies, tried, strange)
    if options.verbose:
        print(*(line for _name, tally in tallies for line in tally.wrong), *strange, sep="\n")
    if options.write_readme:
        write_readme(table)
    print(table, end="")
    missed = [f"{name}: {what}" for name, tally in tallies for what in tally.missed()]
    print(*(f"MISSED {one}" for one in missed), sep="\n", end="\n" if missed else "")
    return int(bool(missed or strange))


if __name__ == "__main__":
    sys.exit(main())
