"""
Text that says one thing in two languages: where the English words stand in it, and where the Chinese ones.

In: a text. Out: stretches of it for each language. It knows no tables.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ...core.text import count_letters, plain
from ...core.vocabularies import vocabularies_in_use
from ...core.wording.characters import IDEOGRAPH
from .formats import find_formats, names_only_formats

#: A stretch of a text: first offset, offset after the last.
Stretch = tuple[int, int]

_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")
#: A letter or number before a heading belongs to both languages, and so do formats in brackets at the end.
_LEADER = re.compile(r"\s*+[(\[]?\s*+(?:[A-Da-d]|[ivx]{1,4}|\d{1,3})\s*+[.:)\]]+\s*+")
_BRACKET_AT_END = re.compile(r"(?:(?<!\s)\s*+|(?<=\s)(?!\s))\([^()]*+\)\s*+$")
_BRACKET = re.compile(r"\s*+\([^()]*+\)")
#: Figures in brackets belong to what they stand behind.
_FIGURES = re.compile(r"\s*+[(\uff08][\d\s/~.\-\u2013\u2014]*+[)\uff09]")
#: What opens or closes Chinese text and is directly beside it: brackets, quotes, digits, a format's name.
_BEFORE_IDEOGRAPH = re.compile(
    r"(?:(?<![A-Za-z])[A-Z]{2}[A-Z0-9/,&-]*+)?[(\[\uff08\uff3b\u3010\u3014\u300a\u300c\u300e\u201c\d]*$"
)
_AFTER_IDEOGRAPH = re.compile(r"[)\]\uff09\uff3d\u3011\u3015\u300b\u300d\u300f\u201d\d.,;:!?\u3002]*")
_SIGNS = " \t\n\r\u3000/|;:,\uff0c\uff0f\uff5c\uff1b\uff1a\u3001-\u2013\u2014\u00b7\u2022"
#: Fewer letters say nothing that needs saying twice.
_FEWEST_IDEOGRAPHS, _FEWEST_LATIN = 2, 2
#: Several passes ask for the same texts; longer ones are rare.
_LONGEST_REMEMBERED = 2000


class Languages(NamedTuple):
    """Where a text is in English, where in Chinese, and where the signs between them are."""

    latin: tuple[Stretch, ...]
    han: tuple[Stretch, ...]
    signs: tuple[Stretch, ...]

    def texts(self, text: str) -> tuple[str, str]:
        """Return what the text says in English and in Chinese."""
        latin, han = ("".join(text[start:end] for start, end in part) for part in (self.latin, self.han))
        return latin.strip(), han.strip()


def split_languages(text: str) -> Languages | None:
    """
    Return where a text says something in English and where in Chinese, None if it is in one language.

    Args:
        text: A text on one line or several. What both languages share, a heading's letter and formats in brackets at
            the end, is part of both.

    >>> split_languages("Port statistics 港口統計 (CSV)").texts("Port statistics 港口統計 (CSV)")
    ('Port statistics (CSV)', '港口統計 (CSV)')
    >>> split_languages("A. 船隻 / Vessels").texts("A. 船隻 / Vessels")
    ('A. Vessels', 'A. 船隻')
    >>> split_languages("CSV格式") is None
    True
    """
    if not (IDEOGRAPH.search(text) and _WORD.search(text)):
        return None
    split = _split if len(text) <= _LONGEST_REMEMBERED else _split.__wrapped__
    return split(text, vocabularies_in_use().format_words)


@lru_cache(maxsize=4096)
def _split(text: str, _format_words: tuple[tuple[str, str], ...]) -> Languages | None:
    """Return where a text with words in both scripts says something in each language, by the formats that are known."""
    folded = plain(text)
    leader = _LEADER.match(folded)
    start = leader.end() if leader else 0
    tail = _BRACKET_AT_END.search(folded, start)
    end = tail.start() if tail and find_formats(tail[0])[0] and not IDEOGRAPH.search(tail[0]) else len(text)
    cut = _find_boundary(text, start, end)
    if not cut:
        return None
    (first, first_signs), (second, second_signs) = _trim(text, (start, cut)), _trim(text, (cut, end))
    latin, han = (second, first) if IDEOGRAPH.search(text, *first) else (first, second)
    english = text[slice(*latin)]
    if count_letters(text[slice(*han)])[0] < _FEWEST_IDEOGRAPHS or count_letters(english)[1] < _FEWEST_LATIN:
        return None
    if names_only_formats(english):
        return None
    opening = [(0, start)] if start else []
    closing = [(end, len(text))] if end < len(text) else []
    bracketed = first != second and bool(_BRACKET_AT_END.search(folded[slice(*first)]))
    return Languages(
        (*opening, latin, *(closing if latin == second or not bracketed else [])),
        (*opening, han, *(closing if han == second or not bracketed else [])),
        (*first_signs, *second_signs),
    )


def choose_language(text: str, beside: str) -> str:
    """
    Return what a text says in the language of another, all of it if it is in one language.

    >>> choose_language("海事處 Marine Department", "2025至2027年度開放數據計劃")
    '海事處'
    """
    parts = split_languages(text)
    if not parts:
        return text
    latin, han = parts.texts(text)
    return han if count_letters(beside)[0] else latin


def _find_boundary(text: str, start: int, end: int) -> int:
    """Return where one language ends and the other begins, 0 if both are not there; as few letters as can be astray."""
    ideographs = [match.start() for match in IDEOGRAPH.finditer(text, start, end)]
    words = [match.start() for match in _WORD.finditer(text, start, end)]
    if not ideographs or not words:
        return 0
    before = _BEFORE_IDEOGRAPH.search(text, start, ideographs[0])
    latin_first = before.start() if before else ideographs[0]
    if not _WORD.search(text, start, latin_first):
        latin_first = ideographs[0]
    after = _AFTER_IDEOGRAPH.match(text, ideographs[-1] + 1, end)
    han_first = after.end() if after else ideographs[-1] + 1
    if figures := _FIGURES.match(text, han_first, end):
        han_first = figures.end()
    bracket = _BRACKET.match(text, han_first, end)
    if bracket and _BRACKET_AT_END.match(text, end) and find_formats(bracket[0])[0]:
        han_first = bracket.end()
    # Latin letters that would stand in the Chinese part.
    astray = {latin_first: count_letters(text[latin_first:end])[1], han_first: count_letters(text[start:han_first])[1]}
    possible = [
        cut
        for cut, side in ((latin_first, (start, latin_first)), (han_first, (han_first, end)))
        if _WORD.search(text, *side)
    ]
    return min(possible, key=astray.__getitem__, default=0)


def _trim(text: str, stretch: Stretch) -> tuple[Stretch, list[Stretch]]:
    """Return a stretch without signs around it and brackets around all of it, and where those are."""
    start, end = stretch
    while True:
        length = end - start
        while start < end and text[start] in _SIGNS:
            start += 1
        while end > start and text[end - 1] in _SIGNS:
            end -= 1
        if _is_bracketed(plain(text[start:end])):
            start, end = start + 1, end - 1
        if end - start == length:
            break
    return (start, end), [sign for sign in ((stretch[0], start), (end, stretch[1])) if sign[0] < sign[1]]


def _is_bracketed(text: str) -> bool:
    """Tell whether one pair of brackets is around all of a text."""
    if text[:1] + text[-1:] not in ("()", "[]"):
        return False
    depth = 0
    for position, character in enumerate(text):
        depth += (character == text[0]) - (character == text[-1])
        if not depth:
            return position == len(text) - 1
    return False
