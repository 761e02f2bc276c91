"""
Marks inside of a plan's wording: `~~crossed out~~` and `^raised^`.

In: a wording. Out: its stretches with their marks, for the writers; its text as it counts, for the truth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARKED = re.compile(r"~~(?P<struck>.+?)~~|\^(?P<raised>[^^]+)\^")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def runs(text: str) -> Iterator[tuple[str, str]]:
    """
    Yield the stretches of a wording, each with `struck`, `raised` or nothing.

    >>> list(runs("~~06/2025~~ 09/2025^2^"))
    [('06/2025', 'struck'), (' 09/2025', ''), ('2', 'raised')]
    """
    end = 0
    for match in _MARKED.finditer(text):
        if text[end : match.start()]:
            yield text[end : match.start()], ""
        kind = str(match.lastgroup)
        yield match[kind], kind
        end = match.end()
    if text[end:] or not text:
        yield text[end:], ""


def counted(text: str) -> str:
    """
    Return a wording without what is crossed out or raised.

    >>> counted("~~06/2025~~ 09/2025^2^")
    '09/2025'
    """
    return "".join(part for part, kind in runs(text) if not kind).strip()


def typed(text: str) -> str:
    """
    Return a wording in characters alone: without what is crossed out, with the digits that are raised by themselves.

    >>> typed("~~06/2025~~ 09/2025^2^")
    '09/2025²'
    """
    kept = (part.translate(_RAISED) if kind == "raised" else part for part, kind in runs(text) if kind != "struck")
    return "".join(kept).strip()


def is_marked(text: str) -> bool:
    """Tell whether a wording has marks."""
    return bool(_MARKED.search(text))
