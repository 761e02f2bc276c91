"""From pages of the portal to its records."""

import pytest

from dcat_hk.portal.addresses import find_record, name_record
from dcat_hk.portal.records import PortalRecord


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
@pytest.mark.parametrize("record", [PortalRecord("hk-xyz-a_1"), PortalRecord("xyz_rcd_16_3", origin="csdi")])
def test_the_page_of_a_record_leads_back_to_it(record, language):
    """Whatever the language, and of either catalogue."""
    assert find_record(record.page(language)) == record


@pytest.mark.parametrize(
    "address",
    [
        "https://data.gov.hk/en-data/dataset/",
        "https://data.gov.hk/en-data/dataset/a/resource/1f2e",
        "https://data.gov.hk/fr-data/dataset/a",
        "https://data.gov.hk.example.org/en-data/dataset/a",
        "https://data.gov.hk/en-data/dataset/名單",
        "ftp://data.gov.hk/en-data/dataset/a",
        "hk-xyz-a",
        "",
    ],
)
def test_other_addresses_are_of_no_record(address):
    """Resources, other hosts and other languages have no record of their own."""
    assert find_record(address) is None


def test_pages_of_any_language_name_the_same_record():
    """A person may paste the address that is in the browser."""
    names = {name_record(f"https://data.gov.hk/{tag}-data/dataset/hk-hko-rain") for tag in ("en", "tc", "sc")}
    assert names == {"hk-hko-rain"}
