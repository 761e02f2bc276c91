"""
Cells that repeat the label of their column, as web pages write them for small screens.

In: a document. Out: the document without those labels in its rows; they are claimed as header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from ....core.text import fold
from ...documents import Block, Document, Row
from ...recognisers.headers import columns_of_cell, header_of_row
from ..ledger import Claims, texts_of
from .pairs import find_colon
from .pieces import cut_cell, spans_of, tables_of, text_of_cell

#: So many columns of a table repeat their labels with a colon, so many without.
_FEWEST, _FEWEST_BARE = 2, 3
_BLANKS = re.compile(r"[\s\-–]*")
#: Where the label ends in the cells of a column, by row, and whether a colon follows it there.
_Ends: TypeAlias = dict[int, tuple[int, bool]]


def drop_repeated_labels(document: Document, claims: Claims) -> Document:
    """
    Return a document whose cells do not begin with the label of their column.

    Args:
        document: Any document.

        claims: Where the labels are claimed.
    """
    blocks = list(document.blocks)
    for start, end in tables_of(document):
        labels: list[str] = []
        body: list[int] = []
        for index in range(start, end):
            row = blocks[index]
            assert isinstance(row, Row)
            texts = texts_of(document, row)
            if header_of_row(texts):
                _strip_rows(document, claims, blocks, body, labels)
                labels, body = texts, []
            elif labels:
                body.append(index)
        _strip_rows(document, claims, blocks, body, labels)
    return document if blocks == list(document.blocks) else replace(document, blocks=tuple(blocks))


def _strip_rows(document: Document, claims: Claims, blocks: list[Block], body: list[int], labels: list[str]) -> None:
    """Take the labels out of the rows under one header, in the columns where most cells repeat theirs."""
    rows = {index: row for index in body if isinstance(row := blocks[index], Row) and len(row.cells) == len(labels)}
    ends = {place: _find_ends(document, rows, place, label) for place, label in enumerate(labels) if label.strip()}
    telling = set(_choose_columns(ends))
    for index, row in rows.items() if telling else ():
        cells = list(row.cells)
        for place in telling:
            end = ends[place].get(index)
            if end is not None:
                text = text_of_cell(document, cells[place])
                claims.add(spans_of([cut_cell(document, cells[place], [(0, end[0])])]), "header")
                cells[place] = cut_cell(document, cells[place], [(end[0], len(text))])
        blocks[index] = row._replace(cells=tuple(cells))


def _find_ends(document: Document, rows: dict[int, Row], place: int, label: str) -> _Ends:
    """Return where the label of a column ends in its cells, by row; none if not most of the cells repeat it."""
    filled = [(index, row.cells[place]) for index, row in rows.items() if row.cells[place]]
    ends: _Ends = {}
    for count, (index, cell) in enumerate(filled, 1):
        end = _end_of_label(text_of_cell(document, cell), label)
        if end is not None:
            ends[index] = end
        elif (count - len(ends)) * 2 >= len(filled):
            return {}
    return ends


def _choose_columns(ends: Mapping[int, _Ends]) -> Iterator[int]:
    """Yield the columns whose cells repeat their label, if enough columns do so."""
    chosen = [(place, all(colon for _end, colon in column.values())) for place, column in ends.items() if column]
    with_colon = [place for place, colon in chosen if colon]
    if len(chosen) >= _FEWEST_BARE:
        yield from (place for place, _colon in chosen)
    elif len(with_colon) >= _FEWEST:
        yield from with_colon


def _end_of_label(text: str, label: str) -> tuple[int, bool] | None:
    """Return where the label that a cell's text begins with ends, and whether a colon follows it; None without one."""
    colon = find_colon(text)
    if colon:
        name = text[:colon].strip()
        columns = columns_of_cell(name)
        if fold(name) == fold(label) or (columns and columns == columns_of_cell(label)):
            return colon + 1, True
    wanted = fold(label)
    begins = bool(wanted) and fold(text).startswith(wanted)
    for end in range(1, min(len(text), 2 * len(label) + 8) if begins else 0):
        if fold(text[:end]) == wanted:
            blanks = _BLANKS.match(text, end)
            after = blanks.end() if blanks else end
            return (after, False) if after > end or not text[end - 1 : end + 1].isascii() else None
    return None
