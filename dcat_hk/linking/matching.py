"""
Plans and a snapshot of the portal -> what each printed row is there.

In: plans as items, a snapshot, and what people say. Out: a `RowLink` for each printed row, in the order of the plans.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..core.vocabularies import Vocabularies
from ..portal.created import find_created
from ..portal.records import PortalRecord
from ..portal.snapshots import PortalSnapshot
from ..reconciliation.items import ItemRow, PlanItems
from ..reconciliation.lines import plan_order
from .blocks import Block, ProviderNames, make_block
from .choosing import Choice, choose
from .comparing import Comparer
from .glossary import load_glossary
from .outcomes import LinkCandidate, PortalDecisions, Relation, RowLink
from .rows import LinkUnit, PlacedItem, PlanLine, find_lines, is_due, is_undated_promise
from .scoring import BlockScores, Embed, Scorer
from .titles import count_english
from .weights import Linking, Model, load_linking


@dataclass(frozen=True)
class LinkingTask:
    """
    What is linked with what.

    Args:
        plans: Plans as items.

        snapshot: The records of the portal.

        vocabularies: The bodies.

        successors: The codes of the bodies that replaced a body, by its code.

        model: Which model compares titles across languages.

        embed: Gives vectors of titles; None without a model.

        decisions: What people say.

        same: Pairs of records of plans that are known to be of one dataset.
    """

    plans: Sequence[PlanItems]
    snapshot: PortalSnapshot
    vocabularies: Vocabularies
    successors: Mapping[str, tuple[str, ...]]
    model: Model = "none"
    embed: Embed | None = None
    decisions: PortalDecisions = field(default_factory=PortalDecisions)
    same: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _UnitChoice:
    """What is chosen for a unit, with the records by name."""

    unit: LinkUnit
    block: Block
    choice: Choice

    @property
    def record(self) -> PortalRecord | None:
        """Return the record that is chosen."""
        return None if self.choice.column is None else self.block.records[self.choice.column]

    @property
    def candidates(self) -> tuple[LinkCandidate, ...]:
        """Return the records that it may be, best first."""
        scores = {place: sum(own.values()) for place, own in self.choice.evidence.items()}
        return tuple(
            LinkCandidate(
                self.block.records[place].slug,
                round(scores[place], 2),
                self.choice.evidence[place],
                scores[place] > self.choice.none,
            )
            for place in self.choice.candidates
        )


def link_rows(task: LinkingTask) -> list[RowLink]:
    """
    Return what each printed row is on the portal.

    Args:
        task: What is linked with what.
    """
    linking = load_linking()
    english = [record.titles["en"] for record in task.snapshot.records.values() if "en" in record.titles]
    comparer = Comparer(
        load_glossary(with_dictionary=task.model != "none"), count_english(english), len(english), linking
    )
    created = {slug: day[:7] for slug, day in find_created(task.snapshot).items()}
    scorer = Scorer(task.model, comparer, linking, created, task.embed)
    names = ProviderNames(task.vocabularies, task.snapshot, task.successors)
    chosen: list[_UnitChoice] = []
    for line in find_lines(task.plans, task.successors, task.snapshot.month, task.same):
        chosen += _choose_line(line, task, names, scorer, linking)
    return _tell_rows(task, _settle(chosen), linking)


def _choose_line(
    line: PlanLine, task: LinkingTask, names: ProviderNames, scorer: Scorer, linking: Linking
) -> list[_UnitChoice]:
    """Return what is chosen for the units of a line of plans."""
    block = make_block(line, task.snapshot, names)
    if not block.units:
        return []
    scores = _restrict(scorer.score(block), block, task.decisions)
    is_sure = [any(not is_undated_promise(placed.entry) for placed in unit.items) for unit in block.units]
    slugs = [record.slug for record in block.records]
    choices = choose(scores, task.model, linking, is_sure, slugs)
    return [_UnitChoice(unit, block, choice) for unit, choice in zip(block.units, choices, strict=True)]


def _restrict(scores: BlockScores, block: Block, decisions: PortalDecisions) -> BlockScores:
    """Return scores in which nothing stands against what people say."""
    if not decisions.linked and not decisions.denied:
        return scores
    allowed = scores.allowed.copy()
    column_of = {record.slug: column for column, record in enumerate(block.records)}
    for line, unit in enumerate(block.units):
        for slug, column in column_of.items():
            if (unit.main.item.kept, slug) in decisions.denied:
                allowed[line, column] = False
    owners = _find_owners(block, decisions)
    for slug, lines in owners.items():
        if slug in column_of:
            column = column_of[slug]
            for line in range(len(block.units)):
                allowed[line, column] &= line in lines
    return replace(scores, allowed=allowed)


def _find_owners(block: Block, decisions: PortalDecisions) -> dict[str, set[int]]:
    """Return the lines of the units that people say a record is, by the record; those of all other blocks have none."""
    owners: dict[str, set[int]] = {
        slug: set() for own in decisions.linked.values() for slug, relation in own.items() if relation == "exact"
    }
    for line, unit in enumerate(block.units):
        for placed in unit.items:
            for slug, relation in decisions.linked.get(placed.item.kept, {}).items():
                if relation == "exact":
                    owners[slug].add(line)
    return owners


def _settle(chosen: Sequence[_UnitChoice]) -> list[_UnitChoice]:
    """Return choices in which no record is chosen by two lines of plans: then it is the publisher's, or nobody's."""
    by_slug: dict[str, list[int]] = {}
    for number, one in enumerate(chosen):
        if one.record:
            by_slug.setdefault(one.record.slug, []).append(number)
    settled = list(chosen)
    for numbers in by_slug.values():
        if len(numbers) < 2:
            continue
        of_publisher = [n for n in numbers if chosen[n].record.provider in chosen[n].unit.publishers]  # type: ignore[union-attr]
        for number in numbers:
            if of_publisher != [number]:
                one = chosen[number]
                settled[number] = replace(one, choice=replace(one.choice, column=None, why=None))
    return settled


# ---- rows


def _tell_rows(task: LinkingTask, chosen: Sequence[_UnitChoice], linking: Linking) -> list[RowLink]:
    """Return what is said of each printed row."""
    by_record = {placed.item.record: one for one in chosen for placed in one.unit.items}
    return [
        _tell_row(PlacedItem(plan, item), row, place, by_record.get(item.record), task, linking)
        for plan in sorted(task.plans, key=plan_order)
        for item in plan.items
        for place, row in enumerate(item.rows)
    ]


def _tell_row(
    placed: PlacedItem, row: ItemRow, place: int, chosen: _UnitChoice | None, task: LinkingTask, linking: Linking
) -> RowLink:
    """Return what is said of one printed row."""
    link = RowLink(placed.plan, placed.item, row)
    if chosen is None or not is_due(row.entry, task.snapshot.month):
        return link
    judged = _find_judged(placed, chosen.unit, task)
    if judged:
        slug, relation = judged
        relation = "broad" if place and relation == "exact" else relation
        return replace(
            link,
            slug=slug,
            relation=relation,
            confidence=linking.confidence["judged"],
            is_judged=True,
            candidates=(LinkCandidate(slug, 0.0),),
        )
    record, dataset = chosen.record, placed.item.kept
    if dataset in task.decisions.undecided:
        return replace(link, candidates=chosen.candidates)
    if record is None or (dataset, record.slug) in task.decisions.denied or is_undated_promise(row.entry):
        return replace(link, candidates=chosen.candidates)
    relation = "exact" if not place and dataset == _find_exact(chosen.unit, record) else "broad"
    return replace(
        link,
        slug=record.slug,
        relation=relation,
        confidence=_find_confidence(chosen.choice, task.model, linking),
        is_equal=chosen.choice.why == "equal",
        candidates=chosen.candidates,
    )


def _find_judged(placed: PlacedItem, unit: LinkUnit, task: LinkingTask) -> tuple[str, Relation] | None:
    """Return the record that a person says a row is; of the other rows of a unit that they are part of it."""
    own = _in_order(task, task.decisions.linked.get(placed.item.kept, {}))
    if own:
        return own[0]
    others = [
        pair
        for other in unit.items
        for pair in _in_order(task, task.decisions.linked.get(other.item.kept, {}))
        if pair[1] == "exact" and (placed.item.kept, pair[0]) not in task.decisions.denied
    ]
    return (others[0][0], "broad") if others else None


def _in_order(task: LinkingTask, linked: Mapping[str, Relation]) -> list[tuple[str, Relation]]:
    """Return judged records that the snapshot has, one to one first."""
    there = [(slug, relation) for slug, relation in linked.items() if slug in task.snapshot.records]
    return sorted(there, key=lambda pair: (pair[1] != "exact", pair[0]))


def _find_exact(unit: LinkUnit, record: PortalRecord) -> str:
    """Return which dataset of a unit the record is: the spatial one if it has nothing but an API."""
    if record.formats == ("API",):
        spatial = next((placed.item.kept for placed in unit.items if placed.entry.spatial), None)
        if spatial is not None:
            return spatial
    return unit.main.item.kept


def _find_confidence(choice: Choice, model: Model, linking: Linking) -> float:
    """Return the share of right links that was measured for a class."""
    names = {"equal": "equal", "like": "like", "signals": model}
    return linking.confidence[names[choice.why or "signals"]]
