"""Validation and scoring from Python: the same as what the commands print."""

import pytest
from rdflib import RDF, Graph, Namespace
from support.commands import run

import dcat_hk

SH = Namespace("http://www.w3.org/ns/shacl#")
DATA = "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n<https://a.example/d> a dcat:Dataset .\n"
SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
<https://a.example/shape> a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dcat:keyword ; sh:minCount 1 ; sh:message "Say keywords."@en, "請填關鍵詞。"@zh-Hant ] .
"""


@pytest.fixture
def file(tmp_path):
    """Return a file of data."""
    path = tmp_path / "data.ttl"
    path.write_text(DATA, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["json", "ttl", "sarif", "html", "junit"])
def test_reports_are_those_of_the_command(catalogue, name):
    """In every format, byte for byte."""
    report = dcat_hk.validate(catalogue)
    assert report.to_format(name) == run("validate", "--format", name, catalogue).stdout
    assert report.conforms


def test_the_text_is_that_of_the_command(file):
    """With and without remarks, in the language that is asked for."""
    assert dcat_hk.validate(file, "dcat-ap").to_text() == run("validate", "--profile", "dcat-ap", file).stdout
    report = dcat_hk.validate(file, "dcat-ap", lang="zh-HK")
    assert report.to_text(verbose=True) == run("validate", "-v", "--lang", "zh-HK", "--profile", "dcat-ap", file).stdout


def test_a_report_is_plain(file):
    """It can be looked through, is true whatever it says, and shows itself."""
    report = dcat_hk.validate(file, "dcat-ap")
    assert not report.conforms
    assert list(report) == report.results
    assert {result.severity for result in report.violations} == {"Violation"}
    assert report.violations[0].focus_node == "https://a.example/d"
    assert report.violations[0].message("zh-Hant") != report.violations[0].message("en")
    assert repr(report).startswith("<Report: does not conform, ")
    assert report.to_dict()["conforms"] is False
    assert (None, RDF.type, SH.ValidationReport) in report.to_graph()


@pytest.mark.parametrize("give", ["text", "graph", "file", "positional"])
def test_shapes_are_given_in_any_form(give, file, tmp_path):
    """As text, as a graph, as a file, and where the name of a profile could stand."""
    path = tmp_path / "shapes.ttl"
    path.write_text(SHAPES, encoding="utf-8")
    if give == "positional":
        report = dcat_hk.validate(file, path)
    else:
        report = dcat_hk.validate(
            file, shapes={"text": SHAPES, "graph": Graph().parse(data=SHAPES), "file": path}[give]
        )
    (result,) = report.results
    assert (result.message("zh-HK"), result.path) == ("請填關鍵詞。", "http://www.w3.org/ns/dcat#keyword")
    if give == "file":
        assert report.to_json() == run("validate", "--format", "json", "--shapes", path, file).stdout


def test_shapes_go_together_with_a_profile(file):
    """As on the command line."""
    both = dcat_hk.validate(file, "dcat-ap", shapes=SHAPES)
    assert len(both.results) == len(dcat_hk.validate(file, "dcat-ap").results) + 1


def test_mistakes_are_told(file):
    """No such profile, no such language, nothing that shapes look at."""
    with pytest.raises(dcat_hk.UsageError, match="nowhere"):
        dcat_hk.validate(file, "nowhere")
    with pytest.raises(dcat_hk.UsageError, match="fr"):
        dcat_hk.validate(file, lang="fr")
    with pytest.raises(dcat_hk.InputError, match="nothing was validated"):
        dcat_hk.validate("<https://a.example/a> <https://a.example/b> 1 .", "dcat-ap")


@pytest.mark.parametrize("name", ["json", "text", "html", "ttl", "nquads"])
def test_scores_are_those_of_the_command(catalogue, name):
    """In every format, byte for byte."""
    result = dcat_hk.score(catalogue)
    assert result.to_format(name) == run("score", "--format", name, catalogue).stdout


def test_a_score_is_plain(catalogue):
    """Points, of how many, and the datasets with theirs."""
    result = dcat_hk.score(catalogue, lang="zh-TW")
    assert 0 < result.points < result.maximum == 405
    assert result.to_dict()["catalogue"]["scores"]["strict"]["points"] == result.points
    assert len(list(result)) == len(result.datasets) == 187
    assert result.band == result.to_dict()["catalogue"]["scores"]["strict"]["band"]
    assert repr(result) == f"<QualityScore: {result.points} of 405 points, 187 datasets>"
    only = dcat_hk.score(catalogue, dataset=result.datasets[0].iri)
    assert [scored.iri for scored in only] == [result.datasets[0].iri]


def test_what_has_no_dataset_has_no_score():
    """The error names the data as users know it."""
    with pytest.raises(dcat_hk.InputError, match=r"^data: There is no dataset"):
        dcat_hk.score("<https://a.example/a> <https://a.example/b> 1 .")
