"""
What all readers of cells share: numbers in words, notes in brackets, words for nothing.

In: texts. Out: numbers, texts without their notes.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ...core.languages import LANGUAGE_OF_SCRIPT
from ...core.text import plain
from ...core.wording.characters import IDEOGRAPH
from ...core.wording.plans import load_plan_wording

_WORDING = load_plan_wording()

_DIGITS = str.maketrans(dict(_WORDING.dates.digits))
_BRACKETED = re.compile(r"[(（\[［【〔][^()（）\[\]［］【】〔〕]*[)）\]］】〕]")
_TICKED = re.compile("[\u2611\u2612]")
#: An empty box and what stands behind it, to the next box.
_UNCHOSEN = re.compile("\u2610[^\u2610-\u2612]*")


def number_of(text: str) -> float:
    """
    Return the number that digits or a word stand for.

    >>> number_of("12"), number_of("半"), number_of("twelve")
    (12.0, 0.5, 12.0)
    """
    return float(text) if text.isdecimal() else _WORDING.numbers[text]


@lru_cache(maxsize=1 << 12)
def write_years(text: str) -> str:
    """
    Return text with years in Chinese digits written in figures; it stays as long as it was.

    >>> write_years("二零二四年十二月")
    '2024年十二月'
    >>> write_years("二千零二十六年")
    '2026  年'
    """
    if text.isascii():
        return text
    text = _WORDING.dates.year_in_words.sub(lambda year: year[0].translate(_DIGITS), text)
    return _WORDING.dates.year_in_full.sub(_write_in_figures, text)


def _write_in_figures(year: re.Match[str]) -> str:
    """Return a year in full words in figures, with blanks behind it where the words were longer."""
    thousands, tens, ones = (part.translate(_DIGITS) for part in year.group("thousands", "tens", "ones"))
    return f"{thousands}0{tens or 1}{ones or 0}".ljust(len(year[0]))


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


def keep_chosen(text: str) -> str:
    """
    Return text without the options whose boxes are empty, if it has boxes that are ticked; else all of it.

    >>> keep_chosen("☒ CSV ☐ JSON ☑ XML"), keep_chosen("☐ CSV")
    (' CSV  XML', '☐ CSV')
    """
    if not _TICKED.search(text):
        return text
    return _TICKED.sub("", _UNCHOSEN.sub("", text))


@lru_cache(maxsize=4096)
def is_none(text: str) -> bool:
    """
    Tell whether a cell says that there is nothing.

    >>> is_none("N/A"), is_none("／"), is_none("沒有。"), is_none("(None at present)"), is_none("每年")
    (True, True, True, True, False)
    """
    return bool(_WORDING.cells.none.fullmatch(plain(text).strip().strip("()[]。.; ")))


@lru_cache(maxsize=4096)
def is_ditto(text: str) -> bool:
    """
    Tell whether a cell says that it holds what the one above it does.

    >>> is_ditto("同上"), is_ditto("- Ditto -"), is_ditto("〃"), is_ditto("每年")
    (True, True, True, False)
    """
    return bool(_WORDING.cells.ditto.fullmatch(plain(text).strip().strip("()。")))


def find_language_of(text: str, script: str) -> str:
    """
    Return the language that a cell is written in: English without an ideograph, else that of the plan.

    Args:
        text: The text of the cell.

        script: The script of the plan.

    >>> find_language_of("Helth", "Hant"), find_language_of("衞生", "Hant")
    ('en', 'zh-Hant')
    """
    return LANGUAGE_OF_SCRIPT[script if IDEOGRAPH.search(text) else "Latn"]


def begins_with_none(text: str) -> bool:
    """
    Tell whether the first words of a text say that there is nothing.

    >>> begins_with_none("不適用 每年"), begins_with_none("每年 不適用")
    (True, False)
    """
    return bool(_WORDING.cells.none.match(plain(text).strip()))
