"""A published catalogue, or part of it, in other syntaxes."""

import json
import re
import shutil

import jsonschema
import pyoxigraph
import pytest
from pyld import jsonld as pyld
from rdflib import RDF, Graph, URIRef
from support.framed import lower_tags
from support.plan_texts import PlanText, Row, as_tabs

from dcat_hk.build import build
from dcat_hk.catalogue.publishing.export import Selection, export, export_framed
from dcat_hk.core.settings import Settings
from dcat_hk.core.syntaxes.framed import framed_parts
from dcat_hk.core.terms import expand

FORMATS = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
}


def triples(text, syntax):
    """Return the triples of a text, graphs aside."""
    return {(q.subject, q.predicate, q.object) for q in pyoxigraph.parse(text.encode(), format=FORMATS[syntax])}


def selected(catalogue, syntax="turtle", **wanted):
    """Return an export as text."""
    return "".join(export(catalogue, syntax, Selection(**wanted)))


@pytest.mark.parametrize("syntax", FORMATS)
def test_every_syntax_is_the_same_graph(catalogue, syntax):
    """A whole export has the catalogue's triples in every syntax."""
    whole = triples((catalogue / "catalogue.ttl").read_text(encoding="utf-8"), "turtle")
    assert triples(selected(catalogue, syntax), syntax) == whole


@pytest.mark.parametrize("syntax", ["nquads", "trig"])
def test_graphs_are_kept(catalogue, syntax):
    """Syntaxes with graphs keep each plan in its own."""
    original = set(pyoxigraph.parse(path=str(catalogue / "catalogue.nq"), format=FORMATS["nquads"]))
    assert set(pyoxigraph.parse(selected(catalogue, syntax).encode(), format=FORMATS[syntax])) == original


@pytest.mark.parametrize(
    ("wanted", "datasets", "records"),
    [
        ({"plan": "hk-hkpf/2024-2026"}, 32, 33),
        ({"organisation": "hospital"}, 18, 18),
        ({"stage": "planned"}, 40, 40),
        ({"stage": "released"}, 147, 153),
        ({"plan": "hk-hhb/2024-2026", "stage": "planned", "organisation": "hospital"}, 8, 8),
    ],
)
def test_filters_keep_what_is_asked_for_and_conform(catalogue, wanted, datasets, records):
    """Plan, publisher and stage choose datasets with their records; what is left is complete and conforms."""
    from dcat_hk.checking.validating.profiles import load_shapes
    from dcat_hk.checking.validating.validator import validate
    from dcat_hk.core.results import violations

    graph = Graph().parse(data=selected(catalogue, **wanted), format="turtle")
    assert len(set(graph.subjects(RDF.type, URIRef(expand("dcat:Dataset"))))) == datasets
    assert len(set(graph.subjects(RDF.type, URIRef(expand("dcat:CatalogRecord"))))) == records
    assert violations(validate(graph, load_shapes("dcat-ap-hk", "https://example.org/dcat-hk/", "2026-11-20"))) == []


def test_one_script_only(catalogue):
    """An export in one script has no text in the other, and every dataset still has a title."""
    text = selected(catalogue, script="Hans", derived="plain")
    assert "@zh-Hant" not in text
    assert "-t-zh" not in text
    graph = Graph().parse(data=text, format="turtle")
    for dataset in graph.subjects(RDF.type, URIRef(expand("dcat:Dataset"))):
        (title,) = graph.objects(dataset, URIRef(expand("dct:title")))
        assert title.language == "zh-Hans"


def test_derived_labels_can_be_left_out(catalogue):
    """Without derived labels only printed and real ones are left."""
    assert "-t-zh" not in selected(catalogue, derived="none")
    assert "-t-zh" in selected(catalogue)


def test_keywords_as_tags(catalogue, tmp_path):
    """Keywords hold nothing that a tag may not; nothing else changes."""
    whole = tmp_path / "catalogue"
    shutil.copytree(catalogue, whole)
    quads = (whole / "catalogue.nq").read_text(encoding="utf-8")
    (whole / "catalogue.nq").write_text(quads.replace('"自願醫保計劃"@', '"自願醫保、計劃 (VHIS)"@'), encoding="utf-8")
    plain, tags = triples(selected(whole), "turtle"), triples(selected(whole, keywords="tags"), "turtle")
    changed = {predicate.value for _subject, predicate, _object in plain ^ tags}
    assert changed == {expand("dcat:keyword")}
    words = {object_.value for _subject, predicate, object_ in tags if predicate.value in changed}
    assert {"創新及科技基金", "ITF", "Wi-Fi.HK", "自願醫保 計劃 VHIS"} <= words
    assert all(re.fullmatch(r"[\w .-]{2,100}", word) and word == word.strip() for word in words)
    subjects = [{s for s, p, _o in found if p.value in changed} for found in (plain, tags)]
    assert subjects[0] == subjects[1]


def test_the_keywords_of_a_build_are_tags_already(catalogue):
    """Words of titles and headings have no marks that a tag may not have."""
    assert selected(catalogue, keywords="tags") == selected(catalogue)


def test_a_period_goes_with_its_dataset(tmp_path):
    """What is selected has the periods of its datasets and no others, in each graph and nesting."""
    rows = [Row("氣象", "2016至2019年雨量統計", "02/2020", "每年", "(CSV)")]
    planned = [Row("氣象", "2018年風速統計", "02/2025", "每年", "(CSV)")]
    (tmp_path / "a.txt").write_text(
        as_tabs(PlanText("香港天文台", 2024, {("D", "ii"): rows, ("A", "ii"): planned})), encoding="utf-8"
    )
    assert build([tmp_path / "a.txt"], tmp_path / "out", Settings(), jobs=1).published
    for stage, year in (("released", "2016"), ("planned", "2018")):
        text = selected(tmp_path / "out", stage=stage)
        assert re.findall(r'startDate "(\d+)"', text) == ["2024", year]
        assert triples(text, "turtle") == triples(selected(tmp_path / "out", "jsonld", stage=stage), "jsonld")
    whole = triples((tmp_path / "out/catalogue.ttl").read_text(encoding="utf-8"), "turtle")
    assert triples((tmp_path / "out/catalogue.jsonld").read_text(encoding="utf-8"), "jsonld") == whole


# ---- framed


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"stage": "planned"},
        {"plan": "hk-itc/2023-2025"},
        {"organisation": "hospital", "derived": "none"},
        {"script": "Hans", "derived": "plain"},
        {"dates": "full"},
    ],
)
def test_the_framed_form_is_what_framing_gives(catalogue, wanted):
    """Whatever is selected: PyLD makes the same tree of the export with the published frame."""
    whole = json.loads(selected(catalogue, "jsonld", **wanted))
    ours = json.loads("".join(export_framed(catalogue, Selection(**wanted))))
    frame = json.loads((catalogue / "frame.jsonld").read_text(encoding="utf-8"))
    assert lower_tags(ours) == pyld.frame(whole, frame, {"omitGraph": False})
    schema = json.loads((catalogue / "schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(ours)
    assert [one["@id"] for one in ours["@graph"]] == sorted(one["@id"] for one in ours["@graph"])


def test_the_framed_form_says_nothing_else(catalogue):
    """Its triples are of the catalogue, all datasets are in it, and a dataset has all that it shows."""
    text = "".join(export_framed(catalogue, Selection()))
    assert text == "".join(export_framed(catalogue, Selection()))
    whole, framed = triples(selected(catalogue), "turtle"), triples(text, "jsonld")
    assert framed < whole
    shown = {
        expand(name) for part in (framed_parts()["Dataset"],) for name in (*part.shown, *part.linked, *part.nested)
    }
    datasets = {s for s, p, o in whole if o.value == expand("dcat:Dataset")}
    assert {t for t in whole if t[0] in datasets and t[1].value in shown} <= framed
    assert {t for t in framed if t[1].value == expand("skos:prefLabel")} <= whole


def test_the_published_context_reads_our_files(catalogue):
    """A document that names the published context instead of its own has the same triples."""
    document = json.loads((catalogue / "plans/hk-itib/2026-2028.jsonld").read_text(encoding="utf-8"))
    context = json.loads((catalogue / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert document["@context"] == context
    framed = json.loads((catalogue / "frame.jsonld").read_text(encoding="utf-8"))["@context"]
    assert framed.items() <= context.items()
