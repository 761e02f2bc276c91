"""
How text looks, as far as readers of several kinds of files work it out alike: colours, and what surrounds text.

In: colours and angles. Out: what nobody sees, and which marks text has, see `Mark`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TypeAlias

#: Red, green and blue, each from 0 to 255.
Colour: TypeAlias = tuple[int, int, int]
#: The colours that may be behind letters; nothing is known of it if there are none.
Grounds: TypeAlias = frozenset[Colour]

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
UNKNOWN: Grounds = frozenset()
#: Letters that stand above or below the line are no larger than this part of the others.
SMALLER = 0.85
#: The marks of letters above and below the line, by what Office calls their places.
SHIFTS = {"superscript": "raised", "subscript": "lowered"}
_HEX = re.compile(r"#?([0-9A-Fa-f]{6})")
#: Colours are one to a reader if red, green and blue differ by no more than this.
_UNSEEN = 8


@dataclass(frozen=True, slots=True)
class Surroundings:
    """
    What surrounds text: the colours that may be behind it, the kinds of marks that all of it has.

    `struck` tells whether the style of the table strikes text out, `fitted` whether letters are drawn as large as a
    shape is, whatever size they state.
    """

    grounds: Grounds = frozenset({WHITE})
    kinds: tuple[str, ...] = ()
    struck: bool = False
    fitted: bool = False

    def marked(self, *kinds: str) -> Surroundings:
        """Return these surroundings with kinds of marks more."""
        added = [kind for kind in kinds if kind and kind not in self.kinds]
        return replace(self, kinds=(*self.kinds, *added)) if added else self

    def boxed(self, colour: Colour | None, kind: str, fitted: bool = False) -> Surroundings:
        """
        Return what surrounds the text in a text box that hangs on text with these surroundings.

        Args:
            colour: What the box is filled with, None if that is not known.

            kind: The mark of text that is turned as the box is, nothing if it is not.

            fitted: Whether letters are drawn as large as the box is.
        """
        kinds = tuple(outer for outer in self.kinds if outer != "turned")
        grounds = UNKNOWN if colour is None else frozenset({colour})
        return replace(self, grounds=grounds, kinds=kinds, fitted=fitted).marked(kind)


def read_colour(text: str) -> Colour | None:
    """
    Return a colour written as six figures, None if it is not.

    >>> read_colour("#1F3864"), read_colour("auto")
    ((31, 56, 100), None)
    """
    match = _HEX.fullmatch(text)
    return (int(match[1][:2], 16), int(match[1][2:4], 16), int(match[1][4:], 16)) if match else None


def is_unseen(colour: Colour, grounds: Grounds) -> bool:
    """
    Tell whether nobody sees letters of a colour, whichever of some colours is behind them.

    >>> is_unseen(WHITE, frozenset({(252, 252, 252)})), is_unseen(WHITE, frozenset({WHITE, BLACK}))
    (True, False)
    """
    return bool(grounds) and all(
        abs(one - other) <= _UNSEEN for ground in grounds for one, other in zip(colour, ground, strict=True)
    )


def kind_of_turn(degrees: float, upright: bool = False) -> str:
    """
    Return the mark of text that is turned: a stamp if it runs across, nothing if it runs as the page's text does.

    Args:
        degrees: By how much the text is turned.

        upright: Whether its lines run up or down for another reason.

    >>> kind_of_turn(315), kind_of_turn(270), kind_of_turn(180), kind_of_turn(0, upright=True)
    ('stamp', 'turned', '', 'turned')
    """
    if round(degrees) % 90:
        return "stamp"
    return "turned" if upright or round(degrees) % 180 else ""
