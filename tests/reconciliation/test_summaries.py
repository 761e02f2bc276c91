"""Figures of promises by body, year and category."""

import pytest
from support.promise_histories import NEW, OLD, WORKED, PairWriter, PlanRow, make_plan

from dcat_hk.reconciliation.listings import list_plan, step_of
from dcat_hk.reconciliation.promises import find_promises
from dcat_hk.reconciliation.states import state_of
from dcat_hk.reconciliation.summaries import summarise


def figures(plans, pairs, month, by=("body", "year"), judged="last"):
    """Return the summaries of plans."""
    promises = find_promises([list_plan(plan) for plan in plans], [step_of(pair) for pair in pairs])
    return summarise([state_of(promise, month, judged) for promise in promises], month, by)


def made(*months):
    """Return plans and their pair: promises for June 2021; None is not delivered, no text in an unknown month."""
    numbers = range(1, len(months) + 1)
    old = make_plan(2021, [PlanRow(f"A.{n}", f"數據{n}", "2021-06") for n in numbers], "2020-12")
    rows = [
        PlanRow(f"A.{n}", f"數據{n}", "2021-06") if month is None else PlanRow(f"D.{n}", f"數據{n}", month or None)
        for n, month in zip(numbers, months, strict=True)
    ]
    new = make_plan(2022, rows, "2021-12")
    writer = PairWriter(old, new)
    for n, row in zip(numbers, rows, strict=True):
        writer.say(f"A.{n}", [row.place], "released" if row.place[0] == "D" else "unchanged")
    return [old, new], [writer.pair]


def test_the_worked_example_by_body_and_year():
    """Each body and year has a line, promises without a month too, and all come last."""
    rows = figures([OLD, NEW], [WORKED], "2022-06")
    assert [(row.group, row.promises, row.due, row.late, row.overdue) for row in rows] == [
        (("hk-hsd", 2021), 2, 2, 1, 0),
        (("hk-hsd", 2022), 4, 1, 0, 1),
        (("hk-hsd", None), 1, 0, 0, 0),
        ((None, None), 7, 3, 1, 1),
    ]
    assert (rows[-1].median_delay, rows[-1].largest_delay, rows[-1].moved) == (2, 2, 5)
    assert [row.group for row in figures([OLD, NEW], [WORKED], "2022-06", ("category",))] == [
        ("康樂",), ("環境",), ("運輸",), (None,),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("months", "share"),
    [
        (["2021-06"] * 4, ""),
        (["2021-06"] * 5, "5 of 5"),
        (["2021-06"] * 3 + ["2021-08", None], "3 of 5"),
        (["2021-06"] * 3 + ["2021-08", None, "", ""], "3 of 5 (2 unknown)"),
    ],
)
def test_no_share_of_fewer_than_five(months, share):
    """The share counts promises that were due and of which is known what became of them."""
    rows = figures(*made(*months), "2022-06")
    assert rows[0].share == share
    assert (rows[0].rate is None) == (share == "")


def test_a_month_that_is_not_over_is_not_due():
    """A promise for the month at hand is not counted against anybody; one kept early is counted."""
    plans, pairs = made("2021-04", None)
    assert [(row.due, row.kept) for row in figures(plans, pairs, "2021-06")] == [(1, 1), (1, 1)]
    assert [(row.due, row.kept, row.overdue) for row in figures(plans, pairs, "2021-07")] == [(2, 1, 1), (2, 1, 1)]
