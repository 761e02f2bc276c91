"""
What a cell or a remark says of one dataset: that it was released, comes later, or will not come.

In: the text of a cell of dates, of a column about the status, or of a description. Out: a `Statement`. Only whole
sentences count; a word about another thing, or a condition, is no statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from ...core.text import plain
from ...core.wording.plans import load_plan_wording
from .acts import is_withdrawn, read_acts
from .dates import StatedDate, read_date
from .formats import names_only_formats
from .words import is_none, write_years

_WORDS = load_plan_wording().statements
_SIGNS = load_plan_wording().section_signs
#: That a date is not known yet.
_OPEN = load_plan_wording().dates.open

Kind = Literal["", "released", "planned", "underway", "deferred", "changed", "withdrawn", "unclear", "unknown"]

_KINDS: tuple[Kind, ...] = ("withdrawn", "deferred", "planned", "released", "underway")
_PATTERNS = (_WORDS.withdrawn, _WORDS.deferred, _WORDS.planned, _WORDS.released, _WORDS.underway)
#: What may stand around a statement where its date was taken out.
_AROUND = " :,;→>-–—*"
_BRACKET = re.compile(r"\([^()]*+\)")
#: A longer text is no statement on a dataset.
_LONGEST = 300
#: Of so many dates in a cell one may stand in place of the other.
_TWO = 2


class Statement(NamedTuple):
    """What was said, where in the text, and the month or period that was named."""

    kind: Kind = ""
    start: int = 0
    end: int = 0
    date: StatedDate = StatedDate()


@lru_cache(maxsize=4096)
def read_remark(text: str) -> Statement:
    """
    Return what one of the sentences of a description says of its dataset; nothing if it says nothing of the kind.

    >>> read_remark("(CSV) Already released in 02/2025").kind, read_remark("取消發放").kind
    ('released', 'withdrawn')
    >>> read_remark("Release deferred to 04/2026").date.month, read_remark("Papers released for sale").kind
    ('2026-04', '')
    """
    bare = _mask_formats(text)
    found = Statement()
    for start, end in _find_sentences(bare, _WORDS.ending):
        sentence = _read_sentence(bare, start, end)
        clauses = [] if sentence.kind else _find_sentences(bare[start:end], _WORDS.pausing)
        for first, last in clauses:
            clause = _read_sentence(bare, start + first, start + last)
            if clause.kind and (clause.date.month or _WORDS.firm.search(plain(bare[clause.start : clause.end]))):
                sentence = clause
        if not sentence.kind and not found.kind and _is_doubtful(bare[start:end]):
            sentence = Statement("unclear", start, end)
        if sentence.kind in {"released", "deferred"} and is_vague(bare[start:end]):
            sentence = sentence._replace(kind="unclear")
        if sentence.kind in {"released", "deferred", "withdrawn", "unclear"}:
            found = sentence
    return found


def _mask_formats(text: str) -> str:
    """Return a text with the end of a sentence for each bracket that holds nothing but formats."""
    words = plain(text)
    for match in _BRACKET.finditer(words) if len(words) == len(text) else ():
        if names_only_formats(match[0]):
            masked = f";{' ' * (len(match[0]) - 1)}"
            text = text[: match.start()] + masked + text[match.end() :]
    return text


def _is_doubtful(text: str) -> bool:
    """Tell whether a sentence may say something of the release of its dataset, in words that nobody knows."""
    words = _WORDS.when.sub(_leave_out, write_years(plain(text))).split()
    bare = (" " if text.isascii() else "").join(words)
    return bool(_WORDS.doubtful.match(bare)) and not _WORDS.updating.search(bare)


def is_dropping(text: str) -> bool:
    """
    Tell whether a text may say that a dataset was given up.

    >>> is_dropping("Discontinued for now"), is_dropping("Released for now")
    (True, False)
    """
    return bool(_WORDS.dropping.search(plain(text)))


def is_suspended(text: str) -> bool:
    """
    Tell whether a text says that something was stopped for a time, as a dataset may be before or after its release.

    >>> is_suspended("Suspended since March 2025"), is_suspended("Deferred")
    (True, False)
    """
    return bool(_WORDS.suspended.search(plain(text)))


def is_punctual(text: str) -> bool:
    """
    Tell whether a statement says that a dataset came in the month for which it was planned.

    >>> is_punctual("Released as scheduled"), is_punctual("已發放")
    (True, False)
    """
    return bool(_WORDS.punctual.search(plain(text)))


def find_former_dates(text: str) -> list[StatedDate]:
    """
    Return the dates from which a statement says that something was put off.

    >>> [date.month for date in find_former_dates("Target changed from Jan 2026")]
    ['2026-01']
    >>> find_former_dates("Postponed until after 2026")
    []
    """
    words = write_years(plain(text))
    found = _list_dates(words) if len(words) <= _LONGEST else []
    return [date for match, date in found if _WORDS.leaving.search(words[: match.start("date")])]


def _list_dates(words: str) -> list[tuple[re.Match[str], StatedDate]]:
    """Return the dates in plain words: where each stands, with the words around it, and what it states."""
    found = ((match, read_date(match["date"])) for match in _WORDS.when.finditer(words) if match["date"])
    return [(match, date) for match, date in found if date.is_stated]


def is_vague(text: str) -> bool:
    """
    Tell whether a sentence may speak of the data, or of how to get them, rather than of their release.

    >>> is_vague("Available from 2027"), is_vague("Released in 2026")
    (True, False)
    """
    bare = _WORDS.when.sub(" ", plain(text)).strip(_AROUND + ".()")
    return bool(_WORDS.vague.fullmatch(" ".join(bare.split())))


@lru_cache(maxsize=4096)
def read_status(text: str) -> Statement:
    """
    Return what a cell of a column about the status says of its dataset, `unknown` if nobody knows.

    >>> read_status("Released").kind, read_status("進行中").kind, read_status("Amber").kind, read_status("–").kind
    ('released', 'underway', 'unknown', '')
    """
    words = plain(text).strip()
    if not words or is_none(words):
        return Statement()
    whole = _read_sentence(text, 0, len(text))
    if whole.kind:
        return whole
    parts = [statement for start, end in _find_sentences(text) if (statement := _read_sentence(text, start, end)).kind]
    if parts:
        return _join_parts(parts)
    acts = read_acts(words)
    kind: Kind = "unknown"
    if acts.partial or (acts.planned and acts.released):
        kind = "unclear"
    elif is_withdrawn(words):
        kind = "withdrawn"
    elif acts.released or acts.planned:
        kind = "released" if acts.released else "deferred" if _SIGNS.delayed.search(words) else "planned"
    elif _SIGNS.delayed.search(words):
        kind = "deferred"
    elif _WORDS.updating.search(words):
        kind = ""
    return Statement(kind, 0, len(text), _find_date(words, kind))


@lru_cache(maxsize=4096)
def read_date_statement(text: str) -> Statement:
    """
    Return what a cell of dates says besides the date; `unclear` where it speaks of releasing in other words.

    >>> read_date_statement("Released in 01/2026").kind, read_date_statement("2026年2月（已完成）").kind
    ('released', 'released')
    >>> read_date_statement("06/2026 (subject to being released by HKO)").kind, read_date_statement("06/2026").kind
    ('unclear', '')

    That a date is to be confirmed says nothing of the dataset: a released one may have that, too.

    >>> read_date_statement("To be confirmed").kind, read_date_statement("Not yet released").kind
    ('', 'planned')
    """
    if _OPEN.fullmatch(plain(text).strip()):
        return Statement()
    if changed := _read_change(text):
        return changed
    whole = _read_sentence(text, 0, len(text))
    if whole.kind:
        return whole
    found = [_read_sentence(text, start, end) for start, end in _find_sentences(text)]
    others = [
        plain(text[start:end])
        for (start, end), statement in zip(_find_sentences(text), found, strict=True)
        if not statement.kind and not read_date(text[start:end]).is_stated
    ]
    said = [statement for statement in found if statement.kind]
    if any(_WORDS.speaking.search(words) for words in others) or (others and said):
        return Statement("unclear", 0, len(text))
    return said[-1] if said else Statement()


def _join_parts(parts: Sequence[Statement]) -> Statement:
    """Return the last of the statements of a cell, with the date of the last one of its kind that names one."""
    last = parts[-1]
    dates = [part.date for part in parts if part.kind == last.kind and part.date.is_stated]
    return last._replace(date=dates[-1]) if dates else last


def _find_sentences(text: str, between: re.Pattern[str] = _WORDS.between) -> list[tuple[int, int]]:
    """Return where the sentences of a text stand, without what stands between them."""
    words = plain(text)
    if len(words) > _LONGEST:
        return []
    starts = [0, *(match.end() for match in between.finditer(words))]
    ends = [*(match.start() for match in between.finditer(words)), len(words)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if words[start:end].strip()]


def _read_sentence(text: str, start: int, end: int) -> Statement:
    """Return what one sentence says as a whole."""
    start, end = start + len(text[start:end]) - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())
    words = write_years(plain(text[start:end])).strip().rstrip(".!。 ")
    if len(words) > _LONGEST:
        return Statement()
    bare = " ".join(_WORDS.when.sub(_leave_out, words).replace("(", " ").replace(")", " ").split()).strip(_AROUND)
    preface = _WORDS.preface.match(bare)
    bare = bare[preface.end() :] if preface else bare
    if not bare:
        return Statement()
    together = bare if bare.isascii() else bare.replace(" ", "")
    for kind, pattern in zip(_KINDS, _PATTERNS, strict=True):
        if pattern.fullmatch(bare) or pattern.fullmatch(together):
            return Statement(kind, start, end, _find_date(words, kind))
    return Statement()


def _read_change(text: str) -> Statement | None:
    """
    Return that a date was changed where a cell has two, and words or an arrow tell which one counts; else None.

    >>> _read_change("06/2026 (orig.) / 09/2026 (new)").date.month, _read_change("09/2026 (原定06/2026)").date.month
    ('2026-09', '2026-09')
    >>> _read_change("06/2026 and 09/2026") is None
    True
    """
    words = write_years(plain(text))
    found = _list_dates(words) if len(words) <= _LONGEST else []
    if len(found) != _TWO:
        return None
    (first, former), (second, later) = found
    before, middle, after = words[: first.start()], words[first.end() : second.start()], words[second.end() :]
    at_end, _bracket, at_start = middle.rpartition(")") if middle.lstrip().startswith("(") else ("", "", middle)
    marks = [
        [sign.search(f"{one}|{other}") for sign in (_WORDS.former, _WORDS.instead)]
        for one, other in ((before, at_end), (at_start, after))
    ]
    is_second = bool(_WORDS.arrow.fullmatch(middle.strip())) or bool(marks[0][0] or marks[1][1])
    if is_second == bool(marks[0][1] or marks[1][0]):
        return None
    return Statement("changed", 0, len(text), later if is_second else former)


def _leave_out(when: re.Match[str]) -> str:
    """Return what stays of a date: the word for putting off to it."""
    towards = _WORDS.towards.match(when[0])
    return f" {towards[0]} " if towards else " "


def _find_date(words: str, kind: str) -> StatedDate:
    """Return the date that a sentence names: the one to which something was put off, else the only one."""
    words = write_years(words)
    found = _list_dates(words)
    if kind == "deferred":
        found = [each for each in found if _WORDS.putting_off.search(words[: each[0].start("date")])]
    if kind == "released":
        found = [each for each in found if not _WORDS.limit.search(each[0][0])]
    stated = [date for _match, date in found]
    return stated[-1] if stated and (len(stated) == 1 or kind == "deferred") else StatedDate()
