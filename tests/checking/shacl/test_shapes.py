"""Shapes as values: what is refused by name, and what has no effect."""

import pytest
from support.shacl_graphs import BASE, turtle

from dcat_hk.checking.shacl import Unsupported, compile_shapes
from dcat_hk.checking.shacl.shapes import graph_of, pointed_at, read_shapes
from dcat_hk.checking.shacl.triples import strings
from dcat_hk.checking.validating.profiles import load_shapes

REFUSED = {
    "sh:sparql": "ex:s sh:targetNode ex:a ; sh:sparql [ sh:select 'SELECT' ] .",
    "sh:entailment": "<urn:g> sh:entailment ex:RDFS . ex:s sh:targetNode ex:a ; sh:nodeKind sh:IRI .",
    "sh:target": "ex:s sh:target [ sh:select 'SELECT' ] ; sh:nodeKind sh:IRI .",
    "recursive shape": "ex:s sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:node ex:s ] .",
    "malformed sh:path": "ex:s sh:targetNode ex:a ; sh:path [ sh:alternativePath ( ex:p ) ] .",
    "malformed sh:minCount": "ex:s sh:targetNode ex:a ; sh:path ex:p ; sh:minCount 'x' .",
    "malformed sh:qualifiedMinCount": (
        "ex:s sh:targetNode ex:a ; sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 'x' ."
    ),
    "malformed sh:property": "ex:s sh:targetNode ex:a ; sh:property ex:t . ex:t sh:minCount 1 .",
    "malformed sh:or": "ex:s sh:targetNode ex:a ; sh:or ( 'x' ) .",
    "malformed sh:targetClass": "ex:s sh:targetClass 'x' ; sh:nodeKind sh:IRI .",
    "malformed sh:message": "ex:s sh:targetNode ex:a ; sh:nodeKind sh:IRI ; sh:message ex:m .",
    "malformed sh:severity": "ex:s sh:targetNode ex:a ; sh:nodeKind sh:IRI ; sh:severity 'x' .",
    "malformed sh:languageIn": "ex:s sh:targetNode ex:a ; sh:languageIn ( 1 ) .",
    "malformed sh:deactivated": "ex:s sh:targetNode ex:a ; sh:deactivated 'x' .",
    "malformed list": "ex:s sh:targetNode ex:a ; sh:in 'x' .",
    "several values of sh:datatype": "ex:s sh:targetNode ex:a ; sh:path ex:p ; sh:datatype ex:d, ex:e .",
    "sh:minCount at a node shape": "ex:s sh:targetNode ex:a ; sh:minCount 1 .",
    "property shape without sh:path": "ex:s a sh:PropertyShape ; sh:targetNode ex:a ; sh:minCount 1 .",
    "sh:pattern with \\p": r"ex:s sh:targetNode ex:a ; sh:pattern '\\p{L}' .",
    "sh:pattern with subtraction": "ex:s sh:targetNode ex:a ; sh:pattern '[a-z-[aeiou]]' .",
    "sh:pattern that cannot be read": "ex:s sh:targetNode ex:a ; sh:pattern '(' .",
    "constraint component with parameter urn:x:max": (
        "ex:c a sh:ConstraintComponent ; sh:parameter [ sh:path ex:max ] . ex:s sh:targetNode ex:a ; ex:max 1 ."
    ),
    "owl:Class that is a shape but no rdfs:Class": "ex:C a owl:Class, sh:NodeShape ; sh:nodeKind sh:IRI .",
}


@pytest.mark.parametrize("construct", REFUSED)
def test_what_is_not_compiled_is_refused_by_name(construct):
    """A construct outside the subset is named, with the shape that has it."""
    with pytest.raises(Unsupported) as caught:
        compile_shapes(turtle(REFUSED[construct]))
    assert construct in {name for name, _shape in caught.value.constructs}


def test_published_shapes_are_refused_for_sparql_only():
    """Our shapes as published ask for the present in SPARQL; nothing else of them is refused."""
    with pytest.raises(Unsupported) as caught:
        compile_shapes(load_shapes("dcat-ap-hk", BASE))
    assert {name for name, _shape in caught.value.constructs} == {"sh:sparql"}


def test_shapes_that_no_target_reaches_are_not_looked_at():
    """What nothing can reach has no effect and is no reason to refuse."""
    assert compile_shapes(turtle("ex:s sh:sparql [ sh:select 'SELECT' ] .")).shapes == 0


def shapes(text):
    """Return the shapes of a Turtle text by node."""
    return read_shapes(graph_of(strings(turtle(text)))).by_node


def test_a_class_that_is_a_shape_targets_its_instances():
    """A class of RDF Schema with a parameter of a shape is its own target; a class without one is no shape."""
    by_node = shapes("ex:C a rdfs:Class ; sh:nodeKind sh:IRI . ex:D a rdfs:Class .")
    assert {node: shape.targets for node, shape in by_node.items()} == {"<urn:x:C>": (("targetClass", "<urn:x:C>"),)}


def test_shapes_have_their_severity_and_messages_by_language():
    """The severity is a violation unless it is stated; messages have canonical tags and a fixed order."""
    text = 'ex:s sh:targetNode ex:a ; sh:nodeKind sh:IRI ; sh:message "b"@zh-hant, "a"@en ; sh:severity ex:grave .'
    shape = shapes(text)["<urn:x:s>"]
    assert (shape.severity, shape.messages) == ("urn:x:grave", (("en", "a"), ("zh-Hant", "b")))
    assert shapes("ex:s sh:targetNode ex:a ; sh:nodeKind sh:IRI .")["<urn:x:s>"].severity == "Violation"


def test_inner_shapes_are_followed_from_targets():
    """Shapes that a shape refers to are read; those of nobody are not."""
    by_node = shapes("ex:s sh:targetNode ex:a ; sh:or ( ex:t ex:u ) . ex:t sh:node ex:v . ex:w sh:node ex:s .")
    assert set(by_node) == {"<urn:x:s>", "<urn:x:t>", "<urn:x:u>", "<urn:x:v>"}
    assert pointed_at(by_node["<urn:x:s>"]) == ["<urn:x:t>", "<urn:x:u>"]


def test_siblings_are_the_qualified_shapes_of_the_same_parent():
    """With sh:qualifiedValueShapesDisjoint the qualified shapes of all properties of the parent are siblings."""
    text = (
        "ex:s sh:targetNode ex:a ; sh:property ex:p1, ex:p2 . "
        "ex:p1 sh:path ex:p ; sh:qualifiedValueShape ex:t ; sh:qualifiedMinCount 1 ; "
        "sh:qualifiedValueShapesDisjoint true . "
        "ex:p2 sh:path ex:p ; sh:qualifiedValueShape ex:u ; sh:qualifiedMinCount 1 . "
        "ex:t sh:nodeKind sh:IRI . ex:u sh:nodeKind sh:Literal ."
    )
    by_node = shapes(text)
    assert by_node["<urn:x:p1>"].also("siblings") == ("<urn:x:t>", "<urn:x:u>")
    assert by_node["<urn:x:p2>"].also("siblings") == ()
