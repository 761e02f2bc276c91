"""
Tables with labels in the first column and a column for each dataset -> tables with a header and a row for each.

In: a document. Out: the document with such tables turned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...documents import Block, Document, Row
from ...recognisers.headers import header_of_row
from ..ledger import texts_of
from ..merged import share
from ..rows import Text
from .pairs import columns_of_label
from .pieces import tables_of

#: A table that is turned has so many known labels, and values in so many columns.
_FEWEST_LABELS, _FEWEST_VALUES = 3, 2


def turn_tables(document: Document) -> Document:
    """
    Return a document whose tables have labels at the top, not on the left.

    Args:
        document: Any document.
    """
    blocks: list[Block] = []
    last = 0
    for start, end in tables_of(document):
        rows = [block for block in document.blocks[start:end] if isinstance(block, Row)]
        if _has_labels_on_the_left(document, rows):
            blocks += [*document.blocks[last:start], *_turn(rows)]
            last = end
    return replace(document, blocks=(*blocks, *document.blocks[last:])) if last else document


def _has_labels_on_the_left(document: Document, rows: Sequence[Row]) -> bool:
    """Tell whether each row begins with a label, names stand in several columns, and no label stands elsewhere."""
    if len(rows) < _FEWEST_LABELS or len(rows[0].cells) < 1 + _FEWEST_VALUES or not all(row.cells[0] for row in rows):
        return False
    labels = [columns_of_label(document, row.cells[0]) for row in rows]
    named = [names for names in labels if names]
    if len(named) < _FEWEST_LABELS or len(named) * 2 <= len(rows) or len(set(named)) < len(named):
        return False
    values = next((row.cells[1:] for row, names in zip(rows, labels, strict=True) if "title" in names), ())
    if sum(1 for cell in values if cell) < _FEWEST_VALUES or any(
        header_of_row(texts_of(document, row)) for row in rows
    ):
        return False
    return not any(columns_of_label(document, cell) for row in rows for cell in row.cells[1:] if cell)


def _turn(rows: Sequence[Row]) -> list[Row]:
    """Return the columns of a table as rows; a cell that reaches over several holds for each."""
    header, *columns = zip(*(_spread(row) for row in rows), strict=True)
    filled = [column for column in columns if any(column)]
    return [Row(header, True), *(Row(column, False) for column in filled)]


def _spread(row: Row) -> list[Text]:
    """Return the cells of a row, each that reaches over several columns in all of them."""
    cells = list(row.cells)
    for place, cell in enumerate(row.cells):
        for other in range(place + 1, min(place + row.extent(place).columns, len(cells))):
            cells[other] = share(cell) if place and not cells[other] else cells[other]
    return cells
