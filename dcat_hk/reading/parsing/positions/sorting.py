"""
Lines in their places -> what happens on the way through a region: lines that rows are cut from, headings, notes.

In: a region and the columns known before. Out: `Step`s. It claims nothing and builds no rows, so that it can be done
twice: once to learn about the whole document, once to read it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Literal, NamedTuple

from ....core.text import plain, width
from ....core.wording.plans import load_plan_wording
from ...documents import Line
from ..rows import read_number
from .cutting import PlacedLine, join_numbers
from .kinds import SortedLine, is_whole, kind_of_line, lies_across, stands_alone, starts_outside
from .places import Column, columns_under, guess, is_repeated, learn
from .regions import Part, PlacedRegion, WordLine
from .weights import POSITIONS
from .words import Word, fragment_of

_CELLS = load_plan_wording().cells
_NUMBER = ("number",)
#: A row number, in brackets or not, that stands close to a text.
_NUMBER_BEFORE_TEXT = re.compile(r"[(\[\uff08]?\d{1,3}[.\u3001)\]\uff09]*(?=[^\W\d_])")

#: Gives columns the texts that are known of columns of their names.
ShareTexts = Callable[[Sequence[Column]], list[Column]]


class Step(NamedTuple):
    """
    What comes next in a region: lines to cut rows from, a line of another kind, or the end of a table.

    `columns` are those in force; at the end of a table whose columns are not those of the next, its own.
    """

    kind: Literal["rows", "group", "note", "furniture", "end"]
    columns: list[Column]
    rows: list[PlacedLine]
    line: Line | None = None


def walk(placed: PlacedRegion, columns: Sequence[Column], share: ShareTexts) -> Iterator[Step]:
    """
    Yield what comes in a region, in order; the last step has the columns at its end.

    Args:
        placed: The region.

        columns: Those of the region before.

        share: Gives columns the texts that are known of columns of their names.
    """
    current = list(columns)
    rows: list[PlacedLine] = []
    for part in placed.parts:
        fresh = _columns_of_part(placed, part, current)
        if [column.names for column in fresh] != [column.names for column in current]:
            yield from _end_rows(current, rows)
            rows = []
            yield Step("end", current, [])
        current = _learn(placed, part, fresh, share)
        in_note = False
        for each, below in zip_longest(part.lines, part.lines[1:]):
            line = _sort_line(current, each)
            kind = kind_of_line(placed, current, line, in_note)
            if kind == "row" and below and stands_alone(current, line) and _counts_anew(current, below):
                kind = "group"
            in_note = kind == "note"
            if kind == "row":
                rows.append(_placed_line(placed, current, line))
                continue
            if kind != "furniture":
                yield from _end_rows(current, rows)
                rows = []
            yield Step(kind, current, [], each.line)
    yield from _end_rows(current, rows)
    yield Step("end", current, [])


def _end_rows(columns: list[Column], rows: list[PlacedLine]) -> Iterator[Step]:
    """Yield the lines gathered so far, if there are any."""
    if rows:
        join_numbers(rows)
        yield Step("rows", columns, rows)


# ---- columns


def _columns_of_part(placed: PlacedRegion, part: Part, columns: Sequence[Column]) -> list[Column]:
    """Return where the columns of a part stand, before its words are sorted."""
    document = placed.around.document
    if part.header and not placed.is_laid_out and is_repeated(document, part.header, columns):
        return list(columns)
    furthest = min((each.words[0].left for each in part.lines), default=0.0)
    words = [each.words for each in part.lines if not is_whole(each.words, furthest)]
    if part.header:
        return columns_under(document, part.header, words)
    if placed.is_laid_out:
        return guess(document, columns, words, placed.around.is_category)
    return list(columns)


def _learn(placed: PlacedRegion, part: Part, columns: list[Column], share: ShareTexts) -> list[Column]:
    """Return the columns of a part, learned from the words that are sorted into them."""
    for _round in range(POSITIONS.rounds):
        ordinary = [
            each
            for each in part.lines
            if not starts_outside(columns, each.words) and not lies_across(columns, each.words)
        ]
        sorted_words = [_with_number(columns, _sort_line(columns, each)) for each in ordinary]
        columns = share(learn(placed.around.document, columns, sorted_words))
    return columns


# ---- lines


def _sort_line(columns: Sequence[Column], each: WordLine) -> SortedLine:
    """Return a line with its row number and its other words by column."""
    if not any(column.names == _NUMBER for column in columns):
        number, rest = _tight_number(each.words)
        if number is None:
            cells, cost = each.placed.assign(columns)
        elif rest:
            cells, cost = each.placed.like(rest).assign(columns)
        else:
            cells, cost = [[] for _column in columns], 0.0
        return SortedLine(each.line, each.words, number, cells, cost)
    glued = _cut_number(columns, each.words)
    if glued:
        cells, cost = each.placed.like(glued[1:]).assign(columns)
        if not any(cell for column, cell in zip(columns, cells, strict=True) if column.names == _NUMBER):
            return SortedLine(each.line, each.words, glued[0], cells, cost)
    cells, cost = each.placed.assign(columns)
    number = None
    for index, column in enumerate(columns):
        if column.names == _NUMBER and cells[index]:
            number = cells[index][0]
            cells[index] = []
    return SortedLine(each.line, each.words, number, cells, cost)


def _counts_anew(columns: Sequence[Column], each: WordLine) -> bool:
    """Tell whether a line that stands apart begins a row with the number 1."""
    number = _sort_line(columns, each).number if each.line.apart else None
    return number is not None and read_number(number.text) == 1


def _tight_number(words: Sequence[Word]) -> tuple[Word | None, list[Word]]:
    """Return a number with its sign at the start of a line, and the rest of the line."""
    match = _CELLS.row_number_tight.match(plain(words[0].text))
    if not match:
        return None, list(words)
    number, rest = _cut_word(words[0], match.end())
    return number, [*([rest] if rest.text else []), *words[1:]]


def _cut_number(columns: Sequence[Column], words: Sequence[Word]) -> list[Word]:
    """Return the words of a line whose number fills its column, cut off from the text beside it; else nothing."""
    first, second = columns[0], columns[1]
    match = _NUMBER_BEFORE_TEXT.match(words[0].text) if first.names == _NUMBER else None
    if not match or words[0].left >= first.right or words[0].right <= second.left:
        return []
    number, rest = _cut_word(words[0], match.end())
    return [number, rest, *words[1:]] if abs(rest.left - second.left) <= POSITIONS.wide else []


def _cut_word(word: Word, end: int) -> tuple[Word, Word]:
    """Return the two parts of a word of which the first has so many characters."""
    span, left, right, gap, text = word
    share = left + (right - left) * width(text[:end]) / width(text)
    before = Word(span._replace(end=span.start + end), left, share, gap, text[:end])
    return before, Word(span._replace(start=span.start + end), share, right, 0.0, text[end:])


def _with_number(columns: Sequence[Column], line: SortedLine) -> list[list[Word]]:
    """Return all words of a line by column."""
    pairs = zip(columns, line.cells, strict=True)
    return [[line.number] if column.names == _NUMBER and line.number else cell for column, cell in pairs]


def _placed_line(placed: PlacedRegion, columns: Sequence[Column], line: SortedLine) -> PlacedLine:
    """Return a line that rows are cut from."""
    return PlacedLine(
        line.number,
        line.cells,
        line.line.top / placed.unit,
        line.line.page,
        line.line.apart,
        line.line.ruled,
        cost=line.cost,
        category=_begins_category(placed, columns, line.cells),
    )


def _begins_category(placed: PlacedRegion, columns: Sequence[Column], cells: Sequence[Sequence[Word]]) -> bool:
    """Tell whether a category begins on a line."""
    is_category = placed.around.is_category
    for column, words in zip(columns, cells, strict=True):
        if words and "category" in column.names:
            text = placed.around.document.slice(fragment_of(words).span)
            before, slash, _after = plain(text).partition(_CELLS.slash)
            if is_category(text) or (slash and len(column.names) > 1 and is_category(before)):
                return True
    return False
