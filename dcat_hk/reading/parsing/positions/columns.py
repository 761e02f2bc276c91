"""
Regions of lines whose words are known by where they stand -> `RawRow`.

In: the lines under one heading: text that was laid out with blanks, or a page without ruled lines. Out: raw rows,
claims and findings. Words are sorted into columns (`grid`), lines into rows (`cutting`); what comes out is read as the
rows of a table (`tables`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from ....core.errors import Finding
from ....core.place import Place
from ....core.text import fold, plain
from ....core.wording.plans import load_plan_wording
from ...documents import Block, Document, Fragment, Line, Row, Span
from ...recognisers.values import date_at, find_formats, frequency_at, is_none
from ..cells.tables import TableReading, read_table
from ..ledger import Claims, text_of
from ..outline import Region
from ..pages import edges_of
from ..rows import read_number
from ..torn import is_torn
from .cutting import PlacedLine, cut_at_top, cut_in_middle, find_anchors, find_side, find_worths, tighten
from .grid import (
    Column,
    ColumnHeader,
    Word,
    assign,
    columns_under,
    fragment_of,
    guess,
    header_at,
    learn,
    unit_of,
    words_of,
)

_WORDING = load_plan_wording()
_CELLS, _HEADINGS = _WORDING.cells, _WORDING.headings
_GROUP_WORDS = frozenset(map(fold, _HEADINGS.group_words))

#: A line that costs more than this to sort into columns does not stand in them.
_MOST_STRANGE = 9.0
#: A row that says in this many columns that there is nothing says so of the table.
_COLUMNS_OF_A_ROW = 3
#: Cells stand in the middle of their rows, and beside the first part of them, only if that fits better by this much.
_DOUBT = 1.0
#: A line that costs more than this to sort into columns may be sorted wrongly.
_DOUBTFUL = 7.0
#: A word is broken into no more pieces than this.
_MOST_PIECES = 4
#: Two ways to cut rows into parts are in doubt if their costs differ by no more than this.
_CLOSE = 2.0
#: Blank space wider than this is more than that between words.
_WIDE = 1.5


@dataclass(slots=True)
class Alignment:
    """
    Whether the cells of a document stand at the top of their rows or in the middle, as far as is known.

    `middle` says by how much the middle fits better so far, `spans` by how much it does that numbers and names of rows
    in parts are merged over all of them and not beside the first; `settled` that all tables were seen.
    """

    middle: float = 0.0
    spans: float = 0.0
    #: What rows cost if what stands between two lines was written on the upper (-1), either (0) or lower one (1).
    snaps: dict[int, float] = field(default_factory=lambda: {-1: 0.0, 0: 0.0, 1: 0.0})
    settled: bool = False
    #: How often which text stands in a line of a column.
    texts: dict[tuple[str, ...], Counter[str]] = field(default_factory=dict)


@dataclass(slots=True)
class _Part:
    """Lines under one header, or on one page without one."""

    lines: list[tuple[Line, list[Word]]]
    header: ColumnHeader | None = None


@dataclass(slots=True)
class _ColumnReader:
    """What is known while a region is read."""

    document: Document
    claims: Claims
    is_category: Callable[[str], bool]
    is_body: Callable[[str], bool]
    unit: float
    columns: list[Column]
    alignment: Alignment
    #: The first and the last line of each page.
    edges: frozenset[Span] = frozenset()
    blocks: list[Block] = field(default_factory=list)
    labels: list[tuple[str, Place]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def has_columns(region: Region) -> bool:
    """Tell whether it is known where the words of a region's lines stand."""
    return not region.has_rows and any(isinstance(block, Line) and block.runs for block in region.blocks)


def read_columns(
    document: Document,
    region: Region,
    claims: Claims,
    is_category: Callable[[str], bool],
    is_body: Callable[[str], bool],
    columns: Sequence[Column] = (),
    alignment: Alignment | None = None,
) -> tuple[TableReading, list[Column]] | None:
    """
    Return the rows of a region by where its words stand, and its columns; None if it has no header and none is known.

    Args:
        document: Where the region is.

        region: The lines under one heading.

        claims: Where the rows' text is claimed.

        is_category: Tells whether a text is a known category.

        is_body: Tells whether a text is the name of a known organisation.

        columns: Those of the region before, for one that has no header of its own.

        alignment: What is known of where the document's cells stand in their rows, and what is learned here.
    """
    lines = [block for block in region.blocks if isinstance(block, Line) and block.runs]
    unit = unit_of(lines)
    known = alignment or Alignment()
    reader = _ColumnReader(document, claims, is_category, is_body, unit, list(columns), known, edges_of(document))
    parts = _parts(reader, [(line, words_of(document, line, unit)) for line in lines])
    if not parts:
        return None
    stretch: list[PlacedLine] = []
    tables: list[TableReading] = []
    for part in parts:
        found = _columns_of_part(reader, part)
        if [column.names for column in found] != [column.names for column in reader.columns]:
            tables += _finish(reader, region, stretch)
        reader.columns = found
        _sort_part(reader, part, stretch)
    tables += _finish(reader, region, stretch)
    rows = tuple(row for table in tables for row in table.rows)
    told = (*(finding for table in tables for finding in table.findings), *reader.findings)
    return TableReading(rows, told, None, tuple(reader.labels)), reader.columns


def find_alignment(
    document: Document,
    regions: Sequence[Region],
    is_category: Callable[[str], bool],
    is_body: Callable[[str], bool],
) -> Alignment:
    """
    Return where the cells of a whole document stand in their rows.

    Args:
        document: Where the regions are.

        regions: What stands under each heading.

        is_category: Tells whether a text is a known category.

        is_body: Tells whether a text is the name of a known organisation.
    """
    alignment, columns = Alignment(), list[Column]()
    for region in regions:
        if has_columns(region):
            read = read_columns(document, region, Claims(document), is_category, is_body, columns, alignment)
            columns = read[1] if read else columns
    alignment.settled = True
    return alignment


def _columns_of_part(reader: _ColumnReader, part: _Part) -> list[Column]:
    """Return where the columns of a part stand."""
    furthest = min((words[0].left for _line, words in part.lines), default=0.0)
    words = [words for _line, words in part.lines if not _is_whole(reader, words, furthest)]
    if part.header:
        return columns_under(part.header, words)
    if reader.unit == 1.0:
        return guess(reader.document, reader.columns, words, reader.is_category)
    return list(reader.columns)


def _is_whole(reader: _ColumnReader, words: Sequence[Word], furthest: float) -> bool:
    """Tell whether a line goes on without gaps from where the leftmost words of a table stand, and has no number."""
    number = read_number(reader.document.slice(words[0].span)) is not None
    return not number and words[0].left <= furthest + 0.5 and all(word.gap <= _WIDE for word in words[1:])


def _finish(reader: _ColumnReader, region: Region, stretch: list[PlacedLine]) -> list[TableReading]:
    """Return what the rows gathered so far say."""
    _close(reader, stretch)
    if not reader.blocks:
        return []
    names: list[tuple[str, ...]] = [("number",), *(c.names for c in reader.columns if c.names != ("number",))]
    blocks, reader.blocks = reader.blocks, []
    return [read_table(reader.document, _with_blocks(region, blocks), reader.claims, reader.is_category, names)]


def _with_blocks(region: Region, blocks: list[Block]) -> Region:
    """Return the region with other blocks."""
    return Region(region.section, region.years, region.spatial, region.organisation, blocks)


# ---- headers and pages


def _parts(reader: _ColumnReader, lines: Sequence[tuple[Line, list[Word]]]) -> list[_Part]:
    """Return the lines in parts that have a header of their own or begin a page, claiming headers."""
    parts: list[_Part] = []
    front: list[tuple[Line, list[Word]]] = []
    headers = _headers(reader, lines)
    known = bool(reader.columns)
    for index, (line, words) in enumerate(lines):
        header = headers.get(index)
        if header:
            parts.append(_Part([], header))
            _take_header(reader, header)
        elif index in headers:
            continue
        elif not parts and not known:
            front.append((line, words))
        elif not parts or (parts[-1].lines and parts[-1].lines[-1][0].page != line.page):
            parts.append(_Part([(line, words)]))
        else:
            parts[-1].lines.append((line, words))
    _claim_front(reader, front)
    return parts


def _headers(reader: _ColumnReader, lines: Sequence[tuple[Line, list[Word]]]) -> dict[int, ColumnHeader | None]:
    """Return headers by their first lines, None for their other lines."""
    headers: dict[int, ColumnHeader | None] = {}
    for index, (line, _words) in enumerate(lines):
        if index in headers:
            continue
        same_page = [words for other, words in lines[index : index + 10] if other.page == line.page]
        header = header_at(reader.document, same_page)
        if header:
            headers |= {index + number: None for number in range(header.lines)}
            headers[index] = header
    return headers


def _take_header(reader: _ColumnReader, header: ColumnHeader) -> None:
    """Claim a header and note what its date column is called."""
    for label in header.labels:
        spans = [fragment.span for fragment in label.fragments]
        reader.claims.add(spans, "header")
        text, place = text_of(reader.document, label.fragments), reader.document.place(spans)
        reader.labels += [(text, place) for name in label.names if name.startswith("date_")]


def _claim_front(reader: _ColumnReader, lines: Sequence[tuple[Line, list[Word]]]) -> None:
    """Claim what stands above the first header and is a note or a word for an empty table."""
    for line, _words in lines:
        text = plain(reader.document.slice(line.span)).strip()
        if is_none(text) or _CELLS.note.match(text):
            reader.claims.add([line.span], "note")


# ---- words into columns


def _sort_part(reader: _ColumnReader, part: _Part, stretch: list[PlacedLine]) -> None:
    """Add the lines of a part to the stretch that rows are cut from; what stands outside the columns ends it."""
    columns = reader.columns
    for _round in range(2):
        ordinary = [words for _line, words in part.lines if not _starts_outside(reader, columns, words)]
        columns = learn(reader.document, columns, [_sorted(reader, columns, words) for words in ordinary])
        _share_texts(reader.alignment, columns)
    in_note = False
    for line, words in part.lines:
        number, cells, cost = _placed(reader, columns, words)
        kind = _kind(reader, columns, line, words, number, cost, in_note)
        in_note = kind == "note"
        if kind == "row":
            placed = PlacedLine(number, cells, line.top / reader.unit, line.page, line.apart)
            placed.cost = cost
            placed.category = _begins_category(reader, columns, cells)
            stretch.append(placed)
            continue
        if kind == "furniture":
            reader.claims.add([line.span], kind)
            continue
        _close(reader, stretch)
        if kind == "note":
            reader.claims.add([line.span], kind)
        else:
            fragment = Fragment(line.span)
            reader.blocks.append(_row(reader, None, {_title_column(columns): (fragment,)}, True))
    reader.columns = list(columns)


def _share_texts(alignment: Alignment, columns: Sequence[Column]) -> None:
    """Let columns of the same name know each other's texts: a text often stands in many tables of a document."""
    for column in columns:
        if not alignment.settled:
            known = alignment.texts.setdefault(column.names, Counter())
            known.update({} if column.texts is known else column.texts)
        column.texts = alignment.texts.get(column.names, column.texts)


def _starts_outside(reader: _ColumnReader, columns: Sequence[Column], words: Sequence[Word]) -> bool:
    """Tell whether a line begins where row numbers stand, with something else."""
    first = columns[0]
    number = read_number(reader.document.slice(words[0].span)) is not None
    return first.names == ("number",) and not number and words[0].left <= first.left + 0.5


def _sorted(reader: _ColumnReader, columns: Sequence[Column], words: Sequence[Word]) -> list[list[Word]]:
    """Return all words of a line by column."""
    number, cells, _cost = _placed(reader, columns, words)
    pairs = zip(columns, cells, strict=True)
    return [[number] if column.names == ("number",) and number else cell for column, cell in pairs]


def _placed(
    reader: _ColumnReader, columns: Sequence[Column], words: Sequence[Word]
) -> tuple[Word | None, list[list[Word]], float]:
    """Return a line's row number, its other words by column and what it costs to sort them so."""
    if not any(column.names == ("number",) for column in columns):
        number, rest = _tight_number(reader, words)
        cells, cost = assign(reader.document, columns, rest, reader.is_category)
        return number, cells, cost
    cells, cost = assign(reader.document, columns, words, reader.is_category)
    number = None
    for index, column in enumerate(columns):
        if column.names == ("number",) and cells[index]:
            number = cells[index][0]
            cells[index] = []
    return number, cells, cost


def _begins_category(reader: _ColumnReader, columns: Sequence[Column], cells: Sequence[Sequence[Word]]) -> bool:
    """Tell whether a category begins on a line."""
    for column, words in zip(columns, cells, strict=True):
        if words and "category" in column.names:
            text = reader.document.slice(fragment_of(words).span)
            before, slash, _after = plain(text).partition(_CELLS.slash)
            if reader.is_category(text) or (slash and len(column.names) > 1 and reader.is_category(before)):
                return True
    return False


def _tight_number(reader: _ColumnReader, words: Sequence[Word]) -> tuple[Word | None, list[Word]]:
    """Return a number with its sign at the start of a line, and the rest of the line."""
    match = _CELLS.row_number_tight.match(plain(reader.document.slice(words[0].span)))
    if not match:
        return None, list(words)
    span, left, right, gap = words[0]
    share = left + (right - left) * match.end() / (span.end - span.start)
    number = Word(span._replace(end=span.start + match.end()), left, share, gap)
    rest = Word(span._replace(start=span.start + match.end()), share, right, 0.0)
    return number, [*([rest] if rest.span.end > rest.span.start else []), *words[1:]]


def _kind(
    reader: _ColumnReader,
    columns: Sequence[Column],
    line: Line,
    words: Sequence[Word],
    number: Word | None,
    cost: float,
    in_note: bool,
) -> str:
    """Return what a line of a table is: row, heading of rows, note or furniture."""
    text = reader.document.slice(line.span)
    # On a page whose measures are known, a gap parts its number from the last cell.
    at_edge = line.span in reader.edges and (line.apart or reader.unit == 1.0)
    if at_edge and _is_page_number(line, words, columns, text):
        return "furniture"
    if (
        in_note
        and len(line.runs) < _COLUMNS_OF_A_ROW
        and not any(date_at(reader.document.slice(w.span)) for w in words)
    ):
        return "note"
    nothing = sum(is_none(reader.document.slice(run.span)) for run in line.runs)
    if number is None and nothing >= max(_COLUMNS_OF_A_ROW, len(line.runs) / 2):
        return "note"
    if number:
        return "row"
    starts_outside = _starts_outside(reader, columns, words)
    if _CELLS.note.match(plain(text)) and (
        starts_outside or cost > _MOST_STRANGE or words[0].left < columns[0].left + 1
    ):
        return "note"
    alone = all(word.gap <= _WIDE for word in words[1:])
    if in_note and not line.apart and (starts_outside or cost > _MOST_STRANGE):
        return "note"
    if alone and (starts_outside or _is_group(reader, text)) and not frequency_at(text) and not date_at(text):
        return "group"
    return "row"


def _is_page_number(line: Line, words: Sequence[Word], columns: Sequence[Column], text: str) -> bool:
    """Tell whether a line is the number of its page, and not that of a row."""
    outside = words[0].left > columns[0].right + 1 or columns[0].names != ("number",)
    return text.strip() == str(line.page) and outside


def _is_group(reader: _ColumnReader, text: str) -> bool:
    """Tell whether a text can be the heading of a group of rows."""
    if plain(text).rstrip().endswith(tuple(_CELLS.goes_on)):
        return False
    if fold(text) in _GROUP_WORDS:
        return True
    match = _HEADINGS.group.fullmatch(plain(text).strip())
    if match:
        return not any(find_formats(f"({match['short']})"))
    return reader.is_body(text)


def _title_column(columns: Sequence[Column]) -> int:
    """Return which column holds the names of datasets."""
    return next((index for index, column in enumerate(columns) if "title" in column.names), 0)


# ---- lines into rows


def _close(reader: _ColumnReader, stretch: list[PlacedLine]) -> None:
    """Turn the lines gathered so far into rows."""
    if not stretch:
        return
    _flatten(stretch)
    anchors = find_anchors(reader.document, reader.columns, stretch)
    groups, close = _groups(reader, stretch, anchors)
    first = groups[0][0] if groups else len(stretch)
    if first > 0:
        _add_row(reader, stretch[:first], None, False)
    ends = [*(group[0] for group in groups[1:]), len(stretch)]
    for group, end in zip(groups, ends, strict=False):
        _add_group(reader, stretch, group, end)
        if close and len(group) > 1 and not any(line.number for line in stretch[group[0] : group[1]]):
            spans = [fragment_of(words).span for line in stretch[group[0] : end] for words in line.cells if words]
            reader.findings.append(Finding("unclear-columns", reader.document.name, reader.document.place(spans)))
    stretch.clear()


def _add_group(reader: _ColumnReader, stretch: Sequence[PlacedLine], group: Sequence[int], end: int) -> None:
    """Add a row of one or more parts; its number and its name are those of the first, wherever they stand."""
    number = next((line.number for line in stretch[group[0] : end] if line.number), None)
    for start, stop in pairwise([*group, end]):
        if stop > start:
            _add_row(reader, stretch[start:stop], number)
            number = None


def _flatten(stretch: Sequence[PlacedLine]) -> None:
    """Let the tops of lines grow over pages, in lines."""
    gaps = [b.top - a.top for a, b in pairwise(stretch) if a.page == b.page and b.top > a.top]
    pitch = median(gaps) if gaps else 1.0
    base, previous = 0.0, stretch[0]
    for line in stretch:
        if line.page != previous.page:
            base = previous.top + 1 - line.top / pitch
            previous = line
        line.top = line.top / pitch + base
        previous = line


def _groups(
    reader: _ColumnReader, stretch: Sequence[PlacedLine], anchors: Sequence[int]
) -> tuple[list[list[int]], bool]:
    """Return where the rows of a stretch and their parts begin, their numbers at the top or in the middle."""
    if not anchors:
        return [], False
    worths = find_worths(reader.document, reader.columns, stretch)
    cost_top, top = cut_at_top(stretch, anchors, worths)
    known = reader.alignment
    snapped = 0
    if reader.unit == 1.0:
        tighten(stretch)
        snapped = find_side(reader.columns, stretch, anchors, worths, known.snaps, known.settled)
    cost_middle, middle = cut_in_middle(reader.columns, stretch, anchors, worths, snapped=snapped)
    cost_first, first = cut_in_middle(reader.columns, stretch, anchors, worths, False, snapped)
    if anchors[0] and not _continues(reader):
        cost_top += 2.0 * anchors[0]
    if not known.settled:
        known.middle += cost_top - min(cost_middle, cost_first)
        known.spans += cost_first - cost_middle
        return (middle if cost_top - cost_middle > _DOUBT else top), False
    if known.middle <= _DOUBT:
        return top, False
    return (middle if known.spans >= -_DOUBT else first), abs(cost_first - cost_middle) <= _CLOSE


def _continues(reader: _ColumnReader) -> bool:
    """Tell whether lines above the first number can be the rest of a row before."""
    return bool(reader.blocks) and isinstance(reader.blocks[-1], Row)


def _add_row(reader: _ColumnReader, lines: Sequence[PlacedLine], number: Word | None, begins: bool = True) -> None:
    """Add the row that some lines make up, or what of it belongs to the row before: all, or the rest of its name."""
    cells: dict[int, tuple[Fragment, ...]] = {}
    for line in lines:
        for index, words in enumerate(line.cells):
            if words:
                cells[index] = (*cells.get(index, ()), fragment_of(words))
    cells = {index: _mended(reader, reader.columns[index], cell) for index, cell in cells.items()}
    _tell_doubt(reader, lines, cells)
    last = _last_row(reader)
    if number is None and last is not None:
        named = {index for index, column in enumerate(reader.columns) if {"title", "category"} & set(column.names)}
        _extend(reader, last, {index: cell for index, cell in cells.items() if index in named})
        if not begins:
            _extend(reader, len(reader.blocks) - 1, {i: cell for i, cell in cells.items() if i not in named})
        cells = {index: cell for index, cell in cells.items() if begins and index not in named}
    if cells:
        reader.blocks.append(_row(reader, number, cells, False))


def _tell_doubt(reader: _ColumnReader, lines: Sequence[PlacedLine], cells: dict[int, tuple[Fragment, ...]]) -> None:
    """Tell of a row whose words may have been sorted into the wrong columns."""
    spans = [fragment.span for cell in cells.values() for fragment in cell]
    if spans and (
        any(line.cost > _DOUBTFUL for line in lines)
        or any(_is_doubtful(text_of(reader.document, cell), reader.columns[index]) for index, cell in cells.items())
    ):
        reader.findings.append(Finding("unclear-columns", reader.document.name, reader.document.place(spans)))


def _is_doubtful(text: str, column: Column) -> bool:
    """Tell whether a cell has only one end of a bracket, or a date has other words with it."""
    folded = plain(text)
    if column.holds("date_target", "date_released"):
        length = date_at(folded)
        rest = folded[length:].strip() if length else ""
        return folded.count("(") != folded.count(")") or bool(rest and rest[0] not in "([")
    return column.holds("frequency", "category") and folded.count("(") != folded.count(")")


def _mended(reader: _ColumnReader, column: Column, cell: tuple[Fragment, ...]) -> tuple[Fragment, ...]:
    """Return a cell whose lines are known to go on with the rest of a word that a narrow column broke."""
    mended = list(cell)
    start = 0
    while start < len(cell) - 1:
        for end in range(min(len(cell), start + _MOST_PIECES), start + 1, -1):
            if is_torn(column, [reader.document.slice(fragment.span) for fragment in cell[start:end]]):
                mended[start + 1 : end] = [fragment._replace(torn=True) for fragment in cell[start + 1 : end]]
                start = end - 2
                break
        start += 1
    return tuple(mended)


def _last_row(reader: _ColumnReader) -> int | None:
    """Return which block is the row that parts below belong to: the last with a number, or the last of all."""
    found = None
    for index in range(len(reader.blocks) - 1, -1, -1):
        block = reader.blocks[index]
        if not isinstance(block, Row) or block.apart:
            break
        found = index if found is None else found
        if block.cells[0]:
            return index
    return found


def _extend(reader: _ColumnReader, index: int, cells: dict[int, tuple[Fragment, ...]]) -> None:
    """Add texts to the cells of a row."""
    row = reader.blocks[index]
    assert isinstance(row, Row)
    more = _row(reader, None, cells, False).cells
    reader.blocks[index] = Row(tuple(a + b for a, b in zip(row.cells, more, strict=True)), False)


def _row(reader: _ColumnReader, number: Word | None, cells: dict[int, tuple[Fragment, ...]], apart: bool) -> Row:
    """Return a row of a table with its number in the first cell."""
    kept = [index for index, column in enumerate(reader.columns) if column.names != ("number",)]
    opening: tuple[Fragment, ...] = (Fragment(number.span),) if number else ()
    return Row((opening, *(cells.get(index, ()) for index in kept)), apart)
