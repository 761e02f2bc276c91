"""
Regions with rows of cells -> `RawRow`.

In: the rows under one heading. Out: raw rows, claims and findings. Headers may repeat after page breaks;
a row may be cut by one; a row may be continued by rows without a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ..documents import Document, Line, Row
from ..errors import Finding
from ..place import Place
from ..text import plain
from ..vocabularies import wording
from .headers import header_of_row
from .ledger import Claims, Fragment, text_of
from .outline import Region
from .rows import RawRow, Text, claim_row, place_of, read_number, split_category
from .values import is_none

Columns = list[tuple[str, ...]]


@dataclass(slots=True)
class _Table:
    """What is known while the rows of a region are read, one after the other."""

    document: Document
    claims: Claims
    is_category: Callable[[str], bool]
    columns: Columns | None = None
    group: str | None = None
    rows: list[RawRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    date_labels: list[tuple[str, Place]] = field(default_factory=list)

    def find(self, code: str, place: Place, **values: str) -> None:
        """Note a finding."""
        self.findings.append(Finding(code, self.document.name, place, values))


@dataclass(frozen=True, slots=True)
class TableReading:
    """The rows of a region, what was found, the header in force at its end and its date labels."""

    rows: tuple[RawRow, ...]
    findings: tuple[Finding, ...]
    columns: Columns | None
    date_labels: tuple[tuple[str, Place], ...]


def read_table(
    document: Document,
    region: Region,
    claims: Claims,
    is_category: Callable[[str], bool],
    columns: Columns | None = None,
) -> TableReading:
    """
    Return the rows of a region that holds tables.

    Args:
        document: Where the region is.

        region: The blocks under one heading.

        claims: Where the rows' text is claimed.

        is_category: Tells whether a text is a known category.

        columns: The header of the table before, for a table that has none of its own.
    """
    table = _Table(document, claims, is_category, columns)
    for block in region.blocks:
        if isinstance(block, Row):
            _read_row(table, block)
        else:
            _read_line(table, block)
    return TableReading(tuple(table.rows), tuple(table.findings), table.columns, tuple(table.date_labels))


def _read_line(table: _Table, line: Line) -> None:
    """Take a line between rows: a note, a word for an empty table, or the rest of the last cell."""
    text = plain(table.document.slice(line.span)).strip()
    if re.match(wording()["cells"]["note"], text) or is_none(text):
        table.claims.add([line.span], "note")
    elif not line.apart and table.rows and table.columns:
        _continue_last_cell(table, line)


def _continue_last_cell(table: _Table, line: Line) -> None:
    """Add a line that follows a row directly to the row's last cell."""
    assert table.columns is not None
    column = table.columns[-1][-1] if table.columns[-1] else ""
    names = {"date_target": "date", "date_released": "date"}
    column = names.get(column, column)
    if column in {"category", "title", "description", "date", "frequency", "format"}:
        fragment = Fragment(line.span)
        table.rows[-1] = table.rows[-1].extend(column, (fragment,), line.span.place)
        table.claims.add([line.span], "field")


def _read_row(table: _Table, row: Row) -> None:
    """Take one row: a header, nothing, a word for an empty table, a heading, or part of an entry."""
    cells: list[Text] = [tuple(Fragment(span) for span in cell) for cell in row.cells]
    texts = [text_of(table.document, cell) for cell in cells]
    spans = [span for cell in row.cells for span in cell]
    if not spans:
        return
    header = header_of_row(texts)
    if header:
        table.columns = header
        table.claims.add(spans, "header")
        for text, columns in zip(texts, header, strict=True):
            table.date_labels += [(text, place_of(spans)) for name in columns if name.startswith("date_")]
        return
    if not table.columns:
        table.find("table-without-header", place_of(spans))
        return
    if _says_none(table, texts):
        table.claims.add(spans, "note")
        return
    _read_entry(table, cells, place_of(spans))


def _says_none(table: _Table, texts: Sequence[str]) -> bool:
    """Tell whether a row says, in every filled cell but its number, that there is nothing."""
    filled = [
        text for text, columns in zip(texts, _fitted(table, texts), strict=True) if text and columns != ("number",)
    ]
    return bool(filled) and all(is_none(text) for text in filled)


def _fitted(table: _Table, cells: Sequence[object]) -> Columns:
    """Return the columns of a row's cells; cells beyond the header have none."""
    assert table.columns is not None
    return (table.columns + [()] * len(cells))[: len(cells)]


def _read_entry(table: _Table, cells: Sequence[Text], place: Place) -> None:
    """Take a row of cells that belongs to an entry or is a heading of the rows below."""
    by_column, strange = _by_column(table, cells)
    if strange:
        table.find("row-does-not-fit", place, cells=str(len(cells)), columns=str(len(table.columns or [])))
    number = read_number(text_of(table.document, by_column.get("number", ())))
    if "number" in by_column and by_column["number"] and number is None:
        by_column["title"] = by_column.pop("number") + by_column.get("title", ())
    filled = {name for name, fragments in by_column.items() if fragments and name != "number"}
    lonely = number is None and len(filled) == 1 and filled <= {"title", "category"}
    if lonely and not _is_cut(table, filled):
        _read_group(table, by_column[filled.pop()])
    elif number is None and table.rows and (lonely or not by_column.get("title")):
        _continue_entry(table, by_column, place)
    else:
        row = RawRow(number, 0, table.group, place, **{k: v for k, v in by_column.items() if k != "number"})
        _add(table, row, by_column)


def _is_cut(table: _Table, filled: set[str]) -> bool:
    """Tell whether a lone name is the rest of the one above, whose row has neither date nor frequency."""
    return bool(table.rows) and filled == {"title"} and not (table.rows[-1].date or table.rows[-1].frequency)


def _by_column(table: _Table, cells: Sequence[Text]) -> tuple[dict[str, Text], list[Text]]:
    """Return a row's cells by column, and filled cells beyond the header."""
    by_column: dict[str, Text] = {}
    strange: list[Text] = []
    for cell, columns in zip(cells, _fitted(table, cells), strict=True):
        names = ["date" if name.startswith("date_") else name for name in columns]
        if names == ["category", "title"]:
            category, title, sign = split_category(table.document, cell, table.is_category)
            table.claims.add(sign, "field")
            by_column |= {"category": category, "title": title}
        elif len(names) == 1:
            by_column[names[0]] = by_column.get(names[0], ()) + cell
        elif cell:
            strange.append(cell)
    return by_column, strange


def _read_group(table: _Table, fragments: Text) -> None:
    """Take a heading that governs the rows below it."""
    table.group = text_of(table.document, fragments)
    table.claims.add([fragment.span for fragment in fragments], "heading")


def _continue_entry(table: _Table, by_column: dict[str, Text], place: Place) -> None:
    """Take a row without number and name: a part with a date or frequency of its own, or a cut row's rest."""
    last = table.rows[-1]
    if by_column.get("date") or by_column.get("frequency"):
        texts = {name: by_column.get(name, ()) for name in ("description", "date", "frequency", "format")}
        part = RawRow(last.number, last.part + 1, last.group, place, last.category, last.title, **texts)
        table.rows.append(part)
        table.claims.add([fragment.span for fragments in texts.values() for fragment in fragments], "field")
        return
    for name, fragments in by_column.items():
        if fragments and name != "number":
            apart = name == "description" and not _is_open(text_of(table.document, getattr(last, name)))
            opening = (Fragment(fragments[0].span, apart), *fragments[1:])
            last = last.extend(name, opening, place)
            table.claims.add([fragment.span for fragment in fragments], "field")
    table.rows[-1] = last


def _is_open(text: str) -> bool:
    """Tell whether a text was cut in the middle of a sentence: in a bracket or behind a comma."""
    folded = plain(text)
    return folded.count("(") > folded.count(")") or folded.endswith(tuple(wording()["cells"]["goes_on"]))


def _add(table: _Table, row: RawRow, by_column: dict[str, Text]) -> None:
    """Keep a row and claim its text."""
    table.rows.append(row)
    claim_row(table.claims, row, [fragment.span for fragment in by_column.get("number", ())])
