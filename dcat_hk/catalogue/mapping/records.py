"""
Plan -> records: what the plan says on each row.

In: the mapping of a plan. Out: an iterator of things, one for each row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...core.namespaces import ADMS, CHANGETYPE, DCAT, DCT, FOAF, PROV, RDF, XSD
from ...core.plan import Entry
from ...core.terms import Iri, Literal, Properties, Term, Thing
from .context import PlanMapping, integer_literal, make_thing, month_literal
from .identities import Identity

#: The profile that the records conform to.
DCAT_AP = "https://semiceu.github.io/DCAT-AP/releases/3.0.1"


def map_records(mapping: PlanMapping) -> Iterator[Thing]:
    """Yield the record of each row."""
    for iri, (identity, entry) in zip(mapping.records, mapping.rows, strict=True):
        yield _map_record(mapping, iri, identity, entry)


def map_earlier_records(mapping: PlanMapping) -> Iterator[Thing]:
    """
    Yield the records of older plans that records here point at, as far as DCAT-AP demands.

    They make a plan's own file complete; all that they say stands in the older plan's. They are known once
    `map_records` has run. Of a record of a dataset that this plan does not state, only that it is one.
    """
    described = {mapping.context.iris.dataset(identifier) for identifier in mapping.datasets}
    for iri, (month, dataset) in sorted(mapping.records_before.items()):
        modified = month_literal(month)
        if dataset in described:
            yield Thing(iri, {RDF.type: [DCAT.CatalogRecord], FOAF.primaryTopic: [dataset], DCT.modified: [modified]})
        else:
            yield Thing(iri, {RDF.type: [PROV.Entity]})


def _map_record(mapping: PlanMapping, iri: Iri, identity: Identity, entry: Entry) -> Thing:
    """Return one record."""
    context, plan = mapping.context, mapping.context.terms
    dataset = context.iris.dataset(identity.identifier)
    before = _record_before(mapping, identity, entry, dataset)
    sources = [mapping.files[number] for number, _entry in ((entry.edition, entry), *entry.also)]
    formats = context.vocabularies.formats
    corrections = [one[0] for one in mapping.corrections.get(iri, ())]
    return make_thing(
        iri,
        {
            RDF.type: (DCAT.CatalogRecord, plan.Entry, PROV.Entity),
            DCT.title: [
                t._replace(value=f"{entry.row_name} {t.value}") for t in mapping.say(entry, "title", printed=True)
            ],
            DCT.description: mapping.say(entry, "description", printed=True),
            FOAF.primaryTopic: (dataset,),
            DCT.issued: (mapping.issued,),
            DCT.modified: (mapping.issued,),
            DCT.conformsTo: mapping.point(DCAT_AP),
            ADMS.status: mapping.point(CHANGETYPE.updated if before else CHANGETYPE.created),
            DCT.language: mapping.point(*dict.fromkeys(source.language for source in sources)),
            DCT.source: before,
            PROV.wasRevisionOf: _older_records(mapping, iri),
            PROV.wasDerivedFrom: list(dict.fromkeys(source.iri for source in sources)),
            PROV.wasInfluencedBy: corrections,
            plan.section: (Literal(entry.section),),
            plan.spatial: () if entry.spatial is None else (Literal(str(entry.spatial).lower(), "", XSD.boolean),),
            plan.number: () if entry.number is None else (integer_literal(entry.number),),
            plan.part: (integer_literal(entry.part),),
            plan.stage: mapping.point(plan.stages[entry.stage]),
            plan.statedOrganisation: mapping.say(entry, "organisation"),
            plan.group: mapping.say(entry, "group"),
            plan.statedCategory: mapping.say(entry, "category", printed=True),
            plan.statedDate: _stated_date(mapping, entry),
            **_dates(mapping, entry),
            plan.statedFrequency: mapping.say(entry, "frequency_raw"),
            plan.frequency: mapping.frequency(entry),
            plan.statedFormat: mapping.point(*[formats[code].iri for code in entry.as_printed().formats]),
            plan.locator: _locators(mapping, entry),
        },
    )


def _record_before(mapping: PlanMapping, identity: Identity, entry: Entry, dataset: Iri) -> tuple[Iri, ...]:
    """Return the record of the plan before that states the same dataset, if any, noting that it is pointed at."""
    earlier = mapping.context.index.record_before(mapping.number, identity.identifier, entry.part)
    if earlier is None:
        return ()
    number, iri = earlier
    mapping.records_before[iri] = (mapping.context.index.plans[number][2], dataset)
    return (iri,)


def _older_records(mapping: PlanMapping, record: Iri) -> Sequence[Iri]:
    """Return the records of the plans before that a record goes on with, noting that they are pointed at."""
    older = mapping.history.revisions.get(record, ())
    for iri, identifier, month in older:
        mapping.records_before.setdefault(iri, (month, mapping.context.iris.dataset(identifier)))
    return [one.iri for one in older]


def _stated_date(mapping: PlanMapping, entry: Entry) -> Sequence[Term]:
    """Return a date as printed; digits and slashes alone are in no language."""
    date = entry.date_raw
    if date and not any(c.isalpha() for c in date):
        return (Literal(date),)
    return mapping.say(entry, "date_raw")


def _dates(mapping: PlanMapping, entry: Entry) -> Properties:
    """Return the month or period that the row states."""
    plan = mapping.context.terms
    month, start, end = (
        (plan.releaseDate, plan.releaseStart, plan.releaseEnd)
        if entry.date_role == "released"
        else (plan.targetDate, plan.targetStart, plan.targetEnd)
    )
    if entry.date:
        return {month: (month_literal(entry.date),)}
    if entry.period:
        first, last = entry.period
        return {start: (month_literal(first),), end: (month_literal(last),)}
    return {}


def _locators(mapping: PlanMapping, entry: Entry) -> Sequence[Term]:
    """Return where the row stands; behind the file's name if it stands in several."""
    editions = [(entry.edition, entry), *entry.also]
    files = {mapping.files[number].iri for number, _each in editions}
    if len(files) == 1 and not entry.edition:
        return (Literal(str(entry.place)),)
    return [Literal(f"{mapping.files[number].name}: {each.place}") for number, each in editions]
