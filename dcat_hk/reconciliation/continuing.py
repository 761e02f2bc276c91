"""
Which row of a newer plan continues the dataset of an older one, and what follows for identifiers.

In: pairs of plans that were compared, and judgements. Out: pairs of items, lines for the ledger, findings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ..core.errors import Finding
from ..core.terms import Iri
from .identities import Additions, Identities, SameDataset, extend
from .items import Item, PlanItems
from .judgements import Judgements
from .outcomes import PlanPair


def same_datasets(pairs: Sequence[PlanPair], judgements: Judgements) -> Iterator[tuple[Item, Item]]:
    """
    Yield the items that state one dataset, the older one and the newer one.

    Of several rows that an item is linked with, one continues it: a spatial version is a dataset of its own.

    Args:
        pairs: Plans that were compared.

        judgements: What people say; a row that they judge a part is no continuation.
    """
    judged = judgements.judged_pairs()
    for pair in pairs:
        for outcome in pair.outcomes:
            before, after = outcome.before, outcome.after
            if before and outcome.link_class == "judged":
                after = tuple(item for item in after if (before.record, item.record) in judged)
            if before and after and outcome.link_class in {"same", "renamed", "judged"}:
                yield before, continuation(before, after)


def continuation(before: Item, after: Sequence[Item]) -> Item:
    """
    Return which of some rows states the dataset that an older row states.

    Args:
        before: The older row.

        after: The rows that it is linked with, at least one.
    """
    by_rule = [item for item in after if item.identifier == before.identifier]
    by_kept = [item for item in after if item.kept == before.kept]
    as_spatial = [item for item in after if bool(item.key.spatial) == bool(before.key.spatial)]
    return [*by_rule, *by_kept, *as_spatial, *after][0]


def find_additions(
    identities: Identities, plans: Sequence[PlanItems], pairs: Sequence[PlanPair], judgements: Judgements
) -> Additions:
    """
    Return what to append to the ledger.

    Args:
        identities: The ledger.

        plans: All plans.

        pairs: The pairs that were compared.

        judgements: What people say; they also link rows of plans that were not compared.
    """
    judged = judgements.judged_pairs()
    items = {item.record: item for plan in plans for item in plan.items}
    links = [
        SameDataset(*names, judged=(before.record, after.record) in judged)
        for before, after in same_datasets(pairs, judgements)
        for names in _identifiers(before, after)
    ]
    ranks = {item.record: (plan.month, number) for number, plan in enumerate(plans) for item in plan.items}
    for one, other in sorted(judged):
        if one in items and other in items and ranks[one] < ranks[other]:
            links += [SameDataset(*names, judged=True) for names in _identifiers(items[one], items[other])]
    denied = {
        (items[one].identifier, items[other].identifier)
        for one, other in judgements.denied_pairs()
        if one < other and one in items and other in items
    }
    in_order = sorted(plans, key=lambda plan: (plan.month, plan.head.years, plan.iri))
    return extend(identities, [_names(plan) for plan in in_order], links, denied)


def _names(plan: PlanItems) -> Collection[str]:
    """Return the identifiers that the rule gives the rows of a plan."""
    return {row.identifier for item in plan.items for row in item.rows}


def _identifiers(before: Item, after: Item) -> Iterator[tuple[str, str]]:
    """Yield the identifiers of two items, and those of their further parts."""
    parts = {row.entry.part: row.identifier for row in after.rows}
    for row in before.rows:
        if row.entry.part in parts:
            yield row.identifier, parts[row.entry.part]


def two_identifiers(pairs: Sequence[PlanPair], judgements: Judgements) -> dict[Iri, Finding]:
    """
    Return the findings on datasets that are published under two identifiers, by the newer plan.

    Args:
        pairs: Plans that were compared, their items with the identifiers that are published.

        judgements: What people say.
    """
    findings: dict[Iri, Finding] = {}
    for pair in pairs:
        count = sum(before.kept != after.kept for before, after in same_datasets([pair], judgements))
        if count:
            values = {"count": str(count), "other": pair.before.head.doc}
            findings[pair.after.iri] = Finding("same-dataset-two-identifiers", pair.after.head.doc, None, values)
    return findings
