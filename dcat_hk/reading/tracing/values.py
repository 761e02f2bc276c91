"""
What the steps of reading have in common: fragments of text, as values for JSON and as text.

In: fragments and the document that they are in. Out: dictionaries, and lines of text made of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..documents import Document, Fragment, Span

Values = dict[str, Any]

#: What stands between two fragments of a cell: a wrapped line, a new paragraph, the rest of a torn word.
_WRAPPED, _APART, _TORN = " / ", " ¶ ", " + "


def trace_span(document: Document, span: Span) -> Values:
    """Return a stretch of a line: its text, its line counted from 1, and its first and last character, from 1."""
    return {"text": document.slice(span), "line": span.line + 1, "characters": [span.start + 1, span.end]}


def trace_fragments(document: Document, fragments: Iterable[Fragment]) -> list[Values]:
    """Return the fragments of a cell, each with how it goes on from the one before."""
    return [
        trace_span(document, fragment.span)
        | {name: True for name in ("apart", "torn", "shared") if getattr(fragment, name)}
        for fragment in fragments
    ]


def join_fragments(fragments: Sequence[Values]) -> str:
    """
    Return fragments on one line, with signs where one ends.

    >>> join_fragments([{"text": "Traf"}, {"text": "fic", "torn": True}, {"text": "figures", "apart": True}])
    'Traf + fic ¶ figures'
    """
    text = ""
    for fragment in fragments:
        sign = _APART if fragment.get("apart") else _TORN if fragment.get("torn") else _WRAPPED
        text += (sign if text else "") + fragment["text"]
    return text


def name_places(fragments: Iterable[Values]) -> str:
    """
    Return where fragments are: line and characters of each.

    >>> name_places([{"line": 3, "characters": [1, 4]}, {"line": 4, "characters": [1, 9]}])
    '3:1-4 4:1-9'
    """
    return " ".join(f"{one['line']}:{one['characters'][0]}-{one['characters'][1]}" for one in fragments)
