"""Promises of plans: one for each dataset that some plan lists as planned."""

import pytest
from support.promise_histories import NEW, OLD, WORKED, PairWriter, PlanRow, make_plan

from dcat_hk.reconciliation.listings import list_plan, step_of
from dcat_hk.reconciliation.promises import find_promises, main_listing


def promises(plans, pairs):
    """Return promises by the row that promised first, with the rows of their datasets."""
    found = find_promises([list_plan(plan) for plan in plans], [step_of(pair) for pair in pairs])
    return {
        promise.first.listing.row: [(one.plan.years[0], one.listing.row) for one in promise.appearances]
        for promise in found
    }


def test_a_spatial_version_is_a_promise_of_its_own():
    """Of two rows that go on with one, the released one does; the spatial version is promised anew."""
    assert promises([OLD, NEW], [WORKED]) == {
        "A.1": [(2021, "A.1"), (2022, "D.ii.1")],
        "A.2": [(2021, "A.2"), (2022, "A.ii.1")],
        "B.1": [(2021, "B.1"), (2022, "B.ii.1")],
        "B.2": [(2021, "B.2")],
        "C.1": [(2021, "C.1")],
        "A.i.1": [(2022, "A.i.1")],
        "A.ii.2": [(2022, "A.ii.2")],
    }


def test_the_order_of_plans_makes_no_difference():
    """Promises come in the order of the plans that promised them, however the plans are given."""
    assert list(promises([NEW, OLD], [WORKED])) == list(promises([OLD, NEW], [WORKED]))


def test_a_dataset_with_a_new_title_goes_on_where_rows_are_linked():
    """A link makes two titles one promise; without it there are two."""
    old = make_plan(2021, [PlanRow("A.1", "學校名單", "2021-06")], "2021-01")
    new = make_plan(2022, [PlanRow("A.1", "認可學校", "2022-06")], "2022-01")
    linked = PairWriter(old, new).say("A.1", ["A.1"], "slipped").pair
    replaced = PairWriter(old, new).say("A.1", ["A.1"], "replaced").pair
    assert promises([old, new], [linked]) == {"A.1": [(2021, "A.1"), (2022, "A.1")]}
    assert len(find_promises([list_plan(old), list_plan(new)], [step_of(replaced)])) == 2


def test_two_rows_of_one_dataset_in_one_plan_are_one_promise():
    """A plan that lists a dataset as released and as planned promises one dataset."""
    plan = make_plan(2021, [PlanRow("A.1", "潮汐", "2021-06"), PlanRow("D.1", "潮汐", "2018-06")], "2021-01")
    assert promises([plan], []) == {"A.1": [(2021, "A.1"), (2021, "D.1")]}


def test_moves_are_counted_before_delivery_only():
    """A month that is promised after the dataset was released is no move of the promise."""
    rows = [PlanRow("A.1", "潮汐", "2021-06"), PlanRow("A.1", "潮汐", "2022-06"), PlanRow("D.1", "潮汐", "2022-07"),
            PlanRow("A.1", "潮汐", "2025-06")]  # fmt: skip
    plans = [make_plan(2021 + n, [row], f"{2021 + n}-01") for n, row in enumerate(rows)]
    (promise,) = find_promises([list_plan(plan) for plan in plans], [])
    assert (promise.moves, promise.first_target, promise.last_target) == (1, "2021-06", "2022-06")


def test_the_main_row_is_the_released_one_then_the_like_one():
    """Among rows that go on with one, a released one leads, else the one that is spatial or not as before."""
    listed = {one.row: one for one in list_plan(NEW).listings}
    before = list_plan(OLD).listings[0]
    assert main_listing(before, [listed["A.i.1"], listed["D.ii.1"]]).row == "D.ii.1"
    assert main_listing(before, [listed["A.i.1"], listed["A.ii.1"]]).row == "A.ii.1"


@pytest.mark.parametrize(
    ("title", "fate", "is_waiting"),
    [
        ("潮汐高度紀錄", "no-longer-listed", True),
        ("潮汐的高度紀錄", "no-longer-listed", True),
        ("潮汐高度紀錄一覽及說明", "no-longer-listed", True),
        ("按地區劃分的潮汐高度紀錄", "no-longer-listed", False),
        ("雷達圖像", "no-longer-listed", False),
        ("潮汐高度紀錄", "dropped", False),
    ],
)
def test_a_title_that_comes_back_after_a_plan_without_it_waits(title, fate, is_waiting):
    """A dataset that a plan lacks and a later one lists under a like title is open, unless a person ended it."""
    first = make_plan(2021, [PlanRow("A.1", "潮汐高度紀錄", "2021-06"), PlanRow("A.2", "風速", "2021-07")], "2021-01")
    second = make_plan(2022, [PlanRow("D.1", "雨量", "2020-06")], "2022-01")
    third = make_plan(
        2023, [PlanRow("D.1", "雨量", "2020-06"), PlanRow("A.i.1", title, "2023-06", f"{title}-i")], "2023-01"
    )
    gone = PairWriter(first, second).say("A.1", [], fate).say("A.2", [], "no-longer-listed").pair
    back = PairWriter(second, third).say("D.1", ["D.1"], "kept").say(None, ["A.i.1"], "new").pair
    found = find_promises(map(list_plan, [first, second, third]), [step_of(gone), step_of(back)])
    assert {one.first.listing.row: one.is_waiting for one in found} == {
        "A.1": is_waiting,
        "A.2": False,
        "A.i.1": is_waiting,
    }
    before = find_promises(map(list_plan, [first, second]), [step_of(gone)])
    assert not any(one.is_waiting for one in before)


def test_a_title_that_comes_back_does_not_wait_where_a_person_denied_it():
    """Two rows with a plan between them that lists neither are not one if a person says so; others still wait."""
    first = make_plan(2021, [PlanRow("A.1", "潮汐", "2021-06"), PlanRow("A.2", "風速", "2021-07")], "2021-01")
    second = make_plan(2022, [PlanRow("D.1", "雨量", "2020-06")], "2022-01")
    rows = [PlanRow("A.i.1", "潮汐", "2023-06", "潮汐-i"), PlanRow("A.i.2", "風速", "2023-06", "風速-i")]
    third = make_plan(2023, rows, "2023-01")
    gone = PairWriter(first, second).say("A.1", [], "no-longer-listed").say("A.2", [], "no-longer-listed").pair
    back = PairWriter(second, third).say(None, ["A.i.1"], "new").say(None, ["A.i.2"], "new").pair
    plans, steps = [list_plan(plan) for plan in (first, second, third)], [step_of(gone), step_of(back)]
    denied = {(plans[0].listings[0].record, plans[2].listings[0].record)}
    found = find_promises(plans, steps, denied)
    assert {one.first.listing.row: one.is_waiting for one in found} == {
        "A.1": False,
        "A.2": True,
        "A.i.1": False,
        "A.i.2": True,
    }


def test_a_title_that_comes_back_in_another_body_does_not_wait():
    """Plans of bodies that do not follow one another say nothing of each other, nor do rows of two organisations."""
    first = make_plan(2021, [PlanRow("C 學會 1", "會員", "2021-06")], "2021-01")
    second = make_plan(2022, [PlanRow("D.1", "雨量", "2020-06")], "2022-01")
    third = make_plan(2023, [PlanRow("C 協會 1", "會員", "2023-06", "會員-協會")], "2023-01")
    stranger = make_plan(2023, [PlanRow("A.1", "會員", "2023-06")], "2023-01", body="hk-td")
    gone = PairWriter(first, second).say("C 學會 1", [], "no-longer-listed").pair
    back = PairWriter(second, third).say("D.1", [], "no-longer-listed").say(None, ["C 協會 1"], "new").pair
    found = find_promises(map(list_plan, [first, second, third, stranger]), [step_of(gone), step_of(back)])
    assert [one.is_waiting for one in found] == [False, False, False]
