"""
What a date cell says: a month, a period of months, or neither.

In: a cell's text. Out: a `StatedDate`. No month is invented: "by the end of 2024" names none.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from ...core.text import plain
from ...core.wording.plans import load_plan_wording
from .words import is_none, number_of, without_notes, write_years


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A month, a period of months, or the reason why there is neither."""

    month: str | None = None
    period: tuple[str, str] | None = None
    problem: Literal["missing-date", "unread-date", "impossible-date"] | None = None

    @property
    def is_stated(self) -> bool:
        """Tell whether a month or a period is stated."""
        return bool(self.month or self.period)

    @property
    def span(self) -> tuple[str, str]:
        """
        Return the first and the last month that are meant, nothing for each if none is stated.

        >>> StatedDate("2025-03").span, StatedDate(period=("2025-01", "2025-03")).span, StatedDate().span
        (('2025-03', '2025-03'), ('2025-01', '2025-03'), ('', ''))
        """
        return self.period or (self.month or "", self.month or "")


_WORDING = load_plan_wording()
_DATES = _WORDING.dates
_IN_BRACKETS = re.compile(r"^\((.*)\)$")
#: Every month and period names its year in figures; most texts have none.
_DIGIT = re.compile(r"\d")
#: A year and something in brackets, in either order.
_PART_OF_YEAR = re.compile(r"([^()]*)\(([^()]*)\)")
_GROUP = re.compile(r"\(\?P([<=])(\w+)")


def _join_patterns(patterns: Sequence[re.Pattern[str]]) -> re.Pattern[str]:
    """Return what matches where any of some patterns does: most texts are told in one pass that they state nothing."""
    renamed = (_GROUP.sub(rf"(?P\1\2_{number}", pattern.pattern) for number, pattern in enumerate(patterns))
    return re.compile("|".join(f"(?:{pattern})" for pattern in renamed))


_ANY_WHOLE = _join_patterns((*_DATES.patterns, *_DATES.cell, *_DATES.periods, *_DATES.impossible))
#: What `_DATES.around` matches, in one pattern: most dates have nothing around them.
_AROUND = _join_patterns(_DATES.around)

#: A longer text is no date.
_LONGEST = 80

#: All that a date cell can begin with; what names a year does so with four figures.
_STATED = (*_DATES.patterns, *_DATES.periods, _DATES.open)
_YEAR = re.compile(r"\d{4}")
_WITHOUT_YEAR = tuple(pattern for pattern in _STATED if r"(?P<year>\d{4})" not in pattern.pattern)

_IMPOSSIBLE = StatedDate(problem="impossible-date")
_UNREAD = StatedDate(problem="unread-date")


@lru_cache(maxsize=4096)
def read_date(text: str) -> StatedDate:
    """
    Return the month or period that a date cell states.

    Bracketed notes, such as "(first release)", are left out of account. A day is never invented and, if
    printed, not kept: plans speak of months.

    >>> read_date("10/2015 (首次發放日期)").month, read_date("March 2024").month
    ('2015-10', '2024-03')
    >>> read_date("2025年第二季").period, read_date("13/2024").problem, read_date("待定").problem
    (('2025-04', '2025-06'), 'impossible-date', 'unread-date')
    """
    in_part = _read_part_of_year(text)
    if in_part:
        return in_part
    stated = _strip_surroundings(text)
    if not stated or is_none(stated):
        return StatedDate(problem="missing-date")
    if len(stated) > _LONGEST or not _DIGIT.search(stated):
        return _UNREAD
    if not _ANY_WHOLE.fullmatch(stated):
        return _read_range(stated)
    for pattern in (*_DATES.patterns, *_DATES.cell):
        match = pattern.fullmatch(stated)
        if match:
            month = _read_month(match.groupdict())
            return StatedDate(month) if month else _UNREAD if _is_pair(stated) else _IMPOSSIBLE
    for pattern in _DATES.periods:
        match = pattern.fullmatch(stated)
        if match:
            period = _read_period({name: value for name, value in match.groupdict().items() if value})
            return StatedDate(period=period) if period else _IMPOSSIBLE
    return _IMPOSSIBLE


def _read_part_of_year(text: str) -> StatedDate | None:
    """Return the month or period that a year and a part of it state, one of them in brackets; None if they do not."""
    match = _PART_OF_YEAR.fullmatch(plain(text).strip()) if len(text) <= _LONGEST else None
    if not match or len(_YEAR.findall(match[0])) != 1 or _YEAR.sub("", match[0]).strip("() ").isdecimal():
        return None  # A bare figure in brackets is a note's.
    for together in (
        f"{match[1]}{match[2]}",
        f"{match[1]} {match[2]}",
        f"{match[2]} {match[1]}",
        f"{match[2]}{match[1]}",
    ):
        stated = read_date(together)
        if stated.month or (stated.period and not _is_year(stated.period)):
            return stated
    return None


def _is_year(period: tuple[str, str]) -> bool:
    """Tell whether a period is a whole year."""
    return period[0][5:] == "01" and period[1][5:] == "12"


def _strip_surroundings(text: str) -> str:
    """Return a cell's plain text without notes, words that surround a date, and Chinese digits of a year."""
    stated = plain(without_notes(text)).strip()
    stated = _IN_BRACKETS.sub(r"\1", stated).strip()
    for pattern in _DATES.around if _AROUND.search(stated) else ():
        shorter = pattern.sub("", stated).strip()
        stated = shorter or stated
    return write_years(stated)


def _is_pair(stated: str) -> bool:
    """Tell whether a text is two years that follow one another, such as 2024/25."""
    pair = _DATES.pair.fullmatch(stated)
    return pair is not None and int(pair["fiscal"]) == (int(pair["year"]) + 1) % 100


def _read_range(stated: str) -> StatedDate:
    """Return the period between two dates, if that is what is stated."""
    for match in _DATES.range.finditer(stated):
        first, last = read_date(stated[: match.start()]), read_date(stated[match.end() :])
        start, end = first.span[0], last.span[1]
        if start and end:
            return StatedDate(period=(start, end)) if start < end else _IMPOSSIBLE
    return _UNREAD


def _read_month(groups: dict[str, Any]) -> str | None:
    """Return YYYY-MM from the groups of a date pattern, None if there is no such month or day."""
    year = int(groups["year"]) if groups.get("year") else 2000 + int(groups["short"])
    name = groups.get("monthname")
    month = _WORDING.months[name] if name else int(number_of(groups["month"]))
    day = int(groups.get("day") or 1)
    stated = _write_month(year, month) if 1 <= month <= 12 else None
    return stated if stated and 1 <= day <= monthrange(year, month)[1] else None


def _write_month(year: int, month: int) -> str | None:
    """Return YYYY-MM if open data plans can speak of that year."""
    return f"{year}-{month:02}" if 1900 <= year <= 2100 else None


def _read_period(groups: dict[str, str]) -> tuple[str, str] | None:
    """Return first and last month from the groups of a period pattern."""
    year = int(groups["year"])
    if "fiscal" in groups:
        follows = int(groups["fiscal"]) % 100 == (year + 1) % 100
        start, end = _write_month(year, 4), _write_month(year + 1, 3)
        return (start, end) if follows and start and end else None
    first, last = 1, 12
    if "quarter" in groups:
        first = 3 * _read_ordinal(groups["quarter"]) - 2
        last = 3 * _read_ordinal(groups.get("last_quarter", groups["quarter"]))
    elif "half" in groups or "half_2" in groups:
        half = groups.get("half") or groups["half_2"]
        first, last = (1, 6) if _read_ordinal(half) == 1 else (7, 12)
    elif "first_month" in groups:
        first, last = _read_month_number(groups["first_month"]), _read_month_number(groups["last_month"])
    start, end = _write_month(year, first), _write_month(year, last)
    return (start, end) if start and end and 1 <= first < last <= 12 else None


def _read_ordinal(text: str) -> int:
    """Return the number that an ordinal stands for."""
    return int(_WORDING.ordinals[text] if text in _WORDING.ordinals else number_of(text))


def _read_month_number(text: str) -> int:
    """Return the number of a month, given by name or number."""
    return int(_WORDING.months.get(text) or number_of(text))


def date_at(text: str) -> int:
    """
    Return the length of the date that text begins with, 0 if it begins with none.

    The date must end where the text does, or before white space or a bracket.

    >>> date_at("12/2015 有需要时"), date_at("2019年12月的統計"), date_at("待定 每月"), date_at("二零二五年八月 每年")
    (7, 0, 2, 7)
    """
    folded = write_years(plain(text))
    matches = [pattern.match(folded) for pattern in (_STATED if _YEAR.search(folded) else _WITHOUT_YEAR)]
    ends = [match.end() for match in matches if match and is_end(folded, match.end())]
    if not ends:
        return 0
    end = max(ends)
    joint = _DATES.range.match(folded, end)
    following = date_at(text[joint.end() :]) if joint and joint.end() < len(text) else 0
    return joint.end() + following if joint and following else end


@lru_cache(maxsize=1 << 14)
def may_state_date(text: str, letters: int | None = None) -> bool:
    """
    Tell whether a date may stand in a text: there is a figure, a year in words, or words for an open date.

    Args:
        text: A cell, or what a cell may begin.

        letters: How many of them count, with notes and without; None for all.

    >>> may_state_date("由二零二四年起"), may_state_date("日期待定"), may_state_date("各區的名單")
    (True, True, False)
    >>> may_state_date("各區的名單 2024", 5)
    False
    """
    texts = {plain(text)[:letters], plain(without_notes(text))[:letters]}
    return any(sign.search(folded) for folded in texts for sign in (_DIGIT, _DATES.year_in_words, _DATES.open))


def is_end(text: str, position: int) -> bool:
    """
    Tell whether a cell's text can end at a position: at the end, before white space or a bracket.

    >>> is_end("12/2015(首次)", 7), is_end("12/2015", 3)
    (True, False)
    """
    return position == len(text) or text[position].isspace() or text[position] in "([【〔"
