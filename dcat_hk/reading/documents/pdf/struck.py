"""
Level lines -> which characters they cross out.

In: pieces of rules as they were drawn, areas that a reviewer marked as struck, and the stretches of a page. Out: marks
on stretches, and which pieces were such lines and so are no borders. A line crosses text out if it runs through the
middle of letters and ends where they end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence

from ....core.limits import Budget
from .bands import Bands
from .glyphs import Stretch
from .painting import Bounds
from .rules import RuledLine

#: A line between so many sizes of the font above the baseline runs through the middle of letters.
_LOWEST, _HIGHEST = 0.17, 0.6
#: It ends no farther than this from the ends of text, in sizes of the font.
_OVERHANG = 0.7
#: A line through the letters of so many pieces of text need not end where they do.
_MANY = 3
#: It covers a character whose middle it reaches, to within this share of the font's size.
_REACH = 0.1


def strike_out(
    stretches: Sequence[Stretch],
    pieces: Sequence[RuledLine],
    areas: Sequence[Bounds] = (),
    budget: Budget | None = None,
) -> set[RuledLine]:
    """
    Mark the characters of a page that are crossed out; return the pieces of rules that do it.

    Args:
        stretches: Text along the lines of the page.

        pieces: Level rules as they were drawn.

        areas: Where a reviewer crossed text out.

        budget: What reading may still cost; None for as long as it takes.

    Raises:
        NotAPlan: The time is up.

    >>> text = Stretch(10, 10, ["a", "b", "c"], [0, 5, 10], [5, 10, 15])
    >>> strike_out([text], [RuledLine(20, 0, 15), RuledLine(7, 5, 15)]), text.struck
    ({RuledLine(at=7, start=5, end=15)}, ((1, 3),))
    """
    crossed = _crossed(stretches, pieces, budget)
    strikes = {index for index, texts in crossed.items() if _is_strike(pieces[index], texts)}
    for index in sorted(strikes):
        _check_time(budget)
        for stretch in crossed[index]:
            _mark(stretch, pieces[index].start, pieces[index].end)
    bands = Bands((stretch.middle, stretch.middle) for stretch in stretches) if areas else Bands(())
    for left, top, right, bottom in areas:
        _check_time(budget)
        for stretch in (stretches[number] for number in bands.between(top, bottom)):
            if top < stretch.middle < bottom and left < stretch.right and right > stretch.left:
                _mark(stretch, left, right)
    return {pieces[index] for index in strikes}


def _crossed(
    stretches: Sequence[Stretch], pieces: Sequence[RuledLine], budget: Budget | None
) -> dict[int, list[Stretch]]:
    """Return the text that each rule runs through the letters of, by the number of the rule."""
    order = sorted(range(len(pieces)), key=lambda index: pieces[index].at)
    heights = [pieces[index].at for index in order]
    crossed: dict[int, list[Stretch]] = {}
    for stretch in stretches:
        _check_time(budget)
        first = bisect_left(heights, stretch.baseline - _HIGHEST * stretch.em)
        last = bisect_right(heights, stretch.baseline - _LOWEST * stretch.em)
        for index in order[first:last]:
            if pieces[index].start < stretch.right and pieces[index].end > stretch.left:
                crossed.setdefault(index, []).append(stretch)
    return crossed


def _check_time(budget: Budget | None) -> None:
    """Raise if the time is up."""
    if budget:
        budget.check_time()


def _is_strike(piece: RuledLine, crossed: Sequence[Stretch]) -> bool:
    """Tell whether a line through the letters of some text crosses it out."""
    if len(crossed) >= _MANY:
        return True
    return all(_is_at_text(end, crossed) for end in (piece.start, piece.end))


def _is_at_text(x: float, crossed: Collection[Stretch]) -> bool:
    """Tell whether a point is within or near to some text."""
    return any(
        stretch.left - _OVERHANG * stretch.em <= x <= stretch.right + _OVERHANG * stretch.em for stretch in crossed
    )


def _mark(stretch: Stretch, left: float, right: float) -> None:
    """Mark the characters from one point to another as crossed out."""
    reach = _REACH * stretch.em
    middles = [(first + last) / 2 for first, last in zip(stretch.lefts, stretch.rights, strict=True)]
    indexes = [index for index, middle in enumerate(middles) if left - reach <= middle <= right + reach]
    if indexes:
        stretch.struck = _united([*stretch.struck, (indexes[0], indexes[-1] + 1)])


def _united(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return ranges in order, those that touch as one."""
    united: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if united and first <= united[-1][1]:
            united[-1] = united[-1][0], max(united[-1][1], last)
        else:
            united.append((first, last))
    return tuple(united)
