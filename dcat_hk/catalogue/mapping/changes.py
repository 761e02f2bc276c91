"""
History of a plan -> things: what became of the entries of the plan before, and promises.

In: the mapping of a plan, with its history. Out: an iterator of things, changes first. A change is named after the
older entry and stands in the graph of the newer plan; a promise stands in that of the newest plan that lists it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...core.namespaces import FOAF, PROV, RDF, XSD
from ...core.terms import Iri, Literal, Properties, Thing
from ...reconciliation.histories import ItemChange, PromiseFacts
from .context import PlanMapping, integer_literal, make_thing, month_literal


def map_history(mapping: PlanMapping) -> Iterator[Thing]:
    """Yield the changes that a plan tells of, and the promises of datasets that it is the newest to list."""
    for change in mapping.history.changes:
        yield _map_change(mapping, change)
    for record in mapping.history.waiting:
        yield _map_waiting(mapping, record)
    for facts in mapping.history.promises:
        yield _map_promise(mapping, facts)
        yield from _map_sightings(mapping, facts)


def _map_change(mapping: PlanMapping, change: ItemChange) -> Thing:
    """Return what became of an entry."""
    terms = mapping.context.terms
    return make_thing(
        _change_iri(mapping, change.before),
        {
            RDF.type: [terms.Change, PROV.Entity],
            terms.before: [change.before],
            terms.after: change.after,
            terms.inPlan: [mapping.plan_iri],
            terms.fate: mapping.point(terms.concept(change.fate)),
            terms.months: [] if change.months is None else [integer_literal(change.months)],
            terms.differs: mapping.point(*map(terms.concept, change.differs)),
            terms.candidate: change.candidates,
            terms.decided: [month_literal(change.decided)] if change.decided else [],
        },
    )


def _map_waiting(mapping: PlanMapping, record: Iri) -> Thing:
    """Return that an entry of the newer plan waits for a person, where no change names it."""
    terms = mapping.context.terms
    return make_thing(
        _change_iri(mapping, record),
        {
            RDF.type: [terms.Change, PROV.Entity],
            terms.after: [record],
            terms.inPlan: [mapping.plan_iri],
            terms.fate: mapping.point(terms.concept("open")),
        },
    )


def _change_iri(mapping: PlanMapping, record: Iri) -> Iri:
    """
    Return the IRI of a change: under the newer plan, called as the record.

    A record of another body's plan, or of the newer plan itself, is called with its body, or with `new`.
    """
    body, years = mapping.plan_iri.split("/")[-2:]
    own, period, name = record.split("/")[-3:]
    if own != body:
        name = f"{own}/{name}"
    elif period == years:
        name = f"new/{name}"
    return f"{mapping.context.iris.base}change/{body}/{years}/{name}"


def _map_promise(mapping: PlanMapping, facts: PromiseFacts) -> Thing:
    """Return a promise; nothing in it depends on the day."""
    terms = mapping.context.terms
    return make_thing(
        f"{mapping.context.iris.base}promise/{facts.dataset}",
        {
            RDF.type: [terms.Promise, PROV.Entity],
            FOAF.primaryTopic: [mapping.context.iris.dataset(facts.dataset)],
            terms.firstPromise: [facts.first],
            terms.lastPromise: [facts.last],
            terms.standing: mapping.point(terms.concept(facts.standing)),
            terms.until: [month_literal(facts.until)] if facts.until else [],
            terms.firstTarget: [month_literal(facts.first_target)] if facts.first_target else [],
            terms.lastTarget: [month_literal(facts.last_target)] if facts.last_target else [],
            terms.moves: [integer_literal(facts.moves)],
            terms.delivered: [month_literal(facts.delivered)] if facts.delivered else [],
            terms.deliveredBy: [facts.delivered_by] if facts.delivered_by else [],
            terms.delay: [] if facts.delay is None else [integer_literal(facts.delay)],
            terms.basis: mapping.point(terms.concept(facts.basis)) if facts.basis else [],
            terms.sighting: _sighting_iris(mapping, facts),
            **_map_candidate(mapping, facts),
        },
    )


def _map_candidate(mapping: PlanMapping, facts: PromiseFacts) -> Properties:
    """Return the record of the portal that a promise waits for, and since when it is known that it may be that."""
    terms, evidence = mapping.context.terms, facts.evidence
    if evidence is None or not evidence.is_candidate:
        return {}
    return {terms.candidate: [evidence.record], terms.seen: [month_literal(evidence.seen)]}


def _sighting_iris(mapping: PlanMapping, facts: PromiseFacts) -> list[Iri]:
    """Return the IRIs of what snapshots of the portal tell of a promise, the oldest first."""
    count = len(facts.evidence.sightings) if facts.evidence and not facts.evidence.is_candidate else 0
    return [f"{mapping.context.iris.base}promise/{facts.dataset}#seen-{number}" for number in range(1, count + 1)]


def _map_sightings(mapping: PlanMapping, facts: PromiseFacts) -> Iterator[Thing]:
    """Yield what snapshots of the portal tell of a promise, so that it can be answered for any month."""
    terms, evidence = mapping.context.terms, facts.evidence
    if evidence is None or evidence.is_candidate:
        return
    for iri, one in zip(_sighting_iris(mapping, facts), evidence.sightings, strict=True):
        yield make_thing(
            iri,
            {
                RDF.type: [terms.Sighting, PROV.Entity],
                terms.deliveredBy: [evidence.record],
                terms.seen: [month_literal(one.seen)],
                terms.delivered: [month_literal(one.month)] if one.month else [],
                terms.notBefore: [month_literal(evidence.after)] if evidence.after else [],
                terms.notAfter: [month_literal(one.by)],
                terms.doubtful: [] if one.is_sure else [Literal("true", "", XSD.boolean)],
            },
        )
