"""
An assessment -> the rows that its writers print alike: figures, dimensions, organisations, losses.

In: an assessment. Out: small tuples with words in its language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from .assessment import Assessment, Figure, ScoredDataset, Tally, rounded
from .rubric import cause_name, load_rubric, word


class FigureRow(NamedTuple):
    """A figure with its name, of how many datasets it is, and its band; there are no bands of applicable points."""

    code: str
    name: str
    datasets: int
    figure: Figure
    band: str


class OrganisationRow(NamedTuple):
    """An organisation: datasets, strict figure and its band, points of what is released, points of what applies."""

    iri: str
    datasets: int
    strict: Figure
    band: str
    released: str
    applicable: str


class LossRow(NamedTuple):
    """
    An indicator that several datasets lost for the same reason.

    `mean` is what it takes off the mean of all datasets; `measured` is False where it is only not known.
    """

    metric: str
    name: str
    property: str
    reason: str
    why: str
    cause: str
    cause_name: str
    datasets: int
    points: int
    mean: float
    measured: bool
    stage: str


def figure_rows(assessment: Assessment, figures: dict[str, tuple[int, Figure]]) -> list[FigureRow]:
    """
    Return the three figures.

    Args:
        assessment: The assessment.

        figures: Those of the catalogue or of an organisation.
    """
    return [
        FigureRow(
            code,
            word(code, assessment.language),
            count,
            figure,
            band_code(figure) if code != "applicable" and count else "",
        )
        for code, (count, figure) in figures.items()
    ]


def organisation_rows(assessment: Assessment) -> Iterator[OrganisationRow]:
    """Yield the organisations in the order of their names."""
    for iri in assessment.ordered:
        (count, strict), (released, of_released), (_all, fit) = assessment.figures_of(iri).values()
        yield OrganisationRow(
            iri,
            count,
            strict,
            band_code(strict),
            str(rounded(of_released.points)) if released else "",
            f"{rounded(fit.points)}/{rounded(fit.of)}",
        )


def band_code(figure: Figure) -> str:
    """Return the code of the band of a figure."""
    return load_rubric().band(rounded(figure.points)).code


def band_name(code: str, language: str) -> str:
    """Return the name of a band; nothing for no band."""
    return next((band.name[language] for band in load_rubric().bands if band.code == code), "")


def dimension_rows(assessment: Assessment, tally: Tally) -> list[tuple[str, str, Figure]]:
    """Return the dimensions with code, name and mean points."""
    return [
        (group.code, group.name[assessment.language], tally.dimension(group.code)) for group in load_rubric().dimensions
    ]


def loss_rows(assessment: Assessment, tally: Tally) -> list[LossRow]:
    """
    Return what was lost for what reason, the most points first.

    Args:
        assessment: The assessment.

        tally: What was added up over the catalogue or an organisation.
    """
    counts: Counter[tuple[str, str, str, str, bool, str]] = Counter()
    metrics = load_rubric().metrics
    for (code, stage, outcome), count in tally.losses.items():
        cause, _why = assessment.cause(code, outcome, stage)
        why = assessment.why(metrics[code], outcome, stage)
        counts[code, outcome.reason, why, cause, outcome.met is not None, stage if assessment.ours else ""] += count
    order = list(metrics)
    rows = []
    for (code, reason, why, cause, measured, at), count in counts.items():
        metric = metrics[code]
        points = count * metric.points
        name = cause_name(cause, assessment.language) if measured else ""
        rows.append(
            LossRow(
                code,
                metric.name[assessment.language],
                metric.property,
                reason,
                why,
                cause,
                name,
                count,
                points,
                points / (tally.count or 1),
                measured,
                at,
            )
        )
    return sorted(rows, key=lambda row: (not row.measured, -row.points, order.index(row.metric), row.stage, row.why))


class GroupRow(NamedTuple):
    """
    What several indicators lost by the same cause.

    `indicators` are their names; `datasets` is how many datasets lost the most frequent of them.
    """

    cause: str
    why: str
    indicators: str
    datasets: int
    mean: float


def group_rows(assessment: Assessment, tally: Tally) -> list[GroupRow]:
    """
    Return what was lost by which cause, the most points first; without known causes, by reason.

    Args:
        assessment: The assessment.

        tally: What was added up over the catalogue or an organisation.
    """
    language, metrics = assessment.language, load_rubric().metrics
    groups: dict[tuple[bool, str, str], Counter[str]] = {}
    for (code, stage, outcome), count in tally.losses.items():
        cause, background = assessment.cause(code, outcome, stage)
        why = background or assessment.why(metrics[code], outcome, stage)
        groups.setdefault((outcome.met is not None, cause, why), Counter())[code] += count
    rows = []
    for (measured, cause, why), counts in groups.items():
        codes = [code for code in metrics if code in counts]
        points = sum(metrics[code].points * counts[code] for code in codes)
        name = cause_name(cause, language) if measured else word("unmeasured", language)
        indicators = word("between", language).join(metrics[code].name[language] for code in codes)
        rows.append(
            (measured, points, GroupRow(name, why, indicators, max(counts.values()), points / (tally.count or 1)))
        )
    return [row for _measured, _points, row in sorted(rows, key=lambda row: (not row[0], -row[1], row[2]))]


def lowest(assessment: Assessment) -> list[ScoredDataset]:
    """Return the datasets, the fewest points first."""
    return sorted(assessment.datasets, key=lambda scored: (scored.score.points, scored.iri))


def stage_name(stage: str, language: str) -> str:
    """Return the name of a stage."""
    return word(f"stage-{stage}", language)


def format_points(value: float) -> str:
    """
    Return points as people read them: as a whole number if they are one, else with one decimal.

    >>> format_points(12.0), format_points(12.34)
    ('12', '12.3')
    """
    return f"{value:.1f}".removesuffix(".0")
