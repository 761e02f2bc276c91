"""Every report is the same, whatever labels, order, syntax and number of processes there were."""

import random
import subprocess
import sys
from dataclasses import replace

import pytest
from rdflib import BNode, Graph

from dcat_hk.checking.shacl import engine
from dcat_hk.checking.validating import FORMATS, ValidationOptions, validate_files
from dcat_hk.checking.validating.naming import write_out
from dcat_hk.checking.validating.report_json import as_json
from dcat_hk.checking.validating.report_text import as_summary, as_text, as_text_by_thing

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<urn:S> sh:targetClass dcat:Dataset, dcat:Distribution ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ,
    [ sh:path <urn:p> ; sh:nodeKind sh:IRI ; sh:maxCount 1 ; sh:or ( [ sh:class dcat:Dataset ] [ sh:datatype xsd:date ] ) ] ,
    [ sh:path [ sh:inversePath <urn:q> ] ; sh:maxCount 0 ] ,
    [ sh:path dcat:distribution ; sh:class dcat:Distribution ; sh:message "{$this} {?value}" ;
      sh:property [ sh:path <urn:q> ; sh:minCount 1 ] ] .
[] sh:targetSubjectsOf <urn:q> ;
  sh:property [ sh:path <urn:q> ; sh:disjoint <urn:p> ] , [ sh:path <urn:q> ; sh:disjoint <urn:p> ] .
"""  # noqa: E501 - as people write shapes
DCAT, DCT, RDF = (
    "http://www.w3.org/ns/dcat#",
    "http://purl.org/dc/terms/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
)
PREDICATES = ["<urn:p>", "<urn:q>", f"<{DCAT}distribution>", f"<{DCT}title>", f"<{RDF}first>", f"<{RDF}rest>"]
TEXTS = ['"A"', '"B"@en', '"乙"@zh-Hant', '"1"^^<http://www.w3.org/2001/XMLSchema#integer>']


def drawn(seed):
    """Return the triples of a graph with up to nine blank nodes."""
    draw = random.Random(seed)
    nodes = [f"_:n{number}" for number in range(draw.randint(1, 9))]
    nodes += [f"<http://e/{number}>" for number in range(draw.randint(0, 3))]
    triples = set()
    for node in nodes:
        if draw.random() < 0.7:
            triples.add((node, f"<{RDF}type>", f"<{DCAT}{draw.choice(['Dataset', 'Distribution'])}>"))
        for _triple in range(draw.randint(0, 3)):
            triples.add((node, draw.choice(PREDICATES), draw.choice(nodes if draw.random() < 0.6 else TEXTS)))
    return sorted(triples)


def relabelled(triples, draw):
    """Return triples in another order, with other labels."""
    labels = dict(
        zip((f"_:n{number}" for number in range(9)), draw.sample([f"_:z{n}" for n in range(99)], 9), strict=True)
    )
    moved = [tuple(labels.get(term, term) for term in triple) for triple in triples]
    draw.shuffle(moved)
    return moved


def n_triples(triples):
    """Return triples as N-Triples."""
    return "".join(f"{' '.join(triple)} .\n" for triple in triples)


@pytest.fixture
def reports(tmp_path):
    """Return a function that gives every report on a document, but for the names of files."""

    def make(text, ending="nt", language="en", shapes=SHAPES, engine_name="auto"):
        data, file = tmp_path / f"data.{ending}", tmp_path / "shapes.ttl"
        data.write_text(text, encoding="utf-8")
        file.write_text(shapes, encoding="utf-8")
        options = ValidationOptions(shapes=(file,), language=language, engine=engine_name)
        outcome = validate_files([data], options)
        origins = {node: replace(origin, file="data") for node, origin in outcome.origins.items()}
        outcome = replace(outcome, names=["data"], origins=origins)
        texts = {"text": as_text, "thing": as_text_by_thing, "summary": as_summary, **FORMATS}
        return {name: write(outcome) for name, write in texts.items()} | {"short": as_json(outcome, True)}

    return make


@pytest.mark.parametrize("seed", range(60))
def test_labels_and_order_change_nothing(seed, reports):
    """With other labels and in another order, as N-Triples and as Turtle, all reports are the same, byte for byte."""
    triples, draw = drawn(seed), random.Random(seed)
    language = draw.choice(["en", "zh-Hant", "zh-Hans"])
    expected = reports(n_triples(triples), language=language)
    for ending in ("nt", "ttl"):
        assert reports(n_triples(relabelled(triples, draw)), ending, language) == expected


@pytest.mark.parametrize(
    ("ending", "syntax"), [("ttl", "turtle"), ("rdf", "xml"), ("jsonld", "json-ld"), ("trig", "trig")]
)
@pytest.mark.parametrize("seed", [101, 102, 103])
def test_the_syntax_changes_nothing(seed, ending, syntax, reports):
    """The same graph without labels, in any syntax, gives the same reports."""
    graph = Graph().parse(data=n_triples(drawn(seed)), format="nt")
    for triple in list(graph):
        # What RDF/XML and JSON-LD cannot write as it is.
        if triple[1].startswith("urn:") or triple[1].startswith(RDF + "rest") or triple[1].startswith(RDF + "first"):
            graph.remove(triple)
    assert any(isinstance(node, BNode) for node in graph.subjects())
    expected = reports(graph.serialize(format="nt"))
    assert "urn:S" in expected["json"]
    for _time in range(2):
        assert reports(graph.serialize(format=syntax), ending) == expected


def test_the_number_of_processes_changes_nothing(reports, monkeypatch):
    """One process or several, and Turtle in pieces, give the same reports."""
    more = "long" * 40
    rows = [
        f"<urn:d{n}> a <{DCAT}Dataset> ; <{DCAT}distribution> [ <urn:{more}> {n % 7} ] , [ a <{DCAT}Distribution> ] .\n"
        for n in range(700)
    ]
    expected = reports("".join(rows), "ttl")
    monkeypatch.setattr(engine, "SMALL", 0)
    monkeypatch.setattr(engine, "process_count", lambda _jobs: 3)
    assert reports("".join(rows), "ttl") == expected


def test_both_engines_name_things_alike(reports):
    """What a report says of blank nodes does not depend on the engine."""
    text = n_triples(drawn(7))
    compiled, other = (reports(text, engine_name=name) for name in ("compiled", "pyshacl"))
    assert compiled["text"] == other["text"]
    assert compiled["junit"] == other["junit"]


def test_hashes_of_strings_change_nothing(tmp_path):
    """The same bytes come out in processes that hash strings in another way."""
    (tmp_path / "data.nt").write_text(n_triples(drawn(11)), encoding="utf-8")
    (tmp_path / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    command = [sys.executable, "-m", "dcat_hk", "validate", "--shapes", "shapes.ttl", "--format", "json", "data.nt"]
    outputs = {
        subprocess.run(
            command, cwd=tmp_path, env={"PYTHONHASHSEED": seed, "PATH": ""}, capture_output=True, check=False
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1
    assert b'"name": ' in outputs.pop()


def test_blank_nodes_of_shapes_are_written_out():
    """Conditions and lists are written out in an order of their own; rings, depth and length end."""
    sh = "http://www.w3.org/ns/shacl#"
    graph = {
        "_:a": {f"<{sh}or>": ["_:l"], f"<{sh}class>": ["<urn:D>", "<urn:C>"]},
        "_:l": {f"<{RDF}first>": ["_:a"], f"<{RDF}rest>": [f"<{RDF}nil>"]},
        "_:m": {f"<{RDF}first>": ['"x"'], f"<{RDF}rest>": ["_:m"]},
        "_:n": {"<urn:p>": [f'"{"x" * 5000}"']},
    }
    assert write_out(graph, "_:a") == f"[ <{sh}class> <urn:C>, <urn:D> ; <{sh}or> ( [ … ] ) ]"
    assert write_out(graph, "_:m") == "( … )"
    assert len(write_out(graph, "_:n")) == 2000
    assert (write_out(graph, "_:unknown"), write_out(graph, "<urn:a>")) == ("[]", "<urn:a>")
