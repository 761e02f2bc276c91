"""
A dataset -> its schema.org description for search engines, as JSON-LD inside its page.

In: a dataset and the library. Out: JSON for a script element. A dataset that is only planned has no distribution,
because there is nothing to download.

Spec: schema.org Dataset, with the properties that Google Dataset Search asks for.
"""

from __future__ import annotations

import json
from typing import Any

from ...core.namespaces import DCAT, DCT, FOAF, RDFS
from ...core.terms import Iri, Literal, Term, Thing
from .library import Library
from .wording import choose_literal, choose_text

#: Google requires descriptions of 50 to 5,000 characters.
_MIN_LENGTH, _MAX_LENGTH = 50, 5000


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
        "alternateName": sorted({t.value for t in properties.get(DCT.title, ()) if isinstance(t, Literal)} - {title}),
        "description": _make_description(dataset, title, library, language),
        "identifier": choose_text(properties.get(DCT.identifier, ()), language),
        "keywords": sorted({t.value for t in properties.get(DCAT.keyword, ()) if isinstance(t, Literal)}),
        "creator": _describe_organisation(properties.get(DCT.creator, ()), library, language) or publisher,
        "publisher": publisher,
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": f"{library.base}catalogue"},
        "spatialCoverage": [_get_name(iri, library, language) for iri in properties.get(DCT.spatial, ())],
        "datePublished": choose_text(properties.get(DCT.issued, ()), language),
        "isAccessibleForFree": True if properties.get(DCAT.distribution) else None,
        "sameAs": [iri for iri in properties.get(DCAT.landingPage, ()) if "/dataset/" in str(iri)],
        "creativeWorkStatus": "Planned" if DCT.available in properties else None,
    }
    things = [library.find_thing(str(iri)) for iri in properties.get(DCAT.distribution, ())]
    description["distribution"] = [_describe_distribution(thing, library, language) for thing in things if thing]
    licences = {iri for thing in things if thing for iri in thing.properties.get(DCT.license, ())}
    description["license"] = min(map(str, licences), default=None)
    return encode_for_script({key: value for key, value in description.items() if value not in (None, "", [], {})})


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
