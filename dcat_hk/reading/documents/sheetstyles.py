"""
Styles of an Excel file -> how numbers are shown and how the text of cells looks.

In: the part with the styles. Out: formats, and the kinds of marks of text, see `Mark`. Where it is not certain what is
behind text, it counts as seen.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .looks import WHITE
from .sheetattributes import number
from .sheetfonts import SheetColour, SheetFont, is_lost, read_sheet_colour
from .sheetvalues import format_of
from .sheetxml import Attributes, ElementHandler

#: Text that is turned by a quarter, and text whose letters stand below one another.
_TURNED = {"90", "180", "255"}
_EMPTY_SECTION = re.compile(r"(?:\[[^\]]*\]|\"\")*")
#: What a cell is filled with if only that is known.
_SOLID = SheetColour(None, "solid")


class SheetStyle(NamedTuple):
    """
    How a cell looks: the number of its number format, its font, what it is filled with, whether its text is turned.

    `fill` is None for a cell that is not filled.
    """

    format: int = 0
    font: SheetFont = SheetFont()
    fill: SheetColour | None = None
    turned: bool = False

    def kinds(self, font: SheetFont | None, on_known_ground: bool) -> tuple[str, ...]:
        """
        Return the kinds of marks of text in a cell.

        Args:
            font: The font of a run of the text, None if it is the cell's.

            on_known_ground: Whether nothing but its own style can give the cell its ground.
        """
        font = font or self.font
        ground = self.fill or SheetColour(WHITE if on_known_ground else None)
        marks = (
            ("struck", font.struck),
            (font.shift, bool(font.shift)),
            ("hidden", font.tiny or (font.colour is not None and is_lost(font.colour, ground))),
            ("turned", self.turned),
        )
        return tuple(kind for kind, holds in marks if holds)


def hides(code: str, is_text: bool) -> bool:
    """
    Tell whether a number format shows nothing at all.

    Args:
        code: The number format.

        is_text: Whether what is in the cell is text.

    >>> hides(";;;", False), hides(";;;", True), hides(";;", True), hides("0;;", False)
    (True, True, False, False)
    """
    sections = code.split(";")
    empty = all(_EMPTY_SECTION.fullmatch(section.strip()) for section in sections)
    return empty and len(sections) > (3 if is_text else 1)


class SheetStyles(ElementHandler):
    """
    The styles of cells and the number formats by number.

    >>> from dcat_hk.core.limits import Budget
    >>> from dcat_hk.reading.documents.sheetxml import parse
    >>> styles = SheetStyles()
    >>> part = b'<s><cellXfs><xf numFmtId="17"/></cellXfs><numFmt numFmtId="164" formatCode="m/yyyy"/></s>'
    >>> parse([part], styles, Budget("plan.xlsx"))
    >>> styles.cells, styles.formats
    ([SheetStyle(format=17, font=SheetFont(struck=False, shift='', colour=None, tiny=False), fill=None, turned=False)],\
 {164: 'm/yyyy'})
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.formats: dict[int, str] = {}
        self.cells: list[SheetStyle] = []
        self._fonts: list[SheetFont] = []
        self._fills: list[SheetColour | None] = []
        #: The list that is being read.
        self._within = ""

    def start(self, name: str, attributes: Attributes) -> None:
        """Take a number format, a font, a fill or the style of a cell."""
        if name == "numFmt":
            self.formats.setdefault(number(attributes.get("numFmtId")), attributes.get("formatCode", ""))
        elif name in {"cellXfs", "fonts", "fills"}:
            self._within = name
        elif self._within == "cellXfs":
            self._take_style(name, attributes)
        elif self._within == "fonts":
            self._fonts += [SheetFont()] if name == "font" else []
            if self._fonts:
                self._fonts[-1] = self._fonts[-1].changed(name, attributes)
        elif self._within == "fills":
            self._take_fill(name, attributes)

    def _take_style(self, name: str, attributes: Attributes) -> None:
        """Take the style of a cell."""
        if name == "xf":
            font, fill = number(attributes.get("fontId")), number(attributes.get("fillId"))
            self.cells.append(
                SheetStyle(
                    number(attributes.get("numFmtId")),
                    self._fonts[font] if font < len(self._fonts) else SheetFont(),
                    self._fills[fill] if fill < len(self._fills) else None,
                )
            )
        elif name == "alignment" and self.cells and attributes.get("textRotation") in _TURNED:
            self.cells[-1] = self.cells[-1]._replace(turned=True)

    def _take_fill(self, name: str, attributes: Attributes) -> None:
        """Take what cells are filled with; what is not one colour is not known."""
        if name == "fill":
            self._fills.append(SheetColour(None))
        elif name == "patternFill" and self._fills and attributes.get("patternType", "none") == "none":
            self._fills[-1] = None
        elif name == "patternFill" and self._fills:
            self._fills[-1] = _SOLID if attributes["patternType"] == "solid" else SheetColour(None)
        elif name == "fgColor" and self._fills and self._fills[-1] == _SOLID:
            self._fills[-1] = read_sheet_colour(attributes)

    def end(self, name: str) -> None:
        """Leave a list."""
        if name == self._within:
            self._within = ""

    def hides(self, index: int, is_text: bool) -> bool:
        """Tell whether a cell of a style shows nothing at all, whatever is in it."""
        return hides(format_of(self.style(index).format, self.formats), is_text)

    def style(self, index: int) -> SheetStyle:
        """Return the style of a cell by its number, the usual one if there is none."""
        return self.cells[index] if index < len(self.cells) else SheetStyle()
