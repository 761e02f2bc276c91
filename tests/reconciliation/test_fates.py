"""Fates, by the months that two plans print."""

import pytest

from dcat_hk.reconciliation.fates import find_fate

JUNE, MAY, JULY, THIRD = [("2021-06",) * 2, ("2021-05",) * 2, ("2021-07",) * 2, ("2021-07", "2021-09")]

RELEASED = [
    (JUNE, JUNE, "released-on-time", None),
    (JUNE, JULY, "released-late", 1),
    (JUNE, MAY, "released-early", -1),
    (THIRD, JULY, "released-on-time", None),
    (THIRD, JUNE, "released-early", -3),
    (THIRD, ("2022-01",) * 2, "released-late", 4),
    (JULY, THIRD, "released-on-time", None),
    (JUNE, THIRD, "released-late", 3),
    (None, JUNE, "released", None),
    (JUNE, None, "released", None),
]
PLANNED = [
    (JUNE, JUNE, "unchanged", None),
    (None, None, "unchanged", None),
    (THIRD, JULY, "unchanged", None),
    (JULY, THIRD, "unchanged", None),
    (JUNE, JULY, "slipped", 1),
    (JULY, MAY, "brought-forward", -2),
    (THIRD, (*JULY[:1], "2021-12"), "unchanged", None),
    (THIRD, ("2021-10", "2021-12"), "slipped", 3),
    (JUNE, None, "undated", None),
    (None, JUNE, "dated", None),
]


@pytest.mark.parametrize(("target", "stated", "fate", "months"), RELEASED)
def test_a_planned_dataset_that_is_released(target, stated, fate, months):
    """A delay is told only where no month of the release is within or before the target."""
    assert find_fate(True, target, False, stated) == (fate, months)


@pytest.mark.parametrize(("target", "stated", "fate", "months"), PLANNED)
def test_a_planned_dataset_that_is_planned_still(target, stated, fate, months):
    """A target moves if it is another, and neither contains the other."""
    assert find_fate(True, target, True, stated) == (fate, months)


def test_a_released_dataset_is_kept_or_planned_anew():
    """Months do not matter for what was released already."""
    assert find_fate(False, JUNE, False, None) == ("kept", None)
    assert find_fate(False, JUNE, True, JULY) == ("reopened", None)
