"""Words are read in one form, and the stemmer of the index treats them as it should."""

import pytest

from dcat_hk.serving.search.stems import find_stems, read_spellings, spell_word

SAME = [
    ("bus", "buses"),
    ("virus", "viruses"),
    ("organize", "organising"),
    ("centre", "centers"),
    ("colour", "colors"),
    ("licensed", "licence"),
    ("person", "people"),
    ("stadium", "stadia"),
    ("analysis", "analyses"),
    ("harbour", "harbor"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_forms_of_a_word_have_one_stem(one, other):
    """Plurals that follow no rule, and American spelling."""
    assert find_stems([one]) == find_stems([other])


@pytest.mark.parametrize("word", ["size", "prize", "laboratory", "collaboration", "巴士", "", "2024", "horizon"])
def test_other_words_stay_as_they_are(word):
    """What only looks like American spelling."""
    assert spell_word(word) == word


def test_all_words_are_stemmed_as_one_by_one():
    """The order does not count, and words without letters keep their places."""
    words = ["flooding", "", "巴士", "parking", "flooding"]
    assert find_stems(words) == [stem for word in words for stem in find_stems([word])]


def test_the_table_leads_to_words_that_are_read_as_they_are():
    """What a word is read as is not read as another one again, unless it is the same."""
    spellings = read_spellings()
    for word, other in spellings.items():
        plain = other.removesuffix("0")
        assert word.isascii()
        assert word.islower()
        assert spellings.get(plain, other) == other, word
