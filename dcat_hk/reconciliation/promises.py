"""
What plans list -> promises: one for each dataset that some plan listed as planned, over all the years.

In: what each plan lists, and the steps between plans. Out: promises, each with everything that is known of its dataset.
A dataset goes on where a step links two rows, and wherever a plan lists the same identifier.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ..core.text import fold
from .evidence import PortalEvidence, judge_month
from .listings import ListedPlan, Listing, PlanStep


class Appearance(NamedTuple):
    """A dataset in a plan: the number of the plan from the oldest on, the plan, and what it lists."""

    number: int
    plan: ListedPlan
    listing: Listing


@dataclass(frozen=True)
class Promise:
    """
    A dataset that a plan listed as planned, with all that is known of it.

    Args:
        appearances: The dataset in every plan that lists it, from the oldest plan to the newest.

        newest: The newest known plans of the lines of bodies that list it, the newest last.

        is_waiting: Whether a person still has to say if another row is the same dataset.

        is_ended: Whether a person says that it was dropped or replaced.

        evidence: What the portal tells of the record that the dataset is, or may be; None if there is none.
    """

    appearances: tuple[Appearance, ...]
    newest: tuple[ListedPlan, ...]
    is_waiting: bool = False
    is_ended: bool = False
    evidence: PortalEvidence | None = None

    @cached_property
    def first(self) -> Appearance:
        """Return the row that promised the dataset first."""
        return next(one for one in self.appearances if one.listing.stage == "planned")

    @cached_property
    def planned(self) -> tuple[Appearance, ...]:
        """Return the dataset in the plans that list it as planned."""
        return tuple(one for one in self.appearances if one.listing.stage == "planned")

    @cached_property
    def deliveries(self) -> tuple[Appearance, ...]:
        """
        Return the dataset in later plans than that of the promise, where they list it as released.

        What was released before it was promised, and is listed again in the same months, is no delivery.
        """
        later = [one for one in self._released if one.number > self.first.number]
        return tuple(one for one in later if not self.was_released_before or self._new_months(one))

    def _new_months(self, appearance: Appearance) -> list[str]:
        """Return the months of release that no plan had told before the promise."""
        before = {month for one in self._released if one.number <= self.first.number for month in one.listing.months}
        return sorted(set(appearance.listing.months) - before)

    @property
    def was_released_before(self) -> bool:
        """Return whether a plan lists the dataset as released that is not later than the promise."""
        return any(one.number <= self.first.number for one in self._released)

    @cached_property
    def _released(self) -> tuple[Appearance, ...]:
        """Return the dataset in the plans that list it as released."""
        return tuple(one for one in self.appearances if one.listing.stage == "released")

    @cached_property
    def current(self) -> Appearance | None:
        """Return the dataset where the newest plans list it as planned; None if they do not."""
        newest = {plan.iri for plan in self.newest}
        return next((one for one in reversed(self.planned) if one.plan.iri in newest), None)

    @property
    def targets(self) -> list[str]:
        """Return the months that were printed before any plan listed it as released, in the order of the plans."""
        return [one.listing.month for one in self._promising if one.listing.month]

    @property
    def _starts(self) -> list[str]:
        """Return the first month of each of the targets, which are intervals or months."""
        return [one.listing.start for one in self._promising if one.listing.start]

    @cached_property
    def _promising(self) -> tuple[Appearance, ...]:
        """Return the dataset in the plans that list it as planned, before any lists it as released."""
        released = self.deliveries[0].number if self.deliveries else None
        return tuple(one for one in self.planned if released is None or one.number < released)

    @property
    def first_target(self) -> str | None:
        """Return the first month that it was promised for."""
        return next(iter(self.targets), None)

    @property
    def last_target(self) -> str | None:
        """Return the newest month that it was promised for."""
        return next(reversed(self.targets), None)

    @property
    def first_start(self) -> str | None:
        """Return the first month of what it was first promised for: of a quarter the first of its three."""
        return next(iter(self._starts), None)

    @property
    def last_start(self) -> str | None:
        """Return the first month of what it was promised for last."""
        return next(reversed(self._starts), None)

    @property
    def moves(self) -> int:
        """Return how often a plan gave another month than the one before."""
        return sum(one != other for one, other in zip(self.targets, self.targets[1:], strict=False))

    @cached_property
    def delivery(self) -> Appearance | None:
        """
        Return the row that tells the earliest month of release, else the first that lists it as released.

        Where plans, or parts of a row, tell different months, the dataset was there in the earliest.
        """
        with_month = [one for one in self.deliveries if self._new_months(one)]
        earliest = min(with_month, key=lambda one: (self._new_months(one)[0], one.number), default=None)
        return earliest or next(iter(self.deliveries), None)

    @cached_property
    def by_portal(self) -> PortalEvidence | None:
        """Return what the portal tells of the delivery; nothing of what was released before it was promised."""
        return None if self.was_released_before or (self.evidence and self.evidence.is_candidate) else self.evidence

    @cached_property
    def by_candidate(self) -> PortalEvidence | None:
        """Return what the portal tells of a record that a person still has to link with the dataset or not."""
        is_candidate = self.evidence is not None and self.evidence.is_candidate
        return self.evidence if is_candidate and not self.was_released_before else None

    @property
    def is_open(self) -> bool:
        """Return whether a person still has to say if another row, or a record of the portal, is the same dataset."""
        return self.is_waiting or self.by_candidate is not None

    @property
    def is_delivered(self) -> bool:
        """Return whether a plan lists the dataset as released, or the portal has it."""
        return self.delivery is not None or self.by_portal is not None

    @property
    def stated_month(self) -> str | None:
        """Return the month of release, if a plan tells it."""
        return next(iter(self._new_months(self.delivery)), None) if self.delivery else None

    @cached_property
    def delivered(self) -> str | None:
        """Return the month of release, if a plan tells it, else the one that the portal tells."""
        stated = self.stated_month
        if stated or self.by_portal is None:
            return stated
        month = judge_month(self.by_portal, self.first.plan.month, self.targets)
        # What a plan lists as released was there when the plan was made.
        is_late = self.delivery is not None and month > self.delivery.plan.month
        return None if is_late else month or None


class _Sets:
    """Sets of records that are joined: each record begins in a set of its own."""

    def __init__(self) -> None:
        """Begin without records."""
        self._parents: dict[str, str] = {}

    def find(self, name: str) -> str:
        """Return what stands for the set of a record."""
        path = [name]
        while (parent := self._parents.get(path[-1], path[-1])) != path[-1]:
            path.append(parent)
        self._parents.update(dict.fromkeys(path, path[-1]))
        return path[-1]

    def join(self, one: str, other: str) -> None:
        """Make two sets one."""
        self._parents[self.find(one)] = self.find(other)


def find_promises(
    plans: Iterable[ListedPlan],
    steps: Sequence[PlanStep],
    denied: Collection[tuple[str, str]] = (),
    evidence: Mapping[str, PortalEvidence] | None = None,
) -> tuple[Promise, ...]:
    """
    Return the promises of plans: by the plan that promised first, then in the order of that plan.

    Args:
        plans: What is known: plans of any number of bodies, in any order.

        steps: The steps between them.

        denied: Pairs of records that a person says are not of one dataset, each in the order of their plans.

        evidence: What the portal tells of the records that datasets are, by the identifiers of these.
    """
    ordered = sort_plans(plans)
    datasets, lines = _gather_datasets(ordered, steps), _Lines(ordered, steps, evidence or {})
    returned = {
        row.listing.record
        for gone, rows in _find_returned(datasets, lines)
        if not _are_denied(gone, rows, denied)
        for row in (*gone, *rows)
    }
    promises = [
        lines.promise(appearances, is_waiting=not returned.isdisjoint(one.listing.record for one in appearances))
        for appearances in datasets
        if any(one.listing.stage == "planned" for one in appearances)
    ]
    records = [listing.record for plan in ordered for listing in plan.listings]
    place = {record: number for number, record in enumerate(records)}
    return tuple(sorted(promises, key=lambda promise: place[promise.first.listing.record]))


def find_returned(plans: Iterable[ListedPlan], steps: Sequence[PlanStep]) -> list[tuple[Listing, Listing]]:
    """
    Return what a plan lists for the last time, with what a later plan lists for the first time and may be the same.

    Args:
        plans: What is known.

        steps: The steps between them.
    """
    ordered = sort_plans(plans)
    pairs = _find_returned(_gather_datasets(ordered, steps), _Lines(ordered, steps))
    return [(gone[-1].listing, rows[0].listing) for gone, rows in pairs]


def _gather_datasets(ordered: Sequence[ListedPlan], steps: Sequence[PlanStep]) -> list[list[Appearance]]:
    """Return the rows of each dataset, from the oldest plan to the newest."""
    rows = [Appearance(number, plan, listing) for number, plan in enumerate(ordered) for listing in plan.listings]
    sets, by_record = _Sets(), {row.listing.record: row for row in rows}
    for row in rows:
        sets.join(row.listing.record, f"dataset {row.listing.identifier}")
    for older, newer in _continuations(steps, by_record):
        sets.join(older, newer)
    datasets: dict[str, list[Appearance]] = {}
    for row in rows:
        datasets.setdefault(sets.find(row.listing.record), []).append(row)
    return list(datasets.values())


def _find_returned(
    datasets: Sequence[Sequence[Appearance]], lines: _Lines
) -> Iterator[tuple[Sequence[Appearance], Sequence[Appearance]]]:
    """
    Yield pairs of datasets that may be one although a plan between them lists neither.

    Only consecutive plans are compared. A dataset that the next plan lacks may have come back in a plan after that,
    under its title or one like it: a person has to say whether it did.

    Args:
        datasets: The rows of each dataset, from the oldest plan to the newest.

        lines: Which plan is followed by which.
    """
    beginning: dict[str, list[Sequence[Appearance]]] = {}
    for rows in datasets:
        beginning.setdefault(rows[0].plan.iri, []).append(rows)
    for gone in datasets:
        if lines.is_ended(gone[-1].listing.record):
            continue
        for plan in lines.plans_beyond(gone[-1].plan.iri):
            for rows in beginning.get(plan, ()):
                if _may_be_one(gone[-1].listing, rows[0].listing):
                    yield gone, rows


def _are_denied(older: Sequence[Appearance], newer: Sequence[Appearance], denied: Collection[tuple[str, str]]) -> bool:
    """Tell whether a person says of any two rows of two datasets that they are not of one."""
    return any((one.listing.record, other.listing.record) in denied for one in older for other in newer)


def _may_be_one(older: Listing, newer: Listing) -> bool:
    """Tell whether two listings may be of one dataset, by what they are called and who owns them."""
    # It takes long to import, and most builds of one plan have nothing to compare.
    from .alternatives import are_titles_alike

    own, other = older.key.organisation, newer.key.organisation
    is_other_body = own is not None and other is not None and fold(own) != fold(other)
    return not is_other_body and are_titles_alike(older.title, newer.title)


def sort_plans(plans: Iterable[ListedPlan]) -> list[ListedPlan]:
    """Return plans from the oldest to the newest, whatever the order in which they were given."""
    return sorted(plans, key=lambda plan: (plan.years, plan.month, plan.iri))


def _continuations(steps: Sequence[PlanStep], by_record: Mapping[str, Appearance]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of records, older and newer, in which a dataset goes on."""
    for step in steps:
        for older, newer in step.links.items():
            known = [by_record[record].listing for record in newer if record in by_record]
            if older in by_record and known:
                yield older, main_listing(by_record[older].listing, known).record


def main_listing(before: Listing, after: Sequence[Listing]) -> Listing:
    """
    Return the row that goes on with a dataset; any others are versions of it and datasets of their own.

    Args:
        before: What the older plan lists.

        after: The rows of the newer plan that are linked with it, at least one.
    """

    def rank(listing: Listing) -> tuple[bool, bool]:
        return listing.stage != "released", bool(listing.key.spatial) != bool(before.key.spatial)

    return min(after, key=rank)


class _Lines:
    """What steps tell of plans and records: which plan is followed by which, and where nothing is settled."""

    def __init__(
        self,
        plans: Sequence[ListedPlan],
        steps: Sequence[PlanStep],
        evidence: Mapping[str, PortalEvidence] | None = None,
    ) -> None:
        """Look at the steps between plans that come from the oldest to the newest, and at what the portal tells."""
        self._evidence = evidence or {}
        self._plans = {plan.iri: plan for plan in plans}
        self._number = {plan.iri: number for number, plan in enumerate(plans)}
        self._next: dict[str, list[str]] = {}
        self._reached: dict[str, set[str]] = {}
        for step in steps:
            self._next.setdefault(step.before, []).append(step.after)
        self._waiting = {record for step in steps for record in step.waiting}
        self._ended = {record for step in steps for record in step.ended}
        self._settled = {record for step in steps for records in (step.links, step.missing) for record in records}

    def promise(self, appearances: Sequence[Appearance], *, is_waiting: bool = False) -> Promise:
        """Return the promise of a dataset, and whether a person has to say if it is another one."""
        last = appearances[-1]
        records = {one.listing.record for one in appearances}
        # What a person ended, and a later plan lists, has not ended.
        is_ended = any(one.number == last.number and one.listing.record in self._ended for one in appearances)
        is_unsettled = last.plan.iri in self._next and not any(
            one.listing.record in self._settled for one in appearances if one.number == last.number
        )
        newest = {iri for one in appearances for iri in self._newest(one.plan.iri)}
        return Promise(
            tuple(appearances),
            tuple(self._plans[iri] for iri in sorted(newest, key=self._number.__getitem__)),
            is_waiting or bool(records & self._waiting) or (is_unsettled and not is_ended),
            is_ended,
            self._evidence_of(appearances),
        )

    def _evidence_of(self, appearances: Sequence[Appearance]) -> PortalEvidence | None:
        """Return what the portal tells of a dataset: of the oldest record that it is, else of one that it may be."""
        found = {one.listing.identifier: self._evidence.get(one.listing.identifier) for one in appearances}
        known = [one for one in found.values() if one is not None]
        return min(known, key=lambda one: (one.is_candidate, one.by, one.record), default=None)

    def is_ended(self, record: str) -> bool:
        """Tell whether a person says that the dataset of a record was dropped or replaced."""
        return record in self._ended

    def plans_beyond(self, plan: str) -> list[str]:
        """Return the plans that come after those that follow a plan at once; it is not compared with them."""
        return sorted(self._reach(plan) - {plan, *self._next.get(plan, ())})

    def _newest(self, plan: str) -> set[str]:
        """Return the last plans that a plan leads to."""
        return {iri for iri in self._reach(plan) if not self._next.get(iri)}

    def _reach(self, plan: str) -> set[str]:
        """Return a plan and all plans that it leads to."""
        if plan in self._reached:
            return self._reached[plan]
        reached, waiting = {plan}, [plan]
        while waiting:
            for other in self._next.get(waiting.pop(), ()):
                if other not in reached:
                    reached.add(other)
                    waiting.append(other)
        self._reached[plan] = reached
        return reached
