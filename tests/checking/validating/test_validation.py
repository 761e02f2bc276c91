"""Outcomes of validations: groups, severities, and the base under which shapes are made."""

import pytest
from support.validation_outcomes import outcome, result

from dcat_hk.checking.validating.validation import ValidationOptions, validate_files

GRAVE = "https://a.example/Grave"


@pytest.mark.parametrize(
    ("severity", "fail_on", "failed"),
    [
        ("Violation", "violation", True),
        ("Warning", "violation", False),
        ("Warning", "warning", True),
        ("Info", "warning", False),
        ("Info", "info", True),
        (GRAVE, "violation", True),
    ],
)
def test_a_severity_fails_from_the_least_that_is_wanted(severity, fail_on, failed):
    """A severity that SHACL does not define fails as a violation does."""
    assert outcome(result(severity=severity), fail_on=fail_on).failed is failed


def test_counts_agree_with_what_fails():
    """A severity of the shapes' own is counted among the violations."""
    mixed = outcome(result(), result(severity=GRAVE), result(severity="Info"))
    assert [mixed.count(severity) for severity in ("Violation", "Warning", "Info")] == [2, 0, 1]


def test_causes_come_by_severity_then_frequency():
    """Results of one severity, shape and path are one cause; a rare violation stands before a frequent warning."""
    warnings = [result(f"urn:{n}", "Warning") for n in range(3)]
    rare, frequent = result(path="urn:p"), [result("urn:x", path="urn:q"), result("urn:y", path="urn:q")]
    causes = outcome(*warnings, rare, *frequent).causes()
    assert [(cause.severity, cause.path, len(results)) for cause, results in causes] == [
        ("Violation", "urn:q", 2),
        ("Violation", "urn:p", 1),
        ("Warning", "http://purl.org/dc/terms/title", 3),
    ]


def test_focus_nodes_come_by_violations():
    """The focus node with most violations is first; warnings count nothing."""
    results = [*(result("urn:a", "Warning", path=f"urn:p{n}") for n in range(3)), result("urn:b"), result("urn:c")]
    assert [(node, len(rows)) for node, rows in outcome(*results).focus_nodes()] == [
        ("urn:b", 1),
        ("urn:c", 1),
        ("urn:a", 3),
    ]


@pytest.mark.parametrize("base", ["https://catalogue.example/open/", "https://data.example/catalogues/"])
def test_the_base_is_that_of_the_catalogue(tmp_path, base):
    """Shapes of our own have the base of the catalogue, also if the word catalogue is part of it."""
    path = tmp_path / "data.ttl"
    path.write_text(f"<{base}catalogue> a <http://www.w3.org/ns/dcat#Catalog> .", encoding="utf-8")
    results = validate_files([path], ValidationOptions()).results
    assert results
    assert {shape.partition("shapes/")[0] for shape in (one.source_shape for one in results)} == {base}


def test_a_note_says_that_nothing_was_validated(tmp_path):
    """Data of which the shapes select nothing has a note; data that conforms has none."""
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetClass <urn:C> ; "
        "sh:property [ sh:path <urn:p> ; sh:minCount 1 ] .",
        encoding="utf-8",
    )
    notes = []
    for text in ("<urn:a> a <urn:D> .", "<urn:a> a <urn:C> ; <urn:p> 1 ."):
        data.write_text(text, encoding="utf-8")
        notes.append("nothing was validated" in validate_files([data], ValidationOptions(shapes=(shapes,))).note)
    assert notes == [True, False]
