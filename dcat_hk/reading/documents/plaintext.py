"""
Plain text -> `Document`: decoding, lines, rows of tab-separated cells.

In: bytes. Out: a `Document`. Refuses other kinds of file by name, and bytes in no encoding that fits.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ...core.errors import Finding, NotAPlan
from ...core.limits import Budget
from ...core.text import plain, width
from .document import Block, Document, Fragment, Line, Row, Run, Span

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Encodings of Chinese text that do not announce themselves.
_UNMARKED = ("big5hkscs", "gb18030", "utf-16-le", "utf-16-be")
_LINE_END = re.compile(r"\r\n|\r|\n")
#: A line with this many cells is a row.
_FEWEST_CELLS = 3
#: What stands by itself in text that was laid out with blanks: words with single blanks between them.
_RUN = re.compile(r"\S+(?:[^\S\f]\S+)*")
#: More than two blanks: tools that write one cell behind the other leave at most two between words.
_GAP = re.compile(r"\S[^\S\f]{3,}\S")
#: A text is laid out if this many lines have at least three runs.
_LAID_OUT = 2


def read_text(data: bytes, name: str, budget: Budget) -> Document:
    """
    Return a text file as a document.

    Args:
        data: The file's bytes: UTF-8, or UTF-16, Big5 or GB18030 if they decode cleanly.

        name: What to call it.

        budget: What reading it may still cost.

    Raises:
        NotAPlan: The bytes are no text.

    >>> from dcat_hk.core.limits import Limits
    >>> budget = Budget("plan.txt", Limits())
    >>> document = read_text("編號\\t名稱\\t日期\\n1\\t罪案\\t10/2016".encode(), "plan.txt", budget)
    >>> [len(block.cells) for block in document.blocks]
    [3, 3]
    """
    text, findings = decode(data, name)
    lines = tuple(split_lines(text, budget))
    digest = hashlib.sha256(data).hexdigest()
    blocks = tuple(_find_blocks(lines))
    return Document(name, digest, lines, tuple(_place_runs(lines, blocks)), tuple(findings))


def split_lines(text: str, budget: Budget) -> list[str]:
    """
    Return the lines of a text.

    Args:
        text: The decoded file.

        budget: How long it may be, how many lines it may have, and how long one may be.

    Raises:
        NotAPlan: There is too much of it.

    >>> split_lines("a\\r\\nb", Budget("plan.txt"))
    ['a', 'b']
    """
    budget.check("characters", len(text))
    # Counted before they are made: a line takes many times the memory of its characters.
    budget.check("lines", text.count("\n") + text.count("\r") - text.count("\r\n") + 1)
    lines = _LINE_END.split(text)
    budget.check("cell", max(map(len, lines)))
    return lines


def decode(data: bytes, name: str) -> tuple[str, list[Finding]]:
    """
    Return the text that bytes encode, and what there is to say about how.

    Args:
        data: UTF-8, or UTF-16, Big5 or GB18030 if they decode cleanly.

        name: What to call the file.

    Raises:
        NotAPlan: The bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_strictly(data, encoding, name), []
    try:
        text, cut = _utf8(data)
    except UnicodeDecodeError:
        return _guess_encoding(data, name)
    if "\0" in text:
        return _guess_encoding(data, name)
    return text, [Finding("truncated-file", name)] if cut else []


def _utf8(data: bytes) -> tuple[str, bool]:
    """Return UTF-8 text and whether its last character was cut off."""
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start >= len(data) - 3:
            return data[: error.start].decode("utf-8"), True
        raise


def _decode_strictly(data: bytes, encoding: str, name: str) -> str:
    """Return text in the encoding that its first bytes announce."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotAPlan.of("documents.text-marked", name, encoding=encoding.upper(), byte=error.start) from error


def _guess_encoding(data: bytes, name: str) -> tuple[str, list[Finding]]:
    """Return text in the unannounced encoding in which it speaks of open data plans most."""
    # How plans are worded takes long to load, and few files need it: most are in UTF-8, or were read before.
    from ...core.wording.plans import load_plan_wording

    plan_words = load_plan_wording().title.marks
    best, text, encoding = 0, "", ""
    for candidate in _UNMARKED:
        try:
            decoded = data.decode(candidate)
        except UnicodeDecodeError:
            continue
        count = len(plan_words.findall(plain(decoded))) if "\0" not in decoded else 0
        if count > best:
            best, text, encoding = count, decoded, candidate
    if not best:
        raise NotAPlan.of("documents.text-encoding", name)
    return text, [Finding("guessed-encoding", name, None, {"encoding": encoding.upper()})]


def _find_blocks(lines: tuple[str, ...]) -> Iterator[Block]:
    """Yield the rows and the lines of running text."""
    index, apart, columns = 0, True, 0
    while index < len(lines):
        if not lines[index].strip():
            index, apart, columns = index + 1, True, 0
            continue
        count = _count_lines_of_row(lines, index, columns)
        if count:
            row = Row(_find_cells(lines, index, count), apart)
            yield row
            columns = max(columns, len(row.cells))
        else:
            yield Line(_trim(lines[index], index, 0, len(lines[index])), apart)
        index, apart = index + max(count, 1), False


def _place_runs(lines: tuple[str, ...], blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield the blocks; if the text was laid out with blanks, its lines say where their runs stand."""
    running = [block for block in blocks if isinstance(block, Line)]
    texts = [lines[line.span.line].replace("\t", " ") for line in running]
    wide = sum(1 for text in texts if len(_RUN.findall(text)) >= _FEWEST_CELLS and _GAP.search(text))
    if wide < _LAID_OUT or len(running) < len(blocks):
        yield from blocks
        return
    # Whoever lays text out by hand or for a terminal gives an ideograph two columns, tools for PDF files give it one.
    by_width = _count_alike(texts, width) > _count_alike(texts, len)
    measure: Callable[[str], int] = width if by_width else len
    page, first, next_line = 1, 0, 0
    for block in blocks:
        for number in range(next_line, block.span.line + 1) if isinstance(block, Line) else ():
            breaks = lines[number].count("\f")
            page, first = (page + breaks, number) if breaks else (page, first)
        if isinstance(block, Line):
            next_line = block.span.line + 1
            runs = _find_runs(lines, block.span, measure)
            yield block._replace(runs=runs, top=float(block.span.line - first), page=page)


def _count_alike(texts: Sequence[str], measure: Callable[[str], int]) -> int:
    """Return how well runs behind the first of their lines begin below one another: the more at a place, the better."""
    starts = Counter[int]()
    for text in texts:
        end = text.rfind("\f") + 1
        place = 0
        for number, match in enumerate(_RUN.finditer(text, end)):
            place += measure(text[end : match.start()])
            starts[place] += 1 if number else 0
            end, place = match.end(), place + measure(match[0])
    return sum(count * count for count in starts.values())


def _find_runs(lines: tuple[str, ...], span: Span, measure: Callable[[str], int]) -> tuple[Run, ...]:
    """Return the runs of a line, which begin as many columns from the left as the text before them takes."""
    text = lines[span.line]
    origin = text.rfind("\f", 0, span.start) + 1
    runs: list[Run] = []
    end, right = origin, 0
    for match in _RUN.finditer(text, span.start, span.end):
        left = right + measure(text[end : match.start()])
        end = match.end()
        right = left + measure(match[0])
        runs.append(Run(Span(span.line, match.start(), end), left, right))
    return tuple(runs)


def _count_lines_of_row(lines: tuple[str, ...], index: int, columns: int) -> int:
    """
    Return over how many lines a row goes on that starts here, 0 if none does.

    A row with fewer cells than the row above goes on if the next lines complete it exactly.
    """
    cells = lines[index].count("\t") + 1
    if cells >= columns:
        return 1 if cells >= _FEWEST_CELLS else 0
    for count, line in enumerate(lines[index + 1 :], 2):
        cells += line.count("\t")
        # A line that is a whole row by itself is not the rest of another one.
        if not line.strip() or cells > columns or line.count("\t") + 1 == columns:
            break
        if cells == columns:
            return count
    return 1 if lines[index].count("\t") + 1 >= _FEWEST_CELLS else 0


def _find_cells(lines: tuple[str, ...], index: int, count: int) -> tuple[tuple[Fragment, ...], ...]:
    """Return the cells of a row that goes over some lines."""
    cells: list[list[Span]] = []
    for number in range(index, index + count):
        start = 0
        for position, text in enumerate(lines[number].split("\t")):
            span = _trim(lines[number], number, start, start + len(text))
            if position == 0 and cells:
                cells[-1].append(span)
            else:
                cells.append([span])
            start += len(text) + 1
    return tuple(tuple(Fragment(span) for span in cell if span.end > span.start) for cell in cells)


def _trim(line: str, number: int, start: int, end: int) -> Span:
    """Return a span without the white space around it."""
    text = line[start:end]
    left = len(text) - len(text.lstrip())
    return Span(number, start + left, max(start + left, start + len(text.rstrip())))
