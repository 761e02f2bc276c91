"""
Groups of rows of a web table -> the groups whose cells may reach over each other.

In: the rows of each body of a table. Out: the same rows, with bodies joined that belong together. By the standard a
cell ends with the body that it stands in; some writers, such as LibreOffice, cut a table into bodies and let cells go
on over several of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .numbering import Element
from .webelements import number_in

#: The rows of one body of a table, each with its cells.
Group = list[tuple[Element, list[Element]]]


def join_groups(groups: Sequence[Group]) -> list[Group]:
    """
    Return groups of rows; one goes on with the next where its cells fill exactly what the rows there lack.

    Args:
        groups: The bodies of a table, in order.
    """
    if len(groups) < 2:
        return [list(group) for group in groups if group]
    width = max((_width(cells) for group in groups for _row, cells in group), default=0)
    joined: list[Group] = []
    hanging: list[_Hanging] = []
    for group in groups:
        if not group:
            continue
        if _goes_on(hanging, group, width):
            joined[-1].extend(group)
            hanging = [_Hanging(each.rows - len(group), each.columns) for each in hanging if each.rows > len(group)]
        else:
            joined.append(list(group))
            hanging = []
        hanging += _list_hanging(group)
    return joined


class _Hanging(NamedTuple):
    """A cell that reaches over the end of its group: over how many rows, and over how many columns."""

    rows: int
    columns: int


def _list_hanging(group: Group) -> list[_Hanging]:
    """Return the cells that reach over the end of a group."""
    cells = [(cell, len(group) - number) for number, (_row, cells) in enumerate(group) for cell in cells]
    hanging = [_Hanging(number_in(cell, "rowspan", 1) - below, _columns(cell)) for cell, below in cells]
    return [each for each in hanging if each.rows > 0]


def _goes_on(hanging: Sequence[_Hanging], group: Group, width: int) -> bool:
    """Tell whether the rows below are as wide as the table only with the cells that reach over them."""
    rows = min(max((each.rows for each in hanging), default=0), len(group))
    covered = [sum(each.columns for each in hanging if each.rows > index) for index in range(rows)]
    return rows > 0 and all(
        _width(cells) + columns == width for (_row, cells), columns in zip(group, covered, strict=False)
    )


def _columns(cell: Element) -> int:
    """Return over how many columns a cell reaches."""
    return max(1, number_in(cell, "colspan", 1))


def _width(cells: Sequence[Element]) -> int:
    """Return over how many columns the cells of a row reach."""
    return sum(map(_columns, cells))
