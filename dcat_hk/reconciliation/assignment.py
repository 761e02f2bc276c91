"""One-to-one assignment: the pairs of rows and columns of a table whose values add up to the most."""

from __future__ import annotations

from collections.abc import Sequence


def assign(values: Sequence[Sequence[float]], least: float) -> list[tuple[int, int]]:
    """
    Return the pairs of rows and columns, each used once at most, whose values above a bound add up to the most.

    Args:
        values: The table, all rows of one length.

        least: A pair below it is no pair.

    >>> assign([[2.0, 1.0], [1.9, 0.2]], 0.5)
    [(0, 1), (1, 0)]
    """
    if not values or not values[0]:
        return []
    if len(values) == 1 or len(values[0]) == 1:
        best = max(
            ((value, -row, -column) for row, line in enumerate(values) for column, value in enumerate(line)),
        )
        return [(-best[1], -best[2])] if best[0] >= least else []
    import numpy
    from scipy.optimize import linear_sum_assignment

    # What is below the bound is worth nothing, so that it is never taken in place of a pair.
    table = numpy.asarray(values, dtype=float) - least
    useful = numpy.where(table >= 0, table + 1e-9, 0.0)
    rows, columns = linear_sum_assignment(useful, maximize=True)
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True) if table[row, column] >= 0]
