"""Texts and questions give the same terms however they are written, and no question can break the search."""

import sqlite3
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dcat_hk.serving.search.words import MAX_PARTS, load_glossary, make_expression, split_question, split_terms

ALIKE = [
    ("衛生", "衞生"),
    ("衛生署", "卫生署"),
    ("ＣＳＶ", "csv"),
    ("臺", "台"),
    ("２０２４", "2024"),
    ("Wi-Fi", "wi fi"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_ways_to_write_a_word_give_the_same_terms(one, other):
    """Scripts, variants, width and capital letters make no difference."""
    assert split_terms(one) == split_terms(other)
    assert make_expression(split_question(one)) == make_expression(split_question(other))


def test_every_pair_and_the_last_ideograph_are_terms():
    """So a word of any length is found wherever it stands, and a single character, too."""
    assert split_terms("交通，CSV") == ["交通", "通", "csv"]


def test_idle_words_are_not_looked_for():
    """English words without content do not keep anything from being found."""
    assert [part.text for part in split_question("the List of Hospitals")] == ["list", "hospitals"]


def test_the_glossary_knows_words_in_both_directions():
    """An English word has Chinese ones, in the plural, too, and a Chinese word English ones."""
    assert split_question("buses")[0].alternatives == split_question("bus")[0].alternatives == ("巴士",)
    assert split_question("巴士")[0].alternatives == ("bus",)


def test_the_glossary_is_well_formed():
    """Each line is an English word and a Chinese one, each pair once, and every word has search terms."""
    assert all(key and meanings for key, meanings in load_glossary().items())
    assert all(split_terms(meaning) for meanings in load_glossary().values() for meaning in meanings)


@given(st.text(max_size=300))
def test_no_question_breaks_the_search(question):
    """Whatever is typed, the expression is one that the search understands."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE words USING fts5(a, tokenize='porter unicode61')")
    parts = split_question(question)
    assert len(parts) <= MAX_PARTS
    if parts:
        database.execute("SELECT * FROM words WHERE words MATCH ?", (make_expression(parts),)).fetchall()
    database.close()


def test_the_longest_question_takes_no_longer_than_it_should():
    """A question without an end is cut."""
    started = time.process_time()
    split_question("急a " * 100_000)
    assert time.process_time() - started < 5
