"""
How objects of a page are painted: where they are, their colour, what they are cut off by.

In: a page object as pdfium has it, and the matrix of the form that it is in. Out: numbers, right and down as the file
has the page.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from .lettering import FARTHEST

#: A path with more segments than this is no simple shape.
_MOST_SEGMENTS = 40

Matrix = tuple[float, float, float, float, float, float]
#: Left, top, right and bottom.
Bounds = tuple[float, float, float, float]
#: Red, green and blue, each up to 255.
Colour = tuple[int, int, int]

#: Where pdfium puts its answers, one at a time.
_LEFT, _BOTTOM, _RIGHT, _TOP = (ctypes.c_float() for _ in range(4))
_BY_EDGE = [ctypes.byref(edge) for edge in (_LEFT, _BOTTOM, _RIGHT, _TOP)]
_RED, _GREEN, _BLUE, _OPACITY = (ctypes.c_uint() for _ in range(4))
_BY_INK = [ctypes.byref(ink) for ink in (_RED, _GREEN, _BLUE, _OPACITY)]


def bounds_of(thing: Any, matrix: Matrix | None) -> Bounds | None:
    """Return the bounds of an object, None if they are nowhere."""
    if not pdfium.FPDFPageObj_GetBounds(thing, *_BY_EDGE):
        return None
    left, bottom, right, top = _LEFT.value, _BOTTOM.value, _RIGHT.value, _TOP.value
    if matrix:
        left, bottom = moved(matrix, left, bottom)
        right, top = moved(matrix, right, top)
    left, top, right, bottom = min(left, right), min(-top, -bottom), max(left, right), max(-top, -bottom)
    is_somewhere = left > -FARTHEST and right < FARTHEST and top > -FARTHEST and bottom < FARTHEST
    return (left, top, right, bottom) if is_somewhere else None


def colour_of(thing: Any, stroked: bool = False) -> tuple[Colour, int] | None:
    """Return the colour in which an object is filled, or its lines drawn, and how opaque; None for a pattern."""
    get = pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor
    if not get(thing, *_BY_INK):
        return None
    return (_RED.value, _GREEN.value, _BLUE.value), _OPACITY.value


def clip_of(thing: Any, matrix: Matrix | None) -> tuple[Bounds | None, bool]:
    """Return the bounds of what an object is cut off by, None if by nothing, and whether that is a rectangle."""
    clip = pdfium.FPDFPageObj_GetClipPath(thing)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else -1
    bounds: Bounds | None = None
    is_exact = True
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(max(count, 0)):
        segments = pdfium.FPDFClipPath_CountPathSegments(clip, path)
        if not 0 < segments <= _MOST_SEGMENTS:
            is_exact = False
            continue
        points = []
        for index in range(segments):
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
            pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            points.append(moved(matrix, x.value, y.value) if matrix else (x.value, y.value))
        xs, ys = [point[0] for point in points], [-point[1] for point in points]
        is_exact = is_exact and segments <= 5
        box = min(xs), min(ys), max(xs), max(ys)
        bounds = common(bounds, box) if bounds else box
    return bounds, is_exact


def common(one: Bounds, other: Bounds) -> Bounds:
    """
    Return what two boxes have in common; where that is nothing, its right edge is left of its left one or so.

    >>> common((0, 0, 9, 9), (5, -1, 12, 4))
    (5, 0, 9, 4)
    """
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def holds(outer: Bounds, inner: Bounds, slack: float = 0.0) -> bool:
    """Tell whether a box has another in it, but for so much."""
    return (
        outer[0] <= inner[0] + slack
        and outer[1] <= inner[1] + slack
        and outer[2] >= inner[2] - slack
        and outer[3] >= inner[3] - slack
    )


def meets(one: Bounds, other: Bounds) -> bool:
    """Tell whether two boxes have something in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def matrix_of(thing: Any) -> Matrix:
    """Return the matrix of a page object."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, ctypes.byref(matrix)):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a matrix moves a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def product(first: Matrix, then: Matrix | None) -> Matrix:
    """Return the matrix that does one and then the other."""
    if then is None:
        return first
    a, b, c, d, e, f = first
    origin = moved(then, e, f)
    return (
        a * then[0] + b * then[2],
        a * then[1] + b * then[3],
        c * then[0] + d * then[2],
        c * then[1] + d * then[3],
        *origin,
    )
