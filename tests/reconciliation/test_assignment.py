"""One-to-one assignment."""

import random
from itertools import permutations

from dcat_hk.reconciliation.assignment import assign


def test_the_pairs_add_up_to_the_most():
    """No other choice of pairs is worth more; a pair below the bound is none."""
    chance = random.Random(7)
    for _time in range(50):
        values = [[round(chance.uniform(-1, 5), 1) for _column in range(4)] for _row in range(4)]
        best = max(
            sum(max(0, values[row][column] - 1) for row, column in enumerate(way)) for way in permutations(range(4))
        )
        pairs = assign(values, 1.0)
        assert abs(sum(values[row][column] - 1 for row, column in pairs) - best) < 1e-6
        assert all(values[row][column] >= 1 for row, column in pairs)
        assert len({row for row, _column in pairs}) == len({column for _row, column in pairs}) == len(pairs)


def test_a_table_of_one_line_or_none():
    """A table of one row or column needs no search, and ties go to the first."""
    assert assign([], 0) == assign([[]], 0) == assign([[0.5]], 1.0) == []
    assert assign([[2.0, 3.0, 3.0]], 1.0) == [(0, 1)]
    assert assign([[2.0], [2.0]], 1.0) == [(0, 0)]
