"""
Where the columns of a table stand: learned from labels, from blank space, and from the words sorted into them.

In: a header, or columns known before, and the words of lines. Out: `Column`s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ...documents import Document
from ...recognisers.values import frequency_at
from ..ledger import text_of
from ..rows import read_code, read_number
from .header import ColumnHeader
from .weights import POSITIONS
from .words import Word, fragment_of, is_date

#: How often which text stands in a line of a column, by what the column holds.
Texts = Mapping[tuple[str, ...], Mapping[str, int]]


class Holding(NamedTuple):
    """
    What a column holds.

    `kind` is the one thing it holds, nothing if it holds several or if its label is not known. Where `counts_texts` is
    true, a text that often stands in the column is known to be of it; `most_bonus` is how much a text can be worth in
    it at most.
    """

    kind: str
    has_dates: bool
    counts_texts: bool
    most_bonus: float


@lru_cache(maxsize=256)
def _holding_of(names: tuple[str, ...]) -> Holding:
    """Return what a column of some names holds."""
    kind = names[0] if len(names) == 1 else ""
    worths = {
        "number": POSITIONS.is_number,
        "category": POSITIONS.is_category + POSITIONS.known,
        "frequency": POSITIONS.is_frequency + POSITIONS.known,
    }
    return Holding(
        kind,
        kind in {"date_target", "date_released"},
        not names or kind in {"category", "frequency"},
        worths.get(kind, 0.0) if names else POSITIONS.known,
    )


@dataclass(frozen=True)
class Column:
    """Where the cells of a column stand: left and right edge, how often they begin where, what they say, the label."""

    names: tuple[str, ...]
    left: float
    right: float
    starts: Counter[int] = field(default_factory=Counter)
    texts: Mapping[str, int] = field(default_factory=dict)
    label: str = ""
    #: Where the label stands.
    under: tuple[float, float] = (0.0, 0.0)

    def holds(self, *names: str) -> bool:
        """Tell whether the column holds just one of some things."""
        return self.holding.kind in names

    @cached_property
    def holding(self) -> Holding:
        """What the column holds."""
        return _holding_of(self.names)

    @cached_property
    def usual_starts(self) -> tuple[int, ...]:
        """Where cells usually begin, or where any begins if none does so often, from left to right."""
        least = max(POSITIONS.usual_least, self.starts.total() * POSITIONS.usual_part)
        return tuple(sorted([start for start, count in self.starts.items() if count >= least] or self.starts))

    @cached_property
    def usual_texts(self) -> Mapping[str, int]:
        """The texts that often stand in the column."""
        return {text: count for text, count in self.texts.items() if count >= POSITIONS.often}

    @cached_property
    def counted_texts(self) -> tuple[str, ...]:
        """The texts that often stand in the column and count there."""
        return tuple(self.usual_texts) if self.holding.counts_texts else ()

    @cached_property
    def costs_off_start(self) -> dict[float, float]:
        """What it costs that a cell begins at a place, as far as it was asked."""
        return {}

    @cached_property
    def shape(self) -> tuple[object, ...]:
        """All that tells where words of the column stand."""
        return self.names, self.left, self.right, self.usual_starts


def columns_under(document: Document, header: ColumnHeader, lines: Sequence[Sequence[Word]]) -> list[Column]:
    """
    Return the columns under a header, parted where least stands between their labels.

    Args:
        document: Where the header is.

        header: The labels.

        lines: The words below them.
    """
    labels = header.labels
    edges = [_edge(a.right, b.left, lines) for a, b in pairwise(labels)]
    lefts, rights = [min([0.0, labels[0].left]), *edges], [*edges, float("inf")]
    names = [label.names for label in labels]
    if ("number",) not in names and not names[0]:
        names[0] = ("number",)
    columns = [
        Column(name, left, right, label=text_of(document, label.fragments), under=(label.left, label.right))
        for name, left, right, label in zip(names, lefts, rights, labels, strict=True)
    ]
    edge = _edge_of_numbers(lines) if ("number",) not in names and "title" in names[0] else 0.0
    if not edge:
        return columns
    # One label stands over the numbers and the names.
    return [Column(("number",), lefts[0], edge), replace(columns[0], left=edge), *columns[1:]]


def _edge_of_numbers(lines: Sequence[Sequence[Word]]) -> float:
    """Return where numbers that come in turn at the beginnings of lines end, 0 if there are none such."""
    numbers = [line[0] for line in lines if line and read_number(line[0].text) is not None]
    turn = [read_number(word.text) for word in numbers]
    if not numbers or turn != list(range(1, len(turn) + 1)):
        return 0.0
    left, right = min(word.left for word in numbers), max(word.right for word in numbers)
    others = [word for line in lines for word in line if word not in numbers]
    return right if right - left <= POSITIONS.most_number and all(word.left >= right for word in others) else 0.0


def is_repeated(document: Document, header: ColumnHeader, columns: Sequence[Column]) -> bool:
    """
    Tell whether a header is the one over some columns, at the same place: that of their table, on its next page.

    Args:
        document: Where the header is.

        header: The labels.

        columns: The columns of what stands above it.
    """
    return len(header.labels) == len(columns) and all(
        abs(label.left - column.under[0]) <= POSITIONS.same_place
        and abs(label.right - column.under[1]) <= POSITIONS.same_place
        and text_of(document, label.fragments) == column.label
        for label, column in zip(header.labels, columns, strict=True)
    )


def _edge(start: float, end: float, lines: Iterable[Sequence[Word]]) -> float:
    """Return the middle of the widest stretch between two labels in which least is written."""
    steps, count = POSITIONS.steps_of_edge, 0
    first, last = int(start * steps), max(int(end * steps), int(start * steps) + 1)
    cover = [0.0] * (last - first)
    for line in lines:
        count += 1
        for word in line:
            stop = min(last, int(word.right * steps))
            if stop <= first:
                continue
            narrow, begun = word.gap <= POSITIONS.wide, int(word.left * steps)
            before = int((word.left - word.gap * narrow) * steps)
            for place in range(max(first, before), stop):
                cover[place - first] += 1 if place >= begun else POSITIONS.blank_in_cell
    least = min(cover) + POSITIONS.lines_over_edge * count
    best, opened = (0, 0), None
    for place, value in enumerate([*cover, float("inf")]):
        if value <= least and opened is None:
            opened = place
        elif value > least and opened is not None:
            best = max(best, (place - opened, opened))
            opened = None
    return (first + best[1] + best[0] / 2) / steps


# ---- learned from words


def learn(document: Document, columns: Sequence[Column], lines: Sequence[Sequence[Sequence[Word]]]) -> list[Column]:
    """
    Return the columns where the words sorted into them stand; dates only show where dates stand.

    Args:
        document: Where the words are.

        columns: The columns as they were known before.

        lines: The words of each line by column.
    """
    cells = [[line[number] for line in lines if line[number]] for number in range(len(columns))]
    learned = [_learn_column(document, column, own) for column, own in zip(columns, cells, strict=True)]
    return [_end_before(column, following) for column, following in zip(learned, [*learned[1:], None], strict=True)]


def _learn_column(document: Document, column: Column, cells: Sequence[Sequence[Word]]) -> Column:
    """Return a column where its cells stand."""
    if column.holding.has_dates:
        cells = [cell for cell in cells if is_date(cell[0].text)]
    if not cells:
        return column
    lefts, rights = sorted(cell[0].left for cell in cells), sorted(cell[-1].right for cell in cells)
    out = len(cells) // POSITIONS.one_in
    left, right = lefts[out], rights[len(rights) - 1 - out]
    starts = Counter(map(round, lefts))
    counted = cells if column.holding.counts_texts else ()
    texts = Counter(document.slice(fragment_of(cell).span) for cell in counted)
    return replace(column, left=min(left, right), right=right, starts=starts, texts=texts)


def _end_before(column: Column, following: Column | None) -> Column:
    """Return a column that ends where the next one usually begins."""
    if following is None or following.starts.total() <= POSITIONS.least_starts:
        return column
    right = max(column.left, min(column.right, median(following.starts.elements())))
    return replace(column, right=right)


# ---- guessed without a header


def guess(
    document: Document, columns: Sequence[Column], lines: Sequence[Sequence[Word]], is_category: Callable[[str], bool]
) -> list[Column]:
    """
    Return the columns where they stand on a page without header that text was laid out anew on.

    Row numbers, dates, categories and frequencies show where their columns are; the others are what is between them.

    Args:
        document: Where the words are.

        columns: The columns of the page before.

        lines: The words of the page.

        is_category: Tells whether a text is a known category.
    """
    known = {
        index: (min(word.left for word in words), max(word.right for word in words))
        for index, column in enumerate(columns)
        if (words := _telling_words(document, column, lines, is_category))
    }
    if len(known) < 2:
        return list(columns)
    edges = _edges_between(known, len(columns), lines)
    pairs = zip(columns, pairwise(edges), strict=True)
    return [
        Column(column.names, left, max(left, right), label=column.label, under=column.under)
        for column, (left, right) in pairs
    ]


def _edges_between(
    known: Mapping[int, tuple[float, float]], count: int, lines: Sequence[Sequence[Word]]
) -> list[float]:
    """Return the edges of columns of which some are known: the others are parted where lines allow it."""
    edges = [float("-inf")] * (count + 1)
    edges[0], edges[-1] = 0.0, float("inf")
    for index, (left, right) in known.items():
        edges[index] = left - POSITIONS.margin if index else 0.0
        if index + 1 < count and index + 1 not in known:
            edges[index + 1] = right + POSITIONS.margin
    for index in range(1, count):
        if edges[index] == float("-inf"):
            run = next(number for number, edge in enumerate(edges[index:]) if edge != float("-inf"))
            after = edges[index + run]
            furthest = max(word.right for line in lines for word in line)
            end = after - POSITIONS.margin_of_end if after < float("inf") else furthest
            edges[index : index + run] = _partings(edges[index - 1], end, lines, run)
    return edges


def _telling_words(
    document: Document, column: Column, lines: Sequence[Sequence[Word]], is_category: Callable[[str], bool]
) -> list[Word]:
    """Return words that by what they say can only be of one column, without those that stand far from most of them."""
    telling = [word for line in lines if (word := _telling_word(document, column, line, is_category))]
    middle = median(word.left for word in telling) if telling else 0.0
    return [word for word in telling if abs(word.left - middle) <= POSITIONS.near]


def _telling_word(
    document: Document, column: Column, line: Sequence[Word], is_category: Callable[[str], bool]
) -> Word | None:
    """Return the words of a line, as one, that by what they say can only be of one column."""
    numbered = read_code(line[0].text) is not None
    dated = next((index for index, word in enumerate(line) if is_date(word.text)), len(line))
    if column.holds("number") and numbered:
        return line[0]
    if column.holding.has_dates and dated < len(line):
        return line[dated]
    if column.holds("category") and numbered:
        for end in range(min(len(line), POSITIONS.words_of_category), 1, -1):
            text = document.slice(fragment_of(line[1:end]).span)
            if is_category(text):
                return _one_word(line[1:end], text)
    if column.holds("frequency") and dated + 1 < len(line):
        rest = line[dated + 1 :]
        length = frequency_at(document.slice(fragment_of(rest).span))
        stated = [word for word in rest if word.span.start < rest[0].span.start + length]
        return _one_word(stated, "") if stated else None
    return None


def _one_word(words: Sequence[Word], text: str) -> Word:
    """Return adjacent words as one."""
    return Word(fragment_of(words).span, words[0].left, words[-1].right, words[0].gap, text)


def _partings(start: float, end: float, lines: Sequence[Sequence[Word]], count: int) -> list[float]:
    """Return the places that most lines have words on both sides of, and the fewest have words at."""
    steps = POSITIONS.steps_of_edge
    last = max(int(end * steps), int(start * steps) + 3)
    places = [step / steps for step in range(int(start * steps) + 2, last)]
    low, high = start - POSITIONS.margin, end + POSITIONS.margin_of_end
    inside = [[word for word in line if word.left >= low and word.right <= high] for line in lines]
    worths = []
    for place in places:
        single = [_worth_of_parting(place, words) for words in inside if words]
        worths.append(sum(single) if any(worth > 0 for worth in single) else float("-inf"))
    stretches: list[tuple[float, int, float]] = []
    first = 0
    for index in range(1, len(places) + 1):
        if index == len(places) or worths[index] != worths[first]:
            before = worths[first - 1] if first else float("-inf")
            after = worths[index] if index < len(places) else float("-inf")
            if worths[first] > max(before, after) or (worths[first] > float("-inf") and len(places) == 1):
                stretches.append((worths[first], index - first, (places[first] + places[index - 1]) / 2))
            first = index
    best = sorted(place for _worth, _length, place in sorted(stretches, reverse=True)[:count])
    return best + [end - POSITIONS.margin * number for number in range(count - len(best), 0, -1)]


def _worth_of_parting(place: float, words: Sequence[Word]) -> float:
    """Return how much a line speaks for it that a column ends at a place."""
    if any(word.left < place < word.right for word in words):
        return POSITIONS.through_word
    if not words[0].right <= place <= words[-1].left:
        return 0.0
    after = next(word for word in words if word.left >= place)
    return POSITIONS.at_gap if after.gap > POSITIONS.wide else POSITIONS.at_blank
