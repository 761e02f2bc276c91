"""
Outcomes -> points: how the indicators of a dataset and of its distributions are put together.

In: outcomes. Out: `Score`. It knows neither RDF nor the network.

Spec: the scoring of the metadata quality assessment: of the distributions the one with the most points counts, and
values of two distributions are never mixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .measuring import IndicatorOutcome, Outcomes, ScoringRules
from .rubric import Stage, load_rubric

_NO_DISTRIBUTION = IndicatorOutcome(False, "no-distribution")
_ONLY_DATASET = IndicatorOutcome(False, "only-dataset")


class Score(NamedTuple):
    """
    The points of a dataset.

    `outcomes` are those that count, in the order of the rubric; `kind` is the score if the dataset's own dates
    counted where the distribution has none; `best` is the number of the distribution that counts, -1 without any.
    """

    points: int
    kind: int
    unmeasured: int
    outcomes: tuple[IndicatorOutcome, ...]
    best: int


def worth(outcomes: Outcomes, penalty: bool) -> int:
    """
    Return the points of outcomes.

    Args:
        outcomes: Outcomes by the indicator's code.

        penalty: Whether points are taken off for missing formats.

    >>> lost = IndicatorOutcome(False, "absent")
    >>> worth({"formatAvailability": IndicatorOutcome(True), "mediaTypeAvailability": lost}, True)
    15
    """
    metrics = load_rubric().metrics
    total = 0
    for code, outcome in outcomes.items():
        if outcome.met:
            total += metrics[code].points
        elif penalty and outcome.met is False and outcome.reason != "no-distribution":
            total -= metrics[code].penalty
    return total


def score(dataset: Outcomes, distributions: Sequence[Outcomes], rules: ScoringRules) -> Score:
    """
    Return the score of a dataset.

    The dates of a dataset count only without a distribution: every distribution carries a measurement of its
    dates, be it that there is none, and a measurement is what decides.

    Args:
        dataset: What was measured on the dataset.

        distributions: What was measured on each of its distributions, in order; of equals the earlier counts.

        rules: What is taken where the sources of the rubric differ.
    """
    metrics = load_rubric().metrics
    values = [worth(outcomes, rules.penalty) for outcomes in distributions]
    best = values.index(max(values)) if values else -1
    counted: dict[str, IndicatorOutcome] = {}
    extra = 0
    for code, metric in metrics.items():
        if metric.on == "dataset" or (metric.on == "either" and best < 0):
            counted[code] = dataset[code]
        elif best < 0:
            counted[code] = _NO_DISTRIBUTION
        else:
            counted[code] = distributions[best][code]
            if metric.on == "either" and not counted[code].met and dataset[code].met:
                counted[code] = _ONLY_DATASET
                extra += metric.points
    points = worth(counted, rules.penalty)
    unmeasured = sum(metrics[code].points for code, outcome in counted.items() if outcome.met is None)
    return Score(points, points + extra, unmeasured, tuple(counted.values()), best)


def applicable(outcomes: Sequence[IndicatorOutcome], stage: Stage) -> int:
    """
    Return how many points a dataset could have at its stage.

    A released dataset could have all. A planned one is not blamed for having no distribution, nor for what
    only a release brings; what it has all the same is counted.

    Args:
        outcomes: The outcomes that count, in the order of the rubric.

        stage: The dataset's stage.
    """
    return sum(
        metric.points
        for metric, outcome in zip(load_rubric().metrics.values(), outcomes, strict=True)
        if is_applicable(metric.code, outcome, stage)
    )


def is_applicable(code: str, outcome: IndicatorOutcome, stage: Stage) -> bool:
    """
    Return whether a dataset could be asked for what an indicator looks at.

    >>> is_applicable("byteSizeAvailability", IndicatorOutcome(False, "absent"), "planned")
    False
    """
    if stage == "released" or outcome.met is not False:
        return True
    return load_rubric().metrics[code].planned and outcome.reason != "no-distribution"
