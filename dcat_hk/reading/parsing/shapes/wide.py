"""
Tables whose last columns stand in a table of their own, as a sheet wider than the paper is printed -> whole tables.

In: a document. Out: the document with such tables joined, row by row; and one finding if it cannot be told of a table
to which rows its columns belong, whose rows are left out then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ....core.errors import Finding
from ....core.text import fold
from ...documents import Block, Document, Extent, Row
from ...recognisers.columns import field_of
from ...recognisers.headers import header_of_row, header_of_rows
from ..ledger import Claims, text_of, texts_of
from ..rows import Text
from .pieces import spans_of

#: What tells the rows of a table apart; it may stand in each part of it.
_KEYS = ("number", "title")
#: The columns of a table that lists values and no datasets.
_LISTED = frozenset({"category", "frequency", "format", "organisation"})


@dataclass(slots=True)
class _Table:
    """A header and the rows below it; `names` are the columns by place, empty for a label that is not known."""

    start: int
    end: int
    names: list[str]
    #: Over how many rows the header goes.
    header: int = 1

    def rows(self, document: Document) -> list[Row]:
        """Return the rows below the header."""
        return [block for block in document.blocks[self.start + self.header : self.end] if isinstance(block, Row)]

    def fields(self) -> set[str]:
        """Return what the columns are about but for what tells rows apart; both columns of dates are one."""
        return {field_of(name) for name in self.names if name} - set(_KEYS)


def join_wide_tables(document: Document, claims: Claims) -> tuple[Document, list[Finding]]:
    """
    Return a document whose tables have all their columns, and findings on those that cannot be joined.

    Args:
        document: Any document.

        claims: Where rows that are left out are claimed, and what tells rows apart and is printed again.
    """
    tables = _find_tables(document)
    if len(tables) < 2:
        return document, []
    document, findings = _leave_out_lists(document, claims, tables)
    tables = _find_tables(document) if findings else tables
    named = [table for table in tables if "title" in table.names]
    nameless = [table for table in tables if "title" not in table.names and table.fields()]
    again = [table for table in named if _repeats(document, table, named)]
    parts = sorted([*nameless, *again], key=lambda table: table.start)
    wholes = [table for table in named if table not in again]
    if not any(not whole.fields() & part.fields() for part in parts for whole in wholes):
        return document, findings
    pairs = _pair(document, wholes, parts)
    if pairs is None:
        document, finding = _leave_out(document, claims, parts, "columns-elsewhere")
        return document, [*findings, finding]
    return _join(document, claims, pairs), findings


def _leave_out_lists(document: Document, claims: Claims, tables: Sequence[_Table]) -> tuple[Document, list[Finding]]:
    """Return a document without tables that only list values, such as those that a cell may have, and findings."""
    wholes = [table for table in tables if "title" in table.names]
    lists = [table for table in tables if table.end > table.start + table.header and _LISTED.issuperset(table.names)]
    lists = [table for table in lists if all(table.fields() & whole.fields() for whole in wholes)]
    if not wholes or not lists:
        return document, []
    document, finding = _leave_out(document, claims, lists, "table-without-names")
    return document, [finding]


def _find_tables(document: Document) -> list[_Table]:
    """Return the tables that have a header, in order."""
    tables: list[_Table] = []
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Row) or (tables and index < tables[-1].start + tables[-1].header):
            continue
        labels, height = _read_labels(document, index)
        header = header_of_row(labels)
        if header:
            names = ["title" if "title" in columns else "".join(columns[:1]) for columns in header]
            tables.append(_Table(index, index + height, names, height))
        elif tables and tables[-1].end == index and len(block.cells) == len(tables[-1].names):
            tables[-1].end = index + 1
    return tables


def _read_labels(document: Document, index: int) -> tuple[list[str], int]:
    """Return the texts of a row, or the labels of a header over two rows that it begins, and over how many they go."""
    row, below = document.blocks[index], document.blocks[index + 1 : index + 2]
    assert isinstance(row, Row)
    texts = texts_of(document, row)
    lower = texts_of(document, below[0]) if below and isinstance(below[0], Row) and not below[0].apart else []
    both = header_of_rows(texts, lower, [extent.columns for extent in row.extents]) if lower else None
    return (both, 2) if both else (texts, 1)


def _repeats(document: Document, table: _Table, named: Sequence[_Table]) -> bool:
    """Tell whether a table has the titles of one before it and none of its other columns."""
    fields = table.fields()
    before = [other for other in named if other.start < table.start and other.fields() and not other.fields() & fields]
    if not fields or not before:
        return False
    titles = _column(document, table, "title")
    return any(titles == _column(document, other, "title") for other in before)


def _column(document: Document, table: _Table, name: str) -> list[str]:
    """Return the folded texts of a column, none if the table lacks it."""
    if name not in table.names:
        return []
    place = table.names.index(name)
    return [fold(text_of(document, row.cells[place])) for row in table.rows(document)]


# ---- which belong together


def _pair(
    document: Document, wholes: Sequence[_Table], parts: Sequence[_Table]
) -> list[tuple[_Table, list[_Table]]] | None:
    """Return each table with the parts that go on beside it, None if that is not certain of every part."""
    pairs: list[tuple[_Table, list[_Table]]] = [(table, []) for table in wholes]
    for part in parts:
        fitting = [
            (table, beside)
            for table, beside in pairs
            if table.start < part.start and _fits(document, table, beside, part)
        ]
        # A part stands directly below its table, or all tables come first and then all parts, in the same order.
        if not fitting:
            return None
        nearest = max(fitting, key=lambda pair: pair[0].start)
        _table, beside = fitting[0] if _comes_after_all(wholes, part) else nearest
        beside.append(part)
    return [(table, beside) for table, beside in pairs if beside]


def _comes_after_all(wholes: Sequence[_Table], part: _Table) -> bool:
    """Tell whether a part stands behind the last of several tables."""
    return all(table.start < part.start for table in wholes)


def _fits(document: Document, table: _Table, beside: Sequence[_Table], part: _Table) -> bool:
    """Tell whether a part has as many rows as a table, with the same numbers and titles, and other columns only."""
    there = table.fields().union(*(other.fields() for other in beside))
    if there & part.fields() or table.header != part.header or len(table.rows(document)) != len(part.rows(document)):
        return False
    for name in _KEYS:
        own, other = _column(document, table, name), _column(document, part, name)
        if own and other and own != other:
            return False
    return True


# ---- joining


def _join(document: Document, claims: Claims, pairs: Sequence[tuple[_Table, list[_Table]]]) -> Document:
    """Return a document with the cells of each part behind those of its table."""
    blocks: list[Block | None] = list(document.blocks)
    for table, parts in pairs:
        for part in parts:
            names = table.names[:]
            places = [i for i, name in enumerate(part.names) if name not in _KEYS or name not in names]
            for offset in range(table.end - table.start):
                row, more = blocks[table.start + offset], document.blocks[part.start + offset]
                assert isinstance(row, Row)
                assert isinstance(more, Row)
                again: list[Text] = [cell for i, cell in enumerate(more.cells) if i not in places]
                claims.add(spans_of(again), "header")
                blocks[table.start + offset] = _append(row, more, places)
                blocks[part.start + offset] = None
            table.names = [*names, *(part.names[i] for i in places)]
    return replace(document, blocks=tuple(block for block in blocks if block is not None))


def _append(row: Row, more: Row, places: Sequence[int]) -> Row:
    """Return a row with cells of another behind its own."""
    extents: tuple[Extent, ...] = ()
    if row.extents or more.extents:
        extents = (*(row.extent(i) for i in range(len(row.cells))), *(more.extent(i) for i in places))
    return Row((*row.cells, *(more.cells[i] for i in places)), row.apart, extents)


def _leave_out(document: Document, claims: Claims, parts: Sequence[_Table], code: str) -> tuple[Document, Finding]:
    """Return a document without the rows of parts, and the finding that tells of them."""
    outside: list[Block] = []
    spans = []
    inside = {index for part in parts for index in range(part.start, part.end)}
    for index, block in enumerate(document.blocks):
        if index in inside and isinstance(block, Row):
            spans += list(spans_of(block.cells))
        else:
            outside.append(block)
    claims.add(spans, "note")
    count = sum(part.end - part.start - part.header for part in parts)
    finding = Finding(code, document.name, document.place(spans[:1]), {"count": str(count)})
    return replace(document, blocks=tuple(outside)), finding
