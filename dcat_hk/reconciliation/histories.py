"""
Pairs of plans -> what each plan's graph says of the years before: changes, revisions and promises.

In: the plans of some lines of bodies and the pairs between them. Out: for each plan a `PlanHistory`. Nothing in it
depends on the day on which it is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from .evidence import PortalEvidence
from .fates import count_months
from .items import Item, PlanItems
from .judgements import Judgements
from .listings import list_plan, step_of
from .outcomes import Fate, Outcome, PlanPair
from .promises import Promise, find_promises
from .states import DeliveryBasis, basis_of

_NO_JUDGEMENTS = Judgements()


class ItemChange(NamedTuple):
    """
    What became of an item in the next plan. Items are named by the IRIs of their records.

    `decided` is the month of the last judgement that names it or what it is linked with.
    """

    before: str
    after: tuple[str, ...]
    fate: Fate
    months: int | None
    differs: tuple[str, ...]
    candidates: tuple[str, ...]
    decided: str | None = None


#: Where a promise stands, whatever the day; called as fates and stages are.
Standing = Literal["released", "planned", "undated", "reopened", "no-longer-listed", "dropped", "open"]


class PromiseFacts(NamedTuple):
    """
    What is known of a promise when all plans are known.

    Args:
        dataset: The identifier of its dataset.

        first: The record that promised it first.

        last: The newest record that lists it as planned.

        standing: What all plans together say of it.

        until: The last month that the newest plan is for, if that plan lists it as planned.

        first_target: The first month that it was promised for.

        last_target: The newest month that it was promised for.

        moves: How often the month was changed.

        delivered: The month of release.

        delivered_by: The record that says that it was released, or the page of the portal's record.

        delay: The months from the first target to the release.

        basis: What the month of release, or that it was released, rests on; None if it was not.

        evidence: What the portal tells of it; None if it is linked with no record.
    """

    dataset: str
    first: str
    last: str
    standing: Standing
    until: str | None
    first_target: str | None
    last_target: str | None
    moves: int
    delivered: str | None
    delivered_by: str | None
    delay: int | None
    basis: DeliveryBasis | None = None
    evidence: PortalEvidence | None = None


class OlderRecord(NamedTuple):
    """A record of an older plan: its IRI, the identifier of its dataset, and the month of its plan."""

    iri: str
    identifier: str
    month: str


@dataclass(slots=True)
class PlanHistory:
    """
    What the graph of a plan says of the years before.

    Args:
        before: The IRIs of the plans that it follows.

        skipped: The years between for which no plan was read.

        changes: What became of each item of the plans before.

        waiting: Records of the plan that a person has to link or not, and that no change names.

        revisions: The older records that each record goes on with.

        promises: The promises whose datasets no newer plan lists.
    """

    before: list[str] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    changes: list[ItemChange] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    revisions: dict[str, list[OlderRecord]] = field(default_factory=dict)
    promises: list[PromiseFacts] = field(default_factory=list)


def write_histories(
    plans: Sequence[PlanItems],
    pairs: Sequence[PlanPair],
    judgements: Judgements = _NO_JUDGEMENTS,
    evidence: Mapping[str, PortalEvidence] | None = None,
) -> dict[str, PlanHistory]:
    """
    Return what each plan's graph says of the years before, by the IRI of the plan.

    Args:
        plans: The plans of some lines of bodies.

        pairs: The pairs between them.

        judgements: What people say of them.

        evidence: What the portal tells of datasets, by identifier.
    """
    decided: dict[str, str] = {}
    for judgement in judgements.counting:
        for record in judgement.rows:
            decided[record] = max(decided.get(record, ""), judgement.dated[:7])
    histories = {plan.iri: PlanHistory() for plan in plans}
    for pair in pairs:
        _add_pair(histories[pair.after.iri], pair, decided)
    steps = [step_of(pair) for pair in pairs]
    promises = find_promises(map(list_plan, plans), steps, judgements.denied_pairs(), evidence)
    for promise in promises:
        histories[promise.appearances[-1].plan.iri].promises.append(_facts_of(promise))
    return histories


def _add_pair(history: PlanHistory, pair: PlanPair, decided: Mapping[str, str]) -> None:
    """Add what became of each item of an older plan."""
    history.before.append(pair.before.iri)
    history.skipped += [year for year in pair.skipped if year not in history.skipped]
    named: set[str] = set()
    for outcome in pair.outcomes:
        if outcome.before is None:
            continue
        change = _change_of(outcome.before, outcome, decided)
        history.changes.append(change)
        named.update(change.candidates)
        for item in outcome.after if outcome.fate != "replaced" else ():
            for record, older in _revisions(outcome.before, item, pair.before.month):
                history.revisions.setdefault(record, []).append(older)
    open_ones = [
        item.record for one in pair.outcomes if one.before is None and one.fate == "open" for item in one.after
    ]
    history.waiting += [record for record in open_ones if record not in named]


def _change_of(before: Item, outcome: Outcome, decided: Mapping[str, str]) -> ItemChange:
    """Return what became of an item."""
    months = [decided[item.record] for item in (before, *outcome.after) if item.record in decided]
    return ItemChange(
        before.record,
        tuple(item.record for item in outcome.after),
        outcome.fate,
        outcome.months,
        outcome.differs,
        tuple(candidate.after.record for candidate in outcome.candidates),
        max(months, default=None),
    )


def _revisions(before: Item, after: Item, month: str) -> Iterator[tuple[str, OlderRecord]]:
    """Yield each record of an item that goes on with one of an older item, of the same part, and that one."""
    older = {row.entry.part: OlderRecord(row.record, before.kept, month) for row in before.rows}
    yield from ((row.record, older[row.entry.part]) for row in after.rows if row.entry.part in older)


def _facts_of(promise: Promise) -> PromiseFacts:
    """Return what is known of a promise."""
    first, current, delivered = promise.first_target, promise.current, promise.delivered
    basis = basis_of(promise)[0] if promise.is_delivered else None
    return PromiseFacts(
        promise.first.listing.identifier,
        promise.first.listing.record,
        promise.planned[-1].listing.record,
        _standing(promise),
        current.plan.end if current and not promise.is_delivered else None,
        first,
        promise.last_target,
        promise.moves,
        delivered,
        _shown_by(promise, basis),
        count_months(first, delivered) if first and delivered else None,
        basis,
        promise.evidence,
    )


def _shown_by(promise: Promise, basis: str | None) -> str | None:
    """Return what shows that a promise was kept: a row of a plan, or the page of a record."""
    if basis == "portal":
        return promise.by_portal.record if promise.by_portal else None
    return promise.delivery.listing.record if promise.delivery else None


def _standing(promise: Promise) -> Standing:
    """Return what all plans together say of a promise, by the rules that states follow."""
    if promise.is_ended:
        return "dropped"
    if promise.is_delivered:
        return "released"
    if promise.is_open:
        return "open"
    if promise.was_released_before:
        return "reopened"
    if promise.current is None:
        return "no-longer-listed"
    return "planned" if promise.current.listing.month else "undated"
