"""Which plan follows which."""

from dataclasses import replace

from support.compared_plans import compare, fates, make_plan, planned, released

from dcat_hk.reconciliation.lines import find_junctions


def followed(*plans, successors=None):
    """Return which plan follows which, and the years that were skipped."""
    return [
        (junction.before[pair.before].iri, junction.after[pair.after].iri, pair.skipped)
        for junction in find_junctions(plans, successors or {})
        for pair in junction.pairs
    ]


def test_plans_follow_by_their_period_whatever_their_order():
    """Plans in the wrong order are put in order; a missing year is told."""
    plans = [make_plan(2024), make_plan(2021, dated="2020-12"), make_plan(2022)]
    expected = [
        ("plan/hk-xyz/2021", "plan/hk-xyz/2022", ()),
        ("plan/hk-xyz/2022", "plan/hk-xyz/2024", (2023,)),
    ]
    assert followed(*plans) == followed(*plans[::-1]) == expected


def test_a_date_that_contradicts_the_period_does_not_change_the_order():
    """A plan that was printed late is not newer than the plan of the next period."""
    assert followed(make_plan(2021, dated="2022-03"), make_plan(2022)) == [("plan/hk-xyz/2021", "plan/hk-xyz/2022", ())]


def test_bodies_without_succession_are_never_compared():
    """Plans of different bodies do not follow each other."""
    assert followed(make_plan(2021, body="hk-a"), make_plan(2022, body="hk-b")) == []


def test_a_body_that_was_renamed_twice_is_followed():
    """A successor without plans is passed over."""
    plans = [make_plan(2021, body="hk-a"), make_plan(2024, body="hk-c")]
    successors = {"hk-a": ("hk-b",), "hk-b": ("hk-c",)}
    assert followed(*plans, successors=successors) == [("plan/hk-a/2021", "plan/hk-c/2024", (2022, 2023))]


def under_names(*names, year):
    """Return a plan of a body that no vocabulary has: its code, and those of the names that other editions print."""
    return replace(make_plan(year, body=names[0]), aliases=frozenset(names[1:]))


def test_a_body_under_the_name_of_another_edition_is_the_same():
    """A plan in two languages is followed by one that prints the other name only, and that by one in both."""
    plans = [
        under_names("x-zh", "x-en", year=2021),
        under_names("x-en", year=2022),
        under_names("x-zh", "x-en", year=2023),
    ]
    expected = [("plan/x-zh/2021", "plan/x-en/2022", ()), ("plan/x-en/2022", "plan/x-zh/2023", ())]
    assert sorted(followed(*plans)) == sorted(expected)


def test_a_newer_plan_that_has_both_names_joins_no_older_plans_with_each_other():
    """Until a plan prints both names they are two bodies; plans of both lead to it."""
    older = [under_names("x-zh", year=2021), under_names("x-en", year=2022)]
    assert followed(*older) == []
    assert followed(*older, under_names("x-zh", "x-en", year=2023)) == [
        ("plan/x-zh/2021", "plan/x-zh/2023", (2022,)),
        ("plan/x-en/2022", "plan/x-zh/2023", ()),
    ]


def test_plans_of_one_year_under_two_names_stand_beside_each_other():
    """Both follow the plan that has both names, and neither follows the other."""
    plans = [under_names("x-zh", "x-en", year=2021), under_names("x-zh", year=2022), under_names("x-en", year=2022)]
    assert followed(*plans, under_names("x-zh", year=2023)) == [
        ("plan/x-en/2022", "plan/x-zh/2023", ()),
        ("plan/x-zh/2022", "plan/x-zh/2023", ()),
        ("plan/x-zh/2021", "plan/x-en/2022", ()),
        ("plan/x-zh/2021", "plan/x-zh/2022", ()),
    ]


def test_successors_that_replace_each_other_end():
    """A circle of successors is walked once."""
    successors = {"hk-a": ("hk-b",), "hk-b": ("hk-a",)}
    assert followed(make_plan(2021, body="hk-a"), successors=successors) == []


def test_an_item_that_went_to_another_successor_is_not_missing():
    """Each item of a body that split stands once: where it went, and only what neither has is no longer listed."""
    old = make_plan(
        2021, planned("港口", "2021-06"), released("醫院", number=1), released("船閘", number=2), body="hk-a"
    )
    one = make_plan(2022, released("港口", "2021-06"), body="hk-b")
    two = make_plan(2022, released("醫院"), released("診所", number=2), body="hk-c")
    pairs = compare(old, one, two, successors={"hk-a": ("hk-b", "hk-c")})
    assert [fates(pair) for pair in pairs] == [
        {"港口": "released-on-time"},
        {"醫院": "kept", "船閘": "no-longer-listed", "+診所": "new"},
    ]


def test_what_a_successor_without_a_plan_may_have_is_open():
    """An item may stand in the plan of a successor that was not read: nobody can say that it is not listed."""
    old = make_plan(2021, planned("港口", "2021-06"), released("船閘"), body="hk-a")
    one = make_plan(2022, released("港口", "2021-06"), body="hk-b")
    (pair,) = compare(old, one, successors={"hk-a": ("hk-b", "hk-c")})
    assert fates(pair) == {"港口": "released-on-time", "船閘": "open"}


def test_an_item_of_a_merged_body_is_not_new():
    """Each item of the plan of a body that others merged into stands once."""
    plans = [
        make_plan(2021, released("港口"), body="hk-a"),
        make_plan(2021, released("醫院"), body="hk-b"),
        make_plan(2022, released("港口"), released("醫院", number=2), released("診所", number=3), body="hk-c"),
    ]
    pairs = compare(*plans, successors={"hk-a": ("hk-c",), "hk-b": ("hk-c",)})
    assert [fates(pair) for pair in pairs] == [{"港口": "kept", "+診所": "new"}, {"醫院": "kept"}]


def test_a_body_that_took_over_another_is_compared_with_both():
    """The plan of a body that lives on follows its own plan and the last one of the body that it took over."""
    plans = [
        make_plan(2021, released("港口"), body="hk-a"),
        make_plan(2021, released("醫院"), body="hk-b"),
        make_plan(2022, released("港口"), released("醫院", number=2), body="hk-a"),
    ]
    assert [fates(pair) for pair in compare(*plans, successors={"hk-b": ("hk-a",)})] == [
        {"港口": "kept"},
        {"醫院": "kept"},
    ]
