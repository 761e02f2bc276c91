"""
Lines -> words in their places.

In: lines that know where their stretches stand. Out: words, with what is asked of them again and again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from statistics import median
from typing import NamedTuple

from ....core.text import width
from ...documents import Document, Fragment, Line, Span
from ...recognisers.headers import cut_labels
from ...recognisers.values import date_at, frequency_at
from .weights import POSITIONS

_WORD = re.compile(r"\S+")
#: The blank space before the first word of a line, in widths: more than any that counts.
_BEFORE_FIRST = 99.0


class Word(NamedTuple):
    """A word and where on its line it stands, in widths; `gap` is the blank space before it."""

    span: Span
    left: float
    right: float
    gap: float
    text: str


def unit_of(document: Document, lines: Sequence[Line]) -> float:
    """Return how wide a width is in the lines' own unit: 1 in text that was laid out with blanks."""
    runs = [run for line in lines for run in line.runs]
    if all(run.right - run.left == run.span.end - run.span.start for run in runs):
        return 1.0
    widths = [(run.right - run.left) / max(1, width(document.slice(run.span))) for run in runs]
    return median(widths) or 1.0 if widths else 1.0


def is_laid_out(unit: float) -> bool:
    """
    Tell whether lines are text that was laid out with blanks, where all places are whole numbers.

    Args:
        unit: How wide a width is where the lines stand, by `unit_of`.

    >>> is_laid_out(1.0), is_laid_out(10.5)
    (True, False)
    """
    return unit == 1.0


def words_of(document: Document, line: Line, unit: float) -> list[Word]:
    """Return the words of a line with their places; within a run they are reckoned from the widths of letters."""
    words: list[Word] = []
    for run in line.runs:
        text = document.slice(run.span)
        exact = run.right - run.left == len(text)
        measure = len if exact or text.isascii() else width
        size = (run.right - run.left) / max(measure(text), 1)
        done, taken = 0, 0
        for match in _WORD.finditer(text):
            own = match[0]
            taken += measure(text[done : match.start()])
            done = match.end()
            start = run.span.start + match.start()
            for length in cut_labels(own) or (len(own),):
                own, own_rest = own[:length], own[length:]
                left = run.left + size * taken
                own_size = measure(own)
                right = left + size * own_size
                taken += own_size
                gap = left / unit - words[-1].right if words else _BEFORE_FIRST
                words.append(Word(Span(run.span.line, start, start + length), left / unit, right / unit, gap, own))
                start, own = start + length, own_rest
    return words


def fragment_of(words: Sequence[Word]) -> Fragment:
    """Return words that follow one another on a line as one fragment."""
    return Fragment(Span(words[0].span.line, words[0].span.start, words[-1].span.end))


@lru_cache(maxsize=16384)
def date_length(text: str) -> int:
    """
    Return the length of the date that a text begins with; a long text without a digit at its start has none.

    >>> date_length("03/2025 (first)"), date_length("Names of stands")
    (7, 0)
    """
    return date_at(text) if len(text) <= POSITIONS.longest_with_date or text[0].isdecimal() else 0


def is_date(text: str) -> bool:
    """
    Tell whether a text is a date and nothing else; a number alone is none.

    >>> is_date("03/2025"), is_date("2025")
    (True, False)
    """
    return 0 < date_length(text) == len(text) and not text.isdecimal()


def is_frequency(text: str) -> bool:
    """
    Tell whether a text is a frequency and nothing else.

    >>> is_frequency("Monthly"), is_frequency("Monthly figures")
    (True, False)
    """
    return len(text) > 1 and frequency_at(text) == len(text)
