"""
Values in style sheets and attributes -> colours and lengths.

In: texts of values. Out: red, green and blue from 0 to 255 with how opaque the colour is, and lengths in points of a
screen (CSS pixels). What cannot be known from the text alone, such as a colour that another one is mixed into, is None.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tinycss2.color4 import parse_color

from .looks import Colour

_LENGTH = re.compile(r"([+-]?(?:\d++(?:\.\d*+)?|\.\d++)(?:e[+-]?\d++)?)\s*([a-z%]*)")
_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "em": 16.0,
    "rem": 16.0,
    "ex": 8.0,
    "ch": 8.0,
    "vw": 12.8,
    "vh": 8.0,
}
#: Digits of a colour without the sign before them, as old attributes have it.
_BARE_HEX = re.compile(r"(?:[0-9a-f]{3}|[0-9a-f]{6})")
_LONGEST = 100


class ScreenColour(NamedTuple):
    """A colour, and how opaque it is, from 0 to 1."""

    colour: Colour
    alpha: float = 1.0


@lru_cache(maxsize=4096)
def read_screen_colour(text: str) -> ScreenColour | None:
    """
    Return a colour as style sheets and attributes state it.

    >>> read_screen_colour("#f00"), read_screen_colour("window"), read_screen_colour("var(--ink)")
    (ScreenColour(colour=(255, 0, 0), alpha=1.0), None, None)
    """
    if len(text) > _LONGEST:
        return None
    bare = text.strip().lower()
    try:
        colour = parse_color(f"#{bare}" if _BARE_HEX.fullmatch(bare) else bare)
        if not hasattr(colour, "to"):
            return None
        red, green, blue, alpha = (float(part or 0) for part in colour.to("srgb"))
        shades = [min(255, max(0, round(part * 255))) for part in (red, green, blue)]
    except (ValueError, TypeError, NotImplementedError, OverflowError):
        return None
    return ScreenColour((shades[0], shades[1], shades[2]), alpha)


def read_length(text: str) -> tuple[float, str] | None:
    """
    Return a length in pixels with the unit that it was stated in; a percentage as it is. None for another value.

    >>> read_length("-9999px"), read_length("1.5em"), read_length("50%"), read_length("auto")
    ((-9999.0, 'px'), (24.0, 'em'), (50.0, '%'), None)
    """
    match = _LENGTH.fullmatch(text.strip()[:_LONGEST])
    if not match or (match[2] not in _PIXELS and match[2] != "%"):
        return None
    return float(match[1]) * _PIXELS.get(match[2], 1.0), match[2]
