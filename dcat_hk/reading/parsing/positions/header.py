"""
Words in their places -> the header of a table.

In: the words of lines, from the one on that may begin a header. Out: `ColumnHeader`: labels, and where they stand. A
label may go over several lines, and may be one that nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from ....core.limits import check_time
from ....core.text import join_lines, plain
from ....core.wording.plans import load_plan_wording
from ...documents import Document, Fragment, Span
from ...recognisers.columns import field_of
from ...recognisers.headers import (
    can_begin,
    can_close,
    can_open,
    can_open_example,
    can_stand_in,
    columns_of,
    columns_of_cell,
)
from ..ledger import clean_text, text_of
from .weights import POSITIONS
from .words import Word, fragment_of

_CELLS = load_plan_wording().cells
_SLASH = _CELLS.slash
_NUMBER_SIGN = "#"
_BRACKET = re.compile(r"(?<=.)[(\uff08]")
#: The words of one line of a strip, or of a label.
_Words = list[Word]
#: Adjacent strips that make one label, and the columns that it names.
_Named = tuple[Sequence["_Strip"], tuple[str, ...]]


class ColumnLabel(NamedTuple):
    """What a header says over one column, where, what that means, and whether it was told by what stands below it."""

    fragments: tuple[Fragment, ...]
    left: float
    right: float
    names: tuple[str, ...]
    by_contents: bool = False


class ColumnHeader(NamedTuple):
    """The labels of a header, from left to right, and over how many lines they go."""

    lines: int
    labels: tuple[ColumnLabel, ...]

    @property
    def by_contents(self) -> bool:
        """Whether what it says was told by what stands below it."""
        return any(label.by_contents for label in self.labels)

    @property
    def score(self) -> int:
        """Return how good a header this is: labels that are known count for it, others against it."""
        known = sum(1 for label in self.labels if label.names)
        return POSITIONS.score_of_known * known + POSITIONS.score_of_strange * (len(self.labels) - known)


def header_at(document: Document, lines: Sequence[Sequence[Word]]) -> ColumnHeader | None:
    """
    Return the header that begins with the first of some lines, None if none does.

    Args:
        document: Where the words are.

        lines: The words of each line.
    """
    return HeaderSearch(document, lines).look(0, len(lines))


class HeaderSearch:
    """The search for headers in lines that follow one another; a header that is asked for again is known."""

    def __init__(self, document: Document, lines: Sequence[Sequence[Word]]) -> None:
        """Begin with no header."""
        self._document = document
        self._lines = lines
        self._best: dict[tuple[int, int], ColumnHeader | None] = {}
        self._labels: dict[int, int] = {}
        self._openings: dict[int, int] = {}

    def can_find(self, start: int, end: int) -> bool:
        """
        Tell at a glance whether a header may begin with a line.

        Args:
            start: The line.

            end: The line after the last that it may hold.
        """
        if start >= end or not any(can_begin(word.text) for word in self._lines[start]):
            return False
        return any(self._count(line) >= 2 for line in range(start, min(end, start + POSITIONS.lines_with_labels)))

    def look(self, start: int, end: int) -> ColumnHeader | None:
        """
        Return the header that begins with a line, None if none does.

        Args:
            start: The line.

            end: The line after the last that it may hold.
        """
        if not self.can_find(start, end):
            return None
        here = self._find(start, end)
        if here is None:
            return None
        is_strange = _is_strange(self._lines[start], here)
        rest = range(start + 1, min(end, start + 1 + POSITIONS.most_lines_of_header))
        most = POSITIONS.score_of_known * sum(map(self._count_openings, rest))
        if (most, is_strange) <= (here.score, False):
            return here
        # Above a header stand headings and the last lines of a row.
        for line in range(start + 1, start + here.lines if is_strange else start + 2):
            below = self._find(line, end)
            if below and (below.score, is_strange) > (here.score, False):
                return None
        return here

    def _count(self, line: int) -> int:
        """Return how many words of a line are labels."""
        if line not in self._labels:
            words = self._lines[line]
            self._labels[line] = sum(
                1
                for place, word in enumerate(words)
                if columns_of(word.text) or (_stands_alone(words, place) and columns_of_cell(word.text))
            )
        return self._labels[line]

    def _count_openings(self, line: int) -> int:
        """Return how many words of a line can be the first of a label: no header has more labels that are known."""
        if line not in self._openings:
            self._openings[line] = sum(1 for word in self._lines[line] if _can_open_label(word.text))
        return self._openings[line]

    def _find(self, start: int, end: int) -> ColumnHeader | None:
        """Return the best header over one or several lines from one on, whatever stands above and below."""
        key = (start, min(end, start + POSITIONS.most_lines_of_header))
        if key not in self._best:
            check_time()
            openings = list(accumulate(map(self._count_openings, range(start, key[1]))))
            self._best[key] = _best_header(self._document, self._lines[start : key[1]], openings)
        return self._best[key]


def _is_strange(line: Sequence[Word], header: ColumnHeader) -> bool:
    """Tell whether nothing of the first line is a known label."""
    known = [label for label in header.labels if label.names]
    return not any(f.span.line == word.span.line for label in known for f in label.fragments for word in line)


def _stands_alone(words: Sequence[Word], place: int) -> bool:
    """Tell whether wide blank space stands on both sides of a word."""
    behind = words[place + 1].gap if place + 1 < len(words) else float("inf")
    return min(words[place].gap, behind) > POSITIONS.blank


def _can_open_label(word: str) -> bool:
    """Tell whether a word can be the first of a label, or stand in an example before it."""
    return can_open(word) and (can_stand_in(word) or can_open_example(word))


def _best_header(document: Document, lines: Sequence[Sequence[Word]], openings: Sequence[int]) -> ColumnHeader | None:
    """Return the best header over one or several lines from the first one on, with so many words that open a label."""
    best: ColumnHeader | None = None
    passed: list[int] = []
    for count in range(1, len(lines) + 1):
        if openings[count - 1] < 2:
            continue
        strips = _strips(document, lines[:count])
        most, fewest_strange = _bound_labels(strips, openings[count - 1])
        if best and most < 2:
            break  # The first row stands below the header.
        if most < 2 or most <= fewest_strange or (best and POSITIONS.score_of_known * most < best.score):
            passed.append(count)
            continue
        groups = _group_strips(document, strips)
        known = _count_known(groups)
        if best and known < 2:
            break
        if known < 2 or (best and POSITIONS.score_of_known * known < best.score):
            continue
        labels = _labels(groups)
        header = ColumnHeader(count, tuple(labels))
        if known * 2 <= len(labels) or not _is_told(document, labels):
            continue
        if (
            best is None
            or header.score > best.score
            or (header.score == best.score and all(label.names for label in _labels_with(labels, lines[count - 1])))
        ):
            if best and any(_ends_header(document, lines[:number]) for number in passed):
                break
            best, passed = header, []
    return best


def _ends_header(document: Document, lines: Sequence[Sequence[Word]]) -> bool:
    """Tell whether the first row stands below a header that begins with some lines: they hold no two labels."""
    return _count_known(_group_strips(document, _strips(document, lines))) < 2


def _count_known(groups: Sequence[_Named]) -> int:
    """Return how many groups of strips are labels that are known."""
    return sum(1 for _strips, names in groups if names)


def _bound_labels(strips: Sequence[_Strip], openings: int) -> tuple[int, int]:
    """
    Return how many known labels some strips make at most, and how many strange ones they make at least.

    Args:
        strips: The strips, from left to right.

        openings: How many words of them can be the first of a label.
    """
    if any(strip.has_example for strip in strips):
        return openings, 0
    strange = [place for place, strip in enumerate(strips) if strip.is_strange]
    # Strange strips are one label only where nothing but narrow blank space stands between them.
    apart = 0
    for one, other in pairwise(strange):
        between = pairwise(strips[one : other + 1])
        apart += any(after.left - before.right > POSITIONS.wide for before, after in between)
    return min(openings, len(strips) - len(strange)), apart + bool(strange)


def _is_told(document: Document, labels: Sequence[ColumnLabel]) -> bool:
    """Tell whether labels are surely a header: everyday words are one only beside others, or over names and dates."""
    known = [label for label in labels if label.names]
    fields = {field_of(name) for label in known for name in label.names}
    plainly = [label for label in known if columns_of(text_of(document, label.fragments))]
    return len(plainly) >= 2 or len(known) >= POSITIONS.fewest_everyday or {"title", "date"} <= fields


def _labels_with(labels: Sequence[ColumnLabel], line: Sequence[Word]) -> list[ColumnLabel]:
    """Return the labels that hold a word of a line."""
    spans = {word.span for word in line}
    return [label for label in labels if any(_within(span, f.span) for f in label.fragments for span in spans)]


def _within(inner: Span, outer: Span) -> bool:
    """Tell whether one span is part of another."""
    return inner.line == outer.line and outer.start <= inner.start and inner.end <= outer.end


# ---- labels


class _Strip:
    """
    Words that stand above one another: those of each line, and from where to where they reach.

    `firsts` and `lasts` are the first and the last word of each line, `top` is the first line that has one. A strip is
    strange if a word of it stands in no label; only as an example in brackets could it stand under one.
    """

    __slots__ = ("firsts", "has_example", "is_strange", "lasts", "left", "lines", "right", "top")

    def __init__(self, count: int) -> None:
        """Begin without words."""
        self.lines: list[_Words] = [[] for _line in range(count)]
        self.firsts: list[Word | None] = [None] * count
        self.lasts: list[Word | None] = [None] * count
        self.left, self.right, self.top = float("inf"), float("-inf"), count
        self.is_strange = self.has_example = False

    def add(self, number: int, word: Word) -> None:
        """Add a word of a line."""
        self.lines[number].append(word)
        self.firsts[number] = self.firsts[number] or word
        self.lasts[number] = word
        self.is_strange = self.is_strange or not can_stand_in(word.text)
        self.has_example = self.has_example or can_open_example(word.text)
        if number < self.top:
            self.top = number
        if word.left < self.left:
            self.left = word.left
        if word.right > self.right:
            self.right = word.right

    def is_number_sign(self) -> bool:
        """Tell whether the strip is the sign that stands over row numbers."""
        return [word.text for line in self.lines for word in line] == [_NUMBER_SIGN]


class _Group:
    """
    Adjacent strips that may make one label; strips are added from right to left.

    Args:
        document: Where the words are.

        count: Over how many lines strips go.
    """

    __slots__ = ("_document", "_lasts", "_opening", "_pieces", "_top")

    def __init__(self, document: Document, count: int) -> None:
        """Begin without strips."""
        self._document = document
        self._lasts: list[Word | None] = [None] * count
        # What stands on each line from its first word to its last, and the first word of all.
        self._pieces = [""] * count
        self._opening, self._top = "", count

    def add(self, strip: _Strip) -> None:
        """Add the strip to the left."""
        for number in range(strip.top, len(self._pieces)):
            first = strip.firsts[number]
            if first:
                last = self._lasts[number] = self._lasts[number] or strip.lasts[number]
                self._pieces[number] = _piece(self._document, first, last or first)
                if number <= self._top:
                    self._opening, self._top = first.text, number

    def pieces(self) -> tuple[str, ...]:
        """Return what stands on each line that has words; nothing if no label begins as the strips do."""
        return tuple(filter(None, self._pieces)) if can_open(self._opening) else ()


@lru_cache(maxsize=16384)
def _column_of(pieces: tuple[str, ...], is_cell: bool, is_strip: bool) -> tuple[str, ...]:
    """
    Return the column that the lines of a label name, none if they name several: category and title may be.

    Args:
        pieces: What stands on each line, of which there is at least one.

        is_cell: Whether wide blank space parts them from other words, so that they are a cell of their own.

        is_strip: Whether they are one strip; several are no label with the sign of row numbers in it.
    """
    if not can_close(" ".join(pieces[-2:])):
        return ()
    names = names_of(pieces) or (_names_of_cell(pieces) if is_cell else ())
    if not names:
        return ()
    text = label_text(pieces)
    both = names == ("category", "title") and _are_joined(text)
    return names if (is_strip or _NUMBER_SIGN not in text) and (len(names) == 1 or both) else ()


def _are_joined(text: str) -> bool:
    """Tell whether a sign joins two labels to one: a stroke, a colon or a dash."""
    folded = plain(text)
    return _SLASH in folded or bool(_CELLS.colon.search(folded))


def _piece(document: Document, first: Word, last: Word) -> str:
    """Return what stands on a line from one word to another."""
    if first is last:
        return first.text
    return document.lines[first.span.line][first.span.start : last.span.end]


def _group_strips(document: Document, strips: Sequence[_Strip]) -> list[_Named]:
    """Return strips in groups, each a label with what it names: as few strange ones as can be."""
    # For each number of strips: the cost of the first ones, where the last of their groups begins, what it names.
    costs, starts, names = [0], [0], [tuple[str, ...]()]
    furthest = _find_furthest(strips)
    for end in range(1, len(strips) + 1):
        start, own, cost = _last_group(document, strips, (furthest[end - 1], end), costs)
        costs.append(cost)
        starts.append(start)
        names.append(own)
    groups: list[_Named] = []
    end = len(strips)
    while end:
        groups.append((strips[starts[end] : end], names[end]))
        end = starts[end]
    return groups[::-1]


def _find_furthest(strips: Sequence[_Strip]) -> list[int]:
    """Return for each strip where a known label that ends with it may begin: a strange one holds but an example."""
    furthest: list[int] = []
    example, clean = -1, 0
    for place, strip in enumerate(strips):
        example = place if strip.has_example else example
        clean = place + 1 if strip.is_strange else clean
        first = max(0, place + 1 - POSITIONS.most_strips)
        furthest.append(first if example >= first else max(first, clean))
    return furthest


def _last_group(
    document: Document, strips: Sequence[_Strip], reach: tuple[int, int], costs: Sequence[int]
) -> tuple[int, tuple[str, ...], int]:
    """
    Return where the last group of the first strips begins, what it names, and what all groups of them cost.

    `reach` says where it may begin if it names anything, and how many strips there are.
    """
    furthest, end = reach
    chosen, known, best = end - 1, tuple[str, ...](), costs[end - 1] + POSITIONS.strange_label
    group: _Group | None = None
    for start in range(end - 1, furthest - 1, -1):
        group = group or _Group(document, len(strips[start].lines))
        group.add(strips[start])
        cost = costs[start] + POSITIONS.known_label
        if cost > best or not (pieces := group.pieces()):
            continue
        is_strip = start + 1 == end
        names = _column_of(pieces, False, is_strip)
        if not names and _is_cell(strips, start, end):
            names = _column_of(pieces, True, is_strip)
        if names and not _are_apart(document, strips[start:end]):
            best, chosen, known = cost, start, names
    return chosen, known, best


def _is_cell(strips: Sequence[_Strip], start: int, end: int) -> bool:
    """Tell whether wide blank space stands on both sides of some strips."""
    before = strips[start].left - strips[start - 1].right if start else float("inf")
    behind = strips[end].left - strips[end - 1].right if end < len(strips) else float("inf")
    return min(before, behind) > POSITIONS.blank


def _are_apart(document: Document, strips: Sequence[_Strip]) -> bool:
    """Tell whether strips that would make one label are labels of different columns, with wide blank space between."""
    gaps = [place for place in range(1, len(strips)) if strips[place].left - strips[place - 1].right > POSITIONS.wide]
    for place in gaps:
        fields = [_fields_of(document, part) for part in (strips[:place], strips[place:])]
        if all(fields) and fields[0] != fields[1]:
            return True
    return False


def _fields_of(document: Document, strips: Sequence[_Strip]) -> set[str]:
    """Return the fields that a label names that some strips make by themselves."""
    group = _Group(document, len(strips[0].lines))
    for strip in reversed(strips):
        group.add(strip)
    pieces = group.pieces()
    return {field_of(name) for name in _column_of(pieces, True, len(strips) == 1)} if pieces else set()


def _labels(groups: Sequence[_Named]) -> list[ColumnLabel]:
    """Return the labels that groups of strips are, those that are strange and stand close together as one."""
    labels: list[ColumnLabel] = []
    for strips, names in groups:
        label = _label(strips, names)
        close = bool(labels) and label.left - labels[-1].right <= POSITIONS.wide
        if close and not label.names and not labels[-1].names:
            before = labels.pop()
            label = ColumnLabel(before.fragments + label.fragments, before.left, label.right, ())
        labels.append(label)
    return labels


def _strips(document: Document, lines: Sequence[Sequence[Word]]) -> list[_Strip]:
    """
    Return words, line by line, that stand above one another, from left to right.

    The line with most words makes the strips; those of other lines join a strip near them, or make one of their own.
    So strips do not run together where text was laid out with the wrong number of blanks.
    """
    order = sorted(range(len(lines)), key=lambda number: -len(lines[number]))
    strips: list[_Strip] = []
    for number in order:
        for word in lines[number]:
            strip = _strip_of(document, strips, number, word) if number != order[0] else None
            if strip is None:
                strip = _Strip(len(lines))
                strips.append(strip)
            strip.add(number, word)
    return sorted(strips, key=lambda strip: (not strip.is_number_sign(), strip.left))


def _strip_of(document: Document, strips: Sequence[_Strip], number: int, word: Word) -> _Strip | None:
    """Return the strip that a word of another line belongs to: one it makes a label of, or the one it overlaps most."""
    if word.text == _NUMBER_SIGN:
        return None
    near: list[tuple[float, _Strip]] = []
    first, last = word.left - POSITIONS.nearest, word.right + POSITIONS.nearest
    for strip in strips:
        if strip.right < first or strip.left > last:
            continue
        shared = min(word.right, strip.right) - max(word.left, strip.left)
        if shared > 0 or (shared >= -POSITIONS.nearest and word.gap > POSITIONS.wide and not strip.lines[number]):
            near.append((shared, strip))
    if not near:
        return None
    near.sort(key=_by_shared)
    alone = _is_label_alone(word.text)
    for shared, strip in near:
        if not (shared < 0 and alone) and _makes_label(document, strip, number, word):
            return strip
    shared, nearest = near[0]
    if shared > 0 or (shared >= -POSITIONS.wide and not alone and not _is_label(document, nearest)):
        return nearest
    return None


def _by_shared(pair: tuple[float, _Strip]) -> float:
    """Return what sorts strips by how much of a word stands above or below them, the most first."""
    return -pair[0]


@lru_cache(maxsize=16384)
def _is_label_alone(word: str) -> bool:
    """Tell whether a word is a label by itself; a unit in brackets may go on below it."""
    return bool(columns_of(_BRACKET.split(word)[0]))


def _is_label(document: Document, strip: _Strip) -> bool:
    """Tell whether a strip is a label as it is."""
    return bool(_fields_of(document, [strip]))


def _makes_label(document: Document, strip: _Strip, number: int, word: Word) -> bool:
    """Tell whether a strip is a label if a word is added to one of its lines."""
    is_strange = strip.is_strange or not can_stand_in(word.text)
    if is_strange and not strip.has_example and not can_open_example(word.text):
        return False
    top = min(strip.top, number)
    if not can_open((strip.firsts[top] or word).text):
        return False
    firsts, lasts = list(strip.firsts), list(strip.lasts)
    firsts[number], lasts[number] = firsts[number] or word, word
    pieces = tuple(_piece(document, one, two) for one, two in zip(firsts, lasts, strict=True) if one and two)
    return can_close(" ".join(pieces[-2:])) and bool(names_of(pieces) or _names_of_cell(pieces))


@lru_cache(maxsize=16384)
def label_text(pieces: tuple[str, ...]) -> str:
    """
    Return the text of a label whose lines are known.

    >>> label_text(("Release", "Date"))
    'Release Date'
    """
    return join_lines(map(clean_text, pieces))


@lru_cache(maxsize=16384)
def names_of(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """
    Return the columns that the lines of a label name together.

    >>> names_of(("Release", "Date")), names_of(("Names", "of stands"))
    (('date_released',), ())
    """
    return columns_of(label_text(pieces))


@lru_cache(maxsize=16384)
def _names_of_cell(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns that the lines of a label in a cell of its own name; notes in brackets are on one line."""
    if any(plain(piece).count("(") != plain(piece).count(")") for piece in pieces):
        return ()
    return columns_of_cell(label_text(pieces))


def _label(strips: Sequence[_Strip], names: tuple[str, ...]) -> ColumnLabel:
    """Return what adjacent strips say together."""
    rows = ([word for strip in strips for word in strip.lines[number]] for number in range(len(strips[0].lines)))
    fragments = tuple(fragment_of(row) for row in rows if row)
    left, right = min(strip.left for strip in strips), max(strip.right for strip in strips)
    return ColumnLabel(fragments, left, right, names)
