"""
An assessment -> JSON, as `score.schema.json` describes it.

In: an assessment. Out: text, piece by piece: a large catalogue is never in memory as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .assessment import Assessment, Figure, ScoredDataset, Tally, is_blamed, rounded
from .report_rows import FigureRow, LossRow, dimension_rows, figure_rows, loss_rows
from .rubric import load_rubric
from .things import is_blank


def as_json(assessment: Assessment) -> Iterator[str]:
    """
    Yield the JSON of an assessment.

    Args:
        assessment: The assessment.
    """
    head = {
        "rubric": _rubric(assessment),
        "language": assessment.language,
        "not_scored": {iri.rpartition("#")[2]: count for iri, count in assessment.not_scored.items()},
        "findings": [
            {
                "severity": finding.severity.lower(),
                "file": finding.file,
                "line": finding.line or None,
                "value": finding.value,
                "message": dict(finding.messages)[assessment.language],
            }
            for finding in assessment.findings
        ],
        "catalogue": {"iri": _iri(assessment.iri), "title": assessment.label.text or None}
        | _summary(assessment, assessment.whole, assessment.figures()),
        "organisations": [
            {"iri": _iri(iri), "name": assessment.names[iri].text or None}
            | _summary(assessment, assessment.organisations[iri], assessment.figures_of(iri))
            for iri in assessment.ordered
        ],
    }
    yield json.dumps(head, ensure_ascii=False, indent=2)[:-2]
    yield ',\n  "datasets": ['
    for number, scored in enumerate(assessment.datasets):
        yield ",\n" if number else "\n"
        yield _indented(_dataset(assessment, scored))
    yield "\n  ]\n}\n" if assessment.datasets else "]\n}\n"


def _indented(value: Any) -> str:
    """Return a value as an element of a list of the outermost object."""
    return "\n".join(f"    {line}" for line in json.dumps(value, ensure_ascii=False, indent=2).split("\n"))


def _iri(iri: str) -> str | None:
    """Return an IRI; a blank node, whose name means nothing elsewhere, is null."""
    return None if not iri or is_blank(iri) else iri


def _rubric(assessment: Assessment) -> dict[str, Any]:
    """Return what was measured, and how."""
    rules, rubric = assessment.rules, load_rubric()
    return {
        "maximum": rubric.maximum,
        "bands": {band.code: band.least for band in rubric.bands},
        "aggregate": "share" if rules.share else "piveau",
        "alignment": rules.alignment,
        "format_penalty": rules.penalty,
        "status_codes": [rules.least, rules.most],
        "urls_checked": assessment.checked,
        "validated": assessment.validated,
    }


def _summary(assessment: Assessment, tally: Tally, figures: dict[str, tuple[int, Figure]]) -> dict[str, Any]:
    """Return what is said of the catalogue and of each organisation."""
    return {
        "datasets": tally.count,
        "scores": {row.code: _figure(row) for row in figure_rows(assessment, figures)},
        "dimensions": {code: _points(figure) for code, _name, figure in dimension_rows(assessment, tally)},
        "bands": {band.code: tally.bands[band.code] for band in load_rubric().bands},
        "losses": [_loss(row) for row in loss_rows(assessment, tally)],
    }


def _figure(row: FigureRow) -> dict[str, Any]:
    """Return one of the three figures."""
    return {"datasets": row.datasets} | _points(row.figure) | {"band": row.band or None}


def _points(figure: Figure) -> dict[str, Any]:
    """Return mean points with the rounded ones that the rubric calls the score."""
    return {
        "points": rounded(figure.points),
        "mean": round(figure.points, 2),
        "of": round(figure.of, 2),
        "not_measured": round(figure.unmeasured, 2),
        "share_of_measured": round(figure.share, 4),
    }


def _loss(row: LossRow) -> dict[str, Any]:
    """Return an indicator that datasets lost for a reason."""
    return {
        "metric": row.metric,
        "property": row.property,
        "measured": row.measured,
        "reason": row.reason,
        "why": row.why,
        "cause": row.cause or None,
        "stage": row.stage or None,
        "datasets": row.datasets,
        "points": row.points,
        "mean": round(row.mean, 2),
    }


def _dataset(assessment: Assessment, scored: ScoredDataset) -> dict[str, Any]:
    """Return a dataset with its points and what it lost."""
    rubric, result = load_rubric(), scored.score
    pairs = list(zip(rubric.metrics.values(), result.outcomes, strict=True))
    return {
        "iri": _iri(scored.iri),
        "title": scored.label.text or None,
        "publisher": _iri(scored.publisher),
        "stage": scored.stage,
        "distribution": _iri(scored.best),
        "points": result.points,
        "of": rubric.maximum,
        "not_measured": result.unmeasured,
        "applicable": scored.applicable,
        "points_with_dates_of_dataset": result.kind,
        "band": rubric.band(result.points).code,
        "dimensions": {
            group.code: sum(
                metric.points for metric, outcome in pairs if outcome.met and metric.dimension == group.code
            )
            for group in rubric.dimensions
        },
        "losses": [
            {
                "metric": metric.code,
                "property": metric.property,
                "points": metric.points,
                "measured": outcome.met is not None,
                "applicable": is_blamed(metric.code, outcome, scored.stage),
                "reason": outcome.reason,
                "code": outcome.code or None,
                "why": assessment.why(metric, outcome, scored.stage),
                "cause": assessment.cause(metric.code, outcome, scored.stage)[0] or None,
            }
            for metric, outcome in pairs
            if not outcome.met
        ],
    }
