"""Words that all cells share: for nothing, for numbers, and notes in brackets."""

import pytest

from dcat_hk.reading.recognisers.values import is_none, without_notes
from dcat_hk.reading.recognisers.words import number_of


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
