"""
States of promises -> figures: how many were due, kept, late; by body, year, category.

In: states as of a month. Out: one summary for each group, and one for all. There is no share of fewer than five
promises.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .fates import count_months
from .states import PromiseState

#: What promises can be grouped by.
Dimension = Literal["body", "year", "category"]
DIMENSIONS: tuple[Dimension, ...] = ("body", "year", "category")
#: Of how many promises a share says something.
LEAST = 5
#: States in which it is not known whether, or when, the dataset was delivered.
_UNKNOWN = frozenset({"delivered-month-unknown", "open", "unknown"})
#: States of promises that are settled, whatever the month they are for.
_DELIVERED = frozenset({"kept", "kept-late", "delivered-month-unknown"})


@dataclass(frozen=True, slots=True)
class PromiseSummary:
    """
    What became of a group of promises.

    Args:
        group: The value of each dimension; None stands for all, and for promises without a month where it is the year.

        promises: How many there are.

        due: Those that were delivered, and those whose month is over.

        kept: Those of them that were kept on time.

        late: Those that were delivered late.

        overdue: Those that were not delivered.

        unknown: Those of which nobody knows: delivered in an unknown month, open, or after the end of the newest plan.

        median_delay: The middle of the known delays in months; None without any.

        largest_delay: The largest of them.

        moved: How many months the promises were put off in all.
    """

    group: tuple[str | int | None, ...]
    promises: int
    due: int
    kept: int
    late: int
    overdue: int
    unknown: int
    median_delay: float | None
    largest_delay: int | None
    moved: int

    @property
    def judged(self) -> int:
        """Return how many were due and are known."""
        return self.due - self.unknown

    @property
    def rate(self) -> float | None:
        """Return the share of those kept on time; None of fewer than five."""
        return self.kept / self.judged if self.judged >= LEAST else None

    @property
    def share(self) -> str:
        """
        Return the share in words, as in `6 of 10 (2 unknown)`; nothing of fewer than five.

        >>> PromiseSummary(("hk-hsd",), 14, 12, 6, 3, 1, 2, 1, 4, 9).share
        '6 of 10 (2 unknown)'
        """
        if self.rate is None:
            return ""
        return f"{self.kept} of {self.judged}" + (f" ({self.unknown} unknown)" if self.unknown else "")


def summarise(
    states: Sequence[PromiseState], month: str, by: Sequence[Dimension] = ("body", "year")
) -> tuple[PromiseSummary, ...]:
    """
    Return the figures of each group, sorted, and those of all promises last.

    Args:
        states: States as of a month.

        month: The month.

        by: What promises are grouped by: the body whose plan promised first, the year of the month that the promise is
            judged by, the printed category.
    """
    groups: dict[tuple[str | int | None, ...], list[PromiseState]] = {}
    for state in states:
        groups.setdefault(tuple(_value(state, dimension) for dimension in by), []).append(state)
    ordered = sorted(groups, key=lambda group: [(value is None, str(value)) for value in group])
    whole = _summary(tuple(None for _dimension in by), states, month)
    return (*(_summary(group, groups[group], month) for group in ordered), whole)


def _value(state: PromiseState, dimension: Dimension) -> str | int | None:
    """Return what a promise is grouped by."""
    first = state.promise.first
    if dimension == "body":
        return first.plan.body
    if dimension == "category":
        return first.listing.category
    return int(state.target[:4]) if state.target else None


def _summary(group: tuple[str | int | None, ...], states: Sequence[PromiseState], month: str) -> PromiseSummary:
    """Return the figures of some promises."""
    due = [one for one in states if one.state in _DELIVERED or (one.target is not None and one.target < month)]
    due = [one for one in due if one.state != "moved"]
    counts = {name: sum(one.state == name for one in due) for name in ("kept", "kept-late", "overdue")}
    delays = [one.delay for one in states if one.delay is not None]
    moved = [(one.promise.first_target, one.promise.last_target) for one in states]
    return PromiseSummary(
        group,
        len(states),
        len(due),
        counts["kept"],
        counts["kept-late"],
        counts["overdue"],
        sum(one.state in _UNKNOWN for one in due),
        statistics.median(delays) if delays else None,
        max(delays, default=None),
        sum(max(0, count_months(first, last)) for first, last in moved if first and last),
    )
