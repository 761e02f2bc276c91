"""
The states of promises -> rows of a table, and values for JSON.

In: states as of a month. Out: dictionaries with the columns that `core/columns.toml` has for promises.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..core.terms import Iri
from .listings import Listing
from .states import PromiseState


def promise_values(one: PromiseState, base: Iri) -> dict[str, Any]:
    """
    Return a promise with its state, as JSON has it.

    Args:
        one: The state of the promise.

        base: The base IRI of the datasets.
    """
    first = one.promise.first
    # A promise of which nothing but bounds is known says so; the others have no such key.
    bounds = {"bounds": one.bounds} if one.bounds else {}
    return {
        "body": first.plan.body,
        **first.listing.key._asdict(),
        "plan": first.plan.iri,
        "title": first.listing.title,
        "first_target": one.promise.first_target,
        "last_target": one.promise.last_target,
        "state": one.state,
        "months": one.months,
        "delivered": one.delivered,
        "delay": one.delay,
        "basis": one.basis,
        "dataset": f"{base}dataset/{first.listing.identifier}",
        **bounds,
    }


def rows_of_promises(states: Iterable[PromiseState], base: Iri, month: str) -> Iterator[dict[str, Any]]:
    """
    Yield a row for each promise, with the rows of plans that promised and delivered it.

    Args:
        states: The states of the promises.

        base: The base IRI of the datasets.

        month: The month that the states are as of.
    """
    for one in states:
        first = one.promise.first.listing
        delivery = one.promise.delivery if one.basis == "stated-release" else None
        yield {
            **promise_values(one, base),
            "row": name_row(first),
            "delivered_row": name_row(delivery.listing) if delivery else None,
            "delivered_plan": delivery.plan.iri if delivery else None,
            "category": first.category,
            "bounds": one.bounds or None,
            "portal_page": one.promise.by_portal.record if one.promise.by_portal else None,
            "basis_month": one.told,
            "as_of": month,
        }


def name_row(listing: Listing) -> str:
    """
    Return what a person would call a row: D.ii.21, or the organisation and number in section C.

    Args:
        listing: What a plan lists.
    """
    return f"{listing.row} ({listing.key.organisation})" if listing.key.organisation else listing.row
