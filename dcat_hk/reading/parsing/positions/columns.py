"""
Regions of lines whose words are known by where they stand -> `RawRow`.

In: regions with their lines in their places: text that was laid out with blanks, or pages without ruled lines. Out: raw
rows, claims and findings. Words are sorted into columns (`sorting`), lines into rows (`cutting`); what comes out is
read as the rows of a table (`cells.tables`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ....core.errors import Finding
from ....core.place import Place
from ....core.text import plain, width
from ....core.wording.plans import load_plan_wording
from ...documents import Block, Document, Fragment, Line, Row
from ...recognisers.headings import is_caption
from ...recognisers.values import date_at, is_none
from ..cells.bands import category_of_band
from ..cells.tables import TableReading, read_table
from ..ledger import Claims, text_of
from ..outline import Region
from ..sections import is_group
from ..torn import is_torn
from .alignment import Alignment, flatten
from .cutting import (
    PlacedLine,
    cut_at_bottom,
    cut_at_gaps,
    cut_at_top,
    cut_in_middle,
    find_anchors,
    find_worths,
    tighten,
)
from .header import ColumnHeader
from .places import Column
from .regions import PlacedRegion
from .sorting import walk
from .weights import POSITIONS
from .words import Word, fragment_of

_CELLS = load_plan_wording().cells
_NUMBER = ("number",)

#: The fragments of a row by the number of their column.
_Cells = dict[int, tuple[Fragment, ...]]


@dataclass(slots=True)
class _TableBuilder:
    """The rows of a table while they are built, and what there is to say about them."""

    placed: PlacedRegion
    claims: Claims
    alignment: Alignment
    blocks: list[Block] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def document(self) -> Document:
        """The document that is read."""
        return self.placed.around.document


def read_columns(
    placed: PlacedRegion, claims: Claims, columns: Sequence[Column], alignment: Alignment
) -> tuple[TableReading, list[Column]] | None:
    """
    Return the rows of a region by where its words stand, and its columns; None if it has no header and none is known.

    Args:
        placed: The region.

        claims: Where the rows' text is claimed.

        columns: Those of the region before, for one that has no header of its own.

        alignment: What is known of where the document's cells stand in their rows.
    """
    if placed.lacks_header:
        document = placed.around.document
        place = document.place([placed.front[0].span])
        return TableReading((), (Finding("table-without-header", document.name, place),), None, ()), list(columns)
    if not placed.parts:
        return None  # Nothing is claimed: what stands here is read in another way.
    builder = _TableBuilder(placed, claims, alignment)
    heading = _claim_front(builder)
    labels = _claim_headers(builder)
    tables: list[TableReading] = []
    current = list(columns)
    for step in walk(placed, columns, alignment.share_texts):
        current = step.columns
        if heading and step.kind in {"rows", "group"}:
            builder.blocks.append(_row(current, (), {_place_of_title(current): (Fragment(heading.span),)}, True))
            heading = None
        if step.kind == "rows":
            _add_rows(builder, current, step.rows)
        elif step.kind == "end":
            tables += _finish(builder, current)
        elif step.kind == "group" and step.line:
            builder.blocks.append(_row(current, (), {_place_of_title(current): (Fragment(step.line.span),)}, True))
        elif step.line:
            claims.add([step.line.span], step.kind)
    rows = tuple(row for table in tables for row in table.rows)
    findings = (*(finding for table in tables for finding in table.findings), *builder.findings)
    return TableReading(rows, findings, None, tuple(labels)), current


def tabulate_columns(
    placed: PlacedRegion, columns: Sequence[Column], alignment: Alignment
) -> tuple[list[Row], list[Column]]:
    """
    Return the headers and rows of a region as rows of cells, in any order, and its columns; it claims nothing.

    Args:
        placed: The region.

        columns: Those of the region before, for one that has no header of its own.

        alignment: What is known of where the document's cells stand in their rows.
    """
    builder = _TableBuilder(placed, Claims(placed.around.document), alignment)
    current = list(columns)
    for step in walk(placed, columns, alignment.share_texts):
        current = step.columns
        if step.kind == "rows":
            _add_rows(builder, current, step.rows)
    headers = [part.header for part in placed.parts if part.header]
    rows = [block for block in builder.blocks if isinstance(block, Row)]
    return [*rows, *(_header_row(current, header) for header in headers)], current


def _header_row(columns: Sequence[Column], header: ColumnHeader) -> Row:
    """Return a header as a row of cells."""
    places = [column.under for column in columns]
    cells = dict[int, tuple[Fragment, ...]]()
    for label in header.labels:
        middle = (label.left + label.right) / 2
        nearest = min(range(len(places)), key=lambda index: abs(sum(places[index]) / 2 - middle))
        cells[nearest] = cells.get(nearest, ()) + label.fragments
    row = _row(columns, (), cells, True)
    numbers = [index for index, column in enumerate(columns) if column.names == _NUMBER]
    return row._replace(cells=(cells.get(numbers[0], ()) if numbers else (), *row.cells[1:]))


def _claim_headers(builder: _TableBuilder) -> list[tuple[str, Place]]:
    """Claim the headers of a region, and return what their date columns are called."""
    called: list[tuple[str, Place]] = []
    told: dict[str, list[Place]] = {}
    for label in (label for part in builder.placed.parts if part.header for label in part.header.labels):
        spans = [fragment.span for fragment in label.fragments]
        builder.claims.add(spans, "header")
        text = text_of(builder.document, label.fragments)
        if label.by_contents and spans:
            told.setdefault(text, []).append(builder.document.place(spans))
        called += [(text, builder.document.place(spans)) for name in label.names if name.startswith("date_") and spans]
    for text, places in told.items():
        values = {"label": text, "count": str(len(places))}
        builder.findings.append(Finding("column-by-contents", builder.document.name, places[0], values))
    return called


def _claim_front(builder: _TableBuilder) -> Line | None:
    """
    Claim what stands above the first header and is a note or a word for an empty table.

    Return the line directly above the header if it is the heading of the first rows: their category, or a group.
    """
    heading: Line | None = None
    for line in builder.placed.front:
        text = plain(builder.document.slice(line.span)).strip()
        heading = None
        if is_none(text) or _CELLS.note.match(text):
            builder.claims.add([line.span], "note")
        elif is_caption(text):
            builder.claims.add([line.span], "heading")
        elif is_group(text) or category_of_band(
            builder.document, (Fragment(line.span),), builder.placed.around.is_category
        ):
            heading = line
    return heading


def _place_of_title(columns: Sequence[Column]) -> int:
    """Return which column holds the names."""
    return next((index for index, column in enumerate(columns) if "title" in column.names), 0)


def _finish(builder: _TableBuilder, columns: Sequence[Column]) -> list[TableReading]:
    """Return what the rows gathered so far say."""
    if not builder.blocks:
        return []
    others = [column for column in columns if column.names != _NUMBER]
    names: list[tuple[str, ...]] = [_NUMBER, *(column.names for column in others)]
    labels = ["", *(column.label for column in others)]
    region = builder.placed.region
    table = Region(region.section, region.years, region.spatial, region.organisation, builder.blocks)
    builder.blocks = []
    return [read_table(builder.document, table, builder.claims, builder.placed.around.is_category, names, labels)]


# ---- lines into rows


def _add_rows(builder: _TableBuilder, columns: Sequence[Column], lines: list[PlacedLine]) -> None:
    """Turn the lines gathered so far into rows."""
    flatten(lines)
    anchors = find_anchors(builder.document, columns, lines)
    groups, close = _groups(builder, columns, lines, anchors)
    first = groups[0][0] if groups else len(lines)
    if first > 0:
        _add_row(builder, columns, lines[:first], (), False)
    ends = [*(group[0] for group in groups[1:]), len(lines)]
    for group, end in zip(groups, ends, strict=False):
        _add_group(builder, columns, lines, [*group, end])
        if close and len(group) > 1 and not any(line.number for line in lines[group[0] : group[1]]):
            spans = [fragment_of(words).span for line in lines[group[0] : end] for words in line.cells if words]
            builder.findings.append(Finding("unclear-columns", builder.document.name, builder.document.place(spans)))


def _groups(
    builder: _TableBuilder, columns: Sequence[Column], lines: list[PlacedLine], anchors: Sequence[int]
) -> tuple[list[list[int]], bool]:
    """Return where rows and their parts begin, and whether it is in doubt where parts do."""
    if not anchors:
        return [], False
    if not builder.placed.is_laid_out and (groups := cut_at_gaps(lines, anchors)):
        return groups, False
    worths = find_worths(builder.document, columns, lines)
    alignment = builder.alignment
    if alignment.is_bottom:
        return cut_at_bottom(lines, anchors, worths)[1], False
    if not alignment.is_middle:
        return cut_at_top(lines, anchors, worths)[1], False
    side = 0
    if builder.placed.is_laid_out:
        tighten(lines)
        side = alignment.side
    (cost_merged, merged), (cost_beside, beside) = cut_in_middle(columns, lines, anchors, worths, side)
    close = abs(cost_beside - cost_merged) <= POSITIONS.close
    return (merged if alignment.is_merged else beside), close


def _add_group(
    builder: _TableBuilder, columns: Sequence[Column], lines: Sequence[PlacedLine], bounds: Sequence[int]
) -> None:
    """Add a row of one or more parts; its number and its name are those of the first, wherever they stand."""
    numbers = (line.number_words() for line in lines[bounds[0] : bounds[-1]] if line.number)
    number: Sequence[Word] = next(numbers, ())
    for start, stop in pairwise(bounds):
        if stop > start:
            _add_row(builder, columns, lines[start:stop], number)
            number = ()


def _add_row(
    builder: _TableBuilder,
    columns: Sequence[Column],
    lines: Sequence[PlacedLine],
    number: Sequence[Word],
    begins: bool = True,
) -> None:
    """Add the row that some lines make up, or what of it belongs to the row before: all, or the rest of its name."""
    cells: _Cells = {}
    for line in lines:
        for index, words in enumerate(line.cells):
            if words:
                cells[index] = (*cells.get(index, ()), *_fragments_of(words))
    cells = {index: _mend(builder.document, columns[index], cell) for index, cell in cells.items()}
    _report_doubt(builder, columns, lines, cells)
    last = _last_row(builder.blocks)
    # Without numbers each row has a name of its own.
    numbered = any(column.names == _NUMBER for column in columns) or any(line.number for line in lines)
    goes_on = not number and (numbered or not begins or _has_numbers(builder.blocks))
    if goes_on and last is not None:
        named = {index for index, column in enumerate(columns) if {"title", "category"} & set(column.names)}
        _extend(builder, columns, last, {index: cell for index, cell in cells.items() if index in named})
        if not begins:
            rest = {index: cell for index, cell in cells.items() if index not in named}
            _extend(builder, columns, len(builder.blocks) - 1, rest)
        cells = {index: cell for index, cell in cells.items() if begins and index not in named}
    if cells:
        builder.blocks.append(_row(columns, number, cells, False))


def _fragments_of(words: Sequence[Word]) -> Iterator[Fragment]:
    """Yield words of a cell on one line as fragments: a gap narrower than a blank parts no word from its rest."""
    starts = [
        place
        for place, (before, word) in enumerate(pairwise(words), 1)
        if word.gap < POSITIONS.narrower_than_blank
        and _is_ideographic(before.text[-1])
        and _is_ideographic(word.text[0])
    ]
    for start, end in pairwise([0, *starts, len(words)]):
        yield fragment_of(words[start:end])._replace(torn=start > 0)


def _is_ideographic(character: str) -> bool:
    """Tell whether a character is an ideograph or a sign among them, between which no blank stands."""
    return width(character) > 1


def _report_doubt(
    builder: _TableBuilder, columns: Sequence[Column], lines: Sequence[PlacedLine], cells: _Cells
) -> None:
    """Report a row whose words may have been sorted into the wrong columns."""
    spans = [fragment.span for cell in cells.values() for fragment in cell]
    if spans and (
        any(line.cost > POSITIONS.doubtful for line in lines)
        or any(_is_doubtful(text_of(builder.document, cell), columns[index]) for index, cell in cells.items())
    ):
        builder.findings.append(Finding("unclear-columns", builder.document.name, builder.document.place(spans)))


def _is_doubtful(text: str, column: Column) -> bool:
    """Tell whether a cell has only one end of a bracket, or a date has other words with it."""
    folded = plain(text)
    if column.holding.has_dates:
        length = date_at(folded)
        rest = folded[length:].strip() if length else ""
        return folded.count("(") != folded.count(")") or bool(rest and rest[0] not in "([")
    return column.holds("frequency", "category") and folded.count("(") != folded.count(")")


def _mend(document: Document, column: Column, cell: tuple[Fragment, ...]) -> tuple[Fragment, ...]:
    """Return a cell whose lines are known to go on with the rest of a word that a narrow column broke."""
    mended = list(cell)
    start = 0
    while start < len(cell) - 1:
        for end in range(min(len(cell), start + POSITIONS.most_pieces), start + 1, -1):
            if is_torn(column, [document.slice(fragment.span) for fragment in cell[start:end]]):
                mended[start + 1 : end] = [fragment._replace(torn=True) for fragment in cell[start + 1 : end]]
                start = end - 2
                break
        start += 1
    return tuple(mended)


def _last_row(blocks: Sequence[Block]) -> int | None:
    """Return which block is the row that parts below belong to: the last with a number, or the last of all."""
    last = None
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if not isinstance(block, Row) or block.apart:
            break
        last = index if last is None else last
        if block.cells[0]:
            return index
    return last


def _has_numbers(blocks: Sequence[Block]) -> bool:
    """Tell whether a row so far has a number."""
    return any(isinstance(block, Row) and block.cells[0] for block in blocks)


def _extend(builder: _TableBuilder, columns: Sequence[Column], index: int, cells: _Cells) -> None:
    """Add texts to the cells of a row."""
    row = builder.blocks[index]
    assert isinstance(row, Row)
    more = _row(columns, (), cells, False).cells
    builder.blocks[index] = Row(tuple(a + b for a, b in zip(row.cells, more, strict=True)), False)


def _row(columns: Sequence[Column], number: Sequence[Word], cells: _Cells, apart: bool) -> Row:
    """Return a row of a table with its number in the first cell."""
    others = [index for index, column in enumerate(columns) if column.names != _NUMBER]
    opening = tuple(Fragment(word.span) for word in number)
    return Row((opening, *(cells.get(index, ()) for index in others)), apart)
