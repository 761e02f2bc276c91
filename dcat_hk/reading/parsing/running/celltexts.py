"""
The lines of a region -> the text of a cell between any two points of them.

In: the lines. Out: `CellText`. How a line goes on in the next depends on these two lines only. So all whole lines are
put together once, and a cell is a piece of that: as many cells that may be begin and end in a line as it has words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ....core.text import collapse
from .lines import Point
from .scores import add_line


class CellText(NamedTuple):
    """The text of lines, the last of them, and how many they are."""

    text: str
    above: str
    lines: int

    def add(self, below: str) -> CellText:
        """Return the text with the next line."""
        if not below:
            return self
        return CellText(add_line(self.text, self.above, below), below, self.lines + 1)


class CellTexts:
    """
    The texts of cells in the lines of a region.

    >>> CellTexts(["1 雨量及", "潮汐 (CSV,", "JSON) 每月"]).between((0, 2), (2, 5))
    CellText(text='雨量及潮汐 (CSV, JSON)', above='JSON)', lines=3)
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """Put the lines together."""
        self._texts = texts
        #: Of each line how long the text up to its end is, the last line with text up to it, how many have any.
        self._lengths: list[int] = []
        self._last: list[str] = []
        self._counts: list[int] = []
        pieces: list[str] = []
        cell, length = CellText("", "", 0), 0
        for text in texts:
            further = cell.add(text)
            pieces.append(further.text[len(cell.text) :])
            length += len(pieces[-1])
            self._lengths.append(length)
            self._last.append(further.above)
            self._counts.append(further.lines)
            # What comes next asks for the last two letters only.
            cell = further._replace(text=further.text[-2:])
        self._whole = "".join(pieces)

    def between(self, start: Point, end: Point) -> CellText:
        """
        Return the text between two points.

        Args:
            start: The first point.

            end: The point after the last.
        """
        line, last = start[0], end[0]
        text = self._texts[line][start[1] : end[1] if line == last and end[1] else None].strip()
        cell = CellText(collapse(text), text, int(bool(text)))
        line += 1
        # Only the joint of a piece of a line with the next line is another than that of the whole line.
        while line < last:
            cell = cell.add(self._texts[line])
            line += 1
            if self._texts[line - 1]:
                break
        if line < last:
            text = cell.text + self._whole[self._lengths[line - 1] : self._lengths[last - 1]]
            count = cell.lines + self._counts[last - 1] - self._counts[line - 1]
            cell = CellText(text, self._last[last - 1], count)
        return cell.add(self._texts[last][: end[1]].strip()) if end[1] and last > start[0] else cell
