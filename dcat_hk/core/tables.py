"""
Tables of rows: which columns they have, and how they are written as CSV.

In: rows as dictionaries. Out: text, piece by piece; the Table Schema of a table. What a column means stands in
`columns.toml`, once for all commands.

Spec: RFC 4180; Table Schema (Frictionless Data).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

from .text import guard_formula
from .wording.records import read_toml

#: What a column holds; a code is a term of a vocabulary, a list has codes or IRIs.
Kind = Literal["text", "iri", "code", "integer", "number", "boolean", "month", "list"]
#: A row: values by the names of columns. A missing one is the same as None.
Row = Mapping[str, Any]
#: The mark of UTF-8 by which Excel knows that a file is in it.
BOM = "\ufeff"

#: Types of Table Schema.
_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean", "month": "yearmonth"}


class TableColumn(NamedTuple):
    """A column: its name, what it holds, what it means."""

    name: str
    kind: Kind
    about: str


@dataclass(frozen=True, slots=True)
class TableLayout:
    """A table: its name, what it holds, its columns in order, which of them tell rows apart and which are searched."""

    name: str
    about: str
    columns: tuple[TableColumn, ...]
    key: tuple[str, ...]
    search: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(column.name for column in self.columns)


@cache
def table_layouts() -> Mapping[str, TableLayout]:
    """
    Return the tables by name.

    >>> table_layouts()["datasets"].names[:2]
    ('dataset', 'identifier')
    """
    data = read_toml(__package__, "columns.toml")
    columns = {name: TableColumn(name, kind, about) for name, (kind, about) in data["columns"].items()}
    return {
        name: TableLayout(
            name,
            table["about"],
            tuple(columns[each] for each in table["columns"]),
            tuple(table["key"]),
            tuple(table["search"]),
        )
        for name, table in data["tables"].items()
    }


def table_schema(layout: TableLayout) -> dict[str, Any]:
    """
    Return the Table Schema of a table as CSV.

    Args:
        layout: The table.

    >>> table_schema(table_layouts()["rows"])["fields"][5]["type"]
    'integer'

    Spec: Table Schema, https://specs.frictionlessdata.io/table-schema/.
    """
    fields = [
        {"name": column.name, "type": _TYPES.get(column.kind, "string"), "description": column.about}
        | ({"format": "uri"} if column.kind == "iri" else {})
        for column in layout.columns
    ]
    schema: dict[str, Any] = {"description": layout.about, "fields": fields, "missingValues": [""]}
    return schema | ({"primaryKey": list(layout.key)} if layout.key else {})


def write_csv(layout: TableLayout, rows: Iterable[Row], *, bom: bool = False) -> Iterator[str]:
    """
    Yield a table as CSV: the names of the columns first, also where there is no row.

    Lines end as RFC 4180 has it. A text that a spreadsheet would run as a formula gets an apostrophe before it.

    Args:
        layout: The table.

        rows: The rows.

        bom: Whether the mark of UTF-8 comes first, without which Excel takes the file for another encoding.

    >>> layout = TableLayout("t", "", (TableColumn("a", "text", ""), TableColumn("b", "list", "")), (), ())
    >>> list(write_csv(layout, [{"a": "=1"}]))
    ['a,b\\r\\n', "'=1,\\r\\n"]
    """
    yield f"{BOM if bom else ''}{_line(layout.names)}"
    for row in rows:
        yield _line([_cell(row.get(name)) for name in layout.names])


def as_text(value: Any) -> str:
    """
    Return a value as one text, as cells of CSV have it, but for formulas.

    >>> as_text(None), as_text(True), as_text(["CSV", "JSON"]), as_text(-3), as_text(2.0)
    ('', 'true', 'CSV JSON', '-3', '2')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return " ".join(map(str, value))
    return str(value)


def _cell(value: Any) -> str:
    """Return a value as CSV writes it; a number below zero is no formula."""
    text = as_text(value)
    return text if isinstance(value, int | float) else guard_formula(text)


def _line(cells: Sequence[str]) -> str:
    """Return a line of CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
