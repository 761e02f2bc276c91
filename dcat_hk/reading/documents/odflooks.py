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

from .looks import SMALLER, UNKNOWN, WHITE, Colour, Grounds, Surroundings, is_unseen, kind_of_turn, read_colour
from .numbering import Element, child, local, value
from .odfstyles import OdfStyles

_POINTS = re.compile(r"([0-9.]+)(pt|in|cm|mm)")
_SHIFT = re.compile(r"(super|sub|-?[0-9]{1,6}(?:\.[0-9]{1,9})?%)(?:\s+([0-9]{1,6})(?:\.[0-9]{1,9})?%)?")
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


@dataclass(frozen=True, slots=True, eq=False)
class Letters:
    """Properties of letters by their names; those of one style within others are one object."""

    stated: Mapping[str, str] = field(default_factory=dict)


PLAIN = Letters()


@dataclass(slots=True)
class OdfLooks:
    """Works out how text looks from the styles of a file; what has been worked out is looked up."""

    styles: OdfStyles
    _letters: dict[tuple[str, str, Letters], Letters] = field(default_factory=dict)
    _kinds: dict[tuple[Letters, Surroundings], tuple[str, ...]] = field(default_factory=dict)
    _around: dict[tuple[str, ...], dict[Surroundings, Surroundings]] = field(default_factory=dict)

    def letters(self, family: str, name: str, outer: Letters = PLAIN) -> Letters:
        """
        Return the properties of letters of a style that stands within others.

        Args:
            family: `text`, `paragraph` or `table-cell`.

            name: The style's name.

            outer: The properties of what the text stands in.
        """
        key = (family, name, outer)
        if key not in self._letters:
            own: Mapping[str, str] = {}
            for style in reversed(self.styles.chain(family, name)):
                own = _overlay(own, _attributes(child(style, "text-properties")))
            self._letters[key] = Letters(_overlay(outer.stated, own)) if own else outer
        return self._letters[key]

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
        known = self._around.setdefault((name,), {})
        if around not in known:
            inner = self._on_ground("paragraph", name, around)
            upright = self._stated("paragraph", name, "writing-mode").startswith(_UPRIGHT)
            known[around] = inner.marked("turned") if upright else inner
        return known[around]

    def cell(self, cell: Element, row: Element, table: Element, around: Surroundings) -> Surroundings:
        """
        Return what surrounds the text of a cell.

        Args:
            cell: The cell.

            row: Its row.

            table: Its table.

            around: What surrounds the table.
        """
        names = tuple(value(element, "style-name") for element in (table, row, cell))
        known = self._around.setdefault(names, {})
        if around not in known:
            inner = around
            for family, name in zip(("table", "table-row", "table-cell"), names, strict=True):
                inner = self._on_ground(family, name, inner)
            angle = self._stated("table-cell", names[-1], "rotation-angle")
            upright = self._stated("table-cell", names[-1], "writing-mode").startswith(_UPRIGHT)
            known[around] = inner.marked(kind_of_turn(_number(angle), upright).replace("stamp", "turned"))
        return known[around]

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
        if letters is PLAIN:
            return around.kinds
        key = (letters, around)
        if key not in self._kinds:
            stated = letters.stated
            self._kinds[key] = around.marked(
                "struck" if _is_struck(stated) else "",
                _shift_of(stated),
                "hidden" if (not around.fitted and _is_tiny(stated)) or _is_hidden(stated, around.grounds) else "",
                "turned" if _number(stated.get("text-rotation-angle", "")) % 360 else "",
            ).kinds
        return self._kinds[key]

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


def _attributes(element: Element | None) -> Mapping[str, str]:
    """Return the attributes of an element by their names without namespace."""
    return {} if element is None else {name.rpartition("}")[2]: str(text) for name, text in element.attrib.items()}


def _overlay(outer: Mapping[str, str], inner: Mapping[str, str]) -> Mapping[str, str]:
    """Return properties of letters where inner ones go before outer ones; a colour ends that of the window."""
    if "color" in inner and "use-window-font-color" not in inner:
        inner = {**inner, "use-window-font-color": "false"}
    return {**outer, **inner}


def _is_struck(letters: Mapping[str, str]) -> bool:
    """Tell whether text is struck out."""
    style, kind = (letters.get(f"text-line-through-{name}", "") for name in ("style", "type"))
    return style not in _NONE or (style == "" and kind not in _NONE)


def _shift_of(letters: Mapping[str, str]) -> str:
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


def _is_tiny(letters: Mapping[str, str]) -> bool:
    """Tell whether text has no size to speak of."""
    size = _POINTS.fullmatch(letters.get("font-size", ""))
    return size is not None and 0 < _number(size[1]) * _UNITS[size[2]] <= _TINY


def _is_hidden(letters: Mapping[str, str], grounds: Grounds) -> bool:
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
        number = float(text)
    except ValueError:
        return 0.0
    return number if math.isfinite(number) else 0.0


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
    return entries[int(chosen)] if chosen.isdecimal() and len(chosen) < 10 and int(chosen) < len(entries) else ""
