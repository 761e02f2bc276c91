"""
A dataset, a catalogue or a body -> its schema.org description for search engines, as JSON-LD inside its page.

In: a thing and the library. Out: JSON for a script element, with names in the language of the page. A dataset that is
only planned has no distribution, because there is nothing to download.

Spec: schema.org Dataset, with the properties that Google Dataset Search asks for; DataCatalog, Organization.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ...core.namespaces import DCAT, DCT, FOAF, LANGUAGE, RDFS, SKOS
from ...core.terms import Iri, Literal, Term, Thing
from .addresses import get_page_suffix
from .library import Library
from .wording import choose_literal, choose_text

#: Google requires descriptions of 50 to 5,000 characters.
_MIN_LENGTH, _MAX_LENGTH = 50, 5000
#: Languages by the codes of the EU; Chinese of either script has one code there.
_LANGUAGES = {LANGUAGE.ZHO: "zh", LANGUAGE.ENG: "en"}


def describe_dataset(dataset: Thing, library: Library, language: str) -> str:
    """
    Return the schema.org description of a dataset as JSON-LD that is safe in a script element.

    Args:
        dataset: The dataset.

        library: The library, for related things.

        language: The language of the page.
    """
    properties = dataset.properties
    title = choose_text(properties.get(DCT.title, ()), language)
    publisher = _describe_organisation(properties.get(DCT.publisher, ()), library, language)
    description: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": dataset.iri,
        "url": dataset.iri,
        "name": title,
        "alternateName": _list_other_names(properties.get(DCT.title, ()), title),
        "description": _make_description(dataset, title, library, language),
        "identifier": choose_text(properties.get(DCT.identifier, ()), language),
        "keywords": sorted({t.value for t in properties.get(DCAT.keyword, ()) if isinstance(t, Literal)}),
        "creator": _describe_organisation(properties.get(DCT.creator, ()), library, language) or publisher,
        "publisher": publisher,
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": f"{library.base}catalogue"},
        "temporalCoverage": _describe_period(properties.get(DCT.temporal, ()), library),
        "inLanguage": [
            _LANGUAGES.get(str(iri), "") for iri in properties.get(DCT.language, ()) if str(iri) in _LANGUAGES
        ],
        "subjectOf": {
            "@type": "WebPage",
            "url": f"{dataset.iri}{get_page_suffix(language)}",
            "inLanguage": language,
            "name": title,
        },
        "spatialCoverage": [_get_name(iri, library, language) for iri in properties.get(DCT.spatial, ())],
        "datePublished": choose_text(properties.get(DCT.issued, ()), language),
        "isAccessibleForFree": True if properties.get(DCAT.distribution) else None,
        "sameAs": list(
            dict.fromkeys(
                [str(iri) for iri in properties.get(DCAT.landingPage, ()) if "/dataset/" in str(iri)]
                + [str(iri) for iri in properties.get(SKOS.exactMatch, ())]
            )
        ),
        "creativeWorkStatus": "Planned" if DCT.available in properties else None,
    }
    things = [library.find_thing(str(iri)) for iri in properties.get(DCAT.distribution, ())]
    description["distribution"] = [_describe_distribution(thing, library, language) for thing in things if thing]
    licences = {iri for thing in things if thing for iri in thing.properties.get(DCT.license, ())}
    description["license"] = min(map(str, licences), default=None)
    return _encode(description)


def describe_catalogue(catalogue: Thing, library: Library, language: str) -> str:
    """
    Return the schema.org description of a catalogue as JSON-LD that is safe in a script element.

    Args:
        catalogue: The catalogue.

        library: The library, for related things.

        language: The language of the page.
    """
    properties = catalogue.properties
    title = choose_text(properties.get(DCT.title, ()), language)
    top = f"{library.base}catalogue"
    return _encode(
        {
            "@context": "https://schema.org/",
            "@type": "DataCatalog",
            "@id": catalogue.iri,
            "url": f"{catalogue.iri}{get_page_suffix(language)}",
            "name": title,
            "alternateName": _list_other_names(properties.get(DCT.title, ()), title),
            "description": choose_text(properties.get(DCT.description, ()), language),
            "inLanguage": language,
            "publisher": _describe_organisation(properties.get(DCT.publisher, ()), library, language),
            "license": next(map(str, properties.get(DCT.license, ())), ""),
            "datePublished": choose_text(properties.get(DCT.issued, ()), language),
            "dateModified": choose_text(properties.get(DCT.modified, ()), language),
            "temporalCoverage": _describe_period(properties.get(DCT.temporal, ()), library),
            "spatialCoverage": [_get_name(iri, library, language) for iri in properties.get(DCT.spatial, ())],
            "isPartOf": {"@type": "DataCatalog", "@id": top} if catalogue.iri != top else None,
        }
    )


def describe_body(body: Thing, library: Library, language: str) -> str:
    """
    Return the schema.org description of a body as JSON-LD that is safe in a script element.

    Args:
        body: The body.

        library: The library, for related things.

        language: The language of the page.
    """
    described = _describe_organisation([body.iri], library, language) or {}
    names = body.properties.get(FOAF.name, ())
    return _encode(
        {
            "@context": "https://schema.org/",
            **described,
            "alternateName": _list_other_names(names, str(described.get("name", ""))),
            "identifier": choose_text(body.properties.get(DCT.identifier, ()), language),
            "sameAs": sorted(str(iri) for iri in body.properties.get(SKOS.exactMatch, ())),
        }
    )


def _encode(description: dict[str, Any]) -> str:
    """Return a description without what is empty, for a script element."""
    return encode_for_script({key: value for key, value in description.items() if value not in (None, "", [], {})})


def _list_other_names(terms: Iterable[Term], name: str) -> list[str]:
    """Return the other names of a thing."""
    return sorted({term.value for term in terms if isinstance(term, Literal)} - {name})


def _describe_period(iris: Iterable[Term], library: Library) -> str:
    """
    Return a period as ISO 8601 has it, open at the end if it goes on; empty if there is none.

    Spec: schema.org temporalCoverage.
    """
    for iri in iris:
        first, last = (
            next((term.value for term in library.find_values(str(iri), name) if isinstance(term, Literal)), "")
            for name in (DCAT.startDate, DCAT.endDate)
        )
        if first or last:
            return first if first == last else f"{first or '..'}/{last or '..'}"
    return ""


def encode_for_script(value: Any) -> str:
    """
    Return a value as JSON without characters that are markup in HTML.

    >>> encode_for_script({"name": "</script><b>"})
    '{"name": "\\\\u003c/script\\\\u003e\\\\u003cb\\\\u003e"}'
    """
    plain = json.dumps(value, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        plain = plain.replace(sign, f"\\u{ord(sign):04x}")
    return plain


def _get_name(iri: Term, library: Library, language: str) -> str:
    """Return the label of a thing; its IRI if it has none."""
    literal = choose_literal(library.find_labels(str(iri)), language)
    return literal.value if literal else str(iri)


def _make_description(dataset: Thing, title: str, library: Library, language: str) -> str:
    """Return a description of sufficient length; title, publisher and catalogue are added to a short one."""
    description = choose_text(dataset.properties.get(DCT.description, ()), language) or title
    if len(description) >= _MIN_LENGTH:
        return description[:_MAX_LENGTH]
    context = [_get_name(iri, library, language) for iri in dataset.properties.get(DCT.publisher, ())]
    context += [_get_name(f"{library.base}catalogue", library, language)]
    words = [title] if title not in description else []
    longer = " · ".join([*words, description, *context])
    keywords = [t.value for t in dataset.properties.get(DCAT.keyword, ()) if isinstance(t, Literal)]
    return longer if len(longer) >= _MIN_LENGTH else " · ".join([longer, *keywords])


def _describe_organisation(iris: Any, library: Library, language: str) -> dict[str, Any] | None:
    """Return an organisation."""
    for iri in iris:
        pages = [str(page) for page in library.find_values(str(iri), FOAF.homepage)]
        organisation = {"@type": "Organization", "@id": str(iri), "name": _get_name(iri, library, language)}
        return organisation | ({"url": pages[0]} if pages else {})
    return None


def _describe_distribution(thing: Thing, library: Library, language: str) -> dict[str, Any]:
    """Return a distribution; its access page is the `url`, because `contentUrl` is for the file itself."""
    properties = thing.properties
    media: list[Iri] = [str(iri) for iri in properties.get(DCAT.mediaType, ())]
    formats = [_get_name(iri, library, language) for iri in properties.get(DCT.format, ())]
    names = [term.value for iri in media for term in library.find_values(iri, RDFS.label) if isinstance(term, Literal)]
    distribution = {
        "@type": "DataDownload",
        "@id": thing.iri,
        "name": choose_text(properties.get(DCT.title, ()), language),
        "encodingFormat": (names or formats or [""])[0],
        "contentUrl": next(map(str, properties.get(DCAT.downloadURL, ())), ""),
        "url": next(map(str, properties.get(DCAT.accessURL, ())), ""),
    }
    return {key: value for key, value in distribution.items() if value}
