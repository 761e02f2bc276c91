"""IRIs and language tags that are wrong, and what is read in their place."""

import pyoxigraph
import pytest

from dcat_hk.checking.sources.iris import TermFixer, is_registered, registered_schemes


@pytest.mark.parametrize(
    ("value", "read", "rule"),
    [
        ("http://a.example/b", "http://a.example/b", None),
        ("http://a.example/香港", "http://a.example/香港", None),
        ("http://a.example/b c", "http://a.example/b%20c", "invalid-iri"),
        ("http://a.example/%zz", "http://a.example/%25zz", "invalid-iri"),
        ("http://a.example/100%", "http://a.example/100%25", "invalid-iri"),
        ("http://a.example/{id}", "http://a.example/%7Bid%7D", "invalid-iri"),
        ('http://a.example/a|b"c', "http://a.example/a%7Cb%22c", "invalid-iri"),
        ("http://a.example\\b", "http://a.example%5Cb", "invalid-iri"),
        ("http://a.example/q?x=[1]", "http://a.example/q?x=%5B1%5D", "invalid-iri"),
        ("mailto: a@b.example", "mailto:%20a@b.example", "invalid-iri"),
        ("tel:+49 30 1", "tel:+49%2030%201", "invalid-iri"),
        (" http://a.example/b\n", "http://a.example/b", "blanks-around-iri"),
        ("\u00a0http://a.example/b\ufeff", "http://a.example/b", "blanks-around-iri"),
        ("http://[a/b", None, "invalid-iri"),
        ("http://a.example:port/", None, "invalid-iri"),
        ("d/1", "file:///d/1", "relative-iri"),
        ("d 1", "file:///d%201", "invalid-iri"),
        ("", None, "relative-iri"),
    ],
)
def test_what_is_no_iri_is_read_as_one(value, read, rule):
    """Each is read as an IRI that RDF can have; equal ones stay equal, and different ones stay different."""
    fixer = TermFixer("a.nt")
    fixed = fixer.iri(value, 4)
    assert pyoxigraph.NamedNode(fixed).value == fixed
    assert read in {None, fixed}
    assert [(finding.line, finding.value, finding.rule, finding.read) for finding in fixer.findings] == [
        (4, value, rule, fixed) for _once in [1] if rule
    ]
    assert fixer.iri(value, 9) == fixed


def test_relative_iris_are_right_where_there_is_a_base():
    """Only what could not be resolved is wrong."""
    fixer = TermFixer("a.ttl", "http://a.example/")
    values = ["", "b", "#b", "?q", "//other.example/b", "../b"]
    assert [fixer.iri(value, 1) for value in values] == values
    assert fixer.iri("_:b:1", 1) == "_%3Ab%3A1"
    assert fixer.iri("b c", 1) == "b%20c"


@pytest.mark.parametrize(
    ("value", "read"),
    [("en", "en"), ("zh-Hant-HK", "zh-Hant-HK"), ("zh_Hant", "zh-Hant"), (" en ", "en"), ("english_language_x", "und"),
     ("x y", "und"), ("1", "und")],
)  # fmt: skip
def test_what_is_no_language_tag_is_read_as_one(value, read):
    """Programs write an underscore; what is no language at all is undetermined."""
    assert TermFixer("a").tag(value, 1) == read


def test_schemes_are_those_of_the_register():
    """Usual schemes are listed in small letters; mistyped ones are not."""
    assert len(registered_schemes()) > 350
    assert all(scheme == scheme.lower().strip() for scheme in registered_schemes())
    assert all(
        map(is_registered, ["http", "https", "urn", "mailto", "tel", "doi", "info", "geo", "ftp", "file", "did"])
    )
    assert not any(map(is_registered, ["htp", "dcat", "dct", "www.a.example", "hhtps"]))
