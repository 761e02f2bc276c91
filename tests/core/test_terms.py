"""RDF terms as plain values."""

import pytest

from dcat_hk.core.terms import CONCEPT_PREFIXES, PREFIXES, Literal, Thing, expand


def test_prefixed_names_of_both_tables_expand():
    """Prefixes of vocabularies and of concepts are known; only the first colon ends the prefix."""
    assert expand("filetype:CSV") == "http://publications.europa.eu/resource/authority/file-type/CSV"
    assert expand("dct:a:b") == "http://purl.org/dc/terms/a:b"
    assert expand("rdf:") == "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def test_an_unknown_prefix_is_an_error():
    """No IRI is made up for a prefix that no table has."""
    with pytest.raises(KeyError):
        expand("schema:name")


def test_no_two_prefixes_are_the_same():
    """A prefix has one namespace and a namespace one prefix, so that files can be read in only one way."""
    assert not set(PREFIXES) & set(CONCEPT_PREFIXES)
    spaces = [*PREFIXES.values(), *CONCEPT_PREFIXES.values()]
    assert len(spaces) == len(set(spaces))
    assert all(space.endswith(("#", "/")) for space in spaces)


def test_literals_differ_by_language_and_datatype():
    """The same text in another language, or with a datatype, is another literal."""
    assert len({Literal("1"), Literal("1", "en"), Literal("1", "", expand("xsd:integer")), Literal("1")}) == 3
    assert Thing("https://a.example/", {}).properties == {}
