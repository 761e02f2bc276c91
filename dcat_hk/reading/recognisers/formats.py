"""
Which formats a remark names: EU file types and those that the EU table lacks.

In: a cell's text. Out: codes in the order of mention, and words that are used like formats but are not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from ...core.text import fold, plain
from ...core.vocabularies import load
from ...core.wording.plans import load_plan_wording

#: A format with its offsets, its code, and whether its name is an everyday word as well.
_Mention = tuple[int, int, str, bool]

_FORMAT = load_plan_wording().format
_BRACKETED = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_SEPARATOR = re.compile(r"[\s,、，；;/／]+")
#: A blank or hyphen as `re.escape` writes it.
_ESCAPED_BLANK = re.compile(r"\\[ \-]")


def _read_vocabulary() -> tuple[re.Pattern[str], dict[str, tuple[str, bool]]]:
    """Return what matches a format's name, and codes by folded name with whether they need context."""
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
    ordered = sorted(names, key=len, reverse=True)
    # What stands around all names is said once: so a name is only tried where its first letter stands.
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(_allow_spellings, ordered))})(?![a-z0-9])"), known


def _allow_spellings(name: str) -> str:
    """Return a pattern for a name with a space, a hyphen or nothing between its words."""
    return _ESCAPED_BLANK.sub(r"[\\s\\-]*", re.escape(name))


_NAME, _CODE_OF_NAME = _read_vocabulary()
#: What stands before a format that is plainly stated.
_BEFORE = re.compile(f"{_FORMAT.before.pattern}$")


@lru_cache(maxsize=1 << 12)
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
    mentions: list[_Mention] = [
        (match.start(), match.end(), *_CODE_OF_NAME[fold(match[0])]) for match in _NAME.finditer(folded)
    ]
    plainly = _find_plainly_stated(folded, mentions)
    codes = [code for i, (_s, _e, code, doubtful) in enumerate(mentions) if not doubtful or i in plainly]
    return tuple(dict.fromkeys(codes)), tuple(dict.fromkeys(_find_unknown(text, folded, mentions)))


@lru_cache(maxsize=1 << 12)
def names_only_formats(text: str) -> bool:
    """
    Tell whether a text names formats and says nothing else.

    >>> names_only_formats("Excel、CSV"), names_only_formats("CSV格式"), names_only_formats("Word list (CSV)")
    (True, True, False)
    """
    folded = plain(text).strip()
    names = [match.span() for match in _NAME.finditer(folded)]
    between = [folded[start:end] for (_s, start), (end, _e) in pairwise(names)]
    if not names or not all(_FORMAT.connector.fullmatch(part) for part in between):
        return False
    after = folded[names[-1][1] :]
    return not folded[: names[0][0]].strip("([") and (not after.strip(")].;") or bool(_FORMAT.after.fullmatch(after)))


def _find_plainly_stated(folded: str, mentions: list[_Mention]) -> set[int]:
    """Return which mentions stand in a list that is plainly one of formats."""
    plainly: set[int] = set()
    run: list[int] = []
    for i, (start, end, _code, _doubtful) in enumerate(mentions):
        if run and not _FORMAT.connector.fullmatch(folded[mentions[run[-1]][1] : start]):
            run = []
        run.append(i)
        first = mentions[run[0]][0]
        bracketed = folded[:first].rstrip().endswith(("(", "[")) and folded[end:].lstrip().startswith((")", "]"))
        if bracketed or _FORMAT.after.match(folded, end) or _BEFORE.search(folded[:first]):
            plainly.update(run)
    return plainly


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
