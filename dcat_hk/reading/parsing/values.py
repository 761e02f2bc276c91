"""
What the words in a cell mean: dates, update frequencies, formats.

In: a cell's text. Out: values. What is not understood is said to be so; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ...core.text import fold, plain
from ...core.vocabularies import Vocabularies, load, wording
from .dates import StatedDate, date_at, is_end, read_date
from .words import fill, is_none, number_of, without_notes

__all__ = [
    "StatedDate",
    "date_at",
    "ends_with_frequency",
    "fill",
    "find_formats",
    "frequencies_in",
    "frequency_at",
    "is_none",
    "read_date",
    "read_frequency",
    "without_notes",
]

#: A frequency that EU table has no code for, or several different ones.
OTHER = "OTHER"
AS_NEEDED = "AS_NEEDED"

#: More readings of a misspelt cell than this are not tried.
_MOST_READINGS = 16
#: In a longer cell slips of the pen are not looked for.
_LONGEST = 120

_BRACKETED = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")

#: An unmistakable format with its offsets, or one that needs its surroundings looked at.
_Mention = tuple[int, int, str, bool]


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
def _frequency_patterns() -> list[tuple[re.Pattern[str], str]]:
    """Return one pattern for all wordings that are labels, patterns of intervals, and others with their code."""
    words = {plain(words) for concept in _vocabularies().frequencies.values() for words in concept.wordings}
    ordered = sorted(words - {plain(label) for label in _frequency("OTHER")}, key=len, reverse=True)
    labels = "|".join(_whole_word(words) for words in ordered)
    stated = wording()["frequency"]
    worded = [(pattern, form["code"]) for form in stated["worded"] for pattern in form["patterns"]]
    listed = [(labels, ""), *((pattern, "") for pattern in stated["patterns"]), *worded]
    return [(re.compile(_bounded(fill(pattern))), code) for pattern, code in listed]


@lru_cache(maxsize=1)
def _any_frequency() -> re.Pattern[str]:
    """Return one pattern for all frequencies: most texts name none, and are told so in one pass."""
    nameless = (re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern) for pattern, _code in _frequency_patterns())
    return re.compile("|".join(f"(?:{pattern})" for pattern in nameless))


def _bounded(pattern: str) -> str:
    """Return a pattern that does not begin inside a Latin word."""
    return rf"(?<![a-z])(?:{pattern})"


def _frequency(code: str) -> list[str]:
    """Return the wordings of a frequency."""
    return _vocabularies().frequencies[code].wordings


def _whole_word(words: str) -> str:
    """Return a pattern for words, not inside longer Latin ones."""
    escaped = re.escape(words).replace(r"\ ", r"\s+")
    return rf"(?<![a-z]){escaped}(?![a-z])" if words.isascii() else escaped


@lru_cache(maxsize=1 << 14)
def _mentions(folded: str) -> tuple[tuple[int, int, str], ...]:
    """Return the frequencies that plain text names, with their offsets, the longest at each place."""
    if not _any_frequency().search(folded):
        return ()
    found = [(match, code) for pattern, code in _frequency_patterns() for match in pattern.finditer(folded)]
    mentions: list[tuple[int, int, str]] = []
    end = 0
    for match, code in sorted(found, key=lambda item: (item[0].start(), -item[0].end())):
        if match.start() >= end and match.end() > match.start():
            end = match.end()
            mentions.append((match.start(), end, code or _code_of(match)))
    return tuple(mentions)


def _code_of(match: re.Match[str]) -> str:
    """Return the EU code of one mention, OTHER for an interval without a code."""
    label = _frequency_labels().get(fold(match[0]))
    if label:
        return label
    groups = {name: value for name, value in match.groupdict().items() if value}
    every, _times = _intervals()
    units = wording()["units"]
    if "many" in groups:
        return OTHER
    for name, unit in (("months", "year"), ("days", "week")):
        if name in groups:
            named = re.findall(fill(wording()["frequency"]["words"][name.rstrip("s")]), groups[name])
            return _code_of_times(len(named), 1, unit)
    if "other" in groups:
        unit, size = units[groups["other"]]
        return every.get((2 * size, unit), OTHER)
    unit, size = units[groups["unit"] if "unit" in groups else wording()["adverbs"][groups["adverb"]]]
    count = number_of(groups["n"]) if "n" in groups else 1.0
    if "times" in groups:
        word = re.sub(r"\s*times$", "", groups["times"])
        return _code_of_times(wording()["times"].get(word) or number_of(word), *_whole(count * size, unit))
    return every.get(_whole(count * size, unit), OTHER)


def _code_of_times(often: float, size: float, unit: str) -> str:
    """Return the code of so many times in an interval."""
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
    code = _stated(stated)
    if code:
        return code
    meant = {_stated(corrected) for corrected in _without_slips(stated)} - {None}
    return meant.pop() if len(meant) == 1 else None


def _stated(stated: str) -> str | None:
    """Return the code that plain text without notes states."""
    whole = _frequency_labels().get(fold(stated))
    if whole:
        return whole
    for pattern in _whole_cell_patterns():
        match = pattern.fullmatch(stated.strip(" ."))
        if match:
            return _code_of(match)
    codes: list[str] = []
    previous = ("", 0)
    for start, end, code in _mentions(stated):
        joined = codes and _connector().fullmatch(stated[previous[1] : start])
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


@lru_cache(maxsize=1)
def _whole_cell_patterns() -> list[re.Pattern[str]]:
    """Return the patterns of intervals that only a whole cell can state."""
    return [re.compile(fill(pattern)) for pattern in wording()["frequency"]["cell"]]


@lru_cache(maxsize=1)
def _connector() -> re.Pattern[str]:
    """Return what may stand between an interval and "as needed"."""
    return re.compile(wording()["frequency"]["words"]["connector"])


@lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
    """Return the Latin words of frequencies."""
    words = wording()
    labels = [plain(label) for concept in _vocabularies().frequencies.values() for label in concept.wordings]
    units = [form for unit in words["units"] for form in (unit, f"{unit}s")]
    listed = [*labels, *units, *words["adverbs"], *words["months"], *words["numbers"]]
    return frozenset(re.findall(words["frequency"]["words"]["slip"], " ".join(listed)))


def _without_slips(stated: str) -> list[str]:
    """Return the ways to read plain text where every unknown word is one slip from a known one."""
    texts = [stated]
    if len(stated) > _LONGEST:
        return []
    for word in re.findall(wording()["frequency"]["words"]["slip"], stated):
        if word not in _known_words():
            near = [known for known in _known_words() if known[0] == word[0] and _is_one_slip(word, known)]
            texts = [text.replace(word, known) for text in texts for known in near][:_MOST_READINGS] or texts
    return texts if texts != [stated] else []


def _is_one_slip(one: str, other: str) -> bool:
    """Tell whether a letter left out, added, replaced or swapped with the next makes one word the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, other_rest = one[start:], other[start:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:] or swapped == other_rest


def frequencies_in(text: str) -> list[tuple[int, int]]:
    """
    Return where in a text frequencies are stated.

    >>> frequencies_in("數據每月及每年更新")
    [(2, 4), (5, 7)]
    """
    return [(start, end) for start, end, _code in _mentions(plain(text))]


def frequency_at(text: str) -> int:
    """
    Return the length of the frequency that text begins with, 0 if it begins with none.

    It must end where the text does, or before white space or a bracket.

    >>> frequency_at("每季 数据提供机构"), frequency_at("每月及有"), frequency_at("预计抵站时间")
    (2, 0, 0)
    """
    folded, end, best = plain(text), 0, 0
    for start, stop, _code in _mentions(folded):
        joint = _connector().match(folded, end)
        if start != (joint.end() if joint and end else end):
            break
        end = stop
        extra = re.compile(rf"(?:{wording()['frequency']['words']['filler']})*").match(folded, end)
        for position in {end, extra.end() if extra else end}:
            best = max(best, position) if is_end(folded, position) else best
    return best


def ends_with_frequency(text: str) -> bool:
    """
    Tell whether the last words of text state a frequency.

    >>> ends_with_frequency("其他数据每天或有需要时更新。"), ends_with_frequency("每日两次获批")
    (True, False)
    """
    folded = plain(text)
    last = max((end for _start, end, _code in _mentions(folded)), default=0)
    return bool(last) and not re.sub(wording()["frequency"]["words"]["filler"], "", fold(folded[last:]))


# ---- formats


@lru_cache(maxsize=1)
def _formats() -> tuple[re.Pattern[str], dict[str, tuple[str, bool]]]:
    """Return what matches a format's name, and codes by folded name with whether they need context."""
    needs_context = _vocabularies().term("needsContext")
    everyday = {fold(words) for words in wording()["format"]["everyday"]}
    known: dict[str, tuple[str, bool]] = {}
    names: set[str] = set()
    for concept in _vocabularies().formats.values():
        for words in (concept.notation, *concept.wordings):
            doubtful = needs_context in concept.properties or fold(words) in everyday
            known.setdefault(fold(words), (concept.notation, doubtful))
            names.add(plain(words))
    ordered = sorted(names, key=len, reverse=True)
    return re.compile("|".join(rf"(?<![a-z0-9]){_spelt(name)}(?![a-z0-9])" for name in ordered)), known


def _spelt(name: str) -> str:
    """Return a pattern for a name with a space, a hyphen or nothing between its words."""
    return re.sub(r"\\[ \-]", r"[\\s\\-]*", re.escape(name))


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
