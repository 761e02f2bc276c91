"""
Plan -> things: catalogue, plan, datasets, distributions, records, one after the other.

In: an identified plan and the index of what plans share. Out: an iterator of things; nothing is kept. What
each row of the table in `docs/reference/mapping.md` says is done here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ...core.languages import LANGUAGES
from ...core.plan import Entry, Plan
from ...core.settings import Settings
from ...core.terms import Iri, Literal, Properties, Term, Thing, expand
from ...core.vocabularies import Concept, Vocabularies
from .identities import Body, IdentifiedPlan, Identity, Links
from .index import Index, issued_month, record_iris
from .iris import Iris, minted_code
from .texts import Texts, composed_texts, unite

TYPE = expand("rdf:type")
TITLE, DESCRIPTION, IDENTIFIER = expand("dct:title"), expand("dct:description"), expand("dct:identifier")
ISSUED, MODIFIED, AVAILABLE = expand("dct:issued"), expand("dct:modified"), expand("dct:available")
PUBLISHER, CREATOR, LANGUAGE = expand("dct:publisher"), expand("dct:creator"), expand("dct:language")
LICENSE, RIGHTS, SPATIAL = expand("dct:license"), expand("dct:rights"), expand("dct:spatial")
TEMPORAL, SUBJECT, CONFORMS_TO = expand("dct:temporal"), expand("dct:subject"), expand("dct:conformsTo")
FORMAT, PERIODICITY, RESOURCE_TYPE = expand("dct:format"), expand("dct:accrualPeriodicity"), expand("dct:type")
ACCESS_RIGHTS, REFERENCED_BY, SOURCE = expand("dct:accessRights"), expand("dct:isReferencedBy"), expand("dct:source")
DATASET, DISTRIBUTION, RECORD = expand("dcat:dataset"), expand("dcat:distribution"), expand("dcat:record")
CATALOG, THEME, KEYWORD = expand("dcat:catalog"), expand("dcat:theme"), expand("dcat:keyword")
TAXONOMY, CONTACT, LANDING = expand("dcat:themeTaxonomy"), expand("dcat:contactPoint"), expand("dcat:landingPage")
ACCESS_URL, MEDIA_TYPE = expand("dcat:accessURL"), expand("dcat:mediaType")
START, END = expand("dcat:startDate"), expand("dcat:endDate")
STATUS, AVAILABILITY = expand("adms:status"), expand("dcatap:availability")
TOPIC, HOMEPAGE, NAME, PAGE = (
    expand("foaf:primaryTopic"),
    expand("foaf:homepage"),
    expand("foaf:name"),
    expand("foaf:page"),
)
DERIVED, SPECIALIZATION = expand("prov:wasDerivedFrom"), expand("prov:specializationOf")
BROAD_MATCH, SCHEME, REPLACED_BY = expand("skos:broadMatch"), expand("skos:inScheme"), expand("dct:isReplacedBy")

_MONTH, _YEAR = expand("xsd:gYearMonth"), expand("xsd:gYear")
_INTEGER, _BOOLEAN = expand("xsd:integer"), expand("xsd:boolean")
_CATALOG_TYPE, _DATASET_TYPE, _RESOURCE = expand("dcat:Catalog"), expand("dcat:Dataset"), expand("dcat:Resource")
_RECORD_TYPE, _DISTRIBUTION_TYPE = expand("dcat:CatalogRecord"), expand("dcat:Distribution")
_DOCUMENT, _ENTITY, _PERIOD = expand("foaf:Document"), expand("prov:Entity"), expand("dct:PeriodOfTime")

_FILE_TYPES = expand("filetype:")
HONG_KONG = expand("country:HKG")
CHINESE, ENGLISH = expand("language:ZHO"), expand("language:ENG")
THEMES = expand("theme:").rstrip("/")
PUBLIC, GEOSPATIAL = expand("access:PUBLIC"), expand("type:GEOSPATIAL")
COMPLETED, IS_AVAILABLE = expand("status:COMPLETED"), expand("availability:AVAILABLE")
CREATED, UPDATED = expand("changetype:created"), expand("changetype:updated")
DCAT_AP = "https://semiceu.github.io/DCAT-AP/releases/3.0.1"
PORTAL_TERMS = "https://data.gov.hk/en/terms-and-conditions"
PORTAL_PLANS = "https://data.gov.hk/en/annual-open-data-plans"
PORTAL_DATASETS = "https://data.gov.hk/tc-datasets"
PORTAL_DATASET = "https://data.gov.hk/tc-data/dataset/"


class PlanTerms:
    """
    The IRIs of our own plan terms, as attributes.

    >>> PlanTerms("https://example.org/").section
    'https://example.org/def/plan#section'
    """

    def __init__(self, base: Iri) -> None:
        """Make the IRIs once."""
        space = f"{base}def/plan#"
        self.Entry, self.Plan = f"{space}Entry", f"{space}Plan"
        self.section, self.spatial = f"{space}section", f"{space}spatial"
        self.number, self.part, self.stage = f"{space}number", f"{space}part", f"{space}stage"
        self.group, self.locator, self.frequency = f"{space}group", f"{space}locator", f"{space}frequency"
        self.stated_category, self.stated_date = f"{space}statedCategory", f"{space}statedDate"
        self.stated_frequency, self.stated_format = f"{space}statedFrequency", f"{space}statedFormat"
        self.date = {"target": f"{space}targetDate", "released": f"{space}releaseDate"}
        self.start = {"target": f"{space}targetStart", "released": f"{space}releaseStart"}
        self.end = {"target": f"{space}targetEnd", "released": f"{space}releaseEnd"}
        self.stages = {"planned": f"{space}planned", "released": f"{space}released"}


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the mapping of every plan needs: settings, vocabularies, index, links."""

    settings: Settings
    vocabularies: Vocabularies
    index: Index
    links: Links
    terms: PlanTerms

    @property
    def iris(self) -> Iris:
        """Return the names of things."""
        return self.index.iris


@dataclass
class PlanMapping:
    """
    The mapping of one plan.

    `pointed_at` and `minted` collect what things point at and do not describe, for `shared.Describer`;
    `records_before` the records of older plans that records here point at, with the plan's number and the dataset.
    """

    shelf: Shelf
    identified: IdentifiedPlan
    number: int
    pointed_at: set[Iri] = field(default_factory=set)
    minted: dict[Iri, tuple[str, str]] = field(default_factory=dict)
    records_before: dict[Iri, tuple[int, Iri]] = field(default_factory=dict)

    # ---- what the parts have in common

    @property
    def plan(self) -> Plan:
        """Return the plan."""
        return self.identified.plan

    @cached_property
    def texts(self) -> Texts:
        """Return the texts in the languages asked for."""
        return Texts(self.shelf.settings, self.plan.script)

    @cached_property
    def plan_iri(self) -> Iri:
        """Return the plan's IRI."""
        return self.shelf.iris.plan(self.identified.publisher.code, self.plan.years)

    @cached_property
    def catalogue_iri(self) -> Iri:
        """Return the IRI of the plan's catalogue."""
        return self.shelf.iris.plan_catalogue(self.identified.publisher.code, self.plan.years)

    @cached_property
    def editions(self) -> list[tuple[str, str, Iri, Iri, Texts]]:
        """Return name, digest, IRI, language and texts of each file of the plan; the one that leads comes first."""
        plan = self.plan
        files = [(plan.doc, plan.sha256, plan.script), *((e.doc, e.sha256, e.script) for e in plan.editions)]
        return [
            (
                doc,
                sha256,
                self.shelf.iris.source(self.plan_iri, sha256),
                ENGLISH if script == "Latn" else CHINESE,
                Texts(self.shelf.settings, script),
            )
            for doc, sha256, script in files
        ]

    @cached_property
    def languages(self) -> list[Iri]:
        """Return the languages that the plan is in."""
        return sorted({language for _doc, _sha, _iri, language, _texts in self.editions}, reverse=True)

    def say(self, entry: Entry, column: str) -> Sequence[Literal]:
        """Return what an entry, and the same row in other editions, says in a column."""
        if not (entry.also or entry.edition):
            return self.texts.say(getattr(entry, column) or "")
        said = [(entry.edition, entry), *entry.also]
        return unite(self.editions[number][4].say(getattr(each, column) or "") for number, each in said)

    @cached_property
    def issued(self) -> Literal:
        """Return the plan's date."""
        return _month(issued_month(self.plan))

    def point(self, *iris: Iri) -> tuple[Iri, ...]:
        """Note that things are pointed at, and return them."""
        self.pointed_at.update(iris)
        return iris

    def body(self, body: Body) -> tuple[Iri, ...]:
        """Note that a body is pointed at, and return it."""
        if body.concept is None:
            self.minted[body.iri] = (body.name, self.plan.script)
        return self.point(body.iri)

    # ---- the plan and its catalogue

    def things(self) -> Iterator[Thing]:
        """Yield everything of the plan's graph: catalogue, plan, datasets with distributions, records."""
        yield self.catalogue()
        yield from self.plan_things()
        yield from self.dataset_things()
        yield from self.record_things()

    def catalogue(self) -> Thing:
        """Return the plan's catalogue."""
        datasets = self.datasets
        released = {i.identifier for i, e in self._rows if e.stage == "released"}
        names = self._names | {"released": str(len(released)), "planned": str(len(datasets) - len(released))}
        iris = self.shelf.iris
        return _thing(
            self.catalogue_iri,
            {
                TYPE: [_CATALOG_TYPE],
                TITLE: list(self.texts.compose("plan-catalogue-title", names)),
                DESCRIPTION: list(self.texts.compose("plan-catalogue-description", names)),
                PUBLISHER: self.body(self.identified.publisher),
                LANGUAGE: self.point(*self.languages),
                LICENSE: self.point(PORTAL_TERMS),
                ISSUED: [self.issued],
                MODIFIED: [self.issued],
                SPATIAL: self.point(HONG_KONG),
                TEMPORAL: [f"{self.plan_iri}#period"],
                TAXONOMY: self.point(THEMES, f"{self.shelf.vocabularies.base}def/category"),
                HOMEPAGE: self.point(PORTAL_PLANS),
                DERIVED: [self.plan_iri],
                DATASET: [iris.dataset(identifier) for identifier in datasets],
                RECORD: list(self.records),
            },
        )

    def plan_things(self) -> Iterator[Thing]:
        """Yield the plan, its period and the files it was read from."""
        first, last = self.plan.years
        titles = [self.plan.plan_title, *(edition.plan_title for edition in self.plan.editions)]
        said = unite(edition[4].say(title) for edition, title in zip(self.editions, titles, strict=True))
        title = said or self.texts.compose("plan-title", self._names)
        yield Thing(
            self.plan_iri,
            {
                TYPE: [_DOCUMENT, self.shelf.terms.Plan, _ENTITY],
                TITLE: list(title),
                PUBLISHER: self.body(self.identified.publisher),
                ISSUED: [self.issued],
                LANGUAGE: self.point(*self.languages),
                TEMPORAL: [f"{self.plan_iri}#period"],
            },
        )
        yield Thing(
            f"{self.plan_iri}#period",
            {
                TYPE: [_PERIOD],
                START: [Literal(str(first), "", _YEAR)],
                END: [Literal(str(last), "", _YEAR)],
            },
        )
        for doc, sha256, iri, language, _texts in sorted(self.editions, key=lambda edition: edition[2]):
            yield Thing(
                iri,
                {
                    TYPE: [_ENTITY],
                    TITLE: [Literal(doc)],
                    IDENTIFIER: [Literal(f"sha256:{sha256}")],
                    LANGUAGE: self.point(language),
                    SPECIALIZATION: [self.plan_iri],
                },
            )

    @cached_property
    def datasets(self) -> list[str]:
        """Return the identifiers of the datasets that the plan states, sorted."""
        return sorted({identity.identifier for identity in self.identified.identities})

    @cached_property
    def records(self) -> list[Iri]:
        """Return the IRIs of the records of the plan's entries, in order."""
        return record_iris(self.shelf.iris, self.identified)

    @cached_property
    def _names(self) -> dict[str, Mapping[str, str] | str]:
        """Return what composed texts call the plan."""
        first, last = self.plan.years
        return {"publisher": body_labels(self.identified.publisher), "first": str(first), "last": str(last)}

    @cached_property
    def _rows(self) -> list[tuple[Identity, Entry]]:
        """Return the entries with their identities."""
        return list(zip(self.identified.identities, self.plan.entries, strict=True))

    # ---- datasets and distributions

    def dataset_things(self, only: Iterable[str] | None = None) -> Iterator[Thing]:
        """
        Yield the datasets that this plan describes, each with its distributions, by identifier.

        Args:
            only: Identifiers to keep to; None for all that no newer plan states.
        """
        rows, index = self._rows_of, self.shelf.index
        wanted = sorted(only) if only is not None else [i for i in self.datasets if index.describes(self.number, i)]
        for identifier in wanted:
            yield from self._dataset(identifier, rows[identifier])

    @cached_property
    def _rows_of(self) -> dict[str, list[tuple[Identity, Entry]]]:
        """Return the rows that state each dataset."""
        rows: dict[str, list[tuple[Identity, Entry]]] = {}
        for row in self._rows:
            rows.setdefault(row[0].identifier, []).append(row)
        return rows

    def _dataset(self, identifier: str, rows: Sequence[tuple[Identity, Entry]]) -> Iterator[Thing]:
        """Yield one dataset and its distributions."""
        identity, main = next((row for row in rows if row[1].stage == "released"), rows[0])
        released = [entry for _identity, entry in rows if entry.stage == "released"]
        iri = self.shelf.iris.dataset(identifier)
        page = self._page(identifier, identity.publisher)
        distributions = list(self._distributions(iri, released, page))
        category = self._category(main)
        properties: Properties = {
            TYPE: [_DATASET_TYPE, _RESOURCE],
            TITLE: self.say(main, "title"),
            DESCRIPTION: self._description(main, identity),
            IDENTIFIER: [Literal(identifier)],
            THEME: self.point(*(sorted(category[1]))),
            SUBJECT: self.point(*category[0]),
            KEYWORD: [*category[2], *self.say(main, "group")],
            PUBLISHER: self.body(identity.publisher),
            CREATOR: self.body(identity.creator) if identity.creator else [],
            CONTACT: [self.shelf.iris.contact(identity.publisher.iri)],
            SPATIAL: self.point(HONG_KONG),
            ACCESS_RIGHTS: self.point(PUBLIC),
            PERIODICITY: self._frequency(main),
            RESOURCE_TYPE: self.point(GEOSPATIAL) if main.spatial else [],
            STATUS: self.point(self.shelf.terms.stages[main.stage]),
            LANDING: self.point(page),
            REFERENCED_BY: list(self.shelf.index.plans_of(identifier)),
            DISTRIBUTION: [thing.iri for thing in distributions],
        }
        months = [entry.date for entry in released if entry.date]
        if released:
            properties[ISSUED] = [_month(min(months))] if months else []
        else:
            properties[AVAILABLE] = [_month(main.date)] if main.date else []
        yield _thing(iri, properties)
        yield from distributions

    def _distributions(self, dataset: Iri, released: Sequence[Entry], page: Iri) -> Iterator[Thing]:
        """Yield one distribution for each format and part that is stated as released."""
        seen: set[Iri] = set()
        for entry in released:
            for code in entry.formats:
                iri = self.shelf.iris.distribution(dataset, entry.part, code)
                if iri not in seen:
                    seen.add(iri)
                    yield self._distribution(iri, entry, code, page)

    def _distribution(self, iri: Iri, entry: Entry, code: str, page: Iri) -> Thing:
        """Return a distribution."""
        concept = self.shelf.vocabularies.formats[code]
        is_file_type = concept.iri.startswith(_FILE_TYPES)
        return _thing(
            iri,
            {
                TYPE: [_DISTRIBUTION_TYPE],
                TITLE: list(self._distribution_title(entry, concept)),
                DESCRIPTION: list(self.say(entry, "description") or self.say(entry, "title")),
                ACCESS_URL: self.point(page),
                FORMAT: self.point(concept.iri) if is_file_type else [],
                MEDIA_TYPE: self.point(*concept.iris(MEDIA_TYPE)),
                LICENSE: self.point(PORTAL_TERMS),
                RIGHTS: self.point(f"{self.shelf.vocabularies.base}def/rights#data-gov-hk"),
                ISSUED: [_month(entry.date)] if entry.date else [],
                STATUS: self.point(COMPLETED),
                AVAILABILITY: self.point(IS_AVAILABLE),
            },
        )

    def _distribution_title(self, entry: Entry, concept: Concept) -> Iterator[Literal]:
        """Yield the title of a distribution in each language that its dataset has one in."""
        name = "part-title" if entry.part else "distribution-title"
        for title in self.say(entry, "title"):
            language = title.language.split("-t-")[0]
            text = composed_texts()[name][language]
            filled = text.format(title=title.value, part=entry.part, format=concept.label(language))
            yield title._replace(value=filled)

    def _description(self, entry: Entry, identity: Identity) -> Sequence[Literal]:
        """Return the remark, or a composed description where there is none."""
        said = self.say(entry, "description")
        if said:
            return said
        unknown = composed_texts()["not-stated"]
        category = self.shelf.vocabularies.find_category(entry.category)
        frequency = self.shelf.vocabularies.frequencies.get(entry.frequency or "")
        return self.texts.compose(
            f"{entry.stage}-description",
            {
                "publisher": body_labels(identity.publisher),
                "category": category.labels if category else entry.category or unknown,
                "frequency": frequency.labels if frequency else entry.frequency_raw or unknown,
            },
        )

    def _category(self, entry: Entry) -> tuple[list[Iri], list[Iri], Sequence[Literal]]:
        """Return the category of an entry, the themes it maps to, and its labels."""
        if not entry.category:
            return [], [], []
        concept = self.shelf.vocabularies.find_category(entry.category)
        if concept:
            return [concept.iri], concept.iris(BROAD_MATCH), self.texts.labels(concept.labels)
        iri = f"{self.shelf.vocabularies.base}def/category/{minted_code(entry.category)}"
        self.minted[iri] = (entry.category, self.plan.script)
        return [iri], [], self.texts.say(entry.category)

    def _frequency(self, entry: Entry) -> tuple[Iri, ...]:
        """Return the update frequency's concept."""
        concept = self.shelf.vocabularies.frequencies.get(entry.frequency or "")
        return self.point(concept.iri) if concept else ()

    def _page(self, identifier: str, publisher: Body) -> Iri:
        """Return the page where a dataset is to be found: its own on the portal, or its publisher's."""
        name = self.shelf.links.portal.get(identifier)
        return f"{PORTAL_DATASET}{name}" if name else page_of(publisher, self.shelf.vocabularies)

    # ---- records

    def record_things(self) -> Iterator[Thing]:
        """Yield what the plan says on each row."""
        for iri, (identity, entry) in zip(self.records, self._rows, strict=True):
            yield self._record(iri, identity, entry)

    def earlier_records(self) -> Iterator[Thing]:
        """
        Yield the records of older plans that records here point at, as far as DCAT-AP demands.

        They make a plan's own file complete; all that they say stands in the older plan's.
        """
        for iri, (number, dataset) in sorted(self.records_before.items()):
            month = _month(self.shelf.index.plans[number][2])
            yield Thing(iri, {TYPE: [_RECORD_TYPE], TOPIC: [dataset], MODIFIED: [month]})

    def _record(self, iri: Iri, identity: Identity, entry: Entry) -> Thing:
        """Return one record."""
        terms = self.shelf.terms
        earlier = self.shelf.index.record_before(self.number, identity.identifier, entry.part)
        before = earlier[1] if earlier else None
        dataset = self.shelf.iris.dataset(identity.identifier)
        if earlier:
            self.records_before[earlier[1]] = (earlier[0], dataset)
        titles = [literal._replace(value=f"{_place(entry)} {literal.value}") for literal in self.say(entry, "title")]
        formats = self.shelf.vocabularies.formats
        sources = [self.editions[number] for number, _entry in ((entry.edition, entry), *entry.also)]
        return _thing(
            iri,
            {
                TYPE: (_RECORD_TYPE, terms.Entry, _ENTITY),
                TITLE: titles,
                DESCRIPTION: self.say(entry, "description"),
                TOPIC: (dataset,),
                ISSUED: (self.issued,),
                MODIFIED: (self.issued,),
                CONFORMS_TO: self.point(DCAT_AP),
                STATUS: self.point(UPDATED if before else CREATED),
                LANGUAGE: self.point(*(source[3] for source in sources)),
                SOURCE: (before,) if before else (),
                DERIVED: [source[2] for source in sources],
                terms.section: (Literal(entry.section),),
                terms.spatial: () if entry.spatial is None else (_typed(str(entry.spatial).lower(), _BOOLEAN),),
                terms.number: () if entry.number is None else (_typed(str(entry.number), _INTEGER),),
                terms.part: (_typed(str(entry.part), _INTEGER),),
                terms.stage: self.point(terms.stages[entry.stage]),
                terms.group: self.say(entry, "group"),
                terms.stated_category: self.say(entry, "category"),
                terms.stated_date: self._stated(entry),
                **self._dates(entry),
                terms.stated_frequency: self.say(entry, "frequency_raw"),
                terms.frequency: self._frequency(entry),
                terms.stated_format: self.point(*[formats[code].iri for code in entry.formats]),
                terms.locator: self._locators(entry),
            },
        )

    def _stated(self, entry: Entry) -> Sequence[Term]:
        """Return a date as printed; digits and slashes alone are in no language."""
        date = entry.date_raw
        if date and not any(c.isalpha() for c in date):
            return (Literal(date),)
        return self.say(entry, "date_raw")

    def _locators(self, entry: Entry) -> Sequence[Term]:
        """Return where the row stands; behind the file's name if it stands in several."""
        if not (entry.also or entry.edition):
            return (Literal(str(entry.place)),)
        said = [(entry.edition, entry), *entry.also]
        return [Literal(f"{self.editions[number][0]}: {each.place}") for number, each in said]

    def _dates(self, entry: Entry) -> Properties:
        """Return the month or period that the row states."""
        terms = self.shelf.terms
        if entry.date:
            return {terms.date[entry.date_role]: (_month(entry.date),)}
        if entry.period:
            first, last = entry.period
            return {terms.start[entry.date_role]: (_month(first),), terms.end[entry.date_role]: (_month(last),)}
        return {}


def _place(entry: Entry) -> str:
    """Return the short name of a row: D.ii.7.1."""
    subsection = {True: ["i"], False: ["ii"], None: []}[entry.spatial]
    number = [] if entry.number is None else [str(entry.number)]
    return ".".join([entry.section, *subsection, *number, *([str(entry.part)] if entry.part else [])])


def body_labels(body: Body) -> dict[str, str]:
    """Return a body's names by language; a body that no vocabulary has is called the same in each."""
    return body.concept.labels if body.concept else dict.fromkeys(LANGUAGES, body.name)


def page_of(body: Body, vocabularies: Vocabularies) -> Iri:
    """
    Return the portal's page of a body, of its successor, or of all datasets.

    Args:
        body: The body.

        vocabularies: Where successors are found.
    """
    if body.concept:
        for concept in (body.concept, *(vocabularies.concepts[i] for i in body.concept.iris(REPLACED_BY))):
            for page in concept.iris(PAGE):
                return page
    return PORTAL_DATASETS


def _month(month: str) -> Literal:
    """Return a month as a literal."""
    return Literal(month, "", _MONTH)


def _typed(value: str, datatype: Iri) -> Literal:
    """Return a value with a datatype."""
    return Literal(value, "", datatype)


def _thing(iri: Iri, properties: Properties) -> Thing:
    """Return a thing without the properties that have no value."""
    return Thing(iri, {predicate: tuple(objects) for predicate, objects in properties.items() if objects})
