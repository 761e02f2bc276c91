"""
Two linked items -> the fate of the older one, and by how many months.

In: months that rows state. Out: a fate. It judges only by months that are printed: an interval counts whole, and a
delay is told only where no month of the release is within or before the target.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .outcomes import Fate

if TYPE_CHECKING:
    from .features import Interval


def find_fate(
    was_planned: bool, target: Interval | None, is_planned: bool, stated: Interval | None
) -> tuple[Fate, int | None]:
    """
    Return what became of an item, and how many months later (above 0) or earlier.

    Args:
        was_planned: Whether the older plan lists it as planned.

        target: The months that the older plan states.

        is_planned: Whether the newer plan lists it as planned.

        stated: The months that the newer plan states.

    >>> find_fate(True, ("2021-06", "2021-06"), False, ("2021-08", "2021-08"))
    ('released-late', 2)
    >>> find_fate(True, ("2022-07", "2022-09"), True, ("2022-09", "2022-09"))
    ('unchanged', None)
    """
    if not was_planned:
        return ("reopened" if is_planned else "kept"), None
    return _judge_target(target, stated) if is_planned else _judge_release(target, stated)


def _judge_release(target: Interval | None, released: Interval | None) -> tuple[Fate, int | None]:
    """Return the fate of a planned dataset that is released."""
    if target is None or released is None:
        return "released", None
    if released[0] > target[1]:
        return "released-late", count_months(target[1], released[1])
    if released[1] < target[0]:
        return "released-early", count_months(target[1], released[1])
    return "released-on-time", None


def _judge_target(old: Interval | None, new: Interval | None) -> tuple[Fate, int | None]:
    """Return the fate of a planned dataset that is planned still."""
    if old is None and new is None:
        return "unchanged", None
    if new is None:
        return "undated", None
    if old is None:
        return "dated", None
    if contains(old, new) or contains(new, old):
        return "unchanged", None
    months = count_months(old[1], new[1])
    return ("slipped" if months > 0 else "brought-forward"), months


def contains(outer: Interval, inner: Interval) -> bool:
    """
    Tell whether an interval contains another.

    >>> contains(("2022-07", "2022-09"), ("2022-09", "2022-09"))
    True
    """
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def count_months(first: str, second: str) -> int:
    """
    Return how many months the second month is after the first.

    >>> count_months("2021-11", "2022-02")
    3
    """
    years, months = (int(second[:4]) - int(first[:4])), (int(second[5:7]) - int(first[5:7]))
    return 12 * years + months
