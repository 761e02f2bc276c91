"""
Where the sections of a plan begin: by usual headings, by others or with a slip, or by a table without a heading.

In: a document's blocks. Out: a `SectionHeading` for each block that opens a section. It claims nothing and looks into
no rows but headers. A section that cannot be told has no code; it is never the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from ...core.text import fold, plain, width
from ...core.vocabularies import vocabularies_in_use
from ...core.wording.plans import load_plan_wording
from ..documents import Block, Document, Line, Row
from ..recognisers.headers import columns_of_cell, header_of_row, header_of_rows
from ..recognisers.headings import (
    CODES,
    HeadingSigns,
    SectionHeading,
    choose_section,
    complete_heading,
    drop_tail,
    is_caption,
    names_others,
    read_signs,
    read_spatial,
)
from ..recognisers.values import find_formats, is_none
from .annexes import match_annex, names_annex, read_annexes
from .datedtables import (
    PROMISED,
    allow_sections,
    are_gone_by,
    are_told_by_status,
    find_roles,
    read_code_of_dates,
)
from .following import FollowingTables, find_body_span, find_known_body
from .foot import is_signature
from .head import find_title_years, is_body, is_clutter, joined, text_of_line
from .ledger import texts_of
from .running.header import date_labels
from .wrappedheadings import match_section, most_lines

_WORDING = load_plan_wording()
_CELLS, _HEADINGS, _SIGNS = _WORDING.cells, _WORDING.headings, _WORDING.section_signs
_NO_SIGNS = read_signs("")

#: The title of a plan without any usual heading or table of cells is looked for in so many blocks.
_MOST_BEFORE = 120
#: A header in lines of text above the first heading has no more lines.
_MOST_LINES_OF_HEADER = 8
#: A line with so many stretches is part of a row.
_FEWEST_CELLS = 4
#: A longer line is a sentence, no heading in other words.
_LONGEST_HEADING = 80

#: A header in lines has so many stretches in one of them; widths: blanks in a heading above it are no wider, and it
#: begins no farther right than its leftmost label, or has its middle no farther from that of the table.
_FEWEST_LABELS = 3
_WIDEST_BLANK = 2.0
_OFF_LEFT = 1.0
_OFF_MIDDLE = 4.0

#: The number of a first row.
_FIRST_NUMBER = re.compile(r"(?:[a-z]{0,6}[\s.\-/]*+)?\(?0{0,3}1\)?[.、)]?")


@dataclass(slots=True)
class _Walk:
    """What is known while the blocks are gone through, one after the other."""

    document: Document
    blocks: Sequence[Block]
    tables: FollowingTables
    plan: tuple[int, ...]
    usual: dict[int, SectionHeading]
    #: The folded lines at the head of the plan, which pages repeat.
    opening: frozenset[str]
    sections: dict[int, SectionHeading] = field(default_factory=dict)
    last: str = ""
    #: The block after the last heading.
    end: int = -1
    #: Whether a word for an empty section, or a row, has come since the last heading.
    empty: bool = False
    filled: bool = False
    #: The sections that the date label of the first table in the section allows.
    roles: frozenset[str] = frozenset()
    #: Whether spatial data have been headed in the section.
    has_spatial: bool = False

    def open(self, index: int, heading: SectionHeading) -> None:
        """Begin a section."""
        self.sections[index] = heading
        self.last = heading.code or self.last
        self.end = index + heading.lines
        self.empty, self.filled, self.roles, self.has_spatial = False, False, frozenset(), False

    @property
    def before(self) -> str:
        """Return the code that sections to come must be behind: none if all so far is released, as in some plans."""
        return "" if {heading.code for heading in self.sections.values()} <= {"D", ""} else self.last

    def can_follow(self, code: str) -> bool:
        """Tell whether a section can come here: behind the one before it, or planned data behind released."""
        return code > self.last or (not self.before and code in {"A", "B"})

    def text(self, start: int, end: int) -> str:
        """Return the plain text of some blocks wrapped into one line, nothing if a row is among them."""
        return joined(self.document, self.blocks[start:end])

    def following(self, index: int) -> str:
        """Return the code of the next section with a usual heading, nothing if there is none."""
        return next((self.usual[i].code for i in sorted(self.usual) if i > index and not self.usual[i].doubtful), "")


def find_sections(document: Document, blocks: Sequence[Block], following: FollowingTables) -> dict[int, SectionHeading]:
    """
    Return the headings of sections by the block they begin at; a table without a heading has one of no lines.

    Args:
        document: Where the blocks are.

        blocks: All blocks without page numbers and running heads.

        following: The tables that follow them.
    """
    usual = {i: heading for i in range(len(blocks)) if (heading := match_section(document, blocks, i, following))}
    tables = {i for i, block in enumerate(blocks) if isinstance(block, Row) and _begins_table(document, blocks, i)}
    first = min([*usual, *tables], default=len(blocks))
    start, plan = find_title_years(document, blocks[: first if usual or tables else _first_header(following, blocks)])
    if not plan and not usual and not tables:
        start, plan = find_title_years(document, blocks[:_MOST_BEFORE])
    if not plan:
        return usual
    annexes = read_annexes(document, blocks, plan)
    told = {i for i in range(len(blocks)) if annexes and names_annex(text_of_line(document, blocks[i]))}
    usual = {i: complete_heading(heading, plan) for i, heading in usual.items() if i not in told}
    opening = frozenset(fold(text_of_line(document, block)) for block in blocks[:start])
    walk = _Walk(document, blocks, following, plan, usual, opening)
    index = min(start, first)
    while index < len(blocks):
        annex = match_annex(annexes, walk.text(index, index + 1)) if following.has_table(index + 1) else None
        heading = annex or (None if index in told else _settle(walk, index) or _match_other(walk, index))
        if heading:
            walk.open(index, heading)
            index += heading.lines
            continue
        if index in tables or _begins_lines(walk, index, first):
            _take_table(walk, index)
            index += max(0, walk.tables.count_header(index) - 1) if index not in tables else 0
        elif isinstance(blocks[index], Row):
            walk.filled = walk.filled or bool(walk.sections)
        else:
            text = plain(text_of_line(document, blocks[index])).strip()
            walk.empty = _is_empty(walk, text)
            walk.has_spatial = walk.has_spatial or read_spatial(text) is True
        index += 1
    return walk.sections


def _first_header(following: FollowingTables, blocks: Sequence[Block]) -> int:
    """Return where the first header in lines of text begins, or how many blocks are looked at for a title."""
    places = range(min(len(blocks), _MOST_BEFORE))
    return next((index for index in places if following.has_header(index)), _MOST_BEFORE)


def _is_empty(walk: _Walk, text: str) -> bool:
    """Tell whether a section is an empty one after a plain line: a word says so, and no part of it begins again."""
    if is_none(text):
        return True
    if not walk.empty:
        return False
    return read_spatial(text, walk.has_spatial) is None and not (
        _HEADINGS.organisation.fullmatch(text) or find_known_body(text)
    )


def _begins_table(document: Document, blocks: Sequence[Block], index: int) -> bool:
    """Tell whether a row is a table's header and the first row after a line or a gap."""
    row = blocks[index]
    assert isinstance(row, Row)
    first = not index or row.apart or isinstance(blocks[index - 1], Line)
    return first and bool(_header_labels(document, blocks, index))


def _begins_lines(walk: _Walk, index: int, first: int) -> bool:
    """
    Tell whether a header in lines of text begins at a block, over a table that has its heading to be looked for.

    So is the first table, if rows stand between it and the first usual heading; another one has a line above it that
    stands where headings do, or is the first of its section.
    """
    if not walk.sections:
        return walk.tables.count_header(index) > 0 and index < header_above(walk.tables, first)
    line = walk.blocks[index]
    if not isinstance(line, Line) or not line.runs or not walk.tables.can_have_header(index):
        return False
    if not walk.filled and not walk.empty:
        return walk.tables.count_header(index) > 0
    return _is_stretch(walk, index - 1) and walk.tables.count_header(index) > 0 and _may_be_headed(walk, index)


def _is_stretch(walk: _Walk, index: int) -> bool:
    """Tell whether a block is a line below the last heading whose words stand together, and no note or the like."""
    line = walk.blocks[index]
    if index < walk.end or not isinstance(line, Line) or not line.runs or _line_above(walk, index + 1) is None:
        return False
    unit = _measure_unit(walk, line)
    return all(after.left - before.right <= _WIDEST_BLANK * unit for before, after in pairwise(line.runs))


def _measure_unit(walk: _Walk, line: Line) -> float:
    """Return how wide a letter of a line is; text that was laid out with blanks is measured in letters."""
    return max(1.0, (line.runs[-1].right - line.runs[0].left) / max(1, width(text_of_line(walk.document, line))))


def _may_be_headed(walk: _Walk, index: int) -> bool:
    """
    Tell whether the line above a header in lines is on its page, no part of a header, and stands where headings do.

    A heading begins where the first label does, or goes on over where the second one begins, or stands apart over the
    middle of the table.
    """
    above = walk.blocks[index - 1]
    header = [
        block for block in walk.blocks[index : index + walk.tables.count_header(index)] if isinstance(block, Line)
    ]
    if not isinstance(above, Line) or above.page != header[0].page or walk.tables.has_header(index - 1):
        return False
    labels = sorted((run.left, run.right) for line in header for run in line.runs)
    if max(len(line.runs) for line in header) < _FEWEST_LABELS:
        return False
    left, right, unit = above.runs[0].left, above.runs[-1].right, _measure_unit(walk, above)
    middle = (labels[0][0] + max(end for _start, end in labels)) / 2
    is_centred = above.apart and abs((left + right) / 2 - middle) <= _OFF_MIDDLE * unit
    crosses = left < labels[1][0] < right
    return is_centred or crosses or left <= labels[0][0] + _OFF_LEFT * unit


def header_above(following: FollowingTables, first: int) -> int:
    """
    Return where a header in lines of text begins that ends directly above the first heading: that of all tables.

    Args:
        following: The tables that follow the blocks.

        first: The block that the heading begins at; it is returned if no header stands above it.
    """
    places = range(max(0, first - _MOST_LINES_OF_HEADER), first)
    return next((index for index in places if following.count_header(index, first) == first - index), first)


def _header_labels(document: Document, blocks: Sequence[Block], index: int) -> list[str]:
    """Return the labels of a header over one row or two; none if a block is no header."""
    row, below = blocks[index], blocks[index + 1] if index + 1 < len(blocks) else None
    if not isinstance(row, Row):
        return []
    labels = texts_of(document, row)
    if isinstance(below, Row):
        both = header_of_rows(labels, texts_of(document, below))
        if both:
            return both
    return labels if header_of_row(labels) else []


# ---- usual headings


def _settle(walk: _Walk, index: int) -> SectionHeading | None:
    """Return the usual heading at a block; the order decides where its letter contradicts its words."""
    heading = walk.usual.get(index)
    if heading and index == walk.end and not heading.lettered and heading.code < walk.last:
        return None  # The rest of a heading that is wrapped, in words of an earlier section.
    if not heading or not heading.doubtful:
        return heading
    text = walk.text(index, index + heading.lines)
    return replace(heading, code=_choose(walk, index, text, frozenset(CODES)), decided=True)


def _choose(walk: _Walk, index: int, text: str, roles: frozenset[str]) -> str:
    """
    Return the code of the section that a plain heading opens, nothing if that cannot be told.

    Where its words are those of section D, a letter of another section counts if the heading is about other bodies or
    if section D has a heading of its own.
    """
    signs = read_signs(text)
    code = choose_section(signs, walk.plan, (walk.before, walk.following(index)), roles)
    if code != "D" or signs.numbered or signs.letter not in {"A", "B", "C"}:
        return code
    has_own = any(heading.code == "D" and not heading.doubtful for heading in walk.usual.values())
    is_about_others = signs.letter == "C" and names_others(text)
    return signs.letter if (has_own or is_about_others) and signs.letter > walk.last else code


# ---- other headings


def _match_other(walk: _Walk, index: int) -> SectionHeading | None:
    """Return the heading in other words, or with a slip, that begins at a block before a table; None if none does."""
    if not isinstance(walk.blocks[index], Line):
        return None
    if _is_no_heading(walk, index):
        return None
    for count in range(1, most_lines(walk.document, walk.blocks, index) + 1):
        below = walk.tables.below_sentences(index + count)
        labels = below < len(walk.blocks) and _header_labels(walk.document, walk.blocks, below)
        # Few lines have a table below them: what a line says is only asked of those.
        if not labels and not walk.tables.can_have_table(index + count):
            continue
        text = walk.text(index, index + count)
        last = walk.text(index + count - 1, index + count)
        if count > 1 and (_CELLS.note.match(last) or is_none(last)):
            return None
        if not text or any(i in walk.usual for i in range(index, index + count)):
            return None
        signs = read_signs(text)
        if not signs.is_heading or _is_inside(walk, text) or (signs.numbered and find_formats(text)[0]):
            continue
        if count > 1 and _begins_below(walk, index, count):
            return None
        if not labels and not (_is_certain(walk, index, count, signs) and walk.tables.has_table(index + count)):
            continue
        heading = _open_other(walk, (index, count, below), text, labels or [])
        if heading:
            return heading
    return _read_next(walk, index)


def _open_other(walk: _Walk, at: tuple[int, int, int], text: str, labels: Sequence[str]) -> SectionHeading | None:
    """
    Return the section that a heading in other words opens above a table, None if it opens none.

    Args:
        walk: What is known.

        at: Where the heading begins, how many lines it has, and where its table begins.

        text: Its plain text.

        labels: The labels of the table; none if it is not one of cells.
    """
    index, count, below = at
    signs = read_signs(text)
    roles = find_roles(labels) if labels else frozenset(CODES)
    code = _choose(walk, index, text, roles)
    is_title = fold(text) in walk.opening or (code < walk.last and bool(_SIGNS.plan_name.search(text)))
    if code and not is_title and _is_in_order(walk, index, code, bool(labels)):
        return SectionHeading(code, signs.years, count, bool(signs.letter), decided=True)
    if not is_title and _is_late(walk, text, signs) and PROMISED in (roles, _find_roles_in_lines(walk, below)):
        dated = _read_code_of_dates(walk, below, labels) if labels else ""
        return SectionHeading(dated or "A", signs.years, count, decided=True)
    is_put_off = signs.is_apart and (count == 1 or bool(signs.letter))
    if is_put_off or (labels and code and signs.letter and not signs.numbered):
        # A section of its own, which is not the one before it.
        return SectionHeading("", signs.years, count, bool(signs.letter), decided=True)
    return None


def _read_next(walk: _Walk, index: int) -> SectionHeading | None:
    """
    Return the heading of a later section in a line whose letter and words say the same code, None if it is none.

    It counts even where nothing known as a table is below it: the rows would take over the stage of the section before.
    """
    text = walk.text(index, index + 1)
    if not walk.last or index in walk.usual or _is_inside(walk, text):
        return None
    signs = read_signs(text)
    if signs.is_apart and signs.is_heading and _is_above_table(walk, index, text, signs):
        return SectionHeading("", signs.years, 1, bool(signs.letter), decided=True)
    if not _SIGNS.leader.match(text):
        return None
    says_it_twice = signs.codes == {signs.letter} and signs.about_data and not signs.numbered
    if not says_it_twice or not _is_in_order(walk, index, signs.letter, has_cells=False):
        return None
    return SectionHeading(signs.letter, signs.years, 1, lettered=True, decided=True)


def _is_above_table(walk: _Walk, index: int, text: str, signs: HeadingSigns) -> bool:
    """Tell whether a line has the letter of a section, or is short and directly above a table of cells."""
    if signs.letter and not signs.numbered:
        return True
    is_above = index + 1 < len(walk.blocks) and isinstance(walk.blocks[index + 1], Row)
    return is_above and len(text) <= _LONGEST_HEADING


def _is_late(walk: _Walk, text: str, signs: HeadingSigns) -> bool:
    """
    Tell whether a heading names what comes later than it was to, or, below what was released, what has not been yet.

    Wherever it stands, that is planned if the table has dates for when it is to come now.
    """
    is_left = signs.planned and walk.last == "D" and not names_others(text)
    return (signs.delayed or is_left) and not signs.is_left_out


def _is_no_heading(walk: _Walk, index: int) -> bool:
    """Tell whether a line is one of a row, whose cells stand apart, or a signature: no heading begins with either."""
    line = walk.blocks[index]
    assert isinstance(line, Line)
    return len(line.runs) >= _FEWEST_CELLS or is_signature(text_of_line(walk.document, line).strip())


def _begins_below(walk: _Walk, index: int, count: int) -> bool:
    """Tell whether the last of some lines is a heading of its own: by its letter, or as the others are none."""
    above = walk.text(index, index + count - 1)
    last = walk.text(index + count - 1, index + count)
    below, before = read_signs(last), read_signs(above)
    return below.is_heading and not before.bare and (below.has_own_letter or not before.is_heading)


def _says_code_above_header(walk: _Walk, index: int, count: int) -> bool:
    """Tell whether a header in lines follows some lines, and what stands above it says a section: labels do not."""
    # Part of a header is one, too: "Target Release Date" above the last labels opens nothing.
    start = next((i for i in range(index, index + count + 1) if walk.tables.has_header(i)), index)
    return start > index and bool(read_signs(walk.text(index, start)).codes)


def _is_certain(walk: _Walk, index: int, count: int, signs: HeadingSigns) -> bool:
    """Tell whether some lines are surely a heading, even above a table that has no header of cells."""
    if signs.letter or signs.alike or _has_heading_below(walk, index + count):
        return True
    if not signs.about_data:
        return False
    is_empty = bool(signs.codes) and is_none(walk.text(index + count, index + count + 1))
    return is_empty or _says_code_above_header(walk, index, count)


def _has_heading_below(walk: _Walk, index: int) -> bool:
    """Tell whether what stands above a block is a row of the table, or the block is the heading of a part or a body."""
    if walk.tables.is_below_band(index):
        return True
    text = walk.text(index, index + 1)
    return bool(text) and (read_spatial(text) is not None or bool(_HEADINGS.organisation.fullmatch(text)))


def _is_in_order(walk: _Walk, index: int, code: str, has_cells: bool) -> bool:
    """Tell whether a section can stand where it is; the same section may go on above another table of cells."""
    after = walk.following(index)
    return (walk.can_follow(code) or (has_cells and code == walk.last)) and (not after or code <= after)


def _is_inside(walk: _Walk, text: str) -> bool:
    """Tell whether a plain text is something that stands inside a section: a part, a body, a note, a mark of a page."""
    names_body = bool(_HEADINGS.organisation.fullmatch(text) or find_body_span(text)[1])
    return (
        read_spatial(text, walk.has_spatial) is not None
        or (walk.last == "C" and names_body)
        or bool(find_known_body(text))
        or bool(_CELLS.note.match(text))
        or is_none(text)
        or is_clutter(text)
        or is_signature(text)
    )


def _take_table(walk: _Walk, index: int) -> None:
    """Take a table whose heading, if it has one, says nothing: it goes on with the section, or opens another."""
    labels = _header_labels(walk.document, walk.blocks, index)
    roles = find_roles(labels) if labels else _find_roles_in_lines(walk, index)
    line = _line_above(walk, index)
    text = joined(walk.document, [walk.blocks[line]]) if line is not None else ""
    signs = read_signs(text) if text else _NO_SIGNS
    fresh = bool(walk.sections) and not walk.filled and not walk.empty
    bare = line is not None or isinstance(walk.blocks[index - 1], Row)
    other = bare and walk.last < "D" and bool(walk.roles) and roles > walk.roles
    names_group = line is not None and _names_group(text, signs)
    telling = _are_later_years(walk, text, signs) or (_tells(signs) and not names_group)
    # Only where no table has had a heading: the rest of a table that a page cuts has none, either.
    is_bare = line is None and not any(heading.lines for heading in walk.sections.values())
    dated = _read_code_of_dates(walk, index, labels) if is_bare and labels else ""
    is_later = bool(walk.last) and dated > walk.last and _counts_anew(walk, index)
    is_later = is_later and not are_told_by_status(labels, _texts_below(walk, index))
    goes_on = walk.filled and not telling and not other and not is_later
    # What stands above rows that count from 1 again is no part of the section before unless it names a group.
    is_unnamed = goes_on and line is not None and not names_group
    is_gone_by = is_unnamed and walk.last in {"A", "B"} and are_gone_by(_texts_below(walk, index), walk.plan)
    is_strange = is_unnamed and (is_gone_by or _counts_anew(walk, index))
    if fresh or (goes_on and not is_strange):
        walk.filled, walk.roles = True, walk.roles or roles
        return
    before = walk.before if signs.codes else walk.last
    code = "" if is_strange else choose_section(signs, walk.plan, (before, walk.following(index)), roles)
    by_rows = not (code or dated or is_strange) and are_told_by_status(labels, _texts_below(walk, index))
    code = code or dated or ("A" if by_rows else "")
    if code and not (walk.can_follow(code) and code <= (walk.following(index) or code)):
        code = ""
    if not code and roles == PROMISED and _is_late(walk, text, signs):
        code = dated or "A"
    start = index if line is None else line
    walk.open(start, SectionHeading(code, signs.years, index - start, decided=True, by_rows=by_rows))
    walk.filled, walk.roles = True, roles


def _read_code_of_dates(walk: _Walk, index: int, labels: Sequence[str]) -> str:
    """Return the code of the section of a table that has no heading, if its label of dates and all its dates say it."""
    return read_code_of_dates(labels, _texts_below(walk, index), walk.plan)


def _texts_below(walk: _Walk, index: int) -> Iterator[Sequence[str]]:
    """Yield the texts of the rows of cells below a block."""
    rows = takewhile(lambda block: isinstance(block, Row) and not block.apart, walk.blocks[index + 1 :])
    return (texts_of(walk.document, row) for row in rows if isinstance(row, Row))


def _tells(signs: HeadingSigns) -> bool:
    """Tell whether a heading says anything of a section, were it only that there is one."""
    return bool(signs.letter or signs.codes or signs.about_data or signs.is_apart)


def _counts_anew(walk: _Walk, index: int) -> bool:
    """Tell whether the rows of a table, of cells or in lines, count from 1 again."""
    if isinstance(walk.blocks[index], Line):
        start = index + walk.tables.count_header(index)
        lines = (block for block in walk.blocks[start : start + _MOST_LINES_OF_HEADER] if isinstance(block, Line))
        openings = (text_of_line(walk.document, line).split()[0] for line in lines)
        return any(_FIRST_NUMBER.fullmatch(plain(opening)) for opening in openings)
    rows = (block for block in walk.blocks[index + 1 : index + 3] if isinstance(block, Row))
    numbers = [first for row in rows if (first := texts_of(walk.document, row)[0].strip())]
    return any(_FIRST_NUMBER.fullmatch(plain(number)) for number in numbers)


def _names_group(text: str, signs: HeadingSigns) -> bool:
    """Tell whether a plain line names a group of rows, numbered or not: a category, a unit, a year, "others"."""
    if signs.has_own_letter:
        return False
    band = _CELLS.band.fullmatch(text)
    name = band["text"] if band else text
    if is_group(text) or is_group(name) or vocabularies_in_use().find_category(name) or is_caption(text):
        return True
    is_year = bool(_HEADINGS.years.fullmatch(drop_tail(text)))
    return is_year or (bool(_HEADINGS.unit.search(name)) and not signs.codes)


def _are_later_years(walk: _Walk, text: str, signs: HeadingSigns) -> bool:
    """Tell whether a plain heading is nothing but years of the plan that only a later section can be about."""
    if not signs.years or not _HEADINGS.years.fullmatch(drop_tail(text)):
        return False
    within = set(signs.years) <= set(range(walk.plan[0], walk.plan[-1] + 1))
    return within and walk.last == "A" and choose_section(signs, walk.plan, ("A", ""), frozenset(CODES)) == "B"


def _find_roles_in_lines(walk: _Walk, index: int) -> frozenset[str]:
    """Return the codes of the sections that a header in lines of text allows."""
    lines = walk.blocks[index : index + walk.tables.count_header(index)]
    texts = [text_of_line(walk.document, line) for line in lines]
    labels = date_labels(texts, range(len(texts)))
    return allow_sections({name for label, _line in labels for name in columns_of_cell(label)})


def _line_above(walk: _Walk, index: int) -> int | None:
    """Return which block is the heading directly above a table, None if what stands there is something else."""
    above = index - 1
    if above < 0 or above in walk.sections or not isinstance(walk.blocks[above], Line):
        return None
    text = joined(walk.document, [walk.blocks[above]])
    is_head = bool(find_title_years(walk.document, walk.blocks[above:index])[1]) or fold(text) in walk.opening
    if not text or len(text) > _LONGEST_HEADING or is_head or _is_inside(walk, text) or is_group(text):
        return None
    return above


def is_group(text: str) -> bool:
    """
    Tell whether a plain line above rows is a heading of them: a body or fund with its short name, "others".

    >>> is_group("others"), is_group("雨量")
    (True, False)
    """
    return text in _HEADINGS.group_words or bool(_HEADINGS.group.fullmatch(text)) or is_body(text)
