"""
Linked record of the portal -> what a dataset gets by it: pages, texts, contact, documents, its matches.

In: the mapping of a plan and a linked record. Out: properties and things. Printed text comes first; what the portal
says is only added in languages that the plan lacks. No address is made up: what is no address is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from ...core.languages import LANGUAGE_OF_SCRIPT, LANGUAGES, TEXT_LANGUAGES
from ...core.namespaces import DCAT, DCT, GEO, LANGUAGE, RDF, SKOS, VCARD
from ...core.terms import Iri, Literal, Properties, Thing
from ...portal.records import PortalRecord
from ...reconciliation.sssom import BROAD, CLOSE, EXACT, NARROW
from .context import PlanMapping, make_thing
from .identities import Agent, Identity
from .iris import key_of
from .linkedrecords import LinkedRecord, page_of_record

_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#].*)?", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_MATCHES = {EXACT: SKOS.exactMatch, CLOSE: SKOS.closeMatch, BROAD: SKOS.broadMatch, NARROW: SKOS.narrowMatch}
#: Coordinate reference systems, as records state them.
_SYSTEM = re.compile(r"EPSG\D{0,8}(?:\d+\.\d+\D+|::?)?(\d{4,6})", re.IGNORECASE)
#: What a coordinate reference system is, as GeoDCAT-AP wants it said.
SYSTEM_TYPE = "http://inspire.ec.europa.eu/glossary/SpatialReferenceSystem"
#: What the IRIs of these systems begin with.
SYSTEMS = "http://www.opengis.net/def/crs/EPSG/0/"
#: The IRIs of the languages of the portal.
LANGUAGE_IRIS = {"en": LANGUAGE.ENG, "zh-Hant": LANGUAGE.ZHO, "zh-Hans": LANGUAGE.ZHO}


def to_address(text: str) -> Iri:
    """
    Return an address as an IRI of ASCII characters; nothing for what is no address.

    Args:
        text: What the portal states.

    >>> to_address(" https://files.example/名單.csv "), to_address("files.example/a.csv")
    ('https://files.example/%E5%90%8D%E5%96%AE.csv', '')
    """
    address = text.strip()
    if not _ADDRESS.fullmatch(address):
        return ""
    return quote(address, safe="!#$%&'()*+,/:;=?@[]~")


def to_mailbox(text: str) -> Iri:
    """
    Return an e-mail address as an IRI; nothing for what is none.

    Args:
        text: What the portal states.

    >>> to_mailbox("enquiry@xyz.example"), to_mailbox("see the web site")
    ('mailto:enquiry@xyz.example', '')
    """
    return f"mailto:{text.strip()}" if _EMAIL.fullmatch(text.strip()) else ""


def list_pages(mapping: PlanMapping, record: PortalRecord) -> list[Iri]:
    """
    Return the pages of a record: the one in the language of the plan first.

    Args:
        mapping: The mapping of the plan.

        record: The record.
    """
    own = LANGUAGE_OF_SCRIPT[mapping.plan.script]
    return [record.page(language) for language in (own, *(tag for tag in LANGUAGES if tag != own))]


def add_texts(mapping: PlanMapping, printed: Sequence[Literal], texts: Mapping[str, str]) -> Sequence[Literal]:
    """
    Return printed text with what the portal says in languages that are not printed.

    What was converted from the other script gives way to what is stated in that script.

    Args:
        mapping: The mapping of the plan.

        printed: What the plan says, printed before converted.

        texts: What the portal says, by language.
    """
    converted = [text for text in printed if "-t-" in text.language]
    own = [text for text in printed if "-t-" not in text.language]
    has = {text.language for text in own}
    stated = {language: clean for language, text in texts.items() if language not in has and (clean := text.strip())}
    added = sorted(mapping.texts.labels(stated), key=lambda text: TEXT_LANGUAGES.index(text.language))
    has |= {text.language for text in added}
    return (*own, *added, *(text for text in converted if text.language.partition("-t-")[0] not in has))


def match_properties(mapping: PlanMapping, identifier: str) -> Properties:
    """
    Return how a dataset matches records of the portal, noting pages, links and snapshots that are pointed at.

    Args:
        mapping: The mapping of the plan.

        identifier: The identifier of the dataset.
    """
    properties: dict[Iri, list[Iri]] = {}
    for one in mapping.context.links.portal.by_dataset.get(identifier, ()):
        properties.setdefault(_MATCHES[one.link.predicate], []).append(page_of_record(one.record))
        mapping.point(page_of_record(one.record), link_iri(mapping.context.iris.base, one))
        snapshot_iris(mapping, one)
    return dict(properties)


def link_iri(base: Iri, linked: LinkedRecord) -> Iri:
    """
    Return the IRI of a link: it stands for what is linked, and how.

    Args:
        base: The base IRI.

        linked: The link with its record.
    """
    link = linked.link
    return f"{base}link/{key_of(link.subject, link.predicate, page_of_record(linked.record), length=16)}"


def snapshot_iris(mapping: PlanMapping, linked: LinkedRecord) -> tuple[Iri, ...]:
    """Return the snapshots that say what is said of a record, noting that they are pointed at."""
    return mapping.point(*(mapping.context.iris.snapshot(date) for date in linked.dates))


def list_documents(mapping: PlanMapping, record: PortalRecord) -> tuple[Iri, ...]:
    """Return the data dictionaries of a record in each language, each once, noting that they are pointed at."""
    addresses = (to_address(record.dictionary.get(language, "")) for language in LANGUAGES)
    return mapping.point(*dict.fromkeys(filter(None, addresses)))


def list_systems(mapping: PlanMapping, record: PortalRecord) -> tuple[Iri, ...]:
    """
    Return the coordinate reference systems of a record, noting that they are pointed at.

    Spec: GeoDCAT-AP 3.0.0, reference systems as dct:conformsTo.
    """
    codes = (_SYSTEM.search(system) for system in record.systems)
    return mapping.point(*dict.fromkeys(f"{SYSTEMS}{code[1]}" for code in codes if code))


def map_area(dataset: Iri, record: PortalRecord) -> Thing | None:
    """
    Return the area that a record states to cover, as a place; None if it states none.

    Args:
        dataset: The IRI of the dataset.

        record: The record.

    Spec: GeoDCAT-AP 3.0.0, spatial coverage as dcat:bbox; OGC GeoSPARQL 1.0, wktLiteral: longitude before latitude.

    >>> area = map_area("https://example.org/dataset/a", PortalRecord("a", extent=(113.8, 22.1, 114.5, 22.6)))
    >>> [text.value for text in area.properties[DCAT.bbox]]
    ['POLYGON((113.8 22.1,114.5 22.1,114.5 22.6,113.8 22.6,113.8 22.1))']
    >>> map_area("https://example.org/dataset/a", PortalRecord("a")) is None
    True
    """
    if record.extent is None:
        return None
    west, south, east, north = map(_degrees, record.extent)
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    box = ",".join(f"{longitude} {latitude}" for longitude, latitude in corners)
    text = Literal(f"POLYGON(({box}))", "", GEO.wktLiteral)
    return make_thing(f"{dataset}#area", {RDF.type: (DCT.Location,), DCAT.bbox: (text,)})


def _degrees(number: float) -> str:
    """Return degrees in digits, without an exponent, to a tenth of a metre at most."""
    return f"{number:.6f}".rstrip("0").rstrip(".")


def map_contact(mapping: PlanMapping, dataset: Iri, identity: Identity, record: PortalRecord) -> Thing | None:
    """
    Return whom to ask about a dataset, as the portal prints it; None if it prints no address.

    Args:
        mapping: The mapping of the plan.

        dataset: The IRI of the dataset.

        identity: Who publishes it.

        record: The record.
    """
    mailbox = to_mailbox(record.email)
    if not mailbox:
        return None
    names = mapping.texts.labels(record.maintainer) or _name(mapping, identity.publisher)
    kind = (VCARD.Kind, VCARD.Organization)
    return make_thing(f"{dataset}#contact", {RDF.type: kind, VCARD.fn: names, VCARD.hasEmail: (mailbox,)})


def _name(mapping: PlanMapping, body: Agent) -> Sequence[Literal]:
    """Return what a body is called."""
    return mapping.texts.names(body.concept.labels) if body.concept else mapping.texts.say(body.name)


def first_texts(*choices: Iterable[Literal]) -> Sequence[Literal]:
    """
    Return the first of several texts that says something.

    >>> first_texts([], [Literal("Piers", "en")])[0].value
    'Piers'
    """
    return next((found for found in map(tuple, choices) if found), ())
