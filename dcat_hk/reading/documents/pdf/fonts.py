"""
The only fonts that pdfium uses beside those in a file, so that a PDF is read alike on every machine.

In: nothing. Out: pdfium asks this module, not the operating system, for fonts that a file names but does not embed.
For the 14 standard fonts it falls back on the metrics compiled into it; for any other it gets a font that has one
shape for all characters. That font never decides how wide a character is: widths are what the file states.
"""

from __future__ import annotations

import ctypes
import struct
from typing import Any

import pypdfium2.raw as pdfium

#: Fonts whose metrics a file may leave out, because every reader of PDF knows them.
STANDARD_FONTS = frozenset(
    {
        "Courier",
        "Courier-Bold",
        "Courier-BoldOblique",
        "Courier-Oblique",
        "Helvetica",
        "Helvetica-Bold",
        "Helvetica-BoldOblique",
        "Helvetica-Oblique",
        "Symbol",
        "Times-Bold",
        "Times-BoldItalic",
        "Times-Italic",
        "Times-Roman",
        "ZapfDingbats",
    }
)

#: Units of the substitute font. Its shape is narrower than almost every letter, since pdfium widens the box of a
#: character to the shape. It must not be empty: pdfium leaves out a piece of text without any extent.
_EM, _ASCENT, _DESCENT, _WIDTH, _ADVANCE = 1000, 880, -120, 200, 500
_LAST_CODE_POINT = 0x10FFFF
#: How pdfium refers to the substitute font; anything but null.
_HANDLE = 1
_CALLBACKS: dict[str, Any] = dict(pdfium.FPDF_SYSFONTINFO._fields_)
#: pdfium keeps pointers to these, so they must live as long as it does.
_registered: list[Any] = []


def use_fixed_fonts() -> None:
    """
    Make pdfium take fonts that a file does not embed from here, for as long as the process lives.

    Fonts of the operating system are not looked for, whoever uses pdfium in this process. Calling it again does
    nothing.

    Spec: ISO 32000-1, 9.6.2.2: the standard 14 fonts; 9.8: fonts that are not embedded are described by their metrics.
    """
    if _registered:
        return
    info = pdfium.FPDF_SYSFONTINFO()
    info.version = 1
    info.MapFont = _CALLBACKS["MapFont"](_map_font)
    info.GetFontData = _CALLBACKS["GetFontData"](_copy_font)
    _registered.append(info)
    pdfium.FPDF_SetSystemFontInfo(ctypes.byref(info))


class StatedWidths:
    """
    The widths that a file states for the characters of a font that it does not embed.

    pdfium's boxes of such characters also cover the shapes of a substitute font. A standard font without stated widths
    has the metrics that pdfium holds for it.

    Args:
        font: A font as pdfium has it.

    Spec: ISO 32000-1, 9.2.4: glyph positioning and metrics.
    """

    def __init__(self, font: Any) -> None:
        self._font = font
        self._width = ctypes.c_float()
        self._width_by_code: dict[int, float] = {}

    def width(self, code: int) -> float:
        """Return the width of a character in sizes of the font; not positive if none is known or text runs down."""
        width = self._width_by_code.get(code)
        if width is None:
            self._width.value = 0.0
            pdfium.FPDFFont_GetGlyphWidth(self._font, code, 1.0, ctypes.byref(self._width))
            width = self._width_by_code[code] = self._width.value
        return width


def _map_font(_info: Any, _weight: int, _italic: int, _charset: int, _pitch: int, face: Any, _exact: Any) -> int | None:
    """Return the substitute font; nothing for a standard font, which pdfium has itself."""
    name = ctypes.string_at(face).decode("latin-1") if face else ""
    return None if name in STANDARD_FONTS else _HANDLE


def _copy_font(_info: Any, _handle: Any, table: int, buffer: Any, size: int) -> int:
    """Copy the substitute font to a buffer that is large enough, and return its size; it has no single tables."""
    if table:
        return 0
    if buffer and size >= len(_FONT):
        ctypes.memmove(buffer, _FONT, len(_FONT))
    return len(_FONT)


def _build_font() -> bytes:
    """
    Return a TrueType font with one glyph, a box, for every character.

    Spec: OpenType 1.9, Font file: table directory; cmap, format 13: many-to-one mappings.
    """
    box = struct.pack(">5h", 1, 0, _DESCENT, _WIDTH, _ASCENT)
    box += struct.pack(">HH4B", 3, 0, 1, 1, 1, 1)
    box += struct.pack(">4h", 0, _WIDTH, 0, -_WIDTH) + struct.pack(">4h", _DESCENT, 0, _ASCENT - _DESCENT, 0)
    every_character = struct.pack(">2H6I", 13, 0, 28, 0, 1, 0, _LAST_CODE_POINT, 1)
    bounds = (0, _DESCENT, _WIDTH, _ASCENT)
    tables = {
        b"cmap": struct.pack(">4HI", 0, 1, 3, 10, 12) + every_character,
        # Glyph 0 stands for what has no glyph, glyph 1 for all characters; both are the box.
        b"glyf": box * 2,
        b"head": struct.pack(">4I2H2q4h2H3h", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *bounds, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">I3hH11hH", 0x10000, _ASCENT, _DESCENT, 0, _ADVANCE, *[0] * 2, _WIDTH, 1, *[0] * 7, 1),
        b"hmtx": struct.pack(">Hhh", _ADVANCE, 0, 0),
        b"loca": struct.pack(">3I", 0, len(box), 2 * len(box)),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 1, *[0] * 8),
    }
    directory = struct.pack(">I4H", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64)
    start, body = len(directory) + 16 * len(tables), b""
    for tag, table in tables.items():
        padded = table + bytes(-len(table) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4s3I", tag, checksum, start + len(body), len(table))
        body += padded
    return directory + body


_FONT = _build_font()
