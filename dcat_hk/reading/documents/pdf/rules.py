"""
Rules: straight lines, level or upright, that can be borders of cells.

In: pieces that were drawn. Out: `RuledLine`s; pieces that touch, dashes and dots come out as whole lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from .painting import Bounds

#: Dashes with gaps no longer than this are one rule.
_DASH_GAP = 5.0
#: Pieces that are level to within this belong to one rule.
LEVEL = 0.6
#: A rule shorter than this is no border of a cell.
_SHORTEST = 7.0


class RuledLine(NamedTuple):
    """A level rule at some height from left to right, or an upright one at some distance from top to bottom."""

    at: float
    start: float
    end: float

    def moved(self, across: float, down: float = 0.0) -> RuledLine:
        """Return a level rule that stands elsewhere on the page."""
        return RuledLine(self.at + down, self.start + across, self.end + across)


@dataclass(slots=True)
class RuledLines:
    """
    What is drawn on a page: level and upright rules, filled boxes, and how many pictures and paths there are.

    `pieces` are the level rules as they were drawn, before those that touch were joined; `thin` are those of them that
    are no bars.
    """

    level: list[RuledLine] = field(default_factory=list)
    upright: list[RuledLine] = field(default_factory=list)
    boxes: list[Bounds] = field(default_factory=list)
    pictures: int = 0
    paths: int = 0
    pieces: list[RuledLine] = field(default_factory=list)
    thin: list[RuledLine] = field(default_factory=list)


def joined(pieces: Iterable[RuledLine], gap: float = _DASH_GAP, shortest: float = _SHORTEST) -> list[RuledLine]:
    """
    Return whole rules, in order, of pieces that overlap or have only small gaps between them.

    Args:
        pieces: Rules of one direction.

        gap: The longest gap that is passed over.

        shortest: Rules shorter than this are left out.

    >>> joined([RuledLine(5, 0, 6), RuledLine(5.1, 8, 14), RuledLine(90, 0, 2)])
    [RuledLine(at=5.05, start=0, end=14)]
    """
    rules: list[RuledLine] = []
    band: list[RuledLine] = []
    for piece in sorted(pieces):
        if band and piece.at - band[0].at > LEVEL:
            rules += _joined_band(band, gap)
            band = []
        band.append(piece)
    rules += _joined_band(band, gap)
    return [rule for rule in rules if rule.end - rule.start >= shortest]


def _joined_band(band: list[RuledLine], gap: float) -> Iterator[RuledLine]:
    """Yield the rules that pieces at one height make."""
    if not band:
        return
    at = (band[0].at + band[-1].at) / 2
    start, end = 0.0, -1e9
    for piece in sorted(band, key=lambda piece: piece.start):
        if piece.start > end + gap:
            if end > start:
                yield RuledLine(at, start, end)
            start, end = piece.start, piece.end
        else:
            end = max(end, piece.end)
    yield RuledLine(at, start, end)
