"""
How text objects of a page are written: turned, how large, how wide, and what they look like.

In: a page of text as pdfium has loaded it, and what is known of how its objects look. Out: `Lettering`, asked for once
for each object.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from .fonts import StatedWidths

#: What is farther out than this, or at no number at all, is nowhere.
FARTHEST = 1e6
#: Letters smaller than this, in points, are seen by nobody.
_TOO_SMALL = 0.6

#: Kinds of marks, and `pale`.
Looks = tuple[str, ...]


def by_address(function: Any, result: Any, *arguments: Any) -> Any:
    """
    Return a function of pdfium that takes and gives pointers as numbers: so objects are told apart, and quickly.

    Args:
        function: A function of pypdfium2.

        result: The type of what it returns.

        arguments: The types of what it takes.
    """
    return ctypes.cast(function, ctypes.CFUNCTYPE(result, *arguments))


_object_of = by_address(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_copy_matrix = by_address(pdfium.FPDFText_GetMatrix, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_is_generated = by_address(pdfium.FPDFText_IsGenerated, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_font_of = by_address(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p, ctypes.c_void_p)


class Lettering(NamedTuple):
    """How a text object is written."""

    #: By how many quarters it is turned, -1 for askew.
    turn: int
    #: The size of its letters on the page, 0 if not known.
    em: float
    #: The font's stated widths, if it is not embedded.
    widths: StatedWidths | None = None
    #: How long on the page a width of one size of the font is.
    scale: float = 0.0
    #: What it looks like, if not as text usually does.
    looks: Looks = ()


class Letterings:
    """
    How text objects are written, each asked once.

    Args:
        handle: A page of text as pdfium has it.

        looks: What text objects look like, by their address, if not as text usually does.
    """

    def __init__(self, handle: Any, looks: Mapping[int, Looks]) -> None:
        self._handle = handle
        self._address = ctypes.cast(handle, ctypes.c_void_p).value
        self._looks = looks
        self._matrix = (ctypes.c_float * 6)()
        self._by_matrix = ctypes.addressof(self._matrix)
        #: How the text objects that were asked for are written, by address; those that are written alike have the same.
        self.known: dict[int | None, Lettering] = {}
        self._alike: dict[tuple[object, ...], Lettering] = {}
        self._widths: dict[int, StatedWidths | None] = {}

    def of(self, index: int) -> Lettering:
        """Return how the text object of a character is written; size 0 if it has none."""
        return self.of_object(_object_of(self._address, index), index)

    def of_object(self, address: int | None, index: int) -> Lettering:
        """Return how a text object is written, of which a character is known; size 0 if the character has none."""
        if not address:
            return self._measured(index, None, ())
        font = self.known.get(address)
        if font is None:
            font = self._measured(index, self._widths_of(address), self._looks.get(address, ()))
            # A blank that pdfium supposes before an object has no matrix: it does not say how the object is written.
            if _is_generated(self._address, index) != 1:
                self.known[address] = font
        return font

    def _measured(self, index: int, widths: StatedWidths | None, looks: Looks) -> Lettering:
        """Return how a character is written."""
        if not _copy_matrix(self._address, index, self._by_matrix):
            return Lettering(0, 0.0)
        size: float = pdfium.FPDFText_GetFontSize(self._handle, index)
        matrix = tuple(self._matrix[:4])
        key = (*matrix, size, id(widths), looks)
        font = self._alike.get(key)
        if font is None:
            font = self._alike[key] = _lettering_of(matrix, size, widths, looks)
        return font

    def _widths_of(self, text_object: int) -> StatedWidths | None:
        """Return the stated widths of a text object's font, None if the font is embedded."""
        address = _font_of(text_object)
        if not address:
            return None
        if address not in self._widths:
            font = ctypes.cast(address, pdfium.FPDF_FONT)
            embedded = pdfium.FPDFFont_GetIsEmbedded(font) == 1
            self._widths[address] = None if embedded else StatedWidths(font)
        return self._widths[address]

    def numbers_glyphs(self, index: int) -> bool:
        """
        Tell whether the code of a character without a Unicode value is but the number of its glyph.

        The codes of recognised text, which is not painted, and of fonts of Type 3, which have no name, are letters.
        """
        thing = pdfium.FPDFText_GetTextObject(self._handle, index)
        if not thing or pdfium.FPDFTextObj_GetTextRenderMode(thing) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
            return False
        return bool(pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(thing), None, 0) > 1)

    def turn(self, count: int) -> int:
        """Return how most characters of a page are turned, by a sample."""
        places = range(0, count, max(1, count // 100))
        sample = Counter(self.of(index).turn for index in places if _is_generated(self._address, index) != 1)
        del sample[-1]
        return sample.most_common(1)[0][0] if sample else 0


def _lettering_of(matrix: tuple[float, ...], size: float, widths: StatedWidths | None, looks: Looks) -> Lettering:
    """Return how text is written by the first four numbers of its matrix and the size of its font."""
    a, b, c, d = matrix
    angle = math.degrees(math.atan2(b, a)) + (180 if size < 0 else 0)
    if not math.isfinite(angle):
        return Lettering(-1, 0.0)
    quarter = round(angle / 90)
    turn = quarter % 4 if abs(angle - quarter * 90) < 10 else -1
    em = abs(size) * math.hypot(c, d)
    if 0 < em < _TOO_SMALL and "hidden" not in looks:
        looks = (*looks, "hidden")
    scale = abs(size) * math.hypot(a, b)
    return Lettering(turn, em if em < FARTHEST else 0.0, widths, scale, looks)
