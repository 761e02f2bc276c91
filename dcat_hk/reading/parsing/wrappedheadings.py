"""
Headings of sections in the usual words, which may be wrapped over some lines.

In: a document's blocks and the tables that follow them. Out: the heading that begins at a block, and over how many
lines it goes. What stands before it, and the order of sections, are not known here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...core.text import plain
from ...core.wording.plans import load_plan_wording
from ..documents import Block, Document, Line
from ..recognisers.headings import SectionHeading, read_section_heading, read_signs, read_spatial
from .following import FollowingTables
from .head import find_title_years, joined, text_of_line

_WORDING = load_plan_wording()
_ENDS_UNFINISHED = re.compile(rf"{_WORDING.cells.unfinished.pattern}$")

#: A heading in a cell, whose lines have no place of their own on the page, has no more of them.
_MOST_LINES_OF_CELL = 10


def match_section(
    document: Document, blocks: Sequence[Block], index: int, following: FollowingTables
) -> SectionHeading | None:
    """
    Return the section heading in the usual words that begins at a block, None if none does.

    Args:
        document: Where the blocks are.

        blocks: The blocks.

        index: Where to look.

        following: The tables that follow the blocks.
    """
    if not isinstance(blocks[index], Line):
        return None
    doubtful: SectionHeading | None = None
    for count in range(1, most_lines(document, blocks, index) + 1):
        heading = read_section_heading(joined(document, blocks[index : index + count]))
        below = count > 1 and _opens_section(joined(document, blocks[index + count - 1 : index + count]))
        if below and not (count == 2 and read_signs(joined(document, blocks[index : index + 1])).bare):
            return doubtful
        if count > 1 and heading and find_title_years(document, blocks[index : index + 1])[1]:
            return doubtful
        if count > 1 and read_spatial(joined(document, blocks[index + count - 1 : index + count])) is not None:
            return doubtful
        table = following.below_sentences(index + count) if heading else 0
        if heading and (heading.lettered or following.has_table(table, rows=blocks[index].apart)):
            whole = replace(heading, lines=count + _goes_on(document, blocks, index, count, following))
            if not heading.doubtful or following.has_table(index + count):
                return whole
            # More words may say what the letter says.
            doubtful = doubtful or whole
    return doubtful


def _opens_section(text: str) -> bool:
    """Tell whether a plain line is a heading by itself: in the usual words, or in others behind a letter of its own."""
    signs = read_signs(text)
    return bool(read_section_heading(text)) or (signs.has_own_letter and signs.is_heading)


def most_lines(document: Document, blocks: Sequence[Block], index: int) -> int:
    """
    Return over how many lines a heading may be wrapped: in a narrow cell over more than on a page.

    Args:
        document: Where the blocks are.

        blocks: The blocks.

        index: Where the heading begins.
    """
    count = 0
    while document.places and count < _MOST_LINES_OF_CELL and index + count < len(blocks):
        line = blocks[index + count]
        if not isinstance(line, Line) or line.page or line.runs or (line.apart and count):
            break
        count += 1
    return max(count, _WORDING.headings.lines)


def _goes_on(document: Document, blocks: Sequence[Block], index: int, count: int, following: FollowingTables) -> bool:
    """Tell whether a heading of some lines goes on below the last one, in which its next word had no room."""
    lines = blocks[index : index + count + 1]
    if following.has_table(index + count) or not following.has_table(index + count + 1):
        return False
    last, rest = lines[-2:]
    if not isinstance(last, Line) or not isinstance(rest, Line) or rest.apart or (last.runs and not rest.runs):
        return False
    if not read_section_heading(joined(document, lines)) or _opens_section(joined(document, [rest])):
        return False
    if not last.runs:
        # Part of a line in two languages, whose other part stands before it; or a line that ends in mid-sentence.
        return bool(last.page) or bool(_ENDS_UNFINISHED.search(plain(text_of_line(document, last)).rstrip()))
    first = rest.runs[0]
    text = document.slice(first.span)
    word = (first.right - first.left) * len(text.split(" ")[0]) / len(text)
    return last.runs[-1].right + word > following.furthest
