"""
An assessment -> one HTML page that loads nothing: no script, no picture, no font from elsewhere.

In: an assessment. Out: text, piece by piece. The template stands in `templates/score.html`; names from the catalogue
are marked with their language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ...core.pages import page_templates
from .assessment import Assessment, Figure, ScoredDataset, TaggedLabel, rounded
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

#: The most datasets that a page lists; the JSON has all of them.
_MOST_DATASETS = 1000


@dataclass(frozen=True, slots=True)
class ReportCell:
    """
    A cell of a table.

    `style` is empty for text of our own, `name` for a name from the catalogue, or `strong`, `code`, `bar` or `band`.
    A name has its language if that is another than the page's, a bar the percentages of points that were earned and
    of those that were not measured, a band the code of its colour.
    """

    text: str
    style: str = ""
    language: str = ""
    earned: float = 0
    unmeasured: float = 0
    code: str = ""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table; `numeric` are the positions of columns of numbers."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[ReportCell]]
    numeric: Sequence[int] = ()


#: The cells of a row; a string is a cell with text of our own.
_Row = Sequence[ReportCell | str]


def as_html(assessment: Assessment) -> Iterator[str]:
    """
    Yield the page of an assessment.

    Args:
        assessment: The assessment.

    Spec: WCAG 2.2: tables have captions and headers, bars have a text, colours have contrast.
    """
    language = assessment.language
    rubric = load_rubric()
    bands = word("between", language).join(f"{band.name[language]} ≥ {band.least}" for band in rubric.bands)
    introduction = "introduction-share" if assessment.rules.share else "introduction"
    tables = [_figures(assessment), _dimensions(assessment)]
    if len(assessment.datasets) != 1:
        tables += [_organisations(assessment), _groups(assessment)]
    tables.append(_losses(assessment))
    datasets = lowest(assessment)
    values = {
        "language": language,
        "title": f"{word('title', language)}: {assessment.label.text}".rstrip(": "),
        "word": partial(word, language=language),
        "label": _label(assessment.label, language),
        "paragraphs": [
            word(introduction, language),
            word("band-list", language).format(bands=bands),
            word("note", language),
            word("skip", language),
        ],
        "tables": [table for table in tables if table.rows],
        "losses": bool(tables[-1].rows),
        "datasets": (_dataset(assessment, scored) for scored in datasets[:_MOST_DATASETS]),
        "left_out": max(0, len(datasets) - _MOST_DATASETS),
    }
    yield from page_templates(__package__).get_template("score.html").generate(values)
    yield "\n"


def _label(label: TaggedLabel, language: str) -> ReportCell:
    """Return a name from the catalogue, with its language where that is another than the page's."""
    return ReportCell(label.text, "name", label.language if label.language != language else "")


def _bar(assessment: Assessment, figure: Figure) -> ReportCell:
    """Return a bar with a text for readers who do not see it."""
    of = figure.of or 1
    earned = min(100.0, max(0.0, 100 * figure.points / of))
    unmeasured = min(100 - earned, 100 * figure.unmeasured / of)
    text = word("bar-text", assessment.language).format(
        points=format_points(figure.points),
        of=format_points(figure.of),
        unmeasured=format_points(figure.unmeasured),
    )
    return ReportCell(text, "bar", earned=earned, unmeasured=unmeasured)


def _band(code: str, language: str) -> ReportCell:
    """Return the name of a band as a badge; an empty cell for no band."""
    return ReportCell(band_name(code, language), "band", code=code) if code else ReportCell("")


def _table(
    assessment: Assessment,
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[ReportCell | str]],
    *numeric: int,
) -> ReportTable:
    """Return a table with caption and columns in words."""
    language = assessment.language
    cells = [[cell if isinstance(cell, ReportCell) else ReportCell(cell) for cell in row] for row in rows]
    return ReportTable(word(caption, language), [word(name, language) for name in columns], cells, numeric)


def _figures(assessment: Assessment) -> ReportTable:
    """Return the table of the three figures."""
    rows: list[_Row] = [
        [
            row.name,
            str(row.datasets),
            ReportCell(str(rounded(row.figure.points)), "strong"),
            format_points(row.figure.of),
            _bar(assessment, row.figure),
            _band(row.band, assessment.language),
            format_points(row.figure.unmeasured),
            f"{row.figure.share:.0%}",
        ]
        for row in figure_rows(assessment, assessment.figures())
        if row.datasets
    ]
    columns = ("figure", "datasets", "points", "of", "bar", "band", "unmeasured", "share")
    return _table(assessment, "title", columns, rows, 1, 2, 3, 6, 7)


def _dimensions(assessment: Assessment) -> ReportTable:
    """Return the table of dimensions."""
    rows: list[_Row] = [
        [
            name,
            format_points(figure.points),
            format_points(figure.of),
            _bar(assessment, figure),
            format_points(figure.unmeasured),
        ]
        for _code, name, figure in dimension_rows(assessment, assessment.whole)
    ]
    return _table(assessment, "dimensions", ("dimension", "points", "of", "bar", "unmeasured"), rows, 1, 2, 4)


def _organisations(assessment: Assessment) -> ReportTable:
    """Return the table of organisations."""
    rows: list[_Row] = [
        [
            _organisation(assessment, row.iri),
            str(row.datasets),
            ReportCell(str(rounded(row.strict.points)), "strong"),
            _bar(assessment, row.strict),
            _band(row.band, assessment.language),
            row.released,
            row.applicable,
        ]
        for row in organisation_rows(assessment)
    ]
    columns = ("organisation", "datasets", "points", "bar", "band", "released", "applicable")
    return _table(assessment, "organisations", columns, rows, 1, 2, 5, 6)


def _organisation(assessment: Assessment, iri: str) -> ReportCell:
    """Return the name of an organisation, else its IRI."""
    label = assessment.names[iri]
    return (
        _label(label, assessment.language)
        if label.text
        else ReportCell(iri or word("nobody", assessment.language), "name")
    )


def _groups(assessment: Assessment) -> ReportTable:
    """Return the table of causes."""
    rows: list[_Row] = [
        [row.cause, row.why, row.indicators, str(row.datasets), format_points(row.mean)]
        for row in group_rows(assessment, assessment.whole)
    ]
    return _table(assessment, "causes", ("cause", "why", "indicators", "datasets", "lost-mean"), rows, 3, 4)


def _losses(assessment: Assessment) -> ReportTable:
    """Return the table of lost points by indicator and reason."""
    rows: list[_Row] = [
        [
            row.name,
            ReportCell(row.property, "code"),
            str(row.datasets),
            format_points(row.mean),
            row.cause_name or word("unmeasured", assessment.language),
            row.why,
        ]
        for row in loss_rows(assessment, assessment.whole)
    ]
    columns = ("indicator", "property", "datasets", "lost-mean", "cause", "why")
    return _table(assessment, "lost", columns, rows, 2, 3)


def _dataset(assessment: Assessment, scored: ScoredDataset) -> dict[str, Any]:
    """Return what the page says about a dataset."""
    language, rubric = assessment.language, load_rubric()
    figure = Figure(scored.score.points, rubric.maximum, scored.score.unmeasured)
    label = scored.label if scored.label.text else TaggedLabel(scored.iri)
    losses = []
    for loss in assessment.losses(scored):
        metric = rubric.metrics[loss.metric]
        losses.append(
            {
                "name": metric.name[language],
                "property": metric.property,
                "points": metric.points,
                "cause": cause_name(loss.cause, language) if loss.cause else "",
                "why": assessment.why(metric, loss.outcome, scored.stage),
            }
        )
    note = word("kind", language).format(points=scored.score.kind) if scored.score.kind != scored.score.points else ""
    return {
        "points": scored.score.points,
        "bar": _bar(assessment, figure),
        "band": _band(band_code(figure), language),
        "label": _label(label, language),
        "publisher": _organisation(assessment, scored.publisher),
        "stage": stage_name(scored.stage, language),
        # An IRI such as javascript: must not become a link.
        "address": scored.iri if scored.iri.startswith(("http://", "https://")) else "",
        "losses": losses,
        "note": note,
    }
