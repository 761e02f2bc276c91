"""
Small letters beside a line -> the line they belong to: raised signs of notes, lowered indexes.

In: the stretches of a page in the order of the file. Out: the same, the raised and lowered ones marked and put on the
baseline of the text that they stand at, so that they are read at their place in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .glyphs import Stretch
from .rules import RuledLine
from .textlines import Cells

#: Raised letters are no larger than this share of those beside them.
_SMALLER = 0.86
#: They stand higher by so many sizes of the larger letters, lowered ones lower by so many.
_UP = (0.12, 0.75)
_DOWN = (0.08, 0.5)
#: The same for signs as large as the text.
_UP_LARGE = (0.25, 0.6)
#: Between them and the text is no more than this, in sizes of the font.
_NEAR = (-0.3, 0.35)
#: No more characters than this are raised in one place.
_LONGEST = 12
#: A sign on a line of its own in a cell has no more characters than this.
_FEWEST = 3
#: It is no larger than this share of the letters above it, unless it has figures, which may stand alone as they are.
_SMALLER_SIGN = 0.95
_SIGNS = frozenset("0123456789*#†‡§()[],")


def mark_raised(stretches: Sequence[Stretch], walls: Iterable[RuledLine]) -> None:
    """
    Mark raised and lowered text and put it on the baseline of the text beside it.

    Args:
        stretches: Text along the lines of a page, in the order of the file.

        walls: Upright rules; text on the other side of one is not beside.

    >>> title, sign = Stretch(10, 10, ["甲"], [0], [10]), Stretch(6, 6, ["1"], [10], [13])
    >>> mark_raised([title, sign], []); sign.looks, sign.baseline
    (('raised',), 10)
    """
    upright = list(walls)
    host: Stretch | None = None
    for index, stretch in enumerate(stretches):
        before = stretches[index - 1] if index else None
        after = stretches[index + 1] if index + 1 < len(stretches) else None
        for text, left, right in ((host, before, stretch), (after, stretch, after)):
            kind = _kind(text, stretch, left, right)
            if text and kind and not _is_parted(left, right, upright):
                stretch.looks = (*stretch.looks, kind)
                stretch.baseline = text.baseline
                break
        else:
            host = stretch


def _kind(text: Stretch | None, small: Stretch, left: Stretch | None, right: Stretch | None) -> str:
    """Return whether a stretch is raised or lowered against another, and two beside one another; empty for neither."""
    if text is None or left is None or right is None or len(small.text) > _LONGEST:
        return ""
    shift = text.baseline - small.baseline
    if small.em <= _SMALLER * text.em:
        up, down = _UP, _DOWN
    elif abs(small.em - text.em) < 0.1 * text.em and _are_signs(small):
        up, down = _UP_LARGE, _UP_LARGE
    else:
        return ""
    if not _NEAR[0] * text.em <= right.left - left.right <= _NEAR[1] * text.em:
        return ""
    if up[0] * text.em <= shift <= up[1] * text.em:
        return "raised"
    return "lowered" if down[0] * text.em <= -shift <= down[1] * text.em else ""


def _are_signs(stretch: Stretch) -> bool:
    """Tell whether a stretch is what a note is called by."""
    return len(stretch.text) <= _FEWEST and _SIGNS.issuperset(stretch.text)


def _is_parted(left: Stretch | None, right: Stretch | None, walls: Iterable[RuledLine]) -> bool:
    """Tell whether a wall stands between two stretches."""
    assert left is not None, "only stretches that are there are beside one another"
    assert right is not None, "only stretches that are there are beside one another"
    first, last = (left.lefts[-1] + left.right) / 2, (right.left + right.rights[0]) / 2
    return any(first < wall.at < last and wall.start <= right.middle <= wall.end for wall in walls)


def mark_wrapped(tables: Iterable[Cells]) -> None:
    """
    Mark the signs of notes that found no room on the line of the text and stand alone on the next line of its cell.

    Args:
        tables: The tables of a page.
    """
    for table in tables:
        for lines in table.lines.values():
            em = lines[0].em
            for line in lines[1:]:
                stretch = line.stretches[0]
                smaller = _SMALLER if any(sign.isdecimal() for sign in stretch.text) else _SMALLER_SIGN
                if len(line.stretches) == 1 and stretch.em <= smaller * em and _are_signs(stretch):
                    stretch.looks = (*(look for look in stretch.looks if look != "raised"), "raised")
