"""
Words in their places -> the header of a table.

In: the words of lines, from the one on that may begin a header. Out: `ColumnHeader`: labels, and where they stand. A
label may go over several lines, and may be one that nobody knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ....core.text import join_lines, plain
from ....core.wording.plans import load_plan_wording
from ...documents import Document, Fragment, Span
from ...recognisers.headers import can_begin, can_close, can_open, columns_of
from ..ledger import clean_text
from .weights import POSITIONS
from .words import Word, fragment_of

_SLASH = load_plan_wording().cells.slash
_NUMBER_SIGN = "#"
#: The words of one line of a strip, or of a label.
_Words = list[Word]


class ColumnLabel(NamedTuple):
    """What a header says over one column, where, and what that means."""

    fragments: tuple[Fragment, ...]
    left: float
    right: float
    names: tuple[str, ...]


class ColumnHeader(NamedTuple):
    """The labels of a header, from left to right, and over how many lines they go."""

    lines: int
    labels: tuple[ColumnLabel, ...]

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

    def look(self, start: int, end: int) -> ColumnHeader | None:
        """
        Return the header that begins with a line, None if none does.

        Args:
            start: The line.

            end: The line after the last that it may hold.
        """
        if start >= end or not any(can_begin(word.text) for word in self._lines[start]):
            return None
        if all(self._count(line) < 2 for line in range(start, min(end, start + POSITIONS.lines_with_labels))):
            return None
        here = self._find(start, end)
        if here is None:
            return None
        below = self._find(start + 1, end)
        if below and (below.score, _is_strange(self._lines[start], here)) > (here.score, False):
            return None
        return here

    def _count(self, line: int) -> int:
        """Return how many words of a line are labels."""
        if line not in self._labels:
            self._labels[line] = sum(1 for word in self._lines[line] if columns_of(word.text))
        return self._labels[line]

    def _find(self, start: int, end: int) -> ColumnHeader | None:
        """Return the best header over one or several lines from one on, whatever stands above and below."""
        key = (start, min(end, start + POSITIONS.most_lines_of_header))
        if key not in self._best:
            self._best[key] = _best_header(self._document, self._lines[start : key[1]])
        return self._best[key]


def _is_strange(line: Sequence[Word], header: ColumnHeader) -> bool:
    """Tell whether nothing of the first line is a known label."""
    known = [label for label in header.labels if label.names]
    return not any(f.span.line == word.span.line for label in known for f in label.fragments for word in line)


def _best_header(document: Document, lines: Sequence[Sequence[Word]]) -> ColumnHeader | None:
    """Return the best header over one or several lines from the first one on."""
    best: ColumnHeader | None = None
    for count in range(1, len(lines) + 1):
        labels = _labels(document, lines[:count])
        header = ColumnHeader(count, tuple(labels))
        known = sum(1 for label in labels if label.names)
        if known < 2 or known * 2 <= len(labels):
            continue
        if (
            best is None
            or header.score > best.score
            or (header.score == best.score and all(label.names for label in _labels_with(labels, lines[count - 1])))
        ):
            best = header
    return best


def _labels_with(labels: Sequence[ColumnLabel], line: Sequence[Word]) -> list[ColumnLabel]:
    """Return the labels that hold a word of a line."""
    spans = {word.span for word in line}
    return [label for label in labels if any(_within(span, f.span) for f in label.fragments for span in spans)]


def _within(inner: Span, outer: Span) -> bool:
    """Tell whether one span is part of another."""
    return inner.line == outer.line and outer.start <= inner.start and inner.end <= outer.end


# ---- labels


class _Strip:
    """Words that stand above one another: those of each line, and from where to where they reach."""

    __slots__ = ("left", "lines", "right", "top")

    def __init__(self, count: int) -> None:
        """Begin without words."""
        self.lines: list[_Words] = [[] for _line in range(count)]
        self.left, self.right, self.top = float("inf"), float("-inf"), count

    def add(self, number: int, word: Word) -> None:
        """Add a word of a line."""
        self.lines[number].append(word)
        self.top = min(self.top, number)
        self.left, self.right = min(self.left, word.left), max(self.right, word.right)

    def is_number_sign(self) -> bool:
        """Tell whether the strip is the sign that stands over row numbers."""
        return [word.text for line in self.lines for word in line] == [_NUMBER_SIGN]


def _labels(document: Document, lines: Sequence[Sequence[Word]]) -> list[ColumnLabel]:
    """Return the labels of some lines: groups of strips with as few strange ones, and as few, as can be."""
    strips = _strips(document, lines)
    costs, starts = [0], [0]
    for end in range(1, len(strips) + 1):
        known = _names(document, strips[end - 1 : end])
        best, chosen = costs[end - 1] + (POSITIONS.known_label if known else POSITIONS.strange_label), end - 1
        for start in range(end - 2, max(-1, end - 1 - POSITIONS.most_strips), -1):
            cost = costs[start] + POSITIONS.known_label
            if cost <= best and _names(document, strips[start:end]):
                best, chosen = cost, start
        costs.append(best)
        starts.append(chosen)
    labels: list[ColumnLabel] = []
    end = len(strips)
    while end:
        labels.append(_label(document, strips[starts[end] : end]))
        end = starts[end]
    return _joined(labels[::-1])


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
    for strip in strips:
        shared = min(word.right, strip.right) - max(word.left, strip.left)
        if shared > 0 or (shared >= -POSITIONS.nearest and word.gap > POSITIONS.wide and not strip.lines[number]):
            near.append((shared, strip))
    near.sort(key=lambda pair: -pair[0])
    alone = bool(columns_of(word.text))
    for shared, strip in near:
        with_word = [[*line, word] if index == number else line for index, line in enumerate(strip.lines)]
        if (
            can_open(next(line[0].text for line in with_word if line))
            and can_close(_last_words(document, with_word))
            and names_of(_pieces(document, with_word))
            and not (shared < 0 and alone)
        ):
            return strip
    if near and (near[0][0] > 0 or (near[0][0] >= -POSITIONS.wide and not alone)):
        return near[0][1]
    return None


def _last_words(document: Document, lines: Sequence[_Words]) -> str:
    """Return the last line that has words, behind the line above it: a unit may be wrapped."""
    return " ".join(_pieces(document, [line for line in lines if line][-2:]))


def _pieces(document: Document, lines: Sequence[Sequence[Word]]) -> tuple[str, ...]:
    """Return what stands on each line from its first word to its last."""
    return tuple(
        line[0].text if len(line) == 1 else document.lines[line[0].span.line][line[0].span.start : line[-1].span.end]
        for line in lines
        if line
    )


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


def _rows_of(strips: Sequence[_Strip]) -> list[_Words]:
    """Return the words of adjacent strips by line."""
    if len(strips) == 1:
        return strips[0].lines
    return [[word for strip in strips for word in strip.lines[number]] for number in range(len(strips[0].lines))]


def _first_word(strips: Sequence[_Strip]) -> str:
    """Return the first word of adjacent strips."""
    first = min(strip.top for strip in strips)
    return next(strip.lines[first][0].text for strip in strips if strip.lines[first])


def _names(document: Document, strips: Sequence[_Strip]) -> tuple[str, ...]:
    """Return the column that adjacent strips name together, none if they name several: category and title may be."""
    if not can_open(_first_word(strips)):
        return ()
    rows = _rows_of(strips)
    if not can_close(_last_words(document, rows)):
        return ()
    pieces = _pieces(document, rows)
    names = names_of(pieces)
    if not names:
        return ()
    text = label_text(pieces)
    both = names == ("category", "title") and _SLASH in plain(text)
    alone = len(strips) == 1 or _NUMBER_SIGN not in text
    return names if alone and (len(names) == 1 or both) else ()


def _label(document: Document, strips: Sequence[_Strip]) -> ColumnLabel:
    """Return what adjacent strips say together."""
    fragments = tuple(fragment_of(line) for line in _rows_of(strips) if line)
    left, right = min(strip.left for strip in strips), max(strip.right for strip in strips)
    return ColumnLabel(fragments, left, right, _names(document, strips))


def _joined(labels: Sequence[ColumnLabel]) -> list[ColumnLabel]:
    """Return labels, those that are strange and stand close together as one."""
    joined: list[ColumnLabel] = []
    for label in labels:
        close = bool(joined) and label.left - joined[-1].right <= POSITIONS.wide
        if close and not label.names and not joined[-1].names:
            before = joined.pop()
            label = ColumnLabel(before.fragments + label.fragments, before.left, label.right, ())
        joined.append(label)
    return joined
