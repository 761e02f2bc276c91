"""Records of the portal and the addresses of their pages."""

import pytest

from dcat_hk.portal.records import PortalRecord, PortalResource, order_texts


@pytest.mark.parametrize(
    ("language", "page"),
    [
        ("en", "https://data.gov.hk/en-data/dataset/hk-xyz-HK_Piers"),
        ("zh-Hant", "https://data.gov.hk/tc-data/dataset/hk-xyz-HK_Piers"),
        ("zh-Hans", "https://data.gov.hk/sc-data/dataset/hk-xyz-HK_Piers"),
    ],
)
def test_a_record_has_a_page_in_each_language(language, page):
    """The slug is the same in all languages, capital letters included."""
    record = PortalRecord("hk-xyz-HK_Piers")
    assert record.page(language) == page
    assert record.resource_page(PortalResource("https://files.example/a", "7b2"), language) == f"{page}/resource/7b2"


def test_a_resource_without_identifier_has_the_page_of_its_record():
    """No address is made up."""
    record = PortalRecord("hk-xyz-piers")
    assert record.resource_page(PortalResource("https://files.example/a"), "en") == record.page("en")
    spatial = PortalRecord("xyz_rcd_1", origin="csdi")
    assert spatial.resource_page(PortalResource("https://files.example/a", "7b2"), "en") == spatial.page("en")


@pytest.mark.parametrize(
    ("formats", "resource", "expected"),
    [
        (("API",), {}, True),
        (("CSV",), {}, False),
        (("CSV",), {"is_api": True}, True),
        (("GML",), {"protocol": "WFS"}, True),
    ],
)
def test_apis_are_known_by_format_and_by_resource(formats, resource, expected):
    """The portal tells of an API in one of several places."""
    record = PortalRecord(
        "hk-xyz-piers", formats=formats, resources=(PortalResource("https://a.example/", **resource),)
    )
    assert record.has_api is expected


def test_texts_stand_in_one_order():
    """Whatever language was read first, the bytes of a snapshot are the same."""
    assert list(order_texts({"zh-Hans": "c", "fr": "x", "en": "a", "zh-Hant": "b"})) == ["en", "zh-Hant", "zh-Hans"]
