"""
A catalogue -> descriptions of the whole for programs that know no DCAT-AP: `data.json` and VoID.

In: the library. Out: JSON, Turtle. Only what plans say is there: where a format asks for more, it is left out.

Spec: DCAT-US 1.1 (Project Open Data Metadata Schema); Vocabulary of Interlinked Datasets, section 7.2 (well-known URI).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ...core.namespaces import DCAT, DCT, FOAF, RDF, VCARD, PlanTerms
from ...core.syntaxes.turtle import Turtle
from ...core.terms import Iri, Literal, Properties, Thing, get_first_text
from .library import Library
from .media import FORMATS
from .wording import choose_name, choose_text

#: The paths of both.
DATA_JSON, VOID = "data.json", ".well-known/void"
_SCHEMA = "https://project-open-data.cio.gov/v1.1/schema"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_XSD_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
#: The language of texts in `data.json`, where there is one in it; the format has one text for all languages.
_LANGUAGE = "en"
#: How ISO 8601 writes the frequencies that it can write, by the code of the EU.
_FREQUENCIES = {
    "UPDATE_CONT": "R/PT1S", "HOURLY": "R/PT1H", "DAILY": "R/P1D", "WEEKLY": "R/P1W", "BIWEEKLY": "R/P2W",
    "MONTHLY": "R/P1M", "BIMONTHLY": "R/P2M", "QUARTERLY": "R/P3M", "ANNUAL_2": "R/P6M", "ANNUAL": "R/P1Y",
    "BIENNIAL": "R/P2Y", "TRIENNIAL": "R/P3Y", "QUINQUENNIAL": "R/P5Y", "DECENNIAL": "R/P10Y", "IRREG": "irregular",
}  # fmt: skip


def write_data_json(library: Library) -> Iterator[str]:
    """
    Yield the catalogue as `data.json`, dataset by dataset.

    Args:
        library: The library of things.
    """
    head = {
        "@context": f"{_SCHEMA}/catalog.jsonld",
        "@id": f"{library.base}{DATA_JSON}",
        "@type": "dcat:Catalog",
        "conformsTo": _SCHEMA,
        "describedBy": f"{_SCHEMA}/catalog.json",
    }
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "dataset": ['
    plan = PlanTerms(library.base)
    for number, iri in enumerate(library.datasets):
        things = {thing.iri: thing for thing in library.find_document(iri)}
        if iri in things:
            yield ("," if number else "") + "\n" + json.dumps(_describe(things, iri, library, plan), ensure_ascii=False)
    yield "\n]}\n"


def _describe(things: Mapping[Iri, Thing], iri: Iri, library: Library, plan: PlanTerms) -> dict[str, Any]:
    """Return a dataset as DCAT-US has it."""
    properties = things[iri].properties

    def say(predicate: Iri) -> str:
        return choose_text(properties.get(predicate, ()), _LANGUAGE)

    records = [library.find_stated(record) for record in library.find_records(iri)]
    told = [
        get_first_text(one.properties, DCT.modified)
        for one in records
        if one and plan.Entry in one.properties.get(RDF.type, ())
    ]
    publisher = next(map(str, properties.get(DCT.publisher, ())), "")
    frequency = get_first_text(things[iri].properties, DCT.accrualPeriodicity).rpartition("/")[2]
    described = {
        "@type": "dcat:Dataset",
        "identifier": iri,
        "title": say(DCT.title),
        "description": say(DCT.description) or say(DCT.title),
        "keyword": sorted({t.value for t in properties.get(DCAT.keyword, ()) if isinstance(t, Literal)}),
        "modified": max(told, default=get_first_text(things[iri].properties, DCT.issued)),
        "issued": get_first_text(things[iri].properties, DCT.issued),
        "accessLevel": "public",
        "publisher": {"@type": "org:Organization", "name": _name(library, publisher)} if publisher else None,
        "contactPoint": _describe_contact(properties, library),
        "theme": [_name(library, str(term)) for term in properties.get(DCT.subject, ())],
        "accrualPeriodicity": _FREQUENCIES.get(frequency, ""),
        "spatial": next((_name(library, str(term)) for term in properties.get(DCT.spatial, ())), ""),
        "landingPage": next(map(str, properties.get(DCAT.landingPage, ())), ""),
        "license": _find_licence(things, properties),
        "distribution": [
            _describe_distribution(things[str(term)], library)
            for term in properties.get(DCAT.distribution, ())
            if str(term) in things
        ],
    }
    return {name: value for name, value in described.items() if value not in (None, "", [], {})}


def _describe_contact(properties: Properties, library: Library) -> dict[str, str] | None:
    """Return whom to ask; an e-mail address only if the catalogue has one."""
    for term in properties.get(DCAT.contactPoint, ()):
        thing = library.find_stated(str(term))
        contact = {"@type": "vcard:Contact", "fn": _name(library, str(term))}
        mail = get_first_text(thing.properties, VCARD.hasEmail) if thing else ""
        return contact | ({"hasEmail": mail if mail.startswith("mailto:") else f"mailto:{mail}"} if mail else {})
    return None


def _describe_distribution(thing: Thing, library: Library) -> dict[str, str]:
    """Return a distribution as DCAT-US has it."""
    properties = thing.properties
    described = {
        "@type": "dcat:Distribution",
        "title": choose_text(properties.get(DCT.title, ()), _LANGUAGE),
        "accessURL": next(map(str, properties.get(DCAT.accessURL, ())), ""),
        "downloadURL": next(map(str, properties.get(DCAT.downloadURL, ())), ""),
        "mediaType": get_first_text(thing.properties, DCAT.mediaType).partition("/media-types/")[2],
        "format": next((_name(library, str(term)) for term in properties.get(DCT.format, ())), ""),
    }
    return {name: value for name, value in described.items() if value}


def _find_licence(things: Mapping[Iri, Thing], properties: Properties) -> str:
    """Return the licence of the distributions of a dataset, if they have one and the same."""
    found = {
        str(one)
        for term in properties.get(DCAT.distribution, ())
        if str(term) in things
        for one in things[str(term)].properties.get(DCT.license, ())
    }
    return found.pop() if len(found) == 1 else ""


def write_void(library: Library, queries: bool) -> bytes:
    """
    Return the description of the catalogue in VoID, as Turtle.

    Args:
        library: The library of things.

        queries: Whether the site has a SPARQL endpoint.
    """
    base = library.base
    top = library.find_stated(f"{base}catalogue") or Thing(f"{base}catalogue", {})
    names = {"ttl": "Turtle", "jsonld": "JSON-LD", "rdf": "RDF_XML", "nt": "N-Triples"}
    properties: Properties = {
        RDF.type: [f"{_VOID}Dataset"],
        **{
            name: top.properties[name]
            for name in (DCT.title, DCT.description, DCT.license, DCT.publisher)
            if name in top.properties
        },
        FOAF.homepage: [f"{base}catalogue.html"],
        f"{_VOID}uriSpace": [Literal(base)],
        f"{_VOID}entities": [Literal(str(len(library.datasets)), "", _XSD_INTEGER)],
        f"{_VOID}dataDump": [f"{base}catalogue.{suffix}" for suffix in FORMATS if suffix != "html"],
        f"{_VOID}feature": [_FORMATS + name for name in names.values()],
        f"{_VOID}vocabulary": [
            "http://purl.org/dc/terms/",
            "http://www.w3.org/ns/dcat#",
            "http://www.w3.org/ns/prov#",
            f"{base}def/plan#",
        ],
        f"{_VOID}exampleResource": list(library.datasets[:1]),
        f"{_VOID}rootResource": [f"{base}catalogue"],
        f"{_VOID}sparqlEndpoint": [f"{base}sparql"] if queries else [],
    }
    own = Thing(
        f"{base}{VOID}", {RDF.type: [f"{_VOID}DatasetDescription"], FOAF.primaryTopic: [f"{base}catalogue#void"]}
    )
    things = [own, Thing(f"{base}catalogue#void", {name: terms for name, terms in properties.items() if terms})]
    return "".join(Turtle(base, {"void": _VOID}).write(things)).encode()


def _name(library: Library, iri: Iri) -> str:
    """Return the label of a thing."""
    return choose_name(library.find_labels(iri), iri, _LANGUAGE)
