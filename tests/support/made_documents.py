"""Makes documents as readers hand them over, with merged cells and marks, without any file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import Block, Document, Extent, Fragment, Line, Mark, Row, Span
from dcat_hk.reading.parsing import Reading, read_plan

#: A stretch with a mark: {struck:text}.
_MARKED = re.compile(r"\{(\w+):([^}]*)\}")
HEADER = ["No.", "Category", "Name of Dataset", "Description", "Target Release Date", "Update Frequency"]


@dataclass(frozen=True)
class Wide:
    """A cell that reaches over more than its own place."""

    text: str
    columns: int = 1
    rows: int = 1


Cells = list[str | Wide]


@dataclass
class _Maker:
    """A document as far as it is made."""

    lines: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def add_line(self, text: str) -> Span:
        """Add a line, taking its marks off; return where it is."""
        number, raw = len(self.lines), ""
        start = 0
        for match in _MARKED.finditer(text):
            raw += text[start : match.start()]
            self.marks.append(Mark(Span(number, len(raw), len(raw) + len(match[2])), match[1]))
            raw += match[2]
            start = match.end()
        raw += text[start:]
        self.lines.append(raw)
        return Span(number, 0, len(raw))

    def add_table(self, rows: list[Cells]) -> None:
        """Add the rows of a table; a covered place is an empty text."""
        for number, row in enumerate(rows):
            cells = [cell if isinstance(cell, Wide) else Wide(cell) for cell in row]
            extents = tuple(Extent(cell.columns, cell.rows) for cell in cells)
            fragments = tuple(
                tuple(
                    Fragment(self.add_line(line.strip("\t")), line.startswith("\t"))
                    for line in cell.text.split("\n")
                    if cell.text
                )
                for cell in cells
            )
            self.blocks.append(Row(fragments, number == 0, extents if set(extents) != {Extent()} else ()))


def make_document(*parts: str | list[Cells]) -> Document:
    """Return a document of lines and tables; in a cell, a line that begins with a tab is a paragraph of its own."""
    maker = _Maker()
    for part in parts:
        if isinstance(part, str):
            maker.blocks.append(Line(maker.add_line(part), True))
        else:
            maker.add_table(part)
    return Document("plan.docx", "0" * 64, tuple(maker.lines), tuple(maker.blocks), marks=tuple(maker.marks))


def read_table_of_plan(*rows: Cells, header: list[Cells] | None = None, before: tuple[str, ...] = ()) -> Reading:
    """Return the reading of a plan whose section A has a table of some rows below its header."""
    table: list[Cells] = [*(header if header is not None else [list(HEADER)]), *rows]
    return read_made(
        "Marine Department",
        "Annual Open Data Plan for 2025 to 2027",
        "A. Departmental datasets to be released in 2025",
        *before,
        table,
        "December 2024",
    )


def read_made(*parts: str | list[Cells]) -> Reading:
    """Return the reading of a document of lines and tables, whose every character must be accounted for."""
    reading = read_plan(make_document(*parts), load())
    assert reading.ledger.characters == sum(reading.ledger.accounted.values())
    return reading


def fields(reading: Reading, *names: str) -> list[tuple[object, ...]]:
    """Return some fields of all entries."""
    return [tuple(getattr(entry, name) for name in names) for entry in reading.require().entries]
