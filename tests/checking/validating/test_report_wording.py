"""The wording of reports: messages for results without one, in three languages."""

import re
import tomllib

import pytest
from support.paths import ROOT
from support.validation_outcomes import result

from dcat_hk.checking.shacl.shapes import vocabulary
from dcat_hk.checking.validating.report_wording import message_of, prefixed_name, severity_name, word

WORDS = tomllib.loads((ROOT / "dcat_hk/checking/validating/words.toml").read_text(encoding="utf-8"))


def test_every_wording_is_in_two_languages_with_the_same_fields():
    """English and Traditional Chinese have the same fields to fill in, and components are those of SHACL."""
    for pair in (*WORDS["component"].values(), *WORDS["word"].values()):
        english, chinese = (set(re.findall(r"\{\w+\}", text)) for text in pair)
        assert english == chinese
    known = {term["component"].removesuffix("ConstraintComponent") for term in vocabulary()["compiled"].values()}
    assert set(WORDS["component"]) - {"other"} <= known


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "dct:title is missing, or has too few values. Add one."),
        ("zh-Hant", "欠缺 dct:title，或其值太少。請加上。"),
        ("zh-Hans", "欠缺 dct:title，或其值太少。请加上。"),
    ],
)
def test_a_result_without_a_message_has_that_of_its_component(language, text):
    """The message names the property, in the language of the report."""
    assert message_of(result(), language) == text


def test_the_message_of_the_shape_comes_first():
    """A shape's message is taken in the language, else in the first there is."""
    reported = result(messages=(("en", "Add it."), ("zh-Hant", "請加上。")))
    assert [message_of(reported, language) for language in ("zh-Hant", "fr")] == ["請加上。", "Add it."]


def test_unknown_components_and_node_shapes_have_a_message():
    """A component without a wording has the general one; a constraint of the node itself speaks of the thing."""
    reported = result(component="urn:own", path="")
    assert message_of(reported, "en") == "thing itself does not meet a condition of the shapes. See the shape."


def test_names_get_a_prefix_only_if_they_are_local_names():
    """An IRI with a slash after its namespace, or of no namespace, stays whole; in a path each IRI is shortened."""
    assert prefixed_name("http://purl.org/dc/terms/a/b") == "http://purl.org/dc/terms/a/b"
    assert prefixed_name("<http://purl.org/dc/terms/title>/<urn:p>") == "dct:title/urn:p"
    assert prefixed_name("") == ""


def test_labels_and_severities_are_words():
    """Simplified Chinese is reported from Traditional; the severities of SHACL are words of the table."""
    assert [word("Violation", language) for language in ("en", "zh-Hant", "zh-Hans")] == ["Violation", "違規", "违规"]
    assert severity_name("Info", "zh-Hant") == "資訊"
