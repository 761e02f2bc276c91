"""English titles -> stems of words, so that a title and a dictionary say one thing in one form."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

_WORD = re.compile(r"[0-9a-z]+(?:['’][a-z]+)?")
#: Parts of words that are written with a hyphen or without: “out-patient”, “outpatient”.
_HYPHENATED = re.compile(r"\b(anti|co|cross|e|in|inter|multi|non|on|out|post|pre|re|sub|under)-(?=[a-z])")
#: What says that a word is one of several: nothing else is left of it in a name of several letters.
_POSSESSIVE = re.compile(r"['’]s\b")


@cache
def _stemmer() -> Any:
    """Return the stemmer of English."""
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=1 << 16)
def stem_word(word: str) -> str:
    """
    Return the stem of a word in lower case.

    >>> stem_word("licences"), stem_word("hoklas"), stem_word("2019")
    ('licenc', 'hokla', '2019')
    """
    return str(_stemmer().stemWord(word)) if word.isalpha() and len(word) > 2 else word


@lru_cache(maxsize=1 << 16)
def stem_words(text: str) -> tuple[str, ...]:
    """
    Return the stems of the words and numbers of a text, in its order.

    >>> stem_words("Out-patient Clinics’ Attendances, 2019")
    ('outpati', 'clinic', 'attend', '2019')
    """
    lower = unicodedata.normalize("NFKC", text).casefold()
    joined = _HYPHENATED.sub(r"\1", _POSSESSIVE.sub("", lower))
    return tuple(stem_word(word.replace("'", "").replace("’", "")) for word in _WORD.findall(joined))
