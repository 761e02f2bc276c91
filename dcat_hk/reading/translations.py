"""
Names of rows in Chinese and in English -> how many look like translations of one another.

In: names of rows of two editions. Out: how many that are taken for the same look like it, and which names of both lists
look like one another's translation and no other's. The glossary knows only some words: of several names of a
translation most share one, and a single name that shares none tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ..core.text import fold
from ..core.wording.glossary import read_glossary

#: Fewer names than that tell nothing.
_FEWEST = 3
#: Of the names of two other plans no larger share looks translated; of those of translations, more than half does.
_SHARE = 0.25
_WORD = re.compile(r"[a-z0-9]+")
#: Words with one stem have so many first letters in common.
_START = 3
_SHORT_WORDS = frozenset({"a", "an", "and", "by", "for", "in", "of", "on", "or", "the", "to"})


class TranslatedNames(NamedTuple):
    """Of how many names the glossary knows a word, and how many of them look like translations."""

    known: int
    translated: int

    @property
    def are_unlike(self) -> bool:
        """
        Tell whether the names are hardly those of one plan in two languages.

        >>> TranslatedNames(3, 0).are_unlike, TranslatedNames(3, 1).are_unlike, TranslatedNames(2, 0).are_unlike
        (True, False, False)
        """
        return self.known >= _FEWEST and self.translated <= _SHARE * self.known


def compare_names(names: Iterable[tuple[str, str]]) -> TranslatedNames:
    """
    Return how many names look like translations.

    Args:
        names: The names of each row in Chinese and in English.

    >>> compare_names([("公共泳池", "Public swimming pools"), ("巴士路線", "Rainfall"), ("甲乙", "A and B")])
    TranslatedNames(known=2, translated=1)
    """
    known = translated = 0
    for chinese, english in names:
        sayings = _find_sayings(fold(chinese))
        words = _words_of(english)
        known += bool(sayings)
        translated += any(_says(words, saying) for saying in sayings)
    return TranslatedNames(known, translated)


def find_translated(chinese: Sequence[str], english: Sequence[str]) -> Iterator[tuple[int, int]]:
    """
    Yield the places of names that look like translations of one another; a name may look like that of several.

    Args:
        chinese: Names in Chinese.

        english: Names in English.

    >>> list(find_translated(["泳池", "巴士路線"], ["Bus routes", "Rainfall", "Swimming pools"]))
    [(0, 2), (1, 0)]
    """
    words = [_words_of(name) for name in english]
    with_start: dict[str, set[int]] = {}
    for number, own in enumerate(words):
        for word in own:
            with_start.setdefault(word[:_START], set()).add(number)
    for i, name in enumerate(chinese):
        found: set[int] = set()
        for saying in _find_sayings(fold(name)):
            places = set.intersection(*(with_start.get(word[:_START], set()) for word in saying))
            found |= {j for j in places - found if _says(words[j], saying)}
        yield from ((i, j) for j in sorted(found))


def _find_sayings(folded: str) -> list[tuple[str, ...]]:
    """Return what the words of a folded Chinese name are in English."""
    sayings, longest = _load_sayings()
    starts = range(len(folded))
    parts = (folded[start:end] for start in starts for end in range(start + 2, min(len(folded), start + longest) + 1))
    return [saying for part in parts for saying in sayings.get(part, ())]


@cache
def _load_sayings() -> tuple[dict[str, list[tuple[str, ...]]], int]:
    """Return what each folded Chinese word is in English, and how long the longest one is."""
    sayings: dict[str, list[tuple[str, ...]]] = {}
    for english, chinese in read_glossary():
        if words := _words_of(english):
            sayings.setdefault(fold(chinese), []).append(words)
    return sayings, max(map(len, sayings))


def _words_of(english: str) -> tuple[str, ...]:
    """Return the words of an English text that tell something."""
    return tuple(word for word in _WORD.findall(english.lower()) if word not in _SHORT_WORDS)


def _says(words: Iterable[str], saying: Iterable[str]) -> bool:
    """Tell whether a name has all words of a saying, whatever their endings are."""
    return all(any(_have_one_stem(word, other) for other in words) for word in saying)


def _have_one_stem(one: str, other: str) -> bool:
    """Tell whether two words differ in their endings at most."""
    stem = max(_START, min(len(one), len(other)) - 2)
    return one == other or (one[:stem] == other[:stem] and abs(len(one) - len(other)) <= stem)
