"""
Resources of a linked record -> distributions with the addresses of real files, and data services.

In: the mapping of a plan, a dataset and its record. Out: things. A distribution of a format that the plan states keeps
its IRI; it takes over the resource where the record has one of this format, and one only. Every other resource is a
distribution of its own. What the portal does not state is not said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache

from ...core.languages import LANGUAGE_OF_SCRIPT, LANGUAGES
from ...core.namespaces import ACCESS, DCAT, DCT, PROV, RDF, XSD
from ...core.terms import CONCEPT_PREFIXES, Iri, Literal, Properties, Term, Thing
from ...core.text import fold
from ...core.vocabularies import Concept, Vocabularies
from ...portal.records import PortalResource
from .context import PlanMapping, make_thing
from .linked import LANGUAGE_IRIS, first_texts, list_systems, snapshot_iris, to_address
from .linkedrecords import LinkedRecord
from .portal import CSDI_RIGHTS, CSDI_TERMS_PAGE, RIGHTS, TERMS_PAGE
from .protocols import find_protocol
from .texts import composed_texts


@lru_cache(maxsize=1)
def _formats_by_wording(vocabularies: Vocabularies) -> Mapping[str, str]:
    """Return the codes of formats by everything that they are called."""
    codes = {fold(wording): code for code, one in vocabularies.formats.items() for wording in one.wordings}
    return codes | {fold(code): code for code in vocabularies.formats}


def format_code(vocabularies: Vocabularies, name: str) -> str:
    """
    Return the code of a format that the portal names; empty for one that no vocabulary has.

    Args:
        vocabularies: They list the formats.

        name: What the portal calls it.

    >>> from ...core.vocabularies import load
    >>> format_code(load(), "GeoJSON"), format_code(load(), "HOLO")
    ('GEOJSON', '')
    """
    return _formats_by_wording(vocabularies).get(fold(name), "") if name else ""


@dataclass
class Deliveries:
    """
    The resources of a record, for the distributions of a dataset.

    Args:
        mapping: The mapping of the plan.

        dataset: The IRI of the dataset.

        linked: The record.

        titles: What the dataset is called, for resources without a name.

        about: What data services say of their dataset's publisher and contact.
    """

    mapping: PlanMapping
    dataset: Iri
    linked: LinkedRecord
    titles: Sequence[Literal]
    about: Properties = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    def take(self, code: str) -> PortalResource | None:
        """Return the only resource of a format, which is then no distribution of its own; None if there is not one."""
        resources = self._by_code().get(code, [])
        if len(resources) != 1:
            return None
        self._used.add(resources[0].url)
        return resources[0]

    def describe(self, resource: PortalResource) -> Properties:
        """
        Return what a distribution has of a resource: addresses, days, size, source.

        Args:
            resource: The resource.
        """
        mapping = self.mapping
        address = to_address(resource.url)
        is_api = self._is_api(resource)
        properties: Properties = {
            DCAT.accessURL: [self._page(resource)],
            DCAT.downloadURL: [address] if address and not is_api else [],
            DCAT.accessService: [self._service_iri(resource)] if address and is_api else [],
            DCT.issued: _day(resource.issued),
            DCT.modified: _day(resource.modified),
            DCT.language: mapping.point(*dict.fromkeys(LANGUAGE_IRIS[tag] for tag in self._languages(resource))),
            DCT.conformsTo: mapping.point(*self._standards(resource)),
            DCAT.byteSize: [] if resource.size is None else [Literal(str(resource.size), "", XSD.nonNegativeInteger)],
            PROV.wasDerivedFrom: snapshot_iris(mapping, self.linked),
        }
        return {predicate: terms for predicate, terms in properties.items() if terms}

    def others(self, stated: Set[str], page: Iri) -> Iterator[Thing]:
        """
        Yield the distributions that no row states: of formats, then of resources that no format stands for.

        A format of which the record has one resource, or lists no resource at all, is called as if a row stated it.

        Args:
            stated: The codes of the formats that rows state.

            page: The page of the record.
        """
        iris, vocabularies = self.mapping.context.iris, self.mapping.context.vocabularies
        listed = [*self.linked.record.formats, *(one.format for one in self.linked.record.resources)]
        for code in dict.fromkeys(format_code(vocabularies, name) for name in listed):
            resource = self.take(code) if code and code not in stated else None
            if resource or (code and code not in stated and not self.linked.record.resources):
                iri = iris.distribution(self.dataset, 0, code)
                yield self._map_other(iri, resource or PortalResource("", format=code), page)
        seen: set[Iri] = set()
        for resource in self.linked.record.resources:
            iri = iris.delivered(self.dataset, resource.url)
            if resource.url not in self._used and iri not in seen:
                seen.add(iri)
                yield self._map_other(iri, resource, page)

    def services(self) -> Iterator[Thing]:
        """Yield the data service of each resource that is one."""
        seen: set[Iri] = set()
        for resource in self.linked.record.resources:
            address = to_address(resource.url)
            iri = self._service_iri(resource)
            if address and self._is_api(resource) and iri not in seen:
                seen.add(iri)
                protocol = find_protocol(resource.protocol, resource.url)
                standards = [protocol.standard] if protocol else []
                yield make_thing(
                    iri,
                    {
                        RDF.type: [DCAT.DataService, DCAT.Resource],
                        DCT.title: self._names(resource),
                        DCAT.endpointURL: [address],
                        DCAT.servesDataset: [self.dataset],
                        DCAT.landingPage: self.mapping.point(self._page(resource)),
                        DCT.conformsTo: self.mapping.point(*standards),
                        DCT.license: self._terms()[DCT.license],
                        DCT.accessRights: self.mapping.point(ACCESS.PUBLIC),
                        **self.about,
                        PROV.wasDerivedFrom: snapshot_iris(self.mapping, self.linked),
                    },
                )

    def _map_other(self, iri: Iri, resource: PortalResource, page: Iri) -> Thing:
        """Return a distribution that no row states."""
        vocabularies = self.mapping.context.vocabularies
        concept = vocabularies.formats.get(format_code(vocabularies, resource.format))
        names = self._names(resource, concept)
        properties: Properties = {
            RDF.type: [DCAT.Distribution],
            DCT.title: names,
            DCT.description: first_texts(self.mapping.texts.labels(resource.descriptions), names),
            **format_properties(self.mapping, concept),
            **self._terms(),
        }
        found = self.describe(resource)
        return make_thing(iri, {**properties, **found, **({} if resource.url else {DCAT.accessURL: [page]})})

    def _terms(self) -> Properties:
        """Return the terms of the catalogue that has the record: those of DATA.GOV.HK are not those of CSDI."""
        base, is_csdi = self.mapping.context.vocabularies.base, self.linked.record.origin == "csdi"
        rights = self.mapping.point(f"{base}def/rights#{CSDI_RIGHTS if is_csdi else RIGHTS}")
        return {DCT.license: self.mapping.point(CSDI_TERMS_PAGE if is_csdi else TERMS_PAGE), DCT.rights: rights}

    def _names(self, resource: PortalResource, concept: Concept | None = None) -> Sequence[Literal]:
        """Return what a resource is called: by the portal, else as its dataset with its format."""
        names = {tag: name.strip() for tag, name in resource.names.items() if name.strip()}
        return first_texts(self.mapping.texts.labels(names), self._with_format(resource, concept))

    def _with_format(self, resource: PortalResource, concept: Concept | None) -> Iterator[Literal]:
        """Yield the titles of the dataset with a format behind them."""
        for title in self.titles:
            language = title.language.partition("-t-")[0]
            format_name = concept.label(language) if concept else resource.format
            text = composed_texts()["distribution-title"][language]
            yield title._replace(value=text.format(title=title.value, format=format_name)) if format_name else title

    def _by_code(self) -> Mapping[str, list[PortalResource]]:
        """Return the resources of each format."""
        resources: dict[str, list[PortalResource]] = {}
        for one in self.linked.record.resources:
            resources.setdefault(format_code(self.mapping.context.vocabularies, one.format), []).append(one)
        return resources

    def _is_api(self, resource: PortalResource) -> bool:
        """Return whether a resource is no file but a service."""
        code = format_code(self.mapping.context.vocabularies, resource.format)
        return resource.is_api or code == "API" or bool(resource.protocol)

    def _languages(self, resource: PortalResource) -> Sequence[str]:
        """Return the languages that a resource is said to be in."""
        return [tag for tag in LANGUAGES if tag in resource.languages]

    def _language(self, resource: PortalResource) -> str:
        """Return the language of the page of a resource: that of the plan, if it is listed there."""
        own = LANGUAGE_OF_SCRIPT[self.mapping.plan.script]
        listed = [tag for tag in (own, *LANGUAGES) if tag in resource.names]
        return listed[0] if listed else own

    def _page(self, resource: PortalResource) -> Iri:
        """Return the page of a resource."""
        return self.linked.record.resource_page(resource, self._language(resource))

    def _standards(self, resource: PortalResource) -> Sequence[Iri]:
        """Return what a resource conforms to: what describes its structure, and its coordinates."""
        schema = to_address(resource.schema)
        return [*([schema] if schema else []), *list_systems(self.mapping, self.linked.record)]

    def _service_iri(self, resource: PortalResource) -> Iri:
        """Return the IRI of the data service of a resource."""
        return f"{self.mapping.context.iris.delivered(self.dataset, resource.url)}#service"


def format_properties(mapping: PlanMapping, concept: Concept | None) -> Properties:
    """
    Return the format and the media type of a distribution.

    Args:
        mapping: The mapping of the plan.

        concept: The format; None if it is not known.
    """
    if concept is None:
        return {}
    is_file_type = concept.iri.startswith(CONCEPT_PREFIXES["filetype"])
    return {
        DCT.format: mapping.point(concept.iri) if is_file_type else [],
        DCAT.mediaType: mapping.point(*concept.iris(DCAT.mediaType)),
    }


def _day(text: str) -> list[Term]:
    """Return a day as the portal states it."""
    return [Literal(text, "", XSD.date)] if text else []
