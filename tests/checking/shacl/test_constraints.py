"""Constraints as functions: what each allows, and how often it reports."""

import pytest

from dcat_hk.checking.shacl.constraints import (
    CAN_LACK,
    CHECKS,
    TESTS,
    ConstraintContext,
    NotCompilable,
    make_check,
    make_test,
)
from dcat_hk.checking.shacl.literals import XSD
from dcat_hk.checking.shacl.matching import TextSearch
from dcat_hk.checking.shacl.neighbourhood import Neighbourhood, PropertyIndex
from dcat_hk.checking.shacl.shapes import Constraint, Shape
from dcat_hk.checking.shacl.terms import vocabulary

TRUE = f'"true"^^<{XSD}boolean>'
#: Results have the source 7; an inner shape is one that only IRIs conform to.
CONTEXT = ConstraintContext(lambda _name: 7, lambda _node: lambda value, _neighbourhood: value.startswith("<"))


def shape(**extras):
    """Return a shape with parameters that stand beside others."""
    return Shape("<urn:s>", None, "Violation", (), False, (), extras)


def integer(number):
    """Return a whole number as N-Triples has it."""
    return f'"{number}"^^<{XSD}integer>'


def allows(parameter, value, node, members=(), **extras):
    """Return whether a value node passes the test of a constraint."""
    index = PropertyIndex({"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>": {"<urn:x>": ["<urn:Low>"]}})
    test = make_test(
        shape(**extras), Constraint(parameter, value, members), CONTEXT, lambda c: frozenset({c, "<urn:Low>"})
    )
    return test(node, Neighbourhood(index))


def results(parameter, value, values, block=None, **extras):
    """Return the results of the check of a constraint: value and path of each."""
    neighbourhood = Neighbourhood(PropertyIndex())
    neighbourhood.look("<urn:a>", block or {})
    out = []
    make_check(shape(**extras), Constraint(parameter, value), CONTEXT)("<urn:a>", values, neighbourhood, out)
    assert all((source, focus) == (7, "<urn:a>") for source, focus, _value, _path in out)
    return [(value, path) for _source, _focus, value, path in out]


def test_every_compiled_parameter_is_a_test_or_a_check():
    """Each parameter of the table is compiled in one way, but for two that the program follows itself."""
    assert not TESTS & CHECKS
    assert set(vocabulary()["compiled"]) - {"property", "sparql"} == TESTS | CHECKS
    assert CAN_LACK <= CHECKS


@pytest.mark.parametrize(
    ("parameter", "value", "good", "bad"),
    [
        ("minLength", integer(2), ['"ab"', '"數據"@zh', "<urn:a>"], ['"a"', "_:blank", r'"\u0041"']),
        ("minLength", integer(0), ['""'], ["_:blank"]),
        ("maxLength", integer(2), ['"ab"', r'"\"\\"'], ['"abc"', "_:b"]),
        ("pattern", '"^a$"', ['"a"', '"a"@en'], ['"a\\n"', "_:a", '"b"']),
        ("minInclusive", integer(2), [integer(2), f'"2.5"^^<{XSD}decimal>'], [integer(1), '"3"', "<urn:3>"]),
        ("datatype", f"<{XSD}integer>", [integer(1)], ['"1"', f'"x"^^<{XSD}integer>', f'"1"^^<{XSD}decimal>']),
        ("class", "<urn:High>", ["<urn:x>"], ["<urn:y>", '"x"']),
    ],
)
def test_tests_of_values(parameter, value, good, bad):
    """Each test passes what the recommendation allows and nothing else; a blank node has no length at all."""
    assert [node for node in good if not allows(parameter, value, node)] == []
    assert [node for node in bad if allows(parameter, value, node)] == []


def test_kinds_of_nodes_are_known_by_their_first_character():
    """Each value of another kind is a result, and a text that looks like an IRI is a literal."""
    values = ["<urn:a>", "_:b", '"<urn:a>"', '"_:b"@en']
    kinds = {"BlankNodeOrIRI": values[2:], "IRIOrLiteral": values[1:2], "BlankNode": [values[0], *values[2:]]}
    for kind, wrong in kinds.items():
        found = results("nodeKind", f"<http://www.w3.org/ns/shacl#{kind}>", values)
        assert found == [(value, "") for value in wrong]


def test_languages_are_compared_by_basic_filtering():
    """A range takes its own tag and longer ones, not other languages that begin so; text without a tag is in none."""
    tags = {text: allows("languageIn", "", text, ('"en"',)) for text in ('"a"@en', '"a"@EN-gb', '"a"@eng', '"a"')}
    assert tags == {'"a"@en': True, '"a"@EN-gb': True, '"a"@eng': False, '"a"': False}


def test_a_pattern_whose_time_is_up_passes_and_is_counted(monkeypatch):
    """A value that could not be checked is no violation; how many there were is kept with the pattern and the shape."""
    monkeypatch.setattr("dcat_hk.checking.shacl.constraints.make_search", lambda *_: TextSearch(str, 0, lambda _: None))
    test = make_test(shape(), Constraint("pattern", '"a"'), CONTEXT, frozenset)
    neighbourhood = Neighbourhood(PropertyIndex())
    assert [test(node, neighbourhood) for node in ('"ab"', '"b"', "_:b")] == [True, True, False]
    assert neighbourhood.unchecked == {("a", "<urn:s>"): 2}


def test_a_malformed_pattern_is_told_with_its_place():
    """What is no pattern cannot be compiled; the error shows it and says what is wrong where."""
    with pytest.raises(NotCompilable, match="“a\\(”: “\\(” is never closed, at character 2"):
        make_test(shape(), Constraint("pattern", '"a("'), CONTEXT, frozenset)


def test_a_language_with_two_texts_is_reported_once():
    """Tags are compared without regard to case; text without a tag may come as often as it likes."""
    assert results("uniqueLang", TRUE, ['"a"@en', '"b"@EN', '"c"@en', '"d"@fr', '"e"', '"f"']) == [("", "")]
    assert make_check(shape(), Constraint("uniqueLang", TRUE.replace("true", "false")), CONTEXT) is None


def test_a_closed_shape_reports_each_value_of_other_properties():
    """A result names the property and the value; the properties of the shape and ignored ones are allowed."""
    block = {"<urn:p>": ['"1"'], "<urn:i>": ['"2"'], "<urn:q>": ['"3"', '"4"']}
    extras = {"properties": ("<urn:p>",), "ignoredProperties": ("<urn:i>",)}
    assert results("closed", TRUE, ["<urn:a>"], block, **extras) == [('"3"', "urn:q"), ('"4"', "urn:q")]


def test_pairs_of_properties():
    """What cannot be compared is not less; equal properties have all values in common, disjoint ones none."""
    block = {"<urn:q>": [integer(2), '"x"']}
    assert results("lessThan", "<urn:q>", [integer(1)], block) == [(integer(1), "")]
    assert results("lessThan", "<urn:q>", [integer(1)], {"<urn:q>": [integer(2)]}) == []
    assert results("lessThanOrEquals", "<urn:q>", [integer(2)], {"<urn:q>": [integer(2)]}) == []
    assert {value for value, _path in results("equals", "<urn:q>", [integer(1)], block)} == {
        integer(1),
        *block["<urn:q>"],
    }
    assert results("disjoint", "<urn:q>", [integer(2), integer(3)], block) == [(integer(2), "")]


def test_qualified_values_are_counted_without_those_of_siblings():
    """Values that conform to the shape are counted, unless they conform to the shape of a sibling too."""
    counts = {"qualifiedMinCount": (integer(1),), "qualifiedMaxCount": (integer(1),)}
    assert results("qualifiedValueShape", "<urn:t>", ["<urn:x>", '"1"'], **counts) == []
    assert results("qualifiedValueShape", "<urn:t>", ["<urn:x>", "<urn:y>"], **counts) == [("", "")]
    assert results("qualifiedValueShape", "<urn:t>", ["<urn:x>"], siblings=("<urn:other>",), **counts) == [("", "")]
