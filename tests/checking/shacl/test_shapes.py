"""Shapes as values: what is refused by name, and what has no effect."""

import pytest
from support.shacl_graphs import BASE, turtle

from dcat_hk.checking.shacl import Unsupported, compile_shapes
from dcat_hk.checking.shacl.shapes import graph_of, pointed_at, read_shapes
from dcat_hk.checking.shacl.triples import strings
from dcat_hk.checking.validating.profiles import load_shapes

P = "ex:s sh:targetNode ex:a ; sh:path ex:p ; "
#: What is told of a shape, and the shape's name, by shapes that are malformed or have what is not checked.
REFUSED = {
    "sh:js": ("ex:s sh:targetNode ex:a ; sh:js ex:j .", "urn:x:s"),
    "sh:entailment": ("<urn:g> sh:entailment ex:RDFS . ex:s sh:targetNode ex:a ; sh:nodeKind sh:IRI .", "urn:g"),
    "sh:target that is not described among the shapes": ("ex:s sh:target ex:t ; sh:nodeKind sh:IRI .", "urn:x:s"),
    "sh:target that does not return ?this": ("ex:s sh:target [ sh:select 'SELECT ?x { ?x ?p ?o }' ] .", "urn:x:s"),
    "sh:target that has no sh:select": ("ex:s sh:target [ a sh:JSTarget ] .", "urn:x:s"),
    "sh:sparql that is no SELECT query": (P + "sh:sparql [ sh:select 'ASK { }' ] .", "urn:x:s"),
    "sh:sparql that cannot be asked": (P + "sh:sparql [ sh:select 'SELECT' ] .", "urn:x:s"),
    "sh:sparql that does not return $this": (P + "sh:sparql [ sh:select 'SELECT ?x { $this ?p ?x }' ] .", "urn:x:s"),
    "sh:sparql that does not return": (P + "sh:sparql [ sh:select 'SELECT * { ?x ?p ?o }' ] .", "urn:x:s"),
    "sh:sparql that has not just one text as sh:select": (P + "sh:sparql [ sh:ask 'ASK { }' ] .", "urn:x:s"),
    "recursive shape": ("ex:s sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:node ex:s ] .", "urn:x:s"),
    "malformed sh:path: a sequence or choice of 1": (
        "ex:s sh:targetNode ex:a ; sh:path [ sh:alternativePath ( ex:p ) ] .", "urn:x:s"),
    "malformed sh:path: a path that leads back to itself": (
        "ex:s sh:targetNode ex:a ; sh:property [ sh:path _:p ] . _:p sh:inversePath _:p .", "urn:x:s › sh:property"),
    "malformed sh:path: several paths where one is expected": (
        "ex:s sh:targetNode ex:a ; sh:path [ sh:inversePath ex:p ; sh:zeroOrMorePath ex:q ] .", "urn:x:s"),
    "malformed sh:path: no path": ("ex:s sh:targetNode ex:a ; sh:path [ sh:inversepath ex:p ] .", "urn:x:s"),
    "several values of sh:path": ("ex:s sh:targetNode ex:a ; sh:path ex:p, ex:q .", "urn:x:s"),
    'malformed sh:minCount: "x" is not a whole number': (P.replace("ex:s", "[]") + "sh:minCount 'x' .",
                                                       "shape with sh:targetNode urn:x:a"),
    "malformed sh:minCount": (P + "sh:minCount 'x' .", "urn:x:s"),
    "malformed sh:maxCount": (P + "sh:maxCount -1 .", "urn:x:s"),
    "malformed sh:minLength": (P + "sh:minLength 9999999999999999999 .", "urn:x:s"),
    "malformed sh:qualifiedMinCount": (
        P + "sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 'x' .", "urn:x:s"),
    "malformed sh:property: urn:x:t is not a property shape with sh:path": (
        "ex:s sh:targetNode ex:a ; sh:property ex:t . ex:t sh:minCount 1 .", "urn:x:s"),
    "malformed sh:property: a blank node is not a property shape": (
        "ex:s sh:targetNode ex:a ; sh:property [ sh:minCount 1 ] .", "urn:x:s"),
    "malformed sh:node": (P + "sh:node 'a shape' .", "urn:x:s"),
    "malformed sh:or": ("ex:s sh:targetNode ex:a ; sh:or ( 'x' ) .", "urn:x:s"),
    "malformed sh:or: no list": ("ex:s sh:targetNode ex:a ; sh:or ex:t . ex:t sh:nodeKind sh:IRI .", "urn:x:s"),
    "malformed sh:and: a list that leads back to itself": (
        "ex:s sh:targetNode ex:a ; sh:and _:l . _:l rdf:first ex:t ; rdf:rest _:l .", "urn:x:s"),
    "malformed sh:xone: no list, or one that is broken off": (
        "ex:s sh:targetNode ex:a ; sh:xone _:l . _:l rdf:first ex:t .", "urn:x:s"),
    "malformed sh:in: no list": ("ex:s sh:targetNode ex:a ; sh:in 'x' .", "urn:x:s"),
    "malformed sh:ignoredProperties": (
        "ex:s sh:targetNode ex:a ; sh:closed true ; sh:ignoredProperties ex:p .", "urn:x:s"),
    "malformed sh:closed: http://www.w3.org/ns/shacl#ByTypes is not true or false": (
        "ex:s sh:targetNode ex:a ; sh:closed sh:ByTypes .", "urn:x:s"),
    "malformed sh:closed": ("ex:s sh:targetNode ex:a ; sh:closed 'true' .", "urn:x:s"),
    "malformed sh:uniqueLang": (P + "sh:uniqueLang 'yes' .", "urn:x:s"),
    "malformed sh:targetClass": ("ex:s sh:targetClass 'x' ; sh:nodeKind sh:IRI .", "urn:x:s"),
    "malformed sh:targetNode": ("ex:s sh:targetNode [] ; sh:nodeKind sh:IRI .", "urn:x:s"),
    "malformed sh:message": ("ex:s sh:targetNode ex:a ; sh:nodeKind sh:IRI ; sh:message ex:m .", "urn:x:s"),
    "malformed sh:severity": ("ex:s sh:targetNode ex:a ; sh:nodeKind sh:IRI ; sh:severity 'x' .", "urn:x:s"),
    "malformed sh:nodeKind: urn:x:IRI is not a kind of node": (P + "sh:nodeKind ex:IRI .", "urn:x:s"),
    "malformed sh:languageIn": ("ex:s sh:targetNode ex:a ; sh:languageIn ( 1 ) .", "urn:x:s"),
    "malformed sh:deactivated": ("ex:s sh:targetNode ex:a ; sh:deactivated 'x' .", "urn:x:s"),
    "several values of sh:datatype": (P + "sh:datatype ex:d, ex:e .", "urn:x:s"),
    "several values of sh:flags": (P + "sh:pattern 'a' ; sh:flags 'i', 's' .", "urn:x:s"),
    "sh:minCount at a node shape": ("ex:s sh:targetNode ex:a ; sh:minCount 2 .", "urn:x:s"),
    "sh:lessThan at a node shape": ("ex:s sh:targetNode ex:a ; sh:lessThan ex:p .", "urn:x:s"),
    "property shape without sh:path": ("ex:s a sh:PropertyShape ; sh:targetNode ex:a ; sh:minCount 1 .", "urn:x:s"),
    "malformed sh:pattern “(”: “(” is never closed, at character 1": (
        "ex:s sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:pattern '(' ] .", "urn:x:s › urn:x:p"),
    "malformed sh:pattern “a”: there is no flag “z”": (P + "sh:pattern 'a' ; sh:flags 'z' .", "urn:x:s"),
}  # fmt: skip


@pytest.mark.parametrize("construct", REFUSED)
def test_what_is_malformed_or_not_checked_is_refused_by_name(construct):
    """What is wrong is told with the shape that has it: its IRI, or the nearest IRI and the path from there."""
    text, shape = REFUSED[construct]
    with pytest.raises(Unsupported) as caught:
        compile_shapes(turtle(text))
    assert [name for told, name in caught.value.constructs if told.startswith(construct)] == [shape]
    assert "_:" not in str(caught.value)


def test_shapes_too_deep_inside_each_other_are_refused():
    """A chain of shapes that would exhaust the stack is refused before it does."""
    chain = " ".join(f"ex:s{n} sh:node ex:s{n + 1} ." for n in range(500))
    with pytest.raises(Unsupported, match="deep inside each other"):
        compile_shapes(turtle(f"ex:s0 sh:targetNode ex:a . {chain} ex:s500 sh:nodeKind sh:IRI ."))


@pytest.mark.parametrize(
    "link",
    [
        "ex:s{0} sh:and ( ex:s{1} ex:s{1} ex:s{1} ) .",
        "ex:s{0} sh:or ( ex:s{1} ex:s{1} ) ; sh:not ex:s{1} .",
        "ex:s{0} sh:node ex:t{0}, ex:u{0} . ex:t{0} sh:node ex:s{1} . ex:u{0} sh:not ex:s{1} .",
        "ex:s{0} sh:property [ sh:path ex:p ; sh:not ex:s{1} ], [ sh:path ex:q ; sh:not ex:s{1} ] .",
    ],
)
def test_shapes_that_name_each_other_again_and_again_are_refused(link):
    """Each of few shapes names the next one several times: no machine would come to an end; a few levels are fine."""
    start, end = "ex:s0 sh:targetNode ex:a . ", " ex:s{0} sh:nodeKind sh:IRI ."
    for levels in (4, 45):
        text = turtle(start + " ".join(link.format(n, n + 1) for n in range(levels)) + end.format(levels))
        if levels == 4:
            compile_shapes(text)
            continue
        with pytest.raises(Unsupported, match="looked at more than 100,000 times"):
            compile_shapes(text)


def test_published_shapes_are_compiled_with_their_queries():
    """Our shapes as published ask for the present in SPARQL, which is checked like the rest."""
    compiled = compile_shapes(load_shapes("dcat-ap-hk", BASE))
    assert compiled.compiler.asks
    assert compiled.warnings == ()


def test_shapes_that_no_target_reaches_are_not_looked_at():
    """What nothing can reach has no effect and is no reason to refuse."""
    assert compile_shapes(turtle("ex:s sh:sparql [ sh:select 'SELECT' ] ; sh:js ex:j .")).shapes == 0


def shapes(text):
    """Return the shapes of a Turtle text by node."""
    return read_shapes(graph_of(strings(turtle(text)))).by_node


def test_a_class_that_is_a_shape_targets_its_instances():
    """A class of RDF Schema with a parameter of a shape is its own target; a class without one is no shape."""
    by_node = shapes("ex:C a rdfs:Class ; sh:nodeKind sh:IRI . ex:D a rdfs:Class .")
    assert {node: shape.targets for node, shape in by_node.items()} == {"<urn:x:C>": (("targetClass", "<urn:x:C>"),)}


@pytest.mark.parametrize("class_", ["a owl:Class, sh:NodeShape", "a sh:ShapeClass", "a ex:Meta"])
def test_classes_of_other_kinds_target_their_instances_too(class_):
    """A class of OWL is a class, a sh:ShapeClass is class and shape in one, and so is what is below them."""
    by_node = shapes(f"ex:C {class_} ; sh:nodeKind sh:IRI . ex:Meta rdfs:subClassOf owl:Class .")
    assert by_node["<urn:x:C>"].targets == (("targetClass", "<urn:x:C>"),)


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


def test_a_broken_list_of_shapes_is_told_once():
    """The message names the term that has the list, and nothing else; where no target leads, nothing is told."""
    broken = "sh:or [ sh:nodeKind sh:IRI ]"
    with pytest.raises(Unsupported) as caught:
        compile_shapes(turtle(f"ex:s sh:targetNode ex:a ; {broken} ."))
    assert str(caught.value).count("malformed") == 1
    compile_shapes(turtle(f"ex:s sh:targetNode ex:a ; sh:nodeKind sh:IRI . ex:t {broken} ."))


def test_a_limit_must_be_a_literal():
    """Dates and numbers are literals, so the message does not ask for a text."""
    with pytest.raises(Unsupported, match="malformed sh:maxInclusive: urn:x:b is not a literal"):
        compile_shapes(turtle("ex:s sh:targetNode ex:a ; sh:path ex:p ; sh:maxInclusive ex:b ."))
