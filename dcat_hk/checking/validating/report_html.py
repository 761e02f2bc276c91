"""
The outcome of a validation -> an HTML page that loads nothing: results by cause, then by focus node.

In: an outcome. Out: text; the template stands in `templates/validation.html`.
"""

from __future__ import annotations

from functools import partial

from ...core.pages import page_templates
from .report_text import total
from .report_wording import cause_message, message_of, severity_name, thing_name, word
from .validation import ValidationOutcome

#: The most focus nodes that a page lists.
_MOST_FOCUS_NODES = 1000


def as_html(outcome: ValidationOutcome) -> str:
    """Return the page."""
    language = outcome.options.language
    focus_nodes = outcome.focus_nodes()
    values = {
        "language": language,
        "title": f"{word('title', language)}: {', '.join(outcome.names)}",
        "word": partial(word, language=language),
        "severity_name": partial(severity_name, language=language),
        "cause_message": partial(cause_message, language=language, names=outcome.things),
        "message_of": partial(message_of, language=language, names=outcome.things),
        "thing_name": partial(thing_name, names=outcome.things, language=language),
        "total": total(outcome),
        "causes": outcome.causes(),
        # An address such as javascript: must not become a link.
        "links": {shape: url for shape, url in outcome.links.items() if url.startswith(("http://", "https://"))},
        "focus_nodes": focus_nodes[:_MOST_FOCUS_NODES],
        "left_out": max(0, len(focus_nodes) - _MOST_FOCUS_NODES),
        "origin_text": partial(outcome.origin_text, language=language),
    }
    return page_templates(__package__).get_template("validation.html").render(values) + "\n"
