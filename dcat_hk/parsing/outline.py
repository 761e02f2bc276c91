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

from ..documents import Block, Document, Line, Row, Span
from ..text import collapse, fold, join_lines, normalise, plain
from ..vocabularies import wording
from .headers import header_of_row, lines_of_header
from .ledger import Claims, Fragment, text_of
from .values import fill, is_none, read_date


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
    blocks = _without_pages(document, claims)
    first = next((i for i in range(len(blocks)) if _section_at(document, blocks, i)), len(blocks))
    title, bureau, years = _read_head(document, blocks[:first], claims) if first < len(blocks) else _empty_head()
    end, dated = _read_signature(document, blocks, first, bureau, claims)
    regions = tuple(_read_regions(document, blocks[first:end], claims, (bureau, title)))
    stated = sorted({year for region in regions for year in region.years})
    return Outline(bureau, title, years or tuple(stated), dated, regions)


def _empty_head() -> tuple[str, str, tuple[int, ...]]:
    """Return the head of a document that has none."""
    return "", "", ()


# ---- texts and patterns


def _text(document: Document, block: Block) -> str:
    """Return the text of a line, nothing for a row."""
    return document.slice(block.span) if isinstance(block, Line) else ""


def _joined(document: Document, blocks: Sequence[Block]) -> str:
    """Return the plain text of lines wrapped into one heading, nothing if a row is among them."""
    texts = [_text(document, block) for block in blocks]
    return plain(collapse(normalise(join_lines(texts)))) if all(texts) else ""


def _claim(claims: Claims, blocks: Sequence[Block], kind: str) -> None:
    """Claim whole lines."""
    claims.add([block.span for block in blocks if isinstance(block, Line)], kind)


@lru_cache(maxsize=64)
def _pattern(table: str, name: str) -> re.Pattern[str]:
    """Return a compiled pattern of `wording.toml`."""
    return re.compile(fill(wording()[table][name]))


# ---- page furniture, head, signature


def _without_pages(document: Document, claims: Claims) -> list[Block]:
    """Return the blocks that are no page numbers."""
    kept: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Line) and _pattern("cells", "page").fullmatch(plain(_text(document, block)).strip()):
            _claim(claims, [block], "furniture")
        else:
            kept.append(block)
    return kept


def _read_head(document: Document, blocks: Sequence[Block], claims: Claims) -> tuple[str, str, tuple[int, ...]]:
    """Return title, bureau and years from the lines before the first section."""
    start, count, match = _find_title(document, blocks)
    lines = [block for block in blocks if isinstance(block, Line)]
    if match is None:
        bureau = lines[:1]
        _claim(claims, bureau, "heading")
        _claim(claims, lines[1:], "note")
        return "", _body_name(" ".join(_text(document, line) for line in bureau)), ()
    titled = blocks[start : start + count]
    whole = join_lines([normalise(_text(document, block)) for block in titled])
    before, title = whole[: match.start()].strip(), whole[match.start() :].strip()
    above = [block for block in blocks[:start] if isinstance(block, Line)]
    below = [block for block in blocks[start + count :] if isinstance(block, Line)]
    named = above if above or before else below[:1]
    name = " ".join([*(text_of(document, [Fragment(line.span)]) for line in named), before])
    _claim(claims, [*named, *titled], "heading")
    _claim(claims, [block for block in below if block not in named], "note")
    years = (int(match["first"]), int(match.groupdict().get("last") or match["first"]))
    return collapse(title), _body_name(collapse(name)), years


def _find_title(document: Document, blocks: Sequence[Block]) -> tuple[int, int, re.Match[str] | None]:
    """Return where the plan's title stands, over how many lines, and what it says."""
    patterns = [re.compile(fill(pattern)) for pattern in wording()["title"]["patterns"]]
    for start in range(len(blocks)):
        for count in range(1, wording()["headings"]["lines"] + 1):
            text = _joined(document, blocks[start : start + count])
            for pattern in patterns:
                match = pattern.search(text)
                if match and match.end() == len(text) and int(match["first"]) >= 1900:
                    return start, count, match
    return 0, 0, None


def _body_name(text: str) -> str:
    """Return a body's name without the note on how it is called from here on."""
    match = _pattern("abbreviation", "pattern").search(plain(text))
    return text[: match.start()].strip() if match and match.start() > 0 else text


def _read_signature(
    document: Document, blocks: Sequence[Block], first: int, bureau: str, claims: Claims
) -> tuple[int, str | None]:
    """Return where the body of the plan ends and the month printed under it."""
    last = len(blocks) - 1
    if last < first or not isinstance(blocks[last], Line):
        return len(blocks), None
    text = plain(_text(document, blocks[last])).strip()
    name, above = fold(bureau), fold(_text(document, blocks[last - 1])) if last > first else ""
    signed = bool(name) and above in {name, fold(_text(document, blocks[0]))}
    for pattern in wording()["signature"]["date"]:
        date = re.fullmatch(rf"(?P<before>.*?)(?P<date>{fill(pattern)})", text)
        month = read_date(date["date"]).month if date else None
        if not date or not month:
            continue
        label = _pattern("signature", "label").fullmatch(date["before"])
        with_name = bool(name) and fold(date["before"]) == name
        written = "/" not in date["date"] and not date["before"]
        if label or with_name or (written and (signed or isinstance(blocks[last - 1], Row) or blocks[last].apart)):
            end = last - 1 if signed else last
            _claim(claims, blocks[end:], "note")
            return end, month
    return len(blocks), None


# ---- regions


@dataclass(frozen=True, slots=True)
class _Section:
    """A section heading: what it says and over how many lines."""

    code: str
    years: tuple[int, ...]
    lines: int


def _read_regions(
    document: Document, blocks: Sequence[Block], claims: Claims, running: tuple[str, str]
) -> Iterator[Region]:
    """Yield the regions in order, claiming their headings."""
    region: Region | None = None
    index = 0
    while index < len(blocks):
        section = _section_at(document, blocks, index)
        if section:
            yield from [region] if region else []
            region = Region(section.code, section.years)
            _claim(claims, blocks[index : index + section.lines], "heading")
            index += section.lines
            continue
        assert region is not None, "blocks begin with a section heading"
        opened = _open_region(document, blocks, index, region)
        if opened:
            yield region
            region = opened
            _claim(claims, [blocks[index]], "heading")
        elif _is_running_head(document, blocks[index], running):
            _claim(claims, [blocks[index]], "furniture")
        else:
            region.blocks.append(blocks[index])
        index += 1
    yield from [region] if region else []


def _open_region(document: Document, blocks: Sequence[Block], index: int, region: Region) -> Region | None:
    """Return the region that a heading inside a section opens, None if there is no such heading."""
    text = plain(_text(document, blocks[index])).strip()
    if not text:
        return None
    for name, spatial in (("spatial", True), ("nonspatial", False)):
        if _pattern("headings", name).fullmatch(text) and (
            not text[0].isalnum() or text[0] in "i12ab" or _table_follows(document, blocks, index + 1)
        ):
            return Region(region.section, region.years, spatial, region.organisation)
    body = _pattern("headings", "organisation").fullmatch(text) if region.section == "C" else None
    if body and _table_follows(document, blocks, index + 1, bodies=False):
        raw = _text(document, blocks[index]).strip()
        return Region(region.section, region.years, None, _body_name(raw[body.start("name") :].strip()))
    return None


def _section_at(document: Document, blocks: Sequence[Block], index: int) -> _Section | None:
    """Return the section heading that begins at a block, None if none does."""
    if not isinstance(blocks[index], Line):
        return None
    for count in range(1, wording()["headings"]["lines"] + 1):
        text = _joined(document, blocks[index : index + count])
        for form in wording()["sections"]:
            match = re.fullmatch(form["pattern"], text) if text else None
            if match:
                groups = match.groupdict()
                letter = (groups.get("letter") or groups.get("letter2") or "").upper()
                if letter or _table_follows(document, blocks, index + count):
                    years = tuple(int(year) for year in re.findall(r"\d{4}", groups.get("years") or ""))
                    return _Section(letter or _code_of(form["codes"], years), _span_of_years(years), count)
    return None


def _code_of(codes: Sequence[str], years: tuple[int, ...]) -> str:
    """Return the section that an unlettered heading opens: one year is A, several are B."""
    return codes[0] if len(years) <= 1 else codes[-1]


def _span_of_years(years: tuple[int, ...]) -> tuple[int, ...]:
    """Return every year from the first to the last."""
    return tuple(range(min(years), max(years) + 1)) if years else ()


def _table_follows(document: Document, blocks: Sequence[Block], index: int, bodies: bool = True) -> bool:
    """Tell whether the next thing is a table, a heading of one (or of a body), a note or a word for an empty one."""
    rest = blocks[index : index + 16]
    if not rest:
        return False
    if isinstance(rest[0], Row):
        return header_of_row([_cell(document, cell) for cell in rest[0].cells]) is not None
    lines: list[str] = []
    for block in rest:
        if not isinstance(block, Line):
            break
        lines.append(_text(document, block))
    if lines_of_header(lines) or is_none(lines[0]):
        return True
    text = plain(lines[0]).strip()
    headings = [_pattern("headings", "spatial").fullmatch, _pattern("headings", "nonspatial").fullmatch]
    headings += [_pattern("headings", "organisation").fullmatch] if bodies else []
    headings.append(_pattern("cells", "note").match)
    return any(heading(text) for heading in headings)


def _cell(document: Document, spans: Sequence[Span]) -> str:
    """Return the text of a cell."""
    return text_of(document, [Fragment(span) for span in spans])


def _is_running_head(document: Document, block: Block, running: tuple[str, str]) -> bool:
    """Tell whether a line repeats the plan's title, alone or with the bureau's name."""
    bureau, title = map(fold, running)
    return bool(title) and fold(_text(document, block)) in {title, bureau + title, title + bureau}
