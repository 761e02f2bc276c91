"""
How much two items with different titles have in common, signal by signal, for all pairs at once.

In: features of items. Out: a `Scores` with one table for each signal. This is the only module that computes with whole
tables of numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import numpy
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from .equal_titles import own_each_other
from .features import Features, Interval, Rarity, common_words, find_rare_part, find_rarity
from .weights import NOT_ALLOWED, ClassBounds, ScoreWeights, Weighting

Value = TypeVar("Value", str, tuple[str, str])

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Table = NDArray[numpy.float64]
    Flags = NDArray[numpy.bool_]


@dataclass(frozen=True, slots=True)
class Scores:
    """One table for each signal: a row for each older item, a column for each newer one; and their sum."""

    signals: dict[str, Table]
    total: Table

    def evidence(self, row: int, column: int) -> dict[str, float]:
        """Return what each signal added for a pair, of those that did."""
        values = {name: round(float(table[row, column]), 2) for name, table in self.signals.items()}
        return {name: value + 0.0 for name, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class ScoringContext:
    """How rare words of titles, words of remarks and months are among the items of all plans that are compared."""

    titles: Rarity
    remarks: Rarity
    months: Rarity
    weighting: Weighting


@dataclass(frozen=True, slots=True)
class PairTables:
    """
    Older and newer items without a link, as rows and columns of tables.

    Args:
        value: The score of each pair; far below zero where it may not be linked.

        asked: Which pairs a person is asked about.

        best: Which of them score nearly as well as any other with the newer item.
    """

    value: Table
    asked: Flags
    best: Flags

    @property
    def worth(self) -> list[list[float]]:
        """Return the score of each pair that a person is asked about, else 0."""
        worth: list[list[float]] = numpy.where(self.asked, self.value, 0.0).tolist()
        return worth

    def near(self, row: int, partner: int | None) -> list[int]:
        """
        Return the columns of the newer items that an older one may be, in their order.

        Args:
            row: The row of the older item.

            partner: The column that it was assigned; None for none.
        """
        near = self.best[row].copy()
        if partner is not None:
            near[partner] = self.asked[row, partner]
        columns: list[int] = numpy.flatnonzero(near).tolist()
        return columns


def find_pairs(
    scores: Scores, news: Sequence[int], allowed: Sequence[Sequence[bool]], bounds: ClassBounds
) -> PairTables:
    """
    Return the pairs that a person is asked about: they score enough, and not by months and formats alone.

    Args:
        scores: The scores of older items without a link with all newer ones.

        news: The columns of newer items without a link.

        allowed: Which of these pairs may be linked at all.

        bounds: How much is enough.
    """
    places = list(news)
    title, remark, language = (scores.signals[name][:, places] for name in ("title", "remark", "language"))
    value = numpy.where(numpy.array(allowed, dtype=bool).reshape(title.shape), scores.total[:, places], NOT_ALLOWED)
    has_text = title + remark + language >= bounds.least_text
    is_alike = (title + language >= bounds.least_title) | (remark >= bounds.least_remark)
    asked = has_text & is_alike & (value >= bounds.candidate)
    return PairTables(value, asked, asked & (value >= value.max(axis=0, initial=NOT_ALLOWED) - bounds.margin))


def find_context(items: Sequence[Features], weighting: Weighting) -> ScoringContext:
    """
    Return how rare what is compared is.

    Args:
        items: The items of all plans that are compared.

        weighting: The numbers to compute with.
    """
    return ScoringContext(
        find_rarity(item.words for item in items),
        find_rarity(item.remark for item in items),
        find_rarity(map("/".join, item.dates) for item in items),
        weighting,
    )


def score(before: Sequence[Features], after: Sequence[Features], context: ScoringContext) -> Scores:
    """
    Return how much items have in common.

    Args:
        before: Items of older plans.

        after: Items of newer plans.

        context: How rare words are.
    """
    weights = context.weighting.weights
    signals = {
        "title": _score_titles(before, after, context),
        "remark": _score_remarks(before, after, context),
        "language": weights.same_other_title
        * _share_any([one.other_titles for one in before], [one.other_titles for one in after]),
        "frequency": _compare(
            [one.frequency for one in before],
            [one.frequency for one in after],
            weights.same_frequency,
            weights.other_frequency,
        ),
        "category": _compare(
            [one.category for one in before],
            [one.category for one in after],
            weights.same_category,
            weights.other_category,
        ),
        "formats": _score_formats(before, after, weights),
        "date": _score_dates(before, after, context),
        "owner": _score_owners(before, after, weights),
        "words": weights.other_words * (1.0 - _equal([one.exact for one in before], [one.exact for one in after])),
        "stage": weights.reopened
        * numpy.outer([one.stage == "released" for one in before], [one.stage == "planned" for one in after]),
    }
    return Scores(signals, numpy.sum(list(signals.values()), axis=0))


# ---- signals


def _score_titles(before: Sequence[Features], after: Sequence[Features], context: ScoringContext) -> Table:
    """Return what the titles add: their letters, their words, or that the one stands in the other."""
    weights = context.weighting.weights
    rare = [[find_rare_part(one.title) for one in items] for items in (before, after)]
    edit = cdist(rare[0], rare[1], scorer=Indel.normalized_similarity)
    shared, likeness, containment = _overlap(
        [one.words for one in before],
        [one.words for one in after],
        partial(_weigh, context.titles, context.weighting.light.weight),
    )
    alike = [
        weights.edit_share * edit.astype(float),
        likeness,
        weights.contained_share * containment * _rare(shared, weights.contained_rare),
    ]
    equal = _equal([one.title for one in before], [one.title for one in after])
    return numpy.where(equal > 0, weights.same_title, weights.title * numpy.maximum.reduce(alike))


def _score_remarks(before: Sequence[Features], after: Sequence[Features], context: ScoringContext) -> Table:
    """Return what the remarks add: the words that both have, by how rare these are."""
    weights = context.weighting.weights
    shared, likeness, _containment = _overlap(
        [one.remark for one in before],
        [one.remark for one in after],
        partial(_weigh, context.remarks, context.weighting.light.weight),
    )
    return weights.remarks * likeness * _rare(shared, weights.remarks_rare)


def _weigh(rarity: Rarity, light: float, word: str) -> float:
    """Return the weight of a word: its rarity, and little of it where many datasets have the word."""
    return rarity.of(word) * (light if word in common_words() else 1.0)


def _score_formats(before: Sequence[Features], after: Sequence[Features], weights: ScoreWeights) -> Table:
    """Return what the formats add: the share of those that both state; nothing where one states none."""
    olds, news = [one.formats for one in before], [one.formats for one in after]
    shared = _count_shared(olds, news)
    sizes = [numpy.array([len(own) for own in sets], dtype=float) for sets in (olds, news)]
    either = sizes[0][:, None] + sizes[1][None, :] - shared
    stated = numpy.outer(sizes[0] > 0, sizes[1] > 0)
    return numpy.where(stated, weights.formats * _divide(shared, either) + weights.formats_base, 0.0)


def _score_dates(before: Sequence[Features], after: Sequence[Features], context: ScoringContext) -> Table:
    """Return what the months add: the rarer a month is among the items, the more."""
    weights = context.weighting.weights
    released = numpy.outer(
        [one.stage == "released" and bool(one.dates) for one in before],
        [one.stage == "released" and bool(one.dates) for one in after],
    )
    table = numpy.where(released, weights.other_release, 0.0)
    places = [_places_of([one.dates for one in items]) for items in (before, after)]
    common = [(context.months.share("/".join(date)), date) for date in places[0].keys() & places[1].keys()]
    for share, date in sorted(common):
        table[numpy.ix_(places[0][date], places[1][date])] = weights.same_month * share
    return table


def _score_owners(before: Sequence[Features], after: Sequence[Features], weights: ScoreWeights) -> Table:
    """Return what the bodies that own the items add; most rows name none."""
    table = numpy.zeros((len(before), len(after)))
    named = [place for place, one in enumerate(after) if one.owner]
    for row, old in enumerate(before):
        for column in named if old.owner else ():
            if own_each_other(old, after[column]) is False:
                table[row, column] = weights.other_owner
    return table


# ---- tables


def _codes(before: Sequence[Hashable], after: Sequence[Hashable]) -> tuple[NDArray[numpy.int64], NDArray[numpy.int64]]:
    """Return values as numbers, equal ones as equal numbers, and an empty one as 0."""
    numbers: dict[Hashable, int] = {}
    codes = [
        numpy.array(
            [numbers.setdefault(value, len(numbers) + 1) if value else 0 for value in values], dtype=numpy.int64
        )
        for values in (before, after)
    ]
    return codes[0], codes[1]


def _equal(before: Sequence[Hashable], after: Sequence[Hashable]) -> Table:
    """Return 1 where two values are equal, else 0."""
    olds, news = _codes(before, after)
    equal: Table = (olds[:, None] == news[None, :]).astype(float)
    return equal


def _compare(before: Sequence[str], after: Sequence[str], same: float, other: float) -> Table:
    """Return a number where two texts are equal and another where they are not; 0 where one is empty."""
    olds, news = _codes(before, after)
    table = numpy.where(olds[:, None] == news[None, :], same, other)
    return numpy.where(numpy.outer(olds > 0, news > 0), table, 0.0)


def _places_of(values: Sequence[Sequence[Interval]]) -> dict[Interval, list[int]]:
    """Return the places of the items that have each month or interval."""
    places: dict[Interval, list[int]] = {}
    for place, own in enumerate(values):
        for value in dict.fromkeys(own):
            places.setdefault(value, []).append(place)
    return places


def _share_any(before: Sequence[frozenset[tuple[str, str]]], after: Sequence[frozenset[tuple[str, str]]]) -> Table:
    """Return 1 where two sets share something, else 0."""
    return (_count_shared(before, after) > 0).astype(float)


def _count_shared(before: Sequence[frozenset[Value]], after: Sequence[frozenset[Value]]) -> Table:
    """Return how many values each two sets share."""
    (olds, news), _values = _membership(before, after)
    shared: Table = olds @ news.T
    return shared


def _membership(
    before: Sequence[frozenset[Value]], after: Sequence[frozenset[Value]]
) -> tuple[tuple[Table, Table], list[Value]]:
    """Return which of the values that both sides have each set has, as 1 and 0, and these values."""
    values = sorted(set().union(*before) & set().union(*after))
    place = {value: number for number, value in enumerate(values)}
    tables = []
    for sets in (before, after):
        table = numpy.zeros((len(sets), len(values)))
        for row, own in enumerate(sets):
            table[row, [place[value] for value in own if value in place]] = 1.0
        tables.append(table)
    return (tables[0], tables[1]), values


def _overlap(
    before: Sequence[frozenset[str]], after: Sequence[frozenset[str]], weigh: Callable[[str], float]
) -> tuple[Table, Table, Table]:
    """Return the weight of the words that sets share, its share of the weight of both, and of the lighter one."""
    (olds, news), words = _membership(before, after)
    every = {word: weigh(word) for word in frozenset().union(*before, *after)}
    shared = (olds * numpy.array([every[word] for word in words], dtype=float)) @ news.T
    sums = [
        numpy.array([math.fsum(map(every.__getitem__, own)) for own in sets], dtype=float) for sets in (before, after)
    ]
    both = sums[0][:, None] + sums[1][None, :]
    lighter = numpy.minimum(sums[0][:, None], sums[1][None, :])
    return shared, _divide(2 * shared, both), _divide(shared, lighter)


def _rare(shared: Table, whole: float) -> Table:
    """Return how near what is shared comes to a rarity that is enough, 1 at most."""
    return numpy.minimum(1.0, shared / whole)


def _divide(part: Table, whole: Table) -> Table:
    """Return a table divided by another, 0 where that is 0."""
    return numpy.divide(part, whole, out=numpy.zeros_like(part), where=whole > 0)
