"""
The outcome of a validation -> SARIF: each result stands in the plan that its focus node comes from, else in its file.

In: an outcome. Out: text.

Spec: SARIF 2.1.0.
"""

from __future__ import annotations

from ...core.reporting import format_json
from ...core.results import Result
from ...core.sarif import LEVELS, SarifLog, SarifResult
from .report_wording import message_of, prefixed_name
from .validation import ValidationOutcome


def as_sarif(outcome: ValidationOutcome) -> str:
    """Return a SARIF log."""
    language = outcome.options.language
    results: list[SarifResult] = []
    rules: dict[str, dict[str, str]] = {}
    for result in outcome.results:
        rule, message = _rule_name(result), message_of(result, language)
        rules.setdefault(rule, {"message": message, "see": outcome.links.get(result.source_shape, "")})
        origin = outcome.origins.get(result.focus_node)
        results.append(
            SarifResult(
                rule,
                LEVELS.get(result.severity, "note" if result.severity == "Info" else "error"),
                message,
                (origin.plan or origin.file if origin else "") or outcome.names[0],
                origin.place if origin and origin.plan else None,
                result.focus_node,
            )
        )
    return format_json(SarifLog(rules, results).as_json())


def _rule_name(result: Result) -> str:
    """Return the local name of the source shape; for a blank node, the constraint component and the path."""
    if result.source_shape.startswith("_:"):
        return f"{result.component}:{prefixed_name(result.path)}"
    return prefixed_name(result.source_shape).rpartition("/")[2] or result.component
