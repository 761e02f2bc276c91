"""
Published catalogue -> tables of datasets, records and promises, in a file that people open.

In: an output folder, the names of tables, a format. Out: the file, piece by piece: CSV, Excel, SQLite or Parquet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..catalogue.publishing.databases import write_database
from ..catalogue.publishing.export import Selection, read_selection
from ..catalogue.publishing.parquet import write_parquet
from ..catalogue.publishing.published import base_of
from ..catalogue.publishing.spreadsheets import write_workbook
from ..catalogue.publishing.tables import NAMED, TableMaker, add_names
from ..core.errors import UsageError
from ..core.scratch import ScratchFolder
from ..core.tables import Row, TableLayout, table_layouts, write_csv
from ..reconciliation.promise_rows import rows_of_promises
from ..reconciliation.states import state_of
from .fulfilment import read_published_promises

#: The tables that a published catalogue gives.
TABLES = ("datasets", "records", "promises")
#: What a file holds if nobody says it: of promises only who asks for them, since they depend on the month.
_USUAL = {
    "csv": ("records",),
    "parquet": ("records",),
    "xlsx": ("datasets", "records"),
    "sqlite": ("datasets", "records"),
}
#: How much of a file is handed on at a time.
_BLOCK = 1 << 20

_Tables = Sequence[tuple[TableLayout, Iterator[Row]]]


@dataclass(frozen=True, slots=True)
class TableChoice:
    """
    What goes into a file of tables.

    Args:
        names: Names in `TABLES`; empty for what is usual in the format.

        selection: What is wanted of the catalogue.

        month: The month that promises are as of.

        bom: Whether CSV begins with the mark of UTF-8.
    """

    names: tuple[str, ...] = ()
    selection: Selection = field(default_factory=Selection)
    month: str = ""
    bom: bool = False


def make_rows(folder: Path, name: str, selection: Selection, month: str = "") -> Iterator[dict[str, Any]]:
    """
    Return the rows of a table of a published catalogue.

    Args:
        folder: An output folder.

        name: A name in `TABLES`.

        selection: What is wanted of the catalogue.

        month: The month that promises are as of.

    Raises:
        NotReadable: The folder holds no published catalogue, or one without promises.

        UsageError: Nothing is left of the catalogue.
    """
    base = base_of(folder)
    maker = TableMaker(read_selection(folder, base, selection), base)
    if name != "promises":
        return maker.datasets() if name == "datasets" else maker.records()
    known = read_published_promises(folder, month)
    # Of each dataset only what is needed: there may be many.
    datasets = {row["dataset"]: {column: row[column] for column in NAMED} for row in maker.datasets()}
    plan = f"{base}plan/{selection.plan}" if selection.plan else ""
    rows = rows_of_promises((state_of(promise, month) for promise in known.promises), base, month)
    return add_names((row for row in rows if row["dataset"] in datasets and plan in {"", row["plan"]}), datasets)


def export_tables(folder: Path, format_name: str, choice: TableChoice) -> Iterator[bytes]:
    """
    Return a file of tables, piece by piece.

    Args:
        folder: An output folder.

        format_name: A name in `TABLE_FORMATS`.

        choice: What goes into it.

    Raises:
        NotReadable: The folder holds no published catalogue, or one without promises.

        UsageError: Nothing is left of the catalogue; there are several tables for a format that holds one; or what
            writes the format is not installed.
    """
    names = tuple(dict.fromkeys(choice.names)) or _USUAL[format_name]
    if len(names) > 1 and len(_USUAL[format_name]) == 1:
        raise UsageError.of("tables.several", f"--format {format_name}")
    tables = [(table_layouts()[name], make_rows(folder, name, choice.selection, choice.month)) for name in names]
    return TABLE_FORMATS[format_name](tables, choice)


# ---- formats


def _csv(tables: _Tables, choice: TableChoice) -> Iterator[bytes]:
    """Yield CSV."""
    for layout, rows in tables:
        for line in write_csv(layout, rows, bom=choice.bom):
            yield line.encode()


def _xlsx(tables: _Tables, _choice: TableChoice) -> Iterator[bytes]:
    """Yield an Excel file."""
    yield write_workbook(tables)


def _parquet(tables: _Tables, _choice: TableChoice) -> Iterator[bytes]:
    """Yield a Parquet file."""
    for layout, rows in tables:
        yield write_parquet(layout, rows)


def _sqlite(tables: _Tables, _choice: TableChoice) -> Iterator[bytes]:
    """Yield an SQLite database."""
    with ScratchFolder() as scratch:
        path = scratch / "tables.db"
        write_database(path, tables)
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block


TABLE_FORMATS: dict[str, Callable[[_Tables, TableChoice], Iterator[bytes]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "sqlite": _sqlite,
    "parquet": _parquet,
}
