"""Running text is lines, and places in them where a cell may end."""

from dcat_hk.reading.parsing.running.lines import RunningLines

LINES = RunningLines(["1 氣象／雨量 讀數", "03/2021  每季"], ("name",), frozenset().__contains__)


def test_a_cell_may_end_before_a_word_and_at_the_end_of_a_line():
    """Blanks behind one another are one place."""
    assert LINES.points(0) == ((0, 2), (0, 8), (1, 0))
    assert LINES.points(1) == ((1, 9), (2, 0))
    assert LINES.points(0, 2) == ((0, 8), (1, 0))


def test_what_stands_between_two_points_has_no_blanks_around_it():
    """A line in part, a whole line; nothing if the second point is not behind the first."""
    assert LINES.between((0, 2), (1, 9)) == ["氣象／雨量 讀數", "03/2021"]
    assert LINES.between((1, 0), (1, 0)) == []
    assert list(LINES.pieces((0, 2), (1, 9))) == [(0, 2, 10), (1, 0, 9)]
