"""Outcomes of validations, made by hand for the reports."""

from dcat_hk.checking.validating.origins import ResultOrigin
from dcat_hk.checking.validating.validation import ValidationOptions, ValidationOutcome
from dcat_hk.core.results import Result

TITLE = "http://purl.org/dc/terms/title"
MIN_COUNT = "MinCountConstraintComponent"
ONE = (("minCount", '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'),)
#: The origin of urn:a: lines of a plan.
ORIGINS = {"urn:a": ResultOrigin("data.ttl", "plan.txt", "lines 3-5"), "urn:b": ResultOrigin("data.ttl")}


def result(focus_node="urn:a", severity="Violation", **values):
    """Return a result: a title is missing, without a message of its own, unless values say otherwise."""
    values = {
        "path": TITLE,
        "value": "",
        "component": MIN_COUNT,
        "source_shape": "urn:shapes#s",
        "messages": (),
        "parameters": ONE if values.get("component", MIN_COUNT) == MIN_COUNT else (),
    } | values
    return Result(severity, focus_node, **values)


def outcome(*results, links=None, origins=ORIGINS, things=None, shapes=None, **options):
    """Return the outcome of validating data.ttl; `things` and `shapes` are names of blank nodes by label."""
    return ValidationOutcome(
        ["data.ttl"], list(results), ValidationOptions(**options), "compiled", origins=origins, links=links or {},
        things=things or {}, shapes=shapes or {},
    )  # fmt: skip
