"""
PDF -> `Document`: tables from the rules that are drawn, everything else as lines with the positions of their runs.

In: bytes. Out: a `Document`. Refuses files with a password, without text, or broken, and names the remedy.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
from pypdfium2 import raw

from ....core.errors import Finding, NotAPlan
from ....core.limits import Budget
from ....core.reporting import report_step
from ....core.text import fold
from ....core.vocabularies import load
from ..document import Document
from .annotations import Annotations, read_annotations_of
from .assembly import Columns, PageWriter, PdfPage
from .besides import join_pages
from .danger import check_danger
from .drawing import read_drawing_of
from .fonts import use_fixed_fonts
from .glyphs import PageText, Stretch, placed, read_text_of
from .joining import line_ends_of
from .lattice import Lattice, columns_of, find_lattices, goes_on
from .layers import hidden_layers_of
from .looks import looks_of
from .partial import give_back_partial
from .raised import mark_raised, mark_wrapped
from .rules import RuledLine, RuledLines, joined
from .running import find_running
from .sheets import split_sheets
from .stamps import find_stamps
from .struck import strike_out
from .textlines import (
    Cells,
    TextLine,
    fill,
    lines_of,
    numbered,
    part_numbers,
    runs_of,
    typical_pitch,
    without_underlines,
)
from .turned import into_cells, on_page

#: pdfium's codes of errors: the file needs a password, or is protected in a way that is not known.
_LOCKED = {4, 5}
#: Paths on a page without text from which on letters may have been drawn as outlines.
_OUTLINES = 200
#: A file in which more than this share of the characters has no Unicode value cannot be read.
_MOST_UNMAPPED = 0.5
_YEAR = re.compile(r"(?:19|20)\d\d")


def read_pdf(data: bytes, name: str, budget: Budget) -> Document:
    """
    Return a PDF as a document.

    Tables with borders become rows of cells, other text lines with runs. Characters are as the file's text layer has
    them.

    Args:
        data: The file's bytes.

        name: What to call it.

        budget: What reading it may still cost.

    Raises:
        NotAPlan: The file needs a password, is broken or too large, or has no text.

    Spec: ISO 32000-1, 9.10: extraction of text content.
    """
    pages, findings = _read_pages(data, name, budget)
    _check_letters(pages, name)
    pages = join_pages(split_sheets(pages))
    give_back_partial(pages)
    for page in pages:
        page.lines = part_numbers(page.lines)
    lines = [line for page in pages for line in page.lines]
    ends = line_ends_of([table for page in pages for table in page.tables], lines)
    writer = PageWriter(typical_pitch(lines), budget, ends)
    running = _running(pages)
    columns = _columns(pages, running)
    for page in pages:
        writer.page(page, columns, running)
    if not writer.lines:
        raise NotAPlan.of("documents.pdf-images", name)
    digest = hashlib.sha256(data).hexdigest()
    texts = tuple(writer.lines), tuple(writer.blocks), tuple(findings), tuple(writer.places), tuple(writer.asides)
    return Document(name, digest, *texts, tuple(sorted(writer.marks)))


def read_pages(data: bytes, name: str, budget: Budget) -> list[PdfPage]:
    """
    Return the pages of a PDF with where everything on them stands, before they are put together.

    Args:
        data: The file's bytes.

        name: What to call it.

        budget: What reading it may still cost.

    Raises:
        NotAPlan: The file needs a password, is broken or too large.
    """
    return _read_pages(data, name, budget)[0]


def _check_letters(pages: Sequence[PdfPage], name: str) -> None:
    """
    Refuse a file in which most glyphs have no Unicode value.

    Raises:
        NotAPlan: Its text can be seen but not read.
    """
    unmapped, letters = sum(page.unmapped for page in pages), sum(page.letters for page in pages)
    if unmapped > _MOST_UNMAPPED * letters:
        raise NotAPlan.of("documents.pdf-letters", name, unmapped=unmapped, letters=letters)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a whole file: the layers that are off, and the words of the stamps on the pages so far."""

    layers: frozenset[str]
    stamps: set[str] = field(default_factory=set)


def _read_pages(data: bytes, name: str, budget: Budget) -> tuple[list[PdfPage], list[Finding]]:
    """Return what each page holds, and what there is to say about it."""
    pages: list[PdfPage] = []
    findings: list[Finding] = []
    characters = 0
    check_danger(data, budget)
    known = _Known(hidden_layers_of(data))
    document = _opened(data, name)
    try:
        budget.check("pages", len(document))
        for number in range(1, len(document) + 1):
            budget.check_time()
            report_step(number - 1, len(document))
            page, page_findings, count = _read_page(document, number, name, budget, characters, known)
            characters += count
            pages.append(page)
            findings += page_findings
    finally:
        document.close()
    return pages, findings


def _opened(data: bytes, name: str) -> Any:
    """Return the file as pdfium opens it."""
    use_fixed_fonts()
    try:
        document = pypdfium2.PdfDocument(data)
        document.init_forms()
        return document
    except pypdfium2.PdfiumError as error:
        if error.err_code in _LOCKED:
            raise NotAPlan.of("documents.pdf-encrypted", name) from error
        raise NotAPlan.of("documents.pdf-broken", name) from error


def _read_page(
    document: Any, number: int, name: str, budget: Budget, before: int, known: _Known
) -> tuple[PdfPage, list[Finding], int]:
    """Return one page, findings on it, and how many characters it has."""
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise NotAPlan.of("documents.pdf-page-broken", name, number=number) from error
    try:
        drawing = read_drawing_of(page, budget)
        looks = looks_of(drawing, page.get_width() * page.get_height(), budget, known.layers)
        text = read_text_of(page, budget, before, looks)
        annotations = read_annotations_of(page, document.formenv, text.turn, text.stretches, budget)
        frame = _frame(page, text.turn)
    finally:
        page.close()
    rules = drawing.rules(text.turn)
    findings = _page_findings(text, rules, name, number)
    shown, strays = _seen_text(text, annotations, rules, frame, known.stamps)
    shown, doubles = numbered(shown)
    if doubles:
        values = {"page": str(number), "characters": str(doubles)}
        findings.insert(0, Finding("overprinted-text", name, None, values))
    strikes = strike_out(shown, rules.thin, annotations.struck, budget)
    borders = joined(piece for piece in rules.pieces if piece not in strikes) if strikes else rules.level
    level = without_underlines(borders, shown)
    lattices = _lattices(level, rules, frame, budget)
    turned, others = into_cells([stray for stray in strays if "stamp" not in stray.looks], lattices)
    for line, stretch in enumerate(turned, max((stretch.line for stretch in shown), default=-1) + 1):
        stretch.line = line
    tables, outside = fill(lattices, [*shown, *turned])
    budget.check("cells", sum(len(table.lattice.owner) * table.lattice.columns for table in tables))
    tables = [table for table in tables if table.lines]
    mark_wrapped(tables)
    page_lines = lines_of(outside)
    others += [on_page([stray]) for stray in strays if "stamp" in stray.looks]
    letters = text.letters + sum(len(stretch.text) for stretch in annotations.texts)
    parts = (tables, page_lines, others, level, letters, text.unmapped, frame[0], frame[2], rules.upright)
    return PdfPage(number, frame[1], frame[3], *parts), findings, text.characters


def _page_findings(text: PageText, rules: RuledLines, name: str, number: int) -> list[Finding]:
    """Return what there is to say about the letters of a page."""
    findings = []
    if not text.characters and (rules.pictures or rules.paths > _OUTLINES):
        findings.append(Finding("page-without-text", name, None, {"page": str(number)}))
    if text.unmapped:
        values = {"page": str(number), "characters": str(text.unmapped)}
        findings.append(Finding("letters-without-unicode", name, None, values))
    return findings


def _seen_text(
    text: PageText,
    annotations: Annotations,
    rules: RuledLines,
    frame: tuple[float, float, float, float],
    known_stamps: set[str],
) -> tuple[list[Stretch], list[Stretch]]:
    """Return the text along the lines of a page, and what stands outside of it, runs another way or is a stamp."""
    stamps = [*find_stamps(text.stretches, text.strays, rules, known_stamps), *annotations.stamps]
    stamps += annotations.part_stamps(text.stretches)
    straight = [stretch for stretch in text.stretches if "stamp" not in stretch.looks]
    mark_raised(straight, rules.upright)
    outside = [stretch for stretch in straight if not _is_within(stretch, frame)]
    for stretch in outside:
        stretch.looks = (*stretch.looks, "hidden")
    shown = [stretch for stretch in straight if _is_within(stretch, frame)]
    strays = [stray for stray in text.strays if "stamp" not in stray.looks]
    return [*shown, *annotations.texts], [*outside, *strays, *stamps]


def _frame(page: Any, turn: int) -> tuple[float, float, float, float]:
    """Return the visible part of a page as its reader sees it: left, top, right, bottom."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page.raw, box)
    corners = placed(turn, box.left, box.bottom), placed(turn, box.right, box.top)
    xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
    return xs[0], ys[0], xs[1], ys[1]


def _is_within(stretch: Stretch, frame: tuple[float, float, float, float]) -> bool:
    """Tell whether text is on the page, at least in part."""
    left, top, right, bottom = frame
    return stretch.right > left and stretch.left < right and top < stretch.baseline and stretch.middle < bottom


def _lattices(
    level: Sequence[RuledLine], rules: RuledLines, frame: tuple[float, float, float, float], budget: Budget
) -> list[Lattice]:
    """Return the tables of a page by its rules; failing them, by the edges of boxes filled with colour."""
    lattices = find_lattices(level, rules.upright, budget)
    if lattices:
        return lattices
    most = 0.5 * (frame[2] - frame[0]) * (frame[3] - frame[1])
    boxes = [box for box in rules.boxes if (box[2] - box[0]) * (box[3] - box[1]) < most]
    across = joined(RuledLine(y, left, right) for left, top, right, bottom in boxes for y in (top, bottom))
    down = joined(RuledLine(x, top, bottom) for left, top, right, bottom in boxes for x in (left, right))
    lattices = find_lattices(across, down, budget)
    # A coloured head alone does not make the lines below it a table.
    columns = {lattice.columns for lattice in lattices if len(lattice.owner) > 1}
    return [lattice for lattice in lattices if lattice.columns in columns]


def _columns(pages: Sequence[PdfPage], running: Set[int]) -> dict[int, Columns]:
    """Return the columns of every table, by identity; a table that goes on over pages has the same on each."""
    parts: list[list[Cells]] = []
    continuations: set[int] = set()
    above: tuple[PdfPage, Cells] | None = None
    for page in pages:
        for table in page.tables:
            if above and table is page.tables[0] and goes_on(above[1].lattice, table.lattice):
                parts[-1].append(table)
                if not _has_text_between(*above, page, table, running):
                    continuations.add(id(table))
            else:
                parts.append([table])
        above = (page, page.tables[-1]) if page.tables else None
    columns: dict[int, Columns] = {}
    for part in parts:
        numbers, count = columns_of([table.lattice for table in part], [set(table.lines) for table in part])
        for table, own in zip(part, numbers, strict=True):
            columns[id(table)] = Columns(own, count, id(table) in continuations)
    return columns


def _has_text_between(page: PdfPage, above: Cells, next_page: PdfPage, below: Cells, running: Set[int]) -> bool:
    """Tell whether text other than heads and feet stands between the last table of a page and the first of the next."""
    return any(id(line) not in running and line.baseline > above.lattice.ys[-1] for line in page.lines) or any(
        id(line) not in running and line.baseline < below.lattice.top for line in next_page.lines
    )


def _running(pages: Sequence[PdfPage]) -> set[int]:
    """
    Return the lines that are heads and feet of pages, by identity.

    The first of a kind stays in the text if it names a year or a known body and the rest of its page does not say
    so: it may be the only place where the plan is named.
    """
    first_of_kind = find_running(pages)
    running: set[int] = set()
    for page in pages:
        page_text = fold("".join(_words(line) for line in page.lines if id(line) not in first_of_kind))
        for line in page.lines:
            first = first_of_kind.get(id(line))
            if first is None:
                continue
            words = fold(_words(line))
            names_plan = (
                first and words not in page_text and (_YEAR.search(words) or load().find_organisation(_words(line)))
            )
            if not names_plan:
                running.add(id(line))
    return running


def _words(line: TextLine) -> str:
    """Return the text of a line."""
    return " ".join(words for words, _left, _right in runs_of(line))
