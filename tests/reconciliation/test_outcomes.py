"""What is said of items, as values."""

from support.compared_plans import make_plan, released

from dcat_hk.reconciliation.outcomes import Candidate, Outcome


def test_an_outcome_without_a_link_has_no_class_and_no_confidence():
    """What is not said of an item is empty."""
    (item,) = make_plan(2022, released("雨量")).items
    outcome = Outcome(item, (), "no-longer-listed")
    assert (outcome.link_class, outcome.confidence, outcome.months, outcome.candidates) == ("none", None, None, ())
    assert Candidate(item, 4.2).kind == "renamed"
