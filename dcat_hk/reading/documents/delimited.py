"""
Cells between delimiters (CSV, TSV and their like) -> `Document`.

In: bytes. Out: a `Document` whose lines are the paragraphs of the cells, each with the line of the file it begins in.
Quotes and delimiters say where a cell ends, as tags do in a web page: they are no text and are in no line, so that a
sheet gives the same lines as XLSX and as CSV. Told from text with tabs or commas by the cells that come out.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from ...core.errors import Finding
from ...core.limits import Budget
from ...core.place import Place
from .cells import SheetRow, Sheets, count_labels
from .document import Document
from .plaintext import decode

_SIGNS = ",;|\t"
#: Excel's own first line that names the delimiter.
_STATED = re.compile(r"sep=(.)(?:\r\n|\r|\n)")
_LINE_END = re.compile(r"\r\n|\r|\n")
#: How many records, and how many characters of them, are looked at to find the delimiter.
_LOOKED_AT, _LOOKED_INTO = 200, 65_536
_FEWEST_CELLS = 3
_FEWEST_ROWS = 5
#: Which part of the records must have one number of cells if no label of a plan's columns is among them.
_SHARE = 0.9
#: What stands for the end of a cell whose quote is never closed.
_NEVER = -2
#: What a cell holds that a spreadsheet puts in quotes.
_IN_NEED = re.compile(r'[,\t\r\n"]')


class DelimitedRecord(NamedTuple):
    """The cells of one record, the line it begins in, whether a quote is never closed, whether quotes were needed."""

    line: int
    cells: list[str]
    unclosed: bool
    quoted: bool


def read_delimited(data: bytes, name: str, budget: Budget) -> Document:
    """
    Return a file of delimited cells as a document.

    Args:
        data: The file's bytes, in any encoding that text is read in.

        name: What to call it.

        budget: What reading it may still cost.

    Raises:
        NotAPlan: The bytes are no text, or there is too much of it.

    >>> data = 'no.,name,date\\n1,"Crime, by\\nyear",10/2016\\n'.encode()
    >>> document = read_delimited(data, "plan.csv", Budget("plan.csv"))
    >>> document.lines, document.places[-1]
    (('no.', 'name', 'date', '1', 'Crime, by', 'year', '10/2016'), 'line 2')

    Spec: RFC 4180, section 2.
    """
    text, findings = decode(data, name)
    budget.check("characters", len(text))
    sign = find_delimiter(text) or ","
    stated = _STATED.match(text)
    rows: list[SheetRow] = []
    cells = 0
    for record in split_records(text[stated.end() :] if stated else text, sign):
        place = f"line {record.line + bool(stated)}"
        cells += len(record.cells)
        budget.check("cells", cells)
        budget.check("cell", max(map(len, record.cells)))
        rows.append(SheetRow(place, {n: cell for n, cell in enumerate(record.cells, 1) if cell.strip()}))
        if record.unclosed:
            findings.append(Finding("unclosed-quote", name, Place(record.line, record.line, place, place)))
    sheets = Sheets(budget)
    sheets.add(rows)
    return sheets.document(name, hashlib.sha256(data).hexdigest(), findings)


def find_delimiter(text: str) -> str | None:
    """
    Return the sign that stands between the cells of a text, None if it has no cells or is text with tabs.

    Text from Word and PDF has tabs between the cells of rows and lines of running text without: that is text. A
    spreadsheet's own export with tabs gives every line as many, or has quotes around a cell with a line break.

    Args:
        text: The decoded file.

    >>> find_delimiter("no.,dataset,release date\\n1,a,10/2016\\n"), find_delimiter("One, two, three.\\nFour, five.\\n")
    (',', None)
    """
    stated = _STATED.match(text)
    if stated:
        return stated[1]
    return _choose_delimiter(text[:_LOOKED_INTO], tuple(sign for sign in _SIGNS if sign in text))


@lru_cache(maxsize=4)
def _choose_delimiter(start: str, signs: Sequence[str]) -> str | None:
    """Return which of some signs stands between the cells of a text; telling its kind and reading it ask the same."""
    best: tuple[int, float, str] | None = None
    for sign in signs:
        sample = _sample(start, sign)
        records = [record.cells for record in sample]
        labels, share = _labels_in(records), _evenness(records)
        exported = any(record.quoted and len(record.cells) >= _FEWEST_CELLS for record in sample)
        if sign == "\t" and not (exported or _is_padded(records)):
            continue
        if (labels or share >= _SHARE) and (best is None or (labels, share, sign) > best):
            best = labels, share, sign
    return best[2] if best else None


# ---- what cells look like


def _sample(start: str, sign: str) -> list[DelimitedRecord]:
    """Return the first records, without blank ones."""
    records = islice(split_records(start, sign), _LOOKED_AT)
    return [record for record in records if any(cell.strip() for cell in record.cells)]


def _labels_in(records: Sequence[Sequence[str]]) -> int:
    """Return how many labels of columns the record with the most has, if it has three or heads a row of its width."""
    header = max(records, key=count_labels, default=())
    labels = count_labels(header)
    heads = any(len(cells) == len(header) and not count_labels(cells) for cells in records)
    return labels if labels >= _FEWEST_CELLS or heads else 0


def _evenness(records: Sequence[Sequence[str]]) -> float:
    """
    Return which part of the records have one number of cells that is no accident, 0 if none is.

    Headings and sentences between tables are one cell each: where most records have many cells, they do not count.
    """
    counts = Counter(len(cells) for cells in records)
    several = Counter({count: times for count, times in counts.items() if count > 1})
    if several.total() * 2 > len(records) and max(several, key=several.__getitem__) > _FEWEST_CELLS:
        counts = several
    count, times = counts.most_common(1)[0] if counts else (0, 0)
    return times / counts.total() if count >= _FEWEST_CELLS and times >= _FEWEST_ROWS else 0.0


def _is_padded(records: Sequence[Sequence[str]]) -> bool:
    """Tell whether every record, the first with it, has as many cells as the others."""
    counts = Counter(len(cells) for cells in records)
    return len(counts) == 1 and min(counts) >= _FEWEST_CELLS and len(records) > 1


# ---- records


def split_records(text: str, sign: str) -> Iterator[DelimitedRecord]:
    """
    Yield the records of a text: cells between delimiters, in quotes where they hold one or a line break.

    Quotes around only part of a cell, and one that is never closed, are characters of the cell.

    Args:
        text: The decoded file.

        sign: What stands between cells.

    >>> [record.cells for record in split_records('1,"a ""b"", c"\\n2,"a" b,"c', ",")]
    [['1', 'a "b", c'], ['2', '"a" b', '"c']]

    Spec: RFC 4180, section 2.
    """
    stop = re.compile(rf"{re.escape(sign)}|\r\n|\r|\n")
    position, line, hopeless = 0, 1, False
    while position < len(text):
        cells: list[str] = []
        first, unclosed, quoted = line, False, False
        while True:
            end = _end_of_quoted(text, position) if not hopeless and text.startswith('"', position) else -1
            if end >= 0 and (end == len(text) or stop.match(text, end)):
                cell = text[position + 1 : end - 1].replace('""', '"')
                line += sum(1 for _match in _LINE_END.finditer(cell))
                quoted = quoted or bool(_IN_NEED.search(cell))
                separator = stop.match(text, end)
            else:
                unclosed = unclosed or end == _NEVER
                hopeless = hopeless or end == _NEVER
                separator = stop.search(text, position)
                cell = text[position : separator.start() if separator else len(text)]
            cells.append(cell)
            position = separator.end() if separator else len(text)
            if not separator or separator[0] != sign:
                break
        line += 1
        yield DelimitedRecord(first, cells, unclosed, quoted)


def _end_of_quoted(text: str, start: int) -> int:
    """Return where the quoted cell that begins at a position ends, behind its last quote; -2 if it never ends."""
    position = start + 1
    while (position := text.find('"', position)) >= 0:
        if not text.startswith('""', position):
            return position + 1
        position += 2
    return _NEVER
