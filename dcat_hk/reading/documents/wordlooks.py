"""
How text in a Word file looks, as far as it can change what the text means: the kinds of its marks.

In: runs, and where they stand. Out: kinds of marks, see `Mark`. What a run does not state its styles do, and what is
behind it the cell, the table's style or the page does. Where that is not certain, text counts as seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import xor
from typing import NamedTuple

from .looks import SHIFTS, SMALLER, UNKNOWN, WHITE, Grounds, Surroundings, is_unseen, kind_of_turn, read_colour
from .numbering import Element, WordStyles, child, children, is_on, local, value, whole
from .wordcolours import WordColours, highlight_of
from .wordtable import CellPosition

#: The properties of a run that can make a mark.
_TELLING = {"strike", "dstrike", "vertAlign", "position", "color", "sz"}
#: Properties that draw letters otherwise than in their colour.
_DRAWN = ("outline", "emboss", "imprint")
_BEHIND = {"highlight", "shd"}
#: All properties that marks depend on.
_LOOKED_AT = frozenset({*_TELLING, *_DRAWN, *_BEHIND, "glow", "textOutline", "textFill"})
#: In halves of a point: letters that nobody sees, and how far letters move that stand above or below the line.
_TINY, _SHIFTED = 2, 4
_USUAL_SIZE = 20
#: Directions of the text in a cell that are those of a page.
_STRAIGHT = {"", "lrTb", "tb", "lrTbV", "tbV"}
_STRAIGHT_PATH = "textNoShape"
_NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?")
#: Formats of a table's style: the bit of `tblLook` that asks for them, and the attribute that does.
_FIRST_ROW, _LAST_ROW, _FIRST_COLUMN, _LAST_COLUMN = 0x20, 0x40, 0x80, 0x100
_NO_ROW_BANDS, _NO_COLUMN_BANDS = 0x200, 0x400
_ASKED = {
    "firstRow": _FIRST_ROW,
    "lastRow": _LAST_ROW,
    "firstColumn": _FIRST_COLUMN,
    "lastColumn": _LAST_COLUMN,
    "noHBand": _NO_ROW_BANDS,
    "noVBand": _NO_COLUMN_BANDS,
}


class _LooksOfTable(NamedTuple):
    """
    What a table and its style put behind cells.

    `formats` are the colours for each part of the table, `look` the bits of the formats asked for, `shade` the colours
    that the table states itself; `struck` tells whether the style strikes text out.
    """

    element: Element
    formats: Mapping[str, Grounds]
    look: int
    shade: Grounds | None
    struck: bool


@dataclass(slots=True)
class WordLooks:
    """Works out how text looks from the styles and the colours of a file."""

    styles: WordStyles
    colours: WordColours
    _runs: dict[str, Mapping[str, Element]] = field(default_factory=dict)
    _shades: dict[str, Grounds | None] = field(default_factory=dict)
    #: The marks of runs that state nothing themselves, by their style, the paragraph's, and what surrounds them.
    _kinds: dict[tuple[str, str, Surroundings], tuple[str, ...]] = field(default_factory=dict)
    _table: _LooksOfTable | None = None
    #: Whether text is struck out where no style says otherwise.
    _struck: bool | None = None

    def page(self, root: Element, settings: Element | None) -> Surroundings:
        """
        Return what surrounds the text of the pages.

        Args:
            root: The main part.

            settings: The part that holds the settings, None if there is none.
        """
        if any(_lies_behind(drawing) for drawing in root.iter("{*}anchor", "{*}pict")):
            return Surroundings(UNKNOWN)
        background = child(root, "background")
        if background is None or not is_on(child(settings, "displayBackgroundShape")):
            return Surroundings()
        return Surroundings(
            UNKNOWN if len(background) else self.colours.colours(background, "color") or frozenset({WHITE})
        )

    def paragraph(self, stated: Element | None, style: str, around: Surroundings) -> Surroundings:
        """
        Return what surrounds the text of a paragraph.

        Args:
            stated: The `w:shd` element of the paragraph, None if it has none.

            style: The name of its style.

            around: What surrounds the paragraph.
        """
        if stated is not None:
            shade = self.colours.shade(stated)
        else:
            if style not in self._shades:
                self._shades[style] = self.colours.shade(self.styles.find(style, "pPr", "shd")[1])
            shade = self._shades[style]
        return around if shade is None else replace(around, grounds=shade)

    def cell(self, stated: Mapping[str, Element], position: CellPosition, around: Surroundings) -> Surroundings:
        """
        Return what surrounds the text of a cell.

        Args:
            stated: The properties of the cell, by name.

            position: Where it is in its table.

            around: What surrounds the table.
        """
        table = self._read_table(position.table)
        shade = self.colours.shade(stated.get("shd"))
        grounds = shade if shade is not None else _grounds_in(table, position, around.grounds)
        turned = value(stated.get("textDirection")) not in _STRAIGHT
        if grounds == around.grounds and table.struck == around.struck and not turned:
            return around
        inner = replace(around, grounds=grounds, struck=table.struck)
        return inner.marked("turned") if turned else inner

    def run_of(self, style: str) -> Mapping[str, Element]:
        """Return the properties of runs that a style states, by itself or by those it is based on."""
        if style not in self._runs:
            stated: dict[str, Element] = {}
            for element in self.styles.chain(style):
                stated = children(child(element, "rPr")) | stated
            self._runs[style] = stated
        return self._runs[style]

    def kinds(self, properties: Element | None, style: str, around: Surroundings) -> tuple[str, ...]:
        """
        Return the kinds of marks that a run has.

        Args:
            properties: The properties of the run, a `w:rPr` element or None.

            style: The name of the paragraph's style.

            around: What surrounds the text of the paragraph.
        """
        own = children(properties)
        styles = value(own.get("rStyle")), style
        if not _LOOKED_AT.isdisjoint(own):
            return self._find_kinds(properties, own, styles, around)
        # Most runs state nothing of their own: those of one style look alike, unless their paragraph counts.
        key = *styles, around
        if key in self._kinds:
            return self._kinds[key]
        kinds = self._find_kinds(properties, own, styles, around)
        if not any("position" in self.run_of(name) for name in styles):
            self._kinds[key] = kinds
        return kinds

    def _find_kinds(
        self, properties: Element | None, own: Mapping[str, Element], styles: tuple[str, str], around: Surroundings
    ) -> tuple[str, ...]:
        """Return the kinds of marks of a run with properties of its own, the style of the run and the paragraph's."""
        named, inherited = map(self.run_of, styles)
        chain = (own, named, inherited)
        if self._struck is None:
            self._struck = is_on(child(self.styles.defaults, "strike"))
        default = self._struck
        if not default and not around.struck and all(_TELLING.isdisjoint(stated) for stated in chain):
            return around.kinds
        stated = {**inherited, **named, **own}
        struck = "struck" if _is_struck(chain, around, default) else ""
        hidden = "hidden" if self._is_hidden(stated, chain, around) else ""
        return around.marked(struck, _shift_of(properties, stated), hidden).kinds

    def _is_hidden(
        self, stated: Mapping[str, Element], chain: Sequence[Mapping[str, Element]], around: Surroundings
    ) -> bool:
        """Tell whether nobody sees a run: it has no size to speak of, or the colour of what is behind it."""
        if not around.fitted and "sz" in stated and 0 < whole(stated["sz"], default=_USUAL_SIZE) <= _TINY:
            return True
        colours = self.colours.colours(stated.get("color"))
        if not colours or any(is_on(stated.get(name)) for name in _DRAWN) or _is_painted(stated, colours):
            return False
        for properties in chain:
            shades = [highlight_of(properties.get("highlight")), self.colours.shade(properties.get("shd"))]
            ground = next((shade for shade in shades if shade is not None), None)
            if ground is not None or any(name in properties for name in _BEHIND):
                return _are_unseen(colours, around.grounds if ground is None else ground)
        return _are_unseen(colours, around.grounds)

    def _read_table(self, element: Element) -> _LooksOfTable:
        """Return what a table and its style put behind cells."""
        if self._table is None or self._table.element is not element:
            stated = children(child(element, "tblPr"))
            style = value(stated.get("tblStyle"))
            self._table = _LooksOfTable(
                element,
                self._formats(style),
                _look(stated.get("tblLook")),
                self.colours.shade(stated.get("shd")),
                is_on(self.run_of(style).get("strike")),
            )
        return self._table

    def _formats(self, style: str) -> dict[str, Grounds]:
        """Return the colours that a table's style puts behind the cells of each part of the table."""
        formats: dict[str, Grounds] = {}
        for element in self.styles.chain(style):
            parts = [("", element), *((value(part, "type"), part) for part in element if local(part) == "tblStylePr")]
            for name, part in parts:
                shades = [self.colours.shade(child(part, *path)) for path in (("tcPr", "shd"), ("tblPr", "shd"))]
                shade = next((shade for shade in shades if shade is not None), None)
                if shade is not None:
                    formats.setdefault("" if name == "wholeTable" else name, shade)
        return formats


def _grounds_in(table: _LooksOfTable, position: CellPosition, behind: Grounds) -> Grounds:
    """Return the colours that may be behind a cell that states none itself."""
    if position.row.is_exception:
        return UNKNOWN
    formats, look = table.formats, table.look
    grounds = formats.get("", behind)
    if table.shade is not None:
        grounds = _either(grounds, table.shade)
    if not formats:
        return grounds
    for names, bit in ((("band1Horz", "band2Horz"), _NO_ROW_BANDS), (("band1Vert", "band2Vert"), _NO_COLUMN_BANDS)):
        if not look & bit:
            grounds = _either(formats.get(names[0], grounds), formats.get(names[1], grounds))
    ends = (
        ("firstCol", position.is_first_column and look & _FIRST_COLUMN),
        ("lastCol", position.is_last_column and look & _LAST_COLUMN),
        ("firstRow", position.row.is_first and look & _FIRST_ROW),
        ("lastRow", position.row.is_last and look & _LAST_ROW),
    )
    for name, applies in ends:
        grounds = formats.get(name, grounds) if applies else grounds
    repeated = position.row.is_header and not position.row.is_first
    corners = {"nwCell", "neCell", "swCell", "seCell"} & set(formats)
    return UNKNOWN if repeated or corners else grounds


def _is_painted(stated: Mapping[str, Element], colours: Grounds) -> bool:
    """Tell whether newer programs paint letters otherwise than in the colours that older ones show."""
    if "glow" in stated or ("textOutline" in stated and child(stated["textOutline"], "noFill") is None):
        return True
    fill = child(stated.get("textFill"), "solidFill", "srgbClr")
    return "textFill" in stated and (fill is None or len(fill) > 0 or read_colour(value(fill)) not in colours)


def _are_unseen(colours: Grounds, grounds: Grounds) -> bool:
    """Tell whether nobody sees letters, whichever of some colours they have."""
    return all(is_unseen(colour, grounds) for colour in colours)


def _either(one: Grounds, other: Grounds) -> Grounds:
    """Return the colours that are behind a cell if either of two may be."""
    return one | other if one and other else UNKNOWN


def _look(element: Element | None) -> int:
    """Return the bits of a `tblLook` element, which newer programs write as attributes too; all if there is none."""
    if element is None:
        return _FIRST_ROW | _LAST_ROW | _FIRST_COLUMN | _LAST_COLUMN
    try:
        bits = int(value(element, default="0"), 16)
    except ValueError:
        bits = 0
    for name, bit in _ASKED.items():
        stated = value(element, name)
        if stated:
            bits = bits & ~bit | (bit if stated in {"1", "true", "on"} else 0)
    return bits


def _is_struck(chain: Sequence[Mapping[str, Element]], around: Surroundings, default: bool) -> bool:
    """
    Tell whether a run is struck out.

    Spec: ECMA-376 part 1, 17.7.3, toggle properties: styles turn one another round, a run states what is so.
    """
    if is_on(next((stated["dstrike"] for stated in chain if "dstrike" in stated), None)):
        return True
    own, *styles = chain
    if "strike" in own:
        return is_on(own["strike"])
    return default or reduce(xor, (is_on(stated.get("strike")) for stated in styles), around.struck)


def _shift_of(properties: Element | None, stated: Mapping[str, Element]) -> str:
    """Return the mark of a run that stands above or below the line, nothing if it does not."""
    shift = SHIFTS.get(value(stated.get("vertAlign")), "")
    moved = whole(stated.get("position"))
    if shift or abs(moved) < _SHIFTED or properties is None:
        return shift
    size = whole(stated.get("sz"), default=_USUAL_SIZE)
    paragraph = next(properties.iterancestors("{*}p"), None)
    sizes = [whole(other) for other in paragraph.iter("{*}sz")] if paragraph is not None else []
    smaller = size <= SMALLER * max([_USUAL_SIZE, *sizes])
    return ("raised" if moved > 0 else "lowered") if smaller else ""


# ---- drawings


def surroundings_in_box(element: Element, around: Surroundings) -> Surroundings:
    """
    Return what surrounds the text of a text box: nothing is known of what is behind it unless its fill is stated.

    Args:
        element: The content of the box.

        around: What surrounds the paragraph that it hangs on.
    """
    for outer in element.iterancestors():
        name = local(outer)
        if name in {"drawing", "pict", "object"}:
            break
        if name == "wsp":
            fill = child(outer, "spPr", "solidFill", "srgbClr")
            colour = read_colour(value(fill)) if fill is not None and not len(fill) else None
            body = child(outer, "bodyPr")
            degrees = _degrees(value(child(outer, "spPr", "xfrm"), "rot"), 60_000)
            kind = kind_of_turn(degrees, value(body, "vert", "horz") != "horz")
            return around.boxed(
                colour, kind, value(child(body, "prstTxWarp"), "prst", _STRAIGHT_PATH) != _STRAIGHT_PATH
            )
        if name in {"shape", "rect", "roundrect", "oval"}:
            colour = read_colour(value(outer, "fillcolor")) if child(outer, "fill") is None else None
            upright = "layout-flow:vertical" in value(child(outer, "textbox"), "style").replace(" ", "")
            return around.boxed(colour, kind_of_turn(rotation_of(outer), upright))
    return around.boxed(None, "")


def rotation_of(shape: Element) -> float:
    """
    Return by how many degrees a shape of an older program is turned.

    >>> from lxml.etree import fromstring
    >>> rotation_of(fromstring('<shape style="width:9pt; rotation:315"/>'))
    315.0
    """
    for part in value(shape, "style").split(";"):
        name, _colon, stated = part.partition(":")
        if name.strip() == "rotation":
            small = stated.strip().endswith("fd")
            return _degrees(stated.strip().removesuffix("fd"), 65_536 if small else 1)
    return 0.0


def _degrees(text: str, parts: int) -> float:
    """Return a number of parts of a degree in degrees, nought if it is no number."""
    return float(text) / parts if _NUMBER.fullmatch(text) else 0.0


def _lies_behind(drawing: Element) -> bool:
    """Tell whether a drawing may lie behind the text of a page."""
    if local(drawing) == "anchor":
        return value(drawing, "behindDoc") in {"1", "true"}
    shapes = [shape for shape in drawing.iter() if "z-index:-" in value(shape, "style").replace(" ", "")]
    return any(child(shape, "textpath") is None for shape in shapes)
