"""
The lines of one row -> its cells: of all ways to cut them, in the order of the columns, the one that fits best.

In: the lines of a region and where a row begins and ends. Out: `RowCut`, with how well it fits. A cell ends where a
line does, or at a blank before or behind what shows what it is: a date, a frequency. `marks` rates what fits.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from ....core.limits import check_time
from ...recognisers.columns import TELLING_FIELDS
from .lines import Point
from .marks import CellMarks
from .weights import KNOWN, NEVER, RUNNING


class RunningCell(NamedTuple):
    """The cell of a column from one point up to another."""

    column: str
    start: Point
    end: Point
    mark: float


class RowCut(NamedTuple):
    """
    The cells of a row in order, those of further parts after the first's; where they end; how well that fits.

    If a page end cuts the row, `rest` has what goes on its cells behind it.
    """

    mark: float
    cells: tuple[RunningCell, ...]
    end: Point
    rest: tuple[RunningCell, ...] = ()


class RowWay(NamedTuple):
    """The best way from a column and a point on: its mark, its first cell, the way behind that, where it ends."""

    mark: float
    cell: RunningCell | None
    rest: RowWay | None
    end: Point

    def cells(self) -> Iterator[RunningCell]:
        """Yield the cells along the way."""
        way: RowWay | None = self
        while way and way.cell:
            yield way.cell
            way = way.rest


class RowCutter:
    """
    Cuts the rows of a region; what one search has found out serves all rows that end at the same line.

    >>> from dcat_hk.reading.parsing.running.lines import RunningLines
    >>> texts = ["1 氣象／雨量", "讀數", "03/2021 每季 各區讀數", "(CSV)"]
    >>> lines = RunningLines(texts, ("name", "date", "frequency", "description"), {"氣象"}.__contains__)
    >>> [lines.between(cell.start, cell.end) for cell in RowCutter(CellMarks(lines)).cut((0, 2), 4).cells]
    [['氣象／雨量', '讀數'], ['03/2021'], ['每季'], ['各區讀數', '(CSV)']]
    """

    def __init__(self, marks: CellMarks) -> None:
        """Begin with no search."""
        self.marks = marks
        self._searches: dict[int, RowSearch] = {}

    def cut(self, start: Point, end: int) -> RowCut:
        """
        Return the best way to cut a row into the cells of the columns.

        Args:
            start: Behind the row's number.

            end: The line after the row's last.
        """
        search = self._searches.get(end)
        if search is None or not search.serves(start):
            search = self._searches[end] = RowSearch(self.marks, start, end)
            search.look_for_parts(start[0] + 1)
        way = search.best(0, start)
        return RowCut(way.mark, tuple(way.cells()), way.end)

    def forget(self, line: int) -> None:
        """
        Drop what is known of rows that end before a line.

        Args:
            line: Where the next row begins.
        """
        for end in [end for end in self._searches if end <= line]:
            del self._searches[end]


class RowSearch:
    """The search through a row, and rows in it that end with it; the best way from each column and point is kept."""

    def __init__(self, marks: CellMarks, start: Point, end: int) -> None:
        """Begin with no way."""
        self._marks = marks
        self._first = start
        self._end: Point = (end, 0)
        self._columns = columns = marks.lines.columns
        self._ways: dict[tuple[int, Point], RowWay] = {}
        self._cells: dict[tuple[str, Point], list[tuple[Point, float]]] = {}
        self._tell: dict[tuple[int, Point], bool] = {}
        self._line_ends: dict[tuple[int, int], list[Point]] = {}
        self._places: dict[int, list[Point]] = {}
        self._behind: dict[Point, RowWay] = {}
        self._open: set[Point] = set()
        names = [index for index, column in enumerate(columns) if column in {"name", "title"}]
        self._again = names[-1] + 1 if names else len(columns)
        while columns[self._again : self._again + 1] == ("other",):
            self._again += 1

    def serves(self, start: Point) -> bool:
        """
        Tell whether a row that begins at a point is searched as if by a search of its own.

        Behind a date and a frequency in a row's first line no further part begins, unlike behind those of other lines.

        Args:
            start: Behind the row's number.
        """
        return start >= self._first and not any(
            place > start and line <= start[0] for place, line in self._lines_of_parts.items()
        )

    def look_for_parts(self, first: int) -> None:
        """Look at the row's further parts, the last one first, so that no part waits for many others."""
        for point in reversed(self._parts):
            if point[0] > first:
                self._after(point)

    def best(self, index: int, start: Point) -> RowWay:
        """Return the best way from a column and a point on."""
        if index == len(self._columns):
            return self._after(start)
        key = (index, start)
        way = self._ways.get(key)
        if way is None:
            way = self._ways[key] = self._look(index, start)
        return way

    def _look(self, index: int, start: Point) -> RowWay:
        """Look for the best way from a column and a point on."""
        check_time()
        column = self._columns[index]
        best_mark, chosen, chosen_rest = NEVER * 2, None, None
        for end, mark in self._candidates(index, start):
            rest = self.best(index + 1, end)
            if mark + rest.mark > best_mark:
                best_mark, chosen, chosen_rest = mark + rest.mark, (end, mark), rest
        if chosen is None or chosen_rest is None:
            return RowWay(best_mark, None, None, start)
        return RowWay(best_mark, RunningCell(column, start, *chosen), chosen_rest, chosen_rest.end)

    def _after(self, start: Point) -> RowWay:
        """Return what comes behind the last column: nothing, a further part, or lines that belong to no cell."""
        if start >= self._end:
            return RowWay(0.0, None, None, start)
        many = len(self._open) > RUNNING.most_open_parts or start in self._open
        if many or start not in self._places_of_parts:
            return self._left(start)
        if start not in self._behind:
            self._behind[start] = self.part(start)
        return self._behind[start]

    def _left(self, start: Point) -> RowWay:
        """Return what it costs that all lines from one on belong to no cell."""
        return RowWay(-RUNNING.left * (self._end[0] - start[0] + 1), None, None, start)

    def part(self, start: Point) -> RowWay:
        """Return a further part of the row, which has a date and a frequency of its own."""
        left = self._left(start)
        self._open.add(start)
        part = self.best(self._again, start)
        self._open.discard(start)
        first = zip(part.cells(), range(len(self._columns) - self._again), strict=False)
        known = sum(cell.mark >= KNOWN and cell.column in {"date", "frequency"} for cell, _number in first)
        mark = part.mark - RUNNING.part
        return part._replace(mark=mark) if known == 2 and mark > left.mark else left

    def _candidates(self, index: int, start: Point) -> Iterator[tuple[Point, float]]:
        """Yield where a column's cell may end that begins at a point, and the marks of these cells."""
        column = self._columns[index]
        yield start, -RUNNING.empty[column]
        if start >= self._end:
            return
        if column in TELLING_FIELDS:
            yield from self._telling(column, start)
        for end in self._ends(index, start):
            mark, joint = self._marks.wordy(column, start, end)
            yield end, mark + (joint if end < self._end else 0.0)

    def _telling(self, column: str, start: Point) -> list[tuple[Point, float]]:
        """Return the cells from a point on that show by their words that they are of a column; none at the end."""
        key = (column, start)
        if key not in self._cells:
            cells = self._marks.telling(column, start, self._end) if start < self._end else []
            self._cells[key] = _longest_known(cells) if column == "category" else cells
        return self._cells[key]

    def _ends(self, index: int, start: Point) -> Iterable[Point]:
        """Return where a cell of words may end: inside its first line, at a line's end, before a telling cell."""
        column = self._columns[index]
        if column in {"date", "format", "category"}:
            return ()
        points = self._marks.lines.points(*start)
        if column == "frequency":
            return points[: RUNNING.most_ends_of_unknown_frequency]
        if column == "description":
            return self._ends_of_prose(index, start)
        last = min(start[0] + RUNNING.most_lines[column], self._end[0])
        ends = [end for end in points if not end[1] or self._opens(end) or self._tells(index, end)]
        for line in range(start[0] + 1, last):
            ends += self._ends_in_line(index, line)
        return ends

    def _ends_in_line(self, index: int, line: int) -> list[Point]:
        """Return where in a line after its first a cell of words may end."""
        key = (index, line)
        if key not in self._line_ends:
            points = self._marks.lines.points(line)
            self._line_ends[key] = [end for end in points if not end[1] or self._tells(index, end)]
        return self._line_ends[key]

    def _opens(self, point: Point) -> bool:
        """Tell whether a cell of words can begin inside a line: with no small Latin letter."""
        if point >= self._end:
            return True
        first = self._marks.lines.texts[point[0]][point[1]]
        return not (first.isascii() and first.islower())

    def _ends_of_prose(self, index: int, start: Point) -> Iterator[Point]:
        """Yield where a description may end: at the row's end, or where what follows can begin."""
        following = self._columns[index + 1 :]
        if all(RUNNING.empty[column] < KNOWN / 2 for column in following):
            yield self._end
        places = self._telling_points(index) if following else self._parts
        yield from places[bisect_right(places, start) :]

    def _telling_points(self, index: int) -> list[Point]:
        """Return all points of the row at which one of the next columns begins that show what they are."""
        if index not in self._places:
            line, offset = self._first
            points = {point for number in range(line + 1, self._end[0]) for point in self._marks.lines.points(number)}
            points |= set(self._marks.lines.points(line, offset)) if line < self._end[0] else set()
            self._places[index] = sorted(p for p in points if p < self._end and self._tells(index, p))
        return self._places[index]

    def _tells(self, index: int, point: Point) -> bool:
        """Tell whether at a point one of the next columns begins that show what they are, or cells of words do."""
        key = (index, point)
        if key not in self._tell:
            self._tell[key] = point < self._end and self._is_told(self._columns[index + 1 :], point)
        return self._tell[key]

    def _is_told(self, following: Sequence[str], point: Point) -> bool:
        """Tell whether at a point a cell of one of some columns shows what it is."""
        for column in following:
            if column not in TELLING_FIELDS:
                return False
            if self._telling(column, point):
                return True
            if RUNNING.empty[column] >= KNOWN:
                return False
        return False

    @cached_property
    def _parts(self) -> list[Point]:
        """The lines at which a further part can begin, in order."""
        return sorted(self._lines_of_parts)

    @cached_property
    def _lines_of_parts(self) -> dict[Point, int]:
        """
        The lines at which a further part can begin: with its date and frequency, or behind the ones before.

        Of each the last line is known in which a date and a frequency begin that show this.
        """
        telling = self._columns[self._again : self._again + 2]
        lines = range(self._first[0] + 1, self._end[0])
        if set(telling) == {"date", "frequency"}:
            return {(line, 0): line for line in lines if self._begins_part(telling, (line, 0))}
        last = self._columns[-2:]
        if set(last) != {"date", "frequency"}:
            return {}
        return {point: line for line in lines for point in self._ends_of_parts(last, line)}

    def _ends_of_parts(self, telling: Sequence[str], line: int) -> Iterator[Point]:
        """Yield the lines before which a date and a frequency end that are understood and begin in a line."""
        for start in ((line, 0), *self._marks.lines.points(line)[:-1]):
            ends = [end for end, mark in self._telling(telling[0], start) if mark >= KNOWN]
            for end in ends:
                for last, mark in self._telling(telling[1], end):
                    if mark >= KNOWN and not last[1] and last < self._end:
                        yield last

    @cached_property
    def _places_of_parts(self) -> frozenset[Point]:
        """The lines at which a further part of the row can begin."""
        return frozenset(self._parts) if self._again < len(self._columns) else frozenset()

    def _begins_part(self, telling: Sequence[str], point: Point) -> bool:
        """Tell whether a date and a frequency that are understood stand at a point."""
        ends = [end for end, mark in self._telling(telling[0], point) if mark >= KNOWN]
        return any(mark >= KNOWN for end in ends for _end, mark in self._telling(telling[1], end))


def _longest_known(cells: list[tuple[Point, float]]) -> list[tuple[Point, float]]:
    """Return cells from one point on, of those that are known categories the longest only: others are cut short."""
    last = max((end for end, mark in cells if mark > 0), default=None)
    return cells if last is None else [(end, mark) for end, mark in cells if mark <= 0 or end == last]
