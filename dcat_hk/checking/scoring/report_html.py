"""
An assessment -> one HTML page that needs nothing else: no script, no picture, no font from elsewhere.

In: an assessment. Out: text, piece by piece. All text from the catalogue is escaped, and marked with its language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files

from .assessment import Assessment, Figure, Label, Scored, rounded
from .report_rows import (
    band_code,
    band_name,
    dimension_rows,
    figure_rows,
    group_rows,
    loss_rows,
    lowest,
    organisation_rows,
    stage_name,
)
from .report_text import number
from .rubric import cause_name, load_rubric, word

#: More datasets than that make a page that no one scrolls through; the JSON has them all.
_MOST = 1000


def as_html(assessment: Assessment) -> Iterator[str]:
    """
    Yield the page of an assessment.

    Args:
        assessment: The assessment.

    Spec: WCAG 2.2: tables have captions and headers, bars have a text, colours have contrast.
    """
    yield from _head(assessment)
    yield _figures(assessment)
    yield _dimensions(assessment)
    if len(assessment.datasets) != 1:
        yield _organisations(assessment)
        yield _groups(assessment)
    yield _losses(assessment)
    yield from _datasets(assessment)
    yield "</main>\n</body>\n</html>\n"


def _head(assessment: Assessment) -> Iterator[str]:
    """Yield everything up to the first table."""
    language = assessment.language
    style = files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    title = word("title", language)
    name = _text(assessment.label, language) if assessment.label.text else ""
    plain = escape(f"{title}: {assessment.label.text}".rstrip(": "))
    yield f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{plain}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
    yield f"<h1>{escape(title)}{'<br>' if name else ''}{name}</h1>\n"
    introduction = word("introduction-share" if assessment.rules.share else "introduction", language)
    bands = [f"{band.name[language]} ≥ {band.least}" for band in load_rubric().bands]
    listed = word("band-list", language).format(bands=word("between", language).join(bands))
    for text in (introduction, listed, word("note", language), word("skip", language)):
        yield f"<p>{escape(text)}</p>\n"


def _text(label: Label, language: str) -> str:
    """Return a name from the catalogue, marked with its language where that is another."""
    if not label.language or label.language == language:
        return escape(label.text)
    return f'<span lang="{escape(label.language)}">{escape(label.text)}</span>'


def _bar(assessment: Assessment, figure: Figure) -> str:
    """Return a bar with a text for those who do not see it."""
    of = figure.of or 1
    full = min(100.0, max(0.0, 100 * figure.points / of))
    unknown = min(100 - full, 100 * figure.unmeasured / of)
    text = word("bar-text", assessment.language).format(
        points=number(figure.points), of=number(figure.of), unmeasured=number(figure.unmeasured)
    )
    parts = f'<i style="width:{full:.1f}%"></i><u style="width:{unknown:.1f}%"></u>'
    return f'<span class="bar" role="img" aria-label="{escape(text)}">{parts}</span>'


def _table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Return a table; the first cell of each row is its header; cells are HTML already."""
    marks = [' class="n"' if i in right else "" for i in range(len(columns))]
    head = "".join(f'<th scope="col"{m}>{escape(c)}</th>' for m, c in zip(marks, columns, strict=True))
    body = []
    for first, *rest in rows:
        cells = "".join(f"<td{m}>{cell}</td>" for m, cell in zip(marks[1:], rest, strict=True))
        body.append(f'<tr><th scope="row">{first}</th>{cells}</tr>\n')
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(caption)}">\n'
        f"<table>\n<caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{''.join(body)}</tbody>\n</table>\n</div>\n"
    )


def _band(code: str, language: str) -> str:
    """Return a band's name as a badge."""
    return f'<span class="band {code}">{escape(band_name(code, language))}</span>' if code else ""


def _figures(assessment: Assessment) -> str:
    """Return the table of the three figures."""
    language = assessment.language
    names = ("figure", "datasets", "points", "of", "bar", "band", "unmeasured", "share")
    rows = [
        [
            escape(row.name),
            str(row.datasets),
            f"<strong>{rounded(row.figure.points)}</strong>",
            number(row.figure.of),
            _bar(assessment, row.figure),
            _band(row.band, language),
            number(row.figure.unmeasured),
            f"{row.figure.share:.0%}",
        ]
        for row in figure_rows(assessment, assessment.figures())
        if row.datasets
    ]
    return _table(word("title", language), [word(n, language) for n in names], rows, (1, 2, 3, 6, 7))


def _dimensions(assessment: Assessment) -> str:
    """Return the table of dimensions."""
    language = assessment.language
    names = ("dimension", "points", "of", "bar", "unmeasured")
    rows = [
        [
            escape(name),
            number(figure.points),
            number(figure.of),
            _bar(assessment, figure),
            number(figure.unmeasured),
        ]
        for _code, name, figure in dimension_rows(assessment, assessment.whole)
    ]
    return _table(word("dimensions", language), [word(n, language) for n in names], rows, (1, 2, 4))


def _organisations(assessment: Assessment) -> str:
    """Return the table of organisations."""
    language = assessment.language
    names = ("organisation", "datasets", "points", "bar", "band", "released", "applicable")
    rows = [
        [
            _name(assessment, row.iri),
            str(row.datasets),
            f"<strong>{rounded(row.strict.points)}</strong>",
            _bar(assessment, row.strict),
            _band(row.band, language),
            row.released,
            row.applicable,
        ]
        for row in organisation_rows(assessment)
    ]
    return _table(word("organisations", language), [word(n, language) for n in names], rows, (1, 2, 5, 6))


def _name(assessment: Assessment, iri: str) -> str:
    """Return an organisation's name, else its IRI."""
    label = assessment.names[iri]
    return _text(label, assessment.language) if label.text else escape(iri or word("nobody", assessment.language))


def _groups(assessment: Assessment) -> str:
    """Return the table of causes."""
    language = assessment.language
    names = ("cause", "why", "indicators", "datasets", "lost-mean")
    rows = [
        [escape(row.cause), escape(row.why), escape(row.indicators), str(row.datasets), number(row.mean)]
        for row in group_rows(assessment, assessment.whole)
    ]
    return _table(word("causes", language), [word(n, language) for n in names], rows, (3, 4)) if rows else ""


def _losses(assessment: Assessment) -> str:
    """Return the table of what was lost and why."""
    language = assessment.language
    names = ("indicator", "property", "datasets", "lost-mean", "cause", "why")
    rows = [
        [
            escape(row.name),
            f"<code>{escape(row.property)}</code>",
            str(row.datasets),
            number(row.mean),
            escape(row.cause_name or word("unmeasured", language)),
            escape(row.why),
        ]
        for row in loss_rows(assessment, assessment.whole)
    ]
    if not rows:
        return f"<p>{escape(word('nothing', language))}</p>\n"
    return _table(word("lost", language), [word(n, language) for n in names], rows, (2, 3))


def _datasets(assessment: Assessment) -> Iterator[str]:
    """Yield the datasets, the fewest points first, each with what it lost folded away."""
    language = assessment.language
    found = lowest(assessment)
    yield f"<h2>{escape(word('datasets', language))}</h2>\n<p>{escape(word('lowest', language))}</p>\n"
    for scored in found[:_MOST]:
        yield _dataset(assessment, scored)
    if len(found) > _MOST:
        yield f"<p>{escape(word('more', language).format(count=len(found) - _MOST))}</p>\n"


def _dataset(assessment: Assessment, scored: Scored) -> str:
    """Return one dataset."""
    language, rubric = assessment.language, load_rubric()
    figure = Figure(scored.score.points, rubric.maximum, scored.score.unmeasured)
    label = scored.label if scored.label.text else Label(scored.iri)
    items = []
    for loss in assessment.losses(scored):
        metric = rubric.metrics[loss.metric]
        cause = cause_name(loss.cause, language) if loss.cause else ""
        mark = f' <span class="cause">{escape(cause)}</span>' if cause else ""
        why = escape(assessment.why(metric, loss.outcome, scored.stage))
        items.append(
            f"<li>{escape(metric.name[language])} (<code>{escape(metric.property)}</code>): "
            f"{metric.points}{mark} {why}</li>"
        )
    if scored.score.kind != scored.score.points:
        items.append(f"<li>{escape(word('kind', language).format(points=scored.score.kind))}</li>")
    told = f"<ul>{''.join(items)}</ul>" if items else f"<p>{escape(word('nothing', language))}</p>"
    link = f'<p><a href="{escape(scored.iri)}">{escape(scored.iri)}</a></p>' if _is_link(scored.iri) else ""
    return (
        f"<details><summary><strong>{scored.score.points}</strong> {_bar(assessment, figure)} "
        f"{_band(band_code(figure), language)} {_text(label, language)} "
        f'<span class="by">{_name(assessment, scored.publisher)}, {escape(stage_name(scored.stage, language))}'
        f"</span></summary>\n{link}{told}</details>\n"
    )


def _is_link(iri: str) -> bool:
    """Return whether an IRI can be followed; others, such as javascript:, must not become links."""
    return iri.startswith(("http://", "https://"))
