"""Corrections are activities that name file, person, day, reason and both values, beside the words as printed."""

import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS
from support.decided_plans import write_decided_plan

from dcat_hk.build import build
from dcat_hk.catalogue.mapping.corrections import person_iri
from dcat_hk.checking.validating.validator import validate_turtle
from dcat_hk.core.settings import Settings

BASE = "https://example.org/dcat-hk/"
PLAN = Namespace(f"{BASE}def/plan#")
RECORD = f"{BASE}record/hk-kite/2024-2026/"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Return the folder of a catalogue with corrections."""
    folder = tmp_path_factory.mktemp("decided")
    plans = write_decided_plan(folder / "plans")
    build([plans], folder / "output", Settings(), jobs=1, decisions=plans / "decisions")
    return folder / "output"


@pytest.fixture(scope="module")
def graph(published):
    """Return the catalogue as a graph."""
    return Graph().parse(published / "catalogue.ttl")


def test_a_correction_is_beside_the_record(graph):
    """The record points at it, and it says what, who, when and why."""
    (iri,) = [one for one in graph.subjects(PLAN.correctedField) if str(one).endswith("#corrected-date")]
    assert str(iri).startswith(f"{RECORD}D-ii-1#")
    values = {
        str(p).rpartition("#")[2].rpartition("/")[2]: str(o) for p, o in graph.predicate_objects(iri) if p != RDF.type
    }
    assert values | {"used": "", "wasAssociatedWith": ""} == {
        "correctedField": "date",
        "printed": "13/2023",
        "meant": "12/2023",
        "date": "2024-02-01",
        "comment": "There is no such thing.",
        "used": "",
        "wasAssociatedWith": "",
    }
    assert (None, PROV.wasInfluencedBy, iri) in graph
    assert graph.value(graph.value(iri, PROV.used), DCTERMS.title).toPython() == "kite.txt"
    assert graph.value(graph.value(iri, PROV.wasAssociatedWith), RDFS.label).toPython() == "Chan Tai Man"


def test_a_withdrawn_row_leaves_its_correction(graph):
    """There is no record and no dataset, but who withdrew what, and where it stands."""
    assert not list(graph.predicate_objects(URIRef(f"{RECORD}D-ii-3")))
    iri = URIRef(f"{RECORD}D-ii-3#corrected-row")
    assert graph.value(iri, PLAN.printed).toPython() == "重複"
    assert graph.value(iri, PLAN.meant) is None
    assert graph.value(iri, PLAN.locator).toPython() == "lines 54-54"


def test_people_are_named_by_their_addresses_or_by_the_catalogue():
    """An ORCID or an address is an IRI; a name gets one that does not depend on its spelling."""
    assert person_iri(BASE, "mailto:a@b.example") == "mailto:a@b.example"
    assert person_iri(BASE, "https://a.example/me") == "https://a.example/me"
    assert person_iri(BASE, "Chan Tai-man") == person_iri(BASE, "Chan Tai Man")
    assert person_iri(BASE, "mailto:a b").startswith(f"{BASE}person/")
    assert person_iri(BASE, "…").startswith(f"{BASE}person/")


@pytest.mark.parametrize(
    ("old", "new", "convention"),
    [
        ('plan:printed "13/2023"', 'plan:section "D"', "HK28"),
        ('dct:date "2024-02-01"^^xsd:date ;\n', "", "HK28"),
        ('plan:meant "12/2023" ;\n', "", "HK29"),
        ('plan:meant "12/2023"', 'plan:meant "13/2023"', "HK29"),
        ('plan:correctedField "row"', 'plan:correctedField "colour"', "HK29"),
    ],
)
def test_the_shapes_bite(published, old, new, convention):
    """A correction that lacks something violates the profile; the one that was published does not."""
    text = (published / "plans/hk-kite/2024-2026.ttl").read_text(encoding="utf-8")
    assert not [one for one in validate_turtle(text, "dcat-ap-hk", BASE) if one.severity == "Violation"]
    assert old in text
    broken = validate_turtle(text.replace(old, new, 1), "dcat-ap-hk", BASE)
    assert {one.source_shape.partition("#")[2][:4] for one in broken if one.severity == "Violation"} == {convention}
