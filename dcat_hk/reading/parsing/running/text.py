"""
Regions of text without cell borders -> `RawRow`: what is left of a table when text is pulled from a PDF.

In: the lines under one heading. Out: raw rows and claims. The header says in which order the cells of a row follow one
another; `rows` finds where rows begin, `cells` where cells end. What fits no row is left over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ....core.errors import Finding
from ....core.place import Place
from ....core.text import fold, plain, width
from ....core.wording.plans import load_plan_wording
from ...documents import Document, Fragment, Line, Span
from ...recognisers.headers import columns_of_cell
from ...recognisers.headings import is_caption
from ...recognisers.values import find_formats, is_none
from ..ledger import Claims, signs, text_of
from ..merged import share
from ..outline import Region
from ..rows import RawRow, Text, claim_row, split_category
from ..torn import is_word_broken
from .cells import RunningCell
from .header import RunningHeader, date_labels, find_header, names_columns
from .lines import RunningLines
from .rows import RunningRow, find_codes, find_rows, is_in_order, is_near, is_sound, opens_row, stacked
from .scores import cell_text, date_score, frequency_score, is_heading, name_score
from .weights import RUNNING

_WORDING = load_plan_wording()
_CELLS, _HEADINGS = _WORDING.cells, _WORDING.headings
_GROUP_WORDS = frozenset(map(fold, _HEADINGS.group_words))
#: Unknown labels: a header with so many was torn, and its columns may be others.
_MANY_UNKNOWN = 2
#: How much of a row a finding quotes.
_QUOTED = 80
_FIRST_WORD = re.compile(r"[\x21-\x7e]+|.")


@dataclass(frozen=True, slots=True)
class RunningReading:
    """The rows of a region, findings on them, the labels of its date column, and the header in force at its end."""

    rows: tuple[RawRow, ...]
    findings: tuple[Finding, ...]
    date_labels: tuple[tuple[str, Place], ...]
    header: RunningHeader | None = None


@dataclass(slots=True)
class _Headings:
    """The headings that govern the next row: a category, if rows state none, and a group; one may be in the other."""

    takes_categories: bool
    is_category: Callable[[str], bool]
    group: str | None = None
    band: Text = ()
    #: How many rows had been read before each.
    group_after: int = -1
    band_after: int = -1

    def take(self, table: _RunningTable, heading: Text, rows: int) -> None:
        """Take a heading behind so many rows; none leaves those before in force."""
        text = text_of(table.document, heading)
        if heading and self.takes_categories and self.is_category(text):
            self.band, self.band_after = heading, rows
            self.group = self.group if self.group_after == rows else None
        elif heading:
            self.group, self.group_after = text, rows
            self.band = self.band if self.band_after == rows else ()


@dataclass(slots=True)
class _RunningTable:
    """A region while it is read: its lines as text and as spans, its header, where what was read is claimed."""

    document: Document
    claims: Claims
    spans: list[Span]
    lines: RunningLines
    header: RunningHeader
    is_body: Callable[[str], bool]
    #: Whether no header says what the columns are: they may be others than the usual ones.
    is_headless: bool
    findings: list[Finding] = field(default_factory=list)
    #: How wide the remark column is: what nine in ten of its lines do not exceed; 0 if no remark wraps.
    edge: int = 0

    @property
    def takes_categories(self) -> bool:
        """Whether rows state no category, so that a line that names one is the category of the rows below."""
        return not self.lines.categorised


def read_running_text(
    document: Document,
    region: Region,
    claims: Claims,
    is_category: Callable[[str], bool],
    is_body: Callable[[str], bool],
    before: RunningHeader | None = None,
) -> RunningReading:
    """
    Return the rows of a region of running text.

    Args:
        document: Where the region is.

        region: The lines under one heading.

        claims: Where rows, headers and notes are claimed.

        is_category: Tells whether a text is a known category.

        is_body: Tells whether a text is the name of a known organisation.

        before: The header of the region before, for one that has none of its own.
    """
    spans = [block.span for block in region.blocks if isinstance(block, Line)]
    texts = [document.slice(span) for span in spans]
    codes = find_codes(texts)
    header = find_header(texts, [index in codes or opens_row(text) for index, text in enumerate(texts)])
    header = header if header.lines or not before else replace(before, lines=())
    claims.add([spans[i] for i in header.lines], "header")
    labels = tuple((label, document.place([spans[i]])) for label, i in date_labels(texts, header.lines))
    body = [i for i in range(len(spans)) if i not in set(header.lines)]
    unknown = tuple(label for column, label in zip(header.columns, header.labels, strict=True) if column == "other")
    breaks = frozenset(place for place, (i, j) in enumerate(pairwise(body), 1) if spans[j].line > spans[i].line + 1)
    is_headless = not header.lines and not before
    categorised = is_headless or "category" in header.columns or _names_categories(header)
    lines = RunningLines([texts[i] for i in body], header.columns[1:], is_category, unknown, breaks, categorised)
    table = _RunningTable(document, claims, [spans[i] for i in body], lines, header, is_body, is_headless)
    rows = tuple(_read_rows(table))
    return RunningReading(rows, tuple(table.findings), labels, header if header.lines else before)


def _names_categories(header: RunningHeader) -> bool:
    """Tell whether a label of names is one of categories, too."""
    return any("category" in columns_of_cell(label) for label in header.labels)


def _read_rows(table: _RunningTable) -> list[RawRow]:
    """Return the rows of a table, each with the group heading that governs it."""
    running_rows = find_rows(table.lines, lambda text: _is_group(table, text))
    first = running_rows[0].start.line if running_rows else len(table.spans)
    _claim_front(table, first)
    grouped = any(row.heading and row.end + row.heading < len(table.spans) for row in running_rows)
    headings = _Headings(table.takes_categories, table.lines.is_category)
    headings.take(table, _heading_above(table, first, grouped) if running_rows else (), 0)
    table.edge = _edge(table, running_rows)
    rows: list[RawRow] = []
    above = sum(table.claims.is_free(span) for span in table.spans[:first]) if running_rows else 0
    ordered = above <= RUNNING.most_lines_above and is_in_order(table.lines, running_rows)
    if not ordered:
        place = table.document.place([table.spans[0], table.spans[-1]])
        table.findings.append(Finding("columns-out-of-order", table.document.name, place))
    doubtful = [] if ordered else stacked(table.lines)
    front = [table.lines.texts[i] for i in range(first) if table.claims.is_free(table.spans[i])]
    torn = table.is_headless and names_columns(" ".join(front))
    for row in running_rows:
        known = not table.is_headless or (not torn and _states_category(table, row))
        # A header whose labels were torn says nothing of rows that leave lines over.
        known = known and (len(table.lines.unknown) < _MANY_UNKNOWN or row.cut.end >= (row.end, 0))
        if known and is_sound(row, ordered) and not is_near(row, doubtful):
            rows += _raw_rows(table, row, headings)
        else:
            place = table.document.place([table.spans[row.start.line], table.spans[row.end - 1]])
            text = " ".join(" ".join(map(table.document.slice, table.spans[row.start.line : row.end])).split())
            quoted = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
            table.findings.append(Finding("unread-row", table.document.name, place, {"text": quoted}))
        headings.take(table, _behind(table, row), len(rows))
    return rows


def _states_category(table: _RunningTable, row: RunningRow) -> bool:
    """Tell whether the name of a row is a category and a title, as the usual columns have it."""
    names = [cell for cell in row.cut.cells if cell.column == "name"]
    texts = [cell_text(table.lines.between(cell.start, cell.end)) for cell in names]
    return any(name_score(text, table.lines.is_category) >= 0 for text in texts)


# ---- around rows


def _claim_front(table: _RunningTable, end: int) -> None:
    """Claim what stands before the first row and is a note or a word for an empty table."""
    for index in range(end):
        text = table.lines.texts[index]
        says_nothing = all(is_none(word) for word in text.split()) or is_none(text)
        if table.claims.is_free(table.spans[index]) and (says_nothing or _CELLS.note.match(plain(text))):
            table.claims.add([table.spans[index]], "note")
        elif table.claims.is_free(table.spans[index]) and is_caption(plain(text)):
            table.claims.add([table.spans[index]], "heading")


def _heading_above(table: _RunningTable, end: int, grouped: bool) -> Text:
    """Return the group heading directly before the first row; any words can be one in a table with other groups."""
    if not end or not table.claims.is_free(table.spans[end - 1]):
        return ()
    text = table.lines.texts[end - 1]
    if _is_group(table, text) or (grouped and is_heading(text)):
        return _take_heading(table, end - 1, end)
    return ()


def _take_heading(table: _RunningTable, start: int, end: int) -> Text:
    """Claim a group heading and return its fragments."""
    table.claims.add(table.spans[start:end], "heading")
    return tuple(Fragment(span) for span in table.spans[start:end])


def _behind(table: _RunningTable, row: RunningRow) -> Text:
    """Claim what stands behind a row; return the heading if it is one."""
    end = row.end + row.heading
    if not row.heading:
        return ()
    if end == len(table.spans):
        table.claims.add(table.spans[row.end : end], "note")
        return ()
    return _take_heading(table, row.end, end)


def _is_group(table: _RunningTable, text: str) -> bool:
    """Tell whether a line can be the heading of a group of rows."""
    folded = plain(text).strip()
    if fold(text) in _GROUP_WORDS or (table.takes_categories and table.lines.is_category(text)):
        return True
    if max(frequency_score(text), date_score(text)) > 0:
        return False
    match = _HEADINGS.group.fullmatch(folded)
    if match:
        return not any(find_formats(f"({match['short']})"))
    return table.is_body(text)


# ---- cells


def _edge(table: _RunningTable, rows: Sequence[RunningRow]) -> int:
    """Return how wide the remark column is."""
    cells = [cell for row in rows for cell in row.cut.cells if cell.column == "description"]
    lines = [table.lines.between(cell.start, cell.end) for cell in cells]
    widths = sorted(width(text) for cell in lines for text in cell) if any(len(cell) > 1 for cell in lines) else [0]
    return widths[int(len(widths) * RUNNING.narrower_description)]


def _raw_rows(table: _RunningTable, row: RunningRow, headings: _Headings) -> list[RawRow]:
    """Return a row and its further parts, claiming their text."""
    parts, group = _parts(row.cut.cells), headings.group
    last = max(
        [
            line
            for cell in (*row.cut.cells, *row.cut.rest)
            for line, _first, _last in table.lines.pieces(cell.start, cell.end)
        ]
    )
    place = table.document.place([table.spans[row.start.line], table.spans[last]])
    span = table.spans[row.start.line]
    inside = row.start.point[1] if row.start.point[0] == row.start.line else span.end - span.start
    opening = Span(span.line, span.start, span.start + inside)
    texts = {cell.column: _fragments(table, cell) for cell in parts[0]}
    for cell in row.cut.rest:
        above = table.document.slice(texts[cell.column][-1].span) if texts.get(cell.column) else ""
        texts[cell.column] = (*texts.get(cell.column, ()), *_fragments(table, cell, above))
    category, title = texts.get("category", ()), texts.get("title", ())
    sign: tuple[Span, ...] = ()
    if "name" in texts:
        category, title, sign = split_category(table.document, texts["name"], table.lines.is_category)
        if table.takes_categories and not table.lines.is_category(text_of(table.document, category)):
            category, title, sign = (), texts["name"], ()
    names = {"category": category or share(headings.band), "title": title}
    raw = RawRow(row.start.number, 0, group, place, {**names, **_further(texts)})
    claim_row(table.claims, raw, [opening, *sign])
    rows = [raw]
    for number, part in enumerate(parts[1:], 1):
        texts = {cell.column: _fragments(table, cell) for cell in part}
        raw = RawRow(row.start.number, number, group, place, _further(texts))
        claim_row(table.claims, raw)
        rows.append(raw.replace_cells(**names))
    for cell in (*row.cut.cells, *row.cut.rest):
        if cell.column == "other":
            table.claims.add([fragment.span for fragment in _fragments(table, cell)], "note")
    return rows


def _parts(cells: Sequence[RunningCell]) -> list[list[RunningCell]]:
    """Return the cells of a row and of each of its further parts."""
    parts: list[list[RunningCell]] = [[]]
    for cell in cells:
        if cell.column in {other.column for other in parts[-1]} and cell.column != "other":
            parts.append([])
        parts[-1].append(cell)
    return parts


def _further(texts: dict[str, tuple[Fragment, ...]]) -> dict[str, tuple[Fragment, ...]]:
    """Return the cells of a row besides category and name."""
    return {name: text for name, text in texts.items() if name not in {"category", "title", "name", "other"}}


def _fragments(table: _RunningTable, cell: RunningCell, above: str = "") -> tuple[Fragment, ...]:
    """Return the text of a cell; in a remark a line after a short one, or with a bullet, begins a paragraph."""
    fragments: list[Fragment] = []
    for line, first, last in table.lines.pieces(cell.start, cell.end):
        span, raw = table.spans[line], table.lines.texts[line][first:last]
        text = raw.strip()
        start = first + len(raw) - len(raw.lstrip())
        apart = cell.column == "description" and _begins_paragraph(text, above, table.edge)
        place = Span(span.line, span.start + start, span.start + start + len(text))
        fragments.append(Fragment(place, apart, not apart and is_word_broken(above, text)))
        above = text
    return tuple(fragments)


def _begins_paragraph(text: str, above: str, edge: int) -> bool:
    """Tell whether a line of a remark begins a paragraph: it opens an item, or would have fitted in the line above."""
    item = _CELLS.item.match(plain(text))
    bullet = bool(item) or any(start == 0 for start, _end in signs(text))
    word = _FIRST_WORD.match(text)
    fits = width(above) + (width(word[0]) if word else 0) + RUNNING.room <= edge
    return bullet or (bool(above) and fits)
