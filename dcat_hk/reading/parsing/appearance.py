"""
How text looks -> what of it counts: the one place that decides what marks mean.

In: a document with marks. Out: the document as it is read, without what is crossed out, hidden or stamped over the page
and without signs of notes, raised or explained below, all of which is claimed as notes; and findings. Characters that
do not count are blanks in its lines, so that every position stays valid; cells have fragments around them. `lowered`,
`typed`, `turned` and `recognised` text is text like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from ...core.errors import Finding
from ...core.text import collapse, plain
from ...core.wording.plans import load_plan_wording
from ..documents import Block, Document, Fragment, Line, Row, Run, Span
from .ledger import Claims
from .notesigns import find_note_signs
from .withdrawn import LessenedRow, drop_rows

Value = TypeVar("Value")

_MARKS = load_plan_wording().marks

#: What is left out, the weakest reason first, and the finding that tells it.
_FINDINGS = {
    "sign": "note-sign",
    "raised": "raised-mark",
    "stamp": "stamped-text",
    "struck": "struck-text",
    "hidden": "hidden-text",
}
#: Raised digits that are characters of their own.
_RAISED = re.compile("[\u2070\u00b9\u00b2\u00b3\u2074-\u207e]+")
#: A raised sign of a note is no longer than this.
_LONGEST_SIGN = 12
#: A finding quotes so many characters; a raised sign, with so many characters before it.
_QUOTED = 80
_BESIDE_A_SIGN = 12


@dataclass(slots=True)
class _Look:
    """How the characters of a document look, and which are left out so far."""

    document: Document
    #: Of each line with marks that matter, the mark of each character, nothing for usual ones.
    marks: dict[int, list[str]]
    #: Of each line, whether its characters are left out.
    out: dict[int, bytearray] = field(default_factory=dict)
    #: What is left out, by the table or text it stands in and its mark; and what a finding quotes of it.
    spans: dict[tuple[int, str], list[tuple[Span, str]]] = field(default_factory=dict)
    #: Raised signs at the start of lines, which make a note of what follows.
    openings: list[Span] = field(default_factory=list)

    def leave_out(self, span: Span, mark: str, table: int, quoted: str = "") -> None:
        """Leave out a stretch."""
        self.spans.setdefault((table, mark), []).append((span, quoted or self.document.slice(span).strip()))
        out = self.out.setdefault(span.line, bytearray(len(self.document.lines[span.line])))
        out[span.start : span.end] = b"\1" * (span.end - span.start)

    def rest(self, span: Span) -> list[Span]:
        """Return the parts of a stretch that are not left out, without white space around them."""
        out = self.out.get(span.line)
        if not out or not any(out[span.start : span.end]):
            return [span]
        parts = [Span(span.line, start, end) for start, end, is_out in _stretches(out, span) if not is_out]
        return [part for part in map(self.trim, parts) if part.end > part.start]

    def trim(self, span: Span) -> Span:
        """Return a stretch without the white space around its text."""
        text = self.document.slice(span)
        start = span.start + len(text) - len(text.lstrip())
        return Span(span.line, start, max(start, span.start + len(text.rstrip())))

    def stretches(self, span: Span) -> Iterator[tuple[Span, str]]:
        """Yield the stretches of one mark in a stretch of a line."""
        if span.line in self.marks:
            for start, end, mark in _stretches(self.marks[span.line], span):
                if mark and self.document.lines[span.line][start:end].strip():
                    yield Span(span.line, start, end), mark


def settle_appearance(document: Document, claims: Claims) -> tuple[Document, list[Finding]]:
    """
    Return a document without what does not count for its looks, and findings on it.

    Args:
        document: As its reader made it.

        claims: Where what is left out is claimed as notes.
    """
    recognised = _report_recognised(document)
    signs = find_note_signs(document)
    look = _Look(document, _marks_of_characters(document, signs.signs), openings=signs.openings)
    if not look.marks:
        return document, recognised
    tables = _number_tables(document.blocks)
    for block, table in zip(document.blocks, tables, strict=True):
        _leave_out_of_block(look, block, table)
    blocks = _rebuild(look, tables)
    spans = [span for stretches in look.spans.values() for span, _quoted in stretches]
    claims.set_aside(spans, "note")
    return replace(document, lines=_blank(look, spans), blocks=tuple(blocks)), [*recognised, *_report(look)]


def _marks_of_characters(document: Document, signs: Sequence[Span]) -> dict[int, list[str]]:
    """Return, for each line with marks that matter, the mark of each of its characters; the strongest counts."""
    marked = [(sign, "sign") for sign in signs]
    lines = enumerate(document.lines) if _RAISED.search("\n".join(document.lines)) else ()
    marked += [(Span(i, *m.span()), "raised") for i, line in lines for m in _RAISED.finditer(line)]
    for kind in _FINDINGS:
        marked += [(mark.span, kind) for mark in document.marks if mark.kind == kind]
    marks: dict[int, list[str]] = {}
    for (line, start, end), kind in marked:
        marks.setdefault(line, [""] * len(document.lines[line]))[start:end] = [kind] * (end - start)
    return marks


def _stretches(values: Sequence[Value], span: Span) -> Iterator[tuple[int, int, Value]]:
    """Yield the stretches of equal values between two offsets, with the value."""
    start = span.start
    for place in range(span.start, span.end):
        if place + 1 == span.end or values[place + 1] != values[start]:
            yield start, place + 1, values[start]
            start = place + 1


def _number_tables(blocks: Sequence[Block]) -> list[int]:
    """Return for each block the number of its table; lines outside of tables count as part of the one before them."""
    numbers: list[int] = []
    for index, block in enumerate(blocks):
        begins = isinstance(block, Row) and (not index or block.apart or isinstance(blocks[index - 1], Line))
        numbers.append((numbers[-1] if numbers else 0) + begins)
    return numbers


# ---- what is left out


def _leave_out_of_block(look: _Look, block: Block, table: int) -> None:
    """Leave out what does not count of a line or of the cells of a row."""
    cells = block.cells if isinstance(block, Row) else ((Fragment(block.span),),)
    lonely = sum(1 for cell in cells if cell) == 1
    for cell in cells:
        for number, fragment in enumerate(cell):
            signs: list[Span] = []
            for span, mark in look.stretches(fragment.span):
                if mark == "raised":
                    signs.append(span)
                else:
                    quoted = _quote_sign(look, fragment.span, span) if mark == "sign" else ""
                    look.leave_out(span, mark, table, quoted)
            above = look.document.slice(cell[number - 1].span) if number else ""
            for sign in signs:
                _leave_out_sign(look, fragment.span, sign, table, above, lonely and not number)


def _quote_sign(look: _Look, around: Span, sign: Span) -> str:
    """Return a sign with what stands before it."""
    before = look.document.lines[sign.line][around.start : sign.start]
    return before[-_BESIDE_A_SIGN:] + look.document.slice(sign)


def _leave_out_sign(look: _Look, around: Span, sign: Span, table: int, above: str, lonely: bool) -> None:
    """
    Leave out a raised sign if it points to a note.

    Args:
        look: The document.

        around: The fragment that the sign stands in.

        sign: The sign.

        table: The number of the table.

        above: The text of the fragment above in the same cell; a cell does not consist of a sign alone.

        lonely: Whether the fragment begins the only text of its line or row, of which a sign makes a note.
    """
    line, text = look.document.lines[sign.line], look.document.slice(sign).strip()
    before, after = line[around.start : sign.start], line[sign.end : around.end]
    before = before if before.strip() else above
    if len(text) > _LONGEST_SIGN or not _MARKS.note.fullmatch(plain(text)):
        return
    if not before.strip() and (lonely or not after.strip()):
        look.openings += [sign] if after.strip() else []
    elif not _MARKS.value.search(plain(f"{before}^{{{text}}}{after}")):
        look.leave_out(sign, "raised", table, f"{before.strip()[-_BESIDE_A_SIGN:]}^{text}")


# ---- what is left


def _rebuild(look: _Look, tables: Sequence[int]) -> list[Block]:
    """Return the blocks that are left; rows that are withdrawn are left out, too."""
    blocks = look.document.blocks
    remaining: list[Block | None] = [_lessen(look, block) for block in blocks]
    for table in dict.fromkeys(tables):
        places = [i for i, block in enumerate(blocks) if tables[i] == table and isinstance(block, Row)]
        rows = [_lessen_row(look, row) for i in places if isinstance(row := blocks[i], Row)]
        kept = drop_rows(look.document, rows)
        for span in kept.withdrawn:
            look.leave_out(span, "struck", table)
        for place, row_left in zip(places, kept.rows, strict=True):
            remaining[place] = row_left
    return _keep_apart(remaining, blocks)


def _keep_apart(remaining: Sequence[Block | None], blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that are left; what follows a line that is gone begins what that line began."""
    kept: list[Block] = []
    apart = False
    for block, before in zip(remaining, blocks, strict=True):
        if block is None:
            apart = apart or (isinstance(before, Line) and before.apart)
            continue
        kept.append(block._replace(apart=True) if apart else block)
        apart = False
    return kept


def _lessen(look: _Look, block: Block) -> Block | None:
    """Return what is left of a line, None if nothing is; rows are seen to by table."""
    if isinstance(block, Row) or look.rest(block.span) == [block.span]:
        return block
    rest = look.rest(block.span)
    if not rest:
        return None
    span = Span(block.span.line, rest[0].start, rest[-1].end)
    runs = tuple(
        _lessen_run(run, parts[0].start, parts[-1].end) for run in block.runs if (parts := look.rest(run.span))
    )
    return block._replace(span=span, runs=runs)


def _lessen_run(run: Run, start: int, end: int) -> Run:
    """Return a run from one offset to another."""
    width = (run.right - run.left) / max(1, run.span.end - run.span.start)
    left, right = run.left + (start - run.span.start) * width, run.right - (run.span.end - end) * width
    return Run(Span(run.span.line, start, end), left, right)


def _lessen_row(look: _Look, row: Row) -> LessenedRow:
    """Return a row as it was and as it is without what is left out."""
    cells = [tuple(part for fragment in cell for part in _split(look, fragment)) for cell in row.cells]
    gone = [place for place, cell in enumerate(row.cells) if cell and not cells[place]]
    struck = [
        place
        for place in gone
        if all(mark == "struck" for fragment in row.cells[place] for _span, mark in look.stretches(fragment.span))
    ]
    return LessenedRow(row, row._replace(cells=tuple(cells)), frozenset(struck))


def _split(look: _Look, fragment: Fragment) -> Iterator[Fragment]:
    """Yield the parts of a fragment that are left; those that had no blank between them are joined without one."""
    end = -1
    for part in look.rest(fragment.span):
        if end < 0:
            yield fragment._replace(span=part)
        else:
            line, gap = look.document.lines[part.line], Span(part.line, end, part.start)
            blank = any(line[i].isspace() for i in range(gap.start, gap.end) if not look.out[part.line][i])
            yield Fragment(part, False, not blank)
        end = part.end


def _blank(look: _Look, spans: Sequence[Span]) -> tuple[str, ...]:
    """Return the lines with blanks for what is left out, and a plain sign of a note for a raised one at the start."""
    lines = {span.line: list(look.document.lines[span.line]) for span in [*spans, *look.openings]}
    for line, start, end in spans:
        lines[line][start:end] = " " * (end - start)
    for line, start, end in look.openings:
        lines[line][start:end] = _MARKS.footnote + " " * (end - start - 1)
    return tuple("".join(lines[i]) if i in lines else line for i, line in enumerate(look.document.lines))


# ---- findings


def _report(look: _Look) -> Iterator[Finding]:
    """Yield a finding for each kind of what was left out of each table."""
    document = look.document
    for (_table, mark), stretches in sorted(look.spans.items()):
        text = "; ".join(dict.fromkeys(collapse(quoted) for _span, quoted in stretches))
        values = {"text": text if len(text) <= _QUOTED else text[:_QUOTED] + "…", "count": str(len(stretches))}
        yield Finding(_FINDINGS[mark], document.name, document.place([min(span for span, _text in stretches)]), values)


def _report_recognised(document: Document) -> list[Finding]:
    """Return a finding on a document whose text another program read from a picture."""
    return [Finding("recognised-text", document.name)] if document.is_recognised else []
