"""
Tables -> an SQLite database with full-text search, as Datasette and other programs open it.

In: tables with their rows. Out: a file, the same bytes for the same rows and the same version of SQLite.

Words of Chinese are not divided by blanks, and a word has most often two characters. The index therefore has every
piece of a Chinese text, up to some length, as a word: whatever somebody looks for is found as it is typed.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from ...core.tables import Row, TableLayout, as_text

#: Types of columns of SQLite by what they hold; everything else is text. SQLite has no truth values: they are 0 and 1.
_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
#: Characters that are written without blanks between words.
_RUN = re.compile(r"[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")
#: So many characters long pieces of Chinese text are found; what is longer is found as a whole, or in two words.
_LONGEST = 12
#: How many rows are written in one go.
_BATCH = 1_000


def write_database(path: Path, tables: Iterable[tuple[TableLayout, Iterable[Row]]]) -> None:
    """
    Write tables into a new database; a table that is searched gets an index of the same name that ends in `_fts`.

    Args:
        path: Where the file goes; it must not exist.

        tables: The tables, each with its rows.
    """
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA page_size = 4096")
        database.execute("PRAGMA journal_mode = OFF")
        for layout, rows in tables:
            _write_table(database, layout, rows)
        database.commit()
        # What is left over of changes is taken out, so that the same rows give the same bytes.
        database.execute("VACUUM")


def _write_table(database: sqlite3.Connection, layout: TableLayout, rows: Iterable[Row]) -> None:
    """Write a table, and the index that it is searched by."""
    kinds = {column.name: column.kind for column in layout.columns}
    columns = ", ".join(f'"{name}" {_TYPES.get(kind, "TEXT")}' for name, kind in kinds.items())
    key = f", PRIMARY KEY ({', '.join(layout.key)})" if layout.key else ""
    database.execute(f"CREATE TABLE {layout.name} ({columns}{key})")
    # names of tables and columns are ours, from columns.toml
    into = f"INSERT INTO {layout.name} VALUES ({', '.join('?' * len(kinds))})"  # noqa: S608 - as above
    for batch in _batches(rows):
        database.executemany(into, [[_value(row.get(name), kind) for name, kind in kinds.items()] for row in batch])
    if layout.search:
        _index_table(database, layout)


def _index_table(database: sqlite3.Connection, layout: TableLayout) -> None:
    """Make the index of a table; what it finds is shown from the table itself."""
    searched = ", ".join(layout.search)
    database.execute(
        f'CREATE VIRTUAL TABLE {layout.name}_fts USING fts5({searched}, content="{layout.name}", '
        "tokenize='unicode61 remove_diacritics 2')"
    )
    # names of tables and columns are ours, from columns.toml
    found = database.execute(f"SELECT rowid, {searched} FROM {layout.name} ORDER BY rowid")  # noqa: S608 - as above
    places = ", ".join("?" * (len(layout.search) + 1))
    into = f"INSERT INTO {layout.name}_fts (rowid, {searched}) VALUES ({places})"  # noqa: S608 - as above
    for batch in _batches(found):
        database.executemany(into, [[number, *(pieces_of(text or "") for text in texts)] for number, *texts in batch])


def pieces_of(text: str) -> str:
    """
    Return what an index holds of a text: each run of Chinese as all its pieces, everything else as it is.

    Args:
        text: The text.

    >>> pieces_of("CSV格式的")
    'CSV 格 格式 格式的 式 式的 的'
    """
    return _RUN.sub(lambda run: f" {' '.join(_pieces(run[0]))} ", text).strip()


def _pieces(run: str) -> Iterator[str]:
    """Yield the pieces of a run of characters, and the run itself."""
    for start in range(len(run)):
        for end in range(start + 1, min(start + _LONGEST, len(run)) + 1):
            yield run[start:end]
    if len(run) > _LONGEST:
        yield run


def _value(value: Any, kind: str) -> Any:
    """Return a value as a column of SQLite has it."""
    if value is None or kind in _TYPES:
        return value
    return as_text(value)


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield rows some at a time."""
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
