"""
Lines of a table's words by column -> where one row ends and the next begins.

In: lines, and which of them show that a row is there (its number, or a date of its own). Out: the lines at which rows
begin. Cells may stand at the top of their row, in the middle of its height or at its bottom; which it is, is seen from
the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ....core.text import plain, width
from ....core.wording.plans import load_plan_wording
from ...documents import Document
from ...recognisers.formats import names_only_formats
from ...recognisers.values import date_at, frequency_at
from ..rows import read_number
from .places import Column
from .weights import POSITIONS
from .words import Word, fragment_of

_WORDING = load_plan_wording()
_ENDS_WITH_RANGE_SIGN = re.compile(f"{_WORDING.dates.range.pattern}$")
#: Signs at the end of a line after which a cell goes on.
_GOES_ON = (*_WORDING.cells.goes_on, _WORDING.cells.slash, "-")


#: What a way to cut costs, and for each row the lines at which its parts begin.
_Cuts = tuple[float, list[list[int]]]


@dataclass(slots=True)
class PlacedLine:
    """A line of a table: its row number if it has one, its words by column, how far down it is in lines, its page."""

    number: Word | None
    cells: list[list[Word]]
    top: float
    page: int
    apart: bool
    #: Whether a rule stands above it.
    ruled: bool = False
    #: What it costs to sort the words so.
    cost: float = 0.0
    #: Whether a date and whether a category begins on the line: a row has one of each.
    date: bool = False
    category: bool = False
    #: What of its number found no room on the line.
    rest: Word | None = None

    def number_words(self) -> tuple[Word, ...]:
        """Return the words of its number."""
        return tuple(word for word in (self.number, self.rest) if word)


def tighten(lines: Sequence[PlacedLine]) -> None:
    """
    Let lines of laid-out text stand half a line apart where no cell has words in both.

    What stands between two lines of other cells is given a line of its own there, so that a row seems higher than it
    is. Lines of one cell stand a line apart; blank lines stay.
    """
    last: dict[int, float] = {}
    above, place = 0.0, 0.0
    for index, line in enumerate(lines):
        gap = line.top - above if index else 0.0
        filled = [number for number, words in enumerate(line.cells) if words]
        if line.number:
            filled.append(-1)
        if index and gap <= 1.0:
            place = max([place + gap / 2, *(last[number] + gap for number in filled if number in last)])
        else:
            place += gap
        above, line.top = line.top, place
        last |= dict.fromkeys(filled, place)


def join_numbers(lines: Sequence[PlacedLine]) -> None:
    """
    Let numbers whose last figures stand on a line below be one number: the one that follows the number before.

    Args:
        lines: The lines of a table, in order.
    """
    numbered = [line for line in lines if line.number]
    last: int | None = None
    index = 0
    while index < len(numbered):
        line = numbered[index]
        assert line.number, "only lines with numbers are looked at"
        number = read_number(line.number.text)
        below = numbered[index + 1] if index + 1 < len(numbered) else None
        if last is not None and number != last + 1 and below and below.number and below.page == line.page:
            joined = read_number(line.number.text + below.number.text)
            if joined == last + 1:
                line.rest, below.number = below.number, None
                number, index = joined, index + 1
        last = number if number is not None else last
        index += 1


def find_anchors(document: Document, columns: Sequence[Column], lines: Sequence[PlacedLine]) -> list[int]:
    """Return the lines that show that a row is there: with a number, or with a date that no number stands beside."""
    numbered = [index for index, line in enumerate(lines) if line.number]
    dated = [i for i, column in enumerate(columns) if column.holding.has_dates]
    if not dated:
        return numbered
    for index, line in enumerate(lines):
        line.date = _begins_date(document, lines, index, dated[0])
    alone = _unmatched(numbered, [index for index, line in enumerate(lines) if line.date])
    anchors = sorted({*numbered, *alone})
    often = [i for i, column in enumerate(columns) if column.holds("frequency")]
    stating = [index for index in range(len(lines)) if often and _says_frequency(document, lines, index, often[0])]
    text = [i for i, column in enumerate(columns) if column.holds("description")]
    more = [index for index in _unmatched(anchors, stating) if text and lines[index].cells[text[0]]]
    return sorted({*anchors, *more})


def _unmatched(anchors: Sequence[int], candidates: Sequence[int]) -> list[int]:
    """Return of some lines those that belong to no anchor, if each anchor has the one that is nearest to it."""
    pairs = sorted((abs(anchor - index), anchor, index) for anchor in anchors for index in candidates)
    taken: set[int] = set()
    matched: set[int] = set()
    for distance, anchor, index in pairs:
        if distance <= POSITIONS.most_apart and anchor not in taken and index not in matched:
            taken.add(anchor)
            matched.add(index)
    return [index for index in candidates if index not in matched]


def _says_frequency(document: Document, lines: Sequence[PlacedLine], index: int, column: int) -> bool:
    """Tell whether a line states a whole frequency, and the line above nothing of one."""
    words = lines[index].cells[column]
    if not words or (index and lines[index - 1].cells[column]):
        return False
    text = document.slice(fragment_of(words).span)
    return frequency_at(text) == len(text)


def _begins_date(document: Document, lines: Sequence[PlacedLine], index: int, column: int) -> bool:
    """Tell whether a date begins on a line that is not the end of a range begun above."""
    words = lines[index].cells[column]
    if not words or not date_at(document.slice(fragment_of(words).span)):
        return False
    above = lines[index - 1].cells[column] if index else []
    if document.slice(fragment_of(words).span).isdecimal():
        return False
    return not above or not _ENDS_WITH_RANGE_SIGN.search(plain(document.slice(fragment_of(above).span)))


def cut_at_top(
    lines: Sequence[PlacedLine], anchors: Sequence[int], worths: Sequence[float]
) -> tuple[float, list[list[int]]]:
    """Return where rows and their parts begin if their numbers stand in their first lines, and what that costs."""
    ends = [*anchors[1:], len(lines)]
    cost = sum(cost_at_top(lines, start, end) for start, end in zip(anchors, ends, strict=True))
    groups: list[list[int]] = []
    for anchor in anchors:
        if groups and not lines[anchor].number and lines[groups[-1][0]].number:
            groups[-1].append(anchor)
        else:
            groups.append([anchor])
    return cost - sum(worths[cut] for cut in anchors[1:]), groups


def cut_at_bottom(
    lines: Sequence[PlacedLine], anchors: Sequence[int], worths: Sequence[float]
) -> tuple[float, list[list[int]]]:
    """Return where rows and their parts begin if their numbers stand in their last lines, and what that costs."""
    starts = [0, *(_start_below(lines, *pair, worths) for pair in pairwise(anchors))]
    cost = sum(_cost_at_bottom(lines, start, anchor + 1) for start, anchor in zip(starts, anchors, strict=True))
    groups: list[list[int]] = []
    is_open = False
    for start, anchor in zip(reversed(starts), reversed(anchors), strict=True):
        if is_open and not lines[anchor].number:
            groups[-1].insert(0, start)
        else:
            groups.append([start])
            is_open = lines[anchor].number is not None
    return cost - sum(worths[cut] for cut in starts[1:]), groups[::-1]


def cut_at_gaps(lines: Sequence[PlacedLine], anchors: Sequence[int]) -> list[list[int]] | None:
    """
    Return where rows begin if one gap parts each from the next that is wider than all gaps inside of rows, else None.

    So it is wherever cells stand in rows that have some room above and below: the highest cell of a row reaches from
    one gap to the next.

    Args:
        lines: The lines of a table on a page whose measures are known.

        anchors: The lines that show that a row is there: each of them one row, with a number in all or in none.
    """
    if len({lines[anchor].number is None for anchor in anchors}) != 1:
        return None
    gaps = [0.0] + [b.top - a.top if a.page == b.page else 0.0 for a, b in pairwise(lines)]
    widest = [max(gaps[a + 1 : b + 1]) for a, b in pairwise(anchors) if lines[a].page == lines[b].page]
    if not widest:
        return None
    bar = min(widest) * POSITIONS.narrower_gap
    inside = bar * (POSITIONS.narrower_gap if len(widest) >= POSITIONS.fewest_gaps else POSITIONS.narrower_alone)
    wide = [index for index, gap in enumerate(gaps) if gap >= bar]
    if any(bar > gap > inside for gap in gaps):
        return None  # No width parts the gaps between rows from those inside of them.
    starts = [max([index for index in wide if index <= anchors[0]], default=0)]
    for above, below in pairwise(anchors):
        own = [index for index in wide if above < index <= below]
        if len(own) > 1 or (not own and lines[above].page == lines[below].page):
            return None
        own = own or [index for index in range(above + 1, below + 1) if lines[index].page != lines[above].page]
        starts.append(own[0])
    return [[start] for start in starts]


def cut_in_middle(
    columns: Sequence[Column],
    lines: Sequence[PlacedLine],
    anchors: Sequence[int],
    worths: Sequence[float],
    snapped: int = 0,
) -> tuple[_Cuts, _Cuts]:
    """
    Return where rows and their parts begin if cells stand in the middle of their height, and what that costs.

    Of all ways to cut, the one is taken in which cells are least off the middle of their rows, and in which the
    fewest sentences are cut. The first result is for rows in parts whose number and name are merged over all parts,
    and so stand in the middle of them; the second for rows in which they stand in the middle of the first part. In
    laid-out text what stands between two lines is written on one of them: on the upper one if `snapped` is -1, on the
    lower one if it is 1.
    """
    # A row of one part costs the same either way.
    costs = _RowCosts(lines, snapped)
    merged, beside = (_cut(_Parting(columns, worths, spans, costs), anchors) for spans in (True, False))
    return merged, beside


def _cut(parted: _Parting, anchors: Sequence[int]) -> _Cuts:
    """Return where rows and their parts begin if cells stand in the middle of their height, and what that costs."""
    lines, worths = parted.lines, parted.worths
    numbered = any(lines[anchor].number for anchor in anchors)
    ends = [*anchors[1:], len(lines)]
    states: list[dict[int, tuple[float, list[list[int]]]]] = [{0: (0.0, [])}]
    for last, (here, after) in enumerate(zip(anchors, ends, strict=True)):
        following: dict[int, tuple[float, list[list[int]]]] = {}
        for cut in range(here + 1, after + 1) if after < len(lines) else [len(lines)]:
            ways = []
            for first in range(last, max(-1, last - POSITIONS.most_parts), -1):
                count = sum(lines[anchor].number is not None for anchor in anchors[first : last + 1])
                if count > 1 or (first < last and not numbered):
                    break
                strange = POSITIONS.no_row_number if numbered and not count and first else 0.0
                for start, (before, groups) in states[first].items():
                    cost, parts = parted.cost(start, cut, anchors[first : last + 1])
                    worth = worths[cut] if cut < len(lines) else 0.0
                    ways.append((before + cost + strange - worth, start, groups, parts))
            cost, _start, groups, parts = min(ways, key=lambda way: way[0])
            following[cut] = (cost, [*groups, parts])
        states.append(following)
    return states[-1][len(lines)]


def costs_of_sides(
    columns: Sequence[Column], lines: Sequence[PlacedLine], anchors: Sequence[int], worths: Sequence[float]
) -> dict[int, float]:
    """Return what rows cost if what stands between two lines was written on the upper (-1), either or lower one (1)."""
    return {
        side: min(cost for cost, _groups in cut_in_middle(columns, lines, anchors, worths, side)) for side in (-1, 0, 1)
    }


def best_side(costs: Mapping[int, float]) -> int:
    """
    Return on which line what stands between two was written: the upper (-1), the lower (1), or either (0).

    >>> best_side({-1: 1.0, 0: 9.0, 1: 8.0}), best_side({-1: 1.0, 0: 2.0, 1: 8.0})
    (-1, 0)
    """
    best = min(costs, key=lambda side: costs[side])
    return best if costs[0] - costs[best] > POSITIONS.one_sided else 0


class _RowCosts:
    """The costs of rows of one part whose cells stand in the middle, each found once."""

    def __init__(self, lines: Sequence[PlacedLine], snapped: int) -> None:
        self.lines = lines
        self.snapped = snapped
        self._known: dict[tuple[int, int], float] = {}

    def cost(self, start: int, end: int) -> float:
        """Return how far the cells of a row are off its middle."""
        if (start, end) not in self._known:
            self._known[start, end] = cost_in_middle(self.lines, start, end, self.snapped)
        return self._known[start, end]


class _Parting:
    """The costs of rows in parts whose cells stand in the middle."""

    def __init__(self, columns: Sequence[Column], worths: Sequence[float], spans: bool, costs: _RowCosts) -> None:
        merged = [bool({"number", "category", "title"} & set(column.names)) for column in columns]
        self.lines = costs.lines
        self.worths = worths
        self._merged = [number for number, one in enumerate(merged) if one]
        self._own = [number for number, one in enumerate(merged) if not one]
        self._spans = spans
        self._costs = costs
        self._snapped = costs.snapped
        self._known: dict[tuple[int, int], float] = {}

    def cost(self, start: int, end: int, anchors: Sequence[int]) -> tuple[float, list[int]]:
        """Return what a row costs that has as many parts as anchors, and where they begin."""
        if len(anchors) == 1:
            return self._costs.cost(start, end), [start]
        dated = [index for index in range(start, end) if self.lines[index].date]
        if len(dated) != len(anchors):
            dated = list(anchors)
        states: dict[int, tuple[float, list[int]]] = {start: (0.0, [start])}
        for here, after in pairwise(dated):
            following: dict[int, tuple[float, list[int]]] = {}
            for cut in range(here + 1, after + 1):
                ways = [(c + self._part(s, cut) - self.worths[cut], cuts) for s, (c, cuts) in states.items()]
                cost, cuts = min(ways, key=lambda way: way[0])
                following[cut] = (cost, [*cuts, cut])
            states = following
        last = [(cost + self._part(begin, end), cuts) for begin, (cost, cuts) in states.items()]
        cost, cuts = min(last, key=lambda way: way[0])
        if self.lines[start].page != self.lines[end - 1].page:
            return cost + POSITIONS.crossing, cuts
        middle = end if self._spans else cuts[1]
        strange = 0.0 if self._spans or self.lines[anchors[0]].number else 2 * POSITIONS.most_off
        off = _off_middle(self.lines, start, middle, [-1, *self._merged], self._snapped)
        return cost + strange + off, cuts

    def _part(self, start: int, end: int) -> float:
        """Return how far the cells of a part are off its middle."""
        if (start, end) not in self._known:
            crossing = self.lines[start].page != self.lines[end - 1].page
            cost = _cost_of_more(self.lines, start, end)
            off = POSITIONS.crossing if crossing else _off_middle(self.lines, start, end, self._own, self._snapped)
            self._known[start, end] = cost + off
        return self._known[start, end]


def cost_in_middle(lines: Sequence[PlacedLine], start: int, end: int, snapped: int = 0) -> float:
    """Return how far the cells of a row are off its middle, all together."""
    cost = _cost_of_more(lines, start, end)
    if lines[start].page != lines[end - 1].page:
        return cost + POSITIONS.crossing
    return cost + _off_middle(lines, start, end, range(-1, len(lines[start].cells)), snapped)


def _off_middle(lines: Sequence[PlacedLine], start: int, end: int, columns: Iterable[int], snapped: int = 0) -> float:
    """Return how far some cells of lines are off their middle; column -1 is the row number."""
    middle = (lines[start].top + lines[end - 1].top) / 2
    extents = _extents(lines, start, end, columns)
    distances = [(first + last) / 2 - middle for first, last in extents]
    if snapped:
        return sum(_cost_of_snapped(distance * snapped) for distance in distances)
    return sum(_cost_of_distance(abs(distance)) for distance in distances)


def _cost_of_snapped(distance: float) -> float:
    """Return what a distance costs where cells were written off where they stand, to one side and not to the other."""
    if distance <= 0:
        return min(POSITIONS.most_off, -distance)
    return POSITIONS.snapped * min(distance, 1.0) + max(0.0, min(POSITIONS.most_off, distance) - 1.0)


def _cost_of_distance(distance: float) -> float:
    """Return what a distance in lines costs: half a line is little, where text was laid out on whole lines."""
    half = POSITIONS.half_line
    return POSITIONS.rounded * min(distance, half) + max(0.0, min(POSITIONS.most_off, distance) - half)


def cost_at_top(lines: Sequence[PlacedLine], start: int, end: int) -> float:
    """Return how far below the top of a row its cells begin, all together."""
    extents = _extents(lines, start, end, range(-1, len(lines[start].cells)))
    off = sum(min(POSITIONS.most_off, extent[0] - lines[start].top) for extent in extents)
    return off + _cost_of_more(lines, start, end)


def _cost_at_bottom(lines: Sequence[PlacedLine], start: int, end: int) -> float:
    """Return how far above the bottom of a row its cells end, all together."""
    extents = _extents(lines, start, end, range(-1, len(lines[start].cells)))
    last_line = max(index for index in range(start, end) if lines[index].page == lines[start].page)
    off = sum(min(POSITIONS.most_off, lines[last_line].top - last) for _first, last in extents)
    return off + _cost_of_more(lines, start, end)


def _start_below(lines: Sequence[PlacedLine], anchor: int, following: int, worths: Sequence[float]) -> int:
    """Return where a row begins whose cells end on a line; the rest of the row above may stand above it on its page."""
    turn = next((i for i in range(anchor + 1, following + 1) if lines[i].page != lines[anchor].page), None)
    if turn is None:
        return anchor + 1
    return max(
        range(turn, following + 1), key=lambda cut: (worths[cut] - _cost_at_bottom(lines, cut, following + 1), -cut)
    )


def _cost_of_more(lines: Sequence[PlacedLine], start: int, end: int) -> float:
    """Return what it costs that a row has more than one date or more than one category."""
    dates = sum(line.date for line in lines[start:end])
    categories = sum(line.category for line in lines[start:end])
    return POSITIONS.more * (max(0, dates - 1) + max(0, categories - 1))


def _extents(lines: Sequence[PlacedLine], start: int, end: int, columns: Iterable[int]) -> list[tuple[float, float]]:
    """Return the first and last place of each filled cell of a row, on the page it begins on."""
    extents: list[tuple[float, float]] = []
    row = [line for line in lines[start:end] if line.page == lines[start].page]
    for number in columns:
        tops = [line.top for line in row if (line.number if number < 0 else line.cells[number])]
        if tops:
            extents.append((tops[0], tops[-1]))
    return extents


def find_worths(document: Document, columns: Sequence[Column], lines: Sequence[PlacedLine]) -> list[float]:
    """
    Return of each line how well a row can begin there: by gaps, and by sentences that would be cut.

    A description may have paragraphs: where one of its lines ends early, there need not be the end of a row.
    """
    most = [POSITIONS.paragraph if column.holds("description") else POSITIONS.end for column in columns]
    worths = [0.0] * (len(lines) + 1)
    gaps = [b.top - a.top for a, b in pairwise(lines) if a.page == b.page and b.top > a.top]
    pitch = median(gaps) if gaps else 1.0
    for index, (above, below) in enumerate(pairwise(lines), 1):
        if above.page != below.page:
            worths[index] += POSITIONS.page_end
        else:
            worths[index] += min(POSITIONS.most_gap_of_lines, max(0.0, (below.top - above.top) / pitch - 1.0))
        worths[index] += POSITIONS.ruled if below.ruled else 0.0
    for number in range(len(lines[0].cells)):
        filled = [index for index, line in enumerate(lines) if line.cells[number]]
        texts = {index: document.slice(fragment_of(lines[index].cells[number]).span) for index in filled}
        widest = sorted(map(width, texts.values()))[int(len(texts) * POSITIONS.narrower)] if texts else 0
        for above_index, below_index in pairwise(filled):
            ends = columns[number].holds("description") and _ends_with_formats(texts[above_index])
            worth = min(most[number], POSITIONS.end if ends else _worth(texts[above_index], texts[below_index], widest))
            for index in range(above_index + 1, below_index + 1):
                worths[index] += worth
    return worths


def _ends_with_formats(text: str) -> bool:
    """Tell whether a line ends with formats in brackets, as most descriptions do."""
    folded = plain(text).rstrip()
    opened = folded.rfind("(")
    return folded.endswith(")") and opened >= 0 and names_only_formats(folded[opened + 1 : -1])


def _worth(above: str, below: str, widest: int) -> float:
    """Return how likely one cell ends and another begins between two lines of a column."""
    folded = plain(above)
    if folded.count("(") > folded.count(")") or folded.rstrip().endswith(_GOES_ON):
        return POSITIONS.goes_on
    first = below.split()[0]
    next_word = width(first) if first.isascii() else 2
    room = widest - width(above) - next_word
    if room >= POSITIONS.room:
        return POSITIONS.end * min(1.0, room / max(POSITIONS.room, POSITIONS.sure * widest))
    return POSITIONS.full_stop if folded.endswith((".", "。")) else POSITIONS.full_line
