"""What parts of Chinese titles are called in English."""

from collections import Counter

from dcat_hk.core.text import fold
from dcat_hk.core.wording.glossary import read_glossary
from dcat_hk.linking.english import stem_words
from dcat_hk.linking.glossary import idle_stems, load_glossary, read_own_pairs


def sayings_of(title):
    """Return the parts of a title with the ways to say them."""
    folded = fold(title)
    return {folded[part.start : part.end]: part.sayings for part in load_glossary().find(folded)}


def test_words_and_the_longer_words_that_they_make_are_found():
    """In either script."""
    for title in ("普通科門診診所", "普通科门诊诊所"):
        found = sayings_of(title)
        assert ("clinic",) in found["诊所"]
        assert any(len(saying) > 2 for saying in found["普通科门诊诊所"])


def test_numbers_and_latin_words_stand_for_themselves():
    """They are the same in any language."""
    assert sayings_of("第 493 章 HKCAS")["493"] == (("493",),)
    assert sayings_of("HKCAS")["hkcas"] == (("hkcas",),)


def test_names_of_bodies_are_known_in_both_languages():
    """The vocabularies have them."""
    assert ("hong", "kong", "polic", "forc") in sayings_of("香港警務處")["香港警务处"]


def test_nothing_idle_is_said():
    """A saying has no words that say nothing."""
    idle = idle_stems()
    assert not any(stem in idle for sayings in load_glossary().sayings.values() for one in sayings for stem in one)


def test_no_pair_says_what_the_glossary_of_searches_or_another_pair_says():
    """Pairs of linking are those that searches need not have, each once."""
    known = {(stem_words(english), fold(chinese)) for english, chinese in read_glossary()}
    own = Counter((stem_words(english), fold(chinese)) for english, chinese in read_own_pairs())
    assert not known & own.keys()
    assert [pair for pair, count in own.items() if count > 1] == []
