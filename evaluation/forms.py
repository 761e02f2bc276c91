"""
Turns cells of a printed plan into the fields of a form: PDF files in which dates and frequencies are typed in.

In: a PDF file of LibreOffice and the texts of its columns. Out: the same page with those texts as values of fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextContainer, LTTextLine
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

#: Left, bottom, right, top.
Box = tuple[float, float, float, float]
_PADDING = 1.5


def make_form(source: Path, target: Path, columns: Sequence[tuple[float, float, Sequence[str]]]) -> None:
    """
    Write a PDF file whose columns are fields to fill in.

    Args:
        source: The PDF file that has their texts on its pages.

        target: Where to.

        columns: Of each column, where on the page it begins and ends, and its texts from the first row on.
    """
    writer = PdfWriter(clone_from=PdfReader(source))
    fields = [field for column in columns for field in _find(source, *column)]
    references = ArrayObject()
    for number, page in enumerate(writer.pages):
        own = [(text, box) for place, text, box in fields if place == number]
        stream = ContentStream(page.get_contents(), writer)
        stream.operations = list(_without(stream.operations, [box for _text, box in own]))
        content = DecodedStreamObject()
        content.set_data(stream.get_data())
        page[NameObject("/Contents")] = writer._add_object(content.flate_encode())
        page[NameObject("/Annots")] = ArrayObject(
            writer._add_object(_field(text, box, len(references) + i)) for i, (text, box) in enumerate(own)
        )
        references += page["/Annots"]
    form = DictionaryObject({NameObject("/Fields"): references, NameObject("/NeedAppearances"): BooleanObject(True)})
    writer._root_object[NameObject("/AcroForm")] = form
    writer.metadata = None
    writer.write(target)


def _find(source: Path, left: float, right: float, texts: Sequence[str]) -> Iterator[tuple[int, str, Box]]:
    """Yield the page, the text and the place of each text of a column."""
    rest, parts, boxes = list(texts), "", list[Box]()
    for number, page in enumerate(extract_pages(source)):
        for text, box in sorted(_lines(page, left, right), key=lambda line: -line[1][3]):
            if not rest or not _bare(rest[0]).startswith(parts + _bare(text)):
                continue
            parts, boxes = parts + _bare(text), [*boxes, box]
            if parts == _bare(rest[0]):
                lefts, bottoms, _rights, tops = zip(*boxes, strict=True)
                edges = (min(lefts), min(bottoms), right, max(tops))
                yield number, rest.pop(0), edges
                parts, boxes = "", []
    assert not rest, f"not on the pages: {rest}"


def _lines(layout: Any, left: float, right: float) -> Iterator[tuple[str, Box]]:
    """Yield the lines of text that stand in a column."""
    for thing in layout:
        if isinstance(thing, LTTextLine):
            if left <= thing.x0 and thing.x1 <= right:
                yield thing.get_text(), thing.bbox
        elif isinstance(thing, LTTextContainer):
            yield from _lines(thing, left, right)


def _bare(text: str) -> str:
    """Return a text without blanks."""
    return "".join(text.split())


def _without(operations: Sequence[tuple[Any, bytes]], boxes: Sequence[Box]) -> Iterator[tuple[Any, bytes]]:
    """Yield the commands of a page without those that draw text in some places."""
    inside = False
    for operands, operator in operations:
        if operator in {b"Td", b"Tm"}:
            x, y = map(float, operands[-2:])
            inside = any(box[0] - 1 <= x <= box[2] and box[1] - 1 <= y <= box[3] for box in boxes)
        if not (inside and operator in {b"Tj", b"TJ"}):
            yield operands, operator


def _field(text: str, box: Box, number: int) -> DictionaryObject:
    """Return a field that is its own widget."""
    edges = (box[0] - _PADDING, box[1] - _PADDING, box[2], box[3] + _PADDING)
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): TextStringObject(f"field{number + 1}"),
            NameObject("/V"): TextStringObject(text),
            NameObject("/F"): NumberObject(4),
            NameObject("/Ff"): NumberObject(1 << 12),
            NameObject("/DA"): TextStringObject("/Helv 9 Tf 0 g"),
            NameObject("/Rect"): ArrayObject(FloatObject(round(edge, 2)) for edge in edges),
        }
    )
