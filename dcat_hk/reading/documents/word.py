"""
Word file (.docx) -> `Document`.

In: bytes. Out: paragraphs and tables in reading order, with what Word puts there itself: numbers of lists, results of
fields. Deleted and hidden text is not read; findings report it. Macros, links and pictures are never opened or run.

The parts are read as XML and not through a library for Word files: text boxes, content controls, tracked changes and
numbers of lists can be distinguished only there, and the parser can be told not to expand or fetch anything.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ...core.errors import NotAPlan
from ...core.limits import Budget
from .archive import Package
from .document import Document
from .flow import Flow, FlowLine, FlowMark, FlowReader, FlowText, Paragraph, compose, compose_located
from .looks import Surroundings, kind_of_turn
from .numbering import Element, Numbering, WordStyles, child, children, is_on, local, value
from .wordcolours import WordColours
from .wordforms import OpenField, Prompts, chosen_in, is_typed, sign_of_box
from .wordlooks import WordLooks, rotation_of, surroundings_in_box
from .wordtable import CellPosition, read_table
from .wordxml import ELSEWHERE, NO_TEXT, WordParts, boxes_in, character_of, choose

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
    return compose(_read_flow(data, name, budget).flow, data, budget)


class LocatedLines(NamedTuple):
    """The name of a Word file's main part, and for each line of the document the number of its paragraph in it."""

    part: str
    paragraphs: tuple[int | None, ...]


def locate_lines(data: bytes, name: str, budget: Budget) -> LocatedLines:
    """
    Return in which paragraph of a Word file each line of its document stands, counted from 0 in the order of the XML.

    A line in a text box is in the paragraph that the box hangs on; a line beside the text is in none.

    Args:
        data: The file's bytes.

        name: What to call it.

        budget: What reading it may still cost.

    Raises:
        NotAPlan: The file is broken, or needs more than it may cost.
    """
    read = _read_flow(data, name, budget)
    _document, sources = compose_located(read.flow, data, budget)
    tag = read.root.tag.rpartition("}")[0] + "}p"
    numbers = {element: number for number, element in enumerate(read.root.iter(tag))}

    def number_of(source: object) -> int | None:
        outermost = source
        for element in source.iterancestors(tag) if source is not None else ():  # type: ignore[attr-defined]
            outermost = element
        return numbers.get(outermost)

    return LocatedLines(read.part, tuple(map(number_of, sources)))


class _WordFlow(NamedTuple):
    """What a Word file holds: its flow, and the name and root of its main part."""

    flow: Flow
    part: str
    root: Element


def _read_flow(data: bytes, name: str, budget: Budget) -> _WordFlow:
    """Return the paragraphs and tables of a Word file."""
    parts = WordParts(Package(io.BytesIO(data), budget), budget)
    root = parts.read(parts.main)
    body = child(root, "body")
    if body is None:
        raise NotAPlan.of("documents.word-without-text", name)
    styles = parts.styles()
    settings = parts.read_kind("settings")
    looks = WordLooks(styles, WordColours.read(parts.read_kind("theme", "theme/theme1.xml"), settings))
    prompts = Prompts.read(root, parts.read_kind("glossaryDocument", "glossary/document.xml"), styles)
    numbering = Numbering.read(parts.read_kind("numbering"), styles)
    reader = _WordReader(parts, budget, styles, numbering, looks, prompts, looks.page(root, settings))
    heads, feet = reader.margins(root, "header"), reader.margins(root, "footer")
    text = reader.flow(body)
    return _WordFlow([*heads, *text, *reader.notes(), *feet], parts.main, root)


# ---- text


@dataclass(slots=True)
class _ParagraphText(FlowText):
    """The text of a paragraph, what of it is lost, and the marks of the run that is being read."""

    lost: dict[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()

    def add(self, text: str, lost: str = "") -> None:
        """Add text, or keep apart what is lost by the code of the finding on it."""
        if lost:
            self.lost[lost] = self.lost.get(lost, "") + text
        else:
            self.write(text.replace("\r", " ").replace("\n", " "), self.kinds)

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
    looks: WordLooks
    prompts: Prompts
    around: Surroundings
    #: The fields that are open.
    fields: list[OpenField] = field(default_factory=list)
    #: Whether paragraph styles are those of a table of contents.
    of_contents: dict[str, bool] = field(default_factory=dict)
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
            elif name == "sdt":
                parts += self._flow_within(block, self._around_control(block))
            elif name not in NO_TEXT and name != "del":
                parts += self.flow(block)
        self.depth -= 1
        return parts

    def _paragraph(self, element: Element) -> Flow:
        """Return a paragraph, with the text boxes that hang on it."""
        self.budget.check_time()
        words = _ParagraphText()
        stated = children(child(element, "pPr"))
        style = value(stated.get("pStyle"), default=self.styles.default)
        outer = self.around
        self.around = inner = self.looks.paragraph(stated.get("shd"), style, outer)
        self._read(element, words, style, "")
        self.around = outer
        written = any(line.strip() for line in words.lines)
        label = "" if words.lost and not written else self.numbering.label(stated)
        of_label: tuple[str, ...] = ()
        if label and (written or self.in_cell):
            label += "" if self.numbering.is_tight(stated) else " "
            of_label = self.looks.kinds(stated.get("rPr"), style, inner)
        else:
            label = ""
        kind = self.kind or ("furniture" if self._lists_contents(style) else "")
        lines = words.finish(self.place, str.strip, label, of_label)
        return [*words.before, Paragraph(lines, kind, words.remarks(), element), *words.after]

    def _flow_within(self, element: Element, around: Surroundings) -> Flow:
        """Return the paragraphs and tables in an element, with what surrounds them."""
        outer, self.around = self.around, around
        flow = self.flow(element)
        self.around = outer
        return flow

    def _lists_contents(self, style: str) -> bool:
        """Tell whether a paragraph style is one of a table of contents."""
        if style not in self.of_contents:
            self.of_contents[style] = value(self.styles.find(style, "name")[1]).lower().startswith("toc ")
        return self.of_contents[style]

    def _read(self, element: Element, words: _ParagraphText, style: str, lost: str) -> None:
        """Read the text in a part of a paragraph; `lost` is the code of a finding if it is hidden."""
        self.depth += 1
        self.budget.check("depth", self.depth)
        for inline in element:
            name = local(inline)
            if name in NO_TEXT:
                continue
            if name in {"t", "delText"}:
                words.add(self._shown(inline.text or ""), "deleted-text" if name == "delText" else lost)
            elif name == "r":
                self._read_run(inline, words, style, lost)
            elif name in _SIGNS or name == "sym":
                words.add(
                    sign_of_box(value(inline, "font"), character_of(inline)) if name == "sym" else _SIGNS[name], lost
                )
            elif name in _BREAKS:
                if not lost and not self._in_code():
                    words.begin_line()
            elif name == "fldChar":
                self._turn(inline, words, lost)
            elif name in _DRAWINGS:
                self._draw(inline, words, style, lost)
            elif name in {"footnoteReference", "endnoteReference"}:
                self.referred.append((name.removesuffix("Reference"), value(inline, "id")))
            elif name == "ruby":
                self._ruby(inline, words, style, lost)
            else:
                outer, self.around = self.around, self._around_control(inline)
                self._read(inline, words, style, "deleted-text" if name == "del" else lost)
                self.around = outer
        self.depth -= 1

    def _around_control(self, element: Element | None) -> Surroundings:
        """Return what surrounds the text in an element, which may be a control that text is put into."""
        return self.around.marked("typed") if local(element) == "sdt" and is_typed(element) else self.around

    def _hidden(self, properties: Element | None, style: str) -> str:
        """Return the code of the finding on hidden text if a run is hidden, by its properties or by its style."""
        own = children(properties)
        stated = own.get("vanish")
        for name in (value(own.get("rStyle")), style) if stated is None else ():
            if stated is None and name:
                stated = self.styles.find(name, "rPr", "vanish")[1]
        return "hidden-text" if is_on(stated) else ""

    def _read_run(self, run: Element, words: _ParagraphText, style: str, lost: str) -> None:
        """Read a run, which looks as it states or its styles do."""
        outer = words.kinds
        typed = self.fields and any(field.typed for field in self.fields)
        around = self.around.marked("typed") if typed else self.around
        properties = child(run, "rPr")
        words.kinds = self.looks.kinds(properties, style, around)
        prompt = self.prompts.is_prompt(run)
        self._read(run, words, style, lost or ("unfilled-field" if prompt else self._hidden(properties, style)))
        words.kinds = outer

    def _shown(self, text: str) -> str:
        """Return text of a run unless it is the code of a field; what a field shows stands for what was chosen."""
        if self._in_code():
            return ""
        if self.fields and text.strip():
            self.fields[-1].chosen = ""
        return text

    def _in_code(self) -> bool:
        """Tell whether the code of a field is being read and not its result."""
        return bool(self.fields) and any(field.in_code for field in self.fields)

    def _turn(self, mark: Element, words: _ParagraphText, lost: str) -> None:
        """Take a mark that begins a field, divides its code from its result, or ends it."""
        kind = value(mark, "fldCharType")
        if kind == "begin":
            self.fields.append(OpenField(child(mark, "ffData") is not None, chosen_in(mark)))
        elif self.fields and kind == "separate":
            self.fields[-1].in_code = False
        elif self.fields and kind == "end":
            chosen = self.fields.pop().chosen
            if not self._in_code():
                outer, words.kinds = words.kinds, tuple(dict.fromkeys((*words.kinds, "typed")))
                words.add(chosen, lost)
                words.kinds = outer

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
                words.add_box(self._flow_within(part, surroundings_in_box(part, self.around)))
            elif local(part) == "textpath" and not lost:
                words.add_box([self._drawn_text(part)])
            elif local(part) not in {"txbxContent", "textpath"}:
                words.add(local(part), "unread-part")

    def _drawn_text(self, path: Element) -> Paragraph:
        """Return text that is drawn along a path: a stamp if it runs across the page."""
        text = " ".join(value(path, "string").split())
        kind = kind_of_turn(rotation_of(path.getparent()))
        marks = (FlowMark(0, len(text), kind),) if kind and text else ()
        return Paragraph([FlowLine(text, self.place, marks)] if text else [], self.kind)

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
                root = self.parts.read_kind(f"{kind}s")
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

    def cell(self, element: Element, stated: Mapping[str, Element], position: CellPosition) -> Flow:
        """Return the paragraphs and tables in a cell with some properties."""
        self.in_cell += 1
        around = self.looks.cell(stated, position, self.around)
        control = element.getparent().getparent() if local(element.getparent()) == "sdtContent" else None
        flow = self._flow_within(element, around.marked("typed") if is_typed(control) else around)
        self.in_cell -= 1
        return flow
