"""
The outcome of a validation -> JUnit XML: each cause is a test case, and fails if its severity fails the validation.

In: an outcome. Out: text.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from ...core.results import Result
from ...core.text import NOT_IN_XML
from .report_text import result_cells
from .report_wording import (
    cause_message,
    has_several_messages,
    prefixed_name,
    requirement,
    shape_name,
)
from .validation import ResultCause, ValidationOutcome


def as_junit(outcome: ValidationOutcome) -> str:
    """Return a test suite; without any result, a single test case that passes."""
    causes = outcome.causes()
    cases = [_test_case(outcome, cause, results) for cause, results in causes]
    cases = cases or ['  <testcase classname="shacl" name="conforms"/>\n']
    failures = sum(outcome.fails(cause.severity) for cause, _results in causes)
    name = _attribute(", ".join(outcome.names))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuite name={name} tests="{len(cases)}" failures="{failures}" errors="0" skipped="0">\n'
        f"{''.join(cases)}</testsuite>\n"
    )


def _test_case(outcome: ValidationOutcome, cause: ResultCause, results: list[Result]) -> str:
    """Return the test case of a cause."""
    language = outcome.options.language
    message = cause_message(results, language, outcome.things)
    component = prefixed_name(cause.component.removesuffix("ConstraintComponent"))
    if outcome.fails(cause.severity):
        with_message = has_several_messages(results, language)
        text = "\n".join(dict.fromkeys(_line(outcome, result, with_message) for result in results))
        content = f"<failure type={_attribute(component)} message={_attribute(message)}>{_text(text)}</failure>"
    else:
        content = f"<system-out>{_text(message)}</system-out>"
    shape, required = shape_name(cause.shape, outcome.shapes), requirement(cause.parameters)
    parts = (cause.severity, prefixed_name(cause.path), shape, component, required)
    name = " ".join(part for part in parts if part)
    return f'  <testcase classname="shacl" name={_attribute(name)}>{content}</testcase>\n'


def _line(outcome: ValidationOutcome, result: Result, with_message: bool) -> str:
    """Return a result as a line."""
    return "  ".join(filter(None, result_cells(outcome, result, with_message)))


def _text(text: str) -> str:
    """Return text as the content of an element."""
    return escape(NOT_IN_XML.sub("\ufffd", text))


def _attribute(text: str) -> str:
    """Return text as the value of an attribute, in quotation marks."""
    return quoteattr(NOT_IN_XML.sub("\ufffd", text))
