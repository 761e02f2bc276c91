"""
Which formats a remark names: EU file types and those that the EU table lacks.

In: a cell's text. Out: codes in the order of mention, and words that are used like formats but are not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ...core.text import fold, plain
from ...core.vocabularies import load, vocabularies_in_use
from ...core.wording.plans import load_plan_wording
from .slips import is_slip
from .words import is_none

#: A format with its offsets, its code, and whether its name is an everyday word as well.
_Mention = tuple[int, int, str, bool]
#: Words that people added, in plain form, with the codes of their formats.
_Added = tuple[tuple[str, str], ...]

_FORMAT = load_plan_wording().format
_BRACKETED = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
#: A word that may be meant as a format; how long a list of formats can be.
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]{2,11}")
_LONGEST_LIST = 200
#: From so many letters on a name with one character wrong is known: in a column of formats, and in a remark.
_SHORT_NAME, _LONG_NAME = 3, 5
#: Letters of what stands before a format and denies it, at most.
_LONGEST_DENIAL = 60
#: What stands between the parts of a list.
_LISTED = re.compile(r"[\n,、，；;/／]+")
#: A part beside formats that looks like none, and how long one can be where the cell names no format.
_STRANGER = re.compile(r"[A-Z]|[\u3400-\u9fff]{2,8}")
_LONGEST_STRANGER = 40
#: A part that is not meant as the name of a format.
_NO_NAMES = re.compile(rf"{_FORMAT.connector.pattern}|{_FORMAT.after.pattern}|{_FORMAT.general.pattern}")
_SEPARATOR = re.compile(r"[\s,、，；;/／]+")
#: A blank or hyphen as `re.escape` writes it.
_ESCAPED_BLANK = re.compile(r"\\[ \-]")


@dataclass(frozen=True, slots=True, eq=False)
class _FormatNames:
    """What matches a format's name, and codes by folded name with whether they need context."""

    pattern: re.Pattern[str]
    codes: Mapping[str, tuple[str, bool]]


@lru_cache(maxsize=8)
def _names_with(added: _Added) -> _FormatNames:
    """Return the names of formats with those that people added, which count only where a format is plainly stated."""
    vocabularies = load()
    needs_context = vocabularies.term("needsContext")
    everyday = {fold(words) for words in _FORMAT.everyday}
    known: dict[str, tuple[str, bool]] = {}
    names: set[str] = set()
    for concept in vocabularies.formats.values():
        for words in (concept.notation, *concept.wordings):
            doubtful = needs_context in concept.properties or fold(words) in everyday
            known.setdefault(fold(words), (concept.notation, doubtful))
            names.add(plain(words))
    for words, code in added:
        names.add(words)
        known.setdefault(fold(words), (code, True))
    ordered = sorted(names, key=len, reverse=True)
    # A glance at one character passes the places where no name begins; there are nearly two hundred names.
    first = "".join(sorted({re.escape(name[0]) for name in ordered}))
    pattern = rf"(?<![a-z0-9])(?=[{first}])(?:{'|'.join(map(_allow_spellings, ordered))})(?![a-z0-9])"
    return _FormatNames(re.compile(pattern), known)


def _allow_spellings(name: str) -> str:
    """Return a pattern for a name with a space, a hyphen or nothing between its words."""
    return _ESCAPED_BLANK.sub(r"[\\s\\-]*", re.escape(name))


#: What stands before a format that is plainly stated.
_BEFORE = re.compile(f"{_FORMAT.before.pattern}$")


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

    A format that a dataset does not have, or not yet, is none of its formats.

    >>> find_formats("Available in CSV, not in JSON"), find_formats("不提供XML")
    ((('CSV',), ()), ((), ()))

    Spec: DCAT-AP 3.0.1, Distribution, property *format*; EU Vocabularies, File type.
    """
    return _find_formats(text, _names_with(vocabularies_in_use().format_words))


def find_denied_formats(text: str) -> tuple[str, ...]:
    """
    Return the codes of the formats of which a remark says that a dataset does not have them, or not yet.

    >>> find_denied_formats("No CSV, XML only"), find_denied_formats("XML版本將會取消"), find_denied_formats("CSV, XML")
    (('CSV',), ('XML',), ())
    """
    names, folded = _names_with(vocabularies_in_use().format_words), plain(text)
    mentions = _find_mentions(folded, names)
    return tuple(dict.fromkeys(mentions[i][2] for i in sorted(_find_denied(folded, mentions))))


def _find_mentions(folded: str, names: _FormatNames) -> list[_Mention]:
    """Return the formats that a plain text names."""
    return [(match.start(), match.end(), *names.codes[fold(match[0])]) for match in names.pattern.finditer(folded)]


@lru_cache(maxsize=1 << 12)
def _find_formats(text: str, names: _FormatNames) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes of the formats that a remark names, and unknown ones."""
    folded = plain(text)
    mentions = _find_mentions(folded, names)
    plainly, denied = _find_plainly_stated(folded, mentions), _find_denied(folded, mentions)
    codes = [
        code
        for i, (_s, _e, code, doubtful) in enumerate(mentions)
        if (not doubtful or i in plainly) and i not in denied
    ]
    return tuple(dict.fromkeys(codes)), tuple(dict.fromkeys(_find_unknown(text, folded, mentions)))


def find_slips_of_formats(remark: str, column: str) -> tuple[str, ...]:
    """
    Return words that stand where formats are stated, are none, and are most likely meant as one.

    In a column of formats each word in capitals is one, each that is a known name but for one character, and each part
    of a list that is one letter or in Chinese; where the column names no format, all of it. In a remark, where brackets
    hold other short names as well, a bracket counts that has nothing but such words, and a word before "format": with
    the letters of a name in another order, or a longer name with one character wrong.

    >>> find_slips_of_formats("Tide tables (CVS)", ""), find_slips_of_formats("Halls (EPD)", "EXCELL, CSV")
    (('CVS',), ('EXCELL',))
    >>> find_slips_of_formats("", "CSV、試算表"), find_slips_of_formats("", "Q"), find_slips_of_formats("", "N/A")
    (('試算表',), ('Q',), ())
    >>> find_slips_of_formats("Given in JSNO format", ""), find_slips_of_formats("Given by the DOH (CSV)", "")
    (('JSNO',), ())
    """
    names = _names_with(vocabularies_in_use().format_words)
    lists = [match[0][1:-1] for match in _BRACKETED.finditer(remark)]
    lists += [remark[slice(*match.span("word"))] for match in _FORMAT.named.finditer(plain(remark))]
    found = [word for text in lists if len(text) <= _LONGEST_LIST for word in _slips_in(text, names, False)]
    column = column if len(column) <= _LONGEST_LIST else ""
    return tuple(dict.fromkeys([*found, *_slips_in(column, names, True), *_strangers_in(column, names)]))


@lru_cache(maxsize=1 << 12)
def _strangers_in(column: str, names: _FormatNames) -> tuple[str, ...]:
    """Return the parts of a cell of formats that look like none of them: a letter, Chinese words, a cell as a whole."""
    if not column.strip() or is_none(column):
        return ()
    rest = _without(column, names.pattern, _BRACKETED)
    parts = [part.strip(" .()") for part in _LISTED.split(rest)]
    parts = [part for part in parts if part and not (is_none(part) or _NO_NAMES.fullmatch(plain(part)))]
    if not names.pattern.search(plain(column)):
        return tuple(part for part in parts if len(part) <= _LONGEST_STRANGER and any(map(str.isalpha, part)))
    return tuple(part for part in parts if _STRANGER.fullmatch(part))


@lru_cache(maxsize=1 << 12)
def _slips_in(text: str, names: _FormatNames, in_column: bool) -> tuple[str, ...]:
    """Return the words of a list of formats that are none; nothing where a remark says something else as well."""
    if not text.strip():
        return ()
    words = [word.strip("().") for word in _SEPARATOR.split(_without(text, names.pattern))]
    words = [word for word in words if word and not _FORMAT.connector.fullmatch(plain(word))]
    slips = [word for word in words if _is_slip_of_format(word, names, in_column)]
    return tuple(slips) if in_column or len(slips) == len(words) else ()


def _without(text: str, *patterns: re.Pattern[str]) -> str:
    """Return a text with commas in place of what some patterns match in its plain form."""
    folded, rest = plain(text), list(text)
    for start, end in (match.span() for pattern in patterns for match in pattern.finditer(folded)):
        rest[start:end] = "," * (end - start)
    return "".join(rest)


def _is_slip_of_format(word: str, names: _FormatNames, in_column: bool) -> bool:
    """Tell whether a word is no format and most likely meant as one."""
    if not _WORD.fullmatch(word):
        return False
    if in_column and _FORMAT.unknown.fullmatch(word):
        return True
    wanted, is_code = fold(word), word.isupper()
    least = _SHORT_NAME if in_column else _LONG_NAME - is_code
    return any(
        (sorted(name) == sorted(wanted) and (is_code or in_column)) or (len(name) >= least and is_slip(wanted, name))
        for name in names.codes
        if abs(len(name) - len(wanted)) < 2 and len(name) >= _SHORT_NAME
    )


def names_only_formats(text: str) -> bool:
    """
    Tell whether a text names formats and says nothing else.

    >>> names_only_formats("Excel、CSV"), names_only_formats("CSV格式"), names_only_formats("Word list (CSV)")
    (True, True, False)
    """
    return _names_only_formats(text, _names_with(vocabularies_in_use().format_words))


@lru_cache(maxsize=1 << 12)
def _names_only_formats(text: str, known: _FormatNames) -> bool:
    """Tell whether a text names formats and says nothing else."""
    folded = plain(text).strip()
    names = [match.span() for match in known.pattern.finditer(folded)]
    between = [folded[start:end] for (_s, start), (end, _e) in pairwise(names)]
    if not names or not all(_FORMAT.connector.fullmatch(part) for part in between):
        return False
    after = folded[names[-1][1] :]
    return not folded[: names[0][0]].strip("([") and (not after.strip(")].;") or bool(_FORMAT.after.fullmatch(after)))


def _find_plainly_stated(folded: str, mentions: list[_Mention]) -> set[int]:
    """Return which mentions stand in a list that is plainly one of formats."""
    plainly: set[int] = set()
    for listed in _split_lists(folded, mentions):
        first, end = mentions[listed[0]][0], mentions[listed[-1]][1]
        bracketed = folded[:first].rstrip().endswith(("(", "[")) and folded[end:].lstrip().startswith((")", "]"))
        if bracketed or _FORMAT.after.match(folded, end) or _BEFORE.search(folded[:first]):
            plainly.update(listed)
    return plainly


def _find_denied(folded: str, mentions: list[_Mention]) -> set[int]:
    """Return which mentions are denied by what stands before the list that they are in, or behind the end of it."""
    denied: set[int] = set()
    for listed in _split_lists(folded, mentions, ";"):
        first = mentions[listed[0]][0]
        if _FORMAT.denied_before.search(folded[max(0, first - _LONGEST_DENIAL) : first]):
            denied.update(listed)
    # "CSV, XML to follow": only the last one is still to come; "no CSV, XML only": there is the last one.
    for listed in _split_lists(folded, mentions, ",;"):
        end = mentions[listed[-1]][1]
        if _FORMAT.denied_after.match(folded, end):
            denied.update(listed)
        elif _FORMAT.only_after.match(folded, end):
            denied.difference_update(listed)
    return denied


def _split_lists(folded: str, mentions: list[_Mention], parting: str = "") -> Iterator[list[int]]:
    """Yield which mentions stand in one list: between them are words and signs of lists, and none that parts lists."""
    listed: list[int] = []
    for i, (start, *_rest) in enumerate(mentions):
        between = folded[mentions[i - 1][1] : start] if i else ""
        if i and not (_FORMAT.connector.fullmatch(between) and set(between).isdisjoint(parting)):
            yield listed
            listed = []
        listed.append(i)
    if listed:
        yield listed


def _find_unknown(text: str, folded: str, mentions: list[_Mention]) -> Iterator[str]:
    """Yield words in capitals that stand in a bracketed list of formats and are not known."""
    for match in _BRACKETED.finditer(folded):
        inside = [(start, end) for start, end, _code, _d in mentions if match.start() < start < match.end()]
        if not inside:
            continue
        rest = list(text[match.start() + 1 : match.end() - 1])
        for start, end in inside:
            rest[start - match.start() - 1 : end - match.start() - 1] = "," * (end - start)
        parts = [part for part in _FORMAT.connector.split(plain("".join(rest))) if part]
        words = [part for part in _SEPARATOR.split("".join(rest)) if _FORMAT.unknown.fullmatch(part)]
        if words and len(parts) == len(words):
            yield from words
