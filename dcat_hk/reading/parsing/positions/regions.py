"""
The lines under a heading -> lines in their places, in parts that have a header of their own or begin a page.

In: regions of a document. Out: a `PlacedRegion` for each whose words are known by where they stand. It claims nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ....core.text import fold
from ...documents import Document, Line, Span
from ...recognisers.columns import field_of
from ..outline import Region
from ..pages import edges_of
from ..stages import stated_role
from .assigning import PlacedWords
from .contents import find_header_by_contents, has_rows_by_contents, is_justified, repeats_header
from .header import ColumnHeader, HeaderSearch
from .weights import POSITIONS
from .words import Word, is_laid_out, unit_of, words_of


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
    #: Whether lines of cells were drawn out to the width of their columns.
    justified: bool = False


@dataclass(frozen=True, slots=True)
class PlacedRegion:
    """A region, how wide a width is in it, what stands above its first header, and its parts."""

    around: RegionContext
    region: Region
    unit: float
    front: tuple[Line, ...]
    parts: tuple[Part, ...]
    #: Whether it is rows of a table over which no header stands.
    lacks_header: bool = False

    @property
    def is_laid_out(self) -> bool:
        """Whether the region is text that was laid out with blanks."""
        return is_laid_out(self.unit)


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
    stretches = [_words_of_region(document, region) if has_columns(region) else None for region in regions]
    measured = [stretch.words for stretch in stretches if stretch and not is_laid_out(stretch.unit)]
    justified = any(is_justified([own for _line, own in words]) for words in measured)
    around = RegionContext(document, edges_of(document), is_category, is_body, justified)
    placed: list[PlacedRegion | None] = []
    known = False
    told: ColumnHeader | None = None
    for region, stretch in zip(regions, stretches, strict=True):
        if not stretch:
            placed.append(None)
            continue
        own = _place_region(around, region, stretch, known, told)
        placed.append(own)
        known = known or bool(own.parts)
        told = next((part.header for part in own.parts if part.header and part.header.by_contents), told)
    return placed


class _RegionWords(NamedTuple):
    """How wide a width is in a region, and its lines, each with its words."""

    unit: float
    words: list[tuple[Line, list[Word]]]


def _words_of_region(document: Document, region: Region) -> _RegionWords:
    """Return the lines of a region with their words, without those that have too many to be of a table."""
    lines = [block for block in region.blocks if isinstance(block, Line) and block.runs]
    unit = unit_of(document, lines)
    words = [(line, words_of(document, line, unit)) for line in lines]
    return _RegionWords(unit, [(line, own) for line, own in words if 0 < len(own) <= POSITIONS.most_words])


def _place_region(
    around: RegionContext, region: Region, stretch: _RegionWords, known: bool, told: ColumnHeader | None
) -> PlacedRegion:
    """
    Return a region with its lines in their places; columns may be known from the region before.

    `told` is the last header that was known only by what stands below it.
    """
    document = around.document
    placed = [
        WordLine(line, own, PlacedWords(document, own, around.is_category, around.justified))
        for line, own in stretch.words
    ]
    headers = _headers(document, placed)
    if not headers or _is_poor(headers):
        headers = _headers_by_contents(around, region, stretch, told) or headers
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
    # Of text that was laid out it is not sure where columns are: it is read in another way.
    may_lack_header = not parts and not is_laid_out(stretch.unit)
    lacks_header = may_lack_header and has_rows_by_contents(document, stretch.words, around.is_category)
    own_parts = tuple(Part(tuple(own), head) for own, head in parts)
    return PlacedRegion(around, region, stretch.unit, tuple(front), own_parts, lacks_header)


def _headers(document: Document, lines: Sequence[WordLine]) -> Mapping[int, ColumnHeader | None]:
    """Return headers by their first lines, None for their other lines."""
    headers: dict[int, ColumnHeader | None] = {}
    printed: list[list[str]] = []
    search = HeaderSearch(document, [each.words for each in lines])
    for index, each in enumerate(lines):
        if index in headers:
            continue
        end = index
        while end < min(len(lines), index + POSITIONS.lines_looked_at) and lines[end].line.page == each.line.page:
            end += 1
        header = search.look(index, end)
        if header:
            texts = [_fold_words(line) for line in lines[index : index + header.lines]]
            repeated = next((before for before in printed if before == texts[: len(before)]), texts)
            if len(repeated) < len(texts):
                # Below a header that a page repeats stands the rest of the row that it cuts.
                header = search.look(index, index + len(repeated)) or header
            printed.append(texts[: header.lines])
            headers |= {index + number: None for number in range(header.lines)}
            headers[index] = header
    return headers


def _fold_words(line: WordLine) -> str:
    """Return the words of a line, without what can be set in another way."""
    return fold(" ".join(word.text for word in line.words))


def _is_poor(headers: Mapping[int, ColumnHeader | None]) -> bool:
    """Tell whether a header with a label that nobody knows says of no column that it holds names, or dates."""
    for header in filter(None, headers.values()):
        fields = {field_of(name) for label in header.labels for name in label.names}
        if not all(label.names for label in header.labels) and not {"title", "date"} <= fields:
            return True
    return False


def _headers_by_contents(
    around: RegionContext, region: Region, stretch: _RegionWords, told: ColumnHeader | None
) -> Mapping[int, ColumnHeader | None]:
    """Return headers as `_headers` does, where only what stands below labels tells what they say."""
    document = around.document
    words = [own for _line, own in stretch.words]
    headers: dict[int, ColumnHeader | None] = {}
    if not (told and any(repeats_header(document, told, words[index:]) for index in range(len(words)))):
        role = stated_role(region.section, region.heading)
        found = find_header_by_contents(document, stretch.words, around.is_category, role, stretch.unit)
        told = found[1] if found else None
    if not told:
        return headers
    for index in range(len(words)):
        again = None if index in headers else repeats_header(document, told, words[index:])
        if again:
            headers |= {index + number: None for number in range(again.lines)}
            headers[index] = again
    return headers
