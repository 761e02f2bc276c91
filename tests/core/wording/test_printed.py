"""Places and numbers in what commands print."""

import pytest

from dcat_hk.core.place import Place
from dcat_hk.core.vocabularies import load
from dcat_hk.core.wording.printed import make_agree, translate_place, translate_stated, translate_where


@pytest.mark.parametrize(
    ("place", "printed"),
    [
        (Place(3, 3), "第3行"),
        (Place(3, 5), "第3至5行"),
        (Place(1, 1, "page 1, line 5", "page 1, line 5"), "第1頁，第5行"),
        (Place(1, 2, "table 2, row 7", "table 3, row 1"), "表2，第7列至表3，第1列"),
        (Place(1, 1, "sheet S, text box", "sheet S, text box"), "工作表「S」，文字方塊"),
        (Place(1, 1, "margin 3", "margin 3"), "margin 3"),
    ],
)
def test_places_are_printed_in_a_language(place, printed):
    """Pieces that are known are translated, others stay; in English only one line is told apart from several."""
    assert translate_place(str(place), "zh-Hant") == printed
    assert translate_place(str(place), "en") == str(place).replace("lines 3-3", "line 3")


@pytest.mark.parametrize(
    ("where", "printed"),
    [
        ("d/corrections.toml: correction 2 (D-ii-1)", "d/corrections.toml: 第2項更正（D-ii-1）"),
        ("d/corrections.toml: correction 2.when", "d/corrections.toml: 第2項更正的when"),
        ("organisations.toml: organisation 1 (hk-kite)", "organisations.toml: 第1項機構（hk-kite）"),
        ("categories.toml: category 12 (sky)", "categories.toml: 第12項數據種類（sky）"),
        ("wording.toml: frequency 1.words", "wording.toml: 第1項更新頻率的words"),
        ("wording.toml: format 3 (CSV)", "wording.toml: 第3項格式（CSV）"),
        ("wording.toml: format CSV", "wording.toml: format CSV"),
    ],
)
def test_places_in_files_of_decisions_are_printed_in_a_language(where, printed):
    """Tables by their numbers, what they are about as it is written there."""
    assert translate_where(where, "zh-Hant") == printed
    assert translate_where(where, "en") == where


def test_one_thing_is_not_several():
    """Only the number one takes the singular, with the verb behind it."""
    assert make_agree("1 rows are lost, 21 rows are not (1 cells)") == "1 row is lost, 21 rows are not (1 cell)"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("1 links, 1 candidates, 1 new lines of identifiers", "1 link, 1 candidate, 1 new line of identifiers"),
        ("11 links, 21 candidates, 1,001 things", "11 links, 21 candidates, 1,001 things"),
        ("0.1 seconds, 20.1 pages, 0,1 bytes", "0.1 seconds, 20.1 pages, 0,1 bytes"),
        ("-1 seconds of processor time, 0-1 rows", "-1 seconds of processor time, 0-1 rows"),
        ("datasets of 3.0.1 files (row 2. 1 rows are lost)", "datasets of 3.0.1 files (row 2. 1 row is lost)"),
        ("there are 1 violations of the shapes", "there is 1 violation of the shapes"),
        ("there are 2 violations of the shapes", "there are 2 violations of the shapes"),
    ],
)
def test_every_noun_that_is_counted_agrees(text, printed):
    """Nouns and verbs agree with the number one, and with no other number that ends in it."""
    assert make_agree(text) == printed


@pytest.mark.parametrize("stage", ["planned", "released"])
@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_stages_are_called_in_messages_as_in_the_vocabulary(stage, language):
    """The words are written twice, so that a message does not need the vocabularies."""
    vocabularies = load()
    concept = vocabularies.concepts[str(vocabularies.term(stage))]
    assert translate_stated(stage, language) == concept.labels[language]
