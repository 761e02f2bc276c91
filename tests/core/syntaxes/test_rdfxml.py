"""RDF/XML that any XML parser reads back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib import Literal as RdfLiteral
from support.rdf_things import BASE

from dcat_hk.core.errors import InputError
from dcat_hk.core.languages import TEXT_LANGUAGES
from dcat_hk.core.syntaxes.rdfxml import RdfXml
from dcat_hk.core.terms import Literal, Thing, expand

xml_texts = st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"), max_size=20)


@settings(deadline=None)
@given(xml_texts, st.sampled_from(TEXT_LANGUAGES))
def test_any_text_survives_xml(text, language):
    """RDF/XML escapes markup and keeps text and tag."""
    thing = Thing(f"{BASE}a", {expand("dct:title"): (Literal(text, language),)})
    document = "".join(RdfXml(BASE).write([thing]))
    (triple,) = Graph().parse(data=document, format="xml")
    assert triple[2] == RdfLiteral(text, lang=language)


def test_control_characters_are_refused_in_xml():
    """A character that XML does not admit is an error that names the property, not a broken file."""
    thing = Thing(f"{BASE}a", {expand("dct:title"): (Literal("\x0b", "en"),)})
    with pytest.raises(InputError, match="control character"):
        "".join(RdfXml(BASE).write([thing]))


@pytest.mark.parametrize("text", ["a\r\nb", "\r", "a\tb\nc", " a ", "]]>"])
def test_blanks_and_ends_of_lines_survive_xml(text):
    """A carriage return is escaped: a reader of XML would turn it into a line feed (XML 1.0, section 2.11)."""
    thing = Thing(f"{BASE}a", {expand("dct:title"): (Literal(text, "en"),)})
    (triple,) = Graph().parse(data="".join(RdfXml(BASE).write([thing])), format="xml")
    assert str(triple[2]) == text


def test_iris_are_escaped_in_attributes():
    """An ampersand or a quote in an IRI does not end the attribute."""
    iri = "https://a.example/?a=1&b='2'"
    (triple,) = Graph().parse(
        data="".join(RdfXml(BASE).write([Thing(iri, {expand("dcat:theme"): (iri,)})])), format="xml"
    )
    assert (str(triple[0]), str(triple[2])) == (iri, iri)


@pytest.mark.parametrize("predicate", ["https://other.example/p", f"{BASE}def/plan#1"])
def test_a_property_without_a_qualified_name_is_refused(predicate):
    """RDF/XML cannot write a property outside the declared namespaces, or whose local name is no XML name."""
    with pytest.raises(InputError, match="no name in XML"):
        RdfXml(BASE).element(Thing(BASE, {predicate: (BASE,)}))


def test_more_namespaces_can_be_declared():
    """A document with further prefixes writes the properties of these."""
    element = RdfXml(BASE, {"o": "https://other.example/"}).element(Thing(BASE, {"https://other.example/p": (BASE,)}))
    assert f'<o:p rdf:resource="{BASE}"/>' in element


def test_a_property_of_links_declares_its_prefix_where_it_stands():
    """A catalogue without links has no prefix for it at its head."""
    mapping = Thing("https://example.org/link/a", {expand("sssom:confidence"): [Literal("0.99")]})
    text = "".join(RdfXml("https://example.org/").write([mapping]))
    assert text.count("xmlns:sssom") == 1
    assert '<sssom:confidence xmlns:sssom="https://w3id.org/sssom/">0.99</sssom:confidence>' in text
