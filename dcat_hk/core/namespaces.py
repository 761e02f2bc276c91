"""
The names of the standards as attributes: `DCT.title`, `DCAT.Dataset`, `ACCESS.PUBLIC`.

A class is called as its prefix in `terms`, in capitals; its attributes are called as the standard calls them, and are
IRIs. Every property and class that is named here has a row in `properties.toml`, else the program does not start.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .properties import ROWS
from .terms import CONCEPT_PREFIXES, Iri, expand


class Names:
    """A namespace of datatypes or concepts: each annotated name is an attribute that holds its IRI."""

    def __init_subclass__(cls) -> None:
        """Give each name its IRI."""
        for name in cls.__annotations__:
            setattr(cls, name, expand(f"{cls.__name__.lower()}:{name}"))


class Terms(Names):
    """A namespace of properties and classes, all of which have a row in the table of properties."""

    def __init_subclass__(cls) -> None:
        """
        Give each name its IRI.

        Raises:
            AttributeError: A name has no row.
        """
        super().__init_subclass__()
        _require_rows(cls.__name__.lower(), cls.__annotations__)


def _require_rows(prefix: str, names: Iterable[str]) -> None:
    """Raise an error if a name has no row in the table of properties."""
    for name in names:
        if f"{prefix}:{name}" not in ROWS:
            raise AttributeError(f"{prefix}:{name} has no row in core/properties.toml.")


# ---- properties and classes


class ADMS(Terms):
    """Asset Description Metadata Schema."""

    status: Iri


class DCAT(Terms):
    """Data Catalog Vocabulary."""

    Catalog: Iri
    CatalogRecord: Iri
    DataService: Iri
    Dataset: Iri
    DatasetSeries: Iri
    Distribution: Iri
    Resource: Iri
    accessService: Iri
    accessURL: Iri
    bbox: Iri
    byteSize: Iri
    catalog: Iri
    centroid: Iri
    contactPoint: Iri
    dataset: Iri
    distribution: Iri
    downloadURL: Iri
    endDate: Iri
    endpointURL: Iri
    keyword: Iri
    landingPage: Iri
    mediaType: Iri
    previousVersion: Iri
    record: Iri
    servesDataset: Iri
    startDate: Iri
    theme: Iri
    themeTaxonomy: Iri
    version: Iri


class DCT(Terms):
    """DCMI Metadata Terms."""

    Frequency: Iri
    LicenseDocument: Iri
    LinguisticSystem: Iri
    Location: Iri
    MediaType: Iri
    MediaTypeOrExtent: Iri
    PeriodOfTime: Iri
    RightsStatement: Iri
    Standard: Iri
    accessRights: Iri
    accrualPeriodicity: Iri
    available: Iri
    conformsTo: Iri
    creator: Iri
    date: Iri
    description: Iri
    format: Iri
    hasPart: Iri
    identifier: Iri
    isReferencedBy: Iri
    isReplacedBy: Iri
    issued: Iri
    language: Iri
    license: Iri
    modified: Iri
    publisher: Iri
    replaces: Iri
    rights: Iri
    source: Iri
    spatial: Iri
    subject: Iri
    temporal: Iri
    title: Iri
    type: Iri


class FOAF(Terms):
    """Friend of a Friend."""

    Agent: Iri
    Document: Iri
    homepage: Iri
    name: Iri
    page: Iri
    primaryTopic: Iri


class ORG(Terms):
    """The Organization Ontology."""

    Organization: Iri
    subOrganizationOf: Iri


class OWL(Terms):
    """Web Ontology Language."""

    AnnotationProperty: Iri
    Class: Iri
    DatatypeProperty: Iri
    ObjectProperty: Iri
    Ontology: Iri
    annotatedProperty: Iri
    annotatedSource: Iri
    annotatedTarget: Iri
    imports: Iri


class PROV(Terms):
    """The Provenance Ontology."""

    Activity: Iri
    Agent: Iri
    Entity: Iri
    specializationOf: Iri
    used: Iri
    wasAssociatedWith: Iri
    wasDerivedFrom: Iri
    wasInfluencedBy: Iri
    wasRevisionOf: Iri


class RDF(Terms):
    """RDF itself."""

    Property: Iri
    type: Iri


class RDFS(Terms):
    """RDF Schema."""

    Class: Iri
    comment: Iri
    domain: Iri
    isDefinedBy: Iri
    label: Iri
    range: Iri
    seeAlso: Iri
    subClassOf: Iri


class SH(Terms):
    """Shapes Constraint Language."""

    NodeShape: Iri
    ValidationReport: Iri
    ValidationResult: Iri
    conforms: Iri
    focusNode: Iri
    result: Iri
    resultMessage: Iri
    resultPath: Iri
    resultSeverity: Iri
    sourceConstraintComponent: Iri
    sourceShape: Iri
    target: Iri
    targetClass: Iri
    targetNode: Iri
    targetObjectsOf: Iri
    targetSubjectsOf: Iri


class SKOS(Terms):
    """Simple Knowledge Organization System."""

    Concept: Iri
    ConceptScheme: Iri
    altLabel: Iri
    broadMatch: Iri
    closeMatch: Iri
    definition: Iri
    exactMatch: Iri
    hasTopConcept: Iri
    inScheme: Iri
    narrowMatch: Iri
    narrower: Iri
    notation: Iri
    prefLabel: Iri
    scopeNote: Iri
    topConceptOf: Iri


class SSSOM(Terms):
    """A Simple Standard for Sharing Ontological Mappings."""

    Mapping: Iri
    author_id: Iri
    confidence: Iri
    mapping_date: Iri
    mapping_justification: Iri
    mapping_tool_version: Iri


class VCARD(Terms):
    """vCard in RDF."""

    Kind: Iri
    Organization: Iri
    fn: Iri
    hasEmail: Iri
    hasURL: Iri


# ---- datatypes and concepts


class XSD(Names):
    """Datatypes of XML Schema."""

    boolean: Iri
    date: Iri
    dateTime: Iri
    decimal: Iri
    double: Iri
    gYear: Iri
    gYearMonth: Iri
    integer: Iri
    nonNegativeInteger: Iri
    string: Iri


class GEO(Names):
    """Datatypes of GeoSPARQL."""

    wktLiteral: Iri


class ACCESS(Names):
    """EU authority table of access rights."""

    PUBLIC: Iri


class CHANGETYPE(Names):
    """ADMS change types of catalogue records."""

    created: Iri
    updated: Iri


class COUNTRY(Names):
    """EU authority table of countries."""

    HKG: Iri


class LANGUAGE(Names):
    """EU authority table of languages."""

    ENG: Iri
    ZHO: Iri


class TYPE(Names):
    """EU authority table of dataset types."""

    GEOSPATIAL: Iri


def scheme_of(prefix: str) -> Iri:
    """
    Return the concept scheme whose concepts have a prefix.

    Args:
        prefix: One of `terms.CONCEPT_PREFIXES`.

    >>> scheme_of("theme")
    'http://publications.europa.eu/resource/authority/data-theme'
    """
    return CONCEPT_PREFIXES[prefix].rstrip("/")


# ---- our own terms


class PlanTerms:
    """
    The properties and classes of `vocabularies/plan.ttl` and `corrections.ttl`.

    Their IRIs depend on the base IRI of a catalogue.

    Args:
        base: The base IRI.

    >>> PlanTerms("https://example.org/").statedDate
    'https://example.org/def/plan#statedDate'
    """

    Change: Iri
    Correction: Iri
    Entry: Iri
    Finding: Iri
    Plan: Iri
    Promise: Iri
    Sighting: Iri
    after: Iri
    basis: Iri
    before: Iri
    candidate: Iri
    correctedField: Iri
    decided: Iri
    delay: Iri
    delivered: Iri
    deliveredBy: Iri
    differs: Iri
    doubtful: Iri
    every: Iri
    fate: Iri
    firstPromise: Iri
    firstTarget: Iri
    frequency: Iri
    group: Iri
    inPlan: Iri
    lastPromise: Iri
    lastTarget: Iri
    locator: Iri
    meant: Iri
    months: Iri
    moves: Iri
    needsContext: Iri
    notAfter: Iri
    notBefore: Iri
    number: Iri
    part: Iri
    printed: Iri
    releaseDate: Iri
    releaseEnd: Iri
    releaseStart: Iri
    section: Iri
    seen: Iri
    sighting: Iri
    skipped: Iri
    spatial: Iri
    stage: Iri
    standing: Iri
    statedCategory: Iri
    statedDate: Iri
    statedFormat: Iri
    statedFrequency: Iri
    statedOrganisation: Iri
    targetDate: Iri
    targetEnd: Iri
    targetStart: Iri
    times: Iri
    until: Iri

    def __init__(self, base: Iri) -> None:
        """Give each name its IRI, and each stage of an entry that of its concept."""
        space = f"{base}def/plan#"
        for name in type(self).__annotations__:
            setattr(self, name, f"{space}{name}")
        self.stages: Mapping[str, Iri] = {"planned": f"{space}planned", "released": f"{space}released"}

    def concept(self, notation: str) -> Iri:
        """Return the concept of a fate, of a difference, or of what a state rests on, by its notation."""
        return f"{self.Entry.removesuffix('Entry')}{notation}"


_require_rows("plan", PlanTerms.__annotations__)


#: What belongs to one dataset alone, as its IRI ends.
_PARTS = frozenset({"area", "contact"})


def dataset_of(iri: Iri) -> Iri:
    """
    Return the IRI of the dataset that a distribution, period, contact or area of ours belongs to; others as they are.

    Args:
        iri: An IRI.

    >>> dataset_of("https://example.org/dataset/a/distribution/csv"), dataset_of("https://example.org/dataset/a#period")
    ('https://example.org/dataset/a', 'https://example.org/dataset/a')
    >>> dataset_of("https://example.org/organisation/a#contact")
    'https://example.org/organisation/a#contact'
    """
    own = iri.partition("/distribution/")[0]
    thing, mark, part = own.partition("#")
    is_part = mark and ((part in _PARTS and "/dataset/" in thing) or part == "period")
    return thing if is_part else own
