"""
The lines under a heading -> lines in their places, in parts that have a header of their own or begin a page.

In: regions of a document. Out: a `PlacedRegion` for each whose words are known by where they stand. It claims nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ...documents import Document, Line, Span
from ..outline import Region
from ..pages import edges_of
from .assigning import PlacedWords
from .header import ColumnHeader, HeaderSearch
from .weights import POSITIONS
from .words import Word, unit_of, words_of


class WordLine(NamedTuple):
    """A line and its words."""

    line: Line
    words: list[Word]
    placed: PlacedWords


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under one header, or on one page without one."""

    lines: tuple[WordLine, ...]
    header: ColumnHeader | None = None


@dataclass(frozen=True, slots=True)
class RegionContext:
    """What all regions of a document have in common: the document, its page edges, what tells words apart."""

    document: Document
    #: The first and the last line of each page.
    edges: frozenset[Span]
    is_category: Callable[[str], bool]
    is_body: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class PlacedRegion:
    """A region, how wide a width is in it, what stands above its first header, and its parts."""

    around: RegionContext
    region: Region
    unit: float
    front: tuple[Line, ...]
    parts: tuple[Part, ...]

    @property
    def is_laid_out(self) -> bool:
        """Whether the region is text that was laid out with blanks, where all places are whole numbers."""
        return self.unit == 1.0


def has_columns(region: Region) -> bool:
    """Tell whether it is known where the words of a region's lines stand."""
    return not region.has_rows and any(isinstance(block, Line) and block.runs for block in region.blocks)


def place_regions(
    document: Document,
    regions: Sequence[Region],
    is_category: Callable[[str], bool],
    is_body: Callable[[str], bool],
) -> list[PlacedRegion | None]:
    """
    Return the regions with their lines in their places, None for those whose lines have none.

    Args:
        document: Where the regions are.

        regions: What stands under each heading.

        is_category: Tells whether a text is a known category.

        is_body: Tells whether a text is the name of a known organisation.
    """
    around = RegionContext(document, edges_of(document), is_category, is_body)
    placed: list[PlacedRegion | None] = []
    known = False
    for region in regions:
        placed.append(_place_region(around, region, known) if has_columns(region) else None)
        known = known or bool(placed[-1] and placed[-1].parts)
    return placed


def _place_region(around: RegionContext, region: Region, known: bool) -> PlacedRegion:
    """Return a region with its lines in their places; columns may be known from the region before."""
    lines = [block for block in region.blocks if isinstance(block, Line) and block.runs]
    document = around.document
    unit = unit_of(document, lines)
    placed = [
        WordLine(line, words, PlacedWords(document, words, around.is_category))
        for line in lines
        if 0 < len(words := words_of(document, line, unit)) <= POSITIONS.most_words
    ]
    headers = _headers(document, placed)
    parts: list[tuple[list[WordLine], ColumnHeader | None]] = []
    front: list[Line] = []
    for index, each in enumerate(placed):
        header = headers.get(index)
        if header:
            parts.append(([], header))
        elif index in headers:
            continue
        elif not parts and not known:
            front.append(each.line)
        elif not parts or (parts[-1][0] and parts[-1][0][-1].line.page != each.line.page):
            parts.append(([each], None))
        else:
            parts[-1][0].append(each)
    return PlacedRegion(around, region, unit, tuple(front), tuple(Part(tuple(own), head) for own, head in parts))


def _headers(document: Document, lines: Sequence[WordLine]) -> Mapping[int, ColumnHeader | None]:
    """Return headers by their first lines, None for their other lines."""
    headers: dict[int, ColumnHeader | None] = {}
    search = HeaderSearch(document, [each.words for each in lines])
    for index, each in enumerate(lines):
        if index in headers:
            continue
        end = index
        while end < min(len(lines), index + POSITIONS.lines_looked_at) and lines[end].line.page == each.line.page:
            end += 1
        header = search.look(index, end)
        if header:
            headers |= {index + number: None for number in range(header.lines)}
            headers[index] = header
    return headers
