"""
`Reading` -> its regions: section, headings, how they were read, header rows, columns.

In: a reading. Out: values for JSON, or text.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from ...core.text import name_count
from ..documents import Document, Line, Row
from ..documents.document import spans_of_block
from ..parsing import Reading
from ..parsing.ledger import texts_of
from ..parsing.outline import Region
from ..parsing.positions.words import unit_of
from ..parsing.steps import ColumnReading, RegionReading
from ..recognisers.headers import header_of_row
from .values import Values


def trace_regions(reading: Reading) -> Values:
    """
    Return the regions of a document, in order.

    Args:
        reading: What reading a document gave; a document that is no plan may have no regions.
    """
    document = reading.document
    return {"doc": document.name, "regions": [_trace_region(document, each) for each in reading.regions]}


def _trace_region(document: Document, reading: RegionReading) -> Values:
    """Return a region."""
    region = reading.region
    spans = [span for block in region.blocks for span in spans_of_block(block)]
    unit = unit_of(document, [block for block in region.blocks if isinstance(block, Line)])
    return {
        "section": region.section,
        "years": list(region.years),
        "spatial": region.spatial,
        "organisation": region.organisation,
        "heading": region.heading,
        "way": reading.way,
        "place": document.place(spans).as_json() if spans else None,
        "blocks": {
            "lines": sum(1 for block in region.blocks if isinstance(block, Line)),
            "rows": sum(1 for block in region.blocks if isinstance(block, Row)),
        },
        "headers": list(_trace_headers(document, region)),
        "columns": [_trace_column(column, unit) for column in reading.columns],
        "rows": len(reading.rows),
    }


def _trace_column(column: ColumnReading, unit: float) -> Values:
    """Return a column; the outermost ones may have no edge on one side."""
    edges = {"left": column.left, "right": column.right}
    inside = {side: round(at * unit, 2) if at is not None and isfinite(at) else None for side, at in edges.items()}
    return {"names": list(column.names), **inside}


def _trace_headers(document: Document, region: Region) -> Iterator[Values]:
    """Yield the header rows of tables: what their cells say, and the columns that this names."""
    for block in region.blocks:
        if not isinstance(block, Row):
            continue
        labels = texts_of(document, block)
        header = header_of_row(labels)
        if header:
            cells = [{"label": label, "names": list(names)} for label, names in zip(labels, header, strict=True)]
            yield {"place": document.place(spans_of_block(block)).as_json(), "cells": cells}


def regions_as_text(reading: Reading) -> str:
    """Return the regions of a document as text."""
    regions = trace_regions(reading)["regions"]
    lines = [f"{reading.document.name}: {name_count(len(regions), 'region')}"]
    for number, region in enumerate(regions, 1):
        lines += _write_region(number, region)
    return "".join(f"{line}\n" for line in lines)


def _write_region(number: int, region: Values) -> Iterator[str]:
    """Yield the lines that show a region."""
    spatial = {True: "spatial", False: "non-spatial", None: ""}[region["spatial"]]
    years = "–".join(dict.fromkeys(str(year) for year in (region["years"][:1] + region["years"][-1:])))
    told = [f"section {region['section']}" if region["section"] else "section not known", years, spatial]
    told.append(region["organisation"] or "")
    yield f"{number} {', '.join(word for word in told if word)}"
    yield f"    heading | {region['heading']}".rstrip()
    blocks = region["blocks"]
    yield f"    holds   | {name_count(blocks['lines'], 'line')}, {name_count(blocks['rows'], 'row')} of cells"
    yield f"    read    | {region['way']}, {name_count(region['rows'], 'row')}"
    for header in region["headers"]:
        cells = (f"{cell['label'] or '–'} = {'/'.join(cell['names']) or '?'}" for cell in header["cells"])
        yield f"    header  | {' | '.join(cells)}"
    if region["columns"]:
        yield f"    columns | {' | '.join(map(_write_column, region['columns']))}"


def _write_column(column: Values) -> str:
    """Return a column: what it holds, and from where to where it goes if it was found by positions."""
    names = "/".join(column["names"]) or "?"
    left, right = ("" if column[side] is None else f"{column[side]:.1f}" for side in ("left", "right"))
    return f"{names} {left}–{right}" if left or right else names
