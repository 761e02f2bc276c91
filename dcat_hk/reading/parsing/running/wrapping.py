"""
How well lines can be those of one cell, by where they were wrapped.

In: the lines of a region, or of one cell. Out: marks. Between two lines of a cell the word that begins the second had
no room in the first, or a paragraph ends there. What is asked of the same lines again is looked up in sums.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from ....core.text import plain, width
from ....core.wording.plans import load_plan_wording
from ..ledger import signs
from .lines import Point
from .weights import RUNNING

_CELLS = load_plan_wording().cells
#: What stays together at a line's end: a Latin word or another letter, brackets before it and signs behind it.
_FIRST_WORD = re.compile(r"[（「『《〈【〔]*(?:[\x21-\x7e]+|.)[、，。；：？！）」』》〉】〕]*")
_IN_IDEOGRAPHS = re.compile(r"[^\x00-\x7f]+")
_ENDS_OF_PARAGRAPHS = (".", "。", ":", ";", ")")
_TENTHS = 10


class Wrapping:
    """
    The lines of a region, with sums of what they cost from the first one on; every sum is made once.

    >>> wide, narrow = Wrapping(["行人天橋名單及", "位置"]), Wrapping(["位置", "行人天橋名單及"])
    >>> wide.score((0, 0), (2, 0), 14, False) > narrow.score((0, 0), (2, 0), 14, False)
    True
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """Measure the lines."""
        self._texts = texts
        self._widths = [width(text) for text in texts]
        self._words = [_first_word(above, below) for above, below in pairwise(texts)]
        self._even = [_is_even(above, below) for above, below in pairwise(texts)]
        self._items = [begins_item(text) for text in texts]
        self._closed = [plain(text[-1:]).endswith(_ENDS_OF_PARAGRAPHS) for text in texts]
        self._sums: dict[tuple[float, bool], list[int]] = {}
        self._widest: dict[tuple[int, int], int] = {}

    def score(self, start: Point, end: Point, edge: float, prose: bool) -> float:
        """
        Return how well what stands between two points can be a cell, in points.

        Args:
            start: The cell's first point.

            end: The point after its last.

            edge: How wide the column is, in widths; 0 if that is not known: the widest line then counts.

            prose: Whether the cell may have paragraphs, so that a line may end early.
        """
        if start[0] == end[0] or (start[0] + 1 == end[0] and not end[1]):
            opening = self._width(start[0], start[1], end[1] if start[0] == end[0] else None)
            return self._tenths_of_width(opening, edge or opening) / _TENTHS
        opening = self._width(start[0], start[1], None)
        first, last = start[0] + 1, end[0]
        closing = self._width(last, 0, end[1]) if end[1] else 0
        most = edge or max(opening, closing, self._widest_of(first, last))
        tenths = self._tenths_of_width(opening, most) + (self._tenths_of_width(closing, most) if end[1] else 0)
        sums = self._sums_to(last, most, prose)
        if first < last:
            tenths += self._tenths_of_joint(start[0], opening, most, prose, self._items[first])
            tenths += sums[last - 1] - sums[first] + self._tenths_of_width(self._widths[first], most)
        if end[1]:
            item = begins_item(self._texts[last][: end[1]].strip())
            above = opening if first == last else self._widths[last - 1]
            tenths += self._tenths_of_joint(last - 1, above, most, prose, item)
        return tenths / _TENTHS

    def _width(self, line: int, first: int, last: int | None) -> int:
        """Return the width of a part of a line without white space around it."""
        if not first and last is None:
            return self._widths[line]
        return _width(self._texts[line][first:last].strip())

    def _widest_of(self, first: int, last: int) -> int:
        """Return how wide the widest of some lines is."""
        if (first, last) not in self._widest:
            self._widest[first, last] = max(self._widths[first:last], default=0)
        return self._widest[first, last]

    def _sums_to(self, last: int, most: float, prose: bool) -> list[int]:
        """Return of each line up to one what it and the joints down to it cost, in tenths of a point."""
        sums = self._sums.setdefault((most, prose), [0])
        for line in range(len(sums), last):
            joint = self._tenths_of_joint(line - 1, self._widths[line - 1], most, prose, self._items[line])
            sums.append(sums[-1] + joint + self._tenths_of_width(self._widths[line], most))
        return sums

    def _tenths_of_width(self, taken: int, most: float) -> int:
        """Return what a line costs that is wider than its column."""
        over = taken - most - RUNNING.least_slack
        return -min(RUNNING.most_too_wide, RUNNING.too_wide * int(over)) if over > 0 else 0

    def _tenths_of_joint(self, above: int, taken: int, most: float, prose: bool, item: bool) -> int:
        """Return what a line and the next are worth together: little if the next word had fitted into the first."""
        slack = max(RUNNING.least_slack, RUNNING.slack * most)
        if taken + self._words[above] > most - slack or item:
            fits = self._even[above] and taken + self._words[above] <= most and not item
            return -RUNNING.has_room if fits else RUNNING.full_line
        if not prose:
            return -RUNNING.ends_early
        return -(RUNNING.ends_paragraph if self._closed[above] else RUNNING.ends_early_in_prose)


@lru_cache(maxsize=65536)
def _width(line: str) -> int:
    """Return the width of a line."""
    return width(line)


def _first_word(above: str, below: str) -> int:
    """Return how much room the first word of a line would need at the end of the line above."""
    word = _FIRST_WORD.match(below)
    joint = 1 if above[-1:].isascii() and below[:1].isascii() else 0
    return joint + (_width(word[0]) if word else 0)


def _is_even(above: str, below: str) -> bool:
    """Tell whether a line and the next one's first word are all letters of one width, so that no room is left over."""
    word = _FIRST_WORD.match(below)
    return bool(word and _IN_IDEOGRAPHS.fullmatch(above) and _IN_IDEOGRAPHS.fullmatch(word[0]))


@lru_cache(maxsize=65536)
def begins_item(line: str) -> bool:
    """Tell whether a line begins an item of a list, or a paragraph that is a bracket."""
    folded = plain(line)
    return bool(_CELLS.item.match(folded)) or folded.startswith("(") or any(start == 0 for start, _end in signs(line))
