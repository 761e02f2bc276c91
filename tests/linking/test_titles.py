"""The words of titles that are compared."""

import pytest

from dcat_hk.core.text import fold
from dcat_hk.linking.titles import bare_title, english_stems, find_kind, find_short_names, place_pairs


def test_words_are_placed_where_they_stand():
    """Latin words as a whole, ideographs in pairs."""
    assert [(one.start, one.word) for one in place_pairs("雨量图csv")] == [(0, "雨量"), (1, "量图"), (3, "csv")]
    assert english_stems("The list of the lists") == ("list",)


def test_short_forms_only_repeat_what_stands_before_them():
    """Those whose letters begin the words before, and what a thing was called before."""
    assert find_short_names("Health Record Sharing System (HRSS)") == {"hrss"}
    assert find_short_names("Outpatient Quota (SOPC)") == frozenset()
    assert "old" in find_short_names("New Programme (formerly known as Old Scheme)")


def test_a_title_counts_or_lists():
    """What says neither, or both, is of no kind."""
    assert (find_kind("巴士站數目"), find_kind("List of stops")) == ("counts", "lists")
    assert (find_kind("巴士站"), find_kind("名單及數目")) == ("", "")


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("最新罪案", "罪案", True),
        ("本港最新癌症統計數字", "癌症統計資料", True),
        ("持牌幼兒中心的名單", "持牌幼兒中心一覽表", True),
        ("停車場資訊", "停车场数据", True),
        ("停車場名單", "停車場資料", False),
        ("癌症數目", "癌症統計數字", False),
        ("認可實驗所", "實驗所", False),
        ("香港仔泳灘", "仔泳灘", False),
        ("最新資料", "最新名單", False),
        ("本港", "最新", False),
    ],
)
def test_words_that_make_no_other_thing_of_a_title(one, other, are_same):
    """In front some tell nothing, and at the end some mean the same; of such words alone titles are as they are."""
    assert (bare_title(fold(one)) == bare_title(fold(other))) is are_same
