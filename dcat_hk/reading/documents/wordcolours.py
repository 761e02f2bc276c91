"""
Colours in a Word file: of letters, of what is behind them, and of its theme.

In: elements that state a colour. Out: red, green and blue, each from 0 to 255.
"""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass, field

from .looks import BLACK, UNKNOWN, WHITE, Colour, Grounds, read_colour
from .numbering import Element, child, local, value

_PERCENT = re.compile(r"pct([0-9]+)")
#: What Word calls the colours of a theme, and what the theme calls them.
_NAMES = {
    "dark1": "dk1",
    "light1": "lt1",
    "dark2": "dk2",
    "light2": "lt2",
    "text1": "dk1",
    "background1": "lt1",
    "text2": "dk2",
    "background2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}
#: Which names of colours the settings of a file can give to others.
_MAPPED = {"text1": "t1", "background1": "bg1", "text2": "t2", "background2": "bg2"}
_HIGHLIGHTS = {
    "black": BLACK,
    "blue": (0, 0, 255),
    "cyan": (0, 255, 255),
    "green": (0, 255, 0),
    "magenta": (255, 0, 255),
    "red": (255, 0, 0),
    "yellow": (255, 255, 0),
    "white": WHITE,
    "darkBlue": (0, 0, 139),
    "darkCyan": (0, 139, 139),
    "darkGreen": (0, 100, 0),
    "darkMagenta": (128, 0, 128),
    "darkRed": (139, 0, 0),
    "darkYellow": (128, 128, 0),
    "darkGray": (169, 169, 169),
    "lightGray": (211, 211, 211),
}


@dataclass(slots=True)
class WordColours:
    """
    The colours of a file's theme by the names that Word has for them.

    >>> from lxml.etree import fromstring
    >>> sorted(WordColours().colours(fromstring('<color val="C00000"/>')))
    [(192, 0, 0)]
    """

    names: dict[str, Colour] = field(default_factory=dict)

    @classmethod
    def read(cls, theme: Element | None, settings: Element | None) -> WordColours:
        """
        Return the colours of a theme.

        Args:
            theme: The part that holds the theme, None if there is none.

            settings: The part that holds the settings of the file, None if there is none.
        """
        colours: dict[str, Colour] = {}
        scheme = child(theme, "themeElements", "clrScheme")
        for element in scheme if scheme is not None else ():
            for stated in element:
                colour = read_colour(value(stated, "lastClr") or value(stated))
                if colour is not None:
                    colours[local(element)] = colour
        mapping = child(settings, "clrSchemeMapping")
        names = dict(colours)
        for name, plain in _NAMES.items():
            other = value(mapping, _MAPPED[name]) if name in _MAPPED else ""
            known = colours.get(_NAMES.get(other, plain))
            if known is not None:
                names[name] = known
        return cls(names)

    def colours(self, element: Element | None, name: str = "val", theme: str = "themeColor") -> Grounds:
        """
        Return the colours that an element states, nothing if it states none or leaves it to the program.

        A colour of the theme and figures beside it are both stated: Word shows the first, other programs the second.

        Args:
            element: The element.

            name: The attribute that has the colour.

            theme: The attribute that names a colour of the theme.
        """
        stated, named = read_colour(value(element, name)), self.names.get(value(element, theme))
        colours = set() if stated is None else {stated}
        if named is not None:
            prefix = theme.removesuffix("Color")
            colours.add(_turn(named, value(element, prefix + "Tint"), value(element, prefix + "Shade")))
        return frozenset(colours)

    def shade(self, element: Element | None) -> Grounds | None:
        """
        Return the colours that a `w:shd` element puts behind text, None if it lets shine through what is behind it.

        Args:
            element: The element.

        Spec: ECMA-376 part 1, 17.3.1.31, shd; 17.18.78, ST_Shd.
        """
        pattern = value(element, default="nil")
        if pattern == "nil":
            return None
        fills, fronts = self.colours(element, "fill", "themeFill"), self.colours(element, "color") or {BLACK}
        percent = _PERCENT.fullmatch(pattern)
        if pattern == "clear":
            return fills or None
        if pattern == "solid":
            return frozenset(fronts)
        if percent is None:
            return UNKNOWN
        return frozenset(_mix(front, fill, int(percent[1]) / 100) for front in fronts for fill in fills or {WHITE})


def highlight_of(element: Element | None) -> Grounds | None:
    """Return the colours that a `w:highlight` element puts behind text, None if it puts none."""
    colour = _HIGHLIGHTS.get(value(element))
    return None if colour is None else frozenset({colour})


def _mix(front: Colour, back: Colour, part: float) -> Colour:
    """Return a colour of which a part is one colour and the rest another."""
    red, green, blue = (round(one * part + other * (1 - part)) for one, other in zip(front, back, strict=True))
    return red, green, blue


def _turn(colour: Colour, tint: str, shade: str) -> Colour:
    """Return a colour made lighter by a tint or darker by a shade, each two figures as Word writes them."""
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    try:
        if tint:
            light = light * int(tint, 16) / 255 + 1 - int(tint, 16) / 255
        if shade:
            light = light * int(shade, 16) / 255
    except ValueError:
        return colour
    red, green, blue = (round(part * 255) for part in colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation))
    return red, green, blue
