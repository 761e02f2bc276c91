"""Words that all cells share: for nothing, for numbers, and notes in brackets."""

import pytest

from dcat_hk.core.text import plain
from dcat_hk.reading.recognisers.values import is_none, without_notes
from dcat_hk.reading.recognisers.words import number_of, write_years


@pytest.mark.parametrize("text", ["不適用", "不适用", "N/A", "n.a.", "Nil", "/", "／", "-", "－", "沒有", "無"])
def test_words_for_nothing(text):
    """A cell can say in many ways that there is nothing."""
    assert is_none(text)


@pytest.mark.parametrize("text", ["", "每年", "CSV", "無障礙網頁"])
def test_words_for_something(text):
    """Other words are something, and nothing at all is no word for it."""
    assert not is_none(text)


def test_notes_are_dropped_but_never_all_of_a_cell():
    """Notes in any brackets, also in one another, are no part of the words; a cell that is only a note is one."""
    assert without_notes("每年（一月 (首周)）") == "每年"
    assert without_notes("【註】每月") == "每月"
    assert without_notes("(每年)") == "(每年)"
    assert without_notes("每年 (未完") == "每年 (未完"


def test_a_number_may_be_written_in_words():
    """Figures and the words of both languages are the same numbers."""
    assert [number_of(text) for text in ("3", "三", "three", "十")] == [3, 3, 3, 10]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二零二五及二零二六年發放", "2025及2026年发放"),
        ("二零二五、二零二六及二零二七年", "2025、2026及2027年"),
        ("二〇二五至二〇二七年度", "2025至2027年度"),
        ("二零二五／二六年度", "2025/26年度"),
        ("一九九七年七月", "1997年七月"),
        ("三千二百一十四年", "三千二百一十四年"),
        ("一二三四五年級", "一二三四五年级"),
    ],
)
def test_years_in_chinese_digits_are_written_in_figures(text, expected):
    """Each of several years is one, though only the last has the word for year; other numbers stay."""
    assert write_years(plain(text)) == expected


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("二千零二十六至二千零二十八年", "2026  至2028  年"),
        ("贰零贰陆至贰零贰捌年", "2026至2028年"),
        ("二○二六年三月", "2026年三月"),
        ("二零二六至二八年", "2026至28年"),
        ("廿六年至廿八年", "26年至28年"),
        ("(二零二六-二零二八)", "(2026-2028)"),
        ("二十六年", "二十六年"),
    ],
)
def test_years_in_any_chinese_figures_are_written_in_figures(text, figures):
    """The text stays as long as it was, so that places in it hold."""
    assert write_years(text) == figures
    assert len(figures) == len(text)
