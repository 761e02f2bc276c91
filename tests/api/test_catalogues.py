"""Published catalogues for Python programs."""

import json

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from support.commands import run
from support.paths import SEEDS

import dcat_hk

RECORD = "record/hk-hkpf/2024-2026/D-ii-1"


@pytest.fixture(scope="module")
def opened(catalogue):
    """Return the catalogue of the seeds."""
    return dcat_hk.open_catalogue(catalogue)


def test_a_folder_without_a_catalogue_is_an_error(tmp_path):
    """At once, and not at the first question."""
    with pytest.raises(dcat_hk.NotReadable, match="no published catalogue"):
        dcat_hk.open_catalogue(tmp_path)


def test_answers_are_values_of_python(opened):
    """Texts, numbers, truth values, None; the usual prefixes need no declaration."""
    rows = opened.query(
        "SELECT ?record (COUNT(?value) AS ?count) (1.5 AS ?share) (true AS ?flag) ?none "
        f"WHERE {{ BIND (<{opened.base}{RECORD}> AS ?record) ?record ?p ?value }} GROUP BY ?record ?none"
    )
    (row,) = rows
    assert row["record"] == row.record == f"{opened.base}{RECORD}"
    assert isinstance(row["count"], int)
    assert (row["share"], row.flag, row.none) == (1.5, True, None)
    with pytest.raises(AttributeError):
        row.nothing  # noqa: B018
    assert opened.query("ASK { ?s a dcat:Dataset }") is True
    assert opened.query("ASK { GRAPH <urn:none> { ?s ?p ?o } }") is False
    assert len(opened.query("CONSTRUCT { ?s a dcat:Dataset } WHERE { ?s a dcat:Dataset }")) == 187
    assert opened.query("SELECT ?s WHERE { ?s a plan:Entry } LIMIT 1")[0].s.startswith(opened.base)


def test_named_queries_answer_as_the_command_does(opened, catalogue):
    """With the values of parameters."""
    rows = opened.query("search", word="罪案")
    printed = json.loads(run("query", "--from", catalogue, "search", "--set", "word=罪案", "--format", "json").stdout)
    told = [{name: cell["value"] for name, cell in row.items()} for row in printed["results"]["bindings"]]
    assert [{name: value for name, value in row.items() if value is not None} for row in rows] == told
    with pytest.raises(dcat_hk.UsageError, match="no parameter"):
        opened.query("search", words="x")


@pytest.mark.parametrize("text", ["CLEAR ALL", "SELECT ?s WHERE {", "ASK { SERVICE <http://a.example/> { ?s ?p ?o } }"])
def test_only_questions_are_answered(opened, text):
    """Updates, federated queries and slips are refused."""
    with pytest.raises(dcat_hk.UsageError):
        opened.query(text)
    with pytest.raises(dcat_hk.UsageError, match="Did you mean search"):
        opened.query("serch")


def test_a_thing_is_explained_with_its_lines(opened):
    """The file, the place, the words, and with the plans at hand the lines."""
    (origin,) = opened.explain(RECORD, SEEDS).origins
    assert origin.words["title"] == "罪案數字比較"
    assert "罪案數字比較" in origin.lines[0]
    assert opened.explain(f"{opened.base}{RECORD}").origins[0].lines == ()
    with pytest.raises(dcat_hk.UsageError):
        opened.explain("record/none")


def test_a_catalogue_is_validated_and_scored(opened, catalogue):
    """By the same functions as its folder."""
    assert opened.validate().to_json() == dcat_hk.validate(catalogue).to_json()
    assert opened.score().points == dcat_hk.score(catalogue).points
    assert isomorphic(opened.to_graph(), Graph().parse(catalogue / "catalogue.ttl"))
    assert repr(opened) == f"<Catalogue https://example.org/dcat-hk/ in {catalogue}>"


def test_promises_are_of_a_month(opened):
    """One that is no month is told; rows can be had by column and by attribute."""
    rows = opened.promises("2026-11", organisation="hk-ogcio")
    assert {row.body for row in rows} == {"hk-ogcio"}
    with pytest.raises(dcat_hk.UsageError, match="not a month"):
        opened.promises("soon")
