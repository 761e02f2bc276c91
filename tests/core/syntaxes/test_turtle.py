"""Turtle: how terms are abbreviated, and what must not be."""

import pyoxigraph
import pytest
from support.rdf_things import BASE, parse_triples, triples

from dcat_hk.core.syntaxes.turtle import Turtle
from dcat_hk.core.terms import Literal, Thing, expand

TITLE = expand("dct:title")


def write(iri, properties):
    """Return the block of a thing without its blank line."""
    return Turtle(BASE).block(Thing(iri, properties)).lstrip("\n")


@pytest.mark.parametrize(
    ("iri", "written"),
    [
        (f"{BASE}dataset/a", "<dataset/a>"),
        (f"{BASE}dataset/a#b", "<dataset/a#b>"),
        (f"{BASE}a:b", f"<{BASE}a:b>"),
        (f"{BASE}a//b", f"<{BASE}a//b>"),
        (f"{BASE}a?b", f"<{BASE}a?b>"),
        (BASE, f"<{BASE}>"),
        (expand("filetype:CSV"), "filetype:CSV"),
        (expand("dct:a.b"), "<http://purl.org/dc/terms/a.b>"),
        (expand("dcat:"), "<http://www.w3.org/ns/dcat#>"),
    ],
)
def test_an_iri_is_abbreviated_only_where_it_is_read_back(iri, written):
    """A relative reference has no colon, query or empty segment, and a local name only characters of names."""
    block = write(iri, {TITLE: (Literal("x"),)})
    assert block == f'{written} dct:title "x" .\n'
    text = Turtle(BASE).header() + block
    assert parse_triples(text, pyoxigraph.RdfFormat.TURTLE) == {
        (pyoxigraph.NamedNode(iri), pyoxigraph.NamedNode(TITLE), pyoxigraph.Literal("x"))
    }


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("12", "integer"),
        ("-007", "integer"),
        ("+1", "integer"),
        ("twelve", "integer"),
        ("1.0", "integer"),
        ("", "integer"),
        ("١", "integer"),
        ("true", "boolean"),
        ("1", "boolean"),
        ("True", "boolean"),
    ],
)
def test_a_typed_value_keeps_text_and_datatype(value, datatype):
    """Only what Turtle reads as a number or a boolean of the same text stands without quotes."""
    thing = Thing(f"{BASE}a", {TITLE: (Literal(value, "", expand(f"xsd:{datatype}")),)})
    turtle = Turtle(BASE)
    assert parse_triples(turtle.header() + turtle.block(thing), pyoxigraph.RdfFormat.TURTLE) == triples(thing)


def test_the_class_comes_first_and_on_the_line_of_the_subject():
    """A block opens with what the thing is, whatever the order of its properties."""
    block = write(f"{BASE}a", {TITLE: (Literal("x", "en"),), expand("rdf:type"): (expand("dcat:Dataset"),)})
    assert block == '<a> a dcat:Dataset ;\n  dct:title "x"@en .\n'


def test_many_objects_stand_on_lines_of_their_own():
    """Few objects share a line; many do not, and all are there."""
    few, many = [tuple(f"{BASE}theme/{n}" for n in range(count)) for count in (2, 20)]
    assert write(f"{BASE}a", {expand("dcat:theme"): few}).count("\n") == 1
    assert write(f"{BASE}a", {expand("dcat:theme"): many}).count(",\n    ") == 19


def test_a_document_declares_every_prefix_it_uses():
    """A whole document is read without anything known beforehand, further prefixes included."""
    thing = Thing("https://other.example/a", {"https://other.example/p": (expand("theme:GOVE"),)})
    text = "".join(Turtle(BASE, {"o": "https://other.example/"}).write([thing]))
    assert "o:a o:p theme:GOVE ." in text
    assert {(q.subject, q.predicate, q.object) for q in pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE)} == triples(
        thing
    )
