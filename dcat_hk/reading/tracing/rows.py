"""
`Reading` -> its raw rows: which stretches of text each field of a row is made of.

In: a reading. Out: values for JSON, or text.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...core.text import name_count
from ..documents import Fragment
from ..parsing import Reading
from ..parsing.rows import RawRow
from ..recognisers.columns import TEXT_FIELDS
from .values import Values, join_fragments, name_places, trace_fragments


def fields_of(row: RawRow) -> dict[str, tuple[Fragment, ...]]:
    """Return the fields of a row that hold text, in the order of the record."""
    return {name: row.cell(name) for name in TEXT_FIELDS if row.cell(name)}


def trace_rows(reading: Reading) -> Values:
    """
    Return the raw rows of a document, in order, each with the places of its fields.

    Args:
        reading: What reading a document gave; a document that is no plan may have no rows.
    """
    document = reading.document
    rows = [
        {
            "section": each.region.section,
            "number": row.number,
            "part": row.part,
            "group": row.group,
            "place": row.place.as_json(),
            "fields": {name: trace_fragments(document, fragments) for name, fragments in fields_of(row).items()},
        }
        for each in reading.regions
        for row in each.rows
    ]
    return {"doc": document.name, "rows": rows}


def rows_as_text(reading: Reading) -> str:
    """Return the raw rows of a document as text."""
    rows = trace_rows(reading)["rows"]
    places = [str(row.place) for each in reading.regions for row in each.rows]
    lines = [f"{reading.document.name}: {name_count(len(rows), 'row')}"]
    for row, place in zip(rows, places, strict=True):
        lines += _write_row(row, place)
    return "".join(f"{line}\n" for line in lines)


def _write_row(row: Values, place: str) -> Iterator[str]:
    """Yield the lines that show a row."""
    number = "–" if row["number"] is None else str(row["number"])
    part = f", part {row['part']}" if row["part"] else ""
    group = f", group “{row['group']}”" if row["group"] else ""
    yield f"{row['section']} {number}{part}, {place}{group}"
    for name, fragments in row["fields"].items():
        yield f"    {name:<12} | {name_places(fragments)} | {join_fragments(fragments)}"
