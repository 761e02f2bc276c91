"""
A page of text as pdfium has it -> its characters, many at once: codes, text objects, where they stand.

In: the page, and from which character to which. Out: `Batch`es. pdfium is asked for each character by itself; asking in
one go, with pointers as numbers, takes a third of the time.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterator
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

from .lettering import by_address

_PAGE, _INDEX, _WHERE = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
_unicode_of = by_address(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _PAGE, _INDEX)
_is_unmapped = by_address(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int, _PAGE, _INDEX)
is_generated = by_address(pdfium.FPDFText_IsGenerated, ctypes.c_int, _PAGE, _INDEX)
_object_of = by_address(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, _PAGE, _INDEX)
_copy_origin = by_address(pdfium.FPDFText_GetCharOrigin, ctypes.c_int, _PAGE, _INDEX, _WHERE, _WHERE)
_copy_box = by_address(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, _PAGE, _INDEX, _WHERE)
#: The size of a number with double precision and of a box, in bytes.
_DOUBLE, _BOX = ctypes.sizeof(ctypes.c_double), ctypes.sizeof(pdfium.FS_RECTF)


#: A character: its number on the page, code, the address of its text object, origin, left and right edge, as the file
#: has the page.
Character = tuple[int, int, int | None, float, float, float, float]


class Batch:
    """
    Some characters that follow one another.

    Args:
        page: The address of a page of text.

        start: The first character.

        end: The one after the last.
    """

    def __init__(self, page: int, start: int, end: int) -> None:
        """Ask pdfium."""
        count, indexes, pages = end - start, range(start, end), repeat(page)
        self.start = start
        self.codes: list[int] = list(map(_unicode_of, pages, indexes))
        flags = list(map(_is_unmapped, pages, indexes))
        #: Which of them have no Unicode value, counted from the first of the page.
        self.unmapped = [start + place for place, flag in enumerate(flags) if flag == 1] if 1 in flags else []
        self._things: list[int | None] = list(map(_object_of, pages, indexes))
        origins = (ctypes.c_double * (2 * count))()
        at = ctypes.addressof(origins)
        step, end_at = 2 * _DOUBLE, at + 2 * _DOUBLE * count
        ends = range(at, end_at, step), range(at + _DOUBLE, end_at + _DOUBLE, step)
        deque(map(_copy_origin, pages, indexes, *ends), maxlen=0)
        boxes = (pdfium.FS_RECTF * count)()
        at = ctypes.addressof(boxes)
        deque(map(_copy_box, pages, indexes, range(at, at + _BOX * count, _BOX)), maxlen=0)
        self._origins, self._edges = origins[:], (ctypes.c_float * (4 * count)).from_buffer(boxes)[:]
        self._boxes: Any = boxes

    def __iter__(self) -> Iterator[Character]:
        """Yield every character."""
        return zip(
            range(self.start, self.start + len(self.codes)),
            self.codes,
            self._things,
            self._origins[::2],
            self._origins[1::2],
            self._edges[::4],
            self._edges[2::4],
            strict=True,
        )

    def box(self, index: int) -> Any:
        """Return the box of a character, counted from the first of the page."""
        return self._boxes[index - self.start]
