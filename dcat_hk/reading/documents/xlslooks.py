"""
How the cells of an old Excel file (.xls) look.

In: what the process that reads such files prints of a sheet. Out: which rows and columns are hidden, and marks on
texts. Letters count as hidden only where nothing can paint the ground behind them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .flow import FlowMark
from .sheetfonts import SheetColour, SheetFont
from .sheetstyles import SheetStyle, hides

#: How letters are shifted, and how they are turned, by the numbers that files have for it.
_SHIFTS = {1: "raised", 2: "lowered"}
_TURNED = {90, 180, 255}
#: Letters of so many twentieths of a point cannot be read.
_TINY = 20


@dataclass(frozen=True, slots=True)
class SheetLooks:
    """
    The looks of the cells of a sheet; none if they are not known.

    >>> looks = SheetLooks.of(None)
    >>> looks.hides_row(3, 1), looks.marks(0, 0, "Rain", True)
    (False, [])
    """

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    styles: Sequence[tuple[SheetStyle, str]] = ()
    fonts: Sequence[SheetFont] = ()
    #: The number of the style of each cell, row by row.
    cells: Sequence[Sequence[int]] = ()
    #: By row and column, where other fonts begin in a text, and their numbers.
    runs: dict[tuple[int, int], list[tuple[int, int]]] = field(default_factory=dict)
    painted: bool = False

    @classmethod
    def of(cls, stated: dict[str, Any] | None) -> SheetLooks:
        """
        Return the looks of a sheet.

        Args:
            stated: What the process prints of them, None if they are not known.
        """
        if not stated:
            return cls()
        fonts = [_font_of(font) for font in stated["fonts"]]
        return cls(
            frozenset(stated["rows"]),
            frozenset(stated["columns"]),
            [(_style_of(style, fonts), style["format"]) for style in stated["styles"]],
            fonts,
            stated["cells"],
            {(row, column): [tuple(run) for run in runs] for row, column, runs in stated["runs"]},
            stated["painted"],
        )

    def hides_row(self, row: int, count: int) -> bool:
        """Tell whether a row, or all that a cell in it goes over, is hidden; rows are counted from 0."""
        return all(number in self.rows for number in range(row, row + count))

    def hides_column(self, column: int, count: int) -> bool:
        """Tell whether a column, or all that a cell in it goes over, is hidden; columns are counted from 0."""
        return all(number in self.columns for number in range(column, column + count))

    def marks(self, row: int, column: int, text: str, is_text: bool) -> list[FlowMark]:
        """
        Return how stretches of a cell's text look.

        Args:
            row: The row, counted from 0.

            column: The column, counted from 0.

            text: What the cell shows.

            is_text: Whether it holds text and no number.
        """
        if row >= len(self.cells) or column >= len(self.cells[row]) or self.cells[row][column] >= len(self.styles):
            return []
        style, form = self.styles[self.cells[row][column]]
        hidden = hides(form, is_text)
        ends = [(0, -1), *self.runs.get((row, column), ())]
        marks: list[FlowMark] = []
        for (start, number), (end, _next) in zip(ends, [*ends[1:], (len(text), -1)], strict=True):
            font = self.fonts[number] if 0 <= number < len(self.fonts) else None
            kinds = style.kinds(font, not self.painted)
            kinds = (*kinds, "hidden") if hidden and "hidden" not in kinds else kinds
            marks += [FlowMark(start, end, kind) for kind in kinds if start < end]
        return marks


def _font_of(stated: dict[str, Any]) -> SheetFont:
    """Return a font."""
    colour = _colour_of(stated["colour"]) if stated["colour"] else None
    return SheetFont(stated["struck"], _SHIFTS.get(stated["shift"], ""), colour, 0 < stated["size"] <= _TINY)


def _style_of(stated: dict[str, Any], fonts: Sequence[SheetFont]) -> SheetStyle:
    """Return the style of a cell; what it is filled with is not known if that is a pattern."""
    number = stated["font"]
    font = fonts[number] if number < len(fonts) else SheetFont()
    fill = _colour_of(stated["fill"]) if stated["fill"] else SheetColour(None) if stated["pattern"] else None
    return SheetStyle(0, font, fill, stated["turned"] in _TURNED)


def _colour_of(stated: tuple[int, list[int] | None]) -> SheetColour:
    """Return a colour by its number and what the file's palette says it is."""
    number, parts = stated
    return SheetColour((parts[0], parts[1], parts[2]) if parts else None, f"indexed {number}")
