"""What plans list, and what was found between them, as plain values."""

from support.promise_histories import NEW, OLD, WORKED, PlanRow, make_plan

from dcat_hk.reconciliation.listings import PlanStep, known_in, list_plan, step_of


def test_a_plan_lists_its_items_with_the_end_of_an_interval():
    """An interval counts until its last month; what has no month has none."""
    listed = list_plan(OLD)
    assert [(one.row, one.month) for one in listed.listings[2:4]] == [("B.1", "2022-09"), ("B.2", None)]
    assert (listed.month, listed.end, list_plan(NEW).month) == ("2020-12", "2023-12", "2022-01")


def test_a_step_keeps_links_and_what_waits():
    """Links are between records; both rows of a candidate wait, and what is gone is named."""
    step = step_of(WORKED)
    names = {record.rsplit("/", 2)[2] for record in step.waiting}
    assert names == {"B-2", "A-ii-2"}
    assert [record.rsplit("/", 1)[1] for record in step.links[OLD.items[0].record]] == ["D-ii-1", "A-i-1"]
    assert {record.rsplit("/", 1)[1] for record in step.missing} == {"C-繩結學會-1"}


def test_only_plans_up_to_a_month_are_known():
    """A plan is known from its own month on; a step, when both of its plans are."""
    plans, steps = [list_plan(OLD), list_plan(NEW)], [step_of(WORKED)]
    assert known_in(plans, steps, "2020-11") == ([], [])
    assert known_in(plans, steps, "2021-12") == (plans[:1], [])
    assert known_in(plans, steps, "2022-01") == (plans, steps)


def test_between_plans_around_one_that_is_not_known_yet_nothing_is_settled():
    """A plan that is dated after the one that follows it leaves a step without links until it is known."""
    rows = [PlanRow("A.1", "潮汐", "2020-06")]
    plans = [
        list_plan(make_plan(*args))
        for args in ((2020, rows, "2020-01"), (2021, rows, "2022-06"), (2022, rows, "2022-01"))
    ]
    steps = [PlanStep(plans[0].iri, plans[1].iri), PlanStep(plans[1].iri, plans[2].iri)]
    assert known_in(plans, steps, "2022-03") == ([plans[0], plans[2]], [PlanStep(plans[0].iri, plans[2].iri)])
    assert known_in(plans, steps, "2021-12") == ([plans[0]], [])
    assert known_in(plans, steps, "2022-06") == (plans, steps)
