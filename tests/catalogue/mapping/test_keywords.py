"""Keywords: words and phrases that a title or heading prints."""

import pytest

from dcat_hk.catalogue.mapping.keywords import find_keywords, keywords_of
from dcat_hk.core.terms import Literal


def words(text, language="zh-Hant"):
    """Return the keywords of a text as texts."""
    return [keyword.value for keyword in find_keywords(text, language)]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("「一般支援計劃」獲批項目的年度統計數字", ["一般支援計劃"]),
        ("「研究人才庫」計劃年度獲批資助概覽", ["研究人才庫", "獲批資助"]),
        ("創新及科技基金年度撥款概覽", ["創新及科技基金", "撥款"]),
        ("警崗/管制站/報案中心", ["警崗", "管制站", "報案中心"]),
        ("按醫院劃分的急症室等候時間", ["醫院", "急症室等候時間"]),
        ("地區康健中心的主中心和附屬中心一覽表", ["地區康健中心", "主中心和附屬中心"]),
        ("香港實驗所認可計劃 (HOKLAS) 獲認可實驗所名錄", ["香港實驗所認可計劃", "HOKLAS", "獲認可實驗所"]),
        ("2016至2019年行人路維修工程統計數字", ["行人路維修工程"]),
        ("已發出的「科技人才入境計劃」配額累積數目所屬的科技範疇", ["科技人才入境計劃", "配額累積", "科技範疇"]),
        ("總目155 – 創新科技署項下的開支數據", ["創新科技署", "開支"]),
        ("市區的士站位置", ["市區的士站位置"]),
        ("旅客目的地統計", ["旅客目的地"]),
        ("按揭貸款統計", ["按揭貸款"]),
        ("開放數據的數據集清單", []),
    ],
)
def test_a_chinese_title_comes_apart_where_it_must(title, expected):
    """At punctuation, quotation marks and the particle, never inside a run of ideographs that is a word."""
    assert words(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Statistics on footpath maintenance works from 2016 to 2019", ["footpath maintenance works"]),
        ("Locations of neighbourhood elderly centres", ["neighbourhood elderly centres"]),
        ('Downloads and usage of the "WalkSmart" mobile application', ["Downloads", "WalkSmart", "mobile application"]),
        ("Facilities of public piers and landing steps", ["Facilities", "public piers and landing steps"]),
        ("Age-friendly spaces", ["Age-friendly spaces"]),
        ("List of data", []),
    ],
)
def test_an_english_title_comes_apart_at_words_that_join(title, expected):
    """What stands between articles and prepositions is a phrase; what every dataset could be called is none."""
    assert words(title, "en") == expected


def test_every_keyword_is_printed_in_its_text():
    """No keyword has a letter that the title has not; what has no ideographs in a Chinese title is English."""
    title = "往來科學園 Wi-Fi.HK 熱點（試行）"
    found = find_keywords(title, "zh-Hant")
    assert [(keyword.value, keyword.language) for keyword in found] == [
        ("往來科學園", "zh-Hant"),
        ("Wi-Fi.HK", "en"),
        ("熱點", "zh-Hant"),
        ("試行", "zh-Hant"),
    ]
    assert all(keyword.value in title for keyword in found)


def test_the_heading_comes_first_and_the_category_not_at_all():
    """A heading gives its name and its abbreviation; a word that is the name of the category is left out."""
    titles = [Literal("交通及罪案", "zh-Hant"), Literal("交通", "zh-Hant")]
    headings = [Literal("創新及科技基金 (ITF)", "zh-Hant"), Literal("创新及科技基金 (ITF)", "zh-Hans-t-zh-hant")]
    found = keywords_of(titles, headings, {"交通", "Transport"})
    assert found == [
        Literal("創新及科技基金", "zh-Hant"),
        Literal("ITF", "en"),
        Literal("创新及科技基金", "zh-Hans-t-zh-hant"),
        Literal("交通及罪案", "zh-Hant"),
    ]


def test_a_heading_that_says_nothing_gives_no_keyword():
    """“Others” is no keyword in any language."""
    assert keywords_of([], [Literal("其他", "zh-Hant"), Literal("Others", "en")], frozenset()) == []


def test_a_title_that_is_all_one_phrase_too_long_gives_none():
    """A keyword of more than twenty characters is a sentence."""
    assert words("國" * 21) == []
    assert words("國" * 20) == ["國" * 20]
    assert words("a b c d e f g h i", "en") == []
