"""
One table for the whole plan, its header once at the top and the headings of sections as rows -> tables below headings.

In: a document. Out: the document with each header that stands directly above a section's heading below it. Tables
without a header have the columns of the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ....core.text import plain
from ....core.wording.plans import load_plan_wording
from ...documents import Block, Document, Line, Row
from ...recognisers.headers import header_of_row, header_of_rows
from ...recognisers.headings import read_section_heading, read_signs, read_spatial
from ..ledger import texts_of

_HEADINGS = load_plan_wording().headings


def lower_headers(document: Document) -> Document:
    """
    Return a document in which no header stands between the top of a table and a section's heading over its rows.

    Args:
        document: Any document.
    """
    blocks = list(document.blocks)
    for start in range(len(blocks)):
        size = _rows_of_header(document, blocks[start : start + 2])
        count = _count_headings(document, blocks, start + size) if size else 0
        if count:
            headings = blocks[start + size : start + size + count]
            headings[0] = headings[0]._replace(apart=blocks[start].apart)
            blocks[start : start + size + count] = [*headings, *blocks[start : start + size]]
    return document if blocks == list(document.blocks) else replace(document, blocks=tuple(blocks))


def is_heading_band(document: Document, row: Row) -> bool:
    """
    Tell whether a row holds nothing but the heading of a section, in usual words or in others.

    Args:
        document: Where the row is.

        row: A row of a table.
    """
    text = _only_text(document, row)
    return bool(text) and (bool(read_section_heading(text)) or (_is_whole(row) and read_signs(text).is_heading))


def _rows_of_header(document: Document, blocks: Sequence[Block]) -> int:
    """Return over how many rows the header that some blocks begin with goes, 0 if they begin with none."""
    if not isinstance(blocks[0], Row):
        return 0
    texts = [texts_of(document, block) for block in blocks if isinstance(block, Row)]
    if len(texts) > 1 and header_of_rows(texts[0], texts[1]):
        return 2
    return 1 if header_of_row(texts[0]) else 0


def _count_headings(document: Document, blocks: Sequence[Block], start: int) -> int:
    """
    Return how many blocks from one on are the heading of a section and of parts of it, above rows without a header.

    No blocks are if the first one is something else, or what follows is.
    """
    end = start
    while end < len(blocks) and _is_heading(document, blocks[end], end == start):
        end += 1
    below = blocks[end] if end < len(blocks) else None
    bare = isinstance(below, Row) and len(below.cells) > 1 and not _rows_of_header(document, blocks[end : end + 2])
    return end - start if bare else 0


def _is_heading(document: Document, block: Block, first: bool) -> bool:
    """Tell whether a block is the heading of a section, or below the first one that of a part or a body."""
    if first and isinstance(block, Row):
        return is_heading_band(document, block)
    text = _only_text(document, block)
    if first:
        return bool(read_section_heading(text))
    return read_spatial(text) is not None or bool(_HEADINGS.organisation.fullmatch(text))


def _only_text(document: Document, block: Block) -> str:
    """Return the plain text of a line or of the only cell of a row that holds any; nothing if several do."""
    if isinstance(block, Line):
        return plain(document.slice(block.span)).strip()
    texts = [text for text in texts_of(document, block) if text.strip()]
    return plain(texts[0]).strip() if len(texts) == 1 else ""


def _is_whole(row: Row) -> bool:
    """Tell whether the first cell of a row reaches over all of its columns."""
    return row.extent(0).columns >= len(row.cells)
