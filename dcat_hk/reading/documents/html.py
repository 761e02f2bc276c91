"""
Web page -> `Document`.

In: bytes. Out: the page's paragraphs and tables in reading order; menus, page heads and the like stand beside its text.
Nothing that a page names is fetched, no script is run. Hidden text is not read; findings report it.

Pages are read with lxml, which reads broken ones much as browsers do and can be told not to fetch anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml.etree import HTMLParser, XMLSyntaxError, fromstring

from ...core.errors import Finding, NotAPlan
from ...core.limits import Budget
from .document import Document
from .flow import Flow, FlowLine, FlowTable, Paragraph, compose
from .numbering import Element
from .plaintext import decode
from .spans import SpanningCell, place_cells
from .webappearance import ElementLook
from .webelements import (
    CELLS,
    ELEMENTS,
    PageControls,
    holds,
    is_bare,
    is_control,
    is_reference,
    is_wide,
    kind_of,
    label_of,
    line_of,
    number_in,
    tag_of,
    text_of,
)
from .webforms import FIELDS, is_in_text, write_field
from .webgroups import Group, join_groups
from .weblooks import read_styles
from .webtags import close_cells
from .webtext import FlowWriter, settle_titles

_DECLARED = re.compile(
    rb"""<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)|<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
#: Within so many bytes a page says how it is encoded.
_DECLARED_WITHIN = 8192
#: Encodings whose bytes are all ASCII, so that they pass for UTF-8.
_SEVEN_BIT = {"hz", "iso2022_jp"}
#: Rows that a cell can span at most.
_MOST_ROWS = 65_534


def read_html(data: bytes, name: str, budget: Budget) -> Document:
    """
    Return a web page as a document.

    Args:
        data: The page's bytes.

        name: What to call it.

        budget: What reading it may still cost.

    Raises:
        NotAPlan: The page has no text, or needs more than it may cost.

    >>> from dcat_hk.core.limits import Limits
    >>> page = b"<html><nav>Home</nav><h1>Plan</h1><p>One<br>two &amp; three<script>run()</script>"
    >>> document = read_html(page, "plan.html", Budget("plan.html", Limits()))
    >>> document.lines, [document.slice(block.span) for block in document.blocks]
    (('Home', 'Plan', 'One', 'two & three'), ['Plan', 'One', 'two & three'])

    Spec: HTML, 15, rendering; 4.9.12, forming a table.
    """
    text, findings = decode_page(data, name)
    return compose(read_page(text, budget), data, budget, findings)


def _find_nothing(_address: str) -> None:
    """Find no style sheet: nothing is fetched."""


def read_page(text: str, budget: Budget, find: Callable[[str], str | None] = _find_nothing) -> Flow:
    """
    Return the paragraphs and tables of a page.

    Args:
        text: The decoded page.

        budget: What reading it may still cost.

        find: Returns the text of a style sheet by its address, None if it is not at hand.

    Raises:
        NotAPlan: The page has no text, or needs more than it may cost.

    >>> read_page("<p>One<p>two", Budget("plan.html"))[1].lines
    [FlowLine(text='two', place='line 1', marks=())]
    """
    budget.check("characters", len(text))
    budget.check("elements", text.count("<"))
    return _HtmlReader(_parse(text, budget), budget, find).read()


# ---- bytes


def decode_page(data: bytes, name: str, label: str = "") -> tuple[str, list[Finding]]:
    """
    Return a page's text, in UTF-8 if it is valid, else as the page says, else as it seems, and findings on that.

    Args:
        data: The page's bytes.

        name: What to call the file.

        label: The encoding that whoever sent or saved the page states; it counts more than what the page itself says.

    Raises:
        NotAPlan: The bytes are no text.

    >>> decode_page("數據".encode("big5"), "plan.mht", "Big5")[0]
    '數據'
    """
    declared = ELEMENTS.encodings.get(label.lower(), "") or _declared(data)
    if not declared or (declared not in _SEVEN_BIT and _is_utf8(data)):
        return decode(data, name)
    try:
        return data.decode(declared), []
    except UnicodeDecodeError:
        # A page that says what it is in is believed; what does not fit shows as characters that cannot be read.
        return data.decode(declared, "replace"), []


def _declared(data: bytes) -> str:
    """Return the encoding that a page says it is in, nothing if it says none that is known."""
    match = _DECLARED.search(data[:_DECLARED_WITHIN])
    stated = (match[1] or match[2]).decode("ascii", "replace").lower() if match else ""
    return ELEMENTS.encodings.get(stated, "")


def _is_utf8(data: bytes) -> bool:
    """Tell whether bytes are UTF-8, or text with marks of its own, but for a last character that is cut off."""
    if b"\0" in data or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and error.start >= len(data) - 3
    return True


def _parse(text: str, budget: Budget) -> Element:
    """Return the root of a page, read as browsers do; nothing is fetched, and nothing is cut off in silence."""
    parser = HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = fromstring(close_cells(text.replace("\0", "\ufffd")).encode("utf-8", "replace"), parser)
    except (XMLSyntaxError, ValueError):
        root = None
    messages = [entry.message for entry in parser.error_log if "HUGE" in entry.message]
    if messages:
        budget.check("depth" if "depth" in messages[0] else "cell", float("inf"))
    if root is None:
        raise NotAPlan.of("documents.page-without-text", budget.name)
    return root


# ---- the page


class _HtmlReader:
    """Reads one page."""

    def __init__(self, root: Element, budget: Budget, find: Callable[[str], str | None]) -> None:
        """Look over the page: where its tables of data are, and which is its main part."""
        self._root, self._budget = root, budget
        self._controls = PageControls(root)
        self._styles = read_styles(root, self._controls.opens, find, budget)
        self._depth = self._cells = 0
        self._labelled = {label.get("for") for label in root.iter("label")} - {None}
        self._counts: dict[Element, int] = {}
        #: Tables of data, and these with everything that holds them: no furniture.
        self._wide = {table for table in root.iter("table") if is_wide(table)}
        self._holding = self._wide.union(*(table.iterancestors() for table in self._wide))
        mains = root.xpath("descendant-or-self::*[self::main or @role='main']")
        only = mains[0] if len(mains) == 1 else None
        within = set(only.iter("table")) if only is not None else set()
        self._main = only if only is not None and self._wide <= within else None
        if self._main is not None:
            self._holding |= {self._main, *self._main.iterancestors()}
        #: What text is where reading has come to (see `Paragraph.kind`), and whether it heads the page.
        self._state = ("furniture", True) if self._main is not None else ("", False)

    def read(self) -> Flow:
        """Return the paragraphs and tables of the page."""
        flow = self._flow(self._root)
        settle_titles(flow)
        return flow

    def _flow(self, element: Element) -> Flow:
        """Return the paragraphs and tables in an element."""
        writer = FlowWriter()
        self._inside(element, writer, False, False)
        self._close(writer)
        return writer.flow

    def _close(self, writer: FlowWriter, keep: bool = False) -> None:
        """End a paragraph, as what it is where it stands."""
        kind, head = self._state
        writer.close(kind, keep, head)

    def _inside(self, element: Element, writer: FlowWriter, link: bool, preformatted: bool) -> None:
        """Read what is in an element."""
        self._depth += 1
        self._budget.check("depth", self._depth)
        look = self._styles.look(element)
        if element.text:
            _write(writer, look, element.text, line_of(element), link, preformatted)
        for child in element:
            self._element(child, writer, link, preformatted)
            if child.tail:
                _write(writer, look, child.tail, line_of(child), link, preformatted)
        self._depth -= 1

    def _hides(self, element: Element) -> bool:
        """Tell whether nothing of an element is shown."""
        look = self._styles.look(element)
        if look.shown and not look.visible:
            return not any(self._styles.look(inner).visible for inner in element.iterdescendants())
        return not look.shown

    def _element(self, element: Element, writer: FlowWriter, link: bool, preformatted: bool) -> None:
        """Read one element."""
        tag = tag_of(element)
        if not tag or tag in ELEMENTS.no_text or element in self._controls.moved:
            return
        if self._hides(element):
            writer.remark("hidden-text", text_of(element))
        elif tag == "br":
            writer.end_line()
        elif tag in FIELDS and is_in_text(element, self._labelled):
            write_field(writer, element, self._styles.look(element), self._labelled)
        elif tag == "table" or tag in ELEMENTS.blocks:
            outer = self._state
            self._open(element, tag, writer)
            if tag == "table":
                writer.flow += self._table(element)
            else:
                self._inside(element, writer, link, preformatted or tag == "pre")
            self._close(writer, writer.has_links and (tag in ELEMENTS.headings or is_control(element)))
            self._state, writer.label = outer, ""
        else:
            self._inline(element, tag, writer, link, preformatted)

    def _open(self, element: Element, tag: str, writer: FlowWriter) -> None:
        """Begin an element that stands by itself, with the label of its tab or the number of a list's item."""
        self._close(writer)
        self._enter(element)
        label = self._controls.label(element)
        if label is not None:
            writer.add(text_of(label), line_of(label))
            self._close(writer)
        if tag == "li" and not self._state[0]:
            writer.label = label_of(element, self._counts)
            if is_bare(element):
                writer.add(writer.label.strip(), line_of(element))
                writer.label = ""

    def _enter(self, element: Element) -> None:
        """See what the text of an element is."""
        kind, head = self._state
        if element is self._main:
            self._state = "", False
        elif element not in self._holding and (not kind or head):
            state = kind_of(element)
            if not kind or state == ("furniture", False):
                self._state = state

    def _inline(self, element: Element, tag: str, writer: FlowWriter, link: bool, preformatted: bool) -> None:
        """Read an element within a paragraph."""
        if tag == "sup" and is_reference(element):
            mark = FlowLine(text_of(element), f"line {line_of(element)}")
            writer.flow.append(Paragraph([mark], "furniture"))
            return
        if tag == "a" and element.get("href") is not None:
            writer.add_link(element.get("href"))
            link = True
        bracketed = tag == "rt" and all(tag_of(sibling) != "rp" for sibling in element.getparent())
        writer.add_sign("(" if bracketed else "")
        self._inside(element, writer, link, preformatted)
        writer.add_sign(")" if bracketed else "")

    # ---- tables

    def _table(self, element: Element) -> Flow:
        """Return a table, behind its caption and text that stands between its cells."""
        before: Flow = []
        groups: dict[str, list[Group]] = {"thead": [], "tbody": [], "tfoot": []}
        self._rows(element, before, groups, groups["tbody"])
        groups["tbody"][:0] = groups["thead"][1:]
        spans: list[list[SpanningCell[Flow | None]]] = []
        places: list[str] = []
        for group in (*groups["thead"][:1], *join_groups(groups["tbody"]), *groups["tfoot"]):
            for number, (row, cells) in enumerate(group):
                self._cells += len(cells)
                self._budget.check("cells", self._cells)
                spans.append([self._cell(cell, len(group) - number, element in self._wide) for cell in cells])
                places.append(f"line {line_of(row)}")
        return [*before, FlowTable.of(place_cells(spans, self._budget), places)]

    def _rows(self, element: Element, before: Flow, groups: dict[str, list[Group]], loose: list[Group]) -> None:
        """Sort the rows in an element into the groups of a table, and put aside what is no row."""
        before += _loose(element.text, element)
        group: Group = []
        loose.append(group)
        cells: list[Element] | None = None
        for child in element:
            tag = tag_of(child)
            if not self._styles.look(child).shown or (tag not in CELLS and self._hides(child)):
                before += self._alone(child)
            elif tag in CELLS:
                if cells is None:
                    cells = []
                    group.append((child, cells))
                cells.append(child)
            elif tag in groups or (tag != "tr" and holds(child, {"tr", *CELLS})):
                self._rows(child, before, groups, groups.get(tag, loose))
                group = []
                loose.append(group)
            elif tag != "tr":
                before += self._alone(child)
            else:
                group.append((child, list(self._row(child, before))))
            cells = cells if tag in CELLS else None
            before += _loose(child.tail, child)

    def _row(self, element: Element, before: Flow) -> Iterator[Element]:
        """Yield the cells in an element, and put aside what is none."""
        before += _loose(element.text, element)
        for child in element:
            if tag_of(child) in CELLS and self._styles.look(child).shown:
                yield child
            elif tag_of(child) not in CELLS and holds(child, CELLS):
                yield from self._row(child, before)
            else:
                before += self._alone(child)
            before += _loose(child.tail, child)

    def _alone(self, element: Element) -> Flow:
        """Return the paragraphs and tables that one element makes up."""
        writer = FlowWriter()
        self._element(element, writer, False, False)
        self._close(writer)
        return writer.flow

    def _cell(self, element: Element, below: int, data: bool) -> SpanningCell[Flow | None]:
        """
        Return a cell with its spans.

        Args:
            element: The cell.

            below: How many rows its group has from its own on.

            data: Whether it is a cell of a table of data, where nothing is furniture.
        """
        outer = self._state
        if not data:
            self._enter(element)
        flow = self._alone(element) if self._hides(element) else self._flow(element)
        self._state = outer
        rows = number_in(element, "rowspan", 1)
        rows = below if rows == 0 else min(max(rows, 1), below, _MOST_ROWS)
        return SpanningCell(flow, max(1, number_in(element, "colspan", 1)), rows)


def _write(writer: FlowWriter, look: ElementLook, text: str, line: int, link: bool, preformatted: bool) -> None:
    """Write text as it looks, or say that it is not shown."""
    if look.visible:
        writer.add(text, line, link, preformatted, look.kinds)
    else:
        writer.remark("hidden-text", text.strip())


def _loose(text: str | None, element: Element) -> Flow:
    """Return text that stands between the cells of a table."""
    words = " ".join(text.split()) if text else ""
    return [Paragraph([FlowLine(words, f"line {line_of(element)}")])] if words else []
