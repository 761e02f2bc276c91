"""
Signs of notes that look like the text around them: "Flights*" above "* Note: …".

In: a document. Out: where such signs stand, and where the notes that explain them begin. A sign counts only where a
line of its own below explains it; without one it is text as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ...core.text import plain
from ...core.wording.plans import load_plan_wording
from ..documents import Block, Document, Row, Span
from ..documents.document import spans_of_block

_MARKS = load_plan_wording().marks
#: What follows a sign that ends a word; what stands before a bracketed one or at the end of a cell may be a blank.
_AFTER = r"(?=\s|$|[)\],;、/])"
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class NoteSigns:
    """Where signs of notes stand, and where they stand before the notes."""

    signs: list[Span] = field(default_factory=list)
    #: None of those that another word precedes, as in "Note *: …".
    openings: list[Span] = field(default_factory=list)


def find_note_signs(document: Document) -> NoteSigns:
    """
    Return the signs of notes that a line below explains.

    Args:
        document: A document as its reader made it.

    >>> from dcat_hk.reading.documents import read_bytes
    >>> document = read_bytes("1\\t雨量*\\t每日\\n2\\t潮汐\\t每日\\n\\n* 只限市區".encode(), "a.txt")
    >>> find_note_signs(document)
    NoteSigns(signs=[Span(line=0, start=4, end=5)], openings=[Span(line=3, start=0, end=1)])
    """
    notes = [(index, *note) for index, block in enumerate(document.blocks) if (note := _read_note(document, block))]
    result = NoteSigns()
    has_raised = any(mark.kind == "raised" for mark in document.marks)
    own = {place for place, _sign, _opening in notes}
    for sign in dict.fromkeys(sign for _place, sign, _opening in notes):
        last = max(place for place, other, _opening in notes if other == sign)
        spans = [
            span
            for place, block in enumerate(document.blocks[:last])
            if place not in own
            for span in _find_signs(document, block, sign, not has_raised)
        ]
        if spans:
            result.signs.extend(spans)
            result.openings.extend(stretch for _place, other, stretch in notes if other == sign and stretch)
    return result


def _read_note(document: Document, block: Block) -> tuple[str, Span | None] | None:
    """
    Return the sign that a line, or the only cell of a row, explains, and where it stands if that is at the start.

    None if it explains no sign.
    """
    if isinstance(block, Row):
        filled = [cell for cell in block.cells if cell]
        if len(filled) != 1 or not block.cells[0]:
            return None
        span = filled[0][0].span
    else:
        span = block.span
    match = _MARKS.explanation.match(plain(document.slice(span)))
    if not match:
        return None
    if not match["sign"]:
        return f"({match['number'] or match['worded'] or match['starred']})", None
    start, end = match.span("sign")
    opens = not document.slice(span)[:start].strip()
    return match["sign"], Span(span.line, span.start + start, span.start + end) if opens else None


def _find_signs(document: Document, block: Block, sign: str, bare: bool) -> Iterator[Span]:
    """Yield where a sign ends a word or a cell of a block; or a bare figure a word, if no sign is raised."""
    spans = spans_of_block(block)
    number = sign.strip("()[]")
    bracketed = ""
    if number != sign and sign.startswith("("):
        bracketed = rf"[(\[]?\s*{_MARKS.word.pattern}\s*{re.escape(number)}\s*[)\]]?"
        pattern = rf"(?<=\S)\s?{bracketed}{_AFTER}"
        if bare and number.isdecimal():
            pattern += rf"|{_MARKS.before_figure.pattern}{number}{_AFTER}"
    elif number != sign:
        bracketed = rf"\[\s*{re.escape(number)}\s*\]"
        pattern = rf"(?<=\S)\s?{bracketed}{_AFTER}"
    else:
        same = re.escape(sign[0])
        pattern = rf"(?<=[^\s{same}]){re.escape(sign)}{_AFTER}(?!\S*{same})|(?<=\S)\s{re.escape(sign)}\s*$"
    for place, span in enumerate(spans):
        text = plain(document.slice(span))
        if bracketed and place and re.fullmatch(rf"\s*{bracketed}\s*", text):
            # What had no room behind the last word of a cell stands on a line of its own.
            yield span
            continue
        for match in re.finditer(pattern, text):
            before = text[: match.start()]
            is_grade = number == sign and before[-1:].isdigit() and _LETTER.search(before)
            is_emphasis = re.search(rf"(?:^|\s){re.escape(sign)}\w", before)
            is_name = match[0] == number and document.slice(span)[: match.start()][-1:].isupper()
            if not is_grade and not is_emphasis and not is_name:
                start = match.end() - len(match[0].lstrip())
                yield Span(span.line, span.start + start, span.start + len(text[: match.end()].rstrip()))
