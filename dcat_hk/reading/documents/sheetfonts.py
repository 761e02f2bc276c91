"""
Fonts and colours in Excel files -> what can be known of them.

In: names and attributes of elements. Out: fonts and colours, as far as they tell whether text is seen and counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .looks import BLACK, SHIFTS, WHITE, Colour, is_unseen, read_colour
from .sheetattributes import is_true, number

#: Letters of so many points cannot be read.
_TINY = 1.0
#: Colours by the numbers that files have for them, as far as letters and grounds are concerned.
_INDEXED = {0: BLACK, 1: WHITE, 8: BLACK, 9: WHITE, 64: BLACK, 65: WHITE}
_THEME = {"0": WHITE, "1": BLACK}


class SheetColour(NamedTuple):
    """A colour: what it is, if that is known, and how the file states it."""

    colour: Colour | None
    stated: str = ""


class SheetFont(NamedTuple):
    """How letters look; `colour` is None for the usual one."""

    struck: bool = False
    shift: str = ""
    colour: SheetColour | None = None
    tiny: bool = False

    def changed(self, name: str, attributes: Mapping[str, str]) -> SheetFont:
        """
        Return this font with what one of its elements states.

        >>> SheetFont().changed("vertAlign", {"val": "superscript"}).shift
        'raised'
        """
        stated = attributes.get("val")
        if name == "strike":
            return self._replace(struck=stated is None or is_true(stated))
        if name == "vertAlign":
            return self._replace(shift=SHIFTS.get(stated or "", ""))
        if name == "color":
            return self._replace(colour=read_sheet_colour(attributes))
        if name == "sz":
            return self._replace(tiny=_is_tiny(stated or ""))
        return self


def read_sheet_colour(attributes: Mapping[str, str]) -> SheetColour:
    """
    Return the colour that the attributes of an element state.

    >>> read_sheet_colour({"rgb": "FFFF0000"}).colour, read_sheet_colour({"theme": "4", "tint": "0.4"}).colour
    ((255, 0, 0), None)
    """
    stated = " ".join(f"{name} {value}" for name, value in sorted(attributes.items()))
    if "rgb" in attributes:
        return SheetColour(read_colour(attributes["rgb"][-6:]), stated)
    if "indexed" in attributes:
        return SheetColour(_INDEXED.get(number(attributes["indexed"], -1)), stated)
    if "theme" in attributes and attributes.get("tint", "0").strip("0.") == "":
        return SheetColour(_THEME.get(attributes["theme"]), stated)
    return SheetColour(None, stated)


def is_lost(colour: SheetColour, ground: SheetColour) -> bool:
    """Tell whether letters of a colour cannot be seen on a ground."""
    if colour.colour is None or ground.colour is None:
        return bool(colour.stated) and colour.stated == ground.stated and "auto" not in colour.stated
    return is_unseen(colour.colour, frozenset({ground.colour}))


def _is_tiny(text: str) -> bool:
    """Tell whether letters of a size in points cannot be read."""
    try:
        return 0 < float(text) <= _TINY
    except ValueError:
        return False
