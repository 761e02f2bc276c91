"""
An assessment -> quality measurements in RDF, in a graph of their own.

In: an assessment. Out: things. Every measurement has an IRI made of the dataset and the indicator, so that bytes repeat
and a graph can be replaced. No time of the run is stated: what is said depends on the catalogue alone.

Spec: W3C Data Quality Vocabulary; indicators have the IRIs of the vocabulary that data.europa.eu uses.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence

from ...core.languages import LANGUAGES
from ...core.namespaces import DCT, RDF, SKOS, XSD
from ...core.syntaxes.nquads import write_quads
from ...core.syntaxes.turtle import Turtle
from ...core.terms import Iri, Literal, Properties, Term, Thing, expand
from .assessment import Assessment, Figure, ScoredDataset, rounded
from .measuring import IndicatorOutcome
from .rubric import load_rubric, word
from .things import is_blank

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~\-]*(?:/[A-Za-z0-9][A-Za-z0-9._~\-]*)*")


def graph_of(assessment: Assessment) -> Iri:
    """Return the IRI of the graph that holds the measurements."""
    return f"{assessment.base}quality"


def as_turtle(assessment: Assessment) -> Iterator[str]:
    """
    Yield the measurements as Turtle.

    Args:
        assessment: The assessment.
    """
    return Turtle(assessment.base, load_rubric().namespaces).write(things(assessment))


def as_quads(assessment: Assessment) -> Iterator[str]:
    """
    Yield the measurements as N-Quads, in the graph that they describe.

    Args:
        assessment: The assessment.
    """
    return (write_quads(thing, graph_of(assessment)) for thing in things(assessment))


def things(assessment: Assessment) -> Iterator[Thing]:
    """
    Yield the graph itself, the indicators of our own, and all measurements.

    Args:
        assessment: The assessment.

    Spec: DQV, QualityMeasurement.
    """
    graph = graph_of(assessment)
    about = [assessment.iri] if assessment.iri and not is_blank(assessment.iri) else []
    head: Properties = {RDF.type: [_dqv("QualityMetadata")], DCT.title: _labels("title")}
    yield Thing(graph, head | ({DCT.subject: about} if about else {}))
    yield from _own_metrics(assessment.base)
    for iri in about:
        yield from _linked(_summary(assessment, iri, assessment.figures()))
    for iri in assessment.ordered:
        if iri and not is_blank(iri):
            yield from _linked(_summary(assessment, iri, assessment.figures_of(iri)))
    for scored in assessment.datasets:
        if not is_blank(scored.iri):
            yield from _linked(_dataset(assessment, scored))


def _linked(measurements: Iterable[Thing]) -> Iterator[Thing]:
    """Yield measurements, then the things they are of, which point at them: readers follow either way."""
    iris_by_thing: dict[Iri, list[Term]] = {}
    for measurement in measurements:
        yield measurement
        iris_by_thing.setdefault(str(measurement.properties[_dqv("computedOn")][0]), []).append(measurement.iri)
    for iri, measurement_iris in iris_by_thing.items():
        yield Thing(iri, {_dqv("hasQualityMeasurement"): measurement_iris})


def left_out(assessment: Assessment) -> int:
    """Return how many datasets have no IRI and therefore no measurements."""
    return sum(1 for scored in assessment.datasets if is_blank(scored.iri))


def _dqv(name: str) -> Iri:
    """Return a term of the Data Quality Vocabulary."""
    return load_rubric().namespaces["dqv"] + name


def _pv(name: str) -> Iri:
    """Return an indicator of data.europa.eu."""
    return load_rubric().namespaces["pv"] + name


def _labels(name: str) -> list[Literal]:
    """Return one of our words in three languages."""
    return [Literal(word(name, language), language) for language in LANGUAGES]


def _own_metrics(base: Iri) -> Iterator[Thing]:
    """Yield the indicators that data.europa.eu lacks, described."""
    kinds = {"released": "integer", "applicable": "decimal", "unmeasured": "integer"}
    for name, kind in kinds.items():
        expected = [expand(f"xsd:{kind}")]
        yield Thing(
            f"{base}def/quality#{name}",
            {RDF.type: [_dqv("Metric")], SKOS.prefLabel: _labels(name), _dqv("expectedDataType"): expected},
        )


def place_of(base: Iri, iri: Iri) -> str:
    """
    Return what the IRIs of a thing's measurements begin with: readable for things of ours, else a digest.

    >>> place_of("https://example.org/", "https://example.org/dataset/a-1")
    'https://example.org/quality/dataset/a-1'
    >>> place_of("https://example.org/", "https://far.example/x?y=1")
    'https://example.org/quality/024af1da26e3131a'
    """
    local = iri.removeprefix(base)
    if local != iri and _SAFE.fullmatch(local):
        return f"{base}quality/{local}"
    return f"{base}quality/{hashlib.sha256(iri.encode()).hexdigest()[:16]}"


def _measurement(place: str, metric: Iri, name: str, on: Iri, value: Literal) -> Thing:
    """Return a measurement."""
    return Thing(
        f"{place}/{name}",
        {
            RDF.type: [_dqv("QualityMeasurement")],
            _dqv("isMeasurementOf"): [metric],
            _dqv("computedOn"): [on],
            _dqv("value"): [value],
        },
    )


def _integer(value: int) -> Literal:
    """Return a whole number."""
    return Literal(str(value), "", XSD.integer)


def _summary(assessment: Assessment, iri: Iri, figures: dict[str, tuple[int, Figure]]) -> Iterator[Thing]:
    """Yield the measurements of the catalogue or an organisation: score, released only, applicable."""
    place, own = place_of(assessment.base, iri), f"{assessment.base}def/quality#"
    (_count, strict), (released, of_released), (_all, fit) = figures.values()
    yield _measurement(place, _pv("scoring"), "scoring", iri, _integer(rounded(strict.points)))
    if released:
        value = _integer(rounded(of_released.points))
        yield _measurement(place, f"{own}released", "released", iri, value)
    share = Literal(f"{max(0.0, fit.points) / fit.of if fit.of else 0:.4f}", "", XSD.decimal)
    yield _measurement(place, f"{own}applicable", "applicable", iri, share)
    yield _measurement(place, f"{own}unmeasured", "unmeasured", iri, _integer(rounded(strict.unmeasured)))


def _dataset(assessment: Assessment, scored: ScoredDataset) -> Iterator[Thing]:
    """Yield what was measured of a dataset and of the distribution that counts, and the sums."""
    rubric, place = load_rubric(), place_of(assessment.base, scored.iri)
    pairs = list(zip(rubric.metrics.values(), scored.score.outcomes, strict=True))
    for metric, outcome in pairs:
        looked_at = metric.on != "dataset" and scored.best and not is_blank(scored.best)
        if outcome.met is None or outcome.reason in {"no-distribution", "no-url"}:
            continue
        on = scored.best if looked_at else scored.iri
        yield _measurement(place, _pv(metric.code), metric.code, on, _value(outcome))
    for group in rubric.dimensions:
        points = sum(metric.points for metric, outcome in pairs if outcome.met and metric.dimension == group.code)
        yield _measurement(place, _pv(group.sum), group.sum, scored.iri, _integer(points))
    yield _measurement(place, _pv("scoring"), "scoring", scored.iri, _integer(scored.score.points))
    yield from _extra(assessment, scored, place)


def _extra(assessment: Assessment, scored: ScoredDataset, place: str) -> Sequence[Thing]:
    """Return the measurements of a dataset that are ours."""
    own = f"{assessment.base}def/quality#"
    fit = Literal(f"{scored.score.points / (scored.applicable or 1):.4f}", "", XSD.decimal)
    return [
        _measurement(place, f"{own}applicable", "applicable", scored.iri, fit),
        _measurement(place, f"{own}unmeasured", "unmeasured", scored.iri, _integer(scored.score.unmeasured)),
    ]


def _value(outcome: IndicatorOutcome) -> Literal:
    """Return an HTTP code, or whether an indicator is fulfilled."""
    if outcome.code:
        return _integer(outcome.code)
    return Literal("true" if outcome.met else "false", "", XSD.boolean)
