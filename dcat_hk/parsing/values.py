"""
What the words in a cell mean: dates, update frequencies, formats.

In: a cell's text. Out: values. What is not understood is said to be so; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from ..text import fold, plain
from ..vocabularies import Vocabularies, load, wording

#: A frequency that EU table has no code for, or several different ones.
OTHER = "OTHER"
AS_NEEDED = "AS_NEEDED"

_BRACKETED = re.compile(r"[(（\[［【〔][^()（）\[\]［］【】〔〕]*[)）\]］】〕]")

#: An unmistakable format with its offsets, or one that needs its surroundings looked at.
_Mention = tuple[int, int, str, bool]


def _numeral() -> str:
    """Return a pattern for a number in digits or words."""
    words = sorted(wording()["numbers"], key=len, reverse=True)
    return rf"(?:\d{{1,4}}|{'|'.join(map(re.escape, words))})"


def _unit() -> str:
    """Return a pattern for a unit of time."""
    return "(?:" + "|".join(sorted(map(re.escape, wording()["units"]), key=len, reverse=True)) + ")"


def _month() -> str:
    """Return a pattern for the name of a month."""
    return "(?:" + "|".join(sorted(map(re.escape, wording()["months"]), key=len, reverse=True)) + ")"


def fill(pattern: str) -> str:
    """
    Return a pattern of `wording.toml` with its placeholders filled in.

    >>> "{" in fill("{month}")
    False
    """
    return pattern.replace("{numeral}", _numeral()).replace("{unit}", _unit()).replace("{month}", _month())


def _number(text: str) -> float:
    """Return the number that digits or a word stand for."""
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


# ---- dates


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A month, a period of months, or the reason why there is neither."""

    month: str | None = None
    period: tuple[str, str] | None = None
    problem: Literal["missing-date", "unread-date", "impossible-date"] | None = None


@lru_cache(maxsize=1)
def _date_patterns() -> tuple[list[re.Pattern[str]], list[re.Pattern[str]], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of dates, of periods, between two dates, and of words for an open date."""
    dates = wording()["dates"]
    compiled = [[re.compile(fill(pattern)) for pattern in dates[name]] for name in ("patterns", "periods")]
    return compiled[0], compiled[1], re.compile(dates["range"]), re.compile(dates["open"])


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
    stated = plain(without_notes(text)).strip()
    if not stated or is_none(stated):
        return StatedDate(problem="missing-date")
    dates, periods, between, _open = _date_patterns()
    for pattern in dates:
        match = pattern.fullmatch(stated)
        if match:
            month = _month_of(match.groupdict())
            return StatedDate(month) if month else StatedDate(problem="impossible-date")
    for pattern in periods:
        match = pattern.fullmatch(stated)
        if match:
            period = _period_of({name: value for name, value in match.groupdict().items() if value})
            return StatedDate(period=period) if period else StatedDate(problem="impossible-date")
    return _range(stated, between)


def _range(stated: str, between: re.Pattern[str]) -> StatedDate:
    """Return the period between two dates, if that is what is stated."""
    for match in between.finditer(stated):
        if match.start() == 0 or match.end() == len(stated):
            continue
        first, last = read_date(stated[: match.start()]), read_date(stated[match.end() :])
        start = first.month or (first.period[0] if first.period else None)
        end = last.month or (last.period[1] if last.period else None)
        if start and end:
            return StatedDate(period=(start, end)) if start < end else StatedDate(problem="impossible-date")
    return StatedDate(problem="unread-date")


def _month_of(groups: dict[str, Any]) -> str | None:
    """Return YYYY-MM from the groups of a date pattern, None if there is no such month or day."""
    year = int(groups["year"])
    name = groups.get("monthname")
    month = wording()["months"][name] if name else int(_number(groups["month"]))
    day = int(groups.get("day") or 1)
    return _year_month(year, month) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _year_month(year: int, month: int) -> str | None:
    """Return YYYY-MM if open data plans can speak of that year."""
    return f"{year}-{month:02}" if 1900 <= year <= 2100 else None


def _period_of(groups: dict[str, str]) -> tuple[str, str] | None:
    """Return first and last month from the groups of a period pattern."""
    ordinals = wording()["ordinals"]
    first, last = 1, 12
    if "quarter" in groups:
        quarter = groups["quarter"]
        number = ordinals[quarter] if quarter in ordinals else int(_number(quarter))
        first, last = 3 * number - 2, 3 * number
    elif "half" in groups:
        first, last = (1, 6) if ordinals[groups["half"]] == 1 else (7, 12)
    elif "first_month" in groups:
        first, last = int(_number(groups["first_month"])), int(_number(groups["last_month"]))
    start, end = _year_month(int(groups["year"]), first), _year_month(int(groups["year"]), last)
    return (start, end) if start and end and 1 <= first < last <= 12 else None


def date_at(text: str) -> int:
    """
    Return the length of the date that text begins with, 0 if it begins with none.

    The date must end where the text does, or before white space or a bracket.

    >>> date_at("12/2015 有需要时"), date_at("2019年12月的統計"), date_at("待定 每月")
    (7, 0, 2)
    """
    folded = plain(text)
    dates, periods, between, unsettled = _date_patterns()
    found = [pattern.match(folded) for pattern in (*dates, *periods, unsettled)]
    ends = [match.end() for match in found if match and _is_end(folded, match.end())]
    if not ends:
        return 0
    end = max(ends)
    joint = between.match(folded, end)
    following = date_at(text[joint.end() :]) if joint and joint.end() < len(text) else 0
    return joint.end() + following if joint and following else end


def _is_end(text: str, position: int) -> bool:
    """Tell whether a cell's text can end at a position."""
    return position == len(text) or text[position].isspace() or text[position] in "([【〔"


# ---- frequencies


@lru_cache(maxsize=1)
def _frequency_labels() -> dict[str, str]:
    """Return EU codes by folded wording."""
    return {
        fold(words): concept.notation
        for concept in reversed(list(_vocabularies().frequencies.values()))
        for words in concept.wordings
    }


@lru_cache(maxsize=1)
def _intervals() -> tuple[dict[tuple[float, str], str], dict[tuple[float, str], str]]:
    """Return EU codes by interval (15, minute) and by times in a unit (2, year)."""
    tables: tuple[dict[tuple[float, str], str], dict[tuple[float, str], str]] = ({}, {})
    for concept in _vocabularies().frequencies.values():
        for table, name in zip(tables, ("every", "times"), strict=True):
            for term in concept.properties.get(_vocabularies().term(name), []):
                count, unit = str(term[0]).split()
                table[float(count), unit] = concept.notation
    return tables


@lru_cache(maxsize=1)
def _vocabularies() -> Vocabularies:
    """Return the vocabularies; their base IRI does not matter here."""
    return load()


@lru_cache(maxsize=1)
def _frequency_patterns() -> list[re.Pattern[str]]:
    """Return the patterns of intervals and one for all wordings that have a code of their own."""
    patterns = [re.compile(fill(pattern)) for pattern in wording()["frequency"]["patterns"]]
    words = {plain(words) for concept in _vocabularies().frequencies.values() for words in concept.wordings}
    ordered = sorted(words - {plain(label) for label in _frequency("OTHER")}, key=len, reverse=True)
    return [re.compile("|".join(_whole_word(words) for words in ordered)), *patterns]


def _frequency(code: str) -> list[str]:
    """Return the wordings of a frequency."""
    return _vocabularies().frequencies[code].wordings


def _whole_word(words: str) -> str:
    """Return a pattern for words, not inside longer Latin ones."""
    escaped = re.escape(words).replace(r"\ ", r"\s+")
    return rf"(?<![a-z]){escaped}(?![a-z])" if words.isascii() else escaped


def _mentions(folded: str) -> Iterator[tuple[int, int, str]]:
    """Yield the frequencies that plain text names, with their offsets, the longest at each place."""
    found = [match for pattern in _frequency_patterns() for match in pattern.finditer(folded)]
    end = 0
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        if match.start() >= end and match.end() > match.start():
            end = match.end()
            yield match.start(), end, _code_of(match)


def _code_of(match: re.Match[str]) -> str:
    """Return the EU code of one mention, OTHER for an interval without a code."""
    label = _frequency_labels().get(fold(match[0]))
    if label:
        return label
    groups = {name: value for name, value in match.groupdict().items() if value}
    every, times = _intervals()
    units = wording()["units"]
    if "months" in groups:
        return times.get((len(re.findall(fill(wording()["frequency"]["month"]), groups["months"])), "year"), OTHER)
    if "other" in groups:
        unit, size = units[groups["other"]]
        return every.get((2 * size, unit), OTHER)
    unit, size = units[groups["unit"]]
    count = _number(groups["n"]) if "n" in groups else 1.0
    if "times" in groups:
        return _code_of_times(groups["times"], count * size, unit)
    return every.get(_whole(count * size, unit), OTHER)


def _code_of_times(stated: str, size: float, unit: str) -> str:
    """Return the code of so many times in one unit."""
    word = re.sub(r"\s*times$", "", stated)
    often = wording()["times"].get(word) or _number(word)
    every, times = _intervals()
    if often == 1:
        return every.get((size, unit), OTHER)
    return times.get((often, unit), OTHER) if size == 1 else OTHER


def _whole(count: float, unit: str) -> tuple[float, str]:
    """Return an interval of half a unit in the next smaller one."""
    smaller = {"year": (12, "month"), "day": (24, "hour"), "hour": (60, "minute"), "month": (30, "day")}
    if count == 0.5 and unit in smaller:
        size, unit = smaller[unit]
        return count * size, unit
    return count, unit


@lru_cache(maxsize=4096)
def read_frequency(text: str) -> str | None:
    """
    Return the EU frequency code that a cell states, None if its words are not known.

    "X and as needed" is X. Several different intervals in one cell are OTHER, as is an interval that the
    EU table lacks. Bracketed notes are left out of account.

    >>> [read_frequency(words) for words in ("每三個月及有需要時", "每15分鐘", "每20分鐘", "視情況")]
    ['QUARTERLY', '15MIN', 'OTHER', None]
    >>> read_frequency("社會福利署：有需要時；食物環境衞生署：每日兩次")
    'OTHER'

    Spec: DCAT-AP 3.0.1, Dataset, property *frequency*; EU Vocabularies, Frequency.
    """
    stated = plain(without_notes(text))
    whole = _frequency_labels().get(fold(stated))
    if whole:
        return whole
    codes: list[str] = []
    previous = ("", 0)
    for start, end, code in _mentions(stated):
        joined = codes and re.fullmatch(wording()["frequency"]["connector"], stated[previous[1] : start])
        if joined and code == AS_NEEDED:
            code = previous[0]
        elif joined and previous[0] == AS_NEEDED:
            codes[-1] = code
        codes.append(code)
        previous = (code, end)
    distinct = set(codes)
    if len(distinct) > 1:
        return OTHER
    return codes[0] if codes else None


def frequency_at(text: str) -> int:
    """
    Return the length of the frequency that text begins with, 0 if it begins with none.

    It must end where the text does, or before white space or a bracket.

    >>> frequency_at("每季 数据提供机构"), frequency_at("每月及有"), frequency_at("预计抵站时间")
    (2, 0, 0)
    """
    folded, end, best = plain(text), 0, 0
    connector = re.compile(wording()["frequency"]["connector"])
    for start, stop, _code in _mentions(folded):
        joint = connector.match(folded, end)
        if start != (joint.end() if joint and end else end):
            break
        end = stop
        extra = re.compile(rf"(?:{wording()['frequency']['filler']})*").match(folded, end)
        for position in {end, extra.end() if extra else end}:
            best = max(best, position) if _is_end(folded, position) else best
    return best


def ends_with_frequency(text: str) -> bool:
    """
    Tell whether the last words of text state a frequency.

    >>> ends_with_frequency("其他数据每天或有需要时更新。"), ends_with_frequency("每日两次获批")
    (True, False)
    """
    folded = plain(text)
    last = max((end for _start, end, _code in _mentions(folded)), default=0)
    return bool(last) and not re.sub(wording()["frequency"]["filler"], "", fold(folded[last:]))


def is_none(text: str) -> bool:
    """
    Tell whether a cell says that there is nothing.

    >>> is_none("不適用"), is_none("N/A"), is_none("／"), is_none("每年")
    (True, True, True, False)
    """
    return bool(re.fullmatch(wording()["cells"]["none"], plain(text).strip()))


# ---- formats


@lru_cache(maxsize=1)
def _formats() -> tuple[re.Pattern[str], dict[str, tuple[str, bool]]]:
    """Return what matches a format's name, and codes by folded name with whether they need context."""
    needs_context = _vocabularies().term("needsContext")
    known: dict[str, tuple[str, bool]] = {}
    names: set[str] = set()
    for concept in _vocabularies().formats.values():
        for words in (concept.notation, *concept.wordings):
            known.setdefault(fold(words), (concept.notation, needs_context in concept.properties))
            names.add(plain(words))
    ordered = sorted(names, key=len, reverse=True)
    return re.compile("|".join(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])" for name in ordered)), known


@lru_cache(maxsize=1)
def _surroundings() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what stands between formats of a list, after one and before one."""
    words = wording()["format"]
    return re.compile(words["connector"]), re.compile(words["after"]), re.compile(words["before"] + "$")


def find_formats(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """
    Return the codes of the formats that a remark names, in order of first mention, and unknown ones.

    A name that is also an everyday word or acronym (API) counts only in a list in brackets, next to the
    word "format", or in a list with a format that does. A word in capitals counts as an unknown format
    only in a bracketed list with a known one.

    >>> find_formats("通過 API 傳回列表 (JSON及 XML)")
    (('JSON', 'XML'), ())
    >>> find_formats("以 API 格式提供 (CSV, ABC)")
    (('API', 'CSV'), ('ABC',))

    Spec: DCAT-AP 3.0.1, Distribution, property *format*; EU Vocabularies, File type.
    """
    folded = plain(text)
    pattern, known = _formats()
    mentions: list[_Mention] = [
        (match.start(), match.end(), *known[fold(match[0])]) for match in pattern.finditer(folded)
    ]
    plainly = _plainly_stated(folded, mentions)
    codes = [code for i, (_s, _e, code, doubtful) in enumerate(mentions) if not doubtful or i in plainly]
    return tuple(dict.fromkeys(codes)), tuple(dict.fromkeys(_unknown(text, folded, mentions)))


def _plainly_stated(folded: str, mentions: list[_Mention]) -> set[int]:
    """Return which mentions stand in a list that is plainly one of formats."""
    connector, after, before = _surroundings()
    plainly: set[int] = set()
    run: list[int] = []
    for i, (start, end, _code, _doubtful) in enumerate(mentions):
        if run and not connector.fullmatch(folded[mentions[run[-1]][1] : start]):
            run = []
        run.append(i)
        first = mentions[run[0]][0]
        bracketed = folded[:first].rstrip().endswith(("(", "[")) and folded[end:].lstrip().startswith((")", "]"))
        if bracketed or after.match(folded, end) or before.search(folded[:first]):
            plainly.update(run)
    return plainly


def _unknown(text: str, folded: str, mentions: list[_Mention]) -> Iterator[str]:
    """Yield words in capitals that stand in a bracketed list of formats and are not known."""
    word = re.compile(wording()["format"]["unknown"])
    connector = _surroundings()[0]
    for match in _BRACKETED.finditer(folded):
        inside = [(start, end) for start, end, _code, _d in mentions if match.start() < start < match.end()]
        if not inside:
            continue
        rest = list(text[match.start() + 1 : match.end() - 1])
        for start, end in inside:
            rest[start - match.start() - 1 : end - match.start() - 1] = "," * (end - start)
        parts = [part for part in connector.split(plain("".join(rest))) if part]
        words = [part for part in re.split(r"[\s,、，；;/／]+", "".join(rest)) if word.fullmatch(part)]
        if words and len(parts) == len(words):
            yield from words
