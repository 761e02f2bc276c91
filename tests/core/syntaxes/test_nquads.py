"""N-Quads and N-Triples."""

import pyoxigraph

from dcat_hk.core.syntaxes.nquads import assemble, write_quads, write_term
from dcat_hk.core.terms import Literal, Thing, expand

SUBJECT, GRAPH = "https://a.example/s", "https://a.example/g"


def test_a_text_stays_on_its_line_and_is_read_back():
    """Line ends, quotes, backslashes and control characters are escaped; other scripts are not."""
    text = 'a"b\\c\n\r\t\x00\x1f\u2028罪\U0001f600'
    line = write_quads(Thing(SUBJECT, {expand("dct:title"): (Literal(text, "en"),)}))
    assert (line.count("\n"), line.count("\r")) == (1, 0)
    assert "罪\U0001f600" in line
    (triple,) = pyoxigraph.parse(line, pyoxigraph.RdfFormat.N_TRIPLES)
    assert triple.object == pyoxigraph.Literal(text, language="en")


def test_terms_have_a_tag_or_a_datatype_or_neither():
    """A tag wins, as every such literal is an rdf:langString."""
    integer = expand("xsd:integer")
    assert write_term("https://a.example/o") == "<https://a.example/o>"
    assert write_term(Literal("1", "", integer)) == f'"1"^^<{integer}>'
    assert write_term(Literal("1")) == '"1"'
    assert write_term(Literal("1", "en", expand("rdf:langString"))) == '"1"@en'


def test_each_statement_names_its_graph():
    """With a graph every line ends in it, without one none does."""
    thing = Thing(SUBJECT, {expand("dct:title"): (Literal("a"), Literal("b")), expand("rdf:type"): (SUBJECT,)})
    lines = write_quads(thing, GRAPH).splitlines()
    assert len(lines) == 3
    assert all(line.startswith(f"<{SUBJECT}> ") and line.endswith(f" <{GRAPH}> .") for line in lines)
    assert [line.replace(f" <{GRAPH}>", "") for line in lines] == write_quads(thing).splitlines()


def test_a_thing_without_statements_is_no_line():
    """Nothing is written for a thing of which nothing is stated."""
    assert assemble(SUBJECT, [], GRAPH) == ""
