"""Letters before and behind the end of a line are one word only if that is proven."""

import pytest

from dcat_hk.reading.documents.brokenwords import is_one_name, is_one_number, is_one_word, load_word_parts, words_in


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        ("Communit", "y"),
        ("Transporta", "tion"),
        ("Developm", "ent"),
        ("necessar", "y"),
        ("vaccinatio", "n"),
        ("Broadcasti", "ng"),
        ("Telecommunic", "ations"),
        ("h", "erbaceous"),
        ("supe", "rseded"),
        ("Miscellan", "eous"),
        ("departure", "s"),
        ("anchorag", "e"),
        ("Constructi", "on"),
        ("Provision", "al"),
        ("Subsidi", "sed"),
        ("Program", "me"),
    ],
)
def test_a_known_word_and_parts_that_are_no_words_are_one(head, rest):
    """A word of the vocabularies, letters without a vowel, an ending, or a beginning that no word has is proof."""
    assert is_one_word(head, rest)


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        ("Establishment", "Figures"),
        ("performances", "or"),
        ("superseded", "on"),
        ("vaccinations", "by"),
        ("by", "grade"),
        ("Rehabilitation", "and"),
        ("environmental", "friendly"),
        ("Topographic", "Map"),
        ("Statistics", "in"),
        ("Hepatitis", "B"),
        ("2011", "y"),
        ("CSV", "n"),
        ("Marine", "rock"),
        ("Annual", "report"),
        ("Language", "llamas"),
        ("rainstorm", "warning"),
        ("consumption", "measured"),
        ("bacteriological", "parameters"),
        ("household", "income"),
        ("container", "throughput"),
        ("Exchange", "rates"),
        ("health", "care"),
        ("every", "one"),
        ("by", "a"),
    ],
)
def test_words_stay_two_without_proof(head, rest):
    """Names, short words and letters after figures are words."""
    assert not is_one_word(head, rest)
    assert not is_one_word(head, rest, is_full=True)


@pytest.mark.parametrize(("head", "rest"), [("Orthophot", "o"), ("fishp", "onds"), ("stak", "eholder")])
def test_letters_as_inside_of_words_are_proof_only_in_a_full_line(head, rest):
    """Where it is not known how much room a line had, two unknown words may be words."""
    assert is_one_word(head, rest, is_full=True)
    assert not is_one_word(head, rest)


def test_words_of_the_document_prove_both():
    """A word that stands whole elsewhere is one; where its parts are words as well, nothing is proven."""
    assert is_one_word("GeoJ", "SONL", {"geojsonl"})
    assert not is_one_word("data", "base", {"database", "data", "base"})
    assert not is_one_word("distance", "km", {"km"})


def test_endings_are_no_words_of_plans():
    """No ending is a word that the vocabularies have in a label."""
    assert not [ending for ending in load_word_parts().endings if is_one_word("Establish", ending) is False]


def test_words_are_latin_letters_and_digits():
    """Ideographs and signs part words."""
    assert words_in("船隻Vessel（2024 年）café") == ["Vessel", "2024", "café"]


def test_behind_a_hyphen_only_a_word_of_the_vocabularies_is_a_word():
    """A word of the document may be the piece of another by chance; "and" never is."""
    assert is_one_word("sho", "reline", {"shore", "reline"}, is_full=True, behind_sign=True)
    assert not is_one_word("harbour", "and", {"grants"}, is_full=True, behind_sign=True)


@pytest.mark.parametrize(
    ("head", "rest", "expected"),
    [
        ("10/202", "5", True),
        ("31.12.20", "25", True),
        ("2025-0", "6", True),
        ("1,20", "0", True),
        ("10", "7", True),
        ("10/2025", "6", False),
        ("2024", "2025", False),
        ("10/202", "a", False),
    ],
)
def test_a_date_or_number_is_one_if_it_is_one_only_as_a_whole(head, rest, expected):
    """Figures of a full line and of the next are one number, unless both are whole by themselves."""
    assert is_one_number(head, rest) is expected


def test_british_spellings_are_english():
    """The list of words that is asked has most of them with a z."""
    assert is_one_word("reindustri", "alisation", is_full=True)
    assert is_one_word("hospitalisat", "ion")


@pytest.mark.parametrize(
    ("head", "rest", "expected"),
    [
        ("CS", "V", True),
        ("JSO", "N", True),
        ("GeoJSO", "N", True),
        ("GEOJS", "ON", True),
        ("CSV", "JSON", False),
        ("AB", "C", False),
        ("d", "aily", False),
    ],
)
def test_a_name_of_the_vocabularies_is_whole_without_further_proof(head, rest, expected):
    """Parts of a format's name are none themselves; words in small letters are proven by other means."""
    assert is_one_name(head, rest) is expected


def test_names_of_formats_may_be_in_capitals():
    """A name that the vocabularies write with small letters is one in capitals, too; other words are not."""
    assert is_one_word("GEOJS", "ON")
    assert is_one_name("GEOJS", "ON")
    assert not is_one_name("CSV", "ON")
