"""
Rows that a page end cuts: behind it the cells go on that are not whole yet, in the order of the columns.

In: the cells of a row before a page end, and the lines behind it. Out: `RowCut` with what goes on. A row is joined
only if its words show that it goes on; else the lines behind the page end are left over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ....core.text import plain
from .cells import RowCut, RowCutter, RowSearch, RowWay, RunningCell
from .lines import Point
from .marks import CellMarks
from .scores import cell_text, is_formats, joint_score
from .unknown import unknown_score
from .weights import KNOWN, RUNNING

#: Columns with values that no page end cuts: a row goes on behind them.
_VALUES = frozenset({"date", "frequency"})
_ENDS = (".", "。", ")")


def cut_across_pages(cutter: RowCutter, start: Point, end: int, cut: RowCut) -> RowCut:
    """
    Return how a row is cut if it goes on behind a page end, the cut that is given if that fits better.

    Args:
        cutter: Cuts the rows of the region.

        start: Behind the row's number.

        end: The line after the row's last.

        cut: How the row is cut if its cells follow one another only once.
    """
    marks = cutter.marks
    best, columns = cut, marks.lines.columns
    if not marks.lines.breaks or columns[-1] not in _VALUES:
        return cut
    lines = [line for line in range(start[0] + 1, end) if line in marks.lines.breaks]
    for line in lines[: RUNNING.most_page_ends]:
        head, behind = _read_head(cutter, start, line, end)
        whole = {cell.column for cell in head.cells if cell.column in _VALUES and cell.mark >= KNOWN}
        if head.end != (line, 0) or whole != _VALUES:
            continue
        search = _Rest(marks, head.cells, behind, end)
        way = search.best(int(behind != (line, 0)), behind)
        cells = (*_category((line, 0), behind), *way.cells())
        mark = head.mark + way.mark - RUNNING.part
        if way.end == (end, 0) and mark > best.mark and search.goes_on(cells[: len(columns)]):
            best = RowCut(mark, head.cells + cells[len(columns) :], way.end, cells[: len(columns)])
    return best


def _read_head(cutter: RowCutter, start: Point, line: int, end: int) -> tuple[RowCut, Point]:
    """Return the cells before a page end, and where those behind it go on: behind a category that it cuts."""
    marks, head = cutter.marks, cutter.cut(start, line)
    first = head.cells[0] if head.cells else None
    if not first or first.column != "category" or first.mark > 0:
        return head, (line, 0)
    ends = [(below, 0) for below in range(min(line + RUNNING.lines_to_category, end), line, -1)]
    # The rest of the category and that of the next cell may stand on one line.
    ends += marks.lines.points(line)[RUNNING.blanks_to_category :: -1]
    for above in range(min(start[0] + RUNNING.lines_to_category, line), start[0], -1):
        for below in ends:
            between = marks.lines.between
            if marks.lines.is_category(cell_text([*between(start, (above, 0)), *between((line, 0), below)])):
                search = RowSearch(marks, start, line)
                way = search.best(1, (above, 0))
                cells = (*_category(start, (above, 0)), *way.cells())
                return RowCut(way.mark + KNOWN, cells, way.end), below
    return RowCut(head.mark, (), start), (line, 0)


def _category(start: Point, end: Point) -> tuple[RunningCell, ...]:
    """Return the part of a category that stands between two points, no cell if there is none."""
    return (RunningCell("category", start, end, KNOWN),) if start != end else ()


class _Rest(RowSearch):
    """The search through what stands behind a page end: cells that go on, then further parts of the row."""

    def __init__(self, marks: CellMarks, cells: Iterable[RunningCell], start: Point, end: int) -> None:
        """Keep what stands before the page end."""
        super().__init__(marks, start, end)
        self._parts_behind = RowSearch(marks, start, end)
        self._parts_behind.look_for_parts(start[0])
        between = marks.lines.between
        self._before: Mapping[str, list[str]] = {
            cell.column: between(cell.start, cell.end) for cell in reversed(tuple(cells))
        }

    def goes_on(self, cells: Iterable[RunningCell]) -> bool:
        """Tell whether the words of cells behind the page end show that they go on."""
        for cell in cells:
            behind = self._marks.lines.between(cell.start, cell.end)
            before = self._before.get(cell.column, [])
            if not behind:
                continue
            if cell.column == "category" or (cell.column == "format" and is_formats(cell_text(behind))):
                return True
            if before and joint_score(cell_text(before), behind[0]) < 0:
                return True
            ended = [plain(text).rstrip().endswith(_ENDS) for text in (cell_text(before), behind[-1])]
            if cell.column == "description" and ended == [False, True]:
                return True
        return False

    def _text(self, column: str, *further: str) -> str:
        """Return the text of a cell with what may go on it."""
        return cell_text([*self._before.get(column, []), *further])

    def _after(self, start: Point) -> RowWay:
        """Return what comes behind the cells that go on: nothing, or further parts."""
        if start >= self._end:
            return RowWay(0.0, None, None, start)
        return self._left(start) if start[1] else self._parts_behind.part(start)

    def _candidates(self, index: int, start: Point) -> Iterator[tuple[Point, float]]:
        """Yield where what goes on a cell may end."""
        column = self._columns[index]
        yield start, 0.0
        if start >= self._end or column in _VALUES or column == "category":
            return
        if column == "format":
            yield from self._telling(column, start)
            return
        for end in self._ends(index, start):
            if column != "other" or self._completes(start, end):
                mark, joint = self._marks.wordy(column, start, end)
                last = cell_text(self._marks.lines.between(start, end)[-1:])
                mark -= RUNNING.cut if column != "description" and plain(last).endswith(_ENDS[:2]) else 0.0
                yield end, mark + (joint if end < self._end else 0.0)

    def _completes(self, start: Point, end: Point) -> bool:
        """Tell whether a cell of an unknown column ends as its label does only with what stands behind the page end."""
        texts = (self._text("other"), self._text("other", *self._marks.lines.between(start, end)))
        before, whole = (unknown_score(text, self._marks.lines.unknown, frozenset()) for text in texts)
        return bool(texts[0]) and whole > before

    def _ends(self, index: int, start: Point) -> Iterable[Point]:
        """Return where what goes on may end: in its first line, at a line's end, before formats."""
        most = RUNNING.most_lines.get(self._columns[index], RUNNING.most_lines_of_row)
        last = min(start[0] + most, self._end[0])
        ends = [end for end in self._marks.lines.points(*start) if end <= self._end]
        for line in range(start[0] + 1, last):
            points = self._marks.lines.points(line)
            ends += [end for end in points if not end[1] or (end < self._end and self._telling("format", end))]
        return ends
