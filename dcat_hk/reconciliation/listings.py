"""
What fulfilment needs of plans and of what was found between them, however it was come by: from files, or from a graph.

In: items and pairs of plans. Out: what each plan lists, and the steps from each plan to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ..core.plan import Stage
from .items import Item, ItemKey, PlanItems
from .outcomes import Outcome, PlanPair

#: Fates that only a person can give; they end a dataset.
ENDINGS = frozenset({"dropped", "replaced"})


class Listing(NamedTuple):
    """
    What one plan lists of one dataset.

    Args:
        record: The IRI of the first row's record.

        identifier: The identifier that the dataset is published under.

        key: What a person would call the row.

        stage: Whether the plan says that it is planned or released.

        months: The months that it is planned for or was released in, those of further parts too; of an interval the
            last one.

        title: Its title as printed.

        category: Its category as printed.

        row: The short name of the row.

        starts: The first months of those months that are the last ones of intervals, such as quarters.
    """

    record: str
    identifier: str
    key: ItemKey
    stage: Stage
    months: tuple[str, ...]
    title: str
    category: str
    row: str
    starts: tuple[tuple[str, str], ...] = ()

    @property
    def month(self) -> str | None:
        """Return the month of the first row that has one."""
        return next(iter(self.months), None)

    @property
    def start(self) -> str | None:
        """Return the first month of the interval that the month is the last of; the month where there is none."""
        return dict(self.starts).get(self.month or "", self.month)


@dataclass(frozen=True, slots=True)
class ListedPlan:
    """
    A plan as a list of datasets.

    Args:
        iri: The plan's IRI.

        body: The code of the body whose plan it is.

        month: The month that the plan counts from.

        years: The first and last year that it is for.

        listings: What it lists, in its order.

        name: What the body is called where no vocabulary has it. It is no part of what is known of a plan.
    """

    iri: str
    body: str
    month: str
    years: tuple[int, int]
    listings: tuple[Listing, ...]
    name: str = field(default="", compare=False)

    @property
    def end(self) -> str:
        """Return the last month that the plan is for."""
        return f"{self.years[1]}-12"


@dataclass(frozen=True, slots=True)
class PlanStep:
    """
    From one plan to the next of its line: what is known of each dataset. Datasets are named by their records.

    Args:
        before: The older plan.

        after: The newer plan.

        links: For records of the older plan those of the newer one that go on with the dataset.

        waiting: Records of both plans that may be linked; a person has to say.

        ended: Records of the older plan that a person says were dropped or replaced.

        missing: Records of the older plan that the newer one has no longer.

        decided: For records of the older plan the month in which a person judged them, where what is known rests on it.
    """

    before: str
    after: str
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    waiting: frozenset[str] = frozenset()
    ended: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    decided: Mapping[str, str] = field(default_factory=dict)

    def known_in(self, month: str) -> PlanStep:
        """Return the step without what people judged after a month: their records wait."""
        later = {record for record, decided in self.decided.items() if decided > month}
        if not later:
            return self
        newer = {record for older in later for record in self.links.get(older, ())}
        return PlanStep(
            self.before,
            self.after,
            {older: records for older, records in self.links.items() if older not in later},
            self.waiting | later | newer,
            self.ended - later,
            self.missing - later,
        )


def list_plan(plan: PlanItems) -> ListedPlan:
    """Return a plan as a list of datasets."""
    head = plan.head
    return ListedPlan(plan.iri, plan.body, plan.month, head.years, tuple(map(_listing, plan.items)), head.bureau)


def _listing(item: Item) -> Listing:
    """Return what a plan lists as one item."""
    entry = item.entry
    months = (row.entry.date or (row.entry.period[1] if row.entry.period else None) for row in item.rows)
    told = tuple(filter(None, months))
    starts = tuple((row.entry.period[1], row.entry.period[0]) for row in item.rows if row.entry.period)
    printed = entry.title, entry.category, entry.row_name
    return Listing(item.record, item.kept, item.key, item.stage, told, *printed, starts)


def step_of(pair: PlanPair) -> PlanStep:
    """Return what was found between two plans, as records."""
    links: dict[str, tuple[str, ...]] = {}
    waiting: set[str] = set()
    for outcome in pair.outcomes:
        if outcome.fate == "open":
            waiting |= _waiting(outcome)
        elif outcome.before and outcome.after and outcome.fate not in ENDINGS:
            links[outcome.before.record] = tuple(item.record for item in outcome.after)
    return PlanStep(
        pair.before.iri,
        pair.after.iri,
        links,
        frozenset(waiting),
        _older(pair.outcomes, ENDINGS),
        _older(pair.outcomes, {"no-longer-listed"}),
    )


def _waiting(outcome: Outcome) -> set[str]:
    """Return the records that an open outcome leaves waiting."""
    items = [outcome.before] if outcome.before else list(outcome.after)
    return {item.record for item in items if item}


def _older(outcomes: Iterable[Outcome], fates: Iterable[str]) -> frozenset[str]:
    """Return the records of the older plan that have one of some fates."""
    return frozenset(outcome.before.record for outcome in outcomes if outcome.before and outcome.fate in fates)


def known_in(
    plans: Sequence[ListedPlan], steps: Sequence[PlanStep], month: str
) -> tuple[list[ListedPlan], list[PlanStep]]:
    """
    Return the plans that are known in a month, and the steps between them.

    Where a plan is followed by plans of several bodies, of which some are not known yet, a dataset that the known ones
    lack may stand in the others: it waits. Where a plan between two known ones is not known yet, nothing is settled
    between them but by identifiers.

    Args:
        plans: Plans of any number of bodies.

        steps: The steps between them.

        month: A month, as in 2024-03.
    """
    known = {plan.iri for plan in plans if plan.month <= month}
    following: dict[str, list[str]] = {}
    for step in steps:
        following.setdefault(step.before, []).append(step.after)
    later = {before for before, after in following.items() if not known.issuperset(after)}
    between = [step.known_in(month) for step in steps if step.before in known and step.after in known]
    bridges = [PlanStep(iri, other) for iri in sorted(later & known) for other in _known_after(iri, following, known)]
    return [plan for plan in plans if plan.iri in known], [
        *(replace(step, waiting=step.waiting | step.missing) if step.before in later else step for step in between),
        *bridges,
    ]


def _known_after(plan: str, following: Mapping[str, Sequence[str]], known: set[str]) -> list[str]:
    """Return the known plans that a plan leads to through plans that are not known."""
    reached: dict[str, bool] = {}
    waiting = [other for other in following.get(plan, ()) if other not in known]
    while waiting:
        for other in following.get(waiting.pop(), ()):
            if other not in reached:
                reached[other] = other in known
                waiting += [] if other in known else [other]
    return [iri for iri, is_known in reached.items() if is_known]
