"""Plans of several years, compared."""

import random

from support.compared_plans import compare, fates, make_plan, planned, released


def test_every_item_stands_once():
    """Every item of the older plan has one outcome, and every other item of the newer plan one of its own."""
    old = make_plan(2021, planned("潮汐", "2021-06"), planned("渡輪", "2021-06", number=2), released("燈塔"))
    new = make_plan(
        2022, released("潮汐", "2021-06"), planned("錨地", "2022-06", category="保安"), released("燈塔", number=2)
    )
    (pair,) = compare(old, new)
    assert [one.before for one in pair.outcomes[:3]] == list(old.items)
    assert sorted(item.position for one in pair.outcomes for item in one.after) == [0, 1, 2]


def test_the_order_of_plans_and_rows_changes_nothing():
    """Plans in any order, and rows in any order, give the same fates."""
    rows = [planned(f"{word}統計", f"2021-{n:02}", number=n) for n, word in enumerate("甲乙丙丁戊己庚辛", 1)]
    later = [released(f"{word}統計", f"2021-{n:02}", number=n) for n, word in enumerate("甲乙丙丁戊己", 1)]
    plans = [make_plan(2021, *rows), make_plan(2022, *later)]
    expected = fates(compare(*plans)[0])
    assert fates(compare(*plans[::-1])[0]) == expected
    for seed in range(5):
        mixed = random.Random(seed)
        plans = [make_plan(2021, *mixed.sample(rows, 8)), make_plan(2022, *mixed.sample(later, 6))]
        assert fates(compare(*plans)[0]) == expected


def test_plans_without_a_common_language_leave_all_open():
    """Nothing is known of rows in another language: nothing is called new or no longer listed."""
    old = make_plan(2021, planned("潮汐", "2021-06"))
    (pair,) = compare(old, make_plan(2022, released("Tides", "2021-06"), script="Latn"))
    assert fates(pair) == {"潮汐": "open", "+Tides": "open"}
    assert pair.outcomes[0].candidates == ()


def test_a_plan_without_items_is_compared_too():
    """A newer plan that lists nothing has no item."""
    (pair,) = compare(make_plan(2021, planned("潮汐", "2021-06")), make_plan(2022))
    assert fates(pair) == {"潮汐": "no-longer-listed"}


def test_a_plan_without_a_successor_has_no_pair():
    """The newest plan of a body has no fates."""
    assert compare(make_plan(2021, planned("潮汐", "2021-06"))) == []
