"""
Outcomes of a comparison as text, and back: what was compared once need not be compared again.

In: a junction of plans, and the pairs that comparing gave. Out: a key, and JSON that names items by their places. The
key changes with the files of the plans and with what is decided about their items.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Protocol

from .decisions import ItemDecisions
from .items import Item, PlanItems
from .lines import Junction
from .outcomes import Candidate, Outcome, PlanPair


class PairStore(Protocol):
    """Keeps bytes by key."""

    def get(self, key: str) -> bytes | None:
        """Return what is kept under a key."""

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key."""


def key_of(junction: Junction, decisions: ItemDecisions, *, renames: bool) -> str:
    """
    Return the key of a comparison.

    Args:
        junction: The plans.

        decisions: What people and earlier runs decided.

        renames: Whether a link is made where titles differ.
    """
    records = {item.record for plan in (*junction.before, *junction.after) for item in plan.items}
    decided = [
        sorted((old, *new) for old, new in decisions.judged.items() if old in records),
        sorted(pair for pair in decisions.denied if pair[0] in records),
        sorted(pair for pair in decisions.ended.items() if pair[0] in records),
        sorted(decisions.undecided & records),
        sorted((old, repr(link)) for old, link in decisions.written.items() if old in records),
    ]
    sides = [[_name_plan(plan) for plan in plans] for plans in (junction.before, junction.after)]
    pairs = [(pair.before, pair.after, pair.skipped) for pair in junction.pairs]
    text = json.dumps([sides, pairs, sorted(junction.partly_unknown), decided, renames])
    return "pairs-" + hashlib.sha256(text.encode()).hexdigest()


def _name_plan(plan: PlanItems) -> list[str]:
    """Return what tells a plan from every other: its IRI, the digests of its files, and what it is read to say."""
    said = hashlib.sha256(repr(plan.items).encode()).hexdigest()
    return [plan.iri, plan.head.sha256, *(edition.sha256 for edition in plan.head.editions), said]


def write_pairs(junction: Junction, pairs: Sequence[PlanPair]) -> bytes:
    """
    Return the outcomes of pairs of plans as JSON.

    Args:
        junction: The plans.

        pairs: The pairs of the junction, in its order.
    """
    place = {item.record: (number, item.position) for number, plan in enumerate(junction.after) for item in plan.items}
    return json.dumps([[_write(one, place) for one in pair.outcomes] for pair in pairs]).encode()


def _write(outcome: Outcome, place: dict[str, tuple[int, int]]) -> list[Any]:
    """Return an outcome as a list."""
    candidates = [[*place[one.after.record], one.score, one.kind, dict(one.evidence)] for one in outcome.candidates]
    return [
        outcome.before.position if outcome.before else None,
        [place[item.record] for item in outcome.after],
        outcome.fate,
        outcome.months,
        outcome.differs,
        outcome.link_class,
        outcome.confidence,
        candidates,
        dict(outcome.evidence),
    ]


def read_pairs(junction: Junction, data: bytes, *, comparable: bool) -> list[PlanPair]:
    """
    Return the pairs of plans of a junction with outcomes that were kept.

    Args:
        junction: The plans.

        data: What `write_pairs` gave for them.

        comparable: Whether the plans have a language in common.
    """
    return [
        PlanPair(
            before=junction.before[pair.before],
            after=junction.after[pair.after],
            outcomes=tuple(_read(one, junction.before[pair.before], junction.after) for one in own),
            skipped=pair.skipped,
            comparable=comparable,
            partly_unknown=pair.before in junction.partly_unknown,
        )
        for pair, own in zip(junction.pairs, json.loads(data), strict=True)
    ]


def _read(values: list[Any], before: PlanItems, after: Sequence[PlanItems]) -> Outcome:
    """Return an outcome of a list."""

    def item(plan: int, position: int) -> Item:
        return after[plan].items[position]

    old, news, fate, months, differs, link_class, confidence, candidates, evidence = values
    return Outcome(
        before=None if old is None else before.items[old],
        after=tuple(item(*new) for new in news),
        fate=fate,
        months=months,
        differs=tuple(differs),
        link_class=link_class,
        confidence=confidence,
        candidates=tuple(Candidate(item(plan, place), *rest) for plan, place, *rest in candidates),
        evidence=evidence,
    )
