"""
Published catalogue -> what its plans list, and the steps between them.

In: an output folder. Out: the plain values that fulfilment is worked out from, the same as those of the files that were
read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, cast

from ...core.errors import NotReadable
from ...core.namespaces import DCAT, DCT, FOAF, LANGUAGE, PROV, RDF, PlanTerms
from ...core.plan import Section, Stage
from ...core.terms import Iri, Literal, Thing
from ...reconciliation.evidence import PortalEvidence, Sighting, known_evidence
from ...reconciliation.items import ItemKey, without_short_name
from ...reconciliation.listings import ENDINGS, ListedPlan, Listing, PlanStep, known_in
from ...reconciliation.promises import Promise, find_promises, find_returned
from .published import base_of, read_things

#: Where a promise may stand while a person still has to say whether another row is the same dataset.
_MAY_WAIT = frozenset({"open", "released", *ENDINGS})


class PublishedChange(NamedTuple):
    """
    What a published catalogue says of an entry in the next plan.

    Args:
        plan: The IRI of the newer plan.

        fate: The notation of its fate.

        months: By how many months, where the fate tells of months.

        differs: The notations of what else is different.

        before: The record of the older plan; empty for an entry that only the newer one has.

        after: The record of the newer plan that goes on with it; empty without one.
    """

    plan: Iri
    fate: str
    months: int | None
    differs: tuple[str, ...]
    before: Iri
    after: Iri


class PublishedHistory(NamedTuple):
    """
    What a published catalogue says of the years.

    Args:
        base: The base IRI of the catalogue.

        plans: What its plans list.

        steps: The steps between them.

        settled: The identifiers of promised datasets of which a person need not say whether another row is the same.

        changes: What became of the entries of each plan in the next one.

        evidence: What the portal tells of promised datasets, by identifier.
    """

    base: Iri
    plans: list[ListedPlan]
    steps: list[PlanStep]
    settled: frozenset[str]
    changes: tuple[PublishedChange, ...] = ()
    evidence: Mapping[str, PortalEvidence] = {}

    def find_promises(self, month: str) -> tuple[Promise, ...]:
        """
        Return the promises that were known in a month: newer plans and judgements make no difference to them.

        Args:
            month: The month, as in 2024-03.
        """
        plans, steps = known_in(self.plans, self.steps, month)
        return find_promises(plans, steps, _find_denied(self, month), known_evidence(self.evidence, month))


def _find_denied(history: PublishedHistory, month: str) -> frozenset[tuple[str, str]]:
    """
    Return the pairs of records that people had denied in a month.

    A catalogue tells when a person last judged a record, and which promises wait for a person. A pair that would wait,
    and whose promises do not, was denied.
    """
    decided = {record: when for step in history.steps for record, when in step.decided.items()}
    if not decided:
        return frozenset()
    return frozenset(
        (older.record, newer.record)
        for older, newer in find_returned(history.plans, history.steps)
        if decided.get(older.record, "9999") <= month
        and not history.settled.isdisjoint({older.identifier, newer.identifier})
    )


@dataclass
class _Things:
    """The things of a catalogue that matter here."""

    plans: dict[Iri, Thing] = field(default_factory=dict)
    periods: dict[Iri, tuple[int, int]] = field(default_factory=dict)
    languages: dict[Iri, Iri] = field(default_factory=dict)
    records: dict[Iri, list[Thing]] = field(default_factory=dict)
    changes: dict[Iri, list[Thing]] = field(default_factory=dict)
    standings: dict[str, str] = field(default_factory=dict)
    names: dict[Iri, str] = field(default_factory=dict)
    sightings: dict[str, list[Thing]] = field(default_factory=dict)
    candidates: dict[str, PortalEvidence] = field(default_factory=dict)


def read_history(folder: Path) -> PublishedHistory:
    """
    Return what the plans of a published catalogue list, and what became of each entry.

    Args:
        folder: An output folder.

    Raises:
        NotReadable: The folder holds no published catalogue, or one without promises.
    """
    base = base_of(folder)
    terms = PlanTerms(base)
    things = _read(folder, terms)
    stages = {stage: name for name, stage in terms.stages.items()}
    is_planned = any(
        terms.stages["planned"] in record.properties.get(terms.stage, ())
        for records in things.records.values()
        for record in records
    )
    if is_planned and not things.standings:
        raise NotReadable.of("catalogue.no-promises", str(folder))
    plans = [_list_plan(iri, things, terms, stages) for iri in things.plans]
    steps = [
        _step(str(before), iri, things, terms)
        for iri, plan in things.plans.items()
        for before in plan.properties.get(PROV.wasRevisionOf, ())
    ]
    settled = frozenset(dataset for dataset, standing in things.standings.items() if standing not in _MAY_WAIT)
    changes = tuple(_describe_change(one, terms) for each in things.changes.values() for one in each)
    evidence = things.candidates | {dataset: _evidence(found, terms) for dataset, found in things.sightings.items()}
    return PublishedHistory(base, plans, steps, settled, changes, evidence)


def _describe_change(change: Thing, terms: PlanTerms) -> PublishedChange:
    """Return what a change says."""
    months = _value(change, terms.months)
    return PublishedChange(
        _value(change, terms.inPlan),
        _value(change, terms.fate).rpartition("#")[2],
        int(months) if months else None,
        tuple(iri.rpartition("#")[2] for iri in _iris(change, terms.differs)),
        _value(change, terms.before),
        _value(change, terms.after),
    )


def _read(folder: Path, terms: PlanTerms) -> _Things:
    """Return the plans, records and changes of a catalogue, in the order of its file."""
    things = _Things()
    for _graph, thing in read_things(folder):
        types = thing.properties.get(RDF.type, ())
        if terms.Plan in types:
            things.plans[thing.iri] = thing
        elif DCT.PeriodOfTime in types and thing.iri.partition("#")[0] in things.plans:
            # That of a plan stands after it; those of datasets may be months, or have no end.
            first, last = (int(_value(thing, name)) for name in (DCAT.startDate, DCAT.endDate))
            things.periods[thing.iri] = (first, last)
        elif PROV.specializationOf in thing.properties:
            things.languages[thing.iri] = str(thing.properties[DCT.language][0])
        elif terms.Entry in types:
            things.records.setdefault(_plan_of(thing.iri), []).append(thing)
        elif terms.Change in types:
            things.changes.setdefault(str(thing.properties[terms.inPlan][0]), []).append(thing)
        elif FOAF.name in thing.properties:
            things.names[thing.iri] = _value(thing, FOAF.name)
        elif terms.Sighting in types:
            things.sightings.setdefault(thing.iri.rpartition("/")[2].partition("#")[0], []).append(thing)
        elif terms.Promise in types:
            dataset = _value(thing, FOAF.primaryTopic).rpartition("/")[2]
            things.standings[dataset] = _value(thing, terms.standing).rpartition("#")[2]
            candidate = _value(thing, terms.candidate)
            if candidate:
                things.candidates[dataset] = PortalEvidence.of_candidate(candidate, _value(thing, terms.seen))
    return things


def _evidence(sightings: Sequence[Thing], terms: PlanTerms) -> PortalEvidence:
    """Return what snapshots of the portal tell of a dataset; they stand in the order of time."""
    told = [
        Sighting(
            _value(one, terms.seen), _value(one, terms.delivered), _value(one, terms.notAfter),
            not _value(one, terms.doubtful),
        )
        for one in sightings
    ]  # fmt: skip
    first = sightings[0]
    return PortalEvidence(_value(first, terms.deliveredBy), tuple(told), _value(first, terms.notBefore))


def _plan_of(record: Iri) -> Iri:
    """
    Return the IRI of the plan that a record belongs to.

    >>> _plan_of("https://example.org/record/hk-hsd/2021-2023/A-1")
    'https://example.org/plan/hk-hsd/2021-2023'
    """
    base, body, years, _name = record.rsplit("/", 3)
    return f"{base.removesuffix('record')}plan/{body}/{years}"


def _list_plan(iri: Iri, things: _Things, terms: PlanTerms, stages: dict[Iri, str]) -> ListedPlan:
    """Return what a plan lists."""
    plan = things.plans[iri]
    listings: list[Listing] = []
    for record in things.records.get(iri, ()):
        listing = _listing(record, things, terms, stages)
        if listings and _value(record, terms.part) != "0":
            # A further part of the row before.
            before = listings[-1]
            months, starts = (*before.months, *listing.months), (*before.starts, *listing.starts)
            listings[-1] = before._replace(months=months, starts=starts)
        else:
            listings.append(listing)
    period = things.periods[str(plan.properties[DCT.temporal][0])]
    body, name = iri.rsplit("/", 2)[1], things.names.get(_value(plan, DCT.publisher), "")
    return ListedPlan(iri, body, _value(plan, DCT.issued), period, tuple(listings), name)


def _listing(record: Thing, things: _Things, terms: PlanTerms, stages: dict[Iri, str]) -> Listing:
    """Return what a record says of a dataset."""
    is_english = things.languages[str(record.properties[PROV.wasDerivedFrom][0])] == LANGUAGE.ENG
    row, _space, title = _printed(record, DCT.title, is_english).partition(" ")
    spatial, number = _value(record, terms.spatial), _value(record, terms.number)
    key = ItemKey(
        cast(Section, _value(record, terms.section)),
        spatial == "true" if spatial else None,
        without_short_name(_printed(record, terms.statedOrganisation, is_english)) or None,
        int(number) if number else None,
    )
    months = (terms.targetDate, terms.targetEnd, terms.releaseDate, terms.releaseEnd)
    intervals = ((terms.targetStart, terms.targetEnd), (terms.releaseStart, terms.releaseEnd))
    spans = [(_value(record, one), _value(record, other)) for one, other in intervals]
    return Listing(
        record.iri,
        _value(record, FOAF.primaryTopic).rpartition("/")[2],
        key,
        cast(Stage, stages[_value(record, terms.stage)]),
        tuple(filter(None, (_value(record, name) for name in months))),
        title,
        _printed(record, terms.statedCategory, is_english),
        row,
        tuple((end, start) for start, end in spans if start and end),
    )


def _printed(record: Thing, predicate: Iri, is_english: bool) -> str:
    """Return a text in the language of the file that leads, as printed if it is there."""
    literals = [term for term in record.properties.get(predicate, ()) if isinstance(term, Literal)]
    literals.sort(key=lambda one: ((one.language == "en") != is_english, "-t-" in one.language))
    return literals[0].value if literals else ""


def _step(before: Iri, after: Iri, things: _Things, terms: PlanTerms) -> PlanStep:
    """Return the step from one plan to another."""
    links: dict[str, tuple[str, ...]] = {}
    waiting: set[str] = set()
    by_fate: dict[str, set[str]] = {}
    decided: dict[str, str] = {}
    for change in things.changes.get(after, ()):
        older, newer = _value(change, terms.before), _iris(change, terms.after)
        fate = _value(change, terms.fate).rpartition("#")[2]
        if older and _plan_of(older) != before:
            continue
        by_fate.setdefault(fate, set()).update([older] if older else [])
        if terms.decided in change.properties:
            decided[older] = _value(change, terms.decided)
        if fate == "open":
            waiting.update([older] if older else newer, _iris(change, terms.candidate))
        elif newer and fate not in ENDINGS:
            links[older] = tuple(newer)
    ended = frozenset(record for fate in ENDINGS for record in by_fate.get(fate, ()))
    missing = frozenset(by_fate.get("no-longer-listed", ()))
    return PlanStep(before, after, links, frozenset(waiting), ended, missing, decided)


def _iris(thing: Thing, predicate: Iri) -> Sequence[Iri]:
    """Return the things that a property points at."""
    return [str(term) for term in thing.properties.get(predicate, ())]


def _value(thing: Thing, predicate: Iri) -> str:
    """Return the first value of a property; nothing if there is none."""
    term = next(iter(thing.properties.get(predicate, ())), "")
    return term.value if isinstance(term, Literal) else term
