"""Validation by pyshacl: graphs from files and triples, results as the compiled engine has them."""

import pytest
from rdflib import Graph, Literal, URIRef
from support.shacl_graphs import turtle

from dcat_hk.checking.sources import Intake
from dcat_hk.checking.validating.profiles import ShapesError
from dcat_hk.checking.validating.pyshacl_adapter import as_graph, validate_with_pyshacl


def test_a_graph_is_made_of_files_or_of_triples(make_file):
    """Paths, files of an intake and triples become a graph; a graph stays the one it is."""
    path = make_file("a.nt", '<urn:a> <urn:p> "x"@zh-hant .')
    triple = (URIRef("urn:a"), URIRef("urn:p"), Literal("x", lang="zh-hant"))
    assert list(as_graph([path])) == [triple]
    with Intake() as intake:
        assert list(as_graph(intake.files([path]))) == [triple]
    assert list(as_graph([("<urn:a>", "<urn:p>", '"x"@zh-hant')])) == [triple]
    graph = Graph()
    assert as_graph(graph) is graph
    assert len(as_graph([])) == 0


def test_results_have_the_words_of_shacl():
    """Severity and component are local names, paths are in SPARQL's notation, tags are canonical."""
    shapes = turtle(
        "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:property ex:t . "
        'ex:t sh:path [ sh:inversePath ex:p ] ; sh:maxCount 0 ; sh:severity ex:grave ; sh:message "no"@zh-hant .'
    )
    (result,) = validate_with_pyshacl(turtle("ex:b ex:p ex:a ."), shapes)
    assert (result.severity, result.focus_node, result.path) == ("urn:x:grave", "urn:x:a", "^<urn:x:p>")
    assert (result.value, result.component) == ("", "MaxCountConstraintComponent")
    assert (result.source_shape, result.messages) == ("urn:x:t", (("zh-Hant", "no"),))


def test_details_are_no_results_of_their_own():
    """What an inner shape of sh:node finds is part of the one result."""
    shapes = turtle(
        "ex:s sh:targetNode ex:a ; sh:path ex:p ; sh:node [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] ."
    )
    results = validate_with_pyshacl(turtle("ex:a ex:p ex:b ."), shapes)
    assert [result.component for result in results] == ["NodeConstraintComponent"]


@pytest.mark.parametrize(
    "text",
    ["sh:minCount 'x'", "sh:closed sh:ByTypes", r"sh:pattern '\\p{L}'", "sh:pattern '('"],
)
def test_whatever_pyshacl_raises_is_an_error_of_the_shapes(text):
    """Refusals, assertions and errors of patterns become one error with what pyshacl says; there is no traceback."""
    shapes = turtle(f"ex:s sh:targetNode ex:a ; sh:path ex:p ; {text} .")
    with pytest.raises(ShapesError, match="pyshacl stopped at the shapes") as caught:
        validate_with_pyshacl(turtle("ex:a ex:p 'b' ."), shapes)
    assert caught.value.exit_code == 3


def test_targets_in_sparql_are_not_passed_over():
    """What a query selects is validated, for which pyshacl needs its advanced features."""
    target = "sh:target [ a sh:SPARQLTarget ; sh:select 'SELECT ?this { ?this <urn:x:p> ?o }' ]"
    shapes = turtle(f"ex:s a sh:NodeShape ; {target} ; sh:nodeKind sh:Literal .")
    assert [result.focus_node for result in validate_with_pyshacl(turtle("ex:a ex:p 1 ."), shapes)] == ["urn:x:a"]
