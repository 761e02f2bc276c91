"""What of items is compared."""

from support.compared_plans import edition, make_plan, planned, released

from dcat_hk.core.text import fold
from dcat_hk.reconciliation.features import find_features, find_language, find_rarity, split_words


def features(plan, language="zh"):
    """Return the features of a plan's items."""
    return find_features(plan, 0, language)


def test_both_chinese_scripts_are_one_language():
    """A title is the same in Traditional and Simplified Chinese."""
    old, new = make_plan(2021, released("醫務衞生")), make_plan(2022, released("医务卫生"), script="Hans")
    assert find_language([old, new]) == "zh"
    assert features(old)[0].title == features(new)[0].title


def test_texts_are_in_a_language_that_both_plans_have():
    """Where the older plan has an English edition and the newer is English, English titles are compared."""
    entry = released("雨量", also=((1, released("Rainfall", edition=1)),))
    old = make_plan(2021, entry, editions=[edition("Latn")])
    new = make_plan(2022, released("Rainfall"), script="Latn")
    assert find_language([old, new]) == "en"
    assert features(old, "en")[0].title == "rainfall"
    assert features(old)[0].other_titles == {("en", "rainfall")}


def test_plans_may_have_no_language_in_common():
    """A Chinese and an English plan have no text that can be compared."""
    assert find_language([make_plan(2021), make_plan(2022, script="Latn")]) == ""


def test_an_owner_is_known_where_the_row_names_it():
    """The bureau's own rows name nobody; an organisation, a remark or a heading names the owner."""
    own, other = features(
        make_plan(2021, planned("雨量"), planned("成績", section="C", organisation="繩結學會 (KA)", number=1))
    )
    assert (own.owner, own.names) == ("", frozenset())
    assert other.owner
    assert other.names == {fold("繩結學會")}


def test_numbers_and_latin_words_of_a_title_are_exact():
    """In a Chinese title numbers and Latin words tell datasets apart, in an English one only numbers do."""
    assert features(make_plan(2021, released("2019年 API 統計")))[0].exact == {"2019", "api"}
    assert features(make_plan(2021, released("API statistics 2019"), script="Latn"), "en")[0].exact == {"2019"}


def test_rarity_falls_with_the_number_of_items_that_have_a_word():
    """What all items share is worth least."""
    rarity = find_rarity([{"a", "b"}, {"a"}, {"a", "c"}])
    assert rarity.of("a") < rarity.of("b") == rarity.of("c")
    assert rarity.share("b") == 1.0


def test_words_of_chinese_are_pairs_of_ideographs():
    """An ideograph that stands alone is a word, too."""
    assert split_words("帆船 A1 港") == {"帆船", "a1", "港"}
