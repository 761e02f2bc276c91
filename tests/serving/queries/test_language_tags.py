"""Queries find language tags in the case of BCP 47, and nothing but LANG is changed in them."""

import time

import pyoxigraph
import pytest
from support.bounds import is_within

from dcat_hk.serving.queries.language_tags import find_printed_tag, restore_tags, run_query


@pytest.fixture
def store():
    """Return a store with one title in each script."""
    filled = pyoxigraph.Store()
    for number, tag in enumerate(("zh-Hant", "zh-Hans", "en", "zh-Hans-t-zh-hant", "")):
        text = pyoxigraph.Literal("LANG(?o)", language=tag) if tag else pyoxigraph.Literal("LANG(?o)")
        filled.add(pyoxigraph.Quad(pyoxigraph.NamedNode(f"urn:{number}"), pyoxigraph.NamedNode("urn:p"), text))
    return filled


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        ('LANG(?o) = "zh-Hant"', 1),
        ('lang( ?o )="ZH-HANT"', 1),
        ("'zh-Hans' = LANG(?o)", 1),
        ('LANG(?o) != "zh-Hant"', 4),
        ('LANG(?o) IN ("zh-Hant", "en")', 2),
        ("LANG(?o) NOT IN (\"zh-Hant\", 'en')", 3),
        ('STRSTARTS(LANG(?o), "zh-Han")', 3),
        ('CONTAINS(LANG(?o), "-t-")', 1),
        ('LANGMATCHES(LANG(?o), "zh-Hant")', 1),
        ('LANG(?o) = ""', 1),
        ('STR(?o) = "LANG(?o)"', 5),
        ('STR(?o) = """LANG(?o)""" # LANG(?o)', 5),
        ('(LANG(?o)) = "zh-Hant"', 1),
        ('?tag = "zh-Hant"', 1),
    ],
)
def test_conditions_find_tags_as_they_are_shown(store, condition, count):
    """A comparison of any form, and LANG in texts and comments is none."""
    text = f"SELECT ?s {{ ?s ?p ?o BIND(LANG(?o) AS ?tag) FILTER({condition}\n) }}"
    assert len(list(run_query(store, text))) == count


def test_names_with_lang_are_no_functions(store):
    """Prefixed names and variables keep their names."""
    text = "PREFIX LANG: <urn:> SELECT ?lang { ?lang LANG:p ?o FILTER(!BOUND(?LANG)) }"
    assert len(list(run_query(store, text))) == 5


def test_lang_of_an_iri_stays_an_error(store):
    """Its value is unbound, as the specification says."""
    assert [row[0] for row in run_query(store, "SELECT (LANG(?s) AS ?l) { ?s ?p ?o }")] == [None] * 5


def test_a_mistake_is_told_at_its_place(store):
    """The position is that in the text that was given."""
    with pytest.raises(SyntaxError) as given:
        run_query(store, "SELECT (LANG(?s) AS ?l) { ?s ?p }")
    with pytest.raises(SyntaxError) as plain:
        store.query("SELECT (LANG(?s) AS ?l) { ?s ?p }")
    assert str(given.value) == str(plain.value)


@pytest.mark.parametrize(
    "syntax",
    [
        pyoxigraph.RdfFormat.TURTLE,
        pyoxigraph.RdfFormat.N_TRIPLES,
        pyoxigraph.RdfFormat.JSON_LD,
        pyoxigraph.RdfFormat.RDF_XML,
        pyoxigraph.RdfFormat.TRIG,
    ],
)
def test_only_tags_change_in_a_graph(syntax):
    """Texts that look like tags stay as they are."""
    texts = [
        '"@zh-hant',
        '@zh-hant"@zh-hant',
        'xml:lang="zh-hant"',
        '"@language":"zh-hant"',
        "\\",
        "plain",
        '<a xml:lang="zh-hant">',
    ]
    name = pyoxigraph.NamedNode("urn:p#zh-hant")
    triples = [
        pyoxigraph.Triple(name, name, pyoxigraph.Literal(text, language=tag))
        for text in texts
        for tag in ("zh-hant", "en-gb")
    ]
    triples += [pyoxigraph.Triple(name, name, pyoxigraph.Literal(text)) for text in texts]
    before = pyoxigraph.serialize(triples, format=syntax).decode()
    after = restore_tags(before, syntax.name)
    assert after != before
    assert after.count("zh-Hant") == after.count("en-GB") == len(texts)
    assert set(pyoxigraph.parse(after, format=syntax)) == set(pyoxigraph.parse(before, format=syntax))


@pytest.mark.parametrize(
    "unit",
    [
        '"\\',
        "'\\",
        '"""a" ',
        '"',
        "LANG(",
        "LANG(?t)",
        'LANG(?t) IN ("a",',
        "LANGMATCHES(",
        "<a",
        '"a" !',
        '"a"=',
        "#",
        "a:",
        "?a ",
    ],
)
def test_the_longest_texts_take_no_longer_than_they_are_long(unit):
    """A query of the greatest length is looked through in a moment, whatever it repeats."""
    text, store = "LANG " + unit * (100_000 // len(unit)), pyoxigraph.Store()
    started = time.process_time()
    with pytest.raises(SyntaxError):
        run_query(store, text)
    assert is_within(time.process_time() - started, 20)


@pytest.mark.parametrize(
    ("condition", "tag"),
    [
        ('LANG(?o) = "zh-Hant"', "zh-Hant"),
        ("'zh-HANS' = lang(?o)", "zh-Hans"),
        ('LANG(?o) IN ("en", "zh-Hans")', "zh-Hans"),
        ('LANG(?o) = "zh-Hant" || LANG(?o) = "zh-Hant-t-zh-hans"', ""),
        ('LANGMATCHES(LANG(?o), "zh-Hant")', ""),
        ('LANG(?o) = "en"', ""),
        ('STR(?o) = "zh-Hant"', ""),
    ],
)
def test_queries_that_find_printed_texts_only_are_known(condition, tag):
    """They ask for the exact tag of a Chinese script, and not for that of converted texts."""
    assert find_printed_tag(f"ASK {{ ?s ?p ?o FILTER({condition}) }} # LANG(?o) = 'zh-Hant'") == tag
