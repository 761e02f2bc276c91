"""
Title of a dataset -> the period that its data cover, where the title states one beyond doubt.

In: a title as printed. Out: first and last year or month. A year may be that of a law, of an issue, of prices, or of a
disease; then, and where a title states two periods, there is none. See `core/wording/titles.toml` for the forms.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ...core.namespaces import XSD
from ...core.terms import Literal
from ...core.text import plain
from ...core.wording.titles import PeriodForm, PeriodsWording, load_titles_wording


class Period(NamedTuple):
    """First and last year or month, as years (`2019`) or months (`2019-04`); no last one if it goes on."""

    first: str
    last: str = ""

    @property
    def years(self) -> tuple[int, int]:
        """Return the first and the last year; of a period that goes on, the first twice."""
        return int(self.first[:4]), int((self.last or self.first)[:4])


def period_literal(text: str) -> Literal:
    """
    Return a year or a month as a literal.

    >>> period_literal("2019").datatype, period_literal("2019-04").datatype == XSD.gYearMonth
    ('http://www.w3.org/2001/XMLSchema#gYear', True)
    """
    return Literal(text, "", XSD.gYearMonth if "-" in text else XSD.gYear)


@lru_cache(maxsize=1 << 12)
def find_period(title: str) -> Period | None:
    """
    Return the period that a title states, None if it states none, several, or one that may be another thing.

    A financial year is named as such or written 2018-19 with the word for a year of accounts; of the year of a school
    only the years are known.

    Args:
        title: The title as printed.

    >>> find_period("2016 Population By-census"), find_period("Accounts for financial year 2018-19")
    (Period(first='2016', last='2016'), Period(first='2018-04', last='2019-03'))
    >>> find_period("Energy End-use Data 2004") is None  # the year of an issue, which tells of an earlier one
    True
    """
    wording = load_titles_wording().periods
    text = _write_years(wording.quoted.sub(" ", plain(title)), wording)
    if not wording.year.search(text) or wording.never.search(text):
        return None
    counts_year = wording.data.search(text) and not wording.issues.search(text)
    periods: set[Period] = set()
    for form in wording.forms:
        if form.kind == "year" and not counts_year:
            continue
        for match in form.pattern.finditer(text):
            period = _read(form, match)
            if period is None:
                return None
            periods.add(period)
            start, end = match.span("first")[0], match.end()
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    if len(periods) != 1:
        return None
    (period,) = periods
    first, last = period.years
    return period if all(first <= int(match[1]) <= last for match in wording.left.finditer(text)) else None


def _write_years(text: str, wording: PeriodsWording) -> str:
    """Return a text with the Chinese digits of years as figures."""
    return wording.written_year.sub(lambda match: "".join(wording.digits[digit] for digit in match[0]), text)


def _read(form: PeriodForm, match: re.Match[str]) -> Period | None:
    """Return what a form states, None if its numbers cannot be right."""
    groups = {name: value for name, value in match.groupdict().items() if value}
    first = int(groups["first"])
    last = _last_year(first, groups)
    if last is None:
        return None
    if form.kind == "financial":
        return Period(f"{first}-04", f"{last}-03") if last > first else None
    if form.kind == "quarter":
        quarter = load_titles_wording().periods.quarters[groups["quarter"]]
        return Period(f"{first}-{3 * quarter - 2:02}", f"{first}-{3 * quarter:02}")
    if form.kind == "half":
        months = ("07", "12") if groups["half"] in load_titles_wording().periods.second_halves else ("01", "06")
        return Period(f"{first}-{months[0]}", f"{first}-{months[1]}")
    return Period(str(first)) if form.kind == "since" else Period(str(first), str(last))


def _last_year(first: int, groups: dict[str, str]) -> int | None:
    """Return the last year that the groups of a form name, the first if they name no other; None if it cannot be."""
    short = groups.get("last_short") or ("" if "last" in groups else groups.get("first_short", ""))
    begin = int(groups.get("last", first))
    if short and int(short) not in {begin + 1, (begin + 1) % 100}:
        return None
    last = begin + 1 if short else begin
    return last if last > first or "last" not in groups else None
