"""The outcome as SARIF."""

import json

import pytest
from support.validation_outcomes import TITLE, outcome, result

from dcat_hk.checking.validating.blank_names import BlankName
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
    """A shape with a message is named by the end of its IRI; a rule is described once, for all its results."""
    named = "https://a.example/shapes/hk#HK01"
    said = {"source_shape": named, "messages": (("en", "{$this} has no title."),)}
    log = run(outcome(result(**said), result("urn:b", **said), links={named: "https://a.example/spec"}))
    (rule,) = log["tool"]["driver"]["rules"]
    assert (rule["id"], rule["helpUri"]) == ("hk#HK01", "https://a.example/spec")
    assert rule["shortDescription"]["text"] == "… has no title."
    assert [one["message"]["text"] for one in log["results"]] == ["urn:a has no title.", "urn:b has no title."]


def test_rules_without_a_message_or_an_iri_are_named_by_content():
    """Shape, paths, component and requirement name a rule, and no label of a blank node does."""
    shape = BlankName("_:s", "<https://a.example/ap#Dataset>", via="<urn:v>", text=TITLE)
    log = run(
        outcome(
            result(source_shape="https://a.example/ap#Title"), result(source_shape="_:s"),
            result(source_shape="_:s", component="http://a.example/own/Component", parameters=(("class", "<urn:C>"),)),
            shapes={"_:s": shape},
        )
    )  # fmt: skip
    assert {rule["id"] for rule in log["tool"]["driver"]["rules"]} == {
        "ap#Title:MinCount:1",
        "ap#Dataset:dct:title:MinCount:1",
        "ap#Dataset:dct:title:http://a.example/own/Component:urn:C",
    }
