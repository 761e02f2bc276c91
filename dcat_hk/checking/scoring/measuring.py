"""
A thing -> outcomes: which indicators a dataset and its distributions fulfil.

In: things and the lists. Out: an `IndicatorOutcome` for each indicator: met, lost for a reason, or not measured.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from ...core.namespaces import DCAT, DCT, SKOS
from ...core.terms import Iri, Term, Thing, expand
from ...core.terms import Literal as Text
from .rubric import Lists, load_lists, load_rubric
from .things import is_blank

Alignment = Literal["either", "both"]


class IndicatorOutcome(NamedTuple):
    """
    Whether an indicator is met, None if it was not measured, and the reason for which points are lost.

    `code` is the HTTP status code of an address, 0 if there is none.
    """

    met: bool | None
    reason: str = ""
    code: int = 0


MET = IndicatorOutcome(True)
ABSENT = IndicatorOutcome(False, "absent")
UNCHECKED = IndicatorOutcome(None, "unchecked")

Outcomes = Mapping[str, IndicatorOutcome]


@dataclass(frozen=True)
class ScoringRules:
    """
    Which reading of the rubric applies where its sources differ.

    `least` and `most` bound the HTTP codes that count as an answer; `alignment` is whether a format *or* a
    media type from its vocabulary is enough, or both must be; `penalty` takes points off for missing formats;
    `share` gives a catalogue the sum of shares instead of the mean of its datasets.
    """

    least: int = 200
    most: int = 299
    alignment: Alignment = "either"
    penalty: bool = False
    share: bool = False

    def answers(self, code: int) -> bool:
        """Return whether an HTTP code counts as an answer."""
        return self.least <= code <= self.most


@dataclass(frozen=True)
class Measuring:
    """
    Measures things against the rubric.

    `thing` finds a thing by IRI, `answers` has the HTTP code by address (0 without an answer) and is None when no
    address was asked, `failing` has the datasets that violate the shapes and is None when nothing was validated.
    """

    thing: Callable[[Iri], Thing]
    rules: ScoringRules = ScoringRules()
    answers: Mapping[Iri, int] | None = None
    failing: frozenset[Iri] | None = None
    lists: Lists = field(default_factory=load_lists)

    def dataset(self, dataset: Thing) -> Outcomes:
        """
        Return the outcomes of what is measured on a dataset.

        Args:
            dataset: The dataset.

        Spec: metadata quality assessment, indicators of datasets.
        """
        outcomes = _availability(dataset, ("dataset", "either"))
        outcomes["accessRightsVocabularyAlignment"] = _listed(
            _values(dataset, DCT.accessRights), self.lists.is_access_right
        )
        if self.failing is None:
            outcomes["dcatApCompliance"] = IndicatorOutcome(None, "unvalidated")
        else:
            outcomes["dcatApCompliance"] = IndicatorOutcome(False, "violates") if dataset.iri in self.failing else MET
        return outcomes

    def distribution(self, distribution: Thing) -> Outcomes:
        """
        Return the outcomes of what is measured on a distribution.

        Args:
            distribution: The distribution.

        Spec: metadata quality assessment, indicators of distributions.
        """
        outcomes = _availability(distribution, ("distribution", "either"))
        outcomes["accessUrlStatusCode"] = self._answer(_values(distribution, DCAT.accessURL))
        outcomes["downloadUrlStatusCode"] = self._answer(_values(distribution, DCAT.downloadURL))
        outcomes["knownLicence"] = _listed(_values(distribution, DCT.license), self._is_known_licence)
        return outcomes | self._formats(_values(distribution, DCT.format), _values(distribution, DCAT.mediaType))

    def _formats(self, formats: Sequence[Term], media: Sequence[Term]) -> dict[str, IndicatorOutcome]:
        """Return what is made of format and media type together."""
        codes = frozenset(filter(None, (self.lists.file_type(term) for term in formats if isinstance(term, str))))
        types = frozenset(filter(None, (self.lists.media_type(term) for term in media if isinstance(term, str))))
        loss = _not_in_list([*formats, *media])
        aligned = bool(codes and types) if self.rules.alignment == "both" else bool(codes or types)
        return {
            "formatMediaTypeVocabularyAlignment": MET if aligned else loss,
            "formatMediaTypeNonProprietary": MET if self.lists.is_in("non-proprietary", codes, types) else loss,
            "formatMediaTypeMachineInterpretable": MET if self.lists.is_in("machine-readable", codes, types) else loss,
        }

    def _answer(self, urls: Sequence[Term]) -> IndicatorOutcome:
        """Return the best that any of several addresses gives."""
        addresses = [url for url in urls if isinstance(url, str) and not is_blank(url)]
        if not addresses:
            return IndicatorOutcome(False, "no-url")
        if self.answers is None:
            return UNCHECKED
        codes = [self.answers[url] for url in addresses if url in self.answers]
        good = [code for code in codes if self.rules.answers(code)]
        if good:
            return IndicatorOutcome(True, "", good[0])
        if len(codes) < len(addresses):
            return IndicatorOutcome(None, "unasked")
        return IndicatorOutcome(False, "status", max(codes)) if max(codes) else IndicatorOutcome(False, "no-answer")

    def _is_known_licence(self, iri: Iri) -> bool:
        """Return whether a licence, or one that it says it matches exactly, is in the list."""
        if self.lists.is_licence(iri):
            return True
        matches = self.thing(iri).properties.get(SKOS.exactMatch, ())
        return any(isinstance(term, str) and self.lists.is_licence(term) for term in matches)


def _values(thing: Thing, predicate: Iri) -> Sequence[Term]:
    """Return the values of a property that say anything."""
    return [term for term in thing.properties.get(predicate, ()) if isinstance(term, str) or term.value.strip()]


@lru_cache(maxsize=4)
def _plainly_available(kinds: tuple[str, ...]) -> tuple[tuple[str, Iri], ...]:
    """Return the indicators that ask only whether a property is there, with the property."""
    return tuple(
        (code, expand(metric.property))
        for code, metric in load_rubric().metrics.items()
        if metric.on in kinds and code.endswith("Availability")
    )


def _availability(thing: Thing, kinds: tuple[str, ...]) -> dict[str, IndicatorOutcome]:
    """Return the outcomes of the indicators that ask only whether a property is there."""
    return {code: MET if _values(thing, iri) else ABSENT for code, iri in _plainly_available(kinds)}


def _listed(values: Sequence[Term], is_known: Callable[[Iri], bool]) -> IndicatorOutcome:
    """Return whether any value is in a list."""
    is_listed = any(isinstance(term, str) and is_known(term) for term in values)
    return MET if is_listed else _not_in_list(values)


def _not_in_list(values: Sequence[Term]) -> IndicatorOutcome:
    """Return why no value is in a list."""
    if not values:
        return ABSENT
    return IndicatorOutcome(False, "literal" if all(isinstance(term, Text) for term in values) else "not-listed")
