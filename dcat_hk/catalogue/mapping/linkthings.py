"""
Links and snapshots -> things of their own: links as SSSOM mappings, snapshots, pages of records with what they say.

In: the links of all datasets. Out: the thing of an IRI, made when it is asked for. Whoever reads a title that the
portal gave finds by them from which day it is.

Spec: SSSOM 1.0, RDF serialisation: a mapping names source, property and target by OWL's annotations; PROV-O.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ...core.languages import LANGUAGES
from ...core.namespaces import DCT, FOAF, OWL, PROV, RDF, RDFS, SKOS, SSSOM, XSD
from ...core.settings import Settings
from ...core.terms import Iri, Literal, Thing
from .context import make_thing
from .iris import Iris
from .linked import LANGUAGE_IRIS, SYSTEM_TYPE, SYSTEMS, link_iri, to_address
from .linkedrecords import LinkedRecord, PortalLinks, page_of_record
from .portal import CSDI_RIGHTS, CSDI_TERMS_PAGE
from .protocols import load_protocols
from .texts import LabelTexts


@dataclass(frozen=True)
class LinkThings:
    """
    Describes links, snapshots, pages of records, and what resources conform to.

    Args:
        links: The links.

        settings: Which languages are written.

        base: The base IRI.
    """

    links: PortalLinks
    settings: Settings
    base: Iri

    def find(self, iri: Iri) -> Thing | None:
        """
        Return what is said of an IRI; None if it is of nothing that has to do with links.

        Args:
            iri: The IRI.
        """
        if iri.startswith(f"{self.base}link/"):
            return self._link(iri, self._links[iri]) if iri in self._links else None
        if iri.startswith(f"{self.base}portal/"):
            return self._snapshot(iri)
        if iri in self._pages:
            return self._page(iri, *self._pages[iri])
        if iri in self._standards:
            return Thing(iri, {RDF.type: self._standards[iri]})
        if iri.startswith(SYSTEMS):
            return Thing(iri, {RDF.type: (DCT.Standard,), DCT.type: (SYSTEM_TYPE,)})
        return self._reference(iri)

    def _reference(self, iri: Iri) -> Thing | None:
        """Return what only records of CSDI lead to: its terms, and the kind of thing that a coordinate system is."""
        if iri == CSDI_TERMS_PAGE:
            labels = self._texts.compose("csdi-terms", {})
            return make_thing(iri, {RDF.type: [DCT.LicenseDocument], DCT.title: labels})
        if iri == f"{self.base}def/rights#{CSDI_RIGHTS}":
            labels = self._texts.compose("csdi-rights", {})
            return make_thing(iri, {RDF.type: [DCT.RightsStatement], DCT.title: labels})
        if iri == SYSTEM_TYPE:
            return make_thing(iri, {RDF.type: [SKOS.Concept], SKOS.prefLabel: self._texts.compose("crs", {})})
        return None

    @cached_property
    def _iris(self) -> Iris:
        return Iris(self.base)

    @cached_property
    def _texts(self) -> LabelTexts:
        return LabelTexts(self.settings)

    @cached_property
    def _links(self) -> Mapping[Iri, LinkedRecord]:
        """Return the links by their IRIs."""
        return {link_iri(self.base, one): one for _identifier, one in self.links.linked()}

    @cached_property
    def _pages(self) -> Mapping[Iri, tuple[str, LinkedRecord]]:
        """Return the pages of records with their language."""
        return {one.record.page(tag): (tag, one) for _identifier, one in self.links.linked() for tag in LANGUAGES}

    @cached_property
    def _standards(self) -> Mapping[Iri, tuple[Iri, ...]]:
        """Return what resources conform to and what else describes data, with its classes."""
        things: dict[Iri, tuple[Iri, ...]] = {}
        for _identifier, one in self.links.linked():
            for text in one.record.dictionary.values():
                things.setdefault(to_address(text), (FOAF.Document,))
            for resource in one.record.resources:
                if to_address(resource.schema):
                    things[to_address(resource.schema)] = (DCT.Standard, FOAF.Document)
        return things | {protocol.standard: (DCT.Standard,) for protocol in load_protocols()}

    def _link(self, iri: Iri, one: LinkedRecord) -> Thing:
        """Return a link as a mapping."""
        link = one.link
        confidence = [] if link.confidence is None else [Literal(f"{link.confidence:g}", "", XSD.double)]
        return make_thing(
            iri,
            {
                RDF.type: [SSSOM.Mapping, PROV.Entity],
                OWL.annotatedSource: [link.subject],
                OWL.annotatedProperty: [link.predicate],
                OWL.annotatedTarget: [page_of_record(one.record)],
                SSSOM.mapping_justification: [link.justification],
                SSSOM.confidence: confidence,
                SSSOM.mapping_date: [Literal(link.dated, "", XSD.date)] if link.dated else [],
                SSSOM.author_id: [Literal(link.author)] if link.author else [],
                SSSOM.mapping_tool_version: [Literal(link.tool_version)] if link.tool_version else [],
                RDFS.comment: self._texts.say(link.comment),
                PROV.wasDerivedFrom: [self._iris.snapshot(date) for date in one.dates],
            },
        )

    def _snapshot(self, iri: Iri) -> Thing:
        """Return a snapshot."""
        date = iri.removeprefix(f"{self.base}portal/")
        facts = self.links.snapshots.get(date)
        datatype = XSD.date if len(date) > 7 else XSD.gYearMonth
        return make_thing(
            iri,
            {
                RDF.type: [PROV.Entity],
                DCT.title: self._texts.compose(self._title_name(date), {"date": date}),
                DCT.identifier: [Literal(f"sha256:{digest}") for digest in (facts.digests if facts else ())],
                DCT.date: [Literal(date, "", datatype)],
            },
        )

    def _title_name(self, date: str) -> str:
        """Return the name of the title of a snapshot: by where the records are from that it has."""
        origins = {one.record.origin for _identifier, one in self.links.linked() if date in one.dates}
        if len(origins) > 1:
            return "snapshot-title-both"
        return "snapshot-title-csdi" if origins == {"csdi"} else "snapshot-title"

    def _page(self, iri: Iri, language: str, one: LinkedRecord) -> Thing:
        """Return the page of a record in a language, with its title as it stands there."""
        title = one.record.titles.get(language, "").strip()
        return make_thing(
            iri,
            {
                RDF.type: [FOAF.Document],
                DCT.title: self._texts.labels({language: title}),
                DCT.language: [LANGUAGE_IRIS[language]],
                PROV.wasDerivedFrom: [self._iris.snapshot(date) for date in one.dates],
            },
        )
