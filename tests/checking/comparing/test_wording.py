"""The words of reports on differences."""

import pytest

from dcat_hk.checking.comparing.wording import _words, property_name, word


def test_every_word_is_there_in_three_languages():
    """No label lacks a language, and all have the same fields."""
    for table in _words().values():
        for name, texts in table.items():
            assert set(texts) == {"en", "zh-Hant", "zh-Hans"}, name
            assert len({text.count("{") for text in texts.values()}) == 1, name


def test_fields_are_filled_in():
    """A label says what it is told to."""
    assert word("more", "en", count=3) == "… and 3 more"


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "update frequency as printed"), ("zh-Hant", "所印更新頻率"), ("zh-Hans", "所印更新频率")],
)
def test_terms_of_our_own_have_their_labels(language, name):
    """A property of the plan vocabulary is called as the vocabulary calls it, under any base IRI."""
    base = "https://plans.example/"
    assert property_name(f"{base}def/plan#statedFrequency", base, language) == name
