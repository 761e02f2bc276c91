"""
The outcome of a validation -> plain text for a terminal.

In: an outcome. Out: text. What comes from data is made harmless for a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...core.results import Result
from ...core.text import harmless
from .report_wording import cause_message, has_several_messages, message_of, severity_name, thing_name, word
from .validation import ValidationOutcome

#: The most focus nodes that are listed for a cause.
_MOST_LINES = 20


def as_text(outcome: ValidationOutcome) -> str:
    """Return the causes, each with the number of its results and the first focus nodes."""
    language = outcome.options.language
    lines = []
    for cause, results in outcome.causes():
        lines.append(_cause_line(outcome, cause.severity, results))
        with_message = has_several_messages(results, language)
        focus_lines = list(dict.fromkeys(_cells(result_cells(outcome, result, with_message)) for result in results))
        lines += [f"    {line}" for line in focus_lines[:_MOST_LINES]]
        if len(focus_lines) > _MOST_LINES:
            lines.append("    " + word("more", language).format(count=len(focus_lines) - _MOST_LINES))
    return _joined(lines)


def as_text_by_thing(outcome: ValidationOutcome) -> str:
    """Return the focus nodes, each with its origin and its results."""
    language = outcome.options.language
    lines = []
    for focus_node, results in outcome.focus_nodes():
        name = thing_name(focus_node, outcome.things, language)
        lines.append(_cells([f"{len(results)} ×", name, outcome.origin_text(focus_node, language)]))
        lines += dict.fromkeys(
            "    "
            + _cells(
                [
                    f"{severity_name(result.severity, language)}: {message_of(result, language, outcome.things)}",
                    thing_name(result.value, outcome.things, language),
                ]
            )
            for result in results
        )
    return _joined(lines)


def as_summary(outcome: ValidationOutcome) -> str:
    """Return the causes, each with the number of its results."""
    return _joined(_cause_line(outcome, cause.severity, results) for cause, results in outcome.causes())


def total(outcome: ValidationOutcome) -> str:
    """Return the number of results in one line."""
    violations = outcome.count("Violation")
    text = word("total", outcome.options.language)
    return text.format(violations=violations, others=len(outcome.results) - violations)


def result_cells(outcome: ValidationOutcome, result: Result, with_message: bool) -> list[str]:
    """Return focus node, value, origin and, if wanted, the message of a result; empty for what there is not."""
    language, things = outcome.options.language, outcome.things
    names = [thing_name(term, things, language) for term in (result.focus_node, result.value)]
    message = message_of(result, language, things) if with_message else ""
    return [*names, outcome.origin_text(result.focus_node, language), message]


def _cause_line(outcome: ValidationOutcome, severity: str, results: list[Result]) -> str:
    """Return a cause with its severity, the number of its results and its message."""
    language = outcome.options.language
    message = cause_message(results, language, outcome.things)
    return harmless(f"{severity_name(severity, language)} × {len(results)}: {message}")


def _cells(cells: Iterable[str]) -> str:
    """Return the cells of a line that are not empty, two blanks between them."""
    return "  ".join(harmless(cell) for cell in cells if cell)


def _joined(lines: Iterable[str]) -> str:
    """Return lines as a text."""
    return "".join(f"{line}\n" for line in lines)
