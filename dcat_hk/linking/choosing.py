"""
Scores -> what is sure enough to be written, and what a person has to say.

In: the scores of a block. Out: for each of what is looked for a `Choice`. Everything is chosen at once, one to one, and
beside every record stands that it is none of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy

from ..reconciliation.assignment import assign
from .explaining import Table
from .scoring import BlockScores, Mask
from .weights import Linking, Model

#: Why a link is written: by the same title, by titles as good as the same, or by all signals.
ChoiceClass = Literal["equal", "like", "signals"]
#: What is never chosen.
_NEVER = -1e6


@dataclass(frozen=True, slots=True)
class Choice:
    """
    What is chosen for one of what is looked for.

    Args:
        column: The place of the record in the block; None if none is sure.

        why: Why it is sure; None if none is.

        probability: How probable it is among all that compete.

        candidates: The places of the records that it may be, best first.

        evidence: What each signal adds for the record, or for the best candidate.

        none: What no record at all is worth.
    """

    column: int | None
    why: ChoiceClass | None
    probability: float
    candidates: tuple[int, ...]
    evidence: Mapping[int, Mapping[str, float]] = field(default_factory=dict)
    none: float = 0.0


def choose(
    scores: BlockScores, model: Model, linking: Linking, is_sure: Sequence[bool], ids: Sequence[str]
) -> list[Choice]:
    """
    Return what is chosen for each line of a block.

    Args:
        scores: What rows and records have in common.

        model: The model that compared titles.

        linking: The numbers.

        is_sure: For each line whether a link may be written; of a promise without a month it may not.

        ids: The names of the records, which break ties.
    """
    if not scores.total.size:
        return [Choice(None, None, 0.0, ()) for _line in range(scores.total.shape[0])]
    none = linking.models[model].none
    total = numpy.where(scores.allowed, scores.total, _NEVER)
    probability = find_probabilities(total, none)
    pairs = dict(assign(total.tolist(), none))
    unique = _find_unique(scores.equal & scores.allowed)
    return [
        _choose_line(line, scores, total, probability, pairs, unique, model, linking, is_sure[line], ids)
        for line in range(len(total))
    ]


def find_probabilities(total: Table, none: float) -> Table:
    """
    Return how probable each record is for each line: among its records, times among the lines of the record.

    Args:
        total: The scores.

        none: What no record is worth.

    >>> find_probabilities(numpy.array([[20.0, 0.0]]), 6.0).round(2).tolist()
    [[1.0, 0.0]]
    """
    shifted = numpy.exp(numpy.clip(total - none, -60.0, 60.0))
    by_line = shifted / (1.0 + shifted.sum(axis=1, keepdims=True))
    by_column = shifted / (1.0 + shifted.sum(axis=0, keepdims=True))
    chances: Table = by_line * by_column
    return chances


def _find_unique(equal: Mask) -> Mask:
    """Return the pairs of equal titles that are the only ones of both their line and their column."""
    unique: Mask = equal & (equal.sum(axis=1, keepdims=True) == 1) & (equal.sum(axis=0, keepdims=True) == 1)
    return unique


def _choose_line(
    line: int,
    scores: BlockScores,
    total: Table,
    probability: Table,
    pairs: Mapping[int, int],
    unique: Mask,
    model: Model,
    linking: Linking,
    is_sure: bool,
    ids: Sequence[str],
) -> Choice:
    """Return what is chosen for one line."""
    column = pairs.get(line)
    why: ChoiceClass | None = None
    if unique[line].any():
        column, why = int(numpy.flatnonzero(unique[line])[0]), "equal"
    elif column is not None:
        why = _find_reason(line, column, scores, total, probability, model, linking)
    if not is_sure:
        why = None
    # Where nothing of the titles speaks for a record, asking about it is noise.
    is_likely = scores.allowed[line] & (scores.titles[line] > linking.bounds.least_candidate)
    ranked = sorted(numpy.flatnonzero(is_likely).tolist(), key=lambda place: (-total[line, place], ids[place]))
    best = ranked[: linking.bounds.most_candidates]
    if why is not None and column is not None:
        best = [column]
    evidence = {place: {name: float(table[line, place]) for name, table in scores.signals.items()} for place in best}
    chance = float(probability[line, column]) if column is not None else 0.0
    return Choice(column if why else None, why, chance, tuple(best), evidence, linking.models[model].none)


def _is_only_whole(line: int, column: int, scores: BlockScores) -> bool:
    """Return whether two titles leave nothing over across languages, and neither does so with any other."""
    shares = scores.shares
    whole = scores.allowed & (shares.unsaid + shares.contrary + shares.unexplained == 0)
    return bool(whole[line, column] and whole[line].sum() == 1 and whole[:, column].sum() == 1)


def _find_reason(
    line: int,
    column: int,
    scores: BlockScores,
    total: Table,
    probability: Table,
    model: Model,
    linking: Linking,
) -> ChoiceClass | None:
    """Return why a pair is sure; None if it is not."""
    numbers, bounds = linking.models[model], linking.bounds
    others = numpy.concatenate([numpy.delete(total[line], column), numpy.delete(total[:, column], line)])
    margin = float(total[line, column] - others.max(initial=_NEVER))
    is_only = _is_only_whole(line, column, scores)
    least = bounds.least_whole if is_only else numbers.least
    if probability[line, column] < least or not scores.responsible[line, column]:
        return None
    if scores.like[line, column] >= bounds.like and margin >= bounds.margin_like:
        return "like"
    if margin < (bounds.margin_whole if is_only else bounds.margin):
        return None
    if scores.like[line, column] == scores.like[line, column]:
        # In one language that both have the titles differ too much, whatever other languages say.
        return None
    explained, explaining, unsaid, contrary, unexplained = (table[line, column] for table in scores.shares)
    is_explained = (
        numpy.nan_to_num(explained) >= numbers.least_explained
        and numpy.nan_to_num(explaining) >= numbers.least_explaining
        and scores.characters[line] >= bounds.least_characters
    )
    agreement = numpy.nan_to_num(
        scores.similarity[line, column] + bounds.glossary_share * numpy.sqrt(explained * explaining)
    )
    # Words that are left over make a sibling of it; models only see further where nobody knows what a word means.
    is_same = contrary + unexplained == 0
    least_agreement = numbers.least_agreement if unsaid == 0 else numbers.least_agreement_left
    return "signals" if is_explained and is_same and agreement >= least_agreement else None
