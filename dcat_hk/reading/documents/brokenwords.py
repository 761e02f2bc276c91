"""
Latin words that a narrow column broke at the end of a line, without a hyphen.

In: the letters before and behind the end of a line, and words of the document. Out: whether they are proven to be one
word. What is not proven stays two words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from typing import Any

from ...core.vocabularies import load
from ...core.wording.records import TableReader, read_toml

_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+")


@dataclass(frozen=True, slots=True)
class BrokenWordParts:
    """
    Letters that are part of a word and never a word, before and behind the place where it is broken; and small words.

    >>> bool(load_word_parts().head.fullmatch("h")), "ations" in load_word_parts().endings
    (True, True)
    """

    head: re.Pattern[str]
    rest: re.Pattern[str]
    endings: frozenset[str]
    words: frozenset[str]


@cache
def load_word_parts() -> BrokenWordParts:
    """
    Return the record of `brokenwords.toml`, read and checked once per process.

    Raises:
        WordingError: The file lacks a key, has one too many, or holds a value that cannot be used.
    """
    return read_word_parts(read_toml(__package__, "brokenwords.toml"))


def read_word_parts(tables: Mapping[str, Any]) -> BrokenWordParts:
    """
    Return the record of the tables of `brokenwords.toml`.

    Args:
        tables: The parsed file.

    Raises:
        WordingError: A key is missing, unknown or of the wrong type.
    """
    return TableReader("brokenwords.toml").read_record(BrokenWordParts, tables)


def words_in(text: str) -> list[str]:
    """
    Return the Latin words of a text.

    >>> words_in("船隻 (vessel arrivals)")
    ['vessel', 'arrivals']
    """
    return _WORD.findall(text)


def is_one_word(
    head: str, rest: str, words: Set[str] = frozenset(), is_full: bool = False, behind_sign: bool = False
) -> bool:
    """
    Tell whether letters at the end of a line and at the start of the next are proven to be one word.

    The whole word is known, or no part is a known word and either a part can be no word, or, in a line that is full,
    letters follow one another as they do inside of words and the first part does not end as words do.

    Args:
        head: The last letters of a line.

        rest: The first letters of the next.

        words: Words of the document, in small letters.

        is_full: Whether it is known that the line had no room for another letter.

        behind_sign: Whether the first part stands behind a stroke or hyphen in its line, which is one unit then; the
            second part may be a known word by chance.

    >>> is_one_word("Communit", "y"), is_one_word("Establishment", "Figures"), is_one_word("up", "on")
    (True, False, False)
    >>> is_one_word("sta", "tion", is_full=True), is_one_word("sho", "reline", {"shore", "reline"}, True, True)
    (True, True)
    """
    are_words = [_is_word(part, words) for part in (head, rest)]
    if _is_word(head + rest, words):
        return not all(are_words) and not {head.lower(), rest.lower()} <= load_word_parts().words
    if are_words[0] or (are_words[1] and not behind_sign) or not (head[-1:].islower() and rest[:1].islower()):
        return False
    parts = load_word_parts()
    if parts.head.fullmatch(head) or parts.rest.fullmatch(rest) or rest in parts.endings:
        return True
    if (
        not is_full
        or len(head) < 2
        or len(rest) < 2
        or any(head.endswith(ending) for ending in parts.endings if len(ending) > 2)
    ):
        return False
    usual = _usual(head[-2:].lower(), rest[:2], words)
    return any(usual) if behind_sign else all(usual)


def _usual(head: str, rest: str, words: Set[str]) -> list[bool]:
    """Tell of each three letters across the place whether they follow one another so in some word."""
    return [
        any(letters in word for word in words) or any(letters in word for word in _known_words())
        for letters in (head + rest[0], head[1] + rest)
    ]


def _is_word(letters: str, words: Set[str]) -> bool:
    """Tell whether letters are a word of the document or of the vocabularies."""
    known = _known_words()
    return letters.lower() in words or letters.lower() in known or letters in known


@cache
def _known_words() -> frozenset[str]:
    """Return the words of the labels in the vocabularies, in small letters if only the first is a capital."""
    labels = [label for concept in load().concepts.values() for label in concept.wordings]
    words = {word for label in labels for word in words_in(label) if len(word) > 1}
    return frozenset(word.lower() if word[1:].islower() else word for word in words)
