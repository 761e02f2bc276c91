"""Where lines of one cell end shows how wide its column is."""

import pytest

from dcat_hk.reading.parsing.running.wrapping import Wrapping

TEXTS = ["行人天橋名單及位置", "以及各區行人天橋的", "資料 (CSV)", "下一列", "第一段完。", "第二段"]


def wrapped_score(lines, edge, prose):
    """Return how well lines can be those of one cell."""
    return Wrapping(lines).score((0, 0), (len(lines), 0), edge, prose)


@pytest.mark.parametrize("edge", [0.0, 12.0, 18.0])
@pytest.mark.parametrize("prose", [False, True])
def test_a_part_of_a_region_is_rated_like_a_cell_of_its_own(edge, prose):
    """Sums over lines of the region give what the lines by themselves give."""
    region = Wrapping(TEXTS)
    for first in range(len(TEXTS)):
        for last in range(first + 1, len(TEXTS) + 1):
            alone = wrapped_score(TEXTS[first:last], edge, prose)
            assert region.score((first, 0), (last, 0), edge, prose) == alone


def test_a_part_of_a_line_is_rated_like_a_line():
    """The first line of a cell may begin, and the last may end, inside a line of the region."""
    region = Wrapping(["1 Names of all", "stands and places Monthly"])
    assert region.score((0, 2), (1, 18), 0.0, True) == wrapped_score(["Names of all", "stands and places"], 0.0, True)


def test_a_line_wider_than_its_column_costs_points():
    """The cost grows with the width, and ends."""
    marks = [wrapped_score(["字" * count], 10, False) for count in (5, 8, 50, 90)]
    assert marks[0] > marks[1] > marks[2] == marks[3]


def test_a_line_that_ends_early_speaks_for_the_end_of_a_cell():
    """In prose it may end a paragraph, more so behind a full stop."""
    first, second = ["第一段完", "第二段完。"], "第三段的文字很長很長"
    assert wrapped_score([first[0], second], 20, False) < wrapped_score([first[0], second], 20, True)
    assert wrapped_score([first[0], second], 20, True) < wrapped_score([first[1], second], 20, True)
