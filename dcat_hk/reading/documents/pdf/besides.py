"""
Pages of a sheet wider than the paper -> pages as wide as the sheet.

In: the pages, of which some hold the last columns of rows that begin on others. Out: pages with whole rows. Such pages
come one after the other ("over, then down") or all after all the first ones ("down, then over"); what stands on them is
as far down as the rows it belongs to, and no row numbers are on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .assembly import PdfPage
from .glyphs import Stretch
from .lattice import Lattice
from .partial import give_back
from .textlines import Cells, lines_of

#: Lines of one row differ in height by no more than this, in points.
_LEVEL = 1.5
#: A page with fewer lines than this says too little about where it belongs.
_LINES = 2
_NUMBER = re.compile(r"\d{1,3}(?![\d/.-])\.?")
#: Between columns of pages that are joined is so much room.
_GAP = 12.0
#: No sheet is over more pages than this from left to right.
_MOST_ACROSS = 4


def join_pages(pages: Sequence[PdfPage]) -> list[PdfPage]:
    """
    Return pages; those that hold further columns of the rows of others are joined to them.

    Args:
        pages: All pages of the document.
    """
    for across in range(2, _MOST_ACROSS + 1):
        down, rest = divmod(len(pages), across)
        if rest or not down:
            continue
        ways = [[list(pages[number::down]) for number in range(down)]]
        if down > 1:
            ways.append([list(pages[number : number + across]) for number in range(0, len(pages), across)])
        for rows in ways:
            if all(_is_one_row(row) for row in rows) and any(_begins_lower(row[0], row[1]) for row in rows):
                return [_joined(row) for row in rows]
    return list(pages)


def _heights(page: PdfPage) -> list[float]:
    """Return how far down the lines of a page stand."""
    return sorted({stretch.baseline for stretch in page.stretches()})


def _is_one_row(pages: Sequence[PdfPage]) -> bool:
    """Tell whether all pages but the first hold what stands beside the rows of the first, and the first row numbers."""
    first, *others = pages
    if not _has_numbers(first) or not all(
        abs(page.bottom - page.top - first.bottom + first.top) < 1 for page in others
    ):
        return False
    heights = _heights(first)
    for page in others:
        own = _heights(page)
        if len(own) < _LINES or _counts(page) or not all(any(abs(a - b) <= _LEVEL for b in heights) for a in own):
            return False
        if any(_table_beside(first, table.lattice) is None for table in page.tables):
            return False
    return True


def _begins_lower(first: PdfPage, second: PdfPage) -> bool:
    """Tell whether a page begins with a title that the one beside it has not."""
    return _heights(first)[0] < _heights(second)[0] - _LEVEL


def _leftmost(page: PdfPage) -> Iterator[str]:
    """Yield what stands leftmost in each line of a page."""
    lefts: dict[int, Stretch] = {}
    for stretch in page.stretches():
        known = lefts.get(stretch.line)
        if known is None or stretch.left < known.left:
            lefts[stretch.line] = stretch
    for stretch in lefts.values():
        yield "".join(stretch.text)


def _has_numbers(page: PdfPage) -> bool:
    """Tell whether lines of a page begin with row numbers, perhaps with the next cell close behind."""
    return any(_NUMBER.match(text) for text in _leftmost(page))


def _counts(page: PdfPage) -> bool:
    """Tell whether row numbers stand alone at the left of a page."""
    return any(_NUMBER.fullmatch(text) for text in _leftmost(page))


def _table_beside(page: PdfPage, lattice: Lattice) -> Cells | None:
    """Return the table of a page whose rows are those of a table on the page beside it."""
    for table in page.tables:
        ys = table.lattice.ys
        if len(ys) == len(lattice.ys) and all(abs(a - b) <= _LEVEL for a, b in zip(ys, lattice.ys, strict=True)):
            return table
    return None


def _joined(pages: Sequence[PdfPage]) -> PdfPage:
    """Return one page of several that stand side by side."""
    if len({len(page.tables) for page in pages}) > 1:
        # A column alone is no table for itself.
        for page in pages:
            give_back(page, [True] * len(page.tables))
    whole, *others = pages
    for page in others:
        right = max(stretch.right for stretch in whole.stretches())
        right = max([right, *(table.lattice.xs[-1] for table in whole.tables)])
        left = min(stretch.left for stretch in page.stretches())
        left = min([left, *(table.lattice.xs[0] for table in page.tables)])
        step = right - left + (0.0 if page.tables and whole.tables else _GAP)
        first = max((stretch.line for stretch in whole.stretches()), default=0) + 1
        for stretch in [*page.stretches(), *page.strays]:
            stretch.move(step)
            stretch.line += first
        for table in page.tables:
            beside = _table_beside(whole, table.lattice)
            assert beside, "a table beside each was found before"
            _widen(beside, table)
        outside = [stretch for lines in (whole.lines, page.lines) for line in lines for stretch in line.stretches]
        rules = [rule.moved(step) for rule in page.rules]
        whole = replace(
            whole,
            lines=lines_of(outside),
            strays=[*whole.strays, *page.strays],
            rules=[*whole.rules, *rules],
            right=page.right + step,
            beside=(*whole.beside, (first, page.number)),
        )
    return whole


def _widen(table: Cells, more: Cells) -> None:
    """Add the columns of one table to another with the same rows."""
    lattice, count = table.lattice, table.lattice.columns
    step = lattice.xs[-1] - more.lattice.xs[0]
    lattice.xs = [*lattice.xs, *(x + step for x in more.lattice.xs[1:])]
    lattice.owner = [
        [*own, *((row, column + count) for row, column in others)]
        for own, others in zip(lattice.owner, more.lattice.owner, strict=True)
    ]
    table.lines |= {(row, column + count): lines for (row, column), lines in more.lines.items()}
