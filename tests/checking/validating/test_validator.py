"""Validators: which engine validates, why, and where shapes come from."""

import pytest
from support.shacl_graphs import turtle

from dcat_hk.checking.validating.profiles import ShapesError
from dcat_hk.checking.validating.validator import ENGINES, make_validator, profile_validator, validate, validate_turtle

COUNT = "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
QUERY = "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select 'SELECT $this WHERE { $this ?p ?o }' ] ."


@pytest.mark.parametrize(
    ("shapes", "engine", "chosen"),
    [(COUNT, "auto", "compiled"), (COUNT, "pyshacl", "pyshacl"), (QUERY, "auto", "compiled")],
)
def test_the_compiled_engine_validates_unless_the_other_is_wanted(shapes, engine, chosen):
    """Without a wish the compiled engine validates, queries too; there is nothing to remark."""
    validator = make_validator(turtle(shapes), engine)
    assert (validator.engine, validator.note) == (chosen, "")


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_not_checked_is_refused_with_its_file(engine):
    """Whichever engine is wanted, what it would pass over is an error with term, shape and file."""
    shapes = turtle("ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:singleLine true ] .")
    (blank,) = (node for node, predicate in shapes.subject_predicates() if "singleLine" in predicate)
    with pytest.raises(ShapesError, match="sh:singleLine is not checked \\(urn:x:s › urn:x:p\\)") as caught:
        make_validator(shapes, engine, {f"_:{blank}": "shapes.ttl", "<urn:x:s>": "other.ttl"})
    assert (caught.value.where, caught.value.exit_code) == ("shapes.ttl", 3)


@pytest.mark.parametrize("engine", ["compiled", "pyshacl"])
@pytest.mark.parametrize(("data", "count"), [("", 0), ("ex:b a ex:C . ex:c a ex:D . ex:D rdfs:subClassOf ex:C .", 2)])
def test_focus_nodes_are_counted(engine, data, count):
    """How many nodes shapes looked at is known after validating, instances of subclasses among them."""
    validator = make_validator(turtle("ex:s sh:targetClass ex:C ; sh:nodeKind sh:IRI ."), engine)
    assert (validator.validate(turtle(data)), validator.focus_nodes) == ([], count)


def test_many_remarks_are_cut_short():
    """The note shows the first remarks and says how many more there are."""
    terms = " ".join(f"ex:s sh:x{number} 1 ." for number in range(30))
    lines = make_validator(turtle(COUNT + terms)).note.splitlines()
    assert (len(lines), lines[-1]) == (21, "10 more such remarks are left out.")


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


@pytest.mark.parametrize(("shapes", "engine"), [(COUNT, "auto"), (COUNT, "pyshacl"), (QUERY, "auto")])
def test_of_a_text_the_results_of_some_subjects_can_be_had(shapes, engine):
    """Whichever engine validates, and whether or not shapes have queries."""
    validator = make_validator(turtle(shapes), engine)
    text = "<urn:x:a> <urn:x:r> <urn:x:b> ."
    assert [result.focus_node for result in validator.validate_text(text, {"urn:x:a"})] == ["urn:x:a"]
    assert validator.validate_text(text, {"urn:x:b"}) == []


def test_a_validator_is_made_once():
    """The shapes of a profile are compiled once for a day."""
    first, second = (profile_validator("dcat-ap", "https://a.example/", "2026-11-20") for _time in range(2))
    assert first is second
