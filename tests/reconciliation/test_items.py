"""Items of plans: rows under one number."""

from support.compared_plans import make_plan, planned, released

from dcat_hk.reconciliation.items import ItemKey


def test_a_part_belongs_to_the_item_before_it():
    """A further part of a row is no item of its own."""
    plan = make_plan(2022, released("雨量"), released("雨量", part=1), planned("風速", "2022-03", number=2))
    assert [(item.key, len(item.rows), item.stage) for item in plan.items] == [
        (ItemKey("D", None, None, 1), 2, "released"),
        (ItemKey("A", None, None, 2), 1, "planned"),
    ]


def test_an_undated_plan_counts_from_its_first_month():
    """A plan without a date counts from January of its first year."""
    assert (make_plan(2022).month, make_plan(2022, dated="2021-12").month) == ("2022-01", "2021-12")
