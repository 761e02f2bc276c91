"""
A document that holds several plans, one after the other -> where each begins.

In: a document. Out: its parts. A plan is often printed in Chinese and then in English, or on a sheet for each language;
now and then plans of several years or bodies are kept in one file. A title that is repeated, as at the top of pages,
begins nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ....core.errors import Finding
from ....core.text import fold, plain, script_of
from ...alignment import LEADING_SCRIPTS
from ...documents import Block, Document, Line
from ...documents.document import spans_of_block
from ...recognisers.headings import read_section_heading
from ..head import is_body, is_clean_title, match_title, read_title_years, text_of_line
from ..ledger import Claims

#: A body's name stands within so many lines above a title.
_LINES_OF_BODY = 3


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A part of a document: the document with its blocks only, its title, the years in it, and its script."""

    document: Document
    title: str
    years: tuple[int, ...]
    script: str

    def is_edition_of(self, other: PlanPart) -> bool:
        """Tell whether a part is the plan of another part in another language."""
        return self.years == other.years and self.script != other.script


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a title stands, where what belongs to it begins, and what it says."""

    index: int
    begins: int
    title: str
    years: tuple[int, ...]
    script: str
    body: str

    def is_other_than(self, other: _Start) -> bool:
        """Tell whether this title is that of another plan, or of the same in another language."""
        return self.years != other.years or self.script != other.script or _are_two_bodies(self, other)


def split_plans(document: Document) -> list[PlanPart]:
    """
    Return the parts of a document that are plans of their own; one part if there are not several.

    Args:
        document: Any document.
    """
    starts = _find_starts(document)
    edges = [0, *(start.begins for start in starts[1:]), len(document.blocks)]
    if len(starts) < 2:
        return [PlanPart(document, "", (), "")]
    parts = [replace(document, blocks=document.blocks[first:last]) for first, last in pairwise(edges)]
    # What stands beside the text, such as the heads of pages, is the document's: it is claimed with the first part.
    parts[1:] = [replace(part, asides=()) for part in parts[1:]]
    return [PlanPart(part, start.title, start.years, start.script) for part, start in zip(parts, starts, strict=True)]


def order_editions(parts: Sequence[PlanPart]) -> list[PlanPart]:
    """Return the editions of one plan, the one that leads first: Traditional Chinese, Simplified Chinese, English."""
    return sorted(parts, key=lambda part: LEADING_SCRIPTS.index(part.script))


def leave_out_part(part: PlanPart, claims: Claims) -> Finding:
    """
    Claim the text of a plan that is not read, and return the finding that says so.

    Args:
        part: Another plan than the one that the document is read as.

        claims: Where its text is claimed.
    """
    spans = [span for block in part.document.blocks for span in spans_of_block(block)]
    claims.add([span for span in spans if claims.is_free(span)], "note")
    return Finding("second-plan", part.document.name, part.document.place(spans), {"title": part.title})


def _find_starts(document: Document) -> list[_Start]:
    """Return the titles that begin a plan: the sections behind each begin anew."""
    blocks = document.blocks
    codes = {index: code for index in range(len(blocks)) if (code := _code_of_section(document, blocks[index]))}
    starts: list[_Start] = []
    # Where no section comes again there is one plan at most, and no line need be looked at as a title.
    is_repeated = len(set(codes.values())) < len(codes)
    for index in range(len(blocks) if is_repeated else 0):
        start = _read_start(document, blocks, index)
        if not start:
            continue
        before = {code for at, code in codes.items() if starts and starts[-1].index < at < start.begins}
        if not before:
            # Of several titles before the first section the last one counts.
            starts[-1:] = [start]
        elif start.is_other_than(starts[-1]) and before & {code for at, code in codes.items() if at > start.index}:
            starts.append(start)
    return starts


def _code_of_section(document: Document, block: Block) -> str:
    """Return the code of the section whose heading a line is, in the usual words; nothing for another line."""
    text = plain(text_of_line(document, block)).strip() if isinstance(block, Line) else ""
    heading = read_section_heading(text) if text else None
    return heading.code if heading else ""


def _read_start(document: Document, blocks: Sequence[Block], index: int) -> _Start | None:
    """Return the title that begins at a block, if one does that stands by itself."""
    if not isinstance(blocks[index], Line):
        return None
    match = match_title(document, blocks, index)
    if not match or not is_clean_title(match[1]):
        return None
    title = "".join(text_of_line(document, block) for block in blocks[index : index + match[0]])
    begins, body = index, ""
    for above in range(index - 1, max(-1, index - 1 - _LINES_OF_BODY), -1):
        text = text_of_line(document, blocks[above]) if isinstance(blocks[above], Line) else ""
        if not text or not is_body(text):
            break
        begins, body = above, text
    return _Start(index, begins, title, read_title_years(match[1]), script_of(title), body)


def _are_two_bodies(one: _Start, other: _Start) -> bool:
    """Tell whether two titles stand under the names of two bodies."""
    return bool(one.body and other.body) and fold(one.body) != fold(other.body)
