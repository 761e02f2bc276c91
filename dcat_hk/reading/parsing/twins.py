"""
Tables whose words are known by where they stand, with a column in each language -> tables with cells.

In: a document and what was read of it. Out: the same document with rows of cells, which are read once in each language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..documents import Block, Document, Row
from .ledger import Claims
from .outline import read_outline
from .positions.alignment import find_alignment
from .positions.columns import tabulate_columns
from .positions.places import Column
from .positions.regions import place_regions
from .steps import RegionReading


def has_twins(regions: Sequence[RegionReading]) -> bool:
    """
    Tell whether a table whose words are known by where they stand has two columns of one name.

    Args:
        regions: What was read of a document.
    """
    for region in regions:
        names = [column.names for column in region.columns if column.names]
        if region.way == "positions" and len(set(names)) < len(names):
            return True
    return False


def tabulate(document: Document, is_category: Callable[[str], bool], is_body: Callable[[str], bool]) -> Document:
    """
    Return a document whose words in columns are rows of cells; other lines stay where they are.

    Args:
        document: A document with lines whose words have places.

        is_category: Tells whether a text is a known category.

        is_body: Tells whether a text is the name of a known organisation.
    """
    outline = read_outline(document, Claims(document))
    places = place_regions(document, [region for region in outline.regions if region.section], is_category, is_body)
    alignment = find_alignment(places)
    columns: list[Column] = []
    rows: list[Row] = []
    for placed in places:
        if placed and placed.parts:
            own, columns = tabulate_columns(placed, columns, alignment)
            rows += own
    lines = [sorted({fragment.span.line for cell in row.cells for fragment in cell}) for row in rows]
    begun = {own[0]: row for own, row in zip(lines, rows, strict=True) if own}
    inside = {line for own in lines for line in own}
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Row) or block.span.line not in inside:
            blocks.append(block)
        elif block.span.line in begun:
            blocks.append(begun[block.span.line])
    return replace(document, blocks=tuple(blocks))
