"""
The words of a line -> columns: of all ways to part them, the one that costs least.

In: words and columns. Out: words by column, and what that costs. How strange a text is in a column does not depend on
where columns stand: it is computed once for each line, however often columns are learned anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ....core.limits import check_time, count_steps
from ....core.text import plain, width
from ....core.wording.plans import load_plan_wording
from ...documents import Document
from ...recognisers.values import frequency_at, is_none
from ..rows import read_number
from .places import Column
from .weights import POSITIONS
from .words import Word, date_length, is_date, is_frequency

_CELLS = load_plan_wording().cells
_JOINS = (_CELLS.slash, "-")
_DATES = frozenset({"date_target", "date_released"})
_INFINITY = float("inf")


class Assigned(NamedTuple):
    """The words of a line by column, and what it costs, in points, to sort them so."""

    cells: list[list[Word]]
    cost: float


@dataclass(frozen=True, slots=True)
class _Said:
    """What a stretch of words costs in a column by what it says, and by what it says right behind other words."""

    text: str
    strange: float
    near: float


class PlacedWords:
    """
    The words of a line, with what is known of every stretch of them.

    Args:
        document: Where the line is.

        words: The words, of which there is at least one.

        is_category: Tells whether a text is a known category.
    """

    def __init__(self, document: Document, words: Sequence[Word], is_category: Callable[[str], bool]) -> None:
        """Note which words are dates and frequencies."""
        self.words = words
        self._line = document.lines[words[0].span.line]
        self._is_category = is_category
        self._begins_date = [bool(date_length(word.text)) for word in words]
        self._dates = [is_date(word.text) for word in words]
        self._last_date = _last_true([word.gap > 0 and date for word, date in zip(words, self._dates, strict=True)])
        self._last_frequency = _last_true([word.gap > 0 and is_frequency(word.text) for word in words])
        self._said: dict[tuple[str, int, int], _Said] = {}
        self._gaps: list[list[float]] = [[] for _word in words]
        self._assigned: dict[tuple[object, ...], Assigned] = {}

    def assign(self, columns: Sequence[Column]) -> Assigned:
        """
        Return the words by column, in the way that costs least, and what it costs.

        Args:
            columns: Where columns stand; from minus infinity if that is not known.
        """
        # Columns that were learned anew often stand where they stood.
        key = tuple([(column.shape, self._known_texts(column)) for column in columns])
        if key not in self._assigned:
            self._assigned[key] = self._assign(columns)
        cells, cost = self._assigned[key]
        return Assigned(list(cells), cost)

    def _known_texts(self, column: Column) -> tuple[str, ...]:
        """Return the texts of a column that are on the line and count there."""
        return tuple([text for text in column.usual_texts if text in self._line]) if _counts_texts(column) else ()

    def _assign(self, columns: Sequence[Column]) -> Assigned:
        """Return the words by column, and what it costs."""
        atoms = self._atoms(columns)
        bounds = [*atoms, len(self.words)]
        # For each column, the costs of the first atoms, and where its cell begins, -1 if it has none.
        costs = [0.0] + [_INFINITY] * len(atoms)
        traces: list[list[int]] = []
        for column in columns:
            check_time()
            count_steps(len(atoms))
            costs, trace = self._fill(column, bounds, costs)
            traces.append(trace)
        cells: list[list[Word]] = []
        end = len(atoms)
        for trace in reversed(traces):
            start = trace[end]
            cells.append(list(self.words[bounds[start] : bounds[end]]) if start >= 0 else [])
            end = start if start >= 0 else end
        return Assigned(cells[::-1], costs[-1])

    def _atoms(self, columns: Sequence[Column]) -> list[int]:
        """Return which words begin groups that are not parted: words close together and far from every edge."""
        edges = [edge for column in columns for edge in (column.left, column.right)]
        unknown = any(column.left == -_INFINITY for column in columns)
        atoms: list[int] = []
        for index, word in enumerate(self.words):
            dated = self._begins_date[index] or (index > 0 and self._begins_date[index - 1])
            if (
                unknown
                or not index
                or dated
                or word.gap > POSITIONS.wide
                or any(abs(word.left - edge) <= POSITIONS.near for edge in edges)
            ):
                atoms.append(index)
        return atoms

    def _fill(self, column: Column, bounds: Sequence[int], before: Sequence[float]) -> tuple[list[float], list[int]]:
        """Return what it costs to sort the first atoms into the columns up to one, and where the cells of it begin."""
        costs, trace = [before[0]], [-1]
        share = POSITIONS.share_of_place if column.holds(*_DATES) else 1.0
        bonus = _most_bonus(column)
        usual = column.usual_starts
        begin = [self._cost_of_start(column, first, usual) for first in bounds[:-1]]
        for end in range(1, len(bounds)):
            last = bounds[end] - 1
            right = min(POSITIONS.most_outside, max(0.0, self.words[last].right - column.right))
            best, chosen = before[end], -1
            for start in range(max(0, end - POSITIONS.most_atoms), end):
                known = before[start]
                if known >= before[end] + POSITIONS.most_outside:
                    continue
                first = bounds[start]
                place = begin[start][0] + right + begin[start][1]
                if known + share * place + self._gap_inside(first, last) - bonus > best:
                    continue
                cost = known + self._cost(column, first, last, place)
                if cost < best or (cost == best and chosen < 0):
                    best, chosen = cost, start
            costs.append(best)
            trace.append(chosen)
        return costs, trace

    def _cost_of_start(self, column: Column, first: int, usual: Sequence[int]) -> tuple[float, float]:
        """Return what it costs that a cell begins left of its column, and that it begins where others do not."""
        left = self.words[first].left
        outside = min(POSITIONS.most_outside, max(0.0, column.left - left))
        off = min(POSITIONS.most_off_start, min((abs(left - start) for start in usual), default=0.0))
        return outside, POSITIONS.off_start * off

    def _cost(self, column: Column, first: int, last: int, place: float) -> float:
        """Return how badly words fit into a column: by where they stand and by what they say."""
        dates = column.holds(*_DATES)
        cost = place * POSITIONS.share_of_place if dates and self._dates[first] else place
        cost += self._gap_inside(first, last)
        said = self._say(column, first, last)
        if self.words[first].gap <= POSITIONS.wide:
            cost += said.near
        if dates and self._last_frequency[last] > first:
            cost += POSITIONS.frequency_in_date
        if not dates and self._last_date[last] > first:
            cost += POSITIONS.date_inside
        if _counts_texts(column) and said.text in column.usual_texts:
            cost -= POSITIONS.known
        return cost + said.strange

    def _gap_inside(self, first: int, last: int) -> float:
        """Return what the wide blank spaces between words cost that are of one cell."""
        gaps = self._gaps[first]
        for index in range(first + len(gaps), last + 1):
            gap = self.words[index].gap if index > first else 0.0
            cost = POSITIONS.gap_inside * min(gap, POSITIONS.most_gap) if gap > POSITIONS.wide else 0.0
            gaps.append(cost + (gaps[-1] if gaps else 0.0))
        return gaps[last - first]

    def _say(self, column: Column, first: int, last: int) -> _Said:
        """Return what a stretch of words costs in a column by what it says."""
        kind = column.names[0] if len(column.names) == 1 else ""
        key = (kind, first, last)
        said = self._said.get(key)
        if said is None:
            text = self._line[self.words[first].span.start : self.words[last].span.end]
            near = _cost_of_nearness(text, kind) + self._cost_of_torn(text, kind, first)
            said = self._said[key] = _Said(text, _strangeness(text, kind, self._is_category), near)
        return said

    def _cost_of_torn(self, text: str, kind: str, first: int) -> float:
        """Return what it costs to part words from the word before, where a sign between them joins the two."""
        if self.words[first].gap <= 0:
            return 0.0
        before = plain(self._line[: self.words[first].span.start].rstrip()[-1:])
        folded = plain(text)
        opened = kind == "description" and folded.startswith("(") and ")" not in folded
        return POSITIONS.torn if before.endswith(_JOINS) or folded.startswith(_JOINS) or opened else 0.0


def _counts_texts(column: Column) -> bool:
    """Tell whether a text that often stands in a column is known to be of it."""
    return not column.names or column.holds("category", "frequency")


def _most_bonus(column: Column) -> float:
    """Return how much a text can be worth in a column at most."""
    kinds = {
        "number": POSITIONS.is_number,
        "category": POSITIONS.is_category + POSITIONS.known,
        "frequency": POSITIONS.is_frequency + POSITIONS.known,
    }
    if not column.names:
        return POSITIONS.known
    return kinds.get(column.names[0], 0.0) if len(column.names) == 1 else 0.0


def _last_true(flags: Sequence[bool]) -> list[int]:
    """Return for each place the last one up to it that is true, -1 if there is none."""
    places: list[int] = []
    for place, flag in enumerate(flags):
        places.append(place if flag else places[-1] if places else -1)
    return places


def _cost_of_nearness(text: str, kind: str) -> float:
    """Return what it costs that words of a column follow the word before directly."""
    if kind in _DATES:
        return POSITIONS.near_cell if date_length(text) else POSITIONS.near_no_date
    return POSITIONS.near_no_frequency if kind == "frequency" and not frequency_at(text) else POSITIONS.near_cell


def _strangeness(text: str, kind: str, is_category: Callable[[str], bool]) -> float:
    """Return how strange a text is in a column."""
    if kind == "number":
        return -POSITIONS.is_number if read_number(text) is not None else POSITIONS.no_number
    dated = date_length(text)
    if kind in _DATES:
        return _strangeness_of_date(text, dated)
    cost = POSITIONS.date_elsewhere if dated and dated == len(text) and not text.isdecimal() else 0.0
    if kind == "frequency":
        cost = POSITIONS.date_elsewhere if dated and not text.isdecimal() else cost
        return cost - (POSITIONS.is_frequency if frequency_at(text) == len(text) else 0.0)
    return cost - (POSITIONS.is_category if kind == "category" and is_category(text) else 0.0)


def _strangeness_of_date(text: str, dated: int) -> float:
    """Return how strange a text is in a column of dates that begins with a date of some length."""
    rest = plain(text[dated:]).strip() if dated else ""
    if dated and rest and rest[0] not in "([【〔":
        return POSITIONS.more_than_date
    if dated or is_none(text):
        return POSITIONS.bare_number if text.isdecimal() else 0.0
    if text[0].isdecimal() or plain(text)[0] in "([-~":
        return POSITIONS.part_of_date
    return POSITIONS.short_no_date if width(text) <= POSITIONS.rest_of_date else POSITIONS.no_date
