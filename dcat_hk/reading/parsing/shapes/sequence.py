"""
A document that holds several plans, one after the other -> where each begins.

In: a document. Out: its parts. A plan is often printed in Chinese and then in English, or on a sheet for each language;
now and then plans of several years or bodies are kept in one file, the later ones perhaps under the name of the body
only. A title that is repeated, as at the top of pages, begins nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ....core.errors import Finding
from ....core.text import fold, plain, script_of
from ...alignment import LEADING_SCRIPTS
from ...documents import Block, Document, Line
from ...documents.document import spans_of_block
from ...recognisers.headings import read_section_heading
from ..head import find_body, find_body_in_title, is_clean_title, match_title, read_title_years, text_of_line
from ..ledger import Claims

#: A body's name stands within so many lines above or below a title, and a section within so many below the name.
_LINES_OF_BODY = 3


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A part of a document: the document with its blocks only, its title, the years in it, and its script."""

    document: Document
    title: str
    years: tuple[int, ...]
    script: str
    #: The IRI of the body whose plan it is, nothing if it is not known.
    body: str = ""

    def is_edition_of(self, other: PlanPart) -> bool:
        """Tell whether a part is the plan of another part in another language."""
        return self.years == other.years and self.script != other.script and not _are_two(self.body, other.body)


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a title stands, where what belongs to it begins, and what it says."""

    index: int
    begins: int
    title: str
    years: tuple[int, ...]
    script: str
    #: The IRI of the known body that is named beside the title.
    body: str
    #: What stands directly above the title, folded.
    above: str = ""

    def is_other_than(self, other: _Start) -> bool:
        """Tell whether this title is that of another plan, or of the same in another language."""
        return self.years != other.years or self.script != other.script or self.is_of_other_body(other)

    def is_of_other_body(self, other: _Start) -> bool:
        """Tell whether this title is known to be that of another body."""
        return _are_two(self.body, other.body)


def _are_two(body: str, other: str) -> bool:
    """Tell whether two bodies are known and are not the same."""
    return bool(body and other) and body != other


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
    return [
        PlanPart(part, start.title, start.years, start.script, start.body)
        for part, start in zip(parts, starts, strict=True)
    ]


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
    for index in _list_places(len(blocks), codes):
        start = _read_start(document, blocks, index, codes)
        if not start:
            start = _read_name(document, blocks, index, codes, starts[-1]) if starts else None
            starts += [start] if start else []
            continue
        before = [code for at, code in codes.items() if starts and starts[-1].index < at < start.begins]
        behind = [code for at, code in codes.items() if at > start.index]
        if not before:
            # Of several titles before the first section the last one counts.
            starts[-1:] = [start]
        elif behind and _begins_anew(start, starts[-1], before, behind):
            starts.append(start)
    return starts


def _list_places(count: int, codes: Mapping[int, str]) -> Sequence[int]:
    """Return which of so many blocks may begin a plan: where sections only go on, those of the head and above each."""
    if any(code <= before for before, code in pairwise(codes.values())):
        return range(count)
    if len(codes) < 2:
        return ()
    first, *others = codes
    above = {place for at in others for place in range(max(0, at - _LINES_OF_BODY), at)}
    return sorted({*range(first), *above})


def _begins_anew(start: _Start, last: _Start, before: Sequence[str], behind: Sequence[str]) -> bool:
    """Tell whether a title begins a plan behind the last one, by the codes of the sections before and behind it."""
    if start.is_of_other_body(last):
        return True
    if start.is_other_than(last) and set(before) & set(behind):
        return True
    # Lines that differ above two titles are names of bodies that nobody knows.
    return behind[0] <= before[-1] and bool(start.above and last.above) and start.above != last.above


def _code_of_section(document: Document, block: Block) -> str:
    """Return the code of the section whose heading a line is, in the usual words; nothing for another line."""
    text = plain(text_of_line(document, block)).strip() if isinstance(block, Line) else ""
    heading = read_section_heading(text) if text else None
    return heading.code if heading else ""


def _read_start(document: Document, blocks: Sequence[Block], index: int, codes: Mapping[int, str]) -> _Start | None:
    """Return the title that begins at a block, if one does that stands by itself."""
    if not isinstance(blocks[index], Line):
        return None
    match = match_title(document, blocks, index)
    if not match or not is_clean_title(match[1]):
        return None
    title = "".join(text_of_line(document, block) for block in blocks[index : index + match[0]])
    begins, body = index, ""
    for above in range(index - 1, max(-1, index - 1 - _LINES_OF_BODY), -1):
        own = find_body(text_of_line(document, blocks[above]))
        if not own:
            break
        begins, body = above, own
    end = index + match[0]
    below = range(end, next((at for at in range(end, end + _LINES_OF_BODY) if at in codes), end))
    others = (find_body_in_title(match[1]), *(find_body(text_of_line(document, blocks[at])) for at in below))
    above_title = fold(text_of_line(document, blocks[begins - 1])) if begins == index and index else ""
    body = body or next(filter(None, others), "")
    return _Start(index, begins, title, read_title_years(match[1]), script_of(title), body, above_title)


def _read_name(
    document: Document, blocks: Sequence[Block], index: int, codes: Mapping[int, str], last: _Start
) -> _Start | None:
    """Return the start of the plan of another body, whose name alone stands for a title above sections that go back."""
    text = text_of_line(document, blocks[index])
    section = next((at for at in range(index + 1, index + 1 + _LINES_OF_BODY) if at in codes), None)
    if not text or section is None:
        return None
    before = [code for at, code in codes.items() if last.index < at < index]
    if not before or codes[section] > before[-1]:
        return None
    body = find_body(text)
    # The name of a running head has stood further up, too.
    if (
        not body
        or body == last.body
        or any(find_body(text_of_line(document, block)) == body for block in blocks[:index])
    ):
        return None
    return _Start(index, index, text.strip(), last.years, script_of(text), body)
