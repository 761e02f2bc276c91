"""
What is declared for an element of a web page -> how its text looks.

In: the look of the element around it, and the properties declared for it. Out: a look. Where it cannot be known whether
text is seen, it is taken to be seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from .looks import BLACK, WHITE, is_unseen
from .numbering import Element
from .webcolours import ScreenColour, read_length, read_screen_colour
from .webelements import CELLS, ELEMENTS, tag_of

_INK, _PAPER = ScreenColour(BLACK), ScreenColour(WHITE)
_STRUCK = frozenset({"s", "strike", "del"})
#: Parts of tables in which lines run as they do in the table.
_ROWS = frozenset({"tr", "tbody", "thead", "tfoot"})
#: What text stands on is not known within these.
_APART = frozenset({"absolute", "fixed", "sticky"})
_INLINE = frozenset({"", "inline", "contents"})
#: Text is moved out of sight by as many pixels.
_OUT_OF_SIGHT = -500.0
#: What is moved to the left by as many pixels may stand on something else.
_ASIDE = -40.0
#: Text of at most this size in pixels, or in a box of this size, cannot be read.
_TINY, _TINY_BOX = 1.34, 1.0
#: Letters that are moved by less than this, in pixels or parts of a hundred, stand where the others do.
_MOVED, _MOVED_PERCENT = 1.5, 12.0
_NOTHING_CLIPPED = re.compile(r"rect\(\s*(?:[01](?:px|pt)?[\s,]*){4}\)|inset\(\s*(?:[5-9]\d|100)%.*\)|circle\(\s*0.*\)")
_QUARTER = re.compile(r"(?:rotate(?:z)?\(\s*)?([+-]?\d+(?:\.\d+)?)(deg|turn|grad)?")
_DEGREES = {"deg": 1.0, "turn": 360.0, "grad": 0.9, None: 1.0}
_SCALED_AWAY = re.compile(r"scale[xy]?\(\s*0(?:\.0*)?\s*[,)]")


@dataclass(frozen=True)
class ElementLook:
    """
    How the text of an element looks.

    `display` and `visible` tell whether the element is shown at all. `colour` and `ground` are None where they are not
    known; `ground_stated` tells whether the ground is known beyond what style sheets that were not followed can change.
    """

    display: str = "block"
    visible: bool = True
    struck: bool = False
    shift: str = ""
    colour: ScreenColour | None = _INK
    ground: ScreenColour | None = _PAPER
    colour_stated: bool = False
    ground_stated: bool = False
    shadowed: bool = False
    tiny: bool = False
    unseen: bool = False
    indented: bool = False
    turned: bool = False
    vertical: bool = False
    page_vertical: bool = False
    complete: bool = True

    @cached_property
    def shown(self) -> bool:
        """Tell whether the element itself is shown."""
        return self.display != "none"

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Return what marks the text has, see `Mark`."""
        turned = self.turned or self.vertical != self.page_vertical
        marks = (
            ("struck", self.struck),
            ("raised", self.shift == "raised"),
            ("lowered", self.shift == "lowered"),
            ("hidden", self.tiny or self.unseen or self.indented or self._is_lost()),
            ("turned", turned),
        )
        return tuple(kind for kind, holds in marks if holds)

    def _is_lost(self) -> bool:
        """Tell whether the letters have the colour of what they stand on."""
        if self.colour is None or self.shadowed:
            return False
        if self.colour.alpha == 0:
            return self.ground is not None and (self.complete or self.colour_stated)
        known = self.complete or (self.colour_stated and self.ground_stated)
        return known and self.ground is not None and is_unseen(self.colour.colour, frozenset({self.ground.colour}))

    def opened(self) -> ElementLook:
        """Return the look of the same element once a reader of the page has opened it."""
        display = "block" if self.display == "none" else self.display
        return replace(self, display=display, visible=True, unseen=False, tiny=False)


def look_of(element: Element, outer: ElementLook, values: Mapping[str, str]) -> ElementLook:
    """
    Return how the text of an element looks.

    Args:
        element: The element.

        outer: The look of the element that it stands in.

        values: The properties that are declared for it.

    >>> from lxml.html import fromstring
    >>> look_of(fromstring("<sup>1</sup>"), ElementLook(), {}).kinds
    ('raised',)
    >>> look_of(fromstring("<p>1</p>"), ElementLook(), {"color": "white"}).kinds
    ('hidden',)
    """
    tag = tag_of(element)
    if not values and tag not in _STRUCK and tag not in {"sup", "sub"}:
        return _plain(outer, tag)
    display = values.get("display") or ("block" if tag in ELEMENTS.blocks or tag == "table" else "")
    apart = values.get("position", "") in _APART or values.get("float", "none") not in {"none", "inherit", "initial"}
    vertical, turned = _turns(tag, values, outer)
    colour, ground = _colour_of(values, outer), _ground_of(values, outer)
    return ElementLook(
        display=display,
        visible={"hidden": False, "collapse": False, "visible": True}.get(values.get("visibility", ""), outer.visible),
        struck=_is_struck(tag, values, outer, apart or display.startswith("inline-")),
        shift=_shift_of(tag, display, values, outer),
        colour=colour,
        ground=ground,
        colour_stated="color" in values,
        ground_stated="background-color" in values and ground is not None,
        shadowed=_stated(values, "text-shadow", outer.shadowed),
        tiny=_is_tiny(values, outer),
        unseen=outer.unseen or _is_unseen(values),
        indented=_is_indented(values, outer),
        turned=turned,
        vertical=vertical,
        page_vertical=vertical if tag in {"html", "body"} else outer.page_vertical,
        complete=outer.complete,
    )


def _plain(outer: ElementLook, tag: str) -> ElementLook:
    """Return the look of an element for which nothing is declared."""
    display = "block" if tag in ELEMENTS.blocks or tag == "table" else ""
    shift = outer.shift if not display else ""
    return replace(outer, display=display, shift=shift, colour_stated=False, ground_stated=False)


def _stated(values: Mapping[str, str], name: str, default: bool) -> bool:
    """Tell whether a property is something else than none."""
    value = values.get(name)
    return default if value in {None, "inherit", "unset"} else value not in {"none", "initial"}


def _is_struck(tag: str, values: Mapping[str, str], outer: ElementLook, apart: bool) -> bool:
    """Tell whether text is crossed out; a line through a text goes through all that stands in it."""
    line = values.get("text-decoration-line", "")
    if "line-through" in line or (tag in _STRUCK and (not line or tag == "del")):
        return True
    return outer.struck and not apart


# ---- above and below the line


def _shift_of(tag: str, display: str, values: Mapping[str, str], outer: ElementLook) -> str:
    """Return whether text stands above or below the line, nothing if it stands on it."""
    if tag in CELLS or display not in {*_INLINE, "inline-block"}:
        return ""
    own = {"sup": "raised", "sub": "lowered"}.get(tag, "")
    stated = values.get("vertical-align", "")
    if stated in {"super", "sub"}:
        own = "raised" if stated == "super" else "lowered"
    elif stated == "baseline":
        own = ""
    elif moved := _moved(stated):
        own = "raised" if moved > 0 else "lowered"
    if values.get("position") == "relative":
        moved = _moved(values.get("bottom", "")) or -_moved(values.get("top", ""))
        own = own if not moved else "raised" if moved > 0 else "lowered"
    return own or outer.shift


def _moved(value: str) -> float:
    """Return by how much letters are moved, 0 if that is too little to be seen."""
    length = read_length(value)
    least = _MOVED_PERCENT if length and length[1] == "%" else _MOVED
    return length[0] if length and abs(length[0]) >= least else 0.0


# ---- colours


def _colour_of(values: Mapping[str, str], outer: ElementLook) -> ScreenColour | None:
    """Return the colour of letters, None if it is not known."""
    stated = values.get("color", "inherit")
    if stated in {"inherit", "unset", "currentcolor"}:
        return outer.colour
    colour = _INK if stated == "initial" else read_screen_colour(stated)
    return colour if colour is not None and colour.alpha in {0.0, 1.0} else None


def _ground_of(values: Mapping[str, str], outer: ElementLook) -> ScreenColour | None:
    """Return the colour that letters stand on, None if it is not known."""
    painted = values.get("background-image", "none") != "none" or "text" in values.get("background-clip", "")
    if painted or "mix-blend-mode" in values:
        return None
    colour = (
        read_screen_colour(stated) if (stated := values.get("background-color", "transparent")) != "initial" else None
    )
    if colour is not None and colour.alpha == 1:
        return colour
    if stated not in {"initial", "unset"} and (colour is None or colour.alpha > 0):
        return None
    # What is moved over other things, or laid out over them, can stand on any of them.
    lifted = values.get("position", "") in _APART or "grid" in values.get("display", "")
    return None if lifted or _moves(values) else outer.ground


def _moves(values: Mapping[str, str]) -> bool:
    """Tell whether an element is moved away from where it would stand."""
    translated = "translate" in values.get("transform", "")
    margin = read_length(values.get("margin-left", ""))
    return (
        translated
        or bool(margin and margin[0] <= _ASIDE)
        or (values.get("position") == "relative" and bool({"top", "left", "bottom"} & set(values)))
    )


# ---- out of sight


def _is_tiny(values: Mapping[str, str], outer: ElementLook) -> bool:
    """Tell whether letters are too small to be seen."""
    stated = values.get("font-size", "")
    length = read_length(stated)
    if length is None:
        return outer.tiny if not stated or stated in {"inherit", "unset", "smaller", "larger"} else False
    if outer.tiny and length[1] in {"%", "em"}:
        return True
    return length[0] == 0 if length[1] in {"%", "em", "rem"} else length[0] <= _TINY


def _is_unseen(values: Mapping[str, str]) -> bool:
    """Tell whether an element is out of sight though it is shown."""
    moving = any(values.get(name, "none") not in {"none", "initial"} for name in ("transition", "animation"))
    opacity = read_length(values.get("opacity", "1").rstrip("%"))
    if opacity and opacity[0] <= 0 and not moving:
        return True
    if _SCALED_AWAY.search(values.get("transform", "")) and not moving:
        return True
    apart = values.get("position", "") in {"absolute", "fixed"}
    clipped = any(_NOTHING_CLIPPED.match(values.get(name, "")) for name in ("clip", "clip-path"))
    if clipped and (apart or "clip-path" in values):
        return True
    width, height = (read_length(values.get(name, "")) for name in ("width", "height"))
    flat = height is not None and height[0] <= 0
    tiny = all(size is not None and size[0] <= _TINY_BOX and size[1] != "%" for size in (width, height))
    if values.get("overflow", "") in {"hidden", "clip"} and (flat or tiny) and not moving:
        return True
    away = ("left", "top", "margin-left") if apart or values.get("position") == "relative" else ("margin-left",)
    return any(_is_far(values.get(name, "")) for name in away)


def _is_far(value: str) -> bool:
    """Tell whether a length moves text out of sight."""
    length = read_length(value)
    return length is not None and length[1] != "%" and length[0] <= _OUT_OF_SIGHT


def _is_indented(values: Mapping[str, str], outer: ElementLook) -> bool:
    """Tell whether the first line of an element begins out of sight."""
    stated = values.get("text-indent", "inherit")
    if stated == "inherit":
        return outer.indented
    length = read_length(stated)
    hides = values.get("overflow", "") in {"hidden", "clip"} and values.get("white-space", "") == "nowrap"
    return _is_far(stated) or bool(length and length[1] == "%" and abs(length[0]) >= 100 and hides)


# ---- turned


def _turns(tag: str, values: Mapping[str, str], outer: ElementLook) -> tuple[bool, bool]:
    """Return whether lines run from top to bottom, and whether text is turned otherwise."""
    mode = values.get("writing-mode") or values.get("layout-flow", "")
    vertical = outer.vertical
    if mode not in {"", "inherit", "unset"} and tag not in _ROWS:
        vertical = mode.startswith(("vertical", "sideways", "tb", "bt"))
    turned = outer.turned
    for name in ("transform", "rotate", "mso-rotate"):
        match = (
            _QUARTER.search(values.get(name, "")) if name != "transform" or "rotate" in values.get(name, "") else None
        )
        if match:
            turned = round(float(match[1]) * _DEGREES[match[2]]) % 180 == 90
    return vertical, turned
