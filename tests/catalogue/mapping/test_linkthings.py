"""Links, snapshots and pages of records as things."""

from dataclasses import replace

import msgspec
from support.linked_datasets import FILES, RAIN, linked_links
from support.mappings import BASE

from dcat_hk.catalogue.mapping.linked import link_iri
from dcat_hk.catalogue.mapping.linkthings import LinkThings
from dcat_hk.core.settings import Settings
from dcat_hk.core.terms import Literal, expand

LINKS = linked_links()
THINGS = LinkThings(LINKS.portal, Settings(), BASE)


def test_a_link_is_a_mapping_with_what_it_rests_on():
    """Source, relation, target, reason, measured confidence, date, and the snapshot."""
    link = THINGS.find(link_iri(BASE, LINKS.portal.by_dataset[RAIN][0])).properties
    assert link[expand("rdf:type")][0] == expand("sssom:Mapping")
    assert link[expand("owl:annotatedSource")] == (f"{BASE}dataset/{RAIN}",)
    assert link[expand("owl:annotatedTarget")] == ("https://data.gov.hk/en-data/dataset/hk-hko-rain",)
    assert link[expand("sssom:confidence")] == (Literal("0.99", "", expand("xsd:double")),)
    assert link[expand("prov:wasDerivedFrom")] == (f"{BASE}portal/2025-09-13",)


def test_a_page_has_its_title_in_its_language_only():
    """So that whoever reads a title finds where it is from."""
    page = THINGS.find("https://data.gov.hk/tc-data/dataset/hk-hko-rain").properties
    assert page[expand("dct:title")] == (Literal("雨量（各區）", "zh-Hant"),)
    assert page[expand("prov:wasDerivedFrom")] == (f"{BASE}portal/2025-09-13",)
    assert expand("dct:title") not in THINGS.find("https://data.gov.hk/sc-data/dataset/hk-hko-tide").properties


def test_a_snapshot_has_its_date_and_digest():
    """It is called in three languages."""
    snapshot = THINGS.find(f"{BASE}portal/2025-09-13").properties
    assert snapshot[expand("dct:date")] == (Literal("2025-09-13", "", expand("xsd:date")),)
    assert snapshot[expand("dct:identifier")] == (Literal("sha256:00"),)
    assert {text.language for text in snapshot[expand("dct:title")]} == {"zh-Hant", "zh-Hans", "en"}


def test_documents_and_standards_have_their_classes():
    """A schema is both; a coordinate system is a standard."""
    assert set(THINGS.find(f"{FILES}rain.json").properties[expand("rdf:type")]) == {
        expand("dct:Standard"),
        expand("foaf:Document"),
    }
    system = THINGS.find("http://www.opengis.net/def/crs/EPSG/0/2326").properties
    assert system[expand("dct:type")] == ("http://inspire.ec.europa.eu/glossary/SpatialReferenceSystem",)
    assert THINGS.find(system[expand("dct:type")][0]).properties[expand("rdf:type")] == (expand("skos:Concept"),)
    for iri in ("http://www.opengis.net/def/crs/EPSG/0/2326", "http://www.opengis.net/def/serviceType/ogc/wfs"):
        assert THINGS.find(iri).properties[expand("rdf:type")] == (expand("dct:Standard"),)


def test_of_other_things_nothing_is_said():
    """Nor of links and pages that are not there."""
    for iri in (
        f"{BASE}dataset/{RAIN}",
        f"{BASE}link/aaaaaaaaaaaaaaaa",
        "https://data.gov.hk/en-data/dataset/hk-hko-x",
    ):
        assert THINGS.find(iri) is None


def test_a_snapshot_is_called_after_where_its_records_are_from():
    """The terms of CSDI are described with them."""
    portal = LINKS.portal
    (identifier, (own,)), *others = portal.by_dataset.items()
    csdi = replace(own, record=msgspec.structs.replace(own.record, origin="csdi"))
    for by_dataset, name in (
        ({identifier: (csdi,)}, "Records of CSDI, 2025-09-13"),
        ({identifier: (csdi,), **dict(others)}, "Records of DATA.GOV.HK and CSDI, 2025-09-13"),
    ):
        things = LinkThings(replace(portal, by_dataset=by_dataset), Settings(), BASE)
        titles = things.find(f"{BASE}portal/2025-09-13").properties[expand("dct:title")]
        assert name in {text.value for text in titles}
        terms = things.find("https://portal.csdi.gov.hk/csdi-webpage/doc/TNC").properties
        assert terms[expand("rdf:type")] == (expand("dct:LicenseDocument"),)
        rights = things.find(f"{BASE}def/rights#csdi").properties
        assert rights[expand("rdf:type")] == (expand("dct:RightsStatement"),)
