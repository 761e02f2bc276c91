"""
The foot of a plan: the month under it, who signs it, marks of its end; and what a web page puts below.

In: the blocks after the last row. Out: a `Foot`, and claims on its lines. A page's own date ("last review date") does
not date the plan; a date printed under the plan does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from ...core.text import fold, plain
from ...core.wording.plans import load_plan_wording
from ..documents import Block, Document, Line, Row
from ..documents.document import spans_of_block
from ..recognisers.headers import is_other_header
from ..recognisers.values import is_none, read_date
from ..recognisers.words import write_years
from .head import body_name, claim_lines, is_body, is_clutter, read_lone_month, text_of_line
from .ledger import Claims, texts_of

_WORDING = load_plan_wording()
#: Each date of a signature at the end of any line.
_DATES_AT_END = tuple(
    re.compile(f"(?P<before>.*?)(?P<date>{date.pattern}){_WORDING.signature.after.pattern}")
    for date in _WORDING.signature.date
)

#: A month in figures that stands apart, as in the cell of a row.
_MONTH_IN_FIGURES = re.compile(r"(?<!\S)\d{1,2}\s*/\s*\d{4}(?=[\s(]|$)")
#: Dates in words are few if there are at least so many times as many in figures.
_FEW = 3
#: The signature stands in the last blocks, so many at most.
_MOST_AT_END = 8
#: A table of contacts or versions below the plan is no longer than this.
_MOST_ROWS_OF_OTHERS = 40
#: A line with so many stretches is part of a row, though its words speak of a page's date.
_FEWEST_CELLS = 4
#: A shorter text at the beginning of a title is no name.
_SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Foot:
    """Where the body of the plan ends, the month printed under it, the name above that month."""

    end: int
    dated: str | None = None
    signed: str = ""


def is_signature(text: str) -> bool:
    """
    Tell whether a text can stand under a plan: a body's name, a month, both, or a page's date.

    >>> is_signature("2023年12月"), is_signature("香港天文台"), is_signature("雨量")
    (True, True, False)
    """
    page_date = _WORDING.clutter.page_date.search(plain(text))
    return bool(read_lone_month(text)) or is_body(text) or page_date is not None or is_end_mark(text)


def is_end_mark(text: str) -> bool:
    """
    Tell whether a text only says that the plan ends.

    >>> is_end_mark("- End -"), is_end_mark("（完）"), is_end_mark("End date")
    (True, True, False)
    """
    return bool(_WORDING.signature.end.fullmatch(plain(text).strip()))


def drop_end_marks(document: Document, claims: Claims, blocks: Sequence[Block]) -> list[Block]:
    """
    Return the blocks without lines at the end that only say that the plan ends.

    Args:
        document: Where the blocks are.

        claims: Where they are claimed as notes.

        blocks: All blocks.
    """
    first = max(len(blocks) - _MOST_AT_END, 0)
    marks = [
        block for block in blocks[first:] if isinstance(block, Line) and is_end_mark(text_of_line(document, block))
    ]
    claim_lines(claims, marks, "note")
    return [block for place, block in enumerate(blocks) if place < first or block not in marks]


def read_late_month(document: Document, claims: Claims) -> str | None:
    """
    Return the month in the last lines that no row took, None if there is none.

    Args:
        document: A document whose rows were read.

        claims: Where the month, and a body's name above it, are claimed as a note.
    """
    month: str | None = None
    for block in reversed(_drop_other_tables(document)[-_MOST_AT_END:]):
        spans = spans_of_block(block)
        if len(spans) != 1:
            break
        text = document.slice(spans[0])
        if not claims.is_free(spans[0]):
            if _WORDING.cells.page.fullmatch(plain(text).strip()) or is_end_mark(text):
                continue
            break
        stated = read_lone_month(text) if "/" not in text else None
        if not (stated and not month) and not (month and is_body(text)):
            break
        claims.add(spans, "note")
        if month:
            break
        month = stated
    return month


def _drop_other_tables(document: Document) -> Sequence[Block]:
    """Return the blocks of a document without tables at its end that are of persons, versions or figures."""
    blocks = document.blocks
    while blocks and isinstance(blocks[-1], Row):
        last = range(max(len(blocks) - _MOST_ROWS_OF_OTHERS, 0), len(blocks))
        start = next((place for place in reversed(last) if _is_other_header(document, blocks[place])), None)
        if start is not None and not all(isinstance(block, Row) for block in blocks[start:]):
            break
        if start is None:
            break
        blocks = blocks[:start]
    return blocks


def _is_other_header(document: Document, block: Block) -> bool:
    """Tell whether a block is the header of a table of other things than datasets."""
    return isinstance(block, Row) and is_other_header(texts_of(document, block))


def read_foot(document: Document, blocks: Sequence[Block], first: int, claims: Claims, after: int = 0) -> Foot:
    """
    Return where the body of a plan ends, the month printed under it and the name above that.

    Args:
        document: Where the blocks are.

        blocks: All blocks.

        first: Where the first section begins.

        claims: Where the signature is claimed as a note, the foot of a web page as furniture.

        after: Where the last section begins; a signature that is not at the very end stands below it.
    """
    end = _find_end_of_page(document, blocks, first)
    claim_lines(claims, blocks[end:], "furniture")
    if end - 1 < first or not isinstance(blocks[end - 1], Line):
        return Foot(end)
    below = _read_persons(document, blocks[:end], first) or _read_torn_month(document, blocks[:end], first)
    if below:
        claim_lines(claims, blocks[below.end : end], "note")
        return below
    rows = [i for i in range(first, end) if isinstance(blocks[i], Row)]
    earliest = max(rows[-1], after) + 1 if rows else end
    for last in (end - 1, *range(earliest, end - 1)):
        foot = _read_signature(document, blocks, (first, last), end == len(blocks))
        if foot and (last == end - 1 or foot.signed):
            claim_lines(claims, blocks[foot.end : last + 1], "note")
            # What a page goes on with below the signature is not the plan's.
            claim_lines(claims, blocks[last + 1 : end], "furniture")
            return foot
    return _read_undated_foot(document, blocks, (first, end), claims)


def _read_signature(document: Document, blocks: Sequence[Block], ends: tuple[int, int], is_last: bool) -> Foot | None:
    """Return the foot of a plan that is signed with a month in a line, alone or behind a name; None if it is not."""
    first, last = ends
    text = write_years(plain(text_of_line(document, blocks[last])).strip().strip("()[]").strip())
    above = text_of_line(document, blocks[last - 1]).strip() if last > first else ""
    lines = [text_of_line(document, block) for block in blocks[:first]]
    opening = {fold(name) for line in lines for name in (line, body_name(line))} - {""}
    signed = bool(above) and (is_body(above) or fold(above) in opening)
    if not signed and _is_named(above, opening):
        # The last words of a row may begin a name, too: "companies" of the Companies Registry.
        signed = not _is_within_columns(blocks[last - 1], _find_left_of_rows(document, default=math.inf))
    noted = any(_WORDING.cells.note.match(plain(text_of_line(document, b)).strip()) for b in blocks[last - 3 : last])
    line = blocks[last]
    apart = isinstance(line, Line) and (line.apart or _stands_alone(document, line, blocks[last - 1]))
    alone = apart or noted or any(isinstance(block, Row) for block in blocks[first:last])
    alone = alone or (is_last and _is_written_once(document, blocks[first : last + 1]))
    for pattern in _DATES_AT_END:
        date = pattern.fullmatch(text)
        month = read_date(date["date"]).month if date else None
        if not date or not month:
            continue
        before = date["before"].strip()
        label = _WORDING.signature.label.fullmatch(date["before"]) if is_last else None
        name = before if before and (is_body(before) or _is_named(before, opening)) else ""
        written = "/" not in date["date"] and not before
        if label or name or (written and (signed or alone)):
            raw = text_of_line(document, line).strip()
            return Foot(last - 1 if signed else last, month, above if signed else raw[: len(before)] if name else "")
    return None


def _read_persons(document: Document, blocks: Sequence[Block], first: int) -> Foot | None:
    """Return the foot of a plan under which persons sign, with the month if all their dates are of one; else None."""
    lasting = range(max(first + 1, len(blocks) - _MOST_AT_END), len(blocks))
    texts = {index: write_years(plain(text_of_line(document, blocks[index]))).strip() for index in lasting}
    start = next((index for index, text in texts.items() if _WORDING.signature.person.match(text)), None)
    if start is None or any(isinstance(block, Row) for block in blocks[start:]):
        return None
    signed = [text for index, text in texts.items() if index >= start]
    stated = [match[0] for text in signed for date in _WORDING.signature.date for match in date.finditer(text)]
    months = {read_date(text).month for text in stated} - {None}
    return Foot(start, months.pop() if len(months) == 1 else None)


def _read_torn_month(document: Document, blocks: Sequence[Block], first: int) -> Foot | None:
    """Return the foot of a plan whose month stands in two lines, the ideographs above their figures; else None."""
    lines = [block for block in blocks[max(first + 1, len(blocks) - 2) :] if isinstance(block, Line)]
    texts = [plain(text_of_line(document, line)).strip() for line in lines]
    if len(texts) < 2 or not _WORDING.signature.torn.fullmatch(texts[0]):
        return None
    month = read_date(" ".join(texts)).month
    return Foot(len(blocks) - 2, month) if month else None


def _is_named(name: str, opening: Set[str]) -> bool:
    """Tell whether a name is a line at the head of the plan, or one of them begins with it."""
    folded = fold(name)
    return folded in opening or (len(folded) >= _SHORTEST_NAME and any(line.startswith(folded) for line in opening))


def _is_written_once(document: Document, blocks: Sequence[Block]) -> bool:
    """
    Tell whether the last line gives a month as no cell does: the dates of rows look different.

    A month inside a sentence does not count, nor do a few cells among many that give dates in figures.
    """
    *lines, last = (write_years(plain(text_of_line(document, block))) for block in blocks)
    patterns = [date.pattern for date in _WORDING.signature.date if re.fullmatch(date.pattern, last.strip())]
    cells = [re.compile(rf"(?<!\S)(?:{pattern})(?=[\s(]|$)") for pattern in patterns]
    alike = sum(any(cell.search(line) for cell in cells) for line in lines)
    in_figures = sum(bool(_MONTH_IN_FIGURES.search(line)) for line in lines) if alike else 0
    return bool(lines) and _FEW * alike <= in_figures


def _stands_alone(document: Document, line: Line, above: Block) -> bool:
    """Tell whether a line begins at the margin although it is no row, or whether something was dropped before it."""
    if isinstance(above, Line) and line.span.line > above.span.line + 1 and not document.places:
        return True
    return len(line.runs) == 1 and line.runs[0].left <= _find_left_of_rows(document, default=-math.inf)


def _read_undated_foot(document: Document, blocks: Sequence[Block], ends: tuple[int, int], claims: Claims) -> Foot:
    """Return the foot of a plan that ends with a body's name after its last row, or with nothing."""
    first, end = ends
    raw = text_of_line(document, blocks[end - 1]).strip()
    if end - 2 >= first and isinstance(blocks[end - 2], Row) and is_body(raw):
        claim_lines(claims, blocks[end - 1 : end], "note")
        return Foot(end - 1, None, raw)
    return Foot(end)


def _find_end_of_page(document: Document, blocks: Sequence[Block], first: int) -> int:
    """Return where the foot of a web page begins: at the first line after the last row that is plainly part of one."""
    left = _find_left_of_rows(document, default=math.inf)
    tail = max((i for i, block in enumerate(blocks) if isinstance(block, Row)), default=-1)
    if tail < first:
        tail = len(blocks) - 1
        while tail > first and _is_foot(document, blocks[tail], left):
            tail -= 1
    for index in range(tail + 1, len(blocks)):
        if _is_foot(document, blocks[index], left):
            return index
    return len(blocks)


def _is_foot(document: Document, block: Block, left: float) -> bool:
    """Tell whether a line is part of the foot of a web page, by its words and by where rows begin."""
    text = text_of_line(document, block)
    page_date = _WORDING.clutter.page_date.search(plain(text))
    is_row = isinstance(block, Line) and len(block.runs) >= _FEWEST_CELLS
    is_like = bool(text) and not is_none(text) and (is_clutter(text) or (page_date is not None and not is_row))
    return is_like and not _is_within_columns(block, left)


def _is_within_columns(block: Block, left: float) -> bool:
    """Tell whether a line follows another without a gap, farther to the right than rows begin: it is of their last."""
    if not isinstance(block, Line) or not block.runs or block.apart:
        return False
    return block.runs[0].left > left + 1


def _find_left_of_rows(document: Document, default: float) -> float:
    """Return how far to the left lines begin that have several pieces beside one another, a default if none has."""
    lines = (block for block in document.blocks if isinstance(block, Line) and len(block.runs) > 1)
    return min((line.runs[0].left for line in lines), default=default)
