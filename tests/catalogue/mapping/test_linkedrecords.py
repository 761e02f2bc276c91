"""Which record of the portal a dataset is."""

from support.linked_datasets import RAIN, RECORDS, link

from dcat_hk.catalogue.mapping.linkedrecords import LinkedRecord, PortalLinks, page_of_record
from dcat_hk.reconciliation.sssom import BROAD, NARROW


def test_only_a_link_that_is_one_to_one_says_what_a_dataset_is():
    """A part of a record, or several records, say nothing of the dataset itself."""
    broad, exact = (LinkedRecord(link(RAIN, "hk-hko-rain", *how), RECORDS[0]) for how in ((BROAD,), ()))
    assert PortalLinks({RAIN: (broad,)}).find_exact(RAIN) is None
    assert PortalLinks({RAIN: (broad, exact)}).find_exact(RAIN) is exact
    assert not LinkedRecord(link(RAIN, "hk-hko-rain", NARROW), RECORDS[0]).is_exact


def test_every_link_is_listed_with_its_dataset():
    """So that all of them can be described."""
    one = LinkedRecord(link(RAIN, "hk-hko-rain"), RECORDS[0], ("2025-09-13",))
    assert list(PortalLinks({RAIN: (one,)}).linked()) == [(RAIN, one)]
    assert one.is_seen
    assert page_of_record(one.record) == "https://data.gov.hk/en-data/dataset/hk-hko-rain"
