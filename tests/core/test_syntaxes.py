"""Every file is the same graph, in parsers of several families."""

import json
import re

import pyoxigraph
import pytest
from hypothesis import given, settings
from rdflib import BNode, Graph, URIRef
from support.rdf_things import BASE, parse_triples, things, triples

from dcat_hk.core.languages import TEXT_LANGUAGES
from dcat_hk.core.syntaxes.jsonld import JsonLd
from dcat_hk.core.syntaxes.nquads import write_quads
from dcat_hk.core.syntaxes.turtle import Turtle
from dcat_hk.core.terms import expand

FORMATS = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "nq": pyoxigraph.RdfFormat.N_QUADS,
}


def by_oxigraph(path):
    """Return the triples of a file, graphs aside, as pyoxigraph reads them."""
    found = pyoxigraph.parse(path=str(path), format=FORMATS[path.suffix[1:]])
    return {(q.subject, q.predicate, q.object) for q in found}


def test_the_whole_catalogue_is_one_graph(catalogue):
    """Turtle, JSON-LD and N-Quads of the whole hold the same triples for pyoxigraph."""
    turtle = by_oxigraph(catalogue / "catalogue.ttl")
    assert len(turtle) > 10_000
    assert by_oxigraph(catalogue / "catalogue.jsonld") == turtle == by_oxigraph(catalogue / "catalogue.nq")


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning", "ignore:ConjunctiveGraph:DeprecationWarning")
def test_the_whole_catalogue_is_one_graph_for_rdflib_too(catalogue, turtle_graph):
    """rdflib, of another family, reads the same triples from Turtle, JSON-LD and N-Quads."""
    from rdflib import Dataset

    quads = Dataset(default_union=True).parse(catalogue / "catalogue.nq", format="nquads")
    assert set(Graph().parse(catalogue / "catalogue.jsonld", format="json-ld")) == set(turtle_graph)
    assert {(s, p, o) for s, p, o, _g in quads.quads()} == set(turtle_graph)


def test_the_json_ld_expands_to_the_turtle(catalogue):
    """PyLD, a JSON-LD processor of a third family, expands the file to the Turtle's triples."""
    from pyld import jsonld

    document = json.loads((catalogue / "catalogue.jsonld").read_text(encoding="utf-8"))
    quads = jsonld.to_rdf(document, {"format": "application/n-quads"})
    found = {(q.subject, q.predicate, q.object) for q in pyoxigraph.parse(quads.encode(), format=FORMATS["nq"])}
    assert found == by_oxigraph(catalogue / "catalogue.ttl")


def test_each_plan_is_one_graph_and_part_of_the_whole(catalogue):
    """A plan's two files hold the same triples, all of them in the catalogue."""
    whole = by_oxigraph(catalogue / "catalogue.ttl")
    plans = sorted((catalogue / "plans").rglob("*.ttl"))
    assert len(plans) == 5
    for path in plans:
        turtle = by_oxigraph(path)
        assert turtle == by_oxigraph(path.with_suffix(".jsonld"))
        assert turtle <= whole


def test_each_plan_has_its_graph_and_concepts_another(catalogue):
    """N-Quads put each plan into the graph of its catalogue, concepts and bodies into def/, nothing elsewhere."""
    quads = list(pyoxigraph.parse(path=str(catalogue / "catalogue.nq"), format=FORMATS["nq"]))
    graphs = {q.graph_name.value.removeprefix(BASE) for q in quads}
    assert {g for g in graphs if "/" in g and g != "def/"} == {
        "catalogue/hk-hhb/2024-2026",
        "catalogue/hk-hkpf/2024-2026",
        "catalogue/hk-itc/2023-2025",
        "catalogue/hk-itib/2026-2028",
        "catalogue/hk-ogcio/2019-2021",
    }
    assert graphs - {"catalogue", "def/"} == {g for g in graphs if g.startswith("catalogue/")}
    assert len(quads) == len(set(quads))
    subjects = {}
    for quad in quads:
        assert subjects.setdefault(quad.subject, quad.graph_name) == quad.graph_name


def test_there_is_no_blank_node_and_no_iri_beyond_ascii(turtle_graph):
    """Every node has an IRI of ASCII characters."""
    for term in {term for triple in turtle_graph for term in triple}:
        assert not isinstance(term, BNode)
        if isinstance(term, URIRef):
            assert re.fullmatch(r"[!-~]+", term), term


def test_identifiers_are_unique_whatever_the_case(turtle_graph):
    """No two datasets share an identifier, case aside, and each is the last part of its IRI."""
    pairs = list(turtle_graph.subject_objects(URIRef(expand("dct:identifier"))))
    datasets = {str(s): str(o) for s, o in pairs if "/dataset/" in str(s)}
    assert len({identifier.casefold() for identifier in datasets.values()}) == len(datasets) == 187
    assert all(iri.endswith(f"/{identifier}") for iri, identifier in datasets.items())


def test_language_tags_have_the_case_of_the_standard(catalogue):
    """Tags are written as BCP 47 recommends, in every file."""
    for path in catalogue.rglob("*.ttl"):
        found = set(re.findall(r'"@([A-Za-z][A-Za-z0-9-]*)', path.read_text(encoding="utf-8")))
        assert found <= set(TEXT_LANGUAGES), path


def test_the_preferred_language_comes_first(catalogue):
    """Of a dataset's titles the printed one stands first: some readers take the first they meet."""
    text = (catalogue / "catalogue.ttl").read_text(encoding="utf-8")
    first = re.findall(r'a dcat:Dataset.*?dct:title\s+"[^"]*"@([A-Za-z-]+)', text, re.DOTALL)
    assert len(first) == 187
    assert set(first) == {"zh-Hant", "zh-Hans"}


def test_nothing_remote_is_needed_to_read_the_json_ld(catalogue):
    """The context stands in the file, with language maps for text and sets for what can repeat."""
    context = json.loads((catalogue / "catalogue.jsonld").read_text(encoding="utf-8"))["@context"]
    assert context["title"]["@container"] == "@language"
    assert context["keyword"]["@container"] == ["@language", "@set"]
    assert context["theme"]["@container"] == "@set"
    assert all(not isinstance(v, list) for v in [context])


def test_the_json_ld_is_nested(catalogue):
    """Distributions stand in datasets, datasets and records in their plan's catalogue, that in the top one."""
    top = json.loads((catalogue / "catalogue.jsonld").read_text(encoding="utf-8"))["@graph"][0]
    assert top["@id"] == f"{BASE}catalogue"
    datasets = [dataset for plan in top["catalog"] for dataset in plan["dataset"]]
    assert len(datasets) == 187
    assert all(isinstance(dataset, dict) for dataset in datasets)
    assert all(isinstance(d, dict) for dataset in datasets for d in dataset.get("distribution", []))
    assert sum(len(plan["record"]) for plan in top["catalog"]) == 193


# ---- properties of the writers


@settings(deadline=None)
@given(things)
def test_any_thing_survives_every_syntax(thing):
    """Whatever text and IRIs a thing has, each writer writes it so that it is read back."""
    expected = triples(thing)
    turtle, jsonld = Turtle(BASE), JsonLd(BASE)
    assert parse_triples(turtle.header() + turtle.block(thing), pyoxigraph.RdfFormat.TURTLE) == expected
    assert parse_triples(write_quads(thing, f"{BASE}g"), pyoxigraph.RdfFormat.N_QUADS) == expected
    assert (
        parse_triples(jsonld.opening + jsonld.node(thing).text("") + jsonld.closing(), pyoxigraph.RdfFormat.JSON_LD)
        == expected
    )
