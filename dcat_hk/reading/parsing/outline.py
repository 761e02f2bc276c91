"""
Document -> `Outline`: whose plan it is, for which years, and which blocks belong to which section.

In: a document. Out: the head of the plan, regions of blocks under their headings, and claims on every
heading, note and page number. It does not look into rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ...core.text import fold, plain
from ...core.wording.plans import load_plan_wording
from ..documents import Block, Document, Line, Row
from .grid import header_at, words_of
from .head import (
    Head,
    body_name,
    claim_lines,
    is_body,
    is_clutter,
    is_signature,
    joined,
    read_foot,
    read_head,
    text_of_line,
)
from .headers import header_of_row, lines_of_header
from .ledger import Claims, text_of
from .pages import find_running
from .values import is_none

_WORDING = load_plan_wording()
_CELLS, _HEADINGS = _WORDING.cells, _WORDING.headings
_TAIL = re.compile(f"{_HEADINGS.tail.pattern}$")
#: The headings of sections, each with the codes it can stand for.
_SECTIONS = tuple((pattern, section.codes) for section in _WORDING.sections for pattern in section.patterns)
_SHORT_WORD = re.compile(r"\w{1,2}\W")
#: A year, and the second year of a pair such as 2024/25.
_YEARS = re.compile(r"(\d{4})(\s*[/\-]\s*\d{2}(?!\d))?")


@dataclass(slots=True)
class Region:
    """The blocks under one heading, with everything the headings above say."""

    section: str
    years: tuple[int, ...]
    spatial: bool | None = None
    organisation: str | None = None
    blocks: list[Block] = field(default_factory=list)

    @property
    def has_rows(self) -> bool:
        """Return whether any block is a row of cells."""
        return any(isinstance(block, Row) for block in self.blocks)


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
    blocks = _drop_page_lines(document, claims, _turn_rows_into_lines(document))
    first = next((i for i in range(len(blocks)) if _match_section(document, blocks, i)), len(blocks))
    if first == len(blocks):
        return Outline("", "", (), None, ())
    foot = read_foot(document, blocks, first, claims)
    head = read_head(document, blocks[:first], claims, foot.signed)
    regions = tuple(_merge_regions(_read_regions(document, blocks[first : foot.end], claims, head)))
    stated = sorted({year for region in regions for year in region.years})
    return Outline(head.bureau, head.title, head.years or tuple(stated), foot.dated or head.dated, regions)


# ---- blocks


def _turn_rows_into_lines(document: Document) -> list[Block]:
    """Return the blocks with every row that is no more than a heading, note or signature as lines."""
    blocks: list[Block] = []
    rows = [i for i, block in enumerate(document.blocks) if isinstance(block, Row) and _count_filled(block) > 1]
    section = ""
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Row) or _count_filled(block) != 1:
            section = _find_code(document, block) or section
            blocks.append(block)
            continue
        before = not rows or index < rows[0]
        after = bool(rows) and index > rows[-1]
        text = plain(text_of(document, next(cell for cell in block.cells if cell))).strip()
        code = _find_code(document, block)
        section = code or section
        if code or before or _is_heading_row(text, section, block) or (after and is_signature(text)):
            fragments = next(cell for cell in block.cells if cell)
            blocks += [Line(fragment.span, block.apart and not i) for i, fragment in enumerate(fragments)]
        else:
            blocks.append(block)
    return blocks


def _count_filled(row: Row) -> int:
    """Return how many cells of a row hold anything."""
    return sum(1 for cell in row.cells if cell)


def _find_code(document: Document, block: Block) -> str:
    """Return the code of the section that a line, or the only cell of a row, opens by its letter; else nothing."""
    if isinstance(block, Row) and _count_filled(block) != 1:
        return ""
    fragments = next(cell for cell in block.cells if cell) if isinstance(block, Row) else ()
    text = plain(text_of(document, fragments)) if fragments else joined(document, [block])
    heading = _read_section_heading(text)
    return heading.code if heading and (heading.lettered or isinstance(block, Row)) else ""


def _is_heading_row(text: str, section: str, row: Row) -> bool:
    """Tell whether the only text of a row, merged over the columns, is a subheading, a body of section C or a note."""
    if any(heading.fullmatch(_drop_tail(text)) for heading in (_HEADINGS.spatial, _HEADINGS.nonspatial)):
        return True
    if not row.cells[0]:
        return False
    if section == "C" and (_HEADINGS.organisation.fullmatch(text) or _find_known_body(text)):
        return True
    return bool(_CELLS.note.match(text)) or is_clutter(text)


def _find_known_body(text: str) -> str:
    """Return the known body that a heading names, numbered or not; else nothing."""
    match = _HEADINGS.body.fullmatch(text)
    return match["name"] if match and is_body(match["name"]) else ""


def _drop_page_lines(document: Document, claims: Claims, blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that are no page numbers and no running heads."""
    running = find_running(document)
    for aside in document.asides:
        claims.add([aside.span], aside.kind)
    remaining: list[Block] = []
    for block in blocks:
        text = plain(text_of_line(document, block)).strip()
        if isinstance(block, Line) and (block.span in running or _CELLS.page.fullmatch(text)):
            claim_lines(claims, [block], "furniture")
        else:
            remaining.append(block)
    return remaining


# ---- regions


@dataclass(frozen=True, slots=True)
class _Section:
    """A section heading: what it says, over how many lines, and whether a letter says so too."""

    code: str
    years: tuple[int, ...]
    lines: int = 1
    lettered: bool = False
    several: bool = False


def _read_regions(document: Document, blocks: Sequence[Block], claims: Claims, head: Head) -> Iterator[Region]:
    """Yield the regions in order, claiming their headings."""
    region: Region | None = None
    index = 0
    while index < len(blocks):
        section = _match_section(document, blocks, index)
        if section:
            yield from [region] if region else []
            region = _make_region(section, head.years)
            claim_lines(claims, blocks[index : index + section.lines], "heading")
            index += section.lines
            continue
        assert region is not None, "blocks begin with a section heading"
        opened = _open_region(document, blocks, index, region)
        if opened:
            yield region
            region = opened
            claim_lines(claims, [blocks[index]], "heading")
        elif _is_running_head(document, blocks, index, head):
            claim_lines(claims, [blocks[index]], "furniture")
        else:
            region.blocks.append(blocks[index])
        index += 1
    yield from [region] if region else []


def _make_region(section: _Section, plan: tuple[int, ...]) -> Region:
    """Return an empty region; years that a heading gives in words are those of the plan."""
    code, years = section.code, section.years
    if code in {"A", "B"} and plan:
        rest = tuple(range(plan[0] + 1, plan[-1] + 1))
        if not years:
            years = rest if section.several else plan[:1]
        if not section.lettered:
            code = "A" if years[:1] == plan[:1] and len(years) < len(rest) + 1 else "B"
    return Region(code, years)


def _merge_regions(regions: Iterator[Region]) -> Iterator[Region]:
    """Yield the regions, one that only repeats the headings of the one before as part of it."""
    last: Region | None = None
    for region in regions:
        same = last and (last.section, last.years) == (region.section, region.years)
        bare = region.spatial is None and region.organisation is None
        if last and same and (bare or (last.spatial, last.organisation) == (region.spatial, region.organisation)):
            last.blocks += region.blocks
            continue
        yield from [last] if last else []
        last = region
    yield from [last] if last else []


def _open_region(document: Document, blocks: Sequence[Block], index: int, region: Region) -> Region | None:
    """Return the region that a heading inside a section opens, None if there is no such heading."""
    raw = text_of_line(document, blocks[index]).strip()
    text = plain(raw)
    if not text:
        return None
    for heading, spatial in ((_HEADINGS.spatial, True), (_HEADINGS.nonspatial, False)):
        if heading.fullmatch(_drop_tail(text)) and (
            not text[0].isalpha() or _SHORT_WORD.match(text) or _table_follows(document, blocks, index + 1)
        ):
            return Region(region.section, region.years, spatial, region.organisation)
    if region.section != "C":
        return None
    body = _HEADINGS.organisation.fullmatch(text)
    if body and _table_follows(document, blocks, index + 1, bodies=False):
        return Region(region.section, region.years, None, body_name(raw[body.start("name") :].strip()))
    known = _HEADINGS.body.fullmatch(text)
    if known and is_body(known["name"]) and _table_follows(document, blocks, index + 1, bodies=False, rows=True):
        return Region(region.section, region.years, None, body_name(raw[known.start("name") : known.end("name")]))
    return None


def _drop_tail(text: str) -> str:
    """Return plain text without a mark that it is continued and without what may follow a heading."""
    bare = _HEADINGS.again.sub("", text)
    return _TAIL.sub("", bare).strip() or bare


def _match_section(document: Document, blocks: Sequence[Block], index: int) -> _Section | None:
    """Return the section heading that begins at a block, None if none does."""
    if not isinstance(blocks[index], Line):
        return None
    for count in range(1, _HEADINGS.lines + 1):
        heading = _read_section_heading(joined(document, blocks[index : index + count]))
        if count > 1 and _read_section_heading(joined(document, blocks[index + count - 1 : index + count])):
            return None
        if heading and (heading.lettered or _table_follows(document, blocks, index + count)):
            return _Section(heading.code, heading.years, count, heading.lettered, heading.several)
    return None


@lru_cache(maxsize=4096)
def _read_section_heading(text: str) -> _Section | None:
    """Return what a plain text says as a section heading, None if it is none."""
    bare = _HEADINGS.again.sub("", text)
    for pattern, codes in _SECTIONS if 0 < len(bare) <= _HEADINGS.most else ():
        match = pattern.fullmatch(bare)
        if not match:
            continue
        groups = match.groupdict()
        letter = (groups.get("letter") or "").upper()
        stated = (groups.get("years") or "").strip()
        years, several = _read_years(stated)
        code = letter if letter in codes else codes[-1] if several else codes[0]
        return _Section(code, years, 1, bool(letter), several)
    return None


def _read_years(stated: str) -> tuple[tuple[int, ...], bool]:
    """Return every year from the first to the last of a heading, and whether it names more than one; 2024/25 is one."""
    named = [(int(year), bool(short)) for year, short in _YEARS.findall(stated)]
    if not named:
        return (), bool(_HEADINGS.several.search(stated))
    years = [year + extra for year, pair in named for extra in range(1 + pair)]
    return tuple(range(min(years), max(years) + 1)), len(named) > 1


def _table_follows(
    document: Document, blocks: Sequence[Block], index: int, bodies: bool = True, rows: bool = False
) -> bool:
    """Tell whether the next thing is a table, a heading of one (or of a body), a note or a word for an empty one."""
    rest = blocks[index : index + 16]
    if not rest:
        return False
    if isinstance(rest[0], Row):
        return rows or header_of_row([text_of(document, cell) for cell in rest[0].cells]) is not None
    lines: list[str] = []
    for block in rest:
        if not isinstance(block, Line):
            break
        lines.append(text_of_line(document, block))
    if lines_of_header(lines) or is_none(lines[0]):
        return True
    placed = [words_of(document, block, 1.0) for block in rest[: len(lines)] if isinstance(block, Line) and block.runs]
    if header_at(document, placed):
        return True
    text = plain(lines[0]).strip()
    if any(heading.fullmatch(_drop_tail(text)) for heading in (_HEADINGS.spatial, _HEADINGS.nonspatial)):
        return True
    if bodies and (_HEADINGS.organisation.fullmatch(text) or _find_known_body(text)):
        return True
    return bool(_CELLS.note.match(text))


def _is_running_head(document: Document, blocks: Sequence[Block], index: int, head: Head) -> bool:
    """Tell whether a line repeats the head of the plan: its title, with the bureau's name or beside a table."""
    text = fold(text_of_line(document, blocks[index]))
    bureau, title = fold(head.bureau), fold(head.title)
    if title and text in {title, bureau + title, title + bureau}:
        return True
    beside = [block for block in blocks[max(index - 1, 0) : index + 2] if isinstance(block, Row)]
    return bool(text) and text in head.lines and bool(beside)
