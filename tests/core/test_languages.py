"""Language tags: matching, spelling, fallbacks."""

import pytest

from dcat_hk.core.languages import DERIVED_LANGUAGE, FALLBACKS, LANGUAGES, TEXT_LANGUAGES, canonical_tag, match_language


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh-MO", "zh-Hant"),
        ("zh-SG", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("ZH-hant", "zh-Hant"),
        ("yue", "zh-Hant"),
        ("en_US", "en"),
    ],
)
def test_a_region_stands_for_its_script(tag, language):
    """A tag without a script is matched by the script that is usual in its region."""
    assert match_language(tag, LANGUAGES) == language


@pytest.mark.parametrize("tag", ["", " ", "*", "und", "mul", "c", "not a tag", "ja", "de-HK"])
def test_other_languages_and_words_that_are_no_tags_match_nothing(tag):
    """No language is guessed for a language that is not offered, or for a word that is no tag."""
    assert match_language(tag, LANGUAGES) is None


def test_only_available_languages_are_given():
    """A tag is matched by what is available, not by what the project knows."""
    assert match_language("zh-HK", ["en"]) is None
    assert match_language("zh-HK", iter(["en", "zh-Hant"])) == "zh-Hant"


@pytest.mark.parametrize(
    ("tag", "canonical"),
    [
        ("MN-cYRL-mn", "mn-Cyrl-MN"),
        ("en-ca-X-CA", "en-CA-x-ca"),
        ("SGN-be-FR", "sgn-BE-FR"),
        ("az-latn-x-LATN", "az-Latn-x-latn"),
    ],
)
def test_tags_are_written_as_the_examples_of_the_standard(tag, canonical):
    """Scripts have a capital, regions are capitals, and nothing behind a singleton is changed (RFC 5646, 2.1.1)."""
    assert canonical_tag(tag) == canonical


def test_every_tag_of_a_text_is_canonical_and_has_its_place_among_the_fallbacks():
    """A text of any tag can stand in for each language, the language's own text first."""
    assert all(canonical_tag(tag) == tag for tag in TEXT_LANGUAGES)
    assert set(TEXT_LANGUAGES) == {*LANGUAGES, *DERIVED_LANGUAGE.values()}
    assert {language: tags[0] for language, tags in FALLBACKS.items()} == {tag: tag for tag in LANGUAGES}
    assert all({*LANGUAGES} <= {*tags} <= {*TEXT_LANGUAGES} for tags in FALLBACKS.values())
