"""
RDF files + shapes -> a report: results by cause and by focus node, with the plan and place that each comes from.

The way through it::

    profiles, shape_files -> validator -> validation (results, causes, origins) -> report_*

In: files in any syntax. Out: a `ValidationOutcome`, and text in the `FORMATS`. Nothing is fetched unless the options
allow it.
"""

from __future__ import annotations

from collections.abc import Callable

from .report_html import as_html
from .report_json import as_json
from .report_junit import as_junit
from .report_sarif import as_sarif
from .report_turtle import as_turtle
from .validation import ValidationOptions, ValidationOutcome, validate_files

__all__ = ["FORMATS", "ValidationOptions", "ValidationOutcome", "validate_files"]

#: Formats of reports other than text, by name.
FORMATS: dict[str, Callable[[ValidationOutcome], str]] = {
    "json": as_json,
    "ttl": as_turtle,
    "sarif": as_sarif,
    "html": as_html,
    "junit": as_junit,
}
