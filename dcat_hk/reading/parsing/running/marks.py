"""
The marks of cells that may be: each is computed once, however many ways to cut rows it is part of.

In: the lines of a region, and how wide its columns are as far as that is known. Out: marks, in points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from ....core.limits import count_steps
from ....core.text import collapse, plain
from ....core.wording.characters import IDEOGRAPH
from ...recognisers.values import begins_with_none, is_none, may_state_date, states_frequency_before
from .celltexts import CellText, CellTexts
from .lines import Point, RunningLines
from .scores import (
    category_score,
    date_score,
    format_score,
    frequency_score,
    has_brackets,
    is_formats,
    joint_score,
    name_score,
    note_score,
)
from .unknown import unknown_score
from .weights import NEVER, RUNNING
from .wrapping import Wrapping

#: A blank between two ideographs: nothing but the border of two cells makes one.
_BLANK_INSIDE = re.compile(rf"(?<={IDEOGRAPH.pattern})\s+(?={IDEOGRAPH.pattern})")
_BRACKET_AT_END = re.compile(r"\(([^()]*)\)$")
#: Letters, without notes, of the longest cells of columns whose text is measured so.
_LONGEST = {"date": RUNNING.longest_date, "frequency": RUNNING.longest_frequency}
#: Where a cell ends, its mark with what comes before the next cell, and its mark at the end of the row.
MarkedEnd = tuple[Point, float, float]


class CellMarks:
    """
    The marks of the cells of a region.

    Args:
        lines: The region.

        widths: How wide the columns are that were wrapped anywhere.

        known: Marks of the same region that do not depend on widths.

        many: Whether more lines begin with numbers than a table has rows.

        values: What stands in an unknown column in several rows, folded.

        categorised: Whether rows state known categories, so that a row without one has rather none than an unknown one.

        wraps: Whether cells may go over lines; no longer once a first look has found none that does.
    """

    def __init__(
        self,
        lines: RunningLines,
        widths: Mapping[str, float] | None = None,
        known: CellMarks | None = None,
        many: bool = False,
        values: frozenset[str] = frozenset(),
        categorised: bool = False,
        wraps: bool = True,
    ) -> None:
        """Begin with no marks, or with those that are known."""
        self.lines = lines
        self.widths = widths or {}
        self._values_of_unknown = values
        self.wraps = wraps
        self.many: bool = known.many if known else many
        self._categorised: bool = known._categorised if known else categorised
        self._wrapping: Wrapping = known._wrapping if known else Wrapping(lines.texts)
        self._telling: dict[tuple[str, Point], _TellingCells] = known._telling if known else {}
        self._speaking: dict[tuple[Point, int], bool] = known._speaking if known else {}
        self._joints: dict[tuple[Point, Point], float] = known._joints if known else {}
        self._cells: CellTexts = known._cells if known else CellTexts(lines.texts)
        self._texts: dict[tuple[Point, Point], CellText] = known._texts if known else {}
        self._openings: dict[tuple[Point, Point], float] = known._openings if known else {}
        self._values: list[int] = known._values if known else [0]
        self._lengths: list[int] = known._lengths if known else [len(collapse(text)) for text in lines.texts]
        self._costs: dict[tuple[str, Point, Point], tuple[float, ...]] = known._costs if known else {}
        self._wordy: dict[tuple[str, Point, Point], tuple[float, float]] = {}
        self._scores: Mapping[str, Callable[[str], float]] = {
            "date": date_score,
            "frequency": frequency_score,
            "format": format_score,
            "category": partial(category_score, is_category=lines.is_category, categorised=self._categorised),
        }

    def telling(self, column: str, start: Point, end: Point) -> list[tuple[Point, float]]:
        """
        Return the cells from a point on that show by their words that they are of a column: ends and marks.

        Args:
            column: One whose cells show what they are.

            start: The cell's first point.

            end: The end of the row.
        """
        last = min(start[0] + RUNNING.most_lines[column], end[0])
        if column == "frequency" and not self._speaks(start, last):
            return []
        key = (column, start)
        if key not in self._telling:
            silent = column == "date" and not self._may_be_date(start)
            self._telling[key] = _TellingCells(len(self.lines.texts) if silent else start[0])
        cells = self._telling[key]
        while cells.looked_at < last:
            cells.ends += self._look(column, start, cells.looked_at)
            cells.looked_at += 1
        if not cells.ends:
            return []
        return [(place, at_end if place == end else mark) for place, mark, at_end in cells.ends if place <= (last, 0)]

    def states_value(self, first: int, last: int) -> bool:
        """
        Tell whether a date or a frequency begins in some lines, so that they can hold a row.

        Args:
            first: The first line.

            last: The line after the last.
        """
        while len(self._values) <= last:
            self._values.append(self._values[-1] + self._begins_value(len(self._values) - 1))
        return self._values[last] > self._values[first]

    def _begins_value(self, line: int) -> bool:
        """Tell whether a date or a frequency begins in a line."""
        end = (min(line + RUNNING.lines_of_value, len(self.lines.texts)), 0)
        columns = [column for column in ("date", "frequency") if column in self.lines.columns]
        points = ((line, 0), *self.lines.points(line)[:-1])
        return any(self.telling(column, point, end) for point in points for column in columns)

    def _put_together(self, start: Point, end: Point) -> CellText:
        """Return the text between two points."""
        key = (start, end)
        if key not in self._texts:
            count_steps(1)
            self._texts[key] = self._cells.between(start, end)
        return self._texts[key]

    def _look(self, column: str, start: Point, line: int) -> list[MarkedEnd]:
        """Look for the cells of a column that end in a line."""
        ends: list[MarkedEnd] = []
        for end in self.lines.points(line, start[1] if line == start[0] else 0):
            if line > start[0] and end[1] and not self._closes(end):
                continue
            cell = self._put_together(start, end)
            mark = self._scores[column](cell.text)
            if mark == NEVER and len(cell.text) > _LONGEST.get(column, len(cell.text)) and not has_brackets(cell.text):
                return ends  # Nothing shortens what is too long already.
            if mark > NEVER:
                mark -= RUNNING.inside if end[1] and cell.lines > 1 else 0.0
                longer = RUNNING.longer * cell.lines
                ends.append((end, mark + self._joint(start, end) + longer, mark + longer))
        return ends

    def _speaks(self, start: Point, last: int) -> bool:
        """Tell whether a frequency is stated soon behind a point, or words say that there is none."""
        wanted, length = 2 * RUNNING.soon, -start[1]
        for line in range(start[0], last):
            length += self._lengths[line]
            if length >= wanted:
                last = line + 1
                break
        key = (start, last)
        if key not in self._speaking:
            text = self._put_together(start, (last, 0)).text[:wanted]
            soon = states_frequency_before(text, RUNNING.soon)
            self._speaking[key] = soon or is_none((text.split() or [""])[0])
        return self._speaking[key]

    def _may_be_date(self, start: Point) -> bool:
        """Tell whether a cell that begins at a point can be a date, as far as its letters tell."""
        last = min(start[0] + RUNNING.most_lines["date"], len(self.lines.texts))
        text = self._put_together(start, (last, 0)).text
        return may_state_date(text, RUNNING.longest_date) or begins_with_none(text)

    def _closes(self, end: Point) -> bool:
        """Tell whether a bracket is closed before a point."""
        return plain(self.lines.texts[end[0]][: end[1]].rstrip()[-1:]).endswith((")", "]"))

    def wordy(self, column: str, start: Point, end: Point) -> tuple[float, float]:
        """
        Return the mark of a cell of words, and what it costs that another cell begins behind it.

        Args:
            column: Its column.

            start: The cell's first point.

            end: The point after its last.
        """
        key = (column, start, end)
        if key not in self._wordy:
            self._wordy[key] = self._rate(column, start, end)
        return self._wordy[key]

    def _rate(self, column: str, start: Point, end: Point) -> tuple[float, float]:
        """Rate a cell of words."""
        if column == "description":
            return self._rate_description(start, end), self._joint(start, end)
        if column == "frequency":
            is_short = _is_short(self._put_together(start, end).text)
            return (1 - RUNNING.empty["frequency"] if is_short else NEVER), 0.0
        key = (column, start, end)
        if key not in self._costs:
            self._costs[key] = tuple(self._list_costs(column, start, end))
        costs = self._costs[key]
        if column == "title" and costs == (NEVER,):
            return NEVER, 0.0
        mark = self._wrapping.score(start, end, self.widths.get(column, 0.0), prose=False)
        if column == "other":
            text = self._put_together(start, end).text
            mark += unknown_score(text, self.lines.unknown, self._values_of_unknown)
        return sum(costs, mark), self._joint(start, end)

    def _list_costs(self, column: str, start: Point, end: Point) -> Iterator[float]:
        """Yield what counts for and against a cell of words, however wide its column is; NEVER if it can be none."""
        text = self._put_together(start, end).text
        if column == "title":
            if not any(map(str.isalnum, text)):
                yield NEVER
                return
            yield -RUNNING.blank * len(_BLANK_INSIDE.findall(text))
            if _ends_with_formats(text):
                yield -RUNNING.formats_alone
            if text.endswith((".", "。")):
                yield -RUNNING.sentence
        if column == "name":
            yield name_score(text, self.lines.is_category, self.lines.categorised)
        if is_formats(text):
            yield -RUNNING.only_formats
        if end[1] and end[0] > start[0]:
            yield -RUNNING.inside
        if end[1] and column in {"title", "name"} and _changes_script(text, self.lines.texts[end[0]][end[1] :]):
            yield -RUNNING.between_scripts

    def _rate_description(self, start: Point, end: Point) -> float:
        """Rate a description; however long it is, only its first lines tell what it begins with."""
        mark = self._wrapping.score(start, end, self.widths.get("description", 0.0), prose=True)
        opening = (start, min(end, (start[0] + RUNNING.lines_of_opening, 0)))
        if opening not in self._openings:
            self._openings[opening] = note_score(self._put_together(*opening).text)
        mark += self._openings[opening]
        if "format" not in self.lines.columns and end[0] - start[0] < RUNNING.lines_of_value + 1:
            mark -= RUNNING.formats_alone if is_formats(self._put_together(start, end).text) else 0.0
        if "format" in self.lines.columns and not end[1] and is_formats(self.lines.texts[end[0] - 1]):
            mark -= RUNNING.only_formats
        return mark - (RUNNING.inside if end[1] and end[0] > start[0] else 0.0)

    def _joint(self, start: Point, end: Point) -> float:
        """Return what it costs that a cell ends at a point and another begins."""
        if end[0] >= len(self.lines.texts):
            return 0.0
        # What stands more than three pieces above does not count.
        first = max(start, (end[0] - (2 if end[1] else 3), 0))
        key = (first, end)
        if key not in self._joints:
            above = self._put_together(first, end).text
            self._joints[key] = joint_score(above, self.lines.texts[end[0]][end[1] :])
        return self._joints[key]


class _TellingCells:
    """The telling cells from a point on, and the line after the last one that was looked at."""

    __slots__ = ("ends", "looked_at")

    def __init__(self, line: int) -> None:
        """Begin with nothing looked at."""
        self.ends: list[MarkedEnd] = []
        self.looked_at = line


def _ends_with_formats(text: str) -> bool:
    """Tell whether formats in brackets stand at the end of a text, as in descriptions."""
    bracket = _BRACKET_AT_END.search(plain(text))
    return bool(bracket and bracket.start() and is_formats(bracket[1]))


def _changes_script(above: str, below: str) -> bool:
    """Tell whether a Latin letter or figure follows an ideograph, or the other way round: one name may hold both."""
    last, first = above[-1:], below[:1]
    return last.isalnum() and first.isalnum() and last.isascii() != first.isascii()


def _is_short(text: str) -> bool:
    """Tell whether a text can be a frequency in words that are not known: a few, of one line."""
    return len(text) <= RUNNING.longest_unknown_frequency and not set(plain(text)) & set(",.:;()")
