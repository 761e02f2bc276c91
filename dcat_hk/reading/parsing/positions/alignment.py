"""
What is known of a whole document before its tables are read: where cells stand in their rows.

In: regions with their lines in their places. Out: a frozen `Alignment`. It claims nothing and builds no rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from types import MappingProxyType

from .cutting import (
    PlacedLine,
    best_side,
    costs_of_sides,
    cut_at_bottom,
    cut_at_top,
    cut_in_middle,
    find_anchors,
    find_worths,
    tighten,
)
from .places import Column
from .regions import PlacedRegion
from .sorting import walk
from .weights import POSITIONS

_NO_SIDES = MappingProxyType({-1: 0.0, 0: 0.0, 1: 0.0})


@dataclass(frozen=True, slots=True)
class Alignment:
    """
    Where the cells of a document stand in their rows, by what the ways to cut all its tables cost together.

    `middle` and `bottom` say by how many points the middle and the bottom fit better than the top, `spans` by how many
    it does that numbers and names of rows in parts are merged over all of them and not beside the first, `sides` what
    it costs that what stands between two lines of laid-out text was written on the upper (-1), either (0) or lower one
    (1).
    """

    middle: float = 0.0
    spans: float = 0.0
    sides: Mapping[int, float] = field(default_factory=lambda: _NO_SIDES)
    bottom: float = 0.0
    #: How often which text stands in a line of columns of a name.
    texts: Mapping[tuple[str, ...], Mapping[str, int]] = field(default_factory=dict)

    @property
    def is_middle(self) -> bool:
        """Whether cells stand in the middle of the height of their rows."""
        return self.middle > POSITIONS.doubt

    @property
    def is_bottom(self) -> bool:
        """Whether cells stand at the bottom of their rows."""
        return self.bottom > max(POSITIONS.doubt, self.middle)

    @property
    def is_merged(self) -> bool:
        """Whether numbers and names stand in the middle of all parts of their rows."""
        return self.spans >= -POSITIONS.doubt

    @property
    def side(self) -> int:
        """On which line what stands between two was written."""
        return best_side(self.sides)

    def share_texts(self, columns: Sequence[Column]) -> list[Column]:
        """Return columns with the texts of all columns of their names: a text often stands in many tables."""
        return [replace(column, texts=self.texts.get(column.names, column.texts)) for column in columns]


class _TextCounts:
    """Counts the texts of columns while the tables of a document are gone through."""

    def __init__(self) -> None:
        """Begin with no texts."""
        self.by_names: dict[tuple[str, ...], Counter[str]] = {}

    def share(self, columns: Sequence[Column]) -> list[Column]:
        """Count the texts of columns, and return the columns with those of all columns of their names so far."""
        shared: list[Column] = []
        for column in columns:
            known = self.by_names.setdefault(column.names, Counter())
            if column.texts is not known:
                known.update(column.texts)
            shared.append(replace(column, texts=known))
        return shared


def find_alignment(regions: Sequence[PlacedRegion | None]) -> Alignment:
    """
    Return where the cells of a whole document stand in their rows.

    Args:
        regions: All regions in order, None for those whose lines have no places.
    """
    counts, columns = _TextCounts(), list[Column]()
    alignment = Alignment()
    for placed in regions:
        if placed is None or not placed.parts:
            continue
        begun = False
        for step in walk(placed, columns, counts.share):
            if step.kind == "rows":
                alignment = _weigh(placed, step.columns, step.rows, begun, alignment)
                begun = begun or any(words for line in step.rows for words in line.cells)
            begun = (begun or step.kind == "group") and step.kind != "end"
            columns = step.columns
    return replace(alignment, texts={names: dict(texts) for names, texts in counts.by_names.items()})


def _weigh(
    placed: PlacedRegion, columns: Sequence[Column], rows: list[PlacedLine], begun: bool, so_far: Alignment
) -> Alignment:
    """Return what is known of a document with what some lines of a table add to it."""
    flatten(rows)
    document = placed.around.document
    anchors = find_anchors(document, columns, rows)
    if not anchors:
        return so_far
    worths = find_worths(document, columns, rows)
    cost_top, _groups = cut_at_top(rows, anchors, worths)
    cost_top += 0.0 if begun else POSITIONS.above_first * anchors[0]
    cost_bottom = cost_top
    if not placed.is_laid_out:  # Text that was laid out puts what stands between two lines on one of them.
        cost_bottom, _groups = cut_at_bottom(rows, anchors, worths)
        cost_bottom += POSITIONS.above_first * (len(rows) - 1 - anchors[-1])
    sides, side = so_far.sides, 0
    if placed.is_laid_out:
        tighten(rows)
        sides = {at: so_far.sides[at] + cost for at, cost in costs_of_sides(columns, rows, anchors, worths).items()}
        side = best_side(sides)
    (merged, _), (beside, _) = cut_in_middle(columns, rows, anchors, worths, side)
    return replace(
        so_far,
        middle=so_far.middle + (cost_top - min(merged, beside)),
        bottom=so_far.bottom + (cost_top - cost_bottom),
        spans=so_far.spans + (beside - merged),
        sides=sides,
    )


def flatten(rows: Sequence[PlacedLine]) -> None:
    """Let the tops of lines grow over pages, in lines."""
    gaps = [b.top - a.top for a, b in pairwise(rows) if a.page == b.page and b.top > a.top]
    pitch = median(gaps) if gaps else 1.0
    base, previous = 0.0, rows[0]
    for line in rows:
        if line.page != previous.page:
            base = previous.top + 1 - line.top / pitch
            previous = line
        line.top = line.top / pitch + base
        previous = line
