"""
A table -> a Parquet file, for pandas, polars, DuckDB and the like.

In: a table with its rows. Out: the bytes of a file, the same for the same rows and the same version of pyarrow, which
comes with the extra `parquet`.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from ...core.errors import UsageError
from ...core.tables import Row, TableLayout


def write_parquet(layout: TableLayout, rows: Iterable[Row]) -> bytes:
    """
    Return a table as a Parquet file. Lists are lists; a month is text, since no plan states a day.

    Args:
        layout: The table.

        rows: The rows.

    Raises:
        UsageError: pyarrow is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise UsageError.of("tables.no-pyarrow", "--format parquet") from error
    types = {"integer": pyarrow.int64(), "number": pyarrow.float64(), "boolean": pyarrow.bool_()}
    types |= {"list": pyarrow.list_(pyarrow.string())}
    fields = [
        pyarrow.field(column.name, types.get(column.kind, pyarrow.string()), metadata={"description": column.about})
        for column in layout.columns
    ]
    schema = pyarrow.schema(fields, metadata={"title": layout.name, "description": layout.about})
    values = [{name: _value(row.get(name)) for name in layout.names} for row in rows]
    file = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(values, schema=schema), file, compression="zstd")
    return file.getvalue()


def _value(value: Any) -> Any:
    """Return a value as pyarrow takes it."""
    return list(value) if isinstance(value, tuple) else value
