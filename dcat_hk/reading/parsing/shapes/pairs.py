"""
Labels with their values: rows with a label on the left, lines such as "Label: value", terms of a definition list.

In: a block. Out: the pairs of label and value in it. It knows nothing of records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from ....core.text import fold, plain
from ....core.wording.plans import load_plan_wording
from ...documents import Block, Document, Fragment, Line, Row, Span
from ...recognisers.headers import can_begin, columns_of_cell, header_of_row
from ..ledger import text_of, texts_of
from ..rows import Text
from .pieces import cut_cell, text_of_cell

_CELLS = load_plan_wording().cells
#: A longer text is no label.
_LONGEST = 60
_LONGEST_UNKNOWN = 30
_BLANK = re.compile(r"\s")
#: A label that one blank parts from its value has no more blanks than this in it.
_MOST_BLANKS = 5
#: What one blank at most, and no tab, stands in.
_NO_GAP = re.compile(r"\S+(?:[^\S\t]\S+)*")
#: What stands before a label inside a line, and which single signs part more than a blank does.
_GAP = re.compile(r"\s*[;\uff1b|]\s*|\s+")
_WIDE_GAPS = frozenset("\t\u3000;\uff1b|")
#: English labels of these columns need no gap before them if they begin with a capital letter.
_TELLING = frozenset(column.name for column in load_plan_wording().columns if column.telling)
#: The number of a dataset before the label of its name.
_NUMBERED = re.compile(r"[(\[]?(?P<number>\d{1,3})\s*[.\u3001)\]]+\s*(?=\D)")


class Pair(NamedTuple):
    """
    A label and its value.

    `columns` is empty for a label that is not known; `alone` if the label has a line of its own, the value the next, or
    if no more than one blank stands between them.
    """

    columns: tuple[str, ...]
    label: Text
    value: Text
    alone: bool = False

    def key(self, document: Document) -> str:
        """Return what tells this label from others."""
        return fold(text_of(document, self.label))


def pairs_of(document: Document, block: Block) -> list[Pair]:
    """
    Return the labels in a block, each with its value, which may be empty; none if the block does not begin with one.

    Args:
        document: Where the block is.

        block: A row or a line.
    """
    return list(_pairs_of_row(document, block) if isinstance(block, Row) else _pairs_of_line(document, block))


def columns_of_label(document: Document, cell: Text) -> tuple[str, ...]:
    """Return the columns that a text names if it is a label, with or without a colon behind it."""
    text = text_of(document, cell).strip()
    return _columns_of_text(text) if len(text) <= _LONGEST else ()


@lru_cache(maxsize=4096)
def _columns_of_text(text: str) -> tuple[str, ...]:
    """Return the columns that a short text names if it is a label."""
    if _CELLS.record_heading.fullmatch(plain(text)):
        return ()
    return columns_of_cell(text.rstrip(":\uff1a \u3000"))


def _pairs_of_row(document: Document, row: Row) -> Iterator[Pair]:
    """Yield the pairs in a row of cells: label, value, label, value; or a label and a value in each cell."""
    filled = [cell for cell in row.cells if cell]
    # The first cell is asked first: most rows do not begin with a label.
    if not filled or not (_split_label(document, filled[0]) or columns_of_label(document, filled[0])):
        return
    if header_of_row(texts_of(document, row)):
        return
    labelled = list(takewhile(bool, (_split_label(document, cell) for cell in filled)))
    if len(labelled) == len(filled) > 1:
        yield from (pair for pair in labelled if pair)
        return
    if not columns_of_label(document, filled[0]):
        return
    columns = [columns_of_label(document, cell) for cell in filled]
    if sum(1 for names in columns if names) * 2 > len(filled) + 1:
        return
    label: Text = filled[0]
    value: Text = ()
    for cell, names in zip(filled[1:], columns[1:], strict=True):
        if names and value:
            yield Pair(columns_of_label(document, label), label, value)
            label, value = cell, ()
        else:
            value = (*value, *cell)
    yield Pair(columns_of_label(document, label), label, value)


def _pairs_of_line(document: Document, line: Line) -> Iterator[Pair]:
    """Yield the pair in a line: a label and a value after a colon or a gap, or a label alone."""
    whole = (Fragment(line.span, line.apart),)
    pairs = _split_labels(document, whole) or _split_numbered(document, whole)
    if pairs and pairs[-1].value:
        yield from pairs
        return
    parts = _split_at_gaps(document, line)
    if len(parts) == 2:
        label, value = ((Fragment(part),) for part in parts)
        columns = columns_of_label(document, label)
        if columns and not columns_of_label(document, value):
            yield Pair(columns, label, value)
            return
    columns = columns_of_label(document, whole)
    close = _split_at_blank(document, whole) if len(parts) == 1 else None
    if close and (len(columns) != 1 or close.columns == columns == ("number",)):
        yield close
    elif len(columns) == 1:
        yield Pair(columns, whole, (), True)


def _split_labels(document: Document, line: Text) -> list[Pair]:
    """Return the pairs of a line that begins with a label and a colon: one, or several with a gap before each label."""
    text = document.slice(line[0].span)
    if not find_colon(text):
        return []
    cuts = [(0, 0), *_find_labels(text), (len(text), len(text))]
    cells = [cut_cell(document, line, [(start, end)]) for (_, start), (end, _) in pairwise(cuts)]
    pairs = [pair for cell in cells if (pair := _split_label(document, cell))]
    if len(cells) == 1:
        return pairs
    return pairs if len(pairs) == len(cells) and all(pair.value for pair in pairs) else []


def _find_labels(text: str) -> Iterator[tuple[int, int]]:
    """Yield the gaps before known labels with a colon inside a line; of ideographs, a blank is a gap."""
    folded = plain(text)
    for colon in [place for place, sign in enumerate(folded) if sign == ":"][1:]:
        before = text[max(0, colon - _LONGEST) : colon]
        for gap in _GAP.finditer(before):
            label = before[gap.end() :]
            columns = columns_of_cell(label)
            is_wide = len(gap[0]) > 1 or gap[0] in _WIDE_GAPS or not label.isascii()
            if len(columns) == 1 and (is_wide or (label[:1].isupper() and columns[0] in _TELLING)):
                yield colon - len(before) + gap.start(), colon - len(label)
                break


def _split_numbered(document: Document, line: Text) -> list[Pair]:
    """Return number and name of a dataset in a line such as "1. Dataset: Rainfall", nothing if it is none."""
    text = document.slice(line[0].span)
    match = _NUMBERED.match(plain(text))
    if not match:
        return []
    number = cut_cell(document, line, [(0, match.end())])
    pair = _split_label(document, cut_cell(document, line, [(match.end(), len(text))]))
    if not pair or pair.columns != ("title",) or not pair.value:
        return []
    return [Pair(("number",), (), number), pair]


def _split_at_blank(document: Document, line: Text) -> Pair | None:
    """
    Return the Chinese label and the value that one blank parts; None if a line begins with no label, or with several.

    An English label can be the first word of any sentence.
    """
    text = document.slice(line[0].span)
    if text[:1].isascii() or not can_begin(text) or _CELLS.record_heading.fullmatch(plain(text)):
        return None
    for blank in list(_BLANK.finditer(text))[_MOST_BLANKS::-1]:
        label, value = (cut_cell(document, line, [part]) for part in ((0, blank.start()), (blank.end(), len(text))))
        columns = columns_of_cell(text[: blank.start()])
        if len(columns) != 1 or not value:
            continue
        # Behind a label that is followed by another one a header goes on.
        is_header = header_of_row(text.split()) or columns_of_cell(text[blank.end() :].split(" ")[0])
        return None if is_header else Pair(columns, label, value, True)
    return None


def split_unknown(document: Document, line: Line) -> Pair | None:
    """
    Return what may be a label that is not known, and its value, in a line between labels that are.

    Args:
        document: Where the line is.

        line: A line inside of a record.
    """
    parts = _split_at_gaps(document, line)
    if len(parts) == 2:
        # A number or a bullet before a text is no label of it.
        is_label = any(map(str.isalpha, document.slice(parts[0])))
        return Pair((), (Fragment(parts[0]),), (Fragment(parts[1]),)) if is_label else None
    text = document.slice(line.span)
    colon = find_colon(text)
    if not 0 < colon <= _LONGEST_UNKNOWN or text[colon + 1 :].startswith("//"):
        return None
    whole = (Fragment(line.span),)
    label, value = (cut_cell(document, whole, [part]) for part in ((0, colon + 1), (colon + 1, len(text))))
    return Pair((), label, value) if value else None


def _split_at_gaps(document: Document, line: Line) -> list[Span]:
    """Return the stretches of a line that space on the page, or more than one blank, parts."""
    if line.runs:
        return [run.span for run in line.runs]
    stretches = _NO_GAP.finditer(document.slice(line.span))
    start = line.span.start
    return [line.span._replace(start=start + match.start(), end=start + match.end()) for match in stretches]


def _split_label(document: Document, cell: Text) -> Pair | None:
    """Return the label and the value that a colon parts, None if what stands before the colon is no known label."""
    text = text_of_cell(document, cell)
    colon = find_colon(text)
    columns = columns_of_cell(text[:colon]) if colon else ()
    if not columns:
        return None
    label, value = (cut_cell(document, cell, [part]) for part in ((0, colon + 1), (colon + 1, len(text))))
    return Pair(columns, label, value)


def find_colon(text: str) -> int:
    """
    Return where the first colon in a text is, if what stands before it can be a label; else 0.

    >>> find_colon("Category: Transport"), find_colon("Transport")
    (8, 0)
    """
    colon = plain(text).find(":")
    return colon if colon > 0 and 0 < len(text[:colon].strip()) <= _LONGEST else 0
