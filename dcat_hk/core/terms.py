"""
RDF terms as plain values: what vocabularies hold, the mapping makes and the writers write.

An IRI is a string; a literal is a tuple. There is no blank node, because a blank node makes output
unrepeatable. The namespaces used are listed here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
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


#: Prefixes in the order in which files declare them.
PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
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

#: Prefixes of vocabularies whose concepts the catalogue points at.
CONCEPT_PREFIXES = {
    "access": "http://publications.europa.eu/resource/authority/access-right/",
    "availability": "http://publications.europa.eu/resource/authority/planned-availability/",
    "changetype": "http://purl.org/adms/changetype/",
    "country": "http://publications.europa.eu/resource/authority/country/",
    "filetype": "http://publications.europa.eu/resource/authority/file-type/",
    "frequency": "http://publications.europa.eu/resource/authority/frequency/",
    "language": "http://publications.europa.eu/resource/authority/language/",
    "status": "http://publications.europa.eu/resource/authority/distribution-status/",
    "theme": "http://publications.europa.eu/resource/authority/data-theme/",
    "type": "http://publications.europa.eu/resource/authority/dataset-type/",
}

#: Properties in the order in which a thing's are written; any other follows by IRI.
ORDER = tuple(
    """
    rdf:type dct:title foaf:name skos:prefLabel rdfs:label skos:altLabel vcard:fn dct:description skos:definition
    rdfs:comment dct:identifier skos:notation foaf:primaryTopic dct:issued dct:modified dct:available dct:publisher
    dct:creator dcat:contactPoint dct:subject dcat:theme dcat:keyword dct:type dct:accrualPeriodicity dct:language
    dct:spatial dct:temporal dcat:startDate dcat:endDate dct:accessRights adms:status dcatap:availability
    dcat:landingPage dcat:accessURL dct:format dcat:mediaType dct:license dct:rights dct:conformsTo foaf:homepage
    foaf:page vcard:hasURL vcard:hasEmail dcat:themeTaxonomy skos:inScheme skos:topConceptOf skos:broadMatch
    dct:isReplacedBy dct:isReferencedBy dct:source prov:wasDerivedFrom prov:specializationOf dcat:bbox dcat:centroid
    dcat:catalog dcat:distribution dcat:dataset dcat:record
    """.split()  # noqa: SIM905 - a list of sixty quoted names would be harder to read
)


def expand(name: str) -> Iri:
    """
    Return the IRI of a prefixed name.

    Raises:
        KeyError: No such prefix.

    >>> expand("dct:title")
    'http://purl.org/dc/terms/title'
    """
    prefix, local = name.split(":", 1)
    return (PREFIXES.get(prefix) or CONCEPT_PREFIXES[prefix]) + local


_RANK = {expand(name): f"{rank:03}" for rank, name in enumerate(ORDER)}


@lru_cache(maxsize=1 << 10)
def order_of(predicates: tuple[Iri, ...]) -> Sequence[Iri]:
    """
    Return properties in the order in which they are written: listed ones first, others by IRI.

    >>> [iri.rsplit("/", 1)[1] for iri in order_of((expand("dct:license"), expand("dct:title")))]
    ['title', 'license']
    """
    return sorted(predicates, key=lambda predicate: _RANK.get(predicate) or f"9{predicate}")
