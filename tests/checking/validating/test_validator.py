"""Validators: which engine validates, why, and where shapes come from."""

import pytest
from support.shacl_graphs import turtle

from dcat_hk.checking.validating.profiles import ShapesError
from dcat_hk.checking.validating.validator import make_validator, profile_validator, validate, validate_turtle

COUNT = "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
QUERY = "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select 'SELECT $this WHERE { $this ?p ?o }' ] ."


@pytest.mark.parametrize(
    ("shapes", "engine", "chosen"),
    [(COUNT, "auto", "compiled"), (COUNT, "pyshacl", "pyshacl"), (QUERY, "auto", "pyshacl")],
)
def test_the_compiled_engine_validates_where_it_can(shapes, engine, chosen):
    """Without a wish shapes are compiled; the note says why not, unless pyshacl was wished for."""
    validator = make_validator(turtle(shapes), engine)
    assert validator.engine == chosen
    assert bool(validator.note) is (chosen != "compiled" and engine == "auto")
    assert ("sh:sparql" in validator.note) is (shapes == QUERY)


def test_what_cannot_be_compiled_is_refused_if_that_is_wanted():
    """With the engine `compiled` a shape that cannot be compiled is an error that names the construct."""
    with pytest.raises(ShapesError, match="sh:sparql"):
        make_validator(turtle(QUERY), "compiled")


def test_a_graph_without_a_shape_is_refused():
    """A graph that nothing could violate is an error; a target makes a shape."""
    with pytest.raises(ShapesError, match="no node shape"):
        make_validator(turtle("ex:a ex:p 1 ."))
    assert make_validator(turtle("ex:s sh:targetNode ex:a ; sh:nodeKind sh:IRI .")).engine == "compiled"


@pytest.mark.parametrize("engine", ["compiled", "pyshacl"])
def test_every_engine_gives_the_same_results(engine):
    """Both engines state the missing property at the focus node."""
    shapes = turtle("ex:s sh:targetNode ex:a ; sh:property ex:t . ex:t sh:path ex:p ; sh:minCount 1 .")
    (result,) = validate(turtle("ex:a ex:q 1 ."), shapes, engine)
    assert (result.focus_node, result.path, result.source_shape) == ("urn:x:a", "urn:x:p", "urn:x:t")


def test_a_shape_links_to_the_first_address_that_it_names():
    """Of several addresses the first by name is taken; shapes that are blank nodes have no link."""
    links = "ex:s rdfs:seeAlso <https://a.example/2>, <https://a.example/1> . [] rdfs:seeAlso <https://a.example/3> ."
    assert make_validator(turtle(COUNT + links)).links == {"urn:x:s": "https://a.example/1"}


def test_text_is_validated_against_a_profile():
    """A document without a catalogue's title violates the profile as of today; text that is no Turtle is an error."""
    base = "https://a.example/"
    text = f"<{base}catalogue> a <http://www.w3.org/ns/dcat#Catalog> ."
    paths = {result.path for result in validate_turtle(text, "dcat-ap", base) if result.severity == "Violation"}
    assert "http://purl.org/dc/terms/title" in paths
    with pytest.raises(SyntaxError):
        validate_turtle("no Turtle", "dcat-ap", base)


def test_a_validator_is_made_once():
    """The shapes of a profile are compiled once for a day."""
    first, second = (profile_validator("dcat-ap", "https://a.example/", "2026-11-20") for _time in range(2))
    assert first is second
