"""Text literals: languages, order, composed texts."""

import pytest
from support.mappings import BASE, TABS, datasets, map_texts
from support.plan_texts import as_tabs

from dcat_hk.catalogue.mapping.texts import LabelTexts, unite
from dcat_hk.core.settings import Settings
from dcat_hk.core.terms import Literal, expand


def test_derived_labels_say_so():
    """Text in the other script is tagged as transformed; printed text as printed; real labels plainly."""
    (things,) = map_texts(as_tabs(TABS))
    _iri, properties = datasets(things)["雨量"]
    assert properties[expand("dct:title")] == (Literal("雨量", "zh-Hant"), Literal("雨量", "zh-Hans-t-zh-hant"))
    assert properties[expand("dcat:keyword")] == properties[expand("dct:title")]
    assert [k.language for k in things[f"{BASE}catalogue/hk-hko/2024-2026"][expand("dct:title")]] == [
        "zh-Hant",
        "zh-Hans",
        "en",
    ]


@pytest.mark.parametrize(
    ("settings", "languages"),
    [
        (Settings(derived="none"), ["zh-Hant"]),
        (Settings(derived="plain"), ["zh-Hant", "zh-Hans"]),
        (Settings(script="Hant"), ["zh-Hant"]),
        (Settings(script="Hans"), ["zh-Hans-t-zh-hant"]),
        (Settings(script="Hans", derived="plain"), ["zh-Hans"]),
        (Settings(script="Hans", derived="none"), ["zh-Hans-t-zh-hant"]),
    ],
)
def test_settings_say_which_labels_are_written(settings, languages):
    """Derived labels can be dropped or folded, one script left out; no title is ever without text."""
    (things,) = map_texts(as_tabs(TABS), settings=settings)
    _iri, properties = next(iter(datasets(things).values()))
    assert [literal.language for literal in properties[expand("dct:title")]] == languages


def test_a_text_that_shows_its_script_is_not_taken_for_the_document_s():
    """An English title in a Chinese plan is English, and a Simplified one in a Traditional plan is Simplified."""
    texts = LabelTexts(Settings(), "Hant")
    assert texts.say("Air quality") == (Literal("Air quality", "en"),)
    assert [literal.language for literal in texts.say("数据")] == ["zh-Hans", "zh-Hant-t-zh-hans"]
    assert [literal.language for literal in LabelTexts(Settings(), "Hans").say("天文")] == [
        "zh-Hans",
        "zh-Hant-t-zh-hans",
    ]
    assert texts.say("") == ()


def test_printed_text_wins_over_text_turned_into_the_same_script():
    """Of an edition in each script both printed texts stand, and nothing is derived."""
    hant, hans = (
        (Literal("週報", "zh-Hant"), Literal("周报", "zh-Hans-t-zh-hant")),
        (
            Literal("每周报告", "zh-Hans"),
            Literal("每周報告", "zh-Hant-t-zh-hans"),
        ),
    )
    assert unite([hant, hans]) == (hant[0], hans[0])
    assert unite([hans, hant]) == (hant[0], hans[0])
    assert unite([(), hant]) == hant
    assert unite([]) == ()


def test_the_first_edition_that_prints_a_language_counts():
    """Two editions in one language do not give two titles in it."""
    assert unite([(Literal("A", "en"),), (Literal("B", "en"),)]) == (Literal("A", "en"),)


def test_labels_are_in_the_order_of_languages_without_the_hidden_script():
    """Real labels are never derived; the script that the settings leave out is left out, English stays."""
    labels = {"en": "Rain", "zh-Hans": "雨", "zh-Hant": "雨"}
    assert [one.language for one in LabelTexts(Settings()).labels(labels)] == ["zh-Hant", "zh-Hans", "en"]
    assert [one.language for one in LabelTexts(Settings(script="Hant")).labels(labels)] == ["zh-Hant", "en"]
    assert LabelTexts(Settings()).labels({"en": "", "zh-Hant": "雨"}) == [Literal("雨", "zh-Hant")]


def test_a_composed_text_is_filled_in_with_labels_of_its_language():
    """Labels differ by language, plain values do not, and braces in a value are text."""
    values = {"publisher": {"en": "{O}", "zh-Hant": "台", "zh-Hans": "台"}, "first": "2024", "last": "2026"}
    title = {one.language: one.value for one in LabelTexts(Settings()).compose("plan-title", values)}
    assert "{O}" in title["en"]
    assert all("2024" in text and "2026" in text for text in title.values())
    assert "台" in title["zh-Hant"]


def test_quoted_words_are_in_the_script_of_the_text_around_them():
    """Words that nobody understood are quoted as printed, and converted where the text is in the other script."""
    assert LabelTexts(Settings(), "Hant").quote("遇閏年處理") == {
        "zh-Hant": "遇閏年處理",
        "zh-Hans": "遇闰年处理",
        "en": "遇閏年處理",
    }
    assert set(LabelTexts(Settings(), "Latn").quote("now and then").values()) == {"now and then"}
