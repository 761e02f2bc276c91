"""What --fail-on takes as a failure."""

import pytest

from dcat_hk.checking.comparing.model import FAIL_ON, Comparison, FactChange, SideOfComparison

SIDE = SideOfComparison("output", "https://plans.example/")
CHANGE = FactChange("https://plans.example/a", "urn:p", '"1"', '"2"', "plan")


@pytest.mark.parametrize(
    ("gone", "added", "changed", "failing"),
    [
        ([], [], [], set()),
        (["urn:a"], [], [], {"gone-iri", "changed-fact", "any"}),
        ([], [], [CHANGE], {"changed-fact", "any"}),
        ([], ["urn:a"], [], {"any"}),
    ],
)
def test_each_level_includes_the_narrower_ones(gone, added, changed, failing):
    """A gone IRI fails at every level, a new one only at the widest; without a level nothing fails."""
    comparison = Comparison(SIDE, SIDE, {}, gone, added, changed)
    assert {level for level in FAIL_ON if comparison.fails(level)} == failing
    assert not comparison.fails(None)
