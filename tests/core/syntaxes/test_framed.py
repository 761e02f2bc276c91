"""Framed JSON-LD: what it holds, and that the frame gives the same."""

import copy
import json

import pytest
from pyld import jsonld as pyld
from support.framed import lower_tags

from dcat_hk.core.syntaxes import framed
from dcat_hk.core.syntaxes.framed import FramedJsonLd, framed_parts
from dcat_hk.core.syntaxes.jsonld import JsonLd
from dcat_hk.core.terms import Literal, Thing, expand
from dcat_hk.core.wording.records import WordingError, read_toml

BASE = "https://example.org/"
DATASET = Thing(
    f"{BASE}dataset/a",
    {
        expand("rdf:type"): [expand("dcat:Dataset"), expand("dcat:Resource")],
        expand("dct:title"): [Literal("雨量", "zh-Hant"), Literal("雨量", "zh-Hans-t-zh-hant"), Literal("Rain", "en")],
        expand("dct:identifier"): [Literal("a")],
        expand("dct:issued"): [Literal("2024-03-01", "", expand("xsd:date"))],
        expand("dcat:keyword"): [Literal("雨", "zh-Hant"), Literal("雨量", "zh-Hant")],
        expand("dct:publisher"): [f"{BASE}organisation/o"],
        expand("dcat:theme"): [expand("theme:ENVI"), expand("theme:REGI")],
        expand("dct:temporal"): [f"{BASE}dataset/a#period"],
        expand("adms:status"): [f"{BASE}def/plan#released"],
        expand("dcat:landingPage"): [f"{BASE}page", f"{BASE}untyped"],
        expand("dct:accessRights"): [expand("access:PUBLIC")],
        expand("skos:exactMatch"): [f"{BASE}record"],
        expand("foaf:page"): [f"{BASE}dictionary-1", f"{BASE}dictionary-2"],
        expand("dcat:distribution"): [f"{BASE}dataset/a/distribution/csv"],
        expand("dct:source"): [f"{BASE}not-shown"],
    },
)
THINGS = {
    thing.iri: thing
    for thing in (
        Thing(f"{BASE}organisation/o", {expand("foaf:name"): [Literal("局", "zh-Hant"), Literal("untagged")]}),
        Thing(expand("theme:ENVI"), {expand("skos:prefLabel"): [Literal("Environment", "en"), Literal("Env", "en")]}),
        Thing(
            f"{BASE}dataset/a#period",
            {
                expand("rdf:type"): [expand("dct:PeriodOfTime")],
                expand("dcat:startDate"): [Literal("2018-04", "", expand("xsd:gYearMonth"))],
                expand("dcat:endDate"): [Literal("2019", "", expand("xsd:gYear"))],
            },
        ),
        Thing(
            f"{BASE}dataset/a/distribution/csv",
            {
                expand("rdf:type"): [expand("dcat:Distribution")],
                expand("dct:modified"): [Literal("2025-08-30", "", expand("xsd:date"))],
                expand("dcat:byteSize"): [Literal("1234", "", expand("xsd:nonNegativeInteger"))],
                expand("dcat:accessURL"): [f"{BASE}page"],
                expand("dcat:downloadURL"): [f"{BASE}a.csv"],
            },
        ),
        Thing(f"{BASE}def/plan#released", {expand("rdf:type"): [f"{BASE}def/plan#Stage"]}),
        Thing(
            f"{BASE}page",
            {expand("rdf:type"): [expand("foaf:Document")], expand("dct:title"): [Literal("A page", "en")]},
        ),
        Thing(f"{BASE}untyped", {expand("dct:title"): [Literal("A page", "en")]}),
    )
}


def test_names_stand_beside_codes_and_links_stay_addresses():
    """What a reader needs is inside; what nothing is known of is its IRI, and of a page only the class is told."""
    tree = FramedJsonLd(BASE).tree(DATASET, THINGS.get)
    assert tree["publisher"] == {"@id": f"{BASE}organisation/o", "name": {"zh-Hant": "局", "@none": "untagged"}}
    assert tree["theme"] == [
        {"@id": expand("theme:ENVI"), "prefLabel": {"en": ["Environment", "Env"]}},
        expand("theme:REGI"),
    ]
    assert tree["temporal"]["startMonth"] == "2018-04"
    assert tree["temporal"]["endDate"] == "2019"
    assert tree["landingPage"] == [{"@id": f"{BASE}page", "@type": "foaf:Document"}, f"{BASE}untyped"]
    assert tree["accessRights"] == expand("access:PUBLIC")
    assert tree["keyword"] == {"zh-Hant": ["雨", "雨量"]}
    assert tree["dct:issued"] == {"@type": "xsd:date", "@value": "2024-03-01"}
    assert tree["skos:exactMatch"] == {"@id": f"{BASE}record"}
    (distribution,) = tree["distribution"]
    assert distribution["dcat:downloadURL"] == {"@id": f"{BASE}a.csv"}
    assert distribution["dcat:byteSize"] == {"@type": "xsd:nonNegativeInteger", "@value": "1234"}
    assert "dct:source" not in tree


def test_the_frame_gives_the_same_tree():
    """PyLD makes the same of the things with the published frame, terms and all."""
    writer, jsonld = FramedJsonLd(BASE), JsonLd(BASE)
    nodes = [jsonld.node(thing).text("") for thing in (DATASET, *THINGS.values())]
    document = json.loads(jsonld.opening + ",\n".join(nodes) + jsonld.closing())
    found = pyld.frame(document, writer.frame(), {"omitGraph": False})
    assert found["@context"] == writer.context
    assert found["@graph"] == [lower_tags(writer.tree(DATASET, THINGS.get))]


def test_no_value_is_abbreviated():
    """Prefixes stand in keys and classes only, so that every address in a value is whole."""
    context = FramedJsonLd(BASE).context
    assert "plan" not in context
    assert set(context) < set(JsonLd(BASE).context)
    tree = FramedJsonLd(BASE).tree(DATASET, THINGS.get)
    assert tree["status"] == {"@id": f"{BASE}def/plan#released", "@type": f"{BASE}def/plan#Stage"}


@pytest.mark.parametrize(
    ("kind", "change", "why"),
    [
        ("Agent", {"shown": ["foaf:nome"]}, "has no row"),
        ("Agent", {"nested": {"rdf:type": "Concept"}}, "is in no context"),
        ("Plan", {"nested": {"dct:publisher": "Body"}}, "Nothing is known by the name Body"),
    ],
)
def test_a_table_that_cannot_be_followed_is_refused(monkeypatch, kind, change, why):
    """A property without a term and a kind that is not described are named."""
    table = copy.deepcopy(read_toml("dcat_hk.core", "frame.toml"))
    table[kind] |= change
    monkeypatch.setattr(framed, "read_toml", lambda *_names: table)
    framed_parts.cache_clear()
    with pytest.raises(WordingError, match=why):
        framed_parts()
    framed_parts.cache_clear()
