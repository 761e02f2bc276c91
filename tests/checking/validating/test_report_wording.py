"""The wording of reports: what a message says of a constraint, in three languages, and what placeholders stand for."""

import re
import tomllib

import pytest
from rdflib import SH
from support.paths import ROOT
from support.validation_outcomes import result

from dcat_hk.checking.validating.blank_names import BlankName
from dcat_hk.checking.validating.report_wording import (
    cause_message,
    fill_message,
    has_several_messages,
    message_of,
    prefixed_name,
    requirement,
    severity_name,
    shape_name,
    thing_name,
    word,
)

WORDS = tomllib.loads((ROOT / "dcat_hk/checking/validating/words.toml").read_text(encoding="utf-8"))
XSD = "http://www.w3.org/2001/XMLSchema#"
PATH = "http://purl.org/dc/terms/issued"


def integer(number):
    """Return an integer as N-Triples has it."""
    return f'"{number}"^^<{XSD}integer>'


def constrained(component, *parameters, value="", **more):
    """Return a result of a constraint component with parameters."""
    named = f"{component}ConstraintComponent"
    return result(path=PATH, component=named, parameters=parameters, value=value, **more)


#: A result of each component, and what its message must say.
MESSAGES = [
    (constrained("Class", ("class", "<http://xmlns.com/foaf/0.1/Agent>"), value='"x"'), "foaf:Agent (it is a text)"),
    (constrained("Class", ("class", "<http://xmlns.com/foaf/0.1/Agent>"), value="<urn:x>"), "class foaf:Agent. "),
    (constrained("Datatype", ("datatype", f"<{XSD}date>"), value='"x"'), "xsd:date (it is of xsd:string)"),
    (constrained("Datatype", ("datatype", f"<{XSD}date>"), value=f'"x"^^<{XSD}date>'), "(it is no valid xsd:date)"),
    (constrained("Datatype", ("datatype", f"<{XSD}date>"), value='"x"@en'), "xsd:date (it is text in en)"),
    (constrained("Datatype", ("datatype", f"<{XSD}date>"), value="<urn:x>"), "xsd:date (it is an IRI)"),
    (constrained("NodeKind", ("nodeKind", f"<{SH}IRI>"), value="_:b1"), "an IRI (it is a blank node)"),
    (constrained("NodeKind", ("nodeKind", f"<{SH}Literal>"), value="<urn:x>"), "not a thing (it is an IRI)"),
    (constrained("MinCount", ("minCount", integer(1))), "dct:issued is missing."),
    (constrained("MinCount", ("minCount", integer(2))), "at least 2"),
    (constrained("MaxCount", ("maxCount", integer(0))), "dct:issued is not allowed here."),
    (constrained("MaxCount", ("maxCount", integer(1))), "more than one value"),
    (constrained("MaxCount", ("maxCount", integer(3))), "at most 3"),
    (constrained("MinExclusive", ("minExclusive", integer(0))), "greater than 0"),
    (constrained("MinInclusive", ("minInclusive", integer(0))), "0 or greater"),
    (constrained("MaxExclusive", ("maxExclusive", integer(9))), "less than 9"),
    (constrained("MaxInclusive", ("maxInclusive", f'"2026-01-01"^^<{XSD}date>')), "“2026-01-01” or less"),
    (constrained("MinLength", ("minLength", integer(1))), "dct:issued is empty"),
    (constrained("MinLength", ("minLength", integer(5))), "at least 5 characters"),
    (constrained("MaxLength", ("maxLength", integer(5))), "at most 5 characters"),
    (constrained("Pattern", ("pattern", r'"^a{2}\\d$"'), ("flags", '"i"')), r"the pattern ^a{2}\d$ (flags i)"),
    (constrained("Pattern", ("pattern", '"^{path}$"')), "the pattern ^{path}$."),
    (
        constrained("LanguageIn", ("languageIn", '"en"'), ("languageIn", '"zh"'), value='"x"@fr'),
        "en, zh (it is text in fr)",
    ),
    (constrained("LanguageIn", ("languageIn", '"en"'), value='"x"'), "en (it is without a language)"),
    (constrained("UniqueLang", ("uniqueLang", f'"true"^^<{XSD}boolean>')), "two texts in the same language"),
    (constrained("Equals", ("equals", "<urn:p>")), "same values as urn:p"),
    (constrained("Disjoint", ("disjoint", "<urn:p>")), "in common with urn:p"),
    (constrained("LessThan", ("lessThan", "<http://www.w3.org/ns/dcat#endDate>")), "earlier than dcat:endDate"),
    (constrained("LessThanOrEquals", ("lessThanOrEquals", "<urn:p>")), "not be greater or later than urn:p"),
    (constrained("Not", ("not", f"[ <{SH}class> <urn:C> ]")), "must not meet: class urn:C"),
    (
        constrained("And", ("and", f"[ <{SH}class> <urn:C> ]"), ("and", "<urn:S>")),
        "all of these conditions: class urn:C; urn:S",
    ),
    (
        constrained("Or", ("or", f'[ <{SH}pattern> "<a>" ]'), ("or", "<urn:S>")),
        'none of these conditions: pattern "<a>"; urn:S',
    ),
    (constrained("Xone", ("xone", "<urn:S>"), ("xone", "<urn:T>")), "just one of these conditions: urn:S; urn:T"),
    (constrained("Node", ("node", "<urn:S>")), "the conditions of urn:S"),
    (constrained("Property", ("property", "<urn:S>")), "the conditions of urn:S"),
    (
        constrained("QualifiedMinCount", ("qualifiedValueShape", "<urn:S>"), ("qualifiedMinCount", integer(2))),
        "at least 2 must meet urn:S",
    ),
    (
        constrained("QualifiedMaxCount", ("qualifiedValueShape", "<urn:S>"), ("qualifiedMaxCount", integer(2))),
        "at most 2 may meet urn:S",
    ),
    (constrained("Closed", ("closed", f'"true"^^<{XSD}boolean>')), "dct:issued is not allowed here"),
    (constrained("HasValue", ("hasValue", '"x"@en')), "the value “x”@en"),
    (constrained("In", *(("in", f"<urn:{n}>") for n in range(8))), "urn:0, urn:1, urn:2, urn:3, urn:4 and 3 more"),
    (constrained("SPARQL", ("sparql", "_:b0")), "state as a query"),
    (constrained("Reifier"), "condition of the shapes (ReifierConstraintComponent)"),
    (
        result(component="http://a.example/Own", path=""),
        "The thing itself does not meet a condition that the shapes define",
    ),
]


@pytest.mark.parametrize(("reported", "said"), MESSAGES, ids=lambda value: getattr(value, "component", "")[:20])
def test_a_message_says_what_is_required_and_what_there_is(reported, said):
    """The message names the property, the value of the parameter and, where it helps, what there is instead."""
    message = message_of(reported, "en")
    assert said in message
    assert reported.component == "http://a.example/Own" or "dct:issued" in message


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans"])
def test_every_message_is_in_chinese(language):
    """No message in Chinese has a word of the English one, and none has a field that was not filled."""
    for reported, _said in MESSAGES:
        message = message_of(reported, language)
        assert message.endswith("。")
        assert not re.search(r"\b(?:the|must|is|of|it)\b", message)
        assert set(re.findall(r"\{\w+\}", message)) <= {"{path}", "{2}"}


def test_every_component_of_shacl_has_a_wording():
    """All components of SHACL Core and the query have a wording, and no other name is in the table."""
    named = {key.partition(".")[0] for key in WORDS["component"]}
    core = {str(term).removeprefix(str(SH)).removesuffix("ConstraintComponent") for term in dir(SH)} & named
    assert named - {"custom", "other"} == core
    tried = {reported.component.removesuffix("ConstraintComponent") for reported, _said in MESSAGES}
    assert named - {"custom", "other"} <= tried
    assert len(core) == 30


def test_every_wording_is_in_two_languages_with_the_same_fields():
    """English and Traditional Chinese have the same fields to fill in."""
    for name in ("component", "kind", "found", "name", "property", "word"):
        for english, chinese in WORDS[name].values():
            assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", chinese))


def test_the_message_of_the_shape_comes_first():
    """A shape's message is taken in the language, else in the first there is."""
    reported = result(messages=(("en", "Add it."), ("zh-Hant", "請加上。")))
    assert [message_of(reported, language) for language in ("zh-Hant", "fr")] == ["請加上。", "Add it."]


@pytest.mark.parametrize(
    ("message", "filled"),
    [
        ("Value {?value} of {$this} must be {?datatype}", "Value x of urn:a must be xsd:date"),
        ("{$value} {?this} {$PATH} {?path}", "x urn:a dct:issued dct:issued"),
        (
            "{$datatype} not {$minCount} {?other} {value} {} {{?value}}",
            "xsd:date not {$minCount} {?other} {value} {} {x}",
        ),
        ("{?value", "{?value"),
        ("{0} {!r} %s {value.__class__}", "{0} {!r} %s {value.__class__}"),
    ],
)
def test_placeholders_are_filled(message, filled):
    """Placeholders stand for value, focus node, path and parameters; whatever stands for nothing stays as it is."""
    reported = constrained("Datatype", ("datatype", f"<{XSD}date>"), value='"x"', messages=(("", message),))
    assert message_of(reported, "en") == filled


def test_a_value_with_braces_is_text():
    """What is filled in is not looked at again."""
    reported = result(value='"{$this} {path}"', messages=(("", "{?value}"),))
    assert message_of(reported, "en") == "{$this} {path}"


def test_the_message_of_a_cause_leaves_open_what_differs():
    """A placeholder, or what there is, that differs among the results of a cause is not told of one for all."""
    message = (("en", "{?value} of {$this} is no {?datatype}"),)
    both = [
        constrained("Datatype", ("datatype", f"<{XSD}date>"), value=value, messages=message) for value in ('"x"', '"y"')
    ]
    assert cause_message(both, "en") == "… of urn:a is no xsd:date"
    differing = [constrained("Datatype", ("datatype", f"<{XSD}date>"), value=value) for value in ('"x"', "<urn:x>")]
    assert "(it is" not in cause_message(differing, "en")
    assert "(it is" in cause_message(differing[:1], "en")


def test_results_can_have_messages_of_their_own():
    """The results of a query may each have another message."""
    one, other = (result(messages=(("en", text),)) for text in "ab")
    assert has_several_messages([one, other], "en")
    assert not has_several_messages([one, one], "en")
    assert not has_several_messages([result()], "en")


SPDX = "<http://spdx.org/rdf/terms#checksum>"
FILE = BlankName("_:f", "<urn:d>", via="<http://www.w3.org/ns/dcat#distribution>", text="A", number=2)


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        (FILE, "distribution “A” 2 of <urn:d>", "<urn:d> 的分發「A」（2）"),
        (
            BlankName("_:x", above=FILE, via=SPDX),
            "checksum of distribution “A” 2 of <urn:d>",
            "<urn:d> 的分發「A」（2） 的校驗和",
        ),
        (
            BlankName("_:x", "<urn:d>", via="<urn:p>", position=3),
            "urn:p (item 3) of <urn:d>",
            "<urn:d> 的urn:p（第 3 項）",
        ),
        (
            BlankName("_:x", class_="<http://www.w3.org/ns/dcat#Dataset>", text="{text}"),
            "dcat:Dataset “{text}”",
            "dcat:Dataset「{text}」",
        ),
        (BlankName("_:x", number=2), "blank node 2", "空白節點（2）"),
    ],
)
def test_a_blank_node_is_named_by_how_it_is_reached(name, english, chinese):
    """Property, title, number and owner, one within the other, are words of the language; an IRI is itself."""
    assert thing_name("_:x", {"_:x": name}, "en") == english
    assert thing_name("_:x", {"_:x": name}, "zh-Hant") == chinese
    assert thing_name("urn:x", {"_:x": name}, "en") == "urn:x"
    assert fill_message("{$this}", [result("_:x")], "en", {"_:x": name}) == english


def test_a_shape_is_named_by_the_nearest_iri_and_paths():
    """A shape without an IRI is named by its owner and path, one without an owner by its target."""
    sh_property = f"<{SH}property>"
    outer = BlankName("_:s", "<urn:S>", via=sh_property, text="http://purl.org/dc/terms/title")
    inner = BlankName("_:t", above=outer, via=sh_property, text="^<urn:p>", number=2)
    root = BlankName("_:r", text="<http://www.w3.org/ns/dcat#Dataset>")
    below = BlankName("_:u", above=root, via=sh_property, text="urn:p")
    group = BlankName("_:v", "<urn:S>", via=f"<{SH}node>")
    names = {name.label: name for name in (outer, inner, root, below, group)}
    assert [shape_name(label, names) for label in ("_:s", "_:t", "_:r", "_:u", "_:v", "urn:S")] == [
        "urn:S › dct:title",
        "urn:S › dct:title › ^urn:p (2)",
        "[ dcat:Dataset ]",
        "[ dcat:Dataset ] › urn:p",
        "urn:S",
        "urn:S",
    ]


def test_what_is_required_names_a_rule():
    """What a rule requires is short: a long list is a digest, another for another list."""
    short, long, other = (tuple(("in", f"<urn:{n}>") for n in range(count)) for count in (2, 50, 51))
    assert requirement(short) == "urn:0 urn:1"
    assert len(requirement(long)) < 30
    assert requirement(long) != requirement(other)


def test_names_get_a_prefix_only_if_they_are_local_names():
    """An IRI with a slash after its namespace, or of no namespace, stays whole; in a path each IRI is shortened."""
    assert prefixed_name("http://purl.org/dc/terms/a/b") == "http://purl.org/dc/terms/a/b"
    assert prefixed_name("<http://purl.org/dc/terms/title>/<urn:p>") == "dct:title/urn:p"
    assert prefixed_name("") == ""


def test_labels_and_severities_are_words():
    """Simplified Chinese is reported from Traditional; the severities of SHACL are words of the table."""
    assert [word("Violation", language) for language in ("en", "zh-Hant", "zh-Hans")] == ["Violation", "違規", "违规"]
    assert severity_name("Info", "zh-Hant") == "資訊"
