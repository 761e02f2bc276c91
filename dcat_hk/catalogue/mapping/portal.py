"""
DATA.GOV.HK, the portal of the datasets that plans state: the addresses of its pages.

In: a body. Out: addresses. Whether a page is there now is not asked.
"""

from __future__ import annotations

from ...core.namespaces import DCT, FOAF
from ...core.terms import Iri
from ...core.vocabularies import Vocabularies
from .identities import Agent

#: Terms and conditions of DATA.GOV.HK and of CSDI, the list of all datasets.
TERMS_PAGE = "https://data.gov.hk/en/terms-and-conditions"
CSDI_TERMS_PAGE = "https://portal.csdi.gov.hk/csdi-webpage/doc/TNC"
#: What the IRIs of the statements on these terms end with.
RIGHTS, CSDI_RIGHTS = "data-gov-hk", "csdi"
DATASETS_PAGE = "https://data.gov.hk/tc-datasets"


def page_of(body: Agent, vocabularies: Vocabularies) -> Iri:
    """
    Return the portal's page of a body, of its successor, the body's own page, or that of all datasets.

    Args:
        body: The body.

        vocabularies: Where successors are found.
    """
    if body.concept:
        successors = (vocabularies.concepts[iri] for iri in body.concept.iris(DCT.isReplacedBy))
        for concept in (body.concept, *successors):
            for page in concept.iris(FOAF.page):
                return page
        for page in body.concept.iris(FOAF.homepage):
            return page
    return DATASETS_PAGE
