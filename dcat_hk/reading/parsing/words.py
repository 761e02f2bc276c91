"""
What all readers of cells share: numerals, units and months in patterns, notes in brackets, words for nothing.

In: patterns of `wording.toml` and texts. Out: complete patterns, numbers, shorter texts.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ...core.text import plain
from ...core.vocabularies import wording

_BRACKETED = re.compile(r"[(（\[［【〔][^()（）\[\]［］【】〔〕]*[)）\]］】〕]")


@lru_cache(maxsize=1)
def _placeholders() -> dict[str, str]:
    """Return patterns for a number, a unit of time and the name of a month, in digits or words."""
    words = wording()
    tables = ("numbers", "units", "months", "adverbs")
    names = {name: sorted(map(re.escape, words[name]), key=len, reverse=True) for name in tables}
    return {
        "{numeral}": rf"(?:\d{{1,4}}|{'|'.join(names['numbers'])})",
        "{unit}": f"(?:{'|'.join(names['units'])})",
        "{month}": f"(?:{'|'.join(names['months'])})",
        "{adverb}": f"(?:{'|'.join(names['adverbs'])})",
        "{weekday}": words["frequency"]["words"]["weekday"],
    }


def fill(pattern: str) -> str:
    """
    Return a pattern of `wording.toml` with its placeholders filled in.

    >>> "{" in fill("{month}")
    False
    """
    for name, filling in _placeholders().items():
        pattern = pattern.replace(name, filling)
    return pattern


def number_of(text: str) -> float:
    """
    Return the number that digits or a word stand for.

    >>> number_of("12"), number_of("半"), number_of("twelve")
    (12.0, 0.5, 12.0)
    """
    return float(text) if text.isdecimal() else float(wording()["numbers"][text])


def without_notes(text: str) -> str:
    """
    Return text without its bracketed notes, or all of it if there is nothing else.

    >>> without_notes("每年 (自2020年起為每年二月)"), without_notes("(每年)")
    ('每年', '(每年)')
    """
    bare = text
    while True:
        shorter = _BRACKETED.sub(" ", bare)
        if shorter == bare:
            break
        bare = shorter
    return bare.strip() or text


def is_none(text: str) -> bool:
    """
    Tell whether a cell says that there is nothing.

    >>> is_none("不適用"), is_none("N/A"), is_none("／"), is_none("每年")
    (True, True, True, False)
    """
    return bool(re.fullmatch(wording()["cells"]["none"], plain(text).strip()))
