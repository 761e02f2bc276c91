"""Pages of the portal."""

import pytest
from support.mappings import BASE, TABS, datasets, map_texts
from support.plan_texts import PlanText, as_tabs

from dcat_hk.catalogue.mapping.identities import Agent, Bodies
from dcat_hk.catalogue.mapping.portal import DATASETS_PAGE, page_of
from dcat_hk.core.terms import expand
from dcat_hk.core.vocabularies import load


def test_a_body_that_is_not_on_the_portal_has_its_successors_page():
    """The page of a renamed body is its successor's; that of an unknown one the portal's list of datasets."""
    for bureau, page in (("政府資訊科技總監辦公室", "provider/hk-dpo"), ("未來事務局", "tc-datasets")):
        (things,) = map_texts(as_tabs(PlanText(bureau, 2024, TABS.rows)))
        _iri, properties = datasets(things)["雨量"]
        assert properties[expand("dcat:landingPage")][0].endswith(page)


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("香港天文台", "https://data.gov.hk/tc-datasets/provider/hk-hko"),
        ("政府資訊科技總監辦公室", "https://data.gov.hk/tc-datasets/provider/hk-dpo"),
        ("未來局", DATASETS_PAGE),
    ],
)
def test_a_page_is_the_body_s_own_else_its_successor_s(name, page):
    """A body that is unknown, and has no successor, gets the page of all datasets."""
    vocabularies = load(BASE)
    assert page_of(Bodies(vocabularies).find(name), vocabularies) == page


def test_a_body_without_a_concept_has_no_page_of_its_own():
    """Nothing is made up from the code of a body that no vocabulary has."""
    assert page_of(Agent("hk-hko", f"{BASE}organisation/hk-hko", "x"), load(BASE)) == DATASETS_PAGE
