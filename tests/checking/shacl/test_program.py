"""Shapes as functions: which focus nodes they select, what must be indexed, what a focus node violates."""

import pytest
from support.shacl_graphs import turtle

from dcat_hk.checking.shacl.neighbourhood import SUBCLASS, TYPE, Neighbourhood, PropertyIndex
from dcat_hk.checking.shacl.program import Compiler
from dcat_hk.checking.shacl.shapes import Unsupported, graph_of, read_shapes
from dcat_hk.checking.shacl.triples import strings


def compiler(text, forward=None, inverse=None):
    """Return the compiler of shapes, with an index of other nodes."""
    program = Compiler(read_shapes(graph_of(strings(turtle(text)))))
    program.use(PropertyIndex(forward or {}, inverse or {}))
    return program


def results(program, focus, block):
    """Return the component, the path and the value of each result of a focus node."""
    out = []
    program.judge(focus, block, Neighbourhood(program.index), out)
    return [(r.component.removesuffix("ConstraintComponent"), r.path, r.value) for r in map(program.result, out)]


def test_targets_select_focus_nodes_each_shape_once():
    """A class selects the instances of its subclasses too; a node that several targets select is judged once."""
    text = "ex:s sh:targetClass ex:C ; sh:targetSubjectsOf ex:p ; sh:targetNode ex:a ; sh:nodeKind sh:BlankNode ."
    program = compiler(text, {SUBCLASS: {"<urn:x:D>": ["<urn:x:C>"]}})
    assert program.shapes_of("<urn:x:b>", {TYPE: ["<urn:x:D>"]}) == ("<urn:x:s>",)
    assert program.shapes_of("<urn:x:a>", {TYPE: ["<urn:x:C>"], "<urn:x:p>": ['"1"']}) == ("<urn:x:s>",)
    assert program.shapes_of("<urn:x:c>", {TYPE: ["<urn:x:Other>"]}) == ()
    assert program.extra_focus_nodes() == {"<urn:x:a>"}
    assert results(program, "<urn:x:a>", {}) == [("NodeKind", "", "<urn:x:a>")]


def test_objects_that_are_no_subject_are_focus_nodes():
    """What a targeted property points at is judged although nothing is stated of it."""
    program = compiler("ex:s sh:targetObjectsOf ex:p ; sh:nodeKind sh:IRI .", {}, {"<urn:x:p>": {'"1"': ["<urn:x:a>"]}})
    assert program.extra_focus_nodes() == {'"1"'}
    assert results(program, '"1"', {}) == [("NodeKind", "", '"1"')]


def test_a_property_that_is_absent_is_judged_if_it_may_lack():
    """Without the property a least count is violated, and a greatest count or a datatype is not."""
    inner = "sh:path ex:p ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:date"
    program = compiler(f"ex:s sh:targetNode ex:a ; sh:property [ {inner} ] .")
    assert results(program, "<urn:x:a>", {}) == [("MinCount", "urn:x:p", "")]
    both = results(program, "<urn:x:a>", {"<urn:x:p>": ['"1"', '"2"']})
    assert sorted(both) == [("Datatype", "urn:x:p", '"1"'), ("Datatype", "urn:x:p", '"2"'), ("MaxCount", "urn:x:p", "")]


def test_a_deactivated_shape_selects_nothing():
    """A shape that is deactivated has no focus nodes."""
    program = compiler("ex:s sh:deactivated true ; sh:targetNode ex:a ; sh:nodeKind sh:Literal .")
    assert results(program, "<urn:x:a>", {}) == []


def test_only_what_paths_follow_is_indexed():
    """Types are indexed for sh:class, the property of an inner shape for its values, all for a closed inner shape."""
    of_class = "ex:s sh:targetNode ex:a ; sh:path ex:p ; sh:class ex:C ."
    assert compiler(of_class).needed() == ({SUBCLASS, TYPE}, set(), False)
    inner = "ex:s sh:targetNode ex:a ; sh:path ex:p ; sh:node [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] ."
    assert compiler(inner).needed() == ({SUBCLASS, "<urn:x:q>"}, set(), False)
    inverse = "ex:s sh:targetObjectsOf ex:o ; sh:path [ sh:inversePath ex:p ] ; sh:minCount 1 ."
    program = Compiler(read_shapes(graph_of(strings(turtle(inverse)))))
    assert program.needed() == ({SUBCLASS}, {"<urn:x:o>", "<urn:x:p>"}, False)
    assert compiler("ex:s sh:targetNode ex:a ; sh:path ex:p ; sh:node [ sh:closed true ] .").needed()[2]
    assert not compiler("ex:s sh:targetNode ex:a ; sh:closed true .").needed()[2]


def test_only_shapes_that_look_at_the_value_alone_are_pure():
    """Whether a value conforms may be remembered only if nothing around it counts."""
    text = (
        "ex:s sh:targetNode ex:a ; sh:path ex:p ; sh:or ( ex:t ex:u ex:v ) . ex:t sh:datatype xsd:date . "
        "ex:u sh:class ex:C . ex:v sh:not ex:t . "
    )
    program = compiler(text)
    assert [program.is_pure(f"<urn:x:{name}>") for name in "tuvs"] == [True, False, True, False]


def test_every_pattern_that_cannot_be_compiled_is_named():
    """One error names all shapes whose parameters cannot be compiled."""
    text = r"ex:s sh:targetNode ex:a ; sh:pattern '\\q' . ex:t sh:targetNode ex:a ; sh:pattern '(' ."
    with pytest.raises(Unsupported) as caught:
        compiler(text)
    assert {shape for _construct, shape in caught.value.constructs} == {"urn:x:s", "urn:x:t"}
