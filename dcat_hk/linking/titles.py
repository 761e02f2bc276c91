"""
Titles of rows and of records -> the words that are compared.

In: titles in Chinese and English. Out: pairs of characters, stems of words, and what a title counts by.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ..core.text import fold, plain
from ..reconciliation.weights import load_weighting
from .english import stem_words
from .glossary import idle_stems
from .weights import load_linking

_RUN = re.compile(r"(?P<latin>[0-9a-z]+)|[^0-9a-z ]+")
#: What stands between two Latin words: one of them ends there.
_BETWEEN = re.compile(r"(?<=[0-9a-z])[^0-9a-z\u3400-\u9fff]+(?=[0-9a-z])")
#: A short form in brackets, such as (HKSTP) or (eHRSS).
_BRACKETED = re.compile(r"[(（]([A-Za-z]*[A-Z][A-Za-z]*)[)）]")
_FORMERLY = re.compile(r"[(（](?:formerly|previously)\b.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Titles:
    """
    What something is called.

    Args:
        chinese: Its title in Chinese, folded by `fold_words`; empty if there is none.

        english: Its title in English; empty if there is none.

        support: What else it is called after: its heading and remarks, in Chinese, folded.

        name: Its name in addresses.

        printed: Its title as printed, in Chinese for a row and in English for a record, if it has one.

        owner: Whose it is: words that all titles of one body have tell nothing.

        series: What its Chinese title says that it counts by, and the numbers and Latin words in it: where they differ,
            two titles are siblings, however alike they are.

        beside: What is said beside the title, so that a title need not say it: the names of its body, its category and
            how often it is updated.
    """

    chinese: str = ""
    english: str = ""
    support: str = ""
    name: str = ""
    printed: str = ""
    owner: str = ""
    series: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@lru_cache(maxsize=1 << 15)
def english_stems(title: str) -> tuple[str, ...]:
    """
    Return the stems of the words of an English title that say something, each once.

    >>> english_stems("List of the Police Stations")
    ('list', 'polic', 'station')
    """
    return tuple(dict.fromkeys(stem for stem in stem_words(title) if stem not in idle_stems()))


def fold_words(text: str) -> str:
    """
    Return a text folded, with a space between Latin words and numbers that stand apart.

    >>> fold_words("數碼港 Smart-Space（2019）"), fold_words("18區")
    ('数码港smart space 2019', '18区')
    """
    return " ".join(fold(part) for part in _BETWEEN.split(plain(text)))


def find_series(title: str) -> tuple[str, ...]:
    """
    Return what a Chinese title says that it counts by, and the numbers and Latin words in it.

    >>> find_series("按性別劃分的人數（2019）") == find_series("按性别划分的人数 (2019)")
    True
    """
    series = load_weighting().series.find(title)
    return (*series, *sorted(match["latin"] for match in _RUN.finditer(fold_words(title)) if match["latin"]))


def compile_words(words: Iterable[str]) -> re.Pattern[str]:
    """
    Return what finds words in a text, the longest first; nothing without words.

    >>> compile_words(["雨", "雨量"]).findall("雨量"), compile_words([]).findall("雨量")
    (['雨量'], [])
    """
    return re.compile(_any_of(words) or r"(?!)")


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern of any of several words, longer ones first."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


class PlacedWord(NamedTuple):
    """A word of a title, and where it stands."""

    start: int
    end: int
    word: str


def place_pairs(title: str) -> list[PlacedWord]:
    """
    Return every two characters side by side of a folded title, and numbers and Latin words as a whole.

    >>> [placed.word for placed in place_pairs("18区雨量图csv")]
    ['18', '区雨', '雨量', '量图', 'csv']
    """
    placed: list[PlacedWord] = []
    for match in _RUN.finditer(title):
        start, end = match.span()
        if match["latin"] or end - start == 1:
            placed.append(PlacedWord(start, end, match[0]))
        else:
            placed += [PlacedWord(place, place + 2, title[place : place + 2]) for place in range(start, end - 1)]
    return placed


def chinese_words(title: str) -> tuple[str, ...]:
    """
    Return the words of `place_pairs`, each once.

    >>> chinese_words("雨量雨量")
    ('雨量', '量雨')
    """
    return tuple(dict.fromkeys(placed.word for placed in place_pairs(title)))


def count_english(titles: Iterable[str]) -> Counter[str]:
    """Return in how many titles each stem stands."""
    return Counter(stem for title in titles for stem in english_stems(title))


@lru_cache(maxsize=1 << 15)
def find_short_names(title: str) -> frozenset[str]:
    """
    Return the stems of an English title that only repeat it: short forms in brackets, and what it was called before.

    >>> find_short_names("Micro Fund (CMF) of Cyberport"), find_short_names("Cyberport Micro Fund (CMF)")
    (frozenset(), frozenset({'cmf'}))
    """
    stems: set[str] = set()
    for match in _BRACKETED.finditer(title):
        initials = iter([word[0].casefold() for word in re.findall(r"\w+", title[: match.start()])])
        letters = [letter.casefold() for letter in match[1] if letter.isupper()]
        if len(letters) > 1 and all(letter in initials for letter in letters):
            stems.update(stem_words(match[1]))
    for match in _FORMERLY.finditer(title):
        stems.update(stem_words(match[0]))
    return frozenset(stems)


@lru_cache(maxsize=1 << 15)
def bare_title(title: str) -> str:
    """
    Return a folded Chinese title without words in front that tell nothing, its closing word as the first of its kind.

    Where nothing else is left, the title is as it was.

    >>> bare_title(fold("最新雨量資訊")) == bare_title(fold("雨量資料"))
    True
    >>> bare_title(fold("最新資料")) == fold("最新資料")
    True
    """
    front, closing, joining = _same_words()
    rest = front.sub("", title)
    match = closing.search(rest)
    if match:
        stem = rest[: match.start()].rstrip(joining)
        # An opening and a closing word alone are a title like any other.
        return f"{stem} {match.lastgroup}" if stem else title
    return rest or title


@lru_cache(maxsize=1)
def _same_words() -> tuple[re.Pattern[str], re.Pattern[str], str]:
    """Return what finds the words in front that tell nothing, closing words by their group, and what joins them."""
    same = load_linking().same
    front = re.compile(f"^(?:(?:{_any_of(map(fold, same.front))})(?![{fold(same.places)}]))+(?=.)")
    groups = (f"(?P<g{number}>{_any_of(map(fold, words))})" for number, words in enumerate(same.closing))
    return front, re.compile(f"(?:{'|'.join(groups)})$"), f"{fold(same.joining)} "


def find_kind(title: str) -> str:
    """
    Return whether a title counts things or lists them: `counts`, `lists`, or nothing where it says neither or both.

    >>> find_kind("巴士站的位置"), find_kind("Number of bus stops"), find_kind("Bus stops")
    ('lists', 'counts', '')
    """
    own = {kind for kind, pattern in _kinds().items() if pattern.search(plain(title))}
    return own.pop() if len(own) == 1 else ""


@lru_cache(maxsize=1)
def _kinds() -> dict[str, re.Pattern[str]]:
    """Return what finds the words of each kind in plain texts."""
    left = load_linking().left
    return {
        name: re.compile(
            "|".join(rf"\b{re.escape(word)}s?\b" if word.isascii() else re.escape(plain(word)) for word in words)
        )
        for name, words in (("counts", left.counts), ("lists", left.lists))
    }
