"""
Document -> `Outline`: whose plan it is, for which years, and which blocks belong to which section.

In: a document. Out: the head of the plan, regions of blocks under their headings, and claims on every
heading, note and page number. It does not look into rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

from ...core.plan import DateRole
from ...core.text import fold, plain
from ...core.wording.plans import load_plan_wording
from ..documents import Block, Document, Line, Row
from ..documents.document import spans_of_block
from ..recognisers.headers import header_of_row
from ..recognisers.headings import SectionHeading, complete_heading, read_section_heading, read_signs, read_spatial
from ..recognisers.values import is_none
from .following import FollowingTables, find_body_span
from .foot import drop_end_marks, is_signature, read_foot
from .head import (
    Head,
    body_name,
    claim_lines,
    is_body,
    is_clutter,
    joined,
    read_head,
    read_month_of_title,
    text_of_line,
)
from .ledger import Claims, text_of, texts_of
from .pages import find_counted_feet, find_page_turns, find_prints, find_running, find_titled_pages
from .rows import read_number
from .sections import find_sections, header_above
from .shapes.sectionbands import is_heading_band

_WORDING = load_plan_wording()
_CELLS, _HEADINGS = _WORDING.cells, _WORDING.headings
#: A table at the head of a plan stands in so many blocks.
_MOST_OF_HEAD = 24
_SHORT_WORD = re.compile(r"\w{1,2}\W")
#: The sign of a part that stands on a line of its own, above or below its heading.
_LONE_SIGN = re.compile(r"(?:[(\[]\s*+)?(?:i{1,3}|[ⅰⅱⅲ]|\d{1,2})\s*+[.、:)\]]++")


@dataclass(slots=True)
class Region:
    """The blocks under one heading, with everything the headings above say; no section where that cannot be told."""

    section: str
    years: tuple[int, ...]
    spatial: bool | None = None
    organisation: str | None = None
    blocks: list[Block] = field(default_factory=list)
    #: The heading of the section as printed, nothing where a table has none.
    heading: str = ""
    #: What the dates are, once it has been settled.
    role: DateRole | None = None
    #: What the labels above the dates say that they are, None if they do not.
    labelled: DateRole | None = None
    #: Whether each row says itself whether it is planned or released.
    by_rows: bool = False
    #: Whether bodies are named below spatial and non-spatial data and not above them.
    has_bodies_in_parts: bool = False

    @property
    def has_rows(self) -> bool:
        """Return whether any block is a row of cells."""
        return any(isinstance(block, Row) for block in self.blocks)

    def open_part(self, spatial: bool | None, organisation: str | None) -> Region:
        """
        Return a region below a heading inside this one, with everything that the heading of the section says.

        Args:
            spatial: Whether its data are spatial, None if that is not said.

            organisation: The name of the body whose data they are, None for the bureau or department.
        """
        return replace(self, spatial=spatial, organisation=organisation, blocks=[], has_bodies_in_parts=False)


@dataclass(frozen=True, slots=True)
class Outline:
    """The head of a plan and its regions; `title` and `years` are empty where there are none."""

    bureau: str
    title: str
    years: tuple[int, ...]
    dated: str | None
    regions: tuple[Region, ...]


def read_outline(document: Document, claims: Claims) -> Outline:
    """
    Return the outline of a document, claiming what it is made of.

    Args:
        document: Any document; one that is no plan has no title and no regions.

        claims: Where headings, notes and page furniture are claimed.
    """
    blocks = drop_end_marks(document, claims, _drop_page_lines(document, claims, _turn_rows_into_lines(document)))
    rows = {span for block in document.blocks if isinstance(block, Row) for span in spans_of_block(block)}
    following = FollowingTables(document, blocks, rows)
    sections = find_sections(document, blocks, following)
    if not sections:
        return Outline("", "", (), None, ())
    first = min(sections)
    foot = read_foot(document, blocks, first, claims, max(sections))
    above = header_above(following, first)
    head = read_head(document, blocks[:above], claims, foot.signed)
    regions = tuple(
        _merge_regions(_read_regions(_Body(document, blocks[: foot.end], following), claims, head, sections, above))
    )
    stated = sorted({year for region in regions for year in region.years})
    dated = foot.dated or head.dated or read_month_of_title(head.title)
    return Outline(head.bureau, head.title, head.years or tuple(stated), dated, regions)


# ---- blocks


def _turn_rows_into_lines(document: Document) -> list[Block]:
    """Return the blocks with every row that is no more than a heading, note or signature as lines."""
    heads = _find_head_rows(document)
    if not heads and not any(isinstance(block, Row) and _count_filled(block) == 1 for block in document.blocks):
        return list(document.blocks)
    blocks: list[Block] = []
    rows = [i for i, block in enumerate(document.blocks) if isinstance(block, Row) and _count_filled(block) > 1]
    section = ""
    for index, block in enumerate(document.blocks):
        if index in heads:
            blocks += [Line(span, True) for span in spans_of_block(block)]
            continue
        if not isinstance(block, Row) or _count_filled(block) != 1:
            section = _find_code(document, block) or section
            blocks.append(block)
            continue
        before = not rows or index < rows[0]
        after = bool(rows) and index > rows[-1]
        fragments = next(cell for cell in block.cells if cell)
        text = plain(text_of(document, fragments)).strip()
        code = _find_code(document, block)
        other = not code and _is_other_heading(document, index, text)
        section = code or (_code_of_other(text) if other else "") or section
        if len(fragments) > 1 and rows and _CELLS.note.match(text) and not before:
            blocks.append(block)  # Its lines say nothing each by itself.
        elif code or other or _is_heading_row(text, section, block) or before or (after and is_signature(text)):
            blocks += [Line(fragment.span, block.apart and not i) for i, fragment in enumerate(fragments)]
        else:
            blocks.append(block)
    return blocks


def _find_head_rows(document: Document) -> frozenset[int]:
    """Return which rows are of a table at the head of a plan: two cells, the first of which is a label of a plan's."""
    heads: set[int] = set()
    for index, block in enumerate(document.blocks[:_MOST_OF_HEAD]):
        texts = [text for text in texts_of(document, block) if text.strip()] if isinstance(block, Row) else []
        if len(texts) > 2:
            break
        if len(texts) == 2 and _WORDING.signature.labels.fullmatch(plain(texts[0]).strip()):
            heads.add(index)
    return frozenset(heads)


def _count_filled(row: Row) -> int:
    """Return how many cells of a row hold anything."""
    return sum(1 for cell in row.cells if cell)


def _find_code(document: Document, block: Block) -> str:
    """Return the code of the section that a line, or the only cell of a row, opens by its letter; else nothing."""
    if isinstance(block, Row) and _count_filled(block) != 1:
        return ""
    fragments = next(cell for cell in block.cells if cell) if isinstance(block, Row) else ()
    text = plain(text_of(document, fragments)) if fragments else joined(document, [block])
    heading = read_section_heading(text)
    return heading.code if heading and (heading.lettered or isinstance(block, Row)) else ""


def _is_other_heading(document: Document, index: int, text: str) -> bool:
    """Tell whether the only text of a row is a section's heading in other words, above the header of a table."""
    below = document.blocks[index + 1] if index + 1 < len(document.blocks) else None
    if not isinstance(below, Row) or read_spatial(text) is not None or not read_signs(text).is_heading:
        return False
    block, texts = document.blocks[index], texts_of(document, below)
    if header_of_row(texts) or (_count_filled(below) == 1 and is_none("".join(texts))):
        return True
    return isinstance(block, Row) and is_heading_band(document, block)


def _code_of_other(text: str) -> str:
    """Return the code of the only section that the words of a plain heading allow, nothing if they allow several."""
    codes = read_signs(text).codes
    return next(iter(codes)) if len(codes) == 1 else ""


def _is_heading_row(text: str, section: str, row: Row) -> bool:
    """Tell whether the only text of a row, merged over the columns, is a subheading, a body of section C or a note."""
    if read_spatial(text) is not None:
        return True
    if not row.cells[0]:
        return False
    if section == "C" and (_HEADINGS.organisation.fullmatch(text) or find_body_span(text)[1]):
        return True
    return bool(_CELLS.note.match(text)) or is_clutter(text)


def _drop_page_lines(document: Document, claims: Claims, blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that are no page numbers and no running heads."""
    ways = (find_running, find_page_turns, find_prints, find_counted_feet, find_titled_pages)
    running = frozenset(span for find in ways for span in find(document))
    for aside in document.asides:
        claims.add([aside.span], aside.kind)
    remaining: list[Block] = []
    for block in blocks:
        if isinstance(block, Line) and (block.span in running or _is_page_number(document, block)):
            claim_lines(claims, [block], "furniture")
        else:
            remaining.append(block)
    return remaining


def _is_page_number(document: Document, line: Line) -> bool:
    """Tell whether a line says nothing but the number of a page."""
    return bool(_CELLS.page.fullmatch(plain(text_of_line(document, line)).strip()))


# ---- regions


@dataclass(frozen=True, slots=True)
class _Body:
    """The blocks of a plan without its foot, and the tables that follow them."""

    document: Document
    blocks: Sequence[Block]
    following: FollowingTables

    def has_table(self, index: int, bodies: bool = True, rows: bool = False) -> bool:
        """Tell whether a table, or what stands before one, begins at a block."""
        return self.following.has_table(index, bodies, rows, len(self.blocks))

    def counts_from(self, index: int) -> bool:
        """Tell whether a line begins with the number 1, as the first row of a table does that has no header."""
        text = text_of_line(self.document, self.blocks[index]) if index < len(self.blocks) else ""
        return bool(text.strip()) and read_number(text.split()[0]) == 1


def _read_regions(
    body: _Body, claims: Claims, head: Head, sections: dict[int, SectionHeading], above: int
) -> Iterator[Region]:
    """Yield the regions in order, claiming their headings; the first one has the header from a block above it on."""
    document, blocks = body.document, body.blocks
    titles = _running_titles(head)
    region: Region | None = None
    index = min(sections)
    while index < len(blocks):
        section = sections.pop(index, None)
        if section:
            yield from [region] if region else []
            lines = blocks[index : index + section.lines]
            section = complete_heading(section, head.years)
            heading = " ".join(text_of_line(document, block) for block in lines)
            region = Region(section.code, section.years, heading=heading, by_rows=section.by_rows)
            region.blocks += blocks[above:index] if above < index else []
            above = len(blocks)
            if section.code:
                claim_lines(claims, lines, "heading")
            else:
                region.blocks += lines
            index += section.lines
            continue
        assert region is not None, "blocks begin with a section heading"
        count = _count_heading(body, index, region)
        opened = _open_region(body, index, region, count) if count else None
        if opened:
            yield region
            region = opened
            claim_lines(claims, blocks[index : index + count], "heading")
            index += count
            continue
        if count and _is_running_head(body, index, titles, head.lines):
            claim_lines(claims, [blocks[index]], "furniture")
        else:
            region.blocks.append(blocks[index])
        index += 1
    yield from [region] if region else []


def _merge_regions(regions: Iterator[Region]) -> Iterator[Region]:
    """Yield the regions, one that only repeats the headings of the one before as part of it."""
    last: Region | None = None
    for region in regions:
        told = (region.section, region.years, region.by_rows)
        same = last and region.section and (last.section, last.years, last.by_rows) == told
        bare = region.spatial is None and region.organisation is None
        if last and same and (bare or (last.spatial, last.organisation) == (region.spatial, region.organisation)):
            last.blocks += region.blocks
            continue
        yield from [last] if last else []
        last = region
    yield from [last] if last else []


def _count_heading(body: _Body, index: int, region: Region) -> int:
    """Return how many lines a heading inside a section has that may begin at a block: two if its sign stands alone."""
    if not isinstance(body.blocks[index], Line):
        return 0
    texts = [plain(text_of_line(body.document, block)).strip() for block in body.blocks[index : index + 2]]
    words = [text for text in texts if not _LONE_SIGN.fullmatch(text)]
    if len(texts) < 2 or not isinstance(body.blocks[index + 1], Line) or len(words) != 1 or not words[0][:1].isalpha():
        return 1
    named = region.section == "C" and body.has_table(index + 2, bodies=False)
    return 2 if named or read_spatial(words[0]) is not None else 1


def _open_region(body: _Body, index: int, region: Region, count: int) -> Region | None:
    """Return the region that a heading of some lines inside a section opens, None if there is no such heading."""
    lines = [text_of_line(body.document, block).strip() for block in body.blocks[index : index + count]]
    raw = " ".join(sorted(lines, key=lambda line: not _LONE_SIGN.fullmatch(plain(line))))
    text = plain(raw)
    if not text:
        return None
    spatial = read_spatial(text, region.spatial is True)
    if spatial is not None and (not text[0].isalpha() or _SHORT_WORD.match(text) or body.has_table(index + count)):
        in_parts = region.has_bodies_in_parts and bool(region.blocks)
        organisation = None if in_parts else region.organisation
        return region.open_part(spatial, organisation)
    if region.section != "C":
        return None
    below = index + count
    named = _HEADINGS.organisation.fullmatch(text)
    is_labelled = named and any(map(str.isalnum, text[named.end("number") : named.start("name")]))
    if named and (body.has_table(below, bodies=False) or (is_labelled and body.counts_from(below))):
        return _open_body(region, raw[named.start("name") :])
    start, end = find_body_span(text)
    is_known = bool(end) and is_body(text[start:end])
    if end and (body.has_table(below, bodies=False, rows=is_known) or (is_known and body.counts_from(below))):
        return _open_body(region, raw[start:end])
    return None


def _open_body(region: Region, name: str) -> Region:
    """Return the region of a body's datasets: in the part that is open, if bodies stand below parts; else in none."""
    in_parts = region.has_bodies_in_parts or (region.spatial is not None and region.organisation is None)
    spatial = region.spatial if in_parts else None
    return replace(region.open_part(spatial, body_name(name.strip())), has_bodies_in_parts=in_parts)


def _running_titles(head: Head) -> frozenset[str]:
    """Return how the title of a plan is repeated: folded, alone or beside the bureau's name."""
    bureau, title = fold(head.bureau), fold(head.title)
    return frozenset({title, bureau + title, title + bureau}) if title else frozenset()


def _is_running_head(body: _Body, index: int, titles: Set[str], opening: Set[str]) -> bool:
    """Tell whether a line repeats the head of the plan: its title, or a line of it beside a table."""
    text = fold(text_of_line(body.document, body.blocks[index]))
    if text in titles:
        return True
    if not text or text not in opening:
        return False
    return any(isinstance(block, Row) for block in body.blocks[max(index - 1, 0) : index + 2])
