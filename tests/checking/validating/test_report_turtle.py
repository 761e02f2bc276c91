"""The outcome as a validation report in RDF."""

import pytest
from rdflib import RDF, SH, Graph, Literal, URIRef
from support.validation_outcomes import outcome, result

from dcat_hk.checking.validating.report_turtle import as_turtle


def report(*results):
    """Return the graph of a report."""
    return Graph().parse(data=as_turtle(outcome(*results)), format="turtle")


def test_a_report_without_results_conforms():
    """No result conforms; by the recommendation even a warning does not."""
    assert [value.toPython() for value in report().objects(None, SH.conforms)] == [True]
    assert [value.toPython() for value in report(result(severity="Warning")).objects(None, SH.conforms)] == [False]


def test_a_result_has_what_shacl_asks_for():
    """Focus node, path, value, severity, component, shape and messages are terms of the right kind."""
    graph = report(result(value='"x \\"y\\""@zh-Hant', messages=(("", 'Say "\n'), ("zh-Hant", "請"))))
    (node,) = graph.subjects(RDF.type, SH.ValidationResult)
    assert graph.value(node, SH.focusNode) == URIRef("urn:a")
    assert graph.value(node, SH.resultPath) == URIRef("http://purl.org/dc/terms/title")
    assert graph.value(node, SH.value) == Literal('x "y"', lang="zh-Hant")
    assert graph.value(node, SH.resultSeverity) == SH.Violation
    assert graph.value(node, SH.sourceConstraintComponent) == SH.MinCountConstraintComponent
    assert graph.value(node, SH.sourceShape) == URIRef("urn:shapes#s")
    assert set(graph.objects(node, SH.resultMessage)) == {Literal('Say "\n'), Literal("請", lang="zh-Hant")}


@pytest.mark.parametrize(
    ("path", "stated"), [("", 0), ("urn:p", 1), ("^<urn:p>", 1), ("<urn:p>/<urn:q>", 0), ("^<urn:p>/<urn:q>", 0)]
)
def test_only_properties_and_their_inverses_are_paths(path, stated):
    """A path that is not a property or its inverse is left out; an inverse is a node with sh:inversePath."""
    graph = report(result(path=path))
    assert len(list(graph.objects(None, SH.resultPath))) == stated
    assert list(graph.objects(None, SH.inversePath)) == ([URIRef("urn:p")] if path == "^<urn:p>" else [])


def test_blank_nodes_stay_one_node():
    """The same blank node is the same in all results, whatever characters its label has."""
    graph = report(result("_:f1.x"), result("_:f1.x", value="_:f1.x"), result("_:other"))
    assert len(set(graph.objects(None, SH.focusNode))) == 2
    assert set(graph.objects(None, SH.value)) < set(graph.objects(None, SH.focusNode))


def test_severities_of_shapes_are_their_iris():
    """A severity that SHACL does not define keeps the IRI that the shapes give it."""
    assert list(report(result(severity="urn:grave")).objects(None, SH.resultSeverity)) == [URIRef("urn:grave")]
