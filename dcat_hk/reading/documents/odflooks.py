"""
How text in an OpenDocument file looks, as far as it can change what the text means: the kinds of its marks.

In: styles by name, and where text stands. Out: kinds of marks, see `Mark`. Where it is not certain what is behind text,
it counts as seen.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeAlias

from .looks import SMALLER, UNKNOWN, WHITE, Colour, Grounds, Surroundings, is_unseen, kind_of_turn, read_colour
from .numbering import Element, child, local, value
from .odfstyles import OdfStyles

#: Properties of letters by their names.
Letters: TypeAlias = Mapping[str, str]

PLAIN: Letters = MappingProxyType({})
_POINTS = re.compile(r"([0-9.]+)(pt|in|cm|mm)")
_SHIFT = re.compile(r"(super|sub|-?[0-9]+(?:\.[0-9]+)?%)(?:\s+([0-9]+)(?:\.[0-9]+)?%)?")
_TURN = re.compile(r"rotate\s*\(\s*(-?[0-9.]+)\s*\)")
#: How many points a unit has.
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4}
#: In points and in percent: letters that nobody sees, and how far letters move that stand above or below the line.
_TINY, _SHIFTED = 1.0, 15.0
_NONE = {"", "none"}
#: Properties that draw letters otherwise than in their colour.
_DRAWN = {"text-outline": {"", "false"}, "font-relief": _NONE, "text-shadow": _NONE}
_UPRIGHT = ("tb", "bt")
_CLEAR = {"", "transparent", "none"}
_FILLED = {"bitmap", "gradient", "hatch"}


@dataclass(slots=True)
class OdfLooks:
    """Works out how text looks from the styles of a file."""

    styles: OdfStyles
    _letters: dict[tuple[str, str], Letters] = field(default_factory=dict)

    def letters(self, family: str, name: str, outer: Letters = PLAIN) -> Letters:
        """
        Return the properties of letters of a style that stands within others.

        Args:
            family: `text`, `paragraph` or `table-cell`.

            name: The style's name.

            outer: The properties of what the text stands in.
        """
        if (family, name) not in self._letters:
            stated: Letters = PLAIN
            for style in reversed(self.styles.chain(family, name)):
                stated = _overlay(stated, _attributes(child(style, "text-properties")))
            self._letters[family, name] = stated
        own = self._letters[family, name]
        return _overlay(outer, own) if own else outer

    def page(self, roots: Iterable[Element], content: Element | None) -> Surroundings:
        """
        Return what surrounds the text of the pages.

        Args:
            roots: The parts of the file that hold styles.

            content: The body of the file.
        """
        grounds: Grounds = UNKNOWN
        layouts = [layout for root in roots for layout in root.iter("{*}page-layout-properties")]
        for layout in layouts:
            if value(layout, "fill") in _FILLED:
                return Surroundings(UNKNOWN)
            stated = value(layout, "background-color")
            colour = WHITE if stated in _CLEAR else read_colour(stated)
            if colour is None:
                return Surroundings(UNKNOWN)
            grounds |= {colour}
        if content is not None and any(self._lies_behind(part) for part in content.iter("{*}frame", "{*}custom-shape")):
            return Surroundings(UNKNOWN)
        return Surroundings(grounds) if layouts else Surroundings()

    def paragraph(self, name: str, around: Surroundings) -> Surroundings:
        """Return what surrounds the text of a paragraph of a style."""
        inner = self._on_ground("paragraph", name, around)
        upright = self._stated("paragraph", name, "writing-mode").startswith(_UPRIGHT)
        return inner.marked("turned") if upright else inner

    def cell(self, cell: Element, row: Element, table: Element, around: Surroundings) -> Surroundings:
        """
        Return what surrounds the text of a cell.

        Args:
            cell: The cell.

            row: Its row.

            table: Its table.

            around: What surrounds the table.
        """
        inner = around
        for family, element in (("table", table), ("table-row", row), ("table-cell", cell)):
            inner = self._on_ground(family, value(element, "style-name"), inner)
        name = value(cell, "style-name")
        angle = self._stated("table-cell", name, "rotation-angle")
        upright = self._stated("table-cell", name, "writing-mode").startswith(_UPRIGHT)
        return inner.marked(kind_of_turn(_number(angle), upright).replace("stamp", "turned"))

    def box(self, element: Element, around: Surroundings) -> Surroundings:
        """
        Return what surrounds the text in a drawing.

        Args:
            element: The frame or shape.

            around: What surrounds the paragraph that it hangs on.
        """
        name = value(element, "style-name")
        colour: Colour | None = None
        if self._stated("graphic", name, "fill") in {"", "solid"}:
            colour = read_colour(self._stated("graphic", name, "fill-color"))
        turn = _TURN.search(value(element, "transform"))
        degrees = math.degrees(_number(turn[1])) if turn else 0.0
        upright = self._stated("graphic", name, "writing-mode").startswith(_UPRIGHT)
        fitted = value(child(element, "enhanced-geometry"), "text-path") == "true"
        return around.boxed(None if fitted else colour, kind_of_turn(degrees, upright), fitted)

    def kinds(self, letters: Letters, around: Surroundings) -> tuple[str, ...]:
        """Return the kinds of marks of text: its letters have some properties, and something surrounds it."""
        if not letters:
            return around.kinds
        found = around.marked(
            "struck" if _is_struck(letters) else "",
            _shift_of(letters),
            "hidden" if (not around.fitted and _is_tiny(letters)) or _is_hidden(letters, around.grounds) else "",
            "turned" if _number(letters.get("text-rotation-angle", "")) % 360 else "",
        )
        return found.kinds

    def _on_ground(self, family: str, name: str, around: Surroundings) -> Surroundings:
        """Return surroundings with the background that a style states, if it does."""
        stated = self._stated(family, name, "background-color")
        if stated in _CLEAR:
            return around
        colour = read_colour(stated)
        return replace(around, grounds=UNKNOWN if colour is None else frozenset({colour}))

    def _stated(self, family: str, name: str, attribute: str) -> str:
        """Return what a style or one that it follows states on something else than letters."""
        for style in self.styles.chain(family, name):
            for group in style:
                stated = (
                    value(group, attribute) if local(group) not in {"text-properties", "graphic-properties"} else ""
                )
                if local(group) == "graphic-properties" and family == "graphic":
                    stated = value(group, attribute)
                if stated:
                    return stated
        return ""

    def _lies_behind(self, drawing: Element) -> bool:
        """Tell whether a drawing lies behind the text of a page."""
        return self._stated("graphic", value(drawing, "style-name"), "run-through") == "background"


def _attributes(element: Element | None) -> Letters:
    """Return the attributes of an element by their names without namespace."""
    return PLAIN if element is None else {name.rpartition("}")[2]: str(text) for name, text in element.attrib.items()}


def _overlay(outer: Letters, inner: Letters) -> Letters:
    """Return properties of letters where inner ones go before outer ones; a colour ends that of the window."""
    if "color" in inner and "use-window-font-color" not in inner:
        inner = {**inner, "use-window-font-color": "false"}
    return {**outer, **inner}


def _is_struck(letters: Letters) -> bool:
    """Tell whether text is struck out."""
    style, kind = (letters.get(f"text-line-through-{name}", "") for name in ("style", "type"))
    return style not in _NONE or (style == "" and kind not in _NONE)


def _shift_of(letters: Letters) -> str:
    """Return the mark of text that stands above or below the line, nothing if it does not."""
    match = _SHIFT.fullmatch(letters.get("text-position", "").strip())
    if match is None:
        return ""
    if match[1] in {"super", "sub"}:
        return "raised" if match[1] == "super" else "lowered"
    moved = float(match[1].removesuffix("%"))
    smaller = int(match[2] or 100) <= SMALLER * 100 or "font-size" in letters
    if abs(moved) < _SHIFTED or not smaller:
        return ""
    return "raised" if moved > 0 else "lowered"


def _is_tiny(letters: Letters) -> bool:
    """Tell whether text has no size to speak of."""
    size = _POINTS.fullmatch(letters.get("font-size", ""))
    return size is not None and 0 < _number(size[1]) * _UNITS[size[2]] <= _TINY


def _is_hidden(letters: Letters, grounds: Grounds) -> bool:
    """Tell whether nobody sees text, as it lets through or has the colour of what is behind it."""
    if letters.get("opacity") == "0%":
        return True
    colour = read_colour(letters.get("color", ""))
    if colour is None or letters.get("use-window-font-color") == "true":
        return False
    if any(letters.get(name, "") not in plain for name, plain in _DRAWN.items()):
        return False
    behind = letters.get("background-color", "")
    if behind not in _CLEAR:
        ground = read_colour(behind)
        return ground is not None and is_unseen(colour, frozenset({ground}))
    return is_unseen(colour, grounds)


def _number(text: str) -> float:
    """Return a number, nought if it is none."""
    try:
        return float(text)
    except ValueError:
        return 0.0


# ---- forms

_BOXES = {False: "\u2610", True: "\u2612"}


def entered_in(mark: Element) -> str:
    """
    Return what a field of a form shows that no text holds: the entry chosen from a list, or a box with its cross.

    Args:
        mark: The element of the field.

    >>> from lxml.etree import fromstring
    >>> checked = '<param name="Checkbox_Checked" value="true"/>'
    >>> entered_in(fromstring(f'<fieldmark type="x.FORMCHECKBOX">{checked}</fieldmark>'))
    '☒'
    """
    kind = value(mark, "type").rpartition(".")[2]
    states: dict[str, list[str]] = {}
    for part in mark:
        states.setdefault(value(part, "name"), []).append(value(part, "value"))
    if kind == "FORMCHECKBOX":
        return _BOXES[states.get("Checkbox_Checked", [""])[-1] == "true"]
    if kind != "FORMDROPDOWN":
        return ""
    entries, chosen = states.get("Dropdown_ListEntry", []), states.get("Dropdown_Selected", ["0"])[-1]
    return _entry(entries, chosen)


def _entry(entries: Sequence[str], chosen: str) -> str:
    """Return the entry of a list that has a number, nothing if there is none."""
    return entries[int(chosen)] if chosen.isdecimal() and int(chosen) < len(entries) else ""
