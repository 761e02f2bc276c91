"""
Plain text -> `Document`: decoding, lines, rows of tab-separated cells.

In: bytes. Out: a `Document`. Refuses other kinds of file by name, and bytes in no encoding that fits.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator

from ..errors import Finding, NotAPlan
from ..text import plain
from ..vocabularies import wording
from .document import Block, Document, Line, Row, Span

#: First bytes of files that are no plain text, and what to call them.
_KINDS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word, Excel or ZIP file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"{\\rtf": "an RTF file",
}
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|\?xml)", re.IGNORECASE)
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


def read_text(data: bytes, name: str) -> Document:
    """
    Return a text file as a document.

    Args:
        data: The file's bytes: UTF-8, or UTF-16, Big5 or GB18030 if they decode cleanly.

        name: What to call it.

    Raises:
        NotAPlan: The bytes are no text.

    >>> document = read_text("編號\\t名稱\\t日期\\n1\\t罪案\\t10/2016".encode(), "plan.txt")
    >>> [len(block.cells) for block in document.blocks]
    [3, 3]
    """
    text, findings = _decode(data, name)
    lines = tuple(_LINE_END.split(text))
    digest = hashlib.sha256(data).hexdigest()
    return Document(name, digest, lines, tuple(_blocks(lines)), tuple(findings))


def _decode(data: bytes, name: str) -> tuple[str, list[Finding]]:
    """Return the text that bytes encode, and what there is to say about how."""
    _refuse_other_kinds(data, name)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, name), []
    try:
        text, cut = _utf8(data)
    except UnicodeDecodeError:
        return _guess(data, name)
    if "\0" in text:
        return _guess(data, name)
    return text, [Finding("truncated-file", name)] if cut else []


def _refuse_other_kinds(data: bytes, name: str) -> None:
    """Raise for what is recognised as something else than text."""
    if not data.strip():
        raise NotAPlan("The file is empty.", name, "Give a file with the text of a plan.")
    for mark, kind in _KINDS.items():
        if data.startswith(mark):
            raise NotAPlan(f"This is {kind}.", name, "Save it as text (UTF-8) and give that file.")
    if _HTML.match(data):
        raise NotAPlan("This is a web page.", name, "Save it as text (UTF-8) and give that file.")


def _utf8(data: bytes) -> tuple[str, bool]:
    """Return UTF-8 text and whether its last character was cut off."""
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start >= len(data) - 3:
            return data[: error.start].decode("utf-8"), True
        raise


def _strictly(data: bytes, encoding: str, name: str) -> str:
    """Return text in the encoding that its first bytes announce."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotAPlan(
            f"The file announces {encoding.upper()} but byte {error.start} does not fit.", name, "Save it as UTF-8."
        ) from error


def _guess(data: bytes, name: str) -> tuple[str, list[Finding]]:
    """Return text in the unannounced encoding in which it speaks of open data plans most."""
    marks = re.compile(wording()["title"]["marks"])
    best, text, encoding = 0, "", ""
    for candidate in _UNMARKED:
        try:
            decoded = data.decode(candidate)
        except UnicodeDecodeError:
            continue
        found = len(marks.findall(plain(decoded))) if "\0" not in decoded else 0
        if found > best:
            best, text, encoding = found, decoded, candidate
    if not best:
        raise NotAPlan(
            "The bytes are no text in UTF-8, UTF-16, Big5 or GB18030.", name, "Save the plan as text (UTF-8)."
        )
    return text, [Finding("guessed-encoding", name, None, {"encoding": encoding.upper()})]


def _blocks(lines: tuple[str, ...]) -> Iterator[Block]:
    """Yield the rows and the lines of running text."""
    index, apart, columns = 0, True, 0
    while index < len(lines):
        if not lines[index].strip():
            index, apart, columns = index + 1, True, 0
            continue
        count = _lines_of_row(lines, index, columns)
        if count:
            row = Row(_cells(lines, index, count), apart)
            yield row
            columns = max(columns, len(row.cells))
        else:
            yield Line(_trimmed(lines[index], index, 0, len(lines[index])), apart)
        index, apart = index + max(count, 1), False


def _lines_of_row(lines: tuple[str, ...], index: int, columns: int) -> int:
    """
    Return over how many lines a row goes on that starts here, 0 if none does.

    A row with fewer cells than the row above goes on if the next lines complete it exactly.
    """
    cells = lines[index].count("\t") + 1
    if cells >= columns:
        return 1 if cells >= _FEWEST_CELLS else 0
    for count, line in enumerate(lines[index + 1 :], 2):
        cells += line.count("\t")
        if not line.strip() or cells > columns:
            break
        if cells == columns:
            return count
    return 1 if lines[index].count("\t") + 1 >= _FEWEST_CELLS else 0


def _cells(lines: tuple[str, ...], index: int, count: int) -> tuple[tuple[Span, ...], ...]:
    """Return the cells of a row that goes over some lines."""
    cells: list[list[Span]] = []
    for number in range(index, index + count):
        start = 0
        for position, text in enumerate(lines[number].split("\t")):
            span = _trimmed(lines[number], number, start, start + len(text))
            if position == 0 and cells:
                cells[-1].append(span)
            else:
                cells.append([span])
            start += len(text) + 1
    return tuple(tuple(span for span in cell if span.end > span.start) for cell in cells)


def _trimmed(line: str, number: int, start: int, end: int) -> Span:
    """Return a span without the white space around it."""
    text = line[start:end]
    left = len(text) - len(text.lstrip())
    return Span(number, start + left, max(start + left, start + len(text.rstrip())))
