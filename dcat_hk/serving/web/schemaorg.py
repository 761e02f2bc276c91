"""
A dataset -> what search engines for datasets read: schema.org, as JSON-LD inside its page.

In: a dataset and the library. Out: JSON that can stand in a script element. What is only planned has no
distribution: there is nothing to download.

Spec: schema.org Dataset, with the properties that Google Dataset Search asks for.
"""

from __future__ import annotations

import json
from typing import Any

from ...core.namespaces import DCAT, DCT, FOAF, RDFS
from ...core.terms import Iri, Literal, Term, Thing
from .library import Library
from .wording import best

#: Google asks for descriptions from 50 to 5,000 characters.
_SHORTEST, _LONGEST = 50, 5000


def described(dataset: Thing, library: Library, language: str) -> str:
    """
    Return a dataset as JSON-LD of schema.org in which no sign can end a script element.

    Args:
        dataset: The dataset.

        library: Where its neighbours are looked up.

        language: The language of the page.
    """
    properties = dataset.properties
    title = _text(properties.get(DCT.title, ()), language)
    publisher = _body(properties.get(DCT.publisher, ()), library, language)
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": dataset.iri,
        "url": dataset.iri,
        "name": title,
        "alternateName": sorted({t.value for t in properties.get(DCT.title, ()) if isinstance(t, Literal)} - {title}),
        "description": _description(dataset, title, library, language),
        "identifier": _text(properties.get(DCT.identifier, ()), language),
        "keywords": sorted({t.value for t in properties.get(DCAT.keyword, ()) if isinstance(t, Literal)}),
        "creator": _body(properties.get(DCT.creator, ()), library, language) or publisher,
        "publisher": publisher,
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": f"{library.base}catalogue"},
        "spatialCoverage": [_name(iri, library, language) for iri in properties.get(DCT.spatial, ())],
        "datePublished": _text(properties.get(DCT.issued, ()), language),
        "isAccessibleForFree": True if properties.get(DCAT.distribution) else None,
        "sameAs": [iri for iri in properties.get(DCAT.landingPage, ()) if "/dataset/" in str(iri)],
        "creativeWorkStatus": "Planned" if DCT.available in properties else None,
    }
    things = [library.thing(str(iri)) for iri in properties.get(DCAT.distribution, ())]
    found["distribution"] = [_download(thing, library, language) for thing in things if thing]
    licences = {iri for thing in things if thing for iri in thing.properties.get(DCT.license, ())}
    found["license"] = min(map(str, licences), default=None)
    return script({key: value for key, value in found.items() if value not in (None, "", [], {})})


def script(value: Any) -> str:
    """
    Return JSON in which nothing is markup, whatever it says.

    >>> script({"name": "</script><b>"})
    '{"name": "\\\\u003c/script\\\\u003e\\\\u003cb\\\\u003e"}'
    """
    plain = json.dumps(value, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        plain = plain.replace(sign, f"\\u{ord(sign):04x}")
    return plain


def _text(terms: Any, language: str) -> str:
    """Return the text that serves a language best."""
    found = best([term for term in terms if isinstance(term, Literal)], language)
    return found.value if found else ""


def _name(iri: Term, library: Library, language: str) -> str:
    """Return what a thing is called."""
    found = best(library.label(str(iri)), language)
    return found.value if found else str(iri)


def _description(dataset: Thing, title: str, library: Library, language: str) -> str:
    """Return a description that is long enough to be accepted: a short one is told with publisher and catalogue."""
    found = _text(dataset.properties.get(DCT.description, ()), language) or title
    if len(found) >= _SHORTEST:
        return found[:_LONGEST]
    around = [_name(iri, library, language) for iri in dataset.properties.get(DCT.publisher, ())]
    around += [_name(f"{library.base}catalogue", library, language)]
    words = [title] if title not in found else []
    longer = " · ".join([*words, found, *around])
    keywords = [t.value for t in dataset.properties.get(DCAT.keyword, ()) if isinstance(t, Literal)]
    return longer if len(longer) >= _SHORTEST else " · ".join([longer, *keywords])


def _body(iris: Any, library: Library, language: str) -> dict[str, Any] | None:
    """Return an organisation."""
    for iri in iris:
        pages = [str(page) for page in library.values(str(iri), FOAF.homepage)]
        found = {"@type": "Organization", "@id": str(iri), "name": _name(iri, library, language)}
        return found | ({"url": pages[0]} if pages else {})
    return None


def _download(thing: Thing, library: Library, language: str) -> dict[str, Any]:
    """Return a distribution; its page is its `url`, for only the file itself would be a `contentUrl`."""
    properties = thing.properties
    media: list[Iri] = [str(iri) for iri in properties.get(DCAT.mediaType, ())]
    formats = [_name(iri, library, language) for iri in properties.get(DCT.format, ())]
    names = [term.value for iri in media for term in library.values(iri, RDFS.label) if isinstance(term, Literal)]
    found = {
        "@type": "DataDownload",
        "@id": thing.iri,
        "name": _text(properties.get(DCT.title, ()), language),
        "encodingFormat": (names or formats or [""])[0],
        "contentUrl": next(map(str, properties.get(DCAT.downloadURL, ())), ""),
        "url": next(map(str, properties.get(DCAT.accessURL, ())), ""),
    }
    return {key: value for key, value in found.items() if value}
