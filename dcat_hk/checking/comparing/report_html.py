"""
A comparison -> one HTML page that loads nothing: no script, no picture, no font from elsewhere.

In: a comparison. Out: text, piece by piece. The template stands in `templates/diff.html`; every value is escaped, and
names from the catalogue are marked with their language.

Spec: WCAG 2.2: tables have captions and headers; what is gone and what is new is told in words, not by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ...core.pages import page_templates
from .model import Comparison
from .report_rows import ReportRows
from .wording import word

#: The most things of a list, and the most facts of a property, that a page shows unless all are asked for.
_MOST, _MOST_FACTS = 1000, 100


def as_html(comparison: Comparison, language: str, *, complete: bool = False) -> Iterator[str]:
    """
    Yield the page of a comparison.

    Args:
        comparison: The comparison.

        language: The language of the page.

        complete: Whether lists are shown whole.
    """
    rows = ReportRows(comparison, language, None if complete else _MOST, None if complete else _MOST_FACTS)
    lists, changes = rows.lists(), rows.changes()
    values = {
        "language": language,
        "title": word("title", language),
        "word": partial(word, language=language),
        "introduction": rows.introduction(),
        "lists": lists,
        "changes": changes,
    }
    yield from page_templates(__package__).get_template("diff.html").generate(values)
    yield "\n"
