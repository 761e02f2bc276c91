"""
Lines that were put together -> the marks on their text.

In: visual lines and the text that was written for them. Out: `Mark`s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..document import MARKS, Mark, Span
from .glyphs import Stretch
from .textlines import TextLine


def marks_in(lines: Iterable[TextLine], text: str, number: int) -> list[Mark]:
    """
    Return the marks on a text.

    Args:
        lines: The visual lines that it is from, in order.

        text: The text, in which there is nothing but blanks and signs of joining between that of the stretches.

        number: Which line of the document it is.

    >>> sign = Stretch(10, 6, ["1"], [20], [24], looks=("raised",))
    >>> marks_in([TextLine([Stretch(10, 10, ["a", "b"], [10, 15], [15, 20]), sign])], "ab 1", 7)
    [Mark(span=Span(line=7, start=3, end=4), kind='raised')]
    """
    stretches = [stretch for line in lines for stretch in line.stretches]
    if not any(stretch.looks or stretch.struck for stretch in stretches):
        return []
    ranges: dict[str, list[tuple[int, int]]] = {}
    position = 0
    for stretch in stretches:
        words = "".join(stretch.text)
        start = text.find(words, position)
        assert start >= 0, "what was written of a line is in its text"
        position = start + len(words)
        for kind, first, last in _marked(stretch):
            own = ranges.setdefault(kind, [])
            if own and not text[own[-1][1] : start + first].strip():
                own[-1] = (own[-1][0], start + last)
            else:
                own.append((start + first, start + last))
    return [Mark(Span(number, *ends), kind) for kind, own in ranges.items() for ends in own]


def _marked(stretch: Stretch) -> Iterator[tuple[str, int, int]]:
    """Yield the marks on a stretch: kind, first character, the one after the last."""
    for kind in dict.fromkeys(stretch.looks):
        if kind in MARKS:
            yield kind, 0, len(stretch.text)
    for first, last in stretch.struck:
        words = "".join(stretch.text[first:last])
        start = first + len(words) - len(words.lstrip())
        if words.strip():
            yield "struck", start, start + len(words.strip())


def moved(marks: Sequence[Mark], line: int, to_line: int, by: int) -> list[Mark]:
    """
    Return marks after a line was put behind another.

    Args:
        marks: The marks of a document.

        line: The line that was moved.

        to_line: Where it is now.

        by: How much text there was before it.
    """
    return [
        Mark(Span(to_line, mark.span.start + by, mark.span.end + by), mark.kind) if mark.span.line == line else mark
        for mark in marks
    ]
