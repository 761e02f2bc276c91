"""
Where the rows of a table begin whose cells follow one another in lines.

In: the lines of a region, without its headers. Out: rows, each cut into cells. Of all ways to take lines that begin
with a number as rows, that one is taken in which rows fit their columns best and numbers come in turn: the items of a
list in a remark are no rows, because no row would fit there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ....core.limits import check_time
from ....core.text import plain, width
from ....core.wording.plans import load_plan_wording
from ...recognisers.values import date_at
from .cells import RowCut, RowCutter
from .continuing import cut_across_pages
from .lines import Point, RunningLines
from .marks import CellMarks
from .scores import cell_text, colons_in, date_score, is_heading
from .unknown import repeated_values
from .weights import KNOWN, NEVER, RUNNING

_WORDING = load_plan_wording()
_CELLS = _WORDING.cells
#: Signs behind which a description does not go on.
_ENDS_OF_SENTENCES = (".", "。", ")")
_BLANKS_AND_END = re.compile(r"\s+|$")
#: A row's number at the beginning of a line.
_ROW_NUMBER = re.compile(rf"{_CELLS.row_number.pattern}(?:(?<=\s)|\s++|$)|{_CELLS.row_number_tight.pattern}")

#: A code in place of a number; its letters are capitals.
_ROW_CODE = re.compile(rf"{_CELLS.row_code.pattern}(?=\s|$)")
#: A number that is part of a word: "3D models", "5G base stations".
_WORD_WITH_NUMBER = re.compile(r"\s*+\d++[A-Z]\s")


@dataclass(frozen=True, slots=True)
class RowStart:
    """A line that begins with a number and may open a row: its number, what follows, whether that is a category."""

    line: int
    number: int
    point: Point
    known: bool


@dataclass(frozen=True, slots=True)
class RunningRow:
    """A row: where it starts, the line after its last, how many lines of a heading or note follow, its cells."""

    start: RowStart
    end: int
    heading: int
    cut: RowCut


Group = Callable[[str], bool]


def find_rows(lines: RunningLines, is_group: Group) -> list[RunningRow]:
    """
    Return the rows of a region.

    How wide the columns are is learnt from a first look, and used in a second.

    Args:
        lines: The region.

        is_group: Tells whether a text can be the heading of a group of rows.

    >>> texts = ["1 氣象／雨量", "03/2021 每季 包括：", "1. 甲", "2. 乙", "2 氣象／潮汐", "03/2021 每月 (CSV)"]
    >>> lines = RunningLines(texts, ("name", "date", "frequency", "description"), {"氣象"}.__contains__)
    >>> [(row.start.line, row.end) for row in find_rows(lines, lambda text: False)]
    [(0, 4), (4, 6)]
    """
    starts = list(_starts(lines))
    categorised = "category" in lines.columns and any(start.known for start in starts)
    marks = CellMarks(lines, many=len(starts) > RUNNING.most_starts, categorised=categorised)
    rows = _chain(marks, starts, is_group)
    widths = _widths(lines, rows)
    values = repeated_values(_cells_by_column(lines, rows)) if "other" in lines.columns else frozenset()
    if widths or values:
        return _chain(CellMarks(lines, widths, marks, values=values), starts, is_group)
    if len(rows) >= RUNNING.rows_without_wraps and any(row.cut.end == (row.end - 1, 0) for row in rows):
        return _chain(CellMarks(lines, None, marks, wraps=False), starts, is_group)
    return rows


def opens_row(text: str) -> bool:
    """
    Tell whether a line begins with a number, as a row does.

    >>> opens_row("(3) 運輸"), opens_row("12"), opens_row("2019 年以前")
    (True, True, False)
    """
    return bool(_ROW_NUMBER.match(plain(text)))


def find_codes(texts: Sequence[str]) -> dict[int, re.Match[str]]:
    """
    Return the lines that begin with a code in place of a number: codes whose numbers come in turn.

    Where a line begins with the number one, numbers are no codes.

    Args:
        texts: The lines of a region.

    >>> sorted(find_codes(["HD-001 Transport", "Stands", "HD-002 Housing"])), find_codes(["CO2 levels", "of air"])
    ([0, 2], {})
    """
    codes: dict[int, re.Match[str]] = {}
    series: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        match = _ROW_CODE.match(folded := plain(text))
        if match and text[: match.end("code")].isupper() and not date_at(folded):
            codes[index] = match
            series.setdefault(match["code"], []).append(int(match["number"]))
        elif (number := _ROW_NUMBER.match(folded)) and int(number["number"] or number["tight"]) == 1:
            return {}
    turns = {code for code, numbers in series.items() if _is_turn(numbers)}
    return {index: match for index, match in codes.items() if match["code"] in turns}


def _is_turn(numbers: Sequence[int]) -> bool:
    """Tell whether numbers come one after the other; a single one is the first."""
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and (len(numbers) > 1 or numbers[0] == 1)


def _starts(lines: RunningLines) -> Iterator[RowStart]:
    """Yield the lines that may begin rows."""
    codes = find_codes(lines.texts)
    for index, text in enumerate(lines.texts):
        match = codes.get(index) if codes else _ROW_NUMBER.match(plain(text))
        if match:
            point = lines.following(index, match.end())
            known = _has_category(lines, point)
            if known or not _WORD_WITH_NUMBER.match(text):
                yield RowStart(index, int(match["number"] or match["tight"]), point, known)


def _has_category(lines: RunningLines, point: Point) -> bool:
    """Tell whether a known category stands at a point."""
    before: list[str] = []
    for line in range(point[0], min(point[0] + RUNNING.lines_to_category, len(lines.texts))):
        text = lines.texts[line][point[1] if line == point[0] else 0 :]
        blanks = (
            [match.start() for match in _BLANKS_AND_END.finditer(text)][: RUNNING.blanks_to_category]
            if "category" in lines.columns
            else []
        )
        slashes = [place for place, sign in enumerate(plain(text)) if sign == _CELLS.slash]
        if any(
            lines.is_category(cell_text([*before, text[:place]]))
            for place in (*blanks, *slashes, *colons_in(plain(text)))
        ):
            return True
        if slashes and "category" not in lines.columns:
            return False
        before.append(text)
    return False


# ---- the chain of rows


@dataclass(frozen=True, slots=True)
class _RowChain:
    """The best way to the beginning of a row, or to the end: how good it is, the row before, from which start."""

    mark: float
    row: RunningRow | None
    before: int


def _chain(marks: CellMarks, starts: Sequence[RowStart], is_group: Group) -> list[RunningRow]:
    """Return the rows that fit best all together."""
    ways: dict[int, _RowChain] = {}
    most_ends = RUNNING.most_ends_of_many if marks.many else RUNNING.most_ends
    for index, start in enumerate(starts):
        ways[index] = _RowChain(RUNNING.in_turn if start.number == 1 else -RUNNING.gap, None, -1)
        if start.known:
            break
    looked = _RowLook(marks, starts, is_group)
    for index in range(len(starts)):
        if index not in ways:
            continue
        looked.forget(starts[index].line)
        for other in _ends(starts, index, most_ends):
            row = looked.row(index, other)
            mark = ways[index].mark + row.cut.mark
            mark += _turn(starts[index], starts[other]) if other < len(starts) else 0.0
            if other not in ways or mark > ways[other].mark:
                ways[other] = _RowChain(mark, row, index)
            if looked.ends_row(index, other, most_ends):
                break
    rows: list[RunningRow] = []
    place = len(starts)
    while place in ways and (row_before := ways[place].row):
        rows.append(row_before)
        place = ways[place].before
    return rows[::-1]


class _RowLook:
    """The rows that were looked at, each once."""

    def __init__(self, marks: CellMarks, starts: Sequence[RowStart], is_group: Group) -> None:
        """Begin with none."""
        self._starts = starts
        self._is_group = is_group
        self._cutter = RowCutter(marks)
        self._rows: dict[tuple[int, int], RunningRow] = {}

    def forget(self, line: int) -> None:
        """Drop what is known of rows that end before a line."""
        self._cutter.forget(line)

    def row(self, index: int, other: int) -> RunningRow:
        """Return the row from one start to another, or to the region's end."""
        if (index, other) not in self._rows:
            texts = self._cutter.marks.lines.texts
            end = self._starts[other].line if other < len(self._starts) else len(texts)
            self._rows[index, other] = _row(self._cutter, self._starts[index], end, self._is_group)
        return self._rows[index, other]

    def ends_row(self, index: int, other: int, most: int) -> bool:
        """
        Tell whether a row ends at a start without doubt.

        The next number begins a whole row, and this row is whole or the one after the next is. Ends further down would
        only join rows; items of a list in a remark are not whole.
        """
        if not self._begins_next(index, other, most):
            return False
        return _is_whole(self.row(index, other)) or self._begins_next(other, self._nearest(other, most), most)

    def _begins_next(self, index: int, other: int, most: int) -> bool:
        """Tell whether a start has the number after that of another one and begins a whole row."""
        starts = self._starts
        if other >= len(starts) or starts[other].number != starts[index].number + 1:
            return False
        return _is_whole(self.row(other, self._nearest(other, most)))

    def _nearest(self, index: int, most: int) -> int:
        """Return the first start at which a row may end."""
        return next(_ends(self._starts, index, most))


def _is_whole(row: RunningRow) -> bool:
    """Tell whether a row has one date and one frequency that are understood, and no lines that belong to no cell."""
    values = [cell for cell in row.cut.cells if cell.column in {"date", "frequency"}]
    if row.cut.rest or row.cut.end < (row.end, 0) or len(values) != 2:
        return False
    return row.cut.mark >= RUNNING.certain and all(cell.mark >= KNOWN for cell in values)


def _ends(starts: Sequence[RowStart], index: int, most: int) -> Iterator[int]:
    """Yield the starts at which a row may end: up to the next with a known category; or the region's end."""
    last = min(index + most, len(starts))
    for other in range(index + 1, last):
        yield other
        if starts[other].known and starts[other].number > starts[index].number:
            return
    yield last


def _turn(start: RowStart, following: RowStart) -> float:
    """Return what it is worth that one number follows another."""
    if following.number == start.number + 1:
        return RUNNING.in_turn
    return -RUNNING.gap if following.number > start.number else -RUNNING.back


def _row(cutter: RowCutter, start: RowStart, end: int, is_group: Group) -> RunningRow:
    """Return a row cut into cells, without the heading or note that stands behind it."""
    check_time()
    marks, texts = cutter.marks, cutter.marks.lines.texts
    foot = _note(marks, start, end) if end == len(texts) else 0
    end = min(end - foot, start.line + RUNNING.most_lines_of_row)
    if marks.many and not marks.states_value(start.line, end):
        return RunningRow(start, end, foot, RowCut(RUNNING.no_value, (), start.point))
    cut = cut_across_pages(cutter, start.point, end, cutter.cut(start.point, end))
    if cut.rest:
        return RunningRow(start, end, foot, cut)
    for count in (1, 2):
        first = end - count
        if first > start.line and is_group(cell_text(texts[first:end])):
            bare = cutter.cut(start.point, first)
            if _ends_before(marks, bare, first):
                return RunningRow(start, first, count + foot, bare)
    if _stands_apart(marks, cut, end):
        return RunningRow(start, end - 1, 1, cutter.cut(start.point, end - 1))
    return RunningRow(start, end, foot, cut)


def _stands_apart(marks: CellMarks, cut: RowCut, end: int) -> bool:
    """
    Tell whether the line before the next row is a heading in words that are not known.

    The row before it is whole, its last column holds dates or frequencies, and the line is wider than this column, or
    no cell of the table goes over lines.
    Behind the end of a page it can be the rest of a cell as well.
    """
    line, last = end - 1, marks.lines.columns[-1]
    whole = {cell.column for cell in cut.cells if cell.column in {"date", "frequency"} and cell.mark >= KNOWN}
    if end >= len(marks.lines.texts) or line in marks.lines.breaks or cut.end != (line, 0) or len(whole) < 2:
        return False
    if last not in whole or not is_heading(marks.lines.texts[line]):
        return False
    if not marks.wraps:
        return True
    pieces = [piece for cell in cut.cells if cell.column == last for piece in marks.lines.between(cell.start, cell.end)]
    return width(marks.lines.texts[line]) > max(marks.widths.get(last, 0.0), *map(width, pieces))


def _ends_before(marks: CellMarks, cut: RowCut, line: int) -> bool:
    """Tell whether a row is complete before a line: with a date or frequency, its last cell not in mid-sentence."""
    has_value = any(cell.column in {"date", "frequency"} and cell.mark > 0 for cell in cut.cells)
    edge = marks.widths.get("description", 0.0)
    if not has_value or cut.end[0] < line:
        return False
    if not cut.cells or cut.cells[-1].column != "description" or not edge:
        return True
    last = marks.lines.between(cut.cells[-1].start, cut.cells[-1].end)
    return not last or width(last[-1]) + RUNNING.shorter <= edge or plain(last[-1]).endswith(_ENDS_OF_SENTENCES)


def _note(marks: CellMarks, start: RowStart, end: int) -> int:
    """Return how many lines at a table's end are a note to it: they go beyond the last column, or stand behind it."""
    texts = marks.lines.texts
    edge = marks.widths.get("description", 0.0)
    widest = RUNNING.beyond * edge + RUNNING.beyond_widths
    for index in range(start.line + 1, end):
        if _CELLS.note.match(plain(texts[index])):
            wide = edge and any(width(text) > widest for text in texts[index:end])
            is_explained = texts[index].startswith(_WORDING.marks.footnote)
            if wide or is_explained or marks.lines.columns[-1] != "description":
                return end - index
    return 0


def _cells_by_column(lines: RunningLines, rows: Sequence[RunningRow]) -> Iterator[dict[str, list[str]]]:
    """Yield of each row that is sure the lines of its cells by column, without its further parts."""
    for row in rows:
        if row.cut.mark >= RUNNING.sure:
            yield {cell.column: lines.between(cell.start, cell.end) for cell in reversed(row.cut.cells)}


def _widths(lines: RunningLines, rows: Sequence[RunningRow]) -> dict[str, float]:
    """Return how wide the lines of each column are that was wrapped anywhere."""
    widths_of_lines: dict[str, list[int]] = {}
    wrapped: set[str] = set()
    for row in rows:
        for cell in row.cut.cells if row.cut.mark >= RUNNING.sure else ():
            pieces = lines.between(cell.start, cell.end)
            widths_of_lines.setdefault(cell.column, []).extend(map(width, pieces))
            wrapped |= {cell.column} if len(pieces) > 1 else set()
    sorted_widths = {column: sorted(widths) for column, widths in widths_of_lines.items() if column in wrapped}
    return {
        column: float(widths[int((len(widths) - 1) * RUNNING.narrower)]) for column, widths in sorted_widths.items()
    }


def is_sound(row: RunningRow, ordered: bool = True) -> bool:
    """
    Tell whether a row has a name and a date or frequency that are understood.

    Args:
        row: A row.

        ordered: Whether the region's cells stand in the order of its columns; if not, a row must have all it needs and
            no further parts, which can be cells of other rows.
    """
    understood = {cell.column for cell in row.cut.cells if cell.column in {"date", "frequency"} and cell.mark > 0}
    if ordered:
        return row.cut.mark > NEVER / 2 and bool(understood)
    parts = sum(cell.column == "date" for cell in row.cut.cells)
    return row.cut.mark > RUNNING.whole and len(understood) > 1 and parts < 2


def stacked(lines: RunningLines) -> list[int]:
    """
    Return lines that are a number or a date like the line above: columns were written one after the other there.

    Args:
        lines: The region.

    >>> stacked(RunningLines(["1", "2", "運輸／甲", "03/2021", "04/2021"], ("name",), lambda text: False))
    [1, 4]
    """
    alone = {start.line: start.number for start in _starts(lines) if start.point[0] > start.line}
    numbers = [line for line, number in alone.items() if alone.get(line - 1) == number - 1]
    dates = {
        line
        for line, text in enumerate(lines.texts)
        if len(text) < RUNNING.longest_date_alone and date_score(text) >= KNOWN
    }
    return sorted({*numbers, *(line for line in dates if line - 1 in dates)})


def is_in_order(lines: RunningLines, rows: Sequence[RunningRow]) -> bool:
    """
    Tell whether the rows fit the columns: if not, whole columns were written one after the other.

    Args:
        lines: The region.

        rows: Its rows.
    """
    whole = [row for row in rows if is_sound(row, ordered=False)]
    return not stacked(lines) and (2 * len(whole) >= len(rows) or all(map(is_sound, rows)))


def is_near(row: RunningRow, places: Sequence[int]) -> bool:
    """Tell whether a row holds one of some lines, or stands beside one."""
    return any(row.start.line - RUNNING.beside <= place < row.end + RUNNING.beside for place in places)
