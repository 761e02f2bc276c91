"""
Values of attributes in Excel files: whole numbers, yes and no, letters of columns, areas.

In: texts of attributes. Out: values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

#: The name of a cell: letters of its column and number of its row.
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ZERO = re.compile(r"0+(\.0*)?")


def number(text: str | None, default: int = 0) -> int:
    """
    Return a number that an attribute states, another if it states none.

    >>> number("12"), number("x", 7), number(None)
    (12, 7, 0)
    """
    return int(text) if text and text.isdecimal() and len(text) < 10 else default


def is_true(text: str | None) -> bool:
    """
    Tell whether an attribute says yes.

    >>> is_true("1"), is_true("false"), is_true(None)
    (True, False, False)
    """
    return text in {"1", "true", "on"}


def is_flat(text: str | None) -> bool:
    """Tell whether a height or width is nothing."""
    return text is not None and _ZERO.fullmatch(text) is not None


def column_number(letters: str) -> int:
    """
    Return the number of a column, counted from 1.

    >>> column_number("A"), column_number("XFD")
    (1, 16384)
    """
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


def column_letters(column: int) -> str:
    """
    Return the letters of a column.

    >>> column_letters(1), column_letters(28), column_letters(16384)
    ('A', 'AB', 'XFD')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def ranges(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """
    Yield the first and the last of numbers that follow one another.

    >>> list(ranges([3, 4, 5, 9]))
    [(3, 5), (9, 9)]
    """
    first = last = None
    for each in sorted(numbers):
        if last is None or first is None or each != last + 1:
            if first is not None and last is not None:
                yield first, last
            first = each
        last = each
    if first is not None and last is not None:
        yield first, last


class MergedArea(NamedTuple):
    """Cells that were merged into one: first row and column, last row and column, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


def read_areas(text: str) -> list[MergedArea]:
    """
    Return the areas that a text names, with blanks between them; a cell alone is an area, too.

    >>> read_areas("A1:C2 D4")
    [MergedArea(top=1, left=1, bottom=2, right=3), MergedArea(top=4, left=4, bottom=4, right=4)]
    """
    areas: list[MergedArea] = []
    for name in text.split():
        ends = [REFERENCE.fullmatch(end) for end in (*name.split(":"), name)[:2]]
        if ends[0] and ends[1]:
            (left, top), (right, bottom) = ((column_number(end[1]), int(end[2])) for end in ends if end)
            areas.append(MergedArea(min(top, bottom), min(left, right), max(top, bottom), max(left, right)))
    return areas
