"""
The labels of a table -> what each of its columns holds.

In: labels, the rows of the header with how far their cells reach, and the rows below. Out: columns.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...documents import Row
from ...recognisers.headers import spread_labels
from ..rows import read_number

Columns = list[tuple[str, ...]]


def spread_header(
    header: Columns, labels: Sequence[str], rows: Sequence[Row], below: Sequence[Sequence[str]]
) -> Columns:
    """
    Return what the columns below a header hold, where labels reach over several or none stands over the numbers.

    Args:
        header: The columns that each label names.

        labels: The labels.

        rows: The rows of the header.

        below: The texts of the first rows below.
    """
    columns = [[row[place] for row in below if place < len(row) and row[place]] for place in range(len(labels))]
    numbered = [bool(texts) and all(read_number(text) is not None for text in texts) for texts in columns]
    return spread_labels(header, _find_reach(labels, rows), numbered, [bool(texts) for texts in columns])


def _find_reach(labels: Sequence[str], rows: Sequence[Row]) -> list[int]:
    """Return over how many columns each label reaches; where no extents are known, over blank ones before the last."""
    reach = [1] * len(labels)
    if any(row.extents for row in rows):
        for row in rows:
            for place in range(len(labels)):
                columns = row.extent(place).columns
                if row.cells[place] and columns > 1 and not any(labels[place + 1 : place + columns]):
                    reach[place : place + columns] = [columns] + [0] * (columns - 1)
        return reach
    last = max(place for place, label in enumerate(labels) if label.strip())
    start = 0
    for place in range(1, last):
        if not labels[place].strip() and labels[start].strip():
            reach[place], reach[start] = 0, reach[start] + 1
        else:
            start = place
    return reach
