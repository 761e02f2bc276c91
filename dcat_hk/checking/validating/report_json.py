"""
The outcome of a validation -> JSON, as docs/reference/validation.md describes it.

In: an outcome. Out: text.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ...core.reporting import format_json
from ...core.results import Result
from .report_wording import message_of
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
        "conforms": not outcome.count("Violation"),
        "failed": outcome.failed,
        "engine": outcome.engine,
        "note": outcome.note,
        "counts": {severity: outcome.count(severity) for severity in SEVERITY_ORDER},
        "causes": [
            {"severity": severity, "shape": shape, "path": path, "count": len(results),
             "message": message_of(results[0], language), "see": outcome.links.get(shape, "")}
            for (severity, shape, path), results in outcome.causes()
        ],
    }  # fmt: skip
    if not summary:
        report["things"] = [
            {"thing": focus_node, "count": len(results), "from": outcome.origin_text(focus_node)}
            for focus_node, results in outcome.focus_nodes()
        ]
        report["results"] = [_result_as_json(outcome, result) for result in outcome.results]
    return format_json(report)


def _result_as_json(outcome: ValidationOutcome, result: Result) -> dict[str, Any]:
    """Return a result with its messages by language and its origin."""
    values = asdict(result) | {"messages": dict(result.messages)}
    values["message"] = message_of(result, outcome.options.language)
    origin = outcome.origins.get(result.focus_node)
    if origin:
        values |= {"file": origin.file, "plan": origin.plan, "locator": origin.locator}
    return values
