"""
Word file (.docx) -> `Document`.

In: bytes. Out: paragraphs and tables in reading order, with what Word puts there itself: numbers of lists, results of
fields. Deleted and hidden text is not read; findings report it. Macros, links and pictures are never opened or run.

The parts are read as XML and not through a library for Word files: text boxes, content controls, tracked changes and
numbers of lists can be distinguished only there, and the parser can be told not to expand or fetch anything.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from ...core.errors import NotAPlan
from ...core.limits import Budget
from .archive import Package
from .document import Document
from .flow import Flow, FlowLine, FlowReader, FlowText, Paragraph, compose
from .numbering import Element, Numbering, WordStyles, child, is_on, local, value
from .wordtable import CellPosition, read_table
from .wordxml import ELSEWHERE, MAIN_PART, NO_TEXT, WordParts, boxes_in, character_of, choose

#: Elements that stand for a character.
_SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "softHyphen": ""}
_BREAKS = {"br", "cr"}
_DRAWINGS = {"drawing", "pict", "object", "AlternateContent"}
_CONTENTS = "table of contents"


def read_docx(data: bytes, name: str, budget: Budget) -> Document:
    """
    Return a Word file as a document.

    Args:
        data: The file's bytes.

        name: What to call it.

        budget: What reading it may still cost.

    Raises:
        NotAPlan: The file is broken, or needs more than it may cost.

    Spec: ECMA-376 part 1, 17, WordprocessingML.
    """
    parts = WordParts(Package(io.BytesIO(data), budget), budget)
    root = parts.read(MAIN_PART)
    body = child(root, "body")
    if body is None:
        raise NotAPlan("The Word file has no text.", name, "Open it in Word, save it again and name the new file.")
    styles = WordStyles.read(parts.read("word/styles.xml"))
    reader = _WordReader(parts, budget, styles, Numbering.read(parts.read("word/numbering.xml"), styles))
    heads, feet = reader.margins(root, "header"), reader.margins(root, "footer")
    text = reader.flow(body)
    return compose([*heads, *text, *reader.notes(), *feet], data, budget)


# ---- text


@dataclass(slots=True)
class _ParagraphText(FlowText):
    """The text of a paragraph, and what of it is lost."""

    lost: dict[str, str] = field(default_factory=dict)

    def add(self, text: str, lost: str = "") -> None:
        """Add text, or keep apart what is lost by the code of the finding on it."""
        if lost:
            self.lost[lost] = self.lost.get(lost, "") + text
        else:
            self.lines[-1] += text.replace("\r", " ").replace("\n", " ")

    def remarks(self) -> list[tuple[str, str]]:
        """Return the remarks on text that is not read: the code of the finding and the text."""
        return [(code, text.strip()) for code, text in self.lost.items() if text.strip()]


@dataclass(slots=True)
class _WordReader(FlowReader):
    """Reads the parts of one Word file, in reading order: lists and fields go on from one paragraph to the next."""

    parts: WordParts
    budget: Budget
    styles: WordStyles
    numbering: Numbering
    #: Of each field that is open, whether its code is being read and not its result.
    fields: list[bool] = field(default_factory=list)
    #: Notes referred to, in order: the kind of note and its number.
    referred: list[tuple[str, str]] = field(default_factory=list)

    def flow(self, element: Element) -> Flow:
        """Return the paragraphs and tables in an element."""
        self.depth += 1
        self.budget.check("depth", self.depth)
        parts: Flow = []
        for block in element:
            name = local(block)
            if name == "p":
                parts += self._paragraph(block)
            elif name == "tbl":
                parts += read_table(block, self, self.budget, self.place)
            elif name in ELSEWHERE:
                parts.append(Paragraph([], self.kind, [("unread-part", name)]))
            elif name == "AlternateContent":
                parts += self.flow(choose(block))
            elif name == "sdt" and value(child(block, "sdtPr", "docPartObj", "docPartGallery")).lower() == _CONTENTS:
                parts += self.beside(block, "furniture", "")
            elif name not in NO_TEXT and name != "del":
                parts += self.flow(block)
        self.depth -= 1
        return parts

    def _paragraph(self, element: Element) -> Flow:
        """Return a paragraph, with the text boxes that hang on it."""
        self.budget.check_time()
        words = _ParagraphText()
        style = value(child(element, "pPr", "pStyle"), default=self.styles.default)
        self._read(element, words, style, "")
        lines = [line.strip() for line in words.lines]
        label = "" if words.lost and not any(lines) else self.numbering.label(element)
        if label and (any(lines) or self.in_cell):
            lines[0] = label + ("" if self.numbering.is_tight(element) or not lines[0] else " ") + lines[0]
        kind = self.kind or ("furniture" if self._lists_contents(style) else "")
        paragraph = Paragraph([FlowLine(line, self.place) for line in lines if line], kind, words.remarks())
        return [*words.before, paragraph, *words.after]

    def _lists_contents(self, style: str) -> bool:
        """Tell whether a paragraph style is one of a table of contents."""
        return value(child(self.styles.elements.get(style), "name")).lower().startswith("toc ")

    def _read(self, element: Element, words: _ParagraphText, style: str, lost: str) -> None:
        """Read the text in a part of a paragraph; `lost` is the code of a finding if it is hidden."""
        self.depth += 1
        self.budget.check("depth", self.depth)
        for inline in element:
            name = local(inline)
            if name in {"t", "delText"}:
                words.add("" if any(self.fields) else inline.text or "", "deleted-text" if name == "delText" else lost)
            elif name in _SIGNS or name == "sym":
                words.add(character_of(inline) if name == "sym" else _SIGNS[name], lost)
            elif name in _BREAKS:
                words.lines += [] if lost or any(self.fields) else [""]
            elif name == "r":
                self._read(inline, words, style, lost or self._hidden(inline, style))
            elif name == "fldChar":
                self._turn(value(inline, "fldCharType"))
            elif name in _DRAWINGS:
                self._draw(inline, words, style, lost)
            elif name in {"footnoteReference", "endnoteReference"}:
                self.referred.append((name.removesuffix("Reference"), value(inline, "id")))
            elif name == "ruby":
                self._ruby(inline, words, style, lost)
            elif name not in NO_TEXT:
                self._read(inline, words, style, "deleted-text" if name == "del" else lost)
        self.depth -= 1

    def _hidden(self, run: Element, style: str) -> str:
        """Return the code of the finding on hidden text if a run is hidden, by itself or by its style."""
        stated = child(run, "rPr", "vanish")
        named = value(child(run, "rPr", "rStyle"))
        for name in (named, style):
            if stated is None and name:
                stated = self.styles.find(name, "rPr", "vanish")[1]
        return "hidden-text" if is_on(stated) else ""

    def _turn(self, mark: str) -> None:
        """Take a mark that begins a field, divides its code from its result, or ends it."""
        if mark == "begin":
            self.fields.append(True)
        elif self.fields and mark == "separate":
            self.fields[-1] = False
        elif self.fields and mark == "end":
            self.fields.pop()

    def _draw(self, element: Element, words: _ParagraphText, style: str, lost: str) -> None:
        """Read the text boxes in a drawing, each once; a drawing can stand for text as well."""
        name = local(element)
        if name == "AlternateContent":
            for inline in choose(element):
                if local(inline) in {"drawing", "pict", "object"}:
                    self._draw(inline, words, style, lost)
                else:
                    self._read([inline], words, style, lost)
            return
        for part in boxes_in(element):
            if local(part) == "txbxContent" and not lost:
                words.add_box(self.flow(part))
            elif local(part) != "txbxContent":
                words.add(local(part), "unread-part")

    def _ruby(self, element: Element, words: _ParagraphText, style: str, lost: str) -> None:
        """Read text with its pronunciation above it, which goes into brackets."""
        for name, opening, closing in (("rubyBase", "", ""), ("rt", "(", ")")):
            part = child(element, name)
            if part is not None:
                words.add(opening, lost)
                self._read(part, words, style, lost)
                words.add(closing, lost)

    # ---- beside the text

    def notes(self) -> Flow:
        """Return the notes at the foot or the end that the text refers to, in order."""
        flow: Flow = []
        numbered: set[tuple[str, str]] = set()
        roots: dict[str, dict[str, Element]] = {}
        for kind, number in self.referred:
            if (kind, number) in numbered:
                continue
            numbered.add((kind, number))
            if kind not in roots:
                root = self.parts.read(f"word/{kind}s.xml")
                roots[kind] = {value(note, "id"): note for note in (root if root is not None else ())}
            if number in roots[kind]:
                flow += self.beside(roots[kind][number], "note", f"{kind} {len(numbered)}")
        return flow

    def margins(self, root: Element, kind: str) -> Flow:
        """Return what stands at the head or the foot of pages, once."""
        flow: Flow = []
        read_parts: set[str] = set()
        for reference in root.iter(f"{{*}}{kind}Reference"):
            target = self.parts.targets.get(value(reference, "id"), "")
            if target and target not in read_parts:
                read_parts.add(target)
                part = self.parts.read(target)
                if part is not None:
                    flow += self.beside(part, "furniture", f"page {kind} {len(read_parts)}")
        return flow

    # ---- tables

    def cell(self, element: Element, _position: CellPosition) -> Flow:
        """Return the paragraphs and tables in a cell."""
        self.in_cell += 1
        flow = self.flow(element)
        self.in_cell -= 1
        return flow
