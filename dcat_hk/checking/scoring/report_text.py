"""
An assessment -> tables with bars for a terminal.

In: an assessment. Out: text. It knows rich, which is imported when a table is due.
"""

from __future__ import annotations

from typing import Any

from ...core.terminal import make_table, render
from .assessment import Assessment, Figure, ScoredDataset, rounded
from .report_rows import (
    band_code,
    band_name,
    dimension_rows,
    figure_rows,
    format_points,
    group_rows,
    loss_rows,
    lowest,
    organisation_rows,
    stage_name,
)
from .rubric import cause_name, load_rubric, word

_BAR = 20
_SHOWN = 10
_FULL, _UNKNOWN, _EMPTY = "█", "▒", "·"


def bar(figure: Figure, width: int = _BAR) -> str:
    """
    Return a bar of points, what was not measured shaded, what was lost dotted.

    >>> bar(Figure(50, 100, 25), 8)
    '████▒▒··'
    """
    if figure.of <= 0:
        return _EMPTY * width
    full = min(width, max(0, round(width * figure.points / figure.of)))
    shaded = min(width - full, round(width * figure.unmeasured / figure.of))
    return _FULL * full + _UNKNOWN * shaded + _EMPTY * (width - full - shaded)


def as_text(assessment: Assessment, every: bool = False, width: int | None = None) -> str:
    """
    Return the tables of an assessment; of a single dataset its losses one by one.

    Args:
        assessment: The assessment.

        every: Whether all datasets and all lost indicators are listed, instead of the datasets with the fewest
            points and the causes.

        width: Columns; default those of the terminal.
    """
    language = assessment.language
    tables = [_figures(assessment), _dimensions(assessment)]
    if len(assessment.datasets) == 1:
        tables.append(_losses_of_one(assessment, assessment.datasets[0]))
    else:
        tables += [_organisations(assessment), _groups(assessment)]
        tables += [_losses(assessment)] if every else []
        tables.append(_datasets(assessment, every))
    notes = [word("introduction-share" if assessment.rules.share else "introduction", language), word("note", language)]
    return render([*tables, *notes], width)


def _figures(assessment: Assessment) -> Any:
    """Return the table of the three figures."""
    w = _words(assessment)
    columns = [w("figure"), w("datasets"), w("points"), w("of"), w("bar"), w("band"), w("unmeasured"), w("share")]
    rows = [
        [
            row.name,
            str(row.datasets),
            str(rounded(row.figure.points)),
            format_points(row.figure.of),
            bar(row.figure),
            band_name(row.band, assessment.language),
            format_points(row.figure.unmeasured),
            f"{row.figure.share:.0%}",
        ]
        for row in figure_rows(assessment, assessment.figures())
        if row.datasets
    ]
    title = f"{w('title')}: {assessment.label.text}".rstrip(": ")
    return make_table(columns, rows, [columns[i] for i in (1, 2, 3, 6, 7)], title)


def _dimensions(assessment: Assessment) -> Any:
    """Return the table of dimensions."""
    w = _words(assessment)
    columns = [w("dimension"), w("points"), w("of"), w("bar"), w("unmeasured")]
    rows = [
        [name, format_points(figure.points), format_points(figure.of), bar(figure), format_points(figure.unmeasured)]
        for _code, name, figure in dimension_rows(assessment, assessment.whole)
    ]
    return make_table(columns, rows, [columns[i] for i in (1, 2, 4)], w("dimensions"))


def _organisations(assessment: Assessment) -> Any:
    """Return the table of organisations."""
    w = _words(assessment)
    columns = [w("organisation"), w("datasets"), w("points"), w("bar"), w("band"), w("released"), w("applicable")]
    rows = [
        [
            _name(assessment, row.iri),
            str(row.datasets),
            str(rounded(row.strict.points)),
            bar(row.strict),
            band_name(row.band, assessment.language),
            row.released,
            row.applicable,
        ]
        for row in organisation_rows(assessment)
    ]
    return make_table(columns, rows, [columns[i] for i in (1, 2, 5, 6)], w("organisations"))


def _name(assessment: Assessment, iri: str) -> str:
    """Return an organisation's name, else its IRI."""
    return assessment.names[iri].text or iri or word("nobody", assessment.language)


def _groups(assessment: Assessment) -> Any:
    """Return the table of causes."""
    w = _words(assessment)
    columns = [w("cause"), w("why"), w("indicators"), w("datasets"), w("lost-mean")]
    rows = [
        [row.cause, row.why, row.indicators, str(row.datasets), format_points(row.mean)]
        for row in group_rows(assessment, assessment.whole)
    ]
    return make_table(columns, rows, columns[3:], w("causes")) if rows else w("nothing")


def _losses(assessment: Assessment) -> Any:
    """Return the table of what was lost and why."""
    w = _words(assessment)
    columns = [w("indicator"), w("property"), w("datasets"), w("lost-mean"), w("cause"), w("why")]
    rows = [
        [row.name, row.property, str(row.datasets), format_points(row.mean), row.cause_name or w("unmeasured"), row.why]
        for row in loss_rows(assessment, assessment.whole)
    ]
    return make_table(columns, rows, [columns[2]], w("lost")) if rows else w("nothing")


def _losses_of_one(assessment: Assessment, scored: ScoredDataset) -> Any:
    """Return the table of what one dataset lost and why."""
    w = _words(assessment)
    metrics = load_rubric().metrics
    columns = [w("indicator"), w("property"), w("lost"), w("cause"), w("why")]
    rows = []
    for loss in assessment.losses(scored):
        metric = metrics[loss.metric]
        cause = cause_name(loss.cause, assessment.language) if loss.outcome.met is False else w("unmeasured")
        why = assessment.why(metric, loss.outcome, scored.stage)
        rows.append([metric.name[assessment.language], metric.property, str(metric.points), cause, why])
    title = f"{scored.label.text or scored.iri} ({stage_name(scored.stage, assessment.language)})"
    return make_table(columns, rows, [columns[2]], title) if rows else w("nothing")


def _datasets(assessment: Assessment, every: bool) -> Any:
    """Return the table of datasets."""
    w = _words(assessment)
    columns = [w("dataset"), w("organisation"), w("stage"), w("points"), w("bar"), w("band"), w("applicable")]
    datasets = lowest(assessment) if every else lowest(assessment)[:_SHOWN]
    rows = []
    maximum = load_rubric().maximum
    for scored in datasets:
        figure = Figure(scored.score.points, maximum, scored.score.unmeasured)
        rows.append(
            [
                scored.label.text or scored.iri,
                _name(assessment, scored.publisher),
                stage_name(scored.stage, assessment.language),
                str(scored.score.points),
                bar(figure),
                band_name(band_code(figure), assessment.language),
                f"{scored.score.points}/{scored.applicable}",
            ]
        )
    return make_table(columns, rows, [columns[3], columns[6]], w("datasets" if every else "lowest"))


def _words(assessment: Assessment) -> Any:
    """Return a function that gives labels in the language of an assessment."""
    return lambda name: word(name, assessment.language)
