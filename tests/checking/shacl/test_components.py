"""Constraint components and targets that a graph of shapes defines: which apply, and with which values."""

import pytest
from support.shacl_graphs import turtle

from dcat_hk.checking.shacl import Unsupported, compile_shapes

ONE = (
    "ex:c a sh:ConstraintComponent ; sh:parameter [ sh:path ex:no ] ; "
    "sh:validator [ sh:ask 'ASK { FILTER($value != $no) }' ] . "
)
TWO = (
    "ex:c a ex:OwnComponent ; sh:parameter [ sh:path ex:from ], [ sh:path ex:to ] ; "
    "sh:validator [ sh:ask 'ASK { FILTER($value >= $from && $value <= $to) }' ; sh:message 'not {$from} to {?to}' ] . "
    "ex:OwnComponent rdfs:subClassOf sh:ConstraintComponent . "
)
TYPE = (
    "ex:Selected a sh:SPARQLTargetType ; rdfs:subClassOf sh:Target ; sh:parameter [ sh:path ex:value ] ; "
    "sh:select 'SELECT ?this { ?this <urn:x:p> $value }' . "
)
P = "ex:s sh:targetNode ex:a ; sh:path ex:p ; "


def results(shapes, data):
    """Return component, value and messages of the results."""
    found = compile_shapes(turtle(shapes)).validate(turtle(data))
    return [(r.component, r.value.split("^")[0], *(text for _tag, text in r.messages)) for r in found]


def test_each_value_of_a_single_parameter_is_a_constraint():
    """A component with one parameter is checked for each value; its IRI stands in the results."""
    assert results(ONE + P + "ex:no 1, 2 .", "ex:a ex:p 1, 2, 3 .") == [("urn:x:c", '"1"'), ("urn:x:c", '"2"')]


def test_parameters_belong_together():
    """Two parameters are one constraint with placeholders filled; a component without all of them does not apply."""
    assert results(TWO + P + "ex:from 2 ; ex:to 3 .", "ex:a ex:p 1, 2, 4 .") == [
        ("urn:x:c", '"1"', "not 2 to 3"),
        ("urn:x:c", '"4"', "not 2 to 3"),
    ]
    assert results(TWO + P + "ex:from 2 .", "ex:a ex:p 1 .") == []


def test_results_state_the_parameters():
    """A result has the properties of the component with their values at the shape."""
    (result,) = compile_shapes(turtle(TWO + P + "ex:from 2 ; ex:to 3 .")).validate(turtle("ex:a ex:p 1 ."))
    assert [name for name, _value in result.parameters] == ["urn:x:from", "urn:x:to"]


def test_a_target_of_a_type_selects_with_its_parameters():
    """The values of a target are bound in the query of its type."""
    shapes = TYPE + "ex:s a sh:NodeShape ; sh:target [ a ex:Selected ; ex:value 1 ] ; sh:nodeKind sh:Literal ."
    assert results(shapes, "ex:a ex:p 1 . ex:b ex:p 2 .") == [("NodeKindConstraintComponent", "<urn:x:a>")]


@pytest.mark.parametrize(
    ("shapes", "told"),
    [
        (TWO + P + "ex:from 2 .", "urn:x:from has no effect without urn:x:to (urn:x:s)."),
        (
            "ex:c a sh:ConstraintComponent . " + P + "sh:nodeKind sh:IRI .",
            "without a parameter is never checked (urn:x:c).",
        ),
        (
            "ex:c a sh:ConstraintComponent ; sh:parameter [ sh:path ( ex:a ex:b ) ] . " + P + "sh:nodeKind sh:IRI .",
            "without a parameter is never checked (urn:x:c).",
        ),
    ],
)
def test_what_is_never_checked_is_told(shapes, told):
    """A component that no shape can use, and a parameter without those that belong to it, are remarks."""
    (warning,) = compile_shapes(turtle(shapes)).warnings
    assert warning.endswith(told)


REFUSED = {
    "has several values for one of its parameters": TWO + P + "ex:from 2, 3 ; ex:to 4 .",
    "has no validator in SPARQL for a property shape": (
        "ex:c a sh:ConstraintComponent ; sh:parameter [ sh:path ex:no ] ; "
        "sh:nodeValidator [ sh:select 'SELECT $this { }' ] . " + P + "ex:no 1 ."
    ),
    "has no validator in SPARQL for a node shape": (
        "ex:c a sh:ConstraintComponent ; sh:parameter [ sh:path ex:no ] ; "
        "sh:validator [ a sh:JSValidator ; sh:jsFunctionName 'f' ] . ex:s sh:targetNode ex:a ; ex:no 1 ."
    ),
    "has a parameter that cannot be a variable: “this”": ONE.replace("ex:no", "ex:this") + P + "ex:this 1 .",
    "has a prefix without just one name and namespace": (
        P + "sh:sparql [ sh:prefixes [ sh:declare [ sh:prefix 'e' ] ] ; sh:select 'SELECT $this { }' ] ."
    ),
    "has two namespaces for the prefix “e”": (
        P + "sh:sparql [ sh:prefixes [ sh:declare [ sh:prefix 'e' ; sh:namespace 'urn:1' ], "
        "[ sh:prefix 'e' ; sh:namespace 'urn:2' ] ] ; sh:select 'SELECT $this { }' ] ."
    ),
    "has not just one value for its parameter urn:x:value": TYPE + "ex:s sh:target [ a ex:Selected ] .",
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_used_is_refused_with_its_reason(why):
    """A component or target that does not fit its shape is refused with both named."""
    with pytest.raises(Unsupported) as caught:
        compile_shapes(turtle(REFUSED[why]))
    ((construct, shape),) = caught.value.constructs
    assert why in construct
    assert shape == "urn:x:s"


def test_prefixes_are_declared_imported_or_well_known():
    """Prefixes come from sh:declare, from what that imports, and from SHACL and RDF themselves."""
    shapes = (
        "ex:d owl:imports ex:e . ex:e owl:imports ex:d ; sh:declare [ sh:prefix 'e' ; sh:namespace ex: ] . "
        "ex:s sh:targetNode ex:a ; sh:sparql [ sh:prefixes ex:d ; "
        "sh:select 'SELECT $this { $this e:p ?v . $this a rdfs:Class }' ] ."
    )
    assert len(results(shapes, "ex:a ex:p 1 ; a rdfs:Class .")) == 1


def test_a_deactivated_constraint_is_not_asked():
    """A query that is switched off gives nothing."""
    assert len(results(P + "sh:sparql [ sh:select 'SELECT * { $this ?p ?o }' ] .", "ex:a ex:p 1 .")) == 1
    assert results(P + "sh:sparql [ sh:deactivated true ; sh:select 'SELECT $this { }' ] .", "ex:a ex:p 1 .") == []
