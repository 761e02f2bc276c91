"""
The words of a line -> columns: of all ways to part them, the one that costs least.

In: words and columns. Out: words by column, and what that costs. How strange a text is in a column does not depend on
where columns stand: it is computed once for each line, however often columns are learned anew.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

from ....core.limits import check_time, count_steps
from ....core.text import plain, width
from ....core.wording.plans import load_plan_wording
from ...documents import Document
from ...recognisers.values import frequency_at, is_none
from ..rows import read_code
from .places import Column
from .weights import POSITIONS
from .words import Word, date_length, is_date, is_frequency

_WORDING = load_plan_wording()
_CELLS = _WORDING.cells
_JOINS = (_CELLS.slash, "-")
_DATES = frozenset({"date_target", "date_released"})
_INFINITY = float("inf")
#: Points by which sums of costs may differ by rounding.
_ROUNDED = 1e-6


class Assigned(NamedTuple):
    """The words of a line by column, and what it costs, in points, to sort them so."""

    cells: list[list[Word]]
    cost: float


class PlacedWords:
    """
    The words of a line, with what is known of every stretch of them.

    Args:
        document: Where the line is.

        words: The words, of which there is at least one.

        is_category: Tells whether a text is a known category.

        justified: Whether lines of cells were drawn out, so that wide blank space inside of one costs little.
    """

    def __init__(
        self, document: Document, words: Sequence[Word], is_category: Callable[[str], bool], justified: bool = False
    ) -> None:
        """Note which words are dates and frequencies."""
        self.words = words
        self._justified = justified
        self._document = document
        self._line = document.lines[words[0].span.line]
        self._is_category = is_category
        self._begins_date = self._find_dates()
        self._dates = [is_date(word.text) for word in words]
        self._last_date = _last_true([word.gap > 0 and date for word, date in zip(words, self._dates, strict=True)])
        self._last_frequency = _last_true([word.gap > 0 and is_frequency(word.text) for word in words])
        # By the kind of the column, and the first and the last word of a stretch.
        self._said: dict[tuple[str, int, int], tuple[str, float]] = {}
        self._gaps: dict[int, list[float]] = {}
        self._assigned: dict[tuple[object, ...], Assigned] = {}

    def like(self, words: Sequence[Word]) -> PlacedWords:
        """
        Return other words of the same line, of which the same is known.

        Args:
            words: The words, of which there is at least one.
        """
        return PlacedWords(self._document, words, self._is_category, self._justified)

    def _find_dates(self) -> list[bool]:
        """Tell of each word whether a date begins with it, of one word or with the one behind it, as in "Nov 2025"."""
        begins = [bool(date_length(word.text)) for word in self.words]
        for index in range(len(self.words) - 2, -1, -1):
            word, following = self.words[index], self.words[index + 1]
            if begins[index + 1] and not begins[index] and following.gap <= POSITIONS.wide:
                text = self._line[word.span.start : following.span.end]
                begins[index] = date_length(text) > len(word.text)
        return begins

    def assign(self, columns: Sequence[Column]) -> Assigned:
        """
        Return the words by column, in the way that costs least, and what it costs.

        Args:
            columns: Where columns stand; from minus infinity if that is not known.
        """
        # Columns that were learned anew often stand where they stood.
        line = self._line
        key = tuple([(column.shape, *[text for text in column.counted_texts if text in line]) for column in columns])
        if key not in self._assigned:
            self._assigned[key] = self._assign(columns)
        cells, cost = self._assigned[key]
        return Assigned(list(cells), cost)

    def _assign(self, columns: Sequence[Column]) -> Assigned:
        """Return the words by column, and what it costs."""
        atoms = self._atoms(columns)
        bounds = [*atoms, len(self.words)]
        gaps = [self._gaps_from(first) for first in atoms]
        # For each column, the costs of the first atoms, and where its cell begins, -1 if it has none.
        costs = [0.0] + [_INFINITY] * len(atoms)
        traces: list[list[int]] = []
        most = self._cost_of_guess(columns, bounds)
        # What is worth least on the way may become worth more by the columns behind.
        bonuses = [column.holding.most_bonus for column in reversed(columns[1:])]
        behind = list(accumulate(bonuses, initial=most + _ROUNDED))
        for column in columns:
            check_time()
            count_steps(len(atoms))
            costs, trace = self._fill(column, bounds, gaps, costs, behind.pop())
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
        edges = sorted([edge for column in columns for edge in (column.left, column.right)])
        unknown = any(column.left == -_INFINITY for column in columns)
        atoms: list[int] = []
        for index, word in enumerate(self.words):
            dated = self._begins_date[index] or (index > 0 and self._begins_date[index - 1])
            if unknown or not index or dated or word.gap > POSITIONS.wide or _is_near(word.left, edges):
                atoms.append(index)
        return atoms

    def _cost_of_guess(self, columns: Sequence[Column], bounds: Sequence[int]) -> float:
        """Return what it costs to sort atoms just by where they begin: the best way costs no more."""
        firsts: dict[int, int] = {}
        number = 0
        for first in bounds[:-1]:
            left = self.words[first].left + POSITIONS.margin
            while number + 1 < len(columns) and columns[number + 1].left <= left:
                number += 1
            firsts.setdefault(number, first)
        cost = 0.0
        for (number, first), end in zip(firsts.items(), [*list(firsts.values())[1:], bounds[-1]], strict=True):
            column, last = columns[number], end - 1
            place = _outside(column.left - self.words[first].left) + _outside(self.words[last].right - column.right)
            place += _cost_off_start(column, self.words[first].left)
            cost += place + self._gaps_from(first)[last - first] + self._cost_of_text(column, first, last)
        return cost

    def _fill(
        self,
        column: Column,
        bounds: Sequence[int],
        gaps: Sequence[Sequence[float]],
        before: Sequence[float],
        most: float,
    ) -> tuple[list[float], list[int]]:
        """
        Return what it costs to sort the first atoms into the columns up to one, and where the cells of it begin.

        What costs more than `most` is no part of the best way.
        """
        holding, bonus = column.holding, column.holding.most_bonus
        share = POSITIONS.share_of_place if holding.has_dates else 1.0
        costs, trace = [cost if cost <= most else _INFINITY for cost in before], [-1] * len(before)
        for start, first in enumerate(bounds[:-1]):
            known, left = before[start], self.words[first].left
            if known - bonus > most:
                continue
            outside, off = _outside(column.left - left), _cost_off_start(column, left)
            if known + share * (outside + off) - bonus > most:
                continue
            for end in range(start + 1, min(len(bounds), start + 1 + POSITIONS.most_atoms)):
                last = bounds[end] - 1
                gap = gaps[start][last - first]
                if known + gap - bonus > most:
                    break  # The farther a cell reaches, the more blank space is inside.
                place = outside + _outside(self.words[last].right - column.right) + off
                if known + share * place + gap - bonus > min(costs[end], most):
                    continue
                if holding.has_dates and self._dates[first]:
                    place *= POSITIONS.share_of_place
                cost = known + (place + gap + self._cost_of_text(column, first, last))
                if cost <= most and (cost < costs[end] or (cost == costs[end] and trace[end] < 0)):
                    costs[end], trace[end] = cost, start
        return costs, trace

    def _cost_of_text(self, column: Column, first: int, last: int) -> float:
        """Return how badly words fit into a column by what they say."""
        holding = column.holding
        key = (holding.kind, first, last)
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = self._say(holding.kind, first, last)
        text, cost = said
        return cost - POSITIONS.known if holding.counts_texts and text in column.usual_texts else cost

    def _gaps_from(self, first: int) -> Sequence[float]:
        """Return what the wide blank spaces cost in a cell from a word to each of the words behind it."""
        costs = self._gaps.get(first)
        if costs is None:
            wide = [word.gap > POSITIONS.wide for word in self.words[first + 1 :]]
            gaps = [min(word.gap, POSITIONS.most_gap) for word in self.words[first + 1 :]]
            weight = POSITIONS.gap_inside * (POSITIONS.share_of_gap if self._justified else 1.0)
            single = [weight * gap if is_wide else 0.0 for gap, is_wide in zip(gaps, wide, strict=True)]
            costs = self._gaps[first] = list(accumulate(single, initial=0.0))
        return costs

    def _say(self, kind: str, first: int, last: int) -> tuple[str, float]:
        """Return a stretch of words as text, and what it costs in a column of some kind, wherever it stands."""
        text = self._line[self.words[first].span.start : self.words[last].span.end]
        cost = _strangeness(text, kind, self._is_category)
        if self.words[first].gap <= POSITIONS.wide:
            cost += _cost_of_nearness(text, kind) + self._cost_of_torn(text, kind, first)
        if kind in _DATES:
            return text, cost + (POSITIONS.frequency_in_date if self._last_frequency[last] > first else 0.0)
        return text, cost + (POSITIONS.date_inside if self._last_date[last] > first else 0.0)

    def _cost_of_torn(self, text: str, kind: str, first: int) -> float:
        """Return what it costs to part words from the word before, where a sign between them joins the two."""
        if self.words[first].gap <= 0:
            return 0.0
        if kind in _DATES and first and self._begins_date[first - 1] and not date_length(self.words[first - 1].text):
            return POSITIONS.torn  # A month before its year.
        before = plain(self._line[: self.words[first].span.start].rstrip()[-1:])
        folded = plain(text)
        opened = kind == "description" and folded.startswith("(") and ")" not in folded
        return POSITIONS.torn if before.endswith(_JOINS) or folded.startswith(_JOINS) or opened else 0.0


def _is_near(place: float, edges: Sequence[float]) -> bool:
    """Tell whether a place is near to one of some edges, which are ascending."""
    after = bisect_left(edges, place)
    return any(abs(place - edge) <= POSITIONS.near for edge in edges[max(0, after - 1) : after + 1])


def _outside(width: float) -> float:
    """Return what it costs that a cell reaches so far out of its column; nothing if it ends within."""
    return min(POSITIONS.most_outside, width) if width > 0.0 else 0.0


def _cost_off_start(column: Column, left: float) -> float:
    """Return what it costs that a cell of a column begins where others do not."""
    cost = column.costs_off_start.get(left)
    if cost is None:
        cost = column.costs_off_start[left] = _measure_off_start(column.usual_starts, left)
    return cost


def _measure_off_start(starts: Sequence[int], left: float) -> float:
    """Return what it costs that a cell begins so far from the nearest of the usual starts."""
    if not starts:
        return 0.0
    after = bisect_left(starts, left)
    nearest = min([abs(left - start) for start in starts[max(0, after - 1) : after + 1]])
    return POSITIONS.off_start * min(POSITIONS.most_off_start, nearest)


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
        return -POSITIONS.is_number if read_code(text) is not None else POSITIONS.no_number
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
    if _WORDING.dates.rest.fullmatch(plain(text)):
        return POSITIONS.rest_of_a_date
    if text[0].isdecimal() or plain(text)[0] in "([-~":
        return POSITIONS.part_of_date
    return POSITIONS.short_no_date if width(text) <= POSITIONS.rest_of_date else POSITIONS.no_date
