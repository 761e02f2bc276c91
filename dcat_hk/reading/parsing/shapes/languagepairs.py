"""
Rows and columns that say in Chinese what the ones beside them say in English -> cells in both languages.

In: a document. Out: a document with such rows, and such columns, put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ....core.text import count_letters, fold
from ...documents import Block, Document, Extent, Fragment, Row, Span
from ...recognisers.headers import columns_of_cell, header_of_row
from ..ledger import text_of, texts_of
from ..rows import Text, read_number
from .pieces import spans_of, tables_of

#: Two rows are a pair if so many cells are in one language above and in the other below.
_FEWEST_CELLS = 2


@dataclass(slots=True)
class Paired:
    """A document, whether anything was put together in it, and what is printed twice in the same words."""

    document: Document
    changed: bool = False
    again: list[Span] = field(default_factory=list)


def pair_rows(document: Document) -> Paired:
    """
    Return a document in which a row in one language and the same row in the other below it are one.

    Args:
        document: Any document.
    """
    paired = Paired(document)
    blocks: list[Block] = []
    start = 0
    for first, end in tables_of(document):
        blocks += document.blocks[start:first]
        rows = [block for block in document.blocks[first:end] if isinstance(block, Row)]
        blocks += _pair_rows_of_table(paired, rows)
        start = end
    if paired.changed:
        paired.document = replace(document, blocks=(*blocks, *document.blocks[start:]))
    return paired


def _pair_rows_of_table(paired: Paired, rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a table, pairs put together if most numbered rows are the first of one."""
    document = paired.document
    texts = [texts_of(document, row) for row in rows]
    pairs = {index for index in range(len(rows) - 1) if _are_pair(texts[index], texts[index + 1])}
    numbered = [index for index, cells in enumerate(texts) if cells and read_number(cells[0]) is not None]
    body = [index for index in numbered if index in pairs]
    if not body or len(body) * 2 < len(numbered):
        return list(rows)
    paired.changed = True
    result: list[Row] = []
    index = 0
    while index < len(rows):
        if index in pairs:
            result.append(_join_rows(paired, rows[index], rows[index + 1]))
            index += 2
        else:
            result.append(rows[index])
            index += 1
    return result


def _are_pair(texts: Sequence[str], below: Sequence[str]) -> bool:
    """Tell whether a row says in one language what the next says in the other."""
    if len(texts) != len(below):
        return False
    languages = [pair for pair in zip(map(_language, texts), map(_language, below), strict=True) if all(pair)]
    if len(languages) < _FEWEST_CELLS or set(languages) not in ({("Latn", "Hani")}, {("Hani", "Latn")}):
        return False
    if any(again and not text for text, again in zip(texts, below, strict=True)):
        return False
    is_same_row = read_number(below[0]) in (None, read_number(texts[0]))
    return is_same_row and bool(header_of_row(texts)) == bool(header_of_row(below))


@lru_cache(maxsize=1 << 14)
def _language(text: str) -> str:
    """Return the script of a text, nothing if it has no words: formats and dates are in no language."""
    ideographs, latin = count_letters(text)
    if ideographs:
        return "Hani"
    return "Latn" if latin and any(character.islower() for character in text) else ""


def _join_rows(paired: Paired, one: Row, other: Row) -> Row:
    """Return a row of the cells of two, the second in paragraphs of their own."""
    document = paired.document
    cells: list[Text] = []
    for cell, again in zip(one.cells, other.cells, strict=True):
        if fold(text_of(document, cell)) == fold(text_of(document, again)):
            paired.again += [span for span in spans_of([again]) if span not in set(spans_of([cell]))]
            cells.append(cell)
        else:
            cells.append(_join_cells(cell, again))
    return Row(tuple(cells), one.apart, tuple(Extent(each.columns, max(each.rows - 1, 1)) for each in one.extents))


def _join_cells(cell: Text, again: Text) -> Text:
    """Return the fragments of two cells, the second as a paragraph of its own."""
    return (*cell, *(Fragment(each.span, not place or each.apart, each.torn) for place, each in enumerate(again)))


# ---- columns


def pair_columns(paired: Paired) -> Paired:
    """
    Return a document in which a column in one language and the same column in the other are one.

    Args:
        paired: A document whose rows are put together.
    """
    document = paired.document
    blocks: list[Block] = list(document.blocks)
    for start, end in tables_of(document):
        rows = {index: row for index in range(start, end) if isinstance(row := blocks[index], Row)}

        def is_header(row: Row) -> bool:
            return bool(header_of_row(texts_of(document, row)))

        header = next((row for row in rows.values() if is_header(row)), None)
        twins = dict(_find_twins(document, header, rows.values())) if header else {}
        if not header or not twins:
            continue
        paired.changed = True
        for index, row in rows.items():
            if len(row.cells) == len(header.cells):
                blocks[index] = _join_columns(paired, row, twins, is_header(row))
    paired.document = replace(document, blocks=tuple(blocks))
    return paired


def _find_twins(document: Document, header: Row, rows: Iterable[Row]) -> Iterable[tuple[int, int]]:
    """Yield the places of columns with one name whose cells are in different languages."""
    places: dict[tuple[str, ...], int] = {}
    body = [row for row in rows if row is not header and len(row.cells) == len(header.cells)]
    for place, cell in enumerate(header.cells):
        names = columns_of_cell(text_of(document, cell))
        if not names:
            continue
        first = places.setdefault(names, place)
        if first == place:
            continue
        languages = [{_language(text_of(document, row.cells[each])) for row in body} - {""} for each in (first, place)]
        if all(len(each) == 1 for each in languages) and languages[0] != languages[1]:
            yield first, place


def _join_columns(paired: Paired, row: Row, twins: dict[int, int], is_header: bool) -> Row:
    """Return a row with the cells of twin columns together; two labels in one language are the first of them."""
    gone = set(twins.values())
    cells = list(row.cells)
    for place, twin in twins.items():
        one, other = (_language(text_of(paired.document, row.cells[each])) for each in (place, twin))
        if is_header and one == other:
            paired.again += spans_of([row.cells[twin]])
        else:
            cells[place] = _join_cells(cells[place], row.cells[twin])
    extents = tuple(row.extent(i) for i in range(len(cells)) if i not in gone) if row.extents else ()
    return Row(tuple(cell for i, cell in enumerate(cells) if i not in gone), row.apart, extents)
