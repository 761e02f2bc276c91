"""Outcomes of validations: groups, severities, and the base under which shapes are made."""

from dataclasses import replace

import pytest
from support.validation_outcomes import outcome, result

from dcat_hk.checking.validating.profiles import ShapesError
from dcat_hk.checking.validating.validation import NothingValidated, ValidationOptions, validate_files

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


TARGETS = {
    "class": ("sh:targetClass <urn:C>", "<urn:a> a <urn:C> ; <urn:p> 1 ."),
    "subclass": ("sh:targetClass <urn:C>", "<urn:D> rdfs:subClassOf <urn:C> . <urn:a> a <urn:D> ; <urn:p> 1 ."),
    "subjects": ("sh:targetSubjectsOf <urn:p>", "<urn:a> <urn:p> 1 ."),
    "objects": ("sh:targetObjectsOf <urn:q>", "<urn:b> <urn:q> <urn:a> . <urn:a> <urn:p> 1 ."),
    "query": ("sh:target [ sh:select 'SELECT ?this { ?this <urn:p> ?o }' ]", "<urn:a> <urn:p> 1 ."),
}


@pytest.mark.parametrize("engine", ["auto", "pyshacl"])
@pytest.mark.parametrize("target", TARGETS)
def test_data_that_no_shape_looks_at_is_not_valid(make_file, target, engine):
    """What a target really selects decides: without it, files are refused unless that is allowed, and then told of."""
    chosen, selected = TARGETS[target]
    prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
    shape = f"<urn:s> a sh:NodeShape ; {chosen} ; sh:property [ sh:path <urn:p> ; sh:minCount 1 ] ."
    shapes = make_file("shapes.ttl", prefixes + shape)
    options = ValidationOptions(shapes=(shapes,), engine=engine)
    assert validate_files([make_file("a.ttl", prefixes + selected)], options).note == ""
    for text in ("", "<urn:a> a <urn:Other> .", "<urn:E> rdfs:subClassOf <urn:C> ."):
        data = make_file("b.ttl", prefixes + text)
        with pytest.raises(NothingValidated, match="nothing was validated") as caught:
            validate_files([data], options)
        assert (caught.value.exit_code, "b.ttl" in caught.value.where) == (3, True)
        outcome = validate_files([data], replace(options, allow_empty=True))
        assert "nothing was validated" in outcome.note


def test_remarks_on_shapes_stand_in_the_note(make_file):
    """A misspelt term has no effect, which is told while the rest is validated; what is wrong names its file."""
    prefix = "@prefix sh: <http://www.w3.org/ns/shacl#> . "
    shapes = make_file("s.ttl", prefix + "<urn:s> sh:targetNode <urn:a> ; sh:path <urn:p> ; sh:mincount 1 .")
    data = make_file("d.ttl", "<urn:a> <urn:q> 1 .")
    assert "sh:mincount is no term of SHACL" in validate_files([data], ValidationOptions(shapes=(shapes,))).note
    wrong = make_file("w.ttl", prefix + "<urn:t> sh:targetNode <urn:a> ; sh:path <urn:p> ; sh:minCount 'x' .")
    with pytest.raises(ShapesError) as caught:
        validate_files([data], ValidationOptions(shapes=(shapes, wrong)))
    assert caught.value.where.endswith("w.ttl")
