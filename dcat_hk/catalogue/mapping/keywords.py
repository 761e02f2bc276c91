"""
Title and group heading of a dataset -> keywords: words and phrases that are printed there, nothing else.

In: a text in one language. Out: keywords in the languages that they are in. A text comes apart where its language lets
it, at punctuation and at words that only join, never inside a run of ideographs: where a Chinese word ends nobody can
tell for sure. What every dataset could be called (list, figures) is no keyword.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from functools import cache, lru_cache

from ...core.terms import Literal
from ...core.text import fold
from ...core.wording.characters import IDEOGRAPH
from ...core.wording.titles import KeywordsWording, load_titles_wording

#: What is left around phrases where a text comes apart.
_MARKS = " \u3000-–—'’."
_LETTERS = re.compile(r"[^\W\d_]{2}")


def _wording() -> KeywordsWording:
    """Return where titles come apart; it is loaded when the first title does."""
    return load_titles_wording().keywords


@cache
def _common_end() -> re.Pattern[str]:
    """Return what finds a word at the end of a phrase that every dataset could have."""
    return re.compile(rf"(?:{_wording().common_zh.pattern})$")


def keywords_of(titles: Iterable[Literal], headings: Iterable[Literal], labels: Set[str]) -> list[Literal]:
    """
    Return the keywords of a dataset: those of its heading, then those of its title.

    Args:
        titles: Its title in each language.

        headings: The heading above its row in each language.

        labels: Names of its category, which are no keywords: the category is stated elsewhere.

    >>> titles, heading = [Literal("Statistics on footpath works", "en")], [Literal("Walkways Unit (WU)", "en")]
    >>> [keyword.value for keyword in keywords_of(titles, heading, frozenset())]
    ['Walkways Unit', 'WU', 'footpath works']
    """
    known = {fold(label) for label in labels}
    keywords: dict[tuple[str, str], Literal] = {}
    for text in (*headings, *titles):
        for keyword in find_keywords(text.value, text.language):
            folded = fold(keyword.value)
            if folded and folded not in known:
                keywords.setdefault((keyword.value.casefold(), keyword.language), keyword)
    return list(keywords.values())


@lru_cache(maxsize=1 << 14)
def find_keywords(text: str, language: str) -> tuple[Literal, ...]:
    """
    Return the keywords of one text: names in quotation marks, then phrases, in the order in which they are printed.

    Args:
        text: The text, printed or derived.

        language: The language tag of the text; what has no ideographs in a Chinese text is English.

    >>> [keyword.value for keyword in find_keywords("List of public piers", "en")]
    ['public piers']
    """
    names = [name.strip() for name in _wording().names.findall(text)]
    rest = _wording().quoted.sub(" , ", text)
    phrases = [*names, *(_english_phrases(rest) if language == "en" else _chinese_phrases(rest))]
    kept = [phrase for phrase in phrases if _LETTERS.search(phrase) and _is_short(phrase)]
    found = {phrase: Literal(phrase, language if _is_in(phrase, language) else "en") for phrase in kept}
    return tuple(found.values())[: _wording().most]


def _chinese_phrases(text: str) -> Iterator[str]:
    """Yield the phrases of a Chinese text without names in quotation marks."""
    for piece in _wording().breaks_zh.split(_wording().periods.sub("，", text)):
        *describing, last = _wording().particle.split(piece)
        phrases = [phrase for phrase in describing if not _wording().clauses.match(phrase.strip())]
        for phrase in (*phrases, last):
            yield _trim_phrase(phrase) if IDEOGRAPH.search(phrase) else _trim_words(phrase)


def _english_phrases(text: str) -> Iterator[str]:
    """Yield the phrases of an English text without names in quotation marks."""
    for piece in _wording().breaks_en.split(_wording().periods.sub(", ", text)):
        yield _trim_words(piece)


def _trim_phrase(phrase: str) -> str:
    """Return a Chinese phrase without the words around it that every dataset could have; nothing if none is left."""
    phrase = _wording().openings.sub("", phrase.strip(_MARKS), count=1)
    while (shorter := _common_end().sub("", phrase).strip(_MARKS)) != phrase:
        phrase = shorter
    return "" if _wording().alone.fullmatch(phrase) else phrase


def _trim_words(phrase: str) -> str:
    """Return an English phrase without the words at its ends that every dataset could have."""
    words = phrase.strip(_MARKS).split()
    while words and _wording().common_en.fullmatch(words[0]):
        words = words[1:]
    while words and _wording().common_en.fullmatch(words[-1]):
        words = words[:-1]
    return " ".join(words)


def _is_short(phrase: str) -> bool:
    """Return whether a phrase is short enough to be a keyword."""
    if IDEOGRAPH.search(phrase):
        return len(phrase) <= _wording().longest_zh
    return len(phrase.split()) <= _wording().longest_en


def _is_in(phrase: str, language: str) -> bool:
    """Return whether a phrase is in the language of its text."""
    return language == "en" or IDEOGRAPH.search(phrase) is not None
