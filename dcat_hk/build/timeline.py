"""
Identified plans -> items that can be compared over the years.

In: a plan with the identity of each entry. Out: a `PlanItems`, in which names of records and datasets are texts.
"""

from __future__ import annotations

from dataclasses import replace

from ..catalogue.mapping.identities import IdentifiedPlan
from ..catalogue.mapping.index import record_iris
from ..catalogue.mapping.iris import Iris
from ..reconciliation.items import ItemRow, PlanItems, gather_items


def plan_items(identified: IdentifiedPlan, iris: Iris) -> PlanItems:
    """
    Return a plan as items.

    Args:
        identified: The plan with the identity of each entry.

        iris: Gives the names of records.
    """
    plan, code = identified.plan, identified.publisher.code
    records = record_iris(iris, identified)
    rows = [
        ItemRow(entry, record, identity.rule_identifier)
        for entry, record, identity in zip(plan.entries, records, identified.identities, strict=True)
    ]
    publishers = [identity.publisher.code for identity in identified.identities]
    kept = [identity.identifier for identity in identified.identities]
    return PlanItems(replace(plan, entries=()), iris.plan(code, plan.years), code, gather_items(rows, publishers, kept))
