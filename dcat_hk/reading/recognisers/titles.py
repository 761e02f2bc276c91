"""
What cannot be the name of a dataset: a column's label, a date, a frequency, a format; and what hardly can: one letter.

In: the text of a title. Out: yes or no. It is the last question before a row is published: a table that was cut at
wrong places gives such titles, and none of them may pass in silence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ...core.text import fold, plain
from .dates import date_at, read_date
from .formats import names_only_formats
from .frequencies import frequency_at
from .headers import names_column

_FIGURES = re.compile(r"\d+")
#: An address in a name is the text of another cell.
_ADDRESS = re.compile(r"\bhttps?:|://", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)\d")
#: No month is written with more signs.
_LONGEST_MONTH = 39


@lru_cache(maxsize=1 << 12)
def can_be_title(text: str, is_part: bool = False) -> bool:
    """
    Tell whether a text can be the name of a dataset.

    Args:
        text: The words of a title's cell.

        is_part: Whether it names a part of a dataset; parts can be named by a year or a format.

    >>> can_be_title("泳灘水質"), can_be_title("Update Frequency"), can_be_title("每月")
    (True, False, False)
    >>> can_be_title("2024"), can_be_title("2024", is_part=True), can_be_title("CSV"), can_be_title("GIS")
    (False, True, False, True)
    >>> can_be_title("Rainfall https://example.hk/rain")
    False
    """
    if is_part:
        return bool(fold(text)) and not names_column(text)
    if not _letters_of(text) or names_column(text) or names_only_formats(text) or _ADDRESS.search(text):
        return False
    folded = plain(text).strip()
    return len(folded) not in {date_at(folded), frequency_at(folded)}


def ends_with_month(text: str) -> bool:
    """
    Tell whether a name ends with a month, as it does where the cells of its row were not told apart.

    Args:
        text: The words of a title's cell.

    >>> [ends_with_month(text) for text in ("遠洋輪船抵港船次 運輸2026年3月", "雨量 03/2026", "2024年統計")]
    [True, True, False]
    """
    folded = plain(text).strip()
    numbers = _NUMBER.finditer(folded, max(0, len(folded) - _LONGEST_MONTH))
    return any(read_date(folded[number.start() :]).month for number in numbers)


def is_one_letter(text: str) -> bool:
    """
    Tell whether a title is a single letter or ideograph, as the rest of a name is that was cut.

    >>> is_one_letter("字"), is_one_letter("項 1"), is_one_letter("雨量")
    (True, True, False)
    """
    return len(_letters_of(text)) == 1


def _letters_of(text: str) -> str:
    """Return the letters of a text in the form that is compared, without figures and signs."""
    return _FIGURES.sub("", fold(text))
