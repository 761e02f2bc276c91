"""
The outcome of a validation -> a validation report in RDF, as Turtle.

In: an outcome. Out: text.

Spec: SHACL, section 3.6 (validation report).
"""

from __future__ import annotations

import json
import re

from ...core.results import Result
from ...core.terms import expand
from ..sources.findings import RULES
from .validation import ValidationOutcome

#: Characters that an IRI in Turtle must not have.
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
#: Characters that are not safe in the label of a blank node.
_NOT_IN_LABEL = re.compile(r"[^A-Za-z0-9]")


def as_turtle(outcome: ValidationOutcome) -> str:
    """Return a validation report; by the recommendation, data with any result does not conform."""
    head = f"@prefix sh: <{expand('sh:')}> .\n\n[] a sh:ValidationReport ;\n  sh:conforms "
    if not outcome.results:
        return head + "true .\n"
    return head + "false ;\n  sh:result\n" + " ,\n".join(map(_result_as_turtle, outcome.results)) + " .\n"


def _result_as_turtle(result: Result) -> str:
    """Return a result as a blank node; the focus node of a finding in a file is a place in words, not an IRI."""
    is_place = result.component.startswith(RULES)
    values = [
        ("focusNode", _quote(result.focus_node) if is_place else _term(result.focus_node)),
        ("resultPath", _path(result.path)),
        ("value", _term(result.value)),
        ("resultSeverity", _shacl_term(result.severity)),
        ("sourceConstraintComponent", _shacl_term(result.component)),
        ("sourceShape", _node(result.source_shape)),
        *(("resultMessage", _quote(text) + (f"@{tag}" if tag else "")) for tag, text in result.messages),
    ]
    properties = " ;\n      ".join(f"sh:{name} {value}" for name, value in values if value)
    return f"    [ a sh:ValidationResult ;\n      {properties} ]"


def _term(term: str) -> str:
    """Return a focus node or a value; a literal is in the syntax of Turtle already."""
    return term if term.startswith('"') else _node(term.strip("<>"))


def _shacl_term(name: str) -> str:
    """Return a term of SHACL by its local name, or a term of the shapes by its IRI."""
    return _node(name if ":" in name else expand(f"sh:{name}"))


def _node(name: str) -> str:
    """Return an IRI or a blank node; empty for no node."""
    if not name:
        return ""
    if name.startswith("_:"):
        return "_:b" + _NOT_IN_LABEL.sub("x", name[2:])
    return "<" + _NOT_IN_IRI.sub(lambda match: f"\\u{ord(match[0]):04X}", name) + ">"


def _path(path: str) -> str:
    """Return a property or its inverse; empty for any other path, which results name in SPARQL's notation."""
    if path.startswith("^<") and path.count("<") == 1:
        return f"[ sh:inversePath {path[1:]} ]"
    return "" if "<" in path else _node(path)


def _quote(text: str) -> str:
    """Return a string in quotation marks."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
