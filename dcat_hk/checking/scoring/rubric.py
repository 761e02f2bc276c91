"""
The rubric as data: indicators with their points, bands, lists of values, causes and wordings.

In: the TOML files of this folder. Out: `Rubric` and what is looked up in it. It knows no catalogue.

Spec: the methodology of the metadata quality assessment of data.europa.eu.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Literal, NamedTuple

from ...core.terms import Iri
from ...core.wording.records import read_toml

On = Literal["dataset", "distribution", "either"]
Stage = Literal["released", "planned"]
Texts = Mapping[str, str]

_SCHEME = re.compile(r"^https?://")


@dataclass(frozen=True, slots=True)
class Metric:
    """
    An indicator: what is looked at, for how many points.

    `planned` is False if a dataset that is only planned cannot have it. `penalty` is what is taken off where
    the penalty for missing formats is wanted.
    """

    code: str
    dimension: str
    on: On
    property: str
    points: int
    name: Texts
    planned: bool = True
    penalty: int = 0


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension: its code, its name, and the code of the indicator that sums up its points."""

    code: str
    name: Texts
    sum: str


@dataclass(frozen=True, slots=True)
class Band:
    """A band of scores: its code, its name, and its fewest points."""

    code: str
    name: Texts
    least: int


@dataclass(frozen=True)
class Rubric:
    """
    What is measured, in order.

    >>> load_rubric().maximum, len(load_rubric().metrics)
    (405, 23)
    """

    metrics: Mapping[str, Metric]
    dimensions: tuple[Dimension, ...]
    bands: tuple[Band, ...]
    namespaces: Mapping[str, str]
    planned: tuple[str, ...]

    @cached_property
    def maximum(self) -> int:
        """Return how many points there are."""
        return sum(metric.points for metric in self.metrics.values())

    def band(self, points: int) -> Band:
        """
        Return the band that points belong to.

        >>> [load_rubric().band(points).code for points in (351, 350, 221, 220, 121, 120)]
        ['excellent', 'good', 'good', 'enough', 'enough', 'bad']
        """
        return next((band for band in self.bands if points >= band.least), self.bands[-1])

    def stage(self, statuses: tuple[str, ...]) -> Stage:
        """
        Return the stage of a dataset with these statuses: whatever is not planned counts as released.

        >>> load_rubric().stage(("https://example.org/def/plan#planned",))
        'planned'
        """
        return "planned" if any(status.endswith(self.planned) for status in statuses) else "released"


def _read(name: str) -> dict[str, Any]:
    """Return a data file of this folder."""
    return read_toml(__package__, name)


@cache
def load_rubric() -> Rubric:
    """Return the rubric of `metrics.toml`."""
    data = _read("metrics.toml")
    return Rubric(
        {code: Metric(code, **row) for code, row in data["metric"].items()},
        tuple(Dimension(code, row["name"], row["sum"]) for code, row in data["dimension"].items()),
        tuple(Band(code, row["name"], row["from"]) for code, row in data["band"].items()),
        data["namespaces"],
        tuple(data["stage"]["planned"]),
    )


# ---- lists


def key_of(iri: Iri) -> str:
    """
    Return an IRI as lists compare it: without scheme and without a slash at the end.

    >>> key_of("https://creativecommons.org/licenses/by/4.0/")
    'creativecommons.org/licenses/by/4.0'
    """
    return _SCHEME.sub("", iri).rstrip("/")


@dataclass(frozen=True)
class Lists:
    """
    The lists that values are looked up in.

    >>> lists = load_lists()
    >>> lists.file_type("http://publications.europa.eu/resource/authority/file-type/CSV")
    'CSV'
    >>> lists.media_type("http://www.iana.org/assignments/media-types/text/csv")
    'text/csv'
    >>> lists.is_licence("https://creativecommons.org/licenses/by/4.0/")
    True
    """

    data: Mapping[str, Any]

    def file_type(self, iri: Iri) -> str:
        """Return the code of a file type of the EU, nothing for any other IRI."""
        return key_of(iri).removeprefix(self.data["format"]["prefix"]) if self._has("format", iri) else ""

    def media_type(self, iri: Iri) -> str:
        """Return the media type that an IRI of IANA names, nothing for any other IRI."""
        prefix = self.data["media"]["prefix"]
        top, slash, name = key_of(iri).removeprefix(prefix).partition("/")
        if not key_of(iri).startswith(prefix) or not slash or not name or "/" in name:
            return ""
        return f"{top}/{name}".lower() if top.lower() in self._tops else ""

    def is_in(self, name: str, codes: frozenset[str], media: frozenset[str]) -> bool:
        """Return whether a file type or a media type is in a list of formats."""
        return bool(codes & self._codes[name] or media & self._media[name])

    def is_access_right(self, iri: Iri) -> bool:
        """Return whether an IRI is one of the EU's access rights."""
        return self._has("access-right", iri)

    def is_licence(self, iri: Iri) -> bool:
        """Return whether an IRI is a licence of the EU's table, or one that it matches exactly."""
        return self._has("licence", iri) or key_of(iri) in self._licences

    def _has(self, name: str, iri: Iri) -> bool:
        """Return whether an IRI is a concept of a table."""
        prefix = self.data[name]["prefix"]
        return key_of(iri).startswith(prefix) and key_of(iri).removeprefix(prefix) in self._codes[name]

    @cached_property
    def _codes(self) -> Mapping[str, frozenset[str]]:
        return {name: frozenset(row["codes"].split()) for name, row in self.data.items() if "codes" in row}

    @cached_property
    def _tops(self) -> frozenset[str]:
        return frozenset(self.data["media"]["types"].split())

    @cached_property
    def _licences(self) -> frozenset[str]:
        return frozenset(self.data["licence"]["same"])

    @cached_property
    def _media(self) -> Mapping[str, frozenset[str]]:
        types = self.data["media-types"]
        return {
            name: frozenset(media for code in self._codes[name] for media in types.get(code, ()))
            for name in ("non-proprietary", "machine-readable")
        }


@cache
def load_lists() -> Lists:
    """Return the lists of `lists.toml`."""
    return Lists(_read("lists.toml"))


# ---- causes and words


class Cause(NamedTuple):
    """Who or what a lost point is to be put down to, and why, by language."""

    code: str
    why: Texts


@cache
def find_cause(metric: str, reason: str, stage: Stage) -> Cause:
    """
    Return the cause of a lost point in a catalogue of ours.

    Args:
        metric: The indicator's code.

        reason: The reason's code.

        stage: The dataset's stage.

    >>> find_cause("knownLicence", "not-listed", "released").code
    'terms'
    """
    about = {"metrics": metric, "reasons": reason}
    for row in _causes():
        fits = all(value in row.get(name, (value,)) for name, value in about.items())
        if fits and row.get("stage", stage) == stage:
            return Cause(row["cause"], row["why"])
    raise AssertionError("the last row fits everything")


@cache
def _causes() -> tuple[Mapping[str, Any], ...]:
    """Return the rows of `causes.toml`."""
    return tuple(_read("causes.toml")["row"])


@cache
def _words() -> Mapping[str, Mapping[str, Texts]]:
    """Return the wordings of `words.toml`."""
    return _read("words.toml")


def word(name: str, language: str) -> str:
    """
    Return a label, such as a heading.

    >>> word("points", "zh-Hant")
    '得分'
    """
    return _words()["label"][name][language]


def reason_text(reason: str, metric: Metric, code: int, language: str) -> str:
    """
    Return why a point is lost, as a sentence.

    >>> reason_text("absent", load_rubric().metrics["keywordAvailability"], 0, "en")
    'There is no dcat:keyword.'
    """
    return _words()["reason"][reason][language].format(property=metric.property, code=code)


def cause_name(code: str, language: str) -> str:
    """Return the name of a cause; the empty code is a cause that is not known."""
    return _words()["cause"][code or "unknown"][language]
