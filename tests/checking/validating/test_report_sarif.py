"""The outcome as SARIF."""

import json

import pytest
from support.validation_outcomes import outcome, result

from dcat_hk.checking.validating.report_sarif import as_sarif


def run(report):
    """Return the run of the log of an outcome."""
    (only,) = json.loads(as_sarif(report))["runs"]
    return only


@pytest.mark.parametrize(
    ("node", "uri", "region"),
    [("urn:a", "plan.txt", (3, 5)), ("urn:b", "data.ttl", None), ("urn:unknown", "data.ttl", None)],
)
def test_a_result_stands_in_its_plan_else_in_its_file(node, uri, region):
    """A result of a plan has its lines; any other the file that was validated, without lines."""
    (location,) = run(outcome(result(node)))["results"][0]["locations"]
    physical = location["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == uri
    stated = physical.get("region")
    assert (stated and (stated["startLine"], stated["endLine"])) == region


@pytest.mark.parametrize(
    ("severity", "level"),
    [("Violation", "error"), ("Warning", "warning"), ("Info", "note"), ("urn:grave", "error")],
)
def test_severities_have_levels(severity, level):
    """Violations are errors, and so is a severity that SHACL does not define."""
    assert run(outcome(result(severity=severity)))["results"][0]["level"] == level


def test_rules_are_named_after_shapes():
    """A shape is named by the end of its IRI, a blank node by component and property; a rule is described once."""
    named = "https://a.example/shapes/hk#HK01"
    log = run(
        outcome(
            result(source_shape=named), result("urn:b", source_shape=named), result(source_shape="_:b0"),
            links={named: "https://a.example/spec"},
        )
    )  # fmt: skip
    rules = {rule["id"]: rule.get("helpUri") for rule in log["tool"]["driver"]["rules"]}
    assert rules == {"hk#HK01": "https://a.example/spec", "MinCountConstraintComponent:dct:title": None}
