"""Names of the standards as attributes."""

import pytest

from dcat_hk.core import namespaces
from dcat_hk.core.namespaces import ACCESS, DCT, RDF, XSD, Names, PlanTerms, Terms, scheme_of
from dcat_hk.core.terms import CONCEPT_PREFIXES, LINK_PREFIXES, PREFIXES


def test_names_are_the_iris_of_the_standards():
    """An attribute is the IRI that the standard gives the term."""
    assert RDF.type == "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    assert DCT.title == "http://purl.org/dc/terms/title"
    assert XSD.gYearMonth == "http://www.w3.org/2001/XMLSchema#gYearMonth"
    assert ACCESS.PUBLIC == "http://publications.europa.eu/resource/authority/access-right/PUBLIC"


def test_a_property_without_a_row_stops_the_program():
    """A name that the table of properties lacks is an error when the class is made, not a wrong IRI later."""
    with pytest.raises(AttributeError, match="dct:titel has no row"):
        type("DCT", (Terms,), {"__annotations__": {"titel": str}})


def test_every_namespace_has_a_prefix():
    """Each class of names is called as one of the prefixes that files declare."""
    classes = {value for value in vars(namespaces).values() if isinstance(value, type) and issubclass(value, Names)}
    names = {one.__name__.lower() for one in classes - {Names, Terms}}
    assert {"dcat", "access"} <= names <= {*PREFIXES, *CONCEPT_PREFIXES, *LINK_PREFIXES}


def test_own_terms_stand_under_the_base_iri():
    """Terms of plans, and the concepts of both stages, follow the base IRI of the catalogue."""
    one, other = PlanTerms("https://one.example/"), PlanTerms("https://two.example/x/")
    assert one.locator == "https://one.example/def/plan#locator"
    assert other.stages["released"] == "https://two.example/x/def/plan#released"


def test_a_scheme_is_named_without_a_slash():
    """The IRI of an authority table is that of its concepts up to the last slash."""
    assert scheme_of("country") == "http://publications.europa.eu/resource/authority/country"
    with pytest.raises(KeyError):
        scheme_of("dct")
