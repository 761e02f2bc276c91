"""
Text of an OpenDocument file as XML -> paragraphs and tables in reading order.

In: elements. Out: a flow, with the numbers that lists put before their items. Deleted and hidden text is not read;
remarks report it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ...core.limits import Budget
from .flow import KEPT_BLANK, Flow, FlowReader, FlowTable, FlowText, Paragraph
from .looks import Surroundings
from .numbering import Element, local, value, whole
from .odflooks import PLAIN, Letters, OdfLooks, entered_in
from .odfstyles import OUTLINE, OdfStyles
from .spans import MOST_COLUMNS, SpanningCell, place_cells

#: Elements that hold settings, marks, comments, or what belongs to a picture.
_NO_TEXT = {
    *(
        "sequence-decls",
        "variable-decls",
        "user-field-decls",
        "dde-connection-decls",
        "forms",
        "script",
        "event-listeners",
    ),
    *("annotation", "annotation-end", "title-page", "soft-page-break", "alphabetical-index-auto-mark-file", "shapes"),
    *("bookmark", "bookmark-start", "bookmark-end", "change", "change-start", "change-end", "table-source", "scenario"),
}
_INDEXES = re.compile(r"table-of-content|(?:[a-z]+-)?index|bibliography")
_DRAWING = ":drawing:"
#: Elements of a drawing that stand for content which is kept elsewhere and not read.
_ELSEWHERE = {"object", "object-ole", "plugin", "applet", "floating-frame"}
#: Elements that text is put into, and elements that ask for it.
_TYPED = {"text-input", "drop-down", "content-control"}
_PROMPTS = {"placeholder"}
_BLANKS = re.compile(r"[ \t\r\n]+")
_MOST_BLANKS = 1_000


@dataclass(slots=True)
class _OdfParagraphText(FlowText):
    """The text of a paragraph, what of it is hidden, remarks on it, and how the text that is being read looks."""

    lost: str = ""
    remarks: list[tuple[str, str]] = field(default_factory=list)
    letters: Letters = PLAIN
    kinds: tuple[str, ...] = ()

    def add(self, text: str | None, lost: bool = False) -> None:
        """Add text, or keep apart what is hidden."""
        if lost:
            self.lost += text or ""
        elif text:
            self.write(text, self.kinds)


def _clean(line: str) -> str:
    """Return a line with blanks as a reader sees them."""
    return _BLANKS.sub(" ", line).strip().replace(KEPT_BLANK, " ").strip()


@dataclass(slots=True)
class OdfText(FlowReader):
    """Reads the text of one file, in reading order: lists go on from one paragraph to the next."""

    styles: OdfStyles
    budget: Budget
    around: Surroundings = field(default_factory=Surroundings)
    #: The notes at the foot or the end, in order.
    notes: Flow = field(default_factory=list)
    #: How the letters of a cell look unless its text says otherwise.
    _letters: Letters = PLAIN
    #: Of each field that is open, whether it is one of a form.
    _fields: list[bool] = field(default_factory=list)
    _looks: OdfLooks = field(init=False)

    def __post_init__(self) -> None:
        """Look up how text looks in the styles of the file."""
        self._looks = OdfLooks(self.styles)

    def flow(self, element: Element) -> Flow:
        """Return the paragraphs and tables in an element."""
        self.depth += 1
        self.budget.check("depth", self.depth)
        parts: Flow = []
        for block in element:
            parts += self._block(block)
        self.depth -= 1
        return parts

    def margins(self, settings: Element | None, kind: str) -> Flow:
        """Return what stands at the head or the foot of pages, each text once."""
        flow: Flow = []
        texts: set[str] = set()
        for margin in (
            settings.iter("{*}" + kind, "{*}" + kind + "-left", "{*}" + kind + "-first") if settings is not None else ()
        ):
            text = "".join(margin.itertext()).strip()
            if text and text not in texts:
                texts.add(text)
                flow += self.beside(margin, "furniture", f"page {kind} {len(texts)}")
        return flow

    # ---- blocks

    def _block(self, block: Element) -> Flow:
        """Return the paragraphs and tables that an element of a text is."""
        name = local(block)
        if name == "h" and value(block, "is-list-header") != "true":
            return self._paragraph(block, self.styles.label(OUTLINE, whole(block, "outline-level", 1)))
        if name in {"p", "h"}:
            return self._paragraph(block, "")
        if name == "list":
            return self._list(block, "", 1)
        if name == "table":
            return [self._table(block)]
        if name == "tracked-changes":
            return [Paragraph([], self.kind, _remarks("deleted-text", part)) for part in block.iter("{*}deletion")]
        if name == "section" and value(block, "display") not in {"", "true"}:
            return [Paragraph([], self.kind, _remarks("hidden-text", block))]
        if _INDEXES.fullmatch(name):
            return self.beside(block, "furniture", "")
        if _DRAWING in str(block.tag):
            return self._boxes(block)
        return [] if name in _NO_TEXT or name.endswith("-source") else self.flow(block)

    def _list(self, element: Element, style: str, level: int) -> Flow:
        """Return the paragraphs of a list, its items with their numbers."""
        self.depth += 1
        self.budget.check("depth", self.depth)
        style = value(element, "style-name") or style
        if level == 1 and value(element, "continue-numbering") != "true" and not value(element, "continue-list"):
            self.styles.begin_list(style)
        parts: Flow = []
        for item in element:
            # The number stands before the item's first paragraph; an item may be nothing but another list.
            label = local(item) == "list-item" and any(local(block) in {"p", "h"} for block in item)
            for block in item:
                if local(block) == "list":
                    parts += self._list(block, style, level + 1)
                elif local(block) in {"p", "h"}:
                    number = self.styles.label(style, level, whole(item, "start-value")) if label else ""
                    parts += self._paragraph(block, number)
                    label = False
                else:
                    parts += self._block(block)
        self.depth -= 1
        return parts

    def _paragraph(self, element: Element, label: str) -> Flow:
        """Return a paragraph, with the text boxes that hang on it."""
        self.budget.check_time()
        name = value(element, "style-name")
        outer, self.around = self.around, self._looks.paragraph(name, self.around)
        letters = self._looks.letters("paragraph", name, self._letters)
        words = _OdfParagraphText(letters=letters, kinds=self._kinds(letters))
        of_label = words.kinds
        self._read(element, words, self._is_hidden(element))
        self.around = outer
        label = f"{label} " if label and (self.in_cell or any(map(_clean, words.lines))) else ""
        remarks = [*words.remarks, *([("hidden-text", words.lost.strip())] if words.lost.strip() else [])]
        lines = words.finish(self.place, _clean, label, of_label)
        return [*words.before, Paragraph(lines, self.kind, remarks), *words.after]

    def _kinds(self, letters: Letters) -> tuple[str, ...]:
        """Return the kinds of marks of text whose letters have some properties."""
        return self._looks.kinds(letters, self.around.marked("typed") if any(self._fields) else self.around)

    def _is_hidden(self, element: Element) -> bool:
        """Tell whether a paragraph is hidden, by its style or by a mark in it."""
        marked = any(value(mark, "is-hidden") == "true" for mark in element.iter("{*}hidden-paragraph"))
        return marked or self.styles.hides("paragraph", value(element, "style-name"))

    # ---- within a paragraph

    def _read(self, element: Element, words: _OdfParagraphText, lost: bool) -> None:
        """Read the text in a part of a paragraph; `lost` if it is hidden."""
        self.depth += 1
        self.budget.check("depth", self.depth)
        words.add(element.text, lost)
        for inline in element:
            self._inline(inline, words, lost)
            words.add(inline.tail, lost)
        self.depth -= 1

    def _inline(self, inline: Element, words: _OdfParagraphText, lost: bool) -> None:
        """Read one element within a paragraph."""
        name = local(inline)
        if name == "s":
            words.add(KEPT_BLANK * min(max(whole(inline, "c", 1), 0), _MOST_BLANKS), lost)
        elif name == "tab":
            words.add("\t", lost)
        elif name == "line-break":
            if not lost:
                words.begin_line()
        elif name == "note":
            self._note(inline)
        elif name == "ruby":
            self._ruby(inline, words, lost)
        elif _DRAWING in str(inline.tag) and name != "a":
            flow = self._boxes(inline)
            if not lost:
                words.add_box(flow)
        elif name in _PROMPTS or value(inline, "showing-place-holder") == "true":
            prompt = _clean("".join(inline.itertext()))
            words.remarks += [("unfilled-field", prompt)] if prompt else []
        elif name.startswith("fieldmark"):
            self._field(inline, words, lost)
        elif name not in _NO_TEXT:
            self._span(inline, words, lost)

    def _span(self, inline: Element, words: _OdfParagraphText, lost: bool) -> None:
        """Read text that has a style of its own, or was put into a field."""
        outer = words.letters, words.kinds
        self._fields.append(local(inline) in _TYPED)
        hidden = False
        if local(inline) == "span":
            style = value(inline, "style-name")
            words.letters = self._looks.letters("text", style, words.letters)
            hidden = self.styles.hides("text", style)
        words.kinds = self._kinds(words.letters)
        self._read(inline, words, lost or hidden or value(inline, "is-hidden") == "true")
        self._fields.pop()
        words.letters, words.kinds = outer

    def _field(self, mark: Element, words: _OdfParagraphText, lost: bool) -> None:
        """Take the mark that begins or ends a field of a form, or is one."""
        if local(mark) == "fieldmark-end":
            del self._fields[-1:]
        elif local(mark) != "fieldmark-separator":
            self._fields.append(".FORM" in value(mark, "type"))
        words.kinds = self._kinds(words.letters)
        if local(mark) == "fieldmark":
            words.add(entered_in(mark), lost)
            self._fields.pop()
        words.kinds = self._kinds(words.letters)

    def _note(self, element: Element) -> None:
        """Read a note at the foot or the end, for later."""
        kind = value(element, "note-class", "footnote")
        for part in element:
            if local(part) == "note-body":
                self.notes += self.beside(part, "note", f"{kind} {value(element, 'id')}".strip())

    def _ruby(self, element: Element, words: _OdfParagraphText, lost: bool) -> None:
        """Read text with its pronunciation above it, which goes into brackets."""
        for part in element:
            above = local(part) == "ruby-text"
            words.add("(" if above else "", lost)
            self._read(part, words, lost)
            words.add(")" if above else "", lost)

    def _boxes(self, element: Element) -> Flow:
        """Return the text in a drawing: of its boxes, or of a shape itself."""
        self.depth += 1
        self.budget.check("depth", self.depth)
        outer, self.around = self.around, self._looks.box(element, self.around)
        flow: Flow = []
        for part in [element] if local(element) == "text-box" else element:
            name = local(part)
            if name == "text-box":
                flow += self.flow(part)
            elif name in {"p", "h", "list", "table", "section"}:
                flow += self._block(part)
            elif name in _ELSEWHERE:
                flow.append(Paragraph([], self.kind, [("unread-part", name)]))
            elif _DRAWING in str(part.tag):
                flow += self._boxes(part)
        self.around = outer
        self.depth -= 1
        return flow

    # ---- tables

    def _table(self, element: Element) -> FlowTable:
        """Return a table."""
        rows: list[list[SpanningCell[Flow | None]]] = []
        for row in rows_in(element):
            cells = self._row(row, element)
            times = max(1, whole(row, "number-rows-repeated", 1)) if any(cell.content for cell in cells) else 1
            for _time in range(times):
                rows.append(cells)
                self.cells += len(cells)
                self.budget.check("cells", self.cells)
        places = [self.place] * len(rows) if self.place else []
        return FlowTable.of(place_cells(rows, self.budget), places)

    def _row(self, element: Element, table: Element) -> list[SpanningCell[Flow | None]]:
        """Return the cells of a row, each in its column."""
        cells: list[SpanningCell[Flow | None]] = []
        column = 0
        for cell in element:
            if local(cell) not in {"table-cell", "covered-table-cell"}:
                continue
            times = min(max(1, whole(cell, "number-columns-repeated", 1)), MOST_COLUMNS)
            flow: Flow | None = None
            if local(cell) == "table-cell":
                flow = self._cell(cell, element, table)
            elif remarks := _remarks("hidden-text", cell):
                flow = [Paragraph([], "", remarks)]
            columns, rows = whole(cell, "number-columns-spanned", 1), whole(cell, "number-rows-spanned", 1)
            for _time in range(times):
                if flow is not None:
                    cells.append(SpanningCell(flow, max(1, columns), max(1, rows), column))
                column += 1
        return cells

    def cell_paragraphs(self, cell: Element, row: Element, table: Element) -> Flow:
        """
        Return the paragraphs in a cell of a sheet, without what lies on the sheet beside it.

        Args:
            cell: The cell.

            row: Its row.

            table: Its sheet.
        """
        return self._cell(cell, row, table, [part for part in cell if local(part) in {"p", "h", "list"}])

    def _cell(self, cell: Element, row: Element, table: Element, parts: Sequence[Element] | None = None) -> Flow:
        """Return the paragraphs and tables in a cell, or in some parts of it."""
        self.in_cell += 1
        outer = self.around, self._letters
        self.around = self._looks.cell(cell, row, table, self.around)
        self._letters = self._looks.letters("table-cell", value(cell, "style-name"), self._letters)
        flow = self.flow(cell if parts is None else parts)
        self.around, self._letters = outer
        self.in_cell -= 1
        return flow


def rows_in(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, those in groups and among the labels too."""
    waiting = list(reversed(table))
    while waiting:
        part = waiting.pop()
        if local(part) == "table-row":
            yield part
        elif local(part) in {"table-header-rows", "table-rows", "table-row-group"}:
            waiting += reversed(part)


def _remarks(code: str, element: Element) -> list[tuple[str, str]]:
    """Return the remark that the text of an element is not read, none if there is no text."""
    text = _BLANKS.sub(" ", "".join(element.itertext("{*}p", "{*}h", "{*}span", "{*}a", "{*}s"))).strip()
    return [(code, text)] if text else []
