"""
How much two items with different titles have in common, signal by signal, for all pairs at once.

In: features of items. Out: a `Scores` with one table for each signal. This is the only module that computes with whole
tables of numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from .equal_titles import own_each_other
from .features import Features, Rarity, find_rarity, light_words
from .weights import Weighting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Table = NDArray[numpy.float64]


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
    edit = cdist([one.title for one in before], [one.title for one in after], scorer=Indel.normalized_similarity)
    shared, likeness, containment = _overlap(
        [one.words for one in before], [one.words for one in after], _weigh_title_words(context)
    )
    remarks_shared, remarks_likeness, _containment = _overlap(
        [one.remark for one in before], [one.remark for one in after], context.remarks.of
    )
    alike = [
        weights.edit_share * edit.astype(float),
        likeness,
        weights.contained_share * containment * _rare(shared, weights.contained_rare),
    ]
    title = weights.title * numpy.maximum.reduce(alike)
    equal = numpy.array([[old.title == new.title for new in after] for old in before]).reshape(title.shape)
    signals = {
        "title": numpy.where(equal, weights.same_title, title),
        "remark": weights.remarks * remarks_likeness * _rare(remarks_shared, weights.remarks_rare),
    }
    for name, judge in _JUDGES.items():
        table = numpy.array([[judge(old, new, context) for new in after] for old in before], dtype=float)
        signals[name] = table.reshape(len(before), len(after))
    return Scores(signals, numpy.sum(list(signals.values()), axis=0))


def _weigh_title_words(context: ScoringContext) -> Callable[[str], float]:
    """Return what gives the weight of a word of a title."""
    light, weight = light_words(), context.weighting.light.weight
    return lambda word: context.titles.of(word) * (weight if word in light else 1.0)


def _overlap(
    before: Sequence[frozenset[str]], after: Sequence[frozenset[str]], weigh: Callable[[str], float]
) -> tuple[Table, Table, Table]:
    """Return the weight of the words that sets share, its share of the weight of both, and of the lighter one."""
    words = sorted(set().union(*before) & set().union(*after)) if before and after else []
    place = {word: number for number, word in enumerate(words)}
    weights = numpy.array([weigh(word) for word in words], dtype=float)
    tables = []
    for sets in (before, after):
        table = numpy.zeros((len(sets), len(words)))
        for row, own in enumerate(sets):
            table[row, [place[word] for word in own if word in place]] = 1.0
        tables.append(table)
    shared = (tables[0] * weights) @ tables[1].T
    sums = [numpy.array([sum(weigh(word) for word in own) for own in sets]) for sets in (before, after)]
    both = sums[0][:, None] + sums[1][None, :]
    lighter = numpy.minimum(sums[0][:, None], sums[1][None, :])
    return shared, _divide(2 * shared, both), _divide(shared, lighter)


def _rare(shared: Table, whole: float) -> Table:
    """Return how near what is shared comes to a rarity that is enough, 1 at most."""
    return numpy.minimum(1.0, shared / whole)


def _divide(part: Table, whole: Table) -> Table:
    """Return a table divided by another, 0 where that is 0."""
    return numpy.divide(part, whole, out=numpy.zeros_like(part), where=whole > 0)


# ---- signals of single pairs


def _judge_other_title(old: Features, new: Features, context: ScoringContext) -> float:
    """Return what an equal title in another language adds."""
    return context.weighting.weights.same_other_title if old.other_titles & new.other_titles else 0.0


def _judge_frequency(old: Features, new: Features, context: ScoringContext) -> float:
    """Return what the update frequencies add."""
    weights = context.weighting.weights
    if not old.frequency or not new.frequency:
        return 0.0
    return weights.same_frequency if old.frequency == new.frequency else weights.other_frequency


def _judge_category(old: Features, new: Features, context: ScoringContext) -> float:
    """Return what the categories add."""
    weights = context.weighting.weights
    if not old.category or not new.category:
        return 0.0
    return weights.same_category if old.category == new.category else weights.other_category


def _judge_formats(old: Features, new: Features, context: ScoringContext) -> float:
    """Return what the formats add."""
    weights = context.weighting.weights
    if not old.formats or not new.formats:
        return 0.0
    return weights.formats * len(old.formats & new.formats) / len(old.formats | new.formats) + weights.formats_base


def _judge_dates(old: Features, new: Features, context: ScoringContext) -> float:
    """Return what the months add: the rarer a month is among the items, the more."""
    weights = context.weighting.weights
    if not old.dates or not new.dates:
        return 0.0
    same = set(old.dates) & set(new.dates)
    if same:
        return weights.same_month * max(context.months.share("/".join(one)) for one in same)
    return weights.other_release if old.stage == new.stage == "released" else 0.0


def _judge_owner(old: Features, new: Features, context: ScoringContext) -> float:
    """Return what the bodies that own them add."""
    return context.weighting.weights.other_owner if own_each_other(old, new) is False else 0.0


def _judge_words(old: Features, new: Features, context: ScoringContext) -> float:
    """Return what numbers and Latin words of the titles add."""
    return context.weighting.weights.other_words if old.exact != new.exact else 0.0


def _judge_stage(old: Features, new: Features, context: ScoringContext) -> float:
    """Return what the stages add."""
    return context.weighting.weights.reopened if (old.stage, new.stage) == ("released", "planned") else 0.0


_JUDGES = {
    "language": _judge_other_title,
    "frequency": _judge_frequency,
    "category": _judge_category,
    "formats": _judge_formats,
    "date": _judge_dates,
    "owner": _judge_owner,
    "words": _judge_words,
    "stage": _judge_stage,
}
