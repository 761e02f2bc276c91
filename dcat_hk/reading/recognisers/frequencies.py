"""
How often a dataset is updated, by what a cell says: an EU frequency code.

In: a cell's text. Out: a code, or where in a text frequencies are stated. An interval that the EU table lacks is OTHER.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ...core.text import fold, plain
from ...core.vocabularies import load, vocabularies_in_use
from ...core.wording.plans import load_plan_wording
from .dates import is_end
from .words import number_of, without_notes

#: A frequency that the EU table has no code for, or several different ones.
OTHER = "OTHER"
AS_NEEDED = "AS_NEEDED"

#: More readings of a misspelt cell than this are not tried.
_MOST_READINGS = 16
#: In a longer cell slips of the pen are not looked for.
_LONGEST = 120

_GROUP_NAME = re.compile(r"\(\?P<\w+>")
_TIMES = re.compile(r"(?<!\s)\s*+times$")
_WORDING = load_plan_wording()
_FREQUENCY = _WORDING.frequency
#: The vocabularies; their base IRI does not matter here.
_VOCABULARIES = load()


def _read_intervals() -> tuple[dict[tuple[float, str], str], dict[tuple[float, str], str]]:
    """Return EU codes by interval (15, minute) and by times in a unit (2, year)."""
    tables: tuple[dict[tuple[float, str], str], dict[tuple[float, str], str]] = ({}, {})
    for concept in _VOCABULARIES.frequencies.values():
        for table, name in zip(tables, ("every", "times"), strict=True):
            for term in concept.properties.get(_VOCABULARIES.term(name), []):
                count, unit = str(term[0]).split()
                table[float(count), unit] = concept.notation
    return tables


def _list_patterns() -> Iterator[tuple[str, str]]:
    """Yield one pattern for all wordings that are labels, patterns of intervals, and others with their code."""
    frequencies = _VOCABULARIES.frequencies
    words = {plain(words) for concept in frequencies.values() for words in concept.wordings}
    ordered = sorted(words - {plain(label) for label in frequencies[OTHER].wordings}, key=len, reverse=True)
    # A glance at one character passes the places where no label begins; there are more than two hundred.
    first = "".join(sorted({re.escape(words[0]) for words in ordered}))
    yield f"(?=[{first}])(?:{'|'.join(map(_end_with_word, ordered))})", ""
    yield from ((pattern.pattern, "") for pattern in _FREQUENCY.patterns)
    for worded in _FREQUENCY.worded:
        yield from ((pattern.pattern, worded.code) for pattern in worded.patterns)


def _list_known_words() -> frozenset[str]:
    """Return the Latin words of frequencies."""
    labels = [plain(label) for concept in _VOCABULARIES.frequencies.values() for label in concept.wordings]
    units = [form for unit in _WORDING.units for form in (unit, f"{unit}s")]
    listed = [*labels, *units, *_WORDING.adverbs, *_WORDING.months, *_WORDING.numbers]
    return frozenset(_FREQUENCY.words.slip.findall(" ".join(listed)))


def _bind_to_word(pattern: str) -> str:
    """Return a pattern that does not begin inside a Latin word."""
    return rf"(?<![a-z])(?:{pattern})"


def _end_with_word(words: str) -> str:
    """Return a pattern for words that does not end inside a Latin word."""
    escaped = re.escape(words).replace(r"\ ", r"\s+")
    return rf"{escaped}(?![a-z])" if words.isascii() else escaped


#: EU codes by folded wording.
_CODE_OF_LABEL = {
    fold(words): concept.notation
    for concept in reversed(list(_VOCABULARIES.frequencies.values()))
    for words in concept.wordings
}
_CODE_OF_INTERVAL, _CODE_OF_TIMES = _read_intervals()
_PATTERNS = tuple((re.compile(_bind_to_word(pattern)), code) for pattern, code in _list_patterns())
#: One pattern for all frequencies: most texts name none, which it tells in one pass.
_ANY_FREQUENCY = re.compile(
    _bind_to_word("|".join(f"(?:{_GROUP_NAME.sub('(?:', pattern)})" for pattern, _code in _list_patterns()))
)
_KNOWN_WORDS = _list_known_words()
#: What may stand behind a frequency, as often as it likes.
_FILLERS = re.compile(f"(?:{_FREQUENCY.words.filler.pattern})*")


@lru_cache(maxsize=1 << 14)
def _find_mentions(folded: str) -> tuple[tuple[int, int, str], ...]:
    """Return the frequencies that plain text names, with their offsets, the longest at each place."""
    mentions: list[tuple[int, int, str]] = []
    end = 0
    while mention := _find_next_mention(folded, end):
        mentions.append(mention)
        end = mention[1]
    return tuple(mentions)


def _find_next_mention(folded: str, place: int) -> tuple[int, int, str] | None:
    """Return the first frequency from a place on; texts that end alike are asked for one after the other."""
    if len(folded) - place > _LONGEST:
        return _find_mention(folded, place)
    # No pattern looks back over more than one sign.
    begin = max(place - 1, 0)
    mention = _remember_mention(folded[begin:], place - begin)
    return (mention[0] + begin, mention[1] + begin, mention[2]) if mention else None


def _find_mention(folded: str, place: int) -> tuple[int, int, str] | None:
    """Return the first frequency from a place on, the longest there."""
    first = _ANY_FREQUENCY.search(folded, place)
    if not first:
        return None
    start = first.start()
    matches = [(match, code) for pattern, code in _PATTERNS if (match := pattern.match(folded, start))]
    match, code = max(matches, key=lambda item: item[0].end())
    return start, match.end(), code or _find_code(match)


_remember_mention = lru_cache(maxsize=1 << 14)(_find_mention)


def _find_code(match: re.Match[str]) -> str:
    """Return the EU code of one mention, OTHER for an interval without a code."""
    label = _CODE_OF_LABEL.get(fold(match[0]))
    if label:
        return label
    groups = {name: value for name, value in match.groupdict().items() if value}
    every, units = _CODE_OF_INTERVAL, _WORDING.units
    if "many" in groups:
        return OTHER
    for name, pattern, unit in (("months", _FREQUENCY.words.month, "year"), ("days", _FREQUENCY.words.day, "week")):
        if name in groups:
            named = pattern.findall(groups[name])
            return _find_code_of_times(len(named), 1, unit)
    if "other" in groups:
        unit, size = units[groups["other"]]
        return every.get((2 * size, unit), OTHER)
    unit, size = units[groups["unit"] if "unit" in groups else _WORDING.adverbs[groups["adverb"]]]
    count = number_of(groups["n"]) if "n" in groups else 1.0
    if "times" in groups:
        word = _TIMES.sub("", groups["times"])
        return _find_code_of_times(_WORDING.times.get(word) or number_of(word), *_make_whole(count * size, unit))
    return every.get(_make_whole(count * size, unit), OTHER)


def _find_code_of_times(often: float, size: float, unit: str) -> str:
    """Return the code of so many times in an interval."""
    if often == 1:
        return _CODE_OF_INTERVAL.get((size, unit), OTHER)
    return _CODE_OF_TIMES.get((often, unit), OTHER) if size == 1 else OTHER


def _make_whole(count: float, unit: str) -> tuple[float, str]:
    """Return an interval of half a unit in the next smaller one."""
    smaller = {"year": (12, "month"), "day": (24, "hour"), "hour": (60, "minute"), "month": (30, "day")}
    if count == 0.5 and unit in smaller:
        size, unit = smaller[unit]
        return count * size, unit
    return count, unit


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
    added = vocabularies_in_use().frequency_words
    return (added and added.get(fold(without_notes(text)))) or _read_known_frequency(text)


@lru_cache(maxsize=4096)
def _read_known_frequency(text: str) -> str | None:
    """Return the code that a cell states in words that the vocabularies have."""
    stated = plain(without_notes(text))
    code = _read_stated(stated)
    if code:
        return code
    meant = {_read_stated(corrected) for corrected in _correct_slips(stated)} - {None}
    return meant.pop() if len(meant) == 1 else None


def _read_stated(stated: str) -> str | None:
    """Return the code that plain text without notes states."""
    whole = _CODE_OF_LABEL.get(fold(stated))
    if whole:
        return whole
    for pattern in _FREQUENCY.cell:
        match = pattern.fullmatch(stated.strip(" ."))
        if match:
            return _find_code(match)
    stated = _FREQUENCY.words.lag.sub(" ", stated)
    codes: list[str] = []
    previous = ("", 0)
    for start, end, code in _find_mentions(stated):
        joined = codes and _FREQUENCY.words.connector.fullmatch(stated[previous[1] : start])
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


def _correct_slips(stated: str) -> list[str]:
    """Return the ways to read plain text where every unknown word is one slip from a known one."""
    texts = [stated]
    if len(stated) > _LONGEST:
        return []
    for word in _FREQUENCY.words.slip.findall(stated):
        if word not in _KNOWN_WORDS:
            near = [known for known in _KNOWN_WORDS if known[0] == word[0] and _is_one_slip(word, known)]
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
    return [(start, end) for start, end, _code in _find_mentions(plain(text))]


@lru_cache(maxsize=1 << 14)
def states_frequency_before(text: str, place: int) -> bool:
    """
    Tell whether a frequency begins in a text before a place.

    >>> states_frequency_before("數據每月及每年更新", 3), states_frequency_before("數據每月及每年更新", 2)
    (True, False)
    """
    first = _ANY_FREQUENCY.search(plain(text))
    return first is not None and first.start() < place


@lru_cache(maxsize=1 << 14)
def frequency_at(text: str) -> int:
    """
    Return the length of the frequency that text begins with, 0 if it begins with none.

    It must end where the text does, or before white space or a bracket.

    >>> frequency_at("每季 数据提供机构"), frequency_at("每月及有"), frequency_at("预计抵站时间")
    (2, 0, 0)
    """
    folded, end, best = plain(text), 0, 0
    if not _ANY_FREQUENCY.match(folded):
        return 0
    for start, stop, _code in _find_mentions(folded):
        joint = _FREQUENCY.words.connector.match(folded, end)
        if start != (joint.end() if joint and end else end):
            break
        end = stop
        extra = _FILLERS.match(folded, end)
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
    last = max((end for _start, end, _code in _find_mentions(folded)), default=0)
    return bool(last) and not _FREQUENCY.words.filler.sub("", fold(folded[last:]))
