"""
A catalogue -> its assessment: the scores of all datasets, summed up for the catalogue and for each organisation.

In: a catalogue and what it is measured with. Out: `Assessment`, small values that the writers of text, JSON, HTML and
DQV print. A dataset's score takes some hundred bytes, whatever the size of its description.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ...core.languages import match_language
from ...core.namespaces import ADMS, DCAT, DCT, FOAF, RDFS, SKOS, VCARD
from ...core.terms import Iri, Literal, Properties, Thing
from ..sources import SourceFinding
from .measuring import IndicatorOutcome, Measuring, ScoringRules
from .points import Score, applicable, is_applicable, score
from .rubric import Metric, Stage, find_cause, load_rubric, reason_text
from .things import Catalogue, is_blank

_ADDRESSES = (DCAT.accessURL, DCAT.downloadURL)
_LABELS = (DCT.title, FOAF.name, SKOS.prefLabel, RDFS.label, VCARD.fn)


class TaggedLabel(NamedTuple):
    """A name and the language it is in."""

    text: str
    language: str = ""


class Loss(NamedTuple):
    """Points that a dataset lost, or that were not measured: the indicator, why, and the cause if it is known."""

    metric: str
    outcome: IndicatorOutcome
    cause: str


@dataclass(frozen=True, slots=True)
class ScoredDataset:
    """A dataset with its score; `best` is the IRI of the distribution that counts."""

    iri: Iri
    label: TaggedLabel
    publisher: Iri
    stage: Stage
    score: Score
    applicable: int
    best: Iri


class Figure(NamedTuple):
    """Points of so many that could be had, and how many of those were not measured. Means are not rounded."""

    points: float
    of: float
    unmeasured: float

    @property
    def share(self) -> float:
        """
        Return the points as a share of those that were measured.

        >>> Figure(100, 405, 5).share
        0.25
        """
        return max(0.0, self.points) / (self.of - self.unmeasured) if self.of > self.unmeasured else 0.0


def rounded(points: float) -> int:
    """
    Return points as a whole number, a half upwards, also of points below zero, which penalties give.

    >>> rounded(120.5), rounded(120.4), rounded(-2.5)
    (121, 120, -2)
    """
    return math.floor(points + 0.5)


@dataclass
class Tally:
    """Sums over some datasets."""

    count: int = 0
    points: int = 0
    unmeasured: int = 0
    applicable: int = 0
    met: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    bands: Counter[str] = field(default_factory=Counter)
    losses: Counter[tuple[str, Stage, IndicatorOutcome]] = field(default_factory=Counter)
    distributions: int = 0
    met_by_distributions: Counter[str] = field(default_factory=Counter)

    def add(self, scored: ScoredDataset) -> None:
        """Add a dataset."""
        rubric = load_rubric()
        self.count += 1
        self.points += scored.score.points
        self.unmeasured += scored.score.unmeasured
        self.applicable += scored.applicable
        self.bands[rubric.band(scored.score.points).code] += 1
        for code, outcome in zip(rubric.metrics, scored.score.outcomes, strict=True):
            if outcome.met:
                self.met[code] += 1
                continue
            self.unknown[code] += outcome.met is None
            self.losses[code, scored.stage, outcome] += 1

    def add_distributions(self, measured: Sequence[Mapping[str, IndicatorOutcome]]) -> None:
        """Add all distributions of a dataset, for the sum of shares."""
        self.distributions += len(measured)
        for outcomes in measured:
            self.met_by_distributions.update(code for code, outcome in outcomes.items() if outcome.met)

    def figure(self, rules: ScoringRules) -> Figure:
        """Return the score: the mean of the datasets, or the sum of shares."""
        maximum = load_rubric().maximum
        if not self.count:
            return Figure(0, maximum, 0)
        points = self._shares() if rules.share else self.points / self.count
        return Figure(points, maximum, self.unmeasured / self.count)

    def figure_of_applicable(self) -> Figure:
        """Return the mean points of the mean of those that the datasets could have at their stages."""
        if not self.count:
            return Figure(0, load_rubric().maximum, 0)
        return Figure(self.points / self.count, self.applicable / self.count, self.unmeasured / self.count)

    def dimension(self, code: str) -> Figure:
        """Return the mean points of one dimension."""
        metrics = [metric for metric in load_rubric().metrics.values() if metric.dimension == code]
        count = self.count or 1
        points = sum(metric.points * self.met[metric.code] for metric in metrics) / count
        unknown = sum(metric.points * self.unknown[metric.code] for metric in metrics) / count
        return Figure(points, sum(metric.points for metric in metrics), unknown)

    def _shares(self) -> float:
        """Return the points of each indicator times the share of those that fulfil it."""
        total = 0.0
        for code, metric in load_rubric().metrics.items():
            if metric.on == "dataset":
                total += metric.points * self.met[code] / self.count
            elif self.distributions:
                total += metric.points * self.met_by_distributions[code] / self.distributions
        return total


@dataclass
class Assessment:
    """The scores of a catalogue."""

    iri: Iri
    label: TaggedLabel
    base: Iri
    language: str
    rules: ScoringRules
    checked: bool
    validated: bool
    ours: bool
    whole: Tally = field(default_factory=Tally)
    released: Tally = field(default_factory=Tally)
    organisations: dict[Iri, Tally] = field(default_factory=dict)
    released_of: dict[Iri, Tally] = field(default_factory=dict)
    names: dict[Iri, TaggedLabel] = field(default_factory=dict)
    datasets: list[ScoredDataset] = field(default_factory=list)
    #: How many things of other classes there are, which the method does not score, by class.
    not_scored: Mapping[Iri, int] = field(default_factory=dict)
    #: What is wrong with single values of the files.
    findings: Sequence[SourceFinding] = ()

    def losses(self, scored: ScoredDataset) -> Iterator[Loss]:
        """Yield what a dataset lost, in the order of the rubric."""
        for metric, outcome in zip(load_rubric().metrics, scored.score.outcomes, strict=True):
            if not outcome.met:
                yield Loss(metric, outcome, self.cause(metric, outcome, scored.stage)[0])

    def cause(self, metric: str, outcome: IndicatorOutcome, stage: Stage) -> tuple[str, str]:
        """Return the cause of a lost point and why, in the language; both empty where it is not known."""
        if not self.ours or outcome.met is None:
            return "", ""
        cause = find_cause(metric, outcome.reason, stage)
        return cause.code, cause.why[self.language]

    def why(self, metric: Metric, outcome: IndicatorOutcome, stage: Stage) -> str:
        """Return why points are lost, as sentences."""
        text = reason_text(outcome.reason, metric, outcome.code, self.language)
        background = self.cause(metric.code, outcome, stage)[1]
        between = "" if self.language.startswith("zh") or not background else " "
        return text + between + background

    @cached_property
    def ordered(self) -> list[Iri]:
        """Return the organisations in the order of their names, those without a name last."""
        return sorted(self.organisations, key=lambda iri: (not iri, self.names[iri].text, iri))

    def figures(self) -> dict[str, tuple[int, Figure]]:
        """Return the three figures of the catalogue, each with how many datasets it is of."""
        return _figures(self.whole, self.released, self.rules)

    def figures_of(self, organisation: Iri) -> dict[str, tuple[int, Figure]]:
        """Return the three figures of an organisation."""
        return _figures(self.organisations[organisation], self.released_of.get(organisation, Tally()), self.rules)


def not_scored_text(counts: Mapping[Iri, int]) -> str:
    """
    Return how many things of each class are not scored, as part of a sentence; empty if there are none.

    >>> not_scored_text({DCAT.DatasetSeries: 1, DCAT.CatalogRecord: 2})
    '1 × dcat:DatasetSeries, 2 × dcat:CatalogRecord'
    """
    return ", ".join(f"{count:,} × dcat:{iri.rpartition('#')[2]}" for iri, count in counts.items())


def _figures(whole: Tally, released: Tally, rules: ScoringRules) -> dict[str, tuple[int, Figure]]:
    """Return the three figures of some datasets."""
    return {
        "strict": (whole.count, whole.figure(rules)),
        "released": (released.count, released.figure(rules)),
        "applicable": (whole.count, whole.figure_of_applicable()),
    }


def is_blamed(metric: str, outcome: IndicatorOutcome, stage: Stage) -> bool:
    """Return whether a lost point also counts in the figure of applicable points."""
    return is_applicable(metric, outcome, stage)


# ---- making one


def assess(
    catalogue: Catalogue,
    measuring: Measuring,
    base: Iri,
    language: str,
    is_selected: Callable[[Iri], bool] = lambda _iri: True,
) -> Assessment:
    """
    Return the assessment of a catalogue.

    Args:
        catalogue: The catalogue.

        measuring: Measures datasets and distributions.

        base: The base IRI of measurements.

        language: The language of names and reasons: en, zh-Hant or zh-Hans.

        is_selected: Returns whether a dataset is scored.

    Spec: metadata quality assessment; the score of a catalogue is the rounded mean of its datasets'.
    """
    top = catalogue.thing(catalogue.top)
    assessment = Assessment(
        iri=top.iri,
        label=_label(top.properties, language),
        base=base,
        language=language,
        rules=measuring.rules,
        checked=measuring.answers is not None,
        validated=measuring.failing is not None,
        ours=bool(catalogue.base()) and _is_ours(catalogue),
        not_scored=catalogue.not_scored(),
    )
    unique_outcomes: dict[IndicatorOutcome | tuple[IndicatorOutcome, ...], object] = {}
    for iri in filter(is_selected, catalogue.datasets):
        _add_dataset(assessment, catalogue, measuring, iri, unique_outcomes)
    return assessment


def _is_ours(catalogue: Catalogue) -> bool:
    """Return whether a catalogue was made by this program: its records are entries of plans."""
    base = catalogue.base()
    statuses = {f"{base}def/plan#released", f"{base}def/plan#planned"}
    first = catalogue.datasets[:1]
    return any(statuses.intersection(_iris(catalogue.thing(iri), ADMS.status)) for iri in first)


def _add_dataset(
    assessment: Assessment,
    catalogue: Catalogue,
    measuring: Measuring,
    iri: Iri,
    unique_outcomes: dict[IndicatorOutcome | tuple[IndicatorOutcome, ...], object],
) -> None:
    """Score a dataset and add it to the tallies of the catalogue and its publisher."""
    dataset = catalogue.thing(iri)
    distributions = _iris(dataset, DCAT.distribution)
    measured = [measuring.distribution(catalogue.thing(each)) for each in distributions]
    points = score(measuring.dataset(dataset), measured, measuring.rules)
    # Most datasets lose the same points: their outcomes are kept once.
    outcomes = unique_outcomes.setdefault(points.outcomes, points.outcomes)
    points = points._replace(outcomes=outcomes)  # type: ignore[arg-type]
    publisher = next(iter(_iris(dataset, DCT.publisher)), "")
    publisher = "" if is_blank(publisher) and not catalogue.thing(publisher).properties else publisher
    stage = load_rubric().stage(tuple(_iris(dataset, ADMS.status)))
    scored = ScoredDataset(
        iri,
        _label(dataset.properties, assessment.language),
        publisher,
        stage,
        points,
        applicable(points.outcomes, stage),
        distributions[points.best] if points.best >= 0 else "",
    )
    assessment.datasets.append(scored)
    if publisher not in assessment.names:
        assessment.names[publisher] = _label(catalogue.thing(publisher).properties, assessment.language)
    tallies = [assessment.whole, assessment.organisations.setdefault(publisher, Tally())]
    if stage == "released":
        tallies += [assessment.released, assessment.released_of.setdefault(publisher, Tally())]
    for tally in tallies:
        tally.add(scored)
        tally.add_distributions(measured)


def addresses(catalogue: Catalogue, is_selected: Callable[[Iri], bool] = lambda _iri: True) -> set[Iri]:
    """
    Return every address that the distributions of a catalogue name.

    Args:
        catalogue: The catalogue.

        is_selected: Returns whether the addresses of a dataset are returned.
    """
    return {
        address
        for dataset in filter(is_selected, catalogue.datasets)
        for distribution in _iris(catalogue.thing(dataset), DCAT.distribution)
        for name in _ADDRESSES
        for address in _iris(catalogue.thing(distribution), name)
    }


def _iris(thing: Thing, predicate: Iri) -> list[Iri]:
    """Return the IRIs that are values of a property."""
    return [term for term in thing.properties.get(predicate, ()) if isinstance(term, str)]


def _label(properties: Properties, language: str) -> TaggedLabel:
    """Return the label of a thing that fits a language best."""
    for predicate in _LABELS:
        texts = [term for term in properties.get(predicate, ()) if isinstance(term, Literal)]
        if texts:
            return _best(texts, language)
    return TaggedLabel("")


def _best(texts: Sequence[Literal], language: str) -> TaggedLabel:
    """Return the text that fits a language best; the first if none fits."""
    by_tag = {text.language: text for text in reversed(texts)}
    tag = language if language in by_tag else None
    if tag is None:
        # Derived labels first: match_language does not know the extension T.
        tag = next((tag for tag in by_tag if tag.startswith(f"{language}-")), None)
    if tag is None and len(by_tag) > 1:
        tag = match_language(language, [tag for tag in by_tag if tag])
    best = by_tag[tag] if tag in by_tag else texts[0]
    return TaggedLabel(best.value, best.language)
