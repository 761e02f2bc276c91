"""
What tells Markdown and web pages saved as one file from other text.

In: text or bytes. Out: yes or no, and the parts of a table's row. It reads nothing and needs no package from outside.
"""

from __future__ import annotations

import re

LINE_END = re.compile(r"\r\n|\r|\n")
#: A heading with strokes before it, as Markdown has them.
HEADING = re.compile(r"#(?:#{1,5}|(?=[ \t]))(?!#)[ \t]*(\S.*)?$")
_CELL_END = re.compile(r"(?<!\\)\|")
#: A row of strokes below the labels of a table: how it looks, and one of its cells.
_RULE_SIGNS = frozenset("|-: \t")
_RULE_CELL = re.compile(r":?-+:?")
#: A line above and below each row of a table that is drawn with crosses, bars and strokes.
_GRID_LINE = re.compile(r"\+(?:[-=:]+\+){2,}")
_HTML_TABLE = re.compile(r"[ \t]*<table\b", re.IGNORECASE)
_HTML_ROW = re.compile(r"<t[rdh]\b", re.IGNORECASE)
#: The header lines at the start of a message; a line that begins with a blank continues the one before it.
_HEADERS = re.compile(rb"\s*+((?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+)\r?\n")
_PAGE_TYPE = re.compile(
    rb"^content-type:\s*(?:multipart/(?:related|mixed|alternative)|text/html)\b", re.IGNORECASE | re.MULTILINE
)
#: What tells the header lines of a message from those of a text that has some by chance.
_MESSAGE = re.compile(rb"^(?:mime-version|snapshot-content-location):", re.IGNORECASE | re.MULTILINE)


# ---- Markdown


def is_markdown(text: str) -> bool:
    r"""
    Tell whether a text has a table as Markdown has them: with a row of strokes, drawn, or in HTML among lines of text.

    Args:
        text: The decoded file.

    >>> is_markdown("|no.|title|\n|---|---|\n|1|Crime|"), is_markdown("no.|title\n1|Crime")
    (True, False)
    """
    if has_drawn_table(text):
        return True
    return any(map(_HTML_TABLE.match, LINE_END.split(text))) and bool(_HTML_ROW.search(text))


def has_drawn_table(text: str) -> bool:
    r"""
    Tell whether a text has a table of bars: with a row of strokes, or drawn.

    Args:
        text: The decoded file.

    >>> has_drawn_table("|no.|title|\n|---|---|\n|1|Crime|"), has_drawn_table("<table><tr><td>1</table>")
    (True, False)
    """
    before = ""
    for line in LINE_END.split(text):
        if ("|" in before and count_ruled(line) > 1) or (line.strip().startswith("|") and is_grid_line(before)):
            return True
        before = line
    return False


def has_headings(text: str, fewest: int = 1) -> bool:
    r"""
    Tell whether lines of a text are headings as Markdown has them.

    Args:
        text: The decoded file.

        fewest: How many headings there must be.

    >>> has_headings("<table></table>\n## A. Datasets"), has_headings("#1 <b>")
    (True, False)
    """
    return sum(1 for line in LINE_END.split(text) if HEADING.match(line)) >= fewest


def is_grid_line(line: str) -> bool:
    """
    Tell whether a line is one between the rows of a table that is drawn.

    >>> is_grid_line("+----+====+"), is_grid_line("+ 1 + 2 +")
    (True, False)
    """
    return bool(_GRID_LINE.fullmatch(line.strip()))


def split_cells(line: str, barred: bool = True) -> list[str]:
    """
    Return the cells of a row of a table in Markdown, without the bars at its ends.

    Args:
        line: The row.

        barred: Whether rows of the table begin with a bar; else one at the start alone ends an empty cell.

    >>> split_cells("| 1 | Crime |"), split_cells("a\\\\|b | c")
    ([' 1 ', ' Crime '], ['a\\\\|b ', ' c'])
    """
    cells = _CELL_END.split(line.strip())
    if len(cells) > 1 and not cells[0].strip() and (barred or not cells[-1].strip()):
        del cells[0]
    if len(cells) > 1 and not cells[-1].strip():
        del cells[-1]
    return cells


def count_ruled(line: str, fewest: int = 1) -> int:
    """
    Return how many cells the row of strokes below the labels of a table has, 0 if a line is none.

    Args:
        line: A line of Markdown.

        fewest: How many strokes one of the cells must have.

    >>> count_ruled("|:--|--:|"), count_ruled("| 1 | - |"), count_ruled("|-|-|", 3)
    (2, 0, 0)
    """
    if "|" not in line or not _RULE_SIGNS.issuperset(line):
        return 0
    cells = [cell.strip() for cell in split_cells(line)]
    ruled = all(map(_RULE_CELL.fullmatch, cells)) and max(cell.count("-") for cell in cells) >= fewest
    return len(cells) if ruled else 0


# ---- messages


def is_message(start: bytes) -> bool:
    r"""
    Tell whether bytes begin as a web page does that was saved as one file.

    Args:
        start: The beginning of a file.

    >>> is_message(b"MIME-Version: 1.0\nContent-Type: multipart/related;\n boundary=x\n\n--x")
    True
    >>> is_message(b"Title: Plan\n\nContent-Type: text/html")
    False
    """
    match = _HEADERS.match(start)
    return bool(match and _PAGE_TYPE.search(match[1]) and _MESSAGE.search(match[1]))
