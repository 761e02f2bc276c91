"""
Plans as values: what `parse` prints as JSON and CSV, and what Python gets as dictionaries.

In: plans. Out: values that JSON can hold, and rows for a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .plan import Entry, Plan
from .rowdigests import ENTRY_FIELDS, digest_row

_PLAN_FIELDS = ("doc", "bureau", "plan_title", "years", "script", "dated")


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """
    Return a plan as the JSON Schema `plan.schema.json` describes it.

    Args:
        plan: The plan.

    >>> plan_as_json(Plan("p.txt", "0" * 64, "", "", (2026, 2028), "Hant", None, ()))["years"]
    [2026, 2028]
    """
    head = {name: getattr(plan, name) for name in _PLAN_FIELDS}
    entries = [
        entry_as_json(entry) | {"read_as": str(digest_row(entry, number, len(plan.entries)))}
        for number, entry in enumerate(plan.entries, 1)
    ]
    return head | {"years": list(plan.years), "sha256": plan.sha256, "entries": entries}


def entry_as_json(entry: Entry) -> dict[str, Any]:
    """
    Return an entry with its fields in order.

    Args:
        entry: The entry.
    """
    values = {name: getattr(entry, name) for name in ENTRY_FIELDS}
    period = list(entry.period) if entry.period else None
    return values | {"period": period, "formats": list(entry.formats), "place": entry.place.as_json()}


def rows_of_plans(plans: Iterable[Plan]) -> Iterator[dict[str, Any]]:
    """
    Yield a row for each entry, with the plan it is from.

    Args:
        plans: The plans.
    """
    for plan in plans:
        first_year, last_year = plan.years
        head = {name: getattr(plan, name) for name in _PLAN_FIELDS if name != "years"}
        head |= {"first_year": first_year, "last_year": last_year}
        for number, entry in enumerate(plan.entries, 1):
            values = {name: getattr(entry, name) for name in ENTRY_FIELDS} | {"place": str(entry.place)}
            provenance = {"sha256": plan.sha256, "read_as": str(digest_row(entry, number, len(plan.entries)))}
            yield head | values | provenance
