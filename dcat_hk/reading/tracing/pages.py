"""
A page of a PDF -> a drawing of what was found on it: letters, words, rules, cells, columns and rows.

In: a page with its geometry, and the reading of the whole document. Out: SVG as text, the same for the same page. Text
is text and can be searched and copied; what a box stands for is shown beside the pointer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..documents import Document, Line
from ..documents.pdf.assembly import PdfPage
from ..documents.pdf.textlines import Cells
from ..parsing import Reading
from ..parsing.positions.words import unit_of
from ..parsing.rows import RawRow
from ..parsing.steps import RegionReading
from . import svg
from .letters import Box, Letter, PageLetters, letters_of, surround, text_lines_of, words_of
from .rows import fields_of

#: What is drawn, from below to above: the class of its elements, what the legend calls it, and its style.
_LAYERS = {
    "cell": ("cells", "fill:#ffb300;fill-opacity:.12;stroke:#ef8f00;stroke-width:1"),
    "row": ("rows", "fill:#2e9e4f;fill-opacity:.07;stroke:#1b7f3a;stroke-width:.9;stroke-dasharray:5 2"),
    "field": ("fields of rows", "fill:#2e9e4f;fill-opacity:.16"),
    "rule": ("rules", "fill:none;stroke:#d32f2f;stroke-width:1.4;stroke-opacity:.75"),
    "column": ("columns", "fill:#7b1fa2;fill-opacity:.05;stroke:#7b1fa2;stroke-width:.9;stroke-dasharray:2 2"),
    "letter": ("letters", "fill:none;stroke:#90a4ae;stroke-width:.3"),
    "word": ("words", "fill:none;stroke:#1976d2;stroke-width:.5"),
}
_STYLE = "".join(f".{name}{{{style}}}" for name, (_label, style) in _LAYERS.items()) + (
    "text{font-family:'Noto Sans CJK HK','Noto Sans HK',sans-serif;fill:#212121}"
    ".head{font-weight:bold}.name{fill:#7b1fa2}.label{fill:#1b7f3a;font-weight:bold}"
    ".paper{fill:#fff;stroke:#9e9e9e;stroke-width:.6}.ground{fill:#f3f4f6}"
)
#: The room around the page: on its left the names of rows stand, above it the legend.
_MARGIN, _HEAD = 46.0, 58.0
#: How many pixels a point takes at most, and how wide the drawing is at most.
_LARGEST, _WIDEST = 1.8, 1200.0


def draw_page(page: PdfPage, reading: Reading) -> str:
    """
    Return an SVG drawing of what was found on a page.

    Args:
        page: The page.

        reading: The reading of the document that the page is of.
    """
    letters = PageLetters(page, reading.document)
    layers = {
        "cell": list(_draw_cells(page)),
        "row": list(_draw_rows(page, reading, letters)),
        "field": list(_draw_fields(reading, letters)),
        "rule": list(_draw_rules(page)),
        "column": list(_draw_columns(page, reading, letters)),
        **_draw_letters(page),
    }
    width, height = page.right - page.left + 2 * _MARGIN, page.bottom - page.top + _HEAD + _MARGIN
    scale = min(_LARGEST, _WIDEST / width)
    frame = Box(page.left, page.top, page.right, page.bottom)
    view = f"{svg.number(page.left - _MARGIN)} {svg.number(page.top - _HEAD)} {svg.number(width)} {svg.number(height)}"
    size: dict[str, str | float] = {"width": width * scale, "height": height * scale, "viewBox": view}
    ground = Box(page.left - _MARGIN, page.top - _HEAD, page.left - _MARGIN + width, page.top - _HEAD + height)
    parts = [
        svg.element("style", {}, _STYLE),
        svg.box("ground", ground),
        svg.box("paper", frame),
        *_draw_legend(page, reading.document, layers),
        *(svg.element("g", {"id": f"{name}s"}, "\n".join(["", *each, ""])) for name, each in layers.items() if each),
    ]
    root: dict[str, str | float] = {"xmlns": "http://www.w3.org/2000/svg", **size}
    return svg.element("svg", root, "\n".join(["", *parts, ""])) + "\n"


def _draw_legend(page: PdfPage, document: Document, layers: dict[str, list[str]]) -> Iterator[str]:
    """Yield the heading of a drawing, and a sample of each kind of element with how many there are."""
    left, top = page.left, page.top - _HEAD
    yield svg.words("head", f"{document.name}, page {page.number}", left, top + 20, 11)
    step = (page.right - page.left) / len(_LAYERS)
    for place, (name, (label, _style)) in enumerate(_LAYERS.items()):
        x, y = left + place * step, top + 32
        yield svg.line(name, x, y + 6, x + 14, y + 6) if name == "rule" else svg.box(name, Box(x, y, x + 14, y + 11))
        count = sum(each.count("M") if name == "letter" else 1 for each in layers[name] if f'class="{name}"' in each)
        yield svg.words("legend", f"{label} {count}", x + 18, y + 9, 7.5)


def _draw_letters(page: PdfPage) -> dict[str, list[str]]:
    """Return the boxes of letters, and words with their boxes and text."""
    letters: list[str] = []
    words: list[str] = []
    for line in (line for group in text_lines_of(page) for line in group):
        own = [word for stretch in line.stretches for word in words_of(letters_of(type(line)([stretch])))]
        for word in own:
            text, at = "".join(letter.text for letter in word), surround(letter.box for letter in word)
            title = f"line {line.number + 1}: {text}"
            letters.append(svg.outlines("letter", (letter.box for letter in word)))
            words.append(svg.box("word", at, title))
            size = word[0].em
            words.append(svg.words("text", text, at.left, word[0].baseline, size, at.right - at.left, title))
    return {"letter": letters, "word": words}


def _draw_rules(page: PdfPage) -> Iterator[str]:
    """Yield the rules that are drawn on a page, but for those that underline text."""
    for rule in page.rules:
        yield svg.line("rule", rule.start, rule.at, rule.end, rule.at, "level rule")
    for rule in page.upright:
        yield svg.line("rule", rule.at, rule.start, rule.at, rule.end, "upright rule")


def _draw_cells(page: PdfPage) -> Iterator[str]:
    """Yield the cells that rules make."""
    for number, table in enumerate(page.tables, 1):
        xs, ys, owner = table.lattice.xs, table.lattice.ys, table.lattice.owner
        squares: dict[tuple[int, int], list[Box]] = {}
        for row, owners in enumerate(owner):
            for column, cell in enumerate(owners):
                squares.setdefault(cell, []).append(Box(xs[column], ys[row], xs[column + 1], ys[row + 1]))
        for (row, column), boxes in squares.items():
            text = " / ".join(
                "".join(letter.text for letter in letters_of(line)) for line in table.lines.get((row, column), ())
            )
            title = f"table {number}, row {row + 1}, column {column + 1}: {text}"
            yield svg.box("cell", surround(boxes), title)


def _draw_columns(page: PdfPage, reading: Reading, letters: PageLetters) -> Iterator[str]:
    """Yield columns: those of tables, and those that were found by the positions of words."""
    for table in page.tables:
        yield from _draw_table_columns(table, _names_of(table, reading, letters))
    for each in reading.regions:
        if each.way == "positions":
            yield from _draw_region_columns(page, each, reading.document, letters)


def _draw_table_columns(table: Cells, names: Sequence[str]) -> Iterator[str]:
    """Yield the columns of a table."""
    xs, ys = table.lattice.xs, table.lattice.ys
    for place, (left, right) in enumerate(pairwise(xs)):
        yield from _draw_column(Box(left, ys[0], right, ys[-1]), names[place] if names else str(place + 1))


def _names_of(table: Cells, reading: Reading, letters: PageLetters) -> list[str]:
    """Return what the columns of a table hold, nothing if that is not known of all."""
    for each in reading.regions:
        if each.way != "cells" or len(each.columns) != table.lattice.columns:
            continue
        for letter in _letters_of_rows(each.rows, reading.document, letters):
            if table.lattice.holds(letter.box.left, letter.baseline):
                return ["/".join(column.names) or "?" for column in each.columns]
    return []


def _letters_of_rows(rows: Sequence[RawRow], document: Document, letters: PageLetters) -> Iterator[Letter]:
    """Yield the letters of rows that are on the page; text that other rows have, too, stands beside its own only."""
    for row in rows:
        for fragments in fields_of(row).values():
            for fragment in fragments:
                if not fragment.shared:
                    yield from letters.at(document, fragment.span)


def _draw_region_columns(page: PdfPage, each: RegionReading, document: Document, letters: PageLetters) -> Iterator[str]:
    """Yield the columns of a region without cells, as far as it is on the page."""
    lines = [block for block in each.region.blocks if isinstance(block, Line)]
    boxes = [letter.box for line in lines for letter in letters.at(document, line.span)]
    if not boxes:
        return
    around, unit = surround(boxes), unit_of(document, lines)
    for column in each.columns:
        if column.left is None or column.right is None:
            continue
        left, right = max(column.left * unit, page.left + 4), min(column.right * unit, page.right - 4)
        if left < right:
            yield from _draw_column(Box(left, around.top, right, around.bottom), "/".join(column.names) or "?")


def _draw_column(at: Box, name: str) -> Iterator[str]:
    """Yield a column with its name above it."""
    yield svg.box("column", at, f"column {name}: {svg.number(at.left)}–{svg.number(at.right)}")
    yield svg.words("name", name, at.left + 1, at.top - 2, 6.5, title=name)


def _draw_rows(page: PdfPage, reading: Reading, letters: PageLetters) -> Iterator[str]:
    """Yield the rows that were read, each with its name beside the page."""
    for each in reading.regions:
        for row in each.rows:
            boxes = [letter.box for letter in _letters_of_rows([row], reading.document, letters)]
            if boxes:
                at, name = surround(boxes), _name(each, row)
                yield svg.box("row", Box(at.left - 2, at.top - 1, at.right + 2, at.bottom + 1), f"row {name}")
                yield svg.words("label", name, page.left - _MARGIN + 6, at.top + 9, 9, title=f"row {name}")


def _draw_fields(reading: Reading, letters: PageLetters) -> Iterator[str]:
    """Yield the fields of rows, line by line."""
    for each in reading.regions:
        for row in each.rows:
            for name, fragments in fields_of(row).items():
                for fragment in fragments:
                    yield from _draw_field(letters.at(reading.document, fragment.span), f"{_name(each, row)} {name}")


def _draw_field(letters: Sequence[Letter], title: str) -> Iterator[str]:
    """Yield the boxes of a field's fragment, one for each visual line."""
    by_line: dict[float, list[Letter]] = {}
    for letter in letters:
        by_line.setdefault(letter.baseline, []).append(letter)
    for own in by_line.values():
        text = "".join(letter.text for letter in own)
        yield svg.box("field", surround(letter.box for letter in own), f"{title}: {text}")


def _name(each: RegionReading, row: RawRow) -> str:
    """Return what a row is called: section, number, and part if it has one."""
    number = "–" if row.number is None else str(row.number)
    return f"{each.region.section} {number}" + (f".{row.part}" if row.part else "")
