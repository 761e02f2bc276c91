"""
One table for the whole plan with a column that says the section of each row -> rows below headings.

In: a document. Out: the document with such a column taken out, and a heading in a row of its own above the first row
of each section; claims on the label and on what the column repeats. A column in which anything else stands is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ....core.text import plain
from ....core.wording.plans import load_plan_wording
from ...documents import Block, Document, Extent, Row
from ...recognisers.headers import header_of_row
from ...recognisers.headings import CODES, read_section_heading, read_signs
from ..ledger import Claims, text_of, texts_of
from ..rows import Text
from .pieces import spans_of, tables_of

_COLUMN = load_plan_wording().section_signs.column


@dataclass(frozen=True, slots=True)
class _SectionRows:
    """The rows of one section, without its column, and the cell that names it."""

    name: Text
    rows: list[Row]


def raise_sections(document: Document, claims: Claims) -> Document:
    """
    Return a document in which sections are told by headings and not by a column of a table.

    Args:
        document: Any document.

        claims: Where the label of the column and what it repeats are claimed.
    """
    blocks: list[Block] = []
    last = 0
    columns: tuple[int, int] | None = None
    code = ""
    for start, end in tables_of(document):
        rows = [block for block in document.blocks[start:end] if isinstance(block, Row)]
        place = _find_column(document, rows[0])
        if place is not None:
            columns, code = (place, len(rows[0].cells)), ""
        elif columns is None or len(rows[0].cells) != columns[1]:
            continue
        parts = _divide(document, claims, rows, columns[0], code) if columns else None
        if parts is None:
            continue
        blocks += document.blocks[last:start]
        blocks += _list_blocks(parts, rows[0].apart)
        code = _read_code(document, parts[-1].name) or code
        last = end
    return replace(document, blocks=(*blocks, *document.blocks[last:])) if last else document


def _find_column(document: Document, header: Row) -> int | None:
    """Return where the label of a column of sections stands in a header, None if the row is none or has no such one."""
    texts = texts_of(document, header)
    if not header_of_row(texts):
        return None
    return next((place for place, text in enumerate(texts) if _COLUMN.fullmatch(plain(text).strip())), None)


def _divide(
    document: Document, claims: Claims, rows: Sequence[Row], place: int, code: str
) -> list[_SectionRows] | None:
    """
    Return the rows of a table by section in the order of sections, None if the column says anything else.

    What comes first are the header and the rest of the section before. Rows that stand in another order cannot be
    sorted where cells are merged over several of them.
    """
    parts = {code: _SectionRows((), [])}
    again: list[Text] = []
    last, is_sorted = code, True
    for row in rows:
        cell = row.cells[place] if place < len(row.cells) else ()
        if cell and _find_column(document, row) == place:
            again.append(cell)
            parts[last if row is not rows[0] else code].rows.append(_without(row, place))
            continue
        said = _read_code(document, cell) if cell else last
        if not said:
            return None
        is_sorted, last = is_sorted and said >= last, said
        if said in parts:
            again += [cell] if cell else []
            parts[said].rows.append(_without(row, place))
        else:
            parts[said] = _SectionRows(cell, [_without(row, place)])
    merged = any(row.extent(other).rows > 1 for row in rows for other in range(len(row.cells)))
    if (not is_sorted and merged) or min(parts) != code:
        return None
    claims.add(list(spans_of(again)), "heading")
    return [parts[name] for name in sorted(parts)]


def _read_code(document: Document, cell: Text) -> str:
    """
    Return the code of the section that a cell names, nothing if it names none.

    Where only the years of the plan can tell, they are part of it: each name of years has a heading of its own.
    """
    text = plain(text_of(document, cell)).strip()
    heading = read_section_heading(text)
    if heading and not heading.doubtful:
        return heading.code if heading.decided else " ".join([heading.code, *map(str, heading.years)])
    signs = read_signs(text)
    if signs.bare and not signs.numbered:
        return signs.letter if signs.letter in CODES else ""
    return next(iter(signs.codes)) if signs.is_heading and len(signs.codes) == 1 else ""


def _without(row: Row, place: int) -> Row:
    """Return a row without one of its places."""
    cells = (*row.cells[:place], *row.cells[place + 1 :])
    if not row.extents:
        return Row(cells, row.apart)
    extents = [row.extent(other) for other in range(len(row.cells))]
    return Row(cells, row.apart, (*extents[:place], *extents[place + 1 :]))


def _list_blocks(parts: Sequence[_SectionRows], apart: bool) -> Iterator[Row]:
    """Yield the rows of all sections, each below its heading; the header of the table stands below the first."""
    opening, *others = parts
    header = opening.rows
    for number, part in enumerate(others):
        width = len(part.rows[0].cells)
        extents = (Extent(width, 1), *(Extent(),) * (width - 1))
        yield Row((part.name, *((),) * (width - 1)), apart and not number, extents)
        if not number:
            yield from (row._replace(apart=False) for row in header)
        yield from part.rows
    if not others:
        yield from header
