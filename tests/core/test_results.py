"""Validation results as values."""

import pytest

from dcat_hk.core.results import Result, name_of, shacl_name, violations, with_canonical_tag


def result(severity="Violation", messages=()):
    """Return a result about nothing in particular."""
    return Result(severity, "https://a.example/d", "", "", "MinCountConstraintComponent", "s", messages)


def test_a_message_is_in_the_language_asked_for():
    """Without a message in the language the first one stands; without any, the component does."""
    both = result(messages=(("en", "No title."), ("zh-Hant", "沒有標題。")))
    assert [both.message(tag) for tag in ("zh-Hant", "en", "fr")] == ["沒有標題。", "No title.", "No title."]
    assert result().message() == "MinCountConstraintComponent"


def test_only_violations_stop_publication():
    """Warnings, remarks and severities of other shapes are no violations; the order stays."""
    results = [result(severity) for severity in ("Info", "Violation", "http://example.org/Grave", "Warning")]
    assert violations(results) == [results[1]]


def test_names_of_terms():
    """IRIs lose their brackets, SHACL's own also their namespace; blank nodes and literals stay as they are."""
    assert name_of('"<a>"') == '"<a>"'
    assert shacl_name("<http://www.w3.org/ns/shacl#Violation>") == "Violation"
    assert shacl_name("_:b0") == "_:b0"


@pytest.mark.parametrize(
    ("term", "canonical"),
    [
        ('"x"@zh-hant', '"x"@zh-Hant'),
        ('"a@b"@en-gb', '"a@b"@en-GB'),
        ('"me@ZH-HANT"', '"me@ZH-HANT"'),
        ('"x@zh-hk"^^<http://a.example/t@zh-hk>', '"x@zh-hk"^^<http://a.example/t@zh-hk>'),
        ("<http://a.example/x@zh-hk>", "<http://a.example/x@zh-hk>"),
    ],
)
def test_only_the_tag_of_a_literal_is_rewritten(term, canonical):
    """An at sign in a text, a datatype or an IRI begins no language tag."""
    assert with_canonical_tag(term) == canonical
