"""
Text objects of a page -> what they look like: hidden from who reads the page, pale, or red.

In: a `Drawing`. Out: looks by the address of the text object; what looks as text usually does is left out. Text counts
as hidden only where that is sure: it is not painted, has the colour of what it stands on, is cut off, or is covered.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence, Set
from functools import cached_property
from typing import Any

import pypdfium2.raw as pdfium

from ....core.limits import Budget
from .bands import Bands
from .drawing import Area, Drawing, TextObject
from .layers import text_of
from .lettering import Looks
from .painting import Bounds, Colour, bounds_of, clip_of, colour_of, holds, meets

_WHITE = (255, 255, 255)
#: Colours that differ by no more than this are one to the eye.
_ALIKE = 10
#: What is no more opaque than this, of 255, cannot be seen; what is no more opaque than that is pale.
_CLEAR = 5
_THIN = 170
#: Pale letters are at least so bright, of 255.
_BRIGHT = 150
#: Red letters have at least so much red and at most so much of the other colours, of 255.
_RED, _NOT_RED = 140, 110
#: What covers text or holds it may end so many points inside of its bounds.
_SLACK = 1.0
#: A picture that holds text has at least this share of the page; what is smaller is a logo or an ornament.
_SCAN = 0.05
#: With more areas than this on a page, what is on what is not asked.
_MOST_AREAS = 4_000

#: Names of layers that are longer, in bytes, are not compared.
_LONGEST_NAME = 400
#: The mark of an object on a layer, as pdfium copies it.
_ON_LAYER = "OC\0".encode("utf-16-le")

_UNPAINTED = {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}
_FILLED = {pdfium.FPDF_TEXTRENDERMODE_FILL, pdfium.FPDF_TEXTRENDERMODE_FILL_CLIP}
_STROKED = {pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP}
_PAINTED = _FILLED | _STROKED


def looks_of(drawing: Drawing, page_area: float, budget: Budget, layers: Set[str] = frozenset()) -> dict[int, Looks]:
    """
    Return what the text objects of a page look like, by address, but for those that look as text usually does.

    Text that is not painted but stands on a picture is `recognised`: another program has read it from the picture.

    Args:
        drawing: What is drawn on the page, which must still be open.

        page_area: How large the page is, in square points.

        budget: What reading may still cost.

        layers: The names of the layers that are off.

    Raises:
        NotAPlan: The time is up.
    """
    observer = _Observer(drawing, _SCAN * page_area, layers)
    looks: dict[int, Looks] = {}
    for text in drawing.texts:
        budget.check_time()
        look = observer.look(text)
        if look:
            looks[ctypes.addressof(text.handle.contents)] = (look,)
    return looks


class _Observer:
    """Tells what text objects look like."""

    def __init__(self, drawing: Drawing, smallest_scan: float, layers: Set[str]) -> None:
        self._areas: Sequence[Area] = drawing.areas if len(drawing.areas) <= _MOST_AREAS else ()
        self._layers = layers
        self._is_crowded = len(drawing.areas) > _MOST_AREAS
        self._scans = [
            (left, top, right, bottom)
            for left, top, right, bottom in drawing.pictures
            if (right - left) * (bottom - top) >= smallest_scan
        ]
        self._last_cover = max((area.order for area in self._areas if area.solid and area.colour), default=0)
        self._grounds = {area.colour for area in self._areas if area.colour} | {_WHITE}
        self._doubtful: dict[Colour, bool] = {}
        self._tints: dict[tuple[Colour, int], str] = {}

    def look(self, text: TextObject) -> str:
        """Return the look of a text object, empty for the usual one."""
        if self._layers and not self._layers.isdisjoint(_layers_of(text.handle)):
            return "hidden"
        mode = pdfium.FPDFTextObj_GetTextRenderMode(text.handle)
        if mode in _UNPAINTED:
            return self._unpainted(text)
        if mode not in _PAINTED:
            return ""
        ink = colour_of(text.handle, stroked=mode in _STROKED)
        if ink is None:
            return ""
        colour, opacity = ink
        if opacity <= _CLEAR or self._is_cut_off(text):
            return "hidden"
        if (self._is_doubtful(colour) or text.order < self._last_cover) and not self._is_crowded:
            bounds = bounds_of(text.handle, text.matrix)
            if bounds and (self._is_on_its_colour(colour, text.order, bounds) or self._is_covered(text.order, bounds)):
                return "hidden"
        tint = self._tints.get(ink)
        if tint is None:
            tint = self._tints[ink] = _tint_of(colour, opacity)
        return tint

    @cached_property
    def _scan_bands(self) -> Bands:
        """The pictures that may hold text, by bands of the page."""
        return Bands((top, bottom) for _left, top, _right, bottom in self._scans)

    @cached_property
    def _bands(self) -> Bands:
        """The areas by bands of the page."""
        return Bands((area.bounds[1], area.bounds[3]) for area in self._areas)

    def _unpainted(self, text: TextObject) -> str:
        """Return the look of text that is not painted; letters of fonts of Type 3, which have no name, always are."""
        if pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(text.handle), None, 0) <= 1:
            return ""
        bounds = bounds_of(text.handle, text.matrix)
        if bounds and any(meets(bounds, self._scans[n]) for n in self._scan_bands.between(bounds[1], bounds[3])):
            return "recognised"
        return "hidden"

    def _is_doubtful(self, colour: Colour) -> bool:
        """Tell whether there is any ground of such a colour on the page."""
        doubtful = self._doubtful.get(colour)
        if doubtful is None:
            doubtful = self._doubtful[colour] = any(_are_alike(colour, ground) for ground in self._grounds)
        return doubtful

    def _is_on_its_colour(self, colour: Colour, order: int, bounds: Bounds) -> bool:
        """Tell whether all that was painted where text stands, down to what holds all of it, is of its colour."""
        for area in reversed(self._near(bounds)):
            if area.order > order or not meets(area.bounds, bounds):
                continue
            if area.colour is None or not _are_alike(area.colour, colour):
                return False
            if area.solid and holds(area.bounds, bounds, _SLACK):
                return True
        return _are_alike(colour, _WHITE)

    def _is_covered(self, order: int, bounds: Bounds) -> bool:
        """Tell whether something that nothing shows through was painted over all of a text."""
        if order >= self._last_cover:
            return False
        return any(
            area.order > order and area.solid and area.colour and holds(area.bounds, bounds, _SLACK)
            for area in self._near(bounds)
        )

    def _near(self, bounds: Bounds) -> list[Area]:
        """Return the areas that may stand where something is, in the order in which they were painted."""
        return [self._areas[number] for number in self._bands.between(bounds[1] - _SLACK, bounds[3] + _SLACK)]

    def _is_cut_off(self, text: TextObject) -> bool:
        """Tell whether nothing of a text is within what it is cut off by."""
        clip = pdfium.FPDFPageObj_GetClipPath(text.handle)
        if not clip or pdfium.FPDFClipPath_CountPaths(clip) <= 0:
            return False
        edge, _is_exact = clip_of(text.handle, text.matrix)
        bounds = bounds_of(text.handle, text.matrix)
        return bool(edge and bounds and bounds[0] < bounds[2] and not meets(edge, bounds))


def _are_alike(one: Colour, other: Colour) -> bool:
    """Tell whether two colours are one to the eye."""
    return all(abs(first - second) <= _ALIKE for first, second in zip(one, other, strict=True))


def _tint_of(colour: Colour, opacity: int) -> str:
    """Return whether letters of a colour are pale or red, nothing if they are neither."""
    if opacity <= _THIN or _brightness(colour) >= _BRIGHT:
        return "pale"
    return "red" if colour[0] >= _RED and max(colour[1:]) <= _NOT_RED else ""


def _brightness(colour: Colour) -> float:
    """Return how bright a colour is to the eye, up to 255."""
    red, green, blue = colour
    return 0.3 * red + 0.59 * green + 0.11 * blue


def _layers_of(thing: Any) -> Iterator[str]:
    """Yield the names of the layers that an object is marked to be on."""
    buffer, size = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_ulong()
    words, octets = (ctypes.cast(buffer, ctypes.POINTER(kind)) for kind in (ctypes.c_ushort, ctypes.c_ubyte))
    for number in range(max(pdfium.FPDFPageObj_CountMarks(thing), 0)):
        mark = pdfium.FPDFPageObj_GetMark(thing, number)
        if not pdfium.FPDFPageObjMark_GetName(mark, words, _LONGEST_NAME, ctypes.byref(size)):
            continue
        if buffer.raw[: size.value] == _ON_LAYER and pdfium.FPDFPageObjMark_GetParamBlobValue(
            mark, b"Name", octets, _LONGEST_NAME, ctypes.byref(size)
        ):
            yield text_of(buffer.raw[: size.value])
