"""
What the steps of parsing hand over, region by region; part of every `Reading`, so that each step can be looked at.

In: nothing. Out: `RegionReading` and its columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from .outline import Region
from .rows import RawRow


class ColumnReading(NamedTuple):
    """A column as it was understood: what it holds, and its edges where they were found by positions."""

    names: tuple[str, ...]
    #: In the unit of the lines' positions; None for a column of cells.
    left: float | None = None
    right: float | None = None


@dataclass(frozen=True, slots=True)
class RegionReading:
    """A region, in which way it was read, its rows, and its columns at its end."""

    region: Region
    #: `cells`, `positions`, `running text`, or `not read` where the section is not known.
    way: str
    rows: tuple[RawRow, ...] = ()
    columns: tuple[ColumnReading, ...] = ()
