"""
Latin words that a narrow column broke at the end of a line, without a hyphen.

In: the letters before and behind the end of a line, and words of the document. Out: whether they are proven to be one
word. What is not proven stays two words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from ...core.vocabularies import load
from ...core.wording.records import TableReader, read_toml

#: So many letters are a word by no chance.
_TELLING = 5

#: A shorter rest of a word can be anything.
_SHORTEST_REST = 2
#: What is written with a z in other English than that of Hong Kong.
_BRITISH = re.compile(r"(?<=i)s(?=(?:e[drs]?|ers|ing|ations?)$)")
_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+")


@dataclass(frozen=True, slots=True)
class BrokenWordParts:
    """
    Letters that are part of a word and never a word, before and behind the place where it is broken; and small words.

    >>> bool(load_word_parts().head.fullmatch("h")), "ations" in load_word_parts().endings
    (True, True)

    `numbers` are dates, years and numbers as a whole, `words` the only English words that are so short, `suffixes`
    words that end longer words, `function_words` words that a line can end or begin with.
    """

    head: re.Pattern[str]
    rest: re.Pattern[str]
    numbers: re.Pattern[str]
    words: frozenset[str]
    endings: frozenset[str]
    suffixes: frozenset[str]
    function_words: frozenset[str]


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

    The whole word is known, to the document, the vocabularies or as an English one, and its parts are not; or no part
    is a known word and either a part can be no word, or, in a line that is full, letters follow one another as they do
    inside of words and the first part does not end as words do.

    Args:
        head: The last letters of a line.

        rest: The first letters of the next.

        words: Words of the document, in small letters.

        is_full: Whether it is known that the line had no room for another letter.

        behind_sign: Whether the first part stands behind a stroke or hyphen in its line, which is one unit then; the
            second part may be a word of the document by chance, though none of the vocabularies.

    >>> is_one_word("Communit", "y"), is_one_word("Establishment", "Figures"), is_one_word("up", "on")
    (True, False, False)
    >>> is_one_word("sta", "tion", is_full=True), is_one_word("sho", "reline", {"shore", "reline"}, True, True)
    (True, True)
    >>> is_one_word("harbour", "and", {"aquarand", "grants"}, is_full=True, behind_sign=True)
    False
    >>> is_one_word("departure", "s"), is_one_word("Constructi", "on"), is_one_word("household", "income", is_full=True)
    (True, True, False)
    """
    are_words = [_is_word(part, words) for part in (head, rest)]
    if _is_word(head + rest, words):
        return not all(are_words) and not {head.lower(), rest.lower()} <= load_word_parts().function_words
    in_english = _is_one_in_english(head, rest, is_full, behind_sign)
    if in_english is not None:
        return in_english
    by_chance = behind_sign and not _is_word(rest, frozenset())
    if are_words[0] or (are_words[1] and not by_chance) or not (head[-1:].islower() and rest[:1].islower()):
        return False
    parts = load_word_parts()
    if parts.head.fullmatch(head) or parts.rest.fullmatch(rest) or rest in parts.endings:
        return True
    if (
        not is_full
        or not (behind_sign or _part_across(split_into_words(head + rest), len(head)))
        or len(head) < 2
        or len(rest) < 2
        or any(head.endswith(ending) for ending in parts.endings if len(ending) > 2)
    ):
        return False
    usual = _usual(head[-2:].lower(), rest[:2], words)
    return any(usual) if behind_sign else all(usual)


def is_surely_one(head: str, rest: str) -> bool:
    """
    Tell whether letters are one known word though whole words stand before them in a line that had no need to break it.

    Neither part may be a word, nor be so short that it can be a sign or an abbreviation.

    Args:
        head: The last letters of a line.

        rest: The first letters of the next.

    >>> [is_surely_one(*parts) for parts in (("Rele", "ase"), ("B", "usiness"), ("for", "mat"), ("C", "ar"))]
    [True, True, False, False]
    """
    whole = head + rest
    if not (whole.isascii() and whole.isalpha() and rest.islower()) or len(rest) < _SHORTEST_REST:
        return False
    if _is_word(head, frozenset()) or _is_english(head) or (len(rest) < _TELLING and len(head) < _SHORTEST_REST):
        return False
    return not _is_english(rest) and not _is_word(rest, frozenset()) and len(split_into_words(whole)) == 1


def is_one_name(head: str, rest: str) -> bool:
    """
    Tell whether letters are the parts of a name in capitals that the vocabularies have, such as a format's.

    Args:
        head: The last letters of a line.

        rest: The first letters of the next.

    >>> is_one_name("CS", "V"), is_one_name("CSV", "JSON"), is_one_name("Ed", "ucation")
    (True, False, False)
    >>> is_one_name("GEOJS", "ON")
    True
    """
    known = _known_words()
    whole = head + rest
    is_known = whole in known or whole in _known_names()
    return not whole[1:].islower() and is_known and not {head, rest} & known


def is_one_number(head: str, rest: str) -> bool:
    """
    Tell whether signs at the end of a full line and at the start of the next are one date or number.

    Args:
        head: The last signs of a line without a blank.

        rest: The first signs of the next.

    >>> is_one_number("10/202", "5"), is_one_number("10/2025", "6"), is_one_number("2024", "2025")
    (True, False, False)
    """
    if not (head[-1:].isdecimal() and rest[:1].isdecimal()):
        return False
    whole = load_word_parts().numbers.fullmatch
    if (head + rest).isdecimal() and len(head + rest) not in {4, 8}:
        return True
    return bool(whole(head + rest)) and not (whole(head) and whole(rest))


def _is_one_in_english(head: str, rest: str, is_full: bool, behind_sign: bool) -> bool | None:
    """
    Tell whether letters are one English word or two, None if English does not tell.

    Args:
        head: The last letters of a line.

        rest: The first letters of the next.

        is_full: Whether it is known that the line had no room for another letter.

        behind_sign: Whether the first part stands behind a stroke or hyphen in its line.
    """
    whole = head + rest
    if not (whole.isascii() and whole.isalpha() and len(whole) > 3) or not (
        ((head[-1].islower() or len(head) == 1) and rest.islower()) or (is_full and whole.isupper())
    ):
        return None
    parts, ends = split_into_words(whole), load_word_parts()
    is_ending = rest in ends.endings or rest in ends.suffixes
    are_words = [_is_english(head), _is_english(rest) and not is_ending]
    if all(are_words):
        return behind_sign and len(parts) == 1
    if len(parts) == 1:
        return True
    if len(rest) == 1 and is_full and not are_words[1]:
        return True
    # An unknown word may be split anywhere: a long part tells that it is split where it should be.
    return True if is_full and not are_words[0] and _part_across(parts, len(head)) >= _TELLING else None


def _part_across(parts: Sequence[str], place: int) -> int:
    """Return how long the part of a word is that goes on over a place in it, 0 if there is none."""
    end = 0
    for part in parts:
        end += len(part)
        if end == place:
            return 0
        if end > place:
            return len(part)
    return 0


def _is_english(letters: str) -> bool:
    """Tell whether letters are one English word."""
    if len(letters) <= 3:
        return letters.lower() in load_word_parts().words
    return len(split_into_words(letters)) == 1


@lru_cache(maxsize=8192)
def split_into_words(letters: str) -> tuple[str, ...]:
    """
    Return the English words that letters without blanks most likely are; one that is unknown comes in pieces.

    >>> split_into_words("householdincome"), split_into_words("departures")
    (('household', 'income'), ('departures',))
    """
    import wordninja  # its list of words takes a tenth of a second to load, which few documents need

    lowered = letters.lower()
    parts = wordninja.split(lowered)
    if len(parts) > 1 and _BRITISH.search(lowered):
        other = wordninja.split(_BRITISH.sub("z", lowered))
        parts = [lowered] if len(other) == 1 else parts
    return tuple(parts)


def _usual(head: str, rest: str, words: Set[str]) -> list[bool]:
    """Tell of each three letters across the place whether they follow one another so in some word."""
    return [
        any(letters in word for word in words) or any(letters in word for word in _known_words())
        for letters in (head + rest[0], head[1] + rest)
    ]


def _is_word(letters: str, words: Set[str]) -> bool:
    """Tell whether letters are a word of the document or of the vocabularies."""
    known = _known_words()
    if letters.lower() in words or letters.lower() in known or letters in known:
        return True
    return letters.isupper() and letters in _known_names()


@cache
def _known_names() -> frozenset[str]:
    """Return the words of the labels in the vocabularies in capitals, as some people write names of formats."""
    return frozenset(word.upper() for word in _known_words() if len(word) >= _TELLING and not word.islower())


@cache
def _known_words() -> frozenset[str]:
    """Return the words of the labels in the vocabularies, in small letters if only the first is a capital."""
    labels = [label for concept in load().concepts.values() for label in concept.wordings]
    words = {word for label in labels for word in words_in(label) if len(word) > 1}
    return frozenset(word.lower() if word[1:].islower() else word for word in words)
