"""Records whose body is known later than they were read."""

from dcat_hk.core.vocabularies import load
from dcat_hk.portal.providers import fill_providers
from dcat_hk.portal.records import PortalRecord
from dcat_hk.portal.snapshots import SnapshotHead, make_snapshot


def test_only_bodies_that_nobody_stated_are_filled_in():
    """A body that is stated stays, and a snapshot without gaps is the same."""
    records = [PortalRecord("hk-td-a"), PortalRecord("hk-td-b", "hk-hko"), PortalRecord("c")]
    filled = fill_providers(make_snapshot(SnapshotHead(date="2025-09"), records), load())
    assert [one.provider for one in filled.records.values()] == ["", "hk-td", "hk-hko"]
    assert fill_providers(filled, load()) is filled
