"""What linking says of rows."""

from dcat_hk.linking.outcomes import LinkCandidate, PortalDecisions


def test_without_decisions_nothing_is_decided():
    """The usual case."""
    assert PortalDecisions() == PortalDecisions({}, frozenset(), frozenset())
    assert LinkCandidate("hk-xyz-a", 1.0).evidence == {}
