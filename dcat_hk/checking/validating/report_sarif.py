"""
The outcome of a validation -> SARIF: each result stands in the plan that its focus node comes from, else in its file.

In: an outcome. Out: text.

Spec: SARIF 2.1.0.
"""

from __future__ import annotations

from ...core.reporting import format_json
from ...core.results import Result
from ...core.sarif import LEVELS, SarifLog, SarifResult
from .report_wording import cause_message, message_of, prefixed_name, requirement, shape_name, thing_name
from .validation import ValidationOutcome


def as_sarif(outcome: ValidationOutcome) -> str:
    """Return a SARIF log."""
    language = outcome.options.language
    results: list[SarifResult] = []
    same: dict[str, list[Result]] = {}
    for result in outcome.results:
        rule = _rule_name(outcome, result)
        same.setdefault(rule, []).append(result)
        origin = outcome.origins.get(result.focus_node)
        results.append(
            SarifResult(
                rule,
                LEVELS.get(result.severity, "note" if result.severity == "Info" else "error"),
                message_of(result, language, outcome.things),
                (origin.plan or origin.file if origin else "") or outcome.names[0],
                origin.place if origin else None,
                thing_name(result.focus_node, outcome.things, language),
            )
        )
    rules = {
        rule: {
            "message": cause_message(group, language, outcome.things),
            "see": outcome.links.get(group[0].source_shape, ""),
        }
        for rule, group in same.items()
    }
    return format_json(SarifLog(rules, results).as_json())


def _rule_name(outcome: ValidationOutcome, result: Result) -> str:
    """
    Return the name of a rule, which is made of what the shapes say and of nothing else.

    A shape with an IRI and a message says one thing, and is named by the end of its IRI. Any other is named by the
    nearest shape with an IRI and the paths below it, the constraint component, and what that requires.
    """
    shape, *paths = shape_name(result.source_shape, outcome.shapes).split(" › ")
    name = ":".join([shape.rpartition("/")[2], *paths])
    if result.messages and not result.source_shape.startswith("_:"):
        return name or result.component
    parts = (name, _named(result.component), requirement(result.parameters))
    return ":".join(part for part in parts if part)


def _named(component: str) -> str:
    """Return a constraint component of SHACL by its local name, another as a prefixed name."""
    return prefixed_name(component.removesuffix("ConstraintComponent"))
