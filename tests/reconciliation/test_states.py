"""States of promises as of a month: the worked example, each rule, and random histories whose truth is known."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.promise_histories import NEW, OLD, WORKED, PairWriter, PlanRow, make_plan

from dcat_hk.reconciliation.fates import count_months
from dcat_hk.reconciliation.listings import known_in, list_plan, step_of
from dcat_hk.reconciliation.promises import find_promises
from dcat_hk.reconciliation.states import state_of

ACCUSATIONS = {"overdue", "kept-late", "no-longer-listed", "dropped"}


def states(plans, pairs, month, judged="last"):
    """Return what became of promises as of a month, by their rows."""
    known, steps = known_in([list_plan(plan) for plan in plans], [step_of(pair) for pair in pairs], month)
    return {one.promise.first.listing.row: one for one in promise_states(known, steps, month, judged)}


def promise_states(known, steps, month, judged="last"):
    """Return the states of all promises."""
    return [state_of(promise, month, judged) for promise in find_promises(known, steps)]


def told(state):
    """Return what a table tells of a state."""
    return state.state, state.months, state.delivered, state.delay


# ---- the worked example


def test_the_worked_example_before_the_newer_plan():
    """As of a month before the newer plan only the older one is known, whether or not the newer one is given."""
    for plans, pairs in (([OLD], []), ([NEW, OLD], [WORKED])):
        found = states(plans, pairs, "2021-12")
        assert {row: (one.state, one.months) for row, one in found.items()} == {
            "A.1": ("overdue", 6),
            "A.2": ("overdue", 2),
            "B.1": ("not-due", None),
            "B.2": ("undated", None),
            "C.1": ("overdue", 7),
        }


def test_the_worked_example_with_both_plans():
    """The newer plan tells of one release, one move, one row that is gone, and two that wait for one another."""
    found = states([OLD, NEW], [WORKED], "2022-06")
    assert {row: told(one) for row, one in found.items()} == {
        "A.1": ("kept-late", 2, "2021-08", 2),
        "A.2": ("overdue", 3, None, None),
        "B.1": ("not-due", None, None, None),
        "B.2": ("open", None, None, None),
        "C.1": ("no-longer-listed", None, None, None),
        "A.i.1": ("not-due", None, None, None),
        "A.ii.2": ("open", None, None, None),
    }
    assert (found["A.2"].promise.first_target, found["A.2"].promise.last_target) == ("2021-10", "2022-03")
    moved = states([OLD, NEW], [WORKED], "2022-02")["A.2"]
    assert told(moved) == ("moved", 5, None, None)
    assert told(states([OLD, NEW], [WORKED], "2022-02", "first")["A.2"]) == ("overdue", 4, None, None)


def test_before_any_plan_nothing_is_promised():
    """As of a month in which no plan is known there is no promise."""
    assert states([OLD, NEW], [WORKED], "2020-11") == {}


# ---- each rule


def one_promise(*rows, fates=(), month="2026-06", judged="last"):
    """Return the state of a dataset that consecutive plans list in these rows; None is a plan without it."""
    filler = PlanRow("D.9", "其他", "2000-01")
    plans = [make_plan(2020 + n, [*([row] if row else []), filler], f"{2020 + n}-01") for n, row in enumerate(rows)]
    pairs = []
    for before, after in pairwise(plans):
        writer = PairWriter(before, after).say("D.9", ["D.9"], "kept")
        for item in before.items[:-1]:
            place = after.items[0].entry.row_name if len(after.items) > 1 else None
            fate = fates[len(pairs)] if fates else ("unchanged" if place else "no-longer-listed")
            after_places = [place] if place and fate not in {"open", "no-longer-listed"} else []
            writer.say(item.entry.row_name, after_places, fate)
        pairs.append(writer.pair)
    (found,) = [one for row, one in states(plans, pairs, month, judged).items() if row != "D.9"]
    return found


@pytest.mark.parametrize(
    ("rows", "month", "expected"),
    [
        (["2020-06"], "2020-05", ("not-due", None, None, None)),
        (["2020-06"], "2020-06", ("due", None, None, None)),
        (["2020-06"], "2020-07", ("overdue", 1, None, None)),
        (["2020-06"], "2022-12", ("overdue", 30, None, None)),
        (["2020-06"], "2023-01", ("unknown", None, None, None)),
        ([None], "2022-12", ("undated", None, None, None)),
        ([None], "2023-01", ("unknown", None, None, None)),
        ([("2020-07", "2020-09")], "2020-08", ("not-due", None, None, None)),
        (["2020-06", "2021-03"], "2021-02", ("moved", 9, None, None)),
        (["2020-06", "2021-03"], "2021-03", ("moved", 9, None, None)),
        (["2020-06", "2021-03"], "2021-04", ("overdue", 1, None, None)),
        (["2021-06", "2021-03"], "2021-02", ("not-due", None, None, None)),
        (["2020-06", None], "2021-04", ("undated", None, None, None)),
        ([None, "2021-03"], "2021-04", ("overdue", 1, None, None)),
    ],
)
def test_a_planned_dataset(rows, month, expected):
    """What the newest plan says decides: its month, or that it gives none; after its end nothing is known."""
    found = one_promise(*(PlanRow("A.1", "潮汐", row) for row in rows), month=month)
    assert told(found) == expected
    assert found.basis == "plan"


@pytest.mark.parametrize(
    ("target", "released", "expected"),
    [
        ("2020-06", "2020-06", ("kept", None, "2020-06", 0)),
        ("2020-06", "2020-04", ("kept", None, "2020-04", -2)),
        ("2020-06", "2020-09", ("kept-late", 3, "2020-09", 3)),
        (("2020-04", "2020-06"), ("2020-05", "2020-06"), ("kept", None, "2020-06", 0)),
        ("2020-06", None, ("delivered-month-unknown", None, None, None)),
        (None, "2020-09", ("undated", None, "2020-09", None)),
    ],
)
def test_a_delivered_dataset(target, released, expected):
    """A row that lists it as released settles the promise, for good."""
    rows = [PlanRow("A.1", "潮汐", target), PlanRow("D.1", "潮汐", released)]
    for later in ([], [PlanRow("D.1", "潮汐", released)], [None], [PlanRow("A.1", "潮汐", "2022-01")]):
        found = one_promise(*rows, *later, month="2030-01")
        assert told(found) == expected
        assert found.basis == "stated-release"


def test_a_slipped_promise_is_judged_as_asked():
    """Delivered after the first and by the last month: late by the first, kept by the last; the delay is the same."""
    rows = [PlanRow("A.1", "潮汐", "2020-06"), PlanRow("A.1", "潮汐", "2021-06"), PlanRow("D.1", "潮汐", "2021-05")]
    assert told(one_promise(*rows)) == ("kept", None, "2021-05", 11)
    assert told(one_promise(*rows, judged="first")) == ("kept-late", 11, "2021-05", 11)


def test_a_dataset_that_comes_back_was_never_gone():
    """A plan that leaves a dataset out ends nothing: the next one lists the same identifier again."""
    rows = [PlanRow("A.1", "潮汐", "2020-06"), None, PlanRow("D.1", "潮汐", "2020-05")]
    fates = ["no-longer-listed", "new"]
    assert one_promise(*rows, fates=fates, month="2021-06").state == "no-longer-listed"
    assert told(one_promise(*rows, fates=fates, month="2022-06")) == ("kept", None, "2020-05", -1)


def test_what_was_released_before_it_was_promised_is_never_accused():
    """A dataset that was listed as released is not called overdue or gone because a later plan promises it again."""
    released, promised = PlanRow("D.1", "潮汐", "2018-06"), PlanRow("A.1", "潮汐", "2021-06")
    assert one_promise(released, promised, month="2021-05").state == "not-due"
    assert one_promise(released, promised, month="2021-07").state == "unknown"
    assert one_promise(released, promised, None, month="2022-07").state == "unknown"
    assert told(one_promise(released, promised, PlanRow("D.1", "潮汐", "2021-08"), month="2022-07")) == (
        "kept-late", 2, "2021-08", 2,
    )  # fmt: skip


def test_a_part_that_is_added_to_a_released_dataset_is_the_delivery():
    """Where a plan promises more of a dataset that it lists as released, only a month that is new delivers it."""
    old = make_plan(2020, [PlanRow("D.1", "潮汐", "2018-06"), PlanRow("A.1", "潮汐", "2020-06")], "2020-01")
    same = make_plan(2021, [PlanRow("D.1", "潮汐", "2018-06")], "2021-01")
    more = make_plan(2021, [PlanRow("D.1", "潮汐", "2018-06"), PlanRow("D.1.1", "潮汐", "2020-08")], "2021-01")
    for newer, expected in ((same, ("unknown", None, None, None)), (more, ("kept-late", 2, "2020-08", 2))):
        pair = PairWriter(old, newer).say("D.1", ["D.1"], "kept").say("A.1", [], "no-longer-listed").pair
        assert told(states([old, newer], [pair], "2021-06")["A.1"]) == expected


def test_the_earliest_month_that_a_plan_tells_counts():
    """Where two plans tell different months of release, the later one accuses nobody."""
    rows = [PlanRow("A.1", "潮汐", "2020-06"), PlanRow("D.1", "潮汐", "2020-09"), PlanRow("D.1", "潮汐", "2020-06")]
    assert told(one_promise(*rows, month="2021-06")) == ("kept-late", 3, "2020-09", 3)
    assert told(one_promise(*rows, month="2022-06")) == ("kept", None, "2020-06", 0)


def test_a_person_s_word_ends_a_promise_until_a_plan_lists_it_again():
    """What a person says was dropped is dropped; a later plan that lists it contradicts that."""
    rows = [PlanRow("A.1", "潮汐", "2020-06"), None]
    dropped = one_promise(*rows, fates=["dropped"], month="2021-06")
    assert (dropped.state, dropped.basis) == ("dropped", "judgement")
    back = one_promise(*rows, PlanRow("A.1", "潮汐", "2023-06"), fates=["dropped", "new"], month="2022-06")
    assert back.state == "moved"


def test_a_row_that_waits_is_not_accused_in_later_plans():
    """As long as a person has not said whether a row is another's dataset, neither is overdue or gone."""
    rows = [PlanRow("A.1", "潮汐", "2020-06"), None, None]
    assert one_promise(*rows, fates=["open", ""], month="2022-06").state == "open"


def test_a_successor_that_is_not_known_yet_may_have_the_row():
    """Where one of two successors has published no plan yet, a row that the other lacks is open, and gone later."""
    old = make_plan(2020, [PlanRow("A.1", "潮汐", "2020-06")], "2020-01", "hk-x")
    one = make_plan(2021, [PlanRow("D.1", "其他", "2000-01")], "2021-01", "hk-y")
    other = make_plan(2021, [PlanRow("D.2", "另外", "2000-01")], "2021-05", "hk-z")
    for last in ((one, other), (other, one)):
        pairs = [
            PairWriter(old, last[0]).pair,
            PairWriter(old, last[1]).say("A.1", [], "no-longer-listed").pair,
        ]
        assert states([old, one, other], pairs, "2021-04")["A.1"].state == "open"
        assert states([old, one, other], pairs, "2021-05")["A.1"].state == "no-longer-listed"


# ---- random histories


@st.composite
def histories(draw):
    """Return plans, the true pairs between them, and for each dataset what truly became of it."""
    count = draw(st.integers(1, 5))
    months = sorted(draw(st.lists(st.integers(0, 59), min_size=count, max_size=count, unique=True)))
    rows = [[] for _ in range(count)]
    truth = {}
    for number in range(draw(st.integers(1, 6))):
        title = f"數據{number}"
        start = draw(st.integers(0, count - 1))
        target = months[start] + draw(st.integers(-2, 20))
        delivered = draw(st.one_of(st.none(), st.integers(months[start], 80)))
        truth[title] = {"delivered": delivered}
        gone = draw(st.integers(start, count))
        for place in range(start, count):
            if place == gone and place > start and draw(st.booleans()):
                continue
            if delivered is not None and delivered < months[place]:
                rows[place].append(PlanRow(f"D.{number + 1}", title, name(delivered)))
            else:
                target += draw(st.sampled_from([0, 0, 3, 14])) if place > start else 0
                rows[place].append(PlanRow(f"A.{number + 1}", title, name(target)))
    years = [2020 + month // 12 for month in months]
    plans = []
    for number, (month, own) in enumerate(zip(months, rows, strict=True)):
        body_year = max(years[number], (plans[-1].head.years[0] + 1) if plans else 0)
        plans.append(make_plan(body_year, own, name(month)))
    return plans, true_pairs(plans), truth


def name(month):
    """Return a month counted from January 2020."""
    return f"{2020 + month // 12}-{month % 12 + 1:02}"


def true_pairs(plans):
    """Return the pairs of consecutive plans, joined by title."""
    pairs = []
    for before, after in pairwise(plans):
        writer = PairWriter(before, after)
        titles = {item.entry.title: item.entry.row_name for item in after.items}
        for item in before.items:
            place = titles.pop(item.entry.title, None)
            fate = "no-longer-listed" if place is None else "kept" if item.stage == "released" else "unchanged"
            writer.say(item.entry.row_name, [place] if place else [], fate)
        for place in titles.values():
            writer.say(None, [place], "new")
        pairs.append(writer.pair)
    return pairs


@settings(max_examples=150, deadline=None)
@given(histories(), st.integers(0, 90), st.sampled_from(["first", "last"]))
def test_no_accusation_is_contradicted_by_a_known_row(history, now, judged):
    """Whatever is known in a month, each accusation is true, and a row that is known bears it out."""
    plans, pairs, truth = history
    month = name(now)
    known = [plan for plan in plans if plan.month <= month]
    listed, steps = known_in([list_plan(plan) for plan in plans], [step_of(pair) for pair in pairs], month)
    for one in promise_states(listed, steps, month, judged):
        title = one.promise.first.listing.title
        delivered = truth[title]["delivered"]
        rows = {plan.iri: item for plan in known for item in plan.items if item.entry.title == title}
        assert one.state in ACCUSATIONS | {"kept", "not-due", "due", "moved", "unknown"}
        if one.state == "overdue":
            assert rows[known[-1].iri].stage == "planned"
            assert all(item.stage == "planned" for item in rows.values())
            assert one.target < month <= f"{known[-1].head.years[1]}-12"
        if one.state == "no-longer-listed":
            assert known[-1].iri not in rows
            assert all(item.stage == "planned" for item in rows.values())
        if one.state in {"kept", "kept-late"}:
            assert one.delivered == name(delivered)
            assert (one.state == "kept-late") == (one.delivered > one.target)
            assert one.delay == count_months(one.promise.first_target, one.delivered)
        if delivered is None:
            assert one.delivered is None


@settings(max_examples=150, deadline=None)
@given(histories(), st.integers(0, 70))
def test_the_answer_for_a_past_month_never_changes(history, now):
    """Plans that are dated later change nothing, and neither does the order in which plans are given."""
    plans, pairs, _truth = history
    month = name(now)
    known = [plan for plan in plans if plan.month <= month]
    before = promise_states([list_plan(p) for p in known], [step_of(p) for p in true_pairs(known)], month)
    listed, steps = known_in([list_plan(p) for p in reversed(plans)], [step_of(p) for p in reversed(pairs)], month)
    after = promise_states(listed, steps, month)
    assert [(told(one), one.promise.first.listing) for one in after] == [
        (told(one), one.promise.first.listing) for one in before
    ]
