"""
Plan -> datasets, each with its distributions and its period.

In: the mapping of a plan. Out: an iterator of things: a dataset, then its distributions, then what else only it has:
data services, a contact, its period.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from ...core.namespaces import ACCESS, ADMS, COUNTRY, DCAT, DCT, FOAF, PROV, RDF, SKOS, TYPE
from ...core.plan import Entry
from ...core.terms import Iri, Literal, Properties, Thing
from ...core.vocabularies import Concept
from .context import PlanMapping, make_thing, month_literal
from .delivered import Deliveries, format_properties
from .identities import Identity
from .iris import minted_code
from .keywords import keywords_of
from .linked import (
    add_texts,
    list_documents,
    list_pages,
    list_systems,
    map_area,
    map_contact,
    match_properties,
    snapshot_iris,
)
from .linkedrecords import LinkedRecord
from .periods import find_period, period_literal
from .portal import RIGHTS, TERMS_PAGE, page_of
from .texts import composed_texts


def map_datasets(mapping: PlanMapping, only: Iterable[str] | None = None) -> Iterator[Thing]:
    """
    Yield the datasets that a plan describes, each with its distributions, by identifier.

    Args:
        mapping: The mapping of the plan.

        only: Identifiers to keep to; None for all that no newer plan states.
    """
    index = mapping.context.index
    identifiers = (i for i in mapping.datasets if index.describes(mapping.number, i)) if only is None else sorted(only)
    for identifier in identifiers:
        yield from _map_dataset(mapping, identifier, mapping.rows_of[identifier])


def _map_dataset(mapping: PlanMapping, identifier: str, rows: Sequence[tuple[Identity, Entry]]) -> Iterator[Thing]:
    """Yield one dataset, its distributions and services, its period, and what else only it has."""
    context = mapping.context
    identity, main = next((row for row in rows if row[1].stage == "released"), rows[0])
    released = [entry for _identity, entry in rows if entry.stage == "released"]
    iri, linked = context.iris.dataset(identifier), context.links.portal.find_exact(identifier)
    pages = _pages(mapping, identity, linked)
    category, themes, labels = _category(mapping, main)
    titles, period = _titles(mapping, main, linked), _period(mapping, iri, main)
    contact = map_contact(mapping, iri, identity, linked.record) if linked else None
    properties: Properties = {
        RDF.type: [DCAT.Dataset, DCAT.Resource],
        DCT.title: titles,
        DCT.description: _description(mapping, main, identity, linked),
        DCT.identifier: [Literal(identifier)],
        DCAT.theme: mapping.point(*sorted(themes)),
        DCT.subject: mapping.point(*category),
        DCAT.keyword: keywords_of(titles, mapping.say(main, "group"), labels),
        DCT.publisher: mapping.point_at_body(identity.publisher),
        DCT.creator: mapping.point_at_body(identity.creator) if identity.creator else [],
        DCAT.contactPoint: [contact.iri if contact else context.iris.contact(identity.publisher.iri)],
        DCT.spatial: mapping.point(COUNTRY.HKG),
        DCT.temporal: [period.iri] if period else [],
        DCT.accessRights: mapping.point(ACCESS.PUBLIC),
        DCT.accrualPeriodicity: mapping.frequency(main),
        DCT.type: mapping.point(TYPE.GEOSPATIAL) if main.spatial else [],
        # What the portal has was released, whatever the newest plan says; its row stays as it is.
        ADMS.status: mapping.point(context.terms.stages["released" if linked else main.stage]),
        DCAT.landingPage: mapping.point(*pages),
        DCT.isReferencedBy: list(context.index.plans_of(identifier)),
        **match_properties(mapping, identifier),
    }
    about: Properties = {
        name: properties[name] for name in (DCT.publisher, DCAT.contactPoint, DCAT.theme, DCAT.keyword)
    }
    deliveries = Deliveries(mapping, iri, linked, titles, about) if linked else None
    distributions = list(_map_distributions(mapping, iri, released, pages[0], deliveries))
    properties[DCAT.distribution] = [thing.iri for thing in distributions]
    months = [entry.date for entry in released if entry.date]
    if released or linked:
        known = min(months, default=linked.released if linked else "")
        properties[DCT.issued] = [month_literal(known)] if known else []
    else:
        properties[DCT.available] = [month_literal(main.date)] if main.date else []
    beside = [*(deliveries.services() if deliveries else ()), contact, period]
    if linked:
        properties[FOAF.page] = list_documents(mapping, linked.record)
        properties[DCT.conformsTo] = list_systems(mapping, linked.record)
        properties[PROV.wasDerivedFrom] = snapshot_iris(mapping, linked)
        area = map_area(iri, linked.record)
        if area:
            properties[DCT.spatial] = [*properties[DCT.spatial], area.iri]
            beside.append(area)
    yield make_thing(iri, properties)
    yield from distributions
    yield from filter(None, beside)


def _titles(mapping: PlanMapping, entry: Entry, linked: LinkedRecord | None) -> Sequence[Literal]:
    """Return the title of an entry, with what the portal calls it in other languages."""
    printed = mapping.say(entry, "title")
    return add_texts(mapping, printed, linked.record.titles) if linked else printed


def _map_distributions(
    mapping: PlanMapping, dataset: Iri, released: Sequence[Entry], page: Iri, deliveries: Deliveries | None
) -> Iterator[Thing]:
    """Yield one distribution for each format and part that is stated as released, then those that the portal has."""
    iris: set[Iri] = set()
    parts = Counter(code for entry in released for code in set(entry.formats))
    for entry in released:
        for code in entry.formats:
            iri = mapping.context.iris.distribution(dataset, entry.part, code)
            if iri not in iris:
                iris.add(iri)
                # Of several parts nobody can tell which one a resource is.
                resource = deliveries.take(code) if deliveries and parts[code] == 1 else None
                more = deliveries.describe(resource) if deliveries and resource else {}
                yield _map_distribution(mapping, iri, entry, code, page, more, deliveries)
    if deliveries:
        yield from deliveries.others(set(parts), page)


def _map_distribution(
    mapping: PlanMapping,
    iri: Iri,
    entry: Entry,
    code: str,
    page: Iri,
    delivered: Properties,
    deliveries: Deliveries | None,
) -> Thing:
    """Return a distribution, with what the portal says of it."""
    vocabularies = mapping.context.vocabularies
    concept = vocabularies.formats[code]
    linked = deliveries.linked if deliveries else None
    titles = _titles(mapping, entry, linked)
    properties: Properties = {
        RDF.type: [DCAT.Distribution],
        DCT.title: list(_distribution_title(titles, entry, concept)),
        DCT.description: list(mapping.say(entry, "description") or titles),
        DCAT.accessURL: mapping.point(page),
        **format_properties(mapping, concept),
        DCT.license: mapping.point(TERMS_PAGE),
        DCT.rights: mapping.point(f"{vocabularies.base}def/rights#{RIGHTS}"),
        DCT.issued: [month_literal(entry.date)] if entry.date else [],
    }
    # The month that the plan prints comes before the day that the portal states.
    return make_thing(iri, {**properties, **delivered, **({DCT.issued: properties[DCT.issued]} if entry.date else {})})


def _distribution_title(titles: Iterable[Literal], entry: Entry, concept: Concept) -> Iterator[Literal]:
    """Yield the title of a distribution in each language that its dataset has one in."""
    name = "part-title" if entry.part else "distribution-title"
    for title in titles:
        language = title.language.split("-t-")[0]
        text = composed_texts()[name][language]
        filled = text.format(title=title.value, part=entry.part, format=concept.label(language))
        yield title._replace(value=filled)


def _description(
    mapping: PlanMapping, entry: Entry, identity: Identity, linked: LinkedRecord | None
) -> Sequence[Literal]:
    """Return the remark, with the portal's in other languages; a composed description where there is neither."""
    notes = linked.record.notes if linked else {}
    remark = mapping.say(entry, "description")
    if remark:
        return add_texts(mapping, remark, notes)
    stated, stage = add_texts(mapping, (), notes), "released" if linked else entry.stage
    has = {text.language for text in stated}
    return [
        *stated,
        *(text for text in _compose_description(mapping, entry, identity, stage) if text.language not in has),
    ]


def _compose_description(mapping: PlanMapping, entry: Entry, identity: Identity, stage: str) -> Sequence[Literal]:
    """Return a description of what the other columns say."""
    vocabularies, unknown = mapping.context.vocabularies, composed_texts()["not-stated"]
    category = vocabularies.find_category(entry.category)
    frequency = vocabularies.frequencies.get(entry.frequency or "")
    return mapping.texts.compose(
        f"{stage}-description",
        {
            "publisher": identity.publisher.labels,
            "category": category.labels if category else _quote(mapping, entry.category) or unknown,
            "frequency": frequency.labels
            if frequency
            else _quote(mapping, entry.frequency_raw, "as-printed") or unknown,
        },
    )


def _quote(mapping: PlanMapping, text: str, name: str = "") -> Mapping[str, str]:
    """Return printed words that nobody understood for texts in each language, in words of that name around them."""
    quoted = mapping.texts.quote(text) if text else {}
    around = composed_texts()[name] if name else {}
    return {language: around.get(language, "{text}").format(text=words) for language, words in quoted.items()}


def _period(mapping: PlanMapping, dataset: Iri, entry: Entry) -> Thing | None:
    """Return the period that the title of a row states; none if editions differ or it lies beyond the plan."""
    stated = {find_period(each.title) for each in (entry, *(other for _number, other in entry.also))} - {None}
    if len(stated) != 1:
        return None
    (period,) = stated
    if period is None or period.years[1] > mapping.plan.years[1]:
        return None
    return make_thing(
        f"{dataset}#period",
        {
            RDF.type: [DCT.PeriodOfTime],
            DCAT.startDate: [period_literal(period.first)],
            DCAT.endDate: [period_literal(period.last)] if period.last else [],
        },
    )


def _category(mapping: PlanMapping, entry: Entry) -> tuple[list[Iri], list[Iri], Set[str]]:
    """Return the category of an entry, the themes it maps to, and what it is called."""
    if not entry.category:
        return [], [], frozenset()
    vocabularies = mapping.context.vocabularies
    concept = vocabularies.find_category(entry.category)
    if concept:
        return [concept.iri], concept.iris(SKOS.broadMatch), {entry.category, *concept.labels.values()}
    iri = f"{vocabularies.base}def/category/{minted_code(entry.category)}"
    mapping.minted[iri] = (entry.category, mapping.plan.script)
    return [iri], [], {entry.category}


def _pages(mapping: PlanMapping, identity: Identity, linked: LinkedRecord | None) -> Sequence[Iri]:
    """Return the pages where a dataset is to be found: its own on the portal, or its publisher's."""
    if linked:
        return list_pages(mapping, linked.record)
    return [page_of(identity.publisher, mapping.context.vocabularies)]
