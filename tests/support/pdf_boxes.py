"""Prints what the PDF files of a folder hold: every character with its edges, and the lines and rows that are read."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pypdfium2

from dcat_hk.core.limits import Budget
from dcat_hk.reading.documents import Limits, Row, read_bytes
from dcat_hk.reading.documents.pdf.fonts import use_fixed_fonts
from dcat_hk.reading.documents.pdf.glyphs import read_text_of


def boxes(data):
    """Return each character of the first page but blanks, with its left and right edge, in the order of reading."""
    use_fixed_fonts()
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    text = read_text_of(page, Budget("plan.pdf", Limits()))
    page.close()
    document.close()
    return [
        (character, round(left, 2), round(right, 2))
        for stretch in text.stretches + text.strays
        for character, left, right in zip(stretch.text, stretch.lefts, stretch.rights, strict=True)
        if character != " "
    ]


def report(folder):
    """Return what each file holds, by its name."""
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.pdf"))}
    documents = {name: read_bytes(data, name, Limits()) for name, data in files.items()}
    return {
        name: {
            "boxes": boxes(files[name]),
            "lines": document.lines,
            "rows": [[str(cell) for cell in block.cells] for block in document.blocks if isinstance(block, Row)],
        }
        for name, document in documents.items()
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(report(Path(sys.argv[1]))))
