"""
From the address of a page of the portal to the record that it is of.

In: an IRI. Out: the name of the record. The other way is `PortalRecord.page`.
"""

from __future__ import annotations

import re

from ..core.terms import Iri
from .records import PortalRecord

_RECORD_PAGE = re.compile(
    r"https?://(?:www\.)?data\.gov\.hk/(?:en|tc|sc)-data/dataset/([A-Za-z0-9_-]+)/?", re.ASCII | re.IGNORECASE
)
_CSDI_PAGE = re.compile(
    r"https?://portal\.csdi\.gov\.hk/(?:geoportal/\?(?:[^#]*&)?datasetId=|csdi-webpage/dataset/)([A-Za-z0-9_]+)(?:[&/#].*)?",
    re.ASCII | re.IGNORECASE,
)


def find_record(page: Iri) -> PortalRecord | None:
    """
    Return the record whose page has an address, with nothing but its name; None for an address of anything else.

    Args:
        page: The address, in any language of the portal.

    >>> find_record("https://data.gov.hk/tc-data/dataset/hk-xyz-piers").page("en")
    'https://data.gov.hk/en-data/dataset/hk-xyz-piers'
    >>> find_record("https://portal.csdi.gov.hk/geoportal/?datasetId=xyz_rcd_1&lang=en").origin
    'csdi'
    >>> find_record("https://data.gov.hk/en/providers") is None
    True
    """
    match = _RECORD_PAGE.fullmatch(page)
    if match:
        return PortalRecord(match[1])
    match = _CSDI_PAGE.fullmatch(page)
    return PortalRecord(match[1], origin="csdi") if match else None


def name_record(page: Iri) -> str:
    """
    Return the name of the record that an address is a page of; empty for any other address.

    Args:
        page: The address, in any language of the portal.

    >>> name_record("https://data.gov.hk/sc-data/dataset/hk-xyz-piers"), name_record("https://example.org/a")
    ('hk-xyz-piers', '')
    """
    record = find_record(page)
    return record.slug if record else ""
