"""How much of a title another one explains."""

import numpy
import pytest

from dcat_hk.core.text import fold
from dcat_hk.linking.comparing import Comparer
from dcat_hk.linking.glossary import load_glossary
from dcat_hk.linking.titles import Titles, count_english
from dcat_hk.linking.weights import load_linking

ENGLISH = ("Number of persons by age group", "Number of persons by sex", "Number of persons by education level")
CHINESE = ("按年齡組別劃分的人數", "按性別劃分的人數", "按教育程度劃分的人數")


@pytest.fixture
def comparer():
    """Return what compares titles."""
    return Comparer(load_glossary(), count_english(ENGLISH), len(ENGLISH), load_linking())


def test_what_siblings_share_tells_little(comparer):
    """Each title is explained best by its own translation, both ways."""
    rows = [Titles(fold(title)) for title in CHINESE]
    records = [Titles(english=title) for title in ENGLISH]
    forth, back, *_left = comparer.explain(rows, records)
    both = numpy.sqrt(forth * back)
    assert both.argmax(axis=1).tolist() == [0, 1, 2]
    assert both.max() <= 1


def test_a_row_in_english_and_a_record_in_chinese_are_compared_too(comparer):
    """The same the other way round."""
    rows, records = [Titles(english=title) for title in ENGLISH], [Titles(fold(title)) for title in CHINESE]
    forth, back, *_left = comparer.explain(rows, records)
    assert numpy.sqrt(forth * back).argmax(axis=1).tolist() == [0, 1, 2]


def test_one_word_explains_one_thing(comparer):
    """A word that can be said in two ways does not explain both at once."""
    _forth, back, *_left = comparer.explain(
        [Titles(fold("培育"))], [Titles(english="Incubation"), Titles(english="Incubation Start-up")]
    )
    assert back[0, 0] == pytest.approx(1.0)
    assert back[0, 1] < 0.8


def test_without_a_language_in_common_nothing_is_said(comparer):
    """Neither title can be compared."""
    equal, like = comparer.compare_same([Titles(fold("雨量"))], [Titles(english="Rain")])
    assert not equal.any()
    assert numpy.isnan(like).all()


def test_titles_of_one_language_are_equal_when_they_fold_to_one(comparer):
    """Script, width and punctuation make no difference."""
    rows, records = [Titles(fold("雨量（各區）"))], [Titles(fold("雨量 (各区)")), Titles(fold("雨量"))]
    equal, like = comparer.compare_same(rows, records)
    assert equal.tolist() == [[1.0, 0.0]]
    assert like[0, 0] == pytest.approx(1.0)
    assert like[0, 1] < 1


def test_characters_that_tell_nothing_do_not_count(comparer):
    """A title of two characters says too little; one in English is never too short."""
    assert comparer.count_characters(Titles(fold("罪案的統計數字"))) == 2
    assert comparer.count_characters(Titles(english="Crime")) > 100


def test_one_english_word_is_not_what_two_words_mean(comparer):
    """The park of country parks is no car park; the same word twice is one thing."""
    rows = [Titles(fold("郊野公園停車場")), Titles(fold("郊野公園"))]
    explained, *_rest = comparer.explain(rows, [Titles(english="Country Parks")])
    assert explained[0, 0] < 0.8
    assert explained[1, 0] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("row", "record"),
    [
        ("郊野公園燒烤地點", "Toilets in Country Parks"),
        ("公共圖書館", "Mobile public libraries"),
        ("流動圖書館", "Public libraries"),
        ("小學教師數目", "Number of primary schools"),
        ("按年齡組別劃分的人數", "Number of persons by sex"),
        ("巴士站數目", "List of bus stops"),
        ("巴士站位置", "Number of bus stops"),
        ("2019年雨量", "Rainfall of 2018"),
        ("公眾碼頭", "Public piers under construction"),
        ("郊野公園停車場", "Country parks"),
        ("郊野公園停車", "Country parks"),
        ("郊野公園", "Country parks and gardens"),
    ],
)
def test_what_a_sibling_says_more_or_else_is_left_over(comparer, row, record):
    """A word of either title that the other one lacks; or one counts what the other one lists."""
    shares = comparer.explain([Titles(fold(row))], [Titles(english=record)])
    assert shares.unsaid[0, 0] + shares.unexplained[0, 0] > 0


@pytest.mark.parametrize(
    ("row", "record", "names"),
    [
        ("巴士站的位置", "Location of bus stops", ()),
        ("公共圖書館名單", "List of public libraries", ()),
        ("公眾碼頭", "Public piers of the Harbour Department", ("Harbour Department",)),
        ("消防服務目標", "Fire service targets", ()),
        ("科技支援計劃", "Technology support scheme", ()),
        ("公共圖書館及流動圖書館", "Public and mobile libraries", ()),
        ("已獲批的牌照數目", "Number of approved licences (formerly known as permits)", ()),
    ],
)
def test_nothing_is_left_over_where_both_titles_say_the_same(comparer, row, record, names):
    """Function words, lists, the body's own name, short forms and former names are no telling words."""
    shares = comparer.explain([Titles(fold(row))], [Titles(english=record, beside=names)])
    assert shares.unsaid[0, 0] + shares.unexplained[0, 0] == 0


def test_chinese_titles_that_differ_in_words_that_tell_nothing_are_nearly_equal(comparer):
    """Unless they count by something else; of siblings only one is the same."""
    rows = [Titles(chinese=fold(title)) for title in ("最新罪案", "幼兒中心名單")]
    records = [Titles(chinese=fold(title)) for title in ("罪案", "幼兒中心一覽表", "幼兒中心津貼")]
    _equal, like = comparer.compare_same(rows, records)
    assert (like > 0.9).tolist() == [[True, False, False], [False, True, False]]
    counted = [Titles(chinese=fold("罪案"), series=("地區",))]
    assert comparer.compare_same(rows[:1], counted)[1].item() <= 0.5
