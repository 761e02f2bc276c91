"""
What a text says was done to datasets, or is to come: the last finished act counts.

In: plain texts of headings, remarks and cells. Out: `Acts`. Exceptions, conditions, references to other parts and
denials say nothing of the datasets themselves; what only a part of them says is marked as uncertain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ...core.wording.plans import load_plan_wording
from .words import write_years

_WORDING = load_plan_wording()
_ACTS, _SIGNS = _WORDING.acts, _WORDING.section_signs
_YEAR = re.compile(r"\d{4}")
_BRACKET = re.compile(r"[(\[][^()\[\]]*+[)\]]")
#: Kinds of acts, in the order in which they count where several begin at one place; of those by which something was
#: released the longest counts.
_KINDS = (
    ("undone", _ACTS.undone),
    ("partial", _ACTS.partial),
    ("planned", _ACTS.planned),
    ("done", _ACTS.done),
    ("done", _SIGNS.released),
    ("bare", _ACTS.bare),
    ("standing", _SIGNS.standing),
)


_RANKS = {"undone": 0, "partial": 1, "planned": 2, "done": 3, "bare": 3, "standing": 4}
#: The kinds of acts by which something was released.
_RELEASED = {"done", "bare"}


@dataclass(frozen=True, slots=True)
class Acts:
    """
    What a text says of datasets.

    `planned` and `released` both where it says both and nothing tells which is true now; `since` if what was planned
    has been released; `dated` if a bare word for releasing has years that tell whether it came to pass; `partial` if
    only some of them, or others that came before them, were released or withdrawn.
    """

    planned: bool = False
    released: bool = False
    since: bool = False
    dated: bool = False
    partial: bool = False


class _Act(NamedTuple):
    """One act that a text names: its kind, and where it stands."""

    kind: str
    start: int
    end: int


def drop_asides(text: str) -> str:
    """
    Return plain text without exceptions, conditions, references and denials, which say nothing of the datasets.

    >>> drop_asides("已发放的数据集(不包括已撤回者)"), drop_asides("released datasets (none has been withdrawn)")
    ('已发放的数据集( )', 'released datasets ( )')
    """
    return _ACTS.aside.sub(" ", _SIGNS.plan_name.sub(" ", text))


@lru_cache(maxsize=4096)
def read_acts(text: str) -> Acts:
    """
    Return what a plain text says was done to datasets, or is to come.

    >>> read_acts("datasets planned in 2025 and now open to the public").since
    True
    >>> read_acts("已批出、待上载的数据集").planned, read_acts("已发放的数据集").released
    (True, True)
    >>> read_acts("released and planned datasets")
    Acts(planned=True, released=True, since=False, dated=False, partial=False)
    """
    words = drop_asides(write_years(text))
    found = _find_acts(words)
    is_partial = any(act.kind == "partial" for act in found)
    acts = _drop_weak([act for act in found if act.kind != "partial"])
    kinds = {act.kind for act in acts}
    if not kinds:
        return Acts(partial=is_partial)
    if kinds == {"standing"}:
        return Acts(released=True, partial=is_partial)
    if not kinds & _RELEASED:
        return Acts(planned=True, partial=is_partial)
    last, start, _end = acts[-1]
    is_dated = last == "bare" and "done" not in kinds and bool(_YEAR.search(words, start))
    if not kinds - _RELEASED:
        return Acts(released=not is_dated, dated=is_dated, partial=is_partial)
    if last in _RELEASED:
        return Acts(released=not is_dated, since=not is_dated, dated=is_dated, partial=is_partial)
    if last == "undone" and not _ACTS.joint.fullmatch(words[acts[-2].end : start]):
        return Acts(planned=True, partial=is_partial)
    is_over = last == "bygone"
    return Acts(planned=not is_over, released=True, since=is_over, partial=is_partial)


def _drop_weak(acts: list[_Act]) -> list[_Act]:
    """Return acts without those that say something only where nothing else does."""
    kinds = {act.kind for act in acts}
    weak = {"fresh", "standing"} if kinds & _RELEASED else {"standing"} if kinds - {"standing"} else set()
    return [act for act in acts if act.kind not in weak]


def _find_acts(text: str) -> list[_Act]:
    """Return the acts that a text without asides names, in order; none within another."""
    found: list[_Act] = []
    coming = {place: pattern.search(text) for place, (_kind, pattern) in enumerate(_KINDS)}
    while True:
        named = [
            (match.start(), _RANKS[_KINDS[place][0]], -match.end(), place)
            for place, match in coming.items()
            if match and match.end() > match.start()
        ]
        if not named:
            return found
        start, _rank, _end, place = min(named)
        kind, match = _KINDS[place][0], coming[place]
        assert match
        if kind == "planned" and _ACTS.bygone.search(match[0].strip()):
            kind = "bygone"
        elif kind == "planned" and _SIGNS.fresh.fullmatch(match[0].strip()):
            kind = "fresh"
        at = match.end()
        found.append(_Act(kind, start, at))
        # What begins behind this act still comes: each pattern reads the text once.
        for other, (_kind, pattern) in enumerate(_KINDS):
            before = coming[other]
            if before and before.start() < at:
                coming[other] = pattern.search(text, at)


@lru_cache(maxsize=4096)
def is_report(text: str) -> bool:
    """
    Tell whether a plain heading reports on progress, or on what there is, and says nothing else of its datasets.

    >>> is_report("progress of datasets in the plan"), is_report("progress: datasets already released")
    (True, False)
    """
    acts = _find_acts(drop_asides(text))
    return bool(acts) and all(act.kind == "standing" for act in acts)


def is_withdrawn(text: str) -> bool:
    """
    Tell whether a plain heading says that its datasets are not to be released after all.

    A word for it in brackets beside other words for releasing counts only if nothing else stands there.

    >>> is_withdrawn("c. 已取消发放的数据集"), is_withdrawn("已发放的数据集(不包括已撤回者)")
    (True, False)
    >>> is_withdrawn("datasets of withdrawn vehicles, to be released in 2027")
    False
    """
    words = drop_asides(text)
    outside = _BRACKET.sub(" ", words)
    if _SIGNS.withdrawn.search(_ACTS.partial.sub(" ", outside)):
        return True
    acts = read_acts(outside)
    if not (acts.planned or acts.released or acts.dated):
        return bool(_SIGNS.withdrawn.search(words))
    return any(_SIGNS.only_withdrawn.fullmatch(bracket[0][1:-1].strip()) for bracket in _BRACKET.finditer(words))


@lru_cache(maxsize=4096)
def is_request(text: str) -> bool:
    """
    Tell whether a plain heading is about what the public asks for, and says of no dataset that it came or is to come.

    >>> is_request("c. response to public requests for open data"), is_request("公众要求开放的数据集")
    (True, True)
    >>> is_request("datasets released upon requests from the public"), is_request("应公众要求将于2027年发放的数据集")
    (False, False)
    """
    words, count = _SIGNS.requests.subn(" ", _SIGNS.plan_name.sub(" ", text))
    if not count:
        return False
    kinds = {act.kind for act in _find_acts(drop_asides(write_years(words)))}
    return kinds <= {"undone", "standing", "partial"}
