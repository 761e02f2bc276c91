"""
What things point at: bodies, contact points, concepts, documents, media types.

In: the IRIs that were pointed at. Out: things, described just enough that a catalogue is complete and can
be validated by itself. And the top catalogue, which points at everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...core.languages import LANGUAGES
from ...core.settings import Settings
from ...core.terms import Iri, Literal, Properties, Term, Thing, expand
from ...core.vocabularies import Concept, Vocabularies
from .identities import Body
from .index import Index
from .iris import Iris
from .plans import (
    CATALOG,
    CHINESE,
    CONTACT,
    DATASET,
    DESCRIPTION,
    ENGLISH,
    HOMEPAGE,
    HONG_KONG,
    IDENTIFIER,
    ISSUED,
    LANGUAGE,
    LICENSE,
    MODIFIED,
    NAME,
    PUBLISHER,
    RESOURCE_TYPE,
    SCHEME,
    SPATIAL,
    TAXONOMY,
    THEMES,
    TITLE,
    TYPE,
    page_of,
)
from .texts import Texts, composed_texts

_CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_LABEL, _DEFINITION, _NOTATION = expand("skos:prefLabel"), expand("skos:definition"), expand("skos:notation")
_BROAD_MATCH, _REPLACED = expand("skos:broadMatch"), expand("dct:isReplacedBy")
_AGENT, _ORGANISATION, _CONCEPT = expand("foaf:Agent"), expand("org:Organization"), expand("skos:Concept")
_VCARD, _KIND = expand("vcard:Organization"), expand("vcard:Kind")
_FN, _URL, _EMAIL = expand("vcard:fn"), expand("vcard:hasURL"), expand("vcard:hasEmail")
_MONTH = expand("xsd:gYearMonth")

#: What is said of a concept in a catalogue; its alternative labels stand in the vocabulary's own file.
_ENOUGH = {
    TYPE,
    TITLE,
    RESOURCE_TYPE,
    SCHEME,
    _LABEL,
    _DEFINITION,
    _NOTATION,
    _BROAD_MATCH,
    expand("dcat:bbox"),
    expand("dcat:centroid"),
}
#: What of it points at further concepts, which are then described too.
_FOLLOWED = (SCHEME, _BROAD_MATCH, RESOURCE_TYPE, _REPLACED)


class Describer:
    """
    Describes what things point at; each description is made once.

    Args:
        settings: Which languages are written.

        vocabularies: What is known of bodies and concepts.
    """

    def __init__(self, settings: Settings, vocabularies: Vocabularies) -> None:
        """Begin with nothing described."""
        self._settings, self._vocabularies = settings, vocabularies
        self._texts = Texts(settings)
        self._known: dict[Iri, list[Thing]] = {}
        self._reached: dict[Iri, frozenset[Iri]] = {}

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
            found = self._minted(iri, minted[iri]) if iri in minted else self._describe(iri)
            things |= {thing.iri: thing for thing in found}
        return [things[iri] for iri in sorted(things)]

    def _reach(self, start: Iri) -> frozenset[Iri]:
        """Return an IRI with everything that its concept points at, directly or not."""
        reached = self._reached.get(start)
        if reached is None:
            found, waiting = {start}, [start]
            while waiting:
                concept = self._vocabularies.concepts.get(waiting.pop())
                properties = concept.properties if concept else {}
                terms = {t for p in _FOLLOWED for t in properties.get(p, ()) if isinstance(t, str)}
                waiting += terms - found
                found |= terms
            reached = self._reached[start] = frozenset(found)
        return reached

    def _describe(self, iri: Iri) -> list[Thing]:
        """Return what is said of a known concept or body, a media type, or a page."""
        found = self._known.get(iri)
        if found is None:
            concept = self._vocabularies.concepts.get(iri)
            if concept and _AGENT in concept.properties[TYPE]:
                body = Body(concept.notation, iri, concept.notation, concept)
                contact = _contact(iri, self._texts.labels(concept.labels), page_of(body, self._vocabularies))
                found = [_organisation(concept, self._texts), contact]
            elif concept:
                found = [_concept(concept, self._texts)]
            elif iri.startswith(_MEDIA_TYPES):
                label = Literal(iri.removeprefix(_MEDIA_TYPES))
                found = [Thing(iri, {TYPE: [expand("dct:MediaType")], expand("rdfs:label"): [label]})]
            else:
                found = [Thing(iri, {TYPE: [expand("foaf:Document")]})]
            self._known[iri] = found
        return found

    def _minted(self, iri: Iri, printed: tuple[str, str]) -> list[Thing]:
        """Return what is said of a body or category that no vocabulary has."""
        names: list[Term] = list(Texts(self._settings, printed[1]).say(printed[0]))
        scheme = f"{self._vocabularies.base}def/category"
        if iri.startswith(scheme):
            return [Thing(iri, {TYPE: [_CONCEPT], _LABEL: names, SCHEME: [scheme]}), *self._describe(scheme)]
        page = page_of(Body("", iri, printed[0]), self._vocabularies)
        code = iri.rsplit("/", 1)[1]
        return [
            Thing(iri, {TYPE: [_AGENT, _ORGANISATION], NAME: names, IDENTIFIER: [Literal(code)]}),
            Thing(f"{iri}#contact", {TYPE: [_KIND, _VCARD], _FN: names, _URL: [page]}),
            *self._describe(page),
        ]


def _organisation(concept: Concept, texts: Texts) -> Thing:
    """Return a known body."""
    properties: Properties = {
        TYPE: [_AGENT, _ORGANISATION],
        NAME: list(texts.labels(concept.labels)),
        IDENTIFIER: [Literal(concept.notation)],
        RESOURCE_TYPE: concept.properties[RESOURCE_TYPE],
    }
    successors = concept.properties.get(_REPLACED)
    return Thing(concept.iri, properties | ({_REPLACED: successors} if successors else {}))


def _contact(body: Iri, names: list[Literal], page: Iri) -> Thing:
    """Return a body's contact point: its page on the portal."""
    return Thing(f"{body}#contact", {TYPE: [_KIND, _VCARD], _FN: list(names), _URL: [page]})


def _concept(concept: Concept, texts: Texts) -> Thing:
    """Return as much of a concept as a catalogue needs, in the languages asked for."""
    shown = {literal.language for literal in texts.labels(dict.fromkeys(LANGUAGES, "-"))}
    kept: Properties = {}
    for predicate, terms in concept.properties.items():
        if predicate in _ENOUGH:
            wanted = [t for t in terms if isinstance(t, str) or not t.language or t.language in shown]
            kept[predicate] = [_CONCEPT if t == _CONCEPT else t for t in wanted]
    return Thing(concept.iri, kept)


def top_catalogue(settings: Settings, index: Index, base: Iri) -> Iterator[Thing]:
    """
    Yield the catalogue over all plans, and who publishes it.

    Args:
        settings: Its title, description, publisher, home page and contact.

        index: The plans and datasets.

        base: The base IRI.
    """
    texts, iris = Texts(settings), Iris(base)
    operator = iris.organisation("operator")
    months = [month for _catalogue, _plan, month in index.plans]
    properties: Properties = {
        TYPE: [expand("dcat:Catalog")],
        TITLE: list(texts.labels(settings.title or composed_texts()["catalogue-title"])),
        DESCRIPTION: list(texts.labels(settings.description or composed_texts()["catalogue-description"])),
        PUBLISHER: [operator],
        LANGUAGE: [CHINESE, ENGLISH],
        LICENSE: [_CC0],
        ISSUED: [Literal(min(months), "", _MONTH)] if months else [],
        MODIFIED: [Literal(max(months), "", _MONTH)] if months else [],
        SPATIAL: [HONG_KONG],
        TAXONOMY: [THEMES, f"{base}def/category"],
        HOMEPAGE: [settings.homepage],
        CONTACT: [iris.contact(operator)] if settings.contact else [],
        CATALOG: sorted(catalogue for catalogue, _plan, _month in index.plans),
        DATASET: [iris.dataset(identifier) for identifier in sorted(index.newest)],
    }
    yield Thing(iris.catalogue, {predicate: terms for predicate, terms in properties.items() if terms})
    names: list[Term] = list(texts.labels(settings.publisher))
    kind = f"http://purl.org/adms/publishertype/{settings.publisher_type}"
    yield Thing(operator, {TYPE: [_AGENT], NAME: names, IDENTIFIER: [Literal("operator")], RESOURCE_TYPE: [kind]})
    if settings.contact:
        where = _EMAIL if settings.contact.startswith("mailto:") else _URL
        contact: Properties = {TYPE: [_KIND, _VCARD], _FN: names, where: [settings.contact]}
        yield Thing(iris.contact(operator), contact)


def top_references(settings: Settings, base: Iri) -> set[Iri]:
    """Return what the top catalogue points at besides plans and datasets."""
    kind = f"http://purl.org/adms/publishertype/{settings.publisher_type}"
    return {_CC0, HONG_KONG, CHINESE, ENGLISH, THEMES, f"{base}def/category", settings.homepage, kind}


def published_vocabulary(name: str, vocabularies: Vocabularies) -> list[Thing]:
    """
    Return a vocabulary as it is published: bodies also have the name that DCAT-AP asks of an agent.

    Args:
        name: One of `vocabularies.FILES`.

        vocabularies: The vocabularies under the catalogue's base IRI.
    """
    things: list[Thing] = []
    for thing in vocabularies.things[name]:
        is_agent = _AGENT in thing.properties.get(TYPE, ())
        more: Properties = {NAME: thing.properties[_LABEL], IDENTIFIER: thing.properties[_NOTATION]} if is_agent else {}
        things.append(Thing(thing.iri, thing.properties | more))
    return things
