"""
Plan -> things: its catalogue and the plan itself, then datasets, distributions, records, changes and promises.

In: the mapping of a plan. Out: an iterator of things; nothing is kept. What each row of the table in
`docs/reference/mapping.md` says is done here, in `datasets`, in `records` and in `changes`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ...core.namespaces import COUNTRY, DCAT, DCT, FOAF, PROV, RDF, XSD, scheme_of
from ...core.terms import Literal, Properties, Thing
from .changes import map_history
from .context import PlanMapping, make_thing
from .corrections import map_corrections
from .datasets import map_datasets
from .records import map_records
from .shared import CC0, operator_iri
from .texts import unite


def map_plan(mapping: PlanMapping) -> Iterator[Thing]:
    """Yield the plan's graph: catalogue, plan, datasets with distributions, records, changes, promises, corrections."""
    yield map_catalogue(mapping)
    yield from map_document(mapping)
    yield from map_datasets(mapping)
    yield from map_records(mapping)
    yield from map_history(mapping)
    yield from map_corrections(mapping)


def map_catalogue(mapping: PlanMapping) -> Thing:
    """Return the plan's catalogue."""
    datasets = mapping.datasets
    released = {identity.identifier for identity, entry in mapping.rows if entry.stage == "released"}
    names = mapping.names | {"released": str(len(released)), "planned": str(len(datasets) - len(released))}
    iris, texts = mapping.context.iris, mapping.texts
    return make_thing(
        mapping.catalogue_iri,
        {
            RDF.type: [DCAT.Catalog],
            DCT.title: list(texts.compose("plan-catalogue-title", names)),
            DCT.description: list(texts.compose("plan-catalogue-description", names)),
            DCT.publisher: mapping.point(operator_iri(mapping.context.settings)),
            DCT.language: mapping.point(*mapping.languages),
            DCT.license: mapping.point(CC0),
            DCT.issued: [mapping.issued],
            DCT.modified: [mapping.issued],
            DCT.spatial: mapping.point(COUNTRY.HKG),
            DCT.temporal: [mapping.period_iri],
            DCAT.themeTaxonomy: mapping.point(scheme_of("theme")),
            DCAT.version: [version_literal(mapping)],
            DCAT.previousVersion: mapping.catalogues_before,
            PROV.wasDerivedFrom: [mapping.plan_iri],
            DCAT.dataset: [iris.dataset(identifier) for identifier in datasets],
            DCAT.record: list(mapping.records),
        },
    )


def version_literal(mapping: PlanMapping) -> Literal:
    """Return which of its body's plans a plan is: its years."""
    first, last = mapping.plan.years
    return Literal(f"{first}-{last}")


def map_document(mapping: PlanMapping) -> Iterator[Thing]:
    """Yield the plan, its period and the files it was read from."""
    plan, files = mapping.plan, mapping.files
    titles = [plan.plan_title, *(edition.plan_title for edition in plan.editions)]
    printed = unite(file.texts.say(title) for file, title in zip(files, titles, strict=True))
    before: Properties = {
        PROV.wasRevisionOf: mapping.history.before,
        mapping.context.terms.skipped: [Literal(str(year), "", XSD.gYear) for year in sorted(mapping.history.skipped)],
    }
    yield Thing(
        mapping.plan_iri,
        {
            RDF.type: [FOAF.Document, mapping.context.terms.Plan, PROV.Entity],
            DCT.title: list(printed or mapping.texts.compose("plan-title", mapping.names)),
            DCT.publisher: mapping.point_at_body(mapping.identified.publisher),
            DCT.issued: [mapping.issued],
            DCT.language: mapping.point(*mapping.languages),
            DCT.temporal: [mapping.period_iri],
            DCAT.version: [version_literal(mapping)],
            **{predicate: terms for predicate, terms in before.items() if terms},
        },
    )
    first, last = plan.years
    yield Thing(
        mapping.period_iri,
        {
            RDF.type: [DCT.PeriodOfTime],
            DCAT.startDate: [Literal(str(first), "", XSD.gYear)],
            DCAT.endDate: [Literal(str(last), "", XSD.gYear)],
        },
    )
    # A file in two languages is two editions.
    for iri, same in groupby(sorted(files, key=lambda file: file.iri), lambda file: file.iri):
        file, *others = same
        origins = {mapping.context.iris.source(mapping.plan_iri, one.origin.sha256): one.origin
                   for one in (file, *others) if one.origin}  # fmt: skip
        is_edited = any(origin.edited for origin in origins.values())
        properties: Properties = {
            RDF.type: [PROV.Entity],
            DCT.title: [Literal(file.name)],
            DCT.description: mapping.texts.compose("edited-rows", {}) if is_edited else [],
            DCT.identifier: [Literal(f"sha256:{file.sha256}")],
            DCT.language: mapping.point(*dict.fromkeys(each.language for each in (file, *others))),
            PROV.wasDerivedFrom: list(origins),
            PROV.specializationOf: [mapping.plan_iri],
        }
        yield Thing(iri, {predicate: terms for predicate, terms in properties.items() if terms})
        for origin, read in origins.items():
            named = {DCT.title: [Literal(read.doc)], DCT.identifier: [Literal(f"sha256:{read.sha256}")]}
            yield Thing(origin, {RDF.type: [PROV.Entity], **named})
