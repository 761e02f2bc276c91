"""
Table of a Word file as XML -> a table of flows, each cell in its column, with how far it reaches.

In: a `w:tbl` element, and who reads what is in a cell. Out: the table, behind remarks on rows of it that are not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from ...core.limits import Budget
from .flow import Flow, FlowTable, Paragraph
from .numbering import Element, child, children, is_on, value, whole
from .spans import MOST_COLUMNS, SpanningCell, merge_columns, place_cells
from .wordxml import elements_in, remarks_on

#: Columns whose left edges are no further apart than this part of a column's width are one.
_SLACK = 0.25


class RowPosition(NamedTuple):
    """Where in its table a row is, whether it is repeated as a header, and whether it states grounds of its own."""

    is_first: bool
    is_last: bool
    is_header: bool
    is_exception: bool


class CellPosition(NamedTuple):
    """Where in its table a cell is; the formats of a table's style depend on it."""

    table: Element
    row: RowPosition
    is_first_column: bool
    is_last_column: bool


class CellReader(Protocol):
    """Who reads what is in the cells of a table."""

    #: How many cells there were so far.
    cells: int

    def cell(self, element: Element, stated: Mapping[str, Element], position: CellPosition, /) -> Flow:
        """Return the paragraphs and tables in a cell with some properties."""


def read_table(element: Element, reader: CellReader, budget: Budget, place: str = "") -> Flow:
    """
    Return a table, behind what there is to say about rows of it that are not read.

    Args:
        element: The table, a `w:tbl` element.

        reader: Reads what is in its cells.

        budget: What the table may still cost.

        place: Where the table is in words of the file, if not in the text of the document.

    Raises:
        NotAPlan: The table has too many cells.

    Spec: ECMA-376 part 1, 17.4, tables.
    """
    return _TableOfWord(element, reader, budget).read(place)


@dataclass(slots=True)
class _CellOfWord:
    """
    A cell of a row: its column in the table's grid, how many it spans, its width, and what is in it.

    `rows` is how many rows it spans as far as they have been read.
    """

    column: int
    span: int
    #: What states the width of the cell, and of those that were merged into it.
    widths: list[Element | None]
    flow: Flow | None
    rows: int = 1

    @property
    def width(self) -> int:
        """Return how wide the cell is, nought if that is not stated as a length."""
        return sum(whole(stated, "w") for stated in self.widths if value(stated, "type", "dxa") == "dxa")


class _ColumnsOfWord(NamedTuple):
    """The columns of each row's cells, where the left edge of each column is, and where each row ends."""

    numbers: list[list[int]]
    edges: list[float]
    ends: list[float]


class _TableOfWord:
    """Reads one table."""

    def __init__(self, element: Element, reader: CellReader, budget: Budget) -> None:
        """Begin a table."""
        self._element, self._reader, self._budget = element, reader, budget
        #: Rows, and where the first cell of each begins and the last ends.
        self._rows: list[list[_CellOfWord]] = []
        self._ends: list[tuple[int, int]] = []
        #: Cells that may go on into the row below, by their columns.
        self._open: dict[int, _CellOfWord] = {}
        self._remarks: Flow = []

    def read(self, place: str) -> Flow:
        """Return the table, behind what there is to say about rows of it that are not read."""
        rows = list(elements_in(self._element, "tr"))
        for row in rows:
            self._read_row(row, row is rows[0], row is rows[-1])
        grid = child(self._element, "tblGrid")
        columns = self._columns([whole(column, "w") for column in (grid if grid is not None else ())])
        self._budget.check("cells", len(rows) * len({column for row in columns.numbers for column in row}))
        most = max(map(len, columns.numbers), default=1) or 1
        slack = _SLACK * columns.edges[-1] / most
        merged = merge_columns(columns.numbers, columns.edges, slack)
        starts = sorted(set(merged.values()))
        placed: list[list[SpanningCell[Flow | None]]] = []
        for cells, numbers, end in zip(self._rows, columns.numbers, columns.ends, strict=True):
            beyond = next((start for start in starts if columns.edges[start] >= end - slack), len(columns.edges))
            lefts = [merged[number] for number in numbers]
            placed.append(
                [
                    SpanningCell(cell.flow, max(1, right - left), cell.rows, left)
                    for cell, left, right in zip(cells, lefts, [*lefts[1:], beyond], strict=False)
                ]
            )
        return [*self._remarks, FlowTable.of(place_cells(placed, self._budget), [place] * len(placed) if place else [])]

    def _read_row(self, element: Element, first: bool, last: bool) -> None:
        """Read a row, or say that it is deleted or hidden."""
        properties = child(element, "trPr")
        for name, code in (("del", "deleted-text"), ("hidden", "hidden-text")):
            if is_on(child(properties, name)):
                self._remarks.append(Paragraph([], "", remarks_on(element, code)))
                return
        column = before = min(whole(child(properties, "gridBefore")), MOST_COLUMNS)
        cells: list[_CellOfWord] = []
        open_below: dict[int, _CellOfWord] = {}
        elements = list(elements_in(element, "tc"))
        is_exception = child(element, "tblPrEx", "shd") is not None
        row = RowPosition(first, last, is_on(child(properties, "tblHeader")), is_exception)
        for inner in elements:
            position = CellPosition(self._element, row, inner is elements[0], inner is elements[-1])
            stated = children(child(inner, "tcPr"))
            cell, head = self._read_cell(inner, stated, column, position)
            column += cell.span
            if cell.flow is None and cells and _goes_on(stated.get("hMerge")):
                cells[-1].span += cell.span
                cells[-1].widths += cell.widths
                continue
            cells.append(cell)
            if "vMerge" in stated:
                open_below[cell.column] = head
        self._open = open_below
        self._rows.append(cells)
        self._ends.append((whole(child(properties, "wBefore"), "w") if before else 0, column))
        self._reader.cells += len(cells)
        self._budget.check("cells", self._reader.cells)

    def _read_cell(
        self, element: Element, stated: Mapping[str, Element], column: int, position: CellPosition
    ) -> tuple[_CellOfWord, _CellOfWord]:
        """
        Return a cell that begins in a column, and the one that it belongs to: itself, or one from a row above.

        Args:
            element: The cell.

            stated: Its properties by name.

            column: The column.

            position: Where the cell is in the table.
        """
        head = self._open.get(column) if _goes_on(stated.get("vMerge")) else None
        deleted = "cellDel" in stated
        cell = _CellOfWord(
            column,
            max(1, min(whole(stated.get("gridSpan"), default=1), MOST_COLUMNS)),
            [stated.get("tcW")],
            None,
        )
        if deleted or head is not None:
            remarks = remarks_on(element, "deleted-text" if deleted else "hidden-text")
            cell.flow = [Paragraph([], "", remarks)] if remarks else None
        else:
            cell.flow = self._reader.cell(element, stated, position)
            if _goes_on(stated.get("hMerge")) and column and not _holds_anything(cell.flow):
                cell.flow = None
        if head is not None:
            head.rows += 1
        return cell, head or cell

    def _columns(self, widths: Sequence[int]) -> _ColumnsOfWord:
        """Return the columns of the table as its grid has them."""
        last = max((end for _before, end in self._ends), default=0)
        ragged = len({end for _before, end in self._ends}) > 1
        if ragged and all(cell.width > 0 for row in self._rows for cell in row):
            return self._columns_by_width()
        if len(widths) < last or not all(width > 0 for width in widths):
            widths = [1] * last
        edges = [0.0]
        for width in widths:
            edges.append(edges[-1] + width)
        return _ColumnsOfWord(
            [[cell.column for cell in row] for row in self._rows], edges, [edges[end] for _before, end in self._ends]
        )

    def _columns_by_width(self) -> _ColumnsOfWord:
        """Return the columns of a table whose rows end in different columns but say how wide their cells are."""
        lefts: list[list[int]] = []
        ends: list[float] = []
        for row, (left, _end) in zip(self._rows, self._ends, strict=True):
            lefts.append([])
            for cell in row:
                lefts[-1].append(left)
                left += cell.width
            ends.append(left)
        edges = sorted({left for row in lefts for left in row})
        numbers = {left: number for number, left in enumerate(edges)}
        return _ColumnsOfWord(
            [[numbers[left] for left in row] for row in lefts], [*map(float, edges), max(ends, default=0.0)], ends
        )


def _goes_on(merge: Element | None) -> bool:
    """Tell whether a cell goes on another one: `vMerge` or `hMerge` that does not begin anew."""
    return merge is not None and value(merge, default="continue") != "restart"


def _holds_anything(flow: Flow) -> bool:
    """Tell whether a cell holds text or a table."""
    return any(not isinstance(part, Paragraph) or part.lines for part in flow)
