"""
Sets of characters as patterns of XPath name them: categories, blocks, escapes, and the variants of a letter.

A set is a tuple of ranges, each with its first and last code point, in order and apart from each other. The data of
Unicode are those of one version, so that a pattern means the same under every version of Python.

Spec: XML Schema 1.1, appendix G.4.2 (character class escapes); XPath and XQuery functions 3.1, section 5.6.2 (flags).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from sys import maxunicode
from typing import Any

CharSet = tuple[tuple[int, int], ...]

#: The version of Unicode whose categories and blocks are used.
UNICODE = "16.0.0"
ALL: CharSet = ((0, maxunicode),)
#: Letters that have case variants lie below this code point, but for those that no reader will meet.
_LAST_CASED = 0x1F000

_SPACE: CharSet = ((9, 10), (13, 13), (32, 32))
#: What names of XML may start with, and what they may contain besides (XML 1.0, fifth edition, section 2.3).
_NAME_START: CharSet = (
    (0x3A, 0x3A), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2FF),
    (0x370, 0x37D), (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F), (0x2C00, 0x2FEF), (0x3001, 0xD7FF),
    (0xF900, 0xFDCF), (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF),
)  # fmt: skip
_NAME_REST: CharSet = ((0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040))


def joined(*sets: Iterable[tuple[int, int]]) -> CharSet:
    """
    Return the characters that are in any of some sets.

    >>> joined([(97, 99)], [(100, 101), (65, 65)])
    ((65, 65), (97, 101))
    """
    ranges: list[tuple[int, int]] = []
    for first, last in sorted(pair for one in sets for pair in one):
        if ranges and first <= ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], max(last, ranges[-1][1]))
        else:
            ranges.append((first, last))
    return tuple(ranges)


def others(chars: CharSet) -> CharSet:
    """
    Return the characters that are not in a set.

    >>> others(((0, 64), (66, 1114111)))
    ((65, 65),)
    """
    ranges, start = [], 0
    for first, last in chars:
        if first > start:
            ranges.append((start, first - 1))
        start = last + 1
    if start <= maxunicode:
        ranges.append((start, maxunicode))
    return tuple(ranges)


def without(chars: CharSet, taken: CharSet) -> CharSet:
    """
    Return the characters of a set that are not in another.

    >>> without(((97, 101),), ((98, 98),))
    ((97, 97), (99, 101))
    """
    return others(joined(others(chars), taken))


def contains(chars: CharSet, char: str) -> bool:
    """
    Tell whether a character is in a set.

    >>> contains(((97, 101),), "b")
    True
    """
    return any(first <= ord(char) <= last for first, last in chars)


@cache
def _unicode_data() -> Any:
    """Return the categories and blocks of Unicode; read when a pattern first needs them."""
    from elementpath.regex.unicode_subsets import UnicodeData

    return UnicodeData(UNICODE)


def _ranges(subset: Any) -> CharSet:
    """Return a set of the library, whose ranges end before their second number, as ranges."""
    points = (point if isinstance(point, tuple) else (point, point + 1) for point in subset.codepoints)
    return joined((first, end - 1) for first, end in points)


@cache
def property_set(name: str) -> CharSet | None:
    r"""
    Return the characters of a category or block, as `\p{…}` names it; None if Unicode has none of that name.

    >>> contains(property_set("Lu"), "A"), contains(property_set("IsBasicLatin"), "é"), property_set("Han")
    (True, False, None)
    """
    data = _unicode_data()
    try:
        return _ranges(data.block(name[2:]) if name.startswith("Is") else data.category(name))
    except KeyError:
        return None


@cache
def escape_set(letter: str) -> CharSet | None:
    r"""
    Return the characters of an escape for several characters, such as the `d` of `\d`; None if it is none.

    >>> contains(escape_set("d"), "٣"), contains(escape_set("w"), "_"), escape_set("q")
    (True, False, None)
    """
    if letter.isupper():
        positive = escape_set(letter.lower())
        return None if positive is None else others(positive)
    if letter == "s":
        return _SPACE
    if letter == "i":
        return _NAME_START
    if letter == "c":
        return joined(_NAME_START, _NAME_REST)
    if letter == "d":
        return property_set("Nd")
    if letter == "w":
        return others(joined(*(property_set(name) or () for name in "PZC")))
    return None


@cache
def _variants() -> dict[str, set[str]]:
    """Return for each letter that has case variants all letters with the same small or the same capital letter."""
    same: dict[str, set[str]] = {}
    for code in range(_LAST_CASED):
        char = chr(code)
        for form in {char.lower(), char.upper()} - {char}:
            if len(form) == 1:
                group = same.get(char, {char}) | same.get(form, {form})
                for member in group:
                    same[member] = group
    return same


@lru_cache(maxsize=1024)
def with_variants(chars: CharSet) -> CharSet:
    """
    Return a set with the case variants of its letters.

    >>> with_variants(((97, 97),)), with_variants(((48, 57),))
    (((65, 65), (97, 97)), ((48, 57),))
    """
    added = [
        (ord(variant), ord(variant))
        for letter, group in _variants().items()
        if contains(chars, letter)
        for variant in group
    ]
    return joined(chars, added)
