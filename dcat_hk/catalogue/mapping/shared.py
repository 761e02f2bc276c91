"""
What things point at: bodies, contact points, concepts, documents, media types.

In: the IRIs that were pointed at. Out: things, described just enough that a catalogue is complete and can
be validated by itself. And the top catalogue, which points at everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...core.languages import LANGUAGES
from ...core.namespaces import COUNTRY, DCAT, DCT, FOAF, LANGUAGE, ORG, RDF, RDFS, SKOS, VCARD, scheme_of
from ...core.settings import Settings
from ...core.terms import Iri, Literal, Properties, Term, Thing
from ...core.vocabularies import Concept, Vocabularies
from .context import make_thing, month_literal
from .identities import Agent
from .index import PlanIndex
from .iris import Iris
from .linkedrecords import PortalLinks
from .linkthings import LinkThings
from .portal import page_of
from .texts import LabelTexts, composed_texts

#: The licence of descriptions: of every catalogue, whoever publishes the data.
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_PUBLISHER_TYPES = "http://purl.org/adms/publishertype/"

#: What is said of a concept in a catalogue; its alternative labels stand in the vocabulary's own file.
_ENOUGH = {
    RDF.type,
    DCT.title,
    DCT.type,
    SKOS.inScheme,
    SKOS.prefLabel,
    SKOS.definition,
    SKOS.notation,
    SKOS.broadMatch,
    DCAT.bbox,
    DCAT.centroid,
}
#: What of it points at further concepts, which are then described too.
_FOLLOWED = (SKOS.inScheme, SKOS.broadMatch, DCT.type, DCT.isReplacedBy, ORG.subOrganizationOf, FOAF.homepage)
#: What is said of a body beside its names and its code.
_OF_BODIES = (DCT.type, FOAF.homepage, ORG.subOrganizationOf, DCT.temporal, DCT.isReplacedBy)


class Describer:
    """
    Describes what things point at; each description is made once.

    Args:
        settings: Which languages are written.

        vocabularies: What is known of bodies and concepts.

        links: Describes links with the portal and what they point at.
    """

    def __init__(self, settings: Settings, vocabularies: Vocabularies, links: LinkThings | None = None) -> None:
        """Begin with nothing described."""
        self._settings, self._vocabularies = settings, vocabularies
        self._links = links or LinkThings(PortalLinks(), settings, vocabularies.base)
        self._texts = LabelTexts(settings)
        self._descriptions: dict[Iri, list[Thing]] = {}
        self._closures: dict[Iri, frozenset[Iri]] = {}

    def describe(self, pointed_at: Iterable[Iri], minted: Mapping[Iri, tuple[str, str]]) -> list[Thing]:
        """
        Return a description of everything that was pointed at, by IRI.

        Args:
            pointed_at: IRIs of bodies, concepts, documents and media types.

            minted: The printed name and the script of bodies and categories that no vocabulary has.
        """
        iris = {iri for start in (*pointed_at, *minted) for iri in self._reach(start)}
        things: dict[Iri, Thing] = {}
        for iri in sorted(iris):
            descriptions = self._minted(iri, minted[iri]) if iri in minted else self._describe(iri)
            things |= {thing.iri: thing for thing in descriptions}
        return [things[iri] for iri in sorted(things)]

    def _reach(self, start: Iri) -> frozenset[Iri]:
        """Return an IRI with everything that its concept points at, directly or not."""
        closure = self._closures.get(start)
        if closure is None:
            iris, waiting = {start}, [start]
            while waiting:
                concept = self._vocabularies.concepts.get(waiting.pop())
                properties = concept.properties if concept else {}
                terms = {t for p in _FOLLOWED for t in properties.get(p, ()) if isinstance(t, str)}
                if start == operator_iri(self._settings) and self._settings.publisher_type and len(iris) == 1:
                    terms.add(f"{_PUBLISHER_TYPES}{self._settings.publisher_type}")
                waiting += terms - iris
                iris |= terms
            closure = self._closures[start] = frozenset(iris)
        return closure

    def _describe(self, iri: Iri) -> list[Thing]:
        """Return what is said of a known concept or body, the operator, a media type, or a page."""
        things = self._descriptions.get(iri)
        if things is None and iri == operator_iri(self._settings):
            things = self._descriptions[iri] = list(_operator(self._settings, self._texts))
        if things is None:
            concept = self._vocabularies.concepts.get(iri)
            if concept and FOAF.Agent in concept.properties[RDF.type]:
                body = Agent(concept.notation, iri, concept.notation, concept)
                page = page_of(body, self._vocabularies)
                contact = _contact(iri, self._texts.names(concept.labels), page)
                period = [self._vocabularies.concepts[one] for one in concept.iris(DCT.temporal)]
                things = [_organisation(concept, self._texts), contact, *(Thing(p.iri, p.properties) for p in period)]
            elif concept:
                things = [_concept(concept, self._texts)]
            elif iri.startswith(_MEDIA_TYPES):
                label = Literal(iri.removeprefix(_MEDIA_TYPES))
                things = [Thing(iri, {RDF.type: [DCT.MediaType], RDFS.label: [label]})]
            else:
                things = [self._links.find(iri) or Thing(iri, {RDF.type: [FOAF.Document]})]
            self._descriptions[iri] = things
        return things

    def _minted(self, iri: Iri, printed: tuple[str, str]) -> list[Thing]:
        """Return what is said of a body or category that no vocabulary has."""
        names: list[Term] = list(LabelTexts(self._settings, printed[1]).say(printed[0]))
        scheme = f"{self._vocabularies.base}def/category"
        if iri.startswith(scheme):
            return [
                Thing(iri, {RDF.type: [SKOS.Concept], SKOS.prefLabel: names, SKOS.inScheme: [scheme]}),
                *self._describe(scheme),
            ]
        page = page_of(Agent("", iri, printed[0]), self._vocabularies)
        code = iri.rsplit("/", 1)[1]
        return [
            Thing(iri, {RDF.type: [FOAF.Agent, ORG.Organization], FOAF.name: names, DCT.identifier: [Literal(code)]}),
            Thing(
                f"{iri}#contact", {RDF.type: [VCARD.Kind, VCARD.Organization], VCARD.fn: names, VCARD.hasURL: [page]}
            ),
            *self._describe(page),
        ]


def _organisation(concept: Concept, texts: LabelTexts) -> Thing:
    """Return a known body."""
    properties: Properties = {
        RDF.type: [FOAF.Agent, ORG.Organization],
        FOAF.name: texts.names(concept.labels),
        DCT.identifier: [Literal(concept.notation)],
    }
    stated = concept.properties
    return Thing(concept.iri, properties | {name: stated[name] for name in _OF_BODIES if name in stated})


def _contact(body: Iri, names: list[Literal], page: Iri) -> Thing:
    """Return a body's contact point: its page on the portal."""
    return Thing(
        f"{body}#contact", {RDF.type: [VCARD.Kind, VCARD.Organization], VCARD.fn: list(names), VCARD.hasURL: [page]}
    )


def _concept(concept: Concept, texts: LabelTexts) -> Thing:
    """Return as much of a concept as a catalogue needs, in the languages asked for."""
    languages = {literal.language for literal in texts.labels(dict.fromkeys(LANGUAGES, "-"))}
    properties: Properties = {}
    for predicate, terms in concept.properties.items():
        if predicate in _ENOUGH:
            values = [t for t in terms if isinstance(t, str) or not t.language or t.language in languages]
            properties[predicate] = [SKOS.Concept if t == SKOS.Concept else t for t in values]
    return Thing(concept.iri, properties)


def operator_iri(settings: Settings) -> Iri:
    """
    Return the IRI of who operates the catalogue and publishes all catalogues in it.

    Args:
        settings: The operator's own IRI, or the base IRI.

    >>> operator_iri(Settings())
    'https://example.org/dcat-hk/organisation/operator'
    """
    return settings.publisher_iri or Iris(settings.base_iri).operator


def _operator(settings: Settings, texts: LabelTexts) -> Iterator[Thing]:
    """Yield who operates the catalogue: as the settings say, nothing more; and the contact point, if there is one."""
    iris, names = Iris(settings.base_iri), texts.labels(settings.publisher or composed_texts()["operator"])
    kinds = [f"{_PUBLISHER_TYPES}{settings.publisher_type}"] if settings.publisher_type else []
    code = [] if settings.publisher_iri else [Literal("operator")]
    properties: Properties = {RDF.type: [FOAF.Agent], FOAF.name: list(names), DCT.identifier: code, DCT.type: kinds}
    yield make_thing(operator_iri(settings), properties)
    if settings.contact:
        where = VCARD.hasEmail if settings.contact.startswith("mailto:") else VCARD.hasURL
        kind = [VCARD.Kind, VCARD.Organization]
        yield Thing(iris.contact(iris.operator), {RDF.type: kind, VCARD.fn: list(names), where: [settings.contact]})


def top_catalogue(settings: Settings, index: PlanIndex, base: Iri) -> Thing:
    """
    Return the catalogue over all plans.

    Args:
        settings: Its title, description, home page and contact.

        index: The plans and datasets.

        base: The base IRI.
    """
    texts, iris = LabelTexts(settings), Iris(base)
    months = [month for _catalogue, _plan, month in index.plans]
    properties: Properties = {
        RDF.type: [DCAT.Catalog],
        DCT.title: list(texts.labels(settings.title or composed_texts()["catalogue-title"])),
        DCT.description: list(texts.labels(settings.description or composed_texts()["catalogue-description"])),
        DCT.publisher: [operator_iri(settings)],
        DCT.language: [LANGUAGE.ZHO, LANGUAGE.ENG],
        DCT.license: [CC0],
        DCT.issued: [month_literal(min(months))] if months else [],
        DCT.modified: [month_literal(max(months))] if months else [],
        DCT.spatial: [COUNTRY.HKG],
        DCAT.themeTaxonomy: [scheme_of("theme")],
        FOAF.homepage: [settings.homepage] if settings.homepage else [],
        DCAT.contactPoint: [iris.contact(iris.operator)] if settings.contact else [],
        DCAT.catalog: sorted(catalogue for catalogue, _plan, _month in index.plans),
        DCAT.dataset: [iris.dataset(identifier) for identifier in sorted(index.newest)],
    }
    return make_thing(iris.catalogue, properties)


def top_references(settings: Settings) -> set[Iri]:
    """Return what the top catalogue points at besides plans and datasets."""
    homepage = {settings.homepage} if settings.homepage else set()
    return {operator_iri(settings), CC0, COUNTRY.HKG, LANGUAGE.ZHO, LANGUAGE.ENG, scheme_of("theme"), *homepage}


def published_vocabulary(name: str, vocabularies: Vocabularies) -> list[Thing]:
    """
    Return a vocabulary as it is published: bodies also have the name that DCAT-AP asks of an agent.

    Args:
        name: One of `vocabularies.FILES`.

        vocabularies: The vocabularies under the catalogue's base IRI.
    """
    things: list[Thing] = []
    for thing in vocabularies.things[name]:
        is_agent = FOAF.Agent in thing.properties.get(RDF.type, ())
        more: Properties = (
            {FOAF.name: thing.properties[SKOS.prefLabel], DCT.identifier: thing.properties[SKOS.notation]}
            if is_agent
            else {}
        )
        things.append(Thing(thing.iri, thing.properties | more))
    return things
