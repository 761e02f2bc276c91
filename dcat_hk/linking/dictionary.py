"""
A dictionary of Chinese -> pairs of a word and what it means in English.

In: the file of CC-CEDICT that its package has. Out: pairs; words of one character and names of persons and places that
nobody looks for are left out.

Spec: CC-CEDICT, a line `traditional simplified [pinyin] /meaning/meaning/`.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

from .packages import find_package, load_packages

_LINE = re.compile(r"(\S+) (\S+) \[[^\]]*\] /(.+)/")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\b(?:sb|sth|etc)\b\.?")
#: What a meaning begins with that is none.
_NO_MEANING = re.compile(r"(?:CL:|variant of|old variant|see |abbr\. for|surname|used in|erhua|also written)")
#: A meaning of more words is an explanation.
_MOST_WORDS = 4


def read_dictionary() -> Iterator[tuple[str, str]]:
    """
    Yield words of two characters or more with each of their meanings.

    Raises:
        UsageError: The dictionary is not installed, or is another.
    """
    folder, (name,) = find_package("dictionary"), load_packages()["dictionary"].files
    with gzip.open(folder / name, "rt", encoding="utf-8") as file:
        for line in file:
            match = _LINE.match(line)
            if match and len(match[1]) > 1:
                yield from ((match[1], meaning) for meaning in _split_meanings(match[3]))


def _split_meanings(text: str) -> Iterator[str]:
    """Yield the meanings of a word that are short enough to be said in a title."""
    for part in text.replace(";", "/").split("/"):
        meaning = _ASIDE.sub(" ", part).strip().removeprefix("to ")
        if meaning and not _NO_MEANING.match(meaning) and len(meaning.split()) <= _MOST_WORDS:
            yield meaning
