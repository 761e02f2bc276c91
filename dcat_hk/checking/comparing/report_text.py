"""
A comparison -> text for a terminal: what is gone first, then what is new, then facts before and after by thing.

In: a comparison. Out: text, line by line, harmless for a terminal.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...core.text import collapse, harmless
from .model import Comparison
from .report_rows import ChangedThings, FactRow, ReportRows, ThingList, ThingRow
from .wording import word

#: The most things of a list, and the most facts of a property, that are shown unless all are asked for.
_MOST, _MOST_FACTS = 20, 3


def as_text(comparison: Comparison, language: str, *, complete: bool = False) -> Iterator[str]:
    """
    Yield the text of a comparison.

    Args:
        comparison: The comparison.

        language: The language of the text.

        complete: Whether lists are shown whole.
    """
    rows = ReportRows(comparison, language, None if complete else _MOST, None if complete else _MOST_FACTS)
    lists, changes = rows.lists(), rows.changes()
    facts = [fact for each in changes for thing in each.things for fact in thing.facts]
    is_cut = any(left_out for left_out in (one.left_out for group in (lists, changes, facts) for one in group))
    yield from map(_line, rows.introduction())
    for one in lists:
        yield from _list(one, language)
    for each in changes:
        yield from _changes(each, language)
    if not lists and not changes:
        yield _line(word("nothing", language))
    if is_cut:
        yield "\n" + _line(word("more-advice", language))


def _line(text: str, depth: int = 0) -> str:
    """Return a line of text, indented; text over several lines becomes one."""
    return f"{'  ' * depth}{harmless(collapse(text))}\n"


def _list(things: ThingList, language: str) -> Iterator[str]:
    """Yield the lines of a list of things."""
    yield "\n" + _line(things.heading)
    yield from map(_line, things.notes)
    for row in things.rows:
        yield _line(_thing(row), 1)
    if things.left_out:
        yield _line(word("more", language, count=things.left_out), 1)


def _thing(row: ThingRow) -> str:
    """Return a thing on a line."""
    remark = f": {row.remark}" if row.remark else ""
    return f"{row.iri.text} {row.name.text}".rstrip() + remark


def _changes(changes: ChangedThings, language: str) -> Iterator[str]:
    """Yield the lines of things that changed for one cause."""
    yield "\n" + _line(changes.heading)
    for each in changes.things:
        yield _line(_thing(each.thing), 1)
        for fact in each.facts:
            yield _line(_fact(fact), 2)
            if fact.left_out:
                yield _line(f"{fact.property}: {word('more', language, count=fact.left_out)}", 2)
    if changes.left_out:
        yield _line(word("more", language, count=changes.left_out), 1)


def _fact(fact: FactRow) -> str:
    """Return a fact before and after."""
    return f"{fact.property}: {fact.before.text} → {fact.after.text}"
