"""Distributions and services that the portal has of a dataset."""

from dataclasses import replace

import msgspec
from support.linked_datasets import FILES, RAIN, RECORDS, STATIONS, TIDES, linked_links
from support.mappings import BASE, TABS, map_texts, month
from support.plan_texts import as_tabs

from dcat_hk.core.terms import Literal, expand
from dcat_hk.portal.records import PortalRecord, PortalResource

DOWNLOAD, ACCESS = expand("dcat:downloadURL"), expand("dcat:accessURL")


def distributions(identifier, links=None):
    """Return the distributions of a dataset by the last part of their IRIs."""
    (things,) = map_texts(as_tabs(TABS), links=links or linked_links())
    listed = things[f"{BASE}dataset/{identifier}"].get(expand("dcat:distribution"), ())
    return {iri.rpartition("/")[2]: things[iri] for iri in listed}


def with_record(**fields):
    """Return links in which the record of the rain has other fields."""
    links = linked_links()
    own = links.portal.by_dataset[RAIN][0]
    changed = replace(own, record=msgspec.structs.replace(own.record, **fields))
    return replace(links, portal=replace(links.portal, by_dataset={RAIN: (changed,)}))


def test_a_stated_format_takes_over_the_only_resource_that_has_it():
    """It keeps its IRI, its month and its title, and gets addresses, days, size and source."""
    stated = distributions(RAIN)["csv"]
    assert stated[DOWNLOAD] == (f"{FILES}rain_%E9%9B%A8.csv",)
    assert stated[ACCESS] == ("https://data.gov.hk/en-data/dataset/hk-hko-rain/resource/1f2e",)
    assert stated[expand("dct:issued")] == (month("2020-02"),)
    assert stated[expand("dct:modified")] == (Literal("2025-08-30", "", expand("xsd:date")),)
    assert stated[expand("dcat:byteSize")] == (Literal("1234", "", expand("xsd:nonNegativeInteger")),)
    assert stated[expand("dct:conformsTo")] == (f"{FILES}rain.json",)
    assert stated[expand("prov:wasDerivedFrom")] == (f"{BASE}portal/2025-09-13",)


def test_other_resources_are_distributions_of_their_own():
    """Of two files in one format neither takes the place of the other; one alone is called by its format."""
    found = distributions(RAIN)
    assert sorted(name for name in found if not name.startswith("portal-")) == ["csv", "zip"]
    json_files = [one for name, one in found.items() if name.startswith("portal-")]
    assert sorted(one[DOWNLOAD][0] for one in json_files) == [f"{FILES}rain-en.json", f"{FILES}rain-tc.json"]
    assert {one[expand("dct:title")][0] for one in json_files} == {
        Literal("Rain (JSON)", "en"),
        Literal("雨量 (JSON)", "zh-Hant"),
    }


def test_what_is_no_address_makes_no_download():
    """The page of the resource is all that there is."""
    archive = distributions(RAIN)["zip"]
    assert DOWNLOAD not in archive
    assert archive[ACCESS] == ("https://data.gov.hk/en-data/dataset/hk-hko-rain/resource/3c",)


def test_formats_without_resources_lead_to_the_page_of_the_record():
    """A list of titles and formats is enough for a distribution, not for a download."""
    (only,) = distributions(TIDES).values()
    assert only[ACCESS] == ("https://data.gov.hk/tc-data/dataset/hk-hko-tide",)
    assert DOWNLOAD not in only
    assert only[expand("dct:title")][0].value == "潮汐預報 (CSV)"


def test_a_stated_format_that_the_record_lacks_leads_to_its_page():
    """It is promised still; nothing is invented."""
    found = distributions(STATIONS)
    assert {name: found[name][ACCESS] for name in ("json", "csv")} == dict.fromkeys(
        ("json", "csv"), ("https://data.gov.hk/tc-data/dataset/hk-hko-stations",)
    )


def test_an_api_is_a_service_that_serves_the_dataset():
    """It has an address, a standard where one can be told, and no download."""
    (things,) = map_texts(as_tabs(TABS), links=linked_links())
    (service,) = [one for iri, one in things.items() if iri.endswith("#service")]
    assert service[expand("dcat:endpointURL")] == (f"{FILES}geo?service=WFS",)
    assert service[expand("dcat:servesDataset")] == (f"{BASE}dataset/{STATIONS}",)
    assert service[expand("dct:conformsTo")] == ("http://www.opengis.net/def/serviceType/ogc/wfs",)
    api = distributions(STATIONS)["api"]
    assert things[api[expand("dcat:accessService")][0]] == service
    assert DOWNLOAD not in api


def test_formats_that_no_vocabulary_has_are_not_stated():
    """The resource is there all the same, with what the portal calls it."""
    found = distributions(RAIN, with_record(formats=("HOLO",), resources=(PortalResource(f"{FILES}a", format="HOLO"),)))
    (other,) = [one for name, one in found.items() if name.startswith("portal-")]
    assert expand("dct:format") not in other
    assert [text.value for text in other[expand("dct:title")]] == [
        "雨量 (HOLO)",
        "雨量（各区） (HOLO)",
        "Rainfall (HOLO)",
    ]


def test_a_resource_that_is_listed_twice_is_one_distribution():
    """The same address has one IRI."""
    twice = (PortalResource(f"{FILES}a", "1", format="XML"), PortalResource(f"{FILES}a", "2", format="XML"))
    found = distributions(RAIN, with_record(formats=(), resources=twice))
    assert len(found) == 2


def test_every_resource_of_a_record_is_found_again():
    """Whatever formats and names it has, its address or its page is in the catalogue."""
    for record in RECORDS:
        assert isinstance(record, PortalRecord)
    pages = {one[ACCESS][0].rpartition("/")[2] for one in distributions(RAIN).values()}
    assert pages == {resource.id for resource in RECORDS[0].resources}


def test_the_terms_are_those_of_the_catalogue_that_has_the_record():
    """What CSDI has is not under the terms of DATA.GOV.HK."""
    for origin, page, rights in (
        ("portal", "https://data.gov.hk/en/terms-and-conditions", "data-gov-hk"),
        ("csdi", "https://portal.csdi.gov.hk/csdi-webpage/doc/TNC", "csdi"),
    ):
        found = distributions(RAIN, with_record(origin=origin))
        others = [one for name, one in found.items() if name.startswith("portal-")]
        assert {one[expand("dct:license")] for one in others} == {(page,)}
        assert {one[expand("dct:rights")] for one in others} == {(f"{BASE}def/rights#{rights}",)}
