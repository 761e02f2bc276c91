"""
What became of a promise, as of a month.

In: a promise made of plans that were known in the month, and the month. Out: its state. The answer depends on nothing
else, so that it stays as it is when newer plans come.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from .fates import count_months
from .promises import Promise

#: States in the order in which summaries and legends list them.
State = Literal[
    "kept",
    "kept-late",
    "delivered-month-unknown",
    "not-due",
    "due",
    "overdue",
    "moved",
    "undated",
    "no-longer-listed",
    "dropped",
    "open",
    "unknown",
]
STATES: tuple[State, ...] = get_args(State)
#: What a state rests on: a printed release, a person's word, the portal's record, or only what the newest plan says.
Basis = Literal["stated-release", "judgement", "portal", "plan"]
#: What a delivery rests on.
DeliveryBasis = Literal["stated-release", "portal"]
#: By which month a promise is judged: the first that was ever printed, or the newest.
Judged = Literal["first", "last"]


@dataclass(frozen=True, slots=True)
class PromiseState:
    """
    The state of a promise as of a month.

    Args:
        promise: The promise.

        state: Its state.

        target: The month that it is judged by; None if it was never given one.

        months: How many months overdue, late or moved; None for other states.

        delivered: The month of delivery, if it is known.

        delay: The months between the first target and delivery, below 0 if it came early; None if either is not known.

        basis: What the state rests on.

        told: The month that the word of the basis counts from.

        bounds: What is known of a month of delivery that is not told, as in “≤ 2025-09”; empty if nothing is.
    """

    promise: Promise
    state: State
    target: str | None
    months: int | None
    delivered: str | None
    delay: int | None
    basis: Basis
    told: str
    bounds: str = ""


def state_of(promise: Promise, month: str, judged: Judged = "last") -> PromiseState:
    """
    Return the state of a promise.

    Args:
        promise: A promise made of plans dated up to the month.

        month: The month.

        judged: Whether it is judged by the first or by the last month that was promised.
    """
    target = promise.first_target if judged == "first" else promise.last_target
    if promise.is_ended:
        return PromiseState(
            promise, "dropped", target, None, None, None, "judgement", promise.appearances[-1].plan.month
        )
    if promise.is_delivered:
        return _delivered(promise, target)
    state, months = _pending(promise, month, target)
    return PromiseState(promise, state, target, months, None, None, "plan", promise.newest[-1].month)


def _delivered(promise: Promise, target: str | None) -> PromiseState:
    """Return the state of a promise whose dataset is listed as released, or that the portal has."""
    delivered, first = promise.delivered, promise.first_target
    delay = count_months(first, delivered) if delivered and first else None
    state: State = "kept"
    months = None
    if target is None:
        state = "undated"
    elif delivered is None:
        state = "delivered-month-unknown"
    elif delivered > target:
        state, months = "kept-late", count_months(target, delivered)
    basis, told = basis_of(promise)
    bounds = promise.by_portal.bounds if promise.by_portal and delivered is None else ""
    return PromiseState(promise, state, target, months, delivered, delay, basis, told, bounds)


def basis_of(promise: Promise) -> tuple[DeliveryBasis, str]:
    """
    Return what a delivery rests on, and the month from which that is known.

    Args:
        promise: A promise that was delivered.
    """
    delivery, portal = promise.delivery, promise.by_portal
    is_of_portal = delivery is None or (promise.stated_month is None and promise.delivered is not None)
    if portal is not None and is_of_portal:
        return "portal", portal.seen
    assert delivery is not None
    return "stated-release", delivery.plan.month


def _pending(promise: Promise, month: str, target: str | None) -> tuple[State, int | None]:
    """Return the state of a promise whose dataset no plan lists as released since, and its months."""
    current, first = promise.current, promise.first_target
    if promise.is_open:
        return "open", None
    if current is None:
        # Released before it was promised: what the promise was about is not known.
        return ("unknown" if promise.was_released_before else "no-longer-listed"), None
    if month > current.plan.end:
        return "unknown", None
    newest = current.listing.month
    if newest is None or target is None or first is None:
        return "undated", None
    if target < month:
        return ("unknown", None) if promise.was_released_before else ("overdue", count_months(target, month))
    if first < month and first < newest:
        return "moved", count_months(first, newest)
    return ("due" if target == month else "not-due"), None
