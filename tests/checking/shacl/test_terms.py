"""Every term of SHACL: checked, refused or of no effect, in both engines; never passed over in silence."""

import re
from importlib.resources import files

import pytest
from support.shacl_graphs import turtle

from dcat_hk.checking.shacl import compile_shapes
from dcat_hk.checking.shacl.terms import DASH, other_terms, refused_at_shapes, term_roles, vocabulary
from dcat_hk.checking.shacl.triples import read_text
from dcat_hk.checking.validating.profiles import ShapesError
from dcat_hk.checking.validating.validator import make_validator

SH = "http://www.w3.org/ns/shacl#"
P = "ex:s sh:targetNode ex:a ; sh:path ex:p ; "
QUERY = "[ sh:select 'SELECT $this WHERE { $this <urn:x:p> ?value }' ]"
COMPONENT = (
    "ex:c a sh:ConstraintComponent ; sh:parameter [ sh:path <http://x.example/most> ] ; "
    "{} [ sh:ask 'ASK {{ FILTER($value <= $most) }}' ] . {} <http://x.example/most> 1 ."
)
OPTIONAL = (
    "ex:c a sh:ConstraintComponent ; sh:parameter [ sh:path <http://x.example/most> ], "
    "[ sh:path <http://x.example/least> ; sh:optional true ] ; "
    "sh:validator [ sh:ask 'ASK { FILTER($value <= $most && $value >= COALESCE($least, 0)) }' ] . "
    "ex:s sh:targetNode ex:a ; sh:path ex:p ; <http://x.example/most> 1 ."
)
PREFIXES = (
    "ex:d sh:declare [ sh:prefix 'e' ; sh:namespace 'urn:x:' ] . "
    "ex:s sh:targetNode ex:a ; sh:sparql [ sh:prefixes ex:d ; sh:select 'SELECT $this { $this e:p ?v }' ] ."
)
DATA = "ex:a ex:p 2 ."

#: Shapes that the data beside them violates because of the term; nothing is found if the term is passed over.
VIOLATED = {
    "class": (P + "sh:class ex:C .", "ex:a ex:p ex:b ."),
    "datatype": (P + "sh:datatype xsd:string .", DATA),
    "nodeKind": (P + "sh:nodeKind sh:IRI .", DATA),
    "minCount": (P + "sh:minCount 2 .", DATA),
    "maxCount": (P + "sh:maxCount 0 .", DATA),
    "minExclusive": (P + "sh:minExclusive 2 .", DATA),
    "minInclusive": (P + "sh:minInclusive 3 .", DATA),
    "maxExclusive": (P + "sh:maxExclusive 2 .", DATA),
    "maxInclusive": (P + "sh:maxInclusive 1 .", DATA),
    "minLength": (P + "sh:minLength 2 .", DATA),
    "maxLength": (P + "sh:maxLength 0 .", DATA),
    "pattern": (P + "sh:pattern '^a' .", DATA),
    "languageIn": (P + "sh:languageIn ( 'en' ) .", DATA),
    "uniqueLang": (P + "sh:uniqueLang true .", "ex:a ex:p 'x'@en, 'y'@en ."),
    "equals": (P + "sh:equals ex:q .", DATA),
    "disjoint": (P + "sh:disjoint ex:q .", "ex:a ex:p 1 ; ex:q 1 ."),
    "lessThan": (P + "sh:lessThan ex:q .", "ex:a ex:p 1 ; ex:q 1 ."),
    "lessThanOrEquals": (P + "sh:lessThanOrEquals ex:q .", "ex:a ex:p 2 ; ex:q 1 ."),
    "not": (P + "sh:not [ sh:nodeKind sh:Literal ] .", DATA),
    "and": (P + "sh:and ( [ sh:nodeKind sh:IRI ] ) .", DATA),
    "or": (P + "sh:or ( [ sh:nodeKind sh:IRI ] ) .", DATA),
    "xone": (P + "sh:xone ( [ sh:nodeKind sh:IRI ] ) .", DATA),
    "node": (P + "sh:node [ sh:nodeKind sh:IRI ] .", DATA),
    "property": ("ex:s sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:maxCount 0 ] .", DATA),
    "qualifiedValueShape": (P + "sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ; sh:qualifiedMinCount 1 .", DATA),
    "closed": ("ex:s sh:targetNode ex:a ; sh:closed true .", DATA),
    "hasValue": (P + "sh:hasValue 3 .", DATA),
    "in": (P + "sh:in ( 3 ) .", DATA),
    "sparql": (f"ex:s sh:targetNode ex:a ; sh:sparql {QUERY} .", DATA),
    "targetNode": ("ex:s sh:targetNode ex:a ; sh:nodeKind sh:Literal .", DATA),
    "targetClass": ("ex:s sh:targetClass ex:C ; sh:nodeKind sh:Literal .", "ex:a a ex:C ."),
    "targetSubjectsOf": ("ex:s sh:targetSubjectsOf ex:p ; sh:nodeKind sh:Literal .", DATA),
    "targetObjectsOf": ("ex:s sh:targetObjectsOf ex:p ; sh:nodeKind sh:IRI .", DATA),
    "target": (
        (
            "ex:s a sh:NodeShape ; sh:target [ a sh:SPARQLTarget ; "
            "sh:select 'SELECT ?this WHERE { ?this <urn:x:p> ?o }' ] ; sh:nodeKind sh:Literal ."
        ),
        DATA,
    ),
    "path": (P + "sh:maxCount 0 .", DATA),
    "severity": (P + "sh:maxCount 0 ; sh:severity sh:Warning .", DATA),
    "message": (P + "sh:maxCount 0 ; sh:message 'm' .", DATA),
    "deactivated": (P + "sh:maxCount 0 ; sh:deactivated false .", DATA),
    "flags": (P + "sh:not [ sh:pattern 'B' ; sh:flags 'i' ] .", "ex:a ex:p 'ab' ."),
    "ignoredProperties": ("ex:s sh:targetNode ex:a ; sh:closed true ; sh:ignoredProperties ( ex:q ) .", DATA),
    "qualifiedMinCount": (P + "sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ; sh:qualifiedMinCount 1 .", DATA),
    "qualifiedMaxCount": (P + "sh:qualifiedValueShape [ sh:nodeKind sh:Literal ] ; sh:qualifiedMaxCount 0 .", DATA),
    "qualifiedValueShapesDisjoint": (
        (
            "ex:s sh:targetNode ex:a ; sh:property ex:t, ex:u . "
            "ex:t sh:path ex:p ; sh:qualifiedValueShape [ sh:nodeKind sh:Literal ] ; sh:qualifiedMinCount 1 ; "
            "sh:qualifiedValueShapesDisjoint true . "
            "ex:u sh:path ex:p ; sh:qualifiedValueShape [ sh:datatype xsd:integer ] ; sh:qualifiedMinCount 1 ."
        ),
        DATA,
    ),
    "select": (f"ex:s sh:targetNode ex:a ; sh:sparql {QUERY} .", DATA),
    "ask": (COMPONENT.format("sh:validator", "ex:s sh:targetNode ex:a ; sh:path ex:p ;"), DATA),
    "prefixes": (PREFIXES, DATA),
    "declare": (PREFIXES, DATA),
    "prefix": (PREFIXES, DATA),
    "namespace": (PREFIXES, DATA),
    "parameter": (COMPONENT.format("sh:validator", "ex:s sh:targetNode ex:a ; sh:path ex:p ;"), DATA),
    "optional": (OPTIONAL, DATA),
    "validator": (COMPONENT.format("sh:validator", "ex:s sh:targetNode ex:a ; sh:path ex:p ;"), DATA),
    "nodeValidator": (
        (
            "ex:c a sh:ConstraintComponent ; sh:parameter [ sh:path <http://x.example/most> ] ; "
            "sh:nodeValidator [ sh:select 'SELECT $this { $this <urn:x:p> ?v FILTER(?v > $most) }' ] . "
            "ex:s a sh:NodeShape ; sh:targetNode ex:a ; <http://x.example/most> 1 ."
        ),
        DATA,
    ),
    "propertyValidator": (
        (
            "ex:c a sh:ConstraintComponent ; sh:parameter [ sh:path <http://x.example/most> ] ; "
            "sh:propertyValidator [ sh:select 'SELECT $this ?value { $this $PATH ?value FILTER(?value > $most) }' ] . "
            "ex:s a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; <http://x.example/most> 1 ."
        ),
        DATA,
    ),
    "inversePath": ("ex:s sh:targetNode ex:b ; sh:path [ sh:inversePath ex:p ] ; sh:maxCount 0 .", "ex:a ex:p ex:b ."),
    "alternativePath": (
        "ex:s sh:targetNode ex:a ; sh:path [ sh:alternativePath ( ex:q ex:p ) ] ; sh:maxCount 0 .",
        DATA,
    ),
    "zeroOrMorePath": ("ex:s sh:targetNode ex:a ; sh:path [ sh:zeroOrMorePath ex:p ] ; sh:maxCount 1 .", DATA),
    "oneOrMorePath": ("ex:s sh:targetNode ex:a ; sh:path [ sh:oneOrMorePath ex:p ] ; sh:maxCount 0 .", DATA),
    "zeroOrOnePath": ("ex:s sh:targetNode ex:a ; sh:path [ sh:zeroOrOnePath ex:p ] ; sh:maxCount 1 .", DATA),
}


def names(*roles):
    """Return the terms with some roles."""
    return sorted(name for name, role in term_roles().items() if role in roles)


def test_every_checked_term_has_an_example():
    """What counts as checked is what has an example below, no more and no less."""
    assert set(VIOLATED) == {*names("checked", "beside"), *other_terms()["elsewhere"]["checked"]}


@pytest.mark.parametrize("engine", ["compiled", "pyshacl"])
@pytest.mark.parametrize("name", sorted(VIOLATED))
def test_every_checked_term_is_checked(name, engine):
    """A violated example of each term gives a result in either engine, and no remark."""
    shapes, data = VIOLATED[name]
    validator = make_validator(turtle(shapes), engine)
    assert validator.note == ""
    assert validator.validate(turtle(data))


@pytest.mark.parametrize("engine", ["compiled", "pyshacl"])
def test_terms_that_cannot_be_violated_have_their_effect(engine):
    """Severity and message stand in the result; a deactivated shape and ignored properties give none."""

    def results(shape):
        return make_validator(turtle(f"{shape} ."), engine).validate(turtle(DATA))

    (result,) = results(P + "sh:maxCount 0 ; sh:severity sh:Warning ; sh:message 'm'")
    assert (result.severity, result.messages) == ("Warning", (("", "m"),))
    assert results(P + "sh:maxCount 0 ; sh:deactivated true") == []
    assert results("ex:s sh:targetNode ex:a ; sh:closed true ; sh:ignoredProperties ( ex:p )") == []


@pytest.mark.parametrize("engine", ["auto", "compiled", "pyshacl"])
@pytest.mark.parametrize("name", names("refused"))
def test_every_refused_term_ends_the_validation(name, engine):
    """A shape with what is not checked is refused with the term and the shape, whichever engine is wanted."""
    with pytest.raises(ShapesError, match=rf"sh:{name} is not checked \(urn:x:s\)") as caught:
        make_validator(turtle(f"ex:s sh:targetNode ex:a ; sh:nodeKind sh:IRI ; sh:{name} ex:t ."), engine)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("name", other_terms()["refused"]["anywhere"])
def test_terms_that_decide_what_is_validated_are_refused_wherever_they_stand(name):
    """Targets and regimes that are not supported count at any node, since no other target need lead there."""
    with pytest.raises(ShapesError, match=rf"sh:{name} is not checked \(urn:x:t\)"):
        make_validator(turtle(f"ex:s sh:targetNode ex:a ; sh:nodeKind sh:IRI . ex:t sh:{name} ex:u ."))


@pytest.mark.parametrize("name", other_terms()["refused"]["dash"])
def test_constraints_of_dash_are_refused_unless_they_are_defined(name):
    """A constraint that only DASH explains is refused; the graph may define it, and then it is checked."""
    shape = f"ex:s sh:targetNode ex:a ; <{DASH}{name}> true ."
    with pytest.raises(ShapesError, match=f"dash:{name} is not checked"):
        make_validator(turtle(shape))
    defined = f"ex:c a sh:ConstraintComponent ; sh:parameter [ sh:path <{DASH}{name}> ] ; sh:validator [ sh:ask "
    assert len(make_validator(turtle(f"{defined} 'ASK {{ FILTER(false) }}' ] . {shape}")).validate(turtle(DATA))) == 1


@pytest.mark.parametrize("name", other_terms()["harmless"]["terms"])
def test_harmless_terms_change_nothing(name):
    """What serves people and forms gives the same results as nothing, and no remark."""
    without, with_it = (make_validator(turtle(P + f"sh:maxCount 0 {more}.")) for more in ("", f"; sh:{name} ex:t "))
    assert without.validate(turtle(DATA)) == with_it.validate(turtle(DATA))
    assert with_it.note == ""


@pytest.mark.parametrize("name", names("elsewhere", "thing"))
def test_what_is_no_property_of_a_shape_is_told(name):
    """A term that belongs elsewhere, or a class, has no effect as a property of a shape, which is told."""
    note = make_validator(turtle(P + f"sh:maxCount 0 ; sh:{name} ex:t .")).note
    assert re.search(
        rf"sh:{name} (has no effect at a shape|is no property of SHACL and has no effect).*\(urn:x:s\)", note
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sh:mincount 1", r"sh:mincount is no term of SHACL and has no effect; sh:minCount is one \(urn:x:s\)"),
        ("a sh:NodeShap", r"sh:NodeShap is no term of SHACL and has no effect; sh:NodeShape is one"),
        ("sh:severity sh:Eror", "sh:Eror is no term of SHACL"),
        ("sh:zzzzz 1", r"sh:zzzzz is no term of SHACL and has no effect \(urn:x:s\)"),
        ("sh:property ex:t", r"sh:property leads to a shape that is not described and asks nothing \(urn:x:t\)"),
        ("sh:node ex:t", "sh:node leads to a shape that is not described"),
        ("sh:or ( ex:t ex:s2 )", "sh:or leads to a shape that is not described"),
        ("sh:qualifiedMinCount 1", "sh:qualifiedMinCount has no effect without sh:qualifiedValueShape"),
        ("sh:flags 'i'", "sh:flags has no effect without sh:pattern"),
        ("sh:uniqueLang true", r"sh:uniqueLang has no effect at a node shape \(urn:x:s\)"),
        ("sh:minCount 1", "sh:minCount has no effect at a node shape"),
    ],
)
def test_what_has_no_effect_is_told_and_the_rest_validated(text, told):
    """A misspelt term, a shape that nobody described and a part without its whole are remarks, not the end."""
    validator = make_validator(turtle(f"ex:s sh:targetNode ex:a ; sh:nodeKind sh:Literal ; {text} ."))
    assert re.search(told, validator.note)
    assert validator.validate(turtle(DATA))


def test_the_other_way_to_write_true_is_told_where_it_has_no_effect():
    """The suite of the W3C has 1 for sh:uniqueLang ask nothing; for sh:closed it is true."""
    one = '"1"^^<http://www.w3.org/2001/XMLSchema#boolean>'
    shape = f"<urn:s> <{SH}targetNode> <urn:a> ; <{SH}path> <urn:p> ; <{SH}uniqueLang> {one} ."
    assert compile_shapes(read_text(shape)).warnings == ("sh:uniqueLang has no effect with 1, only with true (urn:s).",)
    closed = compile_shapes(read_text(f"<urn:s> <{SH}targetNode> <urn:a> ; <{SH}closed> {one} ."))
    assert len(closed.validate(list(read_text("<urn:a> <urn:p> 1 .")))) == 1


def test_the_terms_of_the_vocabulary_in_use_are_all_known():
    """Every term of the vocabulary that comes with pyshacl, with the advanced features and JavaScript, has a role."""
    text = (files("pyshacl") / "assets" / "shacl.ttl").read_text(encoding="utf-8")
    terms = set(re.findall(r"^sh:([A-Za-z]+)$", text, re.MULTILINE))
    assert len(terms) > 150
    assert terms - set(term_roles()) == set()


def test_no_term_has_two_roles():
    """The tables do not contradict each other; `this` alone is both a thing and a part of expressions."""
    terms = other_terms()
    lists = [
        [*terms["shape"]["terms"], *(name for name in vocabulary()["compiled"] if name not in terms["beside"])],
        [*terms["beside"]],
        [*terms["refused"]["shape"], *terms["refused"]["anywhere"]],
        terms["harmless"]["terms"],
        *terms["elsewhere"].values(),
        [name for name in terms["things"]["terms"] if name != "this"],
    ]
    everything = [name for names_ in lists for name in names_]
    assert len(everything) == len(set(everything))
    assert len(refused_at_shapes()) == len(terms["refused"]["shape"]) + len(terms["refused"]["dash"])


def test_shapes_that_nothing_reaches_are_not_refused():
    """A library of shapes may have what is not checked, as long as no target leads there."""
    shapes = turtle("ex:s sh:targetNode ex:a ; sh:nodeKind sh:IRI . ex:t a sh:NodeShape ; sh:js ex:j .")
    assert compile_shapes(shapes).shapes == 1
