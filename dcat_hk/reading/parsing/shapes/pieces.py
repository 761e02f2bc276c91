"""
Cells cut in pieces: the text of a cell, and the fragments of parts of it.

In: a document and a cell. Out: text with a line for each fragment, and fragments for stretches of that text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...documents import Document, Fragment, Row, Span
from ...recognisers.languages import Stretch
from ..rows import Text


def text_of_cell(document: Document, cell: Text) -> str:
    """Return the raw text of a cell, each fragment on a line of its own."""
    return "\n".join([document.slice(fragment.span) for fragment in cell])


def cut_cell(document: Document, cell: Text, stretches: Iterable[Stretch]) -> Text:
    """
    Return the fragments of stretches of a cell's text; what is blank is left out.

    Args:
        document: Where the cell is.

        cell: Its fragments.

        stretches: Offsets in `text_of_cell`.
    """
    pieces: list[Fragment] = []
    for start, end in stretches:
        offset = 0
        for fragment in cell:
            length = fragment.span.end - fragment.span.start
            first, last = max(start - offset, 0), min(end - offset, length)
            if first < last:
                base = fragment.span.start
                span = Span(fragment.span.line, base + first, base + last)
                if document.slice(span).strip():
                    whole = not document.slice(span._replace(start=base, end=base + first)).strip()
                    pieces.append(Fragment(span, fragment.apart and whole, fragment.torn and whole))
            offset += length + 1
    return tuple(pieces)


def spans_of(cells: Iterable[Text]) -> Iterator[Span]:
    """Yield the spans of all fragments of cells."""
    return (fragment.span for cell in cells for fragment in cell)


def tables_of(document: Document) -> Iterator[tuple[int, int]]:
    """Yield the first block, and the block after the last, of each run of rows that stands together."""
    start = None
    for index, block in enumerate([*document.blocks, None]):
        is_row = isinstance(block, Row)
        if start is not None and (not is_row or (isinstance(block, Row) and block.apart)):
            yield start, index
            start = None
        if is_row and start is None:
            start = index
