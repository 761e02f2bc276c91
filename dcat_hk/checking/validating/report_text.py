"""
The outcome of a validation -> plain text for a terminal.

In: an outcome. Out: text. What comes from data is made harmless for a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...core.results import Result
from ...core.text import harmless
from .report_wording import message_of, severity_name, word
from .validation import ValidationOutcome

#: The most focus nodes that are listed for a cause.
_MOST_LINES = 20


def as_text(outcome: ValidationOutcome) -> str:
    """Return the causes, each with the number of its results and the first focus nodes."""
    language = outcome.options.language
    lines = []
    for (severity, _shape, _path), results in outcome.causes():
        lines.append(_cause_line(severity, results, language))
        # Two constraints of a shape may both fail for one value: that is one line.
        focus_lines = list(dict.fromkeys(_focus_line(outcome, result) for result in results))
        lines += focus_lines[:_MOST_LINES]
        if len(focus_lines) > _MOST_LINES:
            lines.append("    " + word("more", language).format(count=len(focus_lines) - _MOST_LINES))
    return _joined(lines)


def as_text_by_thing(outcome: ValidationOutcome) -> str:
    """Return the focus nodes, each with its origin and its results."""
    language = outcome.options.language
    lines = []
    for focus_node, results in outcome.focus_nodes():
        lines.append(_cells([f"{len(results)} ×", focus_node, outcome.origin_text(focus_node)]))
        result_lines = (
            f"    {severity_name(result.severity, language)}: {message_of(result, language)}  {harmless(result.value)}"
            for result in results
        )
        lines += dict.fromkeys(line.rstrip() for line in result_lines)
    return _joined(lines)


def as_summary(outcome: ValidationOutcome) -> str:
    """Return the causes, each with the number of its results."""
    language = outcome.options.language
    return _joined(_cause_line(severity, results, language) for (severity, *_rest), results in outcome.causes())


def total(outcome: ValidationOutcome) -> str:
    """Return the number of results in one line."""
    violations = outcome.count("Violation")
    text = word("total", outcome.options.language)
    return text.format(violations=violations, others=len(outcome.results) - violations)


def _cause_line(severity: str, results: list[Result], language: str) -> str:
    """Return a cause with its severity, the number of its results and its message."""
    return f"{severity_name(severity, language)} × {len(results)}: {message_of(results[0], language)}"


def _focus_line(outcome: ValidationOutcome, result: Result) -> str:
    """Return focus node, value and origin of a result."""
    return "    " + _cells([result.focus_node, result.value, outcome.origin_text(result.focus_node)])


def _cells(cells: Iterable[str]) -> str:
    """Return the cells of a line that are not empty, two blanks between them."""
    return "  ".join(harmless(cell) for cell in cells if cell)


def _joined(lines: Iterable[str]) -> str:
    """Return lines as a text."""
    return "".join(f"{line}\n" for line in lines)
