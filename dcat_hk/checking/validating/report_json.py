"""
The outcome of a validation -> JSON, as docs/reference/validation.md describes it.

In: an outcome. Out: text.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from ...core.reporting import format_json
from ...core.results import Result
from .report_wording import cause_message, fill_message, message_of, shape_name, thing_name
from .validation import SEVERITY_ORDER, ValidationOutcome


def as_json(outcome: ValidationOutcome, summary: bool = False) -> str:
    """
    Return counts, causes, focus nodes and results as JSON.

    Args:
        outcome: The outcome.

        summary: Whether to leave out focus nodes and results.
    """
    language = outcome.options.language
    report: dict[str, Any] = {
        "conforms": outcome.conforms,
        "failed": outcome.failed,
        "profile": outcome.options.profile_name,
        "engine": outcome.engine,
        "note": outcome.note,
        "counts": {severity: outcome.count(severity) for severity in SEVERITY_ORDER},
        "causes": [
            {
                "severity": cause.severity,
                "shape": cause.shape,
                "path": cause.path,
                "component": cause.component,
                "parameters": cause.parameters,
                "count": len(results),
                "message": cause_message(results, language, outcome.things),
                "see": outcome.links.get(cause.shape, ""),
            }
            | _shape_name(outcome, cause.shape)
            for cause, results in outcome.causes()
        ],
    }
    if not summary:
        report["things"] = [
            {"thing": focus_node, "count": len(results), "from": outcome.origin_text(focus_node)}
            | _name(outcome, "name", focus_node)
            for focus_node, results in outcome.focus_nodes()
        ]
        report["results"] = [_result_as_json(outcome, result) for result in outcome.results]
    return format_json(report)


def _result_as_json(outcome: ValidationOutcome, result: Result) -> dict[str, Any]:
    """Return a result with its messages by language and its origin."""
    things = outcome.things
    messages = {tag: fill_message(text, [result], tag, things) for tag, text in result.messages}
    values: dict[str, Any] = {field.name: getattr(result, field.name) for field in fields(result)}
    values |= {"messages": messages, "message": message_of(result, outcome.options.language, things)}
    values |= _name(outcome, "name", result.focus_node) | _name(outcome, "value_name", result.value)
    values |= _shape_name(outcome, result.source_shape)
    origin = outcome.origins.get(result.focus_node)
    if origin:
        values |= {"file": origin.file, "plan": origin.plan, "locator": origin.locator}
    return values


def _name(outcome: ValidationOutcome, key: str, term: str) -> dict[str, str]:
    """Return the name of a blank node of the data; nothing for any other term."""
    return {key: thing_name(term, outcome.things, outcome.options.language)} if term in outcome.things else {}


def _shape_name(outcome: ValidationOutcome, shape: str) -> dict[str, str]:
    """Return the name of a shape that is a blank node; nothing for one with an IRI."""
    return {"shape_name": shape_name(shape, outcome.shapes)} if shape in outcome.shapes else {}
