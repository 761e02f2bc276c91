"""
The lines of one row -> its cells: of all ways to cut them, in the order of the columns, the one that fits best.

In: the lines of a region and where a row begins and ends. Out: `RowCut`, with how well it fits. A cell ends where a
line does, or at a blank before or behind what shows what it is: a date, a frequency. `scores` rates what fits.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from ....core.limits import check_time, count_steps
from ....core.text import plain
from ...recognisers.values import frequencies_in, is_none
from .scores import (
    KNOWN,
    NEVER,
    category_score,
    cell_text,
    date_score,
    format_score,
    frequency_score,
    is_formats,
    joint_score,
    name_score,
    note_score,
    wrapped_score,
)

#: A place in the lines: the line, and an offset in it.
Point = tuple[int, int]

#: Over how many lines a cell goes at most; a description goes on as long as it likes.
_MOST_LINES = {"name": 14, "category": 8, "title": 12, "other": 8, "date": 5, "frequency": 9, "format": 8}
_MOST_LINES["organisation"] = 8
#: What it costs that a cell is empty.
_EMPTY = {"name": -NEVER, "category": 8.0, "title": -NEVER, "other": 2.0, "organisation": 2.0}
_EMPTY |= {"date": 7.0, "frequency": 7.0, "format": 2.5, "description": 1.2}
#: Columns whose cells show by their words what they are.
_TELLING = frozenset({"date", "frequency", "format", "category"})
#: What it costs that a row has a further part, that a text is cut inside a line, that a line belongs to no cell.
_PART, _INSIDE, _LEFT = 3.0, 1.0, 3.0
#: A frequency is stated within so many letters of its cell.
_SOON = 30
#: A column's first line is looked at in no more than this many places.
_MOST_POINTS = 40


#: So many further parts of a row at most are looked at at one time.
_MOST_OPEN = 6


@dataclass(frozen=True, slots=True)
class RunningCell:
    """The cell of a column from one point up to another."""

    column: str
    start: Point
    end: Point
    mark: float


@dataclass(frozen=True, slots=True)
class RowCut:
    """The cells of a row in order, those of further parts after the first's; where they end; how well that fits."""

    mark: float
    cells: tuple[RunningCell, ...]
    end: Point


@dataclass(slots=True)
class RunningLines:
    """The lines of a region, its columns in order, and how wide each is, as far as that is known."""

    texts: Sequence[str]
    columns: tuple[str, ...]
    is_category: Callable[[str], bool]
    widths: Mapping[str, float] = field(default_factory=dict)

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


def cut_row(lines: RunningLines, start: Point, end: int) -> RowCut:
    """
    Return the best way to cut a row into the cells of the columns.

    Args:
        lines: The region.

        start: Behind the row's number.

        end: The line after the row's last.

    >>> texts = ["1 氣象／雨量", "讀數", "03/2021 每季 各區讀數", "(CSV)"]
    >>> lines = RunningLines(texts, ("name", "date", "frequency", "description"), {"氣象"}.__contains__)
    >>> [lines.between(cell.start, cell.end) for cell in cut_row(lines, (0, 2), 4).cells]
    [['氣象／雨量', '讀數'], ['03/2021'], ['每季'], ['各區讀數', '(CSV)']]
    """
    search = _Search(lines, start, end)
    search.look_for_parts(start[0] + 1)
    return search.best(0, start)


class _Search:
    """The search through one row; the best cut from each column and point is computed once."""

    def __init__(self, lines: RunningLines, start: Point, end: int) -> None:
        """Begin with no cut."""
        self._lines = lines
        self._first = start
        self._places: dict[tuple[str, ...], list[Point]] = {}
        self._end: Point = (end, 0)
        self._found: dict[tuple[int, Point], RowCut] = {}
        self._cells: dict[tuple[str, Point], list[RunningCell]] = {}
        self._open: set[Point] = set()
        columns = lines.columns
        names = [index for index, column in enumerate(columns) if column in {"name", "title"}]
        self._again = names[-1] + 1 if names else len(columns)
        self._marks: dict[str, Callable[[str], float]] = {
            "date": date_score,
            "frequency": frequency_score,
            "format": format_score,
            "category": partial(category_score, is_category=lines.is_category),
        }

    def look_for_parts(self, first: int) -> None:
        """Look at the row's further parts, the last one first, so that no part waits for many others."""
        for line in range(self._end[0] - 1, first, -1):
            if self._begins_part((line, 0)):
                self._after((line, 0))

    def best(self, index: int, start: Point) -> RowCut:
        """Return the best cells from a column and a point on."""
        key = (index, start)
        if index == len(self._lines.columns):
            return self._after(start)
        if key not in self._found:
            self._found[key] = self._best(index, start)
        return self._found[key]

    def _best(self, index: int, start: Point) -> RowCut:
        """Look for the best cells from a column and a point on."""
        best = RowCut(NEVER * 2, (), start)
        for cell in self._candidates(index, start):
            rest = self.best(index + 1, cell.end)
            mark = cell.mark + rest.mark
            if mark > best.mark:
                best = RowCut(mark, (cell, *rest.cells), rest.end)
        return best

    def _after(self, start: Point) -> RowCut:
        """Return what comes behind the last column: nothing, a further part, or lines that belong to no cell."""
        if start >= self._end:
            return RowCut(0.0, (), start)
        left = RowCut(-_LEFT * (self._end[0] - start[0] + 1), (), start)
        if start[1] or self._again >= len(self._lines.columns) or len(self._open) > _MOST_OPEN or start in self._open:
            return left
        self._open.add(start)
        part = self.best(self._again, start)
        self._open.discard(start)
        dated = [cell for cell in part.cells[: len(self._lines.columns) - self._again] if cell.mark >= KNOWN]
        whole = len(dated) == 2 and part.mark - _PART > left.mark
        return RowCut(part.mark - _PART, part.cells, part.end) if whole else left

    def _candidates(self, index: int, start: Point) -> Iterator[RunningCell]:
        """Yield the ways in which a column's cell may go on from a point."""
        check_time()
        column = self._lines.columns[index]
        yield RunningCell(column, start, start, -_EMPTY[column])
        if start >= self._end:
            return
        if column in _TELLING:
            yield from self._telling(column, start)
        for end in self._ends(index, start):
            yield self._wordy(column, start, end)

    def _telling(self, column: str, start: Point) -> list[RunningCell]:
        """Return the cells from a point on that show by their words that they are of a column."""
        key = (column, start)
        if key not in self._cells:
            self._cells[key] = list(self._look(column, start))
        return self._cells[key]

    def _look(self, column: str, start: Point) -> Iterator[RunningCell]:
        """Look for the cells from a point on that are of a column."""
        last = min(start[0] + _MOST_LINES[column], self._end[0])
        if column == "frequency" and not self._speaks(start, last):
            return
        for line in range(start[0], last):
            for end in self._points(line, start):
                if line > start[0] and end[1] and not self._closes(end):
                    continue
                pieces = self._lines.between(start, end)
                mark = self._marks[column](cell_text(pieces))
                if mark > NEVER:
                    inside = _INSIDE if end[1] and len(pieces) > 1 else 0.0
                    yield RunningCell(column, start, end, mark - inside + self._joint(pieces, end) + 0.01 * len(pieces))

    def _speaks(self, start: Point, last: int) -> bool:
        """Tell whether a frequency is stated soon behind a point, or words say that there is none."""
        text = cell_text(self._lines.between(start, (last, 0)))[: 2 * _SOON]
        return is_none((text.split() or [""])[0]) or any(first < _SOON for first, _end in frequencies_in(text))

    def _closes(self, end: Point) -> bool:
        """Tell whether a bracket is closed before a point."""
        return plain(self._lines.texts[end[0]][: end[1]]).rstrip().endswith((")", "]"))

    def _points(self, line: int, start: Point) -> Iterator[Point]:
        """Yield the places in a line behind a point where a cell may end."""
        text = self._lines.texts[line]
        first = start[1] + 1 if line == start[0] else 1
        places = [place for place in range(first, len(text)) if text[place].isspace()][:_MOST_POINTS]
        count_steps(len(places) + 1)
        for place in places:
            if not text[place - 1].isspace():
                yield self._lines.following(line, place)
        yield (line + 1, 0)

    def _ends(self, index: int, start: Point) -> Iterator[Point]:
        """Yield where a cell of words may end: inside its first line, at a line's end, before a telling cell."""
        column = self._lines.columns[index]
        following = self._lines.columns[index + 1 :]
        if column in {"date", "format"}:
            return
        if column == "frequency":
            yield from list(self._points(start[0], start))[:6]
            return
        if column == "description":
            yield from self._ends_of_prose(following, start)
            return
        last = min(start[0] + _MOST_LINES[column], self._end[0])
        for line in range(start[0], last):
            for end in self._points(line, start):
                if not end[1] or (line == start[0] and self._opens(end)) or self._tells(following, end):
                    yield end

    def _opens(self, point: Point) -> bool:
        """Tell whether a cell of words can begin inside a line: with no small Latin letter."""
        text = self._lines.texts[point[0]]
        return point >= self._end or not (text[point[1]].isascii() and text[point[1]].islower())

    def _ends_of_prose(self, following: Sequence[str], start: Point) -> Iterator[Point]:
        """Yield where a description may end: at the row's end, or where what follows can begin."""
        last = not following or all(_EMPTY[column] < KNOWN / 2 for column in following)
        if last:
            yield self._end
        if following:
            places = self._telling_points(tuple(following))
            yield from places[bisect_right(places, start) :]
            return
        for line in range(start[0] + 1, self._end[0]):
            if self._begins_part((line, 0)):
                yield (line, 0)

    def _telling_points(self, following: tuple[str, ...]) -> list[Point]:
        """Return all points of the row at which one of the next columns begins that show what they are."""
        if following not in self._places:
            first = (self._first[0], self._first[1])
            lines = range(first[0], self._end[0])
            places = {point for line in lines for point in self._points(line, first)} - {self._end}
            self._places[following] = sorted(point for point in places if self._tells(following, point))
        return self._places[following]

    def _tells(self, following: Sequence[str], point: Point) -> bool:
        """Tell whether at a point one of the next columns begins that show what they are, or cells of words do."""
        if point >= self._end:
            return False
        for column in following:
            if column not in _TELLING:
                return False
            if self._telling(column, point):
                return True
            if _EMPTY[column] >= KNOWN:
                return False
        return False

    def _begins_part(self, point: Point) -> bool:
        """Tell whether a further part of the row can begin at a point: with a date and frequency of its own."""
        telling = self._lines.columns[self._again : self._again + 2]
        if set(telling) != {"date", "frequency"}:
            return False
        first = [cell for cell in self._telling(telling[0], point) if cell.mark >= KNOWN]
        return any(other.mark >= KNOWN for cell in first for other in self._telling_at(telling[1], cell.end))

    def _telling_at(self, column: str, point: Point) -> list[RunningCell]:
        """Return the telling cells at a point, none at the row's end."""
        return self._telling(column, point) if point < self._end else []

    def _wordy(self, column: str, start: Point, end: Point) -> RunningCell:
        """Return a cell of words with its mark."""
        pieces = self._lines.between(start, end)
        text = cell_text(pieces[:6] if column == "description" else pieces)
        if column == "frequency":
            return RunningCell(column, start, end, -_EMPTY["frequency"] + 1 if _is_short(text) else NEVER)
        if column == "category":
            return RunningCell(column, start, end, category_score(text, self._lines.is_category))
        mark = wrapped_score(pieces, self._lines.widths.get(column, 0.0), column == "description")
        if column == "name":
            mark += name_score(text, self._lines.is_category)
        if column == "title" and not any(character.isalnum() for character in text):
            return RunningCell(column, start, end, NEVER)
        if column == "description":
            mark += note_score(text)
        if column != "description" and is_formats(text):
            mark -= 2.0
        if end[1] and len(pieces) > 1:
            mark -= _INSIDE
        return RunningCell(column, start, end, mark + self._joint(pieces, end))

    def _joint(self, pieces: Sequence[str], end: Point) -> float:
        """Return what it costs that a cell ends at a point and another begins."""
        if end >= self._end:
            return 0.0
        return joint_score(cell_text(pieces[-3:]), self._lines.texts[end[0]][end[1] :])


def _is_short(text: str) -> bool:
    """Tell whether a text can be a frequency in words that are not known: a few, of one line."""
    return len(text) <= 12 and not set(plain(text)) & set(",.:;()")
