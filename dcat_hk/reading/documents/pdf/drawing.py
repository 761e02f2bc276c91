"""
The drawing of a page -> `Drawing`: rules, areas that are painted, and text objects, in the order of drawing.

In: the objects of a page, also those in forms. Thin filled rectangles, stroked lines and boxes all come out as rules;
what is larger is an area. From their order can be told what stands on what ground, and what covers what.
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
from .lettering import FARTHEST
from .painting import Bounds, Colour, Matrix, bounds_of, clip_of, colour_of, common, holds, matrix_of, moved, product
from .rules import LEVEL, RuledLine, RuledLines, joined

#: A line or rectangle no thicker than this is a rule.
_THICKEST = 4.0
#: Forms may stand in one another so deeply.
_DEEPEST = 12
_OFTEN = 1024
_TEXT, _PATH, _FORM = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM
_PICTURES = frozenset({pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING})
_MOST_SEGMENTS = 200_000
_MOST_PAIRS = 500_000
#: Corners of a rectangle are where its bounds are, to within this.
_EXACT = 1.0


class Area(NamedTuple):
    """
    An area that is painted: when, left, top, right and bottom, and its colour, None if that is not known or not one.

    `solid` if it is painted to its corners and nothing shows through.
    """

    order: int
    bounds: Bounds
    colour: Colour | None
    solid: bool


class TextObject(NamedTuple):
    """A text object as pdfium has it, when it is drawn, and the matrix of the form that it is in."""

    order: int
    handle: Any
    matrix: Matrix | None


@dataclass(slots=True)
class Drawing:
    """What is drawn on a page as the file has it, right and down: rules in pieces, areas, text objects, pictures."""

    level: list[RuledLine] = field(default_factory=list)
    upright: list[RuledLine] = field(default_factory=list)
    boxes: list[Bounds] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    texts: list[TextObject] = field(default_factory=list)
    pictures: list[Bounds] = field(default_factory=list)
    paths: int = 0
    #: Lines so thick that they are bars.
    bars: list[Bounds] = field(default_factory=list)

    def rules(self, turn: int) -> RuledLines:
        """
        Return the rules in the frame of the page's text.

        Args:
            turn: How the text is turned, as `glyphs.placed` takes it.
        """
        level = [(rule.start, rule.at, rule.end, rule.at) for rule in self.level]
        upright = [(rule.at, rule.start, rule.at, rule.end) for rule in self.upright]
        if turn:
            level, upright, boxes = ([turned(turn, one) for one in many] for many in (level, upright, self.boxes))
        else:
            boxes = self.boxes
        if turn % 2:
            level, upright = upright, level
        pieces = [RuledLine(top, left, right) for left, top, right, _bottom in level]
        downwards = [RuledLine(left, top, bottom) for left, top, _right, bottom in upright]
        thin = _thin(pieces, [turned(turn, bar) for bar in self.bars])
        return RuledLines(joined(pieces), joined(downwards), boxes, len(self.pictures), self.paths, pieces, thin)


def _thin(pieces: list[RuledLine], bars: list[Bounds]) -> list[RuledLine]:
    """Return rules without those that are bars; none if there are too many to compare."""
    if not bars:
        return pieces
    if len(bars) * len(pieces) > _MOST_PAIRS:
        return []
    return [one for one in pieces if not any(holds(bar, (one.start, one.at, one.end, one.at)) for bar in bars)]


def turned(turn: int, bounds: Bounds) -> Bounds:
    """
    Return a box, right and down as the file has it, in the frame of text that is turned.

    >>> turned(1, (1, 2, 3, 5))
    (-5, 1, -2, 3)
    """
    (x, y), (other_x, other_y) = placed(turn, bounds[0], -bounds[1]), placed(turn, bounds[2], -bounds[3])
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def read_drawing_of(page: Any, budget: Budget) -> Drawing:
    """
    Return what is drawn on a page.

    Args:
        page: A page of pypdfium2.

        budget: What reading may still cost.

    Raises:
        NotAPlan: The time is up.
    """
    reader = _DrawingReader(budget)
    handle, get = page.raw, pdfium.FPDFPage_GetObject
    reader.walk((get(handle, index) for index in range(pdfium.FPDFPage_CountObjects(handle))), None, 0)
    return reader.drawing


class _DrawingReader:
    """Collects what page objects draw."""

    def __init__(self, budget: Budget) -> None:
        self.drawing = Drawing()
        self._budget, self._object_count, self._segment_count = budget, 0, 0

    def walk(self, objects: Iterable[Any], matrix: Matrix | None, depth: int) -> None:
        """Take objects, and those in forms among them."""
        kind_of, texts = pdfium.FPDFPageObj_GetType, self.drawing.texts
        for thing in objects:
            self._object_count += 1
            if not self._object_count % _OFTEN:
                self._budget.check_time()
            kind = kind_of(thing)
            if kind == _TEXT:
                texts.append(TextObject(self._object_count, thing, matrix))
            elif kind == _PATH:
                self.drawing.paths += 1
                self._take_path(thing, matrix)
            elif kind in _PICTURES:
                self._take_picture(thing, matrix, is_picture=kind == pdfium.FPDF_PAGEOBJ_IMAGE)
            elif kind == _FORM and depth < _DEEPEST:
                count, get = pdfium.FPDFFormObj_CountObjects(thing), pdfium.FPDFFormObj_GetObject
                inner = product(matrix_of(thing), matrix)
                self.walk((get(thing, index) for index in range(max(count, 0))), inner, depth + 1)

    def _take_path(self, thing: Any, matrix: Matrix | None) -> None:
        """Take a path: a thin one is a rule as a whole, another's segments can be rules."""
        bounds = bounds_of(thing, matrix)
        if bounds and not self._take_thin(bounds):
            self._take_outline(thing, matrix, bounds)

    def _take_picture(self, thing: Any, matrix: Matrix | None, is_picture: bool) -> None:
        """Take a picture or a shading: an area of no colour."""
        bounds = bounds_of(thing, matrix)
        if is_picture:
            self.drawing.pictures.append(bounds or (0.0, 0.0, 0.0, 0.0))
        if bounds:
            self._add_area(thing, matrix, bounds, None, is_rectangle=False)

    def _add_area(
        self, thing: Any, matrix: Matrix | None, bounds: Bounds, colour: Colour | None, is_rectangle: bool
    ) -> None:
        """Note an area, as far as it is not cut off."""
        clip, is_exact = clip_of(thing, matrix)
        if clip:
            bounds = common(bounds, clip)
        if bounds[0] < bounds[2] and bounds[1] < bounds[3]:
            solid = is_rectangle and is_exact and not pdfium.FPDFPageObj_HasTransparency(thing)
            self.drawing.areas.append(Area(self._object_count, bounds, colour, solid))

    def _take_thin(self, bounds: Bounds) -> bool:
        """Take a thin rectangle as a rule and tell whether it was thin; a dot is both level and upright."""
        left, top, right, bottom = bounds
        level, upright = bottom - top <= _THICKEST, right - left <= _THICKEST
        if level:
            self.drawing.level.append(RuledLine((top + bottom) / 2, left, right))
        if upright:
            self.drawing.upright.append(RuledLine((left + right) / 2, top, bottom))
        return level or upright

    def _take_outline(self, thing: Any, matrix: Matrix | None, bounds: Bounds) -> None:
        """Take the straight segments of a stroked path, and the thin parts of a filled one."""
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(thing, ctypes.byref(fill), ctypes.byref(stroke))
        count = pdfium.FPDFPath_CountSegments(thing)
        self._segment_count += count
        if self._segment_count > _MOST_SEGMENTS or not (fill.value or stroke.value):
            return
        whole = product(matrix_of(thing), matrix)
        if not fill.value and count <= 2:
            self.drawing.bars.append(bounds)
        if fill.value or count <= 2:
            self._take_area(thing, matrix, bounds, count if fill.value else 0)
        if fill.value and not stroke.value and count <= 5:
            self.drawing.boxes.append(bounds)
            return
        for points in self._subpaths(thing, count, whole):
            if stroke.value:
                for (x, y), (other_x, other_y) in pairwise(points):
                    self._take_segment(x, y, other_x, other_y)
            else:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                box = min(xs), min(ys), max(xs), max(ys)
                if len(points) <= 6 and not self._take_thin(box):
                    self.drawing.boxes.append(box)

    def _take_area(self, thing: Any, matrix: Matrix | None, bounds: Bounds, corners: int) -> None:
        """Note what a path fills, or a line so thick that it is an area; that one has no corners."""
        colour = colour_of(thing, stroked=not corners)
        is_rectangle = 4 <= corners <= 5 and self._is_rectangle(thing, matrix, bounds, corners)
        self._add_area(thing, matrix, bounds, colour[0] if colour and colour[1] == 255 else None, is_rectangle)

    def _is_rectangle(self, thing: Any, matrix: Matrix | None, bounds: Bounds, corners: int) -> bool:
        """Tell whether a path has its corners where its bounds have theirs."""
        left, top, right, bottom = bounds
        whole = product(matrix_of(thing), matrix)
        points = [point for part in self._subpaths(thing, corners, whole) for point in part]
        return all(
            any(abs(x - other_x) < _EXACT and abs(y - other_y) < _EXACT for other_x, other_y in points)
            for x in (left, right)
            for y in (top, bottom)
        )

    def _take_segment(self, x: float, y: float, other_x: float, other_y: float) -> None:
        """Take a straight segment if it is level or upright."""
        if abs(y - other_y) <= LEVEL:
            self.drawing.level.append(RuledLine((y + other_y) / 2, min(x, other_x), max(x, other_x)))
        elif abs(x - other_x) <= LEVEL:
            self.drawing.upright.append(RuledLine((x + other_x) / 2, min(y, other_y), max(y, other_y)))

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
            point = placed(0, *moved(matrix, x.value, y.value))
            if not (abs(point[0]) < FARTHEST and abs(point[1]) < FARTHEST):
                points = []
                continue
            points.append(point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if len(points) > 1:
            yield points
