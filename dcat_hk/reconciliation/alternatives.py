"""
Items without a link -> links to items with another title, and candidates that a person decides on.

In: features of all items, and which have no link yet. Out: links of the class renamed, and candidates. A link is
written only if no other item of either plan is nearly as like: where rows differ in a word or two, as those of a series
do, all of them are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from ..core.text import fold
from .assignment import assign
from .equal_titles import Allowed, own_each_other
from .features import Features, light_wordings, light_words
from .outcomes import CandidateKind
from .weights import NOT_ALLOWED, Weighting, load_weighting

if TYPE_CHECKING:
    from .scoring import Scores


@dataclass(frozen=True, slots=True)
class Alternative:
    """A newer item that may be the same dataset, by its place."""

    after: int
    score: float
    kind: CandidateKind
    evidence: dict[str, float]


@dataclass(slots=True)
class Alternatives:
    """What items without an equal title are: the newer item of those that are renamed, and candidates."""

    renamed: dict[int, Alternative] = field(default_factory=dict)
    candidates: dict[int, list[Alternative]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unlinked:
    """
    All items, and the places of those without a link.

    Args:
        before: The items of the older plans.

        after: The items of the newer plans.

        olds: The places of older items without a link.

        news: The places of newer items without a link.

        doubtful: Pairs with the same title of which it is not clear whether they are one dataset.
    """

    before: Sequence[Features]
    after: Sequence[Features]
    olds: Sequence[int]
    news: Sequence[int]
    doubtful: Sequence[tuple[int, int]]


def find_alternatives(unlinked: Unlinked, allowed: Allowed, weighting: Weighting, *, renames: bool) -> Alternatives:
    """
    Return what items without a link may be.

    Args:
        unlinked: The items.

        allowed: Tells which pairs may be linked at all.

        weighting: The numbers to compute with.

        renames: Whether a link is made where titles differ; otherwise it is a candidate.
    """
    result = Alternatives()
    if not unlinked.olds:
        return result
    search = _Search(unlinked, allowed, weighting)
    pairs = search.assign()
    if renames:
        result.renamed = {old: search.describe(old, new) for old, new in pairs if search.is_plain(old, new)}
    taken = {one.after for one in result.renamed.values()}
    assigned = dict(pairs)
    for old in unlinked.olds:
        if old not in result.renamed:
            candidates = search.find_candidates(old, assigned, taken)
            if candidates:
                result.candidates[old] = candidates
    return result


class _Search:
    """Scores of the items without a link with all items of the other plans."""

    def __init__(self, unlinked: Unlinked, allowed: Allowed, weighting: Weighting) -> None:
        """Score what has to be scored; what computes with tables is imported only where there is something."""
        from .scoring import find_context, find_pairs, score

        self.unlinked, self.allowed, self.bounds = unlinked, allowed, weighting.classes
        before, after = unlinked.before, unlinked.after
        self.context = find_context([*before, *after], weighting)
        self.of_olds: Scores = score([before[old] for old in unlinked.olds], after, self.context)
        self.row = {old: row for row, old in enumerate(unlinked.olds)}
        self.column = {new: column for column, new in enumerate(unlinked.news)}
        self.tables = find_pairs(self.of_olds, unlinked.news, _table_of(unlinked, allowed), weighting.classes)
        self.doubtful: dict[int, list[int]] = {}
        for old, new in unlinked.doubtful:
            self.doubtful.setdefault(old, []).append(new)
        self.parts = _find_parts(unlinked, weighting)

    @cached_property
    def of_news(self) -> Scores:
        """Return the scores of the newer items without a link with all older ones; only renamed rows ask for them."""
        from .scoring import score

        return score(self.unlinked.before, [self.unlinked.after[new] for new in self.unlinked.news], self.context)

    def value(self, old: int, new: int) -> float:
        """Return the score of an older item without a link and any newer one; far below zero if it may not be."""
        return float(self.of_olds.total[self.row[old], new]) if self.allowed(old, new) else NOT_ALLOWED

    def describe(self, old: int, new: int, kind: CandidateKind = "renamed") -> Alternative:
        """Return a newer item as an alternative for an older one."""
        return Alternative(new, round(self.value(old, new), 2), kind, self.of_olds.evidence(self.row[old], new))

    def assign(self) -> list[tuple[int, int]]:
        """Return the pairs of items without a link whose scores add up to the most."""
        pairs = assign(self.tables.worth, self.bounds.candidate)
        return [(self.unlinked.olds[row], self.unlinked.news[column]) for row, column in pairs]

    def is_plain(self, old: int, new: int) -> bool:
        """Tell whether two items are one dataset under another title: alike, and nothing else is nearly so."""
        before, after = self.unlinked.before, self.unlinked.after
        signals = self.of_olds.signals
        row, own = self.row[old], self.value(old, new)
        contradicted = signals["words"][row, new] < 0 or signals["owner"][row, new] < 0
        if min(len(before), len(after)) < self.bounds.least_items:
            return False
        if own < self.bounds.renamed or contradicted or are_siblings(before[old], after[new]):
            return False
        rivals = [
            self.value(old, other)
            for other in range(len(after))
            if other != new and not _are_versions(after[other], after[new])
        ]
        rivals += [
            float(self.of_news.total[other, self.column[new]])
            for other in range(len(before))
            if other != old and not _are_versions(before[other], before[old]) and self.allowed(other, new)
        ]
        return own - max(rivals, default=0.0) >= self.bounds.margin

    def find_candidates(self, old: int, pairs: dict[int, int], taken: set[int]) -> list[Alternative]:
        """Return the newer items that an older one may be, best first."""
        bounds = self.bounds
        chosen: dict[int, Alternative] = {}
        for column in self.tables.near(self.row[old], self.column.get(pairs.get(old, -1))):
            new = self.unlinked.news[column]
            if new not in taken:
                chosen[new] = self.describe(old, new)
        for new in self.doubtful.get(old, ()):
            chosen[new] = self.describe(old, new)
        for new, kind in self.parts.get(old, {}).items():
            if new not in taken and self.allowed(old, new):
                chosen[new] = self.describe(old, new, kind)
        items = self.unlinked.after
        ordered = sorted(chosen.values(), key=lambda one: (-one.score, items[one.after].item.record))
        return ordered[: bounds.most_candidates]


def _table_of(unlinked: Unlinked, allowed: Allowed) -> list[list[bool]]:
    """Return which older item without a link may be linked with which newer one."""
    return [[allowed(old, new) for new in unlinked.news] for old in unlinked.olds]


def _are_versions(one: Features, other: Features) -> bool:
    """Tell whether two items of one plan are the spatial and the other version of one dataset."""
    return one.title == other.title and one.spatial != other.spatial


def _find_parts(unlinked: Unlinked, weighting: Weighting) -> dict[int, dict[int, CandidateKind]]:
    """
    Return older items that several newer ones may have been split from, and those that may have merged into one.

    The rare part of the one title stands in each of the others, or in the remarks of one where it did not before.
    """
    search = _PartSearch(unlinked, weighting.classes.rare_part)
    parts: dict[int, dict[int, CandidateKind]] = {}
    for old in unlinked.olds:
        parts.setdefault(old, {}).update(dict.fromkeys(search.find_mentions(old), "merged"))
        parts[old].update(dict.fromkeys(search.find_pieces(old), "split"))
    for new in unlinked.news:
        for old in search.find_sources(new):
            parts[old][new] = "merged"
    return parts


class _PartSearch:
    """Looks for rare parts of titles in other rows."""

    def __init__(self, unlinked: Unlinked, least: int) -> None:
        """Find the rare part of each title; nothing where it is short."""
        self.unlinked = unlinked
        self.cores_before, self.cores_after = (
            [_core(one, least) for one in items] for items in (unlinked.before, unlinked.after)
        )

    def find_pieces(self, old: int) -> list[int]:
        """Return the newer items that an older one may have been split into: its title or remarks name two of them."""
        whole, core = self.unlinked.before[old], self.cores_before[old]
        after, cores = self.unlinked.after, self.cores_after
        having = [new for new in self.unlinked.news if core and core in after[new].title]
        listed = [new for new in self.unlinked.news if cores[new] and cores[new] in whole.text]
        parts = [[new for new in found if own_each_other(whole, after[new]) is not False] for found in (having, listed)]
        return [new for found in parts if len(found) > 1 for new in found]

    def find_sources(self, new: int) -> list[int]:
        """Return the older items that may have merged into a newer one: two that have its title."""
        whole, core, before = self.unlinked.after[new], self.cores_after[new], self.unlinked.before
        olds = [old for old in self.unlinked.olds if core and core in before[old].title]
        olds = [old for old in olds if own_each_other(before[old], whole) is not False]
        return olds if len(olds) > 1 else []

    def find_mentions(self, old: int) -> list[int]:
        """Return the newer items that name an older one, which no other row of the older plan did."""
        own, core = self.unlinked.before[old], self.cores_before[old]
        if not core or any(core in one.text for place, one in enumerate(self.unlinked.before) if place != old):
            return []
        return [
            new
            for new, one in enumerate(self.unlinked.after)
            if core in one.text and own_each_other(own, one) is not False
        ]


def _core(item: Features, least: int) -> str:
    """Return the rare part of a title, nothing if it is short."""
    core = find_core(item.title)
    return core if len(core) >= least * (2 if item.is_latin else 1) else ""


def are_siblings(old: Features, new: Features) -> bool:
    """
    Tell whether two titles may name two datasets of a series: each has something to say that the other has not.

    Words that tell little do not count, nor does the order of words.

    Args:
        old: The older item.

        new: The newer item.
    """
    if old.title == new.title or old.series != new.series:
        return True
    if old.is_latin:
        light = light_words()
        return bool(old.words - new.words - light) and bool(new.words - old.words - light)
    olds, news = Counter(strip_light(old.title)), Counter(strip_light(new.title))
    return bool(olds - news) and bool(news - olds)


@lru_cache(maxsize=1 << 13)
def are_titles_alike(one: str, other: str) -> bool:
    """
    Tell whether two titles may be of one dataset, where nothing else of it is compared.

    Args:
        one: A title as printed.

        other: The other title.

    >>> are_titles_alike("風帆航道限速區", "風帆航道的限速區"), are_titles_alike("風帆航道限速區", "浮標位置")
    (True, False)
    """
    weighting = load_weighting()
    titles = fold(one), fold(other)
    if titles[0] == titles[1]:
        return True
    is_alike = _share_letters(*titles, weighting.classes.alike_title) or _share_core(
        *titles, weighting.classes.rare_part
    )
    return is_alike and weighting.series.find(one) == weighting.series.find(other)


def _share_letters(one: str, other: str, least: float) -> bool:
    """Tell whether two folded titles are alike in their letters; what can be told quickly comes first."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return all(ratio() >= least for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio))


def _share_core(one: str, other: str, least: int) -> bool:
    """Tell whether the rare part of one folded title stands in the other."""
    cores = ((find_core(title), in_title) for title, in_title in ((one, other), (other, one)))
    return any(len(core) >= least * (2 if core.isascii() else 1) and core in title for core, title in cores)


def strip_light(title: str) -> str:
    """
    Return a folded title without words that tell little, wherever they stand.

    >>> strip_light("认可帆船学校名单")
    '认可帆船学校'
    """
    for word in light_wordings():
        title = title.replace(word, "")
    return title


@lru_cache(maxsize=1 << 13)
def find_core(title: str) -> str:
    """
    Return a folded title without words at its ends that tell little.

    >>> find_core("帆船学校名单")
    '帆船学校'
    """
    core = title
    for word in light_wordings():
        if len(core) > len(word):
            core = core.removesuffix(word)
    return core
