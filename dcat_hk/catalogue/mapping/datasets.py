"""
Plan -> datasets, each with its distributions and its period.

In: the mapping of a plan. Out: an iterator of things: a dataset, then its distributions, then its period.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from ...core.namespaces import ACCESS, ADMS, COUNTRY, DCAT, DCT, RDF, SKOS, TYPE
from ...core.plan import Entry
from ...core.terms import CONCEPT_PREFIXES, Iri, Literal, Properties, Thing
from ...core.vocabularies import Concept
from .context import PlanMapping, make_thing, month_literal
from .identities import Agent, Identity
from .iris import minted_code
from .keywords import keywords_of
from .periods import find_period, period_literal
from .portal import DATASET_PAGES, TERMS_PAGE, page_of
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
    """Yield one dataset, its distributions and its period."""
    context = mapping.context
    identity, main = next((row for row in rows if row[1].stage == "released"), rows[0])
    released = [entry for _identity, entry in rows if entry.stage == "released"]
    iri = context.iris.dataset(identifier)
    page = _page(mapping, identifier, identity.publisher)
    distributions = list(_map_distributions(mapping, iri, released, page))
    category, themes, labels = _category(mapping, main)
    titles, period = mapping.say(main, "title"), _period(mapping, iri, main)
    properties: Properties = {
        RDF.type: [DCAT.Dataset, DCAT.Resource],
        DCT.title: titles,
        DCT.description: _description(mapping, main, identity),
        DCT.identifier: [Literal(identifier)],
        DCAT.theme: mapping.point(*sorted(themes)),
        DCT.subject: mapping.point(*category),
        DCAT.keyword: keywords_of(titles, mapping.say(main, "group"), labels),
        DCT.publisher: mapping.point_at_body(identity.publisher),
        DCT.creator: mapping.point_at_body(identity.creator) if identity.creator else [],
        DCAT.contactPoint: [context.iris.contact(identity.publisher.iri)],
        DCT.spatial: mapping.point(COUNTRY.HKG),
        DCT.temporal: [period.iri] if period else [],
        DCT.accessRights: mapping.point(ACCESS.PUBLIC),
        DCT.accrualPeriodicity: mapping.frequency(main),
        DCT.type: mapping.point(TYPE.GEOSPATIAL) if main.spatial else [],
        ADMS.status: mapping.point(context.terms.stages[main.stage]),
        DCAT.landingPage: mapping.point(page),
        DCT.isReferencedBy: list(context.index.plans_of(identifier)),
        DCAT.distribution: [thing.iri for thing in distributions],
    }
    months = [entry.date for entry in released if entry.date]
    if released:
        properties[DCT.issued] = [month_literal(min(months))] if months else []
    else:
        properties[DCT.available] = [month_literal(main.date)] if main.date else []
    yield make_thing(iri, properties)
    yield from distributions
    if period:
        yield period


def _map_distributions(mapping: PlanMapping, dataset: Iri, released: Sequence[Entry], page: Iri) -> Iterator[Thing]:
    """Yield one distribution for each format and part that is stated as released."""
    iris: set[Iri] = set()
    for entry in released:
        for code in entry.formats:
            iri = mapping.context.iris.distribution(dataset, entry.part, code)
            if iri not in iris:
                iris.add(iri)
                yield _map_distribution(mapping, iri, entry, code, page)


def _map_distribution(mapping: PlanMapping, iri: Iri, entry: Entry, code: str, page: Iri) -> Thing:
    """Return a distribution."""
    vocabularies = mapping.context.vocabularies
    concept = vocabularies.formats[code]
    is_file_type = concept.iri.startswith(CONCEPT_PREFIXES["filetype"])
    return make_thing(
        iri,
        {
            RDF.type: [DCAT.Distribution],
            DCT.title: list(_distribution_title(mapping, entry, concept)),
            DCT.description: list(mapping.say(entry, "description") or mapping.say(entry, "title")),
            DCAT.accessURL: mapping.point(page),
            DCT.format: mapping.point(concept.iri) if is_file_type else [],
            DCAT.mediaType: mapping.point(*concept.iris(DCAT.mediaType)),
            DCT.license: mapping.point(TERMS_PAGE),
            DCT.rights: mapping.point(f"{vocabularies.base}def/rights#data-gov-hk"),
            DCT.issued: [month_literal(entry.date)] if entry.date else [],
        },
    )


def _distribution_title(mapping: PlanMapping, entry: Entry, concept: Concept) -> Iterator[Literal]:
    """Yield the title of a distribution in each language that its dataset has one in."""
    name = "part-title" if entry.part else "distribution-title"
    for title in mapping.say(entry, "title"):
        language = title.language.split("-t-")[0]
        text = composed_texts()[name][language]
        filled = text.format(title=title.value, part=entry.part, format=concept.label(language))
        yield title._replace(value=filled)


def _description(mapping: PlanMapping, entry: Entry, identity: Identity) -> Sequence[Literal]:
    """Return the remark, or a composed description where there is none."""
    remark = mapping.say(entry, "description")
    if remark:
        return remark
    vocabularies, unknown = mapping.context.vocabularies, composed_texts()["not-stated"]
    category = vocabularies.find_category(entry.category)
    frequency = vocabularies.frequencies.get(entry.frequency or "")
    return mapping.texts.compose(
        f"{entry.stage}-description",
        {
            "publisher": identity.publisher.labels,
            "category": category.labels if category else entry.category or unknown,
            "frequency": frequency.labels if frequency else entry.frequency_raw or unknown,
        },
    )


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


def _page(mapping: PlanMapping, identifier: str, publisher: Agent) -> Iri:
    """Return the page where a dataset is to be found: its own on the portal, or its publisher's."""
    name = mapping.context.links.portal.get(identifier)
    return f"{DATASET_PAGES}{name}" if name else page_of(publisher, mapping.context.vocabularies)
