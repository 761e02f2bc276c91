"""
Text drawn across a page -> stamps, such as a pale word in large letters, apart from the text that they lie over.

In: the text of a page. Out: which stretches are stamps. A stamp is larger than the text and askew, or lies over or
under the text; a heading in grey, which stands by itself, is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from .glyphs import Stretch
from .rules import RuledLines

#: Askew text is a stamp from so many sizes of the page's text on; pale text that lies over text too, other text from
#: the second number on.
_LARGE, _VERY_LARGE = 1.3, 1.8
#: Letters reach up so far from the baseline, in sizes of the font.
_HEIGHT = 0.7
#: Letters of two texts are over one another if this share of the height of the smaller ones is.
_OVER = 0.25
#: Rules run through letters if they are so far within, in sizes of the font.
_SIDE = 0.15
#: Text that is not pale is a stamp only over so many other texts.
_MANY = 2


def find_stamps(
    stretches: Sequence[Stretch], strays: Sequence[Stretch], rules: RuledLines, known: set[str]
) -> list[Stretch]:
    """
    Mark the stamps of a page and return them.

    Args:
        stretches: Text along the lines of the page.

        strays: Text that runs another way.

        rules: The rules of the page.

        known: The words of stamps on pages before, to which those of this one are added. One that lies over nothing
            is still a stamp.

    >>> text = [Stretch(100, 10, list("A. Plans"), list(range(8)), list(range(1, 9)))] * 3
    >>> text.append(Stretch(105, 40, ["D"], [4], [30], looks=("pale",)))
    >>> [stamp.looks for stamp in find_stamps(text, [], RuledLines(), set())]
    [('pale', 'stamp')]
    """
    sizes: Counter[float] = Counter()
    for stretch in stretches:
        sizes[round(stretch.em, 1)] += len(stretch.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    stamps = [stray for stray in strays if _is_stray_stamp(stray, usual)]
    for stretch in stretches:
        if stretch.em < _LARGE * usual or (stretch.em < _VERY_LARGE * usual and "pale" not in stretch.looks):
            continue
        if _words(stretch) in known or _lies_over(stretch, stretches) or _lies_over_rules(stretch, rules):
            stamps.append(stretch)
    for stamp in stamps:
        # A stamp is no text of the page, seen or not.
        stamp.looks = (*(look for look in stamp.looks if look != "hidden"), "stamp")
        known.add(_words(stamp))
    return stamps


def _is_stray_stamp(stray: Stretch, usual: float) -> bool:
    """Tell whether text that runs another way is a stamp: text in a cell runs by quarters, and is not large or pale."""
    if stray.turn < 0:
        return stray.em >= _LARGE * usual or "pale" in stray.looks
    return stray.em >= _VERY_LARGE * usual and "pale" in stray.looks


def _lies_over(stretch: Stretch, others: Iterable[Stretch]) -> bool:
    """Tell whether large letters lie over smaller ones."""
    over = sum(other.em * _LARGE <= stretch.em and _are_over(stretch, other) for other in others)
    return over >= (1 if "pale" in stretch.looks else _MANY)


def _lies_over_rules(stretch: Stretch, rules: RuledLines) -> bool:
    """Tell whether the rules of a table run through pale letters from side to side or from top to bottom."""
    if "pale" not in stretch.looks:
        return False
    top, side = stretch.baseline - _HEIGHT * stretch.em, _SIDE * stretch.em
    left, right = stretch.left + side, stretch.right - side
    across = any(left < wall.at < right and wall.start < top and wall.end > stretch.baseline for wall in rules.upright)
    along = (rule for rule in rules.level if top + side < rule.at < stretch.baseline - side)
    return across or any(rule.start < left and rule.end > right for rule in along)


def _are_over(large: Stretch, small: Stretch) -> bool:
    """Tell whether the letters of two texts are over one another."""
    top = max(large.baseline - _HEIGHT * large.em, small.baseline - _HEIGHT * small.em)
    height = min(large.baseline, small.baseline) - top
    return large.left < small.right and small.left < large.right and height > _OVER * _HEIGHT * small.em


def _words(stretch: Stretch) -> str:
    """Return the text of a stretch."""
    return "".join(stretch.text)
