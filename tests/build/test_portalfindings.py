"""What the portal has otherwise than plans say."""

import json

import msgspec
import pytest
from support.entries import make_entry
from support.linked_datasets import LINKS, RECORDS, build_linked, write_links

from dcat_hk.build.portalfindings import _may_be_one, find_missing, load_families
from dcat_hk.catalogue.mapping.identities import Agent
from dcat_hk.core.vocabularies import load
from dcat_hk.portal.records import PortalRecord, PortalResource


def findings(folder, *records):
    """Return the findings on a plan whose datasets are linked with some records: codes and what is filled in."""
    links = write_links(folder / "links", LINKS, (("2025-09", records, True),))
    _result, output = build_linked(folder, links)
    (plan,) = json.loads((output / "report.json").read_text(encoding="utf-8"))["plans"]
    return [
        (one["code"], one["message"]) for one in plan["findings"] if "port" in one["code"] or "format" in one["code"]
    ]


def test_another_provider_and_a_missing_format_are_told(tmp_path):
    """Once for each dataset, with both sides."""
    rain = msgspec.structs.replace(RECORDS[0], provider="hk-epd", formats=("PDF",), resources=())
    found = findings(tmp_path, rain, *RECORDS[1:])
    assert [code for code, _message in found if code.startswith("p")] == [
        "portal-publisher-differs",
        "promised-format-missing",
    ]
    texts = dict(found)
    assert "hk-epd" in str(texts["portal-publisher-differs"])
    assert "CSV" in str(texts["promised-format-missing"])


def test_records_that_say_the_same_are_not_told(tmp_path):
    """An API may give any format, and the same body provides."""
    assert [code for code, _message in findings(tmp_path, *RECORDS) if code.startswith("p")] == []


@pytest.mark.parametrize(
    ("stated", "delivered", "missing"),
    [
        (("CSV", "JSON"), ("CSV",), ["JSON"]),
        (("XLS",), ("XLSX",), []),
        (("JSON",), ("GeoJSON",), []),
        (("KMZ",), ("KML",), []),
        (("CSV",), (), []),
        (("CSV",), ("ZIP",), []),
        (("CSV",), ("API", "JSON"), []),
        (("CSV",), ("HOLO",), ["CSV"]),
        (("GDB",), ("FGDB",), []),
        ((), ("CSV",), []),
    ],
)
def test_a_format_that_may_be_there_is_not_missing(stated, delivered, missing):
    """In another version, in a packed file, behind an API, or where nothing is listed."""
    entry = make_entry(formats=stated)
    assert find_missing(entry, PortalRecord("a", formats=delivered), load()) == missing


def test_formats_of_resources_count():
    """A record whose own list is short still has what its resources are."""
    record = PortalRecord("a", formats=("CSV",), resources=(PortalResource("https://a.example/1", format="XML"),))
    assert find_missing(make_entry(formats=("XML", "CSV", "SHP")), record, load()) == ["SHP"]


def test_families_name_formats_that_are_known():
    """No code is misspelt, and none is in two families."""
    assert set(load_families()) <= set(load().formats)


@pytest.mark.parametrize(
    ("names", "is_known", "expected"),
    [
        ({"zh-Hant": "海港風帆署"}, False, True),
        ({"zh-Hans": "海港风帆署"}, False, True),
        ({"en": "Harbour Sailing Department"}, False, True),
        ({}, False, True),
        ({"zh-Hant": "風箏署"}, False, False),
        ({"zh-Hant": "香港天文台"}, True, False),
        ({"en": "Hong Kong Observatory"}, True, False),
    ],
)
def test_a_body_that_no_vocabulary_has_is_another_only_by_its_name(names, is_known, expected):
    """Its code is made from its name; a name in another language says nothing."""
    publisher = Agent("x-abcdefghij", "https://example.org/organisation/x-abcdefghij", "海港風帆署 (HSD)")
    assert _may_be_one(publisher, names, is_known=is_known) is expected
