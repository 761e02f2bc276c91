"""Slips of the pen between two short texts."""

from hypothesis import given
from hypothesis import strategies as st

from dcat_hk.reading.recognisers.slips import is_slip

WORDS = st.text(alphabet="数据集发放年甲乙", min_size=2, max_size=8)


@given(WORDS, st.data())
def test_one_character_missing_is_a_slip_in_both_directions(text, data):
    """A text without one of its characters is a slip of it, and it is one of that text."""
    place = data.draw(st.integers(0, len(text) - 1))
    shorter = text[:place] + text[place + 1 :]
    assert is_slip(shorter, text)
    assert is_slip(text, shorter)


def test_two_slips_are_another_text():
    """Two wrong characters, or two missing ones, are not one slip."""
    assert not is_slip("书剧集", "数据集")
    assert not is_slip("集", "数据集")
    assert not is_slip("abdd", "acbd")
