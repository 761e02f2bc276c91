"""
The text of a web page -> the same with the end tags of cells and rows that its author left out.

Browsers end a cell where the next one begins, whatever stands open in it; the parser does so only where nothing does.
No line break is added, so that lines keep their numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*+)")
#: A whole tag; a quoted value is no longer than this, lest a quote that is left open swallows the page.
_TAG = re.compile(rf"""{_NAME.pattern}(?:[^"'>]++|"[^"]{{0,9999}}+"|'[^']{{0,9999}}+')*+>""")
#: The end tags of elements whose content is not markup.
_END_OF_RAW = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title", "xmp")}
#: The parser counts lines up to this one; elements further down get an attribute with the number of theirs.
MOST_LINES = 65_535
LINE = "data-line-of-page"
_CELLS, _GROUPS = {"td", "th"}, {"thead", "tbody", "tfoot"}
_OF_TABLES = {"table", "tr", *_CELLS, *_GROUPS}


@dataclass(slots=True)
class _OpenTable:
    """What is open in a table: the name of a cell, and whether a row is."""

    cell: str = ""
    row: bool = False

    def close(self, row: bool) -> str:
        """Return the end tags of what is open: of the cell, and of the row if that ends too."""
        tags = f"</{self.cell}>" if self.cell else ""
        self.cell = ""
        if row and self.row:
            tags += "</tr>"
            self.row = False
        return tags


def close_cells(text: str) -> str:
    """
    Return a page with an end tag wherever a cell or a row ends without one, and numbers of lines that are out of count.

    Args:
        text: The page's source.

    >>> close_cells("<table><tr><td><b>1<td>2<tr><td>3</table>")
    '<table><tr><td><b>1</td><td>2</td></tr><tr><td>3</td></tr></table>'

    Spec: HTML, 13.2.6.4.15, the "in cell" insertion mode.
    """
    parts: list[str] = []
    tables: list[_OpenTable] = []
    copied = position = counted = 0
    line = 1
    is_long = text.count("\n") >= MOST_LINES
    while (start := text.find("<", position)) >= 0:
        name, position = _tag_at(text, start)
        if not name:
            continue
        ends = text.startswith("</", start)
        added = _take(name, ends, tables) if name in _OF_TABLES else ""
        if added:
            parts += [text[copied:start], added]
            copied = start
        if is_long:
            line, counted = line + text.count("\n", counted, start), start
            if line >= MOST_LINES and not ends:
                behind = start + 1 + len(name)
                parts += [text[copied:behind], f' {LINE}="{line}"']
                copied = behind
    return "".join([*parts, text[copied:]])


def _tag_at(text: str, start: int) -> tuple[str, int]:
    """Return the name of the tag at a position, empty if it is none, and where to go on."""
    match = _TAG.match(text, start) or _NAME.match(text, start)
    if not match:
        return "", _end_of_comment(text, start) if text.startswith("<!--", start) else start + 1
    name = match[1].lower()
    end = match.end() if match.re is _TAG else text.find(">", match.end()) + 1
    if not end:
        return name, len(text)
    if name in _END_OF_RAW and not text.startswith("</", start):
        closing = _END_OF_RAW[name].search(text, end)
        end = closing.start() if closing else len(text)
    return name, end


def _end_of_comment(text: str, start: int) -> int:
    """Return where the comment that begins at a position ends."""
    end = text.find("-->", start + 2)
    return end + 3 if end >= 0 else len(text)


def _take(name: str, ends: bool, tables: list[_OpenTable]) -> str:
    """Return the tags to put before a tag, and note what it opens or closes."""
    if name == "table":
        if not ends:
            tables.append(_OpenTable())
            return ""
        return tables.pop().close(row=True) if tables else ""
    if not tables:
        return ""
    table = tables[-1]
    if name in _CELLS:
        if ends:
            table.cell = "" if name == table.cell else table.cell
            return ""
        added = table.close(row=False)
        table.cell = name
        return added
    if name == "tr":
        added = table.close(row=not ends)
        table.row = not ends
        return added
    return table.close(row=True) if name in _GROUPS else ""
