"""
The lines of a region as running text, and the places in them where a cell may end.

In: texts in order. Out: `RunningLines`. It knows no columns but their names.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from ....core.limits import count_steps
from .weights import RUNNING

#: A place in the lines: the line, and an offset in it.
Point = tuple[int, int]


class RunningLines:
    """
    The lines of a region and its columns in order; neither changes.

    Args:
        texts: The lines, without white space around them.

        columns: Names of the columns, without that of row numbers.

        is_category: Tells whether a text is a known category.

        unknown: The labels of columns that are not known.

        breaks: The lines before which a page ends, or something else stood that is no part of the table.

        categorised: Whether rows state categories, beside names or in them, as far as the header tells.
    """

    def __init__(
        self,
        texts: Sequence[str],
        columns: tuple[str, ...],
        is_category: Callable[[str], bool],
        unknown: tuple[str, ...] = (),
        breaks: frozenset[int] = frozenset(),
        categorised: bool = True,
    ) -> None:
        """Keep what is given."""
        self.texts = texts
        self.columns = columns
        self.is_category = is_category
        self.unknown = unknown
        self.breaks = breaks
        self.categorised = categorised
        self._points: dict[Point, tuple[Point, ...]] = {}

    def pieces(self, start: Point, end: Point) -> Iterator[tuple[int, int, int]]:
        """Yield line, first and last offset of what stands between two points."""
        for line in range(start[0], end[0] + (end[1] > 0)):
            first = start[1] if line == start[0] else 0
            last = end[1] if line == end[0] else len(self.texts[line])
            if self.texts[line][first:last].strip():
                yield line, first, last

    def between(self, start: Point, end: Point) -> list[str]:
        """Return what stands between two points, line by line."""
        if start >= end:
            return []
        count_steps(end[0] - start[0] + 1)
        whole = self.texts[start[0] + 1 : end[0]]
        if start[0] == end[0]:
            return [text] if (text := self.texts[start[0]][start[1] : end[1]].strip()) else []
        first = self.texts[start[0]][start[1] :].strip() if start[1] else self.texts[start[0]]
        last = self.texts[end[0]][: end[1]].strip() if end[1] else ""
        return [text for text in (first, *whole, last) if text]

    def following(self, line: int, offset: int) -> Point:
        """Return a point, at the next line's beginning if nothing is left of its own."""
        text = self.texts[line]
        while offset < len(text) and text[offset].isspace():
            offset += 1
        return (line, offset) if offset < len(text) else (line + 1, 0)

    def points(self, line: int, offset: int = 0) -> tuple[Point, ...]:
        """Return the places in a line behind an offset where a cell may end."""
        key = (line, offset)
        if key not in self._points:
            text, blanks = self.texts[line], self._blanks[line]
            begin = bisect_left(blanks, offset + 1)
            places = blanks[begin : begin + RUNNING.most_points]
            count_steps(len(places) + 1)
            ends = [self.following(line, place) for place in places if not text[place - 1].isspace()]
            self._points[key] = (*ends, (line + 1, 0))
        return self._points[key]

    @cached_property
    def _blanks(self) -> list[list[int]]:
        """The offsets of white space in each line."""
        return [[place for place, character in enumerate(text) if character.isspace()] for text in self.texts]
