"""What things point at, and the top catalogue."""

import pytest
from support.mappings import BASE, TABS, make_mappings, month
from support.plan_texts import as_tabs

from dcat_hk.catalogue.mapping.index import PlanIndex
from dcat_hk.catalogue.mapping.iris import Iris
from dcat_hk.catalogue.mapping.plans import map_catalogue
from dcat_hk.catalogue.mapping.shared import Describer, published_vocabulary, top_catalogue, top_references
from dcat_hk.core.settings import Settings
from dcat_hk.core.terms import Literal, expand
from dcat_hk.core.vocabularies import load

TITLE, NAME, KIND = expand("dct:title"), expand("foaf:name"), expand("rdf:type")


def describe(*iris, minted=None, settings=None):
    """Return what is described for IRIs that something points at, by IRI."""
    things = Describer(settings or Settings(), load(BASE)).describe(iris, minted or {})
    assert [thing.iri for thing in things] == sorted({thing.iri for thing in things})
    return {thing.iri: thing.properties for thing in things}


def test_a_concept_brings_its_scheme():
    """A category comes with the scheme it is in and the theme it maps to, and that with its own scheme."""
    category = f"{BASE}def/category/climate-and-weather"
    things = describe(category)
    (theme,) = things[category][expand("skos:broadMatch")]
    assert {category, f"{BASE}def/category", theme, theme.rpartition("/")[0]} == set(things)
    assert expand("skos:altLabel") not in things[category]


def test_a_body_brings_its_contact_point_and_successor():
    """A renamed body has a contact point and names its successor, which is described as well."""
    old, new = f"{BASE}organisation/hk-ogcio", f"{BASE}organisation/hk-dpo"
    things = describe(old)
    assert list(things[old][expand("dct:isReplacedBy")]) == [new]
    assert {f"{old}#contact", f"{new}#contact"} <= set(things)
    assert expand("vcard:hasURL") in things[f"{old}#contact"]


def test_what_no_vocabulary_has_is_described_by_its_printed_name():
    """A minted body is an agent with a contact point, a minted category a concept of the scheme of categories."""
    body, category = f"{BASE}organisation/x-aaaa", f"{BASE}def/category/x-bbbb"
    things = describe(minted={body: ("未來局", "Hant"), category: ("占星", "Hant")})
    assert things[body][NAME][0] == Literal("未來局", "zh-Hant")
    assert things[body][expand("dct:identifier")] == [Literal("x-aaaa")]
    assert f"{body}#contact" in things
    assert things[category][expand("skos:inScheme")] == [f"{BASE}def/category"]
    assert f"{BASE}def/category" in things


def test_pages_and_media_types_are_described_as_such():
    """An address is a document, a media type of IANA a media type with its name."""
    media_type = "https://www.iana.org/assignments/media-types/text/csv"
    things = describe("https://a.example/", media_type)
    assert things["https://a.example/"] == {KIND: [expand("foaf:Document")]}
    assert things[media_type][expand("rdfs:label")] == [Literal("text/csv")]


def test_labels_keep_to_the_script_that_is_asked_for():
    """With one script only, no concept has a label in the other."""
    things = describe(f"{BASE}def/category/climate-and-weather", settings=Settings(script="Hant"))
    tags = {t.language for p in things.values() for ts in p.values() for t in ts if isinstance(t, Literal)}
    assert "zh-Hant" in tags
    assert "zh-Hans" not in tags


@pytest.mark.parametrize(
    ("contact", "name"), [("mailto:data@a.example", "vcard:hasEmail"), ("https://a.example/", "vcard:hasURL")]
)
def test_the_top_catalogue_has_what_the_settings_say(contact, name):
    """Title, publisher, type and contact of the settings stand on the top catalogue and its publisher."""
    settings = Settings(
        title={"en": "Our plans"}, publisher={"en": "Data Lab"}, publisher_type="Company", contact=contact
    )
    (mapping,) = make_mappings(as_tabs(TABS))
    catalogue = top_catalogue(settings, mapping.context.index, BASE).properties
    things = describe(*catalogue[expand("dct:publisher")], settings=settings)
    operator = things[f"{BASE}organisation/operator"]
    assert catalogue[TITLE] == (Literal("Our plans", "en"),)
    assert catalogue[expand("dcat:catalog")] == (mapping.catalogue_iri,)
    assert len(catalogue[expand("dcat:dataset")]) == 4
    assert catalogue[expand("dct:issued")] == (month("2023-12"),)
    assert operator[NAME] == (Literal("Data Lab", "en"),)
    assert set(operator[expand("dct:type")]) <= set(things)
    assert things[catalogue[expand("dcat:contactPoint")][0]][expand(name)] == [contact]


def test_who_operates_is_described_as_the_settings_say_and_no_more():
    """Without settings it is the operator of dcat-hk, of no type; an IRI of its own takes the place of ours."""
    things = describe(f"{BASE}organisation/operator")
    operator = things[f"{BASE}organisation/operator"]
    assert [name.language for name in operator[NAME]] == ["zh-Hant", "zh-Hans", "en"]
    assert set(operator) == {KIND, NAME, expand("dct:identifier")}
    settings = Settings(
        publisher={"en": "Data Lab"}, publisher_iri="https://lab.example/#us", contact="mailto:a@b.example"
    )
    things = describe("https://lab.example/#us", settings=settings)
    assert set(things) == {"https://lab.example/#us", f"{BASE}organisation/operator#contact"}
    assert things["https://lab.example/#us"] == {KIND: (expand("foaf:Agent"),), NAME: (Literal("Data Lab", "en"),)}


def test_a_home_page_is_that_of_the_top_catalogue_alone():
    """A home page is of one thing: plans' catalogues have none, and the top one only what the settings say."""
    (mapping,) = make_mappings(as_tabs(TABS))
    page = expand("foaf:homepage")
    assert page not in top_catalogue(Settings(), mapping.context.index, BASE).properties
    settings = Settings(homepage="https://a.example/")
    (mapping,) = make_mappings(as_tabs(TABS), settings=settings)
    assert top_catalogue(settings, mapping.context.index, BASE).properties[page] == ("https://a.example/",)
    assert page not in map_catalogue(mapping).properties


def test_a_catalogue_without_plans_has_no_empty_property():
    """Nothing is stated about plans, dates or a contact where there are none."""
    catalogue = top_catalogue(Settings(), PlanIndex(Iris(BASE)), BASE)
    assert all(catalogue.properties.values())
    assert not {expand("dct:issued"), expand("dcat:catalog"), expand("dcat:contactPoint")} & set(catalogue.properties)


def test_everything_that_the_top_catalogue_points_at_is_listed():
    """No IRI of the top catalogue is left without a description."""
    (mapping,) = make_mappings(as_tabs(TABS))
    thing = top_catalogue(Settings(), mapping.context.index, BASE)
    pointed_at = {t for ts in thing.properties.values() for t in ts if isinstance(t, str)}
    classes = set(thing.properties[KIND])
    own = {thing.iri} | {mapping.catalogue_iri} | {f"{BASE}dataset/{i}" for i in mapping.datasets}
    assert pointed_at - classes - own == top_references(Settings())


def test_published_bodies_have_the_name_of_an_agent():
    """Organisations also have foaf:name and an identifier; concepts of other vocabularies are as in their file."""
    vocabularies = load(BASE)
    things = {thing.iri: thing.properties for thing in published_vocabulary("organisations", vocabularies)}
    police = things[f"{BASE}organisation/hk-hkpf"]
    assert police[NAME] == police[expand("skos:prefLabel")]
    assert police[expand("dct:identifier")] == police[expand("skos:notation")]
    assert published_vocabulary("categories", vocabularies) == list(vocabularies.things["categories"])
