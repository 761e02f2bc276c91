"""
The outcome of a validation -> JUnit XML: each cause is a test case, and fails if its severity fails the validation.

In: an outcome. Out: text.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from ...core.results import Result
from ...core.text import NOT_IN_XML
from .report_wording import message_of, prefixed_name
from .validation import Cause, ValidationOutcome


def as_junit(outcome: ValidationOutcome) -> str:
    """Return a test suite; without any result, a single test case that passes."""
    causes = outcome.causes()
    cases = [_test_case(outcome, cause, results) for cause, results in causes]
    cases = cases or ['  <testcase classname="shacl" name="conforms"/>\n']
    failures = sum(outcome.fails(severity) for (severity, _shape, _path), _results in causes)
    name = _attribute(", ".join(outcome.names))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuite name={name} tests="{len(cases)}" failures="{failures}">\n{"".join(cases)}</testsuite>\n'
    )


def _test_case(outcome: ValidationOutcome, cause: Cause, results: list[Result]) -> str:
    """Return the test case of a cause."""
    severity, shape, path = cause
    message = message_of(results[0], outcome.options.language)
    if outcome.fails(severity):
        text = "\n".join(_line(outcome, result) for result in results)
        content = f"<failure message={_attribute(message)}>{_text(text)}</failure>"
    else:
        content = f"<system-out>{_text(message)}</system-out>"
    name = f"{severity} {prefixed_name(path)} {prefixed_name(shape)}"
    return f'  <testcase classname="shacl" name={_attribute(name)}>{content}</testcase>\n'


def _line(outcome: ValidationOutcome, result: Result) -> str:
    """Return focus node, value and origin of a result."""
    cells = (result.focus_node, result.value, outcome.origin_text(result.focus_node))
    return "  ".join(cell for cell in cells if cell)


def _text(text: str) -> str:
    """Return text as the content of an element."""
    return escape(NOT_IN_XML.sub("\ufffd", text))


def _attribute(text: str) -> str:
    """Return text as the value of an attribute, in quotation marks."""
    return quoteattr(NOT_IN_XML.sub("\ufffd", text))
