"""Pieces of a page as the PDF reader holds them, made from text and positions."""

from __future__ import annotations

from dcat_hk.reading.documents.pdf.assembly import PdfPage
from dcat_hk.reading.documents.pdf.glyphs import Stretch, is_narrow
from dcat_hk.reading.documents.pdf.lattice import Lattice
from dcat_hk.reading.documents.pdf.textlines import Cells, TextLine, fill, lines_of


def stretch(text: str, left: float, baseline: float, em: float = 10.0) -> Stretch:
    """Return text on one baseline; an ideograph is as wide as the font's size, other characters half as wide."""
    made = Stretch(baseline, em)
    for character in text:
        made.text.append(character)
        made.lefts.append(left)
        left += em / 2 if is_narrow(character) else em
        made.rights.append(left)
    return made


def line(text: str, left: float, baseline: float, em: float = 10.0) -> TextLine:
    """Return a line of one stretch."""
    return TextLine([stretch(text, left, baseline, em)])


def lattice(xs: list[float], ys: list[float]) -> Lattice:
    """Return a grid in which every square is a cell of its own."""
    return Lattice(xs, ys, [[(row, column) for column in range(len(xs) - 1)] for row in range(len(ys) - 1)])


def table(xs: list[float], ys: list[float], rows: list[list[str]]) -> Cells:
    """Return a table with text; a stroke parts the lines of a cell."""
    stretches = [
        stretch(text, xs[column] + 4, ys[row] + 14 + 12 * number)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        for number, text in enumerate(cell.split("|"))
        if text
    ]
    for number, own in enumerate(lines_of(stretches)):
        for part in own.stretches:
            part.line = number
    ((made,), _outside) = fill([lattice(xs, ys)], stretches)
    return made


def page(number: int, lines: list[TextLine], tables: list[Cells] | None = None) -> PdfPage:
    """Return a page 400 points high whose lines are counted from the top."""
    for index, own in enumerate(lines):
        for part in own.stretches:
            part.line = index
    return PdfPage(number, 0.0, 400.0, tables or [], lines, [], [])
