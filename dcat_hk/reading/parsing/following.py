"""
What follows a heading: a table, or what stands before one.

In: a document's blocks. Out: yes or no for each block. What several passes ask is found once; it claims nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import cached_property

from ...core.text import plain
from ...core.wording.plans import load_plan_wording
from ..documents import Block, Document, Line, Row, Span
from ..recognisers.headers import can_begin, can_open, header_of_row, lines_of_header
from ..recognisers.headings import is_caption, read_section_heading, read_signs, read_spatial
from ..recognisers.values import is_none
from .head import is_body, text_of_line
from .ledger import texts_of
from .positions.header import HeaderSearch
from .positions.words import words_of

_WORDING = load_plan_wording()
_CELLS, _HEADINGS = _WORDING.cells, _WORDING.headings
#: Blocks below a heading that are looked at.
_MOST_BELOW = 16
#: Sentences between a heading and its table that are passed over, and how one ends.
_MOST_SENTENCES = 2
_SENTENCE = re.compile(r"[。:.;]$")


class FollowingTables:
    """
    The tables that follow the headings of a document.

    Args:
        document: Where the blocks are.

        blocks: The blocks.

        bands: The lines among them that are rows of a table: any row may follow such a heading.
    """

    def __init__(self, document: Document, blocks: Sequence[Block], bands: Set[Span] = frozenset()) -> None:
        """Begin with nothing looked at."""
        self._document = document
        self._blocks = blocks
        self._bands = bands
        self._known: dict[tuple[int, int, bool, bool], bool] = {}
        self._chances: dict[int, bool] = {}
        self._counts: dict[tuple[int, int], int] = {}

    def has_table(self, index: int, bodies: bool = True, rows: bool = False, end: int | None = None) -> bool:
        """
        Tell whether the next thing is a table, a heading of one (or of a body), a note or a word for an empty one.

        Args:
            index: The block after a heading.

            bodies: Whether the name of a body counts.

            rows: Whether any row counts, not only a header.

            end: The block after the last that counts; None for the last of all.
        """
        index = self._below_caption(index)
        rows = rows or self.is_below_band(index)
        key = (index, min(index + _MOST_BELOW, len(self._blocks) if end is None else end), bodies, rows)
        if key not in self._known:
            self._known[key] = self._look(*key) or self._has_header(index, key[1])
        return self._known[key]

    def can_have_table(self, index: int) -> bool:
        """
        Tell at a glance whether `has_table` may be true, without a search for headers.

        Args:
            index: The block after a heading.
        """
        index = self._below_caption(index)
        if index not in self._chances:
            end = min(index + _MOST_BELOW, len(self._blocks))
            rows = self.is_below_band(index)
            self._chances[index] = self._look(index, end, rows=rows) or self._has_header(index, end, at_a_glance=True)
        return self._chances[index]

    def has_header(self, index: int) -> bool:
        """
        Tell whether a header in lines of text begins at a block.

        Args:
            index: The block.
        """
        return self.count_header(index) > 0

    def count_header(self, index: int, end: int | None = None) -> int:
        """
        Return over how many lines of text a header goes that begins at a block, 0 if none does.

        Args:
            index: The block.

            end: The block after the last that it may hold; None for as many as are looked at.
        """
        key = (index, min(index + _MOST_BELOW, len(self._blocks)) if end is None else end)
        if key not in self._counts:
            self._counts[key] = self._count_header(*key)
        return self._counts[key]

    def can_have_header(self, index: int) -> bool:
        """
        Tell at a glance whether `has_header` may be true, without a search for headers.

        Args:
            index: The block.
        """
        end = min(index + _MOST_BELOW, len(self._blocks))
        first = text_of_line(self._document, self._blocks[index]) if index < end else ""
        in_words = can_begin(first) and can_open(first.split()[0])
        return in_words or self._has_header(index, end, at_a_glance=True)

    def _count_header(self, index: int, end: int) -> int:
        """Return over how many lines of text, up to a block, a header goes that begins at another, 0 if none does."""
        count = _count_lines(self._blocks[index:end])
        lines = [text_of_line(self._document, block) for block in self._blocks[index : index + count]]
        if in_words := lines_of_header(lines):
            return in_words
        places, search = self._search
        header = search.look(places[index], places[index + count])
        return header.lines if header else 0

    def below_sentences(self, index: int) -> int:
        """
        Return the row that heads a table of cells below a block that is a sentence, or two; else the block itself.

        Args:
            index: The block after a heading, such as "The following datasets can be had on the portal:".
        """
        for below in range(index, min(index + _MOST_SENTENCES + 1, len(self._blocks))):
            block = self._blocks[below]
            if isinstance(block, Row):
                return below if header_of_row(texts_of(self._document, block)) else index
            text = plain(text_of_line(self._document, block)).strip()
            if not _SENTENCE.search(text) or read_section_heading(text) or read_signs(text).letter:
                break
        return index

    def is_below_band(self, index: int) -> bool:
        """
        Tell whether the block above one is a line that is a row of a table.

        Args:
            index: The block below.
        """
        above = self._blocks[index - 1] if 0 < index <= len(self._blocks) else None
        return isinstance(above, Line) and above.span in self._bands

    def _below_caption(self, index: int) -> int:
        """Return a block, or the one below it if it is no more than the caption of a table."""
        block = self._blocks[index] if index < len(self._blocks) else None
        text = plain(text_of_line(self._document, block)).strip() if isinstance(block, Line) else ""
        return index + 1 if text and is_caption(text) else index

    @cached_property
    def furthest(self) -> float:
        """How far to the right the lines of the document reach."""
        return max(block.runs[-1].right for block in self._blocks if isinstance(block, Line) and block.runs)

    def _look(self, index: int, end: int, bodies: bool = True, rows: bool = False) -> bool:
        """Tell whether a table or what stands before one begins at a block, other than a header of placed words."""
        rest = self._blocks[index:end]
        if not rest:
            return False
        if isinstance(rest[0], Row):
            texts = texts_of(self._document, rest[0])
            return rows or header_of_row(texts) is not None or is_none("".join(texts))
        first = text_of_line(self._document, rest[0])
        if is_none(first) or self._has_header_in_words(first, rest):
            return True
        text = plain(first).strip()
        if read_spatial(text) is not None:
            return True
        if bodies and (_HEADINGS.organisation.fullmatch(text) or find_body_span(text)[1]):
            return True
        return bool(_CELLS.note.match(text))

    def _has_header_in_words(self, first: str, blocks: Sequence[Block]) -> bool:
        """Tell whether lines of running text begin with a header, of which the text of the first is known."""
        if not can_begin(first):
            return False
        return bool(lines_of_header([text_of_line(self._document, block) for block in blocks[: _count_lines(blocks)]]))

    def _has_header(self, index: int, end: int, at_a_glance: bool = False) -> bool:
        """Tell whether lines whose words have places begin with a header, or may do so at a glance."""
        count = _count_lines(self._blocks[index:end])
        if not count:
            return False
        places, search = self._search
        first, last = places[index], places[index + count]
        return search.can_find(first, last) if at_a_glance else search.look(first, last) is not None

    @cached_property
    def _search(self) -> tuple[list[int], HeaderSearch]:
        """How many lines whose words have places stand before each block, and the search for headers in them."""
        places, lines = [0], []
        for block in self._blocks:
            if isinstance(block, Line) and block.runs:
                lines.append(words_of(self._document, block, 1.0))
            places.append(len(lines))
        return places, HeaderSearch(self._document, lines)


def _count_lines(blocks: Sequence[Block]) -> int:
    """Return how many blocks from the first one on are lines."""
    return next((number for number, block in enumerate(blocks) if isinstance(block, Row)), len(blocks))


def find_known_body(text: str) -> str:
    """Return the known body that a heading names, numbered or not; else nothing."""
    match = _HEADINGS.body.fullmatch(text)
    return match["name"] if match and is_body(match["name"]) else ""


def find_body_span(text: str) -> tuple[int, int]:
    """
    Return where the name of a body stands in a heading of a section on other bodies; (0, 0) if none does.

    Nobody has to know it: its last word says what it is, or what stands before it.

    >>> start, end = find_body_span("datasets from bar limited")
    >>> "datasets from bar limited"[start:end], find_body_span("rail data")
    ('bar limited', (0, 0))
    """
    known = _HEADINGS.body.fullmatch(text)
    if known and is_body(known["name"]):
        return known.span("name")
    worded = _HEADINGS.worded_body.fullmatch(text)
    return worded.span(worded.lastgroup or 0) if worded else (0, 0)
