"""
Markdown -> `Document`.

In: bytes. Out: the paragraphs and tables of the page that the file describes. Each of its lines is written as a line of
a web page, which `html` reads: what the file has of HTML is read as in any other page, and places are the file's lines.

Lines of a paragraph stay lines: who writes a plan by hand gives the name of the body and the title a line each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from ...core.limits import Budget
from .document import Document
from .flow import compose
from .html import read_page
from .markup import HEADING, count_ruled, is_grid_line, split_cells
from .plaintext import decode, split_lines
from .webelements import ELEMENTS

#: In the body of a table, a cell with fewer strokes is a cell that says "none".
_FEWEST_STROKES = 3
_HEADING_END = re.compile(r"[ \t]#+$")
_UNDERLINE = re.compile(r"=+|-+")
_STROKE = re.compile(r"(?:\*[ \t]?){3,}|(?:-[ \t]?){3,}|(?:_[ \t]?){3,}")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_BULLET = re.compile(r"[-*+][ \t]+(?=\S)")
_NUMBERED = re.compile(r"\d{1,9}[.)][ \t]")
_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*([^`]*)$")
#: A fence around text that is itself Markdown, as programs that answer in Markdown put one around all they write.
_OWN_FENCES = {"markdown", "md"}
_HTML_LINE = re.compile(r"<(?:!--|/?([A-Za-z][A-Za-z0-9]*)(?=[\s/>]|$))")

#: HTML within a line. Other words in angle brackets are text.
_INLINE_TAGS = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins"),
        *("kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"),
        *("tt", "u", "var", "wbr"),
    )
)
_TAGS = ELEMENTS.blocks | ELEMENTS.no_text | _INLINE_TAGS | {"table", "input", "label"}
_BRACKET = re.compile(
    r"<(?:(?P<address>https?://[^\s<>]+)>|(?P<comment>!--)|/?(?P<tag>[A-Za-z][A-Za-z0-9]*)(?=[\s/>]))?"
)
#: Signs that mean something within a line; most cells have none.
_SIGNS = re.compile(r"[`\\<\[*_~^]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
#: The end of a line within a cell, which is a blank unless ideographs stand around it.
_LINE_IN_CELL = "&#10;"
_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]+)\](:?)")
_CODE = re.compile(r"(?<!`)(`++)([^`]++)\1(?!`)")
_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ \t]+\"[^\"]*\")?[ \t]*\)")
#: Signs around words, and the elements that stand for them; a single one of them is a sign of the text.
_EMPHASIS = (
    (re.compile(r"(\*{1,3})([^*\s](?:[^*]*[^*\s])?)\1(?!\*)"), "b"),
    (re.compile(r"(?<!\w)(_{1,3})([^_\s](?:[^_]*[^_\s])?)\1(?!\w)"), "b"),
    (re.compile(r"(~~)([^~\s](?:[^~]*[^~\s])?)~~"), "s"),
    (re.compile(r"(?<![\w~])(~)([^~\s](?:[^~\n]*[^~\s])?)~(?![\w~])"), "s"),
    (re.compile(r"(\^)([^\^\s]{1,12})\^(?!\w)"), "sup"),
    (re.compile(r"(?<=\w)(~)([0-9]{1,3})~"), "sub"),
)


def read_markdown(data: bytes, name: str, budget: Budget) -> Document:
    r"""
    Return a Markdown file as a document.

    Args:
        data: The file's bytes, in any encoding that text is read in.

        name: What to call it.

        budget: What reading it may still cost.

    Raises:
        NotAPlan: The bytes are no text, or there is too much of it.

    >>> document = read_markdown(b"# Plan\n|no.|title|\n|-|-|\n|1|**Crime**|", "plan.md", Budget("plan.md"))
    >>> document.lines, document.places[-1]
    (('Plan', 'no.', 'title', '1', 'Crime'), 'line 4')

    Spec: GitHub Flavored Markdown, 4.10, tables.
    """
    text, findings = decode(data, name)
    page = "\n".join(_Page(split_lines(text.removeprefix("\ufeff"), budget)).lines())
    return compose(read_page(page, budget), data, budget, findings)


class _Page:
    """Writes lines of Markdown as lines of a web page."""

    def __init__(self, source: list[str]) -> None:
        """Begin outside of everything."""
        self._source = source
        #: What is open, if anything: a `p`, the `labels` or the body of a `table`, a drawn table (`grid`), `html`, a
        #: `comment`, or code (`pre`).
        self._open = ""
        self._fence = ""
        #: Whether rows of the table begin with a bar, and how many lines of its row are written already.
        self._barred = True
        self._written = 0

    def lines(self) -> Iterator[str]:
        """Yield a line of the page for each line of the file."""
        for number, line in enumerate(self._source):
            bare = line.strip()
            if self._written:
                self._written -= 1
                yield ""
            elif self._open in {"html", "comment"}:
                yield self._continue_html(line, bare)
            elif self._open == "pre":
                yield self._continue_code(line, bare)
            else:
                bare = _QUOTE.sub("", bare, count=1) if bare.startswith(">") else bare
                below = self._source[number + 1] if number + 1 < len(self._source) else ""
                yield self._block(number, bare.strip(), below.strip().lstrip("> "))
        yield self._close()

    def _block(self, number: int, line: str, below: str) -> str:
        """Return a line that may begin something."""
        tag = _HTML_LINE.match(line)
        if self._open == "labels":
            self._open = "table"
            return ""
        if not line:
            return self._close()
        if is_grid_line(line):
            return (self._close("grid") + "<table>") if self._open != "grid" else ""
        if self._open == "grid" and line.startswith("|"):
            return self._grid_row(number)
        if self._open == "table" and "|" in line:
            return "" if count_ruled(line, _FEWEST_STROKES) > 1 else _write_row(split_cells(line, self._barred))
        if "|" in line and count_ruled(below) > 1:
            self._barred = line.startswith("|")
            return self._close("labels") + "<table>" + _write_row(split_cells(line))
        if tag and (not tag[1] or tag[1].lower() in _TAGS - _INLINE_TAGS):
            return self._close() + self._continue_html(line, line)
        if _FENCE.match(line):
            return self._start_code(line)
        if heading := HEADING.match(line):
            words = _HEADING_END.sub("", heading[1] or "").rstrip()
            return f"{self._close()}<h2>{_write_text(words)}</h2>"
        if (self._open == "p" and _UNDERLINE.fullmatch(line)) or _STROKE.fullmatch(line):
            return self._close()
        return self._paragraph(line)

    def _grid_row(self, number: int) -> str:
        """Return a row of a drawn table, which goes on over lines until the next line of strokes."""
        cells: list[list[str]] = []
        while number < len(self._source) and self._source[number].strip().startswith("|"):
            number, self._written = number + 1, self._written + 1
            for column, text in enumerate(split_cells(self._source[number - 1])):
                cells += [[]] if column == len(cells) else []
                cells[column].append(text.strip())
        self._written -= 1
        return _write_row([_LINE_IN_CELL.join(filter(None, lines)) for lines in cells])

    def _paragraph(self, line: str) -> str:
        """Return a line of running text."""
        bullet = _BULLET.match(line)
        words = _write_text(line[bullet.end() :] if bullet else line.removesuffix("\\"))
        if self._open == "p" and not bullet and not _NUMBERED.match(line):
            return f"<br>{words}"
        return f"{self._close('p')}<p>{words}"

    def _start_code(self, line: str) -> str:
        """Return a line that begins or ends a block of code."""
        fence = _FENCE.match(line)
        closed = self._close()
        if fence and fence[2].strip().lower() not in {"", *_OWN_FENCES}:
            self._open, self._fence = "pre", fence[1]
            return f"{closed}<pre>"
        # A fence without a word may be the end of one around Markdown; what stands in it is read as all else.
        return closed

    def _continue_code(self, line: str, bare: str) -> str:
        """Return a line of a block of code."""
        if bare.startswith(self._fence) and not bare.strip(self._fence[0]):
            self._open = ""
            return "</pre>"
        return escape(line, quote=False)

    def _continue_html(self, line: str, bare: str) -> str:
        """Return a line of HTML as it is; a blank line, the end of a table or of a comment ends it."""
        if not bare and self._open != "comment":
            self._open = ""
            return ""
        comment = self._open == "comment" or "<!--" in line
        if comment:
            self._open = "" if "-->" in line.rpartition("<!--")[2] else "comment"
        else:
            self._open = "" if bare.lower().endswith("</table>") else "html"
        return line

    def _close(self, new: str = "") -> str:
        """End what is open, begin something else, and return the tag that ends it."""
        closing = {"p": "</p>", "table": "</table>", "grid": "</table>"}.get(self._open, "")
        self._open = new
        return closing


# ---- tables


def _write_row(cells: list[str]) -> str:
    """Return a row of a table."""
    return "<tr>" + "".join(f"<td>{_write_text(cell.strip())}</td>" for cell in cells)


# ---- within a line


def _write_text(text: str) -> str:
    """Return words as a web page has them: without the signs of Markdown, with the HTML that stands among them."""
    if not _SIGNS.search(text):
        return text
    text = _CODE.sub(lambda match: _protect(match[2]), text)
    text = _ESCAPED.sub(lambda match: _protect(match[1]), text)
    text = _BRACKET.sub(_write_bracket, text)
    text = _FOOTNOTE.sub(_write_footnote, text)
    text = _LINK.sub(lambda match: "" if match[1] else match[2], text)
    for pattern, tag in _EMPHASIS:
        text = pattern.sub(rf"<{tag}>\2</{tag}>", text)
    return text


def _protect(text: str) -> str:
    """Return text in which no sign means anything, to Markdown or to HTML."""
    return "".join(sign if sign.isalnum() or sign == " " else f"&#{ord(sign)};" for sign in text)


def _write_footnote(match: re.Match[str]) -> str:
    """Return the mark of a note; before the note itself there is none."""
    return "" if match[2] else f'<sup><a href="#fn">{_protect(match[1])}</a></sup>'


def _write_bracket(match: re.Match[str]) -> str:
    """Return an angle bracket: that of a tag as it is, that around an address not at all, another as a sign."""
    if match["address"]:
        return _protect(match["address"])
    known = match["comment"] or (match["tag"] or "").lower() in _TAGS
    return match[0] if known else "&lt;" + match[0][1:]
