"""Simulated plans of the next year: rows are found again as well as issue 12 requires."""

import sys

import pytest
from support.paths import ROOT

sys.path.insert(0, str(ROOT / "evaluation"))

import evaluate_timeline

from dcat_hk.reconciliation.weights import load_weighting

#: What is required, at least or at most, of the shares that are measured.
EXPECTED = {
    "links of equal titles that are right": (0.997, 1),
    "links of renamed rows that are right": (0.99, 1),
    "renamed rows that are linked": (0.2, 1),
    "renamed rows that are linked or a candidate": (0.93, 1),
    "rows said to be no longer listed that are there": (0, 0.01),
}


@pytest.fixture(scope="module")
def seeds():
    """Read the seeds once."""
    return evaluate_timeline.read_seeds()


def test_rows_are_found_again(seeds):
    """On next plans of seeds and of the evaluation set each share is as required, and no confidence is above it."""
    tally = evaluate_timeline.measure(evaluate_timeline.simulate(seeds, 5))
    others = [plan for plan in evaluate_timeline.read_evaluation_plans() if plan.script != "Hans"]
    more = evaluate_timeline.measure(evaluate_timeline.simulate(others, 2))
    tally.counts.update(more.counts)
    assert {one.name: (one.least, one.most) for one in evaluate_timeline.MEASURES if one.name in EXPECTED} == EXPECTED
    assert tally.missed() == [], tally.wrong + more.wrong
    assert tally.counts["renamed"] > 100
    confidence, shares = load_weighting().confidence, {one.part: tally.share(one) for one in evaluate_timeline.MEASURES}
    assert confidence.same <= shares["same links right"]
    assert confidence.renamed <= shares["renamed links right"]


def test_different_rows_of_one_plan_are_never_linked(seeds):
    """A row that is gone is not linked with one that is new, however alike the rows of a plan are."""
    for plan in seeds:
        tried, linked = evaluate_timeline.find_strange_links(plan, 23)
        assert linked == []
        assert tried


def test_one_seed_gives_one_plan(seeds):
    """A simulated plan is the same on every run; another seed gives another."""
    one, same, other = (evaluate_timeline.make_next_plan(seeds[0], seed) for seed in (1, 1, 2))
    assert one == same
    assert one.after.entries != other.after.entries
