"""
RDF terms as plain values: what vocabularies hold, the mapping makes and the writers write.

An IRI is a string; a literal is a tuple. There is no blank node, because a blank node makes output
unrepeatable. The namespaces used are listed here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

Iri = str


class Literal(NamedTuple):
    """
    A literal: text with a language tag, or a value with the IRI of its datatype.

    >>> Literal("罪案", "zh-Hant").language
    'zh-Hant'
    """

    value: str
    language: str = ""
    datatype: str = ""


Term = Iri | Literal

#: Properties of a thing: predicate IRI to objects.
Properties = dict[Iri, Sequence[Term]]


class Thing(NamedTuple):
    """A subject with everything that is said of it in one graph."""

    iri: Iri
    properties: Properties


def get_text(term: Term) -> str:
    """
    Return a term as text: the value of a literal, or the IRI.

    >>> get_text(Literal("2026-01")), get_text("urn:a")
    ('2026-01', 'urn:a')
    """
    return term.value if isinstance(term, Literal) else term


def get_first_text(properties: Properties, predicate: Iri) -> str:
    """
    Return the first value of a property as text; empty if there is none.

    Args:
        properties: The properties of a thing.

        predicate: The property.

    >>> get_first_text({"urn:p": [Literal("b"), "urn:a"]}, "urn:p"), get_first_text({}, "urn:p")
    ('b', '')
    """
    return next(map(get_text, properties.get(predicate, ())), "")


def get_code(iri: Iri) -> str:
    """
    Return the code of a thing: the last part of its IRI, or its fragment.

    Args:
        iri: The IRI of a thing.

    >>> get_code("https://example.org/def/plan#planned"), get_code("https://example.org/organisation/hk-td")
    ('planned', 'hk-td')
    """
    return iri.replace("#", "/").rstrip("/").rpartition("/")[2]


#: Prefixes in the order in which files declare them.
PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

#: Prefixes that only catalogues with links to the portal declare.
LINK_PREFIXES = {
    "semapv": "https://w3id.org/semapv/vocab/",
    "sssom": "https://w3id.org/sssom/",
}

#: Prefixes of vocabularies whose concepts the catalogue points at.
CONCEPT_PREFIXES = {
    "access": "http://publications.europa.eu/resource/authority/access-right/",
    "changetype": "http://purl.org/adms/changetype/",
    "country": "http://publications.europa.eu/resource/authority/country/",
    "filetype": "http://publications.europa.eu/resource/authority/file-type/",
    "frequency": "http://publications.europa.eu/resource/authority/frequency/",
    "language": "http://publications.europa.eu/resource/authority/language/",
    "theme": "http://publications.europa.eu/resource/authority/data-theme/",
    "type": "http://publications.europa.eu/resource/authority/dataset-type/",
}


def expand(name: str) -> Iri:
    """
    Return the IRI of a prefixed name.

    Raises:
        KeyError: No such prefix.

    >>> expand("dct:title")
    'http://purl.org/dc/terms/title'
    """
    prefix, local = name.split(":", 1)
    return (PREFIXES.get(prefix) or LINK_PREFIXES.get(prefix) or CONCEPT_PREFIXES[prefix]) + local


def shorten(iri: Iri, spaces: Mapping[Iri, str]) -> str:
    """
    Return the prefixed name of an IRI; the IRI if there is no prefix for it.

    Args:
        iri: The IRI.

        spaces: The prefix of each namespace.

    >>> shorten("http://purl.org/dc/terms/title", {"http://purl.org/dc/terms/": "dct"})
    'dct:title'
    """
    position = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = spaces.get(iri[:position])
    return f"{prefix}:{iri[position:]}" if prefix else iri
