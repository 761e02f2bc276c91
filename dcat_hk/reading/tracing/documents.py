"""
`Document` -> what its reader hands over: lines with their runs, rows with their cells, text beside them, marks.

In: a document. Out: values for JSON, or text.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...core.text import name_count
from ..documents import Block, Document, Row
from ..documents.document import spans_of_block
from .values import Values, join_fragments, trace_fragments, trace_span


def trace_document(document: Document) -> Values:
    """
    Return what the reader of a document hands over.

    Args:
        document: A document of any kind, whether it is a plan or not.
    """
    return {
        "doc": document.name,
        "kind": document.kind,
        "sha256": document.sha256,
        "lines": len(document.lines),
        "blocks": [_trace_block(document, block) for block in document.blocks],
        "asides": [
            {"kind": aside.kind, "place": document.place([aside.span]).as_json(), **trace_span(document, aside.span)}
            for aside in document.asides
        ],
        "marks": [
            {"kind": mark.kind, "place": document.place([mark.span]).as_json(), **trace_span(document, mark.span)}
            for mark in document.marks
        ],
    }


def _trace_block(document: Document, block: Block) -> Values:
    """Return a line or a row."""
    if isinstance(block, Row):
        spans = spans_of_block(block)
        return {
            "block": "row",
            "place": document.place(spans).as_json() if spans else None,
            "apart": block.apart,
            "cells": [
                {
                    "fragments": trace_fragments(document, cell),
                    "columns": block.extent(place).columns,
                    "rows": block.extent(place).rows,
                }
                for place, cell in enumerate(block.cells)
            ],
        }
    runs = [
        {**trace_span(document, run.span), "left": round(run.left, 2), "right": round(run.right, 2)}
        for run in block.runs
    ]
    position = {"page": block.page, "top": round(block.top, 2), "runs": runs} if runs else {}
    place = document.place([block.span]).as_json()
    return {"block": "line", "place": place, "apart": block.apart, **trace_span(document, block.span), **position}


def document_as_text(document: Document) -> str:
    """
    Return what the reader of a document hands over, as text.

    >>> from dcat_hk.reading.documents import read_bytes
    >>> print(document_as_text(read_bytes("編號,名稱\\n1,雨量".encode(), "a.csv")), end="")
    a.csv: delimited, 4 lines, 2 blocks
    1 row of 2 cells, apart
        1 | 編號
        2 | 名稱
    2 row of 2 cells
        1 | 1
        2 | 雨量
    """
    traced = trace_document(document)
    counts = f"{name_count(traced['lines'], 'line')}, {name_count(len(traced['blocks']), 'block')}"
    lines = [f"{document.name}: {document.kind}, {counts}"]
    for number, block in enumerate(traced["blocks"], 1):
        lines += _write_block(number, block)
    for name in ("asides", "marks"):
        lines += [f"{one['kind']} | {one['line']}:{one['characters'][0]} | {one['text']}" for one in traced[name]]
    return "".join(f"{line}\n" for line in lines)


def _write_block(number: int, block: Values) -> Iterator[str]:
    """Yield the lines that show a block."""
    apart = ", apart" if block["apart"] else ""
    if block["block"] == "row":
        yield f"{number} row of {name_count(len(block['cells']), 'cell')}{apart}"
        for place, cell in enumerate(block["cells"], 1):
            extent = (cell["columns"], cell["rows"])
            over = "" if extent == (1, 1) else f" ({extent[0]} × {extent[1]})"
            yield f"    {place}{over} | {join_fragments(cell['fragments'])}".rstrip()
        return
    runs = block.get("runs", [])
    where = f", page {block['page']}, {block['top']:.1f} down" if block.get("page") else ""
    yield f"{number} line {block['line']}{apart}{where} | {block['text']}"
    for run in runs:
        yield f"    {run['left']:.1f}–{run['right']:.1f} | {run['text']}"
