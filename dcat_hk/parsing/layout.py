"""
Regions of text without cell borders -> `RawRow`: what is left of a table when text is pulled from a PDF.

In: the lines under one heading. Out: raw rows and claims. A row is a number, category and name up to a
date; the date; words that state a frequency; and a remark up to the next row. Cells are told apart by what
they say first, by the width of their lines second.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from ..documents import Document, Line, Span
from ..errors import Finding
from ..place import Place
from ..text import fold, plain, width
from ..vocabularies import wording
from .headers import columns_of, lines_of_header
from .ledger import Claims, Fragment, signs, text_of
from .outline import Region
from .rows import RawRow, claim_row, place_of, split_category
from .values import date_at, ends_with_frequency, find_formats, frequency_at, is_none

#: How far below its number a row's date may stand.
_LINES_TO_DATE = 12
#: A line this much shorter than its column, in widths of half an ideograph, ends a paragraph.
_SLACK = 4
#: A line with this much room left after the next line's first word ends one.
_ROOM = 2
#: A line this much wider than the ones above it stands in another column.
_WIDER = 1.5
_OPENING, _CLOSING = "([【〔", ")]】〕"


@dataclass(slots=True)
class _Lines:
    """The lines of a region, as text and as spans, and what is known of its columns."""

    document: Document
    spans: list[Span]
    texts: list[str]
    is_category: Callable[[str], bool]
    is_body: Callable[[str], bool]
    findings: list[Finding] = field(default_factory=list)
    remark_width: int = 0


@dataclass(frozen=True, slots=True)
class LayoutReading:
    """The rows of a region, what was found, and the labels of its date column."""

    rows: tuple[RawRow, ...]
    findings: tuple[Finding, ...]
    date_labels: tuple[tuple[str, Place], ...]


@dataclass(frozen=True, slots=True)
class _Parts:
    """Where the cells of one row are."""

    title: list[Fragment]
    date: list[Fragment]
    frequency: list[Fragment]
    remark: list[Fragment]


def read_layout(
    document: Document,
    region: Region,
    claims: Claims,
    is_category: Callable[[str], bool],
    is_body: Callable[[str], bool],
) -> LayoutReading:
    """
    Return the rows of a region of running text.

    Args:
        document: Where the region is.

        region: The lines under one heading.

        claims: Where rows, headers and notes are claimed.

        is_category: Tells whether a text is a known category.

        is_body: Tells whether a text is the name of a known organisation.
    """
    spans = [block.span for block in region.blocks if isinstance(block, Line)]
    lines = _Lines(document, spans, [document.slice(span) for span in spans], is_category, is_body)
    headers = _headers(lines)
    labels = tuple(_date_labels(lines, headers))
    claims.add([lines.spans[i] for i in headers], "header")
    _drop(lines, headers)
    starts = _starts(lines)
    _claim_front(lines, claims, starts[0][0] if starts else len(lines.spans))
    rows = list(_rows(lines, claims, starts))
    return LayoutReading(tuple(rows), tuple(lines.findings), labels)


def _drop(lines: _Lines, indexes: Sequence[int]) -> None:
    """Take lines away."""
    dropped = set(indexes)
    kept = [i for i in range(len(lines.spans)) if i not in dropped]
    lines.spans, lines.texts = [lines.spans[i] for i in kept], [lines.texts[i] for i in kept]


def _headers(lines: _Lines) -> list[int]:
    """Return the indexes of lines that are table headers, the first and repeated ones."""
    found: list[int] = []
    index = 0
    while index < len(lines.texts):
        count = lines_of_header(lines.texts[index:], repeat=bool(found) or index > 2)
        found += range(index, index + count)
        index += max(count, 1)
    return found


def _date_labels(lines: _Lines, headers: Sequence[int]) -> Iterator[tuple[str, Place]]:
    """Yield what the date column is called, with its place."""
    for index in headers:
        names = columns_of(lines.texts[index])
        for word in lines.texts[index].split() if any(name.startswith("date_") for name in names) else ():
            if any(name.startswith("date_") for name in columns_of(word)):
                yield word, lines.spans[index].place


def _claim_front(lines: _Lines, claims: Claims, end: int) -> None:
    """Claim what stands before the first row and is a note or a word for an empty table."""
    note = re.compile(wording()["cells"]["note"])
    for index in range(end):
        words = lines.texts[index].split()
        if all(is_none(word) for word in words) or note.match(plain(lines.texts[index])):
            claims.add([lines.spans[index]], "note")


# ---- where rows begin


def _starts(lines: _Lines) -> list[tuple[int, int, int]]:
    """Return line, number and offset of the text after the number, for each row."""
    pattern = re.compile(rf"{wording()['cells']['row_number']}(?:\s+|$)|{wording()['cells']['row_number_tight']}")
    candidates = []
    for index, text in enumerate(lines.texts):
        match = pattern.match(plain(text))
        if match:
            number = match["number"] or match["tight"]
            candidates.append((index, int(number), match.end()))
    found: list[tuple[int, int, int]] = []
    for position, (index, number, offset) in enumerate(candidates):
        expected = found[-1][1] + 1 if found else 1
        rivals = [i for i, n, _o in candidates[position + 1 :] if n == expected]
        if _is_row(lines, index, offset, number == expected, rivals):
            found.append((index, number, offset))
    return found


def _is_row(lines: _Lines, index: int, offset: int, expected: bool, rivals: Sequence[int]) -> bool:
    """
    Tell whether a line that begins with a number opens a row and is no item of a list in a remark.

    A row has a known category, or comes in turn and has a date; of two lines with the number in turn, the
    one with a known category is the row.
    """
    end = min(index + _LINES_TO_DATE, len(lines.texts))
    dated = next((i for i in range(index, end) if _date_in(lines.texts[i], i == index)), None)
    last = end if dated is None else dated + 1
    if any(i < last for i in rivals):
        return False
    head = [lines.texts[index][offset:], *lines.texts[index + 1 : last]]
    slashed = plain("".join(head)).split(wording()["cells"]["slash"])[0]
    known = lines.is_category(slashed)
    if dated is None:
        return expected and known
    return known or (expected and not any(_has_category(lines, i) for i in rivals))


def _has_category(lines: _Lines, index: int) -> bool:
    """Tell whether a line with a number goes on with a known category."""
    text = re.sub(r"^\d+\s*[.、)]?\s*", "", plain(lines.texts[index]))
    return lines.is_category(text.split(wording()["cells"]["slash"])[0])


def _date_in(text: str, inside: bool) -> tuple[int, int] | None:
    """Return where a date cell stands in a line: at its start or, if allowed, behind a blank."""
    length = date_at(text)
    if length:
        return 0, length
    for match in re.finditer(r"\s+", text) if inside else ():
        length = date_at(text[match.end() :])
        rest = text[match.end() + length :].strip()
        if length and (not rest or frequency_at(rest) or rest[0] in _OPENING):
            return match.end(), match.end() + length
    return None


# ---- rows


def _rows(lines: _Lines, claims: Claims, starts: Sequence[tuple[int, int, int]]) -> Iterator[RawRow]:
    """Yield the rows, each with the group heading that governs it."""
    ends = [start[0] for start in (*starts[1:], (len(lines.spans), 0, 0))] if starts else []
    lines.remark_width = _remark_width(lines, starts, ends)
    group = _heading_above(lines, claims, starts[0][0]) if starts else None
    for (first, number, offset), end in zip(starts, ends, strict=True):
        heading = _group_lines(lines, first, end) if end < len(lines.spans) else 0
        parts = _split(lines, first, offset, end - heading)
        category, title, sign = split_category(lines.document, parts.title, lines.is_category)
        span = lines.spans[first]
        opening = Span(span.line, span.start, span.start + offset)
        place = place_of([span, lines.spans[end - heading - 1]])
        row = RawRow(
            number, 0, group, place, category, title, tuple(parts.remark), tuple(parts.date), tuple(parts.frequency)
        )
        claim_row(claims, row, [opening, *sign])
        if not parts.date and not parts.frequency:
            lines.findings.append(Finding("unclear-columns", lines.document.name, place))
        yield row
        if heading:
            group = _take_heading(lines, claims, end - heading, end)


def _heading_above(lines: _Lines, claims: Claims, end: int) -> str | None:
    """Return the group heading directly before the first row."""
    if end and claims.is_free(lines.spans[end - 1]) and _is_group(lines, lines.texts[end - 1]):
        return _take_heading(lines, claims, end - 1, end)
    return None


def _take_heading(lines: _Lines, claims: Claims, start: int, end: int) -> str:
    """Claim a group heading and return its text."""
    claims.add(lines.spans[start:end], "heading")
    return text_of(lines.document, [Fragment(span) for span in lines.spans[start:end]])


def _group_lines(lines: _Lines, first: int, end: int) -> int:
    """Return how many lines at the end of a row are the heading of the rows below."""
    for count in (1, 2):
        start = end - count
        dated = [i for i in range(first, start) if _date_in(lines.texts[i], i == first)]
        text = " ".join(lines.texts[start:end])
        if dated and _is_group(lines, text) and _ends_paragraph(lines, start - 1, first):
            return count
    return 0


def _is_group(lines: _Lines, text: str) -> bool:
    """Tell whether a line can be the heading of a group of rows."""
    folded = plain(text).strip()
    if fold(text) in {fold(word) for word in wording()["headings"]["group_words"]}:
        return True
    match = re.fullmatch(wording()["headings"]["group"], folded)
    if match:
        return not any(find_formats(f"({match['short']})"))
    return lines.is_body(text)


def _remark_width(lines: _Lines, starts: Sequence[tuple[int, int, int]], ends: Sequence[int]) -> int:
    """Return how wide the remark column is: what nine in ten of its lines do not exceed; 0 if no remark wraps."""
    first_lines: list[int] = []
    further: list[int] = []
    for (first, _number, _offset), end in zip(starts, ends, strict=True):
        dated = next((i for i in range(first, end) if _date_in(lines.texts[i], i == first)), end)
        if dated < end:
            first_lines.append(width(_remark_on(lines, dated, first)))
        further += [width(text) for text in lines.texts[dated + 1 : end] if not _is_group(lines, text)]
    widths = sorted(first_lines + further) if further else [0]
    return widths[len(widths) * 9 // 10]


def _remark_on(lines: _Lines, index: int, first: int) -> str:
    """Return what of a line stands in the remark column: not the date and frequency before it."""
    text = lines.texts[index]
    date = _date_in(text, index == first)
    rest = text[date[1] :].lstrip() if date else text
    return rest[frequency_at(rest) :].strip()


def _ends_paragraph(lines: _Lines, index: int, first: int) -> bool:
    """Tell whether a line stops well before the edge of the remark column, or no remark is wrapped at all."""
    return not lines.remark_width or width(_remark_on(lines, index, first)) + _SLACK <= lines.remark_width


def _split(lines: _Lines, first: int, offset: int, end: int) -> _Parts:
    """Return the cells of the row between two lines."""
    dated, found = next(
        ((i, where) for i in range(first, end) if (where := _date_in(_tail(lines, i, first, offset), i == first))),
        (end, None),
    )
    if found is None:
        return _split_undated(lines, first, offset, end)
    skipped = offset if dated == first else 0
    title = _title(lines, first, offset, dated)
    title += _piece(lines, dated, skipped, skipped + found[0])
    cursor = _Cursor(lines, dated, skipped + found[1], end)
    date = _piece(lines, dated, skipped + found[0], skipped + found[1]) + _date_note(cursor)
    return _Parts(title, date, *_frequency_and_remark(cursor))


def _frequency_and_remark(cursor: _Cursor) -> tuple[list[Fragment], list[Fragment]]:
    """Return the last two cells; a bracket behind the frequency is the remark if there is no other."""
    words, notes = _frequency(cursor), []
    while words and (length := _note_length(cursor.rest)):
        notes += cursor.take(length)
    remark = _remark(cursor)
    document = cursor.lines.document
    if notes and not remark and not re.search(wording()["cells"]["about_updates"], plain(text_of(document, notes))):
        return words, notes
    return words + notes, remark


def _split_undated(lines: _Lines, first: int, offset: int, end: int) -> _Parts:
    """Return the cells of a row without a date: the frequency, where there is one, parts name and remark."""
    for index in range(first + 1, end):
        if frequency_at(lines.texts[index]):
            cursor = _Cursor(lines, index, 0, end)
            return _Parts(_title(lines, first, offset, index), [], *_frequency_and_remark(cursor))
    return _Parts(_title(lines, first, offset, end), [], [], [])


def _tail(lines: _Lines, index: int, first: int, offset: int) -> str:
    """Return a line's text, without the row's number on the first one."""
    return lines.texts[index][offset:] if index == first else lines.texts[index]


def _piece(lines: _Lines, index: int, start: int, end: int, apart: bool = False) -> list[Fragment]:
    """Return a stretch of a line as a fragment, nothing if it is blank."""
    span, text = lines.spans[index], lines.texts[index][start:end]
    if not text.strip():
        return []
    left = len(text) - len(text.lstrip())
    stop = start + len(text.rstrip())
    return [Fragment(Span(span.line, span.start + start + left, span.start + stop), apart)]


def _title(lines: _Lines, first: int, offset: int, end: int) -> list[Fragment]:
    """Return the lines of category and name."""
    return [
        fragment
        for index in range(first, end)
        for fragment in _piece(lines, index, offset if index == first else 0, len(lines.texts[index]))
    ]


@dataclass(slots=True)
class _Cursor:
    """How far the cells of a row have been read: line, offset in it, line after the row's last."""

    lines: _Lines
    index: int
    offset: int
    end: int

    @property
    def rest(self) -> str:
        """Return what is left of the line."""
        return self.lines.texts[self.index][self.offset :] if self.index < self.end else ""

    def take(self, length: int) -> list[Fragment]:
        """Return the next characters of the line as a fragment."""
        start, self.offset = self.offset, self.offset + length
        piece = _piece(self.lines, self.index, start, self.offset)
        if not self.rest.strip():
            self.index, self.offset = self.index + 1, 0
        return piece

    def skip_blank(self) -> None:
        """Go to the next line if nothing is left of this one."""
        if self.index < self.end and not self.rest.strip():
            self.index, self.offset = self.index + 1, 0


def _note_length(text: str) -> int:
    """Return the length of the bracketed note that text begins with, 0 if none or if it names formats."""
    folded = plain(text)
    blank = len(folded) - len(folded.lstrip())
    if not folded[blank : blank + 1] or folded[blank] not in _OPENING:
        return 0
    depth = 0
    for position, character in enumerate(folded[blank:], blank + 1):
        depth += (character in _OPENING) - (character in _CLOSING)
        if depth == 0:
            ends = position == len(folded) or folded[position].isspace()
            return position if ends and not any(find_formats(text[:position])) else 0
    return 0


def _date_note(cursor: _Cursor) -> list[Fragment]:
    """Return the bracketed note that belongs to the date: on its line, or alone on the next one."""
    cursor.skip_blank()
    found: list[Fragment] = []
    while length := _note_length(cursor.rest):
        found += cursor.take(length)
        cursor.skip_blank()
    return found


def _frequency(cursor: _Cursor) -> list[Fragment]:
    """Return the words of the frequency cell: known ones, or narrow lines until one ends the statement."""
    length = frequency_at(cursor.rest.lstrip())
    if not length:
        return _narrow_lines(cursor)
    blank = len(cursor.rest) - len(cursor.rest.lstrip())
    return cursor.take(blank + length)


def _narrow_lines(cursor: _Cursor) -> list[Fragment]:
    """Return the lines of a frequency that was wrapped beside a remark."""
    lines, text, widest, taken = cursor.lines, "", 0, 0
    for index in range(cursor.index, cursor.end):
        line = cursor.rest if index == cursor.index else lines.texts[index]
        if widest and width(line.strip()) > _WIDER * widest:
            break
        text, taken, widest = text + line.strip(), taken + 1, max(widest, width(line.strip()))
        following = lines.texts[index + 1] if index + 1 < cursor.end else ""
        wider = not following or width(following) > _WIDER * widest
        if ends_with_frequency(text) and (wider or frequency_at(text) == len(text)):
            break
    else:
        if not ends_with_frequency(text):
            return []
    if not ends_with_frequency(text):
        taken = min(taken, 1) if find_formats(text)[0] else taken
    found: list[Fragment] = []
    for _ in range(taken):
        found += cursor.take(len(cursor.rest))
    return found


def _remark(cursor: _Cursor) -> list[Fragment]:
    """Return the rest of the row; a line after a short one, or with a bullet, begins a paragraph."""
    edge = cursor.lines.remark_width
    found: list[Fragment] = []
    above = ""
    while cursor.index < cursor.end:
        text = cursor.rest
        item = re.match(wording()["cells"]["item"], plain(text.strip()))
        bullet = bool(item) or any(start == 0 for start, _end in signs(text))
        word = re.match(r"[\x21-\x7e]+|.", text.strip())
        fits = width(above) + (width(word[0]) if word else 0) + _ROOM <= edge
        found += [Fragment(f.span, bullet or (bool(above) and fits)) for f in cursor.take(len(text))]
        above = text.strip()
    return found
