"""JSON-LD: keys, language maps, nesting."""

import json

import pyoxigraph
import pytest
from support.rdf_things import BASE, parse_triples, triples

from dcat_hk.core.syntaxes.jsonld import JsonLd
from dcat_hk.core.terms import Literal, Thing, expand


def write(*things):
    """Return a document of things, nested."""
    jsonld = JsonLd(BASE)
    return jsonld.opening + ",\n".join(jsonld.nested(things)) + jsonld.closing()


def node(**properties):
    """Return the object of a thing with properties by prefixed name, an underscore for the colon."""
    thing = Thing(f"{BASE}a", {expand(name.replace("_", ":", 1)): terms for name, terms in properties.items()})
    return json.loads(JsonLd(BASE).node(thing).text(""))


def test_texts_are_language_maps():
    """One title by language is a text, several keywords in a language are a list, a text without tag is @none."""
    title, keywords = Literal("罪案", "zh-Hant"), (Literal("b", "en"), Literal("a", "en"), Literal("x"))
    assert node(dct_title=(title,))["title"] == {"zh-Hant": "罪案"}
    assert node(dcat_keyword=keywords)["keyword"] == {"en": ["b", "a"], "@none": ["x"]}


def test_a_value_that_no_language_map_holds_stands_under_the_iri():
    """A title with a datatype, or that is an IRI, is not lost: its key is the property's own IRI."""
    thing = Thing(f"{BASE}a", {expand("dct:title"): (Literal("1", "", expand("xsd:integer")), f"{BASE}b")})
    assert parse_triples(write(thing), pyoxigraph.RdfFormat.JSON_LD) == triples(thing)


@pytest.mark.parametrize(
    ("value", "datatype", "as_json"),
    [
        ("7", "integer", 7),
        ("-7", "integer", -7),
        ("true", "boolean", True),
        ("007", "integer", {"@type": expand("xsd:integer"), "@value": "007"}),
        ("1234567890123456", "integer", {"@type": expand("xsd:integer"), "@value": "1234567890123456"}),
        ("1", "boolean", {"@type": expand("xsd:boolean"), "@value": "1"}),
    ],
)
def test_only_values_that_json_keeps_are_json_values(value, datatype, as_json):
    """A number with leading zeros, or of more than 15 digits, would come back as another from a JSON reader."""
    thing = Thing(f"{BASE}a", {f"{BASE}def/plan#part": (Literal(value, "", expand(f"xsd:{datatype}")),)})
    written = json.loads(JsonLd(BASE).node(thing).text(""))["plan:part"]
    assert (written, type(written)) == (as_json, type(as_json))


def test_a_thing_that_is_nested_stands_once():
    """A distribution is inside its dataset, that in the catalogue, and none of them again beside it."""
    catalogue = Thing(f"{BASE}c", {expand("dcat:dataset"): (f"{BASE}d", f"{BASE}elsewhere")})
    dataset = Thing(f"{BASE}d", {expand("dcat:distribution"): (f"{BASE}e",)})
    distribution = Thing(f"{BASE}e", {expand("dct:title"): (Literal("CSV", "en"),)})
    things = (distribution, catalogue, dataset)
    text = write(*things)
    (top,) = json.loads(text)["@graph"]
    inner, reference = top["dataset"]
    assert reference == f"{BASE}elsewhere"
    assert inner["distribution"] == [{"@id": f"{BASE}e", "title": {"en": "CSV"}}]
    expected = set().union(*(triples(thing) for thing in things))
    assert parse_triples(text, pyoxigraph.RdfFormat.JSON_LD) == expected


def test_a_property_without_a_name_is_written_by_its_iri():
    """What the context does not define stands under its whole IRI and is read back."""
    thing = Thing(f"{BASE}a", {"https://other.example/p": (f"{BASE}b", Literal("x", "en"), Literal("y"))})
    assert parse_triples(write(thing), pyoxigraph.RdfFormat.JSON_LD) == triples(thing)
