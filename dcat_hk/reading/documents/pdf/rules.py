"""
The drawing of a page -> rules: straight lines, level or upright, that can be borders of cells.

In: the path objects of a page, also those in forms. Out: `RuledLines`. Thin filled rectangles, stroked lines and boxes,
dashes and dots all come out as whole lines.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from ....core.limits import Budget
from .glyphs import placed

#: A line or rectangle no thicker than this is a rule.
_THICKEST = 4.0
#: Dashes with gaps no longer than this are one rule.
_DASH_GAP = 5.0
#: Pieces that are level to within this belong to one rule.
_LEVEL = 0.6
#: A rule shorter than this is no border of a cell.
_SHORTEST = 7.0
#: Forms may stand in one another so deeply.
_DEEPEST = 12
_OFTEN = 1024
#: What is farther out than this, or at no number at all, is not on the page.
_FARTHEST = 1e6
_MOST_SEGMENTS = 200_000


class RuledLine(NamedTuple):
    """A level rule at some height from left to right, or an upright one at some distance from top to bottom."""

    at: float
    start: float
    end: float


Matrix = tuple[float, float, float, float, float, float]
_Bounds = tuple[float, float, float, float]


@dataclass(slots=True)
class RuledLines:
    """What is drawn on a page: level and upright rules, filled boxes, and how many pictures and paths there are."""

    level: list[RuledLine] = field(default_factory=list)
    upright: list[RuledLine] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    pictures: int = 0
    paths: int = 0


def read_rules_of(page: Any, turn: int, budget: Budget) -> RuledLines:
    """
    Return the rules of a page.

    Args:
        page: A page of pypdfium2.

        turn: How its text is turned, as `glyphs.placed` takes it.

        budget: What reading may still cost.

    Raises:
        NotAPlan: The time is up.
    """
    drawing = _Drawing(turn, budget)
    count, get = pdfium.FPDFPage_CountObjects(page.raw), pdfium.FPDFPage_GetObject
    drawing.walk((get(page.raw, index) for index in range(count)), None, 0)
    return RuledLines(joined(drawing.rules.level), joined(drawing.rules.upright), drawing.rules.boxes, *drawing.counts)


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
        if band and piece.at - band[0].at > _LEVEL:
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


class _Drawing:
    """Collects the rules of page objects."""

    def __init__(self, turn: int, budget: Budget) -> None:
        self.rules = RuledLines()
        self.counts = [0, 0]
        self._turn, self._budget, self._object_count, self._segment_count = turn, budget, 0, 0
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._by_edge = [ctypes.byref(edge) for edge in self._edges]

    def walk(self, objects: Iterable[Any], matrix: Matrix | None, depth: int) -> None:
        """Take objects, and those in forms among them."""
        kind_of = pdfium.FPDFPageObj_GetType
        for thing in objects:
            self._object_count += 1
            if not self._object_count % _OFTEN:
                self._budget.check_time()
            kind = kind_of(thing)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self.counts[1] += 1
                self._take_path(thing, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.counts[0] += 1
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                count, get = pdfium.FPDFFormObj_CountObjects(thing), pdfium.FPDFFormObj_GetObject
                inner = _product(_matrix_of(thing), matrix)
                self.walk((get(thing, index) for index in range(max(count, 0))), inner, depth + 1)

    def _take_path(self, thing: Any, matrix: Matrix | None) -> None:
        """Take a path: a thin one is a rule as a whole, another's segments can be rules."""
        if not pdfium.FPDFPageObj_GetBounds(thing, *self._by_edge):
            return
        left, bottom, right, top = (edge.value for edge in self._edges)
        if matrix:
            left, bottom = _moved(matrix, left, bottom)
            right, top = _moved(matrix, right, top)
        x, y = placed(self._turn, left, bottom)
        other_x, other_y = placed(self._turn, right, top)
        bounds = min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)
        if all(abs(edge) < _FARTHEST for edge in bounds) and not self._take_thin(bounds):
            self._take_outline(thing, matrix, bounds)

    def _take_thin(self, bounds: _Bounds) -> bool:
        """Take a thin rectangle as a rule and tell whether it was thin; a dot is both level and upright."""
        left, top, right, bottom = bounds
        level, upright = bottom - top <= _THICKEST, right - left <= _THICKEST
        if level:
            self.rules.level.append(RuledLine((top + bottom) / 2, left, right))
        if upright:
            self.rules.upright.append(RuledLine((left + right) / 2, top, bottom))
        return level or upright

    def _take_outline(self, thing: Any, matrix: Matrix | None, bounds: _Bounds) -> None:
        """Take the straight segments of a stroked path, and the thin parts of a filled one."""
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(thing, ctypes.byref(fill), ctypes.byref(stroke))
        count = pdfium.FPDFPath_CountSegments(thing)
        self._segment_count += count
        if self._segment_count > _MOST_SEGMENTS or not (fill.value or stroke.value):
            return
        if fill.value and not stroke.value and count <= 5:
            self.rules.boxes.append(bounds)
            return
        whole = _product(_matrix_of(thing), matrix)
        for points in self._subpaths(thing, count, whole):
            if stroke.value:
                for (x, y), (other_x, other_y) in pairwise(points):
                    self._take_segment(x, y, other_x, other_y)
            else:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                box = min(xs), min(ys), max(xs), max(ys)
                if len(points) <= 6 and not self._take_thin(box):
                    self.rules.boxes.append(box)

    def _take_segment(self, x: float, y: float, other_x: float, other_y: float) -> None:
        """Take a straight segment if it is level or upright."""
        if abs(y - other_y) <= _LEVEL:
            self.rules.level.append(RuledLine((y + other_y) / 2, min(x, other_x), max(x, other_x)))
        elif abs(x - other_x) <= _LEVEL:
            self.rules.upright.append(RuledLine((x + other_x) / 2, min(y, other_y), max(y, other_y)))

    def _subpaths(self, thing: Any, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
        """Yield the corners of each part of a path, in the reader's frame; curves have none and end a part."""
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[tuple[float, float]] = []
        for index in range(count):
            if not index % _OFTEN:
                self._budget.check_time()
            segment = pdfium.FPDFPath_GetPathSegment(thing, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind != pdfium.FPDF_SEGMENT_LINETO:
                if len(points) > 1:
                    yield points
                points = []
            pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            point = placed(self._turn, *_moved(matrix, x.value, y.value))
            if not (abs(point[0]) < _FARTHEST and abs(point[1]) < _FARTHEST):
                points = []
                continue
            points.append(point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if len(points) > 1:
            yield points


def _matrix_of(thing: Any) -> Matrix:
    """Return the matrix of a page object."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, ctypes.byref(matrix)):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a matrix moves a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _product(first: Matrix, then: Matrix | None) -> Matrix:
    """Return the matrix that does one and then the other."""
    if then is None:
        return first
    a, b, c, d, e, f = first
    origin = _moved(then, e, f)
    return (
        a * then[0] + b * then[2],
        a * then[1] + b * then[3],
        c * then[0] + d * then[2],
        c * then[1] + d * then[3],
        *origin,
    )
