"""
Sheets -> the pages that were printed on them: two side by side, or four.

In: what stands on each sheet of paper, as one page. Out: the pages, in the order of reading. A sheet holds pages side
by side if nothing crosses its middle and the columns left of it stand right of it again, half a sheet further on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from .assembly import PdfPage
from .textlines import lines_of

#: So much around the middle of a sheet must be empty, in points; above and below a line across it, and by so much the
#: first lines of pages may differ.
_EMPTY = 3.0
_MARGIN = 8.0
#: Places that differ by no more than this are the same.
_SAME = 2.0
#: So many places, and this share of them, must be the same in both halves.
_PLACES = 3
_SHARE = 0.6


def split_sheets(sheets: Sequence[PdfPage]) -> list[PdfPage]:
    """
    Return the pages that are printed on sheets; a sheet that holds one page is that page.

    Args:
        sheets: All sheets of the document.
    """
    opened = {sheet.number for sheet in sheets if _is_open_in_the_middle(sheet)}
    side_by_side = [sheet for sheet in sheets if sheet.number in opened]
    if not any(map(_repeats_itself, side_by_side)):
        return list(sheets)
    quartered = all(map(_is_open_across, side_by_side)) and _begins_twice(side_by_side[0])
    pages: list[PdfPage] = []
    for sheet in sheets:
        parts = _parts(sheet, quartered) if sheet.number in opened else [sheet]
        pages += [replace(part, number=number, sheet=sheet.number) for number, part in enumerate(parts, len(pages) + 1)]
    return pages


def _middle(sheet: PdfPage) -> tuple[float, float]:
    """Return the middle of a sheet."""
    return (sheet.left + sheet.right) / 2, (sheet.top + sheet.bottom) / 2


def _is_open_in_the_middle(sheet: PdfPage) -> bool:
    """Tell whether there is text on both sides of a sheet's middle and nothing on it."""
    x = _middle(sheet)[0]
    if any(table.lattice.xs[0] < x < table.lattice.xs[-1] for table in sheet.tables):
        return False
    sides = set[bool]()
    for stretch in sheet.stretches():
        if stretch.left < x + _EMPTY and stretch.right > x - _EMPTY:
            return False
        sides.add(stretch.left > x)
    return len(sides) == 2 and not any(rule.start < x + _EMPTY and rule.end > x - _EMPTY for rule in sheet.rules)


def _repeats_itself(sheet: PdfPage) -> bool:
    """Tell whether columns begin at the same places of both halves of a sheet."""
    x = _middle(sheet)[0]
    edges = [edge for table in sheet.tables for edge in table.lattice.xs]
    texts = Counter(round(stretch.left) for stretch in sheet.stretches())
    usual = [place for place, count in texts.items() if count > 1]
    return any(_agree(places, x, x - sheet.left) for places in (edges, usual))


def _agree(places: Iterable[float], middle: float, step: float) -> bool:
    """Tell whether most places of one half are those of the other, a step further on, the first ones among them."""
    left = sorted({round(place) for place in places if place < middle})
    right = sorted({round(place - step) for place in places if place > middle})
    if not left or not right or abs(left[0] - right[0]) > _SAME:
        return False
    same = sum(1 for place in right if any(abs(place - other) <= _SAME for other in left))
    return same >= _PLACES and same >= _SHARE * min(len(left), len(right))


def _is_open_across(sheet: PdfPage) -> bool:
    """Tell whether nothing stands on the level line through a sheet's middle."""
    y = _middle(sheet)[1]
    return not any(table.lattice.top < y < table.lattice.ys[-1] for table in sheet.tables) and not any(
        stretch.baseline - stretch.em < y + _MARGIN and y - _MARGIN < stretch.baseline for stretch in sheet.stretches()
    )


def _begins_twice(sheet: PdfPage) -> bool:
    """Tell whether the text of the upper left quarter of a sheet begins as far down as that of the lower left one."""
    x, y = _middle(sheet)
    lines = [stretch.baseline for stretch in sheet.stretches() if stretch.left < x]
    upper = [baseline for baseline in lines if baseline < y]
    lower = [baseline - (y - sheet.top) for baseline in lines if baseline > y]
    return bool(upper and lower) and abs(min(upper) - min(lower)) <= _MARGIN


def _parts(sheet: PdfPage, quartered: bool) -> list[PdfPage]:
    """Return the halves of a sheet, or its quarters row by row, each moved to where the first one is."""
    x, y = _middle(sheet)
    step, drop = x - sheet.left, y - sheet.top
    parts: list[PdfPage] = []
    lines = 0
    for down in (False, True) if quartered else (False,):
        for across in (False, True):

            def holds(left: float, top: float, corner: tuple[bool, bool] = (across, down)) -> bool:
                return (left >= x, quartered and top >= y) == corner

            part = _part(sheet, holds)
            part.right, part.bottom = x, y if quartered else sheet.bottom
            _move(part, -step * across, -drop * down)
            lines = _count_on(part, lines)
            parts.append(part)
    return parts


def _part(sheet: PdfPage, holds: Callable[[float, float], bool]) -> PdfPage:
    """Return what of a sheet begins at places that belong to a part of it."""
    outside = [stretch for line in sheet.lines for stretch in line.stretches]
    return replace(
        sheet,
        tables=[table for table in sheet.tables if holds(table.lattice.xs[0], table.lattice.top)],
        lines=lines_of(stretch for stretch in outside if holds(stretch.left, stretch.middle)),
        strays=[stretch for stretch in sheet.strays if holds(stretch.left, stretch.middle)],
        rules=[rule for rule in sheet.rules if holds(rule.start, rule.at)],
    )


def _move(page: PdfPage, across: float, down: float) -> None:
    """Move all that stands on a page."""
    for stretch in [*page.stretches(), *page.strays]:
        stretch.move(across, down)
    for table in page.tables:
        table.lattice.xs = [x + across for x in table.lattice.xs]
        table.lattice.ys = [y + down for y in table.lattice.ys]
    page.rules = [rule.moved(across, down) for rule in page.rules]


def _count_on(page: PdfPage, first: int) -> int:
    """Number the lines of a page, which stands beside another one, from a number on; return the next one."""
    stretches = page.stretches()
    numbers = {number: first + index for index, number in enumerate(sorted({stretch.line for stretch in stretches}))}
    for stretch in stretches:
        stretch.line = numbers[stretch.line]
    return first + len(numbers)
