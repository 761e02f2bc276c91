"""
Text drawn across a page -> stamps, such as a pale word in large letters, apart from the text that they lie over.

In: the text of a page. Out: which stretches are stamps. A stamp is larger than the text and askew, or lies over or
under the text; a heading in grey, which stands by itself, is none. Letters of a size with the text are a stamp if they
are red and lie on other letters, or say what stamps say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from ....core.text import plain
from ....core.wording.plans import load_plan_wording
from .glyphs import Stretch
from .rules import RuledLines

_STAMP = load_plan_wording().marks.stamp

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
#: Letters as large as the text collide where they share this part of the height of the smaller ones.
_COLLISION = 0.6
#: They must do so over this length, in sizes of the smaller font, or this part of a stamp that is no larger.
_LONG, _MOSTLY = 0.5, 0.5
#: A page is looked at in so many parts from left to right, and from top to bottom.
_PARTS = 16
#: With more red texts on a page, red is nothing special there.
_MOST_RED = 40
#: Text that is neither the page's own nor seen collides with nothing.
_NO_LETTERS = frozenset({"hidden", "recognised"})


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
    texts = _TextsByPlace(stretches)
    stamps = [stray for stray in strays if _is_stray_stamp(stray, usual)]
    is_red_special = sum("red" in stretch.looks for stretch in stretches) <= _MOST_RED
    for stretch in stretches:
        if stretch.em >= _LARGE * usual:
            if _is_large_stamp(stretch, texts.smaller_around(stretch), rules, usual, known):
                stamps.append(stretch)
        elif is_red_special and "red" in stretch.looks and (says_stamp(stretch) or covers_text(stretch, stretches)):
            stamps.append(stretch)
    for stamp in stamps:
        # A stamp is no text of the page, seen or not.
        stamp.looks = (*(look for look in stamp.looks if look != "hidden"), "stamp")
        known.add(_words(stamp))
    return stamps


class _TextsByPlace:
    """The texts of a page by the parts of it that they reach into, so that a large one is compared with few others."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        """Begin with texts that are not sorted: few pages have large ones."""
        self._stretches = stretches

    @cached_property
    def _edges(self) -> tuple[float, float, float, float]:
        """Where the texts of the page begin and end: from left to right, from top to bottom."""
        tops = [each.baseline - _HEIGHT * each.em for each in self._stretches]
        lefts = [each.left for each in self._stretches]
        rights, baselines = [each.right for each in self._stretches], [each.baseline for each in self._stretches]
        return min(lefts), max(rights), min(tops), max(baselines)

    @cached_property
    def _by_part(self) -> dict[tuple[int, int], list[int]]:
        """The numbers of the texts in each part of the page, the smallest text first."""
        by_part: dict[tuple[int, int], list[int]] = {}
        for number in sorted(range(len(self._stretches)), key=lambda number: self._stretches[number].em):
            for part in self._parts(self._stretches[number]):
                by_part.setdefault(part, []).append(number)
        return by_part

    def smaller_around(self, large: Stretch) -> list[Stretch]:
        """Return the texts in the same parts of the page that are so much smaller that a text is large beside them."""
        numbers: dict[int, None] = {}
        for part in self._parts(large):
            for number in self._by_part.get(part, ()):
                if self._stretches[number].em * _LARGE > large.em:
                    break
                numbers[number] = None
        return [self._stretches[number] for number in numbers]

    def _parts(self, stretch: Stretch) -> Iterator[tuple[int, int]]:
        """Yield the parts of the page that a text reaches into."""
        left, right, top, bottom = self._edges
        columns = _places(left, right, stretch.left, stretch.right)
        rows = _places(top, bottom, stretch.baseline - _HEIGHT * stretch.em, stretch.baseline)
        return ((column, row) for column in columns for row in rows)


def _places(first: float, last: float, start: float, end: float) -> range:
    """Return which of the equal parts of a stretch another one reaches into."""
    return range(_part(start, first, last), _part(end, first, last) + 1)


def _part(place: float, first: float, last: float) -> int:
    """Return in which of the equal parts of a stretch a place is; one that is no number is in the first."""
    part = (place - first) / (last - first) * _PARTS if last > first else 0.0
    return _PARTS - 1 if part >= _PARTS - 1 else int(part) if part > 0 else 0


def says_stamp(stretch: Stretch) -> bool:
    """
    Tell whether a text is a word of stamps and nothing else.

    >>> says_stamp(Stretch(10, 10, list("DRAFT"))), says_stamp(Stretch(10, 10, list("Copy machines")))
    (True, False)
    """
    return bool(_STAMP.fullmatch(plain(_words(stretch)).strip()))


def covers_text(stretch: Stretch, others: Iterable[Stretch], is_exact: bool = True) -> bool:
    """
    Tell whether most of a text lies on letters of others, as text that has too little room does not.

    Args:
        stretch: A text.

        others: Texts of the page; the same one among them does not count.

        is_exact: Whether the file says where the letters of the text are, and not only in which box.
    """
    length = sum(_collision(stretch, other, _COLLISION if is_exact else _OVER) for other in others)
    return length > _MOSTLY * (stretch.right - stretch.left)


def _is_large_stamp(
    stretch: Stretch, others: Sequence[Stretch], rules: RuledLines, usual: float, known: set[str]
) -> bool:
    """Tell whether large text is a stamp: it is known as one, or lies over text or over rules."""
    is_special = "pale" in stretch.looks or stretch.em >= _VERY_LARGE * usual
    if is_special and (_words(stretch) in known or _lies_over(stretch, others) or _lies_over_rules(stretch, rules)):
        return True
    return any(
        other.em * _LARGE <= stretch.em and _collision(stretch, other, _OVER) > _LONG * other.em for other in others
    )


def _collision(stretch: Stretch, other: Stretch, share: float) -> float:
    """Return over which length the letters of two texts lie on one another, blanks aside."""
    if other is stretch or _NO_LETTERS & {*stretch.looks, *other.looks}:
        return 0.0
    top = max(stretch.baseline - _HEIGHT * stretch.em, other.baseline - _HEIGHT * other.em)
    height = min(stretch.baseline, other.baseline) - top
    if height < share * _HEIGHT * min(stretch.em, other.em):
        return 0.0
    return max(0.0, min(stretch.right, other.right) - max(stretch.left, other.left))


def _is_stray_stamp(stray: Stretch, usual: float) -> bool:
    """Tell whether text that runs another way is a stamp: text in a cell runs by quarters, and is not large or pale."""
    if stray.turn < 0:
        return stray.em >= _LARGE * usual or "pale" in stray.looks
    return stray.em >= _VERY_LARGE * usual and "pale" in stray.looks


def _lies_over(stretch: Stretch, others: Iterable[Stretch]) -> bool:
    """Tell whether large letters lie over smaller ones."""
    wanted = 1 if "pale" in stretch.looks else _MANY
    over = (other for other in others if other.em * _LARGE <= stretch.em and _are_over(stretch, other))
    return len(list(islice(over, wanted))) == wanted


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
