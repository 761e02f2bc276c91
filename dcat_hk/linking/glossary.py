"""
Chinese titles -> the English words that their parts may be called.

In: our glossary, the pairs of `pairs.tsv` and vocabularies, and a dictionary where a model is used that comes with one.
Out: for each part of a title, from one place to another, the ways to say it in English, as stems.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

from ..core.text import fold
from ..core.vocabularies import Concept, load
from ..core.wording.characters import IDEOGRAPH
from ..core.wording.glossary import read_glossary, read_pairs
from .english import stem_words
from .weights import load_linking

#: The stems of a way to say something in English.
Saying = tuple[str, ...]
_LATIN = re.compile(r"[0-9a-z]+")


class TitlePart(NamedTuple):
    """A part of a folded title, and the ways to say it."""

    start: int
    end: int
    sayings: tuple[Saying, ...]
    word: str = ""


@dataclass(frozen=True)
class Glossary:
    """
    What Chinese words are called in English.

    Args:
        sayings: The ways to say a word, by its folded form.
    """

    sayings: Mapping[str, tuple[Saying, ...]]

    @cached_property
    def longest(self) -> int:
        """Return how many characters the longest word has."""
        return max(map(len, self.sayings), default=0)

    def find(self, folded: str) -> list[TitlePart]:
        """
        Return the parts of a title that can be said in English; they may overlap.

        Args:
            folded: A folded title.
        """
        parts = [TitlePart(*match.span(), (stem_words(match[0])[:1],), match[0]) for match in _LATIN.finditer(folded)]
        for start in range(len(folded)):
            for end in range(start + 1, min(start + self.longest, len(folded)) + 1):
                sayings = self.sayings.get(folded[start:end])
                if sayings:
                    parts.append(TitlePart(start, end, sayings, folded[start:end]))
        return parts


@cache
def load_glossary(*, with_dictionary: bool = False) -> Glossary:
    """
    Return the glossary.

    Args:
        with_dictionary: Whether a dictionary of Chinese is added, which must be installed then.

    >>> [part.sayings for part in load_glossary().find("巴士")]
    [(('bus',),)]
    """
    table: dict[str, dict[Saying, None]] = {}
    pairs = [_own_pairs(), _dictionary_pairs()] if with_dictionary else [_own_pairs()]
    for chinese, english in (pair for several in pairs for pair in several):
        stems = tuple(word for word in stem_words(english) if word not in idle_stems())
        folded = fold(chinese)
        if stems and folded:
            table.setdefault(folded, {})[stems] = None
    return Glossary({word: tuple(sayings) for word, sayings in sorted(table.items())})


@cache
def read_own_pairs() -> tuple[tuple[str, str], ...]:
    """
    Return pairs of words of titles that the glossary of searches need not have.

    >>> ("audited", "經審計") in read_own_pairs()
    True
    """
    return tuple(read_pairs(files(__package__).joinpath("pairs.tsv")))


@cache
def idle_stems() -> frozenset[str]:
    """Return the stems of English words that say nothing."""
    return frozenset(stem for word in load_linking().words.idle for stem in stem_words(word))


def _own_pairs() -> Iterator[tuple[str, str]]:
    """Yield Chinese words and the same in English, of our glossary and vocabularies."""
    for english, chinese in (*read_glossary(), *read_own_pairs()):
        yield chinese, english
    vocabularies = load()
    for scheme in (vocabularies.organisations, vocabularies.categories, vocabularies.frequencies):
        for concept in scheme.values():
            yield from _labels_of(concept)


def _labels_of(concept: Concept) -> Iterator[tuple[str, str]]:
    """Yield each Chinese label of a concept with each English one."""
    wordings = concept.wordings
    english = [wording for wording in wordings if not IDEOGRAPH.search(wording)]
    for chinese in wordings:
        if IDEOGRAPH.search(chinese):
            for word in english:
                yield chinese, word


def _dictionary_pairs() -> Iterable[tuple[str, str]]:
    """Yield words of the dictionary with what they mean."""
    from .dictionary import read_dictionary

    return read_dictionary()
