"""Outcomes of validations, made by hand for the reports."""

from dcat_hk.checking.validating.origins import ResultOrigin
from dcat_hk.checking.validating.validation import ValidationOptions, ValidationOutcome
from dcat_hk.core.results import Result

TITLE = "http://purl.org/dc/terms/title"
#: The origin of urn:a: lines of a plan.
ORIGINS = {"urn:a": ResultOrigin("data.ttl", "plan.txt", "lines 3-5"), "urn:b": ResultOrigin("data.ttl")}


def result(focus_node="urn:a", severity="Violation", **values):
    """Return a result: a title is missing, without a message of its own, unless values say otherwise."""
    values = {
        "path": TITLE,
        "value": "",
        "component": "MinCountConstraintComponent",
        "source_shape": "urn:shapes#s",
        "messages": (),
    } | values
    return Result(severity, focus_node, **values)


def outcome(*results, links=None, origins=ORIGINS, **options):
    """Return the outcome of validating data.ttl."""
    return ValidationOutcome(
        ["data.ttl"], list(results), ValidationOptions(**options), "compiled", origins=origins, links=links or {}
    )
